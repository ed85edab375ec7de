"""From a draft to a fact: judged as a pack's row would be, then against what the register holds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from servanda.common.days import NotADate, When, parse_day
from servanda.common.refusals import Refusal
from servanda.convention.checking import FACT_COLUMNS, KINDS_OF_SOURCE, OPEN_END, OPTIONAL_FACT_COLUMNS, row_findings
from servanda.convention.contradictions import Claim, contradictions
from servanda.convention.pack import CONTROL, Pack
from servanda.documents.sources import Source
from servanda.register.desk import NEW_VERSION, Draft
from servanda.register.facts import DENIED, Fact, Register

CELLS = tuple(dict.fromkeys((*FACT_COLUMNS, *OPTIONAL_FACT_COLUMNS, "unit")))
DOCUMENT_CELLS = ("kind", "symbol", "title", "address", "note")
DESK_LABELS = ("public", "parties", "secretariat")
RANK_BY_ACT = {"set_aside": "deprecated", "withdraw": "withdrawn"}
LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a draft: in which cell (empty: in none alone), what, why, and what to do."""

    cell: str
    what: str
    why: str
    do: str

    def __str__(self) -> str:
        return f"{self.what} {self.why} {self.do}"


class DraftIsFaulty(Refusal):
    """A draft cannot be taken; nothing of it was."""

    status = 422

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(
            f"The draft has {len(faults)} fault(s); nothing of it was taken.",
            "\n".join(f"{fault.what} {fault.why}" for fault in faults),
            " ".join(dict.fromkeys(fault.do for fault in faults)),
        )


@dataclass(frozen=True)
class Held:
    """What a draft is judged against: the rules, the meetings, the sources and the register that the desk sees.

    `taken` are all keys of the convention, those hidden from the desk among them.
    """

    pack: Pack
    meetings: tuple[str, ...]
    sources: Mapping[str, Source]
    register: Register
    today: date
    taken: frozenset[str] = frozenset()

    @cached_property
    def newest(self) -> Mapping[str, Fact]:
        """The newest version of each fact by its key."""
        return {key: versions[-1] for key, versions in self.register.versions.items()}

    @cached_property
    def superseded(self) -> Mapping[str, str]:
        """By key of a fact that was corrected, the key of the correction that stands."""
        return {
            fact.supersedes: fact.key
            for fact in self.newest.values()
            if fact.supersedes and fact.stands and not fact.is_lead
        }

    @cached_property
    def covered(self) -> frozenset[str]:
        """The predicates of which coverage says, for any State, that all facts are here."""
        return frozenset(fact.predicate for fact in self.newest.values() if fact.standing == "coverage" and fact.stands)


def cells_of(fact: Fact) -> dict[str, str]:
    """A fact as the cells of a row."""
    return {
        "key": fact.key,
        "state": fact.subject,
        "predicate": fact.predicate,
        "valid_from": str(fact.valid_from),
        "valid_to": str(fact.valid_to) if fact.valid_to else OPEN_END,
        "value": fact.value,
        "unit": fact.unit,
        "meeting": fact.meeting,
        "known_on": str(fact.known_on),
        "known_by": fact.known_by,
        "stance": fact.stance,
        "source": fact.source.key,
        "place": fact.place,
        "also": " ; ".join(source.key for source in fact.also),
        "note": fact.note,
        "rank": fact.rank,
        "label": fact.label,
        "supersedes": fact.supersedes,
    }


def completed(draft: Draft, held: Held) -> Draft:
    """A draft with all cells in place, as its act demands; the key is chosen for a new fact."""
    cells = {name: str(draft.cells.get(name, "")).replace("\r\n", "\n").strip() for name in CELLS}
    concerned = held.newest.get(draft.concerns)
    if concerned and draft.act in RANK_BY_ACT:
        cells = {**cells_of(concerned), "rank": RANK_BY_ACT[draft.act]}
    elif concerned:
        cells |= {"state": concerned.subject, "predicate": concerned.predicate}
    if draft.act == "dispute":
        cells |= {"stance": DENIED, "rank": "normal", "meeting": concerned.meeting if concerned else ""}
    cells["supersedes"] = concerned.supersedes if concerned and draft.act in NEW_VERSION else ""
    if draft.act == "correct":
        cells["supersedes"] = draft.concerns
    cells |= {"valid_to": cells["valid_to"] or OPEN_END, "label": cells["label"] or "public"}
    cells["rank"] = cells["rank"] or "normal"
    if draft.document and not cells["source"]:
        cells["source"] = draft.document.get("symbol") or draft.document.get("address") or ""
    cells["key"] = draft.concerns if draft.act in NEW_VERSION else draft.key or free_key(cells, held)
    return replace(draft, cells=cells, key=cells["key"], based_on=concerned.number if concerned else 0)


