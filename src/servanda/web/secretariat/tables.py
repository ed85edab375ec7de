"""The secretariat's tables, as rows: what is not settled, what came of a list, who would be in a list."""

from collections.abc import Iterator
from datetime import date

from servanda.common.wording import Sentence
from servanda.programme.backtest import Backtest, Trial
from servanda.programme.derivation import TierList
from servanda.programme.gaps import Gap
from servanda.register.explain import Step, facts_of
from servanda.web.tables import Cell, Table

GAPS = (
    "state", "kind", "question", "said", "look_for", "lists", "lists_changed", "statuses", "statuses_changed",
    "facts", "sources",
)  # fmt: skip
BACKTEST = (
    "meeting",
    "known",
    "days_verified",
    "decided_at",
    "facts_complete",
    "outcome",
    "state",
    "because",
    "sources",
)
CANDIDATES = ("meeting", "tier", "known", "state", "place", "because", "facts", "sources")


def gaps_table(found: list[Gap], convention: str, day: date, language: str) -> Table:
    """Each question as a row, in the order of what an answer would change."""
    rows = [gap_row(gap, language) for gap in found]
    return Table("gaps", GAPS, rows, {"convention": convention, "day": day})


def gap_row(gap: Gap, language: str) -> tuple[Cell, ...]:
    """One question."""
    return (
        gap.state.code,
        gap.kind,
        gap.question.said_in(language),
        said(gap.statements, language),
        gap.look_for.said_in(language),
        " ".join(f"{meeting}/{tier}" for meeting, tier in gap.lists),
        len(gap.lists),
        " ".join(gap.statuses),
        len(gap.statuses),
        " ".join(fact.key for fact in gap.facts),
        " ; ".join(fact.source.key for fact in gap.facts),
    )


def said(sentences: tuple[Sentence, ...], language: str) -> str:
    """Sentences, one after the other."""
    return " ".join(sentence.said_in(language) for sentence in sentences)


def backtest_table(found: Backtest, language: str) -> Table:
    """Each State at each meeting that the list named or should have named, as a row."""
    rows = [row for trial in found.trials for row in trial_rows(trial, language)]
    return Table(f"backtest-{found.tier.id}", BACKTEST, rows, {"convention": found.convention, "number": found.number})


def trial_rows(trial: Trial, language: str) -> Iterator[tuple[Cell, ...]]:
    """One meeting: hits, then what differs with its reasons, then what the list left open."""
    about: tuple[Cell, ...] = (
        trial.meeting.code,
        trial.found.known,
        yes(answer=trial.meeting.verified),
        trial.deciding.code,
        yes(answer=trial.is_complete),
    )
    for state in trial.hits:
        yield (*about, "hit", state, "", "")
    for word, outcomes in (("missed", trial.missed), ("extra", trial.extra), ("unverified", trial.unverified)):
        for outcome in outcomes:
            yield (*about, word, outcome.state, *reasons(outcome.because, language))
    for doubt in trial.found.doubts:
        yield (*about, "left open", doubt.state, doubt.sentence.said_in(language), "")


def reasons(steps: tuple[Step, ...], language: str) -> tuple[str, str]:
    """Reasons in words, and the sources they rest on."""
    sources = " ; ".join(dict.fromkeys(fact.source.key for fact in facts_of(steps)))
    return said(tuple(step.sentence for step in steps), language) or "not explained", sources


def yes(*, answer: bool) -> str:
    """A word for a cell."""
    return "yes" if answer else "no"


def candidates_table(found: list[TierList], convention: str, language: str) -> Table:
    """Each State in each list, named or left open, as a row."""
    rows = [row for each in found for row in candidate_rows(each, language)]
    return Table("candidates", CANDIDATES, rows, {"convention": convention})


def candidate_rows(found: TierList, language: str) -> Iterator[tuple[Cell, ...]]:
    """One list."""
    about: tuple[Cell, ...] = (found.meeting.code, found.tier.id, found.known)
    for named in found.named:
        because, sources = reasons(named.because, language)
        keys = " ".join(fact.key for fact in facts_of(named.because))
        yield (*about, named.state, named.basis, because, keys, sources)
    for doubt in found.doubts:
        yield (*about, doubt.state, "not established", doubt.sentence.said_in(language), "", "")
