"""Packs with one thing wrong: each is refused by file and line, says why and what to do, and leaves no trace."""

import pytest

from servanda.convention.checking import read_pack
from servanda.convention.models import Meeting
from servanda.convention.pack import NoSuchPack, PackIsFaulty, TwoPacksOfOneName
from servanda.documents.models import Document
from servanda.journal.models import Entry, Stream
from servanda.register.models import Fact
from servanda.site.command import main
from servanda.site.loading import read_packs
from tests.packs.shelf import TOY, add_line, change, copy_of_toy

FACT = "XAA.new,XAA,dark-coasts-reported,2002-03,open,,,2002-03,event,reported_by_state,Yearly reports,2002,,,,"
MEETING = "A5,assembly,2011-05-09,2011-05-13,Port Selene,Etc/UTC,,,,,LAMP/A4/9,yes,"
STATE = "XMA,,Mistral,,Mistral,,"
COVERAGE = "article-4,XAA,light-failed,2009-05-15,Inventors of this treaty,"
KINDS = "depositary, decision, state_report, organ, un, civil_society"

# file, a line that is well formed, what to put in place of what; what the refusal says, the line aside
ROWS = {
    "a code that no State has": (
        "facts/coasts.csv",
        FACT,
        "XAA,dark",
        "ZZZ,dark",
        "state is 'ZZZ'. No State has this code. Write its ISO alpha-3 code, as TCD.",
    ),
    "a predicate that the pack does not declare": (
        "facts/coasts.csv",
        FACT,
        "dark-coasts-reported",
        "dark-coasts-denied",
        (
            "predicate is 'dark-coasts-denied'. Allowed: deposit, entry-into-force, withdrawal-effective, "
            "dark-coasts-reported, postponement-requested, postponement-granted, postponement-refused, coasts-lit, "
            "light-failed, named-in-programme, keepers-listed, plan-announced, …. Write one of these."
        ),
    ),
    "a name in public that only some may see": (
        "facts/coasts.csv",
        FACT,
        "dark-coasts-reported",
        "whisper",
        (
            "label is public, and the names in the list of whisper are not. Among its sources is no decision, and no "
            "document of an organ of the Convention, that names the State. Write secretariat, or name such a source."
        ),
    ),
    "a date that is none": (
        "facts/coasts.csv",
        FACT,
        "2002-03,open",
        "2002-02-30,open",
        (
            "valid_from: '2002-02-30' is not a date. Dates are written as in ISO 8601. "
            "Write a day as 2024-06-18; where only the month or the year is known, 2024-06 or 2024."
        ),
    ),
    "a date in other digits": (
        "facts/coasts.csv",
        FACT,
        "2002-03,open",
        "٢٠٠٢,open",
        (
            "valid_from: '٢٠٠٢' is not a date. Dates are written as in ISO 8601. "
            "Write a day as 2024-06-18; where only the month or the year is known, 2024-06 or 2024."
        ),
    ),
    "a value that is no day": (
        "facts/coasts.csv",
        FACT,
        "XAA,dark-coasts-reported,2002-03,open,,",
        "XAA,coasts-lit,2002-03,open,soon,",
        ("value: 'soon' is not a date. Dates are written as in ISO 8601. Write a day as 2024-06-18."),
    ),
    "a value where there is none": (
        "facts/coasts.csv",
        FACT,
        "2002-03,open,,",
        "2002-03,open,often,",
        "value is 'often'. dark-coasts-reported has no value. Leave it empty.",
    ),
    "a value that is no word of its predicate": (
        "facts/parties.csv",
        "XFA.deposit,XFA,deposit,2009-01-01,open,accession,,2009-01-01,depositary,decided,Register of deposits,,,",
        "open,accession",
        "open,marriage",
        "value is 'marriage'. Allowed: ratification, accession, succession. Write one of these.",
    ),
    "a key that stands already": (
        "facts/coasts.csv",
        FACT,
        "XAA.new",
        "XAA.coasts-lit",
        "The key 'fact XAA.coasts-lit' stands twice. First: facts/coasts.csv:3. Rename or remove one.",
    ),
    "no key": (
        "facts/coasts.csv",
        FACT,
        "XAA.new",
        "",
        "key is empty. A correction names a fact by its key. Write State.predicate.meeting.",
    ),
    "a key too long to hold": (
        "facts/coasts.csv",
        FACT,
        "XAA.new",
        "XAA." + "n" * 200,
        "key has 204 signs. The register holds up to 200. Shorten it.",
    ),
    "a label that no seat has": (
        "facts/coasts.csv",
        FACT,
        "2002,,,,",
        "2002,,,,Secretariat",
        (
            "label is 'Secretariat'. No seat would see it. "
            "Write public, parties, secretariat, committee:<id> or state:<code>."
        ),
    ),
    "a hidden fact of which coverage says that all are here": (
        "facts/coasts.csv",
        FACT,
        "2002,,,,",
        "2002,,,,secretariat",
        (
            "label is 'secretariat', and coverage.csv says that every dark-coasts-reported is in the register. "
            "Whoever may not see the row would be told that there is no such fact. "
            "Make the fact public, or take that coverage back."
        ),
    ),
    "no source": (
        "facts/coasts.csv",
        FACT,
        "Yearly reports",
        "",
        "source is empty. No source, no fact. Name the document, or remove the row.",
    ),
    "a source that is not listed": (
        "facts/coasts.csv",
        FACT,
        "Yearly reports",
        "A dream",
        "The source 'A dream' is not listed. documents.csv has no such row. Add it there.",
    ),
    "a further source that is not listed": (
        "facts/coasts.csv",
        FACT,
        "2002,,,,",
        "2002,Yearly reports ; A dream,,,",
        "The source 'A dream' is not listed. documents.csv has no such row. Add it there.",
    ),
    "nothing that says since when it was known": (
        "facts/coasts.csv",
        FACT,
        ",,,2002-03,event",
        ",,,,event",
        (
            "known_on is empty. A fact says since when its source was public. "
            "Write the day, month or year, and in known_by how it was set."
        ),
    ),
    "the press as only source of a fact": (
        "facts/coasts.csv",
        FACT,
        "Yearly reports",
        "The Evening Foghorn",
        (
            f"The only source is of kind press. A fact on a State's performance needs one of: {KINDS}. "
            "Find such a source, or move the row to leads/."
        ),
    ),
    "the word of whoever made the pack as only source": (
        "facts/coasts.csv",
        FACT,
        "Yearly reports",
        "Inventors of this treaty",
        (
            f"The only source is of kind own_rule. A fact on a State's performance needs one of: {KINDS}. "
            "Find such a source, or move the row to leads/."
        ),
    ),
    "an unknown stance": (
        "facts/coasts.csv",
        FACT,
        "reported_by_state",
        "whispered",
        (
            "stance is 'whispered'. Allowed: decided, reported_by_state, announced, reported_by_others, denied. "
            "Write one of these."
        ),
    ),
    "an unknown way of knowing": (
        "facts/coasts.csv",
        FACT,
        "event",
        "guess",
        "known_by is 'guess'. Allowed: depositary, decision, meeting, event, source. Write one of these.",
    ),
    "an unknown rank": (
        "facts/coasts.csv",
        FACT,
        "2002,,,,",
        "2002,,,best,",
        "rank is 'best'. Allowed: preferred, normal, deprecated. Write one of these.",
    ),
    "a meeting that the calendar does not have": (
        "facts/coasts.csv",
        FACT,
        "open,,,",
        "open,,A9,",
        "meeting is 'A9'. The calendar has no such meeting. Mend the code, or add the meeting.",
    ),
    "too few cells": (
        "facts/coasts.csv",
        FACT,
        "Yearly reports,2002,,,,",
        "Yearly reports",
        "The row has 11 cells. 16 columns are named on line 1. Mend the row; is the file cut short?",
    ),
    "a meeting that ends before it starts": (
        "calendar/meetings.csv",
        MEETING,
        "2011-05-13",
        "2011-05-01",
        "The meeting ends before it starts. 2011-05-01 is before 2011-05-09. Mend the days.",
    ),
    "a meeting of which only the month is known": (
        "calendar/meetings.csv",
        MEETING,
        "2011-05-09",
        "2011-05",
        ("start: '2011-05' is not a date. Dates are written as in ISO 8601. Write a day as 2024-06-18."),
    ),
    "a meeting of an unknown kind": (
        "calendar/meetings.csv",
        MEETING,
        "assembly",
        "banquet",
        "kind is 'banquet'. Allowed: assembly, working_session, preparation. Write one of these.",
    ),
    "a meeting called by a word of addresses": (
        "calendar/meetings.csv",
        MEETING,
        "A5",
        "Board",
        "code is 'Board'. The site has an address of this name. Choose another code.",
    ),
    "a meeting in no time zone": (
        "calendar/meetings.csv",
        MEETING,
        "Etc/UTC",
        "Moon/Crater",
        "timezone is 'Moon/Crater'. It is no IANA zone. Write one, as Europe/Zurich.",
    ),
    "a meeting of a code that is taken": (
        "calendar/meetings.csv",
        MEETING,
        "A5",
        "A4",
        "The key 'meeting A4' stands twice. First: calendar/meetings.csv:7. Rename or remove one.",
    ),
    "a source of an unknown kind": (
        "documents.csv",
        "Crystal ball,press,,,,,",
        "press",
        "oracle",
        (
            "kind is 'oracle'. Allowed: depositary, decision, state_report, organ, un, civil_society, academic, press, "
            "own_rule. Write one of these."
        ),
    ),
    "a source listed twice": (
        "documents.csv",
        "Crystal ball,press,,,,,",
        "Crystal ball",
        "The Evening Foghorn",
        "The key 'document The Evening Foghorn' stands twice. First: documents.csv:12. Rename or remove one.",
    ),
    "a source without a name": (
        "documents.csv",
        "Crystal ball,press,,,,,",
        "Crystal ball",
        "",
        "A document without a name. Facts cite it by `source`. Give its symbol or address.",
    ),
    "coverage of an unknown obligation": (
        "coverage.csv",
        COVERAGE,
        "article-4",
        "article-99",
        (
            "obligation is 'article-99'. Allowed: article-2, article-4, article-5, article-7, article-8, article-9, "
            "membership. Write one of these."
        ),
    ),
    "coverage of an unknown State": (
        "coverage.csv",
        COVERAGE,
        "XAA",
        "ZZZ",
        "state is 'ZZZ'. No State has this code. Write a code, or * for all.",
    ),
    "coverage that nobody states": (
        "coverage.csv",
        COVERAGE,
        "Inventors of this treaty",
        "",
        "source is empty. Someone says how far the register is complete. Name who.",
    ),
    "a State that exists": (
        "states.csv",
        STATE,
        "XMA",
        "TCD",
        "TCD is a State already. A pack cannot rename it. Remove it.",
    ),
    "a State that the pack has already": (
        "states.csv",
        STATE,
        "XMA",
        "XAA",
        "XAA is a State already. A pack cannot rename it. Remove it.",
    ),
    "a State by the name of another": (
        "states.csv",
        STATE,
        "Mistral,,Mistral",
        "CHAD,,Mistral",
        "The name 'CHAD' is taken. TCD has it; a name finds one State. Write another.",
    ),
    "a State whose code is none": (
        "states.csv",
        STATE,
        "XMA",
        "mistral",
        "code is 'mistral'. It is no code of three capitals. Write one, as XAA.",
    ),
}

