"""Conventions for measures: the rules and calendar of a real pack, and facts that say they are benchmark data.

Run as `python -m benchmarks.filling N`, it fills the database that the environment names with N of them: the first
through `servanda.site.loading`, its rows again for each other convention by the database itself.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

STATES, FACTS = 200, 50
PACK = "apmbc"
NOTE = "Benchmark data, invented: no source says this."
FIRST = date(1999, 3, 1)


def name_of(position: int) -> str:
    """The name of one convention."""
    return f"bench-{position:03}"


def main(count: int) -> None:
    """Fill the database with conventions; print how many facts it holds then."""
    import django  # the environment names the database

    django.setup()
    from servanda.site.loading import load

    contents = invented(name_of(0))
    load(contents, by="bench")
    for position in range(1, count):
        copy(contents.pack.texts, name_of(position))
    print(count * len(contents.facts))


def invented(name: str):  # noqa: ANN201 (Contents, importable only now)
    """A pack with a name of its own: the rules of a real one, 200 States and 50 facts about each."""
    from servanda.site.loading import read_packs

    contents = read_packs([PACK])[0]
    texts = renamed(contents.texts, name)
    rules = contents.pack.rules.model_copy(update={"id": name})
    states = sorted(contents.pack.names.states)
    subjects = [*states, *(f"{code}2" for code in states)][:STATES]
    source = contents.documents[0].source
    facts = tuple(fact for state in subjects for fact in facts_about(state, contents.pack.rules.predicates, source))
    pack = replace(contents.pack, rules=rules, texts=texts)
    return replace(contents, pack=pack, texts=texts, facts=facts)


def renamed(texts, name: str) -> dict[str, str]:  # noqa: ANN001 (Mapping)
    """The files of a pack under another name."""
    head = texts["pack.yaml"].replace(f"\nid: {PACK}\n", f"\nid: {name}\n")
    return dict(texts) | {"pack.yaml": head}


def facts_about(state: str, predicates, source: str) -> Iterator[object]:  # noqa: ANN001 (Mapping)
    """Fifty facts about a State, of every predicate in turn, half a year apart."""
    from servanda.common.days import When
    from servanda.convention.pack import FactRow

    names = list(predicates)
    for turn in range(FACTS):
        name, day = names[turn % len(names)], FIRST + timedelta(days=180 * turn)
        yield FactRow(
            key=f"{state}.{name}.{turn}", state=state, predicate=name, valid_from=When.on(day), valid_to=None,
            value=value_of(predicates[name], day), meeting="", known_on=When.on(day), known_by="source",
            stance="reported_by_state", source=source, place="", also=(), note=NOTE, rank="normal", label="public",
            is_lead=False,
        )  # fmt: skip


def value_of(predicate, day: date) -> str:  # noqa: ANN001 (Predicate)
    """A value of the kind that a predicate asks for."""
    words = {"none": "", "day": str(day + timedelta(days=1500)), "year": str(day.year), "quantity": "1000"}
    return predicate.words[0] if predicate.value == "word" else words[predicate.value]


def copy(texts, name: str) -> None:  # noqa: ANN001 (Mapping)
    """The first convention again under another name, each table in one statement."""
    from django.db import transaction

    from servanda.convention.models import Meeting
    from servanda.convention.pack import rule_texts
    from servanda.convention.queries import LOADED
    from servanda.documents.models import Document
    from servanda.journal.actions import append
    from servanda.register.models import Fact

    body = {"version": "bench", "digest": "", "rules": rule_texts(renamed(texts, name))}
    with transaction.atomic():
        append(stream=name, kind=LOADED, body=body, by="bench")
        for model in (Document, Meeting, Fact):
            copy_rows(model, name)


def copy_rows(model, name: str) -> None:  # noqa: ANN001 (a model)
    """The rows of one table, copied inside the database."""
    from django.db import connection

    columns = ", ".join(
        connection.ops.quote_name(field.column)
        for field in model._meta.fields
        if field.name not in ("id", "convention")
    )
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (convention, {columns}) SELECT %s, {columns} FROM {table} WHERE convention = %s",
            [name, name_of(0)],
        )


if __name__ == "__main__":
    main(int(sys.argv[1]))
