"""Texts in several languages, sentences with places in them, and refusals that say what, why and what to do."""

from datetime import date

import pytest

from servanda.common.languages import LANGUAGES, Text
from servanda.common.refusals import Refusal, Unknown, WrongUsage
from servanda.common.wording import N_, Sentence

SEA = Text.of({"en": "sea", "fr": "mer"})


def test_a_text_is_shown_in_the_language_asked_for():
    found = SEA.shown_in("fr")

    assert (found.words, found.language.code, found.stands_in) == ("mer", "fr", False)


def test_a_missing_translation_shows_the_original_and_says_so():
    found = SEA.shown_in("ar")

    assert (found.words, found.language.code, found.stands_in) == ("sea", "en", True)


def test_the_six_languages_each_know_which_way_they_run():
    found = {code for code, language in LANGUAGES.items() if language.direction == "rtl"}

    assert (sorted(LANGUAGES), found) == (["ar", "en", "es", "fr", "ru", "zh"], {"ar"})


def test_a_sentence_says_its_date_as_its_reader_would():
    sentence = Sentence.of(N_("The deadline is {due}."), due=date(2024, 6, 18))

    assert sentence.said_in("en") == "The deadline is 18 June 2024."


@pytest.mark.parametrize(
    ("refusal", "exit_code", "status"), [(Refusal, 1, 409), (WrongUsage, 2, 400), (Unknown, 2, 404)]
)
def test_a_refusal_ends_a_command_and_a_request_alike(refusal, exit_code, status):
    made = refusal("The list is closed.", "The President closed it.", "Ask the President.")

    assert str(made) == "The list is closed. The President closed it. Ask the President."
    assert (made.exit_code, made.status) == (exit_code, status)


@pytest.mark.parametrize(("language", "said"), [("en", True), ("fr", True), ("zh", False)])
def test_words_that_read_alike_in_two_languages_are_said_where_the_texts_in_them_are(language, said):
    sentence = Sentence.of(N_("{what}, {when}."), what=SEA, when=date(2012, 1, 1))

    assert sentence.is_said_in(language) is said


def test_words_that_no_catalogue_holds_are_said_in_english_alone():
    sentence = Sentence.of("Nobody translated this.")

    assert [code for code in LANGUAGES if sentence.is_said_in(code)] == ["en"]