RULES = {
    "a tier whose rule names an unknown obligation": (
        "tiers/hearing.yaml",
        "- open: article-4",
        "- open: article-44",
        1,
        (
            "The rule names the obligation 'article-44'. The pack has, with a date: article-4, article-5, article-7. "
            "Mend the name, or write the article."
        ),
    ),
    "a tier whose rule names an unknown predicate": (
        "tiers/hearing.yaml",
        "- fact: postponement-requested",
        "- fact: postponement-dreamt",
        1,
        (
            "fact is 'postponement-dreamt'. Allowed: deposit, entry-into-force, withdrawal-effective, "
            "dark-coasts-reported, "
            "postponement-requested, postponement-granted, postponement-refused, coasts-lit, light-failed, "
            "named-in-programme, keepers-listed, plan-announced, …. Write one of these."
        ),
    ),
    "a tier for an unknown kind of meeting": (
        "tiers/hearing.yaml",
        "meetings: [working_session]",
        "meetings: [banquet]",
        1,
        "meetings is 'banquet'. Allowed: assembly, working_session, preparation. Write one of these.",
    ),
    "a condition that starts with an unknown word": (
        "tiers/hearing.yaml",
        "- open: article-4",
        "- perhaps: article-4",
        16,
        (
            "when.all.all.0: a condition starts with one of: "
            "all, any, not, open, overdue, due, fact, clause, latest, party. Found: \"{'perhaps': 'article-4'}\". "
            "The words of a pack are listed in docs/packs."
        ),
    ),
    "an unknown word in a rule": (
        "articles/article-7.yaml",
        "completed_by: keepers-listed",
        "completed_by: keepers-listed\nforgiven_by: deposit",
        10,
        "forgiven_by: Extra inputs are not permitted. Found: 'deposit'. The words of a pack are listed in docs/packs.",
    ),
    "a length that is no number": (
        "articles/article-4.yaml",
        "add: {years: 5}",
        "add: {years: five}",
        8,
        (
            "due.add.add.years: Input should be a valid integer, unable to parse string as an integer. Found: 'five'. "
            "The words of a pack are listed in docs/packs."
        ),
    ),
    "a missing piece of a rule": (
        "articles/article-4.yaml",
        "completed_by: coasts-lit\n",
        "",
        2,
        "The file: Value error, an obligation with a date says what completes it: completed_by. ",
    ),
    "an obligation that names an unknown predicate": (
        "articles/article-4.yaml",
        "completed_by: coasts-lit",
        "completed_by: coasts-painted",
        1,
        "article-4 names the predicate 'coasts-painted'. pack.yaml does not declare it. Declare or rename it.",
    ),
    "a grant that sets no day": (
        "pack.yaml",
        "  postponement-granted:\n    value: day\n",
        "  postponement-granted:\n",
        1,
        "article-4 counts with postponement-granted, whose value is 'none'. It must be: day. Mend pack.yaml.",
    ),
    "a key that stands twice": (
        "pack.yaml",
        'version: "3"',
        'version: "3"\nversion: "4"',
        6,
        "'version' stands twice. It stands already on line 5. Keep one of them.",
    ),
    "two files of one id": (
        "tiers/keepers.yaml",
        "id: keepers",
        "id: hearing",
        1,
        "'hearing' is stated twice. Another file has this id. Rename one.",
    ),
    "a format of the future": (
        "pack.yaml",
        "format: 1",
        "format: 2",
        3,
        "format: Input should be 1. Found: '2'. The words of a pack are listed in docs/packs.",
    ),
    "a place without a clock": (
        "pack.yaml",
        "timezone: Etc/UTC",
        "timezone: Moon/Crater",
        6,
        (
            "timezone: Value error, it is no IANA zone, as Europe/Zurich. Found: 'Moon/Crater'. "
            "The words of a pack are listed in docs/packs."
        ),
    ),
    "a day that does not exist, in a rule": (
        "pack.yaml",
        "  stated_by: entry-into-force",
        "  not_before: 1999-02-30\n  stated_by: entry-into-force",
        27,
        (
            "This cannot be read as YAML. '1999-02-30' is not a date: day is out of range for month. "
            "Mend the line; is the file cut short?"
        ),
    ),
    "a case that asks nothing": (
        "cases/status.yaml",
        "- title: Fogmere, which has not joined\n  status:",
        "- title: Fogmere, which has not joined\n  stats:",
        7,
        "stats: Extra inputs are not permitted. ",
    ),
    "a case about no day": (
        "cases/status.yaml",
        "on: 2001-02-01, known: 2001-02-01",
        "on: 2001-02-01, known: 2001-02",
        3,
        "status.known: ",
    ),
    "a case that is a word": (
        "cases/tiers.yaml",
        "# Who is heard",
        "- perhaps\n# Who is heard",
        1,
        "The file: Input should be a valid dictionary or instance of Case. Found: 'perhaps'. ",
    ),
    "a case without a question": (
        "cases/entry-into-force.yaml",
        "  entry_into_force: {XFA: null}\n",
        "",
        11,
        "The file: Value error, a case asks one of: entry_into_force, original_deadline, status, tier. ",
    ),
    "a case with two questions": (
        "cases/entry-into-force.yaml",
        "{XFA: null}\n",
        "{XFA: null}\n  status: {obligation: article-4, state: XAA, on: 2001-02-01, known: 2001-02-01}\n",
        11,
        "The file: Value error, a case asks one of: entry_into_force, original_deadline, status, tier. ",
    ),
    "a rule deep in a rule": (
        "tiers/hearing.yaml",
        "end_of_year_after: next_formal_meeting, years: 1",
        "end_of_year_after: doomsday, years: 1",
        22,
        (
            "when.all.all.1.any.any.1.due.on_or_before.is.YearEnd.end_of_year_after: Input should be "
            "'next_formal_meeting' or 'this_meeting'. "
        ),
    ),
}


