"""Who presents: loaded beside the journal entry, read for one meeting, gone when erased."""

import pytest

from servanda.convention.presenters import PRESENTERS
from servanda.convention.queries import presenters
from servanda.journal.actions import erase
from servanda.journal.models import Entry
from servanda.journal.queries import verify

pytestmark = pytest.mark.django_db


def test_planned_and_actual_presenters_of_a_meeting_are_told_apart(toy):
    found = [(row.standing, row.item, row.person, row.office) for row in presenters("toy", "W1")]

    assert found == [
        ("planned", "1", "Ada Wick", "Keeper-General"),
        ("actual", "1", "", "Deputy Keeper-General"),
    ]


def test_without_a_meeting_all_are_told(toy):
    assert [row.meeting for row in presenters("toy")] == ["W1", "W1", "W2"]


def test_no_name_stands_in_the_body_of_an_entry(toy):
    bodies = "".join(Entry.objects.values_list("body", flat=True))

    assert PRESENTERS in bodies
    assert "Ada Wick" not in bodies


def test_what_was_erased_is_gone_at_once_and_the_journal_stays_whole(toy):
    erase(stream="toy", number=1, field=PRESENTERS, by="test")

    assert presenters("toy") == []
    assert presenters("toy", at=1) == []
    assert not any(finding.is_fault for finding in verify("toy"))
