"""The programme in a real browser: accessible, reachable by keyboard, reflowing, and printed as a document."""

import re

import pytest

from tests.web.test_browser import AXE, browser, page, site

__all__ = ["browser", "page", "site"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = [
    "programme/", "programme/items/2/", "programme/items/3/", "programme/items/6.b/",
    "programme/items/completion-2025/", "states/", "states/UKR/", "states/CHE/", "",
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_a_programme_shuts_anyone_out(site, page, path, language):
    page.goto(f"{site}/{language}/apmbc/IM2024/{path}")

    found = page.evaluate(f"() => {{ {AXE}; return axe.run() }}")

    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_each_page_of_a_programme_fits_320_pixels(site, page, path, language):
    page.set_viewport_size({"width": 320, "height": 640})

    page.goto(f"{site}/{language}/apmbc/IM2024/{path}")

    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize(("language", "fewest", "most"), [("en", 4, 6), ("ar", 4, 6)])
def test_the_programme_prints_on_few_sheets_of_a4(site, page, language, fewest, most):
    page.goto(f"{site}/{language}/apmbc/IM2024/programme/")

    paper = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="print")
    hidden = page.evaluate(
        "['.about', '.path', '.times', '.floor__why', '.masthead__languages']"
        ".map(each => getComputedStyle(document.querySelector(each)).display)"
    )
    sizes = page.evaluate(
        "['body', '.line__title'].map(each => getComputedStyle(document.querySelector(each)).fontSize)"
    )

    sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert fewest <= len(sheets) <= most
    assert {(round(float(width)), round(float(height))) for width, height in sheets} == {(595, 842)}
    assert (set(hidden), sizes) == ({"none"}, ["14px", "14px"])


def test_a_long_item_goes_on_over_the_page_and_a_list_item_stays_whole(site, page):
    page.goto(f"{site}/en/apmbc/IM2024/programme/")
    page.emulate_media(media="print")

    inside = page.evaluate(
        "['.line', '.floor li', '.line p'].map(each => getComputedStyle(document.querySelector(each)).breakInside)"
    )
    after = page.evaluate(
        "['.line__title', '.floor__who'].map(each => getComputedStyle(document.querySelector(each)).breakAfter)"
    )

    assert (inside, after) == (["auto", "avoid", "avoid"], ["avoid", "avoid"])


def test_notes_stand_at_the_end_of_the_paper(site, page):
    page.goto(f"{site}/en/apmbc/IM2024/programme/")
    page.emulate_media(media="print")

    below = page.evaluate(
        "document.querySelector('.notes').getBoundingClientRect().top"
        " > [...document.querySelectorAll('.line')].at(-1).getBoundingClientRect().bottom"
    )

    assert below


def test_the_mark_of_a_note_leads_there_and_back_by_keyboard(site, page):
    page.goto(f"{site}/en/apmbc/IM2024/programme/")

    page.focus("#mark-1")
    page.keyboard.press("Enter")
    there = page.evaluate("location.hash")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('role')")
    page.keyboard.press("Enter")

    assert (there, focused, page.evaluate("location.hash")) == ("#note-1", "doc-backlink", "#mark-1")


@pytest.mark.parametrize("path", PAGES)
def test_the_focus_goes_through_a_page_in_the_order_in_which_it_reads(site, page, path):
    page.goto(f"{site}/en/apmbc/IM2024/{path}")
    reachable = page.evaluate(
        "[...document.querySelectorAll('main :is(a[href], button, input:not([type=hidden]), [tabindex=\"0\"])')].length"
    )
    page.focus("main")

    seen = []
    for _step in range(min(reachable, 60)):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "[...document.querySelectorAll('main a[href], main button, main input, main [tabindex=\"0\"]')]"
                ".indexOf(document.activeElement)"
            )
        )

    assert seen == sorted(seen)
    assert -1 not in seen


@pytest.mark.parametrize("path", ["programme/", "states/UKR/"])
def test_what_stands_alone_to_be_pressed_is_24_pixels_high(site, page, path):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site}/en/apmbc/IM2024/{path}")

    small = page.evaluate(
        "[...document.querySelectorAll('.about a, .floor__why a, .notes__mark, .floor sup a, .formats a, button')]"
        ".filter(each => each.getBoundingClientRect().height < 24 || each.getBoundingClientRect().width < 24)"
        ".map(each => each.outerHTML)"
    )

    assert small == []


def test_a_programme_reads_in_the_dark_too(site, browser):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{site}/en/apmbc/IM2024/programme/")

    found = page.evaluate(f"() => {{ {AXE}; return axe.run({{runOnly: ['color-contrast']}}) }}")

    context.close()
    assert found["violations"] == []
