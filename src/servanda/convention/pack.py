"""A pack: a convention as a folder of data that a lawyer can read, made into values.

    pack.yaml             what it is, how it enters into force, the words its facts use
    articles/*.yaml       one obligation a file
    tiers/*.yaml          one list of States a file
    organs/*.yaml         its meetings, committees and offices, one a file
    plans/*.yaml          its action plans, one a file
    procedure/*.yaml      rules of the floor, one profile a file
    templates/*.yaml      what a programme is built from, one kind of meeting a file
    glossary.yaml         the terms of the field in six languages
    states.csv            States of its own (only invented treaties have them)
    calendar/meetings.csv its meetings
    calendar/titles.yaml  what its meetings are called, by code
    calendar/presenters.csv who presents at them
    documents.csv         every source that a fact cites, once
    facts/*.csv           one row, one fact, one source
    leads/*.csv           the same columns: what is said but not verified
    coverage.csv          how far the register is complete
    attendance.csv        how many took the floor at meetings of the past
    cases/*.yaml          given facts, on a day, expect: the pack's own tests

Reading never stops at the first fault: `read_pack` raises PackIsFaulty with every finding.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from servanda.common.days import When
from servanda.common.languages import LANGUAGES, Text
from servanda.common.names import Names, State, fold, united_nations
from servanda.common.refusals import Refusal, Unknown, WrongUsage
from servanda.convention.attendance import ATTENDANCE, AttendanceRow, parse_attendance
from servanda.convention.glossary import Glossary
from servanda.convention.institutions import ActionPlan, Organ
from servanda.convention.presenters import PresenterRow
from servanda.convention.procedure import Profile
from servanda.convention.rules import Obligation, PackRules, Tier, Wording
from servanda.convention.sheets import Faulty, Finding, Sheet, read_csv, read_yaml
from servanda.convention.templates import Template
from servanda.convention.titles import TITLES, Titles

Piece = TypeVar("Piece", Obligation, Tier, Organ, ActionPlan, Profile, Template)
Shape = TypeVar("Shape", bound=BaseModel)

HEAD = "pack.yaml"
STATES = "states.csv"
GLOSSARY = "glossary.yaml"
RULE_FILES = (HEAD, STATES, GLOSSARY, ATTENDANCE, TITLES)
STATE_CODE = re.compile(r"[A-Z]{3}")
# All that YAML does not call printable, and the marks that would turn the direction of the text around them.
CONTROL = re.compile(r"[^\t\n\r -~\x85\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PLACES = re.compile(
    r"(pack|glossary|calendar/titles)\.yaml|(states|documents|coverage|attendance|calendar/meetings|calendar/presenters)\.csv|(facts|leads)/[^/]+\.csv"
    r"|(articles|tiers|organs|plans|procedure|templates|cases)/[^/]+\.yaml"
)
RULES = ("articles/", "tiers/", "organs/", "plans/", "procedure/", "templates/")
FOLDERS = ("facts/", "leads/", *RULES, "calendar/", "cases/")
LARGEST_BYTES = 20_000_000
MOST_SHOWN = 200


class PackIsFaulty(Refusal):
    """A pack cannot be taken in; nothing of it was."""

    def __init__(self, name: str, findings: Iterable[Finding]) -> None:
        self.findings = sorted(set(findings))
        lines = "\n".join(f"  {finding}" for finding in self.findings[:MOST_SHOWN])
        if len(self.findings) > MOST_SHOWN:
            lines += f"\n  … and {len(self.findings) - MOST_SHOWN} more."
        super().__init__(
            f"The pack {name} has {len(self.findings)} fault(s); nothing of it was taken in.\n{lines}\n",
            "",
            "Mend each line and try again.",
        )


class NoSuchPack(Unknown):
    """There is no pack of this name or at this place."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"There is no pack {text!r}.",
            "It is neither the name of a pack that comes with Servanda nor a folder with a pack.yaml.",
            "Name one of those packs, as apmbc, or the path of a pack's folder.",
        )


class TwoPacksOfOneName(WrongUsage):
    """Two packs say that they are the same convention."""

    def __init__(self, name: str, first: Path, second: Path) -> None:
        super().__init__(
            f"Two packs have the name {name!r}: {first} and {second}.",
            "A convention has one pack, or its facts would contradict each other unseen.",
            "Give one of them another `id` in its pack.yaml, or leave one out.",
        )


@dataclass(frozen=True, slots=True)
class FactRow:
    """One row of a facts or leads file, its cells already checked for form."""

    key: str
    state: str
    predicate: str
    valid_from: When
    valid_to: When | None
    value: str
    meeting: str
    known_on: When
    known_by: str
    stance: str
    source: str
    place: str
    also: tuple[str, ...]
    note: str
    rank: str
    label: str
    is_lead: bool
    unit: str = ""
    supersedes: str = ""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """Through which day the register holds every fact of a predicate, as fact or lead."""

    obligation: str
    state: str
    predicate: str
    through: date
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One source: a document by its symbol, or a page by its address."""

    source: str
    kind: str
    symbol: str
    title: str
    address: str
    note: str
    programme_of: str = ""


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting of the calendar; its days are both included and local to its place."""

    code: str
    kind: str
    start: date
    end: date
    city: str
    timezone: str
    venue: str
    room: str
    president: str
    announced_on: When | None
    source: str
    verified: bool
    note: str


