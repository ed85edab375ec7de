"""The desk of a delegation: in by its link, out of everybody else's, and its acts by plain forms."""

import re

import pytest

from servanda.floor.log import FloorGiven, ItemConcluded, ItemTaken, ListClosed, SittingOpened, TurnEnded
from servanda.floor.procedure import queue, who_is_next
from servanda.floor.queries import room
from servanda.journal.queries import entries
from tests.delegation.conftest import STREAM, desk, once, secret_of
from tests.floor.conftest import ask, do, speak

pytestmark = pytest.mark.django_db


@pytest.fixture
def item_3(floor):
    """Item 3 is under consideration."""
    do(SittingOpened("day-1-morning"))
    do(ItemTaken("3"))


def request_of(code, act="statement"):
    return next(each for each in room(STREAM).requests.values() if (each.speaker.code, each.act) == (code, act))


def test_a_link_says_what_it_opens_and_seats_only_when_asked(floor, client):
    secret = secret_of()

    shown = client.get(f"/fr/enter/{secret}/")
    outside = client.get(desk())
    taken = client.post(f"/fr/enter/{secret}/")

    assert (shown.status_code, "Tchad" in shown.content.decode()) == (200, True)
    assert outside.status_code == 403
    assert (taken.status_code, taken["Location"]) == (302, desk(language="fr"))
    assert client.get(desk()).status_code == 200


def test_a_link_that_is_no_good_says_so_and_where_to_ask(floor, client):
    answer = client.get("/en/enter/never-made/")

    assert answer.status_code == 403
    assert "Ask the secretariat of the meeting for the link that is good now." in answer.content.decode()


def test_the_desk_shows_my_tier_and_why_and_my_items_first(chad, item_3):
    page = chad.get(desk()).content.decode()

    own, _, others = page.partition("Other items of the agenda")
    assert 'id="item-3" aria-labelledby="title-3" aria-current="true"' in own
    assert "You speak under" in own
    assert "under consideration" in own
    assert 'id="item-3"' not in others


def test_asking_puts_me_on_the_list_once_however_often_it_is_sent(chad, item_3):
    form = {"once": once(1), "item": "3", "act": "statement"}

    first, second = chad.post(desk(what="ask/"), form), chad.post(desk(what="ask/"), form)

    assert [(each.status_code, each["Location"]) for each in (first, second)] == [(302, f"{desk()}#item-3")] * 2
    assert [each.request.speaker.code for each in queue(room(STREAM))] == ["TCD"]
    assert [entry.by for entry in entries(STREAM, kind="asked")] == ["TCD-1"]
    assert "First on the list" in chad.get(desk()).content.decode()


def test_the_desk_tells_place_reason_limit_and_a_likely_time_that_is_no_promise(chad, item_3):
    ask("AFG", "3")
    chad.post(desk(what="ask/"), {"once": once(1), "item": "3", "act": "statement"})
    ask("SEN", "3")
    place = [each.request.speaker.code for each in queue(room(STREAM))].index("TCD") + 1

    page = chad.get(desk()).content.decode()

    told = f"Place {place} on the list" if place > 1 else "First on the list"
    assert told in page
    assert "It stands in the order of requests under:" in page
    assert "An estimate, not a promise." in page
    assert "Afghanistan" not in re.sub(r"(?s)<select.*?</select>", "", page.partition("Your items")[2])


def test_the_desk_tells_what_would_move_a_request_and_whose_time_it_is(chad, item_3):
    ask("AFG", "3")
    chad.post(desk(what="ask/"), {"once": once(1), "item": "3", "act": "statement"})

    english, french = (chad.get(desk(language=code)).content.decode() for code in ("en", "fr"))

    assert "On the list of this item 1 stand before it." in english
    assert "In its own group 1 stand before it; if one of them withdraws or is absent, it moves up." in english
    assert ("time of Geneva" in english, "Genève" in french, "Geneva" in french) == (True, True, False)