def refusal_of(folder):
    with pytest.raises(PackIsFaulty) as refused:
        read_pack(folder)
    return str(refused.value)


@pytest.mark.parametrize("name", ROWS)
def test_a_row_with_one_thing_wrong_is_refused_by_file_and_line(name, tmp_path):
    file, row, old, new, says = ROWS[name]
    assert row.count(old) == 1
    folder = copy_of_toy(tmp_path)
    line = add_line(folder, file, row.replace(old, new))

    refusal = refusal_of(folder)

    assert refusal == (
        f"The pack toy has 1 fault(s); nothing of it was taken in.\n  {file}:{line}: {says}\n Mend each line "
        f"and try again."
    )


@pytest.mark.parametrize("row", sorted({(file, row) for file, row, *_rest in ROWS.values()}))
def test_the_same_row_with_nothing_wrong_is_taken(row, tmp_path):
    folder = copy_of_toy(tmp_path)
    add_line(folder, *row)

    contents = read_pack(folder)

    assert contents.pack.code == "toy"


@pytest.mark.parametrize("name", RULES)
def test_a_rule_with_one_thing_wrong_is_refused_by_file_and_line(name, tmp_path):
    file, old, new, line, says = RULES[name]
    folder = change(copy_of_toy(tmp_path), file, old, new)

    refusal = refusal_of(folder)

    told = f"{file}:{line}: {says}" if name != "a grant that sets no day" else f"articles/article-4.yaml:1: {says}"
    assert f"\n  {told}" in refusal


