"""The first page: what is happening and what is due, as of a day; and the kit, which nobody finds by chance."""

import json
import re
from datetime import UTC, datetime

import pytest

from servanda.common import clock
from servanda.common.languages import Text
from servanda.site.loading import load, read_packs
from servanda.web.storing import NUMBERS

ISOLATES = {0x2068: None, 0x2069: None}


@pytest.fixture
def at(monkeypatch):
    """Sets the clock to noon of a day."""

    def set_to(day):
        noon = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda: noon)

    return set_to


def home(client, language="en"):
    return client.get(f"/{language}/").content.decode()


def particulars(page):
    """Each word of the list of meetings with the code of the meeting beside it, if any."""
    found = re.findall(r"<dt>([^<]+)</dt>\s*<dd>(.*?)</dd>", page, re.DOTALL)
    return [
        (word, code[0] if (code := re.findall(r"<bdi class=\"symbol\">([\w-]+)", told)) else "") for word, told in found
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-06-19", [("Now", "IM2024"), ("Next meeting", "5RC-PREP1"), ("Latest meeting", "PC9"),
                        ("Latest with", "IM2023")]),
        ("2025-06-01", [("Next meeting", "IM2025"), ("Latest meeting", "5RC"), ("Latest with", "IM2024")]),
        ("2026-11-24", [("Next meeting", ""), ("Latest meeting", "22MSP"), ("Latest with", "IM2025")]),
    ],
)  # fmt: skip
def test_the_meeting_now_next_and_last_stand_on_the_first_page(loaded, client, at, day, expected):
    at(day)

    found = [(word.removesuffix(" invitations to speak"), code) for word, code in particulars(home(client))]

    assert found == expected


def test_what_is_due_stands_in_time_and_within_a_day_in_the_order_of_the_language(loaded, client, at):
    at("2024-12-15")

    page = home(client)
    days = re.findall(r"<li><time datetime=\"([\d-]+)\">", page)
    named = [
        re.findall(r">([^<]+)</a></li>", names) for names in re.findall(r"due__states\">(.*?)</ul>", page, re.DOTALL)
    ]

    assert days == sorted(days)
    assert "As of 15 December 2024" in page
    assert max(map(len, named)) > 1
    assert named == [sorted(names) for names in named]
    assert "Reports for 2024 under Article 7, from every State Party" in page.translate(ISOLATES)


def test_where_the_calendar_ends_the_page_says_so_and_not_that_nothing_is_planned(loaded, client, at):
    at("2026-11-24")

    assert "The calendar of this register holds no later meeting." in home(client)


def test_an_empty_house_says_what_to_do(db, client):
    page = home(client)

    assert "No convention is loaded yet." in page


def test_the_first_page_is_kept_no_longer_than_the_number_of_conventions(db, client):
    before = json.loads(client.get("/en/").headers[NUMBERS])
    (contents,) = read_packs(["apmbc"])
    load(contents, by="test")

    after = json.loads(client.get("/en/").headers[NUMBERS])

    assert (before, after) == ({"*": 0}, {"*": 1, "apmbc": 1})


def test_the_notice_may_be_that_of_the_operator(loaded, client, settings):
    settings.NOTICE = Text.of({"en": "Published by the secretariat.", "fr": "Publié par le secrétariat."})

    pages = [client.get(f"/{code}/apmbc/").content.decode() for code in ("en", "fr", "ar")]
    table = client.get("/fr/apmbc/meetings.json").json()
    answer = client.get("/en/apmbc/meetings.csv?on=2024-06-18")

    assert '<span lang="en" dir="ltr">Published by the secretariat.</span>' in pages[0]
    assert '<span lang="fr" dir="ltr">Publié par le secrétariat.</span>' in pages[1]
    assert '<span lang="en" dir="ltr">Published by the secretariat.</span>' in pages[2]
    assert table["notice"] == "Publié par le secrétariat."
    assert answer["Link"] == '</en/apmbc/meetings.json?on=2024-06-18>; rel="describedby"; type="application/json"'


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_the_kit_shows_the_parts_in_each_language_and_is_not_found_by_chance(db, client, language):
    answer = client.get(f"/{language}/kit/?surface=lamp")

    assert (answer.status_code, answer["X-Robots-Tag"]) == (200, "noindex")
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}" data-surface="lamp">' in (
        answer.content.decode()
    )
    assert "/kit/" not in home(client, language)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_link_of_the_kit_leads_somewhere(db, client, language):
    page = client.get(f"/{language}/kit/").content.decode()
    ids, links = set(re.findall(r' id="([^"]+)"', page)), set(re.findall(r' href="([^"]+)"', page))
    within = {link for link in links if link.startswith("#")}
    pages = {link for link in links if link.startswith("/") and "/static/" not in link}

    assert {link for link in within if link[1:] not in ids} == set()
    assert {link: client.get(link).status_code for link in pages if client.get(link).status_code >= 400} == {}


def test_the_kit_knows_two_surfaces(db, client):
    answer = client.get("/en/kit/?surface=glass")

    assert answer.status_code == 400
    assert "surface: &#x27;glass&#x27; is none of the surfaces." in answer.content.decode()


def test_a_refusal_in_another_language_has_its_frame_in_it_and_says_that_the_rest_is_english(loaded, client):
    page = client.get("/fr/apmbc/IM2999/").content.decode()

    assert '<html lang="fr" dir="ltr">' in page
    assert '<dd><span lang="en" dir="ltr">apmbc has no meeting &#x27;IM2999&#x27;.</span></dd>' in page
    assert 'href="/ar/apmbc/IM2999/"' in page
    assert '<p><a href="/fr/">' in page


def test_a_meeting_without_a_programme_has_no_link_to_one(loaded, client, at):
    at("2014-07-01")

    page = home(client)

    assert 'href="/en/apmbc/3RC/"' in page
    assert 'href="/en/apmbc/3RC/programme/"' not in page
    assert client.get("/en/apmbc/3RC/programme/").status_code == 404
