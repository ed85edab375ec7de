"""The page of what changed: both questions, the forms, and what does not fit."""

import csv
import io

import pytest

from servanda.common.languages import OFFERED
from tests.packs.loaded import fresh_memory, load_folder, toy
from tests.packs.shelf import add_line, copy_of_toy

__all__ = ["fresh_memory", "toy"]
LIT = "XDA.lit,XDA,coasts-lit,2010-02-01,open,2010-01-15,,2010-02-01,event,reported_by_state,Yearly reports,2010,,,,"


@pytest.fixture
def corrected(toy, tmp_path):
    """The invented treaty, loaded, and loaded again with one more completion."""
    folder = copy_of_toy(tmp_path)
    add_line(folder, "facts/coasts.csv", LIT)
    return load_folder(folder)


@pytest.mark.parametrize("language", OFFERED)
def test_without_a_question_the_newest_entry_is_told(corrected, client, language):
    answer = client.get(f"/{language}/toy/changes/").content.decode()

    assert f'href="/{language}/toy/states/XDA/"' in answer
    assert "<script" not in answer


def test_the_status_that_differs_stands_beside_the_one_before(corrected, client):
    answer = client.get("/en/toy/changes/?since=1&known=2010-12-31").content.decode()

    assert "Extended to 30 November 2011." in answer
    assert "Lighting of all dark coasts declared, 1 February 2010" in answer


def test_the_same_rows_come_as_csv_and_json(corrected, client):
    text = client.get("/en/toy/changes.csv?since=1&known=2010-12-31").content.decode()
    found = client.get("/en/toy/changes.json?since=1&known=2010-12-31").json()

    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["what"], row["change"], row["state"]) for row in rows] == [
        ("fact", "added", "XDA"),
        ("status", "differs", "XDA"),
    ]
    assert [row["key"] for row in found["rows"]] == ["XDA.lit", ""]
    assert (found["from_number"], found["to_number"]) == (1, 2)


def test_nothing_is_said_to_be_in_sight_where_nothing_changed(toy, client):
    assert "Nothing that changed is in sight." in client.get("/en/toy/changes/").content.decode()


def test_the_address_of_another_language_asks_the_same(corrected, client):
    answer = client.get("/en/toy/changes/?from=2006-06-30&to=2007-05-18").content.decode()

    assert 'href="/fr/toy/changes/?from=2006-06-30&amp;to=2007-05-18"' in answer
    assert 'href="/en/toy/changes.csv?from=2006-06-30&amp;to=2007-05-18"' in answer


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=1&from=2007-01-01", "What changed is asked in one of two ways."),
        ("to=2007-01-01", "What changed is asked in one of two ways."),
        ("since=first", "&#x27;first&#x27; is not a journal number."),
        ("since=9", "The journal of toy has no number 9."),
        ("from=2007-01-01&to=2006-01-01", "Between 2007-01-01 and 2006-01-01 nothing can change."),
        ("from=2007&to=2008-01-01", "&#x27;2007&#x27; is not a date."),
        ("from=2007-01-01&to=2999-01-01", "What is known on 2999-01-01 cannot be told today."),
    ],
)
def test_what_does_not_fit_is_told_what_why_and_what_to_do(corrected, client, query, said):
    answer = client.get(f"/en/toy/changes/?{query}")

    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert answer.content.decode().count("<dt>") == 3
