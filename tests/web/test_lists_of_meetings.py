"""Tiers at addresses of their own, proof sheets, and that a list whose rule is printed tells nothing else."""

import re

import pytest
from django.db import transaction

from servanda.convention.checking import read_pack
from servanda.convention.queries import calendar_at, pack_at
from servanda.programme.derivation import Derivation
from servanda.programme.queries import derivation_at
from servanda.register.queries import registers
from servanda.site.loading import load
from tests.packs.shelf import add_line, contents_of, copy_of_toy

pytestmark = pytest.mark.django_db

MARKS = {0x2068: None, 0x2069: None}
DAY = "?known=2006-10-02"
OF_W1 = [
    f"/en/toy/W1/{DAY}",
    f"/en/toy/W1.csv{DAY}",
    f"/en/toy/W1.json{DAY}",
    f"/en/toy/W1/tiers/keepers/{DAY}",
    f"/fr/toy/W1/tiers/keepers/proof/{DAY}",
    f"/api/v1/toy/meetings/W1{DAY}",
    f"/api/v1/toy/meetings/W1/tiers/keepers{DAY}",
    f"/en/toy/W1/tiers/keepers.csv{DAY}",
    f"/en/toy/W1/tiers/whispers/{DAY}",
    f"/en/toy/W1/tiers/whispers/proof/{DAY}",
    f"/api/v1/toy/meetings/W1/tiers/whispers{DAY}",
]
# A public fact that changes the list of keepers, and one for the secretariat that changes that of whispers.
CHANGING = {
    "public": "XDA.seen,XDA,keepers-listed,2003-05-01,open,,,2003-05-01,event,reported_by_state,Yearly reports,03,,,,",
    "hidden": (
        "XDA.whisper,XDA,whisper,2006-05-01,open,,,2006-05-01,event,reported_by_state,Yearly reports,06,,,,secretariat"
    ),
}


def answers(client, contents, addresses):
    """What a register of its own gives at each address; nothing of it stays."""
    with transaction.atomic():
        load(contents, by="test")
        given = [client.get(address).content for address in addresses]
        transaction.set_rollback(True)
    registers.clear()
    for kept in (calendar_at, pack_at, derivation_at):
        kept.cache_clear()
    return given


@pytest.mark.parametrize("fact", CHANGING)
def test_where_the_rule_is_printed_no_fact_changes_a_byte(client, tmp_path, fact):
    folder = copy_of_toy(tmp_path)
    add_line(folder, "facts/coasts.csv", CHANGING[fact])

    without = answers(client, contents_of("toy"), OF_W1)
    with_it = answers(client, read_pack(folder), OF_W1)

    assert with_it == without


def test_what_is_hidden_changes_no_byte_of_any_page(client, tmp_path):
    folder = copy_of_toy(tmp_path)
    add_line(folder, "facts/coasts.csv", CHANGING["hidden"])
    days = "?on=2006-10-02&known=2006-10-02"
    pages = [
        "",
        "board/",
        "board.json",
        "ledger/",
        "deadlines/",
        "states/XDA/",
        "states/XDA.csv",
        "coverage.csv",
        "W1/",
    ]
    addresses = [f"/en/toy/{page}{days}" for page in pages]

    assert answers(client, read_pack(folder), addresses) == answers(client, contents_of("toy"), addresses)


def test_the_facts_of_the_leak_test_would_change_the_list(client, tmp_path):
    folder = copy_of_toy(tmp_path)
    add_line(folder, "facts/coasts.csv", CHANGING["public"])
    board = ["/en/toy/board.csv?obligation=article-7&on=2006-10-02&known=2006-10-02"]

    assert answers(client, contents_of("toy"), board) != answers(client, read_pack(folder), board)


def test_a_list_that_prints_its_rule_shows_title_invitation_and_source_alone(loaded, client):
    page = client.get("/en/apmbc/IM2024/tiers/article-1-matters/").content.decode()

    tier = re.search(r'<section class="tier".*?</section>', page, flags=re.DOTALL)[0]

    assert " ".join(re.sub(r"<[^>]+>", " ", tier).split()) == (
        "States Parties on matters under Article 1 Invited to provide an update on their efforts to address these "
        "matters Rule of this list: Programme IM2024 (French), item 5, first group"
    )


def test_the_json_of_such_a_list_has_no_field_that_tells_who_is_in_it(loaded, client):
    found = client.get("/api/v1/apmbc/meetings/IM2024/tiers/article-1-matters").json()

    assert found.pop("notice").startswith("Servanda is independent software.")
    assert found == {
        "format": "servanda-tier/1",
        "tier": "article-1-matters",
        "convention": "apmbc",
        "meeting": "IM2024",
        "known": "2024-06-18",
        "number": 1,
        "prints": "rule",
        "open_to": [],
        "rule": {"document": "Programme IM2024 (French)", "place": "item 5, first group"},
    }


