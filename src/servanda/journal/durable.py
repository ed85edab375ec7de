"""An act that the database cannot write down is refused like any other: what, why and what to do, nothing half-done."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError, transaction

from servanda.common.refusals import Refusal

FAILS = (OperationalError, InterfaceError)
DISK_SAYS = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
POSTGRESQL_SAYS = {"53100", "58030"}  # disk full, error of a device

logger = logging.getLogger(__name__)


class NoRoomLeft(Refusal):
    """The disk of the database takes nothing more: the transaction was undone as a whole."""

    status = 507

    def __init__(self, error: Exception) -> None:
        super().__init__(
            "This could not be written down: the disk of the server is full, or it fails.",
            f"Nothing of it was kept, and all that was confirmed before is safe. The database says: {words_of(error)}.",
            "Have room made on the disk of the server; then send it once more.",
        )


class DatabaseIsAway(Refusal):
    """The database does not answer, so nobody knows yet whether it wrote what was sent last."""

    status = 503

    def __init__(self, error: Exception) -> None:
        super().__init__(
            "The server cannot use its database just now.",
            f"All that was confirmed before is safe. The database says: {words_of(error)}.",
            "Wait a moment, load the page again and look; if the act is not there, send it once more.",
        )


@contextmanager
def durable() -> Iterator[None]:
    """A transaction: durable when it ends, or undone and refused. Raises NoRoomLeft or DatabaseIsAway."""
    try:
        with transaction.atomic():
            yield
    except FAILS as error:
        raise failing(error) from error


def failing(error: Exception) -> Refusal:
    """What to say of an error of the database; whoever runs the server finds it in the log."""
    logger.error("The database failed: %s", words_of(error))
    return NoRoomLeft(error) if is_of_the_disk(error) else DatabaseIsAway(error)


def is_of_the_disk(error: Exception) -> bool:
    """Whether the database found no room, or its disk failed."""
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # the kind, without its particulars
    return code in DISK_SAYS or getattr(cause, "sqlstate", "") in POSTGRESQL_SAYS


def words_of(error: Exception) -> str:
    """The first line of what the database says."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
