"""`servanda-programme/1`: every key everywhere, as printed, and in again with precise refusals."""

import json
import re
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from servanda.common.languages import NotALanguage
from servanda.common.refusals import Refusal
from servanda.programme.exchange import (
    FORMAT,
    DayRead,
    EntryRead,
    FootnoteRead,
    Programme,
    TierRead,
    programme_from_json,
)
from servanda.programme.exporting import programme_as_json, programme_of
from servanda.programme.plan import Entry, Issued, Sitting
from tests.packs.shelf import contents_of
from tests.programme.plans import AGENDA, OTHERS, bare_plan, forced_plan, invited, lighthouse_plan, text

NAMES = contents_of("toy").pack.names
HEAD = ("format", "title", "language", "start", "end", "venue", "timezone", "symbols", "days", "footnotes", "more")
KEYS = (
    "start", "end", "kind", "number", "title", "continued", "parent", "presenters", "actions", "tiers",
    "documents", "room", "body", "status", "text", "more",
)  # fmt: skip


def built(language="en", plan=None):
    return programme_as_json(plan or lighthouse_plan(), language)


def entries(content):
    return {entry["more"]["id"]: entry for day in content["days"] for entry in day["entries"]}


def minimal(**changed):
    """The JSON text of a small programme, with other values of its only entry."""
    entry = {"kind": "item", "title": "Opening"} | changed
    return json.dumps({"format": FORMAT, "days": [{"date": "2024-06-18", "entries": [entry]}]})


def test_every_key_is_there_everywhere_in_one_order():
    content = built()

    assert tuple(content) == HEAD
    assert {tuple(entry) for entry in entries(content).values()} == {KEYS}
    assert {tuple(tier) for entry in entries(content).values() for tier in entry["tiers"]} == {
        ("label", "states", "organisations")
    }
    assert tuple(content["footnotes"][0]) == ("mark", "text", "states", "organisations")


def test_the_head_says_what_meeting_it_is():
    content = built("fr")

    assert {key: content[key] for key in HEAD[:8]} == {
        "format": "servanda-programme/1",
        "title": "Convention sur les phares, Session de travail",
        "language": "fr",
        "start": "2008-10-06",
        "end": "2008-10-07",
        "venue": "Maison de la lampe, Vieux-Port, salle Great Gallery",
        "timezone": "Europe/Lisbon",
        "symbols": ["LAMP/W2/1"],
    }


def test_times_stand_on_the_first_entry_of_a_block_as_printed_and_nothing_is_inferred():
    found = {name: (entry["start"], entry["end"]) for name, entry in entries(built()).items()}

    assert found == {
        "opening": ("10:00", None),
        "coasts": (None, None),
        "lamps": (None, None),
        "fog": ("11:30", None),
        "noon-1": ("13:00", None),
        "lamps-2": ("15:00", "17:30"),
        "end-1": ("18:00", None),
        "lamps-3": ("10:00", None),
        "oil": (None, None),
        "closing": (None, None),
        "assembly-prepared": ("12:00", None),
    }


def test_a_time_that_was_inferred_is_not_given():
    entry = Entry("one", "item", item="1", at=time(10), origin="inferred")
    plan = bare_plan(Sitting("here", date(2008, 10, 6), time(10), time(13), "", (entry,)))

    found = entries(built(plan=plan))["one"]

    assert (found["start"], found["more"]["anchor"], found["more"]["origin"]) == (None, "anchored", "inferred")


def test_numbers_are_paths_and_a_panel_has_none():
    found = {name: (entry["kind"], entry["number"], entry["parent"]) for name, entry in entries(built()).items()}

    assert found["lamps"] == ("subitem", "2.a", "2")
    assert found["fog"] == ("panel", None, None)
    assert found["noon-1"] == ("break", None, None)
    assert found["end-1"] == ("other", None, None)
    assert found["assembly-prepared"] == ("other", None, None)


def test_an_entry_holds_what_is_printed_under_it():
    found = entries(built())["lamps"]

    assert (found["actions"], found["tiers"]) == (
        [["FLP", 1, 3], ["FLP", 7, 7]],
        [
            {"label": "Parties that request a postponement", "states": ["XAA", "XCA", "XDA"], "organisations": []},
            {"label": "Parties asked for a further report", "states": [], "organisations": []},
            {"label": "Other Parties with dark coasts", "states": [], "organisations": ["ICRC"]},
        ],
    )
    assert entries(built())["lamps-2"]["tiers"] == []


