"""What changed, as the rows of a table: facts, then statuses, then places in lists."""

from collections.abc import Iterator

from servanda.common.wording import N_, Sentence
from servanda.convention.pack import Pack
from servanda.programme.changes import Changes, Moved
from servanda.programme.effects import place_sentence
from servanda.register.changes import FactChange, StatusChange
from servanda.register.deadlines import says
from servanda.register.facts import Fact
from servanda.register.status import Status
from servanda.web.tables import Cell, Table

COLUMNS = (
    "what", "change", "state", "matter", "meeting", "before", "after", "says", "known_on", "source", "place", "key",
)  # fmt: skip


def changes_table(found: Changes, convention: str, language: str) -> Table:
    """All that differs between two sides; words of the register as they are, `says` in a language."""
    about: dict[str, Cell] = {
        "convention": convention,
        "from_number": found.before.number,
        "to_number": found.after.number,
        "from_day": found.before.day,
        "to_day": found.after.day,
        "rules_changed": "yes" if found.rules_changed else "no",
    }
    return Table("changes", COLUMNS, list(rows(found, language)), about)


def rows(found: Changes, language: str) -> Iterator[tuple[Cell, ...]]:
    """Each difference as a row."""
    for change in found.facts:
        yield fact_row(change, found.after.pack, language)
    for status in found.statuses:
        yield status_row(status, language)
    for moved in found.moved:
        yield moved_row(moved, language)


def fact_row(change: FactChange, rules: Pack, language: str) -> tuple[Cell, ...]:
    """A fact that came, changed or was withdrawn."""
    fact = change.fact
    before, after = (each.value if each else "" for each in (change.before, change.after))
    said = told(fact, rules).said_in(language)
    matter = f"{fact.unit} {fact.predicate}" if fact.standing == "coverage" else fact.predicate
    return (
        fact.standing, change.kind, fact.subject, matter, fact.meeting, before, after, said,
        str(fact.known_on), fact.source.key, fact.place, fact.key,
    )  # fmt: skip


def told(fact: Fact, rules: Pack) -> Sentence:
    """What a fact says, or up to which day the register is declared complete."""
    predicate = rules.rules.predicates.get(fact.predicate)
    if predicate is None:
        return Sentence.of("{predicate}", predicate=fact.predicate)
    if fact.standing != "coverage":
        return says(rules, fact)
    words = N_("Complete to {day}: {what}.")
    return Sentence.of(words, day=fact.valid_from.last, what=predicate.says.text)


def status_row(change: StatusChange, language: str) -> tuple[Cell, ...]:
    """A status that differs."""
    after = change.after
    before_word, after_word = (word_and_day(each) for each in (change.before, after))
    said = after.sentence.said_in(language)
    return ("status", "differs", after.state, after.obligation, "", before_word, after_word, said, "", "", "", "")


def word_and_day(status: Status) -> str:
    """The word of a status, with the deadline in force where it has one."""
    return f"{status.word} {status.due}" if status.due and status.word != "unknown" else status.word


def moved_row(moved: Moved, language: str) -> tuple[Cell, ...]:
    """A place in a list that differs."""
    said = place_sentence(moved.after).said_in(language)
    meeting = moved.meeting.code
    return ("list", "differs", moved.state, moved.tier.id, meeting, moved.before, moved.after, said, "", "", "", "")
