"""The terms of the field in the six languages, as official texts have them.

A word that was not found in an official text is kept and named in `unverified`; a page marks it so.
"""

from typing import Literal

from pydantic import Field, model_validator

from servanda.convention.rules import Name, Rule, Wording

LanguageCode = Literal["ar", "en", "es", "fr", "ru", "zh"]


class Term(Rule):
    """One term: its words by language, where they were read, and in which languages they were not."""

    id: Name
    words: Wording
    sources: tuple[str, ...] = Field(min_length=1)
    unverified: tuple[LanguageCode, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def marks_what_is_there(self) -> "Term":
        """Only words that stand there can be unverified."""
        for code in self.unverified:
            if getattr(self.words, code) is None:
                raise ValueError(f"unverified names {code}, and words has nothing in it")
        return self

    def is_verified_in(self, code: str) -> bool:
        """Whether the words of a language were read in an official text."""
        return getattr(self.words, code) is not None and code not in self.unverified


class Glossary(Rule):
    """The terms of a convention, in the order of its file."""

    terms: tuple[Term, ...]

    def term(self, name: str) -> Term | None:
        """The term of an id, if the glossary has it."""
        return next((term for term in self.terms if term.id == name), None)
