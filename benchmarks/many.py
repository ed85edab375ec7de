"""One convention alone, and the same among a hundred: a million facts in one database must not make it dearer."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.filling import FACTS, STATES
from benchmarks.measure import Measure
from tests.processes import own_database

HELD, ASKED = 100, 24  # more are asked about than the register keeps in memory
ROUNDS = 3
AIM = 1.2
Figures = Mapping[str, float]


def many(folder: Path) -> list[Measure]:
    """The cost of one convention as a ratio to its cost alone; memory; a load against a bare insert."""
    places = [folder / "alone", folder / "held"]
    for place in places:
        place.mkdir()
    with own_database(places[0]) as alone, own_database(places[1]) as held:
        run(alone, "filling", "1")
        run(held, "filling", str(HELD))
        pairs = [(asked(alone, 1), asked(held, ASKED)) for _round in range(ROUNDS)]
        loaded = json.loads(run(alone, "loading"))
    return [*costs(pairs), *memory(pairs), load_measure(loaded)]


def costs(pairs: list[tuple[Figures, Figures]]) -> list[Measure]:
    """Each cost in the round in which it was least, on both sides: other work on the machine only ever adds."""
    names = [name for name in pairs[0][0] if not name.startswith("memory")]
    return [
        Measure(
            f"{name}, among {HELD} × {STATES} States × {FACTS} facts",
            min(held[name] for _alone, held in pairs), "ms",
            min(alone[name] for alone, _held in pairs), aim=AIM,
        )
        for name in names
    ]  # fmt: skip


def memory(pairs: list[tuple[Figures, Figures]]) -> list[Measure]:
    """The most memory of a process: asked about one convention, and about more than are kept."""
    alone, held = pairs[-1]
    return [
        Measure(f"memory, 1 convention of {STATES * FACTS:,} facts", alone["memory"], "MiB", alone["memory before"]),
        Measure(f"memory, {ASKED} of {HELD} asked about", held["memory"], "MiB", held["memory before"]),
    ]


def load_measure(loaded: Figures) -> Measure:
    """A load against its bare insert."""
    return Measure(f"load of {loaded['rows']:,.0f} facts", 1000 * loaded["ours"], "ms", 1000 * loaded["bare"])


def asked(environment: Mapping[str, str], count: int) -> Figures:
    """The figures of a process that is asked about some conventions."""
    figures: Figures = json.loads(run(environment, "asking", str(count)))
    return figures


def run(environment: Mapping[str, str], module: str, *words: str) -> str:
    """What a module of these benchmarks prints, in a process on a database of its own."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *words]
    return subprocess.run(command, env={**os.environ, **environment}, check=True, capture_output=True, text=True).stdout
