"""Names of States: the UN short names in six languages, and exact recognition of a code or name.

A name is found exactly, without regard to case or accents; nothing is ever guessed, for the
nearest spelling may be another State.
"""

import csv
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from servanda.common.refusals import Unknown


@dataclass(frozen=True, slots=True)
class State:
    """One State: its ISO 3166-1 alpha-3 code and its short name by language."""

    code: str
    names: Mapping[str, str] = field(hash=False)

    def name_in(self, language: str) -> str:
        """Its name in a language."""
        return self.names[language]


class UnknownState(Unknown):
    """A code or name is not that of any State in the register."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is not a State that Servanda knows.",
            "States are found by their ISO code or their exact UN name, never by likeness.",
            "Write the three-letter code (TCD) or the UN short name (Chad, Tchad).",
        )


@dataclass(frozen=True)
class Names:
    """All States that a question may be about, by code and by folded name."""

    states: Mapping[str, State]
    index: Mapping[str, str]

    @classmethod
    def of(cls, states: Iterable[State]) -> "Names":
        """Build the index of codes and names."""
        by_code = {state.code: state for state in states}
        index = {fold(name): code for code, state in by_code.items() for name in state.names.values()}
        return cls(by_code, index | {fold(code): code for code in by_code})

    def find(self, text: str) -> State:
        """The State of this code or name; raise UnknownState if there is none."""
        try:
            return self.states[self.index[fold(text)]]
        except KeyError:
            raise UnknownState(text) from None

    def sorted_in(self, codes: Iterable[str], language: str) -> list[State]:
        """States in the alphabetical order of a language."""
        return sorted((self.states[code] for code in codes), key=lambda state: fold(state.names[language]))


def fold(text: str) -> str:
    """A text without case, accents, kinds of apostrophe or doubled blanks, for exact comparison."""
    bare = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‑", "-"))
    return " ".join("".join(sign for sign in bare if not unicodedata.combining(sign)).casefold().split())


@cache
def united_nations() -> Names:
    """The States with a UN short name: the Members, and the Holy See, the State of Palestine, Cook Islands and Niue."""
    table = files("servanda.common") / "data" / "states.csv"
    with table.open(encoding="utf-8") as file:
        return Names.of(
            State(row["iso3"], {code: row[code] for code in ("ar", "en", "es", "fr", "ru", "zh")})
            for row in csv.DictReader(file)
        )