def test_what_is_refused_is_said_on_the_desk_and_nothing_is_written(chad, item_3):
    do(ItemConcluded("3"))
    before = room(STREAM).number

    answer = chad.post(desk(what="ask/"), {"once": once(1), "item": "3", "act": "statement"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'role="alert"' in page
    assert "The consideration of item 3" in page
    assert room(STREAM).number == before


def test_a_request_is_withdrawn_by_its_own_delegation_alone(chad, cambodia, item_3):
    chad.post(desk(what="ask/"), {"once": once(1), "item": "3", "act": "statement"})
    mine = request_of("TCD").id

    other = cambodia.post(desk("KHM", "withdraw/"), {"once": once(2), "item": "3", "request": mine})
    assert (other.status_code, request_of("TCD").standing) == (404, "waiting")
    own = chad.post(desk(what="withdraw/"), {"once": once(3), "item": "3", "request": mine})

    assert (own.status_code, request_of("TCD").standing) == (302, "withdrawn")


def test_the_right_of_reply_is_asked_for_when_there_is_something_to_reply_to(chad, item_3):
    assert "Ask for the right of reply" not in chad.get(desk()).content.decode()
    ask("AFG", "3")
    speak()

    assert "Ask for the right of reply" in chad.get(desk()).content.decode()
    answer = chad.post(desk(what="ask/"), {"once": once(1), "item": "3", "act": "reply"})

    assert (answer.status_code, request_of("TCD", "reply").standing) == (302, "waiting")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"item": "3", "act": "statement"}, "The form was not taken"),
        ({"item": "3", "act": "statement", "once": "x"}, "The form was not taken"),
        ({"item": "3", "act": "sing", "once": "form00000001"}, "The form was not taken"),
        ({"item": "99", "act": "statement", "once": "form00000001"}, "This meeting has no item"),
    ],
)
def test_a_form_that_no_desk_writes_is_refused(chad, item_3, form, words):
    answer = chad.post(desk(what="ask/"), form)

    assert answer.status_code in (400, 404)
    assert words in answer.content.decode()
    assert room(STREAM).requests == {}


def test_a_form_without_the_mark_of_the_site_is_not_taken(floor, item_3):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)

    assert browser.post(f"/en/enter/{secret_of()}/").status_code == 403
    assert browser.get(desk()).status_code == 403


def test_a_desk_is_there_before_the_floor_is_open(apmbc, client):
    client.post(f"/en/enter/{secret_of()}/")

    page = client.get(desk())

    assert page.status_code == 200
    assert "The floor of this meeting is not open yet." in page.content.decode()
    assert f'data-floor="/live/{STREAM}" data-floor-number="0"' in page.content.decode()


def test_getting_up_forgets_the_seat_and_leaves_the_link_good(chad):
    gone = chad.post(desk(what="leave/"))

    assert (gone.status_code, gone["Location"]) == (302, "/en/apmbc/IM2024/programme/")
    assert chad.get(desk()).status_code == 403


def test_one_browser_may_sit_at_several_desks_of_a_rehearsal(chad):
    chad.post(f"/en/enter/{secret_of(delegation='KHM')}/")

    assert [chad.get(desk(code)).status_code for code in ("TCD", "KHM", "SEN")] == [200, 200, 403]


def test_nobody_keeps_a_desk_and_no_robot_lists_it(chad):
    answer = chad.get(desk())

    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")


def test_who_speaks_and_who_has_spoken_is_told_apart(chad, item_3):
    chad.post(desk(what="ask/"), {"once": once(1), "item": "3", "act": "statement"})
    waiting = chad.get(desk()).content.decode()
    do(FloorGiven(who_is_next(room(STREAM)).request.id, 180))
    speaking = chad.get(desk()).content.decode()
    own = speaking.partition("Your items")[2]
    assert "has the floor" in own
    assert (own.count('class="floor-clock"'), "of 3:00" in own) == (1, True)
    assert ("Likely between" in waiting, "The limit is 3:00." in waiting) == (False, True)  # it may be called now
    do(TurnEnded())
    assert "spoken" in chad.get(desk()).content.decode()
    do(ItemConcluded("3"))

    assert "the item is concluded" in chad.get(desk()).content.decode()


