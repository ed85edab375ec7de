"""Build the wheel and the source distribution, install the wheel in an empty environment, and use it.

Proves what a checkout cannot: that the wheel carries packs, catalogues, templates and styles, that the
run-time lock suffices, and that the server starts anywhere and ends when told to. Standard library only;
run it with the development environment's Python, which has `build` and pip.
"""

import contextlib
import html.parser
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from urllib.parse import urljoin

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "run.txt"
BUILD_SECONDS, INSTALL_SECONDS = 180, 300
READY_SECONDS, ANSWER_SECONDS, END_SECONDS = 60, 20, 5
ENDED_WELL = (0, 143, -signal.SIGTERM)
NO_ANSWER = (OSError, http.client.HTTPException)

STATES = (
    "Afghanistan", "Chad", "Cyprus", "Eritrea", "Guinea-Bissau", "Niger", "Oman", "Peru", "Serbia",
)  # fmt: skip
IN_WHEEL = (
    r"servanda/packs/apmbc/pack\.yaml",
    r"servanda/common/locale/fr/LC_MESSAGES/django\.mo",
    r"servanda/common/locale/ar/LC_MESSAGES/django\.mo",
    r"servanda/common/data/states\.csv",
    r"servanda-[^/]*\.dist-info/licenses/LICENSE",
    r"servanda-[^/]*\.dist-info/licenses/LICENSES/CC0-1\.0\.txt",
)
IN_SOURCES = (
    r"Makefile",
    r"README\.md",
    r"packs/apmbc/pack\.yaml",
    r"requirements/run\.txt",
    r"tools/build_catalogues\.py",
)
NOT_OURS = (
    "DATABASE_URL",
    "DJANGO_SETTINGS_MODULE",
    "PYTHONPATH",
    "PYTHONHOME",
    "VIRTUAL_ENV",
    "SERVANDA_HOSTS",
)


@dataclass(frozen=True)
class Answer:
    """What the server answered: status, kind of content, and text."""

    path: str
    status: int
    kind: str
    text: str


class Words(html.parser.HTMLParser):
    """Collects the words of a page, and the addresses of its styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.styles: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the address of a style."""
        given = dict(attrs)
        if tag == "link" and "stylesheet" in (given.get("rel") or ""):
            self.styles.append(given.get("href") or "")

    @property
    def text(self) -> str:
        """The words in one line."""
        return " ".join(" ".join(self.words).split())


