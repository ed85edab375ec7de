"""Canonical text: one body has one text, and what has no single form is refused."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from servanda.journal.chain import NotCanonical, canonical

TEXTS = some.text(some.characters(exclude_categories=["Cs"]), max_size=8)
NAMES = TEXTS.map(lambda text: unicodedata.normalize("NFC", text))
VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | TEXTS,
    lambda parts: some.lists(parts, max_size=3) | some.dictionaries(NAMES, parts, max_size=3),
    max_leaves=8,
)


@given(
    some.dictionaries(NAMES, VALUES, max_size=6).flatmap(
        lambda body: some.tuples(some.just(body), some.permutations(list(body.items())).map(dict))
    )
)
def test_a_mapping_has_the_same_text_in_any_order(bodies):
    one, other = bodies

    assert canonical(one) == canonical(other)


@given(some.dictionaries(NAMES, VALUES, max_size=6))
def test_composed_and_decomposed_letters_have_the_same_text(body):
    def decomposed(value):
        match value:
            case str():
                return unicodedata.normalize("NFD", value)
            case list():
                return [decomposed(part) for part in value]
            case dict():
                return {decomposed(name): decomposed(part) for name, part in value.items()}
        return value

    assert canonical(decomposed(body)) == canonical(body)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({}, "{}"),
        ({"b": 1, "a": [True, None, -2]}, '{"a":[true,null,-2],"b":1}'),
        ({"State": "Co\u0302te d\u2019Ivoire"}, '{"State":"C\u00f4te d\u2019Ivoire"}'),
        ({"e\u0301tat": "x"}, '{"\u00e9tat":"x"}'),
        (
            {"\u0645\u0643\u0627\u0646": ("\u062c\u0646\u064a\u0641",)},
            '{"\u0645\u0643\u0627\u0646":["\u062c\u0646\u064a\u0641"]}',
        ),
        ({"big": 10**30}, '{"big":1000000000000000000000000000000}'),
    ],
)
def test_the_text_has_sorted_names_no_blanks_and_composed_letters(body, text):
    assert canonical(body) == text


def test_a_fraction_is_refused_by_its_place_and_the_way_out():
    with pytest.raises(NotCanonical) as refused:
        canonical({"turn": {"seconds": [180, 1.5]}})

    assert str(refused.value) == (
        "The journal cannot hold 1.5 at turn.seconds[1]. "
        "Its text must have one form only: texts, whole numbers, yes or no, nothing, lists and mappings of these. "
        "Write the value as text."
    )


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"x": float("nan")}, "x"),
        ({"x": b"bytes"}, "x"),
        ({"x": {1: "a number for a name"}}, "x"),
        ({"x": {"set"}}, "x"),
        ({"x": ["half a letter \ud800"]}, "x[0]"),
        ({"half a name \ud800": 1}, "the top"),
        ({"\u00e9": "composed", "e\u0301": "decomposed"}, "the top"),
    ],
)
def test_what_has_no_single_form_is_refused(body, place):
    with pytest.raises(NotCanonical) as refused:
        canonical(body)

    assert refused.value.what.endswith(f" at {place}.")
