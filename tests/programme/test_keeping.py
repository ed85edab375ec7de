"""A plan as one text: what is written, what is read again, and what is refused."""

import json
from dataclasses import replace

import pytest

from servanda.programme.keeping import Kept, NewerPlan, NotAPlan, digest_of, plan_of, without_persons
from servanda.programme.possible import ImpossiblePlan
from tests.programme.plans import lighthouse_plan

DAME = '{"original":"en","words":{"en":"Dame","fr":"Dame","zh":"爵士"}}'
KEPT = Kept.of(lighthouse_plan())
OTHERWISE = "Take it from a backup or an archive, or store the programme anew."


def test_the_text_is_canonical_and_says_its_format():
    told = json.loads(KEPT.body)

    assert told["format"] == "servanda-plan/1"
    assert json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")) == KEPT.body
    assert KEPT.digest == digest_of(KEPT.body)


def test_all_languages_standings_and_times_come_back():
    assert plan_of(KEPT.body, KEPT.persons) == lighthouse_plan()


def test_persons_stand_apart_and_offices_stay():
    assert KEPT.persons == f'{{"1":[[{DAME},"Ada Wick"],[null,""]]}}'
    assert [word for word in ("Ada", "Wick", "Dame") if word in KEPT.body] == []
    assert plan_of(KEPT.body) == without_persons(lighthouse_plan())


def test_another_person_makes_no_other_digest():
    agenda = lighthouse_plan().agenda
    opening = replace(agenda[0], presenters=(replace(agenda[0].presenters[0], person="Bo Tallow"),))

    other = Kept.of(lighthouse_plan(agenda=(opening, *agenda[1:])))

    assert (other.persons, other.digest == KEPT.digest) == (f'{{"1":[[{DAME},"Bo Tallow"]]}}', False)
    assert Kept.of(without_persons(lighthouse_plan())).digest == KEPT.digest


def test_a_plan_without_persons_has_nothing_apart():
    assert Kept.of(without_persons(lighthouse_plan())).persons == ""


def test_what_has_its_default_is_not_written():
    opening = json.loads(KEPT.body)["plan"]["days"][0]["sittings"][0]["entries"][0]

    assert opening == {"at": "10:00", "id": "opening", "item": "1", "kind": "opening"}


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        ('{"format"', '{ "format"', "it has something besides a programme, or another form"),
        ('"plan":{', '"plan":{"more":1,', "it has something besides a programme, or another form"),
        ('"city":', '"\U0001f6a2":', "city, Field required"),
        ('"kind":"panel"', '"kind":"show"', "agenda.3.kind, Input should be 'item', 'subitem', 'panel', 'opening' or"),
        ('"order":1', '"order":"1"', "agenda.0.presenters.0.order, Input should be a valid integer"),
        ('"at":"10:00"', '"at":"10:00Z"', "something in it is of the wrong kind (can't compare offset-naive"),
        ('"at":"10:00"', '"at":"25:00"', "days.0.sittings.0.entries.0.at, Input should be in a valid time format"),
        ("Europe/Lisbon", "Europe/Nowhere", "something in it is of the wrong kind ('No time zone found"),
        ('"fr":"Ouverture"', '"xx":"Ouverture"', "'xx' is no language of a text"),
        ('"official":["fr"]', '"official":["ru"]', "a text has no words in 'ru'"),
        ('{"format"', "", "it is no JSON (Expecting value"),
        ("servanda-plan/1", "something", "it has something besides a programme, or another form"),
    ],
)
def test_a_text_that_is_not_as_it_was_written_is_refused(was, now, why):
    assert was in KEPT.body

    with pytest.raises(NotAPlan) as refused:
        plan_of(KEPT.body.replace(was, now, 1))

    told = str(refused.value)
    assert told.startswith(f"The text cannot be read as a programme. It is not as this release writes it: {why}")
    assert told.endswith(OTHERWISE)


@pytest.mark.parametrize("text", ["", "[]", "{}", "1", '{"plan":null}', "[" * 100_000])
def test_what_is_no_plan_at_all_is_refused(text):
    with pytest.raises(NotAPlan):
        plan_of(text)


def test_a_newer_format_asks_for_a_newer_release():
    with pytest.raises(NewerPlan) as refused:
        plan_of(KEPT.body.replace("servanda-plan/1", "servanda-plan/2"))

    assert str(refused.value) == (
        "The programme has the format 'servanda-plan/2'. This release reads servanda-plan/1. "
        "Use the release that wrote it, or a newer one."
    )


def test_a_text_of_a_programme_that_cannot_be_held_is_refused():
    with pytest.raises(ImpossiblePlan) as refused:
        plan_of(KEPT.body.replace('"end":"13:00"', '"end":"09:00"'))

    assert "The sitting 'day-1-morning' runs from 10:00 to 09:00." in refused.value.faults


NO_TEXT = ['{"1":[[{"original":"en","words":{"fr":"Dame"}},"Ada"],[null,""]]}', '{"1":[[1,"Ada"],[null,""]]}']


@pytest.mark.parametrize(
    "persons", [*NO_TEXT, "x", "[1]", '{"9":[]}', '{"1":[["Dame","Ada"]]}', '{"1":[["a","b","c"],["",""]]}']
)
def test_persons_of_another_plan_are_refused(persons):
    with pytest.raises(NotAPlan, match="the persons beside it are not those of its items"):
        plan_of(KEPT.body, persons)
