"""The clock: it follows that of the machine, and never goes back."""

import re
from pathlib import Path

import pytest

import servanda
from servanda.common.clock import FARTHEST, SECOND, Steady

HOUR = 3600 * SECOND


class Machine:
    """A machine with two clocks, of which one can be set."""

    def __init__(self):
        self.wall, self.steady = 1_718_700_000 * SECOND, 5 * SECOND

    def goes_on(self, seconds):
        self.wall += int(seconds * SECOND)
        self.steady += int(seconds * SECOND)


@pytest.fixture
def machine():
    return Machine()


@pytest.fixture
def clock(machine):
    return Steady(lambda: machine.wall, lambda: machine.steady)


def test_it_follows_the_clock_of_the_machine(machine, clock):
    machine.goes_on(60)

    assert clock.now_ns() == machine.wall


def test_it_goes_on_evenly_when_the_machine_is_set_back(machine, clock):
    before = clock.now_ns()

    machine.wall -= HOUR
    machine.goes_on(90)

    assert clock.now_ns() - before == 90 * SECOND
    machine.goes_on(1)
    assert clock.now_ns() - before == 91 * SECOND


def test_it_follows_the_machine_again_when_this_is_set_right(machine, clock):
    machine.wall -= HOUR
    clock.now_ns()
    machine.goes_on(5)
    clock.now_ns()
    machine.wall += HOUR

    assert clock.now_ns() == machine.wall


def test_it_follows_a_machine_that_is_set_forward_or_slept(machine, clock):
    machine.wall += HOUR

    assert clock.now_ns() == machine.wall


def test_uneven_readings_do_not_drive_it_forward(machine, clock):
    before = clock.now_ns()
    machine.wall -= SECOND // 100

    assert clock.now_ns() == before
    machine.goes_on(1)
    assert clock.now_ns() == machine.wall


def test_it_is_not_earlier_than_what_is_on_record(machine, clock):
    clock.reach(machine.wall + HOUR)
    machine.goes_on(2)

    assert clock.now_ns() == machine.wall + HOUR
    assert clock.now_ns() == machine.wall + HOUR


def test_an_instant_too_far_ahead_is_not_believed(machine, clock):
    clock.reach(machine.wall + FARTHEST + SECOND)

    assert clock.now_ns() == machine.wall


def test_the_present_is_asked_of_this_clock_alone():
    asks = re.compile(r"time\.time\(|time_ns\(\)|datetime\.now\(|\bdate\.today\(|timezone\.now\(")
    source = Path(servanda.__file__).parent

    asking = {path.name for path in source.rglob("*.py") if asks.search(path.read_text(encoding="utf-8"))}

    assert asking == set()
