"""A list put to the test: hits, what it missed, what it named in excess, and the reason for each."""

from dataclasses import replace

import pytest

from servanda.common.days import When
from servanda.people.permissions import SECRETARIAT, labels
from servanda.programme.backtest import NothingToCompare, backtest, backtest_as_json
from servanda.register.facts import Register
from tests.packs.shelf import a_fact, bench_of

ISOLATES = str.maketrans("", "", "\u2068\u2069")


def tried(convention, tier, *more, without=()):
    """A tier put to the test on the facts of a pack, with more facts or without some."""
    bench = bench_of(convention)
    kept = tuple(fact for fact in bench.register.facts if fact.key not in without)
    return backtest(
        pack=bench.pack,
        calendar=bench.calendar,
        register=replace(bench.register, facts=(*kept, *more)),
        tier=bench.pack.tiers[tier],
        seen=labels(SECRETARIAT),
    )


def reasons(found, meeting, kind, state):
    """The reasons for one difference, as a reader of English has them."""
    (trial,) = (trial for trial in found.trials if trial.meeting.code == meeting)
    (outcome,) = (outcome for outcome in getattr(trial, kind) if outcome.state == state)
    return [str(step.sentence).translate(ISOLATES) for step in outcome.because]


def sources(found, meeting, kind, state):
    """The keys of the facts that these reasons cite."""
    (trial,) = (trial for trial in found.trials if trial.meeting.code == meeting)
    (outcome,) = (outcome for outcome in getattr(trial, kind) if outcome.state == state)
    return [fact.key for step in outcome.because for fact in step.facts]


def trial_of(found, meeting):
    (trial,) = (trial for trial in found.trials if trial.meeting.code == meeting)
    return trial


def requested(state, meeting, on, key="requested", **changes):
    return a_fact(f"{state}.{key}", state, "postponement-requested", on, meeting=meeting, **changes)


def granted(state, meeting, on, until="2015-01-01", **changes):
    return a_fact(f"{state}.granted", state, "postponement-granted", on, meeting=meeting, value=until, **changes)


# The real pack.


def test_the_totals_of_the_intersessional_meetings_of_2012_to_2024():
    found = tried("apmbc", "extension-requests")

    complete = [trial.meeting.code for trial in found.trials if trial.is_complete]
    sums = found.sums
    assert complete == [f"IM{year}" for year in range(2012, 2025)]
    assert (sums.hits, sums.missed, sums.extra, sums.unverified) == (64, 7, 19, 4)
    assert (sums.precision, sums.recall) == (0.771, 0.901)


def test_a_meeting_whose_decisions_are_not_declared_complete_stands_apart():
    found = tried("apmbc", "extension-requests")

    apart = [trial.meeting.code for trial in found.trials if not trial.is_complete]
    assert apart == ["IM2025"]


def test_every_difference_of_the_real_pack_is_explained():
    found = tried("apmbc", "extension-requests")

    unexplained = [
        (trial.meeting.code, outcome.state)
        for trial in found.trials
        for outcome in (*trial.missed, *trial.extra, *trial.unverified)
        if not outcome.because
    ]
    assert unexplained == []


def test_a_deadline_that_passed_before_the_later_decision_is_told_beside_it():
    found = tried("apmbc", "extension-requests")

    assert reasons(found, "IM2016", "extra", "UKR") == [
        "It requested at a later meeting, 16MSP: 2017.",
        "The deadline of 1 June 2016 passed; the next extension was granted on 30 November 2018.",
    ]


def test_the_second_convention_is_answered_by_the_meetings_themselves_and_has_no_total():
    found = tried("ccm", "article-4-extension-requests")

    known = [trial for trial in found.trials if trial.meeting.code in ("10MSP", "11MSP", "12MSP", "13MSP")]
    assert [(trial.deciding.code, trial.hits) for trial in known] == [
        ("10MSP", ("BIH", "CHL", "TCD")),
        ("11MSP", ("IRQ",)),
        ("12MSP", ("DEU", "LAO", "TCD")),
        ("13MSP", ("AFG", "CHL", "LBN", "SOM")),
    ]
    assert {trial.is_complete for trial in found.trials} == {False}
    assert {trial.sums.precision for trial in found.trials} == {None}


# The invented pack: one case for each reason.


def test_a_hit_needs_a_request_or_a_decision_and_both_are_one():
    found = tried("toy", "hearing")

    assert trial_of(found, "W1").hits == ("XCA", "XIA", "XKA")
    assert trial_of(found, "W2").hits == ("XDA",)