CUT = {
    "YAML in the middle of a line": (
        "pack.yaml",
        "performance: fal",
        "pack.yaml:54: The file does not end with a line end.",
    ),
    "YAML in an open brace": ("tiers/hearing.yaml", "is: {end_of_year_after:\n", "This cannot be read as YAML."),
    "YAML after a whole line": (
        "articles/article-4.yaml",
        "extension:\n",
        "articles/article-4.yaml:2: The file: Value error, an obligation with a date says what completes it",
    ),
    "CSV in the middle of a row": (
        "facts/coasts.csv",
        "2003-05-12,",
        "facts/coasts.csv:6: The file does not end with a line end.",
    ),
    "CSV in the middle of its last cell": (
        "facts/parties.csv",
        "In force from the date of succ",
        "facts/parties.csv:13: The file does not end with a line end.",
    ),
    "CSV in a quotation": (
        "coverage.csv",
        'article-4,XAA,coasts-lit,2009-05-15,Me,"It was\n',
        (
            "coverage.csv:2: This cannot be read as CSV. unexpected end of data. Close the quotation; is the "
            "file cut short?"
        ),
    ),
    "CSV before its first row": ("documents.csv", "", "documents.csv:1: The file does not end with a line end."),
}


@pytest.mark.parametrize("name", CUT)
def test_a_file_cut_short_is_refused(name, tmp_path):
    file, end, says = CUT[name]
    folder = copy_of_toy(tmp_path)
    text = (folder / file).read_text(encoding="utf-8")
    whole, found, _rest = text.partition(end) if end else ("", "", text)
    cut = whole + found if found or not end else text.split("\n")[0] + "\n" + end
    (folder / file).write_text(cut, encoding="utf-8")

    refusal = refusal_of(folder)

    assert says in refusal
    assert refusal.endswith("Mend each line and try again.")


