"""What holds of every register: order is nothing, later knowledge changes nothing earlier, leads state nothing."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.common.days import When
from servanda.register.facts import Register
from servanda.register.status import Question
from tests.packs.shelf import a_fact, bench_of, tier_of

always_the_same = settings(deadline=None, max_examples=40, derandomize=True)

STATES = tuple(f"X{letter}A" for letter in "ABCDEFGHIJKL")
OBLIGATIONS = ("article-4", "article-7")
DAYS = (date(2003, 1, 1), date(2005, 6, 1), date(2007, 1, 1), date(2007, 12, 1), date(2010, 6, 1))
PREDICATES = (
    "deposit", "entry-into-force", "withdrawal-effective", "dark-coasts-reported", "postponement-requested",
    "postponement-granted", "postponement-refused", "coasts-lit", "light-failed", "keepers-listed",
)  # fmt: skip
KEYS = tuple(fact.key for fact in bench_of("toy").register.facts if fact.standing == "fact")

some_days = st.dates(date(2001, 1, 1), date(2011, 12, 31))


@st.composite
def some_facts(draw, standing="fact", known_from=date(2001, 1, 1)):
    """A fact that some source might tell about an invented State; it may correct another."""
    predicate = draw(st.sampled_from(PREDICATES))
    happened, value = draw(some_days), draw(some_days)
    known = draw(st.dates(known_from, date(2012, 12, 31)))
    return a_fact(
        f"generated.{draw(st.integers(0, 10**9))}",
        draw(st.sampled_from(STATES)),
        predicate,
        happened.isoformat(),
        standing=standing,
        known_on=When.on(known),
        value=value.isoformat() if predicate in ("postponement-granted", "coasts-lit") else "",
        meeting=draw(st.sampled_from(["", "A2", "A3", "A4"])),
        rank=draw(st.sampled_from(["normal", "preferred", "deprecated"])),
        supersedes=draw(st.sampled_from(["", "", "", *KEYS])),
    )


def with_facts(facts):
    held = bench_of("toy").register
    return Register("toy", held.number, (*held.facts, *facts))


def answers(register, known, days=DAYS):
    """Every status of every invented State, to the letter."""
    bench = bench_of("toy")
    view = register.as_known(known)
    return {
        (state, obligation, on): said(Question(bench.pack, bench.calendar, view, on).status(obligation, state))
        for state in STATES
        for obligation in OBLIGATIONS
        for on in days
    }


def said(status):
    steps = tuple((str(step.sentence), tuple(fact.key for fact in step.facts)) for step in status.steps)
    missed = tuple((period.due, period.ended_on) for period in status.missed)
    return (status.word, status.due, str(status.sentence), missed, steps, str(status.caution))


@cache
def answers_of_the_pack(known):
    return answers(bench_of("toy").register, known)


@cache
def answers_by_facts_alone(known):
    facts = tuple(fact for fact in bench_of("toy").register.facts if not fact.is_lead)
    return answers(Register("toy", 1, facts), known)


@always_the_same
@given(st.randoms(use_true_random=False))
def test_the_order_in_which_facts_were_loaded_changes_no_status_and_no_tier(chance):
    register = bench_of("toy").register
    shuffled = list(register.facts)
    chance.shuffle(shuffled)

    other = replace(register, facts=tuple(shuffled))

    assert answers(other, date(2010, 6, 1)) == answers_of_the_pack(date(2010, 6, 1))
    assert [tier_of("toy", "hearing", code, register=other).digest for code in ("W1", "W2")] == [
        tier_of("toy", "hearing", code).digest for code in ("W1", "W2")
    ]


@pytest.mark.parametrize("seed", range(5))
def test_nor_does_it_in_the_real_register(seed):
    register = bench_of("apmbc").register
    shuffled = list(register.facts)
    Random(seed).shuffle(shuffled)

    other = tier_of("apmbc", "extension-requests", "IM2024", register=replace(register, facts=tuple(shuffled)))

    assert other.digest == tier_of("apmbc", "extension-requests", "IM2024").digest


@always_the_same
@given(st.data(), st.sampled_from(DAYS))
def test_a_fact_known_later_changes_no_answer_as_known_before(data, known):
    later = data.draw(st.lists(some_facts(known_from=known + timedelta(days=1)), min_size=1, max_size=6))

    found = answers(with_facts(later), known)

    assert found == answers_of_the_pack(known)


@always_the_same
@given(st.lists(some_facts(standing="lead"), min_size=1, max_size=6), st.sampled_from(DAYS))
def test_a_lead_never_makes_a_statement(leads, known):
    by_facts = answers_by_facts_alone(known)

    found = answers(with_facts(leads), known)

    words = {key: answer[:2] for key, answer in found.items()}
    stated = {key: answer[:2] for key, answer in by_facts.items()}
    assert words == {key: answer if answer == stated[key] else ("unknown", None) for key, answer in words.items()}


@always_the_same
@given(st.lists(some_facts(standing="lead"), min_size=1, max_size=6))
def test_a_lead_puts_no_name_on_a_tier(leads):
    by_facts = {named.state for named in tier_of("toy", "hearing", "W2", register=facts_alone()).named}

    found = {named.state for named in tier_of("toy", "hearing", "W2", register=with_facts(leads)).named}

    assert found - by_facts == set()


@always_the_same
@given(st.lists(some_facts(), max_size=6), st.sampled_from(["W1", "W2"]), st.sampled_from(["hearing", "keepers"]))
def test_every_name_in_a_tier_cites_a_rule_and_a_fact_in_every_step(facts, meeting, tier):
    found = tier_of("toy", tier, meeting, register=with_facts(facts))

    bare = [
        (named.state, str(step.sentence))
        for named in found.named
        for step in named.because
        if step.rule is None or not step.facts
    ]
    assert bare == []
    assert all(named.because for named in found.named)


@always_the_same
@given(st.lists(some_facts(), max_size=8), some_days, some_days)
def test_every_register_has_an_answer_for_every_state_on_every_day(facts, on, known):
    found = answers(with_facts(facts), known, days=(on,))

    assert len(found) == len(STATES) * len(OBLIGATIONS)


def facts_alone():
    facts = tuple(fact for fact in bench_of("toy").register.facts if not fact.is_lead)
    return Register("toy", 1, facts)


def test_every_name_of_the_real_tiers_cites_a_rule_and_a_fact_in_every_step():
    meetings = ("IM2015", "IM2019", "IM2020", "IM2021", "IM2022", "IM2023", "IM2024", "IM2025")
    named = [each for code in meetings for each in tier_of("apmbc", "extension-requests", code).named]

    bare = [each.state for each in named for step in each.because if step.rule is None or not step.facts]

    assert len(named) > 40
    assert bare == []
