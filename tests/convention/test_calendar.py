"""The calendar: which meeting is meant, and which formal meeting comes next."""

import pytest

from servanda.convention.actions import difference
from servanda.convention.calendar import NoFormalMeetingAhead
from servanda.convention.queries import UnknownConvention, calendar, conventions, meeting_exists, number_of
from tests.packs.loaded import load_folder
from tests.packs.shelf import bench_of, change, contents_of, copy_of_toy, day

CALENDAR = bench_of("toy").calendar


@pytest.mark.parametrize(
    ("meeting", "following"), [("A1", "A2"), ("A2", "A3"), ("W1", "A3"), ("A3", "A4"), ("W2", "A4")]
)
def test_the_next_formal_meeting_is_the_next_that_decides(meeting, following):
    found = CALENDAR.next_formal_meeting(CALENDAR.meeting(meeting))

    assert (found.code, found.formal) == (following, True)


@pytest.mark.parametrize("meeting", ["A4", "W3"])
def test_after_the_last_there_is_none(meeting):
    with pytest.raises(NoFormalMeetingAhead) as refused:
        CALENDAR.next_formal_meeting(CALENDAR.meeting(meeting))

    assert refused.value.exit_code == 1


@pytest.mark.parametrize(
    ("after", "until", "expected"),
    [
        ("2003-05-15", "2003-05-16", ["A1"]),
        ("2003-05-16", "2005-05-12", []),
        ("2003-05-16", "2009-05-15", ["A2", "A3", "A4"]),
    ],
)
def test_a_formal_meeting_counts_from_its_last_day(after, until, expected):
    found = CALENDAR.formal_meetings_between(day(after), day(until))

    assert [meeting.code for meeting in found] == expected


def test_what_is_stored_is_what_the_pack_says(toy):
    found = calendar("toy")

    assert found == CALENDAR
    assert difference(convention="toy", rows=contents_of("toy").meetings) == []
    assert [meeting_exists("toy", code) for code in ("A1", "a1", "A9")] == [True, False, False]


def test_a_meeting_that_moves_is_counted_and_moved(toy, tmp_path):
    folder = change(copy_of_toy(tmp_path), "calendar/meetings.csv", "2007-05-14,2007-05-18", "2007-06-11,2007-06-15")

    loaded = load_folder(folder)

    assert (loaded.meetings, loaded.number) == (1, 2)
    assert calendar("toy").meeting("A3").start == day("2007-06-11")


def test_the_conventions_loaded_are_named(toy):
    assert conventions() == ["toy"]


def test_a_convention_that_is_not_loaded_is_refused(toy):
    with pytest.raises(UnknownConvention) as refused:
        number_of("hague")

    assert str(refused.value) == (
        "There is no convention 'hague' in the register. Loaded: toy. "
        "Name one of these, or load its pack: servanda load apmbc"
    )


def test_a_meeting_has_its_own_title_or_that_of_its_kind():
    titles = {code: str(CALENDAR.meeting(code).title) for code in ("A2", "A3")}

    assert titles == {"A2": "Assembly of the Parties", "A3": "Third Assembly of the Parties"}


def test_a_loaded_calendar_has_the_titles_of_its_pack(toy):
    title = calendar("toy").meeting("P1").title

    assert (title.shown_in("fr").words, title.standing_in("fr")) == (
        "Préparation de la Quatrième Assemblée",
        "official",
    )
    assert title.standing_in("zh") == "missing"
