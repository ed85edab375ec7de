"""The acts of the console: what a form sends, made an act, and done once however often it is sent.

A form names what its page showed: the turn, the request, the number of the room. An act about a turn that is over
meanwhile is refused, so that a click that comes late never ends another speaker's turn.
"""

import hashlib
from collections.abc import Callable, Mapping

from servanda.common.names import UnknownState
from servanda.common.organisations import UnknownOrganisation, organisations
from servanda.common.refusals import Refusal, WrongUsage
from servanda.convention.queries import pack
from servanda.floor.actions import perform
from servanda.floor.advice import code_of
from servanda.floor.conditions import must_be, speaking, waiting
from servanda.floor.log import (
    Act,
    Asked,
    Exchanged,
    FloorGiven,
    FoundAbsent,
    ItemConcluded,
    ItemTaken,
    LimitSet,
    ListClosed,
    ListReopened,
    Moved,
    PointRuled,
    SittingClosed,
    SittingOpened,
    SittingResumed,
    SittingSuspended,
    SlowerPassedOn,
    Speaker,
    StatementReceived,
    TurnContinued,
    TurnEnded,
    TurnExtended,
    TurnPaused,
    Undone,
    Withdrawn,
)
from servanda.floor.procedure import limit_for, queue
from servanda.floor.queries import NAME, room
from servanda.floor.refusals import called
from servanda.floor.state import Room
from servanda.journal.actions import KeyIsTaken, OutOfStep
from servanda.journal.queries import find
from servanda.web.seats import is_mark

TRIES = 20  # how often an act is judged anew when others act in the same moment
AROUND = {"csrfmiddlewaretoken", "number", "performed_at", "with", "turn", "of", "person"}  # not what an act says
Told = Mapping[str, str]


class NoSuchAct(WrongUsage):
    """The address names an act that the console does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The console has no act {name[:40]!r}.", f"It has: {', '.join(sorted(ACTS))}.", "Use the page's own forms."
        )


class TurnIsOver(Refusal):
    """An act about a turn that another act has ended meanwhile."""

    def __init__(self, code: str) -> None:
        super().__init__(
            "The turn that your page showed is over.",
            f"Somebody acted before you; now {called(code)} has the floor."
            if code
            else "Somebody ended it before you.",
            "Look at who has the floor now; if the act still fits, do it again.",
        )


class AtTheEdge(Refusal):
    """A request is moved up that is the first of its list, or down that is the last."""

    def __init__(self, code: str, end: str) -> None:
        super().__init__(
            f"{called(code)} is the {end} of the list already.",
            "Somebody else may have moved it.",
            "Look at the list as it stands now.",
        )


class NotANumberOfSeconds(WrongUsage):
    """A field that takes seconds holds something else."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text[:20]!r} is no number of seconds.", "Times are given in whole seconds.", "Write it as 180."
        )


class NobodyNamed(WrongUsage):
    """A field that names a delegation is empty, or holds what names nobody."""

    def __init__(self, text: str, meant: str) -> None:
        super().__init__(
            f"{text[:60]!r} names no delegation." if text else "No delegation is named.",
            "A State is found by its code or exact UN name, an organization by its code or exact name.",
            f"{meant or 'Write it as TCD, Chad or ICRC.'} Of a group or an office, choose below what it is: "
            "“Who this is” in “Another item, a group or office, a reason”.",
        )


def do(*, stream: str, name: str, told: Told, by: str) -> Room:
    """Do what a form asks, judged against the room as it stands, and return the room after it.

    Raises NoSuchAct, what the form's fields are refused for, and what `perform` raises.
    """
    if name not in ACTS:
        raise NoSuchAct(name)
    key = key_of(name, told)
    last: Refusal | None = None
    for _ in range(TRIES):
        here = room(stream)
        if key and find(stream, key):
            return here
        act = ACTS[name](told, here)
        try:
            return perform(
                stream=stream, act=act, by=by, key=key, expected=here.number, personal=personal_in(name, told)
            )
        except (OutOfStep, KeyIsTaken) as refused:
            last = refused
    raise last or NoSuchAct(name)


def personal_in(name: str, told: Told) -> dict[str, str]:
    """The name of the person who speaks, where one was given: it stands beside the entry and can be erased."""
    person = told.get("person", "").strip()[:120]
    return {NAME: person} if person and name in ("ask", "present") else {}


