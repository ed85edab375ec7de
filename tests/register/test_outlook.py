"""What lies ahead: deadlines, the meeting that would decide, by when to request, and dates set too soon."""

from dataclasses import replace
from datetime import date

import pytest

from servanda.convention.calendar import Calendar
from servanda.register.facts import Register
from servanda.register.outlook import coming, days_ahead, deciding_before, known_calendar, too_soon
from tests.packs.shelf import a_fact, bench_of, day, question

MARKS = {0x2068: None, 0x2069: None}


def assemblies(*starts, announced=()):
    """A calendar with an assembly opening on each day."""
    plain = bench_of("toy").calendar.meeting("A1")
    made = [
        replace(plain, code=f"M{place}", start=day(start), end=day(start), announced_on=known)
        for place, (start, known) in enumerate(zip(starts, [*announced, *[None] * len(starts)], strict=False), 1)
    ]
    return Calendar.of("toy", made)


def ahead(state, on, *facts, known=None):
    """The deadlines ahead of one State by the facts given alone."""
    register = Register("toy", 1, facts)
    return coming(question("toy", on=day(on), known=day(known or on), register=register), [state])


def joined(state="XAA", on="2003-01-01"):
    """A State bound and with dark coasts, so that its first deadline is known."""
    return (
        a_fact(key=f"{state}.deposit", state=state, predicate="deposit", on=on, value="accession"),
        a_fact(key=f"{state}.dark", state=state, on="2004-03-01"),
    )


@pytest.mark.parametrize(
    ("since", "due", "meeting", "late", "is_known"),
    [
        ("2005-01-01", "2006-06-01", "M2", "M3", True),
        ("2005-01-01", "2006-05-01", "M2", "M3", True),
        ("2006-06-01", "2007-04-30", None, "M3", True),
        ("2006-06-01", "2007-05-01", "M3", None, False),
        ("2006-06-01", "2008-04-29", "M3", None, False),
        ("2006-06-01", "2008-06-01", None, None, False),
        ("2007-06-01", "2007-12-01", None, None, False),
    ],
)
def test_the_meeting_that_decides_is_the_last_before_the_deadline_as_far_as_the_calendar_tells(
    since, due, meeting, late, is_known
):
    calendar = assemblies("2005-05-01", "2006-05-01", "2007-05-01")

    found = deciding_before(calendar, day(since), day(due))

    assert (found.meeting and found.meeting.code, found.too_late and found.too_late.code, found.is_known) == (
        meeting,
        late,
        is_known,
    )


def test_days_that_were_announced_later_are_not_used():
    calendar = bench_of("toy").calendar

    known = known_calendar(calendar, day("2007-05-17"))

    assert "A4" not in known.meetings
    assert "A4" in known_calendar(calendar, day("2007-05-18")).meetings


def test_the_next_formal_meeting_counts_as_announced_where_the_day_of_that_is_not_known():
    calendar = assemblies("2005-05-01", "2006-05-01", "2007-05-01")

    assert list(known_calendar(calendar, day("2005-06-01")).meetings) == ["M1", "M2"]


def test_a_deadline_ahead_names_meeting_and_day_of_request():
    (found,) = ahead("XAA", "2006-10-02", *joined(on="2002-09-01"))

    assert (found.due, found.deciding.meeting.code, found.request_by) == (day("2007-11-30"), "A3", day("2007-02-01"))


def test_a_request_in_the_register_is_told_and_one_that_is_not_is_not_held_against_a_state():
    request = a_fact(key="XAA.asks", predicate="postponement-requested", on="2006-09-01", meeting="A3")

    (asked,) = ahead("XAA", "2007-03-01", *joined(on="2002-09-01"), request)
    (silent,) = ahead("XAA", "2007-03-01", *joined(on="2002-09-01"))

    assert [str(note).translate(MARKS) for note in asked.notes] == [
        "Request for postponement submitted, A3, 1 September 2006."
    ]
    assert [str(note) for note in silent.notes] == ["Whether a request was submitted is not in the register."]