def test_presenters_are_the_person_or_the_office_or_the_body():
    found = entries(built())

    assert found["opening"]["presenters"] == ["Ada Wick", "Inspector"]
    assert found["coasts"]["presenters"] == ["Committee on Coasts"]


def test_why_a_state_is_named_stands_in_more():
    tier = entries(built())["lamps"]["more"]["tiers"][0]

    assert (tier["rule"], tier["prints"], tier["basis"]["XAA"], tier["because"]["XAA"]) == (
        "hearing",
        "names",
        "computed",
        [{"sentence": "Its deadline of 1 June 2009 falls before the Assembly.", "sources": ["LAMP/A3/9"]}],
    )


def test_more_says_as_of_when_and_by_what_it_was_derived():
    more = built()["more"]

    assert (more["version"], more["as_of"], more["pack"]) == (
        None,
        {"on": "2008-10-06", "known": "2008-10-06", "number": 3},
        {"id": "toy", "version": "3", "digest": "0123456789abcdef" * 4},
    )
    assert more["sittings"][1] == {
        "id": "day-1-afternoon",
        "date": "2008-10-06",
        "start": "15:00",
        "end": "18:00",
        "room": "Small Gallery",
        "entries": ["lamps-2"],
    }


def test_a_tier_that_prints_its_rule_tells_nobody_whoever_is_in_it():
    hidden = replace(OTHERS, invited=invited("XBA"), footnote="9", withheld=text("Borchovia is withheld."))
    plan = forced_plan(agenda=(replace(AGENDA[0], tiers=(hidden,)), *AGENDA[1:]))

    written = programme_of(plan, "en").as_text()

    assert re.findall("XBA|Borchovia", written) == []


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_what_is_written_is_read_as_the_same_and_written_again_as_the_same_bytes(language):
    programme = programme_of(lighthouse_plan(), language, Issued(2, date(2008, 9, 1), "0" * 64))

    read = programme_from_json(programme.as_text().encode(), NAMES)

    assert read == programme
    assert read.as_text() == programme.as_text()
    assert programme.as_text().endswith("}\n")


def test_a_language_that_is_not_one_of_the_six_is_refused():
    with pytest.raises(NotALanguage):
        programme_of(lighthouse_plan(), "de")


def test_keys_that_are_absent_or_unknown_do_no_harm():
    read = programme_from_json(minimal(colour="red"))

    assert read.days[0].entries[0] == EntryRead(kind="item", title="Opening")


@pytest.mark.parametrize(
    ("given_text", "said"),
    [
        ("[", "This is not a programme in JSON. It cannot be read as JSON: EOF while parsing a list"),
        ("[" * 100_000, "This is not a programme in JSON. It cannot be read as JSON: recursion limit exceeded"),
        (b"\xff", "This is not a programme in JSON. It cannot be read as JSON: "),
        ("[]", "This is not a programme in JSON. Its outermost value is no object."),
        (" " * 5_000_001, "This is not a programme in JSON. It has more than 5 MB."),
        ("{}", "The format of this programme is not known. It has no `format`. Known is servanda-programme/1."),
        (
            '{"format": "servanda-programme/2"}',
            "The format of this programme is not known. It says 'servanda-programme/2'. Known is servanda-programme/1.",
        ),
    ],
)
def test_what_is_no_programme_of_this_format_is_refused(given_text, said):
    with pytest.raises(Refusal) as refusal:
        programme_from_json(given_text)

    assert str(refusal.value).startswith(said)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"start": "25:00"}, "start: '25:00' is not a time of day; write it as 09:30"),
        ({"end": "9:00"}, "end: '9:00' is not a time of day; write it as 09:30"),
        ({"number": "6 (a)"}, "number: String should match pattern"),
        ({"actions": [["OAP", 4, 3]]}, "actions[0]: actions 4 to 3 are no range; the smaller number stands first"),
        ({"actions": [["OAP", 4]]}, "actions[0][2]: Field required"),
        ({"kind": "talk"}, "kind: 'talk' is none of 'item', 'subitem', 'panel', 'break', 'opening', 'closing' or"),
        ({"status": "maybe"}, "status: 'maybe' is none of 'scheduled', 'new', 'struck'"),
        ({"title": None}, "title: Input should be a valid string"),
        ({"continued": "yes"}, "continued: Input should be a valid boolean"),
        ({"tiers": [{"states": ["ZZZ"]}]}, "tiers[0].states[0]: 'ZZZ' is not the code of a State; write TCD for Chad"),
        ({"tiers": [{"states": ["Chad"]}]}, "tiers[0].states[0]: 'Chad' is not the code of a State"),
        ({"tiers": [{"states": ["TCD", "TCD"]}]}, "tiers[0].states[1]: TCD is named twice"),
    ],
)
def test_a_fault_is_told_with_its_place(changed, fault):
    with pytest.raises(Refusal) as refusal:
        programme_from_json(minimal(**changed))

    (told,) = refusal.value.faults
    assert told.startswith(f"days[0].entries[0].{fault}")


