"""The acts of the console: done once, refused by name, nothing typed is lost."""

import pytest
from django.test import Client

from servanda.floor.advice import code_of
from servanda.floor.log import SittingOpened
from servanda.floor.queries import room
from tests.chair.conftest import HERE, STREAM, act, ask, called, shown

pytestmark = pytest.mark.django_db

ITEM = {"item": "3"}


def refusal(answer):
    """What, why and what to do, of a refusal shown in place."""
    page = answer.content.decode()
    found = page.partition('<dl class="refusal">')[2].partition("</dl>")[0]
    return [part.partition("</span>")[0] for part in found.split('<span lang="en" dir="ltr">')[1:]]


def waiting():
    return [each.speaker.code for each in room(STREAM).requests.values() if each.standing == "waiting"]


def test_the_floor_is_opened_with_the_programme_issued_last_and_only_once(meeting, client):
    client.force_login(meeting["ada"])

    opened = client.post(f"{HERE}open/")
    number = room(STREAM).number
    again = client.post(f"{HERE}open/")

    assert (opened.status_code, opened.headers["Location"]) == (302, HERE)
    assert room(STREAM).version == 1
    assert [room(STREAM).participants[each] for each in ("TCD", "MHL", "USA")] == [
        "states_parties", "signatories", "states_not_party",
    ]  # fmt: skip
    assert (again.status_code, again.headers["Location"]) == (302, HERE)  # opened twice, it is one floor
    assert room(STREAM).number == number


def test_without_an_issued_programme_the_floor_stays_closed_and_the_page_says_why(meeting, client):
    client.force_login(meeting["ada"])

    page = client.get("/en/chair/apmbc/IM2023/")
    answer = client.post("/en/chair/apmbc/IM2023/open/")

    assert refusal(page)[0] == "The programme of apmbc IM2023 has no stored version."
    assert "Open the floor" not in page.content.decode()
    assert (answer.status_code, refusal(answer)[0]) == (404, "The programme of apmbc IM2023 has no stored version.")


def test_a_click_sent_twice_is_one_act(console):
    _page, once = shown(console)
    sent = {"once": once, "who": "Chad", "act": "statement"}

    answers = [console.post(f"{HERE}acts/ask/", sent).status_code for _ in range(2)]

    assert (answers, waiting()) == ([302, 302], ["TCD"])


def test_a_late_click_never_ends_the_turn_of_another(console):
    ask(console, "Chad", "Cambodia")
    act(console, "give", request=called("TCD").id)
    seen = str(room(STREAM).turn.number)
    act(console, "end", turn=seen)
    act(console, "give", request=called("KHM").id)

    answer = act(console, "end", turn=seen)

    assert room(STREAM).turn.speaker.code == "KHM"
    assert refusal(answer) == [
        "The turn that your page showed is over.",
        "Somebody acted before you; now Cambodia has the floor.",
        "Look at who has the floor now; if the act still fits, do it again.",
    ]


def test_of_two_consoles_the_second_is_told_what_the_first_did(console, meeting):
    ask(console, "Chad", "Cambodia")
    other = Client()
    other.force_login(meeting["ben"])
    _page, once = shown(other)
    before = room(STREAM).number
    act(console, "give", request=called("TCD").id)

    answer = other.post(f"{HERE}acts/give/", {"once": once, "number": before, "request": called("KHM").id})

    assert refusal(answer)[0] == "Chad has the floor."
    assert f"Entry <bdi>{before + 1}</bdi>: giving the floor to Chad (by <bdi>ada</bdi>)" in answer.content.decode()
    assert room(STREAM).number == before + 1


def test_what_was_typed_stays_when_it_is_refused(console):
    answer = act(console, "ask", who="Korea", act="statement", reason="for the minister")

    page = answer.content.decode()
    assert (answer.status_code, refusal(answer)[0]) == (400, "&#x27;Korea&#x27; names no delegation.")
    assert 'aria-keyshortcuts="/" value="Korea"' in page
    assert 'name="reason" autocomplete="off" dir="auto" value="for the minister"' in page


@pytest.mark.parametrize(
    ("who", "sort", "category", "code"),
    [
        ("Tchad", "", "states_parties", "TCD"),
        ("USA", "", "states_not_party", "USA"),
        ("ICRC", "", "organizations", "ICRC"),
        ("European Union and others", "groups", "groups", "european-union-and-others"),
        ("The Chair of the panel", "officers", "officers", "the-chair-of-the-panel"),
    ],
)
def test_a_delegation_is_entered_by_its_exact_name(console, who, sort, category, code):
    answer = act(console, "ask", who=who, sort=sort, act="statement")

    entered = [*room(STREAM).requests.values()][-1].speaker
    assert (answer.status_code, entered.category, entered.code) == (302, category, code)


