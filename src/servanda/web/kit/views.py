"""The page of the kit; `surface` shows it as paper or as lamp, whatever the reader prefers."""

import re

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from servanda.common.refusals import WrongUsage
from servanda.common.release import release
from servanda.web.asking import same_page_in, speaking
from servanda.web.kit.samples import samples
from servanda.web.storing import keep

SURFACES = ("paper", "lamp")
SAMPLE_PAGES = re.compile(r'href="/[a-z]{2}/sample/[^"]*"')


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
    # An invented treaty has no pages of its own: what leads to them leads to its Article on this page.
    shown = SAMPLE_PAGES.sub('href="#article-4"', render_to_string("kit/kit.html", samples(language) | shared, request))
    response = keep(HttpResponse(shown), numbers={})
    response["X-Robots-Tag"] = "noindex"
    return response
