"""How a view says that its answer may be kept: for which numbers of which streams, and until which midnight.

`keep` marks the answer with two internal headers. The dispatcher (`servanda.site.stored`) reads them, keeps
the bytes, and never lets the headers out.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from servanda.common.clock import today

NUMBERS = "Servanda-Numbers"
GOOD_UNTIL = "Servanda-Good-Until"
EVERY_STREAM = "*"  # no stream is called so: stands for how many streams there are
REVALIDATE = "public, max-age=0, must-revalidate"


def keep(
    response: HttpResponse, *, numbers: Mapping[str, int], zone: str = "UTC", day: date | None = None
) -> HttpResponse:
    """Mark an answer as good while its streams stand at these numbers and the day lasts; return it.

    `numbers` are the heads of every stream that the answer was rendered from, asked for *before* its
    rows were read; an answer about all conventions also names EVERY_STREAM, with how many streams there were.
    `day` is the day that it speaks of as today, at the place whose IANA time zone is `zone`. Only for what
    everyone may see: an answer with a form, a cookie or a word about the reader is not marked.
    """
    good_until = midnight_after(day or today(zone), zone)
    response[NUMBERS] = json.dumps(dict(numbers), separators=(",", ":"), sort_keys=True)
    response[GOOD_UNTIL] = str(good_until.timestamp())
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()}"'
    response["Cache-Control"] = REVALIDATE
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def first_midnight(zones: Iterable[str]) -> str:
    """Of some time zones that in which the day ends first, UTC where there is none."""
    return min(zones, key=lambda zone: midnight_after(today(zone), zone), default="UTC")


def midnight_after(day: date, zone: str) -> datetime:
    """The instant at which a day ends at a place."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
