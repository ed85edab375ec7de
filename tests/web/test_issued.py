"""Issued programmes as everyone reads them: frozen by default, derived when asked, by number, and by differences."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from servanda.journal.queries import head
from servanda.programme.actions import issue_plan, store_plan
from servanda.programme.models import Plan as PlanRow
from servanda.programme.queries import plan
from tests.packs.loaded import fresh_memory, load_folder, toy
from tests.packs.shelf import add_line, copy_of_toy

__all__ = ["fresh_memory", "toy"]

pytestmark = pytest.mark.django_db
W2 = "/en/toy/W2/"
PAGES = ["programme/", "programme/items/2.a/", "states/", "states/XBA/"]
FILES = ["programme.ics", "programme.json", "programme.txt", "programme/items/2.a.ics", "programme/items/2.a.json",
         "states/XBA.ics", "states/XBA.json"]  # fmt: skip
API = ["programme", "programme/items/2.a", "states/XBA"]


def words(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def plain(html):
    """What stands on a page, without its marks and isolates."""
    return " ".join(re.sub(r"<[^>]*>|[\u2068\u2069]", "", html).split())


def issue(found=None):
    """Store a programme, and issue it."""
    version = store_plan(plan=found or plan("toy", "W2"), by="ada")
    return issue_plan(convention="toy", meeting="W2", version=version.version, by="ben")


@pytest.fixture
def issued(toy, monkeypatch):
    """Version 1 of the programme of W2, in which the meeting is held in a room that the calendar does not name."""
    return issue(replace(plan("toy", "W2"), room="Lantern Room"))


def test_a_programme_that_is_not_issued_says_that_it_is_derived(toy, client):
    text = plain(words(client, f"{W2}programme/"))

    assert "Derived, not issued. No version of this programme is issued." in text


def test_a_draft_is_shown_to_nobody(toy, client):
    before = {page: words(client, W2 + page) for page in (*PAGES, *FILES)}

    store_plan(plan=replace(plan("toy", "W2"), room="Lantern Room"), by="ada")

    assert {page: words(client, W2 + page) for page in before} == before
    assert client.get(f"{W2}programme/?version=1").status_code == 404
    assert client.get(f"{W2}programme/versions/").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_each_page_says_which_version_it_is(issued, client, page):
    text = plain(words(client, W2 + page))

    assert f"Version 1, issued on {day_of(issued)}" in text
    assert f"digest {issued.digest}" in text
    assert "Derived, not issued" not in text


def day_of(version):
    """The day on which a version was issued, in English."""
    found = date.fromisoformat(version.issued_at[:10])
    return f"{found.day} {found:%B %Y}"


def test_the_issued_programme_stays_when_the_register_moves(db, fresh_memory, tmp_path, client):
    folder = copy_of_toy(tmp_path)
    load_folder(folder)
    issue()
    addresses = [*(W2 + file for file in FILES), *(f"/api/v1/toy/meetings/W2/{place}" for place in API)]
    before = {address: words(client, address) for address in addresses}
    add_line(
        folder,
        "facts/coasts.csv",
        "XBA.dark,XBA,light-failed,2006-03,open,,,2006-03,event,reported_by_state,Letters to the secretariat,,,,,",
    )
    load_folder(folder)

    assert head("toy") == 2
    assert {address: words(client, address) for address in addresses} == before
    assert json.loads(words(client, f"{W2}programme.json?known=2008-10-06"))["more"]["as_of"]["number"] == 2


@pytest.mark.parametrize("asked", ["?known=2008-10-06", "?at=1"])
def test_days_in_the_address_ask_for_what_is_derived_and_the_page_says_so(issued, client, asked):
    text = plain(words(client, f"{W2}programme/{asked}"))

    assert "Derived, not issued. Version 1 is issued." in text
    assert "Lantern Room" not in text


def test_text_json_and_calendar_say_which_version_they_are(issued, client):
    text = plain(words(client, f"{W2}programme.txt"))
    content = json.loads(words(client, f"{W2}programme.json"))["more"]
    item = json.loads(words(client, f"{W2}programme/items/2.a.json"))
    calendar = words(client, f"{W2}programme.ics")

    assert f"Version 1, issued on {day_of(issued)}" in text
    assert [(each["version"], each["issued_on"], each["digest"]) for each in (content, item)] == [
        (1, issued.issued_at[:10], issued.digest)
    ] * 2
    assert set(re.findall(r"SEQUENCE:(\d+)", calendar)) == {str(issued.number + 1)}
    assert calendar.count("Lantern Room") > 0


def test_the_interface_answers_as_the_pages_do(issued, client):
    pairs = [("programme.json", "programme"), ("programme/items/2.a.json", "programme/items/2.a"),
             ("states/XBA.json", "states/XBA")]  # fmt: skip

    for asked in ("", "?version=1", "?at=1"):
        for page, place in pairs:
            assert words(client, W2 + page + asked) == words(client, f"/api/v1/toy/meetings/W2/{place}{asked}")


def test_an_earlier_version_is_asked_for_by_its_number_and_says_what_superseded_it(issued, client):
    issue()

    now, before = plain(words(client, f"{W2}programme/")), plain(words(client, f"{W2}programme/?version=1"))

    assert ("Lantern Room" in now, "Lantern Room" in before) == (False, True)
    assert ("superseded" in now, "It is superseded by version 2." in before) == (False, True)


def test_versions_stand_newest_first_with_what_differs(issued, client):
    issue()

    html = words(client, f"{W2}programme/versions/")

    assert re.findall(r'<h2 id="(version-\d)">', html) == ["version-2", "version-1"]
    assert "What differs from version 1" in html
    assert "Old Harbour, Lantern Room" in plain(html)
    assert "It is the first version that was issued." in html


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        ("version=2", 404, "The programme of toy W2 has no version 2."),
        ("version=0", 400, "version: &#x27;0&#x27; is not the number of a version."),
        ("version=one", 400, "version: &#x27;one&#x27; is not the number of a version."),
        ("version=1&known=2008-10-06", 400, "version stands beside known or at."),
        ("version=1&at=1", 400, "version stands beside known or at."),
    ],
)
def test_what_cannot_be_meant_is_refused(issued, client, asked, status, says):
    answer = client.get(f"{W2}programme/?{asked}")

    assert answer.status_code == status
    assert says in answer.content.decode()


@pytest.mark.parametrize("page", [*PAGES, *FILES, "programme/versions/", ""])
def test_a_version_that_was_altered_is_refused_and_not_shown(issued, client, page):
    row = PlanRow.objects.get()
    PlanRow.objects.update(body=row.body.replace("Lantern Room", "Cellar"))

    answer = client.get(W2 + page)

    assert answer.status_code == 500
    assert "Version 1 of the programme of toy W2 cannot be shown." in answer.content.decode()
    assert "Cellar" not in answer.content.decode()


def test_what_is_derived_is_still_shown_where_a_version_was_altered(issued, client):
    PlanRow.objects.update(body="{}")

    assert "Derived, not issued." in words(client, f"{W2}programme/?known=2008-10-06")


@pytest.mark.parametrize("asked", ["programme/items/2.A/", "states/xba/"])
def test_another_spelling_keeps_the_version_that_is_asked_for(issued, client, asked):
    answer = client.get(f"{W2}{asked}?version=1")

    assert (answer.status_code, answer.headers["Location"].partition("?")[2]) == (302, "version=1")


def test_why_these_states_are_named_is_told_as_it_was_issued(loaded, client):
    found = plan("apmbc", "IM2024")
    store_plan(plan=found, by="ada")
    issue_plan(convention="apmbc", meeting="IM2024", version=1, by="ben")
    tier = found.items["6.b"].tiers[0]

    html = words(client, "/en/apmbc/IM2024/programme/items/6.b/")

    assert sorted(re.findall(r'id="article-4-late-(\w+)"', html)) == sorted(tier.states)
    for invited in tier.invited:
        for reason in invited.because:
            assert reason.sentence.shown_in("en").words in html
    listed = re.search(r'id="article-4-late-GRC">.*?<ul class="sources">(.*?)</ul>', html, flags=re.DOTALL)[1]
    assert listed.count("<li>") == len(
        dict.fromkeys(each for reason in tier.invited[0].because for each in reason.sources)
    )
    assert 'href="https://www.hrw.org/' in listed
    assert "The reasons stand as they were when the version was issued." in html
    assert 'href="/en/apmbc/IM2024/tiers/article-4-late/"' in html
    state = words(client, f"/en/apmbc/IM2024/states/{tier.states[0]}/")
    assert tier.invited[0].because[0].sentence.shown_in("en").words in state
