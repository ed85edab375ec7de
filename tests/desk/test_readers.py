"""Corrections proposed by readers: about public facts only, bounded, erasable, and answered at the desk."""

import json

import pytest

from servanda.convention.queries import conventions
from servanda.journal.models import Entry
from servanda.journal.queries import verify
from servanda.register import proposing
from servanda.register.inbox import find_suggestion, inbox
from servanda.register.proposing import approve, close_suggestion, erase_suggestion, propose
from servanda.web.desk import signing, suggesting
from tests.desk.drafts import a_correction

pytestmark = pytest.mark.django_db
FACT = "XIA.postponement-granted.A3"
HIDDEN = "XKA.postponement-requested.A3"
ADDRESS = f"/en/toy/corrections/?fact={FACT}"
WORDS = {"fact": FACT, "words": "It was June.", "source": "LAMP/A3/9/Corr.1", "contact": "reader@lighthouses.example"}


@pytest.fixture(autouse=True)
def nothing_counted():
    for limit in (signing.FROM_ONE_CONNECTION, signing.FOR_ONE_ACCOUNT, suggesting.FROM_ONE_CONNECTION):
        limit.taken.clear()


def send(client, **changes):
    return client.post("/en/toy/corrections/", WORDS | changes)


def words(answer):
    return answer.content.decode()


def test_each_fact_on_the_page_of_a_state_leads_to_the_form(toy, client):
    page = client.get("/en/toy/states/XIA/?on=2008-01-01&known=2008-01-01")

    assert f'href="/en/toy/corrections/?fact={FACT}"' in words(page)
    assert "<form" not in words(page).replace('<form class="times"', "")
    assert not page.cookies


def test_what_a_reader_sends_lies_on_the_desk_and_the_page_says_what_happens_next(toy, client):
    sent = send(client, once="a1b2c3d4e5")
    send(client, once="a1b2c3d4e5")

    (suggestion,) = inbox("toy").open_suggestions
    assert sent.headers["Location"] == "/en/toy/corrections/received/"
    assert "Nothing on these pages changes before that." in words(client.get(sent.headers["Location"]))
    assert find_suggestion("toy", suggestion.number)[1] == {
        name: WORDS[name] for name in ("words", "source", "contact")
    }


def test_what_no_database_keeps_is_left_out(toy, client):
    sent = send(client, words="It was\x00 June.")

    (suggestion,) = inbox("toy").open_suggestions
    assert sent.status_code == 302
    assert find_suggestion("toy", suggestion.number)[1]["words"] == "It was June."


def test_the_form_is_refused_without_the_mark_of_its_page(toy):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/en/toy/corrections/", WORDS)

    assert (answer.status_code, inbox("toy").suggestions) == (403, {})
    assert "The form was not taken; nothing was changed." in words(answer)


@pytest.mark.parametrize("key", [HIDDEN, "XKA.nothing", "XHA.postponement-granted.A3"])
def test_of_a_hidden_fact_a_lead_and_no_fact_the_form_says_the_same(toy, client, key):
    asked, sent = client.get("/en/toy/corrections/", {"fact": key}), send(client, fact=key)

    assert (asked.status_code, sent.status_code) == (404, 404)
    assert words(asked).replace(key, "KEY").count("The register of toy shows no fact &#x27;KEY&#x27;.") == 1
    assert inbox("toy").suggestions == {}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"words": "  "}, "Nothing was written. Up to 2000 are read. Say what is not right."),
        ({"words": "x" * 2001}, "words has 2001 signs. Up to 2000 are read. Shorten it."),
        ({"source": "x" * 401}, "source has 401 signs. Up to 400 are read. Shorten it."),
    ],
)
def test_texts_that_do_not_fit_are_told_on_the_form(toy, client, changes, said):
    answer = send(client, **changes)

    assert (answer.status_code, said in words(answer)) == (400, True)
    assert inbox("toy").suggestions == {}


def test_one_connection_sends_five_an_hour(toy, client):
    answers = [send(client, words=f"Number {number}.") for number in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "5 came from your connection within an hour." in words(answers[-1])
    assert len(inbox("toy").open_suggestions) == 5


def test_the_desk_takes_no_more_than_it_can_read(toy, client, monkeypatch):
    monkeypatch.setattr(proposing, "MOST_OPEN_SUGGESTIONS", 2)

    answers = [send(client, words=f"Number {number}.") for number in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "2 proposals from readers await the secretariat, and it takes no more at a time." in words(answers[-1])


def test_the_contact_of_a_reader_stands_beside_the_journal_and_can_be_erased(desk, client):
    send(client)
    entry = Entry.objects.get(kind="correction-suggested")
    assert "reader@" not in entry.body
    assert "June" not in entry.body

    erase_suggestion(convention="toy", number=entry.number, by="cleo")

    assert find_suggestion("toy", entry.number)[1] == {}
    assert [finding for finding in verify() if finding.is_fault] == []


def test_a_suggestion_taken_up_is_answered_by_the_approval(desk, client):
    send(client)
    (suggestion,) = inbox("toy").open_suggestions
    draft = a_correction()
    draft = type(draft)(draft.act, "", draft.cells, draft.concerns, reason="So.", suggestion=suggestion.number)
    number = propose(convention="toy", draft=draft, by="ada").number

    approve(convention="toy", number=number, by="ben")

    assert inbox("toy").open_suggestions == []


def test_a_suggestion_is_closed_with_a_reason(desk, client):
    send(client)
    (suggestion,) = inbox("toy").open_suggestions

    closed = close_suggestion(convention="toy", number=suggestion.number, reason="The report says January.", by="ada")

    assert (closed.ending.by, closed.ending.reason) == ("ada", "The report says January.")


def test_the_stream_of_the_desk_is_no_convention(desk, client):
    send(client)

    assert conventions() == ["toy"]
    assert client.get("/en/").status_code == 200
    assert client.get("/en/toy/desk/").status_code == 404


def test_nothing_hidden_that_the_desk_enters_reaches_the_public(desk, client):
    from tests.desk.drafts import a_grant

    trace = "The moonstone is under the stairs."
    draft = a_grant(
        predicate="plan-announced", value="", meeting="", stance="announced", label="secretariat", note=trace
    )
    number = propose(convention="toy", draft=draft, by="ada").number
    approve(convention="toy", number=number, by="ben")
    pages = [
        "/en/", "/en/toy/", "/en/toy/W1/", "/en/toy/states/XBA/", "/en/toy/corrections/?fact=XBA.plan-announced",
        "/api/v1/conventions", "/api/v1/toy/states/XBA", "/api/v1/toy/meetings/W1",
        f"/en/desk/toy/proposals/{number}/", "/en/desk/toy/fact/?key=XBA.plan-announced",
    ]  # fmt: skip

    answers = {page: words(client.get(page)) for page in pages}

    assert [page for page, answer in answers.items() if "moonstone" in answer] == []
    assert [page for page, answer in answers.items() if "plan-announced" in answer and "corrections" not in page] == []
    assert "moonstone" not in json.dumps(list(Entry.objects.filter(stream__name="toy").values_list("body", flat=True)))
