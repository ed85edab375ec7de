"""Screens of the floor in a real browser: they agree, they come back, and they never show who spoke as speaking."""

import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.conftest import CHROMIUM
from tests.processes import own_database, servanda, start
from tests.web.proxy import Proxy
from tests.web.test_browser import FLAGS, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STREAM = "apmbc/IM2024"
# The clock of the server's machine, which the file set-back sets back by so many seconds.
SERVER = """
import sys, time
from pathlib import Path
from servanda.common import clock
def wall():
    try:
        return time.time_ns() - int(float(Path(sys.argv[2]).read_text()) * 1e9)
    except (OSError, ValueError):
        return time.time_ns()
clock.STEADY.wall = wall
from servanda.site.command import main
sys.exit(main(["serve", "--port", sys.argv[1]]))
"""
FLOOR = """
from servanda.floor.actions import open_floor, perform, rules_for
from servanda.floor.log import act_of
from servanda.programme.queries import plan
open_floor(convention="apmbc", meeting="IM2024", plan=plan("apmbc", "IM2024"), version=1, by="test",
           rules=rules_for("apmbc", "IM2024"), participants=dict.fromkeys(("TCD", "KHM"), "states_parties"))
print("open", flush=True)
for line in sys.stdin:
    act = json.loads(line)
    print(perform(stream="apmbc/IM2024", act=act_of(act.pop("kind"), act), by="test").number, flush=True)
"""
WRONG = "(() => { const right = Date.now.bind(Date); Date.now = () => right() + %d; })()"
SLEEPING = """(() => {
  const right = performance.now.bind(performance);
  let lost = 0, fell = null;
  performance.now = () => (fell ?? right()) - lost;
  window.sleep = () => { fell = right(); };
  window.wakeUp = () => { lost += right() - fell; fell = null; };
})()"""
HIDDEN = """(hidden) => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
# Whether a screen's clock has come to so many seconds left, or fewer.
RUNS_AS = """(left) => {
  const [minutes, seconds] = document.querySelector("[data-floor-clock]").textContent.split(":").map(Number);
  return minutes * 60 + seconds <= left;
}"""
TICKS = """(seconds) => new Promise((done) => {
  const clock = document.querySelector("[data-floor-clock]"), seen = {};
  new MutationObserver(() => { seen[clock.textContent] = performance.timeOrigin + performance.now(); })
    .observe(clock, { childList: true, characterData: true, subtree: true });
  setTimeout(() => done(seen), seconds * 1000);
})"""


class Room:
    """A room that runs: its server, its floor, and the proxy between it and the screens."""

    def __init__(self, environment, folder):
        self.environment, self.set_back = environment, folder / "set-back"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.serve()
        self.floor = start(environment, FLOOR)
        assert self.floor.stdout.readline() == "open\n"
        self.do("sitting-opened", sitting="day-1-morning")
        self.do("item-taken", item="3")
        self.asked = 0

    def serve(self):
        words = [sys.executable, "-c", SERVER, str(self.port), str(self.set_back)]
        self.server = subprocess.Popen(words, env=self.environment, start_new_session=True)
        self.address = wait_for(f"http://127.0.0.1:{self.port}")

    def kill(self):
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(5)

    def do(self, kind, **act):
        self.floor.stdin.write(json.dumps({"kind": kind, **act}) + "\n")
        self.floor.stdin.flush()
        return int(self.floor.stdout.readline())

    def give(self, code, seconds=180):
        self.asked += 1
        request = f"{code}-{self.asked}"
        self.do("asked", request=request, item="3", speaker={"category": "states_parties", "code": code})
        return self.do("floor-given", request=request, seconds=seconds, reason="for the test")

    def close(self):
        self.floor.communicate(timeout=10)
        self.server.terminate()
        self.server.wait(10)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    folder = tmp_path_factory.mktemp("room")
    with own_database(folder) as environment:
        assert servanda(environment, "load", "apmbc").returncode == 0
        made = Room(environment, folder)
        yield made
        made.close()


@pytest.fixture
def hall(opened):
    """The room, with Chad speaking."""
    opened.give("TCD")
    yield opened
    opened.set_back.unlink(missing_ok=True)
    opened.do("turn-ended")


@pytest.fixture
def proxy(hall):
    with subprocess.Popen(
        [sys.executable, "-c", "from servanda.common.release import release; print(release())"],
        stdout=subprocess.PIPE, text=True, env=hall.environment,
    ) as asked:  # fmt: skip
        release = asked.stdout.read().strip()
    made = Proxy(hall.address, STREAM, f"/static/{release}/js/floor.js")
    yield made
    made.close()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def screen(browser, proxy):
    """What opens a screen, with scripts that spoil its clocks before."""
    contexts = []

    def opened(*scripts):
        context = browser.new_context()
        contexts.append(context)
        page = context.new_page()
        for script in scripts:
            page.add_init_script(script)
        page.goto(f"{proxy.address}/screen")
        expect(page.locator("[data-floor-clock]")).to_have_attribute("data-clock", re.compile("."))
        return page

    yield opened
    for context in contexts:
        context.close()


def connection(page, state, seconds=20):
    expect(page.locator(f"main[data-connection={state}]")).to_be_attached(timeout=seconds * 1000)


def speaks(page, name, seconds=5):
    expect(page.locator("h2")).to_have_text(name, timeout=seconds * 1000)


def left(page):
    """The seconds left on a screen's clock."""
    minutes, seconds = page.locator("[data-floor-clock]").text_content().split(":")
    return int(minutes) * 60 + int(seconds)


