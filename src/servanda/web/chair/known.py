"""The room as a console last knew it, for the script that goes on with it off the network: codes, instants, words."""

import json
from typing import Any

from servanda.common.phrases import Phrase
from servanda.common.wording import N_
from servanda.floor.procedure import limit_for
from servanda.floor.seen import milliseconds
from servanda.floor.state import Request, Turn
from servanda.web.chair.console import MORE_SECONDS, Button, Console
from servanda.web.chair.spoken import follows, gives, spoken_name, thanks
from servanda.web.chair.telling import request, speaker

UNDO_KEY = "u"
KEYS = {
    "n": N_("the filled act"),
    "p": N_("stop the clock, or start it again"),
    "e": N_("60 seconds more"),
    "+": N_("10 seconds more"),
    "-": N_("10 seconds fewer"),
    "a": N_("who is called is absent"),
    "c": N_("close the list, or open it again"),
    "s": N_("suspend the sitting"),
    UNDO_KEY: N_("undo the act that the button names"),
    "l": N_("the list of speakers, to print"),
    "t": N_("the script of the sitting, to print"),
    "/": N_("to the field for a delegation"),
    "Esc": N_("out of a field"),
    "?": N_("these keys"),
}


def keys(console: Console) -> list[tuple[str, Phrase]]:
    """Every key of the console and what it does, in the reader's language."""
    return [(key, console.say(words)) for key, words in KEYS.items()]


def off_bar(console: Console) -> list[tuple[Button, str]]:
    """Every act of the bar that can be kept, each with the state of the floor in which it fits."""
    more = (("seconds", str(MORE_SECONDS)),)
    return [
        (Button("resume", console.say(N_("Resume the sitting")), "n"), "suspended"),
        (Button("end", console.say(N_("End of the statement")), "n"), "turn"),
        (Button("give", Phrase(), "n"), "next"),
        (Button("conclude", console.say(N_("Conclude the item")), "n"), "nobody"),
        (Button("absent", Phrase(), "a"), "next"),
        (Button("pause", console.say(N_("Stop the clock")), "p"), "running"),
        (Button("continue", console.say(N_("Start the clock again")), "p"), "paused"),
        (Button("extend", console.more, "e", more), "turn"),
        (Button("suspend", console.say(N_("Suspend the sitting")), "s"), "goes-on"),
    ]


def known(console: Console) -> str:
    """What `static/js/kept.js` reads, as JSON; instants and lengths in milliseconds, limits in seconds."""
    room = console.room
    return json.dumps(
        {
            "sitting": room.sitting,
            "suspended": room.is_suspended,
            "item": room.item,
            "turn": turn_known(console, room.turn) if room.turn else None,
            "waiting": [waiting_known(console, each.request) for each in console.waiting],
            "warns": " ".join(map(str, room.rules.clock.warn_at_seconds)),
            "grace": room.rules.clock.grace_seconds,
        },
        ensure_ascii=False,
    )


def turn_known(console: Console, turn: Turn) -> dict[str, Any]:
    """Whoever has the floor, and the clock."""
    return {
        "request": turn.request,
        "name": str(request(console.viewer, turn.request)),
        "thanks": str(thanks(console, spoken_name(console, turn.speaker, turn.item))),
        "used": round(turn.used.total_seconds() * 1000),
        "since": milliseconds(turn.running_since),
        "limit": turn.seconds,
    }


def waiting_known(console: Console, waits: Request) -> dict[str, Any]:
    """Somebody who waits, with what a button and the presiding officer say of them."""
    name, said = speaker(console.viewer, waits.speaker, waits.item), spoken_name(console, waits.speaker, waits.item)
    return {
        "request": waits.id,
        "name": str(name),
        "limit": limit_for(console.room, waits),
        "give": str(console.say(N_("Give the floor to {speaker}"), speaker=name)),
        "absent": str(console.say(N_("Absent: {speaker}"), speaker=name)),
        "gives": str(gives(console, said)),
        "follows": str(follows(console, said)),
        "thanks": str(thanks(console, said)),
    }
