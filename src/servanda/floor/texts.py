"""Texts that are handed in: how long they may be, and who may read them when.

A text is bound to a delegation and an item. Interpreters and those who run the floor read it as soon as it is
there; everybody else when its speaker has had the floor, as the rules of the floor say (`public_sees.texts`).
"""

import hashlib

from servanda.common.languages import find_language
from servanda.common.refusals import Refusal, WrongUsage
from servanda.floor.log import Speaker, StatementReceived
from servanda.floor.state import Room

MOST_CHARACTERS = 25_000  # half an hour, read out; in any script it fits into what the server takes at once
FIELD = "text"  # under which a text stands beside its entry


class TextIsNotFit(WrongUsage):
    """A text is empty or too long."""

    def __init__(self, length: int) -> None:
        super().__init__(
            f"The text has {length} characters." if length else "There is no text.",
            f"What is handed in here is plain text of at most {MOST_CHARACTERS} characters.",
            "Paste the words of the statement, without pictures and tables.",
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
    *, name: str, item: str, speaker: Speaker, language: str, text: str, check_against_delivery: bool, written: bool
) -> StatementReceived:
    """The act of handing in a text; raise NotALanguage, TextIsNotFit."""
    find_language(language)
    if not text.strip() or len(text) > MOST_CHARACTERS:
        raise TextIsNotFit(len(text.strip()))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return StatementReceived(name, item, speaker, language, digest, check_against_delivery, written)


def is_released(room: Room, statement: StatementReceived) -> bool:
    """Whether everybody may read a text as the room stands."""
    moment = room.rules.public_sees.texts
    if moment in ("never", "at_once") or statement.written:
        return moment != "never"
    turns = [
        turn
        for turn in room.turns
        if (turn.item, turn.speaker.seat, turn.act) == (statement.item, statement.speaker.seat, "statement")
    ]
    return any(turn.is_over for turn in turns) if moment == "after" else bool(turns)


def latest(room: Room, item: str, code: str) -> StatementReceived | None:
    """The newest text of a delegation on an item; an earlier one was replaced by it."""
    found = [each for each in room.statements.values() if (each.item, each.speaker.code) == (item, code)]
    return found[-1] if found else None
