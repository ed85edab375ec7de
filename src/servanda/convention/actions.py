"""Taking a convention's calendar in."""

from collections.abc import Iterable
from dataclasses import asdict

from servanda.convention.models import Meeting
from servanda.convention.pack import MeetingRow
from servanda.journal.carried import Carried, rows_from


def difference(*, convention: str, rows: Iterable[MeetingRow]) -> list[Meeting]:
    """The meetings that are new or described differently now."""
    held = {meeting.code: meeting for meeting in Meeting.objects.filter(convention=convention)}
    changed = []
    for row in rows:
        values = asdict(row) | {"announced_on": str(row.announced_on or "")}
        meeting = held.get(row.code) or Meeting(convention=convention)
        if meeting.pk is None or any(getattr(meeting, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(meeting, name, value)
            changed.append(meeting)
    return changed


def take_in(meetings: Iterable[Meeting]) -> None:
    """Store new and changed meetings; the caller writes the journal in the same transaction."""
    for meeting in meetings:
        meeting.save()


def take_over(rows: Iterable[Carried], *, convention: str) -> None:
    """Store the meetings of an archive; the caller holds the transaction. Raises UnfitRow."""
    Meeting.objects.bulk_create(rows_from(Meeting, rows, convention=convention), batch_size=500)
