"""The secretariat's pages: who gets in, what they show, and that none of it is anywhere else."""

import csv
import io

import pytest

from servanda.common.languages import OFFERED
from tests.packs.loaded import load_folder
from tests.packs.shelf import add_line, copy_of_toy

pytestmark = pytest.mark.django_db
PAGES = ["", "gaps/", "backtest/hearing/", "candidates/W2/"]
TABLES = ["gaps", "backtest/hearing", "candidates/W2"]
SEALED = (
    "XBA.sealed,XBA,light-failed,2006-03,open,,,2006-03,event,reported_by_state,"
    "Letters to the secretariat,,,moonstone,,secretariat"
)


@pytest.fixture
def ada(desk, client):
    """A browser in which ada, of the secretariat, is signed in."""
    client.force_login(desk["ada"])
    return client


def words(client, page, language="en"):
    answer = client.get(f"/{language}/secretariat/toy/{page}")
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


@pytest.mark.parametrize(
    "page", [*PAGES, *(f"{table}.csv" for table in TABLES), *(f"{table}.json" for table in TABLES)]
)
def test_nobody_gets_in_without_the_seat(desk, client, page):
    unknown = client.get(f"/en/secretariat/toy/{page}")
    client.force_login(desk["cleo"])
    administrator = client.get(f"/en/secretariat/toy/{page}")

    assert unknown.headers["Location"].startswith("/en/desk/sign-in/")
    assert (administrator.status_code, b"This seat" in administrator.content) == (403, True)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", OFFERED)
def test_every_page_is_shown_in_each_language_and_kept_by_nobody(ada, page, language):
    answer = ada.get(f"/{language}/secretariat/toy/{page}")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert b"<script" not in answer.content


def test_a_table_is_kept_by_nobody_either(ada):
    assert ada.get("/en/secretariat/toy/gaps.csv").headers["Cache-Control"] == "no-store"


def test_the_first_page_leads_to_questions_tests_and_candidates(ada):
    shown = words(ada, "")

    for address in ("gaps/", "backtest/hearing/", "candidates/W3/", "candidates/A4/"):
        assert f'href="/en/secretariat/toy/{address}"' in shown


def test_questions_say_what_to_look_for_and_what_would_change(ada):
    shown = words(ada, "gaps/?meeting=W2&known=2008-10-06")

    assert "What did \u2068A3\u2069 decide on this State under Article \u20684\u2069?" in shown
    assert "The decisions on requests in the report of \u2068A3\u2069, or a later report of the State." in shown
    assert "/en/desk/toy/fact/?key=XHA.postponement-granted.A3" in shown


def test_the_backtest_shows_numbers_and_reasons(ada):
    shown = words(ada, "backtest/hearing/")

    assert "Completion was declared, 1 February 2007; the register holds no further request before it." in shown
    assert "The list cannot be derived for toy W3." in shown


def test_candidates_are_those_of_lists_that_print_their_rule(ada):
    shown = words(ada, "candidates/W1/")

    assert 'id="keepers"' in shown
    assert 'id="hearing"' not in shown


def test_tables_are_handed_out_with_the_same_rows(ada):
    answer = ada.get("/en/secretariat/toy/candidates/W1.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(answer)))
    found = ada.get("/en/secretariat/toy/candidates/W1.json").json()["rows"]

    assert {row["state"] for row in rows if row["tier"] == "keepers"} >= {"XDA", "XIA"}
    assert [row["state"] for row in rows] == [row["state"] for row in found]


def test_the_backtest_as_json_is_that_of_the_command(ada):
    assert ada.get("/en/secretariat/toy/backtest/hearing.json").json()["format"] == "servanda-backtest/1"


@pytest.mark.parametrize(
    ("page", "status", "said"),
    [
        ("gaps.xls", 404, "This table is not handed out as &#x27;xls&#x27;."),
        ("backtest/keepers/", 409, "The list keepers of toy cannot be put to the test."),
        ("backtest/feast/", 404, "toy has no tier &#x27;feast&#x27;."),
        ("candidates/W9/", 404, "toy has no meeting &#x27;W9&#x27;."),
        ("gaps/?known=2999-01-01", 400, "What is known on 2999-01-01 cannot be told today."),
    ],
)
def test_a_bad_address_is_told_what_why_and_what_to_do(ada, page, status, said):
    answer = ada.get(f"/en/secretariat/toy/{page}")

    assert (answer.status_code, said in answer.content.decode()) == (status, True)


# What is hidden.


PUBLIC = [
    "/en/toy/",
    "/en/toy/W1/",
    "/en/toy/states/XBA/",
    "/en/toy/changes/?since=1",
    "/en/toy/changes.csv?since=1",
    "/en/toy/changes.json?since=1",
    "/en/toy/changes/?from=2002-01-01&to=2010-12-31",
    "/en/toy/changes.csv?from=2002-01-01&to=2010-12-31",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_hidden_fact_is_on_no_public_page_and_makes_none_differ(toy, client, tmp_path, address):
    before = client.get(address).content.decode()
    folder = copy_of_toy(tmp_path)
    add_line(folder, "facts/coasts.csv", SEALED)
    load_folder(folder)

    after = client.get(address).content.decode()

    assert "moonstone" not in after
    assert "XBA.sealed" not in after
    assert before.count("XBA") == after.count("XBA")