def test_a_deadline_between_two_meetings_says_that_the_next_opens_after_it():
    (found,) = [each for each in coming(question("toy", on=day("2006-10-02")), ["XDA"]) if each.due]

    assert (found.deciding.meeting, found.request_by) == (None, None)
    assert [str(note).translate(MARKS) for note in found.notes] == [
        "The deadline falls before A3, which opens on 14 May 2007."
    ]


@pytest.mark.parametrize(
    ("decided", "due", "said"),
    [
        # No assembly opens between the decision and the date that it set.
        (
            "2005-05-05",
            "2006-04-30",
            "No formal meeting that could decide again opens between 5 May 2005 and 30 April 2006.",
        ),
        # One does, but the day of its requests had passed when the date was set.
        (
            "2006-02-15",
            "2006-12-31",
            (
                "The last formal meeting before 31 December 2006 is M2, to which requests are expected by "
                "1 February 2006: not after 15 February 2006, when that date is decided."
            ),
        ),
        ("2006-01-31", "2006-12-31", None),
        ("2005-05-05", "2006-12-31", None),
        # The calendar ends before it can be told.
        ("2007-05-05", "2009-12-31", None),
    ],
)
def test_a_date_too_soon_for_a_further_request_is_warned_of(decided, due, said):
    calendar = assemblies("2005-05-01", "2006-05-01", "2007-05-01")

    found = too_soon(calendar, bench_of("toy").pack.obligations["article-4"], day(decided), day(due))

    assert (str(found).translate(MARKS) if found else None) == said


def test_the_warning_stands_beside_the_deadline_that_a_decision_set():
    grant = a_fact(
        key="XAA.granted", predicate="postponement-granted", on="2007-05-18", value="2009-02-01", meeting="A3",
        stance="decided",
    )  # fmt: skip

    (found,) = ahead("XAA", "2008-06-01", *joined(on="2002-09-01"), grant)

    assert [str(note).translate(MARKS) for note in found.notes] == [
        "The deadline falls before A4, which opens on 11 May 2009.",
        "No formal meeting that could decide again opens between 18 May 2007 and 1 February 2009.",
    ]


def test_a_deadline_that_leads_would_change_is_not_established_and_has_no_date():
    found = coming(question("toy", on=day("2007-12-01")), ["XHA"])

    assert [(each.due, each.status.word, each.notes) for each in found] == [(None, "unknown", ())]


def test_a_deadline_that_passed_and_cannot_be_extended_lies_ahead_of_nobody():
    found = coming(question("toy", on=day("2010-01-01")))

    assert {each.obligation.id for each in found} == {"article-4"}


def test_deadlines_come_in_time_and_those_not_established_last():
    found = [each.due or date.max for each in coming(question("toy", on=day("2008-01-01")))]

    assert found == sorted(found)


def test_the_days_ahead_of_a_state_are_its_deadline_the_day_of_request_and_the_next_report():
    register = Register("toy", 1, joined(on="2002-09-01"))

    found = days_ahead(question("toy", on=day("2006-10-02"), register=register), "XAA")

    assert [(each.kind, each.obligation.id, each.day.isoformat()) for each in found] == [
        ("request", "article-4", "2007-02-01"),
        ("report", "article-8", "2007-03-31"),
        ("deadline", "article-4", "2007-11-30"),
    ]


def test_once_a_request_is_in_the_register_its_day_is_no_longer_ahead():
    request = a_fact(key="XAA.asks", predicate="postponement-requested", on="2006-09-01", meeting="A3")
    register = Register("toy", 1, (*joined(on="2002-09-01"), request))

    found = days_ahead(question("toy", on=day("2006-10-02"), register=register), "XAA")

    assert "request" not in {each.kind for each in found}


def test_nothing_lies_ahead_of_a_state_that_the_convention_does_not_bind():
    assert days_ahead(question("toy", on=day("2006-10-02")), "XFA") == []


def test_in_june_2024_eight_deadlines_led_to_the_review_conference_of_that_year():
    found = coming(question("apmbc", on=day("2024-06-18")))

    at_5rc = {each.state for each in found if each.deciding.meeting and each.deciding.meeting.code == "5RC"}

    assert at_5rc == {"AFG", "ERI", "GNB", "NER", "OMN", "PER", "SRB", "TCD"}
    assert {each.request_by for each in found if each.state in at_5rc} == {day("2024-03-31")}
