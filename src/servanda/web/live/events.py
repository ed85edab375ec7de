"""The bytes of server-sent events: a new entry of a meeting, a move of the register, a sign of life."""

import json
import secrets

from servanda.common.clock import now_ns

HEARTBEAT = b"event: life\ndata: -\n\n"  # not a comment, for scripts hear none
RETRY_MILLISECONDS = (1000, 5000)


def opening(number: int) -> bytes:
    """The first block: where the reader stands, after how long, by lot, to come back when cut off, a sign of life."""
    least, most = RETRY_MILLISECONDS
    return b"retry: %d\nid: %d\n%s" % (least + secrets.randbelow(most - least), number, HEARTBEAT)


def entry_data(stream: str, number: int, kind: str, floor: bytes = b"") -> bytes:
    """An entry came: its stream, number and kind, the instant of these bytes in ns since the epoch, and the floor.

    `floor` is JSON already, what everybody may see of the room; empty where none is told.
    """
    data = written(stream=stream, number=number, kind=kind, sent_ns=now_ns())
    return b'%s,"floor":%s}' % (data[:-1], floor) if floor else data


def entry_event(number: int, data: bytes) -> bytes:
    """The same as an event."""
    return b"id: %d\nevent: notice\ndata: %s\n\n" % (number, data)


def register_event(convention: str, number: int) -> bytes:
    """The register of a convention moved; no id, for ids count the meeting's own entries."""
    data = written(stream=convention, number=number, sent_ns=now_ns())
    return b"event: register\ndata: %s\n\n" % data


def written(**values: str | int) -> bytes:
    """Values as JSON in one line."""
    return json.dumps(values, separators=(",", ":")).encode()
