"""Organs, plans, profiles, templates and terms with one thing wrong: refused by file and line, with what to do."""

import pytest

from servanda.convention.checking import read_pack
from servanda.convention.pack import PackIsFaulty
from tests.packs.shelf import TOY, add_line, change, copy_of_toy

ALLOWED = "The words of a pack are listed in docs/packs."

# file, what to replace, with what, line, what the refusal says
SHAPES = {
    "a kind of organ that there is not": (
        "organs/committee-coasts.yaml", "kind: committee", "kind: club", 3,
        "kind: Input should be 'meeting', 'committee', 'president', 'secretariat', 'coordinator' or 'bureau'.",
    ),
    "an organ that does not say whether it was verified": (
        "organs/assembly.yaml", "verified: true\n", "", 1, "verified: Field required.",
    ),
    "a plan that ends before it starts": (
        "plans/first-light.yaml", "to: 2010", "to: 2004", 1,
        "The file: Value error, it ends before it starts: to is before from.",
    ),
    "a plan adopted by no meeting": (
        "plans/first-light.yaml", "adopted_by: A2", "adopted_by: A9", 6,
        "adopted_by is 'A9'. The pack has: A1, A2, A3, A4, P1, W1, W2, W3. Write one of these.",
    ),
    "words for a place that no meeting has": (
        "pack.yaml", "  Port Selene:", "  Port Helios:", 50,
        "places words 'Port Helios'. No meeting of the calendar has this city or venue.",
    ),
    "an action beyond the last": (
        "plans/first-light.yaml", "number: 5", "number: 7", 17,
        "The plan has no action 7. The plan goes from 1 to 6. Mend the number, or first and last.",
    ),
    "an action that stands twice": (
        "plans/first-light.yaml", "number: 5", "number: 4", 17,
        "Action 4 stands twice. A number is one action. Keep one of them.",
    ),
    "an action without a theme of the plan": (
        "plans/first-light.yaml", "number: 5, theme: keepers", "number: 5, theme: oil", 17,
        "theme is 'oil'. The pack has: keepers, lamps. Write one of these.",
    ),
    "an action of an organ that there is not": (
        "plans/first-light.yaml", "number: 5, theme: keepers", "number: 5, theme: keepers, organ: crows", 17,
        "organ is 'crows'. The pack has: assembly, committee-coasts, keeper-general. Write one of these.",
    ),
    "a knob that there is not": (
        "procedure/session.yaml", "departure:", "gavel: {source: house practice}\ndeparture:", 25,
        "gavel: Extra inputs are not permitted.",
    ),
    "a knob that is missing": (
        "procedure/session.yaml", "interventions: {most: 2, source: house practice}\n", "", 1,
        "interventions: Field required.",
    ),
    "a knob that does not say where it comes from": (
        "procedure/session.yaml", "interventions: {most: 2, source: house practice}", "interventions: {most: 2}", 14,
        "interventions.source: Field required.",
    ),
    "a presiding officer who may not depart from the rules": (
        "procedure/session.yaml", "departure: {allowed: true", "departure: {allowed: false", 25,
        "departure.allowed: Input should be True.",
    ),
    "rules called loaded that cite nothing": (
        "procedure/assembly.yaml", "standing: rules not yet loaded from source", "standing: loaded from source", 1,
        "The file: Value error, rules loaded from a source cite it: give at least one knob a document and a place.",
    ),
    "a kind of meeting with a profile that there is not": (
        "pack.yaml", "procedure: session", "procedure: circus", 41,
        "procedure is 'circus'. The pack has: assembly, session. Write one of these.",
    ),
    "a template for a kind of meeting that there is not": (
        "templates/session.yaml", "meetings: [working_session]", "meetings: [ball]", 3,
        "A kind of meeting is 'ball'. The pack has: assembly, preparation, working_session. Write one of these.",
    ),
    "a tier that there is not": (
        "templates/session.yaml", "tiers: [hearing, keepers]", "tiers: [hearing, dancers]", 22,
        "A tier is 'dancers'. The pack has: ",
    ),
    "a tier of other meetings": (
        "tiers/keepers.yaml", "meetings: [working_session, assembly]", "meetings: [assembly]", None,
        ("templates/session.yaml:22: The tier 'keepers' is for other meetings. It is for: assembly. "
        "Mend the tier, or take it out."),
    ),
    "an item of an organ that there is not": (
        "templates/session.yaml", "organ: keeper-general", "organ: crows", 11,
        "organ is 'crows'. The pack has: assembly, committee-coasts, keeper-general. Write one of these.",
    ),
    "actions of a plan that there is not": (
        "templates/session.yaml", "plan: first-light", "plan: last-light", 21,
        "plan is 'last-light'. The pack has: first-light. Write one of these.",
    ),
    "actions that the plan does not have": (
        "templates/session.yaml", "from: 1, to: 3", "from: 1, to: 9", 21,
        "The plan 'first-light' has no actions 1 to 9. It goes from 1 to 6. Mend them.",
    ),
    "an item without the item above it": (
        "templates/session.yaml", '  - number: "2.a"', '  - number: "4.a"', 17,
        "Item 4.a has no item 4 above it. Its number says so. Add it.",
    ),
    "an item that stands twice": (
        "templates/session.yaml", '  - number: "3"', '  - number: "2"', 24,
        "Item 2 stands twice. Each stands once. Keep one of them.",
    ),
    "a presenter without an office": (
        "templates/session.yaml", "[{organ: keeper-general, gives", "[{gives", 11,
        "A presenter has an organ or an office. One of them names who speaks. Write one.",
    ),
    "an entry that takes up an item that there is not": (
        "templates/session.yaml", '          - {item: "2"}', '          - {item: "9"}', 46,
        "item is '9'. The pack has: 1, 2, 2.a, 3. Write one of these.",
    ),
    "an entry of no kind": (
        "templates/session.yaml", '          - {item: "2"}', '          - {dance: "2"}', 46,
        "days.0.sittings.0.entries.1: an entry has one of: item, panel, break, ends, meeting.",
    ),
    "a panel that there is not": (
        "templates/session.yaml", "{panel: fog,", "{panel: rain,", 48,
        "panel is 'rain'. The pack has: fog. Write one of these.",
    ),
    "an agenda in a document that there is not": (
        "templates/session.yaml", "agenda: 2, at", "agenda: 5, at", 60,
        "The agenda is '5'. The pack has: 2. Write one of these.",
    ),
    "an embedded meeting of a kind that there is not": (
        "templates/session.yaml", "{meeting: preparation", "{meeting: ball", 60,
        "A kind of meeting is 'ball'. The pack has: assembly, preparation, working_session. Write one of these.",
    ),
    "a meeting that the calendar does not have": (
        "templates/session.yaml", "at: 12:00, only_at: [W2]", "at: 12:00, only_at: [W7]", 60,
        "only_at is 'W7'. The pack has: A1, A2, A3, A4, P1, W1, W2, W3. Write one of these.",
    ),
    "a day outside the meeting": (
        "templates/session.yaml", "  - day: 2", "  - day: 3", 52,
        "Day 3 lies outside the meeting. It lasts 2 days. Mend day or lasts_days.",
    ),
    "two entries at one time in one room": (
        "templates/session.yaml", "at: 11:30, only_at: [W2]", "at: 10:00, only_at: [W2]", 48,
        ("Two entries stand at 10:00 on day 1 in Great Gallery. One room holds one entry at a time. "
        "Move one, or let it flow without `at`."),
    ),
    "an entry outside its sitting": (
        "templates/session.yaml", "at: 11:30", "at: 14:30", 48,
        ("The entry at 14:30 does not lie between 10:00 and 13:00. Entries follow each other in a sitting. "
        "Mend its time."),
    ),
    "a sitting that ends before it starts": (
        "templates/session.yaml", "- id: last\n        start: 10:00", "- id: last\n        start: 13:30", 54,
        "The sitting 'last' ends before it starts. Its times are 13:30 and 13:00. Mend start or end.",
    ),
    "a time of day that there is not": (
        "templates/session.yaml", "at: 18:00", "at: 24:30", 51,
        "days.0.between.1.ends.at: String should match pattern '^([01]\\d|2[0-3]):[0-5]\\d$'.",
    ),
    "a template without a sitting": (
        "templates/session.yaml", None,
        "days: [{day: 1, sittings: [], between: [{ends: {en: End}, at: 18:00}]}]\n", 37,
        "The template has no sitting. A meeting is held in sittings. Add one to a day.",
    ),
    "two sittings in one room": (
        "templates/assembly.yaml", "        room: Yard\n", "", 54,
        ("The sittings 'd2-morning' and 'd2-beside' overlap in one room. One room holds one sitting at a time. "
        "Mend their times, or give a room."),
    ),
    "an entry at the end of its sitting": (
        "templates/session.yaml", "at: 11:30", "at: 13:00", 48,
        ("The entry at 13:00 does not lie between 10:00 and 13:00. Entries follow each other in a sitting. "
        "Mend its time."),
    ),
    "an item continued before it was begun": (
        "templates/assembly.yaml", '{item: "III", at: 10:00}', '{item: "III", continued: true, at: 10:00}', 64,
        ("Item III is continued before it was begun. At A1 nothing before it takes it. "
        "Take out `continued`, or move it."),
    ),
    "an item begun twice": (
        "templates/assembly.yaml", '{item: "II.A", continued: true, at: 10:00}', '{item: "II.A", at: 10:00}', 53,
        "Item II.A is begun twice. At A1 it was taken before. Write `continued: true`.",
    ),
    "a meeting within the meeting that the calendar does not have": (
        "templates/session.yaml", "{meeting: preparation", "{meeting: assembly", 60,
        ("W2 is to hold a meeting of the kind 'assembly' on 2008-10-07. The calendar has none on that day. "
        "Add it to calendar/meetings.csv, or take the entry out."),
    ),
    "a footnote of a tier that the item does not have": (
        "templates/session.yaml", "footnotes: {keepers:", "footnotes: {voices:", 23,
        "A footnote is 'voices'. The pack has: hearing, keepers. Write one of these.",
    ),
    "one mark for two footnotes": (
        "templates/session.yaml", 'footnotes: {keepers: "1"}', 'footnotes: {keepers: "1", hearing: "1"}', 23,
        "The mark '1' of a footnote stands twice. Each stands once. Keep one of them.",
    ),
    "an item with a document that the meeting does not have": (
        "templates/assembly.yaml", "documents: [1, 2]", "documents: [1, 7]", 18,
        "A document is '7'. The pack has: 1, 2. Write one of these.",
    ),
    "times read from the programme of no meeting": (
        "templates/session.yaml", "as_printed: [W1, W2]", "as_printed: [W1, W9]", 65,
        "as_printed is 'W9'. The pack has: A1, A2, A3, A4, P1, W1, W2, W3. Write one of these.",
    ),
    "times read from a meeting before the template holds": (
        "templates/session.yaml", "since: 2006", "since: 2007", 65,
        ("The template holds since 2007, and its times are those of W1, of 2006. A meeting before it has no "
        "programme of it. Mend `since`."),
    ),
    "words with a place that nothing fills": (
        "templates/assembly.yaml", "assembly of {year}", "assembly of {city}", 11,
        ("These words leave a place that is not filled: 'Opening of the assembly of {city}'. "
        "Only {year} is known, the year of the meeting. Write {year}, or no braces."),
    ),
    "words with half a brace": (
        "templates/assembly.yaml", "assembly of {year}", "assembly of {year", 11,
        "These words leave a place that is not filled: 'Opening of the assembly of {year'. ",
    ),
    "a calling order in a language that is none": (
        "templates/session.yaml", "calling_order: fr", "calling_order: tlh", 61,
        "calling_order: Input should be ",
    ),
    "two templates of one length for a kind of meeting": (
        "templates/assembly.yaml", "meetings: [assembly]\nlasts_days: 5",
        "meetings: [assembly, working_session]\nlasts_days: 2",
        None, ("templates/session.yaml:3: working_session has two templates of 2 days, 'assembly' and 'session'. "
        "Their length tells which of them is taken. Mend lasts_days, or make them one with only_at."),
    ),
    "a term whose source is not listed": (
        "glossary.yaml", "sources: [LAMP/A1/9]", "sources: [A dream]", 4,
        "The source 'A dream' is not listed. documents.csv has no such row. Add it there.",
    ),
    "a term that stands twice": (
        "glossary.yaml", "- id: keeper", "- id: lamp", 7, "The term 'lamp' stands twice. Each stands once. Keep one.",
    ),
    "a mark on a word that is not there": (
        "glossary.yaml", "sources: [LAMP/A1/9, Inventors of this treaty]", "sources: [LAMP/A1/9]\n    unverified: [ru]",
        7, "terms.1: Value error, unverified names ru, and words has nothing in it.",
    ),
    "a title of a meeting that the calendar does not have": (
        "calendar/titles.yaml", "\nA3:", "\nA9:", 2,
        "A title stands under 'A9'. The calendar has no such meeting. Mend the code, or add the meeting.",
    ),
    "a title that stands twice": (
        "calendar/titles.yaml", "\nP1:", "\nA3:", 3,
        "'A3' stands twice. It stands already on line 2. Keep one of them.",
    ),
    "a title without English": (
        "calendar/titles.yaml", "en: Third Assembly of the Parties, ", "", 2, "A3.en: Field required.",
    ),
}  # fmt: skip

