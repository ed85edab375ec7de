"""Organisations that take part in meetings: the United Nations and its bodies, regional, international, civil society.

Their names are the official ones, in the languages in which a source gives them; what a language
lacks is shown in English, marked. They are found as States are: exactly, by code, short or full name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Literal, cast

from servanda.common.folding import fold, sort_key
from servanda.common.languages import Text
from servanda.common.names import rows_of
from servanda.common.refusals import Unknown

Kind = Literal["un", "international", "regional", "civil_society", "other"]


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation: its code, what kind it is, its full name and its short names by language."""

    code: str
    kind: Kind
    name: Text
    short: Mapping[str, str]
    sources: Mapping[str, str]

    def short_in(self, language: str) -> str:
        """How it is named in a list: its short name in a language or in English, else its full name."""
        return self.short.get(language) or self.short.get("en") or self.name.shown_in(language).words

    def key_in(self, language: str) -> str:
        """What its full name is sorted by in a language."""
        shown = self.name.shown_in(language)
        return sort_key(shown.words, shown.language.code)

    def words(self) -> set[str]:
        """Each text, folded, that names it."""
        return {fold(text) for text in (self.code, *self.short.values(), *self.name.words.values())}


class UnknownOrganisation(Unknown):
    """A code or name is not that of any organisation that Servanda holds."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is not an organisation that Servanda knows.",
            "Organisations are found by their code or their exact name, never by likeness.",
            "Write its code (ICRC) or its full name.",
        )


@dataclass(frozen=True)
class Organisations:
    """All organisations, by code and by every folded text that names one."""

    by_code: Mapping[str, Organisation]
    index: Mapping[str, str]

    @classmethod
    def of(cls, organisations: Iterable[Organisation]) -> "Organisations":
        """Build the index of codes and names."""
        by_code = {each.code: each for each in organisations}
        return cls(by_code, {words: each.code for each in by_code.values() for words in each.words()})

    def find(self, text: str) -> Organisation:
        """The organisation of this code or name; raise UnknownOrganisation if there is none."""
        try:
            return self.by_code[self.index[fold(text)]]
        except KeyError:
            raise UnknownOrganisation(text) from None

    def sorted_in(self, codes: Iterable[str], language: str) -> list[Organisation]:
        """Organisations in the alphabetical order of a language."""
        return sorted((self.by_code[code] for code in codes), key=lambda each: each.key_in(language))


@cache
def organisations() -> Organisations:
    """The organisations of the house's own table."""
    rows = groupby(rows_of("organisations.csv"), key=lambda row: row["code"])
    return Organisations.of(organisation_of(list(found)) for _code, found in rows)


def organisation_of(rows: list[dict[str, str]]) -> Organisation:
    """An organisation from its rows, one a language."""
    return Organisation(
        code=rows[0]["code"],
        kind=cast(Kind, rows[0]["kind"]),
        name=Text.of({row["language"]: row["name"] for row in rows}),
        short={row["language"]: row["short"] for row in rows if row["short"]},
        sources={row["language"]: row["source"] for row in rows},
    )
