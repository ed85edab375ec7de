"""Tiers by the whole vocabulary: what is recorded, who comes first, and what only some may see."""

from dataclasses import replace

from servanda.convention.rules import Not, Tier
from servanda.documents.sources import Source
from servanda.people.permissions import PUBLIC, SECRETARIAT, labels
from servanda.programme.derivation import Derivation, tier_as_json
from servanda.register.facts import Register
from tests.packs.shelf import a_fact, bench_of, day, tier_of

PROGRAMME = Source("Programme W2", "organ", programme_of="W2")


def derivation(meeting="W2", register=None, seat=SECRETARIAT):
    bench = bench_of("toy")
    found = bench.calendar.meeting(meeting)
    return Derivation(bench.pack, bench.calendar, register or bench.register, found, found.start, seen=labels(seat))


def with_fact(fact):
    return Register("toy", 1, (*bench_of("toy").register.facts, fact))


def basis_of(tier, state, register):
    found = derivation(register=register).tier(tier)
    return next((named.basis for named in found.named if named.state == state), None)


def test_a_rule_that_holds_by_the_programme_of_the_meeting_alone_makes_a_name_recorded():
    lights = a_fact("XLA.failed", "XLA", "light-failed", "2008-10-01", source=PROGRAMME)

    assert basis_of("lights-failed", "XLA", with_fact(lights)) == "recorded"


def test_with_another_source_beside_the_programme_it_is_computed():
    lights = a_fact("XLA.failed", "XLA", "light-failed", "2008-10-01", source=PROGRAMME, also=(Source("R", "organ"),))

    assert basis_of("lights-failed", "XLA", with_fact(lights)) == "computed"


def test_the_programme_of_another_meeting_is_a_source_like_any():
    lights = a_fact("XLA.failed", "XLA", "light-failed", "2008-10-01", source=replace(PROGRAMME, programme_of="W1"))

    assert basis_of("lights-failed", "XLA", with_fact(lights)) == "computed"


def test_who_is_in_a_tier_that_comes_first_is_not_in_this():
    register = with_fact(a_fact("XCA.asked", "XCA", "report-asked", "2008-01-01", value="2008-02-01"))

    found = derivation(register=register)

    assert "XCA" in found.tier("hearing").states
    assert "XCA" not in found.tier("reports-asked").states


def test_who_may_be_in_a_tier_that_comes_first_is_a_question_here():
    found = derivation().tier("other-coasts")

    assert {doubt.state: str(doubt.sentence) for doubt in found.doubts} == dict.fromkeys(
        ("XEA", "XIA"), "It may belong to another list of this meeting, which comes first."
    )


def test_who_may_not_see_its_names_gets_a_tier_as_if_nobody_were_in_it():
    facts = bench_of("toy").register.facts
    without = Register("toy", 1, tuple(fact for fact in facts if fact.predicate != "whisper"))

    hidden = [derivation(register=each, seat=PUBLIC).tier("whispers") for each in (bench_of("toy").register, without)]

    assert derivation().tier("whispers").states == ("XBA",)
    assert [found.states for found in hidden] == [(), ()]
    assert tier_as_json(hidden[0]) == tier_as_json(hidden[1])


def test_a_tier_that_prints_its_rule_is_printed_as_if_nobody_were_in_it():
    found = derivation().tier("schools")

    printed = tier_as_json(found.as_printed)

    assert found.states == ("XCA",)
    assert [printed[name] for name in ("states", "basis", "because", "not_established", "questions")] == [
        [], {}, {}, [], {},
    ]  # fmt: skip
    assert printed["digest"] != found.digest


def test_a_tier_open_on_request_says_to_whom_and_names_nobody():
    found = tier_as_json(derivation().tier("voices"))

    assert found["open_to"] == ["states_parties", "states_not_party", "organizations"]
    assert found["states"] == []


def test_the_opposite_of_a_condition_leaves_open_what_is_not_established():
    rule = bench_of("toy").pack.tiers["oil-late"]
    opposite = Tier.model_validate(rule.model_dump(by_alias=True) | {"when": {"not": {"overdue": "article-5"}}})

    found = tier_of("toy", "", "W2", day("2008-10-06"), rule=opposite)

    assert isinstance(opposite.when, Not)
    assert "XDA" not in found.states
    assert "XAA" in found.states
    assert [doubt.state for doubt in found.doubts] == ["XBA", "XEA", "XHA"]


def test_a_question_says_what_would_settle_it():
    asked = {doubt.state: str(doubt.sentence) for doubt in derivation().tier("visitors").doubts}

    assert asked == {"XGA": "The register does not say whether this is so: Registered for the meeting."}


def test_what_is_counted_holds_until_the_day_it_ends():
    before, after = (derivation(meeting).tier("counted").states for meeting in ("W1", "W2"))

    assert before == ("XDA", "XEA")
    assert after == ("XDA",)
