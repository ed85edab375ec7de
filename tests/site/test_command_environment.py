"""What an operator chooses by the environment, and what is refused of it."""

import os
import stat

import pytest

from servanda.common.refusals import WrongUsage
from servanda.site.environment import Environment, default_data, postgresql
from tests.processes import servanda


def read(monkeypatch, **choices):
    for name in ("SERVANDA_DATA", "DATABASE_URL", "SERVANDA_HOSTS", "SERVANDA_NOTICE", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in choices.items():
        monkeypatch.setenv(name, value)
    return Environment.read()


def test_without_a_word_data_lies_in_the_home_and_only_this_machine_is_served(monkeypatch, tmp_path):
    environment = read(monkeypatch, XDG_DATA_HOME=str(tmp_path))

    assert environment == Environment(tmp_path / "servanda", "", ("127.0.0.1", "localhost", "[::1]"))
    assert default_data() == tmp_path / "servanda"


def test_an_operator_may_choose_another_folder_and_other_hosts(monkeypatch, tmp_path):
    environment = read(monkeypatch, SERVANDA_DATA=str(tmp_path), SERVANDA_HOSTS="lamp.example 10.0.0.7")

    assert (environment.data, environment.hosts) == (tmp_path, ("lamp.example", "10.0.0.7"))
    assert environment.database()["NAME"] == tmp_path / "servanda.sqlite3"


def test_the_key_that_signs_is_made_once_and_is_for_its_owner_alone(monkeypatch, tmp_path):
    environment = read(monkeypatch, SERVANDA_DATA=str(tmp_path / "new"))

    keys = [environment.secret_key() for _time in range(2)]

    assert keys[0] == keys[1]
    assert len(keys[0]) >= 50
    assert stat.S_IMODE((tmp_path / "new" / "secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://keeper:oil@lamp.example:5433/lights", ("lights", "keeper", "oil", "lamp.example", "5433")),
        ("postgresql:///lights", ("lights", "", "", "", "")),
        ("postgres://keeper:o%40il@lamp.example/lights", ("lights", "keeper", "o@il", "lamp.example", "")),
    ],
)
def test_a_database_is_named_by_its_url(url, expected):
    found = postgresql(url)

    assert tuple(found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected


@pytest.mark.parametrize("url", ["mysql://lamp/lights", "postgres://lamp", "lights", "postgres://lamp:oil/lights"])
def test_a_url_that_cannot_be_read_is_refused(url):
    with pytest.raises(WrongUsage) as refused:
        postgresql(url)

    assert str(refused.value) == (
        "DATABASE_URL cannot be read. Servanda knows SQLite, without a URL, and PostgreSQL. "
        "Write postgres://user:password@host:port/name, or remove DATABASE_URL."
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"DATABASE_URL": "postgres://nobody:x@127.0.0.1:1/nothing"}, "The database cannot be reached. It says: "),
        ({"SERVANDA_DATA": "/proc/nowhere"}, "The data folder cannot be used: /proc/nowhere. The system says: "),
    ],
)
def test_what_cannot_be_reached_or_written_is_told_without_a_traceback(tmp_path, choices, words):
    environment = dict(os.environ, SERVANDA_DATA=str(tmp_path)) | choices

    ended = servanda(environment, "verify")

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"servanda: {words}")
    assert "Traceback" not in ended.stderr


def test_an_operator_may_say_whose_publication_it_is(monkeypatch, tmp_path):
    (tmp_path / "notice.yaml").write_text("fr: Publié ici.\nen: ' Published here. '\n", encoding="utf-8")

    notice = read(monkeypatch, SERVANDA_NOTICE=str(tmp_path / "notice.yaml")).notice()

    assert (notice.original, notice.words) == ("en", {"fr": "Publié ici.", "en": "Published here."})


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (None, "No such file or directory"),
        ("de: Hier.", "It says words by language, and the languages are ar, en, es, fr, ru, zh."),
        ("- en", "It says words by language"),
        ("en: ' '", "The words of a language are missing, or no text."),
        ("en: [", "while parsing"),
    ],
)
def test_a_notice_that_cannot_be_read_is_refused(monkeypatch, tmp_path, words, why):
    path = tmp_path / "notice.yaml"
    if words is not None:
        path.write_text(words, encoding="utf-8")

    with pytest.raises(WrongUsage) as refused:
        read(monkeypatch, SERVANDA_NOTICE=str(path)).notice()

    assert why in refused.value.why
    assert refused.value.what == f"The notice in {path} cannot be read."


def test_without_a_file_the_notice_is_that_of_independent_software(monkeypatch):
    assert read(monkeypatch).notice() is None
