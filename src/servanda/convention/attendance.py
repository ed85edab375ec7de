"""Who took the floor at meetings of the past: one row counts the speakers of one list, and names nobody.

From these counts a forecast learns how many of those invited speak, and how many more ask for the floor.
A row is refused where it counts more speakers than were invited, or says nothing of how that is known.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.convention.sheets import read_csv

if TYPE_CHECKING:
    from servanda.convention.checking import Check, Row
    from servanda.convention.pack import MeetingRow

ATTENDANCE = "attendance.csv"
ATTENDANCE_COLUMNS = (
    "meeting", "held", "item", "kind", "invited", "invited_by", "states", "organizations", "source", "note",
)  # fmt: skip
# Lists of those invited: by a duty with a name or a date, or as all of a long list. Then those who ask for the floor:
# any delegation on an item, a few on one narrow matter. Last, who speaks for the chair or the committee.
INVITING = ("duty", "general")
ASKING = ("open", "comment")
PRESENTING = "presentation"
KINDS = (*INVITING, *ASKING, PRESENTING)
# How the number of those invited is known: the source names each, it gives a number, or it is an estimate.
INVITED_BY = ("listed", "counted", "estimated")
NUMBER = re.compile(r"[0-9]{1,3}")
YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """The speakers of one list at one meeting; `invited` is None where anyone could ask for the floor."""

    meeting: str
    held: int
    item: str
    kind: str
    invited: int | None
    invited_by: str
    states: int
    organizations: int
    source: str
    note: str

    @property
    def speakers(self) -> int:
        """All who took the floor."""
        return self.states + self.organizations


def attendance_of(row: Mapping[str, str]) -> AttendanceRow:
    """A row as a value; its numbers must be numbers."""
    return AttendanceRow(
        meeting=row["meeting"],
        held=int(row["held"]),
        item=row["item"],
        kind=row["kind"],
        invited=int(row["invited"]) if row["invited"] else None,
        invited_by=row["invited_by"],
        states=int(row["states"]),
        organizations=int(row["organizations"]),
        source=row["source"],
        note=row["note"],
    )


def parse_attendance(texts: Mapping[str, str]) -> Iterator[AttendanceRow]:
    """Every row of a pack that was checked when it was loaded; none where it has no such file."""
    if ATTENDANCE in texts:
        for _line, row in read_csv(ATTENDANCE, texts[ATTENDANCE], ATTENDANCE_COLUMNS):
            yield attendance_of(row)


def check_attendance(meetings: "Iterable[MeetingRow]", sources: Mapping[str, str], check: "Check") -> None:
    """Each row counts what can be counted, by a source of the pack; its year is that of the calendar."""
    years = {meeting.code: meeting.start.year for meeting in meetings}
    for _row in check.rows(ATTENDANCE, ATTENDANCE_COLUMNS, AttendanceChecker(check, years, sources)):
        pass  # a fault becomes a finding of the check; the pack itself reads the rows


@dataclass(frozen=True)
class AttendanceChecker:
    """Checks each row, and makes its value where its numbers can be read."""

    check: "Check"
    years: Mapping[str, int]
    sources: Mapping[str, str]

    def __call__(self, file: str, line: int, row: "Row") -> AttendanceRow | None:
        check = self.check
        check.once(file, line, f"attendance {row['meeting']} {row['item']} {row['kind']}")
        check.one_of(file, line, "kind", row["kind"], KINDS)
        check.one_of(file, line, "source", row["source"], self.sources)
        if not self.numbers(file, line, row):
            return None
        self.year(file, line, row)
        if row["kind"] in KINDS:
            self.invited(file, line, row)
        return attendance_of(row)

    def numbers(self, file: str, line: int, row: "Row") -> bool:
        """Whether its numbers are numbers; what is not is noted."""
        bad = [name for name in ("states", "organizations") if not NUMBER.fullmatch(row[name])]
        bad += ["invited"] if row["invited"] and not NUMBER.fullmatch(row["invited"]) else []
        for name in bad:
            why = "It counts speakers or those invited, from 0 to 999."
            self.check.note(file, line, f"{name} is {row[name]!r}.", why, "Write a number, as 12.")
        if not YEAR.fullmatch(row["held"]):
            why = "It is the year in which the meeting was held."
            self.check.note(file, line, f"held is {row['held']!r}.", why, "Write a year, as 2023.")
            return False
        return not bad

    def year(self, file: str, line: int, row: "Row") -> None:
        """A meeting of the calendar was held in the year of the calendar; others may be older than it."""
        if not row["meeting"]:
            self.check.note(file, line, "meeting is empty.", "Lists are kept apart by meeting.", "Write its code.")
        year = self.years.get(row["meeting"], int(row["held"]))
        if year != int(row["held"]):
            what = f"held is {row['held']}."
            self.check.note(file, line, what, f"By the calendar {row['meeting']} was held in {year}.", "Mend one.")

    def invited(self, file: str, line: int, row: "Row") -> None:
        """Lists of those invited say how many these were, and how that is known; no more of them spoke."""
        check = self.check
        if row["kind"] not in INVITING:
            if row["invited"] or row["invited_by"]:
                what, why = (
                    f"invited is {row['invited']!r}.",
                    f"In a list of kind {row['kind']} nobody is invited by name.",
                )
                check.note(file, line, what, why, "Leave invited and invited_by empty.")
            return
        check.one_of(file, line, "invited_by", row["invited_by"], INVITED_BY)
        if not row["invited"] or int(row["invited"]) < int(row["states"]):
            what = f"invited is {row['invited'] or 'empty'}, and states {row['states']}."
            why = "Of those invited some spoke; without their number nothing can be learnt."
            check.note(file, line, what, why, "Write how many were invited, or leave the row out.")
