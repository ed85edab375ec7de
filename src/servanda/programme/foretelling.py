"""A forecast in words and as JSON: whole sentences on sittings, the assumptions beside them, `servanda-forecast/1`."""

from datetime import time
from typing import TYPE_CHECKING

from servanda.common.wording import N_, Sentence, Value

if TYPE_CHECKING:
    from servanda.programme.forecast import Ends, Forecast, ItemForecast, Minutes, SittingForecast

NOON, EVENING = time(12), time(18)
# Each says the same of a morning, an afternoon, and a sitting at another time of the day.
GOES_ON = (
    N_(
        "The morning of {day} needs about {needed} min and has {has}; "
        "in {chance} of 100 cases it overruns, then by about {minutes} min, which go on in a later sitting."
    ),
    N_(
        "The afternoon of {day} needs about {needed} min and has {has}; "
        "in {chance} of 100 cases it overruns, then by about {minutes} min, which go on in a later sitting."
    ),
    N_(
        "The sitting of {day} that begins at {start} needs about {needed} min and has {has}; "
        "in {chance} of 100 cases it overruns, then by about {minutes} min, which go on in a later sitting."
    ),
)
IS_LOST = (
    N_(
        "The morning of {day} needs about {needed} min and has {has}; "
        "in {chance} of 100 cases it overruns, then by about {minutes} min, of which {lost} find no later sitting."
    ),
    N_(
        "The afternoon of {day} needs about {needed} min and has {has}; "
        "in {chance} of 100 cases it overruns, then by about {minutes} min, of which {lost} find no later sitting."
    ),
    N_(
        "The sitting of {day} that begins at {start} needs about {needed} min and has {has}; "
        "in {chance} of 100 cases it overruns, then by about {minutes} min, of which {lost} find no later sitting."
    ),
)
FITS = (
    N_(
        "The morning of {day} has {has} min for its items, which are expected to need {needed}; "
        "in {chance} of 100 cases they need more."
    ),
    N_(
        "The afternoon of {day} has {has} min for its items, which are expected to need {needed}; "
        "in {chance} of 100 cases they need more."
    ),
    N_(
        "The sitting of {day} that begins at {start} has {has} min for its items, which are expected to need {needed}; "
        "in {chance} of 100 cases they need more."
    ),
)
NOT_ESTIMATED = N_(
    "Whether the sitting of {day} from {start} to {end} fits is not estimated: "
    "nothing is known of the length of {items}. What else is taken in it is expected to need {needed} of its {has} min."
)
IS_FIXED = N_("All that is held on {day} from {start} to {end} has a time of its own.")
TURNS = N_(
    "Assumed, not measured: {seconds} s from one speaker to the next; of 100 turns {half} take half of the time limit, "
    "{most} three quarters, {all} all of it and {longer} a quarter more."
)
PRESENTING = N_(
    "Assumed: whoever presents takes one turn of up to {seconds} s; those who share it add a change of speaker alone."
)
HELD_FIXED = N_("Breaks, panels and meetings inside this one keep their times; what is not finished is carried on.")
NOT_COUNTED = N_("Where it is not known how many a list invites, it is counted like a call for comments.")


def sentence_of(told: "SittingForecast") -> Sentence:
    """What a sitting needs and has, in one sentence."""
    sitting = told.sitting
    clock: dict[str, Value] = {"day": sitting.day, "start": f"{sitting.start:%H:%M}", "end": f"{sitting.end:%H:%M}"}
    part = 0 if sitting.start < NOON else 1 if sitting.start < EVENING else 2
    if not told.has:
        return Sentence.of(IS_FIXED, **clock)
    if told.needs.expected <= told.has and told.not_estimated:
        items = ", ".join(told.not_estimated)
        return Sentence.of(NOT_ESTIMATED, items=items, has=told.has, needed=told.needs.expected, **clock)
    counts: dict[str, Value] = {
        "has": told.has,
        "needed": told.needs.expected,
        "chance": round(100 * told.overruns),
    }
    if told.needs.expected <= told.has:
        return Sentence.of(FITS[part], **counts, **clock)
    if 10 * told.lost >= told.beyond.expected:
        return Sentence.of(IS_LOST[part], minutes=told.overruns_by, lost=told.then_lost, **counts, **clock)
    return Sentence.of(GOES_ON[part], minutes=told.overruns_by, **counts, **clock)


def forecast_as_json(found: "Forecast", language: str = "en") -> dict[str, object]:
    """A forecast for exchange: minutes, times local to the meeting, chances from 0 to 1."""
    return {
        "format": "servanda-forecast/1",
        "convention": found.convention,
        "meeting": found.code,
        "runs": found.runs,
        "sittings": [sitting_as_json(each, language) for each in found.sittings],
        "items": [item_as_json(each, language) for each in found.items],
        "assumptions": [sentence.said_in(language) for sentence in found.assumptions],
    }


def sitting_as_json(told: "SittingForecast", language: str) -> dict[str, object]:
    """One sitting."""
    sitting = told.sitting
    is_estimated = not told.not_estimated
    return {
        "id": sitting.id,
        "day": sitting.day.isoformat(),
        "start": f"{sitting.start:%H:%M}",
        "end": f"{sitting.end:%H:%M}",
        "has": told.has,
        "on_paper": told.on_paper,
        "needs": minutes_as_json(told.needs) if is_estimated else None,
        "beyond": minutes_as_json(told.beyond) if is_estimated else None,
        "overruns": round(told.overruns, 3) if is_estimated else None,
        "overruns_by": told.overruns_by if is_estimated else None,
        "lost": told.lost if is_estimated else None,
        "not_estimated": list(told.not_estimated),
        "says": told.sentence.said_in(language),
    }


def item_as_json(told: "ItemForecast", language: str) -> dict[str, object]:
    """One item with its tiers."""
    return {
        "item": told.item,
        "number": told.number,
        "title": told.title.shown_in(language).words,
        "on_paper": told.on_paper,
        "needs": minutes_as_json(told.needs),
        "ends": ends_as_json(told.ends),
        "not_reached": round(told.not_reached, 3),
        "tiers": [
            {
                "tier": tier.kind,
                "invited": tier.invited,
                "expected_speakers": tier.expected_speakers,
                "limit": tier.limit,
                "others_ask": tier.others_ask,
                "learnt_from": list(tier.learnt_from),
            }
            for tier in told.tiers
        ],
    }


def minutes_as_json(minutes: "Minutes") -> dict[str, int]:
    """A length."""
    return {"expected": minutes.expected, "p10": minutes.p10, "p50": minutes.p50, "p90": minutes.p90}


def ends_as_json(ends: "Ends") -> dict[str, str]:
    """An end, to the minute."""
    return {name: getattr(ends, name).isoformat(timespec="minutes") for name in ("p10", "p50", "p90")}
