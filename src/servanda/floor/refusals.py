"""What is refused on the floor, named as the presiding officer would say it: what, why, and what can be done."""

from servanda.common.names import united_nations
from servanda.common.refusals import Refusal, Unknown, WrongUsage


def called(code: str) -> str:
    """A State by its English name, as refusals are in English; whatever else has a code, by the code."""
    known = united_nations().states
    return known[code].name_in("en") if code in known else code


class FloorIsNotOpen(Refusal):
    """Nothing can be done on the floor of a meeting that was not opened."""

    def __init__(self) -> None:
        super().__init__(
            "The floor of this meeting is not open.",
            "It begins with the issued programme and the rules of its floor.",
            "Open it first.",
        )


class FloorIsOpen(Refusal):
    """The floor is opened a second time."""

    def __init__(self) -> None:
        super().__init__(
            "The floor of this meeting is open already.", "It is opened once, for all its sittings.", "Go on with it."
        )


class NoSuchThing(Unknown):
    """An act names a sitting, item, tier or request that this meeting does not have."""

    def __init__(self, what: str, name: str, known: str) -> None:
        super().__init__(
            f"This meeting has no {what} {name[:40]!r}.", f"Known: {known or 'none'}.", "Name one of these."
        )


class SittingIsNotOpen(Refusal):
    """The act needs a sitting that goes on."""

    def __init__(self, *, suspended: bool = False) -> None:
        super().__init__(
            "The sitting is suspended." if suspended else "No sitting is open.",
            "The floor is given, and items are taken, in a sitting that goes on.",
            "Resume it first." if suspended else "Call the sitting to order first.",
        )


class SittingWasHeld(Refusal):
    """A sitting is opened that is open already or has risen."""

    def __init__(self, sitting: str, *, is_open: bool) -> None:
        super().__init__(
            f"The sitting {sitting!r} {'is open' if is_open else 'has risen'} already.",
            "One sitting goes on at a time, and each is held once.",
            "Close the open one first." if is_open else "Open the next one of the programme.",
        )


class SittingGoesOn(Refusal):
    """A sitting is resumed that is not suspended."""

    def __init__(self) -> None:
        super().__init__(
            "The sitting goes on already.", "Somebody else may have pressed the same key.", "Nothing needs to be done."
        )


class SomebodyHasTheFloor(Refusal):
    """The act would cut off whoever speaks."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"{called(code)} has the floor.",
            "One speaks at a time, and nobody is cut off unsaid.",
            "End or pause the turn first.",
        )


class NobodyHasTheFloor(Refusal):
    """The act is about a turn, and nobody speaks."""

    def __init__(self) -> None:
        super().__init__("Nobody has the floor.", "The act is about a turn that goes on.", "Give the floor first.")


class ClockStands(Refusal):
    """A clock is stopped that stands, or started that runs."""

    def __init__(self, *, stands: bool) -> None:
        super().__init__(
            "The clock stands already." if stands else "The clock runs already.",
            "Somebody else may have pressed the same key.",
            "Look at the clock; nothing needs to be done.",
        )


class ListIsClosed(Refusal):
    """A request comes after the list of speakers was closed."""

    def __init__(self, item: str) -> None:
        super().__init__(
            f"The list of speakers on item {item} is closed.",
            "The presiding officer closed it.",
            "Ask the presiding officer, who may let you in with a reason; a right of reply is not bound by the list.",
        )


class ListStands(Refusal):
    """A list is closed that is closed, or opened that is open."""

    def __init__(self, item: str, *, closed: bool) -> None:
        super().__init__(
            f"The list of speakers on item {item} is {'closed' if closed else 'open'} already.",
            "Somebody else may have pressed the same key.",
            "Nothing needs to be done.",
        )


class ListIsNotOpenYet(Refusal):
    """A request comes before the rules open the list of speakers."""

    def __init__(self, item: str, opens_at: str) -> None:
        super().__init__(
            f"The list of speakers on item {item} is not open yet.",
            f"It opens on {opens_at}, at the time of the meeting's place.",
            "Ask again then; the presiding officer may let you in before, with a reason.",
        )


class SomeStillWait(Refusal):
    """An item is concluded over the heads of those who wait on it."""

    def __init__(self, item: str, waiting: str) -> None:
        super().__init__(
            f"Some still wait for the floor on item {item}: {waiting}.",
            "Nobody is passed over unsaid.",
            "Hear them, or give the reason for concluding now, which goes on record.",
        )


class ItemWasNotTaken(Refusal):
    """An item is concluded that was never taken up."""

    def __init__(self, item: str) -> None:
        super().__init__(
            f"Item {item} was not taken up.", "Only what was under consideration is concluded.", "Take it up first."
        )


class AnotherTierNamesThem(Refusal):
    """Somebody is entered under a tier, and another of the item names them."""

    def __init__(self, code: str, tier: str) -> None:
        super().__init__(
            f"{code} stands under another group of speakers of this item: {tier}.",
            "The issued programme names them there.",
            "Enter them there, or give the presiding officer's reason, which goes on record.",
        )


class PointAwaitsRuling(Refusal):
    """The meeting would go on over a point of order that was not ruled upon."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"The point of order of {called(code)} is not ruled upon.",
            "It is decided at once, before anything else.",
            "Rule on it first.",
        )


