"""The floor of June 2024, open, and a display entered by its link."""

import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from servanda.floor.log import FloorGiven, ItemTaken, Moved, SittingOpened
from tests.delegation.conftest import apmbc, floor, forgotten, fresh_memory, opening, secret_of
from tests.floor.conftest import ask, do, speak

__all__ = ["apmbc", "floor", "forgotten", "fresh_memory", "opening"]

DISPLAY, LIVE, TEXT = "/en/display/apmbc/IM2024/", "/en/apmbc/IM2024/live/", "/en/apmbc/IM2024/live/text/"
SECRET = "a secret of the bureau"


@pytest.fixture
def screen(floor, client):
    """A browser that has the display of the room."""
    client.post(f"/en/enter/{secret_of('display')}/")
    return client


@pytest.fixture
def morning(floor):
    """Item 3: Chad has spoken, Afghanistan speaks, four wait, one of them moved with a reason."""
    do(SittingOpened("day-1-morning"))
    do(ItemTaken("3"))
    for code in ("TCD", "AFG", "KHM", "NOR", "UKR", "PRK"):
        ask(code, "3")
    speak()
    do(FloorGiven("AFG-3-statement", 180))
    return do(Moved("NOR-3-statement", None, reason=SECRET))


def words(page):
    """What a page says, without what is hidden and without what the script reads."""
    html = page.content.decode() if hasattr(page, "content") else page
    html = re.sub(r"<(\w+)[^>]*\shidden>.*?</\1>", "", html[html.find("<main") :], flags=re.DOTALL)
    return " ".join(unescape(strip_tags(html.partition("</main>")[0])).split())
