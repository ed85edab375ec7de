"""Checking organs, plans, procedure and presenters: they name only what the pack and its calendar have."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from servanda.convention.institutions import ActionPlan
from servanda.convention.pack import GLOSSARY, HEAD, MeetingRow, Pack
from servanda.convention.presenters import PRESENTER_COLUMNS, PRESENTERS, STANDINGS, PresenterRow, presenter_of
from servanda.convention.sheets import Faulty, Sheet, read_yaml
from servanda.convention.template_checks import check_template
from servanda.convention.titles import check_titles

if TYPE_CHECKING:
    from servanda.convention.checking import Check, Row

Piece = TypeVar("Piece")
Place = tuple[str | int, ...]
# Where the pieces stand that others name.
NAMED = ("tiers/", "organs/", "plans/", "procedure/", "templates/")
# Kinds of source that are a document of the convention, of a State or of the United Nations.
OFFICIAL = ("depositary", "decision", "state_report", "organ", "un")


@dataclass(frozen=True)
class File:
    """One YAML file under check: what is wrong at a place is noted with its line."""

    sheet: Sheet
    check: "Check"

    def note(self, place: Place, what: str, why: str, do: str) -> None:
        """Add a finding at a place."""
        self.check.note(self.sheet.file, self.sheet.line_of(place), what, why, do)

    def known(self, place: Place, what: str, name: str, allowed: Iterable[str]) -> bool:
        """Note a name that the pack does not have; return whether it has it."""
        held = sorted(allowed)
        if name in held:
            return True
        self.note(place, f"{what} is {name!r}.", f"The pack has: {', '.join(held) or 'none'}.", "Write one of these.")
        return False


def files(folder: str, pieces: Mapping[str, Piece], check: "Check") -> Iterator[tuple[File, Piece]]:
    """Every piece of a folder that could be read, with its file."""
    for name in sorted(check.texts):
        if name.startswith(folder) and (sheet := sheet_of(name, check)) and isinstance(sheet.content, dict):
            piece = pieces.get(str(sheet.content.get("id")))
            if piece is not None:
                yield File(sheet, check), piece


def sheet_of(name: str, check: "Check") -> Sheet | None:
    """A YAML file with its lines; None where it cannot be read, which is noted elsewhere."""
    try:
        return read_yaml(name, check.texts[name])
    except Faulty:
        return None


def check_institutions(pack: Pack, meetings: Iterable[MeetingRow], kinds: Mapping[str, str], check: "Check") -> None:
    """Plans, profiles, templates and glossary name only what the pack, its calendar and its documents have."""
    check_glossary(pack, kinds, check)
    held = list(meetings)
    check_places(pack, held, check)
    codes = {meeting.code for meeting in held}
    check_titles(codes, check)
    if any(finding.file.startswith(NAMED) for finding in check.findings):
        return  # what could not be read would seem to be missing
    for file, plan in files("plans/", pack.plans, check):
        check_plan(plan, pack, codes, file)
    head = sheet_of(HEAD, check)
    for kind, rule in pack.rules.meeting_kinds.items():
        if head and rule.procedure:
            place = ("meeting_kinds", kind, "procedure")
            File(head, check).known(place, "procedure", rule.procedure, pack.procedures)
    for file, template in files("templates/", pack.templates, check):
        check_template(template, pack, held, file)
    check_lengths(pack, check)


def check_places(pack: Pack, meetings: Iterable[MeetingRow], check: "Check") -> None:
    """What `places` words is a city or a building of the calendar, or nobody would see the words."""
    head = sheet_of(HEAD, check)
    stored = {text for meeting in meetings for text in (meeting.city, meeting.venue)}
    for name in pack.rules.places if head else ():
        if head and name not in stored:
            what, why = f"places words {name!r}.", "No meeting of the calendar has this city or venue."
            File(head, check).note(("places", name), what, why, "Write it as calendar/meetings.csv does.")


def check_lengths(pack: Pack, check: "Check") -> None:
    """Of two templates for a kind of meeting, its length tells which is taken."""
    seen: dict[tuple[str, int], str] = {}
    for file, template in files("templates/", pack.templates, check):
        for position, kind in enumerate(template.meetings):
            other = seen.setdefault((kind, template.lasts_days), template.id)
            if other != template.id:
                what = f"{kind} has two templates of {template.lasts_days} days, {other!r} and {template.id!r}."
                why = "Their length tells which of them is taken."
                file.note(("meetings", position), what, why, "Mend lasts_days, or make them one with only_at.")


def check_glossary(pack: Pack, kinds: Mapping[str, str], check: "Check") -> None:
    """A term stands once, and its sources are listed among the documents."""
    sheet = sheet_of(GLOSSARY, check) if GLOSSARY in check.texts else None
    if sheet is None:
        return
    file, seen = File(sheet, check), set[str]()
    for position, term in enumerate(pack.glossary.terms):
        if term.id in seen:
            file.note(("terms", position), f"The term {term.id!r} stands twice.", "Each stands once.", "Keep one.")
        seen.add(term.id)
        for source in term.sources:
            if source not in kinds:
                what, why = f"The source {source!r} is not listed.", "documents.csv has no such row."
                file.note(("terms", position, "sources"), what, why, "Add it there.")


def check_plan(plan: ActionPlan, pack: Pack, codes: set[str], file: File) -> None:
    """A plan was adopted by a meeting of the calendar; each action has a number of its own, a theme and an organ."""
    file.known(("adopted_by",), "adopted_by", plan.adopted_by, codes)
    seen: set[int] = set()
    for position, action in enumerate(plan.actions):
        place: Place = ("actions", position)
        file.known((*place, "theme"), "theme", action.theme, plan.themes)
        if action.organ:
            file.known((*place, "organ"), "organ", action.organ, pack.organs)
        if action.number in seen:
            file.note(place, f"Action {action.number} stands twice.", "A number is one action.", "Keep one of them.")
        if not plan.holds(action.number):
            why = f"The plan goes from {plan.first or 1} to {plan.last}."
            file.note(place, f"The plan has no action {action.number}.", why, "Mend the number, or first and last.")
        seen.add(action.number)


def read_presenters(
    pack: Pack, meetings: Iterable[MeetingRow], kinds: Mapping[str, str], check: "Check"
) -> tuple[PresenterRow, ...]:
    """The presenters of a pack, each checked."""
    held = {meeting.code: meeting.kind for meeting in meetings}
    rows = check.rows(PRESENTERS, PRESENTER_COLUMNS, PresenterMaker(check, pack, held, kinds))
    return tuple(row for row in rows if row is not None)


@dataclass(frozen=True)
class PresenterMaker:
    """Makes a PresenterRow of each row; None where its order is no number."""

    check: "Check"
    pack: Pack
    meetings: Mapping[str, str]
    sources: Mapping[str, str]

    def __call__(self, file: str, line: int, row: "Row") -> PresenterRow | None:
        check = self.check
        check.one_of(file, line, "meeting", row["meeting"], self.meetings)
        check.one_of(file, line, "standing", row["standing"], STANDINGS)
        check.one_of(file, line, "source", row["source"], self.sources)
        check.once(file, line, f"presenter {row['meeting']} {row['item']} {row['standing']} {row['order']}")
        self.check_item(file, line, row)
        self.check_person(file, line, row)
        if not (row["order"].isascii() and row["order"].isdecimal()):
            what = f"order is {row['order']!r}."
            check.note(file, line, what, "Presenters of an item speak in an order.", "Write 1, 2, 3.")
            return None
        return presenter_of(row)

    def check_item(self, file: str, line: int, row: "Row") -> None:
        """An item of a meeting that has a template stands in it."""
        kind = self.meetings.get(row["meeting"], "")
        found = [template for template in self.pack.templates.values() if kind in template.meetings]
        if found and not any(template.item(row["item"]) for template in found):
            what, why = f"item is {row['item']!r}.", f"The template of {kind} has no such item."
            self.check.note(file, line, what, why, "Write the number of an item, as 6.a.")

    def check_person(self, file: str, line: int, row: "Row") -> None:
        """A person is named as the holder of an office, by an official document."""
        kind = self.sources.get(row["source"], "")
        if not row["office"] and not row["body"]:
            why = "Somebody presents for an office or a body."
            self.check.note(file, line, "office and body are empty.", why, "Write one of them.")
        if row["person"] and not row["office"]:
            why = "Only holders of an office are named in public."
            self.check.note(file, line, "A person without an office.", why, "Write the office, or leave person empty.")
        if row["person"] and kind and kind not in OFFICIAL:
            why = f"A person is named only where one of these does: {', '.join(OFFICIAL)}."
            what = f"The source is of kind {kind}."
            self.check.note(file, line, what, why, "Find such a document, or leave person empty.")
