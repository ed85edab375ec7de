"""What each may see of a room."""

from datetime import timedelta

import pytest

from servanda.floor.log import FloorGiven, ItemTaken, LimitSet, Moved, SittingOpened, Speaker, TurnPaused
from servanda.floor.queries import room
from servanda.floor.seen import floor_as_json, whole_as_json, written
from servanda.floor.view import delegation_view, public_view, staff_view
from tests.floor.conftest import STREAM, ask, do, speak

pytestmark = pytest.mark.django_db


@pytest.fixture
def morning(floor):
    """A morning on item 3: one has spoken, one has the floor, four wait, one of them moved with a reason."""
    do(SittingOpened("day-1-morning"))
    do(ItemTaken("3"))
    for code, category in (
        ("TCD", "states_parties"),
        ("AFG", "states_parties"),
        ("KHM", "states_parties"),
        ("ICBL", "organizations"),
        ("NOR", "states_parties"),
        ("UKR", "states_parties"),
    ):
        ask(code, "3", category=category)
    speak()
    do(FloorGiven("AFG-3-statement", 180))
    return do(Moved("NOR-3-statement", None, reason="a secret of the bureau"))


def test_the_public_sees_who_speaks_who_follows_and_who_has_spoken_by_name(morning):
    seen = public_view(morning, "fr")

    assert str(seen.turn.speaker.name) == "Afghanistan"
    assert [str(each.speaker.name) for each in seen.listed] == ["Norvège", "Cambodge", "Ukraine", "ICBL"]
    assert [str(each.speaker.name) for each in seen.held] == ["Tchad"]
    assert (seen.number, seen.waiting, seen.rehearsal) == (morning.number, 4, False)
    assert seen.item.list_is_open


def test_the_clock_of_a_turn_stands_while_it_is_paused(morning):
    paused = do(TurnPaused())
    clock = public_view(paused, "en").turn.clock

    assert clock.running_since is None
    assert clock.left_at(paused.at + timedelta(hours=1)) == timedelta(seconds=180) - clock.used


def test_a_clock_never_runs_backwards_before_it_was_started(morning):
    clock = public_view(morning, "en").turn.clock

    assert clock.used_at(clock.started_at - timedelta(hours=3)) == timedelta()


def test_no_reason_and_no_tier_leaves_the_room_in_what_the_public_sees(morning):
    told = written(whole_as_json(public_view(morning, "en"))).decode()
    tiers = {tier.kind for tier in morning.plan.items["3"].tiers}

    assert "secret" in str(staff_view(morning, "en").places[0].because)
    assert "secret" not in told
    assert not [kind for kind in tiers if kind in told]


def test_a_list_that_the_rules_do_not_show_is_told_by_its_length_alone(morning):
    closed = morning.rules.public_sees.model_copy(update={"list_of_speakers": "never", "names": "never"})
    hidden = morning.__class__(**{**vars(morning), "rules": morning.rules.model_copy(update={"public_sees": closed})})

    seen = public_view(hidden, "en")

    assert (seen.waiting, seen.listed, seen.held) == (4, (), ())
    assert floor_as_json(seen)["next"] == []


def test_staff_sees_each_place_with_its_reasons_and_what_the_delegation_has_had(morning):
    do(LimitSet(120, category="states_parties"))
    places = staff_view(room(STREAM), "en").places

    assert [(each.speaker.code, each.limit_seconds, each.opens_tier) for each in places] == [
        ("NOR", 120, True),
        ("KHM", 120, True),
        ("UKR", 120, False),
        ("ICBL", 180, True),
    ]


def test_a_delegation_sees_its_own_places_alone(morning):
    seen = delegation_view(morning, "en", Speaker("states_parties", "KHM"))
    third = next(each for each in seen.items if each.item.id == "3")

    assert third.is_current
    assert third.is_named
    assert third.because
    assert [(each.place, each.standing) for each in third.requests] == [(2, "waiting")]
    assert "secret" not in str(seen.items)


def test_what_the_public_sees_is_told_alike_in_every_language(morning):
    told = {written(floor_as_json(public_view(morning, language))) for language in ("ar", "en", "es", "fr", "ru", "zh")}

    assert len(told) == 1
    assert len(told.pop()) < 1500
