"""The six official languages, and text that exists in several of them.

A Text keeps its original and says of each other language whether it is there, whose words they are and
whether they still translate what the original says. What is missing is shown in the original and marked,
never passed off as a translation.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from servanda.common.refusals import WrongUsage

Direction = Literal["ltr", "rtl"]
# original: the words that count; official: read in an official text; courtesy: this project's translation;
# stale: translated from another wording of the original; missing: not there.
Standing = Literal["original", "official", "courtesy", "stale", "missing"]


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


class NotALanguage(WrongUsage):
    """A text is not the code of one of the six languages."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text[:20]!r} is not one of the six languages.",
            f"They are {', '.join(f'{each.code} ({each.name})' for each in LANGUAGES.values())}.",
            "Write one of these codes.",
        )


def find_language(code: str) -> Language:
    """The language of a code; raise NotALanguage."""
    if code not in LANGUAGES:
        raise NotALanguage(code)
    return LANGUAGES[code]


# The languages in which the interface speaks: all six; a pack may say less and is then shown in English, and marked.
OFFERED = tuple(LANGUAGES)


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as a reader of one language sees it: the words, their language, and if they stand in for it."""

    words: str
    language: Language
    stands_in: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in several languages; `original` names the one that counts.

    `official`: the languages whose words were read in an official text. `translates`: by language the digest
    (`digest_of`) of the original that was translated, where it was noted.
    """

    original: str
    words: Mapping[str, str] = field(default_factory=dict)
    official: frozenset[str] = frozenset()
    translates: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, words: Mapping[str, str], original: str = "en") -> "Text":
        """Build from words by language code."""
        return cls(original, dict(words))

    def standing_in(self, code: str) -> Standing:
        """How the words of a language stand to the original."""
        if code not in self.words:
            return "missing"
        if code == self.original:
            return "original"
        if self.translates.get(code, (now := digest_of(self.words[self.original]))) != now:
            return "stale"
        return "official" if code in self.official else "courtesy"

    def shown_in(self, code: str) -> Shown:
        """The words in the language asked for, or the original, marked as standing in."""
        if code in self.words:
            return Shown(self.words[code], LANGUAGES[code])
        return Shown(self.words[self.original], LANGUAGES[self.original], stands_in=True)

    def __str__(self) -> str:
        return self.words[self.original]


def digest_of(words: str) -> str:
    """The first eight hexadecimal digits of the SHA-256 of words: enough to see that they changed."""
    return hashlib.sha256(words.encode()).hexdigest()[:8]
