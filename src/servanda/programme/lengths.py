"""How long turns take together: exact chances in steps of a quarter of a minute, and lengths drawn from them.

What nobody measured is assumed, and stands here by name: the change from one speaker to the next, and which share
of the time limit a turn takes. Lengths stop at a day, for no list goes on longer.
"""

from collections.abc import Sequence
from functools import lru_cache
from random import Random

from servanda.programme.attendance import Chances

STEP = 15  # seconds
CHANGE_OVER = 30  # seconds from the end of one turn to the beginning of the next
SHARES_OF_LIMIT = ((0.5, 0.10), (0.75, 0.25), (1.0, 0.45), (1.25, 0.20))
LONGEST = 24 * 3600 // STEP
NEVER = 1e-7


@lru_cache(maxsize=1024)
def all_turns(speakers: Chances, limit: int, change: int = CHANGE_OVER) -> Chances:
    """The chance of each length of all turns of a list, by the chance of each number of speakers.

    By Horner's rule: from the last speaker to the first, one more turn after each.
    """
    turn = tuple((steps(share * limit + change), chance) for share, chance in SHARES_OF_LIMIT)
    lengths = [0.0]
    for chance in reversed(without_tail(speakers)):
        lengths = one_more(lengths, turn) if any(lengths) else [0.0]
        lengths[0] += chance
    return tuple(lengths)


def all_changes(speakers: Chances, change: int = CHANGE_OVER) -> Chances:
    """The chance of each length where those who speak share one turn: only the changes between them take time."""
    lengths = [0.0] * (steps(change) * (len(speakers) - 1) + 1)
    for number, chance in enumerate(speakers):
        lengths[steps(change) * number] += chance
    return tuple(lengths)


def steps(seconds: float) -> int:
    """Seconds in whole steps, halves upwards."""
    return int(seconds / STEP + 0.5)


def without_tail(chances: Chances) -> list[float]:
    """Chances without the numbers that never come; their chance goes to the last that may."""
    kept, tail = list(chances), 0.0
    while len(kept) > 1 and tail + kept[-1] < NEVER:
        tail += kept.pop()
    kept[-1] += tail
    return kept


def one_more(lengths: Sequence[float], turn: Sequence[tuple[int, float]]) -> list[float]:
    """The chances of lengths after one more turn; what would be longer than the longest is the longest."""
    size = min(len(lengths) + max(step for step, _chance in turn), LONGEST + 1)
    longer = [0.0] * size
    for step, chance in turn:
        for position, held in enumerate(lengths, start=step):
            longer[min(position, size - 1)] += held * chance
    return longer


def drawn(chances: Chances, runs: int, key: str) -> list[int]:
    """Lengths in seconds, as many as there are runs and as often as their chance says, in an order of the key.

    Each run stands at the same share of the chances whatever they are, so that a longer list is longer in every run.
    """
    in_order = evenly(chances, runs)
    Random(key).shuffle(in_order)  # noqa: S311 (a forecast keeps no secret)
    return in_order


def evenly(chances: Chances, runs: int) -> list[int]:
    """The length in seconds at the middle of each of so many equal shares, shortest first."""
    lengths: list[int] = []
    reached = 0.0
    for step, chance in enumerate(chances):
        reached += chance
        lengths += [step * STEP] * (min(runs, int(reached * runs + 0.5)) - len(lengths))
    return lengths + [(len(chances) - 1) * STEP] * (runs - len(lengths))
