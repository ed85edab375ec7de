"""Parts of addresses that several rooms of the site use."""

from django.http import HttpRequest
from django.urls import register_converter

from servanda.common.languages import OFFERED


class OfferedLanguage:
    """A language in which the interface speaks."""

    regex = "|".join(OFFERED)

    def to_python(self, value: str) -> str:
        """Its code."""
        return value

    def to_url(self, value: str) -> str:
        """Its code."""
        return value


class Rehearsal:
    """A rehearsal of a meeting, by its number."""

    regex = r"rehearsal-[0-9]{1,6}"

    def to_python(self, value: str) -> str:
        """Its name in the stream."""
        return value

    def to_url(self, value: str) -> str:
        """Its name in the stream."""
        return value


class Floor:
    """The floor of a meeting, `IM2024`, or of a rehearsal, `IM2024/rehearsal-1`: its stream, less the convention."""

    regex = r"[^/]+(?:/rehearsal-[0-9]+)?"

    def to_python(self, value: str) -> str:
        """Its name."""
        return value

    def to_url(self, value: str) -> str:
        """Its name."""
        return value


register_converter(Floor, "floor")
register_converter(OfferedLanguage, "language")
register_converter(Rehearsal, "rehearsal")


def is_of_rehearsal(request: HttpRequest) -> bool:
    """Whether an address lies below that of a rehearsal."""
    match = request.resolver_match
    return match is not None and bool(match.kwargs.get("rehearsal"))
