"""The archive of the public: what is hidden from it stands nowhere in its bytes, not even where it once stood."""

import io
import json
import zipfile
from dataclasses import replace

import pytest

from servanda.convention.checking import read_pack
from servanda.journal.actions import append
from servanda.journal.kinds import STAND_IN
from servanda.journal.models import Entry
from servanda.register.models import Fact
from servanda.site.archiving import differences, export
from servanda.site.loading import load
from tests.packs.loaded import fresh_memory
from tests.packs.shelf import contents_of, copy_of_toy
from tests.site.histories import SECRET, load_history

__all__ = ["fresh_memory"]
pytestmark = pytest.mark.django_db
BY = "account-4711"


def rows(archive, name):
    return list(archive.rows(name))


def everything(archive):
    """All bytes of the file, unpacked."""
    with zipfile.ZipFile(io.BytesIO(archive.zipped())) as file:
        return b"\n".join(file.read(name) for name in file.namelist()).decode()


def test_no_hidden_word_key_source_author_or_personal_text_stands_in_it(fresh_memory):
    load_history("toy")
    append(stream="toy", kind=STAND_IN.name, body={"said": SECRET}, by=BY, key=SECRET, personal={"name": "Sok Dara"})
    append(stream="toy/desk", kind=STAND_IN.name, body={"said": SECRET}, by=BY, personal={"name": "Sok Dara"})
    public = {row["key"] for row in rows(export("toy", "public"), "facts.jsonl")}
    hidden = set(Fact.objects.exclude(label="public").values_list("key", flat=True)) - public
    originals = Entry.objects.values_list("hash", flat=True)
    traces = {SECRET, BY, "moonstone", "Letters to", "oil is in", "Sok", "toy/desk", *hidden, *originals}

    bytes_of = {seat: everything(export("toy", seat)) for seat in ("public", "secretariat")}

    assert len(hidden) > 5
    assert sorted(trace for trace in traces if trace in bytes_of["public"]) == []
    assert sorted(trace for trace in traces if trace not in bytes_of["secretariat"]) == []


def test_every_row_in_it_is_public_and_its_authors_stay_behind(fresh_memory):
    load_history("toy")

    found = rows(export("toy", "public"), "facts.jsonl")

    assert {(row["label"], row["entered_by"], row["approved_by"]) for row in found} == {("public", "elsewhere", "")}
    assert 0 < len(found) < Fact.objects.count()


def test_a_fact_that_was_public_once_and_is_hidden_now_is_gone_with_all_its_versions(fresh_memory):
    contents = contents_of("toy")
    load(contents, by=BY)
    first = contents.facts[0]
    load(replace(contents, facts=(replace(first, label="state:XAA"), *contents.facts[1:])), by=BY)

    archive = export("toy", "public")

    assert first.key not in everything(archive)
    assert archive.head.number == 2


def test_a_fact_that_was_hidden_once_and_is_public_now_looks_new(fresh_memory):
    contents = contents_of("toy")
    first = contents.facts[0]
    load(replace(contents, facts=(replace(first, label="secretariat", note=SECRET), *contents.facts[1:])), by=BY)
    load(contents, by=BY)

    archive = export("toy", "public")

    bodies = [json.loads(entry["body"]) for entry in rows(archive, "journal.jsonl")]
    assert (bodies[1]["changed"], bodies[1]["counts"]) == ([], {"added": 1, "changed": 0, "withdrawn": 0})
    assert SECRET not in everything(archive)


def test_a_public_fact_that_supersedes_a_hidden_one_does_not_name_it(fresh_memory):
    load(contents_of("toy"), by=BY)
    keys = ("XKA.postponement-requested.A3", "XCA.dark-coasts-reported")  # the first is the secretariat's
    for row, superseded in zip(Fact.objects.filter(label="public").order_by("key"), keys, strict=False):
        row.supersedes = superseded
        row.save()

    found = {row["supersedes"] for row in rows(export("toy", "public"), "facts.jsonl")}

    assert found == {"", "XCA.dark-coasts-reported"}


def test_each_number_keeps_its_instant_and_each_load_its_rules(fresh_memory):
    load_history("toy", loads=2)
    append(stream="toy", kind=STAND_IN.name, body={"said": SECRET}, by=BY)

    entries = rows(export("toy", "public"), "journal.jsonl")

    held = Entry.objects.filter(stream__name="toy").order_by("number")
    assert [(entry["number"], entry["at"]) for entry in entries] == [(entry.number, entry.at) for entry in held]
    assert [entry["kind"] for entry in entries] == ["pack-loaded", "pack-loaded", "stand-in"]
    assert [json.loads(entry["body"]).get("rules") for entry in entries[:2]] == [
        json.loads(entry.body)["rules"] for entry in held[:2]
    ]
    assert json.loads(entries[0]["body"])["digest"] == ""
    assert entries[2]["body"] == "{}"


def test_who_holds_the_pack_but_not_what_is_hidden_cannot_tell_from_the_digest(fresh_memory, tmp_path):
    contents = read_pack(copy_of_toy(tmp_path))
    load(contents, by=BY)

    assert contents.digest not in everything(export("toy", "public"))
    assert contents.digest in everything(export("toy", "secretariat"))


def test_what_a_load_did_is_told_of_the_rows_in_sight_alone():
    facts = [
        {"key": "a", "number": 1, "rank": "normal"},
        {"key": "a", "number": 2, "rank": "normal"},
        {"key": "b", "number": 2, "rank": "normal"},
        {"key": "a", "number": 3, "rank": "withdrawn"},
    ]

    named = differences(facts)

    assert dict(named) == {
        1: {"added": ["a"], "changed": [], "withdrawn": []},
        2: {"added": ["b"], "changed": ["a"], "withdrawn": []},
        3: {"added": [], "changed": [], "withdrawn": ["a"]},
    }
