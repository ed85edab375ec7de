"""What a measure is, and how times are taken: warm-up first, medians, the two sides in turn."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Act = Callable[[], object]
HEADS = ["measure", "figure", "bare baseline", "ratio", "aim", "met"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table; figures are numbers of `unit`, `aim` compares the figure or, if `by_ratio`, the ratio."""

    name: str
    figure: float
    unit: str
    baseline: float | None = None
    aim: float | None = None
    by_ratio: bool = True
    more_is_better: bool = False

    @property
    def ratio(self) -> float | None:
        """The figure divided by its bare baseline."""
        return self.figure / self.baseline if self.baseline else None

    @property
    def is_met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        value = self.ratio if self.by_ratio else self.figure
        if self.aim is None or value is None:
            return None
        return value >= self.aim if self.more_is_better else value <= self.aim


def seconds_of(act: Act) -> float:
    """How long one act takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def median_seconds(act: Act, *, times: int, warm_up: int = 1) -> float:
    """The median of repeated acts after some that do not count."""
    for _ in range(warm_up):
        act()
    return median(seconds_of(act) for _ in range(times))


def medians_in_turn(ours: Act, bare: Act, *, rounds: int, times: int, warm_up: int = 20) -> tuple[float, float]:
    """The medians of the median of each round, ours and bare in turn (A-B-A-B), in seconds."""
    for _ in range(warm_up):
        ours(), bare()
    pairs = [
        (median_seconds(ours, times=times, warm_up=0), median_seconds(bare, times=times, warm_up=0))
        for _ in range(rounds)
    ]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def table(measures: list[Measure]) -> str:
    """The measures as one table of text."""
    rows = [HEADS, *(cells(measure) for measure in measures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    lines = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def markdown(measures: list[Measure]) -> list[str]:
    """The measures as the lines of a table in Markdown."""
    rows = [HEADS, ["---"] * len(HEADS), *(cells(measure) for measure in measures)]
    return [f"| {' | '.join(row)} |" for row in rows]


def cells(measure: Measure) -> list[str]:
    """One row of the table."""
    sign = "≥" if measure.more_is_better else "≤"
    unit = "" if measure.by_ratio else f" {measure.unit}"
    return [
        measure.name,
        f"{number(measure.figure)} {measure.unit}",
        f"{number(measure.baseline)} {measure.unit}" if measure.baseline else "—",
        number(measure.ratio) if measure.ratio else "—",
        f"{sign} {measure.aim:.4g}{unit}" if measure.aim is not None else "—",
        {True: "yes", False: "NO", None: "—"}[measure.is_met],
    ]


def number(value: float) -> str:
    """A number with three digits that mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def say(words: str) -> None:
    """Progress, kept apart from the result."""
    print(f"measuring: {words}", file=sys.stderr, flush=True)
