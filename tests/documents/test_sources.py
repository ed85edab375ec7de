"""Sources: what facts cite, and what each is called."""

import pytest

from servanda.documents.queries import sources
from servanda.documents.sources import Source
from tests.packs.loaded import load_folder
from tests.packs.shelf import bench_of, change, copy_of_toy


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (Source("LAMP/A1/9", "decision", symbol="LAMP/A1/9", title="Report"), "LAMP/A1/9, Report"),
        (Source("LAMP/A1/9", "decision", symbol="LAMP/A1/9"), "LAMP/A1/9"),
        (Source("x", "organ", title="Programme", address="https://lamp.example/a"), "Programme"),
        (Source("https://www.lamp.example/a", "organ", address="https://www.lamp.example/a"), "lamp.example"),
        (Source("unverified", "own_rule"), "unverified"),
    ],
)
def test_a_source_is_called_by_its_symbol_its_title_or_its_site(source, name):
    assert source.name == name


def test_every_source_of_the_pack_is_held_once(toy):
    found = sources("toy")

    assert len(found) == 12
    assert found["LAMP/A3/9"] == Source(
        "LAMP/A3/9", "decision", "LAMP/A3/9", "Report of the Third Assembly", "https://lighthouses.example/a3"
    )


def test_a_source_described_anew_is_counted_and_shown_anew(toy, tmp_path):
    folder = change(copy_of_toy(tmp_path), "documents.csv", "Report of the Third Assembly", "Final report")

    loaded = load_folder(folder)

    assert (loaded.documents, loaded.meetings, loaded.changed) == (1, 0, 0)
    assert sources("toy")["LAMP/A3/9"].title == "Final report"


@pytest.mark.parametrize("convention", ["toy", "apmbc"])
def test_every_fact_cites_a_source_and_no_public_fact_on_performance_cites_the_press_alone(convention):
    bench = bench_of(convention)
    predicates = bench.pack.rules.predicates
    facts = [fact for fact in bench.register.facts if fact.standing == "fact"]

    bare = [fact.key for fact in facts if not fact.source.key]
    pressed = [fact.key for fact in facts if predicates[fact.predicate].performance and fact.source.kind == "press"]

    assert (bare, pressed) == ([], [])
