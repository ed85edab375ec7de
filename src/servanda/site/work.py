"""What each command does, once Django is ready."""

import argparse
import csv
import json
import sys
from collections.abc import Iterable
from datetime import date
from itertools import chain

from django.core.management import call_command

from servanda.common.clock import today
from servanda.common.days import parse_day
from servanda.convention.queries import pack
from servanda.journal.queries import verify
from servanda.people.actions import close_demonstration, open_demonstration
from servanda.people.permissions import Seat
from servanda.programme.cases import run_cases
from servanda.programme.derivation import tier_as_json
from servanda.programme.queries import tier
from servanda.programme.versions import altered
from servanda.register.explain import status_as_json
from servanda.register.queries import question, refuse_after_today
from servanda.register.status import Question, Status
from servanda.site.command import say
from servanda.site.loading import Loaded, load, read_packs, shelf

BY = "command-line"
ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))


def load_packs(chosen: argparse.Namespace) -> int:
    """`servanda load`: take packs in and print what differed."""
    for contents in read_packs(chosen.packs):
        say(f"{contents.pack.code}: comparing {len(contents.facts)} facts and leads with the register")
        loaded = load(contents, by=BY)
        tell_clashes(loaded)
        if not loaded.is_new:
            print(f"{loaded.convention} {loaded.version}: nothing new; the journal stands at {loaded.number}")
            continue
        print(
            f"{loaded.convention} {loaded.version}, journal number {loaded.number}: "
            f"{loaded.added} facts added, {loaded.changed} changed, {loaded.withdrawn} withdrawn; "
            f"{loaded.meetings} meetings and {loaded.documents} documents added or changed"
            f"{'' if loaded.has_rows else '; the rules or cases of the pack changed'}"
        )
    return 0


def tell_clashes(loaded: Loaded) -> None:
    """Say where a pack and the desk disagree; nothing of the desk was overwritten."""
    if loaded.clashes:
        say(
            f"{loaded.convention}: the pack says otherwise than the desk on {len(loaded.clashes)} fact(s); "
            f"the desk's stand, nothing was overwritten: {', '.join(loaded.clashes)}. "
            "Settle each at the desk."
        )


def check_packs(chosen: argparse.Namespace) -> int:
    """`servanda pack check`: every fault with its line, then every case that fails."""
    failed = 0
    for contents in read_packs(chosen.packs):
        faults = run_cases(contents)
        for fault in faults:
            print(fault)
        failed += len(faults)
        counted = f"{len(contents.facts)} facts and leads, {len(contents.cases)} cases, {len(faults)} failed"
        say(f"{contents.pack.code}: {counted}")
    return 1 if failed else 0


def times(chosen: argparse.Namespace, here: date) -> date | None:
    """The day as known on, refused if it has not come."""
    known = parse_day(chosen.known, "--known") if chosen.known else None
    refuse_after_today(known, here)
    return known


def show_status(chosen: argparse.Namespace) -> int:
    """`servanda status`: one obligation of some or all States."""
    rules = pack(chosen.convention, chosen.at)
    here = today(rules.rules.timezone)
    known = times(chosen, here) or here
    on = parse_day(chosen.on, "--on") if chosen.on else known
    asked = question(chosen.convention, on, known, chosen.at)
    obligation = chosen.obligation or rules.main_obligation
    codes = list(dict.fromkeys(rules.names.find(text).code for text in chosen.states)) or sorted(rules.names.states)
    found = [asked.status(obligation, code) for code in codes]
    {"table": print_statuses, "csv": print_statuses_csv, "json": print_statuses_json}[chosen.format](asked, found)
    return 0


def print_statuses(asked: Question, found: Iterable[Status]) -> None:
    """Statuses as lines; a single State with its reasons."""
    found = list(found)
    for status in found:
        name = asked.pack.names.states[status.state].name_in("en")
        due = f", due {status.due}" if status.due else ""
        print(f"{status.state}  {name}: {status.word}{due}. {plain(status.sentence)}")
        if status.caution:
            print(f"     {plain(status.caution)}")
        if len(found) == 1:
            for step in status.steps:
                print(f"     {plain(step.sentence)}{''.join(f' [{fact.source.key}]' for fact in step.facts)}")
        for missed in status.missed:
            print(f"     {plain(missed.sentence)}")


