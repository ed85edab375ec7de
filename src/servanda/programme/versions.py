"""Reading the stored versions of programmes. Each is proved before it is given: by its digest and by the journal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from servanda.common.refusals import Refusal, Unknown
from servanda.convention.pack import Pack
from servanda.convention.queries import NotThatFar, calendar, pack
from servanda.journal.carried import carried
from servanda.journal.chain import Finding
from servanda.journal.kinds import PERSONAL
from servanda.journal.queries import Recorded, entries, heads, personal_texts
from servanda.people.permissions import PUBLIC, Seat, may
from servanda.programme.keeping import ISSUED, PERSONS, STORED, Kept, bare_plan_of, digest_of, plan_of
from servanda.programme.models import Plan as PlanRow
from servanda.programme.plan import Issued, Plan

State = Literal["draft", "issued", "superseded"]


class NoSuchVersion(Unknown):
    """The programme of a meeting has no such version, or none yet, for who asks."""

    def __init__(self, convention: str, meeting: str, version: int | None, known: list[int]) -> None:
        asked = "no stored version" if version is None else f"no version {version}"
        super().__init__(
            f"The programme of {convention} {meeting} has {asked}.",
            f"Versions: {', '.join(map(str, known)) or 'none'}.",
            "Name one of these."
            if known
            else f"The secretariat stores one (servanda programme store {convention} {meeting}) and issues it.",
        )


class VersionWasAltered(Refusal):
    """A stored version is not what the journal says was stored."""

    status = 500

    def __init__(self, row: PlanRow, why: str) -> None:
        super().__init__(
            f"Version {row.version} of the programme of {row.convention} {row.meeting} cannot be shown.",
            why,
            "Bring it back from an archive (docs/versions.md); servanda verify names everything that differs.",
        )


@dataclass(frozen=True, slots=True)
class Version:
    """A stored version and its place in the journal; instants are ISO 8601 in UTC, "" for what did not happen.

    `number` is that of the register as of which it was derived. `is_new` is said by the act that stored it.
    """

    convention: str
    meeting: str
    version: int
    state: State
    digest: str
    on: date
    known: date
    number: int
    pack_version: str
    pack_digest: str
    entry: int
    issued_entry: int | None
    stored_at: str
    stored_by: str
    issued_at: str
    issued_by: str
    is_new: bool = field(default=False, compare=False)

    @property
    def is_issued(self) -> bool:
        """Whether it was issued, also if a later one came in its place."""
        return self.issued_entry is not None


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored version with its plan."""

    version: Version
    plan: Plan

    @property
    def issued(self) -> Issued | None:
        """As what it was issued; None for a draft."""
        if not self.version.is_issued:
            return None
        at = datetime.fromisoformat(self.version.issued_at).astimezone(ZoneInfo(self.plan.timezone))
        return Issued(self.version.version, at.date(), self.version.digest)


def stream_of(convention: str, meeting: str) -> str:
    """The stream of a meeting."""
    return f"{convention}/{meeting}"


def versions(convention: str, meeting: str, seat: Seat = PUBLIC) -> list[Version]:
    """The stored versions of a meeting's programme that a seat may see, oldest first; raise UnknownMeeting."""
    code = calendar(convention).meeting(meeting).code
    rows = list(rows_of(convention, code))
    told = {kind: entries_of(convention, code, kind) for kind in (STORED, ISSUED)}
    last = max((row.version for row in rows if row.issued_entry), default=0)
    found = [version_of(row, last, told) for row in rows]
    return [each for each in found if each.is_issued or may(seat, "see drafts of programmes", convention)]


def rows_of(convention: str, meeting: str) -> Iterator[PlanRow]:
    """The rows of a meeting, oldest first."""
    yield from PlanRow.objects.filter(convention=convention, meeting=meeting).order_by("version")


def entries_of(convention: str, meeting: str, kind: str) -> dict[int, Recorded]:
    """The entries of one kind in the stream of a meeting, by number."""
    return {each.number: each for each in entries(stream_of(convention, meeting), kind=kind)}


def version_of(row: PlanRow, last: int, told: Mapping[str, Mapping[int, Recorded]]) -> Version:
    """A row as a value, with what the journal tells of it; `last` is the version issued last."""
    stored = told[STORED].get(row.entry)
    issued = told[ISSUED].get(row.issued_entry or 0)
    return Version(
        convention=row.convention,
        meeting=row.meeting,
        version=row.version,
        state=("superseded" if row.version < last else "issued") if row.issued_entry else "draft",
        digest=row.digest,
        on=row.on,
        known=row.known,
        number=row.register_number,
        pack_version=row.pack_version,
        pack_digest=row.pack_digest,
        entry=row.entry,
        issued_entry=row.issued_entry,
        stored_at=stored.at if stored else "",
        stored_by=stored.by if stored else "",
        issued_at=issued.at if issued else "",
        issued_by=issued.by if issued else "",
    )


