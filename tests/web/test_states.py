"""The profile of a State, whole; and the calendar of its deadlines."""

import csv
import io
import re

import pytest
from icalendar import Calendar

from servanda.convention.checking import read_pack
from servanda.site.loading import load
from tests.packs.shelf import add_line, copy_of_toy

pytestmark = pytest.mark.django_db

MARKS = {0x2068: None, 0x2069: None}


def profile(client, state, days="", language="en", convention="apmbc"):
    """The page of a State, without the marks that keep symbols in order."""
    return client.get(f"/{language}/{convention}/states/{state}/{days}").content.decode().translate(MARKS)


def section(page, name):
    """One section of a page by the id of its heading."""
    return re.search(rf'<section aria-labelledby="{name}">(.*?)</section>', page, flags=re.DOTALL)[1]


def test_the_description_tells_signature_deposit_and_entry_into_force(loaded, client):
    membership = section(profile(client, "TCD"), "membership")

    assert re.findall(r"<dt>(.*?)</dt><dd><time datetime=\"(.*?)\"", membership) == [
        ("Signature", "1998-07-06"),
        ("Deposit of the instrument", "1999-05-06"),
    ]
    assert "· ratification" in membership
    assert '<time datetime="1999-11-01">' in membership


def test_a_withdrawal_is_described_with_its_notice(loaded, client):
    membership = section(profile(client, "EST"), "membership")

    assert "Notice of withdrawal" in membership
    assert "Withdrawal takes effect" in membership


def test_every_obligation_has_its_status_the_continuing_and_yearly_ones_too(loaded, client):
    page = profile(client, "UKR", "?on=2024-06-18&known=2024-06-18")

    words = re.findall(
        r'<section aria-labelledby="(article-[\w-]+)">.*?<span class="tag">(.*?)</span>', page, flags=re.DOTALL
    )

    assert dict(words) == {
        "article-1": "continuing",
        "article-3": "continuing",
        "article-4": "deadline passed",
        "article-5": "extended",
        "article-6": "continuing",
        "article-7-annual": "not established",
        "article-7-initial": "not established",
        "article-9": "continuing",
    }


def test_the_facts_stand_by_obligation_in_time_each_once_with_its_source(loaded, client):
    facts = section(profile(client, "UKR"), "facts")

    headings = re.findall(r"<h3>(.*?)(?:</h3>| <span)", facts)
    keys = re.findall(r'<li id="([^"]+)">', facts)
    blocks = re.findall(r"<ol class=\"timeline\">(.*?)</ol>", facts, flags=re.DOTALL)
    days = [re.findall(r'<li id="[^"]+"><time datetime="([^"]+)"', block) for block in blocks]

    assert headings[0] == "Membership"
    assert headings[-1] == "Other facts"
    assert len(keys) == len(set(keys)) == facts.count("public since")
    assert all([day[:4] for day in chapter] == sorted(day[:4] for day in chapter) for chapter in days)


def test_every_source_of_a_step_leads_to_its_fact_on_the_page(loaded, client):
    page = profile(client, "UKR")

    cited = set(re.findall(r'class="cite" href="#([^"]+)"', page))

    assert cited
    assert cited <= set(re.findall(r'id="([^"]+)"', page))


def test_the_clauses_on_a_state_stand_on_its_profile(loaded, client):
    clauses = section(profile(client, "UKR", "?on=2024-06-18&known=2024-06-18"), "clauses")

    assert re.findall(r"<tr><td data-head=\"Decided\"><bdi>(\w+)</bdi>", clauses) == ["17MSP", "18MSP", "21MSP"]
    assert "Its day is ahead." in clauses


def test_the_lists_that_name_a_state_in_public_are_linked(loaded, client):
    lists = section(profile(client, "TCD", "?on=2024-06-19&known=2024-06-19"), "appearances")

    assert "/en/apmbc/IM2024/tiers/victim-assistance/" in lists
    assert "/en/apmbc/IM2024/tiers/extension-requests/" in lists
    assert "article-1" not in lists
    assert "IM2025" not in lists  # the Fifth Review Conference decides first


