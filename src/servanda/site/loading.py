"""Loading packs: each room takes in its part, bottom-up, in one transaction with one journal entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

import servanda.convention.actions
import servanda.documents.actions
import servanda.register.actions
import servanda.register.proposing
from servanda.common.clock import today
from servanda.common.release import HOUSE
from servanda.convention.checking import read_pack
from servanda.convention.pack import HEAD, Contents, NoSuchPack, TwoPacksOfOneName, rule_texts
from servanda.convention.presenters import PRESENTERS
from servanda.convention.queries import LOADED
from servanda.journal.actions import append, hold
from servanda.journal.queries import head, latest
from servanda.register.inbox import inbox


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one load did; `number` is its journal number, or the newest where nothing differed (`is_new` False).

    `clashes` are the facts on which pack and desk disagree, as long as nobody has settled that.
    """

    convention: str
    version: str
    number: int
    documents: int
    meetings: int
    added: int
    changed: int
    withdrawn: int
    is_new: bool
    clashes: tuple[str, ...] = ()

    @property
    def has_rows(self) -> bool:
        """Whether any row was written, besides rules and cases."""
        return bool(self.documents or self.meetings or self.added or self.changed or self.withdrawn)


def shelf() -> Path:
    """The folder of the packs that come with Servanda: inside the package, or beside a checkout's sources."""
    inside = HOUSE / "packs"
    return inside if inside.is_dir() else HOUSE.parents[1] / "packs"


def find_pack(name: str) -> Path:
    """The folder of a pack by its path or its name; raise NoSuchPack."""
    for folder in (Path(name), shelf() / name):
        if (folder / HEAD).is_file():
            return folder
    raise NoSuchPack(name)


def read_packs(names: Iterable[str]) -> list[Contents]:
    """Read and check packs; raise PackIsFaulty, NoSuchPack, or TwoPacksOfOneName."""
    found: dict[str, Contents] = {}
    for name in names:
        contents = read_pack(find_pack(name), today())
        if contents.pack.code in found:
            raise TwoPacksOfOneName(contents.pack.code, found[contents.pack.code].folder, contents.folder)
        found[contents.pack.code] = contents
    return list(found.values())


def load(contents: Contents, *, by: str) -> Loaded:
    """Take a pack in, all or nothing; what is held already, or was approved at the desk, is left as it is."""
    convention = contents.pack.code
    with transaction.atomic():
        hold(stream=convention)
        documents = servanda.documents.actions.difference(convention=convention, rows=contents.documents)
        meetings = servanda.convention.actions.difference(convention=convention, rows=contents.meetings)
        facts = servanda.register.actions.difference(contents, by=by)
        counts = {
            "documents": len(documents),
            "meetings": len(meetings),
            "added": len(facts.added),
            "changed": len(facts.changed),
            "withdrawn": len(facts.withdrawn),
        }
        version = contents.pack.rules.version
        if not any(counts.values()) and is_loaded(contents):
            return Loaded(
                convention, version, head(convention), **counts, is_new=False, clashes=open_clashes(convention)
            )
        entry = append(
            stream=convention,
            kind=LOADED,
            by=by,
            body={
                "version": contents.pack.rules.version,
                "digest": contents.digest,
                "rules": rule_texts(contents.texts),
                "counts": counts,
                "changed": sorted(row.key for row in facts.changed),
                "withdrawn": sorted(row.key for row in facts.withdrawn),
            },
            personal={PRESENTERS: contents.texts[PRESENTERS]} if PRESENTERS in contents.texts else None,
        )
        servanda.documents.actions.take_in(documents)
        servanda.convention.actions.take_in(meetings)
        servanda.register.actions.take_in(facts.rows, number=entry.number)
        clashing = facts.disagreements
        servanda.register.proposing.note_clashes(convention=convention, disagreements=clashing, by=by)
        clashes = open_clashes(convention)
    return Loaded(convention, version, entry.number, **counts, is_new=True, clashes=clashes)


def open_clashes(convention: str) -> tuple[str, ...]:
    """The facts on which the pack and the desk disagree, and nobody has settled it."""
    return tuple(sorted({clash.key for clash in inbox(convention).open_clashes}))


def is_loaded(contents: Contents) -> bool:
    """Whether the rules in use are this pack's, to the letter."""
    convention = contents.pack.code
    entry = latest(convention, kind=LOADED, until=head(convention))
    return entry is not None and entry.body["digest"] == contents.digest
