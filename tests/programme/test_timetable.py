"""When each entry is taken: windows, and how each end of a window is known."""

from datetime import UTC, date, datetime, time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from servanda.programme.plan import Entry, Sitting
from servanda.programme.timetable import first_taken, timetable
from tests.programme.plans import bare_plan, lighthouse_plan, text

MONDAY = date(2008, 10, 6)


def own(name, at=None, **known):
    """An entry with a title of its own."""
    return Entry(name, "other", title=text(name), at=at, **known)


def sitting(*entries, name="morning", start=time(10), end=time(13), room=""):
    return Sitting(name, MONDAY, start, end, room, entries)


def windows(*sittings, between=()):
    found = timetable(bare_plan(*sittings, between=between))
    return {name: (f"{each.start:%H:%M}", f"{each.end:%H:%M}", each.starts, each.ends) for name, each in found.items()}


def test_every_entry_of_a_programme_has_its_window():
    found = timetable(lighthouse_plan())

    assert [
        (name, f"{each.start:%H:%M}-{each.end:%H:%M}", each.starts, each.ends, each.shared_with)
        for name, each in found.items()
    ] == [
        ("opening", "10:00-11:30", "printed", "inferred", ("coasts", "lamps")),
        ("coasts", "10:00-11:30", "inferred", "inferred", ("opening", "lamps")),
        ("lamps", "10:00-11:30", "inferred", "inferred", ("opening", "coasts")),
        ("fog", "11:30-13:00", "printed", "default", ()),
        ("noon-1", "13:00-15:00", "printed", "inferred", ()),
        ("lamps-2", "15:00-17:30", "printed", "printed", ()),
        ("end-1", "18:00-18:00", "printed", "inferred", ()),
        ("lamps-3", "10:00-12:00", "printed", "inferred", ("closing",)),
        ("oil", "10:00-12:00", "inferred", "inferred", ()),
        ("closing", "10:00-12:00", "inferred", "inferred", ("lamps-3",)),
        ("assembly-prepared", "12:00-13:00", "printed", "default", ()),
    ]


def test_what_is_not_anchored_at_the_start_of_a_sitting_begins_with_it():
    assert windows(sitting(own("first"))) == {"first": ("10:00", "13:00", "default", "default")}


def test_the_origin_of_an_anchor_is_that_of_the_entry():
    assert windows(sitting(own("first", time(10), origin="default")))["first"][2] == "default"


def test_what_is_struck_ends_no_block():
    found = windows(sitting(own("first", time(10)), own("gone", time(11), status="struck"), own("next", time(12))))

    assert found == {
        "first": ("10:00", "12:00", "printed", "inferred"),
        "gone": ("11:00", "12:00", "printed", "inferred"),
        "next": ("12:00", "13:00", "printed", "default"),
    }


def test_rooms_in_parallel_have_blocks_of_their_own():
    found = windows(
        sitting(own("here", time(10)), name="here"), sitting(own("there", time(11)), name="there", room="Small Gallery")
    )

    assert found == {
        "here": ("10:00", "13:00", "printed", "default"),
        "there": ("11:00", "13:00", "printed", "default"),
    }


def test_a_break_lasts_until_the_next_thing_begins():
    found = windows(
        sitting(own("first", time(10))),
        sitting(own("last", time(15)), name="afternoon", start=time(15), end=time(18)),
        between=(own("noon", time(13)), own("end", time(18)), own("thanks")),
    )

    assert found["noon"] == ("13:00", "15:00", "printed", "inferred")
    assert found["end"] == ("18:00", "18:00", "printed", "inferred")
    assert found["thanks"] == ("18:00", "18:00", "inferred", "inferred")


def test_a_window_is_two_instants_in_the_zone_of_the_meeting():
    found = timetable(lighthouse_plan())["fog"]

    start, end = found.within("Europe/Lisbon")

    assert (start.astimezone(UTC), end.astimezone(UTC)) == (
        datetime(2008, 10, 6, 10, 30, tzinfo=UTC),
        datetime(2008, 10, 6, 12, tzinfo=UTC),
    )


def test_an_item_is_printed_in_full_where_it_is_first_taken():
    taken = {name: entry.id for name, entry in first_taken(lighthouse_plan()).items()}

    assert taken == {"1": "opening", "2": "coasts", "2.a": "lamps", "fog": "fog", "3": "closing"}


def test_what_was_struck_at_first_is_printed_in_full_where_it_is_taken():
    entries = (Entry("gone", "item", item="1", status="struck"), Entry("taken", "item", item="1", at=time(11)))

    assert first_taken(bare_plan(sitting(*entries)))["1"].id == "taken"


minutes = some.lists(some.none() | some.integers(0, 179), max_size=8)


@given(minutes)
def test_windows_lie_in_their_sitting_and_blocks_follow_each_other(drawn):
    entries, reached = [], 0
    for number, minute in enumerate(drawn):
        at = None if minute is None or minute <= reached else time(10 + minute // 60, minute % 60)
        reached = minute if at else reached
        entries.append(own(f"entry-{number}", at))

    found = list(timetable(bare_plan(sitting(*entries))).values())
    blocks = sorted({(each.start, each.end) for each in found})

    assert len(found) == len(entries)
    assert all(time(10) <= each.start < each.end <= time(13) for each in found)
    assert all(first[1] == second[0] for first, second in pairwise(blocks))
    assert not blocks or blocks[-1][1] == time(13)


@pytest.mark.parametrize("printed", [time(10, 45), time(12)])
def test_a_block_ends_where_it_is_printed_to_end(printed):
    found = windows(sitting(own("first", time(10), until=printed), own("flows")))

    assert found["flows"] == ("10:00", f"{printed:%H:%M}", "inferred", "printed")
