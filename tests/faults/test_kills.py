"""Sixty kills at random moments of a sitting; `python -m tests.faults.kills` does a thousand."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("SERVANDA_KILLS", "60"))


def test_whatever_is_killed_no_acknowledged_act_is_missing_and_the_journal_is_whole(house):
    command = [sys.executable, "-m", "tests.faults.kills", "--here", "--rounds", str(KILLS)]

    ended = subprocess.run(
        command, env=house.environment, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    told = json.loads(ended.stdout)
    print(ended.stdout)
    assert (told["kills"], told["faults"]) == (KILLS, [])
    assert told["acknowledged"] > KILLS