ENCODINGS = {
    "Latin-1": ("é".encode("latin-1"), "This is not UTF-8. The byte at {at} cannot be read. Save the file as UTF-8."),
    "UTF-16": (b"\xff\xfe", "This is not UTF-8. The byte at {at} cannot be read. Save the file as UTF-8."),
    "a zero byte": (
        b"\x00",
        "This is not plain text. It holds the control character '\\x00'. Save the file as UTF-8, without it.",
    ),
    "a bell": (
        b"\x07",
        "This is not plain text. It holds the control character '\\x07'. Save the file as UTF-8, without it.",
    ),
}


@pytest.mark.parametrize("name", ENCODINGS)
@pytest.mark.parametrize("file", ["facts/coasts.csv", "pack.yaml"])
def test_a_file_in_another_encoding_is_refused(name, file, tmp_path):
    stray, says = ENCODINGS[name]
    folder = copy_of_toy(tmp_path)
    before = (folder / file).read_bytes()
    (folder / file).write_bytes(before + stray + b"\n")

    refusal = refusal_of(folder)

    line = before.count(b"\n") + 1
    assert f"  {file}:{line}: {says.format(at=len(before))}\n" in refusal


def test_cases_that_are_no_list_are_refused(tmp_path):
    folder = copy_of_toy(tmp_path)
    (folder / "cases/tiers.yaml").write_text("title: alone\n", encoding="utf-8")

    refusal = refusal_of(folder)

    assert (
        "cases/tiers.yaml:1: The file is not a list of cases. Each case starts with `- title:`. Write it so." in refusal
    )


