"""How many take the floor: what meetings of the past say of lists of one kind, also where few of them are known.

An estimate weighs every explanation of a grid (a share or a mean, and how much meetings differ) by how well it
explains the counts that were seen. With no count at all it is as wide as the grid; each further one narrows it.
A list of those invited follows a beta-binomial distribution, those who ask for the floor a negative binomial one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import exp, lgamma, log
from typing import Literal, get_args

from servanda.convention.attendance import ASKING, INVITING, KINDS, PRESENTING, AttendanceRow

# Shares that speak, and how alike meetings are: a concentration of 1 lets nearly all or nearly nobody speak.
SHARES = tuple(number / 40 for number in range(1, 40))
CONCENTRATIONS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
# Mean numbers of those who ask, and again how alike: a size of 1 is most uneven, 32 nearly the same every time.
MEANS = tuple(0.25 * 1.25**step for step in range(24))
SIZES = (0.5, 1.0, 2.0, 4.0, 8.0, 32.0)
MOST = 80  # more than this many do not ask for the floor on one item; beyond, a chance is below what is shown

# The chance of 0, 1, 2, … speakers; they sum to 1.
Chances = tuple[float, ...]
Who = Literal["states", "organizations"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One point of a grid, and how likely it is after all that was seen."""

    middle: float
    likeness: float
    weight: float


@dataclass(frozen=True, slots=True)
class Seen:
    """What one list of a past meeting says: how many spoke, and of how many (0 where anyone could)."""

    meeting: str
    spoke: int
    invited: int = 0


@dataclass(frozen=True)
class Estimate:
    """What is learnt of lists of one kind, from which meetings."""

    kind: str
    seen: tuple[Seen, ...]

    @property
    def share(self) -> float:
        """The chance that one of those invited speaks."""
        return sum(each.weight * each.middle for each in self.explanations)

    @cached_property
    def explanations(self) -> tuple[Explanation, ...]:
        """Every point of the grid with its weight."""
        invites = self.kind in INVITING
        grid = (SHARES, CONCENTRATIONS) if invites else (MEANS, SIZES)
        return weighed(self.seen, grid, spoke_of_invited if invites else asked_in_all)

    def of_invited(self, invited: int) -> Chances:
        """The chance of each number of speakers among so many invited."""
        return mixed(self.explanations, invited, lambda spoke, each: spoke_of(spoke, invited, each))

    @cached_property
    def in_all(self) -> Chances:
        """The chance of each number of speakers where anyone may ask."""
        return mixed(self.explanations, MOST, asked)


def weighed(
    seen: Sequence[Seen],
    grid: tuple[Sequence[float], Sequence[float]],
    chance: Callable[[Seen, Explanation], float],
) -> tuple[Explanation, ...]:
    """Each explanation of a grid by how well it explains what was seen; all alike before anything was."""
    plain = [Explanation(middle, likeness, 1.0) for middle in grid[0] for likeness in grid[1]]
    logs = [sum(chance(each, explanation) for each in seen) for explanation in plain]
    best = max(logs)
    weights = [exp(each - best) for each in logs]
    whole = sum(weights)
    return tuple(
        Explanation(each.middle, each.likeness, weight / whole) for each, weight in zip(plain, weights, strict=True)
    )


def mixed(explanations: Iterable[Explanation], most: int, chance: Callable[[int, Explanation], float]) -> Chances:
    """The chances by all explanations together; what lies beyond the most counts as the most."""
    chances = [0.0] * (most + 1)
    for each in explanations:
        if each.weight > 1e-9:
            for spoke in range(most + 1):
                chances[spoke] += each.weight * exp(chance(spoke, each))
    chances[most] += max(0.0, 1.0 - sum(chances))
    whole = sum(chances)
    return tuple(each / whole for each in chances)


def spoke_of_invited(seen: Seen, by: Explanation) -> float:
    """The logarithm of the chance of what was seen in a list of those invited."""
    return spoke_of(seen.spoke, seen.invited, by)


def asked_in_all(seen: Seen, by: Explanation) -> float:
    """The logarithm of the chance of what was seen where anyone could ask."""
    return asked(seen.spoke, by)


@lru_cache(maxsize=65536)
def spoke_of(spoke: int, invited: int, by: Explanation) -> float:
    """The logarithm of a beta-binomial chance."""
    yes, no = by.middle * by.likeness, (1 - by.middle) * by.likeness
    ways = lgamma(invited + 1) - lgamma(spoke + 1) - lgamma(invited - spoke + 1)
    return ways + log_beta(spoke + yes, invited - spoke + no) - log_beta(yes, no)


@lru_cache(maxsize=65536)
def asked(spoke: int, by: Explanation) -> float:
    """The logarithm of a negative binomial chance."""
    size, mean = by.likeness, by.middle
    ways = lgamma(spoke + size) - lgamma(spoke + 1) - lgamma(size)
    return ways + size * log(size / (size + mean)) + spoke * log(mean / (size + mean))


def log_beta(first: float, second: float) -> float:
    """The logarithm of the beta function."""
    return lgamma(first) + lgamma(second) - lgamma(first + second)


