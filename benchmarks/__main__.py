"""`python -m benchmarks`: one table; with DATABASE_URL, on a database of its own on that server.

Loading is always measured on SQLite in an empty folder, for that is what a first visitor does. The floor live has
a table of its own: `python -m benchmarks live`, into a page with `--write docs/measures.md`.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.crowd import CrowdIsWrong
from benchmarks.durable import durable
from benchmarks.evaluation import deriving, evaluation, forecasting, reading
from benchmarks.live import Extent, live, written_into
from benchmarks.many import many
from benchmarks.measure import Measure, markdown, median_seconds, say, table
from benchmarks.pages import PageIsWrong, load_tool, pages
from tests.processes import own_database, servanda


def main() -> int:
    """Measure all, print the table; 1 if an aim is missed or a measure could not be taken."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description="Ratios against a bare baseline.")
    asked.add_argument("what", nargs="?", choices=("house", "live"), default="house")
    asked.add_argument("--write", type=Path, metavar="PAGE", help="put the table of the live floor into this page")
    chosen, begun = asked.parse_args(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="servanda-bench-") as folder, own_database(Path(folder)) as environment:
        os.environ.update(environment)
        measures, missing = live_measures(Path(folder)) if chosen.what == "live" else all_measures(Path(folder))
    print(table(measures))
    print(*(below := told_below(begun)))
    print(*missing, sep="\n", end="", file=sys.stderr)
    if chosen.write and chosen.what == "live":
        written_into(chosen.write, [*markdown(measures), "", *below])
    return 1 if missing or any(measure.is_met is False for measure in measures) else 0


def told_below(begun: float) -> list[str]:
    """What is said below a table, in lines: on what the measures were taken, and for how long."""
    database = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
    where = f"{database}; Python {platform.python_version()}; {os.cpu_count()} cores; {date.today()};"  # noqa: DTZ011
    return [where, f"pages loaded with {load_tool()}; medians; {time.monotonic() - begun:.0f} s in all."]


def live_measures(folder: Path) -> tuple[list[Measure], list[str]]:
    """The measures of the live floor, or what was wrong."""
    prepare()
    say("the floor live")
    try:
        return live(folder, Extent()), []
    except (CrowdIsWrong, PageIsWrong) as wrong:
        return [], [f"The live floor was not measured: {wrong}\n"]


def all_measures(folder: Path) -> tuple[list[Measure], list[str]]:
    """Every measure, and what could not be measured."""
    measures = [cold_load()]
    prepare()
    say("statuses and a tier")
    measures += [reading(), *evaluation(), *deriving(), forecasting()]
    say("a durable act")
    measures.append(durable(folder, os.environ.get("DATABASE_URL", "")))
    say("one convention among a hundred")
    measures += many(folder)
    say("pages")
    try:
        measures += pages(folder)
    except PageIsWrong as wrong:
        return measures, [f"Pages were not measured: {wrong}\n"]
    return measures, []


def cold_load() -> Measure:
    """`servanda load apmbc` into an empty data folder, the start of Python and the migrations included."""
    say("loading into an empty folder")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}

    def act() -> None:
        with tempfile.TemporaryDirectory(prefix="servanda-cold-") as empty:
            servanda(environment | {"SERVANDA_DATA": empty}, "load", "apmbc").check_returncode()

    return Measure("servanda load apmbc, empty folder (SQLite)", median_seconds(act, times=3), "s")


def prepare() -> None:
    """Load the pack into the database to be measured, and make Django ready here."""
    servanda(dict(os.environ), "load", "apmbc").check_returncode()
    import django  # only now does the environment name the database

    django.setup()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failed:
        sys.exit(f"{failed}\n{failed.stderr or ''}")
