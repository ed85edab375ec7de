"""A small meeting held in memory: the pure core alone, with a clock that the test turns."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import yaml

from servanda.common.languages import Text
from servanda.convention.procedure import Profile
from servanda.floor.commands import refuse
from servanda.floor.folding import after, fold
from servanda.floor.log import FloorOpened, Logged, Speaker, act_of, body_of
from servanda.programme.keeping import body_of as plan_body
from servanda.programme.keeping import digest_of
from servanda.programme.plan import AsOf, Day, Entry, Invited, Item, Plan, Sitting, Tier

PACK = Path(__file__).parents[2] / "packs" / "apmbc"
START = datetime(2024, 6, 18, 8, tzinfo=UTC)  # ten in the morning at the place
PARTIES = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF")
PARTICIPANTS = {**dict.fromkeys(PARTIES, "states_parties"), "SSS": "signatories", "NNN": "states_not_party"}
SPEAKERS = (
    *(Speaker("states_parties", code) for code in PARTIES),
    Speaker("signatories", "SSS"),
    Speaker("states_not_party", "NNN"),
    Speaker("organizations", "ORG"),
    Speaker("groups", "AAA", on_behalf_of="The Six"),
    Speaker("officers", "bureau"),
)


def words(english):
    """Words in English."""
    return Text.of({"en": english})


def tier(kind, *states, open_to=()):
    """A tier that names States, or is open to some."""
    named = tuple(Invited(state, "computed") for state in states)
    prints = "names" if states else "rule"
    return Tier(kind, words(kind), words("Invited to speak"), prints, named, open_to=open_to)


EVERYBODY = ("states_parties", "states_not_party", "organizations")
ASKED, ALL = tier("asked", "CCC", "AAA", "BBB"), tier("all", open_to=EVERYBODY)
ITEMS = (
    Item("1", "1", "1", "item", words("Opening")),
    Item("2", "2", "2", "item", words("Clearance"), tiers=(ASKED, ALL)),
    Item("3", "3", "3", "item", words("Assistance"), tiers=(tier("invited", "DDD"), tier("rest", open_to=EVERYBODY))),
)  # fmt: skip


BEGUN = {"1": "first", "2": "first", "3": "second"}


def sitting(name, day, hour, *items):
    """A sitting of three hours in which items are taken, or gone on with."""
    entries = tuple(Entry(f"{name}.{item}", "item", item, continued=name != BEGUN[item]) for item in items)
    return Sitting(name, day, time(hour), time(hour + 3), entries=entries)


FIRST, SECOND = date(2024, 6, 18), date(2024, 6, 19)
SITTINGS = (
    sitting("first", FIRST, 10, "1", "2"),
    sitting("second", FIRST, 15, "2", "3"),
    sitting("third", SECOND, 10, "2", "3"),
)
PLAN = Plan(
    convention="lamp", code="W1", kind="working-session", title=words("Session"), convention_title=words("Lamps"),
    start=FIRST, end=SECOND, city=words("Geneva"), venue=words("Hall"), room="One", timezone="Europe/Zurich",
    as_of=AsOf(FIRST, FIRST, 1, "1", "0" * 64), agenda=ITEMS,
    days=(Day(FIRST, SITTINGS[:2]), Day(SECOND, SITTINGS[2:])),
)  # fmt: skip


def profile(name="informal", **knobs):
    """A profile of the pack, with some knobs turned."""
    held = yaml.safe_load((PACK / "procedure" / f"{name}.yaml").read_text(encoding="utf-8"))
    for knob, turned in knobs.items():
        held[knob] = {**held[knob], **turned}
    return Profile.model_validate(held)


def opening(rules, **more):
    """The act that opens the floor."""
    body = plan_body(PLAN)
    given = {"participants": PARTICIPANTS, **more}
    return FloorOpened(body, 1, digest_of(body), rules.model_dump(mode="json", exclude_defaults=True), **given)


class Hall:
    """A floor in memory: every act is judged, written as JSON, read again and folded, as the journal does it."""

    def __init__(self, rules=None, **more):
        self.room, self.log, self.now = None, [], START
        self.do(opening(rules or profile(), **more))

    def do(self, act, by="console"):
        """Do an act now; raise its refusal."""
        refuse(self.room, act, self.now)
        written = json.loads(json.dumps(body_of(act)))
        entry = Logged(len(self.log) + 1, act_of(act.kind, written), self.now, by)
        self.log.append(entry)
        self.room = after(self.room, entry)
        return self.room

    def wait(self, seconds):
        """Let time pass; less than nothing where a clock is set back."""
        self.now += timedelta(seconds=seconds)

    def read_anew(self):
        """The room, folded from the whole log."""
        return fold(deepcopy(self.log))


def without_number(room):
    """A room but for what undoing moves on."""
    return replace(room, number=0, undone=None, history=())
