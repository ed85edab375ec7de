"""Which labels each seat may see."""

import pytest

from servanda.people.permissions import PUBLIC, SECRETARIAT, Seat, labels

ALL_BUT_CLOSED = {"public", "parties"}


@pytest.mark.parametrize(
    ("seat", "expected"),
    [
        (PUBLIC, {"public"}),
        (SECRETARIAT, {"public", "parties", "secretariat"}),
        (Seat("administrator"), {"public", "parties", "secretariat"}),
        (Seat("presiding officer"), ALL_BUT_CLOSED),
        (Seat("committee", "light"), ALL_BUT_CLOSED | {"committee:light"}),
        (Seat("delegation", "XAA", is_party=True), ALL_BUT_CLOSED | {"state:XAA"}),
        (Seat("delegation", "XFA"), {"public", "state:XFA"}),
    ],
)
def test_the_labels_of_each_seat(seat, expected):
    found = labels(seat)

    assert found == expected


def test_no_seat_but_the_secretariat_and_its_administrator_sees_what_is_for_the_secretariat():
    seats = [
        PUBLIC,
        Seat("presiding officer"),
        Seat("committee", "secretariat"),
        Seat("delegation", "secretariat", is_party=True),
    ]

    seeing = [seat for seat in seats if "secretariat" in labels(seat)]

    assert seeing == []
