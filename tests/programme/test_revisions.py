"""What differs between two versions, as a reader is told."""

from dataclasses import replace
from datetime import date, time

from servanda.common.names import State
from servanda.programme.plan import AsOf, Entry, NumberedDocument, Reason
from servanda.programme.revisions import differences
from tests.programme.plans import AGENDA, FIRST_DAY, HEARING, SECOND_DAY, invited, lighthouse_plan, text

ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))
STATES = {"XBA": State("XBA", {"en": "Bight", "fr": "Baie"})}
BEFORE = lighthouse_plan()


def told(after, before=BEFORE, language="en"):
    """Each difference as: what it is about, what is said, the reasons."""
    return [
        (
            each.about.said_in(language).translate(ISOLATES),
            each.sentence.said_in(language).translate(ISOLATES),
            *(str(reason) for reason in each.because),
        )
        for each in differences(before, after, STATES)
    ]


def with_item(position, **changed):
    """The programme with one item that is otherwise."""
    return lighthouse_plan(agenda=(*AGENDA[:position], replace(AGENDA[position], **changed), *AGENDA[position + 1 :]))


def with_list(**changed):
    """The programme with another first list at item 2 (a)."""
    return with_item(2, tiers=(replace(HEARING, **changed), *AGENDA[2].tiers[1:]))


def with_sitting(position, **changed):
    """The programme with one sitting of the first day that is otherwise."""
    sittings = list(FIRST_DAY.sittings)
    sittings[position] = replace(sittings[position], **changed)
    return lighthouse_plan(days=(replace(FIRST_DAY, sittings=tuple(sittings)), SECOND_DAY))


LIST = "“Parties that request a postponement”"
LAMPS = "Item 2 (a), Lamps"


def test_the_same_programme_has_no_difference():
    assert told(lighthouse_plan()) == []


def test_a_state_that_is_added_comes_with_its_reasons():
    named = (*HEARING.invited[:1], *invited("XBA", because="It asked for time."), *HEARING.invited[1:])

    assert told(with_list(invited=named)) == [(LAMPS, f"Bight is added to the list {LIST}.", "It asked for time.")]


def test_a_state_that_is_named_no_more_is_told_with_what_was_known():
    assert told(with_list(invited=HEARING.invited[1:])) == [
        (
            LAMPS,
            f"XAA no longer stands in the list {LIST}; it stood there for these reasons.",
            "Its deadline of 1 June 2009 falls before the Assembly.",
        )
    ]


def test_a_state_that_stays_for_other_reasons_is_told():
    other = invited("XAA", because="It asked for time.")
    sources = (replace(HEARING.invited[0], because=(replace(HEARING.invited[0].because[0], sources=("LAMP/A4/1",)),)),)

    assert told(with_list(invited=(*other, *HEARING.invited[1:]))) == [
        (LAMPS, f"XAA stays in the list {LIST}, for reasons that are told otherwise.", "It asked for time.")
    ]
    assert told(with_list(invited=(*sources, *HEARING.invited[1:]))) == [
        (
            LAMPS,
            f"XAA stays in the list {LIST}, by other sources.",
            "Its deadline of 1 June 2009 falls before the Assembly.",
        )
    ]


def test_lists_that_come_go_and_change_are_told():
    assert told(with_list(prints="rule", invited=(), open_to=("observers",))) [:2] == [
        (LAMPS, f"The list {LIST} prints its rule now, and names no State."),
        (LAMPS, f"The list {LIST} is open to others than before."),
    ]  # fmt: skip
    assert told(with_list(invited=(), withheld=text("Not yet.")))[0] == (
        LAMPS,
        f"The list {LIST} cannot be derived yet.",
        "Not yet.",
    )
    assert told(with_item(2, tiers=AGENDA[2].tiers[1:])) == [(LAMPS, f"The list {LIST} is dropped.")]
    assert told(with_item(2, tiers=AGENDA[2].tiers[::-1])) == [(LAMPS, "Its lists are called in another order.")]
    assert told(with_list(invited=HEARING.invited[::-1])) == [
        (LAMPS, f"The States of the list {LIST} are called in another order.")
    ]
    assert told(with_list(footnote="2")) == [(LAMPS, f"Other details of the list {LIST} differ.")]


