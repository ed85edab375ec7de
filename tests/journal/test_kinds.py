"""Kinds: old versions are read by steps to the newest, unknown ones are refused."""

import pytest

from servanda.journal.kinds import KINDS, FaultyDeclaration, Kind, UnknownKind, declare, find_kind

TURN = Kind(
    "turn",
    version=3,
    upcasters={
        1: lambda body: {"state": body["country"]},
        2: lambda body: body | {"seconds": 180},
    },
)


@pytest.mark.parametrize(
    ("version", "body"),
    [
        (1, {"country": "KHM"}),
        (2, {"state": "KHM"}),
        (3, {"state": "KHM", "seconds": 180}),
    ],
)
def test_a_body_of_any_version_is_read_as_the_newest(version, body):
    assert TURN.read(version, body) == {"state": "KHM", "seconds": 180}


def test_reading_leaves_the_old_body_as_it_is():
    body = {"state": "KHM"}

    TURN.read(2, body)

    assert body == {"state": "KHM"}


@pytest.mark.parametrize("version", [0, 4])
def test_a_version_that_this_release_does_not_know_is_refused(version):
    with pytest.raises(UnknownKind) as refused:
        TURN.read(version, {})

    assert refused.value.why == "It was written by a newer release, or its room is not installed."


def test_a_newer_version_is_refused_by_its_number():
    with pytest.raises(UnknownKind) as refused:
        TURN.read(4, {})

    assert refused.value.what == "The journal kind 'turn' in version 4 is not known."


def test_an_unknown_kind_is_refused_with_the_way_out():
    with pytest.raises(UnknownKind) as refused:
        find_kind("banquet")

    assert str(refused.value) == (
        "The journal kind 'banquet' is not known. "
        "It was written by a newer release, or its room is not installed. "
        "Use the release that wrote it, or a newer one."
    )


@pytest.mark.parametrize("steps", [(), (2,), (1, 2, 3)])
def test_a_kind_without_exactly_its_steps_is_refused_when_it_is_declared(steps):
    with pytest.raises(FaultyDeclaration) as refused:
        Kind("turn", version=3, upcasters=dict.fromkeys(steps, dict))

    assert str(refused.value) == (
        "The journal kind 'turn' cannot be declared so. "
        "Version 3 needs one step from each older version, from 1 on. "
        "Give upcasters a step for each, and no other."
    )


def test_a_name_is_declared_once(monkeypatch):
    monkeypatch.setitem(KINDS, "turn", TURN)
    declare(TURN)

    with pytest.raises(FaultyDeclaration) as refused:
        declare(Kind("turn"))

    assert refused.value.why == "Another declaration has this name."
    assert KINDS["turn"] is TURN
