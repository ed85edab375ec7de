"""Facts in a register: which version stands, what corrects what, and in which order they are read."""

import pytest

from servanda.common.days import When
from servanda.register.facts import Register
from servanda.register.models import Fact as FactRow
from servanda.register.queries import KnownAfterToday, refuse_after_today, register
from servanda.register.status import UnknownObligation, find_obligation
from tests.packs.loaded import load_folder
from tests.packs.shelf import a_fact, bench_of, change, copy_of_toy, day

NEVER_BEFORE = day("1999-01-01")
LATE = day("2020-01-01")


def keys(view, state="XAA", predicate="dark-coasts-reported"):
    return [fact.key for fact in view.facts(state, predicate)]


@pytest.mark.parametrize(
    ("known_on", "asked", "is_known"),
    [
        ("2002-03-10", "2002-03-09", False),
        ("2002-03-10", "2002-03-10", True),
        ("2002-03", "2002-03-30", False),
        ("2002-03", "2002-03-31", True),
        ("2002", "2002-12-30", False),
        ("2002", "2002-12-31", True),
    ],
)
def test_a_fact_is_known_from_the_last_day_of_its_date(known_on, asked, is_known):
    fact = a_fact(known_on=When.parse(known_on))

    found = Register("toy", 1, (fact,)).as_known(day(asked))

    assert keys(found) == ([fact.key] if is_known else [])


def test_a_correction_stands_in_the_place_of_what_it_names_from_the_day_it_is_known():
    wrong = a_fact("wrong")
    right = a_fact("right", on="2005-01-01", supersedes="wrong")
    register = Register("toy", 1, (wrong, right))

    found = [keys(register.as_known(day(text))) for text in ("2004-12-31", "2005-01-01")]

    assert found == [["wrong"], ["right"]]


def test_a_lead_that_would_correct_a_fact_leaves_it_standing_among_the_facts():
    fact = a_fact("sourced")
    lead = a_fact("said", on="2005-01-01", supersedes="sourced", standing="lead")

    view = Register("toy", 1, (fact, lead)).as_known(LATE)

    assert (keys(view.firm), keys(view)) == (["sourced"], ["said"])


def test_a_deprecated_fact_stays_in_the_register_and_out_of_every_answer():
    register = Register("toy", 1, (a_fact(rank="deprecated"),))

    found = register.as_known(LATE)

    assert (len(register.facts), keys(found), found.subjects()) == (1, [], set())


def test_of_two_facts_of_one_day_the_preferred_one_is_read_first():
    facts = (a_fact("a"), a_fact("b", rank="preferred"), a_fact("c", on="2001-01-01"))

    found = Register("toy", 1, facts).as_known(LATE)

    assert keys(found) == ["c", "b", "a"]


def test_the_newest_version_up_to_a_number_stands():
    versions = tuple(a_fact("one", number=number, note=str(number)) for number in (3, 1, 2))
    register = Register("toy", 3, versions)

    notes = [register.as_known(LATE, at).facts("XAA", "dark-coasts-reported")[0].note for at in (1, 2, 3, None)]

    assert notes == ["1", "2", "3", "3"]


def test_nothing_is_declared_complete_beyond_the_day_asked_as_known():
    view = bench_of("toy").register.as_known(day("2004-01-01"))

    found = [
        view.is_complete("article-4", "XAA", "postponement-granted", day(text)) for text in ("2004-01-01", "2004-01-02")
    ]

    assert found == [True, False]


def test_coverage_of_one_state_goes_before_that_of_all():
    view = bench_of("toy").register.as_known(LATE)

    found = {state: view.coverage_of("article-4", state, "postponement-granted").value for state in ("XAA", "XEA")}

    assert found == {"XAA": "2009-05-15", "XEA": "2005-05-13"}


def test_what_is_not_declared_complete_at_all_is_not_complete():
    view = bench_of("toy").register.as_known(LATE)

    found = view.is_complete("article-7", "XAA", "light-failed", NEVER_BEFORE)

    assert found is False


def test_an_unknown_obligation_is_refused_with_those_there_are():
    with pytest.raises(UnknownObligation) as refused:
        find_obligation(bench_of("toy").pack, "article-99")

    assert str(refused.value) == (
        "toy has no obligation 'article-99'. An obligation is named by its id in the pack. "
        "Known: article-2, article-4, article-5, article-7, article-8, article-9."
    )


def test_what_will_be_known_after_today_cannot_be_asked():
    with pytest.raises(KnownAfterToday) as refused:
        refuse_after_today(day("2007-01-02"), day("2007-01-01"))

    assert str(refused.value) == (
        "What is known on 2007-01-02 cannot be told today. Today is 2007-01-01, and sources of later days do not "
        "exist yet. Ask as known on 2007-01-01 or before."
    )


def test_today_itself_can_be_asked_and_so_can_no_day_in_particular():
    refuse_after_today(day("2007-01-01"), day("2007-01-01"))
    refuse_after_today(None, day("2007-01-01"))


def test_every_row_of_the_pack_is_a_row_of_the_register(apmbc):
    contents_rows = {fact.key for fact in bench_of("apmbc").register.facts}

    stored = set(FactRow.objects.filter(convention="apmbc").values_list("key", flat=True))

    assert stored == contents_rows
    assert register("apmbc").facts == bench_of("apmbc").register.facts


def test_a_source_that_is_described_better_is_so_for_facts_taken_in_before(toy, tmp_path):
    register("toy")
    folder = change(
        copy_of_toy(tmp_path), "documents.csv", "Friends of the Lamp: State of the Coasts", "State of the Coasts 2003"
    )

    load_folder(folder)

    titles = {fact.source.title for fact in register("toy").facts if fact.source.key == "Friends of the Lamp"}
    assert titles == {"State of the Coasts 2003"}


def test_a_day_on_which_nothing_became_known_has_the_facts_of_the_day_before_and_its_own_date():
    register = Register("toy", 1, (a_fact(on="2002-03-10"), a_fact(key="XAA.later", on="2002-03-20")))

    days = [day("2002-03-09"), day("2002-03-12"), day("2002-03-19"), day("2002-03-20"), day("2002-03-12")]
    views = [register.as_known(known) for known in days]

    assert [keys(view) for view in views] == [
        [],
        *[["XAA.invented"]] * 2,
        ["XAA.invented", "XAA.later"],
        ["XAA.invented"],
    ]
    assert [view.known for view in views] == days
    assert views[1].index is views[2].index
