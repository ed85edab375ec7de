"""The desk as a person uses it: sign in, look, propose, approve; and what is said when something does not fit."""

import pytest

from servanda.common.languages import OFFERED
from servanda.people.actions import set_password
from servanda.register.inbox import inbox
from servanda.register.models import Fact
from servanda.register.proposing import approve, propose
from servanda.web.desk import signing, suggesting
from tests.desk.drafts import GRANT, a_grant, a_verification, an_act

pytestmark = pytest.mark.django_db
PASSWORD = "the lamp is lit at dusk"
FORM = GRANT | {"act": "add", "state": "XHA", "value": "2010-08-18", "reason": "The report has it.", "once": "a1b2c3d4"}


@pytest.fixture(autouse=True)
def nothing_counted():
    """Forget who tried how often."""
    for limit in (signing.FROM_ONE_CONNECTION, signing.FOR_ONE_ACCOUNT, suggesting.FROM_ONE_CONNECTION):
        limit.taken.clear()


@pytest.fixture
def ada(desk, client):
    """A browser in which ada is signed in."""
    client.force_login(desk["ada"])
    return client


def words(answer):
    return answer.content.decode()


def test_signing_in_leads_back_to_the_page_that_was_asked_for(desk, client):
    set_password(name="ada", password=PASSWORD, by="test")
    asked = client.get("/en/desk/toy/?x=1")

    entered = client.post(asked.headers["Location"], {"name": "ada", "password": PASSWORD, "next": "/en/desk/toy/?x=1"})

    cookie = entered.cookies["sessionid"]
    assert asked.headers["Location"] == "/en/desk/sign-in/?next=%2Fen%2Fdesk%2Ftoy%2F%3Fx%3D1"
    assert entered.headers["Location"] == "/en/desk/toy/?x=1"
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_nobody_is_led_to_another_site(desk, client):
    set_password(name="ada", password=PASSWORD, by="test")

    entered = client.post("/en/desk/sign-in/", {"name": "ada", "password": PASSWORD, "next": "https://evil.example/"})

    assert entered.headers["Location"] == "/en/desk/"


def test_after_five_wrong_passwords_nobody_signs_in_from_there(desk, client):
    set_password(name="ada", password=PASSWORD, by="test")
    wrong = [client.post("/en/desk/sign-in/", {"name": "ada", "password": "wrong"}) for _ in range(5)]

    answer = client.post("/en/desk/sign-in/", {"name": "ada", "password": PASSWORD})

    assert {each.status_code for each in wrong} == {403}
    assert "Id and password do not belong together" in words(wrong[0])
    assert answer.status_code == 429
    assert "There were too many attempts with a wrong id or password." in words(answer)


def test_a_draft_is_looked_at_before_it_is_saved_and_then_awaits_a_second_person(ada, client):
    looked = client.post("/en/desk/toy/propose/", FORM | {"look": "1"})
    assert "Nothing is saved yet." in words(looked)
    assert inbox("toy").proposals == {}

    saved = [client.post("/en/desk/toy/propose/", FORM) for _ in range(2)]

    (proposal,) = inbox("toy").open_proposals
    assert [each.headers["Location"] for each in saved] == [f"/en/desk/toy/proposals/{proposal.number}/"] * 2
    assert "Someone else has to approve it." in words(client.get(saved[0].headers["Location"]))


def test_faults_stand_beside_their_fields_and_what_was_written_stays(ada, client):
    answer = client.post("/en/desk/toy/propose/", FORM | {"value": "soon", "known_on": "", "place": "paragraph 99"})

    page = words(answer)
    assert answer.status_code == 422
    assert 'id="value-faults"' in page
    assert 'id="known_on-faults"' in page
    assert 'value="paragraph 99"' in page
    assert inbox("toy").proposals == {}


def test_a_dispute_is_shown_to_the_public_beside_what_it_denies(desk, client):
    key = "XIA.postponement-granted.A3"
    draft = an_act("dispute", key, source="Yearly reports", place="2008, page 2")
    approve(convention="toy", number=propose(convention="toy", draft=draft, by="ada").number, by="ben")

    page = words(client.get("/en/toy/states/XIA/?on=2008-06-01&known=2008-06-01"))

    beside = page.partition("Where sources differ")[2].partition("</ul>")[0]
    assert "LAMP/A3/9" in beside
    assert "Yearly reports" in beside
    assert "denied" in beside
    assert "Extended to 5 January 2011." in page


