"""Tiers: who is named, by what, who is left open, and how far a rule looks ahead."""

from dataclasses import replace
from datetime import date

import pytest

from servanda.common.days import When
from servanda.convention.calendar import Calendar, NoFormalMeetingAhead, UnknownMeeting
from servanda.convention.rules import Any_, Horizon, Tier
from servanda.programme.cases import without
from servanda.programme.derivation import UnknownTier, find_tier, look_ahead, tier_as_json
from servanda.register.facts import Register
from tests.packs.shelf import a_fact, bench_of, day, tier_of

NINE = ("AFG", "CYP", "ERI", "GNB", "NER", "OMN", "PER", "SRB", "TCD")
EIGHT = ("BIH", "COD", "COL", "ERI", "NER", "SEN", "SSD", "UKR")
PROGRAMME = "Programme IM2024 (French)"


def without_programme():
    register = bench_of("apmbc").register
    kept = without(register, [PROGRAMME])
    assert 0 < len(kept.facts) < len(register.facts)
    return kept


@pytest.mark.parametrize("known", ["2024-06-18", "2024-06-30"])
def test_the_nine_states_of_june_2024(known):
    found = tier_of("apmbc", "extension-requests", "IM2024", day(known))

    assert found.states == NINE


@pytest.mark.parametrize("known", ["2024-06-18", "2024-06-30"])
def test_the_same_nine_follow_from_rules_and_facts_without_the_programme_that_names_them(known):
    found = tier_of("apmbc", "extension-requests", "IM2024", day(known), register=without_programme())

    assert [(named.state, named.basis) for named in found.named] == [(state, "computed") for state in NINE]
    cited = {
        source.key for named in found.named for step in named.because for fact in step.facts for source in [fact.source]
    }
    assert PROGRAMME not in cited


def test_the_eight_states_of_june_2020():
    found = tier_of("apmbc", "extension-requests", "IM2020")

    assert found.states == EIGHT


def test_what_only_the_programme_says_makes_a_name_recorded_and_never_computed():
    found = tier_of("toy", "hearing", "W2", day("2008-10-31"))

    assert {named.state: named.basis for named in found.named}["XIA"] == "recorded"
    assert [(doubt.state, str(doubt.sentence)) for doubt in found.doubts] == [
        ("XEA", "The decisions of \u2068A3\u2069 on this State are not in the register.")
    ]


def test_where_leads_would_change_the_date_no_date_is_claimed():
    found = tier_of("toy", "hearing", "W2")

    reasons = [str(step.sentence) for named in found.named if named.state == "XHA" for step in named.because]
    assert reasons[-1] == (
        "Its deadline in force is not established, for decisions on this State are not verified; "
        "by each date in question it belongs to this list."
    )


def test_a_lead_that_would_take_a_state_off_a_list_leaves_it_open():
    bench = bench_of("toy")
    lead = a_fact("XDA.lit", "XDA", "coasts-lit", "2007-01-01", standing="lead", value="2006-12-31")
    register = Register("toy", 1, (*bench.register.facts, lead))

    found = tier_of("toy", "hearing", "W2", register=register)

    assert "XDA" not in found.states
    assert {doubt.state: str(doubt.sentence) for doubt in found.doubts}["XDA"] == (
        "Statements on this State that are not verified would change the answer."
    )


def looking(horizon, meeting="W1", known="2006-10-02", calendar=None):
    bench = bench_of("toy")
    calendar = calendar or bench.calendar
    rule = Horizon.model_validate(horizon)
    until, sentence = look_ahead(rule, calendar, calendar.meeting(meeting), day(known))
    return until.isoformat(), str(sentence).translate(dict.fromkeys(map(ord, "\u2068\u2069")))


AFTER_NEXT = {"is": {"start_of": "formal_meeting_after_next"}}
ELSE_A_YEAR = AFTER_NEXT | {"if_not_announced": {"start_of": "next_formal_meeting", "add": {"years": 1}}}