def key_of(name: str, told: Told) -> str | None:
    """The key of a click: the page's mark, the act and what its form says; None where the form carries no mark.

    Another act under the same mark is thus another act. What a console off the network says otherwise, and the name
    of a person, which may be erased, are no part of it.
    """
    if not is_mark(told.get("once", "")):
        return None
    said = sorted((field, told[field]) for field in told.keys() - AROUND if told[field])
    return f"console-{digest(name, *said)[:32]}"


def digest(*pieces: object) -> str:
    """What tells some pieces from others, in 64 hexadecimal digits."""
    return hashlib.sha256(repr(pieces).encode()).hexdigest()


def named(told: Told, here: Room, speaker: Speaker) -> str:
    """The name of what a click enters for a speaker: by its mark and the speaker, so that two are never one."""
    return f"console-{told.get('once') or here.number}-{digest(speaker.seat)[:8]}"


def of_this_turn(told: Told, here: Room) -> None:
    """Raise TurnIsOver unless the turn that the page showed goes on; NobodyHasTheFloor where none does.

    A turn is named by its number (`turn`), or by its request (`of`) where it began off the network and has none yet.
    """
    turn, of = told.get("turn", ""), told.get("of", "")
    is_another = here.turn is None or turn not in ("", str(here.turn.number)) or of not in ("", here.turn.request)
    if (turn or of) and is_another:
        raise TurnIsOver(here.turn.speaker.code if here.turn else "")
    speaking(here)


def item_in(told: Told, here: Room) -> str:
    """The item that a form names, by default the one under consideration."""
    return told.get("item", "") or here.item or ""


def seconds_in(told: Told, name: str = "seconds") -> int:
    """A number of seconds, perhaps negative; raise NotANumberOfSeconds."""
    text = told.get(name, "").strip()
    digits = text.removeprefix("-").removeprefix("+")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 6):
        raise NotANumberOfSeconds(text)
    return int(text)


def give(told: Told, here: Room) -> Act:
    """The floor to a request, with the limit that applies."""
    request = waiting(here, told.get("request", ""))
    return FloorGiven(request.id, limit_for(here, request), reason_in(told))


def end(told: Told, here: Room) -> Act:
    """The end of the turn that the page showed."""
    of_this_turn(told, here)
    return TurnEnded(cut=told.get("cut", "") == "yes")


def pause(told: Told, here: Room) -> Act:
    """The clock of that turn stands."""
    of_this_turn(told, here)
    return TurnPaused()


def go_on(told: Told, here: Room) -> Act:
    """The clock of that turn runs."""
    of_this_turn(told, here)
    return TurnContinued()


def extend(told: Told, here: Room) -> Act:
    """More time, or less, for that turn."""
    of_this_turn(told, here)
    return TurnExtended(seconds_in(told))


def move(told: Told, here: Room) -> Act:
    """One place up or down among those who wait, with a reason."""
    request = waiting(here, told.get("request", ""))
    ids = [each.request.id for each in queue(here, request.item)]
    at = ids.index(request.id)
    if told.get("way") == "up":
        if at == 0:
            raise AtTheEdge(request.speaker.code, "first")
        return Moved(request.id, ids[at - 2] if at > 1 else None, reason_in(told))
    if at == len(ids) - 1:
        raise AtTheEdge(request.speaker.code, "last")
    return Moved(request.id, ids[at + 1], reason_in(told))


def ask(told: Told, here: Room) -> Act:
    """A request entered on behalf of a delegation."""
    kind, speaker = told.get("act", ""), speaker_in(told, here)
    return Asked(
        request=named(told, here, speaker),
        item=item_in(told, here),
        speaker=speaker,
        act=kind if kind in ("reply", "point_of_order") else "statement",  # type: ignore[arg-type]
        tier=told.get("tier") or None,
        reason=reason_in(told),
    )


def ask_presenter(told: Told, here: Room) -> Act:
    """A planned presenter of the item is entered, by the code of their office."""
    code, item = told.get("presenter", ""), item_in(told, here)
    must_be("item", item, here.plan.items)
    must_be("presenter", code, [code_of(each) for each in here.plan.items[item].presenters])
    speaker = Speaker("officers", code)
    return Asked(named(told, here, speaker), item, speaker)


