"""The commands on versions of a programme: what they print, where, and how they end."""

import json
from dataclasses import replace
from datetime import date

import pytest

from servanda.programme.actions import store_plan
from servanda.programme.models import Plan as PlanRow
from servanda.programme.queries import plan
from servanda.site.command import main
from servanda.site.version_work import with_presenters_known
from tests.packs.loaded import fresh_memory, toy
from tests.programme.plans import lighthouse_plan, text

__all__ = ["fresh_memory", "toy"]
W2 = ["toy", "W2"]


def told(capsys, *words):
    """What a command ends with, prints and remarks."""
    code = main(["programme", *words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_a_programme_is_stored_issued_and_listed(toy, capsys):
    code, out, err = told(capsys, "store", *W2)

    assert (code, out.partition(";")[0].partition(" (")[0]) == (
        0, "toy W2, version 1: about 2008-10-06, as known on 2008-10-06, register number 1, pack 3",
    )  # fmt: skip
    assert err == "It is a draft. Issue it: servanda programme issue toy W2 --version 1\n"
    assert told(capsys, "store", *W2)[:2] == (0, "toy W2: nothing new; version 1 (draft) says the same\n")
    assert told(capsys, "issue", *W2)[1].startswith(
        "toy W2, version 1: issued, entry 2 of its stream; about 2008-10-06"
    )
    code, out, _err = told(capsys, "versions", *W2, "--format", "json")
    (version,) = json.loads(out)
    assert {name: version[name] for name in ("version", "state", "known", "stored_by", "issued_by", "entry")} == {
        "version": 1,
        "state": "issued",
        "known": "2008-10-06",
        "stored_by": "command-line",
        "issued_by": "command-line",
        "entry": 1,
    }
    assert told(capsys, "versions", *W2)[1].startswith("1  issued  about 2008-10-06, as known on 2008-10-06")


def test_nothing_stored_is_no_table_and_no_fault(toy, capsys):
    assert told(capsys, "versions", *W2) == (0, "", "Nothing is stored yet: servanda programme store toy W2\n")
    assert told(capsys, "versions", *W2, "--format", "json")[:2] == (0, "[]\n")


def test_what_is_stored_as_known_on_a_day_is_derived_so(toy, capsys):
    told(capsys, "store", *W2, "--known", "2008-01-01")

    assert str(PlanRow.objects.get().known) == "2008-01-01"
    assert PlanRow.objects.get().digest == store_plan(plan=plan("toy", "W2", date(2008, 1, 1)), by="test").digest


def test_the_newest_version_is_compared_with_what_is_derived_now(toy, capsys):
    told(capsys, "store", *W2)

    code, out, err = told(capsys, "differences", *W2)

    assert (code, out, err) == (0, "toy W2, from version 1 to what the register derives now:\n", "Nothing differs.\n")


def test_two_versions_are_compared_as_lines_and_as_json(toy, capsys):
    store_plan(plan=lighthouse_plan(), by="test")
    store_plan(plan=lighthouse_plan(city=text("New Harbour")), by="test")

    code, out, _err = told(capsys, "differences", *W2, "1", "2")
    found = json.loads(told(capsys, "differences", *W2, "2", "1", "--format", "json", "--lang", "fr")[1])

    house, room = "Lamp House", "Great Gallery"
    assert code == 0
    assert out.splitlines() == [
        "toy W2, from version 1 to version 2:",
        "The meeting",
        f"     Its place is {house}, New Harbour, {room}; it was {house}, Old Harbour, {room}.",
    ]
    assert (found["format"], found["from"], found["to"], found["language"]) == ("servanda-differences/1", 2, 1, "fr")
    assert [(each["part"], each["key"], each["state"], each["because"]) for each in found["differences"]] == [
        ("meeting", "W2", None, [])
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["store", "toy", "W99"], 2, "toy has no meeting 'W99'."),
        (["store", "nowhere", "W2"], 2, "There is no convention 'nowhere' in the register."),
        (["store", *W2, "--known", "2999-01-01"], 2, "What is known on 2999-01-01 cannot be told today."),
        (["store", *W2, "--known", "soon"], 2, "--known: 'soon' is not a date."),
        (["issue", *W2], 2, "The programme of toy W2 has no stored version."),
        (["issue", *W2, "--version", "3"], 2, "The programme of toy W2 has no version 3."),
        (["differences", *W2], 2, "The programme of toy W2 has no stored version."),
        (["versions", "toy", "W99"], 2, "toy has no meeting 'W99'."),
    ],
)
def test_what_cannot_be_done_is_refused_on_standard_error(toy, capsys, words, code, said):
    ended, out, err = told(capsys, *words)

    assert (ended, out) == (code, "")
    assert err.startswith(f"servanda: {said}")


def test_issuing_twice_is_refused(toy, capsys):
    told(capsys, "store", *W2), told(capsys, "issue", *W2)

    code, out, err = told(capsys, "issue", *W2)

    assert (code, out) == (1, "")
    assert err.startswith("servanda: Version 1 of the programme of toy W2 is issued already. By command-line, at ")


def test_verify_names_a_version_that_was_altered(toy, capsys):
    told(capsys, "store", *W2)
    PlanRow.objects.update(pack_version="4")
    capsys.readouterr()

    code = main(["verify", "toy/W2"])

    assert (code, capsys.readouterr().out) == (
        1,
        "toy/W2 1: version 1: Its text speaks of another meeting or was derived as of other days than its row says.\n",
    )
    assert main(["verify", "toy"]) == 0


def test_where_no_presenters_are_held_none_is_told_to_have_changed(monkeypatch, capsys):
    before = lighthouse_plan()
    after = replace(before, agenda=tuple(replace(item, presenters=()) for item in before.agenda))
    monkeypatch.setattr("servanda.site.version_work.presenters", lambda _convention: [])

    assert with_presenters_known(before, after) == before
    assert capsys.readouterr().err == (
        "The presenters planned for meetings are not held here; whether they changed is not told.\n"
    )
