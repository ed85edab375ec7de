"""Writing at the desk: propose, approve, decline, withdraw, suggest, settle. Each one transaction and one entry.

A proposal is written to the desk's stream by value. Approval is one entry in the convention's stream, whose
number stands on the row; it repeats nothing of the fact's content, for that stream has more readers than the
fact may have.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from servanda.common.refusals import Refusal
from servanda.convention.pack import CONTROL, DocumentRow
from servanda.documents import actions as documents
from servanda.journal.actions import append, erase, hold
from servanda.journal.queries import entries, find
from servanda.journal.rehearsals import require_real
from servanda.register import desk
from servanda.register.actions import STATED, Disagreement, row_of, take_in
from servanda.register.desk import Clash, Draft, Ending, Proposal, Suggestion
from servanda.register.drafting import DOCUMENT_CELLS, DraftIsFaulty, completed, fact_of_draft, faults
from servanda.register.inbox import desk_of, find_clash, find_proposal, find_suggestion, held, inbox, public_fact

MOST_OPEN_SUGGESTIONS = 200
LONGEST = {"words": 2000, "source": 400, "contact": 200}


class EndedAlready(Refusal):
    """A step of the desk comes twice, or after another."""

    def __init__(self, what: str, number: int, ending: Ending) -> None:
        super().__init__(
            f"The {what} {number} was {ending.state} already; nothing was done a second time.",
            f"By {ending.by}, at {ending.at[:16]} UTC, journal number {ending.number}.",
            "If the register is still not right, make a new proposal.",
        )


class AuthorCannotApprove(Refusal):
    """Somebody approves what they proposed."""

    status = 403

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(
            f"The proposal {proposal.number} cannot be approved by its author, {proposal.by}.",
            "A fact enters the register only when a second person has looked at it and its source.",
            "Ask a colleague to approve it, or withdraw it.",
        )


class OnlyTheAuthorWithdraws(Refusal):
    """Somebody withdraws a proposal that is not theirs."""

    status = 403

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(
            f"The proposal {proposal.number} is not yours to withdraw.",
            f"{proposal.by} made it.",
            "Decline it, and say why.",
        )


class FactHasMoved(Refusal):
    """The fact that a proposal concerns has another version by now."""

    def __init__(self, proposal: Proposal, newest: int) -> None:
        draft = proposal.draft
        super().__init__(
            f"The proposal {proposal.number} cannot be approved: {draft.concerns} has changed since.",
            f"It was made looking at the version of journal number {draft.based_on}; the newest is of {newest}.",
            "Look at the fact's history, decline this proposal, and make a new one if it is still needed.",
        )


class ReasonIsMissing(Refusal):
    """A step that ends something comes without a reason."""

    status = 400

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The {what} needs a reason.",
            "Whoever made it reads why, and so does whoever asks later.",
            "Write a sentence.",
        )


class DeskIsFull(Refusal):
    """More suggestions lie open than people can read."""

    status = 429

    def __init__(self, most: int) -> None:
        super().__init__(
            "Your proposal was not taken.",
            f"{most} proposals from readers await the secretariat, and it takes no more at a time.",
            "Try again in some days, or write to the secretariat.",
        )


class WordsDoNotFit(Refusal):
    """A text from a member of the public is missing or too long."""

    status = 400

    def __init__(self, cell: str, length: int) -> None:
        what = f"{cell} has {length} signs." if length else "Nothing was written."
        super().__init__(
            what, f"Up to {LONGEST[cell]} are read.", "Shorten it." if length else "Say what is not right."
        )


def propose(*, convention: str, draft: Draft, by: str, key: str | None = None) -> Proposal:
    """Put a draft before a second person. Raises ARehearsalOnly, DraftIsFaulty; what is faulty leaves no trace.

    `key` makes it idempotent: the same form sent twice is one proposal.
    """
    for cited in (convention, *draft.cells.values(), *(draft.document or {}).values()):
        require_real(cited, "proposed for the register")
    with transaction.atomic():
        hold(stream=desk_of(convention))
        if key and (earlier := proposal_of_key(convention, key, by)):
            return earlier
        now_held = held(convention)
        draft = completed(draft, now_held)
        if found := faults(draft, now_held):
            raise DraftIsFaulty(found)
        entry = append(stream=desk_of(convention), kind=desk.PROPOSED, body=draft.as_body(), by=by, key=key)
    return find_proposal(convention, entry.number)


def proposal_of_key(convention: str, key: str, by: str) -> Proposal | None:
    """The proposal that the same person made with this key, if there is one."""
    entry = find(desk_of(convention), key)
    return find_proposal(convention, entry.number) if entry and (entry.kind, entry.by) == (desk.PROPOSED, by) else None


def approve(*, convention: str, number: int, by: str) -> Proposal:
    """Take the proposed fact into the register, all or nothing.

    Raises ARehearsalOnly, EndedAlready, AuthorCannotApprove, FactHasMoved, and DraftIsFaulty where the register has
    moved so that the fact does not fit any more.
    """
    require_real(convention, "approved")
    with transaction.atomic():
        hold(stream=convention)
        hold(stream=desk_of(convention))
        proposal = open_proposal(convention, number)
        if by == proposal.by:
            raise AuthorCannotApprove(proposal)
        now_held, draft = held(convention), proposal.draft
        newest = now_held.newest.get(draft.concerns)
        if newest and newest.number != draft.based_on:
            raise FactHasMoved(proposal, newest.number)
        if found := faults(draft, now_held):
            raise DraftIsFaulty(found)
        entry = append(
            stream=convention,
            kind=desk.APPROVED,
            by=by,
            key=f"approval-{number}",
            body={"proposal": number, "act": draft.act, "key": draft.key, "proposed": hash_of(convention, number)},
        )
        if draft.document:
            take_in_document(convention, draft)
        row = row_of(fact_of_draft(draft, now_held, entry.number), convention, proposal.by)
        row.approved_by = by
        take_in([row], number=entry.number)
    return find_proposal(convention, number)


def take_in_document(convention: str, draft: Draft) -> None:
    """Store the source that comes with a draft."""
    described = {name: (draft.document or {}).get(name, "") for name in DOCUMENT_CELLS}
    row = DocumentRow(source=draft.cells["source"], **described)
    documents.take_in(documents.difference(convention=convention, rows=[row]))


def hash_of(convention: str, number: int) -> str:
    """The hash of a proposal's entry: it stands for the content without giving it away."""
    (entry,) = entries(desk_of(convention), after=number - 1, until=number)
    return entry.hash


