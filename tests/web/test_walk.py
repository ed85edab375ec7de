"""The walk over all pages leaves none out."""

from django.urls import resolve
from django.urls.resolvers import URLPattern

from servanda.site.urls import urlpatterns
from tests.web.walk import PAGES

# What is no page: the door, tables to hand out, calendars; and what stands behind a door or needs an open floor.
NO_PAGES = ("-as", "-calendar", "enter", ".ics", ":robots", ":icon")
BEHIND_THE_DOOR = ("desk", "secretariat", "chair", "delegation", "display", "interpreters", "live", "rehearsal")
ON_EACH_DESK = {"desk:sign-in"}


def names(patterns, space=""):
    """The name of every address, with that of its part of the site."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        elif pattern.namespace != "api":
            yield from names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)


def pages():
    """The names of the pages that everyone may open."""
    found = {name for name in names(urlpatterns) if not name.endswith(NO_PAGES)}
    return {name for name in found if not name.startswith(BEHIND_THE_DOOR)} | ON_EACH_DESK


def test_every_page_that_everyone_may_open_is_walked_over():
    walked = {resolve(f"/en/{path.partition('?')[0]}").view_name for path in PAGES}

    assert pages() - walked == set()
