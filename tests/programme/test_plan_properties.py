"""What holds of every programme: it can be held, or it cannot be made; it is kept to the letter; a difference shows."""

from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.programme.keeping import Kept, plan_of, without_persons
from servanda.programme.plan import Day, Entry, Invited, Item, Sitting, Tier
from servanda.programme.possible import ImpossiblePlan
from servanda.programme.revisions import differences
from tests.programme.plans import text
from tests.programme.random_plans import PERSON, plans

always_the_same = settings(deadline=None, max_examples=25, derandomize=True)
a_few = settings(deadline=None, max_examples=4, derandomize=True)


@always_the_same
@given(plans())
def test_every_item_is_begun_once_and_continued_only_after_that(plan):
    held = [entry for entry in plan.entries if entry.item and entry.status != "struck"]

    first = {entry.item: entry.id for entry in reversed(held)}

    assert {entry.id for entry in held if not entry.continued} == set(first.values())


@always_the_same
@given(plans())
def test_every_entry_stands_once_with_an_item_of_the_agenda_or_a_title(plan):
    lines = [(entry.id, entry.item in plan.items, entry.title is not None) for entry in plan.entries]

    assert Counter(name for name, _item, _title in lines) == Counter({name for name, _item, _title in lines})
    assert all(has_item != has_title for _name, has_item, has_title in lines)


@always_the_same
@given(plans())
def test_every_fixed_time_lies_in_its_sitting_and_no_room_has_two_things_at_once(plan):
    fixed = [(sitting, entry) for sitting in plan.sittings for entry in sitting.entries if entry.at]
    taken = Counter((sitting.day, entry.room or sitting.room, entry.at) for sitting, entry in fixed)

    assert all(sitting.start <= entry.at < sitting.end for sitting, entry in fixed)
    assert set(taken.values()) <= {1}
    assert all(plan.start <= sitting.day <= plan.end for sitting in plan.sittings)


@always_the_same
@given(plans())
def test_a_plan_is_kept_to_the_letter_in_all_its_languages(plan):
    kept = Kept.of(plan)

    found = plan_of(kept.body, kept.persons)

    assert (found, Kept.of(found)) == (plan, kept)


@always_the_same
@given(plans())
def test_no_person_stands_in_what_is_hashed(plan):
    kept = Kept.of(plan)

    assert PERSON not in kept.body
    assert plan_of(kept.body) == without_persons(plan)


@always_the_same
@given(plans())
def test_a_plan_differs_from_itself_in_nothing(plan):
    assert differences(plan, replace(plan), {}) == ()


@always_the_same
@given(plans(), plans())
def test_two_plans_of_two_digests_differ_in_words_of_every_language(first, second):
    found = differences(first, second, {})

    assert (found == ()) == (Kept.of(first) == Kept.of(second))
    for each in found:
        assert all(each.sentence.said_in(code) and each.about.said_in(code) for code in ("ar", "en", "zh"))


@always_the_same
@given(plans(), st.data())
def test_the_smallest_change_of_a_plan_is_told(plan, data):
    change = data.draw(st.sampled_from(SMALL_CHANGES))

    found = differences(plan, change(plan), {})

    assert found != ()


def changed_item(plan, **changed):
    return replace(plan, agenda=(replace(plan.agenda[0], **changed), *plan.agenda[1:]))


def changed_sitting(plan, **changed):
    day = plan.days[0]
    sittings = (replace(day.sittings[0], **changed), *day.sittings[1:])
    return replace(plan, days=(replace(day, sittings=sittings), *plan.days[1:]))


def changed_entry(plan, **changed):
    """The plan with one more entry, and changed after that."""
    entries = (*plan.days[0].sittings[0].entries, Entry("one-more", "other", title=text("Lamps out")))
    return changed_sitting(plan, entries=(*entries[:-1], replace(entries[-1], **changed)))


SMALL_CHANGES = (
    lambda plan: replace(plan, kind="another"),
    lambda plan: replace(plan, symbols=("LAMP/W2/9",)),
    lambda plan: replace(plan, as_of=replace(plan.as_of, number=plan.as_of.number + 1)),
    lambda plan: replace(plan, as_of=replace(plan.as_of, pack_digest="f" * 64)),
    lambda plan: changed_item(plan, printed="one"),
    lambda plan: changed_item(plan, kind="closing"),
    lambda plan: changed_item(plan, tiers=()) if plan.agenda[0].tiers else changed_item(plan, body="another"),
    lambda plan: changed_sitting(plan, room="Yard"),
    lambda plan: changed_sitting(plan, id="another"),
    lambda plan: changed_entry(plan, side_events=True),
    lambda plan: replace(plan, days=(*plan.days[:-1], replace(plan.days[-1], between=())))
    if plan.days[-1].between else changed_entry(plan),
)  # fmt: skip


def with_day(plan, *sittings, between=()):
    """The plan with a first day of its own; its items as they were."""
    return {"days": (Day(plan.start, tuple(sittings), tuple(between)),)}


def sitting(plan, name="s", start=9, end=12, entries=(), day=None):
    return Sitting(name, day or plan.start, time(start), time(end), entries=tuple(entries))


def a_list(prints, *states):
    return Tier("hearing", text("Hearing"), text("Speaks"), prints, tuple(Invited(each, "computed") for each in states))