def test_a_new_list_is_told_with_whom_it_names():
    before = with_item(2, tiers=AGENDA[2].tiers[1:])

    found = told(BEFORE, before)

    assert [sentence for _about, sentence, *_reasons in found] == [
        f"The list {LIST} is added.",
        *(f"{state} is added to the list {LIST}." for state in ("XAA", "XCA", "XDA")),
    ]


def test_an_item_that_is_called_otherwise_is_told():
    assert told(with_item(4, title=replace(AGENDA[4].title, words={**AGENDA[4].title.words, "en": "Farewell"}))) == [
        ("Item 3, Farewell", "It is now called “Farewell”; it was called “Closing”.")
    ]
    assert told(with_item(4, title=replace(AGENDA[4].title, words={**AGENDA[4].title.words, "ru": "Конец"}))) == [
        ("Item 3, Closing", "Its title has other words, or words of another standing, in: ru.")
    ]


def test_an_item_that_comes_or_goes_is_told_with_its_sitting():
    panel = replace(AGENDA[3], id="oil", title=text("Panel: oil"))
    entries = (*SECOND_DAY.sittings[0].entries[:1], Entry("oil-panel", "panel", item="oil"),
               *SECOND_DAY.sittings[0].entries[1:])  # fmt: skip
    second = replace(SECOND_DAY, sittings=(replace(SECOND_DAY.sittings[0], entries=entries),))
    after = lighthouse_plan(agenda=(*AGENDA, panel), days=(FIRST_DAY, second))

    assert told(after) == [
        ("Panel: oil", "It is added to the agenda."),
        ("Panel: oil", "It is taken up in the sitting of 7 October 2008, 10:00 to 13:00."),
    ]
    assert told(BEFORE, after) == [("Panel: oil", "It is no longer on the agenda.")]


def test_an_item_that_goes_on_in_another_sitting_is_told():
    moved = replace(SECOND_DAY.sittings[0], entries=SECOND_DAY.sittings[0].entries[1:])

    assert told(lighthouse_plan(days=(FIRST_DAY, replace(SECOND_DAY, sittings=(moved,))))) == [
        (LAMPS, "It is no longer taken up in the sitting of 7 October 2008, 10:00 to 13:00.")
    ]


def test_an_item_that_moves_to_another_sitting_is_told():
    morning, afternoon = FIRST_DAY.sittings
    days = (
        replace(
            FIRST_DAY,
            sittings=(
                replace(morning, entries=morning.entries[:3]),
                replace(afternoon, entries=(*afternoon.entries, replace(morning.entries[3], at=time(17)))),
            ),
        ),
        SECOND_DAY,
    )

    assert told(lighthouse_plan(days=days)) == [
        (
            "Panel: fog",
            "It is in the sitting of 6 October 2008, 15:00 to 18:00; it was in that of 6 October 2008, 10:00.",
        ),
        ("Panel: fog", "On 6 October 2008 it starts at 17:00; it was to start at 11:30."),
    ]


def test_times_rooms_and_order_of_sittings_are_told():
    morning = FIRST_DAY.sittings[0]
    sitting = "The sitting of 6 October 2008, 09:30 to 13:00"

    assert told(with_sitting(0, start=time(9, 30), room="Yard")) == [
        (sitting, "It was to be held on 6 October 2008, from 10:00 to 13:00."),
        (sitting, "Its room is Yard; it was –."),
    ]
    entries = (morning.entries[0], morning.entries[2], morning.entries[1], morning.entries[3])
    assert told(with_sitting(0, entries=entries)) == [
        ("The sitting of 6 October 2008, 10:00 to 13:00", "What is taken in it stands in another order.")
    ]


def test_what_becomes_of_an_entry_is_told():
    entries = FIRST_DAY.sittings[0].entries
    fog = replace(entries[3], at=None, status="struck", room="Yard", minutes=30)

    assert told(with_sitting(0, entries=(*entries[:3], fog))) == [
        ("Panel: fog", sentence)
        for sentence in (
            "On 6 October 2008 it has no fixed time any more; it was to start at 11:30.",
            "On 6 October 2008 its room is Yard; it was –.",
            "On 6 October 2008: it is struck.",
            "Minutes allotted to it on 6 October 2008: 30; before: –.",
        )
    ]


