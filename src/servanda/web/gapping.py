"""What the register does not settle, as the rows of a table: for the secretariat alone."""

from datetime import date

from servanda.common.wording import Sentence
from servanda.programme.gaps import Gap
from servanda.web.tables import Cell, Table

COLUMNS = (
    "state", "kind", "question", "said", "look_for", "lists", "lists_changed", "statuses", "statuses_changed",
    "facts", "sources",
)  # fmt: skip


def gaps_table(found: list[Gap], convention: str, day: date, language: str) -> Table:
    """Each question as a row, in the order of what an answer would change."""
    rows = [row_of(gap, language) for gap in found]
    return Table("gaps", COLUMNS, rows, {"convention": convention, "day": day})


def row_of(gap: Gap, language: str) -> tuple[Cell, ...]:
    """One question."""
    return (
        gap.state.code,
        gap.kind,
        gap.question.said_in(language),
        together(gap.statements, language),
        gap.look_for.said_in(language),
        " ".join(f"{meeting}/{tier}" for meeting, tier in gap.lists),
        len(gap.lists),
        " ".join(gap.statuses),
        len(gap.statuses),
        " ".join(fact.key for fact in gap.facts),
        " ; ".join(fact.source.key for fact in gap.facts),
    )


def together(statements: tuple[Sentence, ...], language: str) -> str:
    """What is said, one after the other."""
    return " ".join(sentence.said_in(language) for sentence in statements)
