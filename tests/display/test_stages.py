"""How far a meeting has come, and what comes next by the programme."""

from datetime import time

import pytest

from servanda.floor.log import SittingClosed, SittingOpened, SittingResumed, SittingSuspended
from servanda.floor.stages import stage_of, time_said
from tests.floor.hall import SITTINGS, Hall


def test_a_meeting_goes_through_its_stages():
    hall, (first, second, third) = Hall(), SITTINGS

    found = [stage_of(hall.room)]
    for act in (
        SittingOpened("first"), SittingSuspended("11:30"), SittingResumed(), SittingClosed(),
        SittingOpened("second"), SittingClosed(), SittingOpened("third"), SittingClosed(),
    ):  # fmt: skip
        found.append(stage_of(hall.do(act)))

    assert [(each.name, each.following, each.until) for each in found] == [
        ("before", first, None),
        ("on", None, None),
        ("suspended", None, time(11, 30)),
        ("on", None, None),
        ("break", second, None),
        ("on", None, None),
        ("adjourned", third, None),
        ("on", None, None),
        ("over", None, None),
    ]


@pytest.mark.parametrize(("said", "understood"), [("15:00", time(15)), ("", None), ("after the vote", None)])
def test_only_a_time_is_told_as_one(said, understood):
    assert time_said(said) == understood