@pytest.mark.parametrize(
    ("head", "days", "faults"),
    [
        ({}, ["2023-02-29"], ["days[0].date: '2023-02-29' is not a day; write one that exists as 2024-06-18"]),
        ({}, ["20240618"], ["days[0].date: '20240618' is not a day; write one that exists as 2024-06-18"]),
        ({}, ["2024-06-19", "2024-06-18"], ["days[1].date: 2024-06-18 does not come after 2024-06-19"]),
        (
            {"start": "2024-06-18", "end": "2024-06-17"},
            [],
            ["end: the meeting ends on 2024-06-17, before it starts on 2024-06-18"],
        ),
        (
            {"start": "2024-06-18", "end": "2024-06-20"},
            ["2024-06-21"],
            ["days[0].date: 2024-06-21 lies outside the meeting (2024-06-18 to 2024-06-20)"],
        ),
    ],
)
def test_days_exist_and_lie_in_the_meeting_in_order(head, days, faults):
    content = {"format": FORMAT, **head, "days": [{"date": day, "entries": []} for day in days]}

    with pytest.raises(Refusal) as refusal:
        programme_from_json(json.dumps(content))

    assert list(refusal.value.faults) == faults


def test_a_footnote_names_states_by_their_codes_too():
    content = {"format": FORMAT, "days": [], "footnotes": [{"mark": "1", "text": "Chad.", "states": ["TD"]}]}

    with pytest.raises(Refusal) as refusal:
        programme_from_json(json.dumps(content))

    assert refusal.value.faults == ("footnotes[0].states[0]: 'TD' is not the code of a State; write TCD for Chad",)


def test_of_many_faults_the_first_are_shown_and_the_rest_counted():
    content = {"format": FORMAT, "days": [{"date": f"2024-13-{number:02}"} for number in range(30)]}

    with pytest.raises(Refusal) as refusal:
        programme_from_json(json.dumps(content))

    assert refusal.value.what.startswith("This programme has 30 fault(s).")
    assert refusal.value.what.endswith("  … and 10 more.\n")


hours = some.none() | some.times().map(lambda hour: f"{hour:%H:%M}")
words = some.text(some.characters(exclude_categories=("Cs",)), max_size=20)
states = some.lists(some.sampled_from(["XAA", "XBA", "XCA", "XDA"]), unique=True).map(tuple)
tiers = some.builds(TierRead, label=some.none() | words, states=states, organisations=some.just(("ICRC",)))
drawn_entries = some.builds(
    EntryRead,
    start=hours,
    end=hours,
    kind=some.sampled_from(["item", "panel", "break", "other"]),
    number=some.sampled_from([None, "6.a", "III.A", "ins.3.2"]),
    title=words,
    continued=some.booleans(),
    tiers=some.lists(tiers, max_size=3).map(tuple),
    actions=some.lists(some.just(("OAP", 1, 3)), max_size=2).map(tuple),
    text=some.lists(words, max_size=2).map(tuple),
    more=some.none(),
)
drawn_days = some.lists(some.dates(min_value=date(1000, 1, 1)), unique=True, max_size=3).flatmap(
    lambda days: some.tuples(
        *(
            some.builds(
                DayRead, date=some.just(day.isoformat()), entries=some.lists(drawn_entries, max_size=3).map(tuple)
            )
            for day in sorted(days)
        )
    )
)
footnotes = some.builds(FootnoteRead, mark=some.none() | words, text=words, states=states)


@given(some.builds(Programme, title=words, days=drawn_days, footnotes=some.tuples(footnotes)))
def test_every_programme_that_can_be_written_is_read_as_the_same(drawn):
    filled = drawn.model_copy(update={"language": "fr", "start": None, "end": None, "more": None})

    assert programme_from_json(filled.as_text(), NAMES) == filled