def print_statuses_csv(_asked: Question, found: Iterable[Status]) -> None:
    """Statuses as CSV."""
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["state", "obligation", "on", "known", "status", "due", "periods_missed", "sentence", "caution"])
    for status in found:
        periods = " ".join(f"{missed.due}/{missed.ended_on}" for missed in status.missed)
        row = [
            status.state,
            status.obligation,
            status.on,
            status.known,
            status.word,
            status.due or "",
            periods,
        ]
        table.writerow([*row, plain(status.sentence), plain(status.caution or "")])


def print_statuses_json(asked: Question, found: Iterable[Status]) -> None:
    """Statuses as JSON, with their explanations."""
    print_json([status_as_json(asked.pack.code, status, "en") for status in found])


def show_tier(chosen: argparse.Namespace) -> int:
    """`servanda tier`: the States of a tier at a meeting."""
    rules = pack(chosen.convention, chosen.at)
    known = times(chosen, today(rules.rules.timezone))
    found = tier(chosen.convention, chosen.tier, chosen.meeting, known, chosen.at, Seat(chosen.seat))
    if chosen.format == "json":
        print_json(tier_as_json(found))
        return 0
    print(f"{found.meeting.convention} {found.meeting.code}, {found.tier.title.text}, as known on {found.known}:")
    for named in found.named:
        print(f"{named.state}  {rules.names.states[named.state].name_in('en')} ({named.basis})")
        for step in named.because:
            print(f"     {plain(step.sentence)}")
    for sentence in (*found.horizons, *([found.note] if found.note else [])):
        say(plain(sentence))
    if found.tier.open_to:
        say(f"Open on request to: {', '.join(found.tier.open_to).replace('_', ' ')}.")
    if found.tier.prints == "rule":
        say("A programme prints the rule of this list, no names; what stands here is for the secretariat.")
    if found.doubts:
        say(f"Not established: {', '.join(doubt.state for doubt in found.doubts)}. Questions for the secretariat.")
    return 0


def verify_journal(chosen: argparse.Namespace) -> int:
    """`servanda verify`: 0 if the journal is whole, 1 with each finding if not."""
    faults = 0
    for finding in chain(verify(chosen.stream), altered(chosen.stream)):
        print(finding)
        faults += finding.is_fault
    say("The journal has faults." if faults else "The journal is whole.")
    return 1 if faults else 0


def serve_demo(chosen: argparse.Namespace) -> int:
    """`servanda demo`: load every pack on the shelf, then serve."""
    for contents in read_packs(sorted(path.parent.name for path in shelf().glob("*/pack.yaml"))):
        say(f"{contents.pack.code}: loading")
        load(contents, by=BY)
    for name, password in open_demonstration(by=BY).items():
        say(f"demonstration account {name}, password {password}")
    return serve_on(chosen.host, chosen.port)


def serve_site(chosen: argparse.Namespace) -> int:
    """`servanda serve`: serve what is loaded; the accounts of a demonstration are closed before."""
    for name in close_demonstration(by=BY):
        say(f"{name}: a demonstration account, closed")
    call_command("clearsessions")
    return serve_on(chosen.host, chosen.port)


def serve_on(host: str, port: int) -> int:
    """Serve until told to stop."""
    from servanda.site.serving import serve  # slow: the server is needed here only

    serve(host=host, port=port, ready=lambda: say(f"Servanda is on http://{host}:{port}/ — Ctrl+C ends it."))
    return 0


def print_json(content: object) -> None:
    """A result as JSON text."""
    print(json.dumps(content, ensure_ascii=False, indent=1))


def plain(words: object) -> str:
    """A sentence for a terminal, without the marks that isolate directions."""
    return str(words).translate(ISOLATES)