def test_a_screen_shows_who_was_given_the_floor_and_keeps_what_is_being_written(hall, screen):
    page = screen()
    speaks(page, "Chad")
    connection(page, "live")
    page.locator("#note").fill("in the middle of a w")

    hall.do("turn-ended")
    hall.give("KHM")

    speaks(page, "Cambodia")
    assert page.evaluate("[document.activeElement.id, document.activeElement.value]") == [
        "note",
        "in the middle of a w",
    ]


def test_two_screens_agree_within_a_tenth_of_a_second_with_clocks_wrong_by_hours(hall, screen):
    pages = [screen(WRONG % 25_200_000), screen(WRONG % -10_800_000)]
    for page in pages:
        page.evaluate(f"window.ticks = ({TICKS})(4)")
    first, second = (page.evaluate("window.ticks") for page in pages)

    apart = [abs(first[words] - second[words]) for words in first.keys() & second.keys()]

    assert len(apart) >= 3
    assert statistics.median(apart) < 100


def test_a_machine_that_slept_shows_the_right_time_again(hall, screen):
    awake, slept = screen(), screen(SLEEPING)
    slept.evaluate("sleep()")
    time.sleep(3)
    slept.evaluate("wakeUp()")
    slept.wait_for_function(RUNS_AS, arg=left(awake))

    assert abs(left(awake) - left(slept)) <= 1


def test_a_tab_that_comes_back_into_view_shows_what_it_missed(hall, screen):
    page = screen()
    connection(page, "live")
    page.evaluate(HIDDEN, True)
    hall.do("turn-ended")
    hall.give("KHM")
    time.sleep(1)
    assert page.locator("h2").text_content() == "Chad"

    page.evaluate(HIDDEN, False)

    speaks(page, "Cambodia")


def test_a_server_whose_clock_is_set_back_lets_the_clock_of_a_turn_run_on(hall, screen):
    before = screen()
    at = left(before), time.monotonic()

    hall.set_back.write_text("3600")
    after = screen()
    time.sleep(2)

    due = at[0] - (time.monotonic() - at[1])
    assert abs(left(before) - due) <= 2
    assert abs(left(after) - due) <= 2


def test_the_last_half_minute_is_said_in_words(hall, screen):
    hall.do("turn-ended")
    hall.give("KHM", seconds=33)
    page = screen()

    expect(page.locator("#words")).to_be_hidden()
    expect(page.locator("#words")).to_be_visible(timeout=15000)
    expect(page.locator("[data-floor-clock]")).to_have_attribute("data-clock", "warning")


def test_behind_a_proxy_that_buffers_a_screen_asks_instead(hall, proxy, screen):
    proxy.buffers = True
    page = screen()
    connection(page, "asking")
    expect(page.locator("[data-floor-lost]")).to_be_hidden()

    hall.do("turn-ended")
    hall.give("KHM")

    speaks(page, "Cambodia")


def test_where_only_pages_come_through_the_page_is_loaded_again(hall, proxy, screen):
    proxy.buffers = proxy.blocks = True
    page = screen()
    hall.do("turn-ended")
    hall.give("KHM")

    speaks(page, "Cambodia", seconds=30)
    assert proxy.screens >= 2


@pytest.mark.parametrize("how", ["cut", "hangs"])
def test_a_lost_connection_is_said_and_nobody_is_shown_as_speaking_until_it_is_back(hall, proxy, screen, how):
    page = screen()
    connection(page, "live")
    speaks(page, "Chad")
    lost_at = datetime.now(ZoneInfo("Europe/Zurich"))
    proxy.cut_all() if how == "cut" else setattr(proxy, "hangs", True)
    hall.do("turn-ended")
    hall.give("KHM")

    connection(page, "lost", seconds=25)
    said = page.locator("[data-floor-lost]").text_content()
    hour, minute = re.search(r"(\d\d):(\d\d)", said).groups()
    assert abs((int(hour) * 60 + int(minute)) - (lost_at.hour * 60 + lost_at.minute)) <= 1
    expect(page.locator("h2")).to_be_hidden()

    page.evaluate("""() => { window.shown = [];
      const look = () => { const name = document.querySelector("h2");
        if (name.checkVisibility()) window.shown.push(name.textContent); requestAnimationFrame(look); };
      look(); }""")
    proxy.cut_all(cut=False)
    proxy.hangs = False

    expect(page.locator("h2")).to_be_visible(timeout=20000)
    speaks(page, "Cambodia")
    assert set(page.evaluate("window.shown")) <= {"Cambodia"}


def test_a_server_that_is_killed_in_mid_speech_and_starts_anew_is_found_again(hall, screen):
    page = screen()
    connection(page, "live")
    hall.kill()
    hall.serve()
    hall.do("turn-ended")
    hall.give("KHM")

    speaks(page, "Cambodia", seconds=20)
    expect(page.locator("[data-floor-lost]")).to_be_hidden()
