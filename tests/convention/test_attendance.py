"""Counts of past speakers: what a row must say, and how a tier says that its lists are attended."""

import pytest

from servanda.convention.checking import read_pack
from servanda.convention.pack import PackIsFaulty
from tests.packs.shelf import add_line, bench_of, change, contents_of, copy_of_toy

ROW = "W2,2008,9,duty,5,listed,4,0,Programme W2,"
INVITED = "Of those invited some spoke; without their number nothing can be learnt."

# a row that is well formed, what to put in place of what, what the refusal says
ROWS = {
    "a kind of list that there is not": (
        "duty",
        "duties",
        "kind is 'duties'. Allowed: duty, general, open, comment, presentation. Write one of these.",
    ),
    "more speakers than were invited": (
        ",4,0,",
        ",6,0,",
        f"invited is 5, and states 6. {INVITED} Write how many were invited, or leave the row out.",
    ),
    "a list of those invited without their number": (
        ",5,listed",
        ",,listed",
        f"invited is empty, and states 4. {INVITED} Write how many were invited, or leave the row out.",
    ),
    "a number whose origin is not told": (
        "listed",
        "",
        "invited_by is ''. Allowed: listed, counted, estimated. Write one of these.",
    ),
    "an open floor that invites": (
        "duty",
        "open",
        ("invited is '5'. In a list of kind open nobody is invited by name. Leave invited and invited_by empty."),
    ),
    "a number in words": (
        ",4,0,",
        ",four,0,",
        "states is 'four'. It counts speakers or those invited, from 0 to 999. Write a number, as 12.",
    ),
    "a number of those invited that is none": (
        ",5,",
        ",5.5,",
        "invited is '5.5'. It counts speakers or those invited, from 0 to 999. Write a number, as 12.",
    ),
    "a year that is none": (
        "2008",
        "08",
        "held is '08'. It is the year in which the meeting was held. Write a year, as 2023.",
    ),
    "another year than that of the calendar": (
        "2008",
        "2009",
        "held is 2009. By the calendar W2 was held in 2008. Mend one.",
    ),
    "no meeting": ("W2,", ",", "meeting is empty. Lists are kept apart by meeting. Write its code."),
    "a source that is not listed": (
        "Programme W2",
        "Programme W7",
        (
            "source is 'Programme W7'. Allowed: Register of deposits, LAMP/A1/9, LAMP/A2/9, LAMP/A3/9, LAMP/A4/9, "
            "Yearly reports, Letters to the secretariat, Programme W1, Programme W2, Friends of the Lamp, "
            "The Evening Foghorn, Inventors of this treaty. Write one of these."
        ),
    ),
    "a list that stands already": (
        ",9,",
        ",2.a,",
        "The key 'attendance W2 2.a duty' stands twice. First: attendance.csv:3. Rename or remove one.",
    ),
}


def refusals(folder):
    """What is wrong with a pack."""
    with pytest.raises(PackIsFaulty) as refused:
        read_pack(folder)
    return [str(finding) for finding in refused.value.findings]


@pytest.mark.parametrize("name", ROWS)
def test_a_row_with_one_thing_wrong_is_refused_by_its_line(tmp_path, name):
    old, new, said = ROWS[name]
    folder = copy_of_toy(tmp_path)
    assert ROW.count(old) >= 1

    line = add_line(folder, "attendance.csv", ROW.replace(old, new, 1))

    assert refusals(folder) == [f"attendance.csv:{line}: {said}"]


def test_the_row_itself_is_taken(tmp_path):
    folder = copy_of_toy(tmp_path)
    add_line(folder, "attendance.csv", ROW)

    assert len(read_pack(folder).pack.attendance) == len(contents_of("toy").pack.attendance) + 1


def test_a_meeting_may_be_older_than_the_calendar():
    assert "W0" in {row.meeting for row in bench_of("toy").pack.attendance}


@pytest.mark.parametrize("written", ["[comment, duty]", "[duty, general]", "[duty, comment, open]", "[open, open]"])
def test_a_tier_is_attended_by_those_invited_and_then_by_those_who_ask(tmp_path, written):
    folder = change(copy_of_toy(tmp_path), "tiers/keepers.yaml", "[general]", written)
    found = written.strip("[]").split(", ")
    lines = (folder / "tiers" / "keepers.yaml").read_text(encoding="utf-8").splitlines()
    line = lines.index(f"attendance: {written}") + 1

    assert refusals(folder) == [
        (
            f"tiers/keepers.yaml:{line}: attendance: Value error, it is duty or general, open or comment, "
            f"or one of each in this order. Found: {str(found)!r}. The words of a pack are listed in docs/packs."
        )
    ]


@pytest.mark.parametrize(
    ("tier", "attended"),
    [("hearing", ("duty", "comment")), ("voices", ("open",)), ("lanterns", ("general",)), ("keepers", ("general",))],
)
def test_a_tier_that_does_not_say_is_open_or_a_long_list(tier, attended):
    assert bench_of("toy").pack.tiers[tier].attended == attended


def test_what_a_convention_was_loaded_with_can_be_read_again(toy):
    from servanda.convention.queries import pack

    assert pack("toy").attendance == contents_of("toy").pack.attendance