def test_asking_is_the_filled_act_while_the_list_is_open_and_one_does_not_speak(chad, item_3):
    button = r'id="ask-statement-3"( class="act")?'
    found = re.findall(button, chad.get(desk()).content.decode())
    chad.post(desk(what="ask/"), {"once": once(1), "item": "3", "act": "statement"})
    do(FloorGiven(who_is_next(room(STREAM)).request.id, 180))
    found += re.findall(button, chad.get(desk()).content.decode())
    do(TurnEnded())
    do(ListClosed("3"))
    found += re.findall(button, chad.get(desk()).content.decode())

    assert found == [' class="act"', "", ""]


def test_the_presiding_officer_comes_by_a_link_and_runs_this_floor_alone(item_3, client_of):
    chair = client_of(kind="console")
    here = "/en/chair/apmbc/IM2024/"

    page = chair.get(here)
    once_given = re.findall(r'name="once" value="([0-9a-f]+)"', page.content.decode())[0]
    closed = chair.post(f"{here}acts/close-list/", {"once": once_given, "item": "3"})

    assert (page.status_code, closed.status_code) == (200, 302)
    assert [entry.by for entry in entries(STREAM, kind="list-closed")] == ["console-1"]
    assert chair.get(f"{here}rehearsal-1/").status_code == 302
    assert chair.get(desk()).status_code == 403


def test_a_desk_of_a_rehearsal_says_so_and_is_another_place(chad):
    address = desk(floor_name="IM2024/rehearsal-1")
    assert chad.get(address).status_code == 403

    chad.post(f"/en/enter/{secret_of(stream=f'{STREAM}/rehearsal-1')}/")

    assert "Nothing that stands here was said at the meeting." in chad.get(address).content.decode()
    assert "Nothing that stands here was said at the meeting." not in chad.get(desk()).content.decode()


def test_two_delegations_agree_to_exchange_places_and_the_console_does_it(cambodia, item_3, client_of):
    ukraine = client_of("UKR")
    for browser, code in ((ukraine, "UKR"), (cambodia, "KHM")):
        browser.post(desk(code, "ask/"), {"once": once(1), "item": "3", "act": "statement"})
    before = [each.request.speaker.code for each in queue(room(STREAM))]
    told = {"item": "3", "one": request_of("UKR").id, "other": request_of("KHM").id}

    ukraine.post(desk("UKR", "exchange/"), {"once": once(2), **told})
    assert "Ukraine asks you to exchange places." in text_of_page(cambodia.get(desk("KHM")))
    cambodia.post(desk("KHM", "exchange/"), {"once": once(3), "answer": "agree", **told})
    assert "both agree; the presiding officer may do it." in text_of_page(ukraine.get(desk("UKR")))
    chair = client_of(kind="console")
    form = {"once": once(4), "request": told["one"], "other": told["other"]}
    assert "exchange their places" in chair.get("/en/chair/apmbc/IM2024/").content.decode()
    chair.post("/en/chair/apmbc/IM2024/acts/exchange/", form)

    assert [each.request.speaker.code for each in queue(room(STREAM))] == before[::-1]


def test_nobody_agrees_to_an_exchange_for_another(cambodia, item_3, client_of):
    ukraine = client_of("UKR")
    for browser, code in ((ukraine, "UKR"), (cambodia, "KHM")):
        browser.post(desk(code, "ask/"), {"once": once(1), "item": "3", "act": "statement"})
    told = {"item": "3", "one": request_of("UKR").id, "other": request_of("KHM").id}
    ukraine.post(desk("UKR", "exchange/"), {"once": once(2), **told})

    refused = ukraine.post(desk("UKR", "exchange/"), {"once": once(3), "answer": "agree", **told})
    assert (refused.status_code, room(STREAM).proposals[0].is_agreed) == (404, False)
    cambodia.post(desk("KHM", "exchange/"), {"once": once(4), "answer": "decline", **told})

    assert room(STREAM).proposals == ()


def text_of_page(answer):
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", answer.content.decode()))