def test_breaks_are_matched_by_name_also_where_others_come_before_them():
    tea = Entry("noon-1", "break", title=text("Tea"), at=time(11))
    noon = replace(FIRST_DAY.between[0], id="noon-2", at=time(12, 30))
    days = (replace(FIRST_DAY, between=(tea, noon, FIRST_DAY.between[1])), SECOND_DAY)

    assert told(lighthouse_plan(days=days)) == [
        ("Tea", "On 6 October 2008: it is added."),
        ("Noon and side events", "On 6 October 2008 it starts at 12:30; it was to start at 13:00."),
    ]


def test_presenters_are_told_by_office_and_of_persons_only_that_another_is_named():
    keeper, inspector = AGENDA[0].presenters
    other = replace(keeper, person="Bo Tallow")
    deputy = replace(keeper, office=text("Deputy Keeper"), person="")

    assert told(with_item(0, presenters=(other, inspector))) == [
        ("Item 1, Opening", "Another name stands for: Keeper-General.")
    ]
    assert told(with_item(0, presenters=(deputy, inspector))) == [
        ("Item 1, Opening", "It is presented by: Deputy Keeper; it was to be presented by: Keeper-General.")
    ]
    assert told(with_item(0, presenters=(keeper,))) == [("Item 1, Opening", "It is no longer presented by: Inspector.")]


def test_documents_actions_and_the_rest_of_an_item_are_told():
    changed = with_item(
        2,
        documents=(NumberedDocument(2, text("List of oils")),),
        actions=AGENDA[2].actions[:1],
        body=None,
        text=(text("x"),),
    )

    assert [sentence for _about, sentence in told(changed)] == [
        "It bears on the mandate of another organ.",
        "What is written below its title differs.",
        "It bears on the actions FLP 1–3; before, on FLP 1–3, FLP 7.",
        "Document 1 is no longer listed: List of lamps.",
        "Document 2 is added: List of oils.",
    ]


def test_the_meeting_and_the_days_as_of_which_it_was_derived_are_told():
    after = lighthouse_plan(
        room="Small Gallery",
        end=date(2008, 10, 8),
        symbols=(),
        timezone="Europe/Madrid",
        agenda=(AGENDA[4], *AGENDA[:4]),
        as_of=AsOf(date(2008, 10, 6), date(2008, 9, 1), 4, "4", "f" * 64),
    )

    assert told(after) == [
        ("The meeting", sentence)
        for sentence in (
            "It is held from 6 October 2008 to 8 October 2008; it was to be held from 6 October 2008 to 7 October 2008.",  # noqa: E501 (one sentence)
            "Its place is Lamp House, Old Harbour, Small Gallery; it was Lamp House, Old Harbour, Great Gallery.",
            "Its times are those of Europe/Madrid; they were those of Europe/Lisbon.",
            "Its document symbols: –; before: LAMP/W2/1.",
            "The items of its agenda stand in another order.",
        )
    ] + [
        ("As of when it was derived", sentence)
        for sentence in (
            "As known on 1 September 2008; before, on 6 October 2008.",
            "By the register at journal number 4; before, at 3.",
            "By the rules of version 4 (ffffffffffff); before, of 3 (0123456789ab).",
        )
    ]


def test_a_reader_of_french_is_told_with_french_names():
    named = (*HEARING.invited, *invited("XBA"))

    about, sentence, _reason = told(with_list(invited=named), language="fr")[0]

    assert about.endswith("Lampes")
    assert "Baie" in sentence
    assert "Parties qui demandent un report" in sentence


def test_a_reason_is_kept_in_all_its_languages():
    reason = Reason(text("It asked for time.", fr="Elle a demandé du temps."))
    named = (*HEARING.invited, replace(invited("XBA")[0], because=(reason,)))

    (found,) = differences(BEFORE, with_list(invited=named), STATES)

    assert [each.shown_in("fr").words for each in found.because] == ["Elle a demandé du temps."]
