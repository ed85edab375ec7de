"""The programme as delegates read it: the document, an item, one State's part, and the same as files and JSON."""

import json
import re
from datetime import date

import pytest
from icalendar import Calendar

from servanda.common.languages import LANGUAGES, OFFERED, Text
from servanda.convention.queries import pack
from servanda.programme.queries import plan
from servanda.web.public.programmes import document
from tests.packs.loaded import fresh_memory, load_folder, toy
from tests.packs.shelf import add_line, copy_of_toy
from tests.programme.plans import lighthouse_plan

__all__ = ["fresh_memory", "toy"]

OWN = Text.of({"en": "Published by the secretariat.", "fr": "Publié par le secrétariat."})
pytestmark = pytest.mark.django_db
W2 = "/en/toy/W2/"
PAGES = [
    "programme/",
    "programme/items/2.a/",
    "programme/items/fog/",
    "programme/items/day-1.2/",
    "states/",
    "states/XBA/",
]
FILES = ["programme.ics", "programme.json", "programme.txt", "programme/items/2.a.ics", "programme/items/2.a.json",
         "programme/items/day-1.2.ics", "states/XBA.ics", "states/XBA.json"]  # fmt: skip


def words(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def plain(html):
    """What stands on a page, without its marks."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@pytest.mark.parametrize("language", OFFERED)
@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_in_its_language_without_script_and_kept(toy, client, language, page):
    answer = client.get(f"/{language}/toy/W2/{page}")
    html = answer.content.decode()

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=0, must-revalidate")
    assert f'<html lang="{language}" dir="{LANGUAGES[language].direction}">' in html
    assert "<script" not in html


@pytest.mark.parametrize("file", FILES)
def test_each_file_is_handed_out_and_gives_the_same_bytes_again(toy, client, file):
    first, again = (client.get(f"/en/toy/W2/{file}") for _time in range(2))

    assert (first.status_code, first.content) == (200, again.content)


def test_the_document_has_days_as_headings_and_lines_as_a_list(toy, client):
    html = words(client, f"{W2}programme/")

    assert re.findall(r'<h2 id="day-([\d-]+)">', html) == ["2008-10-06", "2008-10-07", "2008-10-08"]
    assert re.findall(r'<li class="line" id="([^"]+)"', html) == [entry.id for entry in plan("toy", "W2").entries]


def test_number_title_and_continuation_are_separate_elements(toy, client):
    titles = re.findall(r'<h3 class="line__title">(.*?)\s*</h3>', words(client, f"{W2}programme/"), flags=re.DOTALL)

    assert [re.sub(r' href="[^"]*"', "", title) for title in titles if "2 (a)" in title] == [
        '<bdi class="line__number">2 (a)</bdi> <a>Lamps</a>',
        '<bdi class="line__number">2 (a)</bdi> <a>Lamps</a> <span class="line__continued">(continued)</span>',
    ]


def test_a_footnote_links_to_the_text_and_the_text_to_it(loaded, client):
    html = words(client, "/en/apmbc/IM2024/programme/")

    assert html.count('id="mark-1" href="#note-1" role="doc-noteref"') == 1
    assert html.count('role="doc-backlink" href="#mark-1"') == 1
    note = re.search(r'<li id="note-1">(.*?)</li>', html)[1]
    assert len(re.findall(r"<bdi>", note)) == 39


def test_a_footnote_names_states_in_the_order_of_the_language(loaded, client):
    found = {}
    for language in ("en", "fr"):
        note = re.search(r'<li id="note-1">(.*?)</li>', words(client, f"/{language}/apmbc/IM2024/programme/"))[1]
        found[language] = re.findall(r"<bdi>(.*?)</bdi>", note)[1:]

    assert found["en"].index("Chad") < found["en"].index("Chile")
    assert found["fr"].index("Tadjikistan") < found["fr"].index("Tchad")


def test_each_tier_with_names_leads_to_its_reasons(loaded, client):
    html = words(client, "/en/apmbc/IM2024/programme/")

    leads = re.findall(r'class="floor__why"><a href="([^"]+)"', html)

    assert leads == [
        "/en/apmbc/IM2024/programme/items/2/#victim-assistance",
        "/en/apmbc/IM2024/programme/items/3/#extension-requests",
        "/en/apmbc/IM2024/programme/items/3/#updated-work-plans",
        "/en/apmbc/IM2024/programme/items/6.b/#article-4-late",
    ]


def test_an_item_has_its_times_its_lists_and_for_every_state_a_reason_with_a_source(loaded, client):
    html = words(client, "/en/apmbc/IM2024/programme/items/3/")

    assert re.findall(r'<ol class="windows">\s*<li>(.*?)</li>', html, flags=re.DOTALL) != []
    assert "Tuesday, 18 June 2024 · 10:00 – 13:00" in plain(html).replace("10:00–13:00", "10:00 – 13:00")
    blocks = re.findall(r'<li class="reasons__state".*?</p>', html, flags=re.DOTALL)
    assert len(blocks) == 9 + 7
    assert all('href="#' in block for block in blocks)


def test_a_file_of_a_meeting_spelt_another_way_stays_a_file(toy, client):
    answer = client.get("/en/toy/w2/programme.json?known=2008-01-01")

    assert answer.headers["Location"] == f"{W2}programme.json?known=2008-01-01"


def test_items_lead_to_the_one_before_and_the_one_after(toy, client):
    html = words(client, f"{W2}programme/items/2.a/")

    assert re.findall(r'rel="(prev|next)" href="([^"]+)"', html) == [
        ("prev", "/en/toy/W2/programme/items/2/"),
        ("next", "/en/toy/W2/programme/items/fog/"),
    ]


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("programme/items/2.A/", "programme/items/2.a/"),
        ("programme/items/2 (a)/", "programme/items/2.a/"),
        ("programme/items/last.1/", "programme/items/2.a/"),
        ("states/xba/", "states/XBA/"),
        ("programme/items/2.A.ics", "programme/items/2.a.ics"),
        ("states/xba.json", "states/XBA.json"),
    ],
)
def test_what_is_spelt_another_way_is_sent_to_its_one_address(toy, client, asked, address):
    answer = client.get(f"{W2}{asked}?known=2008-01-01")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{W2}{address}?known=2008-01-01")


@pytest.mark.parametrize("name", ["Nowhere", "ZZZ"])
def test_a_state_that_the_pack_does_not_have_is_refused(toy, client, name):
    answer = client.get(f"{W2}states/{name}/")

    assert answer.status_code == 404
    assert "is not a State that Servanda knows" in answer.content.decode()


def test_an_item_that_is_not_there_is_refused_with_those_that_are(toy, client):
    answer = client.get(f"{W2}programme/items/9/")

    assert answer.status_code == 404
    assert "toy W2 has no item &#x27;9&#x27;." in answer.content.decode()
    assert "Known: 1, 2, 2.a, 3, fog." in answer.content.decode()


def test_a_state_has_every_list_that_names_it_with_times_reasons_and_sources(loaded, client):
    found = json.loads(words(client, "/en/apmbc/IM2024/states/UKR.json"))

    assert [(each["item"], each["tier"], each["basis"]) for each in found["named_in"]] == [
        ("2", "victim-assistance", "recorded"),
        ("3", "updated-work-plans", "recorded"),
        ("6.b", "article-4-late", "computed"),
    ]
    assert [len(each["when"]) for each in found["named_in"]] == [1, 2, 1]
    assert all(reason["sources"] for each in found["named_in"] for reason in each["because"])


def test_the_page_of_a_state_shows_what_its_json_tells(loaded, client):
    html = words(client, "/en/apmbc/IM2024/states/UKR/")
    named, open_to = html.split('id="open"')

    assert len(re.findall(r'class="invitation"', named)) == 3
    assert len(re.findall(r'class="invitation"', open_to)) == 6
    assert "The deadline of 1 June 2010 passed" in named


def test_a_state_in_no_list_is_told_so_neutrally_and_which_lists_are_open_to_it(loaded, client):
    text = plain(words(client, "/en/apmbc/IM2024/states/CHE/"))

    assert "No list of this programme names" in text
    assert "This says nothing more about it" in text
    assert "Delegations and organizations wishing to speak on universalization" in text


def test_a_state_not_party_may_ask_for_fewer_lists(loaded, client):
    found = json.loads(words(client, "/en/apmbc/IM2024/states/USA.json"))

    assert [each["tier"] for each in found["may_ask_for"]] == ["universalization-views", "support-unit-views"]


def test_whom_a_list_leaves_open_and_whom_a_rule_concerns_is_on_no_public_page(loaded, client):
    with_rule = json.loads(words(client, "/en/apmbc/IM2024/programme/items/5.json"))
    undecided = json.loads(words(client, "/en/apmbc/IM2024/states/IRQ.json"))

    assert [tier["states"] for tier in with_rule["tiers"]] == [[], [], []]
    assert [each["tier"] for each in undecided["named_in"]] == ["victim-assistance"]


def test_a_hidden_fact_changes_no_byte_of_a_programme(db, fresh_memory, tmp_path, client):
    folder = copy_of_toy(tmp_path)
    load_folder(folder)
    before = {page: client.get(f"{W2}{page}?at=1").content for page in FILES}
    row = (
        "XBA.sealed,XBA,light-failed,2006-03,open,,,2006-03,event,reported_by_state,"
        "Letters to the secretariat,,,moonstone,,secretariat"
    )
    add_line(folder, "facts/coasts.csv", row)
    load_folder(folder)

    after = {page: client.get(f"{W2}{page}?at=1").content for page in before}
    now = {page: client.get(f"{W2}{page}").content for page in (*PAGES, *FILES)}

    assert before == after
    assert [page for page, content in now.items() if b"moonstone" in content] == []


def test_a_meeting_without_a_template_that_fits_says_so_and_keeps_its_page(loaded, client):
    html = words(client, "/en/apmbc/IM2015/")
    answer = client.get("/en/apmbc/IM2015/programme/")

    assert ("No programme is built for this meeting." in html, answer.status_code) == (True, 409)


def test_a_meeting_shows_its_programme_at_a_glance(toy, client):
    html = words(client, W2)

    glance = re.search(r'<section class="glance".*?</section>', html, flags=re.DOTALL)[0]
    assert re.findall(r'href="/en/toy/W2/programme/items/([^/]+)/"', glance) == [
        "1", "2", "2.a", "fog", "2.a", "3",
    ]  # fmt: skip


def test_the_calendar_of_an_item_has_its_sittings_in_the_zone_of_the_place(loaded, client):
    made = Calendar.from_ical(words(client, "/en/apmbc/IM2024/programme/items/3.ics"))

    starts = [each["dtstart"] for each in made.walk("VEVENT")]

    assert [(each.dt.date(), each.dt.hour) for each in starts] == [(date(2024, 6, 18), 10), (date(2024, 6, 18), 15)]
    assert {each.params["TZID"] for each in starts} == {"Europe/Zurich"}


def test_the_calendar_of_a_state_has_the_items_that_name_it(loaded, client):
    made = Calendar.from_ical(words(client, "/en/apmbc/IM2024/states/TCD.ics"))

    assert len(made.walk("VEVENT")) == 3


def test_the_interface_answers_as_the_pages_do(toy, client):
    pairs = [
        ("programme.json", "programme"),
        ("programme/items/2.a.json", "programme/items/2.a"),
        ("states/XBA.json", "states/XBA"),
    ]

    assert [words(client, W2 + page) == words(client, f"/api/v1/toy/meetings/W2/{place}") for page, place in pairs] == [
        True, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_stands_alone_in_each_language_and_gives_the_same_bytes(toy, language):
    found, names = lighthouse_plan(), pack("toy").names

    first, again = document(found, names, language), document(found, names, language)

    assert first == again
    assert f'<html lang="{language}" dir="{LANGUAGES[language].direction}">' in first
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"', first) == []
    assert [word for word in ("<script", "url(", "@import", "http") if word in first] == []


def test_words_that_are_not_translated_are_marked_in_their_own_language(toy):
    html = document(lighthouse_plan(), pack("toy").names, "ar")

    assert '<span lang="en" dir="ltr">End of the first day<span class="mark">*</span></span>' in html


def test_the_notice_of_the_operator_is_on_each_file_and_answer(toy, client, settings):
    settings.NOTICE = OWN
    api = "/api/v1/toy"
    answers = ["meetings/W2", "meetings/W2/tiers/hearing", "meetings/W2/programme/items/2.a", "meetings/W2/states/XBA",
               "states/XBA", "board"]  # fmt: skip

    files = {
        name: words(client, f"/fr/toy/W2/programme.{name}").replace("\r\n ", "") for name in ("txt", "ics", "json")
    }
    notices = [client.get(f"{api}/{each}?language=fr").json()["notice"] for each in answers]
    programme = client.get(f"{api}/meetings/W2/programme?language=fr").json()

    assert files["txt"].endswith("\n\nPublié par le secrétariat.\n")
    assert "X-WR-CALDESC:Publié par le secrétariat.\r\n" in files["ics"]
    assert json.loads(files["json"])["more"]["notice"] == "Publié par le secrétariat."
    assert notices == ["Publié par le secrétariat."] * 6
    assert programme["more"]["notice"] == "Publié par le secrétariat."
    assert "Publié par le secrétariat." in document(plan("toy", "W2"), pack("toy").names, "fr")


def test_the_place_of_a_meeting_is_in_the_language_of_the_page(toy, client):
    assert "Vieux-Port" in plain(words(client, "/fr/toy/W2/"))


def test_the_number_of_an_item_runs_with_the_line_of_its_title(loaded, client):
    arabic, english = (words(client, f"/{code}/apmbc/IM2024/programme/") for code in ("ar", "en"))

    assert '<bdi class="line__number" dir="rtl">6a.</bdi>' in arabic
    assert '<bdi class="line__number">6a.</bdi>' in english


def test_what_is_printed_as_6a_is_found_so_and_what_is_printed_as_a_letter_alone_is_not(loaded, client):
    found, letter = (client.get(f"/en/apmbc/IM2024/programme/items/{name}/") for name in ("6a", "a"))

    assert (found.status_code, found["Location"]) == (302, "/en/apmbc/IM2024/programme/items/6.a/")
    assert letter.status_code == 404


def test_hours_run_with_the_line_and_the_way_past_leads_past_the_pages_of_the_meeting(loaded, client):
    page = words(client, "/ar/apmbc/IM2024/states/TCD/")

    assert page.count('<bdi class="hours" dir="rtl">') == page.count('<bdi class="hours"') > 0
    assert page.index('<nav class="about"') < page.index('<main id="content"')
