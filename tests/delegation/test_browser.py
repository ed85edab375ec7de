"""Links and desks in a real browser: nobody shut out, 320 pixels, right to left, no script."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.processes import own_database, servanda
from tests.web.test_browser import AXE, browser, wait_for

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OPEN = """
import django; django.setup()
import servanda.site.kinds
from servanda.floor.actions import open_floor, perform, rules_for
from servanda.floor.log import Asked, FloorGiven, ItemTaken, SittingOpened, Speaker
from servanda.programme.queries import plan
named = dict(convention="apmbc", meeting="IM2024")
codes = ("AFG", "KHM", "TCD")
open_floor(**named, plan=plan("apmbc", "IM2024"), version=1, by="test", rules=rules_for("apmbc", "IM2024"),
           participants=dict.fromkeys(codes, "states_parties"))
acts = [SittingOpened("day-1-morning"), ItemTaken("3"), *(Asked(c, "3", Speaker("states_parties", c)) for c in codes)]
for act in acts:
    perform(stream="apmbc/IM2024", act=act, by="test")
"""


@pytest.fixture(scope="module")
def meeting(tmp_path_factory):
    """The address of a server with a floor open, and links for Cambodia, Afghanistan and the interpreters."""
    with own_database(tmp_path_factory.mktemp("meeting")) as environment:
        assert servanda(environment, "load", "apmbc").returncode == 0
        subprocess.run([sys.executable, "-c", OPEN], env=environment, check=True)
        links = [
            servanda(environment, "link", "add", "apmbc", "IM2024", *whose).stdout.strip()
            for whose in (("--delegation", "KHM"), ("--delegation", "AFG"), ("--screen", "interpreters"))
        ]
        module = "import sys; from servanda.site.command import main; sys.exit(main(sys.argv[1:]))"
        process = subprocess.Popen([sys.executable, "-c", module, "serve", "--port", "8479"], env=environment)
        try:
            yield wait_for("http://127.0.0.1:8479"), *links
        finally:
            process.terminate()
            process.wait(timeout=10)


def seated(browser, meeting, language, seat=1, **how):
    """A page that has taken its seat by a link, in a language."""
    site, link = meeting[0], meeting[seat]
    page = browser.new_context(**how).new_page()
    page.goto(f"{site}{link.replace('/en/', f'/{language}/')}")
    page.click("main button[type=submit]")
    return page


@pytest.mark.parametrize(("language", "seat"), [("en", 1), ("ar", 1), ("en", 3), ("ar", 3)])
def test_a_desk_shuts_nobody_out_and_fits_320_pixels(browser, meeting, language, seat):
    page = seated(browser, meeting, language, seat, viewport={"width": 320, "height": 640})
    for closed in page.query_selector_all("details:not([open])"):
        closed.evaluate("each => { each.open = true }")

    found = page.evaluate(f"() => {{ {AXE}; return axe.run() }}")

    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")


def test_a_desk_follows_the_list_while_it_stands_open_and_keeps_the_focus(browser, meeting):
    page, other = seated(browser, meeting, "en"), seated(browser, meeting, "en", seat=2)
    own = page.locator("#item-3 .desk__request", has=page.get_by_role("button", name="Withdraw"))
    before = own.inner_text()
    page.locator("#hand-in summary").click()
    page.locator("#hand-in-text").fill("Chair, not ready yet")
    withdraw = own.get_by_role("button", name="Withdraw")
    withdraw.focus()

    other.locator("#item-3").get_by_role("button", name="Withdraw").click()
    expect(own).not_to_have_text(before, use_inner_text=True)

    assert page.evaluate("document.activeElement.id") == withdraw.get_attribute("id")
    assert page.locator("#hand-in-text").input_value() == "Chair, not ready yet"


def test_without_script_one_withdraws_asks_again_and_hands_in_a_text(browser, meeting):
    page = seated(browser, meeting, "en", java_script_enabled=False)
    here = page.locator("#item-3")

    here.get_by_role("button", name="Withdraw").click()
    here.get_by_role("button", name="Ask for the floor").click()
    page.locator("#hand-in summary").click()
    page.locator("#hand-in-item").select_option("3")
    page.locator("#hand-in-text").fill("Chair, Cambodia …")
    page.get_by_role("button", name="Hand in").click()

    told = here.inner_text()
    assert page.url.endswith("/en/floor/apmbc/IM2024/desk/KHM/#item-3")
    assert ("waiting" in told, "withdrawn" in told, "Text handed in:" in told) == (True, True, True)
