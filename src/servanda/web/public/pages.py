"""What all public pages share: the reader's language, the address as asked, and rows for tables."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from servanda.common.release import release
from servanda.web.asking import Reading, same_page_in
from servanda.web.storing import keep
from servanda.web.tables import Table


def language() -> str:
    """The code of the reader's language."""
    return get_language() or "en"


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page with what every page shows."""
    asked = request.META.get("QUERY_STRING", "")
    shared = {
        "languages": same_page_in(request),
        "release": release(),
        "reader_language": language(),
        "asked_query": f"?{asked}" if asked else "",
    }
    return render(request, template, context | shared)


def read_page(
    request: HttpRequest,
    template: str,
    reading: Reading,
    context: dict[str, Any],
    numbers: Mapping[str, int] | None = None,
) -> HttpResponse:
    """A page about a convention, kept until its journal moves or the day ends at its place.

    `numbers` are the heads of other streams that it was rendered from.
    """
    shared = {
        "rules": reading.rules.rules,
        "on": reading.on,
        "known": reading.known,
        "times": reading.times,
        "number": reading.number,
    }
    return kept(page(request, template, shared | context), reading, numbers)


def handed_out(table: Table, form: str, reading: Reading) -> HttpResponse:
    """A table as `csv` or `json`, kept like the page that shows it."""
    return kept(table.as_csv() if form == "csv" else table.as_json(), reading)


def kept(response: HttpResponse, reading: Reading, numbers: Mapping[str, int] | None = None) -> HttpResponse:
    """An answer that is good while the convention's journal, and the other streams named, stand and the day lasts."""
    heads = {reading.convention: reading.number} | dict(numbers or {})
    return keep(response, numbers=heads, zone=reading.times.zone)
