"""What templates write for the script that keeps a page true."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from servanda.floor.view import Clock
from servanda.web.templatetags.floor import state_of, time_on

BEGUN = datetime(2024, 6, 18, 8, 0, tzinfo=UTC)
CLOCK = Clock(BEGUN, timedelta(), BEGUN, 180, (30,), 15, hard=False)


@pytest.mark.parametrize(
    ("seconds", "state", "words"),
    [
        (0, "running", "3:00"),
        (0.5, "running", "3:00"),
        (149, "running", "0:31"),
        (150, "warning", "0:30"),
        (179.5, "warning", "0:01"),
        (180, "over", "+0:00"),
        (245.5, "over", "+1:05"),
        (-60, "running", "3:00"),
    ],
)
def test_a_clock_tells_the_time_left_and_with_a_plus_the_time_over(seconds, state, words):
    at = BEGUN + timedelta(seconds=seconds)

    assert (state_of(CLOCK, at), time_on(CLOCK, at)) == (state, words)


def test_a_clock_that_stands_and_one_without_a_limit():
    later = BEGUN + timedelta(hours=1)
    paused = replace(CLOCK, used=timedelta(seconds=65), running_since=None)
    endless = replace(CLOCK, limit_seconds=None)

    assert (state_of(paused, later), time_on(paused, later)) == ("paused", "1:55")
    assert (state_of(endless, later), time_on(endless, later)) == ("running", "60:00")


def test_the_element_of_a_clock_says_what_the_script_counts_from():
    paused = replace(CLOCK, used=timedelta(milliseconds=65_250), running_since=None)

    written = Template("{% floor_clock clock %}").render(Context({"clock": paused}))

    assert written == (
        '<output class="floor-clock" role="timer" dir="ltr" data-clock="paused" data-floor-clock'
        ' data-floor-used="65250" data-floor-since="" data-floor-limit="180" data-floor-warns="30"'
        ' data-floor-grace="15" data-floor-speed="1">1:55</output>'
    )


def test_a_lost_connection_is_said_in_a_whole_sentence_that_holds_the_time():
    with translation.override("en"):
        written = Template("{% include '_floor_lost.html' %}").render(Context())

    assert written.strip() == (
        '<p class="floor-lost" role="alert" data-floor-lost hidden>The connection is lost since '
        "<time data-floor-since></time>. Who speaks is shown again when it is back.</p>"
    )