def test_such_a_list_is_not_handed_out_as_if_nobody_were_in_it(loaded, client):
    answer = client.get("/en/apmbc/IM2024/tiers/article-1-matters.csv")

    assert answer.status_code == 404
    assert "A programme prints the rule of this list" in answer.content.decode()


def test_a_list_open_on_request_says_who_may_ask(loaded, client):
    page = client.get("/en/apmbc/IM2024/tiers/article-5-reactions/").content.decode()

    assert "May ask for the floor: States Parties, organizations" in page


def test_a_list_has_an_address_of_its_own_and_its_names_as_files(loaded, client):
    page = client.get("/en/apmbc/IM2024/tiers/extension-requests/").content.decode()
    found = client.get("/en/apmbc/IM2024/tiers/extension-requests.json").json()

    names = re.findall(r'<li class="reasons__state" id="extension-requests-(\w+)"', page)

    assert names == [row["state"] for row in found["rows"]]
    assert sorted(names) == ["AFG", "CYP", "ERI", "GNB", "NER", "OMN", "PER", "SRB", "TCD"]
    assert (found["meeting"], found["known"]) == ("IM2024", "2024-06-18")


def test_the_names_of_a_meeting_are_handed_out_for_the_lists_that_print_names(loaded, client):
    found = client.get("/en/apmbc/IM2024.json").json()

    tiers = {row["tier"] for row in found["rows"]}

    assert tiers == {"victim-assistance", "extension-requests", "updated-work-plans", "article-4-late"}


def test_a_proof_sheet_has_one_footnote_a_name_with_fact_source_and_place(loaded, client):
    page = client.get("/en/apmbc/IM2024/tiers/extension-requests/proof/").content.decode().translate(MARKS)

    marked = re.findall(r'<bdi>([^<]+)</bdi><sup><a href="#note-(\d+)"', page)
    notes = re.findall(r'<li id="note-(\d+)"><strong>([^<]+)</strong>(.*?)</ul></li>', page, flags=re.DOTALL)

    assert [(name, number) for name, number in marked] == [(name, number) for number, name, _note in notes]
    assert len(notes) == 9
    assert all("Article 5" in note and "public since" in note for _number, _name, note in notes)


def test_a_proof_sheet_says_by_what_it_was_made(loaded, client):
    page = client.get("/en/apmbc/IM2024/tiers/extension-requests/proof/").content.decode()
    tier = client.get("/api/v1/apmbc/meetings/IM2024/tiers/extension-requests").json()

    said = dict(re.findall(r"<dt>([^<]+)</dt><dd[^>]*>(.*?)</dd>", page, flags=re.DOTALL))

    assert tier["digest"] in said["Digest of this list"]
    assert "2024-06-18" in said["As known on"]
    assert said["Journal number"] == "1"
    assert "apmbc" in said["Version of the pack"]


def test_the_proof_sheet_of_a_rule_shows_the_rule_alone(loaded, client):
    page = client.get("/en/apmbc/IM2024/tiers/article-1-matters/proof/").content.decode()

    assert "item 5, first group" in page
    assert "Digest" not in page
    assert "footnotes" not in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/apmbc/IM2024/tiers/nobody/", "apmbc has no tier &#x27;nobody&#x27;."),
        ("/en/apmbc/22MSP/tiers/extension-requests/", "apmbc has no tier &#x27;extension-requests&#x27;."),
        ("/en/apmbc/IM2999/tiers/extension-requests/proof/", "apmbc has no meeting &#x27;IM2999&#x27;."),
    ],
)
def test_a_list_that_is_not_there_is_refused(loaded, client, address, words):
    answer = client.get(address)

    assert answer.status_code == 404
    assert words in answer.content.decode()


def test_another_spelling_of_a_meeting_leads_to_the_one_address_of_its_list(loaded, client):
    tier = client.get("/en/apmbc/im2024/tiers/extension-requests/?known=2024-03-31")
    proof = client.get("/en/apmbc/im2024/tiers/extension-requests/proof/")

    assert tier.headers["Location"] == "/en/apmbc/IM2024/tiers/extension-requests/?known=2024-03-31"
    assert proof.headers["Location"] == "/en/apmbc/IM2024/tiers/extension-requests/proof/"


def test_a_list_that_cannot_be_derived_yet_says_why_and_leaves_the_page_standing(client, db):
    load(contents_of("toy"), by="test")

    page = client.get("/en/toy/W3/")
    table = client.get("/en/toy/W3/tiers/hearing.csv")

    words = page.content.decode()
    assert page.status_code == 200
    assert "This list cannot be derived by what is known on that day." in words
    assert "the calendar holds none after 2010-10-04" in words
    assert "May ask for the floor" in words
    assert table.status_code == 409


def test_a_rule_that_is_printed_is_not_derived_at_all(loaded, client, monkeypatch):
    derived = []
    monkeypatch.setattr(Derivation, "derive", lambda self, tier: derived.append(tier.id) or self.blank(tier))

    client.get("/en/apmbc/IM2024/")

    assert derived == ["victim-assistance", "extension-requests", "updated-work-plans", "article-4-late"]