class PointIsNotHeard(Refusal):
    """A point of order is ruled upon before it was heard."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"The point of order of {called(code)} was not heard.",
            "It is ruled upon when it was stated.",
            "Give the floor for it first, or let it be withdrawn.",
        )


class OrderNeedsMore(Refusal):
    """The rules of a floor order speakers by something that was not given at its opening."""

    def __init__(self, knob: str, value: str, needs: str) -> None:
        super().__init__(
            f"The floor cannot be opened with {knob} {value!r}.",
            f"This order needs what no register holds: {needs}.",
            "Give it with the opening, or open the floor with rules that do without.",
        )


class ItemIsConcluded(Refusal):
    """A request comes for an item that is done with."""

    def __init__(self, item: str) -> None:
        super().__init__(
            f"The consideration of item {item} is concluded.",
            "No more requests are taken on it.",
            "Ask the presiding officer to take it up again, or hand in a written statement.",
        )


class AlreadyOnTheList(Refusal):
    """The same delegation waits already for the same."""

    def __init__(self, code: str, item: str) -> None:
        super().__init__(
            f"{called(code)} is on the list of item {item} already.",
            "One delegation waits once for each kind of act.",
            "Wait for the floor, or withdraw the request.",
        )


class TextIsThere(Refusal):
    """The same text is handed in a second time."""

    def __init__(self, code: str, item: str) -> None:
        super().__init__(
            f"This text of {code} on item {item} is handed in already.",
            "The same form was sent twice.",
            "Nothing needs to be done; another text is handed in with a form of its own.",
        )


class NotOfThisFloor(Refusal):
    """The rules of this floor do not give this category this act."""

    def __init__(self, act: str, category: str, source: str) -> None:
        super().__init__(
            f"There is no {act.replace('_', ' ')} here for {category.replace('_', ' ')}.",
            f"So say the rules of this floor ({source}).",
            "Ask for the floor for a statement, or speak to the presiding officer.",
        )


class NoMoreOfThese(Refusal):
    """A delegation has used up what the rules give it on an item."""

    def __init__(self, act: str, most: int, source: str) -> None:
        super().__init__(
            f"No further {act} on this item is left to this delegation.",
            f"The rules of this floor give {most} ({source}).",
            "Hand in a written statement.",
        )


class NotWaiting(Refusal):
    """A request is acted on that does not wait any more."""

    def __init__(self, code: str, standing: str) -> None:
        super().__init__(
            f"The request of {called(code)} does not wait: it is {standing}.",
            "Somebody else may have acted on it.",
            "Look at the list as it stands now.",
        )


class NotInOrder(Refusal):
    """The act departs from the order of the rules or the programme, and no reason was given."""

    def __init__(self, what: str, next_one: str) -> None:
        super().__init__(
            what,
            f"By the rules it is the turn of: {next_one}." if next_one else "The rules do not provide for it here.",
            "The presiding officer may depart from the order: give the reason, which goes on record.",
        )


class SlowerWasAsked(Refusal):
    """The interpreters say again at once that they cannot follow."""

    def __init__(self, times: int) -> None:
        super().__init__(
            f"The wish for slower speech stands, and was said a moment ago ({times} so far).",
            "It is said once in ten seconds at most; the presiding officer sees it until it is passed on.",
            "Wait a little, and say it again if nothing changes.",
        )


class NoSuchWish(Refusal):
    """What is answered or passed on does not stand, or no more."""

    def __init__(self) -> None:
        super().__init__(
            "This does not stand any more.",
            "It was seen to meanwhile, or taken back, or somebody whom it names waits or speaks no more.",
            "Look at the room as it stands now.",
        )


class NotTheLastAct(Refusal):
    """Somebody undoes an act that is not the last one standing."""

    def __init__(self, number: int, last: int | None) -> None:
        super().__init__(
            f"Entry {number} cannot be undone.",
            f"The last act that stands is entry {last}." if last else "No act stands that could be undone.",
            "Undo that one first, or look at the newest state." if last else "Go on.",
        )


class OthersRestOnIt(Refusal):
    """An act is undone on which rests what a delegation did since."""

    def __init__(self, number: int, later: int) -> None:
        super().__init__(
            f"Entry {number} cannot be undone: entry {later} rests on it.",
            "A delegation did that since for itself, and could not have done the same without it.",
            "Mend it by another act, as moving, closing or giving the floor; or undo the later one first.",
        )


class NotOneLimit(WrongUsage):
    """A limit is set for a category and a tier at once, or for neither."""

    def __init__(self) -> None:
        super().__init__(
            "A limit is set for one category or for one tier.", "Both were named, or neither.", "Name one of them."
        )


class NotASensibleLength(WrongUsage):
    """A length of time that is none for a turn."""

    def __init__(self, seconds: int, least: int, most: int) -> None:
        super().__init__(
            f"{seconds} seconds are not a length for a turn.",
            f"It takes {least} to {most} seconds.",
            "Write another number.",
        )


class TooManyWords(WrongUsage):
    """A reason, a ruling or a name is longer than anybody would say it."""

    def __init__(self, field: str, most: int) -> None:
        super().__init__(
            f"What stands in the field {field!r} is too long.",
            f"It takes up to {most} characters, for every screen shows it and it stays on record.",
            "Say it in a sentence or two.",
        )
