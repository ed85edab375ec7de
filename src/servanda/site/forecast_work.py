"""What `servanda forecast` does: how long the programme of a meeting will take, as a table or as JSON."""

import argparse
from collections.abc import Iterable

from servanda.common.days import parse_day
from servanda.common.refusals import WrongUsage
from servanda.programme.forecast import (
    RUNS,
    Forecast,
    ItemForecast,
    Minutes,
    SittingForecast,
    TierForecast,
    find_item,
)
from servanda.programme.foretelling import forecast_as_json
from servanda.programme.queries import forecast, plan
from servanda.site.command import say
from servanda.site.work import plain, print_json


class NotALimit(WrongUsage):
    """A limit that is not written as a tier and its seconds."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"--limit {text!r} is not a limit.",
            "A limit names a tier of the programme and the seconds that one turn in it may take.",
            "Write it as hearing=120; several limits each with --limit.",
        )


class LimitStandsTwice(WrongUsage):
    """Two limits for one tier."""

    def __init__(self, tier: str) -> None:
        super().__init__(f"{tier} has two limits.", "A turn has one.", "Keep one of them.")


class RunsAreNoNumber(WrongUsage):
    """The number of runs is not a number."""

    def __init__(self, text: str) -> None:
        super().__init__(f"--runs {text!r} is not a number.", "It counts runs.", f"Write one, as {RUNS}.")


def show_forecast(chosen: argparse.Namespace) -> int:
    """`servanda forecast`: how long each sitting and item is expected to take."""
    known = parse_day(chosen.known, "--known") if chosen.known else None
    limits, runs = limits_in(chosen.limit), runs_in(chosen.runs)
    planned = plan(chosen.convention, chosen.code, known)
    item = find_item(planned, chosen.item).id if chosen.item is not None else None
    found = forecast(chosen.convention, chosen.code, known, limits, runs)
    if item is not None:
        found = found.of_item(item)
    if chosen.format == "json":
        print_json(forecast_as_json(found))
        return 0
    print_forecast(found, with_tiers=item is not None)
    for sentence in found.assumptions:
        say(plain(sentence))
    return 0


def limits_in(texts: Iterable[str]) -> dict[str, int]:
    """Limits as they are written: a tier, =, and seconds."""
    limits: dict[str, int] = {}
    for text in texts:
        tier, equals, seconds = text.partition("=")
        if not (tier and equals and is_number(seconds.removeprefix("-"))):
            raise NotALimit(text)
        if tier in limits:
            raise LimitStandsTwice(tier)
        limits[tier] = int(seconds)
    return limits


def runs_in(text: str) -> int:
    """The number of runs."""
    if not is_number(text.removeprefix("-")):
        raise RunsAreNoNumber(text)
    return int(text)


def is_number(text: str) -> bool:
    """Whether a text is a whole number of a sensible length."""
    return text.isascii() and text.isdecimal() and len(text) <= 12


def print_forecast(found: Forecast, *, with_tiers: bool) -> None:
    """Sittings, then items, then the sittings in words."""
    print(f"{found.convention} {found.code}: minutes expected, and not exceeded in 10, 50 and 90 of 100 cases")
    print(row(("sitting", 25), "has", "paper", "needs", "10", "50", "90", "beyond", "chance"))
    for sitting in found.sittings:
        print_sitting(sitting)
    print(row(("item", 25), "", "paper", "needs", "10", "50", "90", ("ends by, in 10", 16), ("50", 14), ("90", 14)))
    for item in found.items:
        print_item(item)
        for tier in item.tiers if with_tiers else ():
            print_tier(tier)
    for sitting in found.sittings:
        print(plain(sitting.sentence))


def print_sitting(told: SittingForecast) -> None:
    """One sitting as a line; "-" where an item in it has a length that nobody knows."""
    sitting = told.sitting
    clock = f"{sitting.day} {sitting.start:%H:%M}-{sitting.end:%H:%M}"
    if told.not_estimated:
        print(row((clock, 25), told.has, told.on_paper, *["-"] * 6))
        return
    print(row((clock, 25), told.has, told.on_paper, *lengths(told.needs), told.beyond.expected, f"{told.overruns:.2f}"))


def print_item(told: ItemForecast) -> None:
    """One item as a line; by the clock of the meeting."""
    ends = (f"{end:%d %b %H:%M}" for end in (told.ends.p10, told.ends.p50, told.ends.p90))
    first, *others = ends
    print(
        row(
            (told.number or told.item, 25),
            "",
            told.on_paper,
            *lengths(told.needs),
            (first, 16),
            *((end, 14) for end in others),
        )
    )


def print_tier(told: TierForecast) -> None:
    """One tier as a line: how many are invited, how many are expected, the limit of a turn and what it rests on."""
    invited = "asking" if told.invited is None else f"{told.invited} invited"
    asking = ", and those who ask besides" if told.others_ask and told.invited is not None else ""
    learnt = ", ".join(told.learnt_from) or "no meeting"
    print(f"  {told.kind}: {invited}{asking}, {told.expected_speakers} expected, {told.limit} s a turn; from {learnt}")


def lengths(minutes: Minutes) -> tuple[int, int, int, int]:
    """A length as four cells."""
    return minutes.expected, minutes.p10, minutes.p50, minutes.p90


def row(first: tuple[str, int], *cells: object) -> str:
    """Cells in columns; the first to the left."""
    words, width = first
    parts = [f"{words:<{width}}"]
    for cell in cells:
        text, wide = cell if isinstance(cell, tuple) else (cell, 7)
        parts.append(f"{text:>{wide}}")
    return "".join(parts).rstrip()
