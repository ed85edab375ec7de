"""Programmes in archives: every version for the secretariat, the issued ones for the public; each proved on the way."""

import json
import zipfile

import pytest
from django.db import transaction

from servanda.journal.actions import append
from servanda.journal.kinds import STAND_IN
from servanda.journal.models import Stream
from servanda.people.permissions import SECRETARIAT
from servanda.programme.actions import issue_plan, store_plan
from servanda.programme.keeping import Kept, without_persons
from servanda.programme.models import Plan as PlanRow
from servanda.programme.versions import altered, stored, versions
from servanda.site.archive import MEMBERS, Archive, MalformedLine, Manifest, NoArchive, line_of, read_archive, sha256
from servanda.site.archiving import ContradictsItself, export, take_over
from servanda.site.command import main
from servanda.site.loading import load
from tests.packs.loaded import fresh_memory
from tests.packs.shelf import contents_of
from tests.processes import own_database, servanda
from tests.programme.plans import lighthouse_plan, text

__all__ = ["fresh_memory"]
PLAN, LATER = lighthouse_plan(), lighthouse_plan(city=text("Moonstone Harbour"))


def history():
    """Version 1 stored and superseded, 2 a draft on the way, 3 issued, 4 a draft after it."""
    load(contents_of("toy"), by="account-4711")
    act = {"convention": "toy", "meeting": "W2", "by": "account-4711"}
    store_plan(plan=PLAN, by="account-4711", key="secret-key")
    issue_plan(version=1, **act)
    store_plan(plan=LATER, by="account-4711")
    store_plan(plan=lighthouse_plan(room="Small Gallery"), by="account-4711")
    issue_plan(version=3, **act)
    append(stream="toy/W2", kind=STAND_IN.name, body={"said": "moonstone"}, by="account-4711")
    store_plan(plan=LATER, by="account-4711")
    store_plan(plan=lighthouse_plan(code="W1", city=text("Moonstone Bay")), by="account-4711")


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Both archives of the history, which is not here any more."""
    with django_db_blocker.unblock(), transaction.atomic():
        history()
        archives = {seat: export("toy", seat) for seat in ("secretariat", "public")}
        transaction.set_rollback(True)
    return archives


def rows(archive, name="plans.jsonl"):
    return list(archive.rows(name))


def resealed(archive, name, lines):
    """The archive with other rows in a member, and a manifest that was changed with it."""
    content = "".join(f"{line_of(line)}\n" for line in lines).encode()
    told = json.loads(archive.manifest_bytes)
    told["members"][name] = {"rows": len(lines), "sha256": sha256(content)}
    return Archive(Manifest.model_validate(told), {**archive.members, name: content})


def with_row(archive, position, **changed):
    found = rows(archive)
    found[position] |= changed
    return resealed(archive, "plans.jsonl", found)


def test_the_whole_archive_carries_every_version(made):
    told = [(row["meeting"], row["version"], row["status"], row["entry"]) for row in rows(made["secretariat"])]

    assert told == [
        ("W1", 1, "draft", 1), ("W2", 1, "issued", 1), ("W2", 2, "draft", 3), ("W2", 3, "issued", 4),
        ("W2", 4, "draft", 7),
    ]  # fmt: skip
    assert made["secretariat"].manifest.streams["toy/W2"].number == 7


def test_the_public_archive_carries_the_issued_versions_and_no_trace_of_the_rest(made):
    archive = made["public"]
    everything = b"\n".join(archive.members.values()).decode()

    assert [(row["meeting"], row["version"]) for row in rows(archive)] == [("W2", 1), ("W2", 3)]
    assert next(row["body"] for row in rows(archive)) == Kept.of(PLAN).body
    whole = b"\n".join(made["secretariat"].members.values()).decode()
    traces = ("account-4711", "secret-key", "Moonstone", "moonstone", "Wick", Kept.of(LATER).digest, "toy/W1")
    assert [trace for trace in traces if trace in everything] == []
    assert [trace for trace in traces if trace not in whole] == []


def test_the_stream_of_a_meeting_goes_out_up_to_the_last_issue(made):
    told = [row for row in rows(made["public"], "journal.jsonl") if row["stream"] == "toy/W2"]

    assert [(row["number"], row["kind"], row["by"]) for row in told] == [
        (1, "programme-stored", "elsewhere"),
        (2, "programme-issued", "elsewhere"),
        (3, "stand-in", "elsewhere"),
        (4, "programme-stored", "elsewhere"),
        (5, "programme-issued", "elsewhere"),
    ]
    assert ["personal" in json.loads(row["body"]) for row in told] == [False] * 5
    assert made["public"].manifest.streams["toy/W2"].number == 5


@pytest.mark.django_db
@pytest.mark.parametrize("seat", ["secretariat", "public"])
def test_what_is_taken_over_gives_the_same_bytes_again(made, seat, fresh_memory):
    assert take_over(read_archive(made[seat].zipped())) is True

    assert export("toy", seat).zipped() == made[seat].zipped()
    assert list(altered()) == []
    assert take_over(made[seat]) is False


@pytest.mark.django_db
def test_persons_come_along_for_the_secretariat_and_stay_behind_for_the_public(made, fresh_memory):
    with transaction.atomic():
        take_over(made["secretariat"])
        whole = stored("toy", "W2", 1).plan
        transaction.set_rollback(True)
    take_over(made["public"])

    assert whole == PLAN
    assert stored("toy", "W2", 1).plan == without_persons(PLAN)
    assert [each.state for each in versions("toy", "W2", SECRETARIAT)] == ["superseded", "issued"]


def refused(archive):
    with pytest.raises(MalformedLine) as found:
        take_over(archive)
    assert (Stream.objects.count(), PlanRow.objects.count()) == (0, 0)
    return str(found.value)


@pytest.mark.django_db
@pytest.mark.parametrize("seat", ["secretariat", "public"])
def test_an_altered_plan_is_refused_by_member_and_line(made, seat):
    other = Kept.of(LATER)

    told = refused(with_row(made[seat], 1, body=other.body))

    digest = rows(made[seat])[1]["digest"]
    assert told.startswith(
        "plans.jsonl, line 2 cannot be taken in, and so nothing was. The line is not as this release writes it: "
        f"Its text has the SHA-256 {other.digest}, not {digest}."
    )


@pytest.mark.django_db
def test_nor_does_it_help_to_alter_the_digest_with_it(made):
    other = Kept.of(LATER)

    told = refused(with_row(made["secretariat"], 1, body=other.body, digest=other.digest))

    assert "plans.jsonl, line 2" in told
    assert "Entry 1 of toy/W2 does not say programme-stored of this text." in told


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"version": 9}, "does not say programme-stored of this text"),
        ({"entry": 5}, "Entry 5 of toy/W2 does not say programme-stored of this text"),
        ({"meeting": "W9"}, "Its text speaks of another meeting"),
        ({"known": "2007-01-01"}, "was derived as of other days"),
        ({"known": "soon"}, "known: "),
        ({"issued_entry": 4}, "Entry 4 of toy/W2 does not say programme-issued of this text"),
        ({"version": "1"}, "version is '1', which is of another type"),
        ({"body": "{}"}, "Its text has the SHA-256"),
        ({"more": 1}, "it has an unknown column 'more'"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(made, changed, why):
    told = refused(with_row(made["secretariat"], 1, **changed))

    assert "plans.jsonl, line 2 cannot be taken in" in told
    assert why in told


@pytest.mark.django_db
def test_a_version_that_the_journal_tells_of_and_nobody_brings_is_refused(made):
    with pytest.raises(ContradictsItself) as found:
        take_over(resealed(made["secretariat"], "plans.jsonl", rows(made["secretariat"])[:-1]))

    assert "toy/W2 7: says programme-stored of version 4, which is not here." in str(found.value)
    assert PlanRow.objects.count() == 0


def of_the_first_format(archive):
    """The archive as an earlier release wrote it, without programmes."""
    told = json.loads(archive.manifest_bytes)
    told["format"] = "servanda-archive/1"
    del told["members"]["plans.jsonl"]
    members = {name: content for name, content in archive.members.items() if name != "plans.jsonl"}
    return Archive(Manifest.model_validate(told), members)


@pytest.mark.django_db
def test_an_archive_of_the_first_format_is_read_and_holds_no_programme(fresh_memory):
    with transaction.atomic():
        load(contents_of("toy"), by="test")
        old = of_the_first_format(export("toy", "secretariat"))
        transaction.set_rollback(True)

    read = read_archive(old.zipped())

    assert (read.manifest.format, sorted(read.members)) == ("servanda-archive/1", sorted(MEMBERS[:-1]))
    assert take_over(read) is True
    assert take_over(read) is False
    assert PlanRow.objects.count() == 0


def test_a_manifest_and_a_file_that_do_not_name_the_same_members_are_refused(made, tmp_path):
    path = tmp_path / "archive.zip"
    path.write_bytes(of_the_first_format(made["secretariat"]).zipped())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("plans.jsonl", b"")

    with pytest.raises(NoArchive) as found:
        read_archive(path.read_bytes())

    assert "plans.jsonl stands in the manifest alone, or in the file alone." in str(found.value)


@pytest.mark.slow
@pytest.mark.django_db
def test_another_house_shows_the_issued_programme_of_the_public_archive(tmp_path, fresh_memory):
    history()
    path = tmp_path / "public.zip"
    assert main(["export", "toy", "--seat", "public", "-o", str(path)]) == 0

    with own_database(tmp_path) as environment:
        taken = servanda(environment, "import", str(path))
        told = servanda(environment, "programme", "versions", "toy", "W2").stdout
        verified = servanda(environment, "verify")

    assert "2 programmes" in taken.stdout
    assert [line[:13] for line in told.splitlines() if line[0] != " "] == ["1  superseded", "3  issued  ab"]
    assert verified.returncode == 0
