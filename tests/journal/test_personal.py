"""Personal data: beside the entry, never in it; erased for good, and the chain still holds."""

import pytest
from django.db import IntegrityError, transaction

from servanda.journal.actions import NothingToErase, append, erase
from servanda.journal.chain import NotCanonical
from servanda.journal.models import Entry, Personal
from servanda.journal.queries import entries, heads, verify

pytestmark = pytest.mark.django_db

MEETING = "apmbc/IM2024"
NOON = "2024-06-18T12:00:00.000000+00:00"


@pytest.fixture
def seated():
    """A seat taken by a person with a name and an address."""
    personal = {"name": "Sok Dara", "address": "sok.dara@example.org"}
    return append(stream=MEETING, kind="floor-given", body={"seat": 7}, by="desk", key="k-1", personal=personal)


def told():
    return [(str(finding), finding.is_fault) for finding in verify(MEETING)]


def test_a_name_stands_beside_the_entry_and_not_in_it(seated):
    body = next(entries(MEETING)).body

    assert sorted(body["personal"]) == ["address", "name"]
    assert "Sok" not in seated.body
    assert "sok" not in seated.body
    assert Personal.objects.get(field="name").text == "Sok Dara"
    assert told() == []


def test_equal_names_cannot_be_told_from_their_digests():
    for _ in range(2):
        append(stream=MEETING, kind="floor-given", body={}, by="desk", personal={"name": "Sok Dara"})

    one, other = (entry.body["personal"]["name"] for entry in entries(MEETING))

    assert one != other


def test_what_is_erased_is_gone_and_the_chain_still_holds(seated):
    entry = erase(stream=MEETING, number=1, field="name", by="data-officer")

    assert (entry.number, entry.kind, entry.body) == (
        2,
        "personal-data-erased",
        '{"field":"name","number":1}',
    )
    assert list(Personal.objects.order_by("field").values_list("field", "text")) == [
        ("address", "sok.dara@example.org"),
        ("name", ""),
    ]
    assert Personal.objects.get(field="name").salt == ""
    assert told() == [(f"{MEETING} 1: name was erased on {NOON}, by data-officer.", False)]


def test_the_same_act_is_still_the_same_when_its_name_is_erased(seated):
    erase(stream=MEETING, number=1, field="name", by="data-officer")
    personal = {"name": "Sok Dara", "address": "sok.dara@example.org"}

    again = append(stream=MEETING, kind="floor-given", body={"seat": 7}, by="desk", key="k-1", personal=personal)

    assert again == seated


def test_nothing_is_erased_twice(seated):
    erase(stream=MEETING, number=1, field="name", by="data-officer")

    with pytest.raises(NothingToErase) as refused:
        erase(stream=MEETING, number=1, field="name", by="someone-else")

    assert str(refused.value) == (
        "Entry 1 of apmbc/IM2024 has no name to erase. "
        f"It was erased on {NOON}, by data-officer. "
        "Nothing needs to be done."
    )
    assert heads() == {MEETING: 2}


@pytest.mark.parametrize(("number", "field"), [(1, "telephone"), (9, "name")])
def test_what_was_never_there_cannot_be_erased(seated, number, field):
    with pytest.raises(NothingToErase) as refused:
        erase(stream=MEETING, number=number, field=field, by="data-officer")

    assert str(refused.value) == (
        f"Entry {number} of apmbc/IM2024 has no {field} to erase. "
        "No personal text of this name stands beside it. "
        "Look at the entry for the names of its personal texts."
    )
    assert heads() == {MEETING: 1}


@pytest.mark.parametrize("change", [{"text": "Someone Else"}, {"salt": "0" * 32}], ids=["text", "salt"])
def test_a_changed_personal_text_is_found(seated, change):
    Personal.objects.filter(field="name").update(**change)

    assert told() == [(f"{MEETING} 1: name is not what the entry stands for.", True)]


def test_a_personal_text_that_vanished_without_an_erasure_is_found(seated):
    Personal.objects.filter(field="name").delete()

    assert told() == [(f"{MEETING} 1: name is missing, and no entry says that it was erased.", True)]


def test_a_personal_text_emptied_by_hand_is_found(seated):
    Personal.objects.filter(field="name").update(salt="", text="", erased_at=NOON, erased_by="nobody")

    assert told() == [(f"{MEETING} 1: name is missing, and no entry says that it was erased.", True)]


def test_a_personal_text_that_the_entry_does_not_know_is_found(seated):
    append(stream=MEETING, kind="list-closed", body={}, by="chair")
    Personal.objects.create(entry=Entry.objects.get(number=2), field="name", salt="0" * 32, text="Planted")

    assert told() == [(f"{MEETING} 2: name is not what the entry stands for.", True)]


@pytest.mark.parametrize(
    "half",
    [{"erased_at": NOON}, {"salt": ""}, {"erased_at": NOON, "salt": ""}],
    ids=" ".join,
)
def test_the_database_itself_refuses_half_an_erasure(seated, half):
    with pytest.raises(IntegrityError), transaction.atomic():
        Personal.objects.filter(field="name").update(**half)

    assert Personal.objects.get(field="name").text == "Sok Dara"


def test_an_erased_text_that_is_put_back_is_found(seated):
    held = Personal.objects.filter(field="name").values().get()
    erase(stream=MEETING, number=1, field="name", by="data-officer")

    Personal.objects.filter(field="name").update(**held)

    assert told() == [(f"{MEETING} 1: name is there, though entry 2 says that it was erased.", True)]


@pytest.mark.parametrize("text", ["nought \0", "half \ud800"])
def test_a_personal_text_that_no_database_keeps_is_refused(text):
    with pytest.raises(NotCanonical) as refused:
        append(stream=MEETING, kind="floor-given", body={}, by="desk", personal={"name": text})

    assert refused.value.what == f"The journal cannot hold {text!r} at name."
    assert heads() == {}
