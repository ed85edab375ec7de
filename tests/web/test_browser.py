"""The pages in a real browser, from the real server: accessible, reflowing, right to left, printable."""

import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import sync_playwright

from servanda.common.languages import OFFERED
from tests.conftest import CHROMIUM
from tests.processes import own_database, servanda
from tests.web.walk import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Whatever scrolls sideways inside a page that does not.
SCROLLING = "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.ariaLabel)"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of the real server with the pack loaded, on a free port of this machine."""
    with own_database(tmp_path_factory.mktemp("site")) as environment:
        assert servanda(environment, "load", "apmbc").returncode == 0
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


def wait_for(address):
    """The address, once its server answers."""
    for _attempt in range(100):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return address
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


@pytest.fixture(scope="module")
def browser():
    """A browser without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser):
    """A page of its own, which fails its test if anything goes to the console."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    made = context.new_page()
    said = []
    made.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield made
    context.close()
    assert [words for words in said if "404" not in words] == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_shuts_anyone_out(site, page, path, language):
    page.goto(f"{site}/{language}/{path}")

    # Evaluated, not added as a script: the pages' own policy forbids scripts, and is left as it is.
    found = page.evaluate(f"() => {{ {AXE}; return axe.run() }}")

    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_each_page_fits_320_pixels_without_scrolling_sideways(site, page, path, language):
    page.set_viewport_size({"width": 320, "height": 640})

    page.goto(f"{site}/{language}/{path}")

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate(SCROLLING) == []


def test_arabic_runs_from_the_right_and_its_own_letters_are_served(site, page):
    page.goto(f"{site}/ar/apmbc/IM2024/")

    heading = page.locator("h1").bounding_box()
    name = page.locator(".masthead__name").bounding_box()

    assert name["x"] > heading["x"] + heading["width"] / 2
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Noto Sans Arabic\"', 'م'))")


def test_the_first_tab_leads_past_the_head_to_the_content(site, page):
    page.goto(f"{site}/en/apmbc/IM2024/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_days_are_asked_by_keyboard_and_stand_in_the_address(site, page):
    page.goto(f"{site}/en/apmbc/states/TCD/")

    page.fill("input[name=on]", "2019-11-01")
    page.fill("input[name=known]", "2019-11-01")
    page.press("input[name=known]", "Enter")
    page.wait_for_url(re.compile(r"\?on=2019-11-01&known=2019-11-01$"))

    assert page.locator("#article-5 ~ .status").inner_text() == "extended Extended to 1 January 2020."


def test_the_board_of_all_states_prints_on_a_few_sheets_with_its_head_on_each(site, page):
    page.goto(f"{site}/en/apmbc/board/?on=2024-06-18&known=2024-06-18")

    paper = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="print")

    assert 4 <= len(re.findall(rb"/MediaBox", paper)) <= 10
    assert page.evaluate("getComputedStyle(document.querySelector('.board thead')).display") == "table-header-group"
    assert page.evaluate("getComputedStyle(document.querySelector('.times')).display") == "none"


def test_the_board_is_narrowed_by_a_plain_form(site, page):
    page.goto(f"{site}/en/apmbc/board/")

    page.select_option("select[name=status]", "not applicable")
    page.fill("input[name=on]", "2024-06-18")
    page.fill("input[name=known]", "2024-06-18")
    page.click(".times button")

    shown = set(page.locator(".board tbody td:nth-of-type(1)").all_inner_texts())
    assert shown == {"not applicable"}
    assert "status=not+applicable&on=2024-06-18&known=2024-06-18" in page.url


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_meeting_prints_on_few_sheets_of_a4(site, page, language):
    page.goto(f"{site}/{language}/apmbc/IM2024/")

    paper = page.pdf(prefer_css_page_size=True)

    sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert 3 <= len(sheets) <= 20
    assert {(round(float(width)), round(float(height))) for width, height in sheets} == {(595, 842)}


@pytest.mark.parametrize("language", OFFERED)
@pytest.mark.parametrize("surface", ["paper", "lamp"])
def test_every_part_of_the_interface_is_open_to_all_on_both_surfaces(site, page, language, surface):
    page.goto(f"{site}/{language}/kit/?surface={surface}")

    found = page.evaluate(f"() => {{ {AXE}; return axe.run() }}")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
    assert ground == {"paper": "rgb(255, 255, 255)", "lamp": "rgb(12, 20, 27)"}[surface]


def test_the_kit_prints_black_on_white_from_either_surface(site, page):
    page.goto(f"{site}/en/kit/?surface=lamp")

    paper = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="print")

    assert 2 <= len(re.findall(rb"/MediaBox", paper)) <= 8
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead__languages')).display") == "none"


def test_chinese_words_take_one_file_of_the_font_that_is_served(site, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(f"{site}/en/apmbc/glossary/")

    # Where the system has Chinese letters the served ones are not asked for: name them alone.
    page.evaluate("document.querySelectorAll('[lang=zh]').forEach(e => { e.style.fontFamily = 'Noto Sans SC' })")
    page.wait_for_function("() => [...document.fonts].some(e => e.family.includes('SC') && e.status === 'loaded')")

    assert [name for name in asked if name.startswith("noto-sans-sc")] == ["noto-sans-sc-house.woff2"]


@pytest.mark.parametrize("path", ["", "apmbc/IM2024/", "apmbc/board/"])
def test_a_page_reads_in_the_dark_too(site, browser, path):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{site}/en/{path}")

    found = page.evaluate(f"() => {{ {AXE}; return axe.run({{runOnly: ['color-contrast']}}) }}")

    context.close()
    assert found["violations"] == []
