"""Phrases: runs of words that keep their language and direction."""

from datetime import date, time

import pytest

from servanda.common.languages import Text
from servanda.common.names import united_nations
from servanda.common.phrases import Phrase, Scribe, Words
from servanda.common.wording import N_

LAMPS = Text.of({"en": "lamps", "fr": "lampes"})


@pytest.mark.parametrize(
    ("words", "around", "expected"),
    [
        (Words("lamp", "en"), "ltr", "lamp"),
        (Words("lamp", "en"), "rtl", "\u2066lamp\u2069"),
        (Words("مصباح", "ar"), "rtl", "مصباح"),
        (Words("مصباح", "ar"), "ltr", "\u2067مصباح\u2069"),
        (Words("LAMP/W2/1"), "ltr", "LAMP/W2/1"),
        (Words("LAMP/W2/1"), "rtl", "\u2068LAMP/W2/1\u2069"),
        (Words("1."), "rtl", "\u20671.\u2069"),
        (Words("6a."), "rtl", "\u20676a.\u2069"),
        (Words("2 (a)"), "rtl", "\u20682 (a)\u2069"),
    ],
)
def test_words_are_isolated_where_they_could_disturb_the_line(words, around, expected):
    assert words.in_line(around) == expected


def test_a_sentence_that_lacks_its_translation_is_isolated_as_one():
    phrase = Scribe("ar").say("Nobody translated {what} of {day}.", what=LAMPS, day=time(10))

    assert phrase.in_line("rtl") == "\u2066Nobody translated lamps of 10:00.\u2069"


def test_marks_follow_the_words_that_they_mark():
    phrase = Scribe("es").put(LAMPS)

    assert phrase.in_line("ltr", {"missing": "*"}) == "lamps*"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "تشاد وعمان"),
        ("en", "Chad and Oman"),
        ("es", "Chad y Omán"),
        ("fr", "Tchad et Oman"),
        ("ru", "Чад и Оман"),
        ("zh", "乍得和阿曼"),
    ],
)
def test_names_are_joined_as_the_language_joins_them(language, expected):
    scribe, states = Scribe(language), united_nations().states

    assert str(scribe.listed([scribe.put(states[code]) for code in ("TCD", "OMN")])) == expected


def test_a_list_of_nothing_is_nothing():
    assert Scribe("en").listed([]) == Phrase()


def test_three_names_stand_in_english_without_a_comma_before_the_last():
    scribe = Scribe("en")

    assert str(scribe.listed([scribe.put(letter) for letter in "ABC"])) == "A, B and C"


@pytest.mark.parametrize(("language", "expected"), [("ar", "A، B"), ("en", "A, B"), ("zh", "A，B")])
def test_what_stands_in_line_has_the_comma_of_the_language(language, expected):
    scribe = Scribe(language)

    assert str(scribe.in_line([scribe.put("A"), scribe.put("B")])) == expected


def test_dates_and_states_in_a_sentence_are_of_its_language():
    scribe, chad = Scribe("fr"), united_nations().states["TCD"]

    phrase = scribe.say(N_("{who}: {gives}"), who=chad, gives=date(2024, 6, 1))

    assert [(run.text, run.language) for run in phrase.runs if run.language] == [
        ("Tchad", "fr"),
        (phrase.runs[1].text, "fr"),
        ("1er juin 2024", "fr"),
    ]
