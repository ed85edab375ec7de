"""The screens of a floor in a real browser: legible from the last row, never stale, shutting nobody out."""

import re

import pytest
from playwright.sync_api import expect

from tests.desk.test_browser import AXE, browser
from tests.display.conftest import DISPLAY, LIVE, TEXT
from tests.processes import own_database, servanda
from tests.web.test_screens import Room

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "Democratic People's Republic of Korea"
OFFICE = "Senior Minister and First Vice President of the Authority for Mine Action, President of the Conference"
LENGTHEN = """(name) => {
  for (const each of document.querySelectorAll(".face__speaker, .face__name")) each.textContent = name;
  document.querySelector(".face__speaker").dataset.length = "longest";
}"""
GROUP = "the Latin American and Caribbean Group, and of the Association of Southeast Asian Nations"
HALL, SMALL = {"width": 1920, "height": 1080}, {"width": 1280, "height": 720}
SIZES = """() => Object.fromEntries([...document.querySelectorAll(".face:not([hidden]) *")]
  .filter((each) => each.checkVisibility() && [...each.childNodes].some((node) => node.data?.trim()))
  .map((each) => [each.closest("[class]").className, 100 * parseFloat(getComputedStyle(each).fontSize) / innerHeight]))
"""
OUTSIDE = """() => [...document.querySelectorAll(".face:not([hidden]) :is(p, h1, h2, li, output)")].filter((each) => {
  const place = each.getBoundingClientRect(), above = document.querySelector(".face__item").getBoundingClientRect();
  const below = document.querySelector(".face__time").getBoundingClientRect();
  const inside = each.closest(".face__now") ? [above.bottom, below.top] : [0, innerHeight];
  return place.width && (place.left < 0 || place.right > innerWidth || place.top < inside[0] - 1
    || place.bottom > inside[1] + 1);
}).map((each) => each.className)"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    """A floor on which a group with a long name speaks, with its server and the link of the display."""
    folder = tmp_path_factory.mktemp("hall")
    with own_database(folder) as environment:
        assert servanda(environment, "load", "apmbc").returncode == 0
        made = Room(environment, folder)
        told = servanda(environment, "link", "add", "apmbc", "IM2024", "--screen", "display").stdout
        made.link = next(line for line in told.split() if line.startswith("/en/enter/"))
        group = {"category": "groups", "code": "group", "name": NAME, "on_behalf_of": GROUP}
        made.do("asked", request="group", item="3", speaker=group)
        made.do("floor-given", request="group", seconds=300)
        for code in ("KHM", "TCD"):
            made.do("asked", request=code, item="3", speaker={"category": "states_parties", "code": code})
        yield made
        made.close()


@pytest.fixture(scope="module")
def display(browser, hall):
    """The display at full size, entered by its link."""
    page = browser.new_context(viewport=HALL).new_page()
    page.goto(hall.address + hall.link)
    page.click("main button")
    assert page.url == hall.address + DISPLAY
    yield page
    page.context.close()


def faults(page):
    """What shuts someone out."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found]


def test_the_display_is_legible_from_afar_and_fits(display, hall):
    display.goto(hall.address + DISPLAY)

    sizes = {name: round(size, 1) for name, size in display.evaluate(SIZES).items()}

    told = {name: sizes[f"face__{name}"] for name in ("speaker", "group", "item", "name")}
    assert told | {"clock": sizes["floor-clock"]} == {
        "speaker": 11, "clock": 15, "group": 6.6, "item": 4.2, "name": 4.2,
    }  # fmt: skip
    assert min(sizes.values()) == 4.2
    for size, language in ((HALL, "en"), (SMALL, "en"), (HALL, "ar"), (HALL, "ru")):
        display.set_viewport_size(size)
        display.goto(hall.address + DISPLAY.replace("/en/", f"/{language}/"))
        assert (display.evaluate(OUTSIDE), faults(display)) == ([], []), (size, language)
    display.set_viewport_size(HALL)


def test_a_long_name_steps_down_and_never_stands_on_the_clock(display, hall):
    display.goto(hall.address + DISPLAY)

    display.evaluate(LENGTHEN, OFFICE)

    assert display.evaluate(OUTSIDE) == []
    assert round(display.evaluate(SIZES)["face__speaker"], 1) == 6.6


def test_a_language_that_is_shown_by_turns_stays_when_the_room_moves(display, hall):
    display.clock.install()
    display.goto(f"{hall.address}{DISPLAY}?also=ar")
    seen = display.locator(".face:visible")
    found = [seen.get_attribute("dir")]

    display.clock.run_for(10_000)
    found.append(seen.get_attribute("dir"))
    number = hall.do("list-closed", item="3")
    display.clock.resume()
    expect(display.locator("#room")).to_have_attribute("data-floor-number", str(number))
    found.append(seen.get_attribute("dir"))

    assert found == ["ltr", "rtl", "rtl"]
    assert display.locator(".face:visible .list-sign").get_attribute("data-list") == "closed"


def test_a_lost_connection_is_said_with_its_time_and_no_speaker_is_shown(browser, display, hall):
    page = display.context.new_page()
    page.goto(hall.address + DISPLAY)
    expect(page.locator("main")).to_have_attribute("data-connection", "live")

    page.context.set_offline(True)
    expect(page.get_by_text("No connection")).to_be_visible()
    told = page.locator(".face").inner_text()
    page.context.set_offline(False)

    expect(page.locator(".face__speaker")).to_be_visible(timeout=15_000)
    assert page.locator("time[data-floor-since]").text_content() in told
    assert NAME not in told
    page.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_page_and_text_shut_nobody_out_and_fit_320_pixels(browser, hall, language):
    page = browser.new_context(viewport={"width": 320, "height": 640}).new_page()
    for address in (LIVE, TEXT):
        page.goto(hall.address + address.replace("/en/", f"/{language}/"))
        expect(page.locator(".floor-clock")).not_to_be_empty()

        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.context.close()


def test_the_text_announces_thresholds_and_reads_nothing_twice(browser, hall):
    page = browser.new_page()
    page.goto(hall.address + TEXT)
    told = page.locator("[role=status] .clock-word:visible")
    expect(page.locator(".floor-clock")).not_to_be_empty()
    page.evaluate("() => { for (const name of ['#now', '#next']) document.querySelector(`${name} p`).marked = true; }")

    before = told.count()
    hall.do("turn-extended", seconds=-275)
    expect(told).to_have_text(re.compile("Last 30 seconds|Time"))
    kept = page.evaluate("['#now', '#next'].map((name) => document.querySelector(`${name} p`).marked === true)")
    page.context.close()

    assert (before, kept) == (0, [True, True])
