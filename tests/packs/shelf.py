"""The packs that tests read: the real one, the invented one, and copies of the invented one with one thing changed."""

import shutil
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from servanda.common.days import When
from servanda.convention.checking import read_pack
from servanda.documents.sources import Source
from servanda.programme.cases import CaseBench
from servanda.programme.derivation import derive_tier, find_tier
from servanda.register.facts import Fact
from servanda.register.status import Question

TOY = Path(__file__).parent / "toy"
APMBC = Path(__file__).parents[2] / "packs" / "apmbc"
CCM = APMBC.parent / "ccm"
FOLDERS = {"toy": TOY, "apmbc": APMBC, "ccm": CCM}
SOMEONE = Source("Someone", "state_report")


@cache
def contents_of(convention):
    """A pack as read and checked, once a run."""
    return read_pack(FOLDERS[convention])


@cache
def bench_of(convention):
    """A pack's rules, calendar and register, ready to be asked without a database."""
    return CaseBench(contents_of(convention))


def day(text):
    """A day as a text."""
    return date.fromisoformat(text)


def question(convention, on, known=None, register=None):
    """A question of statuses on a day, as known on it unless another day is given."""
    bench = bench_of(convention)
    return Question(bench.pack, bench.calendar, (register or bench.register).as_known(known or on), on)


def status_of(convention, obligation, state, on, known=None, register=None):
    """The status of one State."""
    return question(convention, on, known, register).status(obligation, state)


def tier_of(convention, tier, meeting, known=None, register=None, rule=None):
    """A tier, as known on the meeting's first day unless another day is given."""
    bench = bench_of(convention)
    found = bench.calendar.meeting(meeting)
    return derive_tier(
        pack=bench.pack,
        calendar=bench.calendar,
        register=register or bench.register,
        meeting=found,
        tier=rule or find_tier(bench.pack, tier),
        known=known or found.start,
    )


def a_fact(key="XAA.invented", state="XAA", predicate="dark-coasts-reported", on="2002-03-01", **changes):
    """A fact of no pack, known on the day it happened."""
    plain = Fact(
        key=key,
        number=1,
        standing="fact",
        subject=state,
        predicate=predicate,
        value="",
        valid_from=When.parse(on),
        valid_to=None,
        known_on=When.parse(on),
        source=SOMEONE,
    )
    return replace(plain, **changes)


def copy_of_toy(place):
    """A copy of the invented pack that a test may spoil."""
    return Path(shutil.copytree(TOY, place / "toy"))


def change(folder, file, old, new):
    """Change one thing in a file of a pack."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def add_line(folder, file, line):
    """Add a line at the end of a file of a pack, and return its number."""
    path = folder / file
    text = path.read_text(encoding="utf-8") + line + "\n"
    path.write_text(text, encoding="utf-8")
    return text.count("\n")
