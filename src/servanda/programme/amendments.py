"""What differs in the words, presenters, documents and lists of an item, as sentences.

`revisions` puts them under the item. Of a person it is said that another is named, and never who.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from servanda.common.languages import Text
from servanda.common.names import State
from servanda.common.wording import N_, Sentence
from servanda.programme.plan import ActionRange, Invited, Item, NumberedDocument, Presenter, Tier

States = Mapping[str, State]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence before it is known what it stands under."""

    sentence: Sentence
    state: str = ""
    because: tuple[Text, ...] = ()


def say(words: str, **values: object) -> Said:
    """Marked words with their values."""
    return Said(Sentence(words, values))  # type: ignore[arg-type]


def of_agenda_item(before: Item, after: Item, states: States) -> Iterator[Said]:
    """All that the agenda says of an item."""
    yield from renamed(before.title, after.title)
    if (before.number, before.printed) != (after.number, after.printed):
        words = N_("Its number is now {after}; it was {before}.")
        yield say(words, before=before.printed or before.number or "–", after=after.printed or after.number or "–")
    if before.kind != after.kind:
        yield say(N_("It is an item of another kind."))
    if before.body != after.body:
        yield say(N_("It bears on the mandate of another organ."))
    if before.text != after.text:
        yield say(N_("What is written below its title differs."))
    if before.actions != after.actions:
        words = N_("It bears on the actions {after}; before, on {before}.")
        yield say(words, before=ranges(before.actions), after=ranges(after.actions))
    yield from presenters(before.presenters, after.presenters)
    yield from documents(before.documents, after.documents)
    yield from tiers(before.tiers, after.tiers, states)


def ranges(actions: Iterable[ActionRange]) -> str:
    """Actions as a programme writes them: OAP 33–41."""
    shown = (f"{each.plan} {each.first}–{each.last}" if each.first != each.last else f"{each.plan} {each.first}"
             for each in actions)  # fmt: skip
    return ", ".join(shown) or "–"


def presenters(before: Iterable[Presenter], after: Iterable[Presenter]) -> Iterator[Said]:
    """Who presents, by office; of a person it is said that another is named, and not who."""
    was, now = ({each.order: each for each in those} for those in (before, after))
    for order in sorted({*was, *now}):
        first, second = was.get(order), now.get(order)
        if first is None and second:
            yield say(N_("It is presented also by: {presenter}."), presenter=office_of(second))
        elif second is None and first:
            yield say(N_("It is no longer presented by: {presenter}."), presenter=office_of(first))
        elif first and second and bare(first) != bare(second):
            words = N_("It is presented by: {after}; it was to be presented by: {before}.")
            yield say(words, before=office_of(first), after=office_of(second))
        elif first and second and first != second:
            yield say(N_("Another name stands for: {presenter}."), presenter=office_of(second))


def bare(presenter: Presenter) -> Presenter:
    """A presenter as office alone."""
    return replace(presenter, person="", honorific=None)


def office_of(presenter: Presenter) -> Text | str:
    """A presenter by office, else by body, else by organ."""
    return presenter.office or presenter.body or presenter.organ or "–"


def tiers(before: tuple[Tier, ...], after: tuple[Tier, ...], states: States) -> Iterator[Said]:
    """The lists of an item, matched by their kind."""
    was, now = ({tier.kind: tier for tier in those} for those in (before, after))
    for kind in (*now, *(kind for kind in was if kind not in now)):
        first, second = was.get(kind), now.get(kind)
        found = list(of_tier(first, second, states))
        if not found and second and first != second:
            found.append(say(N_("Other details of the list “{list}” differ."), list=second.label))
        yield from found
    first_order, second_order = ([kind for kind in those if kind in was and kind in now] for those in (was, now))
    if first_order != second_order:
        yield say(N_("Its lists are called in another order."))