class Running:
    """The server of the installed wheel, from its start to its end."""

    def __init__(self, command: Path, folder: Path) -> None:
        self.port = free_port()
        self.log = folder / "server.log"
        here = folder / "empty"
        here.mkdir()
        environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        environment["SERVANDA_DATA"] = str(folder / "data")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [command, "demo", "--port", str(self.port)],
                cwd=here, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_error: object) -> None:
        """Leave nothing running, whatever happened."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def wait_until_ready(self) -> float:
        """Wait for /healthz; the seconds it took."""
        began = time.monotonic()
        while not self.is_ready():
            if self.process.poll() is not None:
                self.fail(f"The server ended by itself with exit code {self.process.returncode}.")
            if time.monotonic() - began > READY_SECONDS:
                self.fail(f"The server did not answer /healthz with 200 within {READY_SECONDS} seconds.")
            time.sleep(0.1)
        return time.monotonic() - began

    def is_ready(self) -> bool:
        """Whether /healthz answers 200 now."""
        try:
            return self.fetch("/healthz").status == 200
        except NO_ANSWER:
            return False

    def fetch(self, path: str) -> Answer:
        """Ask for an address of this server; raise OSError or HTTPException if it does not answer."""
        caller = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        try:
            caller.request("GET", path)
            reply = caller.getresponse()
            words = reply.read().decode("utf-8", "replace")
            return Answer(path, reply.status, reply.headers.get_content_type(), words)
        finally:
            caller.close()

    def expect(self, path: str, kind: str) -> Answer:
        """Ask for an address that must answer 200 with content of a kind."""
        try:
            found = self.fetch(path)
        except NO_ANSWER as error:
            self.fail(f"{path} gave no answer: {error}.")
        if (found.status, found.kind) != (200, kind):
            came = f"{found.status} {found.kind}"
            self.fail(f"{path} answered {came}; expected 200 {kind}.\n{found.text[:800]}")
        return found

    def end(self) -> float:
        """End the server by SIGTERM; the seconds it took."""
        began = time.monotonic()
        self.process.terminate()
        try:
            code = self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.fail(f"The server was told to end (SIGTERM) and still ran {END_SECONDS} seconds later.")
        if code not in ENDED_WELL:
            self.fail(f"The server ended with exit code {code}; expected 0 or 143.")
        if is_open(self.port):
            self.fail(f"The server ended, but something of it still listens on port {self.port}.")
        return time.monotonic() - began

    def fail(self, words: str) -> NoReturn:
        """End with what is wrong and what the server said."""
        said = self.log.read_text(encoding="utf-8", errors="replace")[-4000:]
        raise SystemExit(f"check_wheel: {words}\nThe server said:\n{said or '(nothing)'}")


def build(folder: Path) -> tuple[Path, Path]:
    """Build both distributions, the wheel from the sources of the other; their paths."""
    run(BUILD_SECONDS, sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT)
    wheels, sources = list(folder.glob("*.whl")), list(folder.glob("*.tar.gz"))
    if len(wheels) != 1 or len(sources) != 1:
        raise SystemExit(f"check_wheel: the build made {sorted(path.name for path in folder.iterdir())}.")
    return wheels[0], sources[0]


def check_contents(wheel: Path, sources: Path) -> None:
    """Refuse distributions that lack a file they must carry."""
    with zipfile.ZipFile(wheel) as archive:
        refuse_missing(wheel, archive.namelist(), IN_WHEEL)
    with tarfile.open(sources) as archive:
        refuse_missing(sources, [name.partition("/")[2] for name in archive.getnames()], IN_SOURCES)


def refuse_missing(archive: Path, names: list[str], wanted: tuple[str, ...]) -> None:
    """End with the files that an archive lacks."""
    missing = [shape for shape in wanted if not any(re.fullmatch(shape, name) for name in names)]
    if missing:
        raise SystemExit(f"check_wheel: {archive.name} lacks: {', '.join(missing)}")


def install(wheel: Path, folder: Path) -> Path:
    """Install the run-time lock and the wheel in an empty environment; its `servanda` command."""
    venv.create(folder, with_pip=False)
    pip = (sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "--disable-pip-version-check")
    run(INSTALL_SECONDS, *pip, "install", "--quiet", "--require-hashes", "--no-deps", "-r", LOCK)
    run(INSTALL_SECONDS, *pip, "install", "--quiet", "--no-index", "--no-deps", wheel)
    run(INSTALL_SECONDS, *pip, "check")
    return folder / "bin" / "servanda"


def use(server: Running) -> None:
    """Ask for the pages that show whether everything came along."""
    say(f"  ready after {server.wait_until_ready():.1f} s")
    for language in ("en", "fr", "ar"):
        page = server.expect(f"/{language}/", "text/html")
        if not re.search(rf'<html[^>]*\blang="{language}"', page.text):
            server.fail(f'{page.path} is not marked lang="{language}".')
    meeting = server.expect("/en/apmbc/IM2024/", "text/html")
    words = Words(meeting.text)
    if missing := [state for state in STATES if state not in words.text]:
        server.fail(f"{meeting.path} does not name {', '.join(missing)}.")
    if not words.styles:
        server.fail(f"{meeting.path} refers to no style.")
    server.expect(urljoin(meeting.path, words.styles[0]), "text/css")


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_open(port: int) -> bool:
    """Whether something listens on a port of this machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def run(seconds: int, *command: str | Path) -> None:
    """Run one command within a time; show what it said only if it fails."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words, cwd=ROOT, timeout=seconds, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise SystemExit(f"check_wheel: not done within {seconds} seconds: {' '.join(words)}") from None
    if done.returncode:
        raise SystemExit(f"{done.stdout}\ncheck_wheel: ended with {done.returncode}: {' '.join(words)}")


def say(words: str) -> None:
    """Show progress on standard error, at once."""
    print(words, file=sys.stderr, flush=True)


def main() -> None:
    """Build, install, use, end."""
    with tempfile.TemporaryDirectory(prefix="servanda-wheel-") as name:
        folder = Path(name)
        say("check_wheel 1 of 4  build")
        wheel, sources = build(folder / "dist")
        check_contents(wheel, sources)
        say(f"check_wheel 2 of 4  install {wheel.name}")
        command = install(wheel, folder / "environment")
        say("check_wheel 3 of 4  serve")
        with Running(command, folder) as server:
            use(server)
            say(f"check_wheel 4 of 4  ended after {server.end():.1f} s")
    say("check_wheel: the wheel is whole")


if __name__ == "__main__":
    main()
