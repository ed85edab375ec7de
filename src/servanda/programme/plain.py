"""A programme as plain text: wrapped at 78 columns, readable as a paper in each of the six languages.

The text stands in logical order. In Arabic what runs the other way or has no direction (numbers, symbols,
names in another script) is isolated, so that every display shows it alike. Same sheet, same bytes.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from servanda.common.languages import Direction
from servanda.common.phrases import CLOSES, OPENS, Phrase, Scribe, Words
from servanda.common.wording import N_
from servanda.programme.sheet import MARKS, DayPrinted, Footnote, GivenFloor, Line, Sheet

WIDTH = 78
# Where titles begin, after the times; where what belongs to a title begins, after its number.
TIMES = 16
NUMBERS = 6
# What a line of Chinese does not begin with, and not end with.
NOT_FIRST = frozenset("，。、；：？！）》」』”’…—")
NOT_LAST = frozenset("（《「『“‘")


def plain_text(sheet: Sheet) -> str:
    """The document as text, with a line break at its end."""
    return Setter(sheet.language.direction, Scribe(sheet.language.code)).document(sheet)


class Setter:
    """Sets a document in lines, in one direction."""

    def __init__(self, direction: Direction, scribe: Scribe) -> None:
        self.direction = direction
        self.scribe = scribe

    def document(self, sheet: Sheet) -> str:
        """The whole document."""
        parts: list[list[str]] = [self.head(sheet)]
        for day in sheet.days:
            parts += self.day(day)
        parts += [self.footnote(each) for each in sheet.footnotes]
        if sheet.documents:
            parts.append([*self.lines(sheet.documents_heading), *self.bullets(sheet.documents)])
        parts.append([line for each in (sheet.as_of, *sheet.summary) for line in self.lines(each)])
        parts.append(list(self.lines(sheet.notice)))
        return "\n\n".join("\n".join(part) for part in parts if part) + "\n"

    def head(self, sheet: Sheet) -> list[str]:
        """The symbols, the convention, the meeting, its days and place."""
        symbols = [self.scribe.put(symbol) for symbol in sheet.symbols]
        pieces = (*symbols, sheet.convention, sheet.title, sheet.dates, sheet.place)
        lines = [line for piece in pieces for line in self.lines(piece)]
        return [*lines, "", *self.lines(sheet.heading)]

    def day(self, day: DayPrinted) -> list[list[str]]:
        """A day: its heading underlined, then its lines, each a part of its own, or that it has none."""
        heading = list(self.lines(day.heading))
        rule = "-" * min(WIDTH, max(width(line) for line in heading))
        remark = [list(self.lines(day.remark))] if day.remark else []
        return [[*heading, rule], *remark, *(list(self.line(line)) for line in day.lines)]

    def line(self, line: Line) -> Iterator[str]:
        """One line of the programme and what belongs to it."""
        when = self.set(line.when)
        number = self.set(self.scribe.put(line.printed)) if line.printed else ""
        title = self.set(self.scribe.spaced([part for part in (line.title, line.continued) if part]))
        inner = TIMES + (NUMBERS if number else 0)
        first = pad(when, TIMES) + (pad(number, NUMBERS) if number else "")
        yield from wrapped(title, inner, first)
        for piece in self.belongings(line):
            yield from self.lines(piece, inner)
        for paragraph in line.text:
            yield ""
            yield from self.lines(paragraph, inner)
        if line.text and line.tiers:
            yield ""
        for tier in line.tiers:
            yield from self.tier(tier, inner)

    def belongings(self, line: Line) -> Iterator[Phrase]:
        """What stands below a title before its tiers: state, room, presenters, actions, documents."""
        if line.remark:
            yield line.remark
        if line.room:
            yield self.scribe.say(N_("Room: {room}"), room=line.room)
        yield from (*line.presenters, *line.actions, *line.documents)
        if line.meeting:
            yield self.scribe.say(N_("A meeting of its own: {code}."), code=line.meeting)

    def tier(self, tier: GivenFloor, indent: int) -> Iterator[str]:
        """A tier: its label with the mark of its footnote, its names, and what else is said."""
        mark = f" {self.marked(tier.mark)}" if tier.mark else ""
        yield from wrapped(self.set(tier.label) + mark, indent + 2, " " * indent + "- ")
        invites = tier.invites
        if tier.names:
            invites = self.scribe.say(N_("{invites}: {names}"), invites=invites, names=self.scribe.listed(tier.names))
        for piece in (invites, *tier.says):
            yield from self.lines(piece, indent + 2)

    def footnote(self, note: Footnote) -> list[str]:
        """A footnote: its mark, whom it names, and the names."""
        words = N_("{invites}: {names}")
        said = self.scribe.say(words, invites=note.label, names=self.scribe.listed(note.names))
        return list(wrapped(self.set(said), 4, pad(self.marked(note.mark), 4)))

    def marked(self, mark: str) -> str:
        """The mark of a footnote in brackets, held together."""
        return Words(f"[{mark}]").in_line(self.direction)

    def bullets(self, pieces: Iterable[Phrase]) -> Iterator[str]:
        """Pieces as a list."""
        for piece in pieces:
            yield from wrapped(self.set(piece), 2, "- ")

    def lines(self, piece: Phrase, indent: int = 0) -> Iterator[str]:
        """A piece in lines."""
        yield from wrapped(self.set(piece), indent, " " * indent)

    def set(self, piece: Phrase) -> str:
        """A piece in one line, its words marked where they do not translate what the original now says."""
        return piece.in_line(self.direction, MARKS)


def wrapped(text: str, indent: int, first: str) -> Iterator[str]:
    """Text in lines of at most 78 columns; the first begins with `first`, the others are indented.

    A word that is wider than the line keeps a line of its own. What is isolated is so in each of its lines.
    """
    opened = ""
    for line in filled(text, indent, first):
        bare = line.lstrip(" ")
        blanks = line[: len(line) - len(bare)]
        reopened = opened + bare
        opened = left_open(reopened)
        yield f"{blanks}{reopened}{CLOSES * len(opened)}"


def left_open(line: str) -> str:
    """The marks of the isolates that a line opens and does not close."""
    opened = ""
    for sign in line:
        if sign in OPENS.values():
            opened += sign
        elif sign == CLOSES:
            opened = opened[:-1]
    return opened


def filled(text: str, indent: int, first: str) -> Iterator[str]:
    """Text in lines of at most 78 columns."""
    line, is_empty = first, True
    for piece, has_blank in pieces_of(text):
        blank = " " if has_blank and not is_empty else ""
        if is_empty or width(line) + len(blank) + width(piece) <= WIDTH:
            line += blank + piece
        else:
            yield line.rstrip()
            line = " " * indent + piece
        is_empty = False
    if not is_empty or line.strip():
        yield line.rstrip()


def pieces_of(text: str) -> Iterator[tuple[str, bool]]:
    """The pieces between which a line may break, each with whether a blank stands before it."""
    for word in text.replace("\n", " ").split(" "):
        if not word:
            continue
        start = 0
        for position, (before, after) in enumerate(pairwise(word), start=1):
            if may_break(before, after):
                yield word[start:position], start == 0
                start = position
        yield word[start:], start == 0


def may_break(before: str, after: str) -> bool:
    """Whether a line may break between two signs of one word: beside a Chinese sign, as that script has it."""
    if after in NOT_FIRST or before in NOT_LAST or unicodedata.category(after) == "Cf":
        return False
    return is_wide(before) or is_wide(after)


def width(text: str) -> int:
    """How many columns a text takes: two for a wide sign, none for a mark."""
    return sum(0 if is_invisible(sign) else 2 if is_wide(sign) else 1 for sign in text)


def is_wide(sign: str) -> bool:
    """Whether a sign takes two columns."""
    return unicodedata.east_asian_width(sign) in "WF"


def is_invisible(sign: str) -> bool:
    """Whether a sign takes no column: it combines with another, or only directs."""
    return bool(unicodedata.combining(sign)) or unicodedata.category(sign) in ("Cf", "Mn")


def pad(text: str, columns: int) -> str:
    """Text with blanks up to a column; one blank at least."""
    return text + " " * max(1, columns - width(text)) if text else " " * columns
