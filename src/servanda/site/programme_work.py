"""What `servanda programme build` does, once Django is ready: a programme as text, JSON, page or calendar."""

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from django.conf import settings

from servanda.common.clock import today
from servanda.common.languages import find_language
from servanda.common.names import Names
from servanda.common.refusals import WrongUsage
from servanda.convention.queries import pack
from servanda.programme.exporting import programme_of
from servanda.programme.icalendar import calendar_of
from servanda.programme.plain import plain_text
from servanda.programme.plan import Issued, Plan
from servanda.programme.queries import plan
from servanda.programme.sheet import sheet
from servanda.programme.versions import rules_of, stored
from servanda.site.archive_work import write_whole
from servanda.site.command import say
from servanda.site.work import times

READABLE = 0o644


class OnlyCalendarsAreNarrowed(WrongUsage):
    """An item or a State is named, and the whole programme is asked for."""

    def __init__(self, form: str) -> None:
        super().__init__(
            f"A programme as {form} is always whole.",
            "Part of a programme could be taken for all of it; only a calendar is of one item or one State.",
            "Leave out --item and --state, or ask with --format ics.",
        )


class IssuedHasItsDays(WrongUsage):
    """The issued version is asked for, and what is derived by other days."""

    def __init__(self) -> None:
        super().__init__(
            "--issued stands beside --known or --at.",
            "An issued version is frozen with the days and the journal number from which it was derived.",
            "Leave out --issued to have the programme derived, or leave out the others.",
        )


def build_programme(chosen: argparse.Namespace) -> int:
    """`servanda programme build`: the programme of a meeting in one language and form."""
    find_language(chosen.lang)
    if chosen.format != "ics" and (chosen.item or chosen.state):
        raise OnlyCalendarsAreNarrowed(chosen.format)
    found, names, issued = issued_last(chosen) if chosen.issued else derived(chosen)
    content = FORMS[chosen.format](found, names, issued, chosen)
    if chosen.output:
        write_whole(Path(chosen.output), content, READABLE)
        say(f"{found.convention} {found.code}: written to {chosen.output}.")
        return 0
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    return 0


def derived(chosen: argparse.Namespace) -> tuple[Plan, Names, None]:
    """What the register gives, with the names of States."""
    rules = pack(chosen.convention, chosen.at)
    known = times(chosen, today(rules.rules.timezone))
    return plan(chosen.convention, chosen.code, known, chosen.at), rules.names, None


def issued_last(chosen: argparse.Namespace) -> tuple[Plan, Names, Issued | None]:
    """The version issued last, with the names of States by its rules; raise IssuedHasItsDays or NoSuchVersion."""
    if chosen.known or chosen.at is not None:
        raise IssuedHasItsDays
    held = stored(chosen.convention, chosen.code, issued=True)
    return held.plan, rules_of(held.plan).names, held.issued


def as_text(found: Plan, names: Names, issued: Issued | None, chosen: argparse.Namespace) -> bytes:
    """A programme as text to read."""
    return plain_text(sheet(found, names, chosen.lang, issued, settings.NOTICE)).encode()


def as_json(found: Plan, _names: Names, issued: Issued | None, chosen: argparse.Namespace) -> bytes:
    """A programme as JSON to exchange."""
    return programme_of(found, chosen.lang, issued, settings.NOTICE).as_text().encode()


def as_page(found: Plan, names: Names, issued: Issued | None, chosen: argparse.Namespace) -> bytes:
    """A programme as a page; the screens are imported only where one is asked for."""
    document: Callable[[Plan, Names, str, Issued | None], str] = import_module(
        "servanda.web.public.programmes"
    ).document
    return document(found, names, chosen.lang, issued).encode()


def as_calendar(found: Plan, names: Names, issued: Issued | None, chosen: argparse.Namespace) -> bytes:
    """A programme, an item of it or a State's part in it as a calendar; one without events says so besides."""
    content = calendar_of(
        found, names, chosen.lang, item=chosen.item, state=chosen.state, issued=issued, notice=settings.NOTICE
    )
    if chosen.state and b"BEGIN:VEVENT" not in content:
        state = names.find(chosen.state).name_in("en")
        say(f"No printed list names {state}; that does not say that it is not given the floor.")
    return content


FORMS: dict[str, Callable[[Plan, Names, Issued | None, argparse.Namespace], bytes]] = {
    "text": as_text,
    "json": as_json,
    "html": as_page,
    "ics": as_calendar,
}
