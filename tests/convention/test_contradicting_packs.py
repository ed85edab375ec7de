"""Packs whose rows contradict one another, run as formulas, or are too many: refused whole, by file and line."""

import time
from datetime import date

import pytest

from servanda.common.days import When
from servanda.convention import pack, sheets
from servanda.convention.checking import read_pack
from servanda.convention.contradictions import Claim, contradictions
from servanda.convention.pack import PackIsFaulty
from tests.packs.shelf import add_line, bench_of, copy_of_toy

COASTS = "facts/coasts.csv"
TAIL = "reported_by_state,Yearly reports,2002,,"


def refusal(folder):
    """What the check says."""
    with pytest.raises(PackIsFaulty) as refused:
        read_pack(folder)
    return [str(finding) for finding in refused.value.findings]


def row(key, predicate, valid_from, value="", meeting="", rank="", note="", state="XIA", label=""):
    """A row of a fact."""
    tail = f"event,{TAIL}{note},{rank},{label}"
    return f"{key},{state},{predicate},{valid_from},open,{value},{meeting},2008,{tail}"


def test_two_decisions_of_one_meeting_on_one_state_are_refused(tmp_path):
    folder = copy_of_toy(tmp_path)
    line = add_line(folder, COASTS, row("XIA.second", "postponement-refused", "2007-05-18", meeting="A3"))

    assert refusal(folder) == [
        (
            f"{COASTS}:{line}: A3 decides twice on XIA: XIA.postponement-granted.A3, XIA.second. "
            "A meeting takes one decision on one request. "
            "Name the second source in `also`, or set one of the two aside (rank deprecated)."
        )
    ]


def test_a_decision_before_its_request_is_refused(tmp_path):
    folder = copy_of_toy(tmp_path)
    add_line(folder, COASTS, row("XIA.asked", "postponement-requested", "2008-01", meeting="A3"))

    (said,) = refusal(folder)

    assert said.startswith(f"{COASTS}:")
    assert "A3 decided on 2007-05-18, before the request of 2008-01." in said
    assert "XIA.postponement-granted.A3 answers XIA.asked, which came later." in said


def test_two_preferred_facts_that_disagree_are_refused(tmp_path):
    folder = copy_of_toy(tmp_path)
    add_line(folder, COASTS, row("XIA.lit", "coasts-lit", "2009-01-01", "2008-12-01", rank="preferred"))
    line = add_line(folder, COASTS, row("XIA.lit.b", "coasts-lit", "2009-01-01", "2008-12-02", rank="preferred"))

    assert refusal(folder) == [
        (
            f"{COASTS}:{line}: Two preferred facts disagree on XIA, coasts-lit, 2009-01-01: '2008-12-01' (XIA.lit) and "
            "'2008-12-02' (XIA.lit.b). Preferred is what an answer takes first; it cannot take both. "
            "Leave `preferred` to the one that the better source says."
        )
    ]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"rank": "normal"}, 0),
        ({"value": "2008-12-01"}, 0),
        ({"valid_from": When.parse("2010-01-01")}, 0),
        ({"state": "XAA"}, 0),
        ({"stance": "denied"}, 0),
        ({}, 1),
    ],
)
def test_preferred_facts_contradict_only_about_one_occasion(second, expected):
    first = {
        "key": "a", "state": "XIA", "predicate": "coasts-lit", "value": "2008-12-01", "unit": "", "meeting": "",
        "valid_from": When.parse("2009-01-01"), "known_on": When.parse("2009-01-01"),
        "rank": "preferred", "stance": "reported_by_state",
    }  # fmt: skip
    other = Claim(**first | {"key": "b", "value": "2008-12-02"} | second)

    assert len(list(contradictions([Claim(**first), other], bench_of("toy").pack))) == expected


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-cmd|x", "=HYPERLINK(A1)", "-1+1"])
def test_a_cell_that_a_spreadsheet_would_run_is_refused(tmp_path, cell):
    folder = copy_of_toy(tmp_path)
    line = add_line(folder, COASTS, row("XIA.note", "light-failed", "2009", note=cell))

    assert refusal(folder) == [
        (
            f"{COASTS}:{line}: note begins like a formula: {cell!r}. A spreadsheet that opens the file would run it. "
            "Begin the cell with a word, or with a number."
        )
    ]


@pytest.mark.parametrize("cell", ["- as reported", "-5", "+3.5", "a=b", "-"])
def test_a_dash_and_a_number_are_no_formula(tmp_path, cell):
    folder = copy_of_toy(tmp_path)
    add_line(folder, COASTS, row("XIA.note", "light-failed", "2009", note=cell))

    assert read_pack(folder).facts[-1].key


@pytest.mark.parametrize("code", ["desk", "States", "corrections"])
def test_a_meeting_that_would_stand_in_the_way_of_an_address_is_refused(tmp_path, code):
    folder = copy_of_toy(tmp_path)
    line = add_line(
        folder, "calendar/meetings.csv", f"{code},assembly,2011-05-09,2011-05-13,Port,Etc/UTC,,,,,LAMP/A4/9,yes,"
    )

    assert refusal(folder) == [
        f"calendar/meetings.csv:{line}: code is {code!r}. The site has an address of this name. Choose another code."
    ]


