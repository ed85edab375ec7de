"""What changed: since a journal number, or between two days; and nothing that a seat may not see."""

import pytest

from servanda.convention.queries import NotThatFar
from servanda.people.permissions import PUBLIC, SECRETARIAT
from servanda.programme.changes import DaysTheWrongWayRound, coming_meetings
from servanda.programme.queries import changes_between, changes_since
from servanda.web.changing import changes_table
from tests.packs.loaded import load_folder
from tests.packs.shelf import add_line, bench_of, change, copy_of_toy, day

ISOLATES = str.maketrans("", "", "\u2068\u2069")
COASTS = "facts/coasts.csv"
TODAY = day("2010-12-31")
LIT = "XDA.lit,XDA,coasts-lit,2010-02-01,open,2010-01-15,,2010-02-01,event,reported_by_state,Yearly reports,2010,,,,"
SEALED = (
    "XBA.sealed,XBA,light-failed,2010-03,open,,,2010-03,event,reported_by_state,"
    "Letters to the secretariat,,,moonstone,,secretariat"
)


def facts(found):
    return [(change.kind, change.fact.key) for change in found.facts]


def statuses(found):
    return [(change.after.state, change.before.word, change.after.word) for change in found.statuses]


def lists(found):
    return [(moved.tier.id, moved.meeting.code, moved.state, moved.before, moved.after) for moved in found.moved]


@pytest.fixture
def folder(toy, tmp_path):
    """A copy of the invented pack, which is loaded already."""
    return copy_of_toy(tmp_path)


# Since a journal number.


def test_a_fact_that_was_taken_in_is_added_with_the_status_it_changes(folder):
    add_line(
        folder,
        COASTS,
        LIT,
    )
    load_folder(folder)

    found = changes_since("toy", 1, TODAY)

    assert facts(found) == [("added", "XDA.lit")]
    assert statuses(found) == [("XDA", "extended", "met")]
    assert lists(found) == []


def test_a_row_stated_differently_is_changed_and_shows_both_dates(folder):
    change(folder, COASTS, "2009-05-15,open,2011-11-30,A4", "2009-05-15,open,2011-12-24,A4")
    load_folder(folder)

    found = changes_since("toy", 1, TODAY)

    (only,) = found.facts
    assert (only.kind, only.before.value, only.after.value) == ("changed", "2011-11-30", "2011-12-24")
    assert [(each.before.due, each.after.due) for each in found.statuses] == [(day("2011-11-30"), day("2011-12-24"))]


def test_a_row_gone_from_the_pack_is_withdrawn(folder):
    line = next(line for line in (folder / COASTS).read_text().splitlines() if line.startswith("XBA.coasts-lit"))
    change(folder, COASTS, line + "\n", "")
    load_folder(folder)

    found = changes_since("toy", 1, TODAY)

    assert facts(found) == [("withdrawn", "XBA.coasts-lit")]
    assert statuses(found) == [("XBA", "met late", "deadline passed")]


def test_a_lead_is_no_change_to_the_public_and_one_to_the_secretariat(folder):
    cells = "XBA.failed,XBA,light-failed,2010-03,open,,,2010-03,source,reported_by_others,The Evening Foghorn,page 9,,"
    add_line(folder, "leads/coasts.csv", cells)
    load_folder(folder)

    assert facts(changes_since("toy", 1, TODAY)) == []
    assert facts(changes_since("toy", 1, TODAY, SECRETARIAT)) == [("added", "XBA.failed")]


def test_coverage_that_grows_is_told(folder):
    change(
        folder,
        "coverage.csv",
        "article-4,XEA,postponement-granted,2005-05-13",
        "article-4,XEA,postponement-granted,2009-05-15",
    )
    load_folder(folder)

    found = changes_since("toy", 1, TODAY)

    assert facts(found) == [("changed", "coverage.article-4.XEA.postponement-granted")]
    assert statuses(found) == [("XEA", "unknown", "deadline passed")]


def test_rules_that_changed_are_told(folder):
    change(folder, "tiers/hearing.yaml", "years: 1", "years: 2")
    load_folder(folder)

    found = changes_since("toy", 1, TODAY)

    assert (found.rules_changed, found.is_none) == (True, False)


