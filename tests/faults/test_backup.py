"""A backup is made in mid-sitting and restored elsewhere: byte for byte, and the turn goes on."""

import hashlib
import io
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import contextmanager, nullcontext
from pathlib import Path

import psycopg
import pytest

from servanda.site import backup_work
from servanda.site.backup import MANIFEST, is_safe
from servanda.site.backup_databases import tables_of
from servanda.site.command import DatabaseIsClosed, main
from tests.conftest import POSTGRESQL
from tests.faults.house import Busy, House, Journal
from tests.faults.test_faults import enter_somebody, request_of
from tests.processes import database_on, servanda

pytestmark = pytest.mark.slow


def manifest_of(path):
    """What a backup says of itself."""
    with zipfile.ZipFile(path) as file:
        return json.loads(file.read(MANIFEST))


@pytest.fixture(scope="module")
def backed_up(house, tmp_path_factory):
    """A sitting in which a delegation speaks and others act on while a backup is made: console, stream, file."""
    path = tmp_path_factory.mktemp("elsewhere") / "house.backup"
    console, other = house.floor(6, "Chad")
    console.must("give", request=request_of(house, console, "TCD"))
    with Busy(other, enter_somebody) as busy:
        busy.reach(10)
        made = servanda(house.environment, "backup", str(path))
        busy.reach(len(busy.done) + 10)
    assert (made.returncode, busy.failed) == (0, []), made.stderr
    return console, path, made


