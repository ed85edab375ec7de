"""What a click means: another act under the same mark is another act, and nothing of it is lost."""

import pytest

from servanda.floor.actions import perform
from servanda.floor.log import Speaker, StatementReceived
from servanda.floor.queries import names_of, room
from servanda.floor.seen import whole_as_json, written
from servanda.floor.view import Viewer, public_view
from tests.chair.conftest import HERE, STREAM, act, ask, shown
from tests.chair.test_acts import refusal, waiting
from tests.chair.test_kept import send

pytestmark = pytest.mark.django_db


def test_another_act_under_the_same_mark_is_done_or_refused_and_never_dropped(console):
    _page, once = shown(console)
    for who in ("Chad", "Colombia", "Chad"):
        console.post(f"{HERE}acts/ask/", {"once": once, "who": who, "act": "statement"})
    limits = [
        console.post(f"{HERE}acts/limit/", {"once": once, "for": "category:states_parties", "seconds": seconds})
        for seconds in ("120", "90")
    ]

    assert waiting() == ["TCD", "COL"]
    assert ([each.status_code for each in limits], [each.seconds for each in room(STREAM).limits]) == (
        [302, 302], [120, 90],
    )  # fmt: skip


def test_a_click_that_arrived_and_is_kept_as_well_is_one_act(console):
    _page, once = shown(console)
    ask(console, "Chad")
    act(console, "give", request=next(iter(room(STREAM).requests)))
    turn, before = room(STREAM).turn, room(STREAM).number
    console.post(f"{HERE}acts/end/", {"once": once, "number": before, "turn": turn.number, "reason": ""})

    kept = send(console, "end", once=once, number=before, of=turn.request)

    assert kept == (200, {"number": before + 1, "refused": ""})


def test_the_text_handed_in_is_that_of_the_speaker_to_be_read_out(console):
    ask(console, "Chad", "Ukraine")
    act(console, "ask", who="Chad", behalf="The Six", act="statement")
    act(console, "statement", who="Ukraine")
    for name, behalf in (("first", "The Six"), ("second", "The Six")):
        whose = Speaker("groups", "TCD", on_behalf_of=behalf)
        perform(stream=STREAM, act=StatementReceived(name, "3", whose, "en", "0" * 64), by="TCD-1")

    places = Viewer(room(STREAM), "en").places()

    assert sorted((each.speaker.category, each.statement and each.statement.statement) for each in places) == [
        ("groups", "second"), ("states_parties", None), ("states_parties", None),
    ]  # fmt: skip


def test_a_kept_act_keeps_the_name_of_the_person(console):
    send(console, "ask", who="Chad", act="statement", person="Amina Somebody")

    assert names_of(STREAM) == {room(STREAM).number: "Amina Somebody"}


@pytest.mark.parametrize("address", ["acts", "kept"])
def test_a_number_of_any_length_is_refused_by_name(console, address):
    ask(console, "Chad")
    sent = {"undo": "9" * 5000}

    answer = act(console, "undo", **sent) if address == "acts" else send(console, "undo", **sent)

    assert (answer.status_code if address == "acts" else answer[0]) == 409
    if address == "acts":
        assert refusal(answer)[0] == "Entry 0 cannot be undone."


def test_a_presenter_without_an_organ_is_named_by_office_and_body_on_every_screen(console):
    act(console, "conclude", item="3", reason="for the test")
    act(console, "take", item="1", reason="for the test")
    for planned in room(STREAM).plan.items["1"].presenters:
        act(console, "present", item="1", presenter=planned.organ or f"presenter-{planned.order}")

    page, told = shown(console)[0], written(whole_as_json(public_view(room(STREAM), "en"))).decode()

    names = [str(each.speaker.name) for each in public_view(room(STREAM), "en").listed]
    assert len(names) == len(room(STREAM).plan.items["1"].presenters) > 1
    assert [name for name in names if name.startswith("presenter-")] == []
    assert [name for name in names if name not in told] == []
    assert "<strong>presenter-" not in page
