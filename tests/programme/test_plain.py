"""A programme as text: a paper in each of the six languages."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from servanda.programme.plain import WIDTH, plain_text, width, wrapped
from servanda.programme.sheet import sheet
from tests.packs.shelf import contents_of
from tests.programme.house_words import HouseWords
from tests.programme.plans import lighthouse_plan

EXPECTED = Path(__file__).parent / "expected"
SIX = ("ar", "en", "es", "fr", "ru", "zh")
NAMES = contents_of("toy").pack.names
OPENING, CLOSING = "\u2066\u2067\u2068", "\u2069"


@pytest.fixture(autouse=True)
def house_words(monkeypatch):
    monkeypatch.setattr("servanda.common.phrases.catalogue", HouseWords)


def printed(language):
    return plain_text(sheet(lighthouse_plan(), NAMES, language))


@pytest.mark.parametrize("language", SIX)
def test_the_programme_reads_as_a_paper_in_each_language(language):
    expected = (EXPECTED / f"W2.{language}.txt").read_text(encoding="utf-8")

    assert printed(language) == expected


@pytest.mark.parametrize("language", SIX)
def test_no_line_is_wider_than_the_paper_and_none_ends_in_a_blank(language):
    lines = printed(language).splitlines()

    assert [line for line in lines if width(line) > WIDTH] == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_every_number_and_name_in_another_script_is_isolated_in_arabic():
    lines = printed("ar").splitlines()
    isolated = re.compile(f"[{OPENING}][^{OPENING}{CLOSING}]*{CLOSING}")

    outside = [isolated.sub("", line) for line in lines]

    assert [line for line in outside if re.search("[A-Za-z]", line)] == []
    assert "\u20682 (a)\u2069 المصابيح" in "\n".join(lines)


@pytest.mark.parametrize("language", SIX)
def test_every_isolate_is_closed_in_its_line(language):
    lines = printed(language).splitlines()

    assert [line for line in lines if not is_closed(line)] == []


def is_closed(line):
    depth = 0
    for sign in line:
        depth += (sign in OPENING) - (sign == CLOSING)
        if depth < 0:
            return False
    return depth == 0


def test_what_is_isolated_over_two_lines_is_so_in_each():
    lines = list(wrapped(f"\u2066{'far ' * 20}\u2069", 2, "- "))

    assert lines == [f"- \u2066{'far ' * 18}far\u2069", "  \u2066far \u2069"]


def test_english_needs_no_isolates():
    assert set(printed("en")) & {*OPENING, CLOSING} == set()


def test_the_same_programme_gives_the_same_bytes():
    assert printed("ar").encode() == printed("ar").encode()


@given(some.lists(some.text("ab漢字。ا", min_size=1, max_size=12), max_size=30), some.integers(0, 30))
def test_wrapping_loses_nothing_and_keeps_to_the_width(words, indent):
    lines = list(wrapped(" ".join(words), indent, " " * indent))

    assert "".join("".join(lines).split()) == "".join(words)
    assert max(map(width, lines), default=0) <= WIDTH


def test_a_word_that_is_wider_than_the_paper_keeps_a_line_of_its_own():
    assert list(wrapped(f"see {'x' * 90} now", 2, "- ")) == ["- see", f"  {'x' * 90}", "  now"]


def test_chinese_breaks_between_signs_and_never_before_a_full_stop():
    lines = list(wrapped("灯" * 39 + "。" + "塔", 0, ""))

    assert lines == ["灯" * 38, "灯。塔"]
