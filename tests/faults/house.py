"""A house that is put to the test: a real server on a database of its own, and people who sit at it over HTTP.

Its journal is read beside the server, row by row, with nothing of the server in between.
"""

import contextlib
import http.client
import json
import os
import re
import resource
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from servanda.journal.chain import Written, verify
from tests.processes import run

PATIENCE = 30  # seconds
HOST = "127.0.0.1"
SERVE = "import sys; from servanda.site.command import main; sys.exit(main(['serve', '--port', sys.argv[1]]))"
PREPARE = """
from datetime import timedelta
from django.db import transaction
from servanda.common.clock import now
from servanda.common.names import united_nations
from servanda.common.organisations import organisations
from servanda.people.actions import make_link
from servanda.programme.actions import issue_plan, store_plan
from servanda.programme.queries import plan
from servanda.site.loading import load, read_packs
load(read_packs(["apmbc"])[0], by="test")
store_plan(plan=plan("apmbc", "IM2024"), by="test")
issue_plan(convention="apmbc", meeting="IM2024", version=1, by="test")
def link(number, kind="console", delegation=""):
    floor, until = f"apmbc/IM2024/rehearsal-{number}", now() + timedelta(days=3)
    return make_link(floor=floor, kind=kind, delegation=delegation, expires_at=until, by="test")[1]
codes = [*sorted(united_nations().states), *sorted(organisations().by_code)][:int(sys.argv[2])]
with transaction.atomic():
    links = {
        "consoles": {number: [link(number), link(number)] for number in range(1, int(sys.argv[1]) + 1)},
        "desks": {code: link(1, "delegation", code) for code in codes},
    }
print(json.dumps(links))
"""
ROWS = """
    SELECT number, kind, version, body, "by", at, coalesce("key", ''), previous_hash, hash FROM journal_entry
    WHERE stream_id = (SELECT id FROM journal_stream WHERE name = {}) ORDER BY number
"""
HEAD = "SELECT head, head_hash FROM journal_stream WHERE name = {}"
TOLD = re.compile(r'<span lang="en" dir="ltr">(.*?)</span>')


class Journal:
    """The rows of a journal, as the database of an environment holds them."""

    def __init__(self, environment):
        self.environment = environment

    def ask(self, query, *values):
        """The rows of a query."""
        url = self.environment.get("DATABASE_URL")
        if url:
            with psycopg.connect(url) as database:
                return database.execute(query.format("%s"), values).fetchall()
        with contextlib.closing(sqlite3.connect(Path(self.environment["SERVANDA_DATA"]) / "servanda.sqlite3")) as found:
            return found.execute(query.format("?"), values).fetchall()

    def entries(self, stream):
        """The entries of a stream, every column as it is stored."""
        return [Written(stream, *row) for row in self.ask(ROWS, stream)]

    def faults(self, stream):
        """What does not hold of a stream's chain."""
        return [str(each) for each in verify(stream, self.entries(stream), *self.ask(HEAD, stream)[0])]

    def acts(self, stream):
        """The acts of a stream by kind and body."""
        return [(entry.kind, json.loads(entry.body)) for entry in self.entries(stream)]


