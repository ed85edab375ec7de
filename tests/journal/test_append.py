"""Appending: numbers, keys, steps, and what the journal refuses."""

import contextlib

import pytest
from django.db import IntegrityError, transaction

from servanda.journal.actions import KeyIsTaken, OutOfStep, UnfitWord, append
from servanda.journal.chain import GENESIS, NotCanonical
from servanda.journal.kinds import KINDS, Kind, UnknownKind
from servanda.journal.models import AppendOnly, Entry, Stream
from servanda.journal.queries import Recorded, UnknownStream, entries, head, heads, latest, verify

pytestmark = pytest.mark.django_db

MEETING = "apmbc/IM2024"
NOON = "2024-06-18T12:00:00.000000+00:00"


def give_floor(state="KHM", *, stream=MEETING, by="chair", **words):
    """One act as the floor writes it."""
    return append(stream=stream, kind="floor-given", body={"state": state}, by=by, **words)


def faults(stream=None):
    return [str(finding) for finding in verify(stream)]


def test_the_first_entry_of_a_stream_has_number_one_and_follows_nothing():
    entry = give_floor()

    assert (entry.number, entry.previous_hash, entry.body) == (1, GENESIS, '{"state":"KHM"}')
    assert (entry.by, entry.at, entry.key) == ("chair", NOON, None)


def test_each_entry_follows_the_one_before_it():
    first, second = give_floor(), give_floor("AGO")

    assert (second.number, second.previous_hash) == (2, first.hash)
    assert heads() == {MEETING: 2}
    assert faults() == []


def test_streams_count_each_for_themselves():
    give_floor(), give_floor(), give_floor(stream="apmbc")

    assert heads() == {MEETING: 2, "apmbc": 1}
    assert head("ccm") == 0


def test_entries_are_read_oldest_first_after_a_number_and_until_another():
    for state in ("AGO", "KHM", "TCD", "YEM"):
        give_floor(state)

    read = list(entries(MEETING, after=1, until=3))

    assert read == [
        Recorded(MEETING, 2, "floor-given", {"state": "KHM"}, "chair", NOON),
        Recorded(MEETING, 3, "floor-given", {"state": "TCD"}, "chair", NOON),
    ]


def test_the_latest_of_a_kind_is_told_as_of_a_number():
    give_floor("AGO"), give_floor("KHM")
    append(stream=MEETING, kind="list-closed", body={}, by="chair")

    found = [latest(MEETING, "floor-given", until) for until in (0, 1, 3)]

    assert [each and each.body["state"] for each in found] == [None, "AGO", "KHM"]


def test_an_old_entry_is_read_in_the_newest_version_and_stays_as_it_was_written(monkeypatch):
    give_floor()
    renamed = Kind("floor-given", 2, {1: lambda body: {"delegation": body["state"]}})
    monkeypatch.setitem(KINDS, "floor-given", renamed)

    append(stream=MEETING, kind="floor-given", body={"delegation": "AGO"}, by="chair")

    assert [entry.body for entry in entries(MEETING)] == [{"delegation": "KHM"}, {"delegation": "AGO"}]
    assert list(Entry.objects.order_by("number").values_list("version", "body")) == [
        (1, '{"state":"KHM"}'),
        (2, '{"delegation":"AGO"}'),
    ]
    assert faults() == []


def test_the_same_act_with_the_same_key_is_done_once():
    first = give_floor(key="k-1")

    again = give_floor(key="k-1")

    assert (again.pk, again.hash) == (first.pk, first.hash)
    assert heads() == {MEETING: 1}


def test_a_repeated_act_needs_not_be_in_step_any_more():
    first = give_floor(key="k-1", expected=0)

    assert give_floor(key="k-1", expected=0) == first


