"""Phrases of a document in one language, made of runs of words that each say in which language they stand.

A sentence of the house has named places; what is put there keeps its own language and direction, so that a
page can mark it (`lang`, `dir`) and plain text can isolate it. Words that lack a translation stand in the
language of their original and say so.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from string import Formatter

from babel.dates import format_date
from babel.lists import format_list

from servanda.common.languages import LANGUAGES, OFFERED, Direction, Standing, Text
from servanda.common.names import State
from servanda.common.wording import catalogue, day_in

# English lists stand without a comma before the last name, as the United Nations print them.
LISTS = {"en": "en_GB"}
COMMAS = {"ar": "، ", "zh": "，"}
# Before the same sound Spanish writes its "and" otherwise: Perú e Islas Caldera, but Perú y Hielo.
SOUNDS_LIKE_AND = re.compile(r" y (?=h?i(?!e))", re.IGNORECASE)
DAYS = {"ar": "{weekday}، {day}", "es": "{weekday} {day}", "fr": "{weekday} {day}", "zh": "{day}{weekday}"}
# Where a translation may be the same word: Programme. What is offered is translated whole.
LATIN = frozenset({"en", "es", "fr"} & {*OFFERED})
CLOCKS = {"es": "%H.%M", "fr": "%H h %M", "ru": "%H.%M"}
OPENS: dict[Direction | None, str] = {"ltr": "\u2066", "rtl": "\u2067", None: "\u2068"}
CLOSES = "\u2069"
NUMBER_OF_ITEM = re.compile(r"[0-9.]*[a-z]\.")
NO_MARKS: Mapping[Standing, str] = {}


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words. `language` is empty for a symbol or a person's name, which are of none.

    `standing` tells of the words of a pack how they stand to their original; those of the house have none.
    """

    text: str
    language: str = ""
    standing: Standing | None = None

    @property
    def direction(self) -> Direction | None:
        """The way in which its language runs; None if it is of none."""
        return LANGUAGES[self.language].direction if self.language else None

    def in_line(self, around: Direction) -> str:
        """The words within text that runs in a direction, isolated where they could disturb it."""
        if self.direction == around or (self.direction is None and around == "ltr"):
            return self.text
        return f"{OPENS[around if runs_along(self.text) else self.direction]}{self.text}{CLOSES}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Runs of words that are read as one; `language` is that of the sentence which holds them, if there is one."""

    runs: tuple[Words, ...] = ()
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.runs)

    def __str__(self) -> str:
        return "".join(run.text for run in self.runs)

    def in_line(self, around: Direction, marks: Mapping[Standing, str] = NO_MARKS) -> str:
        """The phrase within text that runs in a direction; words of some standings are followed by a mark."""
        own = LANGUAGES[self.language].direction if self.language else around
        words = "".join(run.in_line(own) + marks.get(run.standing or "original", "") for run in self.runs)
        return words if own == around else f"{OPENS[own]}{words}{CLOSES}"


Value = Words | Phrase | Text | State | date | time | int | str


@dataclass(frozen=True, slots=True)
class Scribe:
    """Writes phrases in one language."""

    language: str

    def own(self, text: Text) -> Words:
        """Words of a pack, in the language or else in that of their original."""
        shown = text.shown_in(self.language)
        return Words(shown.words, shown.language.code, text.standing_in(self.language))

    def say(self, words: str, **values: Value) -> Phrase:
        """A marked sentence of the house with what stands in its places."""
        said = catalogue(self.language).gettext(words)
        language = self.language if said != words or is_shared(words, self.language) else "en"
        return Phrase(tuple(self.runs_of(said, language, values)), language)

    def spaced(self, phrases: Sequence[Phrase]) -> Phrase:
        """Phrases one after the other, with a blank between them where the language writes one."""
        blank = Words("" if self.language == "zh" else " ", self.language)
        return Phrase(tuple(run for phrase in phrases for run in (blank, *phrase.runs))[1:])

    def runs_of(self, said: str, language: str, values: dict[str, Value]) -> Iterator[Words]:
        """The words of a sentence and, between them, what stands in its places."""
        for before, place, _form, _conversion in Formatter().parse(said):
            if before:
                yield Words(before, language)
            if place is not None:
                yield from self.put(values[place]).runs

    def put(self, value: Value) -> Phrase:
        """A value as it stands within a phrase."""
        match value:
            case Phrase():
                return value
            case Words():
                return Phrase((value,))
            case Text():
                return Phrase((self.own(value),))
            case State():
                return Phrase((Words(value.name_in(self.language), self.language),))
            case date():
                return Phrase((Words(day_in(value, self.language), self.language),))
            case time():
                return Phrase((Words(time_in(value, self.language)),))
        return Phrase((Words(str(value)),))

    def listed(self, phrases: Sequence[Phrase]) -> Phrase:
        """Phrases as a list within a sentence: A, B and C."""
        marks = [chr(0xE000 + position) for position in range(len(phrases))]
        joined = str(format_list(marks, locale=LISTS.get(self.language, self.language))) if marks else ""
        if self.language == "es" and phrases and SOUNDS_LIKE_AND.match(f" y {phrases[-1]}"):
            joined = joined.replace(" y ", " e ")
        return Phrase(tuple(self.runs_between(joined, dict(zip(marks, phrases, strict=True)))))

    def runs_between(self, joined: str, phrases: dict[str, Phrase]) -> Iterator[Words]:
        """The phrases in the places of their marks, and the words that join them."""
        words = ""
        for sign in joined:
            if sign not in phrases:
                words += sign
                continue
            if words:
                yield Words(words, self.language)
            words = ""
            yield from phrases[sign].runs

    def in_line(self, phrases: Sequence[Phrase]) -> Phrase:
        """Phrases one after the other, with the comma of the language between them."""
        comma = Words(COMMAS.get(self.language, ", "), self.language)
        runs: list[Words] = []
        for phrase in phrases:
            runs += [comma, *phrase.runs] if runs else phrase.runs
        return Phrase(tuple(runs))


def runs_along(text: str) -> bool:
    """Whether a number runs with the line, so that its full stop stands between it and what it numbers: 6. and 6a."""
    return not any(sign.isalpha() for sign in text) or NUMBER_OF_ITEM.fullmatch(text) is not None


def is_shared(words: str, language: str) -> bool:
    """Whether English words may be those of a language too: without letters, or in its script and translated."""
    letters = (sign for before, *_place in Formatter().parse(words) for sign in before if sign.isalpha())
    return language in LATIN or not any(letters)


def time_in(moment: time, language: str) -> str:
    """A time of day as a language writes it: 10:00, 10 h 00, 10.00."""
    return moment.strftime(CLOCKS.get(language, "%H:%M"))


def heading_of_day(day: date, language: str) -> str:
    """A day with its name, as the heading of what takes place on it: Tuesday, 18 June 2024."""
    weekday = str(format_date(day, "EEEE", locale=language))
    words = DAYS.get(language, "{weekday}, {day}").format(weekday=weekday, day=day_in(day, language))
    return words[:1].upper() + words[1:]
