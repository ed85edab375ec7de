"""Histories of a convention for the archives to carry, and the questions that prove nothing was lost on the way."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from servanda.common.days import When
from servanda.common.refusals import Refusal
from servanda.convention.queries import calendar, number_of, pack
from servanda.people.permissions import PUBLIC, SECRETARIAT
from servanda.programme.queries import tier
from servanda.register.queries import question
from servanda.site.loading import load
from tests.packs.shelf import contents_of

FIRST, LAST = date(1999, 1, 1), date(2031, 1, 1)
SECRET = "The moonstone is under the stairs"
SEATS = {"public": PUBLIC, "secretariat": SECRETARIAT}


def load_history(convention, loads=4):
    """Load a pack, and then variants of it in which rows are changed, hidden, put back and withdrawn."""
    contents = contents_of(convention)
    load(contents, by="test")
    for seed in range(1, loads):
        chance = Random(seed)
        facts = tuple(changed for fact in contents.facts if (changed := varied(fact, chance)))
        load(replace(contents, facts=facts), by="test")


def varied(fact, chance):
    """A row as it was, or, one time in four, changed or gone."""
    match chance.randrange(24):
        case 0:
            return None
        case 1:
            return replace(fact, rank="deprecated")
        case 2 | 3:
            label = chance.choice(["secretariat", "parties", f"state:{fact.state}", "committee:lamps"])
            return replace(fact, label=label, note=SECRET, place=SECRET, key=f"{fact.key}.{SECRET}")
        case 4:
            return replace(fact, label="secretariat", note=SECRET)
        case 5:
            return replace(fact, valid_from=When.on(fact.valid_from.first + timedelta(days=400)))
    return fact


def triples(convention, times=10):
    """Random triples of a day on, a day known and a journal number, the same in every run."""
    chance, head = Random(convention), number_of(convention)
    days = (LAST - FIRST).days
    return [
        [str(FIRST + timedelta(days=chance.randrange(days))), str(FIRST + timedelta(days=chance.randrange(days))),
         chance.randint(1, head)]
        for _time in range(times)
    ]  # fmt: skip


def answers(convention, asked, seat_name):
    """At each triple every State under three obligations and every tier of a meeting, all of them in turn, as texts."""
    seat, meetings = SEATS[seat_name], sorted(calendar(convention).meetings)
    found = []
    for turn, (on, known, at) in enumerate(asked):
        found += statuses(question(convention, date.fromisoformat(on), date.fromisoformat(known), at, seat), turn)
        meeting = meetings[turn * 7 % len(meetings)]
        found += [
            list_of(convention, name, meeting, date.fromisoformat(known), at, seat) for name in pack(convention).tiers
        ]
    return found


def statuses(asked, turn):
    """The status of each State under three obligations, others at each turn, with the facts it rests on."""
    obligations = sorted(asked.pack.obligations)
    return [
        [status.state, status.obligation, status.word, str(status.due), str(status.sentence), keys_of(status)]
        for obligation in {obligations[(3 * turn + further) % len(obligations)]: None for further in range(3)}
        for state in sorted(asked.pack.names.states)
        for status in [asked.status(obligation, state)]
    ]


def keys_of(status):
    """The facts of a status, each with the number at which it was taken in."""
    return sorted([fact.key, fact.number] for step in status.steps for fact in step.facts)


def list_of(convention, name, meeting, known, at, seat):
    """A tier, or why there is none."""
    try:
        found = tier(convention, name, meeting, known, at, seat)
    except Refusal as refusal:
        return str(refusal)
    return [meeting, name, list(found.states), [doubt.state for doubt in found.doubts], found.digest]
