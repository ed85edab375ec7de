"""A programme as a document in one language: what is printed where, in whose words."""

from dataclasses import replace
from datetime import date, time

import pytest

from servanda.common.languages import NotALanguage
from servanda.common.phrases import Phrase, Scribe, Words, heading_of_day, time_in
from servanda.programme.plain import plain_text
from servanda.programme.plan import ActionRange, Day, Entry, Sitting, Tier
from servanda.programme.sheet import sheet, words_in
from tests.packs.shelf import contents_of
from tests.programme.house_words import HouseWords
from tests.programme.plans import (
    AGENDA,
    FIRST_LIGHT,
    OTHERS,
    SPEAKS,
    bare_plan,
    forced_plan,
    invited,
    lighthouse_plan,
    text,
)

NAMES = contents_of("toy").pack.names
MONDAY = date(2008, 10, 6)


@pytest.fixture(autouse=True)
def house_words(monkeypatch):
    monkeypatch.setattr("servanda.common.phrases.catalogue", HouseWords)


def lines(plan, language="en"):
    return {line.id: line for day in sheet(plan, NAMES, language).days for line in day.lines}


def plan_with(*tiers):
    """The programme with these tiers on its first item."""
    first, *others = AGENDA
    return lighthouse_plan(agenda=(replace(first, tiers=tiers), *others))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Atalantis", "Caldera Isles", "Dunmarrow"]),
        ("fr", ["Atalantide", "Dunmarrow", "Îles Caldera"]),
        ("es", ["Atalantis", "Dunmarrow", "Islas Caldera"]),
    ],
)
def test_the_names_of_a_footnote_stand_in_the_order_of_the_language(language, expected):
    (note,) = sheet(lighthouse_plan(), NAMES, language).footnotes

    assert [str(name) for name in note.names] == expected


def test_names_that_have_a_footnote_stand_there_and_not_in_the_tier():
    tier = lines(lighthouse_plan())["lamps"].tiers[0]

    assert (tier.mark, tier.names, tier.states) == ("1", (), ("XAA", "XCA", "XDA"))


def test_a_tier_that_prints_its_rule_names_nobody_whoever_is_in_it():
    hidden = replace(OTHERS, invited=invited("XBA"), footnote="9", withheld=text("Borchovia is withheld."))
    plan = forced_plan(agenda=(replace(AGENDA[0], tiers=(hidden,)), *AGENDA[1:]))

    found = sheet(plan, NAMES, "en")
    tier = lines(plan)["opening"].tiers[0]

    assert (tier.names, tier.states, tier.mark, [str(said) for said in tier.says]) == (
        (), (), "", ["Organizations: ICRC.", "May ask for the floor: States Parties and organizations."],
    )  # fmt: skip
    assert "9" not in {note.mark for note in found.footnotes}
    assert [words.text for words in words_in(found) if "Borchovia" in words.text] == []


def test_a_list_that_names_nobody_does_not_say_that_there_is_none():
    empty = Tier("reports", text("Reports"), SPEAKS, prints="names")

    (said,) = lines(plan_with(empty))["opening"].tiers[0].says

    assert str(said).startswith("Not established: the register names no State for this list")


def test_why_a_list_is_withheld_is_said_in_its_place():
    (said,) = lines(lighthouse_plan())["lamps"].tiers[1].says

    assert str(said) == "The calendar holds no assembly after this session."


def test_what_concerns_an_item_stands_where_it_is_first_taken_and_not_again():
    found = lines(lighthouse_plan())

    assert [bool(found[name].tiers) for name in ("lamps", "lamps-2", "lamps-3")] == [True, False, False]
    assert [bool(found[name].actions) for name in ("lamps", "lamps-2", "lamps-3")] == [True, False, False]


def test_number_title_and_continuation_are_separate_elements():
    line = lines(lighthouse_plan(), "fr")["lamps-2"]

    assert (line.number, line.printed, str(line.title), str(line.continued)) == ("2.a", "2 (a)", "Lampes", "(suite)")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ar", "(تابع)"), ("en", "(continued)"), ("es", "(continuación)"), ("ru", "(продолжение)"), ("zh", "（续）")],
)
def test_each_language_has_its_word_for_what_is_continued(language, expected):
    assert str(lines(lighthouse_plan(), language)["lamps-2"].continued) == expected


@pytest.mark.parametrize(
    ("language", "heading", "hour"),
    [
        ("ar", "الاثنين، 6 تشرين الأول/أكتوبر 2008", "10:00"),
        ("en", "Monday, 6 October 2008", "10:00"),
        ("es", "Lunes 6 de octubre de 2008", "10.00"),
        ("fr", "Lundi 6 octobre 2008", "10 h 00"),
        ("ru", "Понедельник, 6 октября 2008 года", "10.00"),
        ("zh", "2008年10月6日星期一", "10:00"),
    ],
)
def test_days_and_times_are_written_as_the_language_writes_them(language, heading, hour):
    assert (heading_of_day(MONDAY, language), time_in(time(10), language)) == (heading, hour)


