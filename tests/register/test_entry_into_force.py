"""Entry into force: the rule of each treaty, and the whole table of States that have joined."""

import csv
from datetime import date
from pathlib import Path

import pytest

from servanda.register.deadlines import entry_into_force, membership
from tests.packs.shelf import a_fact, bench_of, day, question

TABLE = Path(__file__).parent / "entry_into_force.csv"
# In force before the sixth month, from the date of succession, as a source states.
STATED = {"SSD"}


def table():
    with TABLE.open(encoding="utf-8") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def entries(convention):
    bench = bench_of(convention)
    view = bench.register.as_known(date.max).firm
    found = {code: membership(bench.pack, view, code).entry for code in bench.pack.names.states}
    return {code: entry for code, entry in found.items() if entry}


def test_every_state_that_joined_has_the_date_of_the_table_and_no_other_state_has_one():
    expected = {code: day(row["entry"]) for code, row in table().items()}

    found = entries("apmbc")

    assert found == expected


def test_the_rule_alone_gives_the_date_of_every_state_but_one():
    rule = bench_of("apmbc").pack.rules.entry_into_force

    differing = {
        code for code, row in table().items() if entry_into_force(rule, day(row["deposit"])) != day(row["entry"])
    }

    assert differing == STATED


@pytest.mark.parametrize(
    ("deposit", "entry"),
    [
        ("1998-09-16", "1999-03-01"),
        ("1997-12-03", "1999-03-01"),
        ("1998-10-01", "1999-04-01"),
        ("1998-10-31", "1999-04-01"),
        ("1999-08-31", "2000-02-01"),
        ("2000-02-29", "2000-08-01"),
        ("2017-12-13", "2018-06-01"),
    ],
)
def test_the_sixth_month_after_the_month_of_deposit_but_never_before_the_convention_itself(deposit, entry):
    rule = bench_of("apmbc").pack.rules.entry_into_force

    found = entry_into_force(rule, day(deposit))

    assert found == day(entry)


@pytest.mark.parametrize(
    ("deposit", "entry"),
    [
        ("2001-01-01", "2001-04-01"),
        ("2001-12-31", "2002-03-31"),
        ("2003-11-30", "2004-02-28"),
        ("1900-01-01", "1900-04-01"),
    ],
)
def test_another_treaty_counts_ninety_days_and_rolls_to_no_month(deposit, entry):
    rule = bench_of("toy").pack.rules.entry_into_force

    found = entry_into_force(rule, day(deposit))

    assert found == day(entry)


def test_south_sudan_is_bound_from_its_sourced_date_and_by_the_rule_would_be_bound_later():
    bench = bench_of("apmbc")
    view = bench.register.as_known(day("2012-01-01")).firm
    without = type(bench.register)(
        "apmbc", 1, tuple(f for f in bench.register.facts if f.key != "SSD.entry-into-force")
    )

    sourced = membership(bench.pack, view, "SSD")
    ruled = membership(bench.pack, without.as_known(day("2012-01-01")).firm, "SSD")

    assert (sourced.entry, ruled.entry) == (day("2011-07-09"), day("2012-05-01"))
    assert [fact.key for step in sourced.steps for fact in step.facts] == ["SSD.entry-into-force"]


def test_a_state_that_withdraws_is_bound_until_the_day_before():
    bench = bench_of("toy")

    joined = membership(bench.pack, bench.register.as_known(day("2010-01-01")).firm, "XGA")

    assert [joined.binds_on(day(text)) for text in ("2001-05-28", "2001-05-29", "2006-06-30", "2006-07-01")] == [
        False,
        True,
        True,
        False,
    ]


def test_a_deposit_that_only_a_lead_tells_makes_no_party():
    bench = bench_of("toy")
    lead = a_fact("XFA.deposit", "XFA", "deposit", standing="lead")
    register = type(bench.register)("toy", 1, (*bench.register.facts, lead))

    found = question("toy", day("2007-01-01"), register=register).status("article-4", "XFA")

    assert (found.word, found.course) == ("not applicable", None)
