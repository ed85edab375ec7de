"""Archives that are cut, altered, too new, too large or not meant for here are refused, and nothing of them lands."""

import io
import json
import zipfile

import pytest

from servanda.journal.models import Entry, Stream
from servanda.register.models import Fact
from servanda.site import archive as format_of
from servanda.site.archive import (
    FORMAT,
    LARGEST,
    MANIFEST,
    MEMBERS,
    MalformedLine,
    MemberWasAltered,
    NewerFormat,
    NoArchive,
    TooLarge,
    line_of,
    read_archive,
    row_of,
    sha256,
)
from servanda.site.archiving import ContradictsItself, IsHereAlready, export, take_over
from servanda.site.command import main
from servanda.site.loading import load
from tests.packs.loaded import fresh_memory
from tests.packs.shelf import contents_of
from tests.processes import own_database, servanda

__all__ = ["fresh_memory"]

AGAIN = "Get the archive again from who made it, and compare its SHA-256."


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The members of a whole archive of the invented treaty, which is not here any more."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load(contents_of("toy"), by="test")
        content = export("toy", "secretariat").zipped()
        transaction.set_rollback(True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members):
    """A zip file of members, in order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_manifest(made, **changes):
    """The members with a manifest that says something else."""
    told = json.loads(made[MANIFEST]) | changes
    return zipped(made | {MANIFEST: json.dumps(told)})


def resealed(made, name, content):
    """The members with one of them changed, and a manifest that was changed with it."""
    told = json.loads(made[MANIFEST])
    told["members"][name] = {"rows": content.count(b"\n"), "sha256": sha256(content)}
    return zipped(made | {name: content, MANIFEST: json.dumps(told)})


def changed_line(made, name, line, **changes):
    """The same, where one row says something else; a value of None drops the column."""
    lines = made[name].split(b"\n")
    row = {key: value for key, value in (json.loads(lines[line - 1]) | changes).items() if value is not None}
    lines[line - 1] = line_of(row).encode()
    return resealed(made, name, b"\n".join(lines))


def nothing_landed():
    return (Stream.objects.count(), Entry.objects.count(), Fact.objects.count()) == (0, 0, 0)


def test_a_whole_archive_is_read(made):
    archive = read_archive(zipped(made))

    assert (archive.manifest.format, archive.manifest.convention, archive.head.number) == (FORMAT, "toy", 1)
    assert list(made) == [MANIFEST, *MEMBERS]


@pytest.mark.parametrize("name", MEMBERS)
def test_an_altered_member_is_named(made, name):
    content = made[name].replace(b"a", b"b", 1) or b"{}\n"

    with pytest.raises(MemberWasAltered) as refused:
        read_archive(zipped(made | {name: content}))

    told = json.loads(made[MANIFEST])["members"][name]["sha256"]
    assert str(refused.value) == (
        f"{name} was altered after the archive was made; nothing was taken in. "
        f"Its SHA-256 is {sha256(content)}, and the manifest says {told}. {AGAIN}"
    )


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.9, 0.999])
def test_an_archive_that_is_cut_short_is_refused(made, share):
    content = zipped(made)

    with pytest.raises(NoArchive) as refused:
        read_archive(content[: int(len(content) * share)])

    assert str(refused.value).startswith(
        "The file cannot be read as an archive; nothing was taken in. It was cut short, or is no zip file ("
    )


def test_a_bit_that_fell_over_anywhere_is_refused_by_name(made):
    content = zipped(made)

    for place in range(0, len(content), 97):
        spoilt = bytearray(content)
        spoilt[place] ^= 0x10
        try:
            read = read_archive(bytes(spoilt))
        except (NoArchive, MemberWasAltered, NewerFormat, TooLarge):
            continue
        assert dict(read.members) == {name: made[name] for name in MEMBERS}


def test_a_newer_format_asks_for_a_newer_release(made):
    with pytest.raises(NewerFormat) as refused:
        read_archive(with_manifest(made, format="servanda-archive/3"))

    assert str(refused.value) == (
        "The archive has the format 'servanda-archive/3'; nothing was taken in. "
        "This release reads servanda-archive/1 and servanda-archive/2. "
        "Import it with the release that made it, or a newer one."
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "letter"},
        {"convention": "../toy"},
        {"seat": "delegation"},
        {"streams": {}},
        {"streams": {"toy": {"number": 1, "hash": "0" * 64}, "other": {"number": 1, "hash": "0" * 64}}},
        {"members": {}},
        {"more": 1},
    ],
    ids=str,
)
def test_a_manifest_that_does_not_say_what_it_must_is_refused(made, changes):
    with pytest.raises(NoArchive, match=r"manifest\.json"):
        read_archive(with_manifest(made, **changes))


@pytest.mark.parametrize("content", [b"", b"[]", b"7", b"\xff", b'{"format": ', b"[" * 100_000])
def test_a_manifest_that_is_no_manifest_is_refused(made, content):
    with pytest.raises(NoArchive):
        read_archive(zipped(made | {MANIFEST: content}))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/tmp/x", "facts.jsonl/", "more.jsonl", "..\\x", "facts.JSONL"])
def test_a_member_of_any_other_name_is_refused(made, name):
    with pytest.raises(NoArchive) as refused:
        read_archive(zipped(made | {name: b""}))

    assert f"It holds {name!r}; an archive has these members only: manifest.json, " in str(refused.value)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_stands_twice_or_not_at_all_is_refused(made):
    twice, file = zipped(made), io.BytesIO()
    file.write(twice)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("facts.jsonl", b"")

    with pytest.raises(NoArchive, match=r"It holds facts\.jsonl 2 times, not once\."):
        read_archive(file.getvalue())
    with pytest.raises(NoArchive, match=r"It holds facts\.jsonl 0 times, not once\."):
        read_archive(zipped({name: content for name, content in made.items() if name != "facts.jsonl"}))


def test_a_file_that_would_fill_the_machine_is_refused_before_it_is_unpacked(made, monkeypatch):
    monkeypatch.setattr(format_of, "LARGEST", 1024 * 1024)

    with pytest.raises(TooLarge) as refused:
        read_archive(zipped(made | {"facts.jsonl": b" " * 2 * 1024 * 1024}))

    assert LARGEST == 512 * 1024 * 1024
    assert str(refused.value) == (
        "The archive is larger than 1 MiB; nothing was taken in. "
        "A file that grows so large when it is unpacked is refused before it fills the machine. "
        "Make sure that the archive comes from who says to have made it."
    )


def test_so_is_one_that_lies_about_its_size(made):
    content = zipped(made | {"facts.jsonl": b"0" * 1_000_000})

    with pytest.raises(NoArchive):
        read_archive(content.replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "it is no JSON"),
        (b"", "it is no JSON"),
        (b"[1]", "it is no mapping of columns to values"),
        (b'{"key": "x"}', "it is JSON of another form"),
        (b'{"key":"x","key":"y"}', "it is JSON of another form"),
        (b'{"note":"\\ud800"}', "it is JSON of another form"),
        (b'{"note":"\\u0000"}', "it is JSON of another form, or holds a sign that no register stores"),
        (b'{"note":"\xff"}', "it is no JSON"),
        (b"[" * 100_000, "it is no JSON"),
    ],
    ids=lambda value: repr(value[:20]),
)
@pytest.mark.django_db
def test_a_malformed_line_is_named_and_nothing_lands(made, line, why):
    rows = made["facts.jsonl"].split(b"\n")
    content = b"\n".join([*rows[:6], line, *rows[6:]])

    with pytest.raises(MalformedLine) as refused:
        take_over(read_archive(resealed(made, "facts.jsonl", content)))

    told = "facts.jsonl, line 7 cannot be taken in, and so nothing was. The line is not as this release writes it: "
    assert str(refused.value).startswith(told + why)
    assert nothing_landed()


def test_a_text_that_only_looks_like_that_sign_is_kept():
    row = {"note": "Write \\u0000 for it."}

    assert row_of("facts.jsonl", 1, line_of(row).encode()) == row


@pytest.mark.parametrize(
    ("name", "line", "changes", "why"),
    [
        ("facts.jsonl", 3, {"colour": "red"}, "it has an unknown column 'colour'"),
        ("facts.jsonl", 3, {"source": None}, "it lacks the column 'source'"),
        ("facts.jsonl", 3, {"number": "1"}, "number is '1', which is of another type"),
        ("facts.jsonl", 3, {"number": True}, "number is 'True', which is of another type"),
        ("facts.jsonl", 3, {"number": 2}, "number is 2, and the journal goes from 1 to 1"),
        ("facts.jsonl", 3, {"valid_from": "2001-02-30"}, "valid_from: '2001-02-30' is not a date."),
        ("facts.jsonl", 3, {"also": "x"}, "also is no list of sources"),
        ("facts.jsonl", 3, {"standing": "rumour"}, "standing: "),
        ("facts.jsonl", 3, {"key": "k" * 201}, "key: "),
        ("facts.jsonl", 3, {"source": ""}, "source: "),
        ("meetings.jsonl", 2, {"start": "soon"}, "start: "),
        ("meetings.jsonl", 2, {"verified": 1}, "verified is '1', which is of another type"),
        ("documents.jsonl", 2, {"title": 7}, "title is '7', which is of another type"),
        ("journal.jsonl", 1, {"stream": "other"}, "what it belongs to (stream) is not in the archive"),
        ("journal.jsonl", 1, {"stream": ["toy"]}, "what it belongs to (stream) is not in the archive"),
        ("journal.jsonl", 1, {"number": -1}, "number: "),
    ],
)
@pytest.mark.django_db
def test_a_row_that_no_register_would_hold_is_named_by_its_line(made, name, line, changes, why):
    with pytest.raises(MalformedLine) as refused:
        take_over(read_archive(changed_line(made, name, line, **changes)))

    told = (
        f"{name}, line {line} cannot be taken in, and so nothing was. The line is not as this release writes it: {why}"
    )
    assert str(refused.value).startswith(told)
    assert nothing_landed()


@pytest.mark.django_db
def test_a_personal_text_without_its_entry_is_named_too(made):
    text = {"stream": "toy", "number": 9, "field": "name", "salt": "0", "text": "x", "erased_at": "", "erased_by": ""}
    content = f"{line_of(text)}\n".encode()

    with pytest.raises(MalformedLine, match=r"personal\.jsonl, line 1 .* \(entry\) is not in the archive"):
        take_over(read_archive(resealed(made, "personal.jsonl", content)))


@pytest.mark.parametrize(
    ("name", "changes", "finding"),
    [
        ("journal.jsonl", {"body": '{"rules":{}}'}, "toy 1: was changed after it was written."),
        ("journal.jsonl", {"by": "someone"}, "toy 1: was changed after it was written."),
        ("journal.jsonl", {"kind": "from-a-newer-room"}, "The journal kind 'from-a-newer-room' is not known."),
        ("journal.jsonl", {"kind": "stand-in"}, "No entry says what the rules are."),
        ("journal.jsonl", {"hash": "0" * 64}, "toy ends with another entry than the manifest says."),
        ("meetings.jsonl", {"kind": "feast"}, "The rules know no meeting of the kind 'feast'."),
    ],
)
@pytest.mark.django_db
def test_parts_that_do_not_fit_one_another_are_told_and_nothing_lands(made, name, changes, finding):
    with pytest.raises(ContradictsItself) as refused:
        take_over(read_archive(changed_line(made, name, 1, **changes)))

    assert str(refused.value).startswith("The parts of the archive do not fit one another; nothing was taken in.\n")
    assert finding in str(refused.value)
    assert nothing_landed()


@pytest.mark.django_db
def test_a_row_that_stands_twice_is_refused_by_the_database_and_nothing_lands(made):
    rows = made["facts.jsonl"]

    with pytest.raises(ContradictsItself):
        take_over(read_archive(resealed(made, "facts.jsonl", rows + rows.split(b"\n")[0] + b"\n")))

    assert nothing_landed()


@pytest.mark.django_db
def test_what_a_later_release_adds_to_a_row_may_be_absent_from_an_older_archive(made):
    assert take_over(read_archive(changed_line(made, "facts.jsonl", 1, approved_by=None)))

    assert Fact.objects.order_by("number", "key").first().approved_by == ""


@pytest.mark.django_db
def test_the_same_archive_again_is_nothing_new(made, fresh_memory):
    archive = read_archive(zipped(made))

    assert [take_over(archive) for _time in range(2)] == [True, False]


@pytest.mark.django_db
def test_an_archive_onto_another_history_is_refused_and_nothing_changes(made, fresh_memory):
    contents = contents_of("toy")
    load(contents, by="somebody-else")
    before = list(Entry.objects.values_list("hash", flat=True))

    with pytest.raises(IsHereAlready) as refused:
        take_over(read_archive(zipped(made)))

    assert str(refused.value) == (
        "toy is here already, at journal number 1; nothing was changed. "
        "The archive stands at 1 and holds something else. Two histories cannot be made one. "
        "Import it into an empty data folder (SERVANDA_DATA), or load the newer pack instead."
    )
    assert list(Entry.objects.values_list("hash", flat=True)) == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["import", "no-such-file"], 2, "servanda: no-such-file cannot be read. The system says: No such file"),
        (["import", "."], 2, "servanda: . cannot be read. The system says: Is a directory."),
        (["import", "README.md"], 1, "servanda: The file cannot be read as an archive; nothing was taken in."),
        (["export", "nowhere", "-o", "x"], 2, "servanda: There is no convention 'nowhere' in the register."),
    ],
)
def test_a_command_tells_what_it_cannot_do(capsys, words, code, told):
    assert main(words) == code

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(told)


@pytest.mark.django_db
def test_an_archive_that_cannot_be_written_leaves_nothing_behind(fresh_memory, tmp_path, capsys):
    load(contents_of("toy"), by="test")
    (tmp_path / "taken").mkdir()

    code = main(["export", "toy", "-o", str(tmp_path / "taken")])

    assert code == 1
    assert f"{tmp_path / 'taken'} cannot be written. The system says: " in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_an_import_that_is_killed_half_way_leaves_nothing(made, tmp_path):
    path = tmp_path / "archive.zip"
    path.write_bytes(zipped(made))
    with own_database(tmp_path) as environment:
        broken = servanda(environment | {"PYTHONPATH": str(dying(tmp_path))}, "import", str(path))
        assert broken.returncode == 9

        assert servanda(environment, "status", "toy").returncode == 2
        assert servanda(environment, "import", str(path)).returncode == 0


def dying(folder):
    """A folder whose start-up file makes the process die as soon as the facts have been stored."""
    (folder / "sitecustomize.py").write_text(
        "import os, importlib.util, sys\n"
        "import django.db.models.query as query\n"
        "plain = query.QuerySet.bulk_create\n"
        "def bulk_create(self, *words, **named):\n"
        "    plain(self, *words, **named)\n"
        "    if self.model.__name__ == 'Fact': os._exit(9)\n"
        "query.QuerySet.bulk_create = bulk_create\n",
        encoding="utf-8",
    )
    return folder
