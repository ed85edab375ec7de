"""What must hold of the real register, State by State."""

from datetime import date, timedelta

import pytest

from tests.packs.shelf import bench_of, day, status_of


def article_5(state, on, known=None):
    return status_of("apmbc", "article-5", state, day(on), day(known or on))


def test_chad_was_due_on_1_january_2020_by_what_was_known_before_the_fourth_review_conference():
    found = article_5("TCD", on="2019-11-01", known="2019-11-01")

    assert (found.word, found.due) == ("extended", day("2020-01-01"))


def test_what_is_known_later_of_the_same_day_is_told_only_to_who_asks_later():
    known_then = article_5("TCD", on="2020-06-01", known="2019-11-01")
    known_later = article_5("TCD", on="2020-06-01", known="2020-06-01")

    assert (known_then.word, known_later.word, known_later.due) == ("unknown", "extended", day("2025-01-01"))


def test_the_period_that_ukraine_missed_stays_after_the_later_grants():
    found = article_5("UKR", on="2024-06-18")

    assert (found.word, found.due) == ("extended", day("2033-12-01"))
    assert [(missed.due, missed.ended_on) for missed in found.missed] == [(day("2016-06-01"), day("2018-11-30"))]
    assert str(found.missed[0].sentence) == (
        "The deadline of 1 June 2016 passed; the next extension was granted on 30 November 2018."
    )


def test_the_completion_of_guinea_bissau_was_reversed_by_what_was_found():
    declared = article_5("GNB", on="2013-01-01")
    found_again = article_5("GNB", on="2021-07-01")
    decided = article_5("GNB", on="2024-06-18")

    assert [declared.word, found_again.word, decided.word] == ["met", "pending", "extended"]
    assert [declared.due, found_again.due, decided.due] == [None, None, day("2024-12-31")]


LAST_KNOWN = {"SRB": "2024-12-31", "CYP": "2025-07-01", "TUR": "2025-12-31"}


@pytest.mark.parametrize("state", LAST_KNOWN)
def test_where_a_decision_is_not_in_the_register_the_last_deadline_is_never_said_to_have_passed(state):
    first = day(LAST_KNOWN[state]) + timedelta(days=1)
    days = [first + timedelta(days=since) for since in range(0, 400, 7)]

    words = {article_5(state, str(on), str(known)).word for on in days for known in (on, date(2030, 1, 1))}

    assert words == {"unknown"}


@pytest.mark.parametrize(
    ("state", "on", "sentence"),
    [
        ("SRB", "2025-06-01", "The decisions of 5RC on this State are not in the register."),
        (
            "CYP",
            "2025-09-01",
            "It is not established: statements on this State that are not verified would change the answer.",
        ),
        ("TUR", "2026-03-01", "The decisions of 22MSP on this State are not in the register."),
        (
            "CYP",
            "2024-06-18",
            "It is not established: statements on this State that are not verified would change the answer.",
        ),
    ],
)
def test_what_is_unknown_says_why(state, on, sentence):
    found = article_5(state, on)

    assert str(found.sentence).translate(dict.fromkeys(map(ord, "\u2068\u2069"))) == sentence


def test_south_sudan_counts_its_ten_years_from_its_sourced_date():
    bench = bench_of("apmbc")
    without = type(bench.register)(
        "apmbc", 1, tuple(f for f in bench.register.facts if f.key != "SSD.entry-into-force")
    )

    sourced = article_5("SSD", "2019-01-01")
    ruled = status_of("apmbc", "article-5", "SSD", day("2019-01-01"), register=without)

    assert (sourced.due, ruled.due) == (day("2021-07-09"), day("2022-05-01"))


def test_no_deadline_is_said_to_have_passed_unless_the_register_is_complete_to_that_day():
    bench = bench_of("apmbc")
    days = [date(year, 7, 1) for year in range(2009, 2031)]

    passed = {
        (state, on)
        for on in days
        for state in bench.pack.names.states
        if status_of("apmbc", "article-5", state, on).word == "deadline passed"
    }

    assert passed
    assert max(on for _state, on in passed) <= day("2024-11-29")
