"""How items flow: over lunch and night, up to a panel, into what takes them up again, or not at all."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as any_of

from servanda.programme.flowing import Stretch, flow, has, moment, stretches
from servanda.programme.lengths import all_changes, all_turns, drawn, evenly
from tests.programme.test_composing import composed

MORNING = datetime(2008, 10, 6, 10, 0)  # noqa: DTZ001 (local to an invented meeting)


def a_stretch(number, *items, lasts=100, sitting=None):
    """A hundred seconds for some items."""
    return Stretch(number if sitting is None else sitting, MORNING + timedelta(hours=number), lasts, items)


def flown(parts, **lengths):
    """One run: when items end (stretch, seconds), what of them is not reached, and what each sitting needed beyond."""
    found = flow(parts, {item: [length] for item, length in lengths.items()}, 1)
    ends = {item: divmod(end[0], 10_000_000) for item, end in found.ends.items()}
    return ends, {item: lost[0] for item, lost in found.not_reached.items() if lost[0]}, found


@pytest.mark.parametrize(
    ("a", "b", "ends", "lost"),
    [
        (30, 40, {"a": (0, 30), "b": (0, 70)}, {}),
        (100, 0, {"a": (0, 100), "b": (0, 100)}, {}),
        (30, 90, {"a": (0, 30), "b": (1, 20)}, {}),
        (130, 20, {"a": (0, 130), "b": (1, 20)}, {"a": 30}),
        (30, 190, {"a": (0, 30), "b": (1, 120)}, {"b": 20}),
    ],
)
def test_what_does_not_fit_goes_on_where_it_is_taken_up_again(a, b, ends, lost):
    found = flown([a_stretch(0, "a", "b"), a_stretch(1, "b")], a=a, b=b)

    assert found[:2] == (ends, lost)


def test_what_is_carried_over_delays_what_comes_after_it():
    ends, _lost, found = flown([a_stretch(0, "a"), a_stretch(1, "a", "b")], a=150, b=20)

    assert ends == {"a": (1, 50), "b": (1, 70)}
    assert (found.needs, found.beyond) == ({0: [150], 1: [70]}, {0: [50], 1: [0]})


def test_both_sides_of_a_panel_belong_to_one_sitting():
    parts = [a_stretch(0, "a", sitting=0), a_stretch(1, "a", "b", sitting=0)]

    found = flown(parts, a=120, b=90)[2]

    assert (found.needs, found.beyond, found.lost) == ({0: [230]}, {0: [30]}, {0: [10]})
    assert has(parts, 0) == 200


def test_an_end_is_told_by_the_clock_of_the_meeting():
    assert moment([a_stretch(0), a_stretch(1)], 10_000_000 + 90) == MORNING + timedelta(hours=1, seconds=90)


def test_a_sitting_leaves_to_items_what_a_panel_and_a_meeting_held_in_it_do_not_take():
    """The panel begins at 11:30 of the first day, the preparation at 12:00 of the second."""
    found = stretches(composed("toy", "W2"))

    assert [(part.begins.time(), part.lasts // 60, part.items) for part in found] == [
        (time(10), 90, ("1", "2", "2.a")),
        (time(10), 120, ("2.a", "3")),
    ]


items = any_of.integers(0, 300)


@given(items, items, items, any_of.sampled_from("abc"), any_of.integers(1, 200))
def test_a_longer_item_never_makes_any_end_earlier(a, b, c, longer, by):
    parts = [a_stretch(0, "a", "b"), a_stretch(1, "b", "c"), a_stretch(2, "c")]
    lengths = {"a": a, "b": b, "c": c}

    before, after = (flown(parts, **each)[0] for each in (lengths, lengths | {longer: lengths[longer] + by}))

    assert {item for item in before if after[item] < before[item]} == set()


@pytest.mark.parametrize(
    ("speakers", "limit", "lengths"),
    [
        ((1.0,), 180, {0: 1.0}),
        ((0.0, 1.0), 180, {120: 0.1, 165: 0.25, 210: 0.45, 255: 0.2}),
        ((0.5, 0.5), 60, {0: 0.5, 60: 0.05, 75: 0.125, 90: 0.225, 105: 0.1}),
    ],
)
def test_the_length_of_a_list_is_that_of_its_turns_and_changes(speakers, limit, lengths):
    found = {15 * step: round(chance, 9) for step, chance in enumerate(all_turns(speakers, limit)) if chance}

    assert found == lengths


def test_two_turns_are_as_long_as_one_after_the_other():
    one, two = all_turns((0.0, 1.0), 180), all_turns((0.0, 0.0, 1.0), 180)

    assert two[16] == pytest.approx(one[8] ** 2)
    assert sum(two) == pytest.approx(1)


def test_those_who_share_a_turn_add_changes_alone():
    assert all_changes((0.5, 0.25, 0.25)) == (0.5, 0.0, 0.25, 0.0, 0.25)


def test_no_list_is_longer_than_a_day():
    assert len(all_turns((0.0, 0.0, 1.0), 86_400)) == 24 * 240 + 1


def test_lengths_are_drawn_as_often_as_their_chance_says_and_the_same_each_time():
    assert evenly((0.25, 0.5, 0.25), 8) == [0, 0, 15, 15, 15, 15, 30, 30]
    assert drawn((0.25, 0.5, 0.25), 100, "a list") == drawn((0.25, 0.5, 0.25), 100, "a list")
    assert sorted(drawn((0.25, 0.5, 0.25), 8, "a list")) == evenly((0.25, 0.5, 0.25), 8)
    assert drawn((0.5, 0.5), 100, "a list") != drawn((0.5, 0.5), 100, "another")