PRESENTER = "W2,3,2,Ada Wick,Dame,Keeper-General,keeper-general,planned,Programme W2,"
PRESENTERS = {
    "a meeting that the calendar does not have": (
        "W2,3", "W9,3", "meeting is 'W9'. Allowed: A1, A2, W1, A3, W2, A4, W3, P1. Write one of these.",
    ),
    "an item that the template does not have": (
        "W2,3", "W2,9", ("item is '9'. The template of working_session has no such item. "
        "Write the number of an item, as 6.a."),
    ),
    "a standing that there is not": (
        "planned", "hoped", "standing is 'hoped'. Allowed: planned, actual. Write one of these.",
    ),
    "a source that is not listed": ("Programme W2", "A dream", "source is 'A dream'. Allowed: "),
    "an order that is no number": (
        "W2,3,2", "W2,3,second", "order is 'second'. Presenters of an item speak in an order. Write 1, 2, 3.",
    ),
    "a person without an office": (
        "Keeper-General", "", ("A person without an office. Only holders of an office are named in public. "
        "Write the office, or leave person empty."),
    ),
    "a person named by no official document": (
        "Programme W2", "The Evening Foghorn",
        ("The source is of kind press. A person is named only where one of these does: depositary, decision, "
        "state_report, organ, un. Find such a document, or leave person empty."),
    ),
    "neither office nor body": (
        "Ada Wick,Dame,Keeper-General,keeper-general", ",,,",
        "office and body are empty. Somebody presents for an office or a body. Write one of them.",
    ),
}  # fmt: skip


