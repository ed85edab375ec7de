"""Rehearsals that play by themselves while this process lives: one thread each, begun and ended from a page.

What they did stands in the journal; after a restart of the server they are begun again where they stood.
"""

import logging
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

from django.db import connections

from servanda.common.refusals import Refusal
from servanda.floor.replaying import play, script_of

MOST = 4  # that play at once
SPEEDS = (60, 10, 1)  # that a form offers
LOCK = Lock()
logger = logging.getLogger(__name__)


class TooManyPlay(Refusal):
    """More rehearsals are to play by themselves than this server carries."""

    def __init__(self, playing: list[str]) -> None:
        super().__init__(
            "No further rehearsal can play by itself now.",
            f"So many play already: {', '.join(playing)}.",
            "Stop one of them, or lead this one by hand.",
        )


@dataclass(frozen=True)
class Player:
    """One rehearsal that plays."""

    stream: str
    stop: Event = field(default_factory=Event)

    def run(self) -> None:
        """Play until it is over or was stopped."""
        try:
            play(stream=self.stream, script=script_of(self.stream), told=lambda _room: None, stop=self.stop)
        except Refusal as refusal:
            logger.warning("%s does not play on: %s", self.stream, refusal)
        finally:
            connections.close_all()


PLAYING: dict[str, tuple[Player, Thread]] = {}


def is_playing(stream: str) -> bool:
    """Whether a rehearsal plays by itself here."""
    return stream in PLAYING and PLAYING[stream][1].is_alive()


def must_have_room() -> None:
    """Raise TooManyPlay unless another rehearsal can play."""
    playing = [name for name in PLAYING if is_playing(name)]
    if len(playing) >= MOST:
        raise TooManyPlay(playing)


def begin(stream: str) -> None:
    """Let a rehearsal play on from where it stands; one that plays goes on. Raises TooManyPlay."""
    with LOCK:
        if is_playing(stream):
            return
        must_have_room()
        player = Player(stream)
        PLAYING[stream] = (player, Thread(target=player.run, daemon=True))
        PLAYING[stream][1].start()


def end(stream: str) -> None:
    """Stop a rehearsal, and wait until it stands."""
    if is_playing(stream):
        player, thread = PLAYING[stream]
        player.stop.set()
        thread.join(10)
