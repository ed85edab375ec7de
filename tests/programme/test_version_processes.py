"""Several people press Issue, or store, at one instant, in processes of their own: one entry, and refusals by name."""

import json

import pytest

from tests.processes import own_database, run, servanda, start

pytestmark = pytest.mark.slow

PREPARE = """
from pathlib import Path
from servanda.convention.checking import read_pack
from servanda.programme.actions import store_plan
from servanda.site.loading import load
from tests.programme.plans import lighthouse_plan, text
load(read_pack(Path("tests/packs/toy")), by="test")
print(store_plan(plan=lighthouse_plan(), by="ada").version)
"""
WAIT = """
import servanda.site.kinds
from servanda.common.refusals import Refusal
from servanda.programme.actions import issue_plan, store_plan
from tests.programme.plans import lighthouse_plan, text
print("ready", flush=True)
sys.stdin.readline()
try:
    {act}
except Refusal as refusal:
    print(type(refusal).__name__, flush=True)
"""
ISSUE = WAIT.format(act='print(issue_plan(convention="toy", meeting="W2", version=1, by=sys.argv[1]).state)')
STORE = WAIT.format(act="print(store_plan(plan=lighthouse_plan(city=text(sys.argv[2])), by=sys.argv[1]).is_new)")
LOOK = """
import servanda.site.kinds
from servanda.journal.queries import entries, verify
from servanda.people.permissions import SECRETARIAT
from servanda.programme.versions import altered, versions
print(json.dumps([[[each.version, each.state] for each in versions("toy", "W2", SECRETARIAT)],
                  [entry.kind for entry in entries("toy/W2")],
                  [str(each) for each in (*verify(), *altered())]]))
"""


def at_one_instant(environment, script, *words):
    """What each process tells, in order of its words, once all were let go together."""
    processes = [start(environment, script, *each) for each in words]
    assert [process.stdout.readline() for process in processes] == ["ready\n"] * len(processes)
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    told = sorted(process.stdout.readline().strip() for process in processes)
    assert [process.wait(timeout=30) for process in processes] == [0] * len(processes)
    for process in processes:
        process.stdin.close(), process.stdout.close()
    return told


def test_two_who_issue_at_one_instant_issue_once(tmp_path):
    with own_database(tmp_path) as environment:
        assert run(environment, PREPARE).strip() == "1"

        told = at_one_instant(environment, ISSUE, ("ben",), ("cleo",), ("dan",))

        assert told == ["AlreadyIssued", "AlreadyIssued", "issued"]
        assert json.loads(run(environment, LOOK)) == [[[1, "issued"]], ["programme-stored", "programme-issued"], []]
        assert servanda(environment, "verify").returncode == 0


def test_who_stores_the_same_at_one_instant_stores_once_and_other_plans_get_numbers_of_their_own(tmp_path):
    with own_database(tmp_path) as environment:
        run(environment, PREPARE)

        told = at_one_instant(environment, STORE, ("ben", "New Harbour"), ("cleo", "New Harbour"))

        assert told == ["False", "True"]
        assert at_one_instant(environment, STORE, ("ben", "Far Harbour"), ("cleo", "Low Harbour")) == ["True", "True"]
        versions, kinds, findings = json.loads(run(environment, LOOK))
        assert versions == [[1, "draft"], [2, "draft"], [3, "draft"], [4, "draft"]]
        assert (kinds, findings) == (["programme-stored"] * 4, [])
