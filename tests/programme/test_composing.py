"""Programmes composed: the template by its days, the tiers by the register, the persons by who is planned."""

import pytest

from servanda.programme.composing import MeetingIsTooShort, NoTemplate, compose, template_for
from servanda.programme.derivation import Derivation
from servanda.programme.queries import plan, plan_at
from tests.packs.shelf import bench_of, contents_of


def composed(convention, code, known=None, *, bench=None, presenters=None):
    """The programme of a meeting of a pack, without a database."""
    bench = bench or bench_of(convention)
    meeting = bench.calendar.meeting(code)
    known = known or meeting.start
    return compose(
        pack=bench.pack,
        calendar=bench.calendar,
        meeting=meeting,
        template=template_for(bench.pack, meeting),
        derivation=Derivation(bench.pack, bench.calendar, bench.register, meeting, known),
        presenters=contents_of(convention).presenters if presenters is None else presenters,
        number=1,
        as_of=known,
    )


def test_a_kind_of_meeting_without_template_is_refused():
    with pytest.raises(NoTemplate) as refused:
        composed("ccm", "12MSP")

    assert str(refused.value) == (
        "ccm has no template for 12MSP. It is a meeting of the kind 'meeting_of_states_parties'; there are templates "
        "for: none. Add one to templates/ of the pack and load it again."
    )


def test_a_meeting_that_is_shorter_than_its_template_is_refused():
    with pytest.raises(MeetingIsTooShort) as refused:
        composed("apmbc", "IM2015")

    assert str(refused.value) == (
        "The template 'intersessional' does not fit IM2015. It takes 3 days; the calendar gives the meeting 2 "
        "(2015-06-25 to 2015-06-26). Mend the days in calendar/meetings.csv, or add a template of that many days to "
        "templates/ of the pack."
    )


def test_a_loaded_convention_has_its_programmes(apmbc):
    found = plan("apmbc", "im2024")

    assert (found.code, found.as_of.number) == ("IM2024", 1)
    assert found.items["1"].presenters[0].person == "Ly Thuch"


def test_what_is_kept_in_memory_holds_no_person(apmbc):
    found = plan("apmbc", "IM2024")
    kept = plan_at("apmbc", 1, "IM2024", found.start, None)

    assert {presenter.person for item in found.agenda for presenter in item.presenters} == {
        "Ly Thuch", "Stefano Toscano", "",
    }  # fmt: skip
    assert {presenter.person for item in kept.agenda for presenter in item.presenters} == {""}
