"""Facts against one another: what cannot all stand, whoever states it, in a pack or at the desk."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from servanda.common.days import When
from servanda.convention.pack import Pack
from servanda.convention.rules import Extension

DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one verified fact says, as far as another can contradict it."""

    key: str
    state: str
    predicate: str
    value: str
    unit: str
    meeting: str
    valid_from: When
    known_on: When
    rank: str
    stance: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts that cannot all stand; the last of them is the one to look at first."""

    keys: tuple[str, ...]
    what: str
    why: str
    do: str


def contradictions(claims: Iterable[Claim], pack: Pack) -> Iterator[Contradiction]:
    """Every contradiction between facts that are neither set aside nor denials."""
    standing = sorted(
        (claim for claim in claims if claim.rank in ("preferred", "normal") and claim.stance != DENIED),
        key=lambda claim: (claim.state, claim.key),
    )
    yield from preferred_twice(standing)
    extensions = [obligation.extension for obligation in pack.obligations.values() if obligation.extension]
    for _state, found in groupby(standing, key=lambda claim: claim.state):
        of_state = list(found)
        for extension in extensions:
            yield from decided_before_asked(of_state, extension)
            yield from decided_twice(of_state, extension)
            yield from granted_backwards(of_state, extension)
            yield from known_before_decided(of_state, extension)


def preferred_twice(claims: Iterable[Claim]) -> Iterator[Contradiction]:
    """Two preferred facts about one occasion with different values."""
    groups: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.rank == "preferred":
            occasion = claim.meeting or str(claim.valid_from)
            groups[claim.state, claim.predicate, occasion].append(claim)
    for (state, predicate, occasion), found in groups.items():
        if len({(claim.value, claim.unit) for claim in found}) > 1:
            said = " and ".join(f"{claim.value!r} ({claim.key})" for claim in found)
            yield Contradiction(
                tuple(claim.key for claim in found),
                f"Two preferred facts disagree on {state}, {predicate}, {occasion}: {said}.",
                "Preferred is what an answer takes first; it cannot take both.",
                "Leave `preferred` to the one that the better source says.",
            )


def decisions(claims: Iterable[Claim], extension: Extension) -> Iterator[Claim]:
    """The claims that are decisions of a meeting on an extension."""
    for claim in claims:
        if claim.predicate in (extension.granted_by, extension.not_granted_by) and claim.meeting:
            yield claim


def decided_before_asked(claims: list[Claim], extension: Extension) -> Iterator[Contradiction]:
    """A decision that a meeting took before the request that it answers was made."""
    asked = {claim.meeting: claim for claim in claims if claim.predicate == extension.requested_by and claim.meeting}
    for decision in decisions(claims, extension):
        request = asked.get(decision.meeting)
        if request and decision.valid_from.last < request.valid_from.first:
            yield Contradiction(
                (request.key, decision.key),
                f"{decision.meeting} decided on {decision.valid_from}, before the request of {request.valid_from}.",
                f"{decision.key} answers {request.key}, which came later.",
                "Mend the day of one of them, or the meeting to which the request was addressed.",
            )


def decided_twice(claims: list[Claim], extension: Extension) -> Iterator[Contradiction]:
    """Two decisions of one meeting on one State."""
    by_meeting: dict[str, list[Claim]] = defaultdict(list)
    for decision in decisions(claims, extension):
        by_meeting[decision.meeting].append(decision)
    for meeting, found in by_meeting.items():
        if len(found) > 1:
            yield Contradiction(
                tuple(claim.key for claim in found),
                f"{meeting} decides twice on {found[0].state}: {', '.join(claim.key for claim in found)}.",
                "A meeting takes one decision on one request.",
                "Name the second source in `also`, or set one of the two aside (rank deprecated).",
            )


def granted_backwards(claims: list[Claim], extension: Extension) -> Iterator[Contradiction]:
    """An extension to a day before the decision that grants it."""
    for claim in claims:
        if claim.predicate == extension.granted_by and claim.value and claim.value < claim.valid_from.first.isoformat():
            yield Contradiction(
                (claim.key,),
                f"{claim.meeting or 'The decision'} of {claim.valid_from} sets {claim.value}, a day before it.",
                "An extension runs to a day that is still to come.",
                "Mend the day that the decision sets, or the day of the decision.",
            )


def known_before_decided(claims: list[Claim], extension: Extension) -> Iterator[Contradiction]:
    """A decision that was public before it was taken."""
    for decision in decisions(claims, extension):
        if decision.known_on.last < decision.valid_from.first:
            yield Contradiction(
                (decision.key,),
                f"{decision.meeting} decided on {decision.valid_from}, and known_on is {decision.known_on}.",
                "A decision is not public before it is taken; an answer about an earlier day would use it.",
                "Write in known_on the day of the decision, or that of a later source.",
            )
