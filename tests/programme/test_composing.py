"""Programmes composed: the template by its days, the tiers by the register, the persons by who is planned."""

import csv
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from types import SimpleNamespace

import pytest

from servanda.common.languages import LANGUAGES, Text, digest_of
from servanda.convention.calendar import NotYetAnnounced
from servanda.programme.composing import (
    MeetingIsTooShort,
    NoTemplate,
    compose,
    filled,
    template_for,
    why_withheld,
)
from servanda.programme.derivation import Derivation
from servanda.programme.plan import Day, Sitting
from servanda.programme.possible import ImpossiblePlan
from servanda.programme.queries import plan, plan_at
from tests.packs.shelf import bench_of, contents_of

ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))


def composed(convention, code, known=None, *, bench=None, presenters=None):
    """The programme of a meeting of a pack, without a database."""
    bench = bench or bench_of(convention)
    meeting = bench.calendar.meeting(code)
    known = known or meeting.start
    return compose(
        pack=bench.pack,
        calendar=bench.calendar,
        meeting=meeting,
        template=template_for(bench.pack, meeting),
        derivation=Derivation(bench.pack, bench.calendar, bench.register, meeting, known),
        presenters=contents_of(convention).presenters if presenters is None else presenters,
        number=1,
        as_of=known,
    )


def test_a_kind_of_meeting_without_template_is_refused():
    with pytest.raises(NoTemplate) as refused:
        composed("ccm", "12MSP")

    assert str(refused.value) == (
        "ccm has no template for 12MSP. It is a meeting of the kind 'meeting_of_states_parties'; there are templates "
        "for: none. Add one to templates/ of the pack and load it again."
    )


def test_a_meeting_before_the_time_of_its_template_is_refused():
    with pytest.raises(NoTemplate) as refused:
        composed("apmbc", "1MSP")

    assert str(refused.value) == (
        "No programme is derived for 1MSP of 1999. The template 'formal' holds since 2015; its agenda may name what "
        "did not exist before. Read the programme that the meeting issued among its documents, or add a template for "
        "its time to templates/ of the pack."
    )


def test_a_template_holds_in_its_first_year():
    session = bench_of("toy").pack.templates["session"]

    assert [session.holds_in(year) for year in (2005, 2006, 2007)] == [False, True, True]


def test_a_meeting_that_is_shorter_than_its_template_is_refused():
    with pytest.raises(MeetingIsTooShort) as refused:
        composed("apmbc", "IM2015")

    assert str(refused.value) == (
        "The template 'intersessional' does not fit IM2015. It takes 3 days; the calendar gives the meeting 2 "
        "(2015-06-25 to 2015-06-26). Mend the days in calendar/meetings.csv, or add a template of that many days to "
        "templates/ of the pack."
    )


def test_a_loaded_convention_has_its_programmes(apmbc):
    found = plan("apmbc", "im2024")

    assert (found.code, found.as_of.number) == ("IM2024", 1)
    assert found.items["1"].presenters[0].person == "Ly Thuch"


def test_what_is_kept_in_memory_holds_no_person(apmbc):
    found = plan("apmbc", "IM2024")
    kept = plan_at("apmbc", 1, "IM2024", found.start, None)

    assert {presenter.person for item in found.agenda for presenter in item.presenters} == {
        "Ly Thuch", "Stefano Toscano", "",
    }  # fmt: skip
    assert {presenter.person for item in kept.agenda for presenter in item.presenters} == {""}


def rows_of(plan):
    """A plan as the rows of june_2024.csv: a line a tier, and a line for what has none."""
    for day in plan.days:
        for entry in day.lines:
            item = None if entry.continued else plan.item_of(entry)
            for tier in (item and item.tiers) or (None,):
                yield {
                    "day": str(day.day),
                    "time": f"{entry.at:%H:%M}" if entry.at else "",
                    "kind": entry.kind,
                    "number": (plan.item_of(entry) and plan.item_of(entry).number) or "",
                    "continued": "continued" if entry.continued else "",
                    "meeting": entry.meeting or "",
                    "document": str(entry.document.number) if entry.document else "",
                    "tier": tier.kind if tier else "",
                    "states": " ".join(tier.states) if tier else "",
                }


def test_the_three_days_of_june_2024_are_these():
    with (Path(__file__).parent / "june_2024.csv").open(encoding="utf-8") as file:
        expected = list(csv.DictReader(file))

    assert list(rows_of(composed("apmbc", "IM2024"))) == expected


def test_nobody_is_named_where_a_list_prints_its_rule():
    by_rule = [tier for tier in composed("apmbc", "IM2024").tiers if tier.prints == "rule"]

    assert len(by_rule) == 13
    assert {(tier.invited, tier.withheld) for tier in by_rule} == {((), None)}


