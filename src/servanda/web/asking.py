"""What an address asks: in which language, about which day, as known on which day, at which number."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from servanda.common.clock import today
from servanda.common.days import parse_day
from servanda.common.languages import LANGUAGES, OFFERED, Language
from servanda.common.refusals import WrongUsage
from servanda.convention.pack import Pack
from servanda.convention.queries import number_of, pack
from servanda.register.queries import question, refuse_after_today
from servanda.register.status import Question

View = Callable[..., HttpResponse]


class NotANumber(WrongUsage):
    """`at` is not a journal number."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"at: {text!r} is not a journal number.",
            "The journal counts its entries from 1.",
            "Write a whole number, or leave it out for the newest.",
        )


@dataclass(frozen=True, slots=True)
class Times:
    """The two days and the journal number of a question; None where the address does not say."""

    today: date
    zone: str
    on: date | None
    known: date | None
    at: int | None

    @property
    def query(self) -> str:
        """The same as a query string, with its question mark, or nothing."""
        asked = {"on": self.on, "known": self.known, "at": self.at}
        words = urlencode({name: str(value) for name, value in asked.items() if value is not None})
        return f"?{words}" if words else ""


def times(request: HttpRequest, convention: str) -> Times:
    """Read `on`, `known` and `at`; raise NotADate, NotANumber, KnownAfterToday or UnknownConvention."""
    zone = pack(convention).rules.timezone
    here = today(zone)
    asked = {name: request.GET.get(name, "").strip() for name in ("on", "known", "at")}
    if asked["at"] and not (asked["at"].isascii() and asked["at"].isdecimal()):
        raise NotANumber(asked["at"])
    known = parse_day(asked["known"], "known") if asked["known"] else None
    refuse_after_today(known, here)
    return Times(
        today=here,
        zone=zone,
        on=parse_day(asked["on"], "on") if asked["on"] else None,
        known=known,
        at=int(asked["at"]) if asked["at"] else None,
    )


@dataclass(frozen=True)
class Reading:
    """What a page about a convention reads: rules, register and days, all as they stood at one journal number.

    `number` is the head of the journal, asked for before anything was read; the answer is kept under it.
    """

    times: Times
    number: int
    rules: Pack
    question: Question

    @property
    def convention(self) -> str:
        """The short name of the convention."""
        return self.rules.code

    @property
    def on(self) -> date:
        """The day asked about."""
        return self.question.on

    @property
    def known(self) -> date:
        """The day by which sources were public."""
        return self.question.view.known

    @property
    def about(self) -> dict[str, str | int | date | None]:
        """Of what a table made from it tells."""
        at = self.times.at or self.number
        return {"convention": self.convention, "on": self.on, "known": self.known, "number": at}


def reading(request: HttpRequest, convention: str) -> Reading:
    """What an address asks of a convention: `known` is today and `on` is `known`, unless it says otherwise."""
    number = number_of(convention)
    asked = times(request, convention)
    known = asked.known or asked.today
    on = asked.on or known
    return Reading(asked, number, pack(convention, asked.at), question(convention, on, known, asked.at))


def in_language(view: View) -> View:
    """Run a view in the language that its address names."""

    @wraps(view)
    def spoken(request: HttpRequest, language: str, *arguments: Any, **named: Any) -> HttpResponse:  # noqa: ANN401
        with translation.override(language):
            return view(request, *arguments, **named)

    return spoken


def speaking(view: View) -> View:
    """The same for a view that only shows."""
    return csrf_exempt(require_safe(in_language(view)))


def same_page_in(request: HttpRequest) -> list[tuple[Language, str]]:
    """The address of this page in each language offered."""
    _empty, _language, *rest = request.get_full_path().split("/")
    return [(LANGUAGES[code], "/".join(["", code, *rest])) for code in OFFERED]
