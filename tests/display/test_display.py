"""What the display says in each state of the room, and what it never says."""

import re

import pytest

from servanda.common.languages import LANGUAGES
from servanda.floor.actions import open_floor, rules_for
from servanda.floor.log import (
    Asked,
    FloorGiven,
    ItemTaken,
    ListClosed,
    SittingClosed,
    SittingOpened,
    SittingSuspended,
    Speaker,
    TurnPaused,
)
from servanda.programme.queries import plan
from servanda.web.display.views import face
from tests.delegation.conftest import secret_of
from tests.display.conftest import DISPLAY, SECRET, words
from tests.floor.conftest import STREAM, do
from tests.floor.hall import Hall, profile

pytestmark = pytest.mark.django_db

SCRIPT = "Without JavaScript this display does not follow the meeting. Switch it on. "


def shown(client, address=DISPLAY):
    return words(client.get(address)).removeprefix(SCRIPT)


def test_the_link_of_the_display_leads_to_it(floor, client):
    answer = client.post(f"/en/enter/{secret_of('display')}/")

    assert answer.headers["Location"] == DISPLAY
    assert (client.get(DISPLAY)["Cache-Control"], client.get(DISPLAY)["X-Robots-Tag"]) == ("no-store", "noindex")


def test_between_turns_and_sittings_it_says_what_goes_on_and_what_is_planned(screen):
    title = "Intersessional meetings of 2024"
    item = "3. Matters related to the mandate of the Committee on Article 5 Implementation"
    found = [shown(screen)]
    for act in (
        SittingOpened("day-1-morning"), ItemTaken("3"), ListClosed("3"), SittingSuspended("11:30"), SittingClosed(),
        SittingOpened("day-1-afternoon"), SittingClosed(), SittingOpened("day-3-afternoon"), SittingClosed(),
    ):  # fmt: skip
        do(act)
        found.append(shown(screen))

    lost = "No connection Since this display hears nothing from the meeting. "
    assert [each.replace(lost, "") for each in found[:6] + found[7:8] + found[9:]] == [
        f"{title} The meeting has not begun. The next sitting is planned for Tuesday, 18 June 2024, 10:00.",
        f"{title} No item is under consideration.",
        f"{item} Nobody has the floor. The list of speakers is open. Nobody waits.",
        f"{item} Nobody has the floor. The list of speakers is closed. Nobody waits.",
        f"{item} The sitting is suspended. It resumes at 11:30. The list of speakers is closed. Nobody waits.",
        f"{title} The sitting has risen. The next sitting is planned for 15:00.",
        f"{title} The meeting is adjourned. The next sitting is planned for Wednesday, 19 June 2024, 10:00.",
        f"{title} The last sitting has risen.",
    ]  # fmt: skip


def test_it_shows_who_speaks_the_clock_the_next_three_and_how_many_wait(screen, morning):
    page = screen.get(DISPLAY).content.decode()

    assert re.findall(r'"face__speaker">(.*?)</p>', page) == ["Afghanistan"]
    assert re.findall(r'"face__name">(.*?)</span>', page) == ["Norway", "Cambodia", "Ukraine"]
    assert "of 3:00" in page
    assert words(page).endswith("The list of speakers is open. 4 wait")
    assert f'data-floor="/live/{STREAM}" data-floor-number="{morning.number}"' in page


def test_no_reason_tier_text_or_seat_ever_stands_on_it(screen, morning):
    page = screen.get(DISPLAY).content.decode()
    tiers = [tier.kind for tier in morning.plan.items["3"].tiers]

    assert morning.departures[-1].reason == SECRET
    assert [word for word in (SECRET, "requests", "display-1", *tiers) if word in words(page)] == []
    assert re.findall(r"<(?:a|form|button|input)\b", page) == []


def test_a_point_of_order_stands_with_the_turn_that_it_interrupts():
    hall = Hall(profile("formal"))
    for act in (
        SittingOpened("first"), ItemTaken("2"), Asked("a", "2", Speaker("states_parties", "AAA")),
        FloorGiven("a", 180, reason="for the test"),
    ):  # fmt: skip
        hall.do(act)
    hall.wait(60)
    hall.do(TurnPaused())
    hall.do(Asked("p", "2", Speaker("states_parties", "BBB"), act="point_of_order"))
    hall.do(FloorGiven("p", 60))

    told = words(f"<main>{face(hall.room, None, LANGUAGES['en'], is_rehearsal=False)}</main>")

    assert "Point of order BBB Interrupted: AAA 2:00" in told


@pytest.mark.parametrize(("letters", "step"), [(45, ""), (46, "long"), (81, "longest")])
def test_a_long_name_is_marked_as_such(letters, step):
    hall = Hall(profile("formal"))
    speaker = Speaker("states_parties", "AAA", name="A" * letters)
    for act in (
        SittingOpened("first"), ItemTaken("2"), Asked("a", "2", speaker), FloorGiven("a", 180, reason="for the test"),
    ):  # fmt: skip
        hall.do(act)

    told = face(hall.room, None, LANGUAGES["en"], is_rehearsal=False)

    assert re.findall(r'"face__speaker"(?: data-length="(\w+)")?>', told) == [step]


def test_several_languages_stand_in_one_answer_each_in_its_own_direction(screen, morning):
    page = screen.get(f"{DISPLAY}?also=fr,ar,en").content.decode()

    assert re.findall(r'class="face" lang="(\w+)" dir="(\w+)" data-face( hidden)?', page) == [
        ("en", "ltr", ""),
        ("fr", "ltr", " hidden"),
        ("ar", "rtl", " hidden"),
    ]
    assert re.findall(r'"face__speaker">(.*?)</p>', page) == ["Afghanistan", "Afghanistan", "أفغانستان"]
    assert 'data-floor-part="?part=room&amp;also=fr%2Car%2Cen"' in page
    assert screen.get(f"{DISPLAY}?also=de").status_code == 400


def test_its_part_alone_is_the_same_as_in_the_page_in_every_language(screen, morning):
    do(TurnPaused())
    addresses = [DISPLAY.replace("/en/", f"/{language}/") for language in LANGUAGES]

    for address in addresses:
        alone = screen.get(f"{address}?part=room").content.decode()
        assert alone.strip() in screen.get(address).content.decode()


def test_a_floor_that_is_not_open_is_said_so_and_waited_for(apmbc, client):
    client.post(f"/en/enter/{secret_of('display')}/")

    page = client.get(DISPLAY)

    assert shown(client) == "The floor of this meeting is not open yet. Intersessional meetings of 2024 IM2024"
    assert f'data-floor="/live/{STREAM}" data-floor-number="0"' in page.content.decode()


def test_a_rehearsal_has_its_own_display_under_its_band(floor, client):
    stream, there = f"{STREAM}/rehearsal-1", f"{DISPLAY}rehearsal-1/"
    open_floor(
        convention="apmbc", meeting="IM2024", plan=plan("apmbc", "IM2024"), version=1, by="test",
        rules=rules_for("apmbc", "IM2024"), participants={"TCD": "states_parties"}, rehearsal="rehearsal-1",
    )  # fmt: skip
    client.post(f"/en/enter/{secret_of('display', stream=stream)}/")

    assert shown(client, there).startswith("Rehearsal · Nothing that stands here was said at the meeting.")
    assert f'data-floor="/live/{stream}"' in client.get(there).content.decode()
    assert client.get(DISPLAY).status_code == 302
