"""What the page on the forecast says of how well it foresees is what the data say, each meeting left out in turn."""

from pathlib import Path

import pytest

from servanda.programme.attendance import Attendance, left_out, numbers_left_out
from tests.packs.shelf import bench_of

PAGE = Path(__file__).parents[2] / "docs" / "forecast.md"
NAMED = {"duty": "named or dated duties", "general": "long general lists"}
ASKED = {"open": "open floors", "comment": "calls on a narrow matter"}


def attendance():
    return Attendance(bench_of("apmbc").pack.attendance)


def shares_line(words, trials):
    """One line of the table of those invited."""
    asked = sum(trial.asked for trial in trials)
    brier, base = (sum(sums) / asked for sums in zip(*((t.squares, t.base_squares) for t in trials), strict=True))
    spoke, foreseen = sum(trial.spoke for trial in trials), sum(trial.foreseen for trial in trials)
    return f"| {words} | {len(trials)} | {asked} | {spoke} | {foreseen:.0f} | {brier:.3f} | {base:.3f} |"


def numbers_line(words, trials):
    """One line of the table of those who ask for the floor."""
    within = sum(trial.lies_within for trial in trials)
    ranked, base = (sum(sums) / len(trials) for sums in zip(*((t.ranked, t.base_ranked) for t in trials), strict=True))
    return f"| {words} | {len(trials)} | {within} | {ranked:.2f} | {base:.2f} |"


def expected():
    shares, numbers = list(left_out(attendance())), list(numbers_left_out(attendance()))
    yield from (shares_line(words, [t for t in shares if t.kind == kind]) for kind, words in NAMED.items())
    yield shares_line("all", shares)
    yield from (numbers_line(words, [t for t in numbers if t.kind == kind]) for kind, words in ASKED.items())


def test_the_page_says_how_well_attendance_is_foreseen():
    page = PAGE.read_text(encoding="utf-8").splitlines()

    assert [line for line in expected() if line not in page] == []


def test_a_list_is_foreseen_without_its_own_meeting():
    rows = attendance().without("IM2012").rows

    assert "IM2012" not in {row.meeting for row in rows}
    assert len(rows) == sum(row.meeting != "IM2012" for row in attendance().rows)


@pytest.mark.parametrize(("kind", "better"), [("duty", True), ("general", True)])
def test_knowing_the_kind_of_a_list_foresees_better_than_the_share_of_all(kind, better):
    trials = [trial for trial in left_out(attendance()) if trial.kind == kind]

    assert (sum(t.squares for t in trials) < sum(t.base_squares for t in trials)) is better
