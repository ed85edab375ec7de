"""Plans made at random, all of them possible: one to three days, sittings that do not touch, items begun once."""

import unicodedata
from datetime import date, time, timedelta

from hypothesis import strategies as st

from servanda.common.languages import LANGUAGES, Text, digest_of
from servanda.programme.plan import (
    ActionRange,
    AsOf,
    Day,
    Entry,
    Invited,
    Item,
    NumberedDocument,
    Plan,
    Presenter,
    Reason,
    Sitting,
    Tier,
)

STATES = ("XAA", "XBA", "XCA", "XDA", "XEA", "XFA")
ZONES = ("Europe/Zurich", "Asia/Phnom_Penh", "America/New_York", "Africa/Maputo")
SLOTS = ((8, 10), (10, 13), (14, 16), (16, 19))  # hours in which sittings of a day may lie
STATUSES = ("scheduled", "new", "struck", "provisional", "closed", "not_reached")
PERSON = "Person-"  # what every name of a person begins with, and nothing else

letters = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))
words = st.text(letters, min_size=1, max_size=10).map(lambda text: unicodedata.normalize("NFC", text))


@st.composite
def texts(draw):
    """Words in some languages, of every standing."""
    said = draw(st.dictionaries(st.sampled_from(sorted(LANGUAGES)), words, min_size=1, max_size=3))
    original = draw(st.sampled_from(sorted(said)))
    some = st.lists(st.sampled_from(sorted(said)), max_size=2)
    digests = {code: draw(st.sampled_from(["00000000", digest_of(said[original])])) for code in draw(some)}
    return Text(original, said, frozenset(draw(some)), digests)


@st.composite
def presenters(draw, order):
    """An office or a body, with or without a person."""
    return Presenter(
        order,
        office=draw(st.none() | texts()),
        body=draw(st.none() | texts()),
        gives=draw(st.none() | texts()),
        organ=draw(st.none() | st.just("keeper-general")),
        person=draw(st.just("") | st.integers(0, 99).map(lambda number: f"{PERSON}{number}")),
        honorific=draw(st.none() | texts()),
    )


@st.composite
def tiers(draw, kind):
    """A list that names States, or prints its rule and names none."""
    prints = draw(st.sampled_from(["names", "rule"]))
    named = draw(st.lists(st.sampled_from(STATES), unique=True, max_size=4)) if prints == "names" else []
    reasons = st.lists(st.builds(Reason, texts(), st.just(("LAMP/A3/9",))), max_size=2).map(tuple)
    return Tier(
        kind,
        draw(texts()),
        draw(texts()),
        prints,
        tuple(Invited(state, draw(st.sampled_from(["computed", "recorded"])), draw(reasons)) for state in named),
        organisations=draw(st.sampled_from([(), ("ICRC",)])),
        footnote=draw(st.none() | st.just("1")),
    )


@st.composite
def items(draw, number):
    """An item of the agenda, or (without a number) a panel."""
    return Item(
        id=number or "panel",
        number=number,
        printed=f"{number}." if number else "",
        kind="item" if number else "panel",
        title=draw(texts()),
        body=draw(st.none() | st.just("committee-coasts")),
        presenters=tuple(draw(presenters(order)) for order in range(1, draw(st.integers(1, 3)))),
        actions=(ActionRange("FLP", draw(texts()), 1, draw(st.integers(1, 9))),) if draw(st.booleans()) else (),
        tiers=tuple(draw(tiers(f"list-{place}")) for place in range(draw(st.integers(0, 2)))),
        documents=(NumberedDocument(1, draw(texts()), "LAMP/1"),) if draw(st.booleans()) else (),
        text=tuple(draw(st.lists(texts(), max_size=1))),
    )


@st.composite
def entries(draw, place, agenda, slot, begun):
    """What is taken in one sitting, in order; an item is begun once, and continued after that."""
    found, minute = [], slot[0] * 60
    for position in range(draw(st.integers(0, 3))):
        minute += draw(st.integers(1, 30))
        own = draw(st.integers(0, 4)) == 0
        item = None if own else draw(st.sampled_from(agenda)).id
        status = draw(st.sampled_from(STATUSES))
        found.append(
            Entry(
                f"{place}.{position}",
                "other" if own else "item",
                item=item,
                title=draw(texts()) if own else None,
                at=time(minute // 60, minute % 60) if draw(st.booleans()) else None,
                continued=item in begun,
                room=draw(st.sampled_from(["", "Yard"])),
                status=status,
                minutes=draw(st.none() | st.integers(1, 90)),
            )
        )
        if item and status != "struck":
            begun.add(item)
    return tuple(found)


@st.composite
def days(draw, day, agenda, begun):
    """A day with one to four sittings, and perhaps a break."""
    sittings = []
    for slot in draw(st.lists(st.sampled_from(SLOTS), unique=True, min_size=1, max_size=3).map(sorted)):
        place = f"{day}-{slot[0]}"
        held = draw(entries(place, agenda, slot, begun))
        room = draw(st.sampled_from(["", "Small Gallery"]))
        sittings.append(Sitting(place, day, time(slot[0]), time(slot[1]), room, held))
    noon = Entry(f"{day}-noon", "break", title=draw(texts()), at=time(13), side_events=draw(st.booleans()))
    return Day(day, tuple(sittings), (noon,) if draw(st.booleans()) else ())


@st.composite
def plans(draw):
    """A whole programme."""
    first = draw(st.dates(date(2001, 1, 1), date(2030, 12, 31)))
    last = first + timedelta(days=draw(st.integers(0, 2)))
    agenda = tuple(draw(items(number)) for number in ("1", "2", "2.a", None)[: draw(st.integers(1, 4))])
    begun = set()
    held = [draw(days(first + timedelta(days=passed), agenda, begun)) for passed in range((last - first).days + 1)]
    return Plan(
        convention="toy",
        code="W2",
        kind="working_session",
        title=draw(texts()),
        convention_title=draw(texts()),
        start=first,
        end=last,
        city=draw(texts()),
        venue=draw(st.none() | texts()),
        room=draw(words),
        timezone=draw(st.sampled_from(ZONES)),
        as_of=AsOf(first, first, draw(st.integers(1, 9)), "3", "0123456789abcdef" * 4),
        agenda=agenda,
        days=tuple(held),
        symbols=draw(st.sampled_from([(), ("LAMP/W2/1",)])),
    )