def test_the_order_is_changed_by_one_place_with_a_reason_and_not_without(console):
    ask(console, "Chad", "Afghanistan", "Cambodia")
    last = called("KHM").id

    refused = act(console, "move", request=last, way="up")
    done = act(console, "move", request=last, way="up", reason="the minister leaves")

    assert (refused.status_code, refusal(refused)[0]) == (409, "A place on the list is changed only with a reason.")
    assert done.status_code == 302
    assert [each.reason for each in room(STREAM).departures] == ["the minister leaves"]
    page, _once = shown(console)
    assert [page.index(name) for name in ("Chad</strong>", "Cambodia</strong>", "Afghanistan</strong>")] == sorted(
        page.index(f"{name}</strong>") for name in ("Chad", "Cambodia", "Afghanistan")
    )


@pytest.mark.parametrize(
    ("way", "code", "said"), [("up", "TCD", "Chad is the first"), ("down", "KHM", "Cambodia is the last")]
)
def test_nobody_is_moved_over_the_edge_of_the_list(console, way, code, said):
    ask(console, "Chad", "Cambodia")

    answer = act(console, "move", request=called(code).id, way=way, reason="as agreed")

    assert refusal(answer)[0] == f"{said} of the list already."


def test_the_last_act_is_undone_by_its_name(console):
    ask(console, "Chad")
    page, _once = shown(console)

    act(console, "undo", undo=str(room(STREAM).last.number))

    assert "<span>Undo: the request of Chad on item <bdi>3</bdi></span>" in page
    assert room(STREAM).requests == {}


def test_undoing_an_act_that_is_not_the_last_is_refused(console):
    before = room(STREAM).last.number
    act(console, "close-list", **ITEM)

    answer = act(console, "undo", undo=str(before))

    assert refusal(answer)[0] == f"Entry {before} cannot be undone."


def test_a_limit_holds_for_whoever_speaks_next(console):
    ask(console, "Chad")

    act(console, "limit", **{"for": "category:states_parties", "seconds": "120", "reason": "many wish to speak"})
    act(console, "give", request=called("TCD").id)

    assert room(STREAM).turn.seconds == 120


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        ("limit", {"for": "category:states_parties", "seconds": "soon"}, "&#x27;soon&#x27; is no number of seconds."),
        ("limit", {"for": "category:nobody", "seconds": "60"}, "This meeting has no category &#x27;nobody&#x27;."),
        ("open-sitting", {"sitting": "day-1-afternoon"}, "The sitting &#x27;day-1-morning&#x27; is open already."),
        ("end", {}, "Nobody has the floor."),
        ("take", {"item": "5"}, "Item 5 is not planned for this sitting."),
        ("ask", {"who": "", "act": "statement"}, "No delegation is named."),
        ("sing", {}, "The console has no act &#x27;sing&#x27;."),
    ],
)
def test_what_is_not_in_order_is_refused_by_name_on_the_console(console, name, fields, said):
    before = room(STREAM).number

    answer = act(console, name, **fields)

    assert refusal(answer)[0] == said
    assert room(STREAM).number == before


def test_a_morning_is_run_by_the_button_that_is_filled(console):
    ask(console, "Chad", "Cambodia")
    for name, fields in (
        ("give", {"request": called("TCD").id}),
        ("pause", {}),
        ("continue", {}),
        ("extend", {"seconds": "60"}),
        ("end", {}),
        ("absent", {"request": called("KHM").id}),
        ("withdraw", {"request": called("KHM").id}),
        ("statement", {"who": "Norway", "language": "en"}),
        ("close-list", ITEM),
        ("reopen-list", ITEM),
        ("suspend", {"until": "11:30"}),
        ("resume", {}),
        ("conclude", ITEM),
        ("close-sitting", {}),
    ):
        assert (name, act(console, name, **fields).status_code) == (name, 302)

    here = room(STREAM)
    assert (here.sitting, here.concluded, [each.speaker.code for each in here.statements.values()]) == (
        None, {"3"}, ["NOR"],
    )  # fmt: skip
    assert isinstance(here.last.act, SittingOpened) is False


def test_acts_are_sent_and_never_read(console):
    assert console.get(f"{HERE}acts/end/").status_code == 405


def test_who_presents_an_item_is_entered_by_office_or_replaced(console):
    act(console, "conclude", item="3")
    act(console, "take", item="1")
    code = code_of(room(STREAM).plan.items["1"].presenters[0])

    planned = act(console, "present", presenter=code)
    instead = act(console, "ask", who="Vice-President", sort="officers", instead=code, act="statement")

    found = [(each.speaker.category, each.speaker.instead_of) for each in room(STREAM).of_item("1")]
    assert (planned.status_code, instead.status_code) == (302, 302)
    assert found == [("officers", ""), ("officers", code)]


def test_an_item_is_concluded_over_nobodys_head_but_with_a_reason(console):
    ask(console, "Chad")

    refused = act(console, "conclude", item="3")
    done = act(console, "conclude", item="3", reason="the delegation agrees to speak tomorrow")

    assert (refused.status_code, done.status_code) == (409, 302)
    assert room(STREAM).concluded == {"3"}
