"""What a draft would change, before it is saved: statuses of today, and lists of the meetings next and last."""

import pytest

from servanda.programme.effects import effects
from servanda.programme.queries import effects_of
from servanda.register.drafting import completed, fact_of_draft, register_with
from servanda.register.inbox import held
from tests.desk.drafts import a_grant, a_verification, an_act
from tests.packs.shelf import bench_of, day


@pytest.fixture
def changing(desk):
    """What a draft changes on a day."""

    def look(draft, today):
        now_held = held("toy")
        draft = completed(draft, now_held)
        bench = bench_of("toy")
        fact = fact_of_draft(draft, now_held, now_held.register.number + 1)
        return effects(
            pack=bench.pack,
            calendar=bench.calendar,
            before=now_held.register,
            after=register_with(fact, now_held.register),
            state=fact.subject,
            today=day(today),
        )

    return look


def told(found):
    statuses = [
        (change.obligation.id, change.before.word, change.after.word, str(change.after.due or ""))
        for change in found.changed_statuses
    ]
    lists = [(change.meeting.code, change.tier.id, change.before, change.after) for change in found.changed_tiers]
    return statuses, lists


def test_a_verified_grant_changes_the_status_and_no_list_where_it_is_named_by_either_date(changing):
    found = changing(a_verification(), "2008-06-01")

    assert told(found) == ([("article-4", "unknown", "extended", "2010-08-18")], [])
    assert [(change.meeting.code, change.after) for change in found.tiers if change.tier.id == "hearing"] == [
        ("W2", "computed")
    ]


def test_a_grant_settles_what_the_list_of_the_next_meeting_left_open(changing):
    found = changing(a_grant(state="XEA", value="2030-01-01"), "2008-06-01")

    assert told(found) == (
        [("article-4", "unknown", "extended", "2030-01-01")],
        [("W2", "hearing", "not established", "absent"), ("W2", "other-coasts", "not established", "computed")],
    )


def test_a_list_whose_rule_looks_beyond_the_calendar_is_said_to_be_not_derived(changing):
    found = changing(a_verification(), "2011-01-01")

    assert ("W3", "hearing", "not derived") in [
        (change.meeting.code, change.tier.id, change.after) for change in found.tiers
    ]


def test_a_grant_of_long_ago_changes_no_list_of_a_meeting_known_before_it(changing):
    found = changing(a_grant(state="XEA", value="2030-01-01"), "2007-06-01")

    assert told(found)[0] == [("article-4", "unknown", "extended", "2030-01-01")]
    assert "W1" not in {change.meeting.code for change in found.changed_tiers}


def test_a_dispute_changes_nothing_and_says_so(changing):
    found = changing(an_act("dispute", "XIA.postponement-granted.A3", source="Yearly reports"), "2008-06-01")

    assert (found.is_none, bool(found.statuses), bool(found.tiers)) == (True, True, True)


def test_withdrawing_a_completion_opens_the_obligation_again(changing):
    found = changing(an_act("withdraw", "XAA.coasts-lit"), "2006-06-01")

    assert told(found)[0][0][:2] == ("article-4", "met")


def test_looking_saves_nothing(desk):
    draft = completed(a_verification(), held("toy"))

    found = effects_of("toy", draft)

    assert found is not None
    assert held("toy").newest["XHA.postponement-granted.A3"].standing == "lead"


def test_a_faulty_draft_has_no_effect_to_show(desk):
    assert effects_of("toy", completed(a_grant(value="soon"), held("toy"))) is None