@dataclass(frozen=True)
class Pack:
    """The rules of a convention, as its pack states them."""

    rules: PackRules
    obligations: Mapping[str, Obligation]
    tiers: Mapping[str, Tier]
    organs: Mapping[str, Organ]
    plans: Mapping[str, ActionPlan]
    procedures: Mapping[str, Profile]
    templates: Mapping[str, Template]
    glossary: Glossary
    titles: Mapping[str, Wording]
    names: Names
    texts: Mapping[str, str] = field(repr=False)

    @property
    def code(self) -> str:
        """The convention's short name in commands and addresses."""
        return self.rules.id

    @property
    def main_obligation(self) -> str:
        """The obligation that a question is about unless it names another."""
        return self.rules.main_obligation or next(iter(self.obligations))

    def meeting_title(self, code: str, kind: str) -> Text:
        """What a meeting of the calendar is called: by the pack, or else as its kind."""
        return (self.titles.get(code) or self.rules.meeting_kinds[kind].title).text

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the files that state its rules, in hexadecimal digits."""
        return digest_of_texts(rule_texts(self.texts))

    @cached_property
    def attendance(self) -> tuple[AttendanceRow, ...]:
        """How many took the floor at meetings of the past."""
        return tuple(parse_attendance(self.texts))

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The codes of the States that the convention is about: those of an invented treaty, or all."""
        own = self.names.states.keys() - united_nations().states.keys()
        return tuple(sorted(own or self.names.states))


