"""The ledger of clauses: which facts are clauses, what answered them, and what is not said."""

from dataclasses import replace
from datetime import date

import pytest

from servanda.register.clauses import ClauseKind, clause_kinds, ledger
from servanda.register.facts import Register
from tests.packs.shelf import a_fact, bench_of, question


def asked(on, *facts, known=None):
    """The clauses on one State by the facts given alone."""
    return ledger(question("toy", on=date.fromisoformat(on), known=known, register=Register("toy", 1, facts)), ["XAA"])


def a_clause(due="2006-04-01", on="2005-05-13", key="XAA.asked", **changes):
    """A further report asked for by a decision."""
    return a_fact(key=key, predicate="report-asked", on=on, value=due, meeting="A2", stance="decided", **changes)


def a_grant(due, on, meeting, **changes):
    """A postponement granted by a decision."""
    changed = {"key": f"XAA.granted.{meeting}", "predicate": "postponement-granted", "stance": "decided"} | changes
    return a_fact(on=on, value=due, meeting=meeting, **changed)


def an_answer(on, key="XAA.given", **changes):
    """A further report given."""
    return a_fact(key=key, predicate="report-given", on=on, **changes)


def outcomes(found):
    """What is said to have followed each clause."""
    return [str(clause.outcome).translate({0x2068: None, 0x2069: None}) for clause in found]


def test_the_kinds_of_clause_follow_from_the_rules_of_the_pack():
    found = clause_kinds(bench_of("toy").pack)

    assert found == (
        ClauseKind("postponement-granted", "coasts-lit", replaced_by_next=True),
        ClauseKind("report-asked", "report-given"),
    )


def test_the_ledger_of_the_invented_treaty_tells_each_clause_with_its_day_and_what_followed():
    found = ledger(question("toy", on=date(2008, 1, 1)))

    told = {
        clause.fact.key: (clause.due and clause.due.isoformat(), outcome)
        for clause, outcome in zip(found, outcomes(found), strict=True)
    }
    assert told["XJA.report-asked.A2"] == ("2006-04-01", "Further report given, 1 March 2006.")
    assert told["XIA.report-asked.A2"] == ("2006-04-01", "Whether it was fulfilled is not in the register.")
    assert told["XCA.postponement-granted.A3"] == ("2010-10-30", "Its day is ahead.")


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2006-04-01", "Its day is ahead."),
        ("2006-04-02", "Whether it was fulfilled is not in the register."),
        ("2010-01-01", "Whether it was fulfilled is not in the register."),
    ],
)
def test_silence_after_the_day_of_a_clause_accuses_nobody(on, said):
    assert outcomes(asked(on, a_clause())) == [said]


def test_a_clause_without_a_day_has_none_ahead():
    (clause,) = asked("2006-01-01", a_clause(due=""))

    assert (clause.due, *outcomes([clause])) == (None, "Whether it was fulfilled is not in the register.")


def test_one_answer_fulfils_the_clause_that_waited_longest_and_no_other():
    first, second = a_clause(), a_clause(due="2008-04-01", on="2007-05-18", key="XAA.asked-again")

    found = asked("2009-01-01", first, second, an_answer("2007-12-01"))

    assert [clause.answer and clause.answer.key for clause in found] == ["XAA.given", None]


def test_what_came_before_the_decision_does_not_fulfil_its_clause():
    (clause,) = asked("2009-01-01", a_clause(), an_answer("2005-05-01"))

    assert clause.answer is None


def test_a_further_grant_replaces_the_one_before_and_completion_ends_the_last():
    facts = (
        a_grant("2007-12-31", "2005-05-13", "A2"),
        a_grant("2010-12-31", "2007-05-18", "A3"),
        a_fact(key="XAA.lit", predicate="coasts-lit", on="2009-03-01"),
    )

    found = asked("2010-01-01", *facts)

    assert outcomes(found) == [
        "Postponement granted, A3, 18 May 2007: 31 December 2010.",
        "Lighting of all dark coasts declared, 1 March 2009.",
    ]


def test_what_followed_a_grant_is_not_said_to_be_missing():
    assert outcomes(asked("2009-01-01", a_grant("2007-12-31", "2005-05-13", "A2"))) == [
        "What followed is not in the register."
    ]


def test_a_clause_is_told_only_once_it_was_known():
    assert asked("2005-05-12", a_clause()) == []


def test_an_answer_that_is_not_verified_makes_the_outcome_not_established():
    lead = replace(an_answer("2006-03-01"), standing="lead")

    (clause,) = asked("2006-05-01", a_clause(), lead)

    assert (outcomes([clause]), clause.answer) == (["What followed is not established."], None)


def test_a_lead_is_no_clause():
    assert asked("2006-05-01", replace(a_clause(), standing="lead")) == []
