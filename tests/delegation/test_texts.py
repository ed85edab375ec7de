"""Texts handed in: interpreters first, everybody else when the speaker has had the floor."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from servanda.floor.log import FloorGiven, ItemTaken, SittingOpened, TurnEnded, Undone
from servanda.floor.procedure import who_is_next
from servanda.floor.queries import room, text_of
from servanda.floor.texts import MOST_CHARACTERS, is_released
from servanda.journal.actions import erase
from servanda.journal.queries import entries, verify
from servanda.people.actions import add_account
from tests.delegation.conftest import STREAM, desk, once
from tests.floor.conftest import do, speak

pytestmark = pytest.mark.django_db

WORDS = "Monsieur le Président,\n\nLe Tchad …"


@pytest.fixture
def handed_in(chad):
    """Chad has handed in its text on item 3, which is under consideration; its address."""
    do(SittingOpened("day-1-morning"))
    do(ItemTaken("3"))
    give(chad)
    return address(next(iter(room(STREAM).statements)))


def address(name):
    return f"/en/floor/apmbc/IM2024/texts/{name}/"


def give(browser, number=1, **changes):
    form = {"once": once(number), "item": "3", "language": "fr", "text": WORDS, "check": "yes", "everybody": "yes"}
    return browser.post(desk(what="text/"), form | changes)


def test_a_text_is_kept_beside_the_journal_and_not_in_it(chad, handed_in):
    (entry,) = entries(STREAM, kind="statement-received")

    assert text_of(STREAM, entry.body["statement"]) == WORDS
    assert "Tchad" not in str(entry.body)
    assert (entry.by, entry.body["language"], entry.body["check_against_delivery"]) == ("TCD-1", "fr", True)
    assert list(verify(STREAM)) == []


def test_the_interpreters_read_it_before_and_others_after(handed_in, chad, cambodia, client_of):
    booth, public = client_of(kind="interpreters"), Client()

    before = [each.get(handed_in).status_code for each in (chad, booth, cambodia, public)]
    chad.post(desk(what="ask/"), {"once": once(2), "item": "3", "act": "statement"})
    speak()
    after = [each.get(handed_in).status_code for each in (chad, booth, cambodia, public)]

    assert (before, after) == ([200, 200, 403, 403], [200, 200, 200, 200])
    assert '<div class="delivered" lang="fr" dir="ltr">' in public.get(handed_in).content.decode()


def test_the_same_form_sent_twice_is_one_text(chad, handed_in):
    again = give(chad)

    assert again.status_code == 302
    assert len(room(STREAM).statements) == 1


def test_a_later_text_takes_the_place_of_an_earlier_one(chad, handed_in):
    give(chad, 2, text="Un autre texte")

    page = chad.get(desk()).content.decode()

    assert page.count("Text handed in:") == 1
    assert '<bdi lang="fr">français</bdi> · <a' in page
    assert f"TCD-1-{once(2)}" in page


def test_a_written_statement_is_for_everybody_at_once(chad, handed_in):
    give(chad, 2, written="yes", text="Par écrit")

    released = {name: is_released(room(STREAM), each) for name, each in room(STREAM).statements.items()}

    assert released == {f"TCD-1-{once(1)}": False, f"TCD-1-{once(2)}": True}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": "  "}, "There is no text."),
        ({"text": "x" * (MOST_CHARACTERS + 1)}, "plain text of at most 25000 characters"),
        ({"language": "la"}, "is not one of the six languages"),
        ({"item": "99"}, "This meeting has no item"),
    ],
)
def test_a_text_that_is_not_fit_is_refused_and_not_lost(chad, floor, changes, words):
    answer = give(chad, **changes)

    page = answer.content.decode()
    assert answer.status_code in (400, 404)
    assert words in page
    assert room(STREAM).statements == {}


def test_a_text_that_was_erased_says_so(chad, handed_in):
    (entry,) = entries(STREAM, kind="statement-received")
    erase(stream=STREAM, number=entry.number, field="text", by="ada")

    assert "The words of this text were erased." in chad.get(handed_in).content.decode()


def test_a_text_that_nobody_handed_in_is_not_there(chad, floor):
    assert chad.get(address("none")).status_code == 404


def test_the_longest_text_is_taken_in_every_script(chad, floor):
    answer = chad.post(
        desk(what="text/"),
        urlencode({"once": once(1), "item": "3", "language": "zh", "text": "地" * MOST_CHARACTERS}),
        content_type="application/x-www-form-urlencoded",
    )

    assert (answer.status_code, len(room(STREAM).statements)) == (302, 1)


ON_ITEM_3 = "/en/floor/apmbc/IM2024/items/3/texts/"


def test_the_texts_of_an_item_are_listed_when_their_speakers_had_the_floor_and_hidden_if_it_is_undone(handed_in, chad):
    chad.post(desk(what="ask/"), {"once": once(2), "item": "3", "act": "statement"})
    public, listed = Client(), []

    def look():
        page = public.get(ON_ITEM_3).content.decode()
        listed.append((handed_in in page, public.get(handed_in).status_code))

    look()
    do(FloorGiven(who_is_next(room(STREAM)).request.id, 180))
    look()
    do(TurnEnded())
    look()
    do(Undone(room(STREAM).last.number))
    look()

    assert listed == [(False, 403), (False, 403), (True, 200), (False, 403)]


def test_a_text_that_the_delegation_keeps_is_shown_to_nobody_else(handed_in, chad):
    give(chad, 2, everybody="", text="Entre nous")
    chad.post(desk(what="ask/"), {"once": once(3), "item": "3", "act": "statement"})
    speak()

    assert "None yet." in Client().get(ON_ITEM_3).content.decode()
    assert "for the interpreters and the presiding officer alone" in chad.get(desk()).content.decode()


def test_a_written_statement_is_listed_as_one(handed_in, chad):
    give(chad, 2, written="yes", text="Par écrit")

    page = Client().get(ON_ITEM_3).content.decode()

    assert ("Written statement" in page, handed_in in page) == (True, False)


def test_a_delegation_erases_its_words_until_everybody_may_read_them_and_then_the_secretariat(handed_in, chad, client):
    erasing = {"statement": next(iter(room(STREAM).statements))}
    chad.post(desk(what="ask/"), {"once": once(2), "item": "3", "act": "statement"})
    speak()
    ada = Client()
    ada.force_login(add_account(name="ada", seat="secretariat", by="test"))

    refused = chad.post(desk(what="text/erase/"), erasing)
    done = ada.post(desk(what="text/erase/"), erasing)

    assert (refused.status_code, "only the secretariat does" in refused.content.decode()) == (409, True)
    assert (done.status_code, done["Location"]) == (302, handed_in)
    assert ON_ITEM_3 in Client().get(handed_in).content.decode()
    assert "The words of this text were erased." in Client().get(handed_in).content.decode()
    assert "the words were erased" in Client().get(ON_ITEM_3).content.decode()


def test_a_delegation_erases_no_words_of_another(handed_in, cambodia):
    answer = cambodia.post(desk("KHM", "text/erase/"), {"statement": next(iter(room(STREAM).statements))})

    assert (answer.status_code, text_of(STREAM, next(iter(room(STREAM).statements)))) == (404, WORDS)
