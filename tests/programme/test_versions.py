"""Versions of a programme: stored, issued, proved when they are read; each refusal by its message."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from servanda.convention.calendar import UnknownMeeting
from servanda.journal.actions import KeyIsTaken, OutOfStep, append, erase
from servanda.journal.kinds import STAND_IN
from servanda.journal.models import Entry
from servanda.journal.queries import entries, head, personal_texts, verify
from servanda.people.permissions import PUBLIC, SECRETARIAT, Seat, may
from servanda.programme.actions import AlreadyIssued, NothingChanged, NotNewest, issue_plan, store_plan
from servanda.programme.keeping import ISSUED, STORED, Kept, without_persons
from servanda.programme.models import Plan as PlanRow
from servanda.programme.versions import NoSuchVersion, VersionWasAltered, altered, stored, versions
from tests.programme.plans import AGENDA, lighthouse_plan, text

pytestmark = pytest.mark.django_db
STREAM = "toy/W2"
PLAN = lighthouse_plan()
LATER = lighthouse_plan(room="Small Gallery")


def store(plan=PLAN, by="ada", **more):
    return store_plan(plan=plan, by=by, **more)


def issue(version=1, by="ben"):
    return issue_plan(convention="toy", meeting="W2", version=version, by=by)


def named_otherwise(person):
    opening = AGENDA[0]
    presenters = (replace(opening.presenters[0], person=person), *opening.presenters[1:])
    return lighthouse_plan(agenda=(replace(opening, presenters=presenters), *AGENDA[1:]))


def test_a_plan_is_stored_as_a_draft_with_one_entry(toy):
    version = store()

    (entry,) = entries(STREAM)
    assert (version.version, version.state, version.is_new, version.entry) == (1, "draft", True, 1)
    assert (entry.kind, entry.by, entry.number) == (STORED, "ada", 1)
    assert {name: entry.body[name] for name in ("version", "digest", "on", "known", "number", "pack")} == {
        "version": 1,
        "digest": Kept.of(PLAN).digest,
        "on": "2008-10-06",
        "known": "2008-10-06",
        "number": 3,
        "pack": {"version": "3", "digest": "0123456789abcdef" * 4},
    }
    assert stored("toy", "W2", seat=SECRETARIAT).plan == PLAN


def test_the_same_plan_again_is_nothing_new(toy):
    store()

    again = store(by="ben")

    assert (again.version, again.is_new, head(STREAM)) == (1, False, 1)


def test_another_plan_is_the_next_version(toy):
    store()

    assert (store(LATER).version, store(PLAN).version, head(STREAM)) == (2, 3, 3)


def test_a_plan_in_which_another_person_is_named_is_a_version_of_its_own(toy):
    store()

    version = store(named_otherwise("Bo Tallow"))

    assert (version.version, version.digest) == (2, Kept.of(PLAN).digest)
    assert stored("toy", "W2", 1, seat=SECRETARIAT).plan.agenda[0].presenters[0].person == "Ada Wick"
    assert stored("toy", "W2", 2, seat=SECRETARIAT).plan.agenda[0].presenters[0].person == "Bo Tallow"
    assert issue(2).state == "issued"


def test_the_names_of_persons_can_be_erased_and_the_version_stands(toy):
    store()

    erase(stream=STREAM, number=1, field="persons", by="ada")

    assert stored("toy", "W2", seat=SECRETARIAT).plan == without_persons(PLAN)
    assert [row for row in PlanRow.objects.values_list("body", flat=True) if "Wick" in row] == []
    assert [row for row in Entry.objects.values_list("body", flat=True) if "Wick" in row] == []
    assert [finding for finding in verify(STREAM) if finding.is_fault] == []
    assert store().is_new is False


def test_a_plan_without_persons_leaves_no_personal_text(toy):
    store(without_persons(PLAN))

    assert personal_texts(STREAM, 1) == {}


def test_an_issued_version_is_frozen_with_all_that_it_was_made_from(toy):
    store()

    version = issue()

    (entry,) = entries(STREAM, kind=ISSUED)
    assert (version.state, version.issued_entry, version.issued_by) == ("issued", 2, "ben")
    assert entry.body == {
        "version": 1,
        "digest": Kept.of(PLAN).digest,
        "on": "2008-10-06",
        "known": "2008-10-06",
        "number": 3,
        "pack": {"version": "3", "digest": "0123456789abcdef" * 4},
        "supersedes": None,
    }


def test_a_later_version_supersedes_the_one_issued_before(toy):
    store(), issue(), store(LATER)

    issue(2)

    assert [each.state for each in versions("toy", "W2", SECRETARIAT)] == ["superseded", "issued"]
    assert [entry.body["supersedes"] for entry in entries(STREAM, kind=ISSUED)] == [None, 1]
    assert stored("toy", "W2", 1).plan == PLAN


def test_who_is_not_of_the_house_sees_issued_versions_alone(toy):
    store()
    assert (versions("toy", "W2"), len(versions("toy", "W2", SECRETARIAT))) == ([], 1)

    issue(), store(LATER)

    assert [each.version for each in versions("toy", "W2")] == [1]
    assert stored("toy", "W2").version.version == 1
    assert stored("toy", "W2", seat=SECRETARIAT).version.version == 2
    assert stored("toy", "W2", issued=True, seat=SECRETARIAT).version.version == 1
    with pytest.raises(NoSuchVersion):
        stored("toy", "W2", 2, seat=Seat("delegation", "XAA", is_party=True))


def test_storing_and_issuing_are_the_secretariats():
    acts = ("store a programme", "issue a programme", "see drafts of programmes")
    seats = (PUBLIC, Seat("delegation", "XAA"), Seat("administrator"), SECRETARIAT, Seat("secretariat", "other"))

    assert [[may(seat, act, "toy") for act in acts] for seat in seats] == [
        [False, False, False],
        [False, False, False],
        [False, False, True],
        [True, True, True],
        [False, False, False],
    ]


def test_the_same_key_stores_once(toy):
    first = store(key="k")
    store(LATER)

    again = store(key="k")

    assert (again.version, again.is_new, head(STREAM)) == (first.version, False, 2)
    with pytest.raises(KeyIsTaken):
        store(lighthouse_plan(city=text("New Harbour")), key="k")
    with pytest.raises(KeyIsTaken):
        store(lighthouse_plan(city=text("New Harbour")), by="ben", key="k")


def test_who_acts_on_another_number_is_out_of_step_and_leaves_no_trace(toy):
    store()

    with pytest.raises(OutOfStep) as refused:
        store(LATER, expected=0)

    assert str(refused.value).startswith(
        "toy/W2 stands at 1, not at 0. Someone acted in between. Entry 1 (programme-stored, by ada) came first."
    )
    assert PlanRow.objects.count() == 1
    assert store(LATER, expected=1).version == 2


def test_a_meeting_that_the_calendar_does_not_know_has_no_versions(toy):
    with pytest.raises(UnknownMeeting):
        store(lighthouse_plan(code="W99"))
    with pytest.raises(UnknownMeeting):
        issue_plan(convention="toy", meeting="W99", version=1, by="ada")
    with pytest.raises(UnknownMeeting):
        versions("toy", "W99")
    assert head("toy/W99") == 0


def test_a_version_is_issued_once(toy):
    store(), issue()

    with pytest.raises(AlreadyIssued) as refused:
        issue()

    at = next(entries(STREAM, kind=ISSUED)).at[:16]
    assert str(refused.value) == (
        f"Version 1 of the programme of toy W2 is issued already. By ben, at {at} UTC, entry 2 of the meeting. "
        "What is issued is never changed. Store a new version, and issue that one; it will supersede this one."
    )


def test_only_the_newest_version_is_issued(toy):
    store(), store(LATER)

    with pytest.raises(NotNewest) as refused:
        issue(1)

    at = list(entries(STREAM))[1].at[:16]
    assert str(refused.value) == (
        f"Version 1 is not the newest of the programme of toy W2. Version 2 was stored at {at} UTC, by ada. "
        "Look at the newest and issue that one, or store again what you want to issue."
    )


def test_a_version_that_says_what_is_in_force_is_not_issued(toy):
    store(), issue(), store(LATER), store()

    with pytest.raises(NothingChanged) as refused:
        issue(3)

    assert str(refused.value) == (
        "Version 3 says what version 1 says, which is issued. "
        "A programme is issued anew only where something in it is different. Nothing needs to be done."
    )


def test_a_version_that_is_not_there_is_refused(toy):
    with pytest.raises(NoSuchVersion) as none:
        stored("toy", "W2", seat=SECRETARIAT)
    store()
    with pytest.raises(NoSuchVersion) as other:
        issue(7)

    assert str(none.value) == (
        "The programme of toy W2 has no stored version. Versions: none. "
        "The secretariat stores one (servanda programme store toy W2) and issues it."
    )
    assert str(other.value) == "The programme of toy W2 has no version 7. Versions: 1. Name one of these."


def tampered(**values):
    PlanRow.objects.filter(version=1).update(**values)
    with pytest.raises(VersionWasAltered) as refused:
        stored("toy", "W2", seat=SECRETARIAT)
    (finding,) = altered()
    assert (finding.stream, finding.number, finding.is_fault) == (STREAM, 1, True)
    assert finding.what == f"version 1: {refused.value.why}"
    return refused.value.why


def test_a_text_that_was_changed_is_not_shown(toy):
    store()
    other = Kept.of(LATER)

    why = tampered(body=other.body)

    assert why == f"Its text has the SHA-256 {other.digest}, not {Kept.of(PLAN).digest}."


def test_nor_is_one_whose_digest_was_changed_with_it(toy):
    store()
    other = Kept.of(LATER)

    why = tampered(body=other.body, digest=other.digest)

    assert why == "Entry 1 of toy/W2 does not say programme-stored of this text."


def test_nor_is_one_with_another_day_or_one_said_to_be_issued(toy):
    store()

    assert tampered(known=date(2008, 1, 1)) == (
        "Its text speaks of another meeting or was derived as of other days than its row says."
    )
    PlanRow.objects.update(known=PLAN.as_of.known)
    assert tampered(status="issued", issued_entry=1) == "Entry 1 of toy/W2 does not say programme-issued of this text."
    assert tampered(status="draft", issued_entry=None, meeting="W2", digest="0" * 64).startswith("Its text has")


def test_what_was_altered_is_not_issued(toy):
    store()
    PlanRow.objects.update(body=Kept.of(LATER).body)

    with pytest.raises(VersionWasAltered) as refused:
        issue()

    assert str(refused.value).startswith(
        "Version 1 of the programme of toy W2 cannot be shown. Its text has the SHA-256"
    )
    assert head(STREAM) == 1


def test_a_row_that_is_gone_is_found(toy):
    store(), issue()
    PlanRow.objects.all()._raw_delete("default")

    assert [str(finding) for finding in altered()] == [
        "toy/W2 1: says programme-stored of version 1, which is not here.",
        "toy/W2 2: says programme-issued of version 1, which is not here.",
    ]


def test_versions_that_are_whole_have_no_findings_beside_other_entries(toy):
    store(), issue(), store(LATER)
    append(stream=STREAM, kind=STAND_IN.name, body={}, by="ada")

    assert (list(altered()), list(verify(STREAM))) == ([], [])


def test_a_row_is_never_changed_or_removed(toy):
    store()
    row = PlanRow.objects.get()

    with pytest.raises(TypeError, match="never changed"):
        row.save()
    with pytest.raises(TypeError, match="never removed"):
        row.delete()


@pytest.mark.parametrize(
    "values",
    [{"digest": "0"}, {"version": 0}, {"status": "issued"}, {"issued_entry": 2}, {"status": "lost", "issued_entry": 2}],
)
def test_the_database_refuses_what_no_version_can_be(toy, values):
    store()

    with pytest.raises(IntegrityError), transaction.atomic():
        PlanRow.objects.update(**values)


def test_the_database_holds_a_version_once(toy):
    store()
    row = PlanRow.objects.get()
    row.pk, row._state.adding, row.entry = None, True, 2

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_what_is_stored_is_the_plan_and_nothing_else(toy):
    store()

    assert set(json.loads(PlanRow.objects.get().body)) == {"format", "plan"}