def test_what_sources_say_differently_stands_side_by_side(loaded, client):
    disputed = section(profile(client, "CHL"), "disputed")

    assert "299,219" in disputed
    assert "300,039" in disputed
    assert re.findall(r" · (reported by[\w ]+)</p>", disputed) == ["reported by the State", "reported by others"]


def test_a_state_on_which_nothing_differs_has_no_such_section(loaded, client):
    assert 'id="disputed"' not in profile(client, "CHE")


def test_leads_are_neither_shown_nor_counted(db, client, tmp_path):
    folder = copy_of_toy(tmp_path)
    said = "XBA.rumour,XBA,keepers-listed,2002-07,open,,,2002-07,source,reported_by_others,The Evening Foghorn,page 9,,"
    add_line(folder, "leads/coasts.csv", f"{said}A moonstone was seen.")
    load(read_pack(folder), by="test")

    page = profile(client, "XBA", convention="toy")

    assert "moonstone" not in page
    assert "Foghorn" not in page
    assert "not verified" not in section(page, "facts")


def test_every_document_cited_is_listed_once(loaded, client):
    documents = section(profile(client, "TCD"), "documents")

    listed = re.findall(r"<li>(.*?)</li>", documents, flags=re.DOTALL)

    assert any("APLC/CONF/2019/WP.15" in each for each in listed)
    assert len(listed) == len(set(listed))


def test_the_facts_of_a_state_are_handed_out_with_their_three_dates(loaded, client):
    text = client.get("/en/apmbc/states/TCD.csv").content.decode()
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(text))}

    found = rows["TCD.extension-granted.13MSP"]

    assert (found["value"], found["valid_from"], found["known_on"], found["meeting"]) == (
        "2020-01-01",
        "2013-12-05",
        "2013-12-05",
        "13MSP",
    )
    assert client.get("/fr/apmbc/states/TCD.json").json()["state"] == "TCD"


def days_of(client, address):
    """Each entry of a feed by its name: day, summary and sequence."""
    answer = client.get(address)
    feed = Calendar.from_ical(answer.content)
    return answer, {
        str(entry["uid"]): (entry["dtstart"].dt.isoformat(), str(entry["summary"]).translate(MARKS), entry["sequence"])
        for entry in feed.walk("VEVENT")
    }


def test_the_calendar_of_a_state_holds_its_deadline_its_day_of_request_and_its_report(loaded, client):
    answer, days = days_of(client, "/en/apmbc/states/TCD/calendar.ics?on=2024-02-18&known=2024-02-18")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert days == {
        "apmbc.TCD.article-5.request@servanda": (
            "2024-03-31",
            "Chad: A request for extension under Article 5, for 5RC, is expected by this day",
            1,
        ),
        "apmbc.TCD.article-7-annual.report.2024@servanda": ("2024-04-30", "Chad: Report for 2023 under Article 7", 1),
        "apmbc.TCD.article-5.deadline@servanda": ("2025-01-01", "Chad: Deadline under Article 5", 1),
    }


def test_the_same_question_gives_the_same_bytes_of_a_calendar(loaded, client):
    address = "/ar/apmbc/states/UKR/calendar.ics?known=2024-06-18"

    assert client.get(address).content == client.get(address).content


def test_a_deadline_that_moved_keeps_its_name_in_the_calendar(loaded, client):
    _answer, before = days_of(client, "/en/apmbc/states/TCD/calendar.ics?known=2024-11-01")
    _answer, after = days_of(client, "/en/apmbc/states/TCD/calendar.ics?known=2025-01-15")

    name = "apmbc.TCD.article-5.deadline@servanda"

    assert (before[name][0], after[name][0]) == ("2025-01-01", "2030-01-01")


def test_the_calendar_of_a_state_that_is_not_bound_is_empty_and_valid(loaded, client):
    answer, days = days_of(client, "/en/apmbc/states/USA/calendar.ics")

    assert (answer.status_code, days) == (200, {})


def test_another_spelling_leads_to_the_one_address_of_a_calendar(loaded, client):
    answer = client.get("/fr/apmbc/states/Tchad/calendar.ics?known=2024-06-18")

    assert answer.headers["Location"] == "/fr/apmbc/states/TCD/calendar.ics?known=2024-06-18"