def test_every_state_named_has_a_reason_and_a_source():
    named = [each for tier in composed("apmbc", "IM2024").tiers for each in tier.invited]

    assert len(named) == 56
    assert [each.state for each in named if not each.because] == []
    assert [each.state for each in named if not any(reason.sources for reason in each.because)] == []


def test_a_reason_is_said_in_each_language_into_which_it_was_translated():
    greece = composed("apmbc", "IM2024").items["6.b"].tiers[0].invited[0]

    said = greece.because[0].sentence.words
    assert str(greece.because[0].sentence) != said["fr"] != said["ar"]


@pytest.mark.parametrize(("code", "plans"), [("IM2024", {"OAP"}), ("IM2025", {"SRAAP"})])
def test_the_actions_are_those_of_the_plan_in_force_that_year(code, plans):
    assert {each.plan for item in composed("apmbc", code).agenda for each in item.actions} == plans


def test_the_year_of_the_meeting_stands_in_its_words():
    assert composed("apmbc", "IM2024").items["7.b"].title.words["zh"] == "2024年认捐会议"
    assert composed("apmbc", "IM2023").items["7.b"].title.words["ru"] == "Конференция по объявлению взносов на 2023 год"


def test_a_translation_of_words_with_a_year_is_not_stale_for_it():
    words = Text("en", {"en": "Results of {year}", "fr": "Résultats de {year}", "es": "Resultados"}, translates={
        "fr": digest_of("Results of {year}"), "es": digest_of("Results"),
    })  # fmt: skip

    found = filled(words, year="2024")

    assert (str(found), found.standing_in("fr"), found.standing_in("es")) == ("Results of 2024", "courtesy", "stale")


def test_persons_stand_in_place_of_offices_and_the_offices_of_committees_remain():
    opening, victims = (composed("apmbc", "IM2024").items[number].presenters for number in ("1", "2"))

    assert [(str(each.honorific), each.person, str(each.gives)) for each in opening] == [
        ("H.E. Dr.", "Ly Thuch", "opening remarks"), ("H.E.", "Stefano Toscano", "opening remarks"),
    ]  # fmt: skip
    assert opening[1].body.words["fr"] == "Centre international de déminage humanitaire de Genève"
    assert opening[0].honorific.shown_in("fr").words == "S.E. Dr"
    assert opening[1].office.standing_in("fr") == "official"
    assert [(each.office, str(each.body), each.person) for each in victims] == [
        (None, "Committee on Victim Assistance", "")
    ]


def test_without_a_name_the_office_speaks():
    opening = composed("apmbc", "IM2024", presenters=()).items["1"].presenters

    assert [(str(each.office), each.person) for each in opening] == [("President", ""), ("Director", "")]


def test_what_belonged_to_one_year_is_not_there_in_another():
    plan = composed("apmbc", "IM2023")

    assert [item.id for item in plan.agenda if item.kind == "panel"] == []
    assert [sitting.id for sitting in plan.sittings] == [
        "day-1-morning", "day-1-afternoon", "day-2-morning", "day-3-morning",
    ]  # fmt: skip
    last = plan.days[1].lines[-1]
    assert (str(last.title), f"{last.at:%H:%M}", last.origin) == ("End of the second day", "13:00", "inferred")


@pytest.mark.parametrize(("code", "origin"), [("IM2024", "printed"), ("IM2022", "default")])
def test_times_are_printed_where_the_programme_of_the_meeting_gave_them(code, origin):
    assert composed("apmbc", code).entries[0].origin == origin


def test_a_day_of_which_the_template_says_nothing_is_empty():
    assert [len(day.lines) for day in composed("apmbc", "IM2025").days] == [7, 3, 7, 0]


def test_a_preparatory_meeting_is_a_meeting_of_its_own():
    embedded = next(entry for entry in composed("apmbc", "IM2024").entries if entry.meeting)

    plan = composed("apmbc", embedded.meeting)

    assert (plan.kind, plan.start, len(plan.sittings)) == ("preparatory_meeting", date(2024, 6, 20), 1)
    assert {entry.status for entry in plan.entries if entry.item} == {"provisional"}


@pytest.mark.parametrize(("code", "heading"), [
    ("IM2024", "Intersessional meetings"),
    ("17MSP", "Seventeenth Meeting of the States Parties"),
    ("5RC", "Fifth Review Conference"),
    ("5RC-PREP1", "First Preparatory Meeting of the Fifth Review Conference"),
])  # fmt: skip
def test_a_programme_is_headed_by_its_template_or_else_by_the_title_of_the_meeting(code, heading):
    assert str(composed("apmbc", code).title) == heading


def test_a_meeting_within_a_meeting_has_the_title_of_the_calendar():
    embedded = next(entry for entry in composed("apmbc", "IM2024").entries if entry.meeting)

    assert embedded.title == composed("apmbc", "5RC-PREP1").title
    assert embedded.title.standing_in("fr") == "official"


