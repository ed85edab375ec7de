"""Two people press Approve at one instant, in processes of their own: one row, one entry, one refusal."""

import json

import pytest

from tests.processes import own_database, run, servanda, start

pytestmark = pytest.mark.slow

PREPARE = """
from pathlib import Path
from servanda.site.loading import load
from servanda.convention.checking import read_pack
from servanda.register.proposing import propose
from tests.desk.drafts import a_grant
load(read_pack(Path("tests/packs/toy")), by="test")
print(propose(convention="toy", draft=a_grant(), by="ada").number)
"""
APPROVE = """
from servanda.common.refusals import Refusal
from servanda.register.proposing import approve
print("ready", flush=True)
sys.stdin.readline()
try:
    approve(convention="toy", number=1, by=sys.argv[1])
    print("approved", flush=True)
except Refusal as refusal:
    print(type(refusal).__name__, flush=True)
"""
LOOK = """
import servanda.site.loading
from servanda.journal.queries import entries, verify
from servanda.register.models import Fact
rows = Fact.objects.filter(key="XBA.postponement-granted.A3").count()
print(json.dumps([rows, len(list(entries("toy", kind="fact-approved"))), [str(each) for each in verify()]]))
"""


def test_two_approvals_at_one_instant_make_one_row(tmp_path):
    with own_database(tmp_path) as environment:
        assert run(environment, PREPARE).strip() == "1"
        processes = [start(environment, APPROVE, who) for who in ("ben", "cleo", "dan")]
        assert [process.stdout.readline() for process in processes] == ["ready\n"] * 3
        for process in processes:
            process.stdin.write("\n")
            process.stdin.flush()

        told = sorted(process.stdout.readline().strip() for process in processes)

        assert [process.wait(timeout=30) for process in processes] == [0, 0, 0]
        for process in processes:
            process.stdin.close(), process.stdout.close()
        assert told == ["EndedAlready", "EndedAlready", "approved"]
        assert json.loads(run(environment, LOOK)) == [1, 1, []]
        assert servanda(environment, "verify").returncode == 0
