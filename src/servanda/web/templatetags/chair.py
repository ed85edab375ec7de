"""What the templates of the console say: lengths of time, and categories of speakers."""

from datetime import timedelta

from django.template import Library

from servanda.common.wording import N_, translated
from servanda.web.templatetags.servanda import language

register = Library()

CATEGORIES = {
    "states_parties": N_("States Parties"),
    "signatories": N_("signatories"),
    "states_not_party": N_("States not party"),
    "organizations": N_("organizations"),
    "groups": N_("groups of States"),
    "officers": N_("officers and presenters"),
}


@register.filter
def length_of_time(length: timedelta | int) -> str:
    """A length as minutes and seconds: 2:05."""
    seconds = round(length.total_seconds()) if isinstance(length, timedelta) else length
    return f"{seconds // 60}:{seconds % 60:02}"


@register.filter
def category(word: str) -> str:
    """A category of speakers."""
    return translated(CATEGORIES[word], language())
