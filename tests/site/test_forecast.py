"""`servanda forecast`: the table, the same as JSON, one item with its tiers, and what is refused."""

import json

import pytest

from servanda.site.command import main
from tests.packs.loaded import fresh_memory, toy

__all__ = ["fresh_memory", "toy"]
ISOLATES = str.maketrans("", "", "\u2068\u2069")


def run(*words):
    return main(["forecast", "toy", "W2", "--runs", "500", *words])


def test_the_table_is_followed_by_the_sittings_in_words(toy, capsys):
    code = run()

    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "toy W2: minutes expected, and not exceeded in 10, 50 and 90 of 100 cases"
    assert lines[1].split() == ["sitting", "has", "paper", "needs", "10", "50", "90", "beyond", "chance"]
    assert [line.split()[:3] for line in lines[2:4]] == [
        ["2008-10-06", "10:00-13:00", "90"],
        ["2008-10-07", "10:00-13:00", "120"],
    ]
    assert lines[-2].startswith("The morning of 6 October 2008 has 90 min for its items, which are expected to need ")
    assert err.startswith("Assumed, not measured: 30 s from one speaker to the next;")


def test_one_item_is_shown_with_its_tiers(toy, capsys):
    code = run("--item", "2.a", "--limit", "hearing=60", "--known", "2008-10-06")

    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert "  hearing: 5 invited, and those who ask besides, 8.6 expected, 60 s a turn; from W0, W1, W2" in lines
    assert not [line for line in lines if line.startswith("1 ")]


def test_as_json_nothing_else_is_printed(toy, capsys):
    run("--format", "json")

    assert json.loads(capsys.readouterr().out)["format"] == "servanda-forecast/1"


NOT_A_LIMIT = (
    "A limit names a tier of the programme and the seconds that one turn in it may take. "
    "Write it as hearing=120; several limits each with --limit."
)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--limit", "hearing"], f"--limit 'hearing' is not a limit. {NOT_A_LIMIT}"),
        (["--limit", "hearing=two"], f"--limit 'hearing=two' is not a limit. {NOT_A_LIMIT}"),
        (["--limit", "=60"], f"--limit '=60' is not a limit. {NOT_A_LIMIT}"),
        (["--limit", "hearing=٦٠"], f"--limit 'hearing=٦٠' is not a limit. {NOT_A_LIMIT}"),
        (["--limit", "hearing=1", "--limit", "hearing=2"], "hearing has two limits. A turn has one. Keep one of them."),
        (
            ["--limit", "hearing=-5"],
            (
                "The limit of hearing is -5 seconds. A turn lasts from 1 second to a day, 86400 seconds. "
                "Write whole seconds, as 120."
            ),
        ),
        (["--runs", "many"], "--runs 'many' is not a number. It counts runs. Write one, as 10000."),
        (["--item", "7"], "The programme of W2 takes up no item '7'. It takes up: 1, 2, 2.a, 3. Name one of these."),
    ],
)
def test_what_cannot_be_asked_is_refused_on_standard_error(toy, capsys, words, said):
    code = run(*words)

    out, err = capsys.readouterr()
    assert (code, out, err.translate(ISOLATES)) == (2, "", f"servanda: {said}\n")


def test_a_meeting_without_a_template_has_no_forecast(toy, capsys):
    code = main(["forecast", "toy", "P1"])

    assert code == 1
    assert capsys.readouterr().err.startswith("servanda: toy has no template for P1.")
