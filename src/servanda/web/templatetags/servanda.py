"""What templates say in the reader's language: sentences, texts, days, names of States."""

import secrets
from datetime import date, datetime, time

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext

from servanda.common.languages import LANGUAGES, Language, Text
from servanda.common.names import State
from servanda.common.phrases import Phrase, Scribe, Words, heading_of_day, runs_along, time_in
from servanda.common.wording import N_, Value, days_in, shown, translated
from servanda.common.wording import Sentence as SentenceValue
from servanda.convention.rules import PackRules
from servanda.programme.effects import place_sentence
from servanda.programme.sheet import MARKS
from servanda.web.notice import notice_in

register = Library()

STATUS_WORDS = {
    "not applicable": N_("not applicable"),
    "pending": N_("pending"),
    "met": N_("met"),
    "met late": N_("met late"),
    "deadline passed": N_("deadline passed"),
    "extended": N_("extended"),
    "continuing": N_("continuing"),
    "unknown": N_("not established"),
}
BASES = {"computed": N_("computed from the register"), "recorded": N_("recorded from a source")}
KINDS_OF_SOURCE = {
    "depositary": N_("depositary"),
    "decision": N_("decision"),
    "state_report": N_("the State’s own report"),
    "organ": N_("organ of the Convention or its support unit"),
    "un": N_("United Nations"),
    "civil_society": N_("reported by civil society"),
    "academic": N_("academic"),
    "press": N_("press"),
    "own_rule": N_("compilers of this register"),
}
ACTS = {
    "add": N_("Add a fact"),
    "correct": N_("Correct a fact"),
    "dispute": N_("Dispute a fact"),
    "set_aside": N_("Set a fact aside"),
    "withdraw": N_("Withdraw a fact"),
    "verify": N_("Verify a lead"),
}
DESK_STATES = {
    "open": N_("awaits a second person"),
    "approved": N_("approved"),
    "declined": N_("declined"),
    "withdrawn": N_("withdrawn"),
    "closed": N_("closed"),
}
STANDINGS = {"fact": N_("fact"), "lead": N_("lead, not verified"), "coverage": N_("coverage")}
SEATS = {"secretariat": N_("secretariat"), "administrator": N_("administrator")}


STANCES = {
    "decided": N_("decided"),
    "reported_by_state": N_("reported by the State"),
    "announced": N_("announced"),
    "reported_by_others": N_("reported by others"),
    "denied": N_("denied"),
}
MAY_ASK = {
    "states_parties": N_("States Parties"),
    "states_not_party": N_("States not party"),
    "organizations": N_("organizations"),
}


def language() -> str:
    """The code of the reader's language."""
    return get_language() or "en"


@register.filter
def say(sentence: SentenceValue) -> str:
    """A sentence in the reader's language."""
    return sentence.said_in(language())


@register.filter
def text(words: Text) -> SafeString:
    """A text in the reader's language; where only the original exists, with its language and a mark."""
    seen = words.shown_in(language())
    if not seen.stands_in:
        return format_html("{}", seen.words)
    return format_html(
        '<span lang="{}" dir="{}">{}</span> <small class="stands-in">{}</small>',
        seen.language.code,
        seen.language.direction,
        seen.words,
        translated(N_("not translated"), language()),
    )


@register.filter
def place(stored: str, rules: PackRules) -> SafeString | str:
    """A city or building in the reader's language, where the pack words it."""
    words = rules.place(stored)
    return text(words) if words else ""


@register.simple_tag
def notice() -> SafeString:
    """Whose publication this is, or is not."""
    seen = notice_in(language())
    return format_html('<span lang="{}" dir="{}">{}</span>', seen.language.code, seen.language.direction, seen.words)


@register.filter
def words(several: Text) -> str:
    """A text in the reader's language without any mark, for titles and choices; the original where it is missing."""
    return several.shown_in(language()).words


@register.filter
def written(value: Value) -> str:
    """A day or imprecise date written out."""
    return shown(value, language())


@register.simple_tag
def days(first: date, last: date) -> str:
    """From one day to another, both included."""
    return days_in(first, last, language())


@register.filter
def name(state: State) -> str:
    """The UN short name of a State."""
    return state.name_in(language())


@register.filter
def isolated_name(state: State) -> SafeString:
    """The UN short name of a State within a sentence, which may run the other way."""
    return format_html("<bdi>{}</bdi>", state.name_in(language()))


@register.filter
def status_word(word: str) -> str:
    """The word for a status."""
    return translated(STATUS_WORDS[word], language())


