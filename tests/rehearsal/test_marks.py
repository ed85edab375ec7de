"""A rehearsal is told apart: a band on every page, no robot, never approved, issued, published or written back."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver

from servanda.common.clock import now
from servanda.floor.queries import ROOMS, room
from servanda.floor.rehearsing import is_over
from servanda.floor.replaying import rehearsals, script_of
from servanda.journal.queries import head, heads
from servanda.journal.rehearsals import ARehearsalOnly, require_real
from servanda.people.actions import make_link, open_demonstration
from servanda.people.models import Account
from servanda.programme.actions import issue_plan, store_plan
from servanda.programme.queries import plan
from servanda.register.proposing import approve, propose
from servanda.site.archiving import export
from servanda.web.rehearsal import players
from tests.desk.drafts import a_grant
from tests.desk.test_permissions import addresses
from tests.rehearsal.conftest import MEETING, REHEARSAL
from tests.rehearsal.test_replay import played

NAMED = {
    "convention": "apmbc",
    "code": "IM2024",
    "rehearsal": "rehearsal-1",
    "delegation": "TCD",
    "sitting": "day-1-morning",
    "number": "3",
}
BAND = {"en": "Nothing that stands here was said at the meeting.", "ar": "لم يُقل في الاجتماع أي شيء مما يرد هنا."}
AN_ACT = 405  # what answers to POST alone
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


@pytest.fixture
def seated(rehearsal):
    """A browser with a seat of every kind at a rehearsal that is under way, and the texts handed in there."""
    played(rehearsal, steps=60)
    client, soon = Client(), now() + timedelta(days=1)
    for kind in ("console", "display", "interpreters", "delegation"):
        delegation = "TCD" if kind == "delegation" else ""
        _link, secret = make_link(floor=rehearsal, kind=kind, delegation=delegation, expires_at=soon, by="test")
        assert "noindex" in client.get(f"/en/enter/{secret}/").content.decode()
        client.post(f"/en/enter/{secret}/")
    return client


def of_a_rehearsal(language):
    """Every address below a rehearsal, with what stands there in its places."""
    text = next(iter(room(REHEARSAL).statements))
    for route, _view in addresses(get_resolver()):
        if "<rehearsal:" in route:
            named = {**NAMED, "language": language, "statement": text, "name": "pause"}
            yield "/" + PLACE.sub(lambda place: named[place[1]], route)  # noqa: B023


def test_every_address_of_a_rehearsal_carries_the_band_and_is_for_no_robot(seated):
    unmarked, pages = [], 0

    for language in BAND:
        for address in of_a_rehearsal(language):
            answer = seated.get(address)
            if answer["X-Robots-Tag"] != "noindex":
                unmarked.append(address)
            if answer.status_code != AN_ACT:
                pages += 1
                unmarked += [] if is_marked(answer.content.decode(), language) else [address]

    assert (unmarked, pages > 2 * 5) == ([], True)


def is_marked(words, language):
    """Whether a page or a state says that it is of a rehearsal."""
    if words.startswith("{"):
        return json.loads(words)["floor"]["rehearsal"] is True
    return BAND[language] in words and '<meta name="robots" content="noindex">' in words


@pytest.mark.django_db
def test_a_rehearsal_is_never_issued_as_a_programme():
    with pytest.raises(ARehearsalOnly) as refused:
        issue_plan(convention="apmbc", meeting="IM2024/rehearsal-1", version=1, by="test")

    assert str(refused.value) == (
        "apmbc/IM2024/rehearsal-1 is of a rehearsal; it cannot be issued. Nobody said what stands there. "
        "Name the meeting itself: only what was held on its own floor can be."
    )
    assert heads() == {}


@pytest.mark.django_db
def test_a_rehearsal_is_never_approved_and_is_no_source_of_a_fact():
    cited = a_grant(source="https://example.org/en/floor/apmbc/IM2024/rehearsal-1/texts/one/")

    with pytest.raises(ARehearsalOnly, match="cannot be approved"):
        approve(convention=REHEARSAL, number=1, by="test")
    with pytest.raises(ARehearsalOnly, match="cannot be proposed for the register"):
        propose(convention="apmbc", draft=cited, by="test")

    assert heads() == {}


def test_a_rehearsal_is_never_published(rehearsal):
    store_plan(plan=plan("apmbc", "IM2024"), by="test")
    issue_plan(convention="apmbc", meeting="IM2024", version=1, by="test")

    with pytest.raises(ARehearsalOnly, match="cannot be published"):
        export(REHEARSAL, "public")

    assert set(export("apmbc", "public").manifest.streams) == {"apmbc", MEETING}
    assert REHEARSAL in export("apmbc", "secretariat").manifest.streams


def test_whoever_writes_back_is_refused_a_rehearsal_and_given_the_meeting():
    require_real(MEETING, "written back")

    with pytest.raises(ARehearsalOnly, match="cannot be written back"):
        require_real(REHEARSAL, "written back")


HOME = "/en/rehearsal/apmbc/IM2024/"


def test_outside_a_demonstration_the_first_page_offers_no_rehearsal_and_nobody_begins_one(apmbc, client):
    home = client.get("/en/")

    begun = client.post(f"{HOME}begin/", {"speed": "60"})

    assert ("rehearse" in home.content.decode(), home.cookies.keys()) == (False, set())
    assert (begun.status_code, head(REHEARSAL)) == (403, 0)


@pytest.mark.django_db(transaction=True)
def test_one_click_on_the_first_page_of_a_demonstration_plays_a_rehearsal_with_seats(apmbc, client):
    ROOMS.clear()
    open_demonstration(by="test")
    home = client.get("/en/").content.decode()

    begun = client.post(f"{HOME}begin/", {"speed": "60", "once": "abcdef01"})
    stopped = client.post(f"{HOME}rehearsal-1/stop/")
    console = client.post(f"{HOME}rehearsal-1/sit/", {"kind": "console"}, follow=True)
    desk = client.post(f"{HOME}rehearsal-1/sit/", {"kind": "delegation", "delegation": "TCD"}, follow=True)
    nobody = client.post(f"{HOME}rehearsal-1/sit/", {"kind": "delegation", "delegation": "ZZZ"})

    assert f'action="{HOME}begin/"' in home
    assert (begun.status_code, begun["Location"]) == (302, f"{HOME}rehearsal-1/")
    assert (stopped.status_code, room(REHEARSAL).speed) == (302, 60)
    assert "Chair console" in console.content.decode()
    assert "Desk of the delegation" in desk.content.decode()
    assert (nobody.status_code, "is no delegation" in nobody.content.decode()) == (404, True)
    assert not is_over(script_of(REHEARSAL), room(REHEARSAL))
    ROOMS.clear()


def test_where_no_further_one_can_play_none_is_opened_and_the_same_click_is_still_one(rehearsal, client, monkeypatch):
    monkeypatch.setattr(players, "MOST", 0)
    client.force_login(Account.objects.get(name="ada"))
    by_hand = client.post(f"{HOME}begin/", {"once": "abcdef03"})

    refused = client.post(f"{HOME}begin/", {"speed": "60", "once": "abcdef04"})

    assert (by_hand.status_code, refused.status_code) == (302, 409)
    assert "No further rehearsal can play by itself now." in refused.content.decode()
    assert [each.name for each in rehearsals("apmbc", "IM2024")] == ["rehearsal-2", "rehearsal-1"]


def test_the_secretariat_begins_one_to_be_led_by_hand_and_finds_it_on_its_page(rehearsal, client):
    client.force_login(Account.objects.get(name="ada"))

    begun = client.post(f"{HOME}begin/", {"once": "abcdef02"})
    page = client.get("/en/secretariat/apmbc/programme/IM2024/").content.decode()
    lobby = client.get(begun["Location"]).content.decode()

    assert begun["Location"] == f"{HOME}rehearsal-2/"
    assert (f"{HOME}rehearsal-1/" in page, f"{HOME}rehearsal-2/" in page) == (True, True)
    assert ("It stands" in lobby, "Its clocks run as at a meeting." in lobby) == (True, True)
    assert room("apmbc/IM2024/rehearsal-2").number == 1
    assert client.post(f"{HOME}begin/", {"once": "abcdef02"})["Location"] == begun["Location"]  # the same click
    assert BAND["en"] not in client.get("/en/chair/apmbc/IM2024/").content.decode()