@dataclass(frozen=True)
class Contents:
    """All that a pack's folder holds: rules, rows and cases."""

    folder: Path
    pack: Pack
    documents: tuple[DocumentRow, ...]
    meetings: tuple[MeetingRow, ...]
    facts: tuple[FactRow, ...]
    coverage: tuple[CoverageRow, ...]
    cases: tuple[Mapping[str, Any], ...]
    presenters: tuple[PresenterRow, ...]
    texts: Mapping[str, str] = field(repr=False)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every file of the pack, in hexadecimal digits."""
        return digest_of_texts(self.texts)


def digest_of_texts(texts: Mapping[str, str]) -> str:
    """SHA-256 over files by name, in hexadecimal digits."""
    digest = hashlib.sha256()
    for name, text in sorted(texts.items()):
        digest.update(f"{name}\0{text}\0".encode())
    return digest.hexdigest()


def rule_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """The files of a pack that state rules: what a register needs to read its facts."""
    return {name: text for name, text in texts.items() if name in RULE_FILES or name.startswith(RULES)}


def parse_rules(texts: Mapping[str, str]) -> Pack:
    """Make a Pack from its rule files; raise PackIsFaulty if they are not in order."""
    findings: list[Finding] = []
    pack = parse_pack(rule_texts(texts), findings)
    if pack is None or findings:
        raise PackIsFaulty("from the journal", findings)
    return pack


def parse_pack(texts: Mapping[str, str], findings: list[Finding]) -> Pack | None:
    """Make a Pack, adding to the findings; None where its head cannot be read."""
    if HEAD not in texts:
        findings.append(Finding(HEAD, 1, "The file is missing.", "It says what the pack is.", "Write it."))
        return None
    rules = parse_file(HEAD, texts[HEAD], PackRules, findings)
    if rules is None:
        return None
    return Pack(
        rules=rules,
        obligations=parse_folder("articles/", texts, Obligation, findings),
        tiers=parse_folder("tiers/", texts, Tier, findings),
        organs=parse_folder("organs/", texts, Organ, findings),
        plans=parse_folder("plans/", texts, ActionPlan, findings),
        procedures=parse_folder("procedure/", texts, Profile, findings),
        templates=parse_folder("templates/", texts, Template, findings),
        glossary=parse_glossary(texts, findings),
        titles=parse_titles(texts, findings),
        names=parse_states(texts, findings),
        texts=dict(texts),
    )


def parse_glossary(texts: Mapping[str, str], findings: list[Finding]) -> Glossary:
    """The terms of a pack; none where it has no glossary."""
    found = parse_file(GLOSSARY, texts[GLOSSARY], Glossary, findings) if GLOSSARY in texts else None
    return found or Glossary(terms=())


def parse_titles(texts: Mapping[str, str], findings: list[Finding]) -> Mapping[str, Wording]:
    """What the meetings of a pack are called, by code; nothing where it does not say."""
    found = parse_file(TITLES, texts[TITLES], Titles, findings) if TITLES in texts else None
    return found.root if found else {}


def parse_folder(
    folder: str, texts: Mapping[str, str], shape: type[Piece], findings: list[Finding]
) -> dict[str, Piece]:
    """Every piece of a folder of rules by its id."""
    pieces: dict[str, Piece] = {}
    for name in sorted(texts):
        if name.startswith(folder) and (piece := parse_file(name, texts[name], shape, findings)):
            if piece.id in pieces:
                findings.append(
                    Finding(name, 1, f"{piece.id!r} is stated twice.", "Another file has this id.", "Rename one.")
                )
            pieces[piece.id] = piece
    return pieces


def parse_file(name: str, text: str, shape: type[Shape], findings: list[Finding]) -> Shape | None:
    """One YAML file as a rule; what is wrong goes to the findings, with its line."""
    try:
        sheet = read_yaml(name, text)
        return shape.model_validate(sheet.content)
    except Faulty as faulty:
        findings.append(faulty.finding)
    except ValidationError as error:
        findings.extend(shape_findings(sheet, error))
    return None


def shape_findings(sheet: Sheet, error: ValidationError, within: tuple[int, ...] = ()) -> list[Finding]:
    """What does not fit the vocabulary, each with its line; `within` is where in the file the piece stands."""
    return [
        Finding(
            sheet.file,
            sheet.line_of((*within, *fault["loc"])),
            f"{'.'.join(str(part) for part in fault['loc']) or 'The file'}: {fault['msg']}.",
            f"Found: {str(fault['input'])[:60]!r}.",
            "The words of a pack are listed in docs/packs.",
        )
        for fault in error.errors()
    ]


def parse_states(texts: Mapping[str, str], findings: list[Finding]) -> Names:
    """The States of the world, and those an invented treaty brings along."""
    known = united_nations()
    if STATES not in texts:
        return known
    own: list[State] = []
    try:
        for line, row in read_csv(STATES, texts[STATES], ("code", *LANGUAGES)):
            state = State(row["code"], {code: row[code] or row["en"] for code in LANGUAGES})
            findings.extend(state_findings(line, state, Names.of([*known.states.values(), *own])))
            own.append(state)
    except Faulty as faulty:
        findings.append(faulty.finding)
    return Names.of([*known.states.values(), *own])


def state_findings(line: int, state: State, known: Names) -> Iterator[Finding]:
    """What is wrong with a State that a pack brings along, seen beside those known before it."""
    if not STATE_CODE.fullmatch(state.code):
        yield Finding(
            STATES, line, f"code is {state.code!r}.", "It is no code of three capitals.", "Write one, as XAA."
        )
    if state.code in known.states:
        yield Finding(STATES, line, f"{state.code} is a State already.", "A pack cannot rename it.", "Remove it.")
    if not state.names["en"]:
        yield Finding(
            STATES,
            line,
            f"{state.code} has no name.",
            "The English name stands in for others.",
            "Write it in en.",
        )
    for name in sorted({name for name in state.names.values() if fold(name) in known.index}):
        other = known.index[fold(name)].state.code
        yield Finding(
            STATES,
            line,
            f"The name {name!r} is taken.",
            f"{other} has it; a name finds one State.",
            "Write another.",
        )


def read_texts(folder: Path) -> dict[str, str]:
    """Every YAML and CSV file below a folder by its relative name; raise PackIsFaulty for what is no file of a pack."""
    findings: list[Finding] = []
    texts: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".yaml", ".csv"):
            continue
        name = path.relative_to(folder).as_posix()
        if fault := misplaced(path, name, folder):
            findings.append(fault)
            continue
        try:
            texts[name] = path.read_bytes().decode("utf-8-sig")  # spreadsheets put a mark before the first sign
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            why = f"The byte at {error.start} cannot be read."
            findings.append(Finding(name, line, "This is not UTF-8.", why, "Save the file as UTF-8."))
            continue
        findings.extend(unplain(name, texts[name]))
    if findings:
        raise PackIsFaulty(folder.name, findings)
    return texts


def misplaced(path: Path, name: str, folder: Path) -> Finding | None:
    """What is wrong with a file before it is opened, if anything is."""
    if not path.is_file():
        return Finding(name, 1, "This is no file.", "A file of a pack has this name.", "Rename it, or remove it.")
    if not path.resolve().is_relative_to(folder.resolve()):
        return Finding(name, 1, "This leads out of the pack.", "A pack reads its own files only.", "Copy it in.")
    if not PLACES.fullmatch(name):
        do = f"Put it into one of {', '.join(FOLDERS)}, or rename it."
        return Finding(name, 1, "A pack has no such file.", "It would be passed over without a word.", do)
    if path.stat().st_size > LARGEST_BYTES:
        what = f"The file has {path.stat().st_size:,} bytes."
        why = f"A file of a pack has up to {LARGEST_BYTES:,}; a person has to be able to review it."
        return Finding(name, 1, what, why, "Take out what is not a row of the register, or divide it.")
    return None


def unplain(name: str, text: str) -> Iterator[Finding]:
    """What keeps a file from being plain text that ends where it should."""
    if sign := CONTROL.search(text):
        line = text[: sign.start()].count("\n") + 1
        why = f"It holds the control character {sign[0]!r}."
        yield Finding(name, line, "This is not plain text.", why, "Save the file as UTF-8, without it.")
    if not text.endswith("\n"):
        line, why = text.count("\n") + 1, "It may have been cut short."
        do = "Compare it with its origin; end the last line."
        yield Finding(name, line, "The file does not end with a line end.", why, do)
