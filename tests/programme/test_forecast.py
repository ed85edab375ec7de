"""The forecast of a programme: what the first morning of June 2024 needs, what a limit changes, what is refused."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from servanda.common.refusals import Refusal
from servanda.programme.forecast import Minutes, find_item, forecast
from servanda.programme.foretelling import forecast_as_json
from servanda.programme.queries import forecast as asked
from servanda.programme.queries import plan
from tests.packs.shelf import bench_of
from tests.programme.test_composing import composed

SIZES = {"other-article-5": 15, "article-9-outstanding": 12, "mines-retained": 25}
KNOWN = tuple(SIZES.items())


@cache
def planned(convention="apmbc", code="IM2024"):
    """The programme of a meeting of a pack."""
    return composed(convention, code)


@cache
def foreseen(convention="apmbc", code="IM2024", runs=1000, limits=(), sizes=KNOWN):
    """The forecast of a meeting of a pack."""
    pack = bench_of(convention).pack
    return forecast(plan=planned(convention, code), pack=pack, sizes=dict(sizes), limits=dict(limits), runs=runs)


def with_invited(number):
    """The forecast of June 2024 with so many States in the first tier."""
    whole = planned()
    tiers = (replace(tier, invited=tier.invited[:number]) for tier in whole.items["2"].tiers)
    second = replace(whole.items["2"], tiers=tuple(tiers))
    agenda = tuple(second if item.id == "2" else item for item in whole.agenda)
    return forecast(plan=replace(whole, agenda=agenda), pack=bench_of("apmbc").pack, sizes=SIZES, runs=1000)


def ends_of(found):
    return [(item.item, item.ends.p10, item.ends.p50, item.ends.p90) for item in found.items]


def test_the_first_morning_of_june_2024_does_not_fit():
    morning = foreseen().sittings[0]

    assert (morning.has, morning.on_paper) == (180, 284)
    assert morning.needs.expected == pytest.approx(234, abs=3)
    assert morning.overruns == pytest.approx(0.88, abs=0.02)
    assert str(morning.sentence) == (
        f"The morning of 18 June 2024 needs about {morning.needs.expected} min and has 180; "
        f"in {round(100 * morning.overruns)} of 100 cases it overruns, then by about {morning.overruns_by} min, "
        "which go on in a later sitting."
    )


def test_by_how_much_a_sitting_overruns_counts_only_the_cases_in_which_it_does():
    for sitting in foreseen().sittings:
        assert sitting.overruns_by * sitting.overruns == pytest.approx(sitting.beyond.expected, abs=1)


def test_what_finds_no_later_sitting_is_counted_like_the_overrun():
    for sitting in foreseen().sittings:
        assert sitting.then_lost * sitting.overruns == pytest.approx(sitting.lost, abs=1)
        assert sitting.then_lost <= sitting.overruns_by


def test_thirty_eight_turns_of_three_minutes_are_over_two_hours_on_paper():
    item = next(item for item in foreseen().items if item.number == "2")

    assert item.on_paper == round((38 * (180 + 30) + 600 + 30) / 60)


def test_a_sitting_of_panels_has_a_time_for_everything():
    panels = foreseen().sittings[3]

    assert (panels.has, panels.needs, panels.overruns) == (0, Minutes(0, 0, 0, 0), 0.0)
    assert str(panels.sentence).translate({0x2068: None, 0x2069: None}) == (
        "All that is held on 19 June 2024 from 15:00 to 18:00 has a time of its own."
    )


def test_what_is_expected_to_fit_says_how_often_it_does_not():
    last = foreseen().sittings[4]

    assert str(last.sentence) == (
        f"The morning of 20 June 2024 has 180 min for its items, which are expected to need {last.needs.expected}; "
        f"in {round(100 * last.overruns)} of 100 cases they need more."
    )


def test_the_same_question_has_the_same_answer():
    foreseen.cache_clear()
    first = foreseen()
    foreseen.cache_clear()

    assert foreseen() == first


def test_more_runs_say_the_same_more_finely():
    few, many = foreseen(runs=500), foreseen(runs=5000)

    assert [item.needs.expected for item in few.items] == pytest.approx(
        [item.needs.expected for item in many.items], abs=1
    )


@pytest.mark.parametrize(("fewer", "more"), [(0, 1), (1, 9), (9, 20), (20, 37), (37, 38)])
def test_more_speakers_never_end_earlier(fewer, more):
    less, longer = ends_of(with_invited(fewer)), ends_of(with_invited(more))

    assert [(one, other) for one, other in zip(less, longer, strict=True) if other < one] == []


@pytest.mark.parametrize("tier", ["victim-assistance", "article-5-reactions", "cooperation", "mines-retained"])
def test_shorter_limits_never_end_later(tier):
    answers = [ends_of(foreseen(limits=((tier, seconds),))) for seconds in (30, 120, 121, 180, 7200)]

    for shorter, longer in pairwise(answers):
        assert [(one, other) for one, other in zip(shorter, longer, strict=True) if other < one] == []


def test_a_limit_is_that_of_one_tier():
    tiers = {tier.kind: tier.limit for item in foreseen(limits=(("cooperation", 120),)).items for tier in item.tiers}

    assert {name for name, limit in tiers.items() if limit != 180} == {"cooperation"}


def test_chances_lie_between_nothing_and_certainty_and_ranges_are_in_order():
    found = foreseen()

    assert all(0 <= each.overruns <= 1 for each in found.sittings)
    assert all(0 <= each.not_reached <= 1 for each in found.items)
    lengths = [each.needs for each in (*found.sittings, *found.items)]
    assert [each for each in lengths if not each.p10 <= each.p50 <= each.p90] == []


def test_a_list_that_nobody_can_count_is_like_a_call_for_comments():
    known, unknown = (
        next(tier for item in each.items for tier in item.tiers if tier.kind == "mines-retained")
        for each in (foreseen(), foreseen(sizes=()))
    )

    assert (known.invited, unknown.invited) == (25, None)
    assert unknown.expected_speakers == pytest.approx(2.1, abs=0.1)


def test_the_forecast_of_one_item_keeps_the_sittings_in_which_it_is_taken():
    found = foreseen().of_item("4")

    assert [each.number for each in found.items] == ["4"]
    assert [each.sitting.id for each in found.sittings] == ["day-1-afternoon", "day-2-morning"]


@pytest.mark.parametrize("written", ["6.b", "6b", "6b.", " 6B "])
def test_an_item_is_found_by_its_path_or_as_it_is_printed(written):
    assert find_item(planned(), written).id == "6.b"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"limits": (("hearings", 60),)},
            "The programme of W2 has no tier 'hearings'. It has: hearing, keepers. Name one of these.",
        ),
        (
            {"limits": (("hearing", 0),)},
            (
                "The limit of hearing is 0 seconds. A turn lasts from 1 second to a day, 86400 seconds. "
                "Write whole seconds, as 120."
            ),
        ),
        (
            {"limits": (("hearing", 86_401),)},
            (
                "The limit of hearing is 86401 seconds. A turn lasts from 1 second to a day, 86400 seconds. "
                "Write whole seconds, as 120."
            ),
        ),
        (
            {"runs": 99},
            (
                "A forecast of 99 runs is not made. Fewer than 100 say little of the rare cases, more than 100000 say "
                "nothing new. Write a number from 100 to 100000, or leave it out for 10000."
            ),
        ),
    ],
)
def test_what_cannot_be_asked_is_refused(change, said):
    with pytest.raises(Refusal) as refused:
        foreseen("toy", "W2", **change)

    assert (str(refused.value), refused.value.exit_code) == (said, 2)


def test_an_item_that_is_not_taken_up_is_refused():
    with pytest.raises(Refusal) as refused:
        find_item(planned("toy", "W2"), "9")

    assert str(refused.value) == (
        "The programme of W2 takes up no item '9'. It takes up: 1, 2, 2.a, 3. Name one of these."
    )


def test_a_meeting_without_time_limits_cannot_be_foreseen():
    bench = bench_of("toy")
    kinds = {name: kind.model_copy(update={"procedure": None}) for name, kind in bench.pack.rules.meeting_kinds.items()}
    pack = replace(bench.pack, rules=bench.pack.rules.model_copy(update={"meeting_kinds": kinds}))

    with pytest.raises(Refusal) as refused:
        forecast(plan=planned("toy", "W2"), pack=pack)

    assert str(refused.value) == (
        "How long toy W2 takes cannot be foreseen. Meetings of the kind 'working_session' have no time limit for "
        "States Parties. Give the kind of meeting a `procedure` in pack.yaml, with `limits`, and load the pack again."
    )


def test_a_loaded_convention_has_the_forecast_of_its_pack(apmbc):
    found = asked("apmbc", "im2024", runs=500)

    assert found == forecast(
        plan=plan("apmbc", "IM2024"), pack=bench_of("apmbc").pack, runs=500,
        sizes=SIZES | {"cooperation": 164, "stocks-discovered": 0},
    )  # fmt: skip


def test_as_json_it_says_all_that_the_table_says():
    told = forecast_as_json(foreseen("toy", "W2", sizes=()))

    assert (told["format"], told["meeting"], told["runs"]) == ("servanda-forecast/1", "W2", 1000)
    assert [each["id"] for each in told["sittings"]] == ["morning", "last"]
    assert [each["number"] for each in told["items"]] == ["1", "2.a"]
    assert told["items"][1]["tiers"][0] == {
        "tier": "hearing",
        "invited": 5,
        "expected_speakers": 8.6,
        "limit": 180,
        "others_ask": True,
        "learnt_from": ["W0", "W1", "W2"],
    }
    assert len(told["assumptions"]) == 4


def test_a_sitting_with_an_item_of_unknown_length_does_not_say_that_it_fits():
    found = forecast(plan=planned("apmbc", "22MSP"), pack=bench_of("apmbc").pack, runs=500)
    unknown = [each for each in found.sittings if each.not_estimated]

    assert unknown
    assert [each for each in unknown if "of 100 cases" in str(each.sentence)] == []
    assert {
        (each["needs"], each["beyond"], each["overruns"], each["lost"])
        for each in forecast_as_json(found)["sittings"]
        if each["not_estimated"]
    } == {(None, None, None, None)}


def test_what_has_a_presenter_a_list_or_items_below_has_an_estimate():
    assert [each for each in foreseen().sittings if each.not_estimated] == []
