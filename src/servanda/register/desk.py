"""The desk: proposals, suggestions and clashes, as the journal tells of them. A pure fold; nothing else is stored.

The stream `<convention>/desk` holds each step, and the convention's own stream each approval, whose number
stands on the row that it made. A proposal is known by the number of its entry.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from servanda.journal.kinds import Kind, declare

Act = Literal["add", "correct", "dispute", "set_aside", "withdraw", "verify"]
State = Literal["open", "approved", "declined", "withdrawn", "closed"]
NEW_VERSION: frozenset[Act] = frozenset({"set_aside", "withdraw", "verify"})

PROPOSED = declare(Kind("fact-proposed")).name
DECLINED = declare(Kind("proposal-declined")).name
WITHDRAWN = declare(Kind("proposal-withdrawn")).name
SUGGESTED = declare(Kind("correction-suggested")).name
CLOSED = declare(Kind("suggestion-closed")).name
CLASHED = declare(Kind("clash-found")).name
SETTLED = declare(Kind("clash-settled")).name
APPROVED = declare(Kind("fact-approved")).name


class Entry(Protocol):
    """What the fold needs of a journal entry."""

    @property
    def number(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def body(self) -> Mapping[str, Any]: ...
    @property
    def by(self) -> str: ...
    @property
    def at(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Ending:
    """How a step of the desk ended: by whom, when (UTC, ISO 8601), why, and at which number of which stream."""

    state: State
    by: str
    at: str
    number: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What someone proposes: an act, the fact it concerns, and the row that it would make, cell by cell.

    `concerns` is the key of an existing fact, empty for `add`; `key` that of the row; `based_on` the version of
    the fact concerned that the author saw; `document` a source that the register does not hold yet.
    """

    act: Act
    key: str
    cells: Mapping[str, str]
    concerns: str = ""
    based_on: int = 0
    document: Mapping[str, str] | None = None
    reason: str = ""
    suggestion: int = 0

    def as_body(self) -> dict[str, Any]:
        """The same as the body of a journal entry."""
        return {
            "act": self.act,
            "key": self.key,
            "cells": dict(self.cells),
            "concerns": self.concerns,
            "based_on": self.based_on,
            "document": dict(self.document) if self.document else None,
            "reason": self.reason,
            "suggestion": self.suggestion,
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft that awaits a second person, or what became of it."""

    number: int
    draft: Draft
    by: str
    at: str
    ending: Ending | None = None

    @property
    def state(self) -> State:
        """Whether it is open still, and if not, how it ended."""
        return self.ending.state if self.ending else "open"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a member of the public says about a fact; the words stand beside the entry and can be erased."""

    number: int
    key: str
    at: str
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """What a pack says now, and the desk says otherwise; `said` is empty where the pack drops the fact."""

    number: int
    key: str
    local_key: str
    said: Mapping[str, str]
    at: str
    ending: Ending | None = None


@dataclass(frozen=True)
class Inbox:
    """All that passed over the desk of a convention, by number."""

    proposals: Mapping[int, Proposal] = field(default_factory=dict)
    suggestions: Mapping[int, Suggestion] = field(default_factory=dict)
    clashes: Mapping[int, Clash] = field(default_factory=dict)

    @property
    def open_proposals(self) -> list[Proposal]:
        """The proposals that await a second person, oldest first."""
        return [proposal for proposal in self.proposals.values() if not proposal.ending]

    @property
    def open_suggestions(self) -> list[Suggestion]:
        """The suggestions that nobody has answered, oldest first."""
        return [suggestion for suggestion in self.suggestions.values() if not suggestion.ending]

    @property
    def open_clashes(self) -> list[Clash]:
        """The clashes that nobody has settled, oldest first."""
        return [clash for clash in self.clashes.values() if not clash.ending]

    def about(self, key: str) -> list[Proposal]:
        """Every proposal about a fact, oldest first."""
        return [each for each in self.proposals.values() if key in (each.draft.key, each.draft.concerns)]


def fold(steps: Iterable[Entry], approvals: Iterable[Entry]) -> Inbox:
    """The desk after all steps of its stream and the approvals of the convention's."""
    proposals: dict[int, Proposal] = {}
    suggestions: dict[int, Suggestion] = {}
    clashes: dict[int, Clash] = {}
    for step in steps:
        body = step.body
        match step.kind:
            case "fact-proposed":
                proposals[step.number] = Proposal(step.number, draft_of(body), step.by, step.at)
            case "proposal-declined":
                end(proposals, body["proposal"], "declined", step)
            case "proposal-withdrawn":
                end(proposals, body["proposal"], "withdrawn", step)
            case "correction-suggested":
                suggestions[step.number] = Suggestion(step.number, body["fact"], step.at)
            case "suggestion-closed":
                end(suggestions, body["suggestion"], "closed", step)
            case "clash-found":
                found = Clash(step.number, body["key"], body["local_key"], body["said"], step.at)
                clashes[step.number] = found
            case "clash-settled":
                end(clashes, body["clash"], "closed", step)
    for approval in approvals:
        approve(proposals, suggestions, approval)
    return Inbox(proposals, suggestions, clashes)


def draft_of(body: Mapping[str, Any]) -> Draft:
    """A draft as an entry holds it."""
    return Draft(
        act=body["act"],
        key=body["key"],
        cells=body["cells"],
        concerns=body["concerns"],
        based_on=body["based_on"],
        document=body["document"],
        reason=body["reason"],
        suggestion=body["suggestion"],
    )


def end(pieces: dict[int, Any], number: int, state: State, step: Entry) -> None:
    """Note how something ended."""
    ending = Ending(state, step.by, step.at, step.number, step.body.get("reason", ""))
    pieces[number] = replace(pieces[number], ending=ending)


def approve(proposals: dict[int, Proposal], suggestions: dict[int, Suggestion], approval: Entry) -> None:
    """Note an approval, which answers the suggestion that the proposal took up, too."""
    end(proposals, approval.body["proposal"], "approved", approval)
    taken_up = proposals[approval.body["proposal"]].draft.suggestion
    if taken_up in suggestions and not suggestions[taken_up].ending:
        end(suggestions, taken_up, "closed", approval)