@pytest.mark.parametrize(
    ("horizon", "known", "expected"),
    [
        ({"is": {"start_of": "next_formal_meeting"}}, "2006-10-02", "2007-05-14"),
        ({"is": {"start_of": "next_formal_meeting", "add": {"days": 90}}}, "2006-10-02", "2007-08-12"),
        (AFTER_NEXT, "2006-10-02", "2009-05-11"),
        (ELSE_A_YEAR, "2006-10-02", "2008-05-14"),
        (ELSE_A_YEAR, "2007-05-18", "2009-05-11"),
        ({"is": {"end_of_year_after": "next_formal_meeting"}}, "2006-10-02", "2007-12-31"),
        ({"is": {"end_of_year_after": "next_formal_meeting", "years": 2}}, "2006-10-02", "2009-12-31"),
    ],
)
def test_how_far_a_list_looks_ahead(horizon, known, expected):
    until, sentence = looking(horizon, known=known)

    assert until == expected
    assert sentence.startswith("It looks to ")


def test_a_list_that_looks_past_the_last_formal_meeting_is_refused():
    with pytest.raises(NoFormalMeetingAhead) as refused:
        looking(AFTER_NEXT, meeting="W2", known="2008-10-06")

    assert str(refused.value) == (
        "The list cannot be derived for toy A4. Its rule looks to the next formal meeting, and the calendar holds "
        "none after 2009-05-11. Add that meeting to calendar/meetings.csv of the pack and load it again."
    )


def test_days_announced_in_an_imprecise_month_count_from_its_end():
    bench = bench_of("toy")
    meetings = [
        replace(meeting, announced_on=When.parse("2006-10")) if meeting.code == "A4" else meeting
        for meeting in bench.calendar.meetings.values()
    ]
    horizon = AFTER_NEXT | {"if_not_announced": {"start_of": "next_formal_meeting"}}
    calendar = Calendar.of("toy", meetings)

    found = [looking(horizon, known=known, calendar=calendar)[0] for known in ("2006-10-30", "2006-10-31")]

    assert found == ["2007-05-14", "2009-05-11"]


def test_any_of_the_conditions_names_a_state_and_only_what_holds_is_its_reason():
    rule = find_tier(bench_of("toy").pack, "hearing")
    either = Tier.model_validate(
        rule.model_dump(by_alias=True)
        | {
            "when": {
                "any": [{"fact": "postponement-requested", "meeting": "next_formal_meeting"}, {"open": "article-7"}]
            }
        }
    )

    found = tier_of("toy", "", "W1", rule=either)

    reasons = {named.state: [str(step.sentence) for step in named.because] for named in found.named}
    assert isinstance(either.when, Any_)
    assert len(reasons["XDA"]) == 1
    assert len(reasons["XKA"]) == 2
    assert [step.rule for named in found.named if named.state == "XCA" for step in named.because] == [rule.source]


def test_the_same_inputs_give_the_same_digits():
    register = bench_of("toy").register
    again = Register("toy", 1, tuple(reversed(register.facts)))

    digests = [tier_of("toy", "hearing", "W1", register=each).digest for each in (register, again)]

    assert digests[0] == digests[1]
    assert tier_of("toy", "hearing", "W1", date(2006, 10, 3)).digest != digests[0]


def test_a_tier_as_json_says_who_why_and_as_of_when():
    found = tier_as_json(tier_of("toy", "hearing", "W2", day("2008-10-31")))

    assert {key: found[key] for key in ("tier", "convention", "meeting", "known", "number", "not_established")} == {
        "tier": "hearing",
        "convention": "toy",
        "meeting": "W2",
        "known": "2008-10-31",
        "number": 1,
        "not_established": ["XEA"],
    }
    assert set(found["basis"]) == set(found["because"]) == set(found["states"])
    assert found["because"]["XIA"][-1]["facts"] == ["XIA.named-in-programme.A4"]
    assert found["because"]["XIA"][-1]["rule"] == {"document": "Rules of the Assembly", "place": "rule 9"}


def test_an_unknown_tier_is_refused_with_those_there_are():
    with pytest.raises(UnknownTier) as refused:
        find_tier(bench_of("toy").pack, "feast")

    assert str(refused.value) == (
        "toy has no tier 'feast'. A tier is named by its id in the pack. Known: counted, falling-due, hearing, "
        "keepers, lanterns, lights-failed, oil-late, other-coasts, reports-asked, schools, visitors, voices, whispers."
    )


def test_an_unknown_meeting_is_refused_with_those_there_are():
    with pytest.raises(UnknownMeeting) as refused:
        tier_of("toy", "hearing", "W9")

    assert str(refused.value) == (
        "toy has no meeting 'W9'. A meeting is named by its convention and its code. "
        "Known codes: A1, A2, W1, A3, W2, P1, A4, W3."
    )
