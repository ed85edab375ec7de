"""A sitting that goes on, for measures of the live floor: who waits, who speaks, and a console that acts.

The delegations and the order are those of the issued programme; that they spoke is benchmark data, in a database
that is thrown away.
"""

import secrets
from datetime import timedelta

CONVENTION, MEETING, ITEM, SITTING = "apmbc", "IM2024", "3", "day-1-morning"
WAITING = ("TCD", "KHM", "AFG", "CYP", "UKR", "COL", "IRQ", "YEM", "SSD", "SEN", "THA", "ZWE")
SIGN = "s" * 32  # a cookie against forgery, which a form repeats
BY = "bench"


def call_to_order() -> str:
    """Issue the programme, open the floor, let delegations ask and one speak; the cookies of a console."""
    from servanda.floor.actions import open_floor, perform, rules_for
    from servanda.floor.log import Asked, FloorGiven, ItemTaken, SittingOpened, Speaker
    from servanda.floor.queries import floor_stream, participants
    from servanda.programme.actions import issue_plan, store_plan
    from servanda.programme.queries import plan

    planned = plan(CONVENTION, MEETING)
    version = store_plan(plan=planned, by=BY).version
    issue_plan(convention=CONVENTION, meeting=MEETING, version=version, by=BY)
    known = participants(planned)
    open_floor(
        convention=CONVENTION, meeting=MEETING, plan=planned, version=version, by=BY,
        rules=rules_for(CONVENTION, MEETING), participants=known,
    )  # fmt: skip
    asked = [Asked(f"bench-{code}", ITEM, Speaker(known[code], code)) for code in WAITING]
    for act in (SittingOpened(SITTING), ItemTaken(ITEM), *asked, FloorGiven(asked[0].request, 300)):
        perform(stream=floor_stream(CONVENTION, MEETING), act=act, by=BY)
    return seated()


def seated() -> str:
    """The cookies of a browser that took the seat of the presiding officer by a link."""
    from django.contrib.sessions.backends.db import SessionStore

    from servanda.common.clock import now
    from servanda.floor.queries import floor_stream
    from servanda.people.actions import make_link
    from servanda.web.seats import SESSION

    floor = floor_stream(CONVENTION, MEETING)
    link, _secret = make_link(floor=floor, kind="console", expires_at=now() + timedelta(days=1), by=BY)
    session = SessionStore()
    session[SESSION] = [link.id]
    session.save()
    return f"sessionid={session.session_key}; csrftoken={SIGN}"


class Console:
    """Stops and starts the clock of who speaks, in turn, as the forms of the console do."""

    def __init__(self, cookies: str) -> None:
        self.cookies, self.runs = cookies, True

    def request(self) -> bytes:
        """The bytes of the next act."""
        name, self.runs = ("pause" if self.runs else "continue"), not self.runs
        form = f"csrfmiddlewaretoken={SIGN}&once={secrets.token_hex(12)}"
        lines = [
            f"POST /en/chair/{CONVENTION}/{MEETING}/acts/{name}/ HTTP/1.1",
            "Host: 127.0.0.1",
            f"Cookie: {self.cookies}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(form)}",
        ]
        return ("\r\n".join(lines) + "\r\n\r\n" + form).encode()
