"""The status board, the ledger of clauses and coming deadlines, as pages and as files."""

import csv
import io
import json
import re
from itertools import product

import pytest

from servanda.convention.calendar import FIXED_WORDS
from servanda.web.listings import WORDS
from servanda.web.public.urls import urlpatterns

pytestmark = pytest.mark.django_db

DAYS = "?on=2024-06-18&known=2024-06-18"
LISTS = ["board", "ledger", "deadlines"]
MARKS = {0x2068: None, 0x2069: None}


def rows_of(client, address):
    """The rows of a table as CSV, each by its columns."""
    text = client.get(address).content.decode().translate(MARKS)
    return list(csv.DictReader(io.StringIO(text)))


def states_in(page):
    """The names of the States in the first column of a page's table, in order."""
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a></th>', page)


def test_the_board_names_every_state_once_in_alphabetical_order(loaded, client):
    ends = {
        "en": ("Afghanistan", "Zimbabwe"),
        "es": ("Afganistán", "Zimbabwe"),
        "fr": ("Afghanistan", "Zimbabwe"),
        "ru": ("Австралия", "Япония"),
    }
    for language, (first, last) in ends.items():
        named = states_in(client.get(f"/{language}/apmbc/board/").content.decode())

        assert (named[0], named[-1], len(named), len(set(named))) == (first, last, 197, 197)


def test_the_board_begins_with_the_main_obligation_and_shows_any_other(loaded, client):
    main = client.get(f"/en/apmbc/board/{DAYS}").content.decode()
    other = client.get(f"/en/apmbc/board/{DAYS}&obligation=article-4").content.decode()

    assert '<option value="article-5" selected>' in main
    assert '<option value="article-4" selected>' in other
    assert "Article 4, Destruction of stockpiles: States in alphabetical order" in other


def test_the_board_can_be_narrowed_to_one_status_and_counts_nobody(loaded, client):
    page = client.get(f"/en/apmbc/board/{DAYS}&status=extended").content.decode()
    rows = rows_of(client, f"/en/apmbc/board.csv{DAYS}&status=extended")

    assert states_in(page) == [row["name"] for row in rows]
    assert {row["status"] for row in rows} == {"extended"}
    assert str(len(rows)) not in re.findall(r">(\d+)<", page)


def test_a_board_of_nobody_says_that_this_is_no_statement(loaded, client):
    page = client.get(f"/en/apmbc/board/{DAYS}&status=continuing").content.decode()

    assert "This does not say that there is none." in page


def test_a_row_of_the_board_says_what_the_profile_says(loaded, client):
    (chad,) = [
        row for row in rows_of(client, "/en/apmbc/board.csv?on=2019-11-01&known=2019-11-01") if row["state"] == "TCD"
    ]

    assert (chad["name"], chad["status"], chad["due"], chad["sentence"]) == (
        "Chad",
        "extended",
        "2020-01-01",
        "Extended to 1 January 2020.",
    )


def test_a_list_as_csv_as_json_and_from_the_api_holds_the_same_rows(loaded, client):
    for name, language in product(LISTS, ("en", "ar")):
        as_csv = rows_of(client, f"/{language}/apmbc/{name}.csv{DAYS}")
        as_json = client.get(f"/{language}/apmbc/{name}.json{DAYS}").json()
        from_api = client.get(f"/api/v1/apmbc/{name}{DAYS}&language={language}").json()

        assert as_json == from_api
        assert (as_json["format"], as_json["convention"], as_json["on"]) == ("servanda-table/1", "apmbc", "2024-06-18")
        assert [list(row) for row in as_csv] == [list(row) for row in as_json["rows"]]
        assert as_csv


def test_the_ledger_tells_the_state_the_meeting_the_day_and_what_followed(loaded, client):
    rows = {row["key"]: row for row in rows_of(client, f"/en/apmbc/ledger.csv{DAYS}")}

    found = rows["TCD.extension-granted.13MSP"]

    assert (found["state"], found["decided_by"], found["decided_on"], found["due"]) == (
        "TCD",
        "13MSP",
        "2013-12-05",
        "2020-01-01",
    )
    assert found["outcome"] == "Extension granted, 4RC, 29 November 2019: 1 January 2025."


def test_no_list_says_that_anything_is_overdue(loaded, client):
    pages = [client.get(f"/en/apmbc/{name}/").content.decode() for name in LISTS]

    assert [word for page in pages for word in re.findall(r"overdue|in breach|failed to", page)] == []


