"""The server itself: it starts once at an address, and ends within a second, streams open or not."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from servanda.common.refusals import Refusal
from servanda.site import command
from servanda.site.serving import AddressNotUsable, PortInUse, call_when_open, check_address, serve

PATIENCE_SECONDS = 30
STREAMS = 50
PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from servanda.convention.models import Meeting
Meeting.objects.create(
    convention="apmbc", code="im-2024", kind="intersessional", start="2024-06-18", end="2024-06-20",
    city="Geneva", timezone="Europe/Zurich", source="test", verified=True,
)
"""
SERVE = """
import sys
from servanda.site.serving import serve
serve(port=int(sys.argv[1]), ready=lambda: print("ready", flush=True))
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def server(folder):
    """A real server with a meeting, in a process of its own."""
    left_out = ("DATABASE_URL", "COVERAGE_PROCESS_START")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    environment |= {"SERVANDA_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "servanda.site.settings"}
    subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True, timeout=PATIENCE_SECONDS)
    port = free_port()
    command = [sys.executable, "-c", SERVE, str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            assert process.stdout.readline() == b"ready\n"
            yield process, port
        finally:
            if process.poll() is None:
                process.kill()


@contextmanager
def open_streams(port, count):
    """Readers of the meeting's live stream, each past its opening."""
    readers = []
    try:
        for _ in range(count):
            reader = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
            readers.append(reader)
            reader.sendall(b"GET /live/apmbc/im-2024/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        for reader in readers:
            read_until(reader, b"id: 0\nevent: life\ndata: -\n\n")
        yield readers
    finally:
        for reader in readers:
            reader.close()


def read_until(reader, ending):
    received = b""
    while ending not in received:
        piece = reader.recv(65536)
        assert piece, received
        received += piece
    return received


def read_to_the_end(reader):
    received = b""
    while piece := reader.recv(65536):
        received += piece
    return received


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_ends_within_a_second_while_streams_are_open(tmp_path, number):
    found = []

    # A machine that is busy with other tests may be late once, and past its patience the server says so.
    while not found or (found[-1][-1] is False and len(found) < 3):
        found.append(how_it_ends(tmp_path, number))

    assert found[-1] == (0, {b"0\r\n\r\n"}, b"", True)


def how_it_ends(folder, number):
    """Its exit code, the last bytes of its streams, what it said, and whether it took less than a second."""
    with server(folder) as (process, port), open_streams(port, STREAMS) as readers:
        asked_at = time.monotonic()
        process.send_signal(number)
        process.wait(PATIENCE_SECONDS)
        seconds = time.monotonic() - asked_at

        endings = {read_to_the_end(reader) for reader in readers}
        return process.returncode, endings, process.stderr.read(), seconds < 1


@pytest.mark.slow
def test_the_server_answers_and_a_second_one_is_refused(tmp_path):
    with server(tmp_path) as (_, port):
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as reader:
            reader.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            health = read_to_the_end(reader)

        with pytest.raises(PortInUse) as refusal:
            serve(port=port)

    assert health.startswith(b"HTTP/1.1 200 OK\r\n")
    assert health.endswith(b"\r\n\r\nok")
    assert refusal.value.what == f"Port {port} of 127.0.0.1 is in use."
    assert refusal.value.do == f"End that program, or choose another port: --port {port + 1}"


def test_a_port_at_which_another_listens_is_refused_even_if_it_would_share():
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()

        with pytest.raises(PortInUse) as refusal:
            check_address("127.0.0.1", other.getsockname()[1])

    assert refusal.value.why == "Another program, perhaps another Servanda, listens there."


@pytest.mark.parametrize("word", ["serve", "demo"])
def test_a_server_that_cannot_have_its_port_has_changed_nothing(monkeypatch, capsys, word):
    changed = []
    monkeypatch.setattr(command, "prepare", lambda **_: changed.append("database"))
    monkeypatch.setattr(command, "call", lambda name, _chosen: changed.append(name))

    with socket.create_server(("127.0.0.1", 0)) as other:
        code = command.main([word, "--port", str(other.getsockname()[1])])

    assert (code, changed) == (1, [])
    assert "is in use. Another program, perhaps another Servanda" in capsys.readouterr().err


def test_a_port_that_was_just_left_is_free_again():
    port = free_port()

    check_address("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(AddressNotUsable) as refusal:
        check_address("192.0.2.1", 8000)

    assert isinstance(refusal.value, Refusal)
    assert refusal.value.what == "Servanda cannot listen at port 8000 of 192.0.2.1."
    assert refusal.value.why.startswith("The machine says: ")


def test_ready_is_said_once_the_address_is_open():
    said = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        call_when_open("0.0.0.0", listening.getsockname()[1], lambda: said.append("ready"))

    assert said == ["ready"]