def open_proposal(convention: str, number: int) -> Proposal:
    """A proposal that awaits a second person; raise NotOnTheDesk or EndedAlready."""
    proposal = find_proposal(convention, number)
    if proposal.ending:
        raise EndedAlready("proposal", number, proposal.ending)
    return proposal


def decline(*, convention: str, number: int, reason: str, by: str) -> Proposal:
    """Say no to a proposal, with the reason. Raises EndedAlready, ReasonIsMissing."""
    with transaction.atomic():
        hold(stream=desk_of(convention))
        open_proposal(convention, number)
        write(convention, desk.DECLINED, {"proposal": number, "reason": given(reason, "refusal")}, by)
    return find_proposal(convention, number)


def withdraw(*, convention: str, number: int, reason: str, by: str) -> Proposal:
    """Take one's own proposal back. Raises EndedAlready, OnlyTheAuthorWithdraws, ReasonIsMissing."""
    with transaction.atomic():
        hold(stream=desk_of(convention))
        proposal = open_proposal(convention, number)
        if by != proposal.by:
            raise OnlyTheAuthorWithdraws(proposal)
        write(convention, desk.WITHDRAWN, {"proposal": number, "reason": given(reason, "withdrawal")}, by)
    return find_proposal(convention, number)


def suggest(*, convention: str, fact: str, texts: Mapping[str, str], by: str, key: str | None = None) -> int:
    """Take what a member of the public says about a public fact; return its number.

    The words, their source and the contact are personal texts: erasable. Raises NoPublicFact, WordsDoNotFit,
    DeskIsFull.
    """
    public_fact(convention, fact)
    told = {name: CONTROL.sub("", texts.get(name, "")).strip() for name in LONGEST}
    for name, words in told.items():
        if len(words) > LONGEST[name]:
            raise WordsDoNotFit(name, len(words))
    if not told["words"]:
        raise WordsDoNotFit("words", 0)
    with transaction.atomic():
        hold(stream=desk_of(convention))
        if len(inbox(convention).open_suggestions) >= MOST_OPEN_SUGGESTIONS:
            raise DeskIsFull(MOST_OPEN_SUGGESTIONS)
        written = {name: words for name, words in told.items() if words}
        stream = desk_of(convention)
        entry = append(stream=stream, kind=desk.SUGGESTED, body={"fact": fact}, by=by, key=key, personal=written)
    return entry.number


def close_suggestion(*, convention: str, number: int, reason: str, by: str) -> Suggestion:
    """Answer a suggestion without a change of the register. Raises EndedAlready, ReasonIsMissing."""
    with transaction.atomic():
        hold(stream=desk_of(convention))
        suggestion, _words = find_suggestion(convention, number)
        if suggestion.ending:
            raise EndedAlready("suggestion", number, suggestion.ending)
        write(convention, desk.CLOSED, {"suggestion": number, "reason": given(reason, "answer")}, by)
    return find_suggestion(convention, number)[0]


def erase_suggestion(*, convention: str, number: int, by: str) -> None:
    """Erase every personal text of a suggestion for good; that it came stays in the journal."""
    with transaction.atomic():
        _suggestion, words = find_suggestion(convention, number)
        for name in words:
            erase(stream=desk_of(convention), number=number, field=name, by=by)


def settle_clash(*, convention: str, number: int, reason: str, by: str) -> Clash:
    """Let the desk's fact stand against the pack's, with the reason. Raises EndedAlready, ReasonIsMissing."""
    with transaction.atomic():
        hold(stream=desk_of(convention))
        clash = find_clash(convention, number)
        if clash.ending:
            raise EndedAlready("clash", number, clash.ending)
        write(convention, desk.SETTLED, {"clash": number, "reason": given(reason, "decision")}, by)
    return find_clash(convention, number)


def note_clashes(*, convention: str, disagreements: Iterable[Disagreement], by: str) -> list[Clash]:
    """Put what a pack says otherwise than the desk before a person, each once; return those that lie open.

    The caller loads the pack in the same transaction.
    """
    seen = {(clash.key, clash.local_key): clash for clash in inbox(convention).clashes.values()}
    for each in disagreements:
        said = {name: str(getattr(each.said, name)) for name in STATED} if each.said else {}
        last = seen.get((each.key, each.local_key))
        if last is None or last.said != said:
            write(convention, desk.CLASHED, {"key": each.key, "local_key": each.local_key, "said": said}, by)
    return inbox(convention).open_clashes


def given(reason: str, what: str) -> str:
    """A reason, or ReasonIsMissing."""
    if not reason.strip():
        raise ReasonIsMissing(what)
    return reason.strip()[:2000]


def write(convention: str, kind: str, body: Mapping[str, Any], by: str) -> None:
    """Append one step of the desk."""
    append(stream=desk_of(convention), kind=kind, body=body, by=by)
