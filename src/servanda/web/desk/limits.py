"""How often one reader may do something: counted in this process, by salted hashes that name nobody."""

import hashlib
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

from servanda.common.refusals import Refusal

MOST_KEYS = 10_000
SALT = secrets.token_bytes(16)  # of this process: what is hashed today cannot be compared tomorrow


class TooManyAttempts(Refusal):
    """Someone tries to sign in too often."""

    status = 429

    def __init__(self, minutes: int) -> None:
        super().__init__(
            "Nobody can sign in from here for the moment.",
            "There were too many attempts with a wrong id or password.",
            f"Wait {minutes} minutes. If you do not know your password, ask the administrator for another.",
        )


class TooManySuggestions(Refusal):
    """Someone proposes corrections faster than a reader would."""

    status = 429

    def __init__(self, count: int) -> None:
        super().__init__(
            "Your proposal was not taken.",
            f"{count} came from your connection within an hour.",
            "Try again in an hour, or write to the secretariat, which can take many at once.",
        )


@dataclass
class Limit:
    """At most `count` times in `seconds`, for each key."""

    count: int
    seconds: int
    clock: Callable[[], float] = time.monotonic
    taken: OrderedDict[bytes, deque[float]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def is_reached(self, key: str) -> bool:
        """Whether nothing is left for a key."""
        with self.lock:
            return len(self.recent(hashed(key))) >= self.count

    def take(self, key: str) -> None:
        """Count one; the keys least lately counted are forgotten when there are too many."""
        with self.lock:
            name = hashed(key)
            times = self.recent(name)
            times.append(self.clock())
            self.taken[name] = times
            self.taken.move_to_end(name)
            while len(self.taken) > MOST_KEYS:
                self.taken.popitem(last=False)

    def recent(self, name: bytes) -> deque[float]:
        """The times that still count."""
        times = self.taken.get(name, deque())
        while times and times[0] <= self.clock() - self.seconds:
            times.popleft()
        return times


def hashed(key: str) -> bytes:
    """A key as a digest that only this process could make."""
    return hashlib.blake2b(key.encode(), key=SALT, digest_size=16).digest()


def connection_of(request: HttpRequest) -> str:
    """Where a request comes from: its address, or the network of an IPv6 address, for one reader has many.

    Behind a proxy that speaks TLS for this server, the proxy says it.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        told = request.headers.get("X-Forwarded-For", told).rpartition(",")[2].strip()
    try:
        address = ip_address(told)
    except ValueError:
        return "unknown"
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)
