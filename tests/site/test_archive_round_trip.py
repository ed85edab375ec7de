"""A convention exported and imported elsewhere answers as before, for each seat, on any days and at any number."""

import json

import pytest

from servanda.journal.actions import append, erase
from servanda.journal.kinds import STAND_IN
from servanda.journal.models import Entry
from servanda.journal.queries import heads, verify
from servanda.site.archiving import export
from servanda.site.command import main
from tests.packs.loaded import apmbc, fresh_memory, toy
from tests.processes import own_database, run, servanda
from tests.site.histories import SECRET, answers, load_history, triples

__all__ = ["apmbc", "fresh_memory", "toy"]

ASK = """
from tests.site.histories import answers
convention, asked, seat = json.loads(sys.argv[1])
print(json.dumps(answers(convention, asked, seat)))
"""
KEPT = """
from servanda.journal.models import Entry, Stream
print(json.dumps([list(Entry.objects.order_by("stream__name", "number").values_list("stream__name", "number", "hash")),
                  list(Stream.objects.order_by("name").values_list("name", "head", "head_hash"))]))
"""


@pytest.fixture
def elsewhere(tmp_path):
    """Another house, with a database of its own."""
    (tmp_path / "elsewhere").mkdir()
    with own_database(tmp_path / "elsewhere") as environment:
        yield environment


@pytest.fixture
def history(db, fresh_memory, request):
    """A convention with a history of several loads."""
    load_history(request.param)
    return request.param


def carry(convention, seat, environment, folder):
    """Export here and import there; the path of the archive."""
    path = folder / "archive.zip"
    assert main(["export", convention, "--seat", seat, "-o", str(path)]) == 0
    taken = servanda(environment, "import", str(path))
    assert taken.returncode == 0, taken.stderr
    return path


@pytest.mark.slow
@pytest.mark.parametrize("history", ["toy", "apmbc"], indirect=True)
@pytest.mark.parametrize(("exported", "asking"), [("secretariat",) * 2, ("secretariat", "public"), ("public",) * 2])
def test_at_ten_random_triples_of_dates_the_answers_are_the_same(history, elsewhere, tmp_path, exported, asking):
    asked = triples(history)
    here = answers(history, asked, asking)

    carry(history, exported, elsewhere, tmp_path)

    there = json.loads(run(elsewhere, ASK, json.dumps([history, asked, asking])))
    assert there == json.loads(json.dumps(here))


@pytest.mark.parametrize("history", ["toy"], indirect=True)
@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize("exported", ["secretariat", "public"])
def test_a_status_at_an_earlier_number_is_the_same_to_the_letter(history, elsewhere, tmp_path, capsys, exported, form):
    words = ["status", history, "--on", "2010-06-01", "--known", "2012-01-01", "--at", "2", "--format", form]
    carry(history, exported, elsewhere, tmp_path)
    capsys.readouterr()

    there = servanda(elsewhere, *words).stdout

    main(words)
    assert there == capsys.readouterr().out


@pytest.mark.parametrize("history", ["toy"], indirect=True)
def test_the_journal_arrives_to_the_letter_with_its_personal_texts_and_what_was_erased(history, elsewhere, tmp_path):
    append(stream=history, kind=STAND_IN.name, body={}, by="desk", key="k-1", personal={"name": "Sok Dara"})
    append(stream=f"{history}/desk", kind=STAND_IN.name, body={}, by="desk", personal={"name": "Ana", "place": "Oda"})
    erase(stream=f"{history}/desk", number=1, field="name", by="desk")

    path = carry(history, "secretariat", elsewhere, tmp_path)

    entries, streams = json.loads(run(elsewhere, KEPT))
    assert [tuple(entry) for entry in entries] == list(
        Entry.objects.order_by("stream__name", "number").values_list("stream__name", "number", "hash")
    )
    assert {name: head for name, head, _hash in streams} == heads() == {history: 5, f"{history}/desk": 2}
    verified = servanda(elsewhere, "verify")
    assert (verified.returncode, verified.stdout) == (0, "".join(f"{finding}\n" for finding in verify()))
    again = tmp_path / "again.zip"
    servanda(elsewhere, "export", history, "-o", str(again))
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("history", ["toy"], indirect=True)
def test_what_the_public_archive_says_is_passed_on_unchanged(history, elsewhere, tmp_path):
    append(stream=history, kind=STAND_IN.name, body={"said": SECRET}, by="desk", personal={"name": "Sok Dara"})
    path = carry(history, "public", elsewhere, tmp_path)

    again = tmp_path / "again.zip"
    servanda(elsewhere, "export", history, "--seat", "public", "-o", str(again))

    assert again.read_bytes() == path.read_bytes()
    assert servanda(elsewhere, "verify").returncode == 0


@pytest.mark.parametrize("history", ["toy"], indirect=True)
def test_a_later_load_goes_on_from_where_the_archive_ends(history, elsewhere, tmp_path):
    carry(history, "secretariat", elsewhere, tmp_path)

    loaded = servanda(elsewhere, "load", "tests/packs/toy")

    assert loaded.stdout.startswith("toy 3, journal number 5: ")


@pytest.mark.parametrize("history", ["toy"], indirect=True)
@pytest.mark.parametrize("seat", ["secretariat", "public"])
def test_the_same_content_makes_the_same_bytes(history, seat):
    assert export(history, seat).zipped() == export(history, seat).zipped()