LAMPS = "facts/lamps.csv"
GIFT = "XAA.gift,XAA,gift,2005-05-13,open,250,A2,2005-05-13,meeting,reported_by_state,LAMP/A2/9,annex II,,,,,ducats,"
OIL = "XAA.oil,XAA,{},2005,open,{},,2005,source,reported_by_state,Yearly reports,2005,,,,,{},"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            GIFT.replace("ducats", ""),
            (
                "unit is empty. gift has no unit of its own, so each row names one. "
                "Write what is counted, or the currency."
            ),
        ),
        (
            OIL.format("oil-removed", "12", "lanterns"),
            (
                "unit is 'lanterns'. oil-removed is counted in 'barrels'. "
                "Leave it empty, or take the predicate of that unit."
            ),
        ),
        (OIL.format("light-failed", "", "lamps"), "unit is 'lamps'. light-failed has no quantity. Leave it empty."),
        (
            OIL.format("oil-removed", "-3", ""),
            (
                "value is '-3'. oil-removed has a quantity. "
                "Write a number as 1500 or 1500.50: up to 15 digits, without blanks or commas."
            ),
        ),
    ],
)
def test_a_quantity_with_a_wrong_unit_or_none_is_refused(tmp_path, line, said):
    folder = copy_of_toy(tmp_path)
    number = add_line(folder, LAMPS, line)

    assert refusal(folder) == [f"{LAMPS}:{number}: {said}"]


@pytest.mark.parametrize(
    "line", [GIFT, OIL.format("oil-removed", "12", ""), OIL.format("oil-removed", "12", "barrels")]
)
def test_a_quantity_with_its_unit_is_taken(tmp_path, line):
    folder = copy_of_toy(tmp_path)
    add_line(folder, LAMPS, line)

    assert read_pack(folder)


def test_a_file_of_too_many_bytes_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(pack, "LARGEST_BYTES", 2000)
    folder = copy_of_toy(tmp_path)

    said = refusal(folder)

    assert any(
        "bytes. A file of a pack has up to 2,000; a person has to be able to review it." in each for each in said
    )


def test_a_file_of_too_many_rows_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 20)
    folder = copy_of_toy(tmp_path)

    (said,) = [each for each in refusal(folder) if each.startswith(COASTS)]

    assert said.endswith(
        "The file has more than 20 rows. No register of a treaty is that long, and nobody can review it. "
        "Divide it, or take out what is not a row of the register."
    )


@pytest.mark.slow
def test_two_hundred_thousand_rows_are_judged_within_a_minute(tmp_path):
    folder = copy_of_toy(tmp_path)
    many = "".join(f"{row(f'X{number}', 'light-failed', '2009', note='@')}\n" for number in range(200_000))
    path = folder / COASTS
    path.write_text(path.read_text(encoding="utf-8") + many, encoding="utf-8")
    began = time.monotonic()

    with pytest.raises(PackIsFaulty) as refused:
        read_pack(folder)

    assert time.monotonic() - began < 60
    assert len(refused.value.findings) == 200_000
    assert len(str(refused.value)) < 100_000


GRANT = "XDA.postponement-granted.A3,XDA,postponement-granted,2007-05-18,open,{},A3,{},decision,decided,LAMP/A3/9,9,,,,"


@pytest.mark.parametrize(
    ("value", "known_on", "said"),
    [
        (
            "2006-01-01", "2007-05-18",
            (
                "A3 of 2007-05-18 sets 2006-01-01, a day before it. An extension runs to a day that is still to come. "
                "Mend the day that the decision sets, or the day of the decision."
            ),
        ),
        (
            "2010-01-01", "2007-05-17",
            (
                "A3 decided on 2007-05-18, and known_on is 2007-05-17. A decision is not public before it is taken; an "
                "answer about an earlier day would use it. Write in known_on the day of the decision, or that of a "
                "later source."
            ),
        ),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_as_it_is_dated_is_refused(tmp_path, value, known_on, said):
    folder = copy_of_toy(tmp_path)
    line = add_line(folder, COASTS, GRANT.format(value, known_on))

    assert refusal(folder) == [f"{COASTS}:{line}: {said}"]


@pytest.mark.parametrize("mark", ["\u202e", "\u2066"])
def test_a_mark_that_turns_the_text_around_it_is_refused(tmp_path, mark):
    folder = copy_of_toy(tmp_path)
    line = add_line(folder, COASTS, row("XIA.note", "light-failed", "2009", note=f"lit {mark}thgin"))

    assert [fault.partition(" Save")[0] for fault in refusal(folder)] == [
        f"{COASTS}:{line}: This is not plain text. It holds the control character {mark!r}."
    ]


def test_a_fact_that_ends_before_it_begins_is_refused(tmp_path):
    folder = copy_of_toy(tmp_path)
    line = add_line(folder, COASTS, row("XIA.note", "light-failed", "2009", note="").replace(",open,", ",2008,"))

    assert refusal(folder) == [
        (
            f"{COASTS}:{line}: valid_to is 2008, and valid_from 2009. A fact cannot end before it begins. "
            "Mend one of the days, or write open."
        )
    ]


def test_a_folder_with_the_name_of_a_file_is_refused(tmp_path):
    folder = copy_of_toy(tmp_path)
    (folder / "facts" / "more.csv").mkdir()

    assert refusal(folder) == [
        "facts/more.csv:1: This is no file. A file of a pack has this name. Rename it, or remove it."
    ]


def test_a_source_of_a_day_that_has_not_come_is_refused(tmp_path):
    folder = copy_of_toy(tmp_path)

    with pytest.raises(PackIsFaulty) as refused:
        read_pack(folder, today=date(2009, 1, 1))

    assert "known_on is" in str(refused.value)
    assert "No source of that day exists yet." in str(refused.value)
