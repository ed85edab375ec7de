"""A plan as one text, and back: what is stored, hashed and carried, in all languages (`servanda-plan/1`).

The text is canonical JSON as the journal's. What has its default is not written, so that a field added later leaves
the texts and digests of before as they are. The names of persons stand apart, where they can be erased.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from datetime import date, time
from functools import cache, lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from servanda.common.languages import LANGUAGES, Text
from servanda.common.refusals import Refusal
from servanda.journal.chain import canonical
from servanda.journal.kinds import Kind, declare
from servanda.programme.plan import Item, Plan, Presenter

FORMAT = "servanda-plan/1"
FAMILY = re.compile(r"servanda-plan/\d{1,9}")
PERSONS = "persons"  # the personal text beside the entry of a version
STORED = declare(Kind("programme-stored")).name
ISSUED = declare(Kind("programme-issued")).name


class NotAPlan(Refusal):
    """A text cannot be read as a plan."""

    def __init__(self, why: str) -> None:
        super().__init__(
            "The text cannot be read as a programme.",
            f"It is not as this release writes it: {why}.",
            "Take it from a backup or an archive, or store the programme anew.",
        )


class NewerPlan(Refusal):
    """A plan was written by a release that is newer than this one."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"The programme has the format {found!r}.",
            f"This release reads {FORMAT}.",
            "Use the release that wrote it, or a newer one.",
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """A plan as it is kept: its text without persons, the digest of that, and the persons apart ("" for none)."""

    body: str
    digest: str
    persons: str

    @classmethod
    def of(cls, plan: Plan) -> "Kept":
        """Take a plan apart."""
        body = body_of(plan)
        return cls(body, digest_of(body), persons_of(plan))


def body_of(plan: Plan) -> str:
    """The one text of a plan, without the names of persons; raise NotCanonical for what no text can hold."""
    return canonical({"format": FORMAT, "plan": as_json(without_persons(plan))})


def digest_of(body: str) -> str:
    """SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(body.encode()).hexdigest()


def as_json(value: Any) -> Any:  # noqa: ANN401 (any part of a plan)
    """A part of a plan as JSON has it; what has its default is left out."""
    if is_dataclass(value):
        parts = {part.name: getattr(value, part.name) for part in fields(value) if not is_default(value, part)}
        return {name: as_json(part) for name, part in parts.items()}
    match value:
        case time():
            return value.isoformat("auto" if value.second or value.microsecond else "minutes")
        case date():
            return value.isoformat()
        case frozenset():
            return sorted(value)
        case tuple():
            return [as_json(part) for part in value]
        case Mapping():
            return dict(value)
    return value


def is_default(value: object, part: "Field[Any]") -> bool:
    """Whether a field has the value that it would have without being stated."""
    default = part.default_factory() if part.default_factory is not MISSING else part.default
    return default is not MISSING and bool(getattr(value, part.name) == default)


@cache
def reader() -> TypeAdapter[Plan]:
    """What reads plans; made once."""
    return TypeAdapter(Plan)


def plan_of(body: str, persons: str = "") -> Plan:
    """The plan of a text, with its persons if they are at hand.

    Raises NotAPlan, NewerPlan, and ImpossiblePlan for one that cannot be held.
    """
    return with_persons(bare_plan_of(body), persons)


@lru_cache(maxsize=32)
def bare_plan_of(body: str) -> Plan:
    """The plan of a text without persons; kept, for the same text is the same plan."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAPlan(f"it is no JSON ({str(error)[:80]})") from error
    try:
        if (found := str(dict(told).get("format"))) != FORMAT and FAMILY.fullmatch(found):
            raise NewerPlan(found)
        plan = reader().validate_json(json.dumps(told["plan"]), strict=True)
    except ValidationError as error:
        raise NotAPlan(first_fault(error)) from error
    except (ValueError, TypeError, LookupError) as error:
        raise NotAPlan(f"something in it is of the wrong kind ({str(error)[:120]})") from error
    for text in texts_in(plan):
        check_languages(text)
    if body_of(plan) != body:
        raise NotAPlan("it has something besides a programme, or another form")
    return plan


def first_fault(error: ValidationError) -> str:
    """Where the first fault of a text lies, and what it is."""
    fault = error.errors(include_url=False)[0]
    return f"{'.'.join(str(part) for part in fault['loc']) or 'the whole'}, {fault['msg'][:120]}"


def texts_in(value: object) -> Iterator[Text]:
    """Every text in several languages that stands in a part of a plan."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_in(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))


def check_languages(text: Text) -> None:
    """Refuse a text without its original, or in a language that is not one of the six; raise NotAPlan."""
    if strange := sorted(set(text.words) - set(LANGUAGES)):
        raise NotAPlan(f"{strange[0]!r} is no language of a text")
    if lacking := sorted({text.original, *text.official, *text.translates} - set(text.words)):
        raise NotAPlan(f"a text has no words in {lacking[0]!r}")


def persons_of(plan: Plan) -> str:
    """The names of a plan's presenters by item, in their order, each with what goes before it; "" for none."""
    named = {
        item.id: [[as_json(each.honorific), each.person] for each in item.presenters]
        for item in plan.agenda
        if any(each.honorific or each.person for each in item.presenters)
    }
    return canonical(named) if named else ""


def without_persons(plan: Plan) -> Plan:
    """The same plan with offices alone."""
    return with_presenters(
        plan, {item.id: [replace(each, person="", honorific=None) for each in item.presenters] for item in plan.agenda}
    )


def with_persons(plan: Plan, persons: str) -> Plan:
    """The same plan with the names of its presenters put back; raise NotAPlan if they are not those of this plan."""
    if not persons:
        return plan
    try:
        named = json.loads(persons)
        found = {name: [named_as(*pair) for pair in zip(plan.items[name].presenters, named[name], strict=True)]
                 for name in named}  # fmt: skip
    except (ValueError, TypeError, LookupError) as error:
        raise NotAPlan(f"the persons beside it are not those of its items ({str(error)[:80]})") from error
    return with_presenters(plan, found)


def named_as(presenter: Presenter, pair: Iterable[object]) -> Presenter:
    """A presenter with honorific and name."""
    honorific, person = pair
    return replace(presenter, honorific=honorific_of(honorific), person=str(person))


def honorific_of(told: object) -> Text | None:
    """The words before a name, if there are any; raise ValueError for what is no text in several languages."""
    if told is None:
        return None
    text = TypeAdapter(Text).validate_json(json.dumps(told), strict=True)
    if text.original not in text.words:
        raise ValueError(f"words before a name are not there in {text.original!r}")
    return text


def with_presenters(plan: Plan, found: Mapping[str, Iterable[Presenter]]) -> Plan:
    """The same plan with other presenters at some of its items."""
    agenda: list[Item] = [
        replace(item, presenters=tuple(found[item.id])) if item.id in found else item for item in plan.agenda
    ]
    return replace(plan, agenda=tuple(agenda))
