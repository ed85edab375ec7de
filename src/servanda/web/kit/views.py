"""The page of the kit; `surface` shows it as paper or as lamp, whatever the reader prefers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from servanda.common.refusals import WrongUsage
from servanda.common.release import release
from servanda.web.asking import same_page_in, speaking
from servanda.web.kit.samples import samples
from servanda.web.storing import keep

SURFACES = ("paper", "lamp")


class UnknownSurface(WrongUsage):
    """The kit is asked for on a surface that there is not."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"surface: {name!r} is none of the surfaces.",
            "A page is shown as paper, dark on light, or as lamp, light on dark.",
            f"Ask for one of: {', '.join(SURFACES)}; or leave it out for what the reader prefers.",
        )


@speaking
def kit(request: HttpRequest) -> HttpResponse:
    """Every part of the interface, made by the templates that make the pages."""
    surface = request.GET.get("surface", "")
    if surface not in ("", *SURFACES):
        raise UnknownSurface(surface)
    language = get_language() or "en"
    shared = {
        "languages": same_page_in(request),
        "reader_language": language,
        "release": release(),
        "surface": surface,
        "surfaces": SURFACES,
    }
    response = keep(render(request, "kit/kit.html", samples(language) | shared), numbers={})
    response["X-Robots-Tag"] = "noindex"
    return response
