"""Days, months and years as sources give them, and lengths of calendar time."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.common.days import NotADate, Period, When, first_of_month, parse_day


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2024-06-18", date(2024, 6, 18), date(2024, 6, 18), "day"),
        (" 2024-06-18 ", date(2024, 6, 18), date(2024, 6, 18), "day"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31), "month"),
        ("2023", date(2023, 1, 1), date(2023, 12, 31), "year"),
    ],
)
def test_a_date_lies_between_two_days_as_precisely_as_it_is_known(text, first, last, precision):
    found = When.parse(text)

    assert (found.first, found.last, found.precision, str(found)) == (first, last, precision, text.strip())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2024-13",
        "2024-02-30",
        "2023-02-29",
        "24-06-18",
        "2024-6-1",
        "18.06.2024",
        "0000",
        "٢٠٢٤",
        "2024-06-18T10",
    ],
)
def test_a_text_that_is_no_date_is_refused(text):
    with pytest.raises(NotADate) as refused:
        When.parse(text, "valid_from")

    assert str(refused.value) == (
        f"valid_from: {text!r} is not a date. Dates are written as in ISO 8601. "
        "Write a day as 2024-06-18; where only the month or the year is known, 2024-06 or 2024."
    )


@pytest.mark.parametrize("text", ["2024", "2024-06"])
def test_where_a_day_is_asked_a_month_or_year_is_refused(text):
    with pytest.raises(NotADate) as refused:
        parse_day(text)

    assert str(refused.value).startswith(f"{text!r} is not a date.")


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("1999-11-01", Period(years=10), "2009-11-01"),
        ("2004-02-29", Period(years=10), "2014-02-28"),
        ("2004-02-29", Period(years=4), "2008-02-29"),
        ("2023-08-31", Period(months=6), "2024-02-29"),
        ("2023-12-01", Period(months=1), "2024-01-01"),
        ("2001-01-01", Period(days=90), "2001-04-01"),
        ("2003-12-31", Period(days=90), "2004-03-30"),
        ("2003-11-30", Period(months=3, days=1), "2004-03-01"),
        ("2024-01-31", Period(), "2024-01-31"),
    ],
)
def test_a_length_of_time_is_counted_by_the_calendar(start, period, end):
    found = period.after(date.fromisoformat(start))

    assert found == date.fromisoformat(end)


@settings(deadline=None, derandomize=True)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 40), st.integers(0, 30))
def test_a_longer_time_never_ends_earlier(start, years, months):
    shorter, longer = Period(years=years, months=months), Period(years=years, months=months + 1)

    assert start <= shorter.after(start) < longer.after(start)


def test_the_first_of_a_month_lies_in_it():
    assert first_of_month(date(2024, 2, 29)) == date(2024, 2, 1)
