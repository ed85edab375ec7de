"""A period is missed only where the next decision surely came after the deadline."""

from dataclasses import replace

import pytest

from tests.packs.shelf import a_fact, bench_of, day, status_of


@pytest.mark.parametrize(
    ("granted", "missed"),
    [
        ("2006", []),
        ("2006-06", []),
        ("2006-06-08", []),
        ("2006-06-09", [("2006-06-08", "2006-06-09")]),
        ("2006-07", [("2006-06-08", "2006-07-31")]),
    ],
)
def test_a_decision_of_a_month_or_year_proves_no_missed_period_within_it(granted, missed):
    register = bench_of("toy").register
    grant = a_fact(state="XBA", predicate="postponement-granted", on=granted, value="2008-06-08", meeting="A3")

    found = status_of(
        "toy", "article-4", "XBA", day("2006-12-31"), register=replace(register, facts=(*register.facts, grant))
    )

    assert [(str(period.due), str(period.ended_on)) for period in found.missed] == missed
    assert (found.word, found.due) == ("extended", day("2008-06-08"))
