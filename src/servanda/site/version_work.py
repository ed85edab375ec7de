"""What `servanda programme store`, `issue`, `versions` and `differences` do, once Django is ready."""

import argparse
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from itertools import groupby

from servanda.common.clock import today
from servanda.common.days import parse_day
from servanda.convention.queries import pack, presenters
from servanda.people.permissions import SECRETARIAT
from servanda.programme.actions import issue_plan, store_plan
from servanda.programme.plan import Plan
from servanda.programme.queries import plan
from servanda.programme.revisions import Difference, differences
from servanda.programme.versions import Version, stored, versions
from servanda.register.queries import refuse_after_today
from servanda.site.command import say
from servanda.site.work import plain, print_json

BY = "command-line"
FORMAT = "servanda-differences/1"


def store_version(chosen: argparse.Namespace) -> int:
    """`servanda programme store`: what the register derives now, as a new version."""
    version = store_plan(plan=derived(chosen), by=BY)
    where = f"{version.convention} {version.meeting}"
    if not version.is_new:
        print(f"{where}: nothing new; version {version.version} ({version.state}) says the same")
        return 0
    print(f"{where}, version {version.version}: {as_of(version)}; SHA-256 {version.digest}")
    say(f"It is a draft. Issue it: servanda programme issue {where} --version {version.version}")
    return 0


def derived(chosen: argparse.Namespace) -> Plan:
    """The programme that the register gives now; a day that has not come is refused."""
    known = parse_day(chosen.known, "--known") if chosen.known else None
    refuse_after_today(known, today(pack(chosen.convention).rules.timezone))
    return plan(chosen.convention, chosen.meeting, known)


def as_of(version: Version) -> str:
    """As of when a version was derived."""
    return (
        f"about {version.on}, as known on {version.known}, register number {version.number}, "
        f"pack {version.pack_version} ({version.pack_digest[:12]})"
    )


def issue_version(chosen: argparse.Namespace) -> int:
    """`servanda programme issue`: the newest version, or one that must be the newest."""
    number = chosen.version or stored(chosen.convention, chosen.meeting, seat=SECRETARIAT).version.version
    version = issue_plan(convention=chosen.convention, meeting=chosen.meeting, version=number, by=BY)
    print(
        f"{version.convention} {version.meeting}, version {version.version}: issued, entry {version.issued_entry} "
        f"of its stream; {as_of(version)}; SHA-256 {version.digest}"
    )
    return 0


def show_versions(chosen: argparse.Namespace) -> int:
    """`servanda programme versions`: every stored version, oldest first."""
    found = versions(chosen.convention, chosen.meeting, SECRETARIAT)
    if chosen.format == "json":
        print_json([version_as_json(version) for version in found])
        return 0
    for version in found:
        issued = f", issued {version.issued_at[:16]} by {version.issued_by}" if version.is_issued else ""
        print(f"{version.version}  {version.state}  {as_of(version)}")
        print(f"     stored {version.stored_at[:16]} by {version.stored_by}{issued}; SHA-256 {version.digest}")
    if not found:
        say(f"Nothing is stored yet: servanda programme store {chosen.convention} {chosen.meeting}")
    return 0


def version_as_json(version: Version) -> dict[str, object]:
    """A version as JSON."""
    told = {name: str(value) if isinstance(value, date) else value for name, value in asdict(version).items()}
    del told["is_new"]
    return told


def show_differences(chosen: argparse.Namespace) -> int:
    """`servanda programme differences`: between two versions, or a version and what is derived now."""
    first = stored(chosen.convention, chosen.meeting, chosen.first, seat=SECRETARIAT)
    if chosen.second is None:
        after, name = with_presenters_known(first.plan, derived(chosen)), "what the register derives now"
    else:
        second = stored(chosen.convention, chosen.meeting, chosen.second, seat=SECRETARIAT)
        after, name = second.plan, f"version {second.version.version}"
    found = differences(first.plan, after, pack(chosen.convention).names.states)
    if chosen.format == "json":
        print_json(differences_as_json(first.version, chosen.second, found, chosen.lang))
        return 0
    print(f"{first.version.convention} {first.version.meeting}, from version {first.version.version} to {name}:")
    print_differences(found, chosen.lang)
    if not found:
        say("Nothing differs.")
    return 0


def with_presenters_known(before: Plan, after: Plan) -> Plan:
    """What is derived now; where no presenters are held here, as after a public archive, with those of before."""
    if presenters(after.convention):
        return after
    held = {item.id: item.presenters for item in before.agenda}
    agenda = tuple(replace(item, presenters=held.get(item.id, item.presenters)) for item in after.agenda)
    if agenda != after.agenda:
        say("The presenters planned for meetings are not held here; whether they changed is not told.")
    return replace(after, agenda=agenda)


def print_differences(found: Iterable[Difference], language: str) -> None:
    """Differences as a corrigendum: under what each is about, with the reasons of a list."""
    for _part, group in groupby(found, key=lambda each: (each.part, each.key)):
        held = list(group)
        print(plain(held[0].about.said_in(language)))
        for each in held:
            print(f"     {plain(each.sentence.said_in(language))}")
            for reason in each.because:
                print(f"          {plain(reason.shown_in(language).words)}")


def differences_as_json(
    first: Version, second: int | None, found: Iterable[Difference], language: str
) -> dict[str, object]:
    """Differences as JSON; `to` is None for what the register derives now."""
    return {
        "format": FORMAT,
        "convention": first.convention,
        "meeting": first.meeting,
        "language": language,
        "from": first.version,
        "to": second,
        "differences": [
            {
                "part": each.part,
                "key": each.key,
                "about": each.about.said_in(language),
                "says": each.sentence.said_in(language),
                "state": each.state or None,
                "because": [reason.shown_in(language).words for reason in each.because],
            }
            for each in found
        ],
    }
