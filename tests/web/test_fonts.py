"""Arabic and Chinese letters: every sign that the house shows is in a font that it serves."""

import csv
import hashlib
import json
import re

from babel.messages.pofile import read_po

from tests.house.house import ROOT, SOURCES

STATIC = SOURCES / "web" / "static"
LISTED = json.loads((ROOT / "tools" / "fonts.json").read_text(encoding="utf-8"))
FACES = re.compile(r"url\(\"\.\./fonts/([^\"]+)\"\).*?unicode-range: ([^;]+);", re.DOTALL)
CHINESE = {sign for told in LISTED.values() for sign in told["signs"]}
LETTERS = {
    "ar": re.compile(r"[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"),
    "zh": re.compile(r"[\u2e80-\u9fff\uff00-\uffef]"),
}
DATA = [*(SOURCES / "common" / "data").glob("*.csv"), *(ROOT / "packs").rglob("*.yaml")]


def within(ranges):
    """Every sign that a `unicode-range` names."""
    spans = [span.strip().removeprefix("U+").split("-") for span in ranges.split(",")]
    return {chr(sign) for span in spans for sign in range(int(span[0], 16), int(span[-1], 16) + 1)}


def faces(style):
    """Of each font file that a style names, the signs for which it is asked."""
    return {
        name: within(ranges) for name, ranges in FACES.findall((STATIC / "css" / style).read_text(encoding="utf-8"))
    }


def shown_in(code):
    """Every letter of a script in the catalogue of its language, in the packs and in the names of States."""
    texts = [path.read_text(encoding="utf-8") for path in DATA]
    for path in (SOURCES / "common" / "locale").glob(f"{code}/LC_MESSAGES/*.po"):
        with path.open("rb") as file:
            texts += [str(message.string) for message in read_po(file)]
    return {sign for text in texts for sign in LETTERS[code].findall(text)}


def test_every_arabic_letter_is_in_the_font_that_is_served():
    missing = shown_in("ar") - set.union(*faces("tokens.css").values())

    assert missing == set()
    assert "م" in shown_in("ar")


def test_every_chinese_sign_is_in_a_font_that_is_served():
    missing = shown_in("zh") - CHINESE

    assert missing == set()
    assert "国" in shown_in("zh")


def test_the_names_of_all_states_need_no_more_than_one_file():
    with (SOURCES / "common" / "data" / "states.csv").open(encoding="utf-8", newline="") as file:
        names = {sign for row in csv.DictReader(file) for sign in row["zh"]}

    assert names - set(LISTED["noto-sans-sc-house.woff2"]["signs"]) == set()


def test_the_list_of_fonts_is_that_of_the_files():
    digests = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (STATIC / "fonts").glob("noto-sans-sc-*")
    }

    assert {name: told["sha256"] for name, told in LISTED.items()} == digests


def test_a_browser_finds_each_sign_in_the_last_file_that_is_asked_for_it():
    asked = faces("chinese.css")
    last = {sign: name for name, signs in asked.items() for sign in signs}

    wrong = {sign for name, told in LISTED.items() for sign in told["signs"] if last.get(sign) != name}

    assert list(asked)[-1] == "noto-sans-sc-house.woff2"
    assert {sign for sign in wrong if sign > " "} == set()


def test_the_fonts_stay_small():
    assert sum(path.stat().st_size for path in (STATIC / "fonts").iterdir()) < 4_000_000