def stored(
    convention: str, meeting: str, version: int | None = None, *, issued: bool = False, seat: Seat = PUBLIC
) -> Stored:
    """A stored version with its plan, persons put back where they were not erased; by default the newest.

    `issued` asks for the newest that was issued. Raises UnknownMeeting, NoSuchVersion, VersionWasAltered.
    """
    seen = versions(convention, meeting, seat)
    known = [each for each in seen if each.is_issued or not issued]
    asked = [each for each in known if version in (None, each.version)]
    if not asked:
        raise NoSuchVersion(convention, meeting, version, [each.version for each in known])
    found = asked[-1]
    row = PlanRow.objects.get(convention=convention, meeting=found.meeting, version=found.version)
    return Stored(found, proved(row))


def rules_of(plan: Plan) -> Pack:
    """The rules by which a plan was derived; those in force where this house does not have them as they were."""
    try:
        held = pack(plan.convention, plan.as_of.number)
    except NotThatFar:
        return pack(plan.convention)
    return held if held.digest == plan.as_of.pack_digest else pack(plan.convention)


def proved(row: PlanRow) -> Plan:
    """The plan of a row that is what the journal says; raise VersionWasAltered."""
    told = {kind: entries_of(row.convention, row.meeting, kind) for kind in (STORED, ISSUED)}
    if fault := next(faults_of(row, told), ""):
        raise VersionWasAltered(row, fault)
    return plan_of(row.body, personal_texts(stream_of(row.convention, row.meeting), row.entry).get(PERSONS, ""))


def faults_of(row: PlanRow, told: Mapping[str, Mapping[int, Recorded]]) -> Iterator[str]:
    """What in a row is not as the journal and its own text say."""
    if digest_of(row.body) != row.digest:
        yield f"Its text has the SHA-256 {digest_of(row.body)}, not {row.digest}."
        return
    try:
        plan = bare_plan_of(row.body)
    except Refusal as refusal:
        yield str(refusal)
        return
    if facts_of(plan) != {name: getattr(row, name) for name in facts_of(plan)}:
        yield "Its text speaks of another meeting or was derived as of other days than its row says."
        return
    for kind, number in ((STORED, row.entry), (ISSUED, row.issued_entry)):
        if number is not None and (number not in told[kind] or not speaks_of(told[kind][number], row)):
            yield f"Entry {number} of {stream_of(row.convention, row.meeting)} does not say {kind} of this text."


def facts_of(plan: Plan) -> dict[str, object]:
    """What a row states beside the text of its plan."""
    return {
        "convention": plan.convention,
        "meeting": plan.code,
        "on": plan.as_of.on,
        "known": plan.as_of.known,
        "register_number": plan.as_of.number,
        "pack_version": plan.as_of.pack_version,
        "pack_digest": plan.as_of.pack_digest,
    }


def told_of(row: PlanRow) -> dict[str, Any]:
    """What an entry says of a version."""
    return {
        "version": row.version,
        "digest": row.digest,
        "on": str(row.on),
        "known": str(row.known),
        "number": row.register_number,
        "pack": {"version": row.pack_version, "digest": row.pack_digest},
    }


def speaks_of(entry: Recorded, row: PlanRow) -> bool:
    """Whether an entry speaks of a version, to the letter."""
    told = told_of(row)
    return {name: entry.body.get(name) for name in told} == told


def persons_beside(row: PlanRow) -> str | None:
    """The persons kept beside a version: "" if it never had any, None if they were erased."""
    stream = stream_of(row.convention, row.meeting)
    (entry,) = entries(stream, after=row.entry - 1, until=row.entry)
    texts = personal_texts(stream, row.entry)
    had_any = PERSONS in entry.body.get(PERSONAL, {})
    return texts.get(PERSONS) if had_any else ""


def says_the_same(row: PlanRow, kept: Kept) -> bool:
    """Whether a version says what a plan says, persons included unless they were erased."""
    return row.digest == kept.digest and persons_beside(row) in (kept.persons, None)


def altered(stream: str | None = None) -> Iterator[Finding]:
    """Every version that is not what the journal says, and every one that it tells of and no row holds."""
    for name in [each for each in sorted(heads()) if "/" in each and stream in (None, each)]:
        convention, _, meeting = name.partition("/")
        told = {kind: entries_of(convention, meeting, kind) for kind in (STORED, ISSUED)}
        rows = list(rows_of(convention, meeting))
        for row in rows:
            for fault in faults_of(row, told):
                yield Finding(name, row.entry, f"version {row.version}: {fault}")
        yield from without_row(name, told, rows)


def without_row(stream: str, told: Mapping[str, Mapping[int, Recorded]], held: list[PlanRow]) -> Iterator[Finding]:
    """Entries that tell of a version which no row holds so."""
    rows: dict[str, set[int | None]] = {
        STORED: {row.entry for row in held},
        ISSUED: {row.issued_entry for row in held},
    }
    for kind, entries_told in told.items():
        for number, entry in entries_told.items():
            if number not in rows[kind]:
                yield Finding(stream, number, f"says {kind} of version {entry.body.get('version')}, which is not here.")


def give_out(convention: str, *, issued: bool = False) -> list[Mapping[str, Any]]:
    """The stored versions of a convention as an archive carries them, by meeting and version; or the issued alone."""
    rows = PlanRow.objects.filter(convention=convention)
    found = carried(rows.filter(status=PlanRow.Status.ISSUED) if issued else rows, "convention")
    return sorted(found, key=lambda row: (row["meeting"], row["version"]))