class House:
    """A server, its journal, and the links to its rehearsals."""

    def __init__(self, environment, links):
        self.environment, self.links = environment, links
        self.journal = Journal(environment)
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port = free.getsockname()[1]
        self.said = Path(environment["SERVANDA_DATA"]).parent / f"said-{self.port}"
        self.serve()

    @classmethod
    def prepared(cls, environment, rehearsals, desks=0):
        """A house with the packs loaded, a programme issued, and links to some rehearsals."""
        return cls(environment, json.loads(run(environment, PREPARE, rehearsals, desks)))

    def serve(self):
        """Start the server, and wait until it answers."""
        with self.said.open("a") as said:
            few = [
                "sh",
                "-c",
                'ulimit -Sn 1024 && exec "$@"',
                "sh",
            ]  # files: as many a shell begins; granian asks for more
            command = [*few, sys.executable, "-c", SERVE, str(self.port)]
            self.server = subprocess.Popen(command, env=self.environment, start_new_session=True, stderr=said)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                if self.get("/healthz")[0] == 200:
                    return
            time.sleep(0.02)
        raise AssertionError(self.said.read_text())

    def kill(self):
        """Kill the server and its worker, so that neither can do anything more."""
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(PATIENCE)

    def close(self):
        """End the server."""
        if self.server.poll() is None:
            self.kill()

    @property
    def workers(self):
        """The processes of the server."""
        listed = subprocess.run(["ps", "-o", "pid=", "-g", str(self.server.pid)], capture_output=True, check=True)
        return [int(pid) for pid in listed.stdout.split()]

    @contextlib.contextmanager
    def files_no_larger_than(self, size):
        """Let no file of the server grow beyond a size, as if its disk were full; afterwards there is room again."""
        former = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in self.workers}
        for pid, (_soft, hard) in former.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))
        try:
            yield
        finally:
            for pid, limits in former.items():
                resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)

    def get(self, path):
        """What anybody is answered: status and body."""
        return Browser(self.port).get(path)

    def state(self, stream):
        """The room as everybody sees it, with its list."""
        return json.loads(self.get(f"/live/{stream}/state.json")[1])

    def consoles(self, number):
        """The two consoles of a rehearsal, seated."""
        return [Console(self.port, link, number) for link in self.links["consoles"][str(number)]]

    def floor(self, number, *who):
        """A console of a rehearsal, opened, item 3 under consideration on the first morning, some on its list."""
        console, other = self.consoles(number)
        assert console.post(f"{console.here}open/")[0] == 302
        console.must("open-sitting", sitting="day-1-morning")
        console.must("take", item="3")
        for each in who:
            console.must("ask", who=each, act="statement", reason="for the test")
        return console, other


class Browser:
    """Somebody's browser, with its cookies; it sends forms as pages do."""

    def __init__(self, port, token=None):
        self.port = port
        self.cookies = {"csrftoken": token or secrets.token_hex(16)}

    def get(self, path):
        """Status and body of a page."""
        return self.ask("GET", path)

    def post(self, path, **fields):
        """Status and body of the answer to a form."""
        return self.ask("POST", path, urlencode({"csrfmiddlewaretoken": self.cookies["csrftoken"], **fields}))

    def ask(self, method, path, body=None):
        """One request on a connection of its own."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        asking = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        with contextlib.closing(asking):
            asking.request(method, path, body, headers)
            answer = asking.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0]
            return answer.status, answer.read().decode()

    def sit(self, link):
        """Take the seat of a link."""
        status, _ = self.post(f"/en/enter/{link}/")
        assert status == 302
        return self


class Console(Browser):
    """A chair's console of a rehearsal."""

    def __init__(self, port, link, number):
        super().__init__(port)
        self.stream = f"apmbc/IM2024/rehearsal-{number}"
        self.here = f"/en/chair/{self.stream}/"
        self.sit(link)

    def act(self, name, once=None, **fields):
        """One click: status and page; `once` is the mark of the page that it was sent from."""
        return self.post(f"{self.here}acts/{name}/", once=once or secrets.token_hex(12), **fields)

    def must(self, name, **fields):
        """One click that is done."""
        status, page = self.act(name, **fields)
        assert status == 302, refusal_in(page)


def refusal_in(page):
    """What, why and what to do, of a refusal on a page."""
    return TOLD.findall(page.partition('<dl class="refusal">')[2].partition("</dl>")[0])


class Busy:
    """Acts that go on beside a test, in a thread: what each was answered, by the mark of its click."""

    def __init__(self, console, act):
        self.console, self.do = console, act
        self.done, self.failed, self.ending = [], [], threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self):
        """Act until told to end, or until the server is gone."""
        turn = 0
        while not self.ending.is_set():
            turn, once = turn + 1, secrets.token_hex(12)
            try:
                status, page = self.do(self.console, turn, once)
            except (OSError, http.client.HTTPException):
                return
            (self.done if status == 302 else self.failed).append((once, refusal_in(page)))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        self.thread.join(PATIENCE)

    def reach(self, count):
        """Wait until so many acts are done."""
        until = time.monotonic() + PATIENCE
        while len(self.done) < count and time.monotonic() < until:
            time.sleep(0.005)
        assert len(self.done) >= count, self.failed[:3]
