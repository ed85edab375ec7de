"""The desk in a real browser, from the real server: a fact from the form to the State's page, shutting nobody out."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import sync_playwright

from tests.conftest import CHROMIUM
from tests.processes import own_database, run
from tests.web.test_browser import FLAGS, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
PASSWORD = "the lamp is lit at dusk"
PREPARE = """
from pathlib import Path
from servanda.convention.checking import read_pack
from servanda.people.actions import add_account
from servanda.site.loading import load
load(read_pack(Path("tests/packs/toy")), by="test")
for name in ("ada", "ben"):
    add_account(name=name, seat="secretariat", by="test", password=sys.argv[1])
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of the real server with the invented treaty and two accounts."""
    with own_database(tmp_path_factory.mktemp("desk")) as environment:
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
def browser():
    """A browser without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


def signed_in(browser, site, name, width=1280, **how):
    """A page in which someone has signed in."""
    page = browser.new_context(viewport={"width": width, "height": 800}, **how).new_page()
    page.goto(f"{site}/en/desk/toy/")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("main button")
    assert page.url == f"{site}/en/desk/toy/"
    return page


def faults(page):
    """What shuts someone out, and what does not fit the window."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [each["id"] for each in found] + (["overflow"] if wide else [])


def test_a_fact_goes_from_the_form_over_a_second_person_to_the_page_of_the_state(browser, site):
    ada, ben = signed_in(browser, site, "ada"), signed_in(browser, site, "ben")
    ada.goto(f"{site}/en/desk/toy/propose/?act=verify&fact=XHA.postponement-granted.A3")
    ada.fill("#source", "LAMP/A3/9")
    ada.fill("#reason", "Paragraph 25 says so.")
    ada.click("text=Show what it would change")
    looked = ada.inner_text(".effects")
    ada.click("text=Put before a second person")

    ben.goto(ada.url)
    ben.click("button.act")

    reader = browser.new_page()
    reader.goto(f"{site}/en/toy/states/XHA/?on=2009-01-01&known=2009-01-01")
    assert "What it would change" in looked
    assert "approved" in ben.inner_text(".dateline")
    assert "Extended to 18 August 2010." in reader.inner_text("main")
    assert reader.context.cookies() == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_of_the_desk_shuts_anyone_out(browser, site, language, width):
    page = signed_in(browser, site, "ben", width)
    paths = [
        "desk/", "desk/toy/", "desk/toy/propose/", "desk/toy/propose/?act=correct&fact=XIA.postponement-granted.A3",
        "desk/toy/fact/?key=XIA.postponement-granted.A3", "desk/toy/proposals/1/",
        "toy/corrections/?fact=XIA.postponement-granted.A3", "toy/corrections/received/", "desk/sign-in/",
    ]  # fmt: skip
    found = {}

    for path in paths:
        page.goto(f"{site}/{language}/{path}")
        found[path] = faults(page)

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_in_the_dark_every_word_of_a_form_can_be_read(browser, site):
    page = signed_in(browser, site, "ben", color_scheme="dark")
    page.goto(f"{site}/en/desk/toy/propose/?act=correct&fact=XIA.postponement-granted.A3")

    page.click("text=Put before a second person")

    assert re.search("No reason is given", page.inner_text("main"))
    assert faults(page) == []