@register.filter
def basis(word: str) -> str:
    """How a name came into a tier."""
    return translated(BASES[word], language())


@register.filter
def stance(word: str) -> str:
    """How a source says what it says."""
    return translated(STANCES[word], language()) if word else ""


@register.filter
def may_ask(word: str) -> str:
    """Who may ask for the floor."""
    return translated(MAY_ASK[word], language())


@register.filter
def kind_of_source(kind: str) -> str:
    """Whose word a source is."""
    return translated(KINDS_OF_SOURCE[kind], language())


@register.filter
def iso(value: object) -> str:
    """A date as ISO 8601, for `datetime` attributes and addresses."""
    return str(value)


@register.simple_tag
def reader() -> Language:
    """The reader's language: its code, name and direction."""
    return LANGUAGES[language()]


@register.filter
def act(name: str) -> str:
    """What a proposal would do."""
    return translated(ACTS[name], language())


@register.filter
def desk_state(word: str) -> str:
    """How far a proposal has come."""
    return translated(DESK_STATES[word], language())


@register.filter
def standing(word: str) -> str:
    """Whether a row is a fact or a lead."""
    return translated(STANDINGS[word], language())


@register.filter
def seat_word(kind: str) -> str:
    """The seat of an account."""
    return translated(SEATS[kind], language())


@register.filter
def place_in_list(place: str) -> str:
    """Where a State stands in a list."""
    return place_sentence(place).said_in(language())


@register.filter
def written_instant(instant: datetime) -> str:
    """The day and time of an instant in UTC, which it names."""
    return f"{shown(instant.date(), language())}, {instant:%H:%M} UTC"


@register.filter
def phrase(words: Phrase) -> SafeString:
    """A phrase of a document in the reader's language or in its own, each run of it in its own."""
    around = words.language or language()
    runs = format_html_join("", "{}", ((run(each, around),) for each in words.runs))
    return runs if around == language() else in_its_language(around, runs)


def in_its_language(code: str, words: str) -> SafeString:
    """Words of another language than that around them."""
    return format_html('<span lang="{}" dir="{}">{}</span>', code, LANGUAGES[code].direction, words)


@register.simple_tag
def naming(invites: Phrase, names: tuple[Phrase, ...]) -> SafeString:
    """What States are invited to, or which they are, and their names, each isolated."""
    scribe = Scribe(language())
    listed = scribe.listed([Phrase((Words(str(name)),)) for name in names])
    return phrase(scribe.say(N_("{invites}: {names}"), invites=invites, names=listed))


def run(words: Words, around: str) -> SafeString:
    """One run within another language, marked where it does not translate what its original now says."""
    mark = MARKS.get(words.standing, "") if words.standing else ""
    if not words.language:
        return format_html("<bdi>{}</bdi>", words.text)
    said = format_html('{}<span class="mark">{}</span>', words.text, mark) if mark else format_html("{}", words.text)
    return said if words.language == around else in_its_language(words.language, said)


@register.simple_tag
def comma() -> str:
    """What stands between names in a row, with a blank where the language writes one."""
    mark = pgettext("between names", ",")
    return mark if language() == "zh" else mark + " "


@register.filter
def numbered(printed: str, name: str = "") -> SafeString:
    """The number of an item as printed, isolated; its full stop stands between it and the title."""
    direction = LANGUAGES[language()].direction
    classed = format_html(' class="{}"', name) if name else ""
    along = format_html(' dir="{}"', direction) if direction == "rtl" and runs_along(printed) else ""
    return format_html("<bdi{}{}>{}</bdi>", classed, along, printed)


@register.filter
def hour(moment: time | datetime) -> str:
    """A time of day as the reader's language writes it."""
    return time_in(moment.time() if isinstance(moment, datetime) else moment, language())


@register.filter
def clock(moment: time) -> str:
    """A time of day as ISO 8601, for `datetime` attributes."""
    return f"{moment:%H:%M}"


@register.filter
def weekday(day: date) -> str:
    """A day with its day of the week."""
    return heading_of_day(day, language())


@register.filter
def day_of(instant: datetime) -> str:
    """The day of an instant, with its day of the week."""
    return heading_of_day(instant.date(), language())


@register.filter
def of_100(chance: float) -> int:
    """A chance from 0 to 1 as so many of a hundred cases."""
    return round(100 * chance)


@register.simple_tag
def once() -> str:
    """A word that no other form carries: under it the act of a form is taken once."""
    return secrets.token_hex(8)
