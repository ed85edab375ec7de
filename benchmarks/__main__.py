"""`python -m benchmarks`: one table; with DATABASE_URL, on a database of its own on that server.

Loading is always measured on SQLite in an empty folder, for that is what a first visitor does.
"""

import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.durable import durable
from benchmarks.evaluation import deriving, evaluation, forecasting, reading
from benchmarks.many import many
from benchmarks.measure import Measure, median_seconds, table
from benchmarks.pages import PageIsWrong, load_tool, pages
from tests.processes import own_database, servanda


def main() -> int:
    """Measure all, print the table; 1 if an aim is missed or a measure could not be taken."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="servanda-bench-") as folder, own_database(Path(folder)) as environment:
        os.environ.update(environment)
        measures, missing = all_measures(Path(folder))
    print(table(measures))
    database = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
    print(
        f"{database}; Python {platform.python_version()}; {os.cpu_count()} cores; pages loaded with {load_tool()};",
        end=" ",
    )
    print(f"medians; {time.monotonic() - begun:.0f} s in all.")
    print(*missing, sep="\n", end="", file=sys.stderr)
    return 1 if missing or any(measure.is_met is False for measure in measures) else 0


def all_measures(folder: Path) -> tuple[list[Measure], list[str]]:
    """Every measure, and what could not be measured."""
    measures = [cold_load()]
    prepare()
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
    say("statuses and a tier")
    servanda(dict(os.environ), "load", "apmbc").check_returncode()
    import django  # only now does the environment name the database

    django.setup()


def say(words: str) -> None:
    """Progress, kept apart from the result."""
    print(f"measuring: {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failed:
        sys.exit(f"{failed}\n{failed.stderr or ''}")
