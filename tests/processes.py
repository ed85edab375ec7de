"""Processes of their own on a database of their own, for what one process cannot prove."""

import contextlib
import os
import secrets
import subprocess
import sys
import textwrap
import time
from urllib.parse import urlsplit

import psycopg

READY = """
import os, sys, json, time, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servanda.site.settings")
django.setup()
"""


@contextlib.contextmanager
def own_database(tmp_path):
    """The environment of processes that share a fresh, migrated database; it is gone afterwards."""
    environment = dict(os.environ, SERVANDA_DATA=str(tmp_path), DJANGO_SETTINGS_MODULE="servanda.site.settings")
    url = os.environ.get("DATABASE_URL", "")
    with database_on(url) if url else contextlib.nullcontext("") as own:
        if own:
            environment["DATABASE_URL"] = own
        migrate = [sys.executable, "-m", "servanda.site.manage", "migrate", "--verbosity=0"]
        subprocess.run(migrate, env=environment, check=True)
        yield environment


@contextlib.contextmanager
def database_on(url):
    """The URL of a new database on the server of a URL."""
    name = f"servanda_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            drop(server, name)


def drop(server, name):
    """Remove a database; while PostgreSQL itself tidies up in it, only later."""
    for wait in (0.5, 1, 2, 4):
        with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            return
        time.sleep(wait)
    server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def command(script, *words):
    """The command that runs a script, Django ready, with words in sys.argv[1:]."""
    return [sys.executable, "-c", READY + textwrap.dedent(script), *map(str, words)]


def start(environment, script, *words):
    """A running process; its standard output can be read line by line. Use it as a context manager."""
    return subprocess.Popen(
        command(script, *words), env=environment, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    )


def run(environment, script, *words):
    """What a process prints, once it has ended well."""
    return subprocess.run(
        command(script, *words),
        env=environment,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def servanda(environment, *words):
    """The `servanda` command in a process: its exit code and both outputs."""
    module = "import sys; from servanda.site.command import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", module, *words], env=environment, check=False, capture_output=True, text=True
    )
