"""The six official languages, and text that exists in several of them.

A Text keeps its original and says of each other language whether it is there. What is missing
is shown in the original and marked, never passed off as a translation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Language:
    """One of the languages: its BCP 47 code, its own name, and the way it runs."""

    code: str
    name: str
    direction: Direction = "ltr"


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("ar", "العربية", "rtl"),
        Language("en", "English"),
        Language("es", "español"),
        Language("fr", "français"),
        Language("ru", "русский"),
        Language("zh", "中文"),
    )
}

# The languages in which the interface speaks so far; names of States are held in all six.
OFFERED = ("ar", "en", "fr")


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as a reader of one language sees it: the words, their language, and if they stand in for it."""

    words: str
    language: Language
    stands_in: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in several languages; `original` names the one that counts."""

    original: str
    words: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, words: Mapping[str, str], original: str = "en") -> "Text":
        """Build from words by language code."""
        return cls(original, dict(words))

    def shown_in(self, code: str) -> Shown:
        """The words in the language asked for, or the original, marked as standing in."""
        if code in self.words:
            return Shown(self.words[code], LANGUAGES[code])
        return Shown(self.words[self.original], LANGUAGES[self.original], stands_in=True)

    def __str__(self) -> str:
        return self.words[self.original]
