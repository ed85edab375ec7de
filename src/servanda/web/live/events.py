"""The bytes of server-sent events: a new entry of a meeting, a move of the register, a sign of life."""

import json
import secrets
import time

HEARTBEAT = b":\n\n"
RETRY_MILLISECONDS = (1000, 5000)


def opening(number: int) -> bytes:
    """The first block: where the reader stands, and after how long, by lot, to come back when cut off.

    The number is given without data, so that a browser knows it and no listener is called.
    """
    least, most = RETRY_MILLISECONDS
    return b"retry: %d\nid: %d\n\n" % (least + secrets.randbelow(most - least), number)


def entry_event(stream: str, number: int, kind: str) -> bytes:
    """An entry came: its stream, number and kind, and the instant of these bytes in ns since the epoch."""
    data = written(stream=stream, number=number, kind=kind, sent_ns=time.time_ns())
    return b"id: %d\nevent: notice\ndata: %s\n\n" % (number, data)


def register_event(convention: str, number: int) -> bytes:
    """The register of a convention moved; no id, for ids count the meeting's own entries."""
    data = written(stream=convention, number=number, sent_ns=time.time_ns())
    return b"event: register\ndata: %s\n\n" % data


def written(**values: str | int) -> bytes:
    """Values as JSON in one line."""
    return json.dumps(values, separators=(",", ":")).encode()