def test_a_formal_meeting_takes_five_days_and_says_what_was_not_read():
    plan = composed("apmbc", "17MSP")

    assert [len(day.sittings) for day in plan.days] == [2, 2, 2, 2, 2]
    assert [entry.item for entry in plan.entries if entry.status == "provisional" and not entry.continued] == [
        "9", "9.a", "9.c", "9.d", "10", "11", "12", "13",
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["IM2024", "17MSP", "5RC-PREP1"])
def test_every_word_of_a_template_is_there_in_six_languages(code):
    plan = composed("apmbc", code)

    words = [plan.title, *(plan.title_of(entry) for entry in plan.entries), *(
        text for item in plan.agenda for text in (item.title, *item.text)
    ), *(
        text for item in plan.agenda for each in item.presenters for text in (each.gives, each.office) if text
        if each.organ is None or text is each.gives
    )]  # fmt: skip

    assert [str(text) for text in words if set(text.words) != set(LANGUAGES)] == []


def test_the_assembly_of_the_invented_treaty():
    plan = composed("toy", "A3")

    assert [(document.number, document.symbol) for document in plan.items["II"].documents] == [
        (1, "LAMP/A3/1"),
        (2, ""),
    ]
    assert [(entry.item, entry.continued) for entry in plan.entries if entry.item == "II.A"] == [
        ("II.A", False), ("II.A", True),
    ]  # fmt: skip
    assert str(plan.items["I"].title) == "Opening of the assembly of 2007"


def test_a_list_that_looks_past_the_calendar_is_withheld_and_says_why():
    tiers = {tier.kind: tier for tier in composed("toy", "W3").tiers}

    assert str(tiers["hearing"].withheld).translate(ISOLATES) == (
        "This list looks to the next formal meeting, and the calendar holds none after 4 October 2010."
    )
    assert tiers["hearing"].invited == ()


def test_a_list_that_looks_to_a_meeting_not_yet_announced_is_withheld_and_says_why():
    refusal = NotYetAnnounced(bench_of("toy").calendar.meeting("A4"), date(2006, 10, 2))

    assert str(why_withheld(refusal)).translate(ISOLATES) == (
        "This list looks to A4, whose days were not yet public on 2 October 2006."
    )


def test_states_are_called_in_the_order_that_the_template_says():
    bench = bench_of("apmbc")
    french = bench.pack.templates["intersessional"].model_copy(update={"calling_order": "fr"})
    pack = replace(bench.pack, templates={"intersessional": french})

    english_order, french_order = (
        composed("apmbc", "IM2024", bench=SimpleNamespace(pack=each, calendar=bench.calendar, register=bench.register))
        for each in (bench.pack, pack)
    )

    assert english_order.items["3"].tiers[0].states == ("AFG", "TCD", "CYP", "ERI", "GNB", "NER", "OMN", "PER", "SRB")
    assert french_order.items["3"].tiers[0].states == ("AFG", "CYP", "ERI", "GNB", "NER", "OMN", "PER", "SRB", "TCD")


def test_a_programme_in_a_night_when_the_clock_is_changed_is_refused():
    plan = composed("toy", "W2")
    night = Sitting("night", date(2008, 10, 6), time(2, 30), time(4))

    with pytest.raises(ImpossiblePlan) as refused:
        replace(plan, timezone="Australia/Sydney", start=date(2008, 10, 5), end=date(2008, 10, 8), days=(
            Day(date(2008, 10, 5), (replace(night, day=date(2008, 10, 5)),)), *plan.days,
        ))  # fmt: skip

    assert str(refused.value) == (
        "This programme of toy W2 cannot be held. 02:30 on 2008-10-05 is not one time in Australia/Sydney: the clock "
        "changes that night. Mend the template, the calendar or the edit, and build it again."
    )


BUILD = """
import hashlib
from servanda.programme.composing import compose, template_for
from servanda.programme.derivation import Derivation
from tests.packs.shelf import bench_of, contents_of

for convention, code in (("apmbc", "IM2024"), ("toy", "A3")):
    bench = bench_of(convention)
    meeting = bench.calendar.meeting(code)
    plan = compose(
        pack=bench.pack,
        calendar=bench.calendar,
        meeting=meeting,
        template=template_for(bench.pack, meeting),
        derivation=Derivation(bench.pack, bench.calendar, bench.register, meeting, meeting.start),
        presenters=contents_of(convention).presenters,
        number=1,
        as_of=meeting.start,
    )
    print(hashlib.sha256(repr(plan).encode()).hexdigest())
"""


def test_the_same_inputs_give_the_same_plan_in_another_process():
    digests = {
        subprocess.run(
            [sys.executable, "-c", BUILD], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip

    assert len(digests) == 1
