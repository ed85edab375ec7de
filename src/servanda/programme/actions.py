"""Writing programmes: a version is stored, and issued. Nothing is overwritten; what is issued stays as it is."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction

from servanda.common.refusals import Refusal
from servanda.convention.queries import calendar
from servanda.journal.actions import append, hold
from servanda.journal.carried import Carried, UnfitRow, rows_from
from servanda.journal.queries import find
from servanda.journal.rehearsals import require_real
from servanda.people.permissions import SECRETARIAT
from servanda.programme.keeping import ISSUED, PERSONS, STORED, Kept
from servanda.programme.models import Plan as PlanRow
from servanda.programme.plan import Plan
from servanda.programme.versions import (
    NoSuchVersion,
    Version,
    entries_of,
    facts_of,
    faults_of,
    persons_beside,
    proved,
    rows_of,
    says_the_same,
    stream_of,
    told_of,
    versions,
)


class AlreadyIssued(Refusal):
    """A version is issued a second time."""

    def __init__(self, version: Version) -> None:
        super().__init__(
            f"Version {version.version} of the programme of {version.convention} {version.meeting} is issued already.",
            f"By {version.issued_by}, at {version.issued_at[:16]} UTC, entry {version.issued_entry} of the meeting. "
            "What is issued is never changed.",
            "Store a new version, and issue that one; it will supersede this one.",
        )


class NotNewest(Refusal):
    """A version is to be issued, and there is a newer one."""

    def __init__(self, version: Version, newest: Version) -> None:
        super().__init__(
            f"Version {version.version} is not the newest of the programme of {version.convention} {version.meeting}.",
            f"Version {newest.version} was stored at {newest.stored_at[:16]} UTC, by {newest.stored_by}.",
            "Look at the newest and issue that one, or store again what you want to issue.",
        )


class NothingChanged(Refusal):
    """A version is to be issued that says what the one in force says."""

    def __init__(self, version: Version, in_force: Version) -> None:
        super().__init__(
            f"Version {version.version} says what version {in_force.version} says, which is issued.",
            "A programme is issued anew only where something in it is different.",
            "Nothing needs to be done.",
        )


def store_plan(*, plan: Plan, by: str, key: str | None = None, expected: int | None = None) -> Version:
    """Store a plan as the next version of its programme, a draft; if the newest says the same, that one is returned.

    `key` makes it idempotent; `expected` is the number at which the caller believes the meeting's stream.
    Raises ARehearsalOnly, UnknownMeeting, KeyIsTaken, OutOfStep, NotCanonical.
    """
    require_real(stream_of(plan.convention, plan.code), "stored as a programme")
    calendar(plan.convention).meeting(plan.code)
    stream, kept = stream_of(plan.convention, plan.code), Kept.of(plan)
    with transaction.atomic():
        hold(stream=stream)
        rows = list(rows_of(plan.convention, plan.code))
        if earlier := row_of_key(rows, stream, key, by, kept):
            return one_of(earlier)
        if rows and says_the_same(rows[-1], kept):
            return one_of(rows[-1])
        row = PlanRow(
            **facts_of(plan),
            version=rows[-1].version + 1 if rows else 1,
            status=PlanRow.Status.DRAFT,
            body=kept.body,
            digest=kept.digest,
        )
        personal = {PERSONS: kept.persons} if kept.persons else None
        entry = append(
            stream=stream, kind=STORED, body=told_of(row), by=by, key=key, expected=expected, personal=personal
        )
        row.entry = entry.number
        row.save()
        return replace(one_of(row), is_new=True)


def row_of_key(rows: Iterable[PlanRow], stream: str, key: str | None, by: str, kept: Kept) -> PlanRow | None:
    """The version that the same hand stored with this key, if it says the same; what else has the key is refused."""
    entry = find(stream, key) if key else None
    if entry is None or (entry.kind, entry.by) != (STORED, by):
        return None
    return next((row for row in rows if row.entry == entry.number and row.digest == kept.digest), None)


def one_of(row: PlanRow) -> Version:
    """A row as the secretariat reads it."""
    return next(each for each in versions(row.convention, row.meeting, SECRETARIAT) if each.version == row.version)


def issue_plan(*, convention: str, meeting: str, version: int, by: str) -> Version:
    """Issue the newest version of a programme: from then on it stays as it is, and supersedes the one before.

    Raises ARehearsalOnly, UnknownMeeting, NoSuchVersion, AlreadyIssued, NotNewest, NothingChanged, VersionWasAltered.
    """
    require_real(stream_of(convention, meeting), "issued")
    code = calendar(convention).meeting(meeting).code
    stream = stream_of(convention, code)
    with transaction.atomic():
        hold(stream=stream)
        rows = {row.version: row for row in rows_of(convention, code)}
        if version not in rows:
            raise NoSuchVersion(convention, code, version, sorted(rows))
        row, in_force = rows[version], [each for each in rows.values() if each.issued_entry]
        refuse_issue(row, rows[max(rows)], in_force)
        proved(row)
        body = told_of(row) | {"supersedes": in_force[-1].version if in_force else None}
        entry = append(stream=stream, kind=ISSUED, body=body, by=by)
        PlanRow.objects.filter(pk=row.pk).update(status=PlanRow.Status.ISSUED, issued_entry=entry.number)
        return one_of(row)


def refuse_issue(row: PlanRow, newest: PlanRow, in_force: list[PlanRow]) -> None:
    """Raise AlreadyIssued, NotNewest or NothingChanged where a version cannot be issued."""
    if row.issued_entry:
        raise AlreadyIssued(one_of(row))
    if row.version != newest.version:
        raise NotNewest(one_of(row), one_of(newest))
    if in_force and says_the_same(in_force[-1], Kept(row.body, row.digest, persons_beside(row) or "")):
        raise NothingChanged(one_of(row), one_of(in_force[-1]))


def take_over(rows: Iterable[Carried], *, convention: str) -> None:
    """Store the versions of an archive, each proved by its text and by the journal, which is taken over before.

    The caller holds the transaction. Raises UnfitRow.
    """
    stored = list(rows_from(PlanRow, rows, convention=convention))
    for position, row in enumerate(stored):
        told = {kind: entries_of(convention, row.meeting, kind) for kind in (STORED, ISSUED)}
        if fault := next(faults_of(row, told), ""):
            raise UnfitRow(position, fault)
    PlanRow.objects.bulk_create(stored, batch_size=50)
