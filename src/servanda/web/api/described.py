"""How the interface describes itself: what each answer is asked by, and what it gives, as OpenAPI."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from servanda.common.languages import LANGUAGES
from servanda.web.listings import WORDS

Answer = Callable[..., HttpResponse]
Described = dict[str, Any]

ABOUT = (
    "What a register of facts about treaties establishes: where each State stands with its obligations, and which "
    "States a meeting gives the floor, with reasons and sources. Read-only, without sign-in; the pages say the same. "
    "What no source says is not stated: a State that is not mentioned is not thereby said to have done, or not done, "
    "anything. A list whose rule alone is printed names nobody here either. Every answer that is an object says in "
    "`notice` whose publication it is, or is not. An error says what was refused, why, and what to do."
)
PLACES = {
    "convention": "The short name of a convention, as `conventions` gives it.",
    "code": "The code of a meeting, or for `states` the three-letter code or UN name of a State.",
    "name": "The id of a tier in the pack.",
    "number": "The number of an item as a path (6.b), or the id of a panel or another entry.",
    "state": "The three-letter code of a State (TCD) or its UN short name.",
}
DAY = {"type": "string", "format": "date"}
NUMBER = {"type": "integer", "minimum": 1}
QUERY: dict[str, tuple[str, Described]] = {
    "on": ("The day asked about; by default the day of `known`.", DAY),
    "known": ("The day by which sources had to be public; by default today, for a meeting its first day.", DAY),
    "at": (
        "A journal number: the register as it stood then; by default the newest.",
        {"type": "integer", "minimum": 1},
    ),
    "version": ("The number of an issued version; by default the version issued last, if no day is named.", NUMBER),
    "language": ("The language of words and sentences.", {"type": "string", "enum": [*LANGUAGES], "default": "en"}),
    "obligation": ("The id of an obligation in the pack; by default the main one.", {"type": "string"}),
    "status": ("Only States whose status has this word.", {"type": "string", "enum": [*WORDS]}),
}
REFUSAL = {
    "type": "object",
    "required": ["what", "why", "do"],
    "properties": {name: {"type": "string"} for name in ("what", "why", "do")},
}
REFUSED = {
    400: "The question cannot be understood.",
    404: "It names something that is not held.",
    409: "It cannot be derived: the calendar ends too early, or days were not public yet.",
}


class SelfDescribed(NinjaAPI):
    """An interface of which every part of an address is described."""

    def get_openapi_schema(self, *arguments: Any, **named: Any) -> OpenAPISchema:  # noqa: ANN401
        """The description as OpenAPI."""
        schema = super().get_openapi_schema(*arguments, **named)
        for methods in schema["paths"].values():
            for told in methods.values():
                for each in told["parameters"]:
                    if each["in"] == "path":
                        each["description"] = PLACES[each["name"]]
        return schema


def answers(api: NinjaAPI, path: str, summary: str, *, asks: tuple[str, ...] = (), gives: str = "") -> Callable[
    [Answer], Answer
]:  # fmt: skip
    """Let a view answer GET and HEAD at a path, and describe it: by what it is asked, and in which format it gives."""

    def add(view: Answer) -> Answer:
        api.api_operation(["HEAD"], path, include_in_schema=False)(view)
        return api.api_operation(["GET"], path, summary=summary, openapi_extra=described(path, asks, gives))(view)

    return add


def described(path: str, asks: tuple[str, ...], gives: str) -> Described:
    """The parameters and responses of an answer; what stands in the path is described too."""
    schema = {"type": "object", "properties": {"format": {"const": gives}}} if gives else {"type": "array"}
    told = f"The answer in the format {gives}." if gives else "The answer."
    return {
        "parameters": [in_query(name) for name in asks],
        "responses": {
            200: {"description": told, "content": {"application/json": {"schema": schema}}},
            **{status: refused(words) for status, words in REFUSED.items()},
        },
    }


def in_query(name: str) -> Described:
    """One parameter of the query."""
    words, schema = QUERY[name]
    return {"in": "query", "name": name, "required": False, "description": words, "schema": schema}


def refused(words: str) -> Described:
    """A refusal."""
    return {"description": words, "content": {"application/json": {"schema": REFUSAL}}}