def from_days(file):
    """All of a template from its days to its calling order."""
    text = (TOY / file).read_text(encoding="utf-8")
    return text[text.index("days:\n") : text.index("calling_order:")]


def refusal_of(folder):
    with pytest.raises(PackIsFaulty) as refused:
        read_pack(folder)
    return str(refused.value)


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_with_one_thing_wrong_is_refused_by_file_and_line(name, tmp_path):
    file, old, new, line, says = SHAPES[name]
    folder = change(copy_of_toy(tmp_path), file, old or from_days(file), new)

    refusal = refusal_of(folder)

    assert (f"  {file}:{line}: {says}" if line else f"  {says}") in refusal


@pytest.mark.parametrize("name", PRESENTERS)
def test_a_presenter_with_one_thing_wrong_is_refused_by_file_and_line(name, tmp_path):
    old, new, says = PRESENTERS[name]
    folder = copy_of_toy(tmp_path)
    line = add_line(folder, "calendar/presenters.csv", PRESENTER.replace(old, new))

    assert f"  calendar/presenters.csv:{line}: {says}" in refusal_of(folder)


def test_the_same_presenter_with_nothing_wrong_is_taken(tmp_path):
    folder = copy_of_toy(tmp_path)
    add_line(folder, "calendar/presenters.csv", PRESENTER)

    assert read_pack(folder).presenters[-1].person == "Ada Wick"


