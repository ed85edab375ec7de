"""CSS and templates: what holds in every direction of writing, and without script."""

import re

from tests.house.house import SOURCES, files, named

STYLES = files(SOURCES, ".css")
TEMPLATES = files(SOURCES, ".html")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SIDES = "left|right|top|bottom"
PHYSICAL = re.compile(
    rf"""(?<![\w-])(?:
        (?:margin|padding|border|scroll-margin|scroll-padding|inset)-(?:{SIDES})(?:-\w+)?\s*:
        | border-(?:top|bottom)-(?:left|right)-radius\s*:
        | (?:{SIDES}|width|height|(?:min|max)-(?:width|height))\s*:
        | (?:text-align|float|clear)\s*:\s*(?:left|right)
    )""",
    re.VERBOSE,
)
IN_CONDITION = re.compile(r"@(?:media|container)[^{]*")
ID = re.compile(r"(?:^|[\s,>+~}])#[a-z][\w-]*(?=[^;]*{)", re.MULTILINE)


def rules_of(path):
    return IN_CONDITION.sub("@if ", COMMENT.sub("", path.read_text(encoding="utf-8")))


def test_properties_are_logical_so_that_a_page_may_run_from_right_to_left():
    found = {named(path): PHYSICAL.findall(rules_of(path)) for path in STYLES if PHYSICAL.search(rules_of(path))}

    assert found == {}


def test_nothing_is_important_except_in_print():
    found = [named(path) for path in STYLES if path.name != "print.css" and "!important" in rules_of(path)]

    assert found == []


def test_no_style_hangs_on_an_id():
    found = {named(path): ID.findall(rules_of(path)) for path in STYLES if ID.search(rules_of(path))}

    assert found == {}


def test_every_file_of_styles_is_in_a_layer():
    found = [named(path) for path in STYLES if "@layer" not in path.read_text(encoding="utf-8")]

    assert found == []


def test_templates_carry_no_style_and_no_script_of_their_own():
    inline = re.compile(r"<style\b|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", re.IGNORECASE)

    found = [named(path) for path in TEMPLATES if inline.search(path.read_text(encoding="utf-8"))]

    assert found == []


def test_these_rules_would_notice():
    noticed = [
        "margin-left: 1px",
        "border-top-left-radius: 0",
        "{left: 0",
        "text-align: right",
        "max-width: 3em",
        "float:left",
    ]
    passed = [
        "margin-inline-start: 1px",
        "inset-inline: 0",
        "text-align: start",
        "max-inline-size: 3em",
        "border-block-end: 0",
    ]

    assert [text for text in noticed if not PHYSICAL.search(text)] == []
    assert [text for text in passed if PHYSICAL.search(text)] == []
