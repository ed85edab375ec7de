"""The commands as a person runs them: exit codes, results on standard output alone, all else on standard error."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from servanda.journal.models import Entry
from servanda.site.command import main
from tests.packs.loaded import apmbc, fresh_memory, toy
from tests.packs.shelf import TOY, change, copy_of_toy
from tests.processes import own_database, servanda

__all__ = ["apmbc", "fresh_memory", "toy"]

NINE = ["AFG", "CYP", "ERI", "GNB", "NER", "OMN", "PER", "SRB", "TCD"]
FAR = "2999-01-01"


def run(capsys, *words):
    """A command's exit code, its results and what it told the person beside them."""
    try:
        code = main(list(words))
    except SystemExit as ended:
        code = ended.code
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_load_prints_the_difference_and_tells_its_progress_apart(db, fresh_memory, capsys):
    code, out, err = run(capsys, "load", str(TOY))

    assert (code, out) == (
        0,
        (
            "toy 3, journal number 1: 82 facts added, 0 changed, 0 withdrawn; 8 meetings and 12 documents added "
            "or changed\n"
        ),
    )
    assert err.startswith("toy: ")


def test_a_second_load_says_nothing_new_and_writes_nothing(toy, capsys):
    code, out, _err = run(capsys, "load", str(TOY))

    assert (code, out) == (0, "toy 3: nothing new; the journal stands at 1\n")
    assert Entry.objects.count() == 1


def test_a_load_of_other_rules_with_the_same_rows_is_new(toy, tmp_path, capsys):
    folder = change(copy_of_toy(tmp_path), "articles/article-4.yaml", "years: 5", "years: 6")

    code, out, _err = run(capsys, "load", str(folder))

    counted = "0 facts added, 0 changed, 0 withdrawn; 0 meetings and 0 documents added or changed"
    assert (code, out) == (0, f"toy 3, journal number 2: {counted}; the rules or cases of the pack changed\n")


@pytest.mark.parametrize("port", ["0", "99999", "-1", "http"])
def test_what_is_no_port_is_wrong_usage(capsys, port):
    with pytest.raises(SystemExit) as ended:
        main(["serve", f"--port={port}"])

    assert ended.value.code == 2
    assert f"{port!r} is not a port; write a number from 1 to 65535" in capsys.readouterr().err


def test_the_status_of_one_state_tells_its_reasons_with_their_sources(toy, capsys):
    code, out, err = run(capsys, "status", "toy", "Dunmarrow", "--on", "2010-06-01", "--known", "2010-06-01")

    assert (code, err) == (0, "")
    assert out == (
        "XDA  Dunmarrow: extended, due 2011-11-30. Extended to 30 November 2011.\n"
        "     Deposit on 1 September 2001; by Article 12, entry into force on 30 November 2001. [Register of "
        "deposits]\n"
        "     By Article 4 the first deadline is 30 November 2006: 30 November 2001 and 5 years after it.\n"
        "     Dark coasts reported, 30 June 2002. [Yearly reports]\n"
        "     Postponement granted, A4, 15 May 2009: 30 November 2011. [LAMP/A4/9]\n"
        "     The deadline of 30 November 2006 passed; the next extension was granted on 15 May 2009.\n"
    )


@pytest.mark.parametrize("name", ["XCA", "xca", "Caldera Isles", "îles caldera", "ILES CALDERA", "جزر كالديرا"])
def test_a_state_is_found_by_its_code_or_any_of_its_names(toy, capsys, name):
    code, out, _err = run(capsys, "status", "toy", name, "--on", "2007-12-01")

    assert code == 0
    assert out.startswith("XCA  Caldera Isles: extended, due 2010-10-30.")


