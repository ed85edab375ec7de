"""What the rules of a pack say, in words for readers: whom an obligation binds, by when, and how that can change."""

from collections.abc import Iterator
from dataclasses import dataclass

from servanda.common.languages import Text
from servanda.common.wording import N_, Sentence
from servanda.convention.pack import Pack
from servanda.convention.rules import Extension, Obligation, Reference, Within, Yearly


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a rule says, with the kinds of fact that it names, and its source where it has one of its own."""

    sentence: Sentence
    facts: tuple[Text, ...] = ()
    source: Reference | None = None


def told_of_entry(pack: Pack) -> list[Told]:
    """When the convention enters into force for a State, and when it ceases to bind it."""
    rule = pack.rules.entry_into_force
    words = (
        N_("It enters into force for a State {period} after the first day of the month of this:")
        if rule.roll == "first_of_month"
        else N_("It enters into force for a State {period} after this:")
    )
    found = [Told(Sentence.of(words, period=rule.add.period), says_of(pack, (rule.trigger,)))]
    if rule.not_before:
        found.append(Told(Sentence.of(N_("It bound nobody before {day}."), day=rule.not_before)))
    found.append(
        Told(Sentence.of(N_("A source that states the date goes before this rule:")), says_of(pack, (rule.stated_by,)))
    )
    return [*found, Told(Sentence.of(N_("It ceases to bind a State with:")), says_of(pack, (rule.ends_by,)))]


def told(pack: Pack, rule: Obligation) -> list[Told]:
    """An obligation in words: to whom it applies, by when, what extends, fulfils and reopens it."""
    naming = (
        (N_("It applies where one of these is in the register:"), rule.applies_by),
        (N_("It does not apply where this is in the register:"), (rule.excluded_by,)),
        (N_("Where a State stands with it is told by:"), rule.stated_by),
        (N_("It is fulfilled by:"), (rule.completed_by,)),
        (N_("It is open again after:"), (rule.reopened_by,)),
    )
    first, *others = [Told(Sentence.of(words), says_of(pack, names)) for words, names in naming]
    found = [first, *told_of_date(pack, rule), *others]
    return [each for each in found if each.facts or not each.sentence.words.endswith(":")]


def says_of(pack: Pack, names: tuple[str | None, ...]) -> tuple[Text, ...]:
    """What facts of some predicates say."""
    return tuple(pack.rules.predicates[name].says.text for name in names if name)


def told_of_date(pack: Pack, rule: Obligation) -> Iterator[Told]:
    """By when the obligation is to be fulfilled, and whether that can be extended."""
    match rule.due:
        case None:
            yield Told(Sentence.of(N_("It binds continually and has no date by which it is fulfilled.")))
        case Yearly():
            words = N_("A report on the calendar year before is due on {day} of each year.")
            yield Told(Sentence.of(words, day=rule.due.year_day))
        case Within():
            words = N_("It is to be fulfilled within {period} after entry into force for the State.")
            yield Told(Sentence.of(words, period=rule.due.add.period))
            if rule.due.or_after:
                later = says_of(pack, (rule.due.or_after,))
                yield Told(Sentence.of(N_("The time is counted from this day if it is later:")), later)
            yield from told_of_extension(rule.extension)


def told_of_extension(extension: Extension | None) -> Iterator[Told]:
    """Whether and how far a deadline can be extended, and by when that is requested."""
    if extension is None:
        yield Told(Sentence.of(N_("It cannot be extended.")))
        return
    words = N_("A formal meeting may extend the deadline at the request of the State, by up to {longest}.")
    yield Told(Sentence.of(words, longest=extension.longest.period))
    if extension.further:
        words = N_("A further extension may be as long as {further}.")
        yield Told(Sentence.of(words, further=extension.further.period))
    if extension.request_by:
        words = N_("A request is expected by {day} of the year of the meeting that decides.")
        told_by = extension.request_by
        yield Told(Sentence.of(words, day=told_by.year_day), source=told_by.source)
