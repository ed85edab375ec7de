"""The public pages, read as a delegate would: what stands there, in which language and order."""

import json
import re
from html.parser import HTMLParser

import pytest

from servanda.common.languages import LANGUAGES, OFFERED

pytestmark = pytest.mark.django_db

NINE = ["AFG", "CYP", "ERI", "GNB", "NER", "OMN", "PER", "SRB", "TCD"]
PAGES = ["/{}/", "/{}/apmbc/", "/{}/apmbc/IM2024/", "/{}/apmbc/states/UKR/", "/{}/apmbc/IM2999/"]


class Reader(HTMLParser):
    """Reads the States named under a tier and the words of a page."""

    def __init__(self, html):
        super().__init__()
        self.states, self.words, self.attributes = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.attributes.append((tag, found))
        if found.get("class") == "reasons__state":
            self.states.append(found["id"].rpartition("-")[2])

    def handle_data(self, data):
        self.words.append(data.strip())


def status_of(found, obligation):
    """The status of one obligation in the JSON of a State."""
    return next(status for status in found["statuses"] if status["obligation"] == obligation)


def read(client, address):
    """The answer at an address, and what a reader finds on it."""
    answer = client.get(address)
    return answer, Reader(answer.content.decode())


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("ar", "إريتريا", "النيجر"),
        ("en", "Afghanistan", "Serbia"),
        ("es", "Afganistán", "Serbia"),
        ("fr", "Afghanistan", "Tchad"),
        ("ru", "Афганистан", "Эритрея"),
        ("zh", "阿富汗", "乍得"),
    ],
)
def test_the_meeting_of_june_2024_names_nine_states_in_the_order_of_the_language(loaded, client, language, first, last):
    answer, page = read(client, f"/{language}/apmbc/IM2024/tiers/extension-requests/")

    names = re.search(r'class="tier__names">(.*?)</p>', answer.content.decode())[1]
    printed = re.findall(r"<bdi>(.*?)</bdi>", names)

    assert sorted(page.states) == NINE
    assert (printed[0], printed[-1], len(printed)) == (first, last, 9)


def test_every_state_named_has_a_reason_and_a_source(loaded, client):
    answer = client.get("/en/apmbc/IM2024/tiers/extension-requests/").content.decode()

    blocks = re.findall(r'<li class="reasons__state".*?</p>', answer, flags=re.DOTALL)

    assert len(blocks) == 9
    assert all("Article" in block and 'href="#extension-requests-' in block for block in blocks)


def test_the_page_tells_days_and_place_of_the_meeting(loaded, client):
    _answer, page = read(client, "/fr/apmbc/IM2024/")

    words = " ".join(page.words)

    assert "18–20 juin 2024" in words
    assert "Bâtiment de l’Organisation météorologique mondiale" in words
    assert "salle" in words


@pytest.mark.parametrize("language", OFFERED)
@pytest.mark.parametrize("address", PAGES)
def test_each_page_says_its_language_and_direction(loaded, client, language, address):
    _answer, page = read(client, address.format(language))

    html = next(attributes for tag, attributes in page.attributes if tag == "html")

    assert (html["lang"], html["dir"]) == (language, LANGUAGES[language].direction)


def test_the_profile_answers_about_one_day_as_known_on_another(loaded, client):
    _answer, page = read(client, "/en/apmbc/states/TCD/?on=2019-11-01&known=2019-11-01")

    words = " ".join(page.words)

    assert "About 1 November 2019, as known on 1 November 2019" in words
    assert "Extended to 1 January 2020." in words
    assert "1 January 2025" not in words


def test_a_missed_period_stays_on_the_profile_after_the_later_grant(loaded, client):
    answer = client.get("/en/apmbc/states/UKR/?on=2024-06-18&known=2024-06-18").content.decode()

    assert "The deadline of 1 June 2016 passed; the next extension was granted on 30 November 2018." in answer


def test_what_is_not_covered_is_not_established_and_accuses_nobody(loaded, client):
    answer = client.get("/en/apmbc/states/SRB/?on=2025-06-01&known=2025-06-01").content.decode()

    assert "not established" in answer
    assert "5RC" in answer
    assert "passed" not in answer


def test_a_lead_is_on_no_public_page(loaded, client):
    for address in ("/en/apmbc/states/CYP/", "/api/v1/apmbc/states/CYP"):
        answer = client.get(address).content.decode()

        assert "2025-07-01" not in answer
        assert "1 July 2025" not in answer
        assert "unverified" not in answer


def test_another_spelling_of_a_code_leads_to_its_one_address(loaded, client):
    meeting = client.get("/en/apmbc/im2024/?known=2024-03-31")
    state = client.get("/fr/apmbc/states/Tchad/")

    assert meeting.headers["Location"] == "/en/apmbc/IM2024/?known=2024-03-31"
    assert state.headers["Location"] == "/fr/apmbc/states/TCD/"


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/en/nowhere/", 404, "There is no convention &#x27;nowhere&#x27; in the register."),
        ("/en/apmbc/IM2999/", 404, "apmbc has no meeting &#x27;IM2999&#x27;."),
        ("/en/apmbc/states/Irakien/", 404, "&#x27;Irakien&#x27; is not a State that Servanda knows."),
        ("/en/apmbc/IM2024/?known=18.6.2024", 400, "&#x27;18.6.2024&#x27; is not a date."),
        ("/en/apmbc/IM2024/?known=2999-01-01", 400, "What is known on 2999-01-01 cannot be told today."),
        ("/en/apmbc/states/TCD/?at=99", 400, "The journal of apmbc has no number 99."),
        ("/en/apmbc/states/TCD/?at=first", 400, "&#x27;first&#x27; is not a journal number."),
        ("/xx/", 404, "There is nothing at the address /xx/."),
    ],
)
def test_a_bad_address_is_told_what_why_and_what_to_do(loaded, client, address, status, words):
    answer = client.get(address)

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert answer.content.decode().count("<dt>") == 3