def test_a_decision_not_to_grant_is_a_hit_as_well():
    refused = a_fact("XBA.refused", "XBA", "postponement-refused", "2007-05-18", meeting="A3")

    assert "XBA" in trial_of(tried("toy", "hearing", refused), "W1").hits


def proved_on(day):
    words = "No source shows that a request was public on 2 October 2006; the earliest day that one proves is"
    return f"{words} {day}."


LIES_AFTER = (
    "Its deadline as known on 2 October 2006, 1 January 2009, lies after 31 December 2008, to which the list looks."
)
MISSED = {
    "the request came after the meeting, and completion stood": (
        (),
        "XJA",
        [
            proved_on("18 May 2007"),
            "By what was public on 2 October 2006, completion had been declared: 9 May 2005.",
        ],
    ),
    "the year alone is known": (
        (requested("XLA", "A3", "2006"),),
        "XLA",
        [
            proved_on("31 December 2006"),
            "Nothing public on 2 October 2006 said that Article 4 gives it a deadline.",
        ],
    ),
    "the deadline lies after what the list looks to": (
        (
            a_fact("XLA.dark", "XLA", "dark-coasts-reported", "2004-02-01"),
            requested("XLA", "A3", "2007-01-02"),
        ),
        "XLA",
        [
            proved_on("2 January 2007"),
            LIES_AFTER,
        ],
    ),
    "leads left it open": (
        (
            requested("XAA", "A3", "2007-01-02"),
            a_fact("XAA.failed", "XAA", "light-failed", "2006-03-01", standing="lead"),
            requested("XAA", "A3", "2006-09-01", key="said", standing="lead"),
        ),
        "XAA",
        [
            "On that day the list left open whether it names this State.",
            "Statements on this State that are not verified would change the answer.",
            proved_on("2 January 2007"),
            "By what was public on 2 October 2006, completion had been declared: 1 February 2006.",
        ],
    ),
}


@pytest.mark.parametrize(("more", "state", "expected"), MISSED.values(), ids=MISSED)
def test_why_a_list_missed_a_state(more, state, expected):
    found = tried("toy", "hearing", *more)

    assert reasons(found, "W1", "missed", state) == expected


EXTRA = {
    "completion overtook it": (
        "W1",
        "XBA",
        (),
        ["Completion was declared, 1 February 2007; the register holds no further request before it."],
    ),
    "completion overtook it by the deadline": (
        "W2",
        "XKA",
        (a_fact("XKA.lit", "XKA", "coasts-lit", "2009-01-02"),),
        ["Completion was declared, 2 January 2009, by the deadline of 28 February 2009."],
    ),
    "a later meeting decided": (
        "W1",
        "XDA",
        (),
        [
            "A later meeting, A4, decided on it: 15 May 2009.",
            "The deadline of 30 November 2006 passed; the next extension was granted on 15 May 2009.",
        ],
    ),
    "it requested at a later meeting": (
        "W1",
        "XDA",
        (requested("XDA", "A4", "2009-01-02"),),
        [
            "It requested at a later meeting, A4: 2 January 2009.",
            "The deadline of 30 November 2006 passed; the next extension was granted on 15 May 2009.",
        ],
    ),
    "the decision was put off": (
        "W1",
        "XDA",
        (requested("XDA", "A2", "2005-01-02"),),
        [
            "Its request to A2 was decided on later, by A4.",
            "The deadline of 30 November 2006 passed; the next extension was granted on 15 May 2009.",
        ],
    ),
    "an earlier meeting had decided, and nobody could know": (
        "W1",
        "XBA",
        (granted("XBA", "A2", "2005-05-13", known_on=When.parse("2008")),),
        [
            "An earlier meeting, A2, had decided on it; the source was public since 2008.",
            "Completion was declared, 1 February 2007; the register holds no further request before it.",
        ],
    ),
    "what was decided is not in the register": (
        "W1",
        "XEA",
        (),
        ["The decisions of A3 on this State are not in the register."],
    ),
    "the deadline passed": (
        "W2",
        "XCA",
        (),
        ["The deadline of 30 October 2010 passed; the register, complete to 31 October 2010, holds no later decision."],
    ),
    "it withdrew": (
        "W1",
        "XBA",
        (a_fact("XBA.gone", "XBA", "withdrawal-effective", "2007-03-01"),),
        ["The withdrawal took effect on 1 March 2007."],
    ),
    "leads alone tell what followed": (
        "W2",
        "XHA",
        (),
        ["What followed is told by statements alone that are not verified."],
    ),
}
WITHOUT = {"it withdrew": {"XBA.coasts-lit"}}


