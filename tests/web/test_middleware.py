"""What every answer carries, and how a refusal is shown."""

import json

import pytest
from django.http import Http404, HttpResponse
from django.test import override_settings
from django.urls import path

from servanda.common.refusals import Refusal, Unknown, WrongUsage

PAGE = "<h1>{{ refusal.what }}</h1><p>{{ refusal.why }}</p><p>{{ refusal.do }}</p>"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", {"refusal.html": PAGE})]},
    }
]
REFUSALS = {
    "closed": Refusal("The list is closed.", "Rule 12.", "Ask the chair."),
    "usage": WrongUsage("On which day?", "No day was given.", "Add ?on=2024-06-18."),
    "unknown": Unknown("There is no <b>.", "", ""),
}


def refuse(request, name):
    raise REFUSALS[name]


def miss(request):
    raise Http404("no such row, and its id")


def fail(request):
    raise ZeroDivisionError


def answer(request):
    return HttpResponse("words", headers={"Referrer-Policy": "no-referrer"})


urlpatterns = [
    path("en/refuse/<name>", refuse),
    path("api/v1/refuse/<name>", refuse),
    path("en/miss", miss),
    path("en/fail", fail),
    path("en/answer", answer),
]


@pytest.fixture(autouse=True)
def site():
    """A site of these addresses, with the product's own middleware."""
    with override_settings(ROOT_URLCONF=__name__, TEMPLATES=TEMPLATES, ALLOWED_HOSTS=["testserver"]):
        yield


@pytest.mark.parametrize("address", ["/en/answer", "/en/refuse/closed", "/en/nowhere", "/api/v1/refuse/closed"])
def test_every_answer_says_what_a_browser_may_load_and_sets_no_cookie(client, address):
    response = client.get(address)

    assert response["Content-Security-Policy"] == (
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Permissions-Policy"].startswith("camera=(), ")
    assert "Set-Cookie" not in response


def test_a_view_may_choose_a_header_itself(client):
    assert client.get("/en/answer")["Referrer-Policy"] == "no-referrer"
    assert client.get("/en/refuse/closed")["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("name", "status", "page"),
    [
        ("closed", 409, "<h1>The list is closed.</h1><p>Rule 12.</p><p>Ask the chair.</p>"),
        ("usage", 400, "<h1>On which day?</h1><p>No day was given.</p><p>Add ?on=2024-06-18.</p>"),
        ("unknown", 404, "<h1>There is no &lt;b&gt;.</h1><p></p><p></p>"),
    ],
)
def test_a_refusal_becomes_a_page_with_its_status(client, name, status, page):
    response = client.get(f"/en/refuse/{name}")

    assert (response.status_code, response.content.decode()) == (status, page)


def test_a_refusal_of_the_interface_becomes_json(client):
    response = client.get("/api/v1/refuse/closed")

    assert response.status_code == 409
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content) == {
        "what": "The list is closed.",
        "why": "Rule 12.",
        "do": "Ask the chair.",
    }


@pytest.mark.parametrize("address", ["/en/nowhere", "/en/miss"])
def test_an_address_without_anything_is_refused_as_unknown(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert response.content.decode() == (
        f"<h1>There is nothing at the address {address}.</h1>"
        "<p>No page, document or answer of this site has this address.</p>"
        "<p>Check how it is written, or begin at the first page.</p>"
    )


def test_an_address_of_the_interface_without_anything_is_json(client):
    response = client.get("/api/v1/نيجر")

    assert response.status_code == 404
    assert response.json()["what"] == "There is nothing at the address /api/v1/نيجر."


def test_an_error_of_the_program_is_not_dressed_up_as_a_refusal(client):
    client.raise_request_exception = False

    assert client.get("/en/fail").status_code == 500


@pytest.mark.parametrize(("length", "status"), [(2000, 200), (2001, 414), (60_000, 414)])
def test_a_question_without_end_is_refused_and_repeated_nowhere(client, length, status):
    response = client.get("/en/answer?" + "a" * length)

    assert (response.status_code, "a" * 41 in response.content.decode()) == (status, False)