def test_statuses_as_csv_have_a_row_for_each_state(toy, capsys):
    words = ["--on", "2010-06-01", "--known", "2010-06-01", "--format", "csv"]

    code, out, err = run(capsys, "status", "toy", "XDA", "XCA", *words)

    rows = list(csv.DictReader(io.StringIO(out)))
    assert (code, err) == (0, "")
    assert rows == [
        {
            "state": "XDA",
            "obligation": "article-4",
            "on": "2010-06-01",
            "known": "2010-06-01",
            "status": "extended",
            "due": "2011-11-30",
            "periods_missed": "2006-11-30/2009-05-15",
            "sentence": "Extended to 30 November 2011.",
            "caution": "",
        },
        {
            "state": "XCA",
            "obligation": "article-4",
            "on": "2010-06-01",
            "known": "2010-06-01",
            "status": "extended",
            "due": "2010-10-30",
            "periods_missed": "",
            "sentence": "Extended to 30 October 2010.",
            "caution": "",
        },
    ]


def test_without_a_name_every_state_has_its_row(toy, capsys):
    code, out, _err = run(capsys, "status", "toy", "--on", "2010-06-01", "--format", "csv")

    states = [row["state"] for row in csv.DictReader(io.StringIO(out))]
    assert code == 0
    assert states == sorted(set(states))
    assert [state for state in states if state.startswith("X")] == [f"X{letter}A" for letter in "ABCDEFGHIJKL"]


def test_a_status_as_json_carries_its_explanation(toy, capsys):
    words = ["--on", "2010-06-01", "--known", "2010-06-01", "--at", "1", "--format", "json"]

    code, out, err = run(capsys, "status", "toy", "XDA", *words)

    [found] = json.loads(out)
    assert (code, err) == (0, "")
    assert set(found) >= {
        "format",
        "convention",
        "state",
        "obligation",
        "on",
        "known",
        "status",
        "due",
        "because",
        "facts",
    }
    assert (found["status"], found["due"]) == ("extended", "2011-11-30")
    assert found["periods_missed"] == [
        {
            "from": "2006-11-30",
            "to": "2009-05-15",
            "decision": "XDA.postponement-granted.A4",
            "ended_by": "XDA.postponement-granted.A4",
        }
    ]
    assert [fact["source"]["name"] for fact in found["facts"]] == [
        "Register of deposits",
        "Yearly reports",
        "LAMP/A4/9",
    ]


def test_another_obligation_can_be_asked(toy, capsys):
    words = ["--obligation", "article-7", "--on", "2003-01-01", "--known", "2003-01-01"]

    code, out, _err = run(capsys, "status", "toy", "XDA", *words)

    assert code == 0
    assert out.startswith("XDA  Dunmarrow: pending, due 2003-05-30. The deadline is 30 May 2003.\n")


def test_the_nine_states_of_june_2024_as_json(apmbc, capsys):
    code, out, err = run(capsys, "tier", "apmbc", "extension-requests", "--meeting", "IM2024", "--format", "json")

    found = json.loads(out)
    assert (code, err) == (0, "")
    assert set(found) >= {"tier", "meeting", "states", "basis", "because"}
    assert (found["tier"], found["meeting"], found["states"]) == ("extension-requests", "IM2024", NINE)
    assert found["basis"] == dict.fromkeys(NINE, "computed")
    assert all(step["facts"] and step["rule"] for state in NINE for step in found["because"][state])


def test_a_meeting_is_found_in_small_letters_too(apmbc, capsys):
    code, out, _err = run(capsys, "tier", "apmbc", "extension-requests", "--meeting", "im2024", "--format", "json")

    assert (code, json.loads(out)["meeting"]) == (0, "IM2024")


def test_what_is_not_established_is_told_beside_the_list_and_not_in_it(toy, capsys):
    code, out, err = run(capsys, "tier", "toy", "hearing", "--meeting", "W2")

    assert code == 0
    assert "XEA" not in out
    assert err == (
        "It looks to 31 December 2010, the end of the year that the pack counts from A4.\n"
        "Not established: XEA. Questions for the secretariat.\n"
    )


