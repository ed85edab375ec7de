"""The second convention is data alone: what its pack yields, beside published numbers and its fact base."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from servanda.register.deadlines import begin, membership
from servanda.register.status import find_obligation
from tests.packs.shelf import a_fact, bench_of, day, question, status_of, tier_of

FACT_BASE = Path(__file__).parents[3] / "shared" / "facts" / "ccm"
from_the_fact_base = pytest.mark.skipif(
    not FACT_BASE.is_dir(), reason="the fact base that the pack was made from is not here"
)
GRANTED = {"article3.csv": "stockpile-extension-granted", "article4.csv": "clearance-extension-granted"}
ARTICLES = {"article3.csv": "article-3", "article4.csv": "article-4"}


def rows_of(name):
    """The rows of a file of the fact base."""
    with (FACT_BASE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bound_on(on):
    """The States Parties of a day, by facts alone."""
    bench = bench_of("ccm")
    view = bench.register.as_known(date.max).firm
    return {state for state in view.subjects() if membership(bench.pack, view, state).binds_on(day(on))}


def at_work_on(on):
    """The States with clearance left on a day, by facts alone, as known at any time."""
    asked = question("ccm", day(on), date.max)
    rule = find_obligation(asked.pack, "article-4")
    return {state for state in asked.view.subjects() if asked.firm.status_in_view(rule, state).is_open}


@pytest.mark.parametrize(
    ("on", "number"),
    [
        ("2010-07-31", 0),
        ("2010-08-01", 30),
        ("2024-06-18", 112),
        ("2025-03-05", 112),
        ("2025-03-06", 111),
        ("2026-03-01", 112),
    ],
)
def test_the_number_of_states_parties_is_as_published(on, number):
    assert len(bound_on(on)) == number


def test_a_signatory_is_no_state_party():
    view = bench_of("ccm").register.as_known(date.max)
    signed_only = {state for state in view.subjects() if not view.facts(state, "deposit")}

    assert len(signed_only) == 12
    assert not signed_only & bound_on("2026-03-01")


def test_ten_states_had_clearance_left_on_the_tenth_anniversary():
    assert at_work_on("2020-08-01") == {"AFG", "BIH", "CHL", "DEU", "IRQ", "LAO", "LBN", "MRT", "SOM", "TCD"}


def test_ten_states_had_clearance_left_at_the_end_of_2025():
    assert at_work_on("2025-12-31") == {"AFG", "CHL", "DEU", "IRQ", "LAO", "LBN", "MRT", "SOM", "SSD", "TCD"}


def test_a_date_that_is_not_verified_withholds_the_date_that_is():
    before = status_of("ccm", "article-4", "DEU", day("2024-06-18"))
    after = status_of("ccm", "article-4", "DEU", day("2024-10-01"))

    assert (before.word, before.due) == ("extended", day("2025-08-01"))
    assert (after.word, after.due) == ("unknown", None)


def test_no_deadline_is_said_to_have_passed_on_any_state():
    asked = question("ccm", day("2026-03-01"))
    words = {asked.status(name, state).word for name in asked.pack.obligations for state in asked.view.subjects()}

    assert "deadline passed" not in words
    assert "met late" not in words


def test_what_a_state_says_stands_beside_what_others_say_of_it():
    found = status_of("ccm", "article-3", "GNB", day("2024-06-18"))

    said = [str(step.sentence) for step in found.steps]

    assert found.word == "unknown"
    assert "Stated to hold no stocks, or none any more, May 2022." in said
    assert any(sentence.startswith("Reported: the deadline for destroying stocks passed") for sentence in said)


def test_a_decision_known_by_its_year_alone_proves_no_missed_period():
    found = status_of("ccm", "article-4", "LBN", day("2024-06-18"))

    assert (found.due, found.missed) == (day("2026-05-01"), ())


def test_the_horizon_of_a_formal_meeting_is_the_end_of_the_next_year():
    found = tier_of("ccm", "article-4-extension-requests", "12MSP")

    assert [str(sentence) for sentence in found.horizons] == [
        "It looks to 31 December 2025, the end of the year that the pack counts from \u206812MSP\u2069."
    ]


def test_each_part_of_a_conference_that_met_twice_is_a_formal_meeting():
    calendar = bench_of("ccm").calendar

    ahead = [
        calendar.next_formal_meeting(calendar.meeting(code)).code for code in ("9MSP", "2RC-P1", "2RC-P2", "IM2022")
    ]

    assert ahead == ["2RC-P1", "2RC-P2", "10MSP", "10MSP"]


@pytest.mark.parametrize(("ended", "due"), [("2018-06-30", "2028-06-30"), ("2015-12-31", "2026-03-01")])
def test_ten_years_run_from_the_end_of_hostilities_where_that_came_later(ended, due):
    bench = bench_of("ccm")
    told = a_fact(key="SOM.invented", state="SOM", predicate="active-hostilities-ended", on=ended)
    register = replace(bench.register, facts=(*bench.register.facts, told))

    found = status_of("ccm", "article-4", "SOM", day("2024-06-18"), register=register)

    assert (found.word, found.due) == ("pending", day(due))


@from_the_fact_base
def test_entry_into_force_is_that_of_the_fact_base_for_each_state():
    bench = bench_of("ccm")
    view = bench.register.as_known(date.max).firm

    found = {row["iso3"]: str(membership(bench.pack, view, row["iso3"]).entry or "") for row in rows_of("states.csv")}

    assert found == {row["iso3"]: row["entry_into_force"] for row in rows_of("states.csv")}


@from_the_fact_base
@pytest.mark.parametrize("name", ARTICLES)
def test_first_deadlines_are_those_of_the_fact_base(name):
    bench = bench_of("ccm")
    view = bench.register.as_known(date.max).firm
    rule = find_obligation(bench.pack, ARTICLES[name])
    expected = {row["iso3"]: row["deadline"] for row in rows_of(name) if row["event"] == "initial_deadline"}

    found = {state: str(begin(rule, membership(bench.pack, view, state).entry).due) for state in expected}

    assert found == expected


@from_the_fact_base
@pytest.mark.parametrize("name", GRANTED)
def test_each_extension_of_the_fact_base_stands_as_a_fact_or_a_lead(name):
    view = bench_of("ccm").register.as_known(date.max)
    granted = {row["iso3"] for row in rows_of(name) if row["event"] == "extension_granted"}

    found = sorted((state, fact.value) for state in granted for fact in view.facts(state, GRANTED[name]) if fact.value)

    assert found == sorted(
        (row["iso3"], row["deadline"]) for row in rows_of(name) if row["event"] == "extension_granted"
    )


@from_the_fact_base
def test_only_leads_rest_on_what_nobody_verified():
    facts = bench_of("ccm").register.facts

    assert {fact.standing for fact in facts if fact.source.key == "unverified"} == {"lead"}