def free_key(cells: Mapping[str, str], held: Held) -> str:
    """A name for a new fact, as packs give them, with a number where it is taken."""
    stem = ".".join(filter(None, (cells["state"], cells["predicate"], cells["meeting"])))[:190]
    taken = held.taken | held.newest.keys()
    return next(key for key in (stem, *(f"{stem}.{number}" for number in range(2, 10_000))) if key not in taken)


def faults(draft: Draft, held: Held) -> list[Fault]:
    """All that is wrong with a completed draft: first by itself, then against the register."""
    found = [*concerning(draft, held), *wordless(draft)]
    if draft.act in RANK_BY_ACT or any(not fault.cell for fault in found):
        return found
    found += [*new_document(draft, held), *by_the_rules_of_packs(draft, held)]
    return found or [*beside_the_register(draft, held)]


def wordless(draft: Draft) -> Iterator[Fault]:
    """Every act says why; and no cell goes on for ever."""
    if not draft.reason.strip():
        yield Fault("reason", "No reason is given.", "Whoever approves, or asks later, needs it.", "Write a sentence.")
    for cell, words in {**draft.cells, **(draft.document or {}), "reason": draft.reason}.items():
        if len(words) > LONGEST_TEXT:
            yield Fault(cell, f"{cell} has {len(words)} signs.", f"Up to {LONGEST_TEXT} are taken.", "Shorten it.")
        if CONTROL.search(words):
            yield Fault(cell, f"{cell} is not plain text.", "It holds a control character.", "Write it anew, without.")


def concerning(draft: Draft, held: Held) -> Iterator[Fault]:
    """An act on a fact needs that fact, standing, and fit for the act."""
    if draft.act == "add":
        return
    concerned = held.newest.get(draft.concerns)
    if concerned is None or concerned.standing == "coverage":
        why = "The register that this seat sees holds none of this key."
        yield Fault("", f"There is no fact {draft.concerns!r}.", why, "Start from the fact itself.")
    elif later := held.superseded.get(concerned.key):
        why = f"{later} corrects it."
        yield Fault("", f"{concerned.key} was corrected already.", why, f"Act on {later} instead.")
    elif draft.act == "verify" and not concerned.is_lead:
        why = "Only a lead is verified."
        yield Fault("", f"{concerned.key} is a fact already.", why, "Correct it, if it is wrong.")
    elif draft.act in RANK_BY_ACT and concerned.rank == RANK_BY_ACT[draft.act]:
        yield Fault(
            "", f"{concerned.key} is {concerned.rank} already.", "It answers nothing.", "Nothing needs to be done."
        )
    elif draft.act in ("correct", "dispute") and concerned.is_lead:
        why = "Nothing rests on it that could be corrected or disputed."
        yield Fault("", f"{concerned.key} is a lead.", why, "Verify it with a source, or withdraw it.")


def new_document(draft: Draft, held: Held) -> Iterator[Fault]:
    """A source that is added is described, of a known kind, and not held already."""
    if not draft.document:
        return
    document, key = draft.document, draft.cells["source"]
    if document.get("kind") not in KINDS_OF_SOURCE:
        what, why = f"kind is {document.get('kind', '')!r}.", f"Allowed: {', '.join(KINDS_OF_SOURCE)}."
        yield Fault("kind", what, why, "Say whose word the source is.")
    if not key:
        yield Fault("symbol", "The new source has no name.", "Facts cite it by it.", "Give its symbol or its address.")
    if key in held.sources:
        why = "A source is described once."
        yield Fault("source", f"The source {key!r} is in the register already.", why, "Choose it in the list.")
    if (address := document.get("address", "")) and not address.startswith(("https://", "http://")):
        why = "A reader follows it."
        yield Fault("address", f"address is {address[:60]!r}.", why, "Write it in full, as https://example.org/report.")
    for cell, longest in {"symbol": 100, "title": 400, "address": 1000}.items():
        if len(document.get(cell, "")) > longest:
            what, why = f"{cell} has {len(document[cell])} signs.", f"The register holds up to {longest}."
            yield Fault(cell, what, why, "Shorten it.")


def by_the_rules_of_packs(draft: Draft, held: Held) -> Iterator[Fault]:
    """What `pack check` would say of the row."""
    kinds = {key: source.kind for key, source in held.sources.items()}
    if draft.document:
        kinds.setdefault(draft.cells["source"], draft.document.get("kind", ""))
    undated = dict(not_dates(draft, held))
    for cell, error in undated.items():
        yield Fault(cell, error.what, error.why, error.do)
    cells = {**draft.cells, **dict.fromkeys(undated, str(held.today))}
    row, findings = row_findings(cells, pack=held.pack, kinds=kinds, meetings=held.meetings)
    for finding in findings:
        yield Fault(cell_of(finding.what), finding.what, in_form(finding.why), in_form(finding.do))
    if row and row.known_on.first > held.today:
        why = f"Today is {held.today}."
        yield Fault("known_on", f"known_on is {row.known_on}.", why, "Write since when the source is public.")
    if row and row.label not in DESK_LABELS:
        what, why = f"label is {row.label!r}.", "The desk could not see what it enters."
        yield Fault("label", what, why, f"Choose one of: {', '.join(DESK_LABELS)}.")


