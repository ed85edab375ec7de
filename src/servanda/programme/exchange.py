"""A programme as `servanda-programme/1`: the JSON that builders, readers and checkers of programmes agree on.

Every key is written everywhere; what a programme does not say is null, [] or false. The order of keys is
fixed: the same programme gives the same bytes. Reading is lenient with keys that are absent or unknown, and
strict with what is said.
"""

import json
from datetime import date, time
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from servanda.common.names import Names, united_nations
from servanda.common.refusals import Refusal, WrongUsage

FORMAT: Final = "servanda-programme/1"
LARGEST_BYTES = 5_000_000
MOST_SHOWN = 20

Kind = Literal["item", "subitem", "panel", "break", "opening", "closing", "other"]
Status = Literal["scheduled", "new", "struck", "provisional", "closed", "not_reached"]


class NotAProgramme(WrongUsage):
    """A text is not a programme in JSON at all."""

    def __init__(self, why: str) -> None:
        super().__init__("This is not a programme in JSON.", why, f"Give a JSON object of the format {FORMAT}.")


class UnknownFormat(WrongUsage):
    """A programme is of a format, or a version of it, that is not known here."""

    def __init__(self, found: object) -> None:
        says = f"It says {str(found)[:40]!r}" if found is not None else "It has no `format`"
        super().__init__("The format of this programme is not known.", f"{says}.", f"Known is {FORMAT}.")


class FaultyProgramme(Refusal):
    """A programme says what cannot be, or not in the words of the format."""

    exit_code = 1
    status = 400

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        shown = [f"  {fault}" for fault in faults[:MOST_SHOWN]]
        if len(faults) > MOST_SHOWN:
            shown.append(f"  … and {len(faults) - MOST_SHOWN} more.")
        lines = "\n".join(shown)
        super().__init__(f"This programme has {len(faults)} fault(s).\n{lines}\n", "", "Mend each and try again.")


def day_that_exists(text: str) -> str:
    """A day as in ISO 8601; anything else is a fault."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise ValueError(f"{text[:40]!r} is not a day; write one that exists as 2024-06-18")
    return text


def time_of_day(text: str) -> str:
    """A time of day in 24 hours; anything else is a fault."""
    try:
        found = time.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.strftime("%H:%M") != text:
        raise ValueError(f"{text[:40]!r} is not a time of day; write it as 09:30")
    return text


def action_range(found: tuple[str, int, int]) -> tuple[str, int, int]:
    """Actions from one number to another; the other way round is a fault."""
    if not 1 <= found[1] <= found[2]:
        raise ValueError(f"actions {found[1]} to {found[2]} are no range; the smaller number stands first")
    return found


DayText = Annotated[str, AfterValidator(day_that_exists)]
TimeText = Annotated[str, AfterValidator(time_of_day)]
Actions = Annotated[tuple[str, int, int], AfterValidator(action_range)]
Number = Annotated[str, Field(pattern=r"^[0-9A-Za-z]+(\.[0-9A-Za-z]+)*$", max_length=40)]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,8}(-[0-9A-Za-z]{1,8})*$")]
Strings = tuple[str, ...]
More = dict[str, Any]


class Piece(BaseModel):
    """A piece of a programme: immutable; keys that are not known are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class TierRead(Piece):
    """A tier: its label and whoever it names, in speaking order."""

    label: str | None = None
    states: Strings = ()
    organisations: Strings = ()


class EntryRead(Piece):
    """An entry as printed; `start` and `end` on the first of its block."""

    start: TimeText | None = None
    end: TimeText | None = None
    kind: Kind
    number: Number | None = None
    title: str
    continued: bool = False
    parent: Number | None = None
    presenters: Strings = ()
    actions: tuple[Actions, ...] = ()
    tiers: tuple[TierRead, ...] = ()
    documents: Strings = ()
    room: str | None = None
    body: str | None = None
    status: Status = "scheduled"
    text: Strings = ()
    more: More | None = None


class DayRead(Piece):
    """A day with its entries in the order in which they are printed."""

    date: DayText
    entries: tuple[EntryRead, ...] = ()


class FootnoteRead(Piece):
    """A footnote and whom it names."""

    mark: str | None = None
    text: str
    states: Strings = ()
    organisations: Strings = ()


class Programme(Piece):
    """A programme as exchanged, its own or another's."""

    format: Literal["servanda-programme/1"] = FORMAT
    title: str | None = None
    language: Language | None = None
    start: DayText | None = None
    end: DayText | None = None
    venue: str | None = None
    timezone: str | None = None
    symbols: Strings = ()
    days: tuple[DayRead, ...]
    footnotes: tuple[FootnoteRead, ...] = ()
    more: More | None = None

    def as_text(self) -> str:
        """The programme as canonical JSON text."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def programme_from_json(text: str | bytes, names: Names | None = None) -> Programme:
    """Read a programme; `names` are the States that it may name, those of the United Nations by default.

    Raises NotAProgramme, UnknownFormat, or FaultyProgramme with every fault and its place.
    """
    if len(text) > LARGEST_BYTES:
        raise NotAProgramme(f"It has more than {LARGEST_BYTES // 1_000_000} MB.")
    try:
        content = from_json(text, allow_inf_nan=False)
    except ValueError as error:
        raise NotAProgramme(f"It cannot be read as JSON: {error}.") from error
    if not isinstance(content, dict):
        raise NotAProgramme("Its outermost value is no object.")
    if content.get("format") != FORMAT:
        raise UnknownFormat(content.get("format"))
    try:
        found = Programme.model_validate_json(text)
    except ValidationError as error:
        raise FaultyProgramme([fault_of(each) for each in error.errors()]) from error
    if faults := [*faults_of_days(found), *faults_of_states(found, names or united_nations())]:
        raise FaultyProgramme(faults)
    return found


def fault_of(error: Any) -> str:  # noqa: ANN401 (a mapping of pydantic)
    """One fault with its place."""
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"]).removeprefix(".")
    if error["type"] == "literal_error":
        return f"{place}: {str(error['input'])[:40]!r} is none of {error['ctx']['expected']}"
    return f"{place}: {error['msg'].removeprefix('Value error, ')}"


def faults_of_days(found: Programme) -> list[str]:
    """Days lie in the meeting, each once, in order."""
    faults = []
    if found.start and found.end and found.end < found.start:
        faults.append(f"end: the meeting ends on {found.end}, before it starts on {found.start}")
    for position, day in enumerate(found.days):
        place = f"days[{position}].date"
        if (found.start and day.date < found.start) or (found.end and day.date > found.end):
            faults.append(f"{place}: {day.date} lies outside the meeting ({found.start} to {found.end})")
        if position and day.date <= found.days[position - 1].date:
            faults.append(f"{place}: {day.date} does not come after {found.days[position - 1].date}")
    return faults


def faults_of_states(found: Programme, names: Names) -> list[str]:
    """Every State is named by its code, and once in a tier."""
    lists = [
        (f"days[{day}].entries[{entry}].tiers[{tier}]", each.states)
        for day, of_day in enumerate(found.days)
        for entry, of_entry in enumerate(of_day.entries)
        for tier, each in enumerate(of_entry.tiers)
    ]
    lists += [(f"footnotes[{note}]", each.states) for note, each in enumerate(found.footnotes)]
    faults = []
    for place, states in lists:
        for position, state in enumerate(states):
            if state not in names.states:
                faults.append(
                    f"{place}.states[{position}]: {state[:20]!r} is not the code of a State; write TCD for Chad"
                )
            elif state in states[:position]:
                faults.append(f"{place}.states[{position}]: {state} is named twice")
    return faults