def test_the_same_key_in_another_stream_is_another_act():
    give_floor(key="k-1")

    assert give_floor("AGO", key="k-1", stream="apmbc").number == 1


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "list-closed"},
        {"body": {"state": "AGO"}},
        {"by": "vice-chair"},
        {"personal": {"name": "Ms Other"}},
        {"personal": None},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_key_stands_for_one_act_only(other):
    act = {"stream": MEETING, "kind": "floor-given", "body": {"state": "KHM"}, "by": "chair", "key": "k-1"}
    act["personal"] = {"name": "Ms Sok"}
    append(**act)

    with pytest.raises(KeyIsTaken) as refused:
        append(**act | other)

    assert str(refused.value) == (
        "The key 'k-1' was used already, for another act. "
        "Entry 1 (floor-given) has it; a key stands for one act only. "
        "Send the new act with a key of its own."
    )
    assert heads() == {MEETING: 1}


def test_the_same_act_with_personal_texts_is_the_same_though_its_salts_differ():
    first = give_floor(key="k-1", personal={"name": "Ms Sok"})

    assert give_floor(key="k-1", personal={"name": "Ms Sok"}) == first


@pytest.mark.parametrize("key", [None, ""])
def test_acts_without_a_key_are_never_the_same(key):
    give_floor(key=key)

    assert give_floor(key=key).number == 2


def test_who_acts_on_an_older_state_is_told_who_came_first():
    give_floor(by="seat-7")

    with pytest.raises(OutOfStep) as refused:
        give_floor("AGO", expected=0)

    assert str(refused.value) == (
        "apmbc/IM2024 stands at 1, not at 0. "
        "Someone acted in between. Entry 1 (floor-given, by seat-7) came first. "
        "Look at the newest state and, if the act still fits, do it again."
    )
    assert heads() == {MEETING: 1}


def test_who_expects_more_than_there_is_leaves_no_stream_behind():
    with pytest.raises(OutOfStep, match="apmbc/IM2024 stands at 0, not at 3"):
        give_floor(expected=3)

    assert heads() == {}


def test_who_is_in_step_may_act():
    give_floor(expected=0)

    assert give_floor(expected=1).number == 2


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        ({"kind": "banquet", "body": {}}, UnknownKind),
        ({"kind": "floor-given", "body": {"seconds": 1.5}}, NotCanonical),
    ],
    ids=["unknown-kind", "not-canonical"],
)
def test_a_refused_act_leaves_nothing_behind(act, refusal):
    with pytest.raises(refusal):
        append(stream=MEETING, by="chair", **act)

    assert heads() == {}


def test_an_act_that_fails_after_its_entry_takes_the_entry_with_it():
    give_floor()

    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        give_floor("AGO")
        raise ZeroDivisionError

    assert heads() == {MEETING: 1}
    assert faults() == []


def test_an_entry_cannot_be_saved_again():
    entry = give_floor()
    entry.body = '{"state":"AGO"}'

    with pytest.raises(AppendOnly) as refused:
        entry.save()

    assert str(refused.value) == (
        f"The entry {entry} cannot be changed or removed. "
        "The journal is only ever added to; its hashes would show any change. "
        "Append an entry that says what is different now."
    )
    entry.refresh_from_db()
    assert entry.body == '{"state":"KHM"}'


def test_an_entry_cannot_be_deleted():
    entry = give_floor()

    with pytest.raises(AppendOnly):
        entry.delete()

    assert Entry.objects.count() == 1


def row(**changes):
    held = Entry.objects.get()
    names = [field.attname for field in Entry._meta.concrete_fields if field.name != "id"]
    return Entry(**{name: getattr(held, name) for name in names} | changes)


def test_an_entry_cannot_be_written_over_under_its_id():
    entry = give_floor()

    with pytest.raises(IntegrityError), transaction.atomic():
        row(id=entry.pk, number=2, body='{"state":"AGO"}').save()

    assert list(Entry.objects.values_list("number", "body")) == [(1, '{"state":"KHM"}')]


