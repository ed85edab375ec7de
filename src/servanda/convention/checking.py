"""Checking a pack: every row and rule against the vocabulary, the names and one another.

What is refused here can never stand about a State: a fact without a source, a source that is not
listed, a public fact on a State's performance that only the press reports.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from servanda.common.days import NotADate, When, parse_day
from servanda.convention.attendance import check_attendance
from servanda.convention.calendar import FIXED_WORDS
from servanda.convention.case_files import read_cases
from servanda.convention.confided import betrayal, betrays
from servanda.convention.contradictions import Claim, contradictions
from servanda.convention.institution_checks import check_institutions, read_presenters
from servanda.convention.pack import (
    HEAD,
    Contents,
    CoverageRow,
    DocumentRow,
    FactRow,
    MeetingRow,
    NoSuchPack,
    Pack,
    PackIsFaulty,
    parse_pack,
    read_texts,
)
from servanda.convention.rule_checks import check_rules
from servanda.convention.rules import is_timezone
from servanda.convention.sheets import Faulty, Finding, read_csv

KINDS_OF_SOURCE = (
    "depositary", "decision", "state_report", "organ", "un", "civil_society", "academic", "press", "own_rule",
)  # fmt: skip
MAY_SPEAK_OF_PERFORMANCE = KINDS_OF_SOURCE[:6]
SET_BY = ("depositary", "decision", "meeting", "event", "source")
STANCES = ("decided", "reported_by_state", "announced", "reported_by_others", "denied")
RANKS = ("preferred", "normal", "deprecated")
OPEN_END = "open"
FORMULA = re.compile(r"\s*[=@]|[+-](?!\s|[\d.,]+\s*$|$)")
LABEL = re.compile(r"public|parties|secretariat|committee:[a-z0-9-]+|state:[A-Z]{3}")
SHAPES = {"quantity": re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?"), "year": re.compile(r"[0-9]{4}")}
MENDED = {
    "quantity": "Write a number as 1500 or 1500.50: up to 15 digits, without blanks or commas.",
    "year": "Write a year as 2023.",
}
LONGEST = {
    "key": 200, "source": 400, "meeting": 40, "label": 60, "symbol": 100, "title": 400, "address": 1000,
    "code": 40, "city": 100, "venue": 200, "room": 100, "president": 200,
}  # fmt: skip

FACT_COLUMNS = (
    "key", "state", "predicate", "valid_from", "valid_to", "value", "meeting", "known_on", "known_by",
    "stance", "source", "place", "also", "note",
)  # fmt: skip
OPTIONAL_FACT_COLUMNS = ("rank", "label", "unit", "supersedes")
COVERAGE_COLUMNS = ("obligation", "state", "predicate", "through", "source", "note")
DOCUMENT_COLUMNS = ("source", "kind", "symbol", "title", "address", "note")
MEETING_COLUMNS = (
    "code", "kind", "start", "end", "city", "timezone", "venue", "room", "president", "announced_on",
    "source", "verified", "note",
)  # fmt: skip
MEMBERSHIP = "membership"

Row = dict[str, str]
Made = TypeVar("Made")


@dataclass
class Check:
    """One pass over a pack: its files, and the findings so far."""

    texts: Mapping[str, str]
    findings: list[Finding] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    today: date | None = None

    def note(self, file: str, line: int, what: str, why: str, do: str) -> None:
        """Add a finding."""
        self.findings.append(Finding(file, line, what, why, do))

    def one_of(
        self, file: str, line: int, column: str, value: str, allowed: "Mapping[str, Any] | tuple[str, ...]"
    ) -> None:
        """Note a value that is not among those allowed."""
        if value not in allowed:
            shown = ", ".join(list(allowed)[:12]) + (", …" if len(allowed) > 12 else "")
            self.note(file, line, f"{column} is {value!r}.", f"Allowed: {shown}.", "Write one of these.")

    def once(self, file: str, line: int, key: str) -> None:
        """Note a key that stands a second time."""
        if key in self.keys:
            self.note(
                file,
                line,
                f"The key {key!r} stands twice.",
                f"First: {self.keys[key]}.",
                "Rename or remove one.",
            )
        self.keys.setdefault(key, f"{file}:{line}")

    def fits(self, file: str, line: int, row: Row) -> None:
        """Note cells longer than the register can hold."""
        for column, longest in LONGEST.items():
            if len(row.get(column, "")) > longest:
                why = f"The register holds up to {longest}."
                self.note(file, line, f"{column} has {len(row[column])} signs.", why, "Shorten it.")

    def rows(
        self,
        name: str,
        columns: tuple[str, ...],
        make: Callable[[str, int, Row], Made],
        optional: tuple[str, ...] = (),
    ) -> Iterator[Made]:
        """Make a value of each row; a row that cannot be made becomes a finding."""
        if name not in self.texts:
            return
        try:
            for line, row in read_csv(name, self.texts[name], columns, optional):
                made = self.made(name, line, row, make)
                if made is not None:
                    yield made
        except Faulty as faulty:
            self.findings.append(faulty.finding)

    def made(self, name: str, line: int, row: Row, make: Callable[[str, int, Row], Made]) -> Made | None:
        """The value of one row, or None where it cannot be made, with a finding that says why."""
        self.fits(name, line, row)
        self.plain(name, line, row)
        try:
            return make(name, line, row)
        except NotADate as error:
            self.note(name, line, error.what, error.why, error.do)
            return None

    def plain(self, name: str, line: int, row: Row) -> None:
        """Note cells that a spreadsheet would run instead of showing them."""
        for column, cell in row.items():
            if FORMULA.match(cell):
                what = f"{column} begins like a formula: {cell[:40]!r}."
                why = "A spreadsheet that opens the file would run it."
                self.note(name, line, what, why, "Begin the cell with a word, or with a number.")


def read_pack(folder: Path, today: date | None = None) -> Contents:
    """Read and check the pack in a folder; raise PackIsFaulty with every finding, or NoSuchPack.

    With `today` it also refuses sources of days that have not come.
    """
    if not (folder / HEAD).is_file():
        raise NoSuchPack(str(folder))
    check = Check(read_texts(folder), today=today)
    contents = read_contents(folder, check)
    if contents is None or check.findings:
        raise PackIsFaulty(folder.name, check.findings)
    return contents


def read_contents(folder: Path, check: Check) -> Contents | None:
    """All of a pack, the findings noted on the way."""
    pack = parse_pack(check.texts, check.findings)
    if pack is None:
        return None
    check_rules(pack, check)
    documents = tuple(check.rows("documents.csv", DOCUMENT_COLUMNS, DocumentMaker(check), ("programme_of",)))
    kinds = {document.source: document.kind for document in documents}
    meetings = tuple(check.rows("calendar/meetings.csv", MEETING_COLUMNS, MeetingMaker(check, pack, kinds)))
    codes = {meeting.code for meeting in meetings}
    make_fact = FactMaker(check, pack, kinds, codes)
    facts = tuple(
        fact
        for name in sorted(check.texts)
        if name.startswith(("facts/", "leads/")) and name.endswith(".csv")
        for fact in check.rows(name, FACT_COLUMNS, make_fact, OPTIONAL_FACT_COLUMNS)
    )
    check_programmes(documents, codes, check)
    coverage = tuple(check.rows("coverage.csv", COVERAGE_COLUMNS, CoverageMaker(check, pack)))
    check_hidden(facts, coverage, check)
    check_contradictions(facts, pack, check)
    check_institutions(pack, meetings, kinds, check)
    check_attendance(meetings, kinds, check)
    presenters = read_presenters(pack, meetings, kinds, check)
    return Contents(folder, pack, documents, meetings, facts, coverage, read_cases(check), presenters, check.texts)


def check_programmes(documents: Iterable[DocumentRow], codes: set[str], check: Check) -> None:
    """A programme is that of a meeting in the calendar."""
    for document in documents:
        if document.programme_of and document.programme_of not in codes:
            file, line = check.keys[f"document {document.source}"].rsplit(":", 1)
            what = f"programme_of is {document.programme_of!r}."
            check.note(file, int(line), what, "The calendar has no such meeting.", "Mend the code, or add the meeting.")


def check_hidden(facts: Iterable[FactRow], coverage: Iterable[CoverageRow], check: Check) -> None:
    """No fact is hidden of which coverage says that all are here: the public would be told that there is none."""
    covered = {row.predicate for row in coverage}
    for fact in facts:
        if fact.label != "public" and LABEL.fullmatch(fact.label) and fact.predicate in covered:
            file, line = check.keys[f"fact {fact.key}"].rsplit(":", 1)
            what = f"label is {fact.label!r}, and coverage.csv says that every {fact.predicate} is in the register."
            why = "Whoever may not see the row would be told that there is no such fact."
            check.note(file, int(line), what, why, "Make the fact public, or take that coverage back.")


def check_contradictions(facts: Iterable[FactRow], pack: Pack, check: Check) -> None:
    """Verified facts that cannot all stand are noted where the last of them stands."""
    facts = list(facts)
    superseded = {fact.supersedes for fact in facts if fact.supersedes and not fact.is_lead}
    claims = [claim_of(fact) for fact in facts if not fact.is_lead and fact.key not in superseded]
    for found in contradictions(claims, pack):
        file, line = check.keys[f"fact {found.keys[-1]}"].rsplit(":", 1)
        check.note(file, int(line), found.what, found.why, found.do)


def claim_of(fact: FactRow) -> Claim:
    """What a row says, as far as another row can contradict it."""
    return Claim(
        fact.key, fact.state, fact.predicate, fact.value, fact.unit, fact.meeting,
        fact.valid_from, fact.known_on, fact.rank, fact.stance,
    )  # fmt: skip


def row_findings(
    row: Row, *, pack: Pack, kinds: Mapping[str, str], meetings: Iterable[str], is_lead: bool = False
) -> tuple[FactRow | None, list[Finding]]:
    """One row as a pack's check would judge it, for whoever states a fact elsewhere: the desk.

    The file and line of a finding mean nothing then; its column does.
    """
    check = Check({})
    file = "leads/" if is_lead else "facts/"
    make = FactMaker(check, pack, kinds, set(meetings))
    made = check.made(file, 1, {**dict.fromkeys((*FACT_COLUMNS, *OPTIONAL_FACT_COLUMNS), ""), **row}, make)
    return made, check.findings


@dataclass(frozen=True)
class DocumentMaker:
    """Makes a DocumentRow of each row."""

    check: Check

    def __call__(self, file: str, line: int, row: Row) -> DocumentRow:
        self.check.once(file, line, f"document {row['source']}")
        self.check.one_of(file, line, "kind", row["kind"], KINDS_OF_SOURCE)
        if not row["source"]:
            self.check.note(
                file,
                line,
                "A document without a name.",
                "Facts cite it by `source`.",
                "Give its symbol or address.",
            )
        return DocumentRow(**row)


@dataclass(frozen=True)
class MeetingMaker:
    """Makes a MeetingRow of each row."""

    check: Check
    pack: Pack
    kinds: Mapping[str, str]

    def __call__(self, file: str, line: int, row: Row) -> MeetingRow:
        check = self.check
        check.once(file, line, f"meeting {row['code']}")
        if row["code"].casefold() in FIXED_WORDS:
            what, why = f"code is {row['code']!r}.", "The site has an address of this name."
            check.note(file, line, what, why, "Choose another code.")
        check.one_of(file, line, "kind", row["kind"], self.pack.rules.meeting_kinds)
        check.one_of(file, line, "verified", row["verified"], ("yes", "no"))
        if not is_timezone(row["timezone"]):
            check.note(
                file,
                line,
                f"timezone is {row['timezone']!r}.",
                "It is no IANA zone.",
                "Write one, as Europe/Zurich.",
            )
        check_source(check, file, line, row["source"], self.kinds)
        start, end = parse_day(row["start"], "start"), parse_day(row["end"], "end")
        if end < start:
            check.note(
                file,
                line,
                "The meeting ends before it starts.",
                f"{end} is before {start}.",
                "Mend the days.",
            )
        announced = When.parse(row["announced_on"], "announced_on") if row["announced_on"] else None
        changed = {
            "start": start,
            "end": end,
            "announced_on": announced,
            "verified": row["verified"] == "yes",
        }
        return MeetingRow(**(row | changed))  # type: ignore[arg-type]


@dataclass(frozen=True)
class FactMaker:
    """Makes a FactRow of each row of facts and leads."""

    check: Check
    pack: Pack
    kinds: Mapping[str, str]
    meetings: set[str]

    def __call__(self, file: str, line: int, row: Row) -> FactRow:
        is_lead = file.startswith("leads/")
        self.check_words(file, line, row)
        self.check_value(file, line, row)
        self.check_unit(file, line, row)
        if not is_lead:
            self.check_kind(file, line, row)
        valid_from, valid_to = self.holding(file, line, row)
        return FactRow(
            key=row["key"],
            state=row["state"],
            predicate=row["predicate"],
            valid_from=valid_from,
            valid_to=valid_to,
            value=row["value"].strip(),
            meeting=row["meeting"],
            known_on=self.known_on(file, line, row),
            known_by=row["known_by"],
            stance=row["stance"],
            source=row["source"],
            place=row["place"],
            also=tuple(part.strip() for part in row["also"].split(" ; ") if part.strip()),
            note=row["note"],
            rank=row["rank"] or "normal",
            label=row["label"] or "public",
            is_lead=is_lead,
            unit=row["unit"],
            supersedes=row["supersedes"],
        )

    def holding(self, file: str, line: int, row: Row) -> tuple[When, When | None]:
        """From when to when the fact holds; it cannot end before it begins."""
        begins = When.parse(row["valid_from"], "valid_from")
        ends = None if row["valid_to"] == OPEN_END else When.parse(row["valid_to"], "valid_to")
        if ends and ends.last <= begins.first:
            what = f"valid_to is {ends}, and valid_from {begins}."
            self.check.note(
                file, line, what, "A fact cannot end before it begins.", "Mend one of the days, or write open."
            )
        return begins, ends

    def check_words(self, file: str, line: int, row: Row) -> None:
        """Keys, codes and sources are those that the pack and the world know."""
        check = self.check
        check.once(file, line, f"fact {row['key']}")
        if not row["key"].isprintable():
            what = f"key is {row['key'][:40]!r}."
            check.note(file, line, what, "A key stands on one line.", "Take out what cannot be seen.")
        if not row["key"]:
            check.note(
                file, line, "key is empty.", "A correction names a fact by its key.", "Write State.predicate.meeting."
            )
        if not LABEL.fullmatch(row["label"] or "public"):
            what, why = f"label is {row['label']!r}.", "No seat would see it."
            check.note(file, line, what, why, "Write public, parties, secretariat, committee:<id> or state:<code>.")
        named = [row["source"], *row["also"].split(" ; ")]
        if betrays(row["predicate"], row["label"], (self.kinds.get(each.strip(), "") for each in named), self.pack):
            check.note(file, line, *betrayal(row["predicate"]))
        if row["state"] not in self.pack.names.states:
            check.note(
                file,
                line,
                f"state is {row['state']!r}.",
                "No State has this code.",
                "Write its ISO alpha-3 code, as TCD.",
            )
        check.one_of(file, line, "predicate", row["predicate"], self.pack.rules.predicates)
        check.one_of(file, line, "known_by", row["known_by"], SET_BY)
        check.one_of(file, line, "stance", row["stance"], STANCES)
        check.one_of(file, line, "rank", row["rank"] or "normal", RANKS)
        for source in filter(None, [row["source"] or " ", *row["also"].split(" ; ")]):
            check_source(check, file, line, source.strip(), self.kinds)
        if row["meeting"] and row["meeting"] not in self.meetings:
            check.note(
                file,
                line,
                f"meeting is {row['meeting']!r}.",
                "The calendar has no such meeting.",
                "Mend the code, or add the meeting.",
            )

    def known_on(self, file: str, line: int, row: Row) -> When:
        """When the source was public; without it nobody could ask what was known on a day."""
        if not row["known_on"]:
            self.check.note(file, line, "known_on is empty.", "A fact says since when its source was public.",
                            "Write the day, month or year, and in known_by how it was set.")  # fmt: skip
            return When.on(date.max)
        known_on = When.parse(row["known_on"], "known_on")
        if self.check.today and known_on.first > self.check.today:
            what = f"known_on is {known_on}, and today is {self.check.today}."
            self.check.note(
                file, line, what, "No source of that day exists yet.", "Write since when the source is public."
            )
        return known_on

    def check_value(self, file: str, line: int, row: Row) -> None:
        """The value is of the kind that its predicate has."""
        predicate = self.pack.rules.predicates.get(row["predicate"])
        if predicate is None or not row["value"]:
            return
        if predicate.value == "none":
            self.check.note(
                file,
                line,
                f"value is {row['value']!r}.",
                f"{row['predicate']} has no value.",
                "Leave it empty.",
            )
        if predicate.value == "day":
            parse_day(row["value"], "value")
        if predicate.value in SHAPES and not SHAPES[predicate.value].fullmatch(row["value"]):
            what = f"value is {row['value'][:40]!r}."
            self.check.note(file, line, what, f"{row['predicate']} has a {predicate.value}.", MENDED[predicate.value])
        if predicate.value == "word":
            self.check.one_of(file, line, "value", row["value"], predicate.words)

    def check_unit(self, file: str, line: int, row: Row) -> None:
        """A quantity has one unit, the predicate's or where it has none the row's; nothing else has any."""
        predicate = self.pack.rules.predicates.get(row["predicate"])
        if predicate is None:
            return
        if predicate.value == "quantity" and row["value"] and not (row["unit"] or predicate.unit):
            what, why = "unit is empty.", f"{row['predicate']} has no unit of its own, so each row names one."
            self.check.note(file, line, what, why, "Write what is counted, or the currency.")
        if not row["unit"]:
            return
        if predicate.value != "quantity":
            what, why = f"unit is {row['unit']!r}.", f"{row['predicate']} has no quantity."
            self.check.note(file, line, what, why, "Leave it empty.")
        elif predicate.unit and row["unit"] != predicate.unit.en:
            what, why = f"unit is {row['unit']!r}.", f"{row['predicate']} is counted in {predicate.unit.en!r}."
            self.check.note(file, line, what, why, "Leave it empty, or take the predicate of that unit.")

    def check_kind(self, file: str, line: int, row: Row) -> None:
        """A public fact on a State's performance rests on one of the first six kinds of source."""
        predicate = self.pack.rules.predicates.get(row["predicate"])
        kind = self.kinds.get(row["source"], "")
        if predicate and predicate.performance and kind and kind not in MAY_SPEAK_OF_PERFORMANCE:
            self.check.note(
                file, line, f"The only source is of kind {kind}.",
                f"A fact on a State's performance needs one of: {', '.join(MAY_SPEAK_OF_PERFORMANCE)}.",
                "Find such a source, or move the row to leads/.",
            )  # fmt: skip


