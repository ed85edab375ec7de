"""What is learnt of attendance: from few lists and many, and what stays true of every estimate."""

from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as any_of

from servanda.convention.attendance import AttendanceRow
from servanda.programme.attendance import (
    Attendance,
    Estimate,
    Seen,
    base_share,
    quantile,
    ranked_squares,
    seen_so_often,
    together,
)
from tests.packs.shelf import bench_of


def a_row(kind="general", invited=10, states=5, **changes):
    """A list of speakers that no pack has."""
    plain = {"meeting": "W1", "held": 2006, "item": "1", "invited_by": "listed", "organizations": 0, "source": "S"}
    return AttendanceRow(**plain | {"kind": kind, "invited": invited, "states": states, "note": ""} | changes)


def lists_of(kind, *counts):
    """An estimate from lists, each as many who spoke of so many invited."""
    return Estimate(kind, tuple(Seen(f"W{number}", *count) for number, count in enumerate(counts)))


counts = any_of.lists(any_of.tuples(any_of.integers(0, 12), any_of.just(12)), max_size=6)


@pytest.mark.parametrize(
    ("seen", "share"),
    [((), 0.5), (((3, 3),), 0.74), (((3, 3), (6, 6), (2, 2)), 0.86), (((0, 20), (1, 20)), 0.12), (((10, 20),), 0.5)],
)
def test_a_share_moves_from_a_half_to_what_was_seen(seen, share):
    assert lists_of("duty", *seen).share == pytest.approx(share, abs=0.03)


def test_meetings_that_differ_leave_a_wide_range():
    alike, apart = lists_of("general", *[(10, 20)] * 6), lists_of("general", *[(1, 20), (19, 20)] * 3)

    widths = [quantile(each, 0.9) - quantile(each, 0.1) for each in (alike.of_invited(20), apart.of_invited(20))]

    assert isclose(alike.share, apart.share, abs_tol=0.01)
    assert widths == [8, 20]


@settings(deadline=None, max_examples=20)
@given(counts, any_of.integers(0, 40))
def test_chances_are_chances_and_sum_to_one(seen, invited):
    for chances in (lists_of("general", *seen).of_invited(invited), lists_of("open", *seen).in_all):
        assert all(0 <= chance <= 1 for chance in chances)
        assert isclose(sum(chances), 1)


@settings(deadline=None, max_examples=20)
@given(counts, any_of.integers(0, 30))
def test_one_more_invited_is_never_fewer_speakers(seen, invited):
    estimate = lists_of("duty", *seen)

    fewer, more = estimate.of_invited(invited), estimate.of_invited(invited + 1)

    assert all(sum(more[: most + 1]) <= sum(fewer[: most + 1]) + 1e-9 for most in range(invited + 1))


def test_nobody_speaks_where_nobody_is_invited():
    assert lists_of("duty", (3, 3)).of_invited(0) == (1.0,)


def test_presenters_beyond_the_first_are_counted():
    rows = tuple(a_row("presentation", None, states, organizations=1) for states in (0, 1, 3))

    assert [seen.spoke for seen in Attendance(rows).presenters.seen] == [0, 1, 3]


def test_an_estimate_names_the_meetings_that_it_rests_on_by_their_years():
    rows = (a_row(meeting="W3", held=2010), a_row(meeting="W1"), a_row("duty", meeting="W2", held=2008))

    assert Attendance(rows).meetings(["general"]) == ("W1", "W3")


def test_the_share_of_all_lists_takes_only_lists_of_those_invited():
    rows = (a_row(states=2), a_row("duty", 10, 8), a_row("open", None, 7))

    assert base_share(Attendance(rows)) == 0.5


@pytest.mark.parametrize(("came", "squares"), [(0, 0.25), (1, 0.25), (2, 1.25), (5, 4.25)])
def test_a_ranked_score_grows_with_the_distance(came, squares):
    assert ranked_squares((0.5, 0.5), came) == squares


def test_numbers_that_do_not_depend_on_one_another_add_up():
    assert together((0.5, 0.5), (0.25, 0.75)) == (0.125, 0.5, 0.375)
    assert seen_so_often([0, 2, 2, 2]) == (0.25, 0.0, 0.75)
    assert seen_so_often([]) == (1.0,)


def test_every_kind_of_a_packs_tiers_was_seen():
    pack = bench_of("apmbc").pack
    asked = {kind for tier in pack.tiers.values() for kind in tier.attended}

    assert {kind for kind in asked if not Attendance(pack.attendance).of(kind).seen} == set()