@dataclass(frozen=True)
class Attendance:
    """What is learnt from all rows of a pack."""

    rows: tuple[AttendanceRow, ...]

    def of(self, kind: str, who: Who = "states") -> Estimate:
        """What is learnt of States, or of organizations, in lists of a kind."""
        return self.estimates[kind, who]

    @property
    def presenters(self) -> Estimate:
        """Of those who speak for the chair or a committee beyond the first."""
        return self.of(PRESENTING)

    @cached_property
    def estimates(self) -> dict[tuple[str, Who], Estimate]:
        """Every estimate, by kind and by who speaks."""
        return {(kind, who): self.learnt(kind, who) for kind in KINDS for who in get_args(Who)}

    def learnt(self, kind: str, who: Who) -> Estimate:
        """What the lists of one kind say of who speaks in them."""
        return Estimate(kind, tuple(seen_in(row, who) for row in self.rows if row.kind == kind))

    def meetings(self, kinds: Iterable[str]) -> tuple[str, ...]:
        """The meetings that lists of some kinds were seen at, in the order of their years."""
        held = {row.meeting: row.held for row in self.rows if row.kind in kinds}
        return tuple(sorted(held, key=lambda code: (held[code], code)))

    def without(self, meeting: str) -> "Attendance":
        """The same as if one meeting had not been seen."""
        return Attendance(tuple(row for row in self.rows if row.meeting != meeting))


def seen_in(row: AttendanceRow, who: Who) -> Seen:
    """What a row says of States or of organizations; one who presents is certain, so the others count."""
    spoke: int = row.speakers - 1 if row.kind == PRESENTING else getattr(row, who)
    return Seen(row.meeting, max(0, spoke), row.invited or 0)


@dataclass(frozen=True, slots=True)
class Trial:
    """How estimates fared at one meeting, learnt without it: sums of squares over so many turns or numbers."""

    meeting: str
    kind: str
    asked: int
    foreseen: float
    spoke: int
    squares: float
    base_squares: float


def left_out(attendance: Attendance) -> Iterator[Trial]:
    """Each list of those invited, foreseen from all other meetings, beside the share of all their lists together."""
    for row in attendance.rows:
        if row.kind in INVITING and row.invited:
            others = attendance.without(row.meeting)
            yield tried(row, row.invited, others.of(row.kind).share, base_share(others))


def tried(row: AttendanceRow, invited: int, share: float, base: float) -> Trial:
    """One list beside what was foreseen of it."""
    squares = (squared(row.states, invited, each) for each in (share, base))
    return Trial(row.meeting, row.kind, invited, share * invited, row.states, *squares)


def squared(spoke: int, invited: int, share: float) -> float:
    """The squares of what each of those invited did (spoke 1, did not 0) from the share foreseen."""
    return spoke * (1 - share) ** 2 + (invited - spoke) * share**2


def base_share(attendance: Attendance) -> float:
    """The share that spoke of all who were invited, whatever the kind; a half where nobody was."""
    lists = [row for row in attendance.rows if row.kind in INVITING and row.invited]
    invited = sum(row.invited or 0 for row in lists)
    return sum(row.states for row in lists) / invited if invited else 0.5


@dataclass(frozen=True, slots=True)
class NumberTrial:
    """How the number of those who asked was foreseen: the rank of what came, and ranked probability scores."""

    meeting: str
    kind: str
    came: int
    low: int
    high: int
    ranked: float
    base_ranked: float

    @property
    def lies_within(self) -> bool:
        """Whether what came lies in the range that holds eighty of a hundred, its ends included."""
        return self.low <= self.came <= self.high


def numbers_left_out(attendance: Attendance) -> Iterator[NumberTrial]:
    """Each open floor and call for comments, all speakers together, foreseen from the other meetings."""
    for row in attendance.rows:
        if row.kind in ASKING:
            others = attendance.without(row.meeting)
            chances = together(others.of(row.kind).in_all, others.of(row.kind, "organizations").in_all)
            base = seen_so_often(each.speakers for each in others.rows if each.kind in ASKING)
            yield NumberTrial(
                row.meeting, row.kind, row.speakers, quantile(chances, 0.1), quantile(chances, 0.9),
                ranked_squares(chances, row.speakers), ranked_squares(base, row.speakers),
            )  # fmt: skip


def together(first: Chances, second: Chances) -> Chances:
    """The chances of two numbers that do not depend on one another, added up."""
    chances = [0.0] * (len(first) + len(second) - 1)
    for one, chance in enumerate(first):
        for other, further in enumerate(second):
            chances[one + other] += chance * further
    return tuple(chances)


def seen_so_often(numbers: Iterable[int]) -> Chances:
    """The chances by plain counting of what was seen; certainly none where nothing was."""
    held = list(numbers) or [0]
    return tuple(held.count(number) / len(held) for number in range(max(held) + 1))


def quantile(chances: Chances, share: float) -> int:
    """The lowest number that is not exceeded with this chance."""
    reached = 0.0
    for number, chance in enumerate(chances):
        reached += chance
        if reached >= share - 1e-12:
            return number
    return len(chances) - 1


def ranked_squares(chances: Chances, came: int) -> float:
    """The ranked probability score: for each number, the square of how wrong the chance was of staying below it."""
    reached, squares = 0.0, 0.0
    for number in range(max(len(chances), came + 1)):
        reached += chances[number] if number < len(chances) else 0.0
        squares += (min(1.0, reached) - (1.0 if came <= number else 0.0)) ** 2
    return squares
