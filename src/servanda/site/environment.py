"""What the environment says, read once: where the data lies and which database holds it."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml

from servanda.common.languages import LANGUAGES, Text
from servanda.common.refusals import WrongUsage

SQLITE = "servanda.sqlite3"


@dataclass(frozen=True, slots=True)
class Environment:
    """The few choices that an operator makes outside the program."""

    data: Path
    database_url: str
    hosts: tuple[str, ...]
    behind_https: bool = False
    notice_file: str = ""

    @classmethod
    def read(cls) -> "Environment":
        """SERVANDA_DATA, DATABASE_URL, SERVANDA_HOSTS, SERVANDA_HTTPS and SERVANDA_NOTICE, with their defaults."""
        return cls(
            data=Path(os.environ.get("SERVANDA_DATA") or default_data()).absolute(),
            database_url=os.environ.get("DATABASE_URL", ""),
            hosts=tuple(os.environ.get("SERVANDA_HOSTS", "127.0.0.1 localhost [::1]").split()),
            behind_https=os.environ.get("SERVANDA_HTTPS", "") == "yes",
            notice_file=os.environ.get("SERVANDA_NOTICE", ""),
        )

    def secret_key(self) -> str:
        """The key that signs; made on first use and kept in the data folder, for its owner alone."""
        path = self.data / "secret-key"
        if not path.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
        return path.read_text(encoding="ascii")

    def notice(self) -> Text | None:
        """What every page says of who publishes it, if the operator says it; raise NoticeCannotBeRead."""
        return read_notice(Path(self.notice_file)) if self.notice_file else None

    def database(self) -> dict[str, object]:
        """Django's description of the database: SQLite in the data folder, or PostgreSQL by its URL."""
        return postgresql(self.database_url) if self.database_url else sqlite(self.data)


class NoticeCannotBeRead(WrongUsage):
    """The file with the operator's own notice is not there, or not as it should be."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"The notice in {path} cannot be read.",
            why,
            "Write a line for each language, as in `en: Published by …`, or remove SERVANDA_NOTICE.",
        )


def read_notice(path: Path) -> Text:
    """The operator's words by language, English counting where there is any, else the first."""
    try:
        words = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise NoticeCannotBeRead(path, " ".join(str(error).split())) from error
    if not isinstance(words, dict) or not words or not words.keys() <= LANGUAGES.keys():
        raise NoticeCannotBeRead(path, f"It says words by language, and the languages are {', '.join(LANGUAGES)}.")
    if not all(isinstance(text, str) and text.strip() for text in words.values()):
        raise NoticeCannotBeRead(path, "The words of a language are missing, or no text.")
    return Text.of({code: text.strip() for code, text in words.items()}, "en" if "en" in words else next(iter(words)))


def default_data() -> Path:
    """Where data lies when nobody says otherwise."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "servanda"


def sqlite(data: Path) -> dict[str, object]:
    """SQLite so that what was acknowledged survives a power cut, and writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": data / SQLITE,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
        "TEST": {"NAME": data / "test.sqlite3"},
    }


def has_port(url: str) -> bool:
    """Whether the port of an address is a number, or absent."""
    try:
        urlsplit(url).port  # noqa: B018 (reading it is the test)
    except ValueError:
        return False
    return True


def postgresql(url: str) -> dict[str, object]:
    """PostgreSQL from postgres://user:password@host:port/name; host and port may be absent."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/") or not has_port(url):
        raise WrongUsage(
            "DATABASE_URL cannot be read.",
            "Servanda knows SQLite, without a URL, and PostgreSQL.",
            "Write postgres://user:password@host:port/name, or remove DATABASE_URL.",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c synchronous_commit=on"},
    }
