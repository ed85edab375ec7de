"""Links: seats at one meeting without an account."""

from datetime import timedelta

import pytest

from servanda.common.clock import now
from servanda.journal.queries import entries, verify
from servanda.people.actions import make_link, revoke_link
from servanda.people.links import STREAM, LinkIsNotGood, LinkWouldNotLast, NoDelegationNamed, UnknownLink
from servanda.people.permissions import desk_scope, may
from servanda.people.queries import KEPT, Read, find_link, link_by, links_of

FLOOR = "apmbc/IM2024"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgotten():
    KEPT[STREAM] = Read()


def link(kind="delegation", delegation="TCD", days=3, **more):
    delegation = delegation if kind == "delegation" else ""
    soon = now() + timedelta(days=days)
    return make_link(floor=FLOOR, kind=kind, delegation=delegation, expires_at=soon, by="ada", **more)


def test_a_link_opens_the_seat_of_its_delegation_on_its_floor_alone():
    made, secret = link()

    seat = link_by(secret).seat

    assert (made.id, seat.kind, seat.scope, seat.floor) == ("TCD-1", "delegation", "TCD", FLOOR)
    assert may(seat, "ask for the floor", desk_scope(FLOOR, "TCD"))
    assert not may(seat, "ask for the floor", desk_scope(FLOOR, "KHM"))
    assert not may(seat, "ask for the floor", desk_scope(f"{FLOOR}/rehearsal-1", "TCD"))
    assert not may(seat, "run the floor", FLOOR)


def test_the_journal_keeps_a_digest_and_never_the_secret():
    _made, secret = link()

    written = [str(entry.body) for entry in entries(STREAM)]

    assert len(written) == 1
    assert secret not in written[0]
    assert list(verify(STREAM)) == []


def test_a_delegation_has_one_link_and_the_earlier_one_ends():
    _first, lost = link()
    second, secret = link()

    with pytest.raises(LinkIsNotGood, match="This link does not open a seat"):
        link_by(lost)
    assert link_by(secret) == second
    assert links_of(FLOOR) == [second]


def test_screens_of_the_room_have_as_many_links_as_they_need():
    screens = [link("display")[0], link("display")[0], link("console")[0]]

    assert links_of(FLOOR) == screens[::-1]


def test_a_link_that_is_revoked_or_at_its_end_opens_nothing(monkeypatch):
    made, secret = link()
    _other, later = link(delegation="KHM", days=1)

    revoke_link(name=made.id, by="ada")
    revoke_link(name=made.id, by="ada")
    tomorrow = now() + timedelta(days=2)
    monkeypatch.setattr("servanda.people.queries.now", lambda: tomorrow)

    for gone in (secret, later, "never-made"):
        with pytest.raises(LinkIsNotGood):
            link_by(gone)
    assert [entry.kind for entry in entries(STREAM)] == ["link-made", "link-made", "link-revoked"]


@pytest.mark.parametrize(
    ("kind", "delegation", "days", "refusal", "words"),
    [
        ("delegation", "", 3, NoDelegationNamed, "Name one delegation, or one of: console, display, interpreters."),
        ("console", "TCD", 3, NoDelegationNamed, "A link for the console cannot name the delegation 'TCD'."),
        ("delegation", "TCD", -1, LinkWouldNotLast, "It ends in the future"),
        ("delegation", "TCD", 500, LinkWouldNotLast, "after no more than 400 days"),
    ],
)
def test_a_link_that_makes_no_sense_is_refused(kind, delegation, days, refusal, words):
    with pytest.raises(refusal) as refused:
        make_link(
            floor=FLOOR, kind=kind, delegation=delegation, expires_at=now() + timedelta(days=days), by="ada"
        )  # fmt: skip

    assert words in str(refused.value)


def test_a_link_is_found_by_its_id_or_those_that_stand_are_named():
    made, _secret = link()

    assert find_link("TCD-1") == made
    with pytest.raises(UnknownLink, match=r"There is no link 'nobody'. Links that stand: TCD-1."):
        find_link("nobody")