def with_item(plan, **changed):
    return (*plan.agenda, Item("9", "9", "9.", "item", text("Oil"), **changed))


LAST_SUNDAY_OF_MARCH = date(2024, 3, 31)
OWN = {"title": text("Visit")}
BREAKS = {
    "an item twice": lambda plan: (
        {"agenda": (*plan.agenda, plan.agenda[0])},
        "Item 1 stands 2 times in the agenda.",
    ),
    "an item below nothing": lambda plan: (
        {"agenda": (*plan.agenda, Item("9.z", "9.z", "9 z", "subitem", text("Oil")))},
        "Item 9.z has no item 9 above it.",
    ),
    "a State twice in a list": lambda plan: (
        {"agenda": with_item(plan, tiers=(a_list("names", "XAA", "XBA", "XAA"),))},
        "The tier 'hearing' of item 9 names XAA 2 times.",
    ),
    "a State in a list that prints its rule": lambda plan: (
        {"agenda": with_item(plan, tiers=(a_list("rule", "XAA"),))},
        "The tier 'hearing' of item 9 prints its rule, and cannot name a State.",
    ),
    "an end before the start": lambda plan: (
        {"end": plan.start - timedelta(days=1)},
        f"The meeting ends on {plan.start - timedelta(days=1)}, before it starts on {plan.start}.",
    ),
    "a day outside the meeting": lambda plan: (
        {"days": (*plan.days, Day(plan.end + timedelta(days=1)))},
        f"{plan.end + timedelta(days=1)} lies outside the meeting ({plan.start} to {plan.end}).",
    ),
    "a sitting under another day": lambda plan: (
        with_day(plan, sitting(plan, day=plan.start + timedelta(days=1))),
        f"A sitting of another day stands under {plan.start}.",
    ),
    "a day twice": lambda plan: (
        {"days": (*plan.days, Day(plan.end))},
        f"{plan.end} stands after {plan.end}.",
    ),
    "no sitting": lambda _plan: ({"days": ()}, "It has no sitting."),
    "a sitting twice": lambda plan: (
        with_day(plan, sitting(plan), sitting(plan, start=14, end=15)),
        "The sitting 's' stands 2 times.",
    ),
    "a sitting without length": lambda plan: (
        with_day(plan, sitting(plan, end=9)),
        "The sitting 's' runs from 09:00 to 09:00.",
    ),
    "two sittings at once in a room": lambda plan: (
        with_day(plan, sitting(plan), sitting(plan, "t", start=11)),
        "The sittings 's' and 't' overlap in one room.",
    ),
    "an entry twice": lambda plan: (
        with_day(plan, sitting(plan, entries=[Entry("e", "other", **OWN)] * 2)),
        "The entry 'e' stands 2 times.",
    ),
    "an entry of nothing": lambda plan: (
        with_day(plan, sitting(plan, entries=[Entry("e", "other")])),
        "The entry 'e' has to have an item or a title, and not both.",
    ),
    "an entry with item and title": lambda plan: (
        with_day(plan, sitting(plan, entries=[Entry("e", "item", item="1", **OWN)])),
        "The entry 'e' has to have an item or a title, and not both.",
    ),
    "an item that is not on the agenda": lambda plan: (
        with_day(plan, sitting(plan, entries=[Entry("e", "item", item="99")])),
        "The entry 'e' takes up '99', which is not on the agenda.",
    ),
    "an item continued before it was begun": lambda plan: (
        with_day(plan, sitting(plan, entries=[Entry("e", "item", item="1", continued=True)])),
        "Item 1 is continued before it was begun.",
    ),
    "an item begun twice": lambda plan: (
        with_day(plan, sitting(plan, entries=[Entry("e", "item", item="1"), Entry("f", "item", item="1")])),
        "Item 1 is begun twice; the second time it is continued.",
    ),
    "a time outside its sitting": lambda plan: (
        with_day(plan, sitting(plan, entries=[Entry("e", "other", at=time(12), **OWN)])),
        "12:00 does not lie between 09:00 and the end of the sitting 's'.",
    ),
    "two entries at one time in one room": lambda plan: (
        with_day(plan, sitting(plan, entries=[Entry(name, "other", at=time(10), **OWN) for name in "ef"])),
        f"2 entries stand at 10:00 on {plan.start} in one room.",
    ),
    "an hour that the clock does not show": lambda plan: (
        {
            "start": LAST_SUNDAY_OF_MARCH,
            "end": LAST_SUNDAY_OF_MARCH,
            "timezone": "Europe/Zurich",
            "days": (Day(LAST_SUNDAY_OF_MARCH, (sitting(plan, start=2, end=4, day=LAST_SUNDAY_OF_MARCH),)),),
        },
        "02:00 on 2024-03-31 is not one time in Europe/Zurich: the clock changes that night.",
    ),
}


@pytest.mark.parametrize("broken", BREAKS)
@a_few
@given(plan=plans())
def test_what_cannot_be_held_is_refused_with_its_sentence(broken, plan):
    changed, sentence = BREAKS[broken](plan)

    with pytest.raises(ImpossiblePlan) as refused:
        replace(plan, **changed)

    assert [fault for fault in refused.value.faults if fault == sentence] == [sentence]