def test_a_journal_that_is_whole_is_said_to_be_so(toy, capsys):
    code, out, err = run(capsys, "verify")

    assert (code, out) == (0, "")
    assert err


REFUSED = {
    "an unknown convention": (
        ["status", "hague"], 2,
        ("servanda: There is no convention 'hague' in the register. Loaded: toy. "
        "Name one of these, or load its pack: servanda load apmbc\n"),
    ),
    "an unknown State": (
        ["status", "toy", "Ruritania"], 2,
        ("servanda: 'Ruritania' is not a State that Servanda knows. States are found by their ISO code or their exact "
        "UN name, never by likeness. Write the three-letter code (TCD) or the UN short name (Chad, Tchad).\n"),
    ),
    "an unknown obligation": (
        ["status", "toy", "XAA", "--obligation", "article-99"], 2,
        ("servanda: toy has no obligation 'article-99'. An obligation is named by its id in the pack. "
        "Known: article-2, article-4, article-5, article-7, article-8, article-9.\n"),
    ),
    "a day that is none": (
        ["status", "toy", "XAA", "--on", "2010-02-30"], 2,
        ("servanda: --on: '2010-02-30' is not a date. Dates are written as in ISO 8601. "
        "Write a day as 2024-06-18.\n"),
    ),
    "a known day that is none": (
        ["tier", "toy", "hearing", "--meeting", "W1", "--known", "tomorrow"], 2,
        ("servanda: --known: 'tomorrow' is not a date. Dates are written as in ISO 8601. "
        "Write a day as 2024-06-18.\n"),
    ),
    "a journal number that does not exist": (
        ["status", "toy", "XAA", "--at", "9"], 2,
        ("servanda: The journal of toy has no number 9. It goes from 1 to 1. "
        "Ask at one of these numbers, or leave it out for the newest.\n"),
    ),
    "an unknown tier": (
        ["tier", "toy", "feast", "--meeting", "W1"], 2,
        ("servanda: toy has no tier 'feast'. A tier is named by its id in the pack. "
         "Known: counted, falling-due, hearing, keepers, lanterns, lights-failed, oil-late, other-coasts, "
         "reports-asked, schools, visitors, voices, whispers.\n"),
    ),
    "an unknown meeting": (
        ["tier", "toy", "hearing", "--meeting", "W9"], 2,
        ("servanda: toy has no meeting 'W9'. A meeting is named by its convention and its code. "
        "Known codes: A1, A2, W1, A3, W2, P1, A4, W3.\n"),
    ),
    "a list that looks past the calendar": (
        ["tier", "toy", "hearing", "--meeting", "W3"], 1,
        ("servanda: The list cannot be derived for toy W3. Its rule looks to the next formal meeting, and the calendar "
        "holds none after 2010-10-04. Add that meeting to calendar/meetings.csv of the pack and load it again.\n"),
    ),
    "an unknown stream": (
        ["verify", "hague"], 2,
        "servanda: The journal has no stream 'hague'. Its streams: toy. Name one of these, or none for all.\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_what_why_and_what_to_do_and_prints_no_result(name, toy, capsys):
    words, expected, says = REFUSED[name]

    code, out, err = run(capsys, *words)

    assert (code, out, err) == (expected, "", says)


@pytest.mark.parametrize(
    "words", [["status", "toy"], ["tier", "toy", "hearing", "--meeting", "W1"]], ids=lambda words: words[0]
)
def test_what_will_be_known_cannot_be_asked(words, toy, capsys):
    code, out, err = run(capsys, *words, "--known", FAR)

    assert (code, out) == (2, "")
    assert err.startswith(f"servanda: What is known on {FAR} cannot be told today. Today is ")
    assert "Ask as known on " in err


@pytest.mark.parametrize(
    "words",
    [[], ["sing"], ["tier", "toy", "hearing"], ["status", "toy", "--format", "poem"], ["status", "toy", "--at", "one"]],
    ids=" ".join,
)
def test_words_that_are_no_command_end_with_2_and_the_usage(words, db, capsys):
    code, out, err = run(capsys, *words)

    assert (code, out) == (2, "")
    assert err.startswith("usage: servanda")


def test_without_a_convention_the_refusal_says_that_none_is_loaded(db, fresh_memory, capsys):
    code, out, err = run(capsys, "status", "toy")

    assert (code, out) == (2, "")
    assert "Loaded: none." in err


def test_a_pack_whose_case_fails_is_checked_with_1_and_named(tmp_path, capsys):
    folder = change(copy_of_toy(tmp_path), "cases/entry-into-force.yaml", "XLA: 2004-01-01}", "XLA: 2004-01-02}")

    code, out, err = run(capsys, "pack", "check", str(folder))

    assert code == 1
    assert out.startswith("cases/entry-into-force.yaml: Low Shoals is bound from the date of succession: expected ")
    assert err == "toy: 73 facts and leads, 64 cases, 1 failed\n"


@pytest.mark.slow
def test_from_an_empty_folder_to_the_nine_in_three_commands(tmp_path):
    with own_database(tmp_path) as environment:
        loaded = servanda(environment, "load", "apmbc")
        again = servanda(environment, "load", "apmbc")
        listed = servanda(environment, "tier", "apmbc", "extension-requests", "--meeting", "IM2024", "--format", "json")

    assert [done.returncode for done in (loaded, again, listed)] == [0, 0, 0]
    assert loaded.stdout.startswith("apmbc 2026.1, journal number 1: ")
    assert again.stdout == "apmbc 2026.1: nothing new; the journal stands at 1\n"
    assert (json.loads(listed.stdout)["states"], listed.stderr) == (NINE, "")


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_refusal_in_a_data_folder_that_did_not_exist(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("SERVANDA_DATA", str(tmp_path / "new" / "folder"))

    done = servanda(None, "status", "toy")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("servanda: There is no convention 'toy' in the register.")
    assert "Traceback" not in done.stderr
    assert (tmp_path / "new" / "folder" / "servanda.sqlite3").is_file()


@pytest.mark.slow
def test_a_reader_who_has_read_enough_ends_the_command_in_silence(tmp_path):
    with own_database(tmp_path) as environment:
        servanda(environment, "load", str(TOY))
        module = "import sys; from servanda.site.command import main; sys.exit(main(sys.argv[1:]))"
        words = [sys.executable, "-c", module, "status", "toy", "--format", "json"]
        with subprocess.Popen(
            words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as asked:
            asked.stdout.readline()
            asked.stdout.close()
            told = asked.stderr.read()

    assert (asked.returncode, told) == (0, "")


@pytest.mark.parametrize("words", [["status", "toy"], ["programme", "build", "toy", "W2"]], ids=" ".join)
def test_a_result_that_finds_no_room_is_told_in_one_sentence(words, tmp_path):
    with own_database(tmp_path) as environment, Path("/dev/full").open("w") as full:
        servanda(environment, "load", str(TOY))
        module = "import sys; from servanda.site.command import main; sys.exit(main(sys.argv[1:]))"
        told = subprocess.run(
            [sys.executable, "-c", module, *words],
            env=environment, check=False, stdout=full, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    said = (
        "servanda: The result could not be written. The system says: No space left on device. "
        "Write it to a place that has room; what stands there now is not whole.\n"
    )
    assert (told.returncode, told.stderr) == (1, said)


@pytest.mark.parametrize(
    "words",
    [
        ["status", "toy", "--known", ""],
        ["status", "toy", "--known="],
        ["programme", "build", "toy", "W2", "-o", ""],
        ["programme", "build", "toy", "W2", "--format", "ics", "--state", ""],
    ],
    ids=" ".join,
)
def test_an_empty_argument_is_wrong_usage(words, toy, capsys):
    code, out, err = run(capsys, *words)

    assert (code, out) == (2, "")
    assert err.endswith("servanda: error: an argument is empty; give it a value, or leave it out\n")
