"""The console in a real browser, from the real server: two consoles, keys, without script, shutting nobody out."""

import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest

from tests.desk.test_browser import AXE, PASSWORD, browser
from tests.processes import own_database, run
from tests.web.test_browser import wait_for

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HERE = "/en/chair/apmbc/IM2024/"
COLOURS = """(clock) => {
  clock.dataset.clock = "over";
  return [getComputedStyle(clock).color, getComputedStyle(clock).backgroundColor];
}"""
WIDTHS = (1280, 768, 320)
PREPARE = """
from pathlib import Path
from servanda.convention.checking import read_pack
from servanda.people.actions import add_account
from servanda.programme.actions import issue_plan, store_plan
from servanda.programme.queries import plan
from servanda.site.loading import load
load(read_pack(Path("packs/apmbc")), by="test")
store_plan(plan=plan("apmbc", "IM2024"), by="test")
issue_plan(convention="apmbc", meeting="IM2024", version=1, by="test")
for name in ("ada", "ben"):
    add_account(name=name, seat="secretariat", by="test", password=sys.argv[1])
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of the real server with the programme of June 2024 issued, and two accounts."""
    with own_database(tmp_path_factory.mktemp("chair")) as environment:
        run(environment, PREPARE, PASSWORD)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        module = "import sys; from servanda.site.command import main; sys.exit(main(sys.argv[1:]))"
        process = subprocess.Popen([sys.executable, "-c", module, "serve", "--port", str(port)], env=environment)
        try:
            yield wait_for(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
            process.wait(timeout=10)


@pytest.fixture(scope="module")
def opened(browser, site):
    """Two consoles of one floor that is open, with item 3 under consideration and delegations on its list."""
    ada, ben = (at_the_console(browser, site, name) for name in ("ada", "ben"))
    click(ada, "main form button >> text=Open the floor")
    ben.wait_for_selector("#now")  # the page on which it was not open follows by itself
    click(ada, "#next")
    assert ada.locator("[aria-keyshortcuts=t]").count() == 1  # without a reload
    ada.fill("#agenda-reason", "the minister is here")
    click(ada, "button[name=item][value='3']")
    for _enters_gives_ends in range(3):
        click(ada, "#next")  # whoever presents the item comes first
    for name in ("Chad", "Cambodia", "Ukraine", "Yemen"):
        enter(ada, name)
    return ada, ben


@pytest.fixture
def consoles(opened, site):
    """The two consoles with nobody speaking, and with Chad as the next to speak."""
    for page in opened:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(site + HERE)
    yield opened
    ada, _ben = opened
    ada.set_viewport_size({"width": 1280, "height": 900})
    ada.goto(site + HERE)
    while not ada.locator("#next").inner_text().startswith("Give the floor to Chad"):
        click(ada, "#bar-undo")


def at_the_console(browser, site, name, **how):
    """A page in which someone has signed in and gone to the console."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}, **how).new_page()
    page.goto(site + HERE)
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("main button")
    assert page.url == site + HERE
    return page


@contextmanager
def acted(page):
    """A page acts inside; it ends when the page shows the floor after the act."""
    before = page.get_attribute("[data-floor]", "data-floor-number") if page.locator("[data-floor]").count() else ""
    yield
    page.wait_for_selector(f"[data-floor]:not([data-floor-number='{before}'])")


def click(page, selector):
    """Click on the console and wait for the floor after it."""
    with acted(page):
        page.click(selector)


def press(page, key):
    """Press a key of the console and wait for the floor after it."""
    with acted(page):
        page.keyboard.press(key)


def enter(page, name):
    """A delegation is entered by its name."""
    page.fill("#ask-who", name)
    with acted(page):
        page.press("#ask-who", "Enter")


def off(page):
    """A console is taken off the network, and says so."""
    page.context.set_offline(True)
    page.wait_for_selector("[data-connection=lost]")


def kept(page):
    """The acts that a console says it keeps, without their times."""
    return page.locator("#kept-acts li:visible span").all_inner_texts()


def faults(page, width):
    """What shuts someone out, looked at in the widest and the narrowest window, and what does not fit the window."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(f"window.axe || (() => {{ {AXE} }})()")
    looks = "axe.run({resultTypes: ['violations']})" if width in (WIDTHS[0], WIDTHS[-1]) else "({violations: []})"
    found = page.evaluate(looks)["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [(each["id"], each["nodes"][0]["html"]) for each in found] + (["overflow"] if wide else [])


def test_one_key_gives_the_floor_and_ends_the_statement_and_the_other_console_sees_it(consoles):
    ada, ben = consoles

    press(ada, "n")
    ben.wait_for_selector("#now .console__name >> text=Chad")
    clocks = [page.locator("#now [data-floor-clock]").get_attribute("data-clock") for page in consoles]
    ink, ground = ben.locator("#now [data-floor-clock]").evaluate(COLOURS)
    click(ada, "#next")
    ben.wait_for_selector("#now >> text=Nobody has the floor.")

    assert clocks == ["running", "running"]
    assert ink != ground
    assert ben.locator("#next").inner_text().startswith("Give the floor to Cambodia")


def test_a_key_undoes_what_its_button_names(consoles):
    ada, _ben = consoles
    click(ada, "#next")
    named = ada.locator("#bar-undo").inner_text()

    ada.wait_for_timeout(400)  # a key pressed at once would be the same key pressed twice
    press(ada, "u")

    assert named.startswith("Undo: giving the floor to Chad")
    assert ada.locator("#now .console__name").inner_text() == "Nobody has the floor."


def test_the_second_of_two_consoles_is_told_what_the_first_did(browser, site, consoles):
    ada, _ben = consoles
    late = at_the_console(browser, site, "ben", java_script_enabled=False)

    press(ada, "n")
    late.click("#next")

    assert late.locator("#refused").inner_text() == "This was not done"
    assert late.locator(".faults li").all_inner_texts()[-1].endswith("giving the floor to Chad (by ada)")


def test_a_refusal_goes_when_it_was_seen(consoles):
    ada, _ben = consoles
    ada.fill("#ask-who", "Atlantis")
    ada.press("#ask-who", "Enter")
    ada.wait_for_selector("#refused")
    is_open = ada.is_visible("#ask-sort")

    ada.click(".faults [data-seen]")

    assert is_open
    assert ada.is_hidden(".faults")
    assert ada.input_value("#ask-who") == "Atlantis"


def test_keys_can_be_switched_off_and_stay_off(consoles, site):
    _ada, ben = consoles

    ben.uncheck("[data-keys]")
    ben.goto(site + HERE)
    ben.keyboard.press("n")
    ben.wait_for_timeout(300)

    assert ben.is_checked("[data-keys]") is False
    assert ben.locator("#now >> text=Nobody has the floor.").count() == 1
    ben.check("[data-keys]")


def test_a_key_pressed_in_a_field_is_written_there(consoles):
    ada, _ben = consoles

    ada.keyboard.press("/")
    ada.keyboard.type("nupe")

    assert ada.input_value("#ask-who") == "nupe"


def test_who_is_chosen_stays_chosen_when_another_acts(consoles):
    ada, ben = consoles
    ben.check("#queue input[type=radio] >> nth=0")

    enter(ada, "Zambia")
    ben.wait_for_selector("#queue >> text=Zambia")

    assert ben.locator("#queue li", has_text="Chad").locator("input").is_checked()


def test_a_console_off_the_network_goes_on_and_sends_what_it_kept_in_order(consoles, site):
    ada, ben = consoles
    off(ada)
    for words in ("Give the floor to Chad", "Stop the clock"):
        ada.click(f".console__bar button:visible >> text={words}")
    stands = " ".join(ada.inner_text("#off .console__clock").split())
    ada.click(".console__bar button:visible >> text=Start the clock again")
    thanked = ada.locator("#off-says p").all_inner_texts()
    ada.wait_for_selector("#off [data-clock=running]")
    ada.click("#off button >> text=End of the statement")
    ada.click("#off button >> text=Absent: Cambodia")
    told, said = kept(ada), ada.locator("#off-says p").all_inner_texts()
    ada.wait_for_timeout(1100)  # so that the end and its entry are apart
    stays = ada.evaluate("Object.values(localStorage).join()")

    ada.context.set_offline(False)
    ada.goto(site + HERE)
    ada.wait_for_selector("#kept", state="hidden")
    ben.wait_for_selector("#next >> text=Give the floor to Ukraine")

    turn = ada.request.get(f"{site}/live/apmbc/IM2024/state.json?language=en").json()["held"][-1]
    ended, number = turn["ended_at_ms"], ada.get_attribute("[data-floor]", "data-floor-number")
    assert told == [
        "Give the floor to Chad", "Stop the clock", "Start the clock again", "End of the statement", "Absent: Cambodia",
    ]  # fmt: skip
    assert thanked == ["I thank Chad.", "I give the floor to Cambodia.", "To be followed by: Ukraine"]
    assert stands == "3:00 of 3:00 The clock stands"
    assert said == ["I give the floor to Ukraine.", "To be followed by: Cambodia"]
    assert turn["speaker"]["code"] == "TCD"
    assert f'"at":{ended}' in stays
    assert int(number) - turn["number"] == 4


def test_what_is_kept_is_taken_back_and_what_only_the_server_can_judge_is_not_kept(consoles):
    ada, _ben = consoles
    off(ada)
    ada.click("#next")
    ada.click("#off-back")
    taken_back = kept(ada)

    ada.fill("#ask-who", "Norway")
    ada.press("#ask-who", "Enter")

    assert taken_back == []
    assert ada.locator("#kept-unfit span:visible").all_inner_texts() == [
        "This was not kept: only the server can judge it."
    ]
    ada.click("#kept-unfit [data-seen]")
    assert ada.is_hidden("#kept-unfit")
    assert ada.input_value("#ask-who") == "Norway"
    ada.context.set_offline(False)
    ada.wait_for_selector("[data-connection=live]")


def test_where_another_acted_meanwhile_each_kept_act_is_sent_or_dropped(consoles):
    ada, ben = consoles
    off(ada)
    ada.click("#next")
    ada.click("#off button >> text=End of the statement")
    enter(ben, "Norway")
    ada.context.set_offline(False)
    ada.wait_for_selector("#kept-held:visible")
    why, stands = ada.inner_text("#kept-why"), ada.inner_text("#now .console__name")

    click(ada, "[data-sends] >> nth=0")
    ada.wait_for_selector("#kept-acts li >> nth=1", state="detached")
    left = kept(ada)
    ada.click("[data-drops]")
    ada.wait_for_selector("#kept", state="hidden")

    assert "Others acted while this act was kept." in why
    assert "the request of Norway on item 3 (by ben)" in why
    assert stands == "Nobody has the floor."
    assert left == ["End of the statement"]
    assert ada.inner_text("#now .console__name") == "Chad"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", ["", "list/", "script/day-1-morning/"])
def test_the_console_and_its_papers_shut_nobody_out(consoles, site, path, language):
    ada, _ben = consoles

    ada.goto(site + HERE.replace("/en/", f"/{language}/") + path)

    assert {width: faults(ada, width) for width in WIDTHS} == {width: [] for width in WIDTHS}
