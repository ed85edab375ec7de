"""The notice on every page and export: whose publication this is not, until its operator says whose it is."""

from django.conf import settings

from servanda.common.languages import LANGUAGES, Shown
from servanda.common.wording import N_, translated

STANDARD = N_(
    "Servanda is independent software. This is not a publication of the Convention, of its support unit or of the "
    "United Nations. The designations used imply no opinion on the legal status of any territory or of its authorities."
)


def notice_in(language: str) -> Shown:
    """The notice as a reader of a language sees it: the operator's, where `SERVANDA_NOTICE` names one."""
    if settings.NOTICE is None:
        return Shown(translated(STANDARD, language), LANGUAGES[language])
    words: Shown = settings.NOTICE.shown_in(language)
    return words
