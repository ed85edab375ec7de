"""Kinds of entry, declared by the rooms that write them, and how old versions are read.

An old entry is never rewritten: an upcaster makes of its body what a body of the next version says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from servanda.common.refusals import Refusal

Body = Mapping[str, Any]
Upcaster = Callable[[Body], Body]


class UnknownKind(Refusal):
    """An entry has a kind or version that this release does not know."""

    def __init__(self, kind: str, version: int = 0) -> None:
        super().__init__(
            f"The journal kind {kind!r}{f' in version {version}' if version else ''} is not known.",
            "It was written by a newer release, or its room is not installed.",
            "Use the release that wrote it, or a newer one.",
        )


class FaultyDeclaration(Refusal):
    """A kind is declared in a way that would fail only when an old entry is read."""

    def __init__(self, kind: str, why: str, do: str) -> None:
        super().__init__(f"The journal kind {kind!r} cannot be declared so.", why, do)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry: its name, its newest version, and a step from each older version to the next."""

    name: str
    version: int = 1
    upcasters: Mapping[int, Upcaster] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if sorted(self.upcasters) != list(range(1, self.version)):
            raise FaultyDeclaration(
                self.name,
                f"Version {self.version} needs one step from each older version, from 1 on.",
                "Give upcasters a step for each, and no other.",
            )

    def read(self, version: int, body: Body) -> Body:
        """A body of any known version as the newest version says it."""
        if not 1 <= version <= self.version:
            raise UnknownKind(self.name, version)
        for step in range(version, self.version):
            body = self.upcasters[step](body)
        return body


KINDS: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    """Make a kind known; a room does this once, when it is imported. Raises FaultyDeclaration."""
    if KINDS.get(kind.name, kind) != kind:
        raise FaultyDeclaration(
            kind.name, "Another declaration has this name.", "Declare it once, in the room that writes it."
        )
    KINDS[kind.name] = kind
    return kind


def find_kind(name: str) -> Kind:
    """The kind of a name; raise UnknownKind."""
    if name not in KINDS:
        raise UnknownKind(name)
    return KINDS[name]


PERSONAL = "personal"  # where, in a body, the digests of personal texts stand
ERASED = declare(Kind("personal-data-erased"))
# Keeps the number of an entry that an archive does not carry, for its reader may not see what it says.
STAND_IN = declare(Kind("stand-in"))