@dataclass(frozen=True)
class CoverageMaker:
    """Makes a CoverageRow of each row."""

    check: Check
    pack: Pack

    def __call__(self, file: str, line: int, row: Row) -> CoverageRow:
        check = self.check
        check.once(file, line, f"coverage {row['obligation']} {row['state']} {row['predicate']}")
        check.one_of(file, line, "obligation", row["obligation"], (*self.pack.obligations, MEMBERSHIP))
        check.one_of(file, line, "predicate", row["predicate"], self.pack.rules.predicates)
        if row["state"] not in ("*", *self.pack.names.states):
            check.note(
                file,
                line,
                f"state is {row['state']!r}.",
                "No State has this code.",
                "Write a code, or * for all.",
            )
        if not row["source"]:
            check.note(file, line, "source is empty.", "Someone says how far the register is complete.", "Name who.")
        through = parse_day(row["through"], "through")
        return CoverageRow(**(row | {"through": through}))  # type: ignore[arg-type]


def check_source(check: Check, file: str, line: int, source: str, kinds: Mapping[str, str]) -> None:
    """A source is named, and listed among the documents."""
    if not source:
        check.note(file, line, "source is empty.", "No source, no fact.", "Name the document, or remove the row.")
    elif source not in kinds:
        check.note(
            file,
            line,
            f"The source {source!r} is not listed.",
            "documents.csv has no such row.",
            "Add it there.",
        )
