"""The server: granian with one worker, its limits stated, on this machine alone unless told otherwise.

A worker counts every open stream as a request, so the limits are far above what a meeting needs.
"""

import errno
import socket
import threading
import time
from collections.abc import Callable

from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from servanda.common.refusals import Refusal

APPLICATION = "servanda.site.asgi:application"
BACKLOG = 4096
OPEN_REQUESTS = 30000
KILL_SECONDS = 3
READY_SECONDS = 60.0
LOOK_SECONDS = 0.02
TO_STANDARD_ERROR = {
    "handlers": {"console": {"formatter": "generic", "class": "logging.StreamHandler"}},
    "loggers": {"_granian": {"handlers": ["console"], "propagate": False}},
}


class PortInUse(Refusal):
    """Another program listens at the address."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Port {port} of {host} is in use.",
            "Another program, perhaps another Servanda, listens there.",
            f"End that program, or choose another port: --port {port + 1}",
        )


class AddressNotUsable(Refusal):
    """The machine does not let this program listen at the address."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        super().__init__(
            f"Servanda cannot listen at port {port} of {host}.",
            f"The machine says: {error.strerror or error}.",
            "Choose an address of this machine, and a port from 1024 to 65535.",
        )


def serve(*, host: str = "127.0.0.1", port: int = 8000, ready: Callable[[], None] | None = None) -> None:
    """Serve the site until SIGTERM or SIGINT; call `ready`, in a thread, once it accepts connections.

    Raises PortInUse or AddressNotUsable before anything has started.
    """
    check_address(host, port)
    connections.close_all()  # the worker is a fork, and no connection survives one
    server = Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=1,
        websockets=False,
        backlog=BACKLOG,
        backpressure=OPEN_REQUESTS,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_SECONDS,
        log_access=False,
        log_level=LogLevels.warning,
        log_dictconfig=TO_STANDARD_ERROR,
    )
    if ready:
        server.on_startup(threading.Thread(target=call_when_open, args=(host, port, ready), daemon=True).start)
    server.serve()


def check_address(host: str, port: int) -> None:
    """Raise a Refusal if nobody can listen at the address now.

    The server itself shares its port with any other that asks to share, and would start beside it unheard.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(host, port) from error
        raise AddressNotUsable(host, port, error) from error


def call_when_open(host: str, port: int, ready: Callable[[], None]) -> None:
    """Call `ready` as soon as the address accepts a connection; give up after a minute."""
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection((reachable(host), port), timeout=1).close()
        except OSError:
            time.sleep(LOOK_SECONDS)
        else:
            ready()
            return


def reachable(host: str) -> str:
    """An address at which this machine reaches what listens at `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared, not bound)