def test_every_fault_is_told_at_once_and_in_the_order_of_files_and_lines(tmp_path):
    folder = copy_of_toy(tmp_path)
    change(folder, "pack.yaml", "timezone: Etc/UTC", "timezone: Etc/UTC\ncolour: blue")
    change(folder, "articles/article-7.yaml", "months: 18", "fortnights: 39")
    change(folder, "tiers/keepers.yaml", "prints: rule", "prints: poetry")

    with pytest.raises(PackIsFaulty) as refused:
        read_pack(folder)

    assert [(found.file, found.line) for found in refused.value.findings] == [("pack.yaml", 7)]


def test_faults_of_several_files_stand_in_order(tmp_path):
    folder = copy_of_toy(tmp_path)
    add_line(folder, "facts/coasts.csv", FACT.replace("Yearly reports", "A dream"))
    add_line(folder, "coverage.csv", COVERAGE.replace("XAA", "ZZZ"))
    change(folder, "tiers/keepers.yaml", "prints: rule", "prints: poetry")

    with pytest.raises(PackIsFaulty) as refused:
        read_pack(folder)

    assert [found.file for found in refused.value.findings] == [
        "coverage.csv",
        "facts/coasts.csv",
        "tiers/keepers.yaml",
    ]


def test_two_packs_of_one_id_are_refused(tmp_path):
    folder = copy_of_toy(tmp_path)

    with pytest.raises(TwoPacksOfOneName) as refused:
        read_packs([str(TOY), str(folder)])

    assert str(refused.value) == (
        f"Two packs have the name 'toy': {TOY} and {folder}. A convention has one pack, or its facts would contradict "
        "each other unseen. Give one of them another `id` in its pack.yaml, or leave one out."
    )