def test_the_deadlines_of_june_2024_say_who_decides_and_by_when_to_request(loaded, client):
    rows = {row["state"]: row for row in rows_of(client, f"/en/apmbc/deadlines.csv{DAYS}")}

    chad, cyprus = rows["TCD"], rows["CYP"]

    assert (chad["due"], chad["decided_at"], chad["request_by"]) == ("2025-01-01", "5RC", "2024-03-31")
    assert (cyprus["due"], cyprus["status"], cyprus["decided_at"]) == ("", "unknown", "")


def test_the_day_of_request_has_its_source_on_the_page(loaded, client):
    page = client.get(f"/en/apmbc/deadlines/{DAYS}").content.decode().translate(MARKS)

    said = page[page.index("A request is expected by 31 March of the year of the meeting that decides.") :]

    assert "Request of Serbia under Article 5, 31 March 2018, date of the request" in said[:300]


def test_what_is_not_in_the_calendar_is_said_to_be_so(loaded, client):
    page = client.get(f"/en/apmbc/deadlines/{DAYS}").content.decode()

    ukraine = page[page.index(">Ukraine<") :]

    assert "1 December 2033" in ukraine[:400]
    assert "not yet in the calendar" in ukraine[:800]


REFUSED = [
    ("/en/apmbc/board/?obligation=article-99", 404, "apmbc has no obligation &#x27;article-99&#x27;."),
    ("/en/apmbc/board/?status=late", 400, "status: &#x27;late&#x27; is not the word of a status."),
    ("/en/apmbc/board.xml/", 404, "apmbc has no meeting &#x27;board.xml&#x27;."),
    ("/en/nowhere/ledger/", 404, "There is no convention &#x27;nowhere&#x27; in the register."),
    ("/en/apmbc/deadlines/?known=2999-01-01", 400, "What is known on 2999-01-01 cannot be told today."),
]


def test_a_question_that_cannot_be_answered_is_refused_with_what_why_and_what_to_do(loaded, client):
    for address, status, words in REFUSED:
        answer = client.get(address)

        assert (answer.status_code, words in answer.content.decode()) == (status, True), address


def test_a_lead_is_in_no_list(loaded, client):
    for name in LISTS:
        answer = client.get(f"/en/apmbc/{name}.json").content.decode()

        assert "2025-07-01" not in answer
        assert "unverified" not in answer


def test_the_days_asked_about_go_with_every_link_and_file(loaded, client):
    page = client.get(f"/en/apmbc/board/{DAYS}&obligation=article-5").content.decode()

    assert "/en/apmbc/states/TCD/?on=2024-06-18&amp;known=2024-06-18#article-5" in page
    assert "/en/apmbc/board.csv?on=2024-06-18&amp;known=2024-06-18&amp;obligation=article-5" in page
    assert "/ar/apmbc/board/?on=2024-06-18&amp;known=2024-06-18&amp;obligation=article-5" in page


def test_the_number_of_queries_of_a_list_does_not_grow_with_its_states(loaded, client, django_assert_max_num_queries):
    for name in LISTS:
        client.get(f"/en/apmbc/{name}/")

        with django_assert_max_num_queries(12):
            client.get(f"/fr/apmbc/{name}/")


def test_no_meeting_can_be_called_by_a_word_of_the_addresses():
    fixed = {
        match[1].lower()
        for pattern in urlpatterns
        if (match := re.match(r"<language:language>/<slug:convention>/(\w+)", str(pattern.pattern)))
    }

    assert fixed >= {"board", "ledger", "deadlines", "states", "meetings", "coverage"}
    assert fixed <= FIXED_WORDS


def test_every_word_of_a_status_can_be_shown(loaded, client):
    page = client.get("/en/apmbc/board/").content.decode()

    choices = re.findall(r'<option value="([^"]*)"', page.partition('name="status"')[2])

    assert choices == ["", *WORDS]


def test_every_table_of_a_convention_is_handed_out(loaded, client):
    page = client.get("/en/apmbc/").content.decode()
    coverage, meetings = rows_of(client, "/en/apmbc/coverage.csv"), rows_of(client, "/en/apmbc/meetings.csv")

    assert json.loads(client.get("/en/apmbc/coverage.json").content)["table"] == "coverage"
    assert coverage[0]["complete_through"] in page.replace("T", "")
    assert {"code": "IM2024", "start": "2024-06-18"}.items() <= next(
        row for row in meetings if row["code"] == "IM2024"
    ).items()


def test_the_page_of_a_convention_says_its_rules_and_how_far_the_register_is_complete(loaded, client):
    page = client.get("/en/apmbc/").content.decode().translate(MARKS)

    assert "It is to be fulfilled within 10 years after entry into force for the State." in page
    assert "A request is expected by 31 March of the year of the meeting that decides." in page
    assert "How far this register is complete" in page
    assert (
        "Grants from the Ninth Meeting (2008) to the Fifth Review Conference (2024) were searched State by State."
        in page
    )
