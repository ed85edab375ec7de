"""The notice on every page and export: whose publication this is not, until its operator says whose it is."""

from servanda.common.languages import LANGUAGES, Shown, Text
from servanda.common.wording import N_, translated

STANDARD = N_(
    "Servanda is independent software. This is not a publication of the Convention, of its support unit or of the "
    "United Nations. The designations used imply no opinion on the legal status of any territory or of its authorities."
)


def notice_in(language: str, own: Text | None = None) -> Shown:
    """The notice as a reader of a language sees it; `own` is the operator's, in place of the standard words."""
    if own is None:
        return Shown(translated(STANDARD, language), LANGUAGES[language])
    return own.shown_in(language)