def note_statement(told: Told, here: Room) -> Act:
    """A written statement that was handed in on paper; its text comes later, if it comes."""
    speaker = speaker_in(told, here)
    return StatementReceived(
        statement=named(told, here, speaker),
        item=item_in(told, here),
        speaker=speaker,
        language=told.get("language", "en"),
        sha256="",
        written=True,
    )


def limit(told: Told, here: Room) -> Act:
    """A limit for a category or a tier: the field `for` holds `category:…` or `tier:…`."""
    sort, _, name = told.get("for", "").partition(":")
    seconds, reason = seconds_in(told), reason_in(told)
    if sort == "tier":
        return LimitSet(seconds, tier=name, reason=reason)
    must_be("category", name, CATEGORIES)
    return LimitSet(seconds, category=name, reason=reason)  # type: ignore[arg-type]


def rule(told: Told, here: Room) -> Act:
    """The ruling on a point of order."""
    return PointRuled(told.get("request", ""), told.get("upheld", "") == "yes", reason_in(told, "ruling"))


def undo(told: Told, here: Room) -> Act:
    """The last act that the page named is undone."""
    text = told.get("undo", "")
    return Undone(int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else 0)


def withdraw(told: Told, here: Room) -> Act:
    """A request is off the list."""
    return Withdrawn(told.get("request", ""))


def reason_in(told: Told, name: str = "reason") -> str:
    """The reason that a form gives."""
    return told.get(name, "").strip()


def speaker_in(told: Told, here: Room) -> Speaker:
    """Whom a form names; raise NobodyNamed. A group or office has no list, and keeps the name it was given.

    Who speaks on behalf of a group speaks as that group does.
    """
    text, sort, group = told.get("who", "").strip(), told.get("sort", ""), told.get("behalf", "").strip()
    if sort == "groups" and text:
        return Speaker("groups", text.casefold().replace(" ", "-")[:40], name=text)
    if sort == "officers" and text:
        return Speaker(
            "officers", text.casefold().replace(" ", "-")[:40], name=text, instead_of=told.get("instead", "")
        )
    rules = pack(here.plan.convention)
    try:
        state = rules.names.find(text)
    except UnknownState as unknown:
        found = organisation_in(text, unknown)
    else:
        found = Speaker(here.participants.get(state.code, "states_not_party"), state.code)
    return Speaker("groups", found.code, on_behalf_of=group) if group else found


def organisation_in(text: str, unknown: UnknownState) -> Speaker:
    """An organization by code or exact name; raise NobodyNamed with the States that may be meant."""
    try:
        return Speaker("organizations", organisations().find(text).code)
    except UnknownOrganisation:
        raise NobodyNamed(text, unknown.do if text and " or " in unknown.do else "") from None


CATEGORIES = ("states_parties", "signatories", "states_not_party", "organizations", "groups", "officers")
ACTS: Mapping[str, Callable[[Told, Room], Act]] = {
    "open-sitting": lambda told, _here: SittingOpened(told.get("sitting", "")),
    "suspend": lambda told, _here: SittingSuspended(told.get("until", "").strip()),
    "resume": lambda _told, _here: SittingResumed(),
    "close-sitting": lambda _told, _here: SittingClosed(),
    "take": lambda told, here: ItemTaken(item_in(told, here), reason_in(told)),
    "conclude": lambda told, here: ItemConcluded(item_in(told, here), reason_in(told)),
    "close-list": lambda told, here: ListClosed(item_in(told, here)),
    "reopen-list": lambda told, here: ListReopened(item_in(told, here)),
    "give": give,
    "end": end,
    "pause": pause,
    "continue": go_on,
    "extend": extend,
    "absent": lambda told, here: FoundAbsent(waiting(here, told.get("request", "")).id),
    "move": move,
    "ask": ask,
    "present": ask_presenter,
    "withdraw": withdraw,
    "statement": note_statement,
    "limit": limit,
    "exchange": lambda told, _here: Exchanged(told.get("request", ""), told.get("other", "")),
    "passed-on": lambda _told, _here: SlowerPassedOn(),
    "rule": rule,
    "undo": undo,
}
