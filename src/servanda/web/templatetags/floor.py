"""What templates of the floor mark for the script that keeps a page true; see docs/floor-screens.md."""

from datetime import datetime

from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString

from servanda.common.clock import now
from servanda.floor.seen import milliseconds
from servanda.floor.view import Clock
from servanda.web.addresses import is_of_rehearsal

register = Library()


@register.simple_tag
def floor_clock(clock: Clock) -> SafeString:
    """The clock of a turn, with the time at which the page is rendered."""
    at = now()
    return format_html(
        '<output class="floor-clock" role="timer" dir="ltr" data-clock="{}" data-floor-clock data-floor-used="{}"'
        ' data-floor-since="{}" data-floor-limit="{}" data-floor-warns="{}" data-floor-grace="{}"'
        ' data-floor-speed="{}">{}</output>',
        state_of(clock, at),
        milliseconds_of(clock),
        "" if clock.running_since is None else milliseconds(clock.running_since),
        "" if clock.limit_seconds is None else clock.limit_seconds,
        " ".join(map(str, clock.warns_at_seconds)),
        clock.grace_seconds,
        clock.speed,
        time_on(clock, at),
    )


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
    return "warning" if left.total_seconds() <= max(clock.warns_at_seconds, default=0) else "running"


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