def test_a_second_person_sees_the_effect_and_approves(desk, client):
    number = propose(convention="toy", draft=a_verification(), by="ada").number
    client.force_login(desk["ben"])
    page = words(client.get(f"/en/desk/toy/proposals/{number}/"))

    done = client.post(f"/en/desk/toy/proposals/{number}/approve/")

    assert "What it would change" in page
    assert "not established" in page
    assert done.headers["Location"] == f"/en/desk/toy/proposals/{number}/"
    assert Fact.objects.filter(approved_by="ben").count() == 1


def test_the_author_is_refused_with_what_why_and_what_to_do(ada, client):
    number = propose(convention="toy", draft=a_grant(), by="ada").number

    answer = client.post(f"/en/desk/toy/proposals/{number}/approve/")

    assert answer.status_code == 403
    assert "cannot be approved by its author, ada." in words(answer)
    assert words(answer).count("<dt>") == 3


@pytest.mark.parametrize("act", ["correct", "dispute", "set_aside", "withdraw"])
def test_the_form_starts_from_an_existing_fact(ada, client, act):
    page = words(client.get(f"/fr/desk/toy/propose/?act={act}&fact=XIA.postponement-granted.A3"))

    assert 'value="XIA.postponement-granted.A3"' in page
    assert 'name="reason"' in page


def test_a_dispute_does_not_start_with_the_source_that_it_disputes(ada, client):
    page = words(client.get("/en/desk/toy/propose/?act=dispute&fact=XIA.postponement-granted.A3"))

    assert 'id="source" name="source" value=""' in page
    assert 'id="value" name="value" value="2011-01-05"' in page


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("propose/?act=burn", 400, "The desk does not know the act &#x27;burn&#x27;."),
        ("propose/?act=correct&fact=nothing", 404, "The register of toy holds no fact &#x27;nothing&#x27;."),
        (
            "propose/?act=add&state=XBA&predicate=none",
            404,
            "Nothing can be said of &#x27;XBA&#x27; with &#x27;none&#x27;.",
        ),
        ("fact/?key=nothing", 404, "The register of toy holds no fact &#x27;nothing&#x27;."),
        ("fact/?key=a%00b", 404, "The register of toy holds no fact"),
        ("proposals/99/", 404, "The desk of toy has no proposal 99."),
        ("suggestions/99/", 404, "The desk of toy has no suggestion 99."),
        ("clashes/99/", 404, "The desk of toy has no clash 99."),
    ],
)
def test_a_bad_address_of_the_desk_is_refused(ada, client, address, status, said):
    answer = client.get(f"/en/desk/toy/{address}")

    assert (answer.status_code, said in words(answer)) == (status, True)


def test_every_page_of_the_desk_shows_in_every_language(desk, ada, client):
    client.post("/en/toy/corrections/", {"fact": "XAA.coasts-lit", "words": "It was lit in May.", "once": "c1c2c3c4c5"})
    number = propose(convention="toy", draft=a_verification(), by="ada").number
    pages = [
        "",
        "toy/",
        "toy/propose/",
        f"toy/proposals/{number}/",
        "toy/suggestions/1/",
        "toy/fact/?key=XAA.coasts-lit",
    ]

    answers = [client.get(f"/{language}/desk/{page}") for language in OFFERED for page in pages]

    assert [answer.status_code for answer in answers] == [200] * 36
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


def test_the_administrator_sees_accounts_and_the_secretariat_does_not(desk, client):
    client.force_login(desk["cleo"])
    seen = client.get("/en/desk/accounts/")
    client.force_login(desk["ada"])
    refused = client.get("/en/desk/accounts/")

    assert (seen.status_code, refused.status_code) == (200, 403)
    assert "This seat (secretariat) may not see accounts." in words(refused)


def test_signing_out_ends_the_session(ada, client):
    client.post("/en/desk/sign-out/")

    assert client.get("/en/desk/").status_code == 302
