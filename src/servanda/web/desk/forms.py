"""The form of a draft: its fields, with what each may hold and what is wrong beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from servanda.convention.checking import KINDS_OF_SOURCE
from servanda.convention.confided import confided
from servanda.convention.rules import Predicate
from servanda.register.desk import Act, Draft
from servanda.register.drafting import CELLS, RANK_BY_ACT, Fault, Held, cells_of
from servanda.register.facts import Fact
from servanda.web.desk.admission import language
from servanda.web.desk.showing import readers, stances, titles, ways_known, weights
from servanda.web.templatetags.servanda import kind_of_source

DOCUMENT = "new_"
DISPUTED = ("state", "predicate", "meeting", "value", "unit", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Field:
    """A field as the page shows it."""

    name: str
    title: str
    value: str = ""
    shape: Literal["text", "words", "choice", "list"] = "text"
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    required: bool = False
    faults: tuple[Fault, ...] = ()


def draft_in(posted: Mapping[str, str], act: Act, concerned: Fact | None) -> Draft:
    """The draft that a form sends; fields that the form does not have keep what the fact concerned says."""
    kept = cells_of(concerned) if concerned else {}
    if act == "dispute":  # another source denies it: nothing of the first source belongs to it
        kept = {name: kept[name] for name in DISPUTED if name in kept}
    cells = {name: posted.get(name, kept.get(name, "")) for name in CELLS if name not in ("key", "supersedes")}
    document = {name: posted.get(DOCUMENT + name, "").strip() for name in ("kind", "symbol", "title", "address")}
    described = any(document[name] for name in ("symbol", "title", "address"))
    suggestion = posted.get("suggestion", "")
    return Draft(
        act=act,
        key="",
        cells=cells,
        concerns=concerned.key if concerned else "",
        document={**document, "note": ""} if described else None,
        reason=posted.get("reason", "").strip(),
        suggestion=int(suggestion) if suggestion.isascii() and suggestion.isdecimal() else 0,
    )


def fields(draft: Draft, held: Held, faults: Iterable[Fault] = ()) -> list[Field]:
    """The fields that an act needs, with what was written and what is wrong."""
    found = list(faults)
    if draft.act in RANK_BY_ACT:
        return []
    predicate = held.pack.rules.predicates[draft.cells["predicate"]]
    names = ["value", "unit", "meeting", "valid_from", "valid_to", "source", "place", "known_on", "known_by"]
    names += [] if draft.act == "dispute" else ["stance", "rank"]
    names += ["label", "note"]
    hidden = {
        "value": predicate.value == "none",
        "unit": predicate.value != "quantity",
        "meeting": draft.act == "dispute",
    }
    return [field(name, draft.cells, predicate, held, found) for name in names if not hidden.get(name)]


def field(name: str, cells: Mapping[str, str], predicate: Predicate, held: Held, faults: list[Fault]) -> Field:
    """One field of a fact."""
    choices = choices_of(name, predicate, held)
    shape: Literal["text", "words", "choice", "list"] = "choice" if choices else "text"
    if name in ("note", "source"):
        shape = {"note": "words", "source": "list"}[name]  # type: ignore[assignment]
    return Field(
        name=name,
        title=titles()[name],
        value="" if (name, cells.get(name)) == ("valid_to", "open") else written(name, cells, held),
        shape=shape,
        choices=choices,
        hint=hint_of(name, predicate),
        required=name in ("valid_from", "known_on", "known_by", "stance"),
        faults=tuple(fault for fault in faults if fault.cell == name),
    )


def written(name: str, cells: Mapping[str, str], held: Held) -> str:
    """What a field holds; before anything is written, the label of names that only some may see is theirs."""
    is_confided = name == "label" and cells.get("predicate") in confided(held.pack)
    return cells.get(name, "") or ("secretariat" if is_confided else "")


def choices_of(name: str, predicate: Predicate, held: Held) -> tuple[tuple[str, str], ...]:
    """What a field offers to choose from, if anything."""
    if name == "value" and predicate.value == "word":
        return (("", "—"), *((word, title_of(word, predicate)) for word in predicate.words))
    if name == "meeting":
        return (("", "—"), *((code, code) for code in reversed(held.meetings)))
    if name == "source":
        return tuple((source.key, source.name) for source in held.sources.values())
    words = {"stance": stances, "label": readers, "known_by": ways_known, "rank": weights}.get(name)
    if not words:
        return ()
    offered = {key: said for key, said in words().items() if key not in ("denied", "withdrawn", "deprecated")}
    empty = (("", "—"),) if name in ("stance", "known_by") else ()
    return (*empty, *offered.items())


def title_of(word: str, predicate: Predicate) -> str:
    """A word that a fact can have as its value, as the pack titles it."""
    title = predicate.word_titles.get(word)
    return title.text.shown_in(language()).words if title else word


def hint_of(name: str, predicate: Predicate) -> str:
    """What helps to fill a field in."""
    values = {
        "day": _("A day, as 2024-06-18; empty where the source does not give it."),
        "quantity": _("A number without blanks, as 1500."),
        "year": _("A year, as 2023."),
    }
    return {
        "value": values.get(predicate.value, ""),
        "valid_from": _("A day, month or year: 2024-06-18, 2024-06 or 2024."),
        "valid_to": _("Empty: it holds on."),
        "known_on": _("A day, month or year; the latest that you can prove."),
        "source": _("The symbol or address of a source in the register; or describe a new one below."),
        "place": _("Page, paragraph, table."),
        "unit": _("Only where it differs, as a currency."),
    }.get(name, "")


def document_fields(draft: Draft, faults: Iterable[Fault]) -> list[Field]:
    """The fields of a source that the register does not hold yet."""
    if draft.act in RANK_BY_ACT:
        return []
    document = draft.document or {}
    found = list(faults)
    names = {"kind": _("Whose word it is"), "symbol": _("Symbol"), "title": _("Title"), "address": _("Address")}
    kinds = (("", "—"), *((kind, kind_of_source(kind)) for kind in KINDS_OF_SOURCE if kind != "own_rule"))
    return [
        Field(
            name=DOCUMENT + name,
            title=title,
            value=document.get(name, ""),
            shape="choice" if name == "kind" else "text",
            choices=kinds if name == "kind" else (),
            faults=tuple(fault for fault in found if fault.cell == name),
        )
        for name, title in names.items()
    ]


def reason_field(draft: Draft, faults: Iterable[Fault]) -> Field:
    """Why it is proposed."""
    found = tuple(fault for fault in faults if fault.cell == "reason")
    hint = _("For whoever approves: what you found, and where.")
    return Field("reason", _("Reason"), draft.reason, "words", hint=hint, required=True, faults=found)


def choice_of_state(held: Held) -> Field:
    """The States, in the order of the reader's language."""
    names = held.pack.names
    offered = tuple((each.code, each.name_in(language())) for each in names.sorted_in(held.pack.states, language()))
    return Field("state", titles()["state"], shape="choice", choices=offered, required=True)


def choice_of_predicate(held: Held) -> Field:
    """What facts of the convention can say."""
    said = {name: each.says.text.shown_in(language()).words for name, each in held.pack.rules.predicates.items()}
    offered = tuple(sorted(said.items(), key=lambda pair: pair[1]))
    return Field("predicate", titles()["predicate"], shape="choice", choices=offered, required=True)
