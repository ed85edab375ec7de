"""What the register does not settle: each question once, by what an answer would change."""

from dataclasses import replace

import pytest

from servanda.common.days import When
from servanda.people.permissions import SECRETARIAT, labels
from servanda.programme.changes import coming_meetings
from servanda.programme.derivation import Derivation
from servanda.programme.gaps import gaps, together
from tests.packs.shelf import a_fact, bench_of, day

ISOLATES = str.maketrans("", "", "\u2068\u2069")
W2_DAY = "2008-10-06"


def asked(*more, on=W2_DAY, convention="toy", meetings=None):
    """The questions of the invented pack, with more facts."""
    bench = bench_of(convention)
    codes = meetings or [meeting.code for meeting in coming_meetings(bench.pack, bench.calendar, day(on))]
    return gaps(
        pack=bench.pack,
        calendar=bench.calendar,
        register=replace(bench.register, facts=(*bench.register.facts, *more)),
        day=day(on),
        meetings=[bench.calendar.meeting(code) for code in codes],
        seen=labels(SECRETARIAT),
    )


def about(found, state, kind):
    return [gap for gap in found if (gap.state.code, gap.kind) == (state, kind)]


def plain(sentence):
    return str(sentence).translate(ISOLATES)


def test_a_decision_that_may_be_missing_is_asked_for_with_the_list_it_would_change():
    (gap,) = about(asked(meetings=["W2"]), "XEA", "decision")

    assert plain(gap.question) == "What did A3 decide on this State under Article 4?"
    assert plain(gap.look_for) == "The decisions on requests in the report of A3, or a later report of the State."
    assert ("W2", "hearing") in gap.lists
    assert gap.statuses == ("article-4",)


def test_what_a_decision_would_settle_is_not_asked_again():
    found = [gap for gap in asked() if gap.state.code == "XEA"]

    matters = [matter for gap in found for matter in gap.changes]
    assert len(matters) == len(set(matters))


def test_a_lead_is_asked_about_where_it_would_change_an_answer():
    lead = a_fact("XDA.lit", "XDA", "coasts-lit", "2007-01-01", standing="lead", value="2006-12-31")

    (gap,) = about(asked(lead, meetings=["W2"]), "XDA", "lead")

    assert plain(gap.question) == "Is it so? No verified source says it."
    assert [plain(each) for each in gap.statements] == [
        "Lighting of all dark coasts declared, 1 January 2007: 31 December 2006."
    ]
    assert plain(gap.look_for) == (
        "A report of the State, or a page of an organ of the Convention, that covers 1 January 2007."
    )
    assert ("W2", "hearing") in gap.lists
    assert (gap.statuses, gap.facts) == (("article-4",), (lead,))


def test_a_lead_of_a_meeting_is_looked_for_in_its_report():
    (gap,) = about(asked(), "XHA", "lead")

    assert plain(gap.look_for) == "The report of A3, where it speaks of this State."


def test_a_lead_that_changes_nothing_is_not_asked_about():
    idle = a_fact("XDA.kept", "XDA", "plan-announced", "2007-01-01", standing="lead")

    assert about(asked(idle), "XDA", "lead") == []


def test_two_sources_with_different_values_are_a_conflict():
    other = a_fact(
        "XCA.other", "XCA", "postponement-granted", "2007-05-18", value="2008-10-30", meeting="A3", stance="decided"
    )

    (gap,) = about(asked(other), "XCA", "conflict")

    assert plain(gap.question) == "Which of these sources is right? They do not agree."
    assert {plain(each) for each in gap.statements} == {
        "Postponement granted, A3, 18 May 2007: 30 October 2010.",
        "Postponement granted, A3, 18 May 2007: 30 October 2008.",
    }
    assert "article-4" in gap.statuses


def test_a_fact_that_a_source_denies_is_a_conflict():
    denial = a_fact("XCA.denied", "XCA", "postponement-granted", "2007-05-18", meeting="A3", stance="denied")

    (gap,) = about(asked(denial), "XCA", "conflict")

    assert {fact.stance for fact in gap.facts} == {"decided", "denied"}
    assert "article-4" in gap.statuses


def test_two_values_of_different_days_do_not_contradict_each_other():
    later = a_fact("XBA.again", "XBA", "coasts-lit", "2008-02-01", value="2008-01-15")

    assert about(asked(later), "XBA", "conflict") == []


def test_what_no_fact_answers_is_asked_in_the_words_of_the_status():
    questions = {plain(gap.question): gap.statuses for gap in about(asked(), "XDA", "open")}

    words = "The last deadline in the register is 30 May 2003; whether it was fulfilled since is not in the register."
    assert questions[words] == ("article-7",)


def test_what_would_change_most_lists_comes_first_then_most_statuses_then_by_name():
    found = asked()

    weights = [(-len(gap.lists), -len(gap.statuses), gap.state.name_in("en")) for gap in found]
    assert weights == sorted(weights)
    assert len({weight[:2] for weight in weights}) > 1


def test_the_lists_of_one_meeting_can_be_asked_about():
    found = asked(meetings=["W1"])

    assert {meeting for gap in found for meeting, _tier in gap.lists} <= {"W1"}


def test_the_same_question_about_many_states_is_put_once():
    found = asked()

    put = together(found)

    assert sum(len(each.states) for each in put) == len(found)
    assert len(put) <= len(found)


def test_a_lead_known_only_after_a_meeting_opened_does_not_change_its_lists():
    late = a_fact(
        "XDA.lit", "XDA", "coasts-lit", "2007-01-01", standing="lead", known_on=When.parse("2010-01-01"),
    )  # fmt: skip

    (gap,) = about(asked(late, on="2010-12-31", meetings=["W2"]), "XDA", "lead")

    assert gap.lists == ()


@pytest.mark.parametrize("on", ["2024-06-18", "2026-03-01"])
def test_questions_of_the_real_pack_cover_every_doubt_of_its_lists(on):
    bench = bench_of("apmbc")
    meetings = coming_meetings(bench.pack, bench.calendar, day(on))
    found = asked(on=on, convention="apmbc")

    covered = {(gap.state.code, *matter) for gap in found for matter in gap.changes}
    for meeting in meetings:
        derivation = Derivation(
            bench.pack, bench.calendar, bench.register, meeting, min(day(on), meeting.start), None, labels(SECRETARIAT)
        )
        for name, tier in bench.pack.tiers.items():
            if meeting.kind in tier.meetings:
                assert {(doubt.state, meeting.code, name) for doubt in derivation.tier(name).doubts} <= covered
