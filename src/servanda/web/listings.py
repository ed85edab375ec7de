"""Lists over all States, read alike by pages and API: the status board, the ledger of clauses, coming deadlines.

Each is alphabetical or in time, never by how a State performs, and counts nobody.
"""

from dataclasses import dataclass
from datetime import date
from typing import get_args

from django.http import HttpRequest

from servanda.common.names import State
from servanda.common.refusals import WrongUsage
from servanda.convention.rules import Obligation
from servanda.register.clauses import Clause, ledger
from servanda.register.outlook import Coming, coming
from servanda.register.status import Status, Word, find_obligation
from servanda.web.asking import Reading
from servanda.web.tables import Cell, Table

WORDS: tuple[str, ...] = get_args(Word)


class UnknownStatus(WrongUsage):
    """A board is asked for a status that no obligation can have."""

    def __init__(self, word: str) -> None:
        super().__init__(
            f"status: {word!r} is not the word of a status.",
            "A board shows States by the words in which their statuses are given.",
            f"Ask for one of: {', '.join(WORDS)}; or leave it out for all.",
        )


@dataclass(frozen=True, slots=True)
class Board:
    """Where every State stands with one obligation: those whose status has a word, or all, in a language's order."""

    obligation: Obligation
    word: str
    rows: tuple[tuple[State, Status], ...]

    def table(self, reading: Reading, language: str) -> Table:
        """The same rows to hand out."""
        rows = [
            (state.code, state.name_in(language), status.word, status.due, status.sentence.said_in(language),
             status.caution.said_in(language) if status.caution else None)
            for state, status in self.rows
        ]  # fmt: skip
        about = reading.about | {"obligation": self.obligation.id, "filtered_by": self.word or None}
        return Table("board", ("state", "name", "status", "due", "sentence", "caution"), rows, about)


def read_board(request: HttpRequest, reading: Reading, language: str) -> Board:
    """The board that an address asks for with `obligation` and `status`; raise UnknownObligation or UnknownStatus."""
    word = request.GET.get("status", "").strip()
    if word and word not in WORDS:
        raise UnknownStatus(word)
    rule = asked_obligation(request.GET.get("obligation", "").strip(), reading)
    names = reading.rules.names.sorted_in(reading.rules.states, language)
    found = [(state, reading.question.status(rule.id, state.code)) for state in names]
    return Board(rule, word, tuple(row for row in found if word in ("", row[1].word)))


def asked_obligation(name: str, reading: Reading) -> Obligation:
    """The obligation of a name; without one the main obligation of the pack."""
    return find_obligation(reading.rules, name or reading.rules.main_obligation)


def in_order(reading: Reading, language: str) -> dict[str, int]:
    """The place of every State in the alphabetical order of a language."""
    names = reading.rules.names.sorted_in(reading.rules.states, language)
    return {state.code: place for place, state in enumerate(names)}


def read_ledger(reading: Reading, language: str) -> list[Clause]:
    """Every clause of a decision that the register holds, the latest first, of one day in a language's order."""
    order = in_order(reading, language)
    found = sorted(ledger(reading.question), key=lambda clause: order[clause.fact.subject])
    return sorted(found, key=lambda clause: clause.fact.valid_from.last, reverse=True)


def ledger_table(found: list[Clause], reading: Reading, language: str) -> Table:
    """The ledger to hand out."""
    columns = (
        "state", "name", "decided_by", "decided_on", "clause", "due", "outcome", "answered_on", "answer",
        "source", "place", "key",
    )  # fmt: skip
    return Table("ledger", columns, [clause_row(clause, reading, language) for clause in found], reading.about)


def clause_row(clause: Clause, reading: Reading, language: str) -> tuple[Cell, ...]:
    """One clause as cells."""
    fact, answer = clause.fact, clause.answer
    says = reading.rules.rules.predicates[fact.predicate].says.text.shown_in(language).words
    return (
        fact.subject, reading.rules.names.states[fact.subject].name_in(language), fact.meeting, str(fact.valid_from),
        says, clause.due, clause.outcome.said_in(language), str(answer.valid_from) if answer else None,
        answer.key if answer else None, fact.source.name, fact.place, fact.key,
    )  # fmt: skip


def read_deadlines(reading: Reading, language: str) -> list[Coming]:
    """Every deadline ahead, by day, of one day in a language's order; those that are not established last."""
    order = in_order(reading, language)
    return sorted(coming(reading.question), key=lambda each: (each.due or date.max, order[each.state]))


def deadlines_table(found: list[Coming], reading: Reading, language: str) -> Table:
    """The deadlines to hand out."""
    columns = (
        "state", "name", "obligation", "due", "status", "sentence", "decided_at", "calendar_reaches_beyond",
        "request_by", "request", "notes",
    )  # fmt: skip
    return Table("deadlines", columns, [deadline_row(each, reading, language) for each in found], reading.about)


def deadline_row(found: Coming, reading: Reading, language: str) -> tuple[Cell, ...]:
    """One deadline as cells."""
    meeting = found.deciding.meeting
    return (
        found.state, reading.rules.names.states[found.state].name_in(language), found.obligation.id, found.due,
        found.status.word, found.status.sentence.said_in(language), meeting.code if meeting else None,
        "yes" if found.deciding.is_known else "no", found.request_by, found.requested.key if found.requested else None,
        " ".join(note.said_in(language) for note in found.notes) or None,
    )  # fmt: skip
