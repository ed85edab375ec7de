"""From the rows of a pack to facts: one place where the two shapes meet."""

from collections.abc import Mapping

from servanda.common.days import When
from servanda.convention.pack import Contents, CoverageRow, DocumentRow, FactRow
from servanda.documents.sources import Source
from servanda.register.facts import Fact, Register


def register_of(contents: Contents, number: int = 1) -> Register:
    """The register that a pack makes by itself, before anything is stored."""
    sources = {row.source: source_of(row) for row in contents.documents}
    facts = [fact_of(row, number, sources) for row in contents.facts]
    coverage = [coverage_of(row, number, sources) for row in contents.coverage]
    return Register(contents.pack.code, number, (*facts, *coverage))


def source_of(row: DocumentRow) -> Source:
    """A source of a pack."""
    return Source(row.source, row.kind, row.symbol, row.title, row.address, row.note, row.programme_of)


def fact_of(row: FactRow, number: int, sources: Mapping[str, Source]) -> Fact:
    """A fact or lead of a pack, taken in at a journal number."""
    return Fact(
        key=row.key,
        number=number,
        standing="lead" if row.is_lead else "fact",
        subject=row.state,
        predicate=row.predicate,
        value=row.value,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        known_on=row.known_on,
        source=sources[row.source],
        meeting=row.meeting,
        known_by=row.known_by,
        stance=row.stance,
        rank=row.rank,
        label=row.label,
        place=row.place,
        also=tuple(sources[key] for key in row.also),
        note=row.note,
        unit=row.unit,
        supersedes=row.supersedes,
    )


def coverage_of(row: CoverageRow, number: int, sources: Mapping[str, Source]) -> Fact:
    """A statement of coverage, kept as a row of the register: `value` is the day, `unit` the obligation."""
    through = When.on(row.through)
    return Fact(
        key=f"coverage.{row.obligation}.{row.state}.{row.predicate}",
        number=number,
        standing="coverage",
        subject=row.state,
        predicate=row.predicate,
        value=row.through.isoformat(),
        valid_from=through,
        valid_to=None,
        known_on=through,
        source=sources.get(row.source) or Source(row.source, "own_rule"),
        unit=row.obligation,
        known_by="source",
        note=row.note,
    )