@pytest.mark.parametrize("kind", EXTRA)
def test_why_nothing_came_of_a_name(kind):
    meeting, state, more, expected = EXTRA[kind]

    found = tried("toy", "hearing", *more, without=WITHOUT.get(kind, ()))

    assert reasons(found, meeting, "extra", state) == expected


def test_what_no_rule_explains_is_said_to_be_not_explained():
    """Coverage of completions ends before the deadline passes, and nothing else is held."""
    coverage = {"coverage.article-4.*.coasts-lit"}

    found = tried("toy", "hearing", without={"XBA.coasts-lit"} | coverage)

    assert reasons(found, "W1", "extra", "XBA") == []


def test_reasons_cite_the_facts_they_rest_on():
    found = tried("toy", "hearing")

    assert sources(found, "W1", "extra", "XDA") == ["XDA.postponement-granted.A4", "XDA.postponement-granted.A4"]
    assert sources(found, "W2", "extra", "XHA") == ["XHA.postponement-granted.A3"]


def test_what_is_not_verified_counts_apart_and_changes_no_share():
    found = tried("toy", "hearing")
    without = tried("toy", "hearing", without={"XHA.postponement-granted.A3"})

    assert reasons(found, "W1", "unverified", "XHA") == [
        "Only statements that are not verified tell of a request to A3 or of its decision."
    ]
    assert trial_of(found, "W1").sums.precision == 0.5
    assert trial_of(without, "W1").sums.extra == 4


def test_a_doubt_is_neither_a_hit_nor_in_excess():
    trial = trial_of(tried("toy", "hearing"), "W2")

    assert [doubt.state for doubt in trial.found.doubts] == ["XEA"]
    assert "XEA" not in (*trial.hits, *(outcome.state for outcome in trial.extra))


def test_a_meeting_with_no_formal_meeting_ahead_is_left_out_and_said_so():
    found = tried("toy", "hearing")

    assert [(meeting.code, refusal.what) for meeting, refusal in found.left_out] == [
        ("W3", "The list cannot be derived for toy W3.")
    ]


def test_a_list_that_foresees_no_request_is_refused_with_those_that_do():
    with pytest.raises(NothingToCompare) as refused:
        tried("toy", "keepers")

    assert str(refused.value) == (
        "The list keepers of toy cannot be put to the test. Its rule has no `due:` condition on a deadline that "
        "decisions extend: nothing in the register answers it. Name a list that has one: falling-due, hearing."
    )


def test_a_list_whose_rule_speaks_of_the_meeting_itself_is_answered_by_it():
    bench = bench_of("toy")
    rule = bench.pack.tiers["hearing"]
    here = type(rule).model_validate(
        rule.model_dump(by_alias=True)
        | {
            "meetings": ["assembly"],
            "recorded_by": None,
            "when": {
                "all": [
                    {"open": "article-4"},
                    {
                        "due": "article-4",
                        "on_or_before": {"is": {"end_of_year_after": "this_meeting", "years": 0}},
                    },
                ]
            },
        }
    )

    found = backtest(
        pack=bench.pack, calendar=bench.calendar, register=bench.register, tier=here, seen=labels(SECRETARIAT)
    )

    assert [(trial.meeting.code, trial.deciding.code) for trial in found.trials] == [
        (code, code) for code in ("A1", "A2", "A3", "A4")
    ]


def test_a_backtest_as_json_has_the_numbers_and_every_reason():
    found = backtest_as_json(tried("toy", "hearing"))

    assert {key: found[key] for key in ("format", "convention", "tier", "number")} == {
        "format": "servanda-backtest/1",
        "convention": "toy",
        "tier": "hearing",
        "number": 1,
    }
    first = found["meetings"][0]
    assert (first["meeting"], first["decided_at"], first["facts_complete"]) == ("W1", "A3", True)
    assert set(first["extra_because"]) == {"XBA", "XDA", "XEA"}
    assert first["missed_because"]["XJA"][0]["facts"] == ["XJA.postponement-granted.A3"]


def test_nothing_is_divided_by_nothing():
    found = tried("toy", "hearing")
    empty = backtest(
        pack=bench_of("toy").pack,
        calendar=bench_of("toy").calendar,
        register=Register("toy", 1, ()),
        tier=bench_of("toy").pack.tiers["hearing"],
        seen=labels(SECRETARIAT),
    )

    assert (empty.sums.precision, empty.sums.recall) == (None, None)
    assert found.sums.precision is not None
