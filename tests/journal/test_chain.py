"""The chain: every kind of tampering is found, by stream and number."""

from dataclasses import replace

import pytest

from servanda.journal.chain import GENESIS, Finding, Written, digest, verify

MEETING = "apmbc/IM2024"


def chain(count=4, stream=MEETING):
    """Entries as append writes them."""
    entries, previous = [], GENESIS
    for number in range(1, count + 1):
        body = f'{{"turn":{number}}}'
        at = f"2024-06-18T12:00:0{number}.000000+00:00"
        entry = Written(stream, number, "floor-given", 1, body, "chair", at, "", previous, "")
        entries.append(replace(entry, hash=digest(entry)))
        previous = entries[-1].hash
    return entries


def rehashed(entry, **changes):
    changed = replace(entry, **changes)
    return replace(changed, hash=digest(changed))


def findings(entries, head=4, head_hash=None):
    head_hash = chain()[-1].hash if head_hash is None else head_hash
    return [str(finding) for finding in verify(MEETING, entries, head, head_hash)]


@pytest.mark.parametrize("count", [0, 1, 4])
def test_a_whole_chain_has_no_findings(count):
    entries = chain(count)

    assert findings(entries, count, entries[-1].hash if entries else GENESIS) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"body": '{"turn":9}'},
        {"kind": "list-closed"},
        {"version": 2},
        {"by": "someone-else"},
        {"at": "2024-06-18T13:00:00.000000+00:00"},
        {"key": "k"},
        {"stream": "ccm/IM2024"},
        {"hash": "0" * 64},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_change_of_any_field_shows(changes):
    entries = chain()
    entries[1] = replace(entries[1], **changes)

    assert f"{MEETING} 2: was changed after it was written." in findings(entries)


def test_a_changed_entry_with_a_new_hash_breaks_from_the_one_after_it():
    entries = chain()
    entries[1] = rehashed(entries[1], body='{"turn":9}')

    assert findings(entries) == [f"{MEETING} 3: does not follow the entry before it."]


def test_a_changed_last_entry_with_a_new_hash_differs_from_the_head():
    entries = chain()
    entries[3] = rehashed(entries[3], body='{"turn":9}')

    assert findings(entries) == [f"{MEETING} 4: the head says 4, the last entry is 4 or has another hash."]


def test_swapped_entries_show_at_both_places():
    entries = chain()
    second, third = entries[1:3]
    entries[1], entries[2] = replace(third, number=2), replace(second, number=3)

    assert findings(entries) == [
        f"{MEETING} 2: does not follow the entry before it.",
        f"{MEETING} 2: was changed after it was written.",
        f"{MEETING} 3: does not follow the entry before it.",
        f"{MEETING} 3: was changed after it was written.",
        f"{MEETING} 4: does not follow the entry before it.",
    ]


def test_a_missing_entry_shows_by_its_number():
    entries = chain()
    del entries[1]

    assert findings(entries) == [f"{MEETING} 2: missing; the next entry has number 3."]


def test_a_missing_first_entry_shows():
    assert findings(chain()[1:]) == [f"{MEETING} 1: missing; the next entry has number 2."]


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (3, "the head says 4, the last entry is 3 or has another hash."),
        (0, "the head says 4, the last entry is 0 or has another hash."),
    ],
)
def test_missing_last_entries_show_at_the_head_under_the_name_of_the_stream(kept, told):
    assert findings(chain()[:kept]) == [f"{MEETING} 4: {told}"]


@pytest.mark.parametrize(("head", "head_hash"), [(3, None), (5, None), (4, GENESIS)])
def test_a_head_that_is_not_the_last_entry_shows(head, head_hash):
    told = f"{MEETING} {head}: the head says {head}, the last entry is 4 or has another hash."

    assert findings(chain(), head, head_hash) == [told]


def test_an_entry_of_another_stream_does_not_belong():
    entries = chain()
    entries[3] = replace(chain(stream="ccm/IM2024")[3], stream=MEETING)

    assert f"{MEETING} 4: was changed after it was written." in findings(entries)


def test_a_finding_says_where_and_what():
    assert str(Finding("apmbc", 7, "missing.")) == "apmbc 7: missing."
