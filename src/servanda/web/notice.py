"""The notice of this server: the operator's, where `SERVANDA_NOTICE` names one, else the standard words."""

from django.conf import settings

from servanda.common.languages import Shown, Text
from servanda.common.notice import notice_in as said_in


def own_notice() -> Text | None:
    """The operator's own words, if there are any."""
    words: Text | None = settings.NOTICE
    return words


def notice_in(language: str) -> Shown:
    """The notice as a reader of a language sees it."""
    return said_in(language, own_notice())