def of_tier(before: Tier | None, after: Tier | None, states: States) -> Iterator[Said]:
    """One list: whether it is there, what it says, and whom it names."""
    if after is None:
        assert before  # noqa: S101 (one of the two is there)
        yield say(N_("The list “{list}” is dropped."), list=before.label)
        return
    label = after.label
    if before is None:
        yield say(N_("The list “{list}” is added."), list=label)
        before = replace(after, invited=())
    if before.label != after.label or before.invites != after.invites:
        words = N_("The list “{list}” has other words; it was called “{before}”.")
        yield say(words, list=label, before=before.label)
    if before.prints != after.prints:
        yield say(
            N_("The list “{list}” names States now.") if after.prints == "names"
            else N_("The list “{list}” prints its rule now, and names no State."), list=label,
        )  # fmt: skip
    if after.withheld and before.withheld != after.withheld:
        words = N_("The list “{list}” cannot be derived yet.")
        yield replace(say(words, list=label), because=(after.withheld,))
    elif before.withheld and not after.withheld:
        yield say(N_("The list “{list}” can be derived now."), list=label)
    if before.organisations != after.organisations or before.open_to != after.open_to:
        yield say(N_("The list “{list}” is open to others than before."), list=label)
    yield from named(before, after, states)


def named(before: Tier, after: Tier, states: States) -> Iterator[Said]:
    """The States of a list: who came, who is gone and what was known of it, who stays for other reasons."""
    was, now = ({each.state: each for each in tier.invited} for tier in (before, after))
    for code, each in now.items():
        state = states.get(code, code)
        if code not in was:
            yield because(N_("{state} is added to the list “{list}”."), each, after, state)
        elif was[code] != each:
            yield because(stays(was[code], each), each, after, state)
    for code, each in was.items():
        if code not in now:
            words = N_("{state} no longer stands in the list “{list}”; it stood there for these reasons.")
            yield because(words, each, after, states.get(code, code))
    if [code for code in was if code in now] != [code for code in now if code in was]:
        yield say(N_("The States of the list “{list}” are called in another order."), list=after.label)


def stays(before: Invited, after: Invited) -> str:
    """What is said of a State that is named before and after, and not in the same way."""
    sentences = [tuple(reason.sentence for reason in each.because) for each in (before, after)]
    if sentences[0] != sentences[1]:
        return N_("{state} stays in the list “{list}”, for reasons that are told otherwise.")
    return N_("{state} stays in the list “{list}”, by other sources.")


def because(words: str, invited: Invited, tier: Tier, state: State | str) -> Said:
    """A sentence on a State with the reasons of its list."""
    sentence = Sentence.of(words, state=state, list=tier.label)
    return Said(sentence, invited.state, tuple(reason.sentence for reason in invited.because))


def renamed(before: Text | None, after: Text | None) -> Iterator[Said]:
    """A title: in its original, or in other languages only."""
    if before is None or after is None or before == after:
        return
    if str(before) != str(after):
        yield say(N_("It is now called “{after}”; it was called “{before}”."), before=before, after=after)
    else:
        words = N_("Its title has other words, or words of another standing, in: {languages}.")
        yield say(words, languages=", ".join(differing(before, after)) or after.original)


def differing(before: Text, after: Text) -> list[str]:
    """The languages in which a text differs, in their order."""
    codes = sorted({*before.words, *after.words})
    return [
        code
        for code in codes
        if before.words.get(code) != after.words.get(code)
        or (code in before.official) != (code in after.official)
        or before.translates.get(code) != after.translates.get(code)
    ]


def documents(before: Iterable[NumberedDocument], after: Iterable[NumberedDocument]) -> Iterator[Said]:
    """Documents by their number: added, dropped, changed."""
    was, now = ({each.number: each for each in those} for those in (before, after))
    for number in sorted({*was, *now}):
        first, second = was.get(number), now.get(number)
        if first is None and second:
            yield say(N_("Document {number} is added: {title}."), number=number, title=second.title)
        elif second is None and first:
            yield say(N_("Document {number} is no longer listed: {title}."), number=number, title=first.title)
        elif first and second and first != second:
            words = N_("Document {number} is now {title} {symbol}; it was {title_before} {symbol_before}.")
            values = {"title": second.title, "symbol": second.symbol or "–"}
            yield say(words, number=number, title_before=first.title, symbol_before=first.symbol or "–", **values)
