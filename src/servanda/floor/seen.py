"""What everybody may see of a room, as JSON: `servanda-floor/1`, in codes and instants, the same for every reader.

It travels in each event of the live stream and stands in `state.json`. Instants are whole milliseconds since the
epoch (UTC), lengths milliseconds or, as their names say, seconds. Names are apart, by language.
"""

import json
from datetime import datetime, timedelta

from servanda.floor.view import Clock, ItemSeen, OnTheList, PublicView, SittingSeen, SpeakerSeen, TurnSeen

FORMAT = "servanda-floor/1"
Json = dict[str, object]


def floor_as_json(view: PublicView) -> Json:
    """The room as everybody sees it, without a word in any language."""
    return {
        "format": FORMAT,
        "convention": view.convention,
        "meeting": view.meeting,
        "rehearsal": view.rehearsal,
        "number": view.number,
        "at_ms": milliseconds(view.at),
        "sitting": sitting_as_json(view.sitting) if view.sitting else None,
        "item": item_as_json(view.item) if view.item else None,
        "turn": turn_as_json(view.turn) if view.turn else None,
        "interrupted": turn_as_json(view.interrupted) if view.interrupted else None,
        "next": [place_as_json(each) for each in view.following],
        "waiting": view.waiting,
    }


def whole_as_json(view: PublicView) -> Json:
    """The same as `floor`, with the whole list, the turns held on the item, and the words of one language."""
    turns = (*view.held, *(turn for turn in (view.turn, view.interrupted) if turn))
    seen = [*(place.speaker for place in view.listed), *(turn.speaker for turn in turns)]
    return {
        "floor": floor_as_json(view),
        "listed": [place_as_json(each) for each in view.listed],
        "held": [turn_as_json(turn) for turn in view.held],
        "language": view.language,
        "words": {
            "title": str(view.title),
            "item": str(view.item.title) if view.item else "",
            "speakers": {each.code: str(each.name) for each in seen},
        },
    }


def written(content: Json) -> bytes:
    """JSON in one line, the same bytes for the same content."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()


def sitting_as_json(sitting: SittingSeen) -> Json:
    """The sitting that goes on; `start`, `end` and `until` are times of the place."""
    return {
        "id": sitting.id,
        "day": sitting.day.isoformat(),
        "start": f"{sitting.start:%H:%M}",
        "end": f"{sitting.end:%H:%M}",
        "opened_at_ms": milliseconds(sitting.opened_at),
        "suspended": sitting.is_suspended,
        "until": sitting.until,
    }


def item_as_json(item: ItemSeen) -> Json:
    """The item under consideration."""
    return {
        "id": item.id,
        "number": item.number,
        "printed": item.printed,
        "list_is_open": item.list_is_open,
        "list_closes_at_ms": milliseconds(item.list_closes_at),
    }


def turn_as_json(turn: TurnSeen) -> Json:
    """A turn and its clock."""
    return {
        "number": turn.number,
        "item": turn.item,
        "act": turn.act,
        "speaker": speaker_as_json(turn.speaker),
        "clock": clock_as_json(turn.clock),
        "ended_at_ms": milliseconds(turn.ended_at),
    }


def clock_as_json(clock: Clock) -> Json:
    """A clock: time used is `used_ms`, and `speed` times what passed since `running_since_ms` if it runs."""
    return {
        "started_at_ms": milliseconds(clock.started_at),
        "used_ms": clock.used // timedelta(milliseconds=1),
        "running_since_ms": milliseconds(clock.running_since),
        "limit_seconds": clock.limit_seconds,
        "warns_at_seconds": list(clock.warns_at_seconds),
        "grace_seconds": clock.grace_seconds,
        "hard": clock.hard,
        "speed": clock.speed,
    }


def place_as_json(place: OnTheList) -> Json:
    """A place on the list."""
    return {"place": place.place, "act": place.act, "speaker": speaker_as_json(place.speaker)}


def speaker_as_json(speaker: SpeakerSeen) -> Json:
    """Who speaks, by category and code."""
    return {"category": speaker.category, "code": speaker.code, "on_behalf_of": str(speaker.on_behalf_of)}


def milliseconds(instant: datetime | None) -> int | None:
    """An instant in whole milliseconds since the epoch."""
    return None if instant is None else int(instant.timestamp() * 1000)