def not_dates(draft: Draft, held: Held) -> Iterator[tuple[str, NotADate]]:
    """The cells that should be dates and are none, all of them: a row of a file tells of the first alone."""
    predicate = held.pack.rules.predicates.get(draft.cells["predicate"])
    reading: dict[str, Callable[[str, str], object]] = {"valid_from": When.parse, "known_on": When.parse}
    if draft.cells["valid_to"] != OPEN_END:
        reading["valid_to"] = When.parse
    if predicate and predicate.value == "day" and draft.cells["value"]:
        reading["value"] = parse_day
    for cell, read in reading.items():
        try:
            read(draft.cells[cell], cell)
        except NotADate as error:
            yield cell, error


def in_form(words: str) -> str:
    """Words about a row of a file, as they hold in the form."""
    return {
        "documents.csv has no such row.": "The register holds no source of this name.",
        "Add it there.": "Choose one of the list, or describe the new source below.",
        "Find such a source, or move the row to leads/.": "Name such a source; what only others say stays a lead.",
        "Name the document, or remove the row.": "Choose the source in the list, or describe a new one below.",
    }.get(words, words)


def cell_of(what: str) -> str:
    """The cell that a finding speaks of: its words begin with the column's name, or speak of the source."""
    first = what.replace(":", " ").split(maxsplit=1)[0]
    if first in CELLS:
        return first
    return "source" if "source" in what else ""


def beside_the_register(draft: Draft, held: Held) -> Iterator[Fault]:
    """What the row would contradict or betray."""
    fact = fact_of_draft(draft, held, number=held.register.number + 1)
    if draft.act not in NEW_VERSION and draft.key in held.taken | held.newest.keys():
        yield Fault("", f"There is a fact {draft.key} already.", "A key names one fact.", "Correct that fact.")
    if fact.label != "public" and fact.predicate in held.covered:
        what = f"label is {fact.label!r}, and the pack's coverage says that every {fact.predicate} is in the register."
        why = "Whoever may not see the fact would be told that there is no such fact."
        yield Fault("label", what, why, "Make the fact public, or have the pack take that coverage back.")
    claims = [claim_of(each) for each in standing_with(fact, held)]
    for contradiction in contradictions(claims, held.pack):
        if draft.key in contradiction.keys:
            yield Fault("", contradiction.what, contradiction.why, contradiction.do)


def standing_with(fact: Fact, held: Held) -> list[Fact]:
    """The verified facts of a State that stand once a fact is added."""
    others = [each for each in held.newest.values() if each.subject == fact.subject and each.key != fact.key]
    facts = [each for each in (*others, fact) if each.standing == "fact" and each.stands]
    superseded = {each.supersedes for each in facts if each.supersedes}
    return [each for each in facts if each.key not in superseded]


def claim_of(fact: Fact) -> Claim:
    """What a fact says, as far as another can contradict it."""
    return Claim(
        fact.key, fact.subject, fact.predicate, fact.value, fact.unit, fact.meeting,
        fact.valid_from, fact.known_on, fact.rank, fact.stance,
    )  # fmt: skip


def fact_of_draft(draft: Draft, held: Held, number: int) -> Fact:
    """The fact that a draft without faults would make, taken in at a journal number."""
    cells = draft.cells
    sources = dict(held.sources)
    if draft.document:
        document = {name: draft.document.get(name, "") for name in DOCUMENT_CELLS}
        sources.setdefault(cells["source"], Source(cells["source"], **document))
    concerned = held.newest.get(draft.concerns)
    return Fact(
        key=draft.key,
        number=number,
        standing=concerned.standing if concerned and draft.act in RANK_BY_ACT else "fact",
        subject=cells["state"],
        predicate=cells["predicate"],
        value=cells["value"],
        valid_from=When.parse(cells["valid_from"]),
        valid_to=None if cells["valid_to"] == OPEN_END else When.parse(cells["valid_to"]),
        known_on=When.parse(cells["known_on"]),
        source=sources.get(cells["source"]) or Source(cells["source"], "own_rule"),
        unit=cells["unit"],
        meeting=cells["meeting"],
        known_by=cells["known_by"],
        stance=cells["stance"],
        rank=cells["rank"],
        label=cells["label"],
        place=cells["place"],
        also=tuple(sources[key] for part in cells["also"].split(" ; ") if (key := part.strip()) in sources),
        note=cells["note"],
        supersedes=cells["supersedes"],
    )


def register_with(fact: Fact, register: Register) -> Register:
    """The register as it would be with one more row."""
    return Register(register.convention, fact.number, (*register.facts, fact))
