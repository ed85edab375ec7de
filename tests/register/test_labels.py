"""Labels: what a seat may not see is not in the register it gets, so nothing made from it can tell."""

import json

import pytest

from servanda.people.permissions import PUBLIC, SECRETARIAT, Seat
from servanda.programme.derivation import tier_as_json
from servanda.programme.queries import tier
from servanda.register.queries import facts_about, question, register
from servanda.site.command import main
from tests.packs.loaded import load_folder
from tests.packs.shelf import change, copy_of_toy, day

KNOWN = day("2006-10-02")
PARTY = Seat("delegation", "XAA", is_party=True)
NOT_A_PARTY = Seat("delegation", "XFA")
# What would betray the two labelled facts about Kelpmark: their keys, notes, places and source.
TRACES = (
    "moonstone",
    "oil is in the cellar",
    "XKA.postponement-requested",
    "XKA.plan-announced",
    "letter of",
    "Letters to",
)


def keys(seat):
    return {fact.key for fact in register("toy", seat).facts if fact.subject == "XKA"}


def test_each_seat_gets_the_facts_of_its_labels_and_no_other(toy):
    open_to_all = {"XKA.deposit", "XKA.dark-coasts-reported"}

    found = {seat: keys(seat) for seat in (PUBLIC, NOT_A_PARTY, PARTY, SECRETARIAT)}

    assert found == {
        PUBLIC: open_to_all,
        NOT_A_PARTY: open_to_all,
        PARTY: open_to_all | {"XKA.plan-announced"},
        SECRETARIAT: open_to_all | {"XKA.plan-announced", "XKA.postponement-requested.A3"},
    }


def test_the_register_of_the_public_holds_public_facts_only_whoever_asked_before(toy):
    for seat in (SECRETARIAT, PARTY, PUBLIC, SECRETARIAT):
        register("toy", seat)

    labels = {fact.label for fact in register("toy").facts}

    assert labels == {"public"}


def test_facts_about_a_state_are_those_that_the_seat_may_see(toy):
    found = {seat: [fact.key for fact in facts_about("toy", "XKA", KNOWN, seat=seat)] for seat in (PUBLIC, SECRETARIAT)}

    assert found == {
        PUBLIC: ["XKA.deposit", "XKA.dark-coasts-reported"],
        SECRETARIAT: ["XKA.deposit", "XKA.dark-coasts-reported", "XKA.postponement-requested.A3", "XKA.plan-announced"],
    }


def test_a_tier_that_a_letter_to_the_secretariat_changes_is_changed_for_the_secretariat_alone(toy):
    shown = {seat: tier("toy", "hearing", "W1", seat=seat) for seat in (SECRETARIAT, PUBLIC, PARTY)}

    assert {seat: "XKA" in found.states for seat, found in shown.items()} == {
        SECRETARIAT: True,
        PUBLIC: False,
        PARTY: False,
    }
    assert "moonstone" not in json.dumps(tier_as_json(shown[PUBLIC]))
    assert "XKA" not in json.dumps(tier_as_json(shown[PUBLIC]))


def test_a_status_for_the_public_does_not_count_what_it_hides(toy):
    shown = {
        seat: question("toy", KNOWN, KNOWN, seat=seat).status("article-4", "XKA").steps
        for seat in (PUBLIC, SECRETARIAT)
    }

    assert len(shown[SECRETARIAT]) == len(shown[PUBLIC]) + 1


@pytest.mark.parametrize(
    "words",
    [
        ["status", "toy", "--on", "2006-10-02", "--known", "2008-01-01", "--format", "table"],
        ["status", "toy", "XKA", "--on", "2006-10-02", "--known", "2008-01-01", "--format", "table"],
        ["status", "toy", "--on", "2006-10-02", "--known", "2008-01-01", "--format", "csv"],
        ["status", "toy", "--on", "2006-10-02", "--known", "2008-01-01", "--format", "json"],
        ["status", "toy", "XKA", "--at", "1", "--format", "json"],
        ["tier", "toy", "hearing", "--meeting", "W1", "--known", "2008-01-01", "--format", "table"],
        ["tier", "toy", "hearing", "--meeting", "W1", "--known", "2008-01-01", "--format", "json"],
    ],
    ids=" ".join,
)
def test_no_output_of_a_command_betrays_it(toy, capsys, words):
    code = main(words)

    printed = capsys.readouterr()
    assert code == 0
    assert [trace for trace in TRACES if trace in printed.out + printed.err] == []


def test_a_public_fact_that_is_relabelled_leaves_the_register_of_the_public(toy, tmp_path):
    before = keys(PUBLIC)
    folder = change(
        copy_of_toy(tmp_path),
        "facts/coasts.csv",
        "XKA,dark-coasts-reported,2005-01,open,,,2005-01,event,reported_by_state,Yearly reports,2005,,,,public",
        "XKA,dark-coasts-reported,2005-01,open,,,2005-01,event,reported_by_state,Yearly reports,2005,,,,secretariat",
    )
    change(folder, "coverage.csv", "article-4,*,dark-coasts-reported,2010-12-31,Inventors of this treaty,\n", "")

    load_folder(folder)

    assert before - keys(PUBLIC) == {"XKA.dark-coasts-reported"}
    assert [fact.number for fact in register("toy", SECRETARIAT).facts if fact.key == "XKA.dark-coasts-reported"] == [
        1,
        2,
    ]
    assert facts_about("toy", "XKA", KNOWN, at=1) == facts_about("toy", "XKA", KNOWN)


def test_a_fact_that_is_made_public_is_seen_from_then_on(toy, tmp_path):
    folder = change(
        copy_of_toy(tmp_path),
        "facts/coasts.csv",
        "The oil is in the cellar.,,parties",
        "The oil is in the cellar.,,public",
    )

    load_folder(folder)

    assert keys(PUBLIC) == {"XKA.deposit", "XKA.dark-coasts-reported", "XKA.plan-announced"}
    assert "XKA.plan-announced" not in [fact.key for fact in facts_about("toy", "XKA", KNOWN, at=1)]
