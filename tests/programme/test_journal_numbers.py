"""`--at`: what was answered at a journal number is answered so for good."""

import pytest

from servanda.convention.queries import NotThatFar
from servanda.programme.queries import tier
from servanda.register.queries import facts_about, question
from tests.packs.loaded import load_folder
from tests.packs.shelf import change, copy_of_toy, day

GRANT = "XDA.postponement-granted.A4,XDA,postponement-granted,2009-05-15,open,2011-11-30"
LATER_GRANT = GRANT.replace("2011-11-30", "2012-06-30")
REQUEST = "XCA.postponement-requested.A3"


def status(state, on, at=None):
    found = question("toy", day(on), day(on), at).status("article-4", state)
    return found.word, found.due


def test_after_a_load_that_changes_a_fact_the_answer_at_the_earlier_number_is_the_old_one(toy, tmp_path):
    folder = change(copy_of_toy(tmp_path), "facts/coasts.csv", GRANT, LATER_GRANT)

    loaded = load_folder(folder)

    assert (loaded.number, loaded.changed, loaded.added, loaded.withdrawn) == (2, 1, 0, 0)
    assert status("XDA", "2010-06-01") == ("extended", day("2012-06-30"))
    assert status("XDA", "2010-06-01", at=2) == ("extended", day("2012-06-30"))
    assert status("XDA", "2010-06-01", at=1) == ("extended", day("2011-11-30"))


def test_a_row_taken_out_of_the_pack_still_stands_at_the_earlier_number(toy, tmp_path):
    folder = copy_of_toy(tmp_path)
    path = folder / "facts/coasts.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(GRANT)), encoding="utf-8")

    loaded = load_folder(folder)

    assert (loaded.number, loaded.withdrawn) == (2, 1)
    assert status("XDA", "2010-06-01", at=1) == ("extended", day("2011-11-30"))
    assert status("XDA", "2010-06-01") == ("deadline passed", day("2006-11-30"))
    assert "XDA.postponement-granted.A4" not in [fact.key for fact in facts_about("toy", "XDA", day("2010-06-01"))]


def test_a_row_put_back_stands_again(toy, tmp_path):
    folder = change(copy_of_toy(tmp_path), "facts/coasts.csv", GRANT, LATER_GRANT)
    load_folder(folder)

    loaded = load_folder(change(folder, "facts/coasts.csv", LATER_GRANT, GRANT))

    assert (loaded.number, loaded.changed) == (3, 1)
    assert [status("XDA", "2010-06-01", at=at)[1] for at in (1, 2, 3)] == [
        day("2011-11-30"),
        day("2012-06-30"),
        day("2011-11-30"),
    ]


def test_a_tier_at_an_earlier_number_is_the_list_as_it_was(toy, tmp_path):
    first = tier("toy", "hearing", "W1")
    folder = change(
        copy_of_toy(tmp_path),
        "tiers/hearing.yaml",
        "is: {end_of_year_after: next_formal_meeting, years: 1}",
        "is: {start_of: next_formal_meeting}",
    )

    load_folder(folder)

    now, then = tier("toy", "hearing", "W1"), tier("toy", "hearing", "W1", at=1)
    assert (then.states, then.digest, then.number) == (first.states, first.digest, 1)
    assert now.number == 2
    assert set(then.states) - set(now.states) == {"XHA", "XIA"}


def test_a_number_that_the_journal_does_not_have_is_refused(toy):
    with pytest.raises(NotThatFar) as refused:
        tier("toy", "hearing", "W1", at=7)

    assert str(refused.value) == (
        "The journal of toy has no number 7. It goes from 1 to 1. "
        "Ask at one of these numbers, or leave it out for the newest."
    )


@pytest.mark.parametrize("at", [0, -1, 2])
def test_so_is_one_before_the_first_or_after_the_last(toy, at):
    with pytest.raises(NotThatFar) as refused:
        question("toy", day("2010-06-01"), day("2010-06-01"), at)

    assert refused.value.exit_code == 2