def test_the_door_leads_to_the_language_that_the_browser_asks_for(db, client):
    asked = [client.get("/", headers={"accept-language": wanted}) for wanted in ("fr-CH, en;q=0.5", "de", "ar")]

    assert [answer.headers["Location"] for answer in asked] == ["/fr/", "/en/", "/ar/"]


def test_no_page_needs_a_script_or_sets_a_cookie(loaded, client):
    for address in PAGES:
        answer = client.get(address.format("en"))

        assert b"<script" not in answer.content
        assert not answer.cookies


def test_the_same_as_json_says_the_same(loaded, client):
    meeting = json.loads(client.get("/api/v1/apmbc/meetings/IM2024").content)
    tier = json.loads(client.get("/api/v1/apmbc/meetings/IM2024/tiers/extension-requests").content)

    assert [each for each in meeting["tiers"] if each["tier"] == "extension-requests"] == [
        {name: value for name, value in tier.items() if name != "notice"}
    ]
    assert tier["states"] == NINE
    assert set(tier["because"]) == set(NINE)


def test_a_state_as_json_has_its_explanation(loaded, client):
    found = json.loads(client.get("/api/v1/apmbc/states/TCD?on=2019-11-01&known=2019-11-01").content)

    status = status_of(found, "article-5")

    assert (status["status"], status["due"]) == ("extended", "2020-01-01")
    assert {fact["key"] for fact in status["facts"]} >= {"TCD.deposit", "TCD.extension-granted.13MSP"}
    assert found["names"]["ar"] == "تشاد"


def test_sentences_of_the_api_come_in_the_language_asked_for(loaded, client):
    french = client.get("/api/v1/apmbc/states/TCD?on=2019-11-01&known=2019-11-01&language=fr").json()
    refused = client.get("/api/v1/apmbc/states/TCD?language=de")

    assert status_of(french, "article-5")["sentence"] == "Prolongé jusqu’au 1er janvier 2020."
    assert (refused.status_code, refused.json()["what"]) == (400, "'de' is not a language of the interface.")


@pytest.mark.parametrize("code", ["IM2024", "22MSP"])
def test_the_number_of_queries_of_a_meeting_page_does_not_grow_with_its_states(
    loaded, client, django_assert_max_num_queries, code
):
    client.get(f"/en/apmbc/{code}/")

    with django_assert_max_num_queries(26):
        client.get(f"/fr/apmbc/{code}/")


def test_an_address_without_its_last_stroke_leads_to_the_page(loaded, client):
    answer = client.get("/en/apmbc/IM2024?known=2024-03-31")

    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/apmbc/IM2024/?known=2024-03-31")


@pytest.mark.parametrize("address", ["/", "/en/", "/en/apmbc/IM2024/"])
def test_pages_are_only_read(loaded, client, address):
    answers = [client.post(address), client.put(address), client.delete(address)]

    assert [answer.status_code for answer in answers] == [405, 405, 405]
    assert client.head(address).status_code in (200, 302)


def test_the_head_of_an_answer_can_be_asked_for_alone(loaded, client):
    assert client.head("/api/v1/apmbc/states/TCD").status_code == 200


def test_a_list_that_looks_to_days_announced_later_is_not_derived(loaded, client):
    answer = client.get("/api/v1/apmbc/meetings/IM2024?known=2023-11-23")

    assert (answer.status_code, answer.json()) == (
        409,
        {
            "what": "The list cannot be derived as known on 2023-11-23.",
            "why": "Its rule looks to 5RC, whose days were announced on 2023-11-24.",
            "do": "Ask as known on that day or later.",
        },
    )


def test_what_is_fulfilled_is_not_said_to_change_by_an_extension(loaded, client):
    found = client.get("/api/v1/apmbc/states/CHL?on=2024-06-18&known=2024-06-18").json()

    status = status_of(found, "article-5")

    assert (status["status"], status["would_change"]) == ("met", None)


def test_before_anything_was_reported_nothing_is_said_to_be_absent(loaded, client):
    found = client.get("/api/v1/apmbc/states/KHM?on=2008-06-01").json()

    status = status_of(found, "article-5")

    assert status["status"] == "unknown"


def test_an_account_of_a_meeting_is_not_called_a_report_of_the_states_it_names(loaded, client):
    found = client.get("/api/v1/apmbc/states/SEN").json()

    kinds = {
        fact["source"]["kind"]
        for fact in status_of(found, "article-5")["facts"]
        if "mofa.go.jp" in fact["source"]["name"]
    }

    assert kinds == {"organ"}


@pytest.mark.parametrize("meeting", ["1MSP", "22MSP"])
@pytest.mark.parametrize("address", ["/en/apmbc/{}/tiers/{}/", "/api/v1/apmbc/meetings/{}/tiers/{}"])
def test_a_list_that_a_kind_of_meeting_does_not_have_is_found_nowhere(loaded, client, address, meeting):
    assert client.get(address.format(meeting, "other-article-5")).status_code == 404


def test_a_list_that_prints_its_rule_needs_no_later_meeting(loaded, client):
    answer = client.get("/api/v1/apmbc/meetings/IM2025/tiers/other-article-5")

    assert (answer.status_code, answer.json()["prints"]) == (200, "rule")
    assert "states" not in answer.json()
