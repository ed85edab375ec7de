"""A programme as iCalendar: read back by a program that knows nothing of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from servanda.common.names import UnknownState
from servanda.programme.icalendar import UnknownItem, calendar_of
from servanda.programme.plan import Entry, Sitting
from tests.packs.shelf import contents_of
from tests.programme.house_words import HouseWords
from tests.programme.plans import AGENDA, OTHERS, bare_plan, forced_plan, invited, lighthouse_plan

NAMES = contents_of("toy").pack.names


@pytest.fixture(autouse=True)
def house_words(monkeypatch):
    monkeypatch.setattr("servanda.common.phrases.catalogue", HouseWords)


def read(plan=None, language="en", **narrowed):
    return Calendar.from_ical(calendar_of(plan or lighthouse_plan(), NAMES, language, **narrowed))


def entries(calendar):
    return {str(entry["uid"]).removesuffix("@servanda"): entry for entry in calendar.walk("VEVENT")}


def test_the_calendar_holds_everything_that_takes_time_each_in_its_window():
    found = entries(read())

    assert {name: (f"{each.start:%d %H:%M}", f"{each.end:%H:%M}") for name, each in found.items()} == {
        "toy.W2.opening": ("06 10:00", "11:30"),
        "toy.W2.coasts": ("06 10:00", "11:30"),
        "toy.W2.lamps": ("06 10:00", "11:30"),
        "toy.W2.fog": ("06 11:30", "13:00"),
        "toy.W2.noon-1": ("06 13:00", "15:00"),
        "toy.W2.lamps-2": ("06 15:00", "17:30"),
        "toy.W2.lamps-3": ("07 10:00", "12:00"),
        "toy.W2.oil": ("07 10:00", "12:00"),
        "toy.W2.closing": ("07 10:00", "12:00"),
        "toy.W2.assembly-prepared": ("07 12:00", "13:00"),
    }


def test_what_flows_says_in_words_that_its_own_time_is_not_fixed():
    found = entries(read(language="fr"))
    words = "Dans cette plage, de 10 h 00 à 11 h 30, avec d’autres points : son heure n’est pas fixée."

    assert words in found["toy.W2.lamps"]["description"].splitlines()
    assert "plage" not in found["toy.W2.fog"]["description"]


def test_an_item_is_in_its_calendar_with_all_its_sittings():
    assert list(entries(read(item="2.a"))) == ["toy.W2.lamps", "toy.W2.lamps-2", "toy.W2.lamps-3"]


def test_an_item_brings_along_the_items_below_it_and_a_panel_goes_by_its_name():
    assert list(entries(read(item="2")))[:2] == ["toy.W2.coasts", "toy.W2.lamps"]
    assert list(entries(read(item="fog"))) == ["toy.W2.fog"]


@pytest.mark.parametrize("item", ["9", "2.b", "", "2."])
def test_an_item_that_is_not_there_is_refused_by_naming_those_that_are(item):
    with pytest.raises(UnknownItem) as refusal:
        read(item=item)

    assert refusal.value.do == "Known: 1, 2, 2.a, fog, 3."


def test_a_state_has_the_items_whose_printed_lists_name_it_and_why():
    found = entries(read(state="Atalantis"))

    assert list(found) == ["toy.W2.lamps", "toy.W2.lamps-2", "toy.W2.lamps-3"]
    assert found["toy.W2.lamps-2"]["description"].splitlines()[:2] == [
        "Parties that request a postponement: Invited to speak",
        "Its deadline of 1 June 2009 falls before the Assembly.",
    ]


def test_a_state_that_a_rule_would_bring_in_has_nothing_whoever_the_register_holds():
    hidden = replace(OTHERS, invited=invited("XBA"))
    plan = forced_plan(agenda=(replace(AGENDA[0], tiers=(hidden,)), *AGENDA[1:]))

    assert entries(read(plan, state="XBA")) == {}
    assert b"Borchovia" not in calendar_of(plan, NAMES, "en")


def test_a_state_that_is_not_one_is_refused():
    with pytest.raises(UnknownState):
        read(state="Chadistan")


def test_the_time_zone_is_there_under_its_name_with_the_night_in_which_clocks_change():
    calendar = read(lighthouse_plan(timezone="America/New_York"))
    (zone,) = calendar.walk("VTIMEZONE")

    assert zone["tzid"] == "America/New_York"
    assert [
        (
            part.name,
            str(part["tzname"]),
            f"{part['dtstart'].dt:%m-%d %H:%M}",
            part["tzoffsetfrom"].td,
            part["tzoffsetto"].td,
        )
        for part in zone.subcomponents
    ] == [
        ("STANDARD", "EST", "12-30 19:00", -timedelta(hours=5), -timedelta(hours=5)),
        ("DAYLIGHT", "EDT", "03-09 02:00", -timedelta(hours=5), -timedelta(hours=4)),
        ("STANDARD", "EST", "11-02 02:00", -timedelta(hours=4), -timedelta(hours=5)),
    ]


def test_instants_are_those_of_the_place():
    start = entries(read())["toy.W2.fog"]["dtstart"]

    assert start.params["TZID"] == "Europe/Lisbon"
    assert start.dt.astimezone(UTC) == datetime(2008, 10, 6, 10, 30, tzinfo=UTC)


def test_the_stamp_is_the_day_as_known_on_and_never_the_clock():
    entry = entries(read())["toy.W2.fog"]

    assert (entry["dtstamp"].dt, entry["sequence"]) == (datetime(2008, 10, 6, tzinfo=UTC), 3)
    assert calendar_of(lighthouse_plan(), NAMES, "zh") == calendar_of(lighthouse_plan(), NAMES, "zh")


def test_an_entry_that_moves_keeps_its_name():
    def moved_to(hour):
        entry = Entry("one", "item", item="1", at=time(hour))
        return entries(read(bare_plan(Sitting("here", date(2008, 10, 6), time(10), time(13), "", (entry,)))))

    assert list(moved_to(10)) == list(moved_to(12)) == ["toy.W2.one"]


def test_what_is_struck_is_cancelled_and_what_is_provisional_is_tentative():
    found = entries(read())

    assert {name: str(each["status"]) for name, each in found.items() if each["status"] != "CONFIRMED"} == {
        "toy.W2.fog": "TENTATIVE",
        "toy.W2.oil": "CANCELLED",
    }


def test_a_title_carries_the_language_in_which_it_stands():
    found = entries(read(language="ar"))

    assert found["toy.W2.lamps-2"]["summary"].params["LANGUAGE"] == "ar"
    assert found["toy.W2.fog"]["summary"].params["LANGUAGE"] == "en"
    assert str(found["toy.W2.lamps-2"]["summary"]) == "\u20682 (a)\u2069 المصابيح (تابع)"


def test_the_place_is_the_building_the_city_and_the_room():
    found = entries(read())

    assert str(found["toy.W2.lamps-2"]["location"]) == "Lamp House, Old Harbour, room Small Gallery"
    assert str(found["toy.W2.noon-1"]["location"]) == "Lamp House, Old Harbour, room Yard"


def test_presenters_stand_as_they_are_printed():
    assert "Dame Ada Wick, Keeper-General: opening remarks" in entries(read())["toy.W2.opening"]["description"]


def test_the_calendar_is_called_by_the_code_and_year_of_its_meeting():
    assert str(read()["x-wr-calname"]).endswith(", W2 2008")
    assert str(read(lighthouse_plan(code="W2008"))["x-wr-calname"]).endswith(", W2008")


def test_a_part_is_told_with_its_item():
    lettered = tuple(replace(item, printed="a.") if item.number == "2.a" else item for item in AGENDA)
    lamps = entries(read(forced_plan(agenda=lettered)))["toy.W2.lamps"]

    assert str(lamps["summary"]) == "2.a Lamps"
    assert "2. Dark coasts" in lamps["description"].splitlines()


def test_a_heading_of_parts_that_are_taken_beside_it_is_no_event_of_its_own():
    bare = tuple(replace(item, presenters=(), text=()) if item.number == "2" else item for item in AGENDA)

    assert set(entries(read())) - set(entries(read(forced_plan(agenda=bare)))) == {"toy.W2.coasts"}


def test_an_empty_calendar_of_a_state_says_why():
    told = str(read(state="Borchovia")["x-wr-caldesc"])

    words = "This calendar is empty: no list of the programme names Borchovia as known on 6 October 2008."

    assert told.startswith(words)
    assert "This calendar is empty" not in str(read(state="Atalantis")["x-wr-caldesc"])


def test_a_time_taken_from_another_meeting_is_tentative():
    entry = Entry("one", "item", item="1", at=time(10), origin="default")
    plan = bare_plan(Sitting("here", date(2008, 10, 6), time(10), time(13), "", (entry,)))

    assert str(entries(read(plan))["toy.W2.one"]["status"]) == "TENTATIVE"