def test_since_the_newest_number_nothing_changed(toy):
    assert changes_since("toy", 1, TODAY).is_none


def test_a_number_that_the_journal_has_not_reached_is_refused(toy):
    with pytest.raises(NotThatFar):
        changes_since("toy", 9, TODAY)


# Between two days.


def test_what_became_public_between_two_days_and_where_that_leads(toy):
    found = changes_between("toy", day("2006-06-30"), day("2007-05-18"))

    expected = {"XBA.coasts-lit", "XCA.postponement-requested.A3", "XCA.named-in-programme.A3"}
    assert expected <= {key for kind, key in facts(found) if kind == "added"}
    assert ("XDA", "pending", "deadline passed") in statuses(found)
    assert ("XBA", "deadline passed", "met late") in statuses(found)


def test_lists_of_the_coming_meeting_are_compared_as_known_on_both_days(toy):
    found = changes_between("toy", day("2007-05-17"), day("2008-10-31"))

    assert [each for each in lists(found) if each[2] == "XHA"] == []
    assert {each[1] for each in lists(found)} <= {"W2", "W3", "A4"}


def test_days_the_wrong_way_round_are_refused(toy):
    with pytest.raises(DaysTheWrongWayRound) as refused:
        changes_between("toy", TODAY, TODAY)

    assert str(refused.value) == (
        "Between 2010-12-31 and 2010-12-31 nothing can change. What changed is told from an earlier day to a later "
        "one. Ask from the earlier day to the later."
    )


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2003-01-01", ["A1", "W1"]),
        ("2007-05-18", ["A3", "W2"]),
        ("2007-05-19", ["W2", "A4"]),
        ("2020-01-01", ["A4", "W3"]),
    ],
)
def test_of_each_kind_the_next_meeting_counts_or_the_latest(on, expected):
    bench = bench_of("toy")

    assert [meeting.code for meeting in coming_meetings(bench.pack, bench.calendar, day(on))] == expected


# What is hidden.


def test_a_hidden_fact_changes_nothing_that_the_public_is_told(folder):
    add_line(folder, COASTS, SEALED)
    load_folder(folder)

    public, secretariat = (changes_since("toy", 1, TODAY, seat) for seat in (PUBLIC, SECRETARIAT))

    assert public.is_none
    assert list(changes_table(public, "toy", "en").rows) == []
    assert facts(secretariat) == [("added", "XBA.sealed")]
    assert statuses(secretariat) != []


def test_a_fact_hidden_later_is_not_told_as_withdrawn(folder):
    change(
        folder,
        COASTS,
        "reported_by_state,Yearly reports,2006,,,preferred,",
        "reported_by_state,Yearly reports,2006,,,preferred,secretariat",
    )
    load_folder(folder)

    found = changes_since("toy", 1, TODAY)

    assert (facts(found), statuses(found)) == ([], [])


def test_names_behind_a_printed_rule_are_told_to_the_secretariat_alone(folder):
    add_line(
        folder,
        COASTS,
        "XDA.kept,XDA,keepers-listed,2006-09-01,open,,,2006-09-01,event,reported_by_state,Yearly reports,2006,,,,",
    )
    load_folder(folder)

    public, secretariat = (changes_since("toy", 1, day("2006-10-02"), seat) for seat in (PUBLIC, SECRETARIAT))

    assert lists(public) == []
    assert ("keepers", "W1", "XDA", "computed", "absent") in lists(secretariat)


def test_the_table_says_each_difference_in_words(folder):
    add_line(
        folder,
        COASTS,
        LIT,
    )
    load_folder(folder)

    table = changes_table(changes_since("toy", 1, TODAY), "toy", "fr")

    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert [(row["what"], row["change"], row["state"], row["before"], row["after"]) for row in rows] == [
        ("fact", "added", "XDA", "", "2010-01-15"),
        ("status", "differs", "XDA", "extended 2011-11-30", "met"),
    ]
    assert rows[0]["says"].translate(ISOLATES).startswith("Éclairage de toutes les côtes obscures déclaré")