@pytest.mark.parametrize("name", ["nonesuch", "/nowhere/at/all", "tests"])
def test_a_pack_that_is_not_there_is_refused(name):
    with pytest.raises(NoSuchPack) as refused:
        read_packs([name])

    assert str(refused.value) == (
        f"There is no pack {name!r}. It is neither the name of a pack that comes with Servanda nor a folder with a "
        "pack.yaml. Name one of those packs, as apmbc, or the path of a pack's folder."
    )


def traces():
    return [model.objects.count() for model in (Stream, Entry, Document, Meeting, Fact)]


@pytest.mark.parametrize("name", ROWS)
def test_loading_a_pack_with_a_bad_row_leaves_no_trace(name, tmp_path, db, capsys):
    file, row, old, new, says = ROWS[name]
    folder = copy_of_toy(tmp_path)
    line = add_line(folder, file, row.replace(old, new))

    code = main(["load", str(folder)])

    printed = capsys.readouterr()
    assert (code, printed.out, traces()) == (1, "", [0, 0, 0, 0, 0])
    assert f"{file}:{line}: {says}" in printed.err


@pytest.mark.parametrize("name", [*RULES, *CUT])
def test_nor_does_one_with_a_bad_rule_or_cut_short(name, tmp_path, db, capsys):
    folder = copy_of_toy(tmp_path)
    if name in RULES:
        change(folder, *RULES[name][:3])
    else:
        (folder / CUT[name][0]).write_text(CUT[name][1] or "", encoding="utf-8")

    code = main(["load", str(folder)])

    assert (code, capsys.readouterr().out, traces()) == (1, "", [0, 0, 0, 0, 0])


def test_a_good_pack_beside_a_bad_one_is_not_taken_in_either(tmp_path, db, capsys):
    folder = change(copy_of_toy(tmp_path), "pack.yaml", "id: toy", "id: toy-two")
    add_line(folder, "facts/coasts.csv", FACT.replace("Yearly reports", ""))

    code = main(["load", str(TOY), str(folder)])

    assert (code, capsys.readouterr().out, traces()) == (1, "", [0, 0, 0, 0, 0])


def test_a_bad_pack_leaves_what_was_loaded_before_as_it_was(toy, tmp_path, capsys):
    before = traces()
    folder = copy_of_toy(tmp_path)
    add_line(folder, "facts/coasts.csv", FACT)
    add_line(folder, "facts/coasts.csv", FACT)

    code = main(["load", str(folder)])

    capsys.readouterr()
    assert (code, traces()) == (1, before)


def test_a_link_out_of_the_pack_is_refused_and_not_read(tmp_path):
    folder = copy_of_toy(tmp_path)
    secret = tmp_path / "secret.csv"
    secret.write_text("a secret\n", encoding="utf-8")
    (folder / "facts" / "more.csv").symlink_to(secret)

    refusal = refusal_of(folder)

    assert "facts/more.csv:1: This leads out of the pack. A pack reads its own files only. Copy it in." in str(refusal)
    assert "a secret" not in str(refusal)


def test_a_file_in_a_folder_that_no_pack_has_is_not_passed_over(tmp_path):
    folder = copy_of_toy(tmp_path)
    (folder / "fact").mkdir()
    (folder / "fact" / "more.csv").write_text("key\n", encoding="utf-8")

    refusal = refusal_of(folder)

    assert "fact/more.csv:1: A pack has no such file. It would be passed over without a word." in str(refusal)


def test_the_mark_that_spreadsheets_put_first_is_no_fault(tmp_path):
    folder = copy_of_toy(tmp_path)
    path = folder / "coverage.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert read_pack(folder).coverage == read_pack(TOY).coverage
