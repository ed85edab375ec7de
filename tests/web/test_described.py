"""The interface describes itself: every operation, what it is asked by, and what it gives."""

import re
from pathlib import Path

import pytest

from servanda.web.api.views import api
from tests.packs.loaded import fresh_memory, toy

__all__ = ["fresh_memory", "toy"]

ROOT = Path(__file__).parents[2]


def operations():
    """Every operation of the description, by method and path."""
    schema = api.get_openapi_schema()
    return {(method, path): told for path, methods in schema["paths"].items() for method, told in methods.items()}


def test_each_operation_stands_once_under_an_id_of_its_own():
    ids = [told["operationId"] for told in operations().values()]

    assert len(ids) == len(set(ids)) == 10
    assert {method for method, _path in operations()} == {"get"}


def test_the_description_says_what_the_interface_is_about():
    assert "Read-only, without sign-in" in api.get_openapi_schema()["info"]["description"]


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation[1])
def test_each_operation_describes_its_parameters_and_answers(operation):
    told = operations()[operation]

    assert told["summary"]
    assert told["description"]
    assert [each["name"] for each in told["parameters"] if not each.get("description")] == []
    assert set(re.findall(r"{(\w+)}", operation[1])) <= {each["name"] for each in told["parameters"]}
    assert set(told["responses"]) == {200, 400, 404, 409}
    assert all(answer["content"]["application/json"]["schema"] for answer in told["responses"].values())


@pytest.mark.django_db
def test_what_is_given_has_the_format_that_is_described(toy, client):
    samples = {"convention": "toy", "name": "hearing", "number": "2.a", "state": "XBA"}
    formats = {}

    for _method, path in operations():
        filled = samples | {"code": "XBA" if path.endswith("/states/{code}") else "W2"}
        answer = client.get(path.format(**filled))
        schema = operations()["get", path]["responses"][200]["content"]["application/json"]["schema"]
        described = schema.get("properties", {}).get("format", {}).get("const")
        given = answer.json()
        formats[path] = (answer.status_code, described == (given.get("format") if isinstance(given, dict) else None))

    assert formats == dict.fromkeys(formats, (200, True))


def test_each_operation_stands_in_the_documentation():
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    places = {path.removeprefix("/api/v1/").replace("{", "<").replace("}", ">") for _method, path in operations()}

    told = {re.sub(r"<[^>]*>", "<>", place) for place in re.findall(r"^\| `([^`]+)` \|", page, flags=re.MULTILINE)}

    assert {re.sub(r"<[^>]*>", "<>", place) for place in places} <= told
