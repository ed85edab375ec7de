"""Locks: every package by its hash, and no address of any index."""

import importlib.util

import pytest

from tests.house.house import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
HASH = "--hash=sha256:" + "0" * 64


@pytest.fixture(scope="module")
def faults():
    """The tool's own function; tools are scripts, not a package."""
    place = importlib.util.spec_from_file_location("check_locks", ROOT / "tools" / "check_locks.py")
    tool = importlib.util.module_from_spec(place)
    place.loader.exec_module(tool)
    return tool.faults


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_has_a_hash_for_everything_and_no_address(lock, faults):
    assert faults(lock) == []


def test_there_is_a_lock_to_run_and_one_to_develop():
    assert [lock.name for lock in LOCKS] == ["dev.txt", "run.txt"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"lamp==1.0 \\\n    {HASH}\n", []),
        ("lamp==1.0\n", ["bad.txt: no hash for 'lamp==1.0'; renew it with `make lock`"]),
        (
            f"lamp==1.0 \\\n    {HASH}\noil==2.0\n",
            ["bad.txt: no hash for 'oil==2.0'; renew it with `make lock`"],
        ),
        (
            f"lamp @ https://lamp.example/lamp.whl \\\n    {HASH}\n",
            ["bad.txt:1: names an address or an index; renew it with `make lock`"],
        ),
        (
            f"-i https://index.example/simple {HASH}\n",
            ["bad.txt:1: names an address or an index; renew it with `make lock`"],
        ),
    ],
)
def test_a_lock_that_names_an_address_or_lacks_a_hash_is_refused(text, expected, faults, tmp_path):
    lock = tmp_path / "bad.txt"
    lock.write_text(text, encoding="utf-8")

    assert faults(lock) == expected
