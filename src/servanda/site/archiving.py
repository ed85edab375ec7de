"""Exporting and importing a convention: each room gives out or takes over its part, bottom-up.

A whole archive carries everything, the journal to the letter. The archive of a seat that does not see everything
carries what it sees; in the place of each journal entry stands one that says no more than that seat may know.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from functools import partial
from typing import Literal

from django.db import DatabaseError, transaction

import servanda.convention.actions
import servanda.convention.queries
import servanda.documents.actions
import servanda.documents.queries
import servanda.journal.actions
import servanda.journal.queries
import servanda.programme.actions
import servanda.programme.versions
import servanda.register.actions
import servanda.register.queries
from servanda.common.refusals import Refusal
from servanda.convention.pack import PackIsFaulty, parse_rules
from servanda.convention.queries import LOADED, load_in_sight, number_of
from servanda.journal.actions import hold
from servanda.journal.carried import Carried, UnfitRow
from servanda.journal.chain import Written, canonical, chained
from servanda.journal.kinds import PERSONAL as PERSONAL_DIGESTS
from servanda.journal.kinds import STAND_IN, UnknownKind, find_kind
from servanda.journal.queries import Recorded, entries, head, head_hash, streams_of, verify
from servanda.journal.rehearsals import require_real
from servanda.people.permissions import PUBLIC
from servanda.programme.versions import altered, stream_of
from servanda.register.actions import WITHDRAWN
from servanda.site.archive import MEMBERS, Archive, Head, Line, MalformedLine, Manifest

DOCUMENTS, MEETINGS, FACTS, JOURNAL, PERSONAL, PLANS = MEMBERS
SeatName = Literal["public", "secretariat"]
ELSEWHERE = servanda.register.queries.ELSEWHERE


class IsHereAlready(Refusal):
    """An archive cannot be taken in beside a convention that is held."""

    def __init__(self, convention: str, here: int, there: int) -> None:
        super().__init__(
            f"{convention} is here already, at journal number {here}; nothing was changed.",
            f"The archive stands at {there} and holds something else. Two histories cannot be made one.",
            "Import it into an empty data folder (SERVANDA_DATA), or load the newer pack instead.",
        )


class ContradictsItself(Refusal):
    """The parts of an archive do not fit one another."""

    def __init__(self, findings: Iterable[object]) -> None:
        lines = "\n".join(f"  {finding}" for finding in findings)
        super().__init__(
            f"The parts of the archive do not fit one another; nothing was taken in.\n{lines}\n",
            "Each member is what the manifest says; so the archive was made so, by a fault or on purpose.",
            "Get another archive from who made it, and report this.",
        )


def export(convention: str, seat: SeatName) -> Archive:
    """A convention as an archive: whole for the secretariat, for the public what it may see.

    Raises ARehearsalOnly, UnknownConvention.
    """
    require_real(convention, "published")
    with transaction.atomic():
        number_of(convention)
        for stream in streams_of(convention):
            hold(stream=stream)
        rows = whole(convention) if seat == "secretariat" else in_sight(convention)
    last = {row["stream"]: Head(number=row["number"], hash=row["hash"]) for row in rows[JOURNAL]}
    return Archive.of(convention, seat, last, rows)


def whole(convention: str) -> dict[str, list[Line]]:
    """The rows of every member, with nothing left out."""
    streams = streams_of(convention)
    return {
        DOCUMENTS: list(servanda.documents.queries.give_out(convention)),
        MEETINGS: list(servanda.convention.queries.give_out(convention)),
        FACTS: list(servanda.register.queries.give_out(convention)),
        JOURNAL: [asdict(entry) for name in streams for entry in servanda.journal.queries.give_out(name)],
        PERSONAL: [text for name in streams for text in servanda.journal.queries.give_out_personal(name)],
        PLANS: servanda.programme.versions.give_out(convention),
    }


def in_sight(convention: str) -> dict[str, list[Line]]:
    """The rows that the public may see: no document that only hidden rows cite, no draft, and no personal text."""
    facts = servanda.register.queries.give_out(convention, PUBLIC)
    meetings = list(servanda.convention.queries.give_out(convention))
    plans = servanda.programme.versions.give_out(convention, issued=True)
    cited = {row["source"] for row in (*facts, *meetings)} | {key for row in facts for key in row["also"]}
    return {
        DOCUMENTS: [row for row in servanda.documents.queries.give_out(convention) if row["key"] in cited],
        MEETINGS: list(meetings),
        FACTS: list(facts),
        JOURNAL: [asdict(entry) for entry in (*stand_ins(convention, facts), *programme_stand_ins(convention, plans))],
        PERSONAL: [],
        PLANS: plans,
    }


def stand_ins(convention: str, facts: Iterable[Line]) -> Iterator[Written]:
    """The stream of a convention for who sees these facts only: the same numbers and instants, in another chain."""
    named = differences(facts)
    held = zip(servanda.journal.queries.give_out(convention), entries(convention), strict=True)
    yield from chained(stand_in(written, recorded, named[recorded.number]) for written, recorded in held)


def programme_stand_ins(convention: str, plans: Iterable[Line]) -> Iterator[Written]:
    """The streams of the meetings that have an issued programme, up to the last issue, each in another chain."""
    shown: defaultdict[str, set[int]] = defaultdict(set)
    for row in plans:
        shown[stream_of(convention, row["meeting"])] |= {row["entry"], row["issued_entry"]}
    for stream, numbers in sorted(shown.items()):
        held = zip(servanda.journal.queries.give_out(stream), entries(stream), strict=True)
        told = [pair for pair in held if pair[1].number <= max(numbers)]
        yield from chained(programme_stand_in(*pair, is_shown=pair[1].number in numbers) for pair in told)


def programme_stand_in(written: Written, recorded: Recorded, *, is_shown: bool) -> Written:
    """What an entry of a meeting says to the public: of a version that was issued all but persons, else nothing."""
    kind = find_kind(recorded.kind) if is_shown else STAND_IN
    body = {name: told for name, told in recorded.body.items() if name != PERSONAL_DIGESTS} if is_shown else {}
    return replace(written, kind=kind.name, version=kind.version, body=canonical(body), by=ELSEWHERE, key="")


def differences(facts: Iterable[Line]) -> Mapping[int, Mapping[str, list[str]]]:
    """By journal number, the keys of the rows in sight that are new there, changed and withdrawn.

    A row that was hidden before is new: that there were other versions is hidden as well.
    """
    named: defaultdict[int, dict[str, list[str]]] = defaultdict(lambda: {"added": [], "changed": [], "withdrawn": []})
    seen: set[str] = set()
    for fact in facts:
        word = "withdrawn" if fact["rank"] == WITHDRAWN else "changed" if fact["key"] in seen else "added"
        named[fact["number"]][word].append(fact["key"])
        seen.add(fact["key"])
    return named


def stand_in(written: Written, recorded: Recorded, named: Mapping[str, list[str]]) -> Written:
    """What an entry says to who sees these rows only at its number: of a load the rules, of all else nothing."""
    is_load = recorded.kind == LOADED
    kind = find_kind(LOADED) if is_load else STAND_IN
    body = load_in_sight(recorded.body, named) if is_load else {}
    return replace(written, kind=kind.name, version=kind.version, body=canonical(body), by=ELSEWHERE, key="")


def take_over(archive: Archive) -> bool:
    """Take an archive in, all or nothing; False if the same is here already.

    Raises IsHereAlready, ContradictsItself or MalformedLine.
    """
    convention = archive.manifest.convention
    try:
        with transaction.atomic():
            hold(stream=convention)
            if here := head(convention):
                if export(convention, archive.manifest.seat).manifest.content == archive.manifest.content:
                    return False
                raise IsHereAlready(convention, here, archive.head.number)
            store(archive)
            if findings := list(contradictions(archive.manifest)):
                raise ContradictsItself(findings)
    except DatabaseError as error:
        raise ContradictsItself([str(error).strip().splitlines()[0]]) from error
    return True


def store(archive: Archive) -> None:
    """Have each room take over its rows; raise MalformedLine for one that does not fit."""
    convention, streams = archive.manifest.convention, archive.manifest.streams
    takers: dict[str, Callable[[Iterable[Carried]], None]] = {
        JOURNAL: partial(servanda.journal.actions.take_over, streams=sorted(streams)),
        PERSONAL: servanda.journal.actions.take_over_personal,
        DOCUMENTS: partial(servanda.documents.actions.take_over, convention=convention),
        MEETINGS: partial(servanda.convention.actions.take_over, convention=convention),
        FACTS: partial(servanda.register.actions.take_over, convention=convention, until=archive.head.number),
        PLANS: partial(servanda.programme.actions.take_over, convention=convention),
    }
    for name, take in takers.items():
        try:
            take(archive.rows(name))
        except UnfitRow as unfit:
            raise MalformedLine(name, unfit.position + 1, unfit.why) from unfit


def contradictions(manifest: Manifest) -> Iterator[object]:
    """What does not hold of an archive that is stored and not yet committed."""
    for name, told in manifest.streams.items():
        yield from (finding for finding in verify(name) if finding.is_fault)
        yield from altered(name)
        if head(name) != told.number or head_hash(name) != told.hash:
            yield f"{name} ends with another entry than the manifest says."
    try:
        yield from unfit_rules(manifest.convention)
    except (PackIsFaulty, UnknownKind, LookupError, TypeError, ValueError) as error:
        yield f"The rules cannot be read: {error}"


def unfit_rules(convention: str) -> Iterator[str]:
    """What in the rules that were loaded does not fit the convention and its calendar."""
    packs = [parse_rules(entry.body["rules"]) for entry in entries(convention) if entry.kind == LOADED]
    kinds = {row["kind"] for row in servanda.convention.queries.give_out(convention)}
    if not packs:
        yield "No entry says what the rules are."
    elif strange := sorted({pack.code for pack in packs} - {convention}):
        yield f"The rules are those of {strange[0]}, not of {convention}."
    elif strange := sorted(kinds - set(packs[-1].rules.meeting_kinds)):
        yield f"The rules know no meeting of the kind {strange[0]!r}."
