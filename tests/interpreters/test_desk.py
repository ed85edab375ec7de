"""The interpreters' desk: who speaks, who follows, in which language, from which text; and slower, please."""

import re

import pytest

from servanda.floor.log import Speaker
from servanda.floor.queries import room
from servanda.floor.texts import TEXT, length_of, pace, statement_received
from servanda.journal.queries import entries, find
from tests.delegation.conftest import STREAM, once, secret_of
from tests.floor.conftest import do

pytestmark = pytest.mark.django_db

HERE, CONSOLE = "/en/interpreters/apmbc/IM2024/", "/en/chair/apmbc/IM2024/"


def hand_in(code, words, language="en", **more):
    """A delegation hands in a text on item 3."""
    how = {"check_against_delivery": True, "written": False, **more}
    speaker = Speaker("states_parties", code)
    act = statement_received(name=f"text-{code}", item="3", speaker=speaker, language=language, text=words, **how)
    do(act, personal={TEXT: words})


def shown(client, address=HERE):
    """A page as words."""
    page = client.get(address).content.decode()
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page))


def test_the_desk_tells_who_speaks_who_follows_and_how_fast_each_text_would_be_read(booth, speaking):
    hand_in("TCD", "un " * 360, "fr", check_against_delivery=False)

    told = shown(booth)

    now, _, after = told.partition("Next")
    assert "Chad" in now
    assert "français · Read out verbatim · Open the text Chad 360 words; within 3:00, 120 words a minute" in now
    assert re.search(r"Cambodia No text", after)


@pytest.mark.parametrize(
    ("words", "language", "length"),
    [
        ("a well-known man’s word, twice", "en", 5),
        ("这些话是两遍。", "zh", 6),
        ("هذه كلمات قليلة.", "ar", 3),
        ("…", "fr", 0),
    ],
)
def test_a_text_is_counted_in_words_and_in_chinese_by_characters(words, language, length):
    assert length_of(words, language) == length


def test_the_pace_is_what_the_limit_leaves():
    assert (pace(330, 180), pace(330, 120)) == (110, 165)


def test_slower_please_stands_on_the_console_with_its_time_and_names_no_booth(booth, chair, speaking):
    sent = booth.post(f"{HERE}slower/", {"once": once(1)})

    (entry,) = entries(STREAM, kind="slower-asked")
    assert (sent.status_code, sent["Location"]) == (302, f"{HERE}#now")
    assert (entry.by, entry.body) == ("interpreters", {})
    assert find(STREAM, f"interpreters-{once(1)}")
    assert re.search(r"The interpreters ask for slower speech: \d\d:\d\d, said 1 time", shown(chair, CONSOLE))


def test_slower_please_cannot_flood(booth, speaking):
    for number in range(5):
        assert booth.post(f"{HERE}slower/", {"once": once(number)}).status_code == 302

    assert len(list(entries(STREAM, kind="slower-asked"))) == 1


def test_a_wish_that_is_passed_on_is_gone_from_every_console_and_from_the_desk(booth, chair, client_of, speaking):
    other = client_of(kind="console")
    booth.post(f"{HERE}slower/", {"once": once(1)})

    assert chair.post(f"{CONSOLE}acts/passed-on/", {"once": once(2)}).status_code == 302

    assert "ask for slower speech" not in shown(other, CONSOLE)
    assert "until it is passed on" not in shown(booth)
    assert (
        "This does not stand any more." in other.post(f"{CONSOLE}acts/passed-on/", {"once": once(3)}).content.decode()
    )


def test_when_nobody_speaks_slower_is_refused_on_the_desk(booth, item_3):
    answer = booth.post(f"{HERE}slower/", {"once": once(1)})

    assert answer.status_code == 409
    assert "This was not done" in answer.content.decode()
    assert room(STREAM).slower is None


def test_who_presides_follows_the_desk_and_has_no_button(chair, speaking):
    page = chair.get(HERE)

    assert (page.status_code, page["Cache-Control"], page["X-Robots-Tag"]) == (200, "no-store", "noindex")
    assert "Slower, please" not in page.content.decode()


def test_a_part_is_answered_alone_with_the_number_that_it_shows(booth, speaking):
    page = booth.get(f"{HERE}?part=next").content.decode()

    assert page.startswith('<section id="next"')
    assert f'data-floor-number="{room(STREAM).number}"' in page


def test_the_desk_is_there_before_the_floor_is_open(apmbc, client):
    client.post(f"/en/enter/{secret_of('interpreters')}/")

    page = client.get(HERE).content.decode()

    assert "The floor of this meeting is not open yet." in page
    assert f'data-floor="/live/{STREAM}" data-floor-number="0"' in page
