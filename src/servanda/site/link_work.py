"""What `servanda link` does: links that give a seat at one meeting without an account."""

import argparse

from servanda.common.clock import today
from servanda.convention.queries import calendar, pack
from servanda.floor.delegations import link_ends, must_be_delegation
from servanda.floor.queries import floor_stream
from servanda.floor.replaying import rehearsal_named
from servanda.people.actions import make_link, revoke_link
from servanda.people.queries import links_of
from servanda.site.command import say

BY = "command-line"


def add_link(chosen: argparse.Namespace) -> int:
    """`servanda link add`: make a link and print its address, this once."""
    meeting = calendar(chosen.convention).meeting(chosen.meeting)
    delegation = must_be_delegation(pack(chosen.convention), chosen.delegation) if chosen.delegation else ""
    link, secret = make_link(
        floor=floor_of(chosen),
        kind="delegation" if chosen.delegation else chosen.screen,
        delegation=delegation,
        expires_at=link_ends(meeting, today(meeting.timezone), chosen.until),
        by=BY,
    )
    say(f"{link.id}: made for {link.floor}, good until {link.expires_at:%Y-%m-%d %H:%M} UTC; it is not shown again")
    print(f"/{chosen.lang}/enter/{secret}/")
    return 0


def list_links(chosen: argparse.Namespace) -> int:
    """`servanda link list`: the links to a meeting that can be used."""
    for link in links_of(floor_of(chosen)):
        whose = f" {link.delegation}" if link.delegation else ""
        print(f"{link.id}  {link.kind}{whose}  until {link.expires_at:%Y-%m-%d %H:%M} UTC")
    return 0


def floor_of(chosen: argparse.Namespace) -> str:
    """The stream of the floor that is named; raise UnknownMeeting or NoSuchRehearsal."""
    convention, code = chosen.convention, calendar(chosen.convention).meeting(chosen.meeting).code
    return rehearsal_named(convention, code, chosen.rehearsal) if chosen.rehearsal else floor_stream(convention, code)


def end_link(chosen: argparse.Namespace) -> int:
    """`servanda link revoke`: end a link."""
    say(f"{revoke_link(name=chosen.id, by=BY).id}: revoked; whoever came by it is out")
    return 0
