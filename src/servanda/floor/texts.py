"""Texts that are handed in: how long they may be, and who may read them when.

A text is bound to a delegation and an item. Interpreters and those who run the floor read it as soon as it is
there; everybody else when its speaker has had the floor, as the rules of the floor say (`public_sees.texts`).
"""

import hashlib
import re

from servanda.common.languages import find_language
from servanda.common.refusals import Refusal, WrongUsage
from servanda.floor.log import Speaker, StatementReceived
from servanda.floor.state import Room, Turn

TEXT = "text"  # under which the words of a text stand beside its entry
MOST_CHARACTERS = 25_000  # half an hour, read out; in any script it fits into what the server takes at once
WORD = re.compile(r"\w+(?:[-'’]\w+)*")
CHARACTER = re.compile(r"[\u3400-\u9fff]")


class TextIsNotFit(WrongUsage):
    """A text is empty or too long."""

    def __init__(self, length: int) -> None:
        super().__init__(
            f"The text has {length} characters." if length else "There is no text.",
            f"What is handed in here is plain text of at most {MOST_CHARACTERS} characters.",
            "Paste the words of the statement, without pictures and tables.",
        )


class TextIsOut(Refusal):
    """A delegation would erase a text that everybody may read already."""

    def __init__(self) -> None:
        super().__init__(
            "Everybody may read this text already.",
            "A delegation erases its text until it has had the floor; afterwards only the secretariat does.",
            "Ask the secretariat of the meeting, or hand in another text: it takes the place of this one.",
        )


class TextIsUnderEmbargo(Refusal):
    """Somebody asks for a text before it may be read."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            "This text cannot be read yet.",
            "A text that was handed in is kept until its speaker has had the floor.",
            "Look again after the statement.",
        )


def statement_received(
    *,
    name: str,
    item: str,
    speaker: Speaker,
    language: str,
    text: str,
    check_against_delivery: bool,
    written: bool,
    for_everybody: bool = True,
) -> StatementReceived:
    """The act of handing in a text; raise NotALanguage, TextIsNotFit."""
    find_language(language)
    if not text.strip() or len(text) > MOST_CHARACTERS:
        raise TextIsNotFit(len(text.strip()))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return StatementReceived(name, item, speaker, language, digest, check_against_delivery, written, for_everybody)


def is_released(room: Room, statement: StatementReceived) -> bool:
    """Whether everybody may read a text as the room stands: its delegation lets them, and the rules do by now."""
    moment = room.rules.public_sees.texts
    if not statement.for_everybody or moment == "never" or is_replaced(room, statement):
        return False
    if moment == "at_once" or statement.written:
        return True
    turns = turns_of(room, statement)
    return any(turn.is_over for turn in turns) if moment == "after" else bool(turns)


def is_replaced(room: Room, statement: StatementReceived) -> bool:
    """Whether a later text took the place of this one: for the same turn, or in writing again."""
    number, turn = room.received[statement.statement], turns_of(room, statement)[:1]
    return any(
        each.written == statement.written and turns_of(room, each)[:1] == turn
        for each in texts_of(room, statement.item, statement.speaker)
        if room.received[each.statement] > number
    )


def turns_of(room: Room, statement: StatementReceived) -> list[Turn]:
    """The turns on which a text hangs: those of its speaker that began after it came; of a late text, the last before.

    A text that came while its speaker waited is for the turn they waited for, and not for one that they had before.
    """
    number, of_text = room.received[statement.statement], (statement.speaker.seat, "statement")
    turns = [each for each in room.turns if each.item == statement.item]
    own = [each for each in turns if (each.speaker.seat, each.act) == of_text]
    asked = [each for each in room.of_item(statement.item) if (each.speaker.seat, each.act) == of_text]
    is_late = not any(each.waits_at(number) for each in asked)
    before = [each for each in own if each.number < number][-1:] if is_late else []
    return [*before, *(each for each in own if each.number > number)]


def texts_of(room: Room, item: str, speaker: Speaker) -> list[StatementReceived]:
    """The texts that a speaker handed in for an item, in the order in which they came.

    One for a group and one for its own State are texts of two speakers.
    """
    return [each for each in room.statements.values() if (each.item, each.speaker.seat) == (item, speaker.seat)]


def to_be_read(room: Room, item: str, speaker: Speaker) -> StatementReceived | None:
    """The newest text that a speaker reads out, or will, on an item."""
    return next((each for each in reversed(texts_of(room, item, speaker)) if not each.written), None)


def length_of(text: str, language: str) -> int:
    """How long a text is in words, or in characters where it is written in Chinese."""
    return len((CHARACTER if language == "zh" else WORD).findall(text))


def pace(length: int, seconds: int) -> int:
    """How many words (or characters) a minute would be needed to read out so many in so many seconds."""
    return round(length * 60 / seconds)
