"""The cases of every pack, one test a case: given its facts, on a day, expect."""

import pytest

from servanda.site.command import main
from tests.packs.shelf import FOLDERS, bench_of, contents_of

CASES = [(convention, case) for convention in FOLDERS for case in contents_of(convention).cases]
WORDS = {"not applicable", "pending", "met", "met late", "deadline passed", "extended", "continuing", "unknown"}


@pytest.mark.parametrize(
    ("convention", "case"), CASES, ids=[f"{convention}: {case['title']}" for convention, case in CASES]
)
def test_case(convention, case):
    expected, found = bench_of(convention).outcome(case)

    assert found == expected


@pytest.mark.parametrize("convention", FOLDERS)
def test_the_check_of_a_pack_runs_its_cases_and_finds_nothing(convention, capsys):
    code = main(["pack", "check", str(FOLDERS[convention])])

    assert (code, capsys.readouterr().out) == (0, "")


def test_the_invented_treaty_has_a_case_for_every_word_that_a_status_can_be():
    cases = contents_of("toy").cases

    words = {case["expect"]["status"] for case in cases if "status" in case}

    assert words == WORDS