def restored(path, folder, into):
    """What `servanda restore` answers, run where nothing else is known of the house."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return servanda(environment | {"SERVANDA_DATA": str(folder)}, "restore", str(path), "--into", into)


def test_a_backup_in_mid_sitting_comes_back_byte_for_byte_and_the_turn_goes_on(house, backed_up, tmp_path):
    console, path, made = backed_up
    told, stream, folder = manifest_of(path), console.stream, tmp_path / "again"
    number = told["streams"][stream]["number"]
    folder.mkdir()
    link = tmp_path / "link"
    link.symlink_to(folder)
    beside = database_on(os.environ["DATABASE_URL"]) if POSTGRESQL else nullcontext(str(link))

    with beside as into:
        answer = restored(path, link, into)
        assert answer.returncode == 0, answer.stderr
        environment = (
            house.environment | {"SERVANDA_DATA": str(folder)} | ({"DATABASE_URL": into} if POSTGRESQL else {})
        )
        again = Journal(environment)
        assert answer.stdout.startswith(f"{folder}: as of ")  # and no password of a database
        for name, head in told["streams"].items():
            entries = again.entries(name)
            assert entries == house.journal.entries(name)[: head["number"]]
            assert (len(entries), entries[-1].hash) == (head["number"], head["hash"])
        assert number < len(house.journal.entries(stream))
        assert servanda(environment, "verify").returncode == 0
        assert_the_turn_goes_on(house, House(environment, house.links), console, number)

    assert (
        hashlib.sha256((folder / "secret-key").read_bytes()).hexdigest() == told["parts"]["files/secret-key"]["sha256"]
    )
    assert (path.stat().st_mode & 0o777, (folder / "secret-key").stat().st_mode & 0o777) == (0o600, 0o600)
    assert made.stdout.startswith(f"{path}: as of ")
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def assert_the_turn_goes_on(house, there, console, number):
    """The restored house shows the room of that number, whoever sat still sits, and the speaker is heard out."""
    try:
        now, then = (each.state(console.stream) for each in (house, there))
        assert then["floor"]["number"] == number
        assert then["floor"]["turn"] == now["floor"]["turn"]
        assert then["listed"] == now["listed"][: len(then["listed"])]
        console.port, port = there.port, console.port
        console.must("end", turn=then["floor"]["turn"]["number"])
        console.port = port
        assert there.state(console.stream)["held"][-1]["speaker"]["code"] == "TCD"
        assert house.state(console.stream)["floor"]["turn"] == now["floor"]["turn"]
    finally:
        there.close()


def restore(monkeypatch, path, folder):
    """The exit code of a restore in this process, for one that ends before it touches anything."""
    monkeypatch.setenv("SERVANDA_DATA", str(folder))
    return main(["restore", str(path), "--into", os.environ.get("DATABASE_URL") or str(folder)])


def test_a_backup_is_never_restored_over_anything(backed_up, tmp_path, monkeypatch, capsys):
    _, path, _ = backed_up
    (tmp_path / "letter").write_text("kept")

    code = restore(monkeypatch, path, tmp_path)

    assert code == 1
    assert f"servanda: {tmp_path} is not empty; nothing was touched. It holds letter." in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == ["letter"]


def cut(content):
    """The file breaks off."""
    return content[: len(content) // 2]


def flipped(content):
    """One bit of the database is another."""
    at = len(content) // 3
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def rewritten(**members):
    """The zip is made anew, with some of its members changed by a function of their bytes."""

    def spoil(content):
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
            for name in old.namelist():
                change = members.get(name.partition(".")[0].partition("/")[0], bytes)
                new.writestr(name, change(old.read(name)))
        return made.getvalue()

    return spoil


def telling(**words):
    """A manifest that says something else."""
    return rewritten(manifest=lambda content: json.dumps(json.loads(content) | words).encode())


def marked(at, byte):
    """The directory of the zip says otherwise how the secret key is packed."""

    def spoil(content):
        place = content.rindex(b"files/secret-key") - 46 + at
        return content[:place] + bytes([byte]) + content[place + 1 :]

    return spoil


TOUCHED = "nothing was touched."


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (cut, f"The file cannot be read as a backup; {TOUCHED} It was cut short"),
        (flipped, f"database.sqlite3 in the backup is damaged; {TOUCHED} Its SHA-256 is"),
        (rewritten(files=lambda _key: b"x"), f"files/secret-key in the backup is damaged; {TOUCHED} Its SHA-256 is"),
        (marked(8, 1), f"files/secret-key in the backup is damaged; {TOUCHED} Its SHA-256 is not to be had"),
        (marked(10, 99), f"files/secret-key in the backup is damaged; {TOUCHED} Its SHA-256 is not to be had"),
        (telling(parts={}), "database.sqlite3 stands in the manifest alone, or in the file alone."),
        (telling(streams=[]), "manifest.json does not say what it must"),
        (telling(format="servanda-backup/2"), "This release does not know the format servanda-backup/2."),
        (telling(database="postgresql"), "The backup goes into an empty database on PostgreSQL, named by its URL;"),
    ],
)  # fmt: skip
def test_what_cannot_be_restored_is_refused_by_name_before_anything_is_touched(
    backed_up, tmp_path, monkeypatch, capsys, spoil, said
):
    _, path, _ = backed_up
    spoilt = tmp_path / "spoilt"
    spoilt.write_bytes(spoil(path.read_bytes()))

    code = restore(monkeypatch, spoilt, tmp_path / "again")

    told = capsys.readouterr()
    assert (code, told.out) == (1, "")
    assert said in told.err
    assert [each.name for each in tmp_path.iterdir()] == ["spoilt"]


@pytest.mark.parametrize("name", ["files/../../etc/passwd", "files//etc/passwd", "/etc/passwd", "files\\x", "other/x"])
def test_no_member_of_a_backup_leaves_its_folder(name):
    assert is_safe("files/a/b.txt")
    assert not is_safe(name)


def test_a_backup_takes_the_place_of_nothing_and_lies_outside_of_what_it_keeps(house, backed_up, monkeypatch, capsys):
    _, path, _ = backed_up
    before, data = path.read_bytes(), Path(house.environment["SERVANDA_DATA"])
    monkeypatch.setenv("SERVANDA_DATA", str(data))

    codes = [main(["backup", str(each)]) for each in (path, data / "house.backup", path.parent / "none" / "backup")]
    monkeypatch.setenv("SERVANDA_DATA", str(path.parent / "none"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    codes.append(main(["backup", str(path.parent / "another")]))

    told = capsys.readouterr().err.splitlines()
    assert codes == [1, 1, 1, 2]
    assert told[0].startswith(f"servanda: Nothing was written to {path}. A file of this name is there.")
    assert "It lies in the data folder, which may be lost with all that is in it." in told[1]
    assert "There is no such folder." in told[2]
    assert told[3].startswith("servanda: There is nothing to back up: ")
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.sqlite
def test_a_disk_without_room_for_a_backup_is_said_and_left_as_it_was(house, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SERVANDA_DATA", house.environment["SERVANDA_DATA"])
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65536, former[1]))
    try:
        code = main(["backup", str(tmp_path / "backup")])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)

    assert (code, list(tmp_path.iterdir())) == (1, [])
    assert f"servanda: Nothing was written to {tmp_path / 'backup'}. SQLite says: " in capsys.readouterr().err


TOLD_TO_END = """
import os, signal, sys
from servanda.site import backup_work
from servanda.site.command import main
backup_work.keep = lambda _path: os.kill(os.getpid(), signal.SIGTERM)
sys.exit(main(["backup", sys.argv[1]]))
"""


def test_a_backup_that_is_told_to_end_leaves_no_copy_of_the_house_behind(house, tmp_path):
    command = [sys.executable, "-c", TOLD_TO_END, str(tmp_path / "backup")]

    code = subprocess.run(command, env=house.environment, check=False).returncode

    assert (code, list(tmp_path.iterdir())) == (128 + signal.SIGTERM, [])


def lying(content):
    """A backup whose parts are what its manifest says, of a journal in which an entry says otherwise."""
    name, made = "tables/journal_entry.copy", io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        held = {each: old.read(each) for each in old.namelist()}
        held[name] = held[name].replace(b"day-1-morning", b"day-2-morning")
        told = json.loads(held[MANIFEST])
        told["parts"][name]["sha256"] = hashlib.sha256(held[name]).hexdigest()
        for each in told["parts"]:
            new.writestr(each, held[each])
        new.writestr(MANIFEST, json.dumps(told))
    return made.getvalue()


@pytest.mark.postgresql
def test_a_database_is_as_empty_as_it_was_when_a_backup_does_not_hold_together(backed_up, tmp_path):
    _, path, _ = backed_up
    spoilt, folder = tmp_path / "spoilt", tmp_path / "again"
    spoilt.write_bytes(lying(path.read_bytes()))

    with database_on(os.environ["DATABASE_URL"]) as into:
        answer = restored(spoilt, folder, into)
        held = tables_of(into)

    assert (answer.returncode, held) == (1, [])
    assert "The backup does not hold together; nothing was put in its place." in answer.stderr
    assert "was changed after it was written." in answer.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["spoilt"]


def test_a_folder_leaves_its_place_again_if_the_database_does_not_keep_its_part(monkeypatch, tmp_path):
    @contextmanager
    def lost(_file, _manifest):
        yield
        raise psycopg.OperationalError("the connection is lost")

    monkeypatch.setattr(backup_work, "filled_postgresql", lost)
    stage, target = tmp_path / ".again.1", tmp_path / "again"
    stage.mkdir()

    with pytest.raises(DatabaseIsClosed), backup_work.filled(None, None, stage, target):
        stage.rename(target)

    assert [each.name for each in tmp_path.iterdir()] == [stage.name]


@pytest.mark.sqlite
def test_what_does_not_hold_together_is_neither_backed_up_nor_put_in_place(house, backed_up, tmp_path):
    _, path, _ = backed_up
    data, folder = tmp_path / "data", tmp_path / "again"
    with zipfile.ZipFile(path) as file:
        data.mkdir()
        (data / "servanda.sqlite3").write_bytes(file.read("database.sqlite3"))
    with sqlite3.connect(data / "servanda.sqlite3") as database:
        database.execute("UPDATE journal_entry SET body = '{}' WHERE number = 2")
    database.close()
    environment = {**os.environ, "SERVANDA_DATA": str(data)}
    warned = servanda(environment, "backup", str(tmp_path / "lying"))

    later = {"journal": [*manifest_of(path)["migrations"]["journal"], "0099_later"]}
    (tmp_path / "newer").write_bytes(telling(migrations=later)(path.read_bytes()))

    answer = restored(tmp_path / "lying", folder, str(folder))
    newer = restored(tmp_path / "newer", folder, str(folder))
    content = bytearray((data / "servanda.sqlite3").read_bytes())
    content[4096:8192] = bytes(4096)
    (data / "servanda.sqlite3").write_bytes(content)
    damaged = servanda(environment, "backup", str(tmp_path / "damaged"))

    assert (warned.returncode, answer.returncode) == (1, 1)
    assert "2: was changed after it was written." in warned.stdout
    assert "The journal has faults, and so has this backup" in warned.stderr
    assert "The backup does not hold together; nothing was put in its place." in answer.stderr
    assert "2: was changed after it was written." in answer.stderr
    assert "This release does not know the step journal.0099_later of its database." in newer.stderr
    assert "The database is damaged; no backup was made of it." in damaged.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["data", "lying", "newer"]
