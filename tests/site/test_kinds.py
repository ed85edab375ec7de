"""Kinds of entry: a process that only carries a journal knows all that any room writes."""

import subprocess
import sys

from servanda.floor.log import KINDS as ACTS

ASK = (
    "from servanda.site.command import prepare; prepare(migrating=False);"
    "from servanda.journal.kinds import KINDS; print(*sorted(KINDS), sep='\\n')"
)


def test_a_process_that_only_carries_a_journal_knows_every_kind(tmp_path, monkeypatch):
    monkeypatch.setenv("SERVANDA_DATA", str(tmp_path))

    told = subprocess.run([sys.executable, "-c", ASK], check=True, capture_output=True, text=True)

    assert told.stdout.split() == sorted([
        "account-added", "account-deactivated", "clash-found", "clash-settled", "correction-suggested",
        "fact-approved", "fact-proposed", "pack-loaded", "password-set", "personal-data-erased",
        "programme-issued", "programme-stored", "proposal-declined", "proposal-withdrawn", "stand-in",
        "suggestion-closed", "link-made", "link-revoked", *ACTS,
    ])  # fmt: skip
