"""Sentences that the rules speak, as values; said in a reader's language only when shown.

A rule returns `Sentence("The deadline of {deadline} passed.", deadline=date(…))`. Whole sentences are
translated, never glued; dates follow the language's custom, with the double month names that the
United Nations use in Arabic and the whole word for the year that they use in Russian; codes and symbols
stand in bidi isolates.
"""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from servanda.common.days import Period, When, YearDay
from servanda.common.languages import Text
from servanda.common.names import State
from servanda.common.release import HOUSE

LOCALE = HOUSE / "common" / "locale"
ISOLATE, POP = "\u2068", "\u2069"
ARABIC_MONTHS = (
    "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيه",
    "تموز/يوليه", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)  # fmt: skip

# Where the United Nations write a date otherwise than the locale data: a day, a month, a year.
DAYS = {"en": "d MMMM y", "ru": "d MMMM y 'года'"}
MONTHS = {"ru": "LLLL y 'года'"}
YEARS = {"ru": "{year} год", "zh": "{year}年"}

Value = date | When | YearDay | Decimal | Period | State | Text | int | str


def N_(words: str) -> str:  # noqa: N802 (gettext's own name for it)
    """Mark words for the catalogues and leave them as they are."""
    return words


@dataclass(frozen=True, slots=True)
class Sentence:
    """One whole sentence with named places, and what stands in them."""

    words: str
    values: Mapping[str, Value]

    @classmethod
    def of(cls, words: str, **values: Value) -> "Sentence":
        """Build from marked words and the values of their places."""
        return cls(words, values)

    def said_in(self, language: str) -> str:
        """The sentence in one language."""
        places = {name: shown(value, language) for name, value in self.values.items()}
        return translated(self.words, language).format(**places)

    def is_said_in(self, language: str) -> bool:
        """Whether its words, and those of the texts in its places, are there in a language and not only in English.

        Words that are the same in both languages, as "{what}, {when}.", are there if the catalogue holds them.
        """
        texts = (value for value in self.values.values() if isinstance(value, Text))
        return (language == "en" or bool(held_in(language).gettext(self.words))) and all(
            language in text.words for text in texts
        )

    def __str__(self) -> str:
        return self.said_in("en")


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The translations of a language; English is the original and needs none."""
    return gettext.translation("django", LOCALE, [language], fallback=True)


class Unsaid(gettext.NullTranslations):
    """What answers for words that a catalogue does not hold: nothing."""

    def gettext(self, message: str) -> str:
        """No words."""
        return ""


@cache
def held_in(language: str) -> gettext.NullTranslations:
    """The catalogue of a language, silent where it holds no translation."""
    found = gettext.translation("django", LOCALE, [language], fallback=True)
    if type(found) is gettext.NullTranslations:
        return Unsaid()
    found.add_fallback(Unsaid())
    return found


def translated(words: str, language: str) -> str:
    """Marked words in a language."""
    return catalogue(language).gettext(words)


def shown(value: Value, language: str) -> str:
    """A value as a reader of the language expects it."""
    match value:
        case When():
            return when_in(value, language)
        case date():
            return day_in(value, language)
        case YearDay():
            return year_day_in(value, language)
        case Period():
            return period_in(value, language)
        case State():
            return f"{ISOLATE}{value.name_in(language)}{POP}"
        case Text():
            return value.shown_in(language).words
        case Decimal():
            return str(format_decimal(value, locale=language))
        case int():
            return str(value)
    return f"{ISOLATE}{value}{POP}"


@lru_cache(maxsize=4096)
def day_in(day: date, language: str) -> str:
    """A day written out: 18 June 2024."""
    if language == "ar":
        return f"{day.day} {ARABIC_MONTHS[day.month - 1]} {day.year}"
    if language == "fr" and day.day == 1:
        return str(format_date(day, "'1er' MMMM y", locale=language))
    return str(format_date(day, DAYS.get(language, "long"), locale=language))


def when_in(when: When, language: str) -> str:
    """A date as precisely as it is known."""
    if when.precision == "day":
        return day_in(when.first, language)
    if when.precision == "year":
        return YEARS.get(language, "{year}").format(year=when.first.year)
    if language == "ar":
        return f"{ARABIC_MONTHS[when.first.month - 1]} {when.first.year}"
    if language in MONTHS:
        return str(format_date(when.first, MONTHS[language], locale=language))
    return str(format_skeleton("yMMMM", when.first, locale=language))


def year_day_in(day: YearDay, language: str) -> str:
    """A day of every year: 30 April."""
    if language == "ar":
        return f"{day.day} {ARABIC_MONTHS[day.month - 1]}"
    if language == "fr" and day.day == 1:
        return str(format_date(day.in_year(2001), "'1er' MMMM", locale=language))
    return str(format_skeleton("MMMMd", day.in_year(2001), locale=language if language != "en" else "en_GB"))


def days_in(first: date, last: date, language: str) -> str:
    """From one day to another, both included: 18–20 June 2024."""
    if first == last:
        return day_in(first, language)
    if language == "zh":
        return str(format_interval(first, last, "yMMMMd", locale=language))
    if (first.year, first.month) == (last.year, last.month):
        number = "1er" if language == "fr" and first.day == 1 else first.day
        return f"{number}–{day_in(last, language)}"
    if first.year == last.year:
        return f"{year_day_in(YearDay(first.month, first.day), language)} – {day_in(last, language)}"
    return f"{day_in(first, language)} – {day_in(last, language)}"


def period_in(period: Period, language: str) -> str:
    """A length of time, in its largest units."""
    catalogued = catalogue(language)
    parts = [
        catalogued.ngettext("{number} year", "{number} years", period.years).format(number=period.years),
        catalogued.ngettext("{number} month", "{number} months", period.months).format(number=period.months),
        catalogued.ngettext("{number} day", "{number} days", period.days).format(number=period.days),
    ]
    lengths = (period.years, period.months, period.days)
    told = [part for part, length in zip(parts, lengths, strict=True) if length]
    if language == "zh":
        return "".join(told)
    return str(format_list(told, style="unit" if language == "en" else "standard", locale=language))
