"""Where sources disagree, both stand side by side; what only looks alike is left alone."""

from dataclasses import replace

import pytest

from servanda.register.disputes import disputes
from tests.packs.shelf import a_fact, bench_of

GRANT = a_fact(key="one", predicate="postponement-granted", on="2007-05-18", value="2009-01-01", meeting="A3")


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        ({"value": "2010-01-01"}, True),
        ({"stance": "denied"}, True),
        ({"value": "2009-01-01"}, False),
        ({"value": ""}, False),
        ({"value": "2010-01-01", "meeting": "A4"}, False),
        ({"value": "2010-01-01", "predicate": "coasts-lit"}, False),
    ],
)
def test_facts_disagree_if_they_tell_of_one_matter_and_differ_or_deny(other, differs):
    second = replace(GRANT, key="two", **other)

    found = disputes(bench_of("toy").pack, [GRANT, second])

    assert found == ([(GRANT, second)] if differs else [])


def test_statements_of_different_years_are_no_disagreement():
    counted = [
        a_fact(key=f"lanterns.{year}", predicate="lanterns-kept", on=year, value=value)
        for year, value in (("2004", "7"), ("2005", "3"))
    ]

    assert disputes(bench_of("toy").pack, counted) == []


def test_two_clauses_of_one_decision_are_no_disagreement():
    clauses = [
        a_fact(key=f"asked.{due}", predicate="report-asked", on="2005-05-13", value=due, meeting="A2")
        for due in ("2006-04-01", "2007-04-01")
    ]

    assert disputes(bench_of("toy").pack, clauses) == []


def test_a_denial_alone_is_shown_as_one():
    denied = replace(GRANT, stance="denied")

    assert disputes(bench_of("toy").pack, [denied]) == [(denied,)]
