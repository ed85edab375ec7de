"""Names of States: the UN short names in six languages, and exact recognition of a code or name.

A name is found exactly, without regard to case or accents; nothing is ever guessed, for the nearest
spelling may be another State. What is found says how the text named it: by its UN name, by a name it
had before, by a variant or by a code. Only the UN names are ever shown.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

from servanda.common.days import When
from servanda.common.folding import fold, sort_key
from servanda.common.languages import LANGUAGES
from servanda.common.refusals import Unknown

__all__ = ["Kind", "Name", "Names", "Reading", "State", "UnknownState", "fold", "united_nations"]

Kind = Literal["code", "name", "former", "formal", "variant"]
# Czech Republic was a short name and is still a formal one: the greater number counts.
COUNTS = {"variant": 0, "formal": 1, "former": 2, "name": 3}
MEANT_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class Name:
    """One of the names of a State: of which kind, on which days if it is a former one, and by which source."""

    words: str
    language: str
    kind: Kind
    begins: When | None = None
    ends: When | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """One State: its ISO 3166-1 codes, its short name by language, and by what else it is recognized.

    `sorted_by` holds, by language, what a name is sorted by where its own letters do not say it (Chinese).
    """

    code: str
    names: Mapping[str, str] = field(hash=False)
    alpha2: str = ""
    m49: str = ""
    others: tuple[Name, ...] = field(default=(), hash=False)
    sorted_by: Mapping[str, str] = field(default_factory=dict, hash=False)

    def name_in(self, language: str) -> str:
        """Its name in a language."""
        return self.names[language]

    def key_in(self, language: str) -> str:
        """What it is sorted by in a language."""
        return self.sorted_by.get(language) or sort_key(self.names[language], language)

    def readings(self) -> dict[str, "Reading"]:
        """What each text, folded, is for this State; one that is a name in two ways is what counts more."""
        found: dict[str, Reading] = {}
        for name in sorted((*self.others, *self.shown()), key=lambda name: COUNTS[name.kind]):
            before = found.get(fold(name.words))
            languages = before.languages if before and before.kind == name.kind else ()
            found[fold(name.words)] = Reading(self, name.kind, (*languages, name.language), name)
        return found | {fold(code): Reading(self, "code") for code in (self.code, self.m49) if code}

    def shown(self) -> Iterator[Name]:
        """Its UN short names."""
        return (Name(words, language, "name") for language, words in self.names.items())


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text is for the State that it names, in which languages, and as which of its names."""

    state: State
    kind: Kind
    languages: tuple[str, ...] = ()
    name: Name | None = None


class UnknownState(Unknown):
    """A code or name is not that of any State in the register."""

    def __init__(self, text: str, meant: Iterable[State] = ()) -> None:
        choice = " or ".join(f"{state.code} ({state.name_in('en')})" for state in meant)
        super().__init__(
            f"{text!r} is not a State that Servanda knows.",
            "States are found by their ISO code or their exact UN name, never by likeness.",
            f"Write {choice}." if choice else "Write the three-letter code (TCD) or the UN short name (Chad, Tchad).",
        )


@dataclass(frozen=True)
class Names:
    """All States that a question may be about, by code and by every folded text that names one."""

    states: Mapping[str, State]
    index: Mapping[str, Reading]

    @classmethod
    def of(cls, states: Iterable[State]) -> "Names":
        """Build the index of codes and names."""
        by_code = {state.code: state for state in states}
        index = {words: reading for state in by_code.values() for words, reading in state.readings().items()}
        short = {state.alpha2: Reading(state, "code") for state in by_code.values() if state.alpha2}
        return cls(by_code, index | short)

    def read(self, text: str) -> Reading:
        """Which State a text names, and how; a code of two letters in capitals only. Raise UnknownState."""
        found = self.index.get(fold(text)) or self.index.get(text.strip())
        if found is None:
            raise UnknownState(text, self.meant_by(text))
        return found

    def find(self, text: str) -> State:
        """The State of this code or name; raise UnknownState if there is none."""
        return self.read(text).state

    def meant_by(self, text: str) -> list[State]:
        """The few States whose UN names have these words in them, whole and in this order; none if there are many."""
        words = f" {fold(text)} "
        meant = [
            state
            for state in self.sorted_in(self.states, "en")
            if any(words in f" {fold(name)} " for name in state.names.values())
        ]
        return meant if len(meant) <= MEANT_AT_MOST else []

    def sorted_in(self, codes: Iterable[str], language: str) -> list[State]:
        """States in the alphabetical order of a language."""
        return sorted((self.states[code] for code in codes), key=lambda state: state.key_in(language))


@cache
def united_nations() -> Names:
    """The States with a UN short name: the Members, and the Holy See, the State of Palestine, Cook Islands and Niue."""
    others: dict[str, list[Name]] = {}
    for row in [*rows_of("former_names.csv"), *rows_of("aliases.csv")]:
        others.setdefault(row["code"], []).append(name_of(row))
    return Names.of(state_of(row, others.get(row["iso3"], [])) for row in rows_of("states.csv"))


def rows_of(table: str) -> list[dict[str, str]]:
    """The rows of one of the house's own tables."""
    with (files("servanda.common") / "data" / table).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def state_of(row: Mapping[str, str], others: Iterable[Name]) -> State:
    """A State from its row and its other names; the formal name counts with and without its article."""
    formal = [
        Name(words, "en", "formal", source=row["source"])
        for words in (row["en_formal"], row["en_formal"].removeprefix("the "))
    ]
    return State(
        code=row["iso3"],
        names={language: row[language] for language in LANGUAGES},
        alpha2=row["iso2"],
        m49=row["m49"],
        others=(*others, *formal),
        sorted_by={"zh": row["zh_pinyin"]},
    )


def name_of(row: Mapping[str, str]) -> Name:
    """A former name or a variant from its row."""
    return Name(
        words=row["name"],
        language=row["language"],
        kind="former" if row["kind"] == "former" else "variant",
        begins=When.parse(row["from"]) if row["from"] else None,
        ends=When.parse(row["until"]) if row["until"] else None,
        source=row["source"],
        note=row["note"],
    )
