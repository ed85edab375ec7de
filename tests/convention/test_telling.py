"""Rules of a pack in words."""

from servanda.convention.telling import told, told_of_entry
from tests.packs.shelf import bench_of

MARKS = {0x2068: None, 0x2069: None}


def said(found):
    """Each thing told as a reader sees it."""
    return [" ".join([str(each.sentence), *map(str, each.facts)]).translate(MARKS) for each in found]


def test_an_obligation_with_a_date_says_by_when_how_it_is_extended_and_what_ends_it():
    pack = bench_of("apmbc").pack

    found = told(pack, pack.obligations["article-5"])

    assert said(found)[1:] == [
        "It is to be fulfilled within 10 years after entry into force for the State.",
        "A formal meeting may extend the deadline at the request of the State, by up to 10 years.",
        "A request is expected by 31 March of the year of the meeting that decides.",
        "It is fulfilled by: Completion declared",
        "It is open again after: Mined areas discovered",
    ]
    assert [each.source.place for each in found if each.source] == ["date of the request"]


def test_each_shape_of_a_date_has_its_words():
    pack = bench_of("toy").pack

    tellings = {name: said(told(pack, rule)) for name, rule in pack.obligations.items()}

    assert tellings["article-2"] == ["It binds continually and has no date by which it is fulfilled."]
    assert tellings["article-8"] == ["A report on the calendar year before is due on 31 March of each year."]
    assert "It cannot be extended." in tellings["article-7"]
    assert "The time is counted from this day if it is later: End of the siege" in tellings["article-5"]
    assert "It does not apply where this is in the register: Reported that it holds no oil" in tellings["article-5"]
    assert "Where a State stands with it is told by: School for keepers" in tellings["article-9"]


def test_entry_into_force_is_told_by_its_rule():
    assert said(told_of_entry(bench_of("apmbc").pack)) == [
        "It enters into force for a State 6 months after the first day of the month of this: Deposit of the instrument",
        "It bound nobody before 1 March 1999.",
        "A source that states the date goes before this rule: Entry into force",
        "It ceases to bind a State with: Withdrawal takes effect",
    ]
    assert said(told_of_entry(bench_of("toy").pack))[0] == (
        "It enters into force for a State 90 days after this: Deposit of the instrument"
    )
