"""The floor as everybody follows it: a page, and the same in sentences."""

import json
import re
from datetime import timedelta

import pytest

from servanda.common.languages import LANGUAGES
from servanda.floor.actions import open_floor, perform, rules_for
from servanda.floor.log import Asked, FloorGiven, SittingClosed, SittingOpened, Speaker, TurnEnded, TurnPaused
from servanda.floor.queries import room
from servanda.programme.queries import plan
from servanda.web.floors import shown_in
from servanda.web.storing import NUMBERS
from tests.display.conftest import LIVE, SECRET, TEXT, words
from tests.floor.conftest import STREAM, do

pytestmark = pytest.mark.django_db


def test_the_page_tells_who_speaks_who_waits_and_who_has_spoken(morning, client):
    page = client.get(LIVE).content.decode()

    told = words(page)

    assert "Afghanistan Has had the floor since" in told
    assert "The limit is 3:00." in told
    assert "The list of speakers is open. 4 delegations wait." in told
    assert re.findall(r"<li value=\"(\d)\">(.*?)</li>", page) == [
        ("1", "Norway"), ("2", "Cambodia"), ("3", "Ukraine"), ("4", "Democratic People&#x27;s Republic of Korea"),
    ]  # fmt: skip
    assert re.findall(r'<tr><th scope="row">(\w+)</th><td class="number">\d\d:\d\d</td><td', page) == ["Chad"]


def test_the_text_says_the_same_in_sentences(morning, client):
    told = words(client.get(TEXT))

    assert "Item 3. Matters related to the mandate of the Committee on Article 5 Implementation" in told
    assert "Afghanistan has the floor." in told
    assert "To speak next: Norway, Cambodia and Ukraine. 4 delegations wait. The list of speakers is open." in told


def test_no_reason_and_no_tier_leaves_the_room(morning, client):
    told = "".join(client.get(address).content.decode() for address in (LIVE, TEXT))
    tiers = [tier.kind for tier in morning.plan.items["3"].tiers]

    assert [word for word in (SECRET, *tiers) if word in told] == []


def test_a_group_and_a_reply_are_called_what_they_are(morning, client):
    do(TurnEnded())
    do(Asked("g", "3", Speaker("groups", "EU", name="Belgium", on_behalf_of="the European Union")))
    do(FloorGiven("g", 300, reason="the list can wait"))
    found = [words(client.get(address)) for address in (LIVE, TEXT)]
    do(TurnEnded())
    do(Asked("r", "3", Speaker("states_parties", "TCD"), act="reply"))
    do(FloorGiven("r", 120, reason="the list can wait"))
    found += [words(client.get(address)) for address in (LIVE, TEXT)]

    assert "Belgium · on behalf of the European Union" in found[2].partition("Who has spoken")[2]
    for told, expected in zip(
        found,
        ("Belgium on behalf of the European Union", "Belgium has the floor on behalf of the European Union.",
         "Right of reply Chad", "Chad has the floor in reply."),
        strict=True,
    ):  # fmt: skip
        assert expected in told


def test_each_is_rendered_once_for_a_number_and_true_whenever_it_is_read(morning, client, monkeypatch):
    first = [client.get(address) for address in (LIVE, TEXT)]
    later = morning.at + timedelta(minutes=10)
    monkeypatch.setattr("servanda.web.templatetags.floor.now", lambda: later)

    second = [client.get(address) for address in (LIVE, TEXT)]

    assert [json.loads(each[NUMBERS])[STREAM] for each in first] == [morning.number] * 2
    assert [each.content for each in second] == [each.content for each in first]
    assert [re.findall(r"<output[^>]*>(.*?)</output>", each.content.decode()) for each in first] == [[""], [""]]


def test_each_part_alone_is_the_same_as_in_its_page(morning, client):
    for address, part in ((LIVE, "floor"), (TEXT, "now"), (TEXT, "time"), (TEXT, "next")):
        alone = client.get(f"{address}?part={part}")
        assert alone.content.decode().strip() in client.get(address).content.decode()
        assert json.loads(alone[NUMBERS])[STREAM] == morning.number


def test_a_clock_that_stands_is_told_with_what_was_used(morning, client):
    do(TurnPaused())

    assert "The clock stands; time used: 0:00." in words(client.get(TEXT))


def test_the_programme_links_to_it_while_the_floor_is_open(apmbc, client):
    programme = "/en/apmbc/IM2024/programme/"
    found = [LIVE in client.get(programme).content.decode()]
    named = {
        "convention": "apmbc", "meeting": "IM2024", "plan": plan("apmbc", "IM2024"), "version": 1, "by": "test",
        "rules": rules_for("apmbc", "IM2024"), "participants": {"TCD": "states_parties"},
    }  # fmt: skip
    open_floor(**named, rehearsal="rehearsal-1")
    found.append("/live/" in client.get(programme).content.decode())
    open_floor(**named)
    found.append(LIVE in client.get(programme).content.decode())
    for act in (SittingOpened(room(STREAM).plan.sittings[-1].id), SittingClosed()):
        do(act)
    found.append(LIVE in client.get(programme).content.decode())

    assert found == [False, False, True, False]


def test_a_floor_that_is_not_open_is_said_so(apmbc, client):
    assert "The floor of this meeting is not open." in words(client.get(LIVE))
    assert "The floor of this meeting is not open." in words(client.get(f"{TEXT}?part=now"))
    for address in (LIVE, TEXT):
        page = client.get(address).content.decode()
        assert f'data-floor="/live/{STREAM}" data-floor-number="0"' in page
        assert "js/floor.js" in page
    assert client.get("/en/apmbc/IM2999/live/").status_code == 404


def test_a_rehearsal_stands_at_its_own_addresses_under_its_band(floor, client):
    stream = f"{STREAM}/rehearsal-1"
    open_floor(
        convention="apmbc", meeting="IM2024", plan=plan("apmbc", "IM2024"), version=1, by="test",
        rules=rules_for("apmbc", "IM2024"), participants={"TCD": "states_parties"}, rehearsal="rehearsal-1",
    )  # fmt: skip
    perform(stream=stream, act=SittingOpened("day-1-morning"), by="test")

    for what in ("live/", "live/text/"):
        answer, meeting = (client.get(f"/fr/apmbc/IM2024/{each}{what}") for each in ("rehearsal-1/", ""))
        assert (answer["X-Robots-Tag"], meeting.has_header("X-Robots-Tag")) == ("noindex", False)
        assert ("Répétition" in answer.content.decode(), "Répétition" in meeting.content.decode()) == (True, False)
        assert json.loads(answer[NUMBERS])[stream] == room(stream).number


def test_a_list_that_the_rules_do_not_show_is_told_by_its_length_alone(morning, client, monkeypatch):
    closed = morning.rules.public_sees.model_copy(update={"list_of_speakers": "never", "names": "never"})
    hidden = morning.__class__(**{**vars(morning), "rules": morning.rules.model_copy(update={"public_sees": closed})})
    monkeypatch.setattr("servanda.web.public.floor.shown_in", lambda _room, language: shown_in(hidden, language))

    found = [words(client.get(address)) for address in (LIVE, TEXT)]

    assert [("Their names are not shown." in told, "Norway" in told) for told in found] == [(True, False)] * 2


def test_both_are_there_in_every_language(morning, client):
    addresses = [each.replace("/en/", f"/{language}/") for each in (LIVE, TEXT) for language in LANGUAGES]

    assert {client.get(each).status_code for each in addresses} == {200}
