"""A load of ten thousand facts against a bare bulk insert of the same rows. Run as `python -m benchmarks.loading`.

Prints both medians in seconds, as JSON. Reading and checking the pack is measured elsewhere.
"""

import json
from collections.abc import Iterator
from itertools import count

from benchmarks.filling import invented
from benchmarks.measure import Act, medians_in_turn

ROUNDS = 5


def main() -> None:
    """Load packs of new names, and insert as many rows, in turn."""
    import django  # the environment names the database

    django.setup()
    rows = rows_of(load_one(packs := prepared()))
    ours, bare = medians_in_turn(lambda: load_one(packs), bare_insert(rows), rounds=ROUNDS, times=1, warm_up=1)
    print(json.dumps({"ours": ours, "bare": bare, "rows": len(rows)}))


def prepared() -> Iterator[object]:
    """Packs of names that are not loaded yet, made before the clock runs."""
    return iter([invented(f"load-{turn}") for turn in range(ROUNDS + 2)])


def load_one(packs: Iterator[object]) -> str:
    """Load the next pack; its name."""
    from servanda.site.loading import load

    return load(next(packs), by="bench").convention


def rows_of(convention: str) -> list[tuple[str, ...]]:
    """The rows of a convention as texts."""
    from servanda.register.models import Fact

    columns = [field.name for field in Fact._meta.fields if field.name != "id"]
    return [tuple(map(str, row)) for row in Fact.objects.filter(convention=convention).values_list(*columns)]


def bare_insert(rows: list[tuple[str, ...]]) -> Act:
    """All rows by one prepared statement in one transaction, with the product's durability and no index."""
    from django.db import connection, transaction

    columns = [f"c{position}" for position in range(len(rows[0]))]
    insert = f"INSERT INTO bare_{{}} VALUES ({', '.join('%s' for _ in columns)})"
    turns = count()

    def act() -> None:
        turn = next(turns)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE bare_{turn} ({', '.join(f'{column} TEXT' for column in columns)})")
            cursor.executemany(insert.format(turn), rows)

    return act


if __name__ == "__main__":
    main()
