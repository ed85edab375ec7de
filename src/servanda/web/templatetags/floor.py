"""What templates of the floor mark for the script that keeps a page true; see docs/floor-screens.md."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString

from servanda.common.clock import now
from servanda.common.phrases import Scribe
from servanda.floor.seen import milliseconds
from servanda.floor.view import Clock, OnTheList
from servanda.web.addresses import is_of_rehearsal
from servanda.web.templatetags.servanda import language, phrase

register = Library()


@register.simple_tag
def floor_clock(clock: Clock, *, kept: bool = False) -> SafeString:
    """The clock of a turn, with the time at which the page is rendered.

    Kept bytes are read at another time than they were rendered at: there the script alone writes the time.
    """
    at = now()
    return format_html(
        '<output class="floor-clock" role="timer" dir="ltr" data-clock="{}" data-floor-clock data-floor-used="{}"'
        ' data-floor-since="{}" data-floor-limit="{}" data-floor-warns="{}" data-floor-grace="{}"'
        ' data-floor-speed="{}">{}</output>',
        "" if kept else state_of(clock, at),
        milliseconds_of(clock),
        "" if clock.running_since is None else milliseconds(clock.running_since),
        "" if clock.limit_seconds is None else clock.limit_seconds,
        " ".join(map(str, clock.warns_at_seconds)),
        clock.grace_seconds,
        clock.speed,
        "" if kept else time_on(clock, at),
    )


@register.simple_tag
def clock_text(clock: Clock) -> str:
    """What a clock that stands shows."""
    return time_on(clock, now())


@register.filter
def clock_state(clock: Clock) -> str:
    """How a clock stands now."""
    return state_of(clock, now())


@register.filter
def last_seconds(clock: Clock) -> int:
    """How many seconds are left when a clock begins to warn; 0 where it does not."""
    return max(clock.warns_at_seconds, default=0)


@register.filter
def last_minutes(clock: Clock) -> int:
    """The same in minutes; 0 where these are no whole minutes."""
    minutes, rest = divmod(last_seconds(clock), 60)
    return 0 if rest else minutes


@register.filter
def at_place(instant: datetime, zone: str) -> datetime:
    """An instant by the clock of a place, by its IANA time zone."""
    return instant.astimezone(ZoneInfo(zone))


@register.simple_tag(takes_context=True)
def rehearses(context: Context) -> bool:
    """Whether a page is of a rehearsal: by its address, or because it says so itself (`rehearsal`)."""
    request = getattr(context, "request", None)
    return bool(context.get("rehearsal")) or (request is not None and is_of_rehearsal(request))


def milliseconds_of(clock: Clock) -> int:
    """What was used up to the last pause."""
    return int(clock.used.total_seconds() * 1000)


def state_of(clock: Clock, at: datetime) -> str:
    """How a clock stands: paused, running, warning or over."""
    left = clock.left_at(at)
    if clock.running_since is None:
        return "paused"
    if left is None:
        return "running"
    if left.total_seconds() <= 0:
        return "over"
    return "warning" if left.total_seconds() <= last_seconds(clock) else "running"


def time_on(clock: Clock, at: datetime) -> str:
    """The time left, or with a plus the time over, or the time used where there is no limit."""
    left = clock.left_at(at)
    if left is None:
        return span(int(clock.used_at(at).total_seconds()))
    seconds = left.total_seconds()
    return span(-int(-seconds // 1)) if seconds > 0 else f"+{span(int(-seconds))}"


def span(seconds: int) -> str:
    """A length of time in minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02}"


@register.simple_tag
def names_of(places: Iterable[OnTheList]) -> SafeString:
    """The names on a list as a list within a sentence: A, B and C."""
    return phrase(Scribe(language()).listed([each.speaker.name for each in places]))
