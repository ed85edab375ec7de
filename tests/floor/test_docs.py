"""The table of acts in docs/floor.md is what the code says."""

import re
from dataclasses import fields
from pathlib import Path

from servanda.convention.procedure import Knob, Profile
from servanda.floor import commands
from servanda.floor.log import KINDS, NEEDED, Act
from servanda.people.permissions import RULES
from tests.floor.judged import NAMED, refusals_by_kind

DOCUMENT = Path(__file__).parents[2] / "docs" / "floor.md"
CLASSES = {each.__dataclass_fields__["kind"].default: each for each in Act.__origin__.__args__}
ELSEWHERE = {"FloorIsNotOpen", "TooManyWords"}  # met by every act


def rows():
    """The rows of the table: act, who may, the fields that are logged, the refusals."""
    lines = [line.strip("| ").split(" | ") for line in DOCUMENT.read_text(encoding="utf-8").splitlines()]
    table = [line for line in lines if line[0].strip("`") in KINDS]
    return [(act.strip("`"), who, named(logged), named(refused)) for act, who, logged, refused in table]


def named(cell):
    """The words in code of a cell."""
    return re.findall(r"`(\w+)`", cell)


def test_every_act_stands_in_the_table_with_who_may_what_is_logged_and_when_it_is_refused():
    refused = refusals_by_kind()

    assert rows() == [
        (
            kind,
            NEEDED[kind],
            [field.name for field in fields(CLASSES[kind]) if field.name != "kind"],
            sorted(refused[kind]),
        )
        for kind in KINDS
    ]


def test_every_act_needs_a_permission_that_the_table_of_seats_knows():
    assert set(NEEDED.values()) - set(RULES) == set()


def test_no_refusal_of_the_floor_is_left_without_an_act_that_meets_it():
    assert set().union(*refusals_by_kind().values()) == NAMED - ELSEWHERE


def test_the_rules_that_nothing_follows_are_told():
    floor = "".join(path.read_text(encoding="utf-8") for path in Path(commands.__file__).parent.glob("*.py"))
    knobs = [each.annotation for each in Profile.model_fields.values() if isinstance(each.annotation, type)]
    names = [name for knob in knobs if issubclass(knob, Knob) for name in knob.model_fields if name != "source"]
    told = DOCUMENT.read_text(encoding="utf-8").partition("## Rules that nothing follows yet")[2].partition(". `end")[0]

    assert sum(issubclass(knob, Knob) for knob in knobs) == 18
    assert named(told) == [name for name in names if not re.search(rf"[.]{name}\b", floor) and name != "recorded"]