NIGHT = """      - id: night
        start: 01:30
        end: {end}
        room: Cellar
        entries: [{{panel: fog, at: {at}, only_at: [W2]}}]
"""


@pytest.mark.parametrize(("day", "at", "end"), [
    ("2008-03-30", "02:30", "04:00"),
    ("2008-10-26", "02:30", "04:00"),
])  # fmt: skip
def test_a_time_in_a_night_when_the_clock_is_changed_is_refused_by_file_and_line(day, at, end, tmp_path):
    folder = copy_of_toy(tmp_path)
    fog = "          - {panel: fog, at: 11:30, only_at: [W2]}\n"
    change(folder, "templates/session.yaml", fog, NIGHT.format(at=at, end=end))
    change(folder, "calendar/meetings.csv", "W2,working_session,2008-10-06,2008-10-08,Old Harbour,Etc/UTC",
           f"W2,working_session,{day},{day[:8]}31,Old Harbour,Europe/Zurich")  # fmt: skip

    assert (
        f"  templates/session.yaml:52: {at} on {day} is not one time at W2. The clock in Europe/Zurich is changed that "
        "night. Choose a time that this clock shows once.\n"
    ) in refusal_of(folder)


def test_two_meetings_may_use_one_room_at_one_time_in_different_years(tmp_path):
    tea = "{break: {en: Tea}, at: 18:00, only_at: [W1]}\n      - {only_at: [W2], ends:"
    folder = change(copy_of_toy(tmp_path), "templates/session.yaml", "{ends:", tea)

    assert read_pack(folder).pack.templates["session"].days[0].between[1].is_at("W1")