@pytest.mark.parametrize("number", [0, 1])
def test_the_database_itself_refuses_number_nought_and_a_number_twice(number):
    give_floor()

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.bulk_create([row(number=number)])

    assert Entry.objects.count() == 1


def test_the_database_itself_refuses_a_key_twice():
    give_floor(key="k-1")

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.bulk_create([row(number=2)])

    assert Entry.objects.count() == 1


@pytest.mark.parametrize("verified", [None, MEETING])
def test_a_changed_row_is_found(verified):
    give_floor(), give_floor("AGO")
    Entry.objects.filter(number=1).update(body='{"state":"TCD"}')

    assert faults(verified) == [f"{MEETING} 1: was changed after it was written."]


def test_a_removed_row_is_found():
    for _ in range(3):
        give_floor()
    Entry.objects.filter(number=2).delete()

    assert faults() == [f"{MEETING} 2: missing; the next entry has number 3."]


def test_a_stream_without_its_entries_is_found():
    give_floor()
    Entry.objects.all().delete()

    assert faults() == [f"{MEETING} 1: the head says 1, the last entry is 0 or has another hash."]


def test_a_head_set_back_is_found():
    first, _second = give_floor(), give_floor("AGO")
    Stream.objects.update(head=1, head_hash=first.hash)

    assert faults() == [f"{MEETING} 2: stands after the head, which says 1."]


def test_a_kind_that_this_release_does_not_know_is_found(monkeypatch):
    give_floor()
    monkeypatch.delitem(KINDS, "floor-given")

    (told,) = faults()
    assert told == (
        f"{MEETING} 1: The journal kind 'floor-given' is not known. "
        "It was written by a newer release, or its room is not installed. "
        "Use the release that wrote it, or a newer one."
    )


@pytest.mark.parametrize("body", ["no JSON", "[]", '{"country":"KHM"}'])
def test_a_text_that_cannot_be_read_is_found_and_does_not_end_the_search(monkeypatch, body):
    give_floor()
    give_floor(stream="ccm", personal={"name": "Ms Sok"})
    Entry.objects.update(body=body)
    monkeypatch.setitem(KINDS, "floor-given", Kind("floor-given", 2, {1: lambda old: {"of": old["state"]}}))

    assert faults(MEETING) == [
        f"{MEETING} 1: was changed after it was written.",
        f"{MEETING} 1: its text cannot be read.",
    ]
    assert faults("ccm") == [
        "ccm 1: was changed after it was written.",
        "ccm 1: its text cannot be read.",
        "ccm 1: name is not what the entry stands for.",
    ]


def test_a_stream_that_does_not_exist_is_refused_with_those_that_do():
    give_floor(), give_floor(stream="apmbc")

    with pytest.raises(UnknownStream) as refused:
        list(verify("ccm"))

    assert str(refused.value) == (
        "The journal has no stream 'ccm'. Its streams: apmbc, apmbc/IM2024. Name one of these, or none for all."
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("stream", ""),
        ("stream", "s" * 101),
        ("by", ""),
        ("by", "b" * 61),
        ("by", "Sok Dara"),
        ("by", "half \ud800"),
        ("key", "k" * 101),
        ("key", "nought \0"),
    ],
)
def test_a_word_that_one_database_would_not_keep_is_refused_on_both(name, text):
    with pytest.raises(UnfitWord) as refused:
        give_floor(**{name: text})

    assert refused.value.what == f"{text[:40]!r} cannot stand as {name} of an entry."
    assert heads() == {}


def test_the_same_act_is_still_the_same_when_its_kind_has_a_newer_version(monkeypatch):
    first = give_floor(key="k-1")
    renamed = Kind("floor-given", 2, {1: lambda body: {"delegation": body["state"]}})
    monkeypatch.setitem(KINDS, "floor-given", renamed)

    again = append(stream=MEETING, kind="floor-given", body={"delegation": "KHM"}, by="chair", key="k-1")

    assert again == first
