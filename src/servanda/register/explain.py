"""Explanations: why a status is what it is, step by step, each with its rule and its facts.

The JSON form is versioned (`servanda-explanation/1`) and made for audit; the sentences are for readers.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.common.wording import Sentence
from servanda.convention.rules import Reference
from servanda.register.facts import Fact

if TYPE_CHECKING:
    from servanda.register.status import Status

FORMAT = "servanda-explanation/1"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation: what it finds, the facts it rests on, and the rule it applies."""

    sentence: Sentence
    facts: tuple[Fact, ...] = ()
    rule: Reference | None = None

    def as_json(self, language: str) -> dict[str, object]:
        """The step for audit: its sentence, the keys of its facts, and where its rule stands."""
        return {
            "sentence": self.sentence.said_in(language),
            "facts": [fact.key for fact in self.facts],
            "rule": {"document": self.rule.document, "place": self.rule.place} if self.rule else None,
        }


def facts_of(steps: tuple[Step, ...]) -> tuple[Fact, ...]:
    """Every fact that the steps rest on, once, in the order of the steps."""
    return tuple(dict.fromkeys(fact for step in steps for fact in step.facts))


def fact_as_json(fact: Fact) -> dict[str, object]:
    """A fact with its three dates and its source, for audit."""
    return {
        "key": fact.key,
        "number": fact.number,
        "state": fact.subject,
        "predicate": fact.predicate,
        "value": fact.value,
        "valid_from": str(fact.valid_from),
        "valid_to": str(fact.valid_to) if fact.valid_to else None,
        "known_on": str(fact.known_on),
        "known_by": fact.known_by,
        "meeting": fact.meeting or None,
        "stance": fact.stance,
        "source": {
            "name": fact.source.key,
            "kind": fact.source.kind,
            "address": fact.source.address,
            "place": fact.place,
        },
        "also": [source.key for source in fact.also],
        "note": fact.note,
    }


def status_as_json(convention: str, status: "Status", language: str) -> dict[str, object]:
    """A status with its explanation: what, why step by step, by which facts, and what would change it."""
    return {
        "format": FORMAT,
        "convention": convention,
        "state": status.state,
        "obligation": status.obligation,
        "on": status.on.isoformat(),
        "known": status.known.isoformat(),
        "status": status.word,
        "due": status.due.isoformat() if status.due else None,
        "sentence": status.sentence.said_in(language),
        "caution": status.caution.said_in(language) if status.caution else None,
        "periods_missed": [
            {
                "from": missed.due.isoformat(),
                "to": missed.ended_on.isoformat(),
                "decision": None if missed.by_completion else missed.ended_by.key,
                "ended_by": missed.ended_by.key,
            }
            for missed in status.missed
        ],
        "because": [step.as_json(language) for step in status.steps],
        "facts": [fact_as_json(fact) for fact in facts_of(status.steps)],
        "would_change": status.would_change.said_in(language) if status.would_change else None,
    }
