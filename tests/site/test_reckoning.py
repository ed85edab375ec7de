"""The commands that reckon over many lists: forms, exit codes, results apart from remarks."""

import csv
import io
import json

import pytest

from servanda.site.command import main
from tests.packs.loaded import fresh_memory, toy

__all__ = ["fresh_memory", "toy"]
DAYS = ["--from", "2006-06-30", "--to", "2007-05-18"]


def test_the_backtest_as_json_is_all_that_is_printed(toy, capsys):
    code = main(["backtest", "toy", "hearing", "--format", "json"])

    found = json.loads(capsys.readouterr().out)
    assert (code, found["format"], found["tier"]) == (0, "servanda-backtest/1", "hearing")


def test_the_table_of_the_backtest_ends_in_what_its_numbers_are_about(toy, capsys):
    main(["backtest", "toy", "hearing"])

    printed = capsys.readouterr()
    assert "W3 is left out: The list cannot be derived for toy W3." in printed.err
    assert printed.err.endswith("The numbers say how well the rule foresees; they say nothing of a State.\n")
    assert "\nW1 extra: XBA  Borchovia\n" in printed.out


@pytest.mark.parametrize("words", [["gaps", "toy"], ["changes", "toy", *DAYS]])
def test_tables_come_as_csv_and_json(toy, capsys, words):
    main([*words, "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    main([*words, "--format", "json"])
    found = json.loads(capsys.readouterr().out)

    assert found["format"] == "servanda-table/1"
    assert [row["state"] for row in rows] == [row["state"] for row in found["rows"]]
    assert rows


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["backtest", "toy", "keepers"], 1, "The list keepers of toy cannot be put to the test."),
        (["backtest", "toy", "feast"], 2, "toy has no tier 'feast'."),
        (["gaps", "toy", "--meeting", "W9"], 2, "toy has no meeting 'W9'."),
        (["gaps", "toy", "--known", "2999-01-01"], 2, "What is known on 2999-01-01 cannot be told today."),
        (["changes", "toy"], 2, "What changed is asked in one of two ways."),
        (["changes", "toy", "--since", "1", *DAYS], 2, "What changed is asked in one of two ways."),
        (["changes", "toy", "--since", "9"], 2, "The journal of toy has no number 9."),
        (["changes", "toy", "--from", "2007-01-01", "--to", "2006-01-01"], 2, "Between 2007-01-01 and 2006-01-01"),
    ],
)
def test_what_does_not_fit_is_refused_on_standard_error(toy, capsys, words, code, said):
    ended = main(words)

    printed = capsys.readouterr()
    assert (ended, printed.out) == (code, "")
    assert said in printed.err
