"""Names of States: found exactly, whatever the case and accents, and never by likeness."""

import pytest

from servanda.common.names import UnknownState, fold, united_nations

SIX = ("ar", "en", "es", "fr", "ru", "zh")


@pytest.mark.parametrize("text", ["TCD", "tcd", "Chad", "Tchad", "TCHAD", " tchad ", "Чад", "تشاد", "乍得"])
def test_a_state_is_found_by_its_code_and_its_names_in_six_languages(text):
    found = united_nations().find(text)

    assert found.code == "TCD"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Cote d'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("TÜRKIYE", "TUR"),
        ("Turkiye", "TUR"),
        ("Guinea‑Bissau", "GNB"),
    ],
)
def test_accents_apostrophes_and_hyphens_make_no_difference(text, code):
    found = united_nations().find(text)

    assert found.code == code


@pytest.mark.parametrize("text", ["", "Chadd", "Chat", "Nige", "Ottawa", "XAA"])
def test_what_is_only_like_a_name_is_refused(text):
    with pytest.raises(UnknownState) as refused:
        united_nations().find(text)

    assert str(refused.value) == (
        f"{text!r} is not a State that Servanda knows. States are found by their ISO code or their exact UN name, "
        "never by likeness. Write the three-letter code (TCD) or the UN short name (Chad, Tchad)."
    )


def test_no_name_belongs_to_two_states():
    states = united_nations().states.values()

    owners = {}
    for state in states:
        for name in state.names.values():
            owners.setdefault(fold(name), set()).add(state.code)

    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_every_state_has_a_name_in_each_language():
    missing = [
        (state.code, code) for state in united_nations().states.values() for code in SIX if not state.names[code]
    ]

    assert missing == []


def test_niger_and_nigeria_and_the_two_congos_are_told_apart():
    found = {
        text: united_nations().find(text).code
        for text in ("Niger", "Nigeria", "Congo", "Democratic Republic of the Congo")
    }

    assert found == {"Niger": "NER", "Nigeria": "NGA", "Congo": "COG", "Democratic Republic of the Congo": "COD"}


def test_the_order_of_names_is_that_of_the_language():
    codes = ["TCD", "AFG", "DEU", "ERI"]

    found = {
        language: [state.code for state in united_nations().sorted_in(codes, language)] for language in ("en", "fr")
    }

    assert found == {"en": ["AFG", "TCD", "ERI", "DEU"], "fr": ["AFG", "DEU", "ERI", "TCD"]}