def test_actions_are_a_sentence():
    assert [str(each) for each in lines(lighthouse_plan(), "fr")["lamps"].actions] == [
        "Plan première lumière, actions 1 à 3",
        "Plan première lumière, action 7",
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "First Light Plan, Actions 2 and 3"),
        ("fr", "Plan première lumière, actions 2 et 3"),
        ("ar", "خطة النور الأول، الإجراءان 2 و3"),
    ],
)
def test_two_actions_are_no_range(language, said):
    second = AGENDA[2]
    plan = lighthouse_plan(
        agenda=(*AGENDA[:2], replace(second, actions=(ActionRange("FLP", FIRST_LIGHT, 2, 3),)), *AGENDA[3:])
    )

    assert [str(each) for each in lines(plan, language)["lamps"].actions] == [said]


def test_words_that_stand_in_carry_the_language_of_their_original():
    (word, *_rest) = lines(lighthouse_plan(), "ar")["fog"].title.runs

    assert word == Words("Panel: fog", "en", "missing")
    assert word.direction == "ltr"


def test_a_phrase_keeps_the_language_of_what_is_put_into_it():
    plan_title = text("Only English")
    first, *others = AGENDA
    plan = lighthouse_plan(agenda=(replace(first, actions=(ActionRange("X", plan_title, 1, 1),)), *others))

    (phrase,) = lines(plan, "ru")["opening"].actions

    assert [(run.text, run.language) for run in phrase.runs] == [
        ("Only English", "en"), (", действие ", "ru"), ("1", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", {"original": 29}),
        ("es", {"courtesy": 10, "stale": 1, "missing": 18}),
        ("fr", {"official": 1, "courtesy": 27, "missing": 1}),
    ],
)
def test_how_the_words_stand_to_their_originals_is_summed_up(language, expected):
    assert sheet(lighthouse_plan(), NAMES, language).standings == expected


def test_the_summary_says_it_in_sentences():
    assert [str(each) for each in sheet(lighthouse_plan(), NAMES, "fr").summary][-1] == (
        "Textes non traduits, donnés dans leur langue d’origine et marqués * : 1."
    )


def test_a_room_is_printed_where_it_changes():
    found = lines(lighthouse_plan())

    assert {name: line.room for name, line in found.items() if line.room} == {
        "noon-1": "Yard",
        "lamps-2": "Small Gallery",
    }


def test_rooms_in_parallel_are_told_apart():
    sittings = [
        Sitting("here", MONDAY, time(10), time(13), "", (Entry("one", "item", item="1", at=time(10)),)),
        Sitting("there", MONDAY, time(10), time(13), "Yard", (Entry("two", "item", item="2", at=time(10)),)),
        Sitting("again", MONDAY, time(15), time(18), "", (Entry("three", "item", item="3", at=time(15)),)),
    ]

    found = lines(bare_plan(*sittings))

    assert [found[name].room for name in ("one", "two", "three")] == ["", "Yard", "Great Gallery"]


def test_an_inferred_time_is_not_printed():
    entry = Entry("one", "item", item="1", at=time(10), origin="inferred")

    found = lines(bare_plan(Sitting("here", MONDAY, time(10), time(13), "", (entry,))))

    assert str(found["one"].when) == ""


def test_a_meeting_held_here_says_its_code_and_where_its_agenda_is():
    line = lines(lighthouse_plan())["assembly-prepared"]

    assert (line.meeting, [str(each) for each in line.documents]) == (
        "P1",
        ["See the agenda in document 2 (LAMP/W2/2)."],
    )


def test_a_day_without_sittings_has_a_heading_and_says_that_it_is_empty():
    plan = lighthouse_plan(days=(*lighthouse_plan().days[:1], Day(date(2008, 10, 7))))

    printed = sheet(plan, NAMES, "en")

    assert [(len(day.lines), str(day.remark)) for day in printed.days] == [
        (7, ""), (0, "Nothing is placed on this day yet."),
    ]  # fmt: skip
    assert "-----------------------\n\nNothing is placed on this day yet.\n\n" in plain_text(printed)


def test_the_notice_is_the_operators_where_there_is_one():
    own = text("Published by the secretariat.", fr="Publié par le secrétariat.")

    notices = [sheet(lighthouse_plan(), NAMES, code, notice=own).notice for code in ("fr", "ru")]

    assert notices == [
        Phrase((Words("Publié par le secrétariat.", "fr"),)), Phrase((Words("Published by the secretariat.", "en"),)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("last", "expected"),
    [("Islas Caldera", "Perú e Islas Caldera"), ("Hielo", "Perú y Hielo"), ("Yemen", "Perú y Yemen")],
)
def test_spanish_writes_its_and_otherwise_before_the_same_sound(last, expected):
    scribe = Scribe("es")

    assert str(scribe.listed([scribe.put("Perú"), scribe.put(last)])) == expected


@pytest.mark.parametrize("language", ["de", "EN", "", "fr-CA"])
def test_a_language_that_is_not_one_of_the_six_is_refused_by_naming_them(language):
    with pytest.raises(NotALanguage) as refusal:
        sheet(lighthouse_plan(), NAMES, language)

    assert refusal.value.why == (
        "They are ar (العربية), en (English), es (español), fr (français), ru (русский), zh (中文)."
    )
