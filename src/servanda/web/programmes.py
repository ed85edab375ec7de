"""The programme of a meeting as pages and API read it: one item with its sittings, and what invites one State.

A list that prints its rule names nobody here, and on whom a list leaves the question open is not told.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from servanda.common.languages import Text
from servanda.common.names import State
from servanda.programme.icalendar import UnknownItem
from servanda.programme.plan import Entry, Invited, Issued, Item, Plan, Presenter, Tier
from servanda.programme.timetable import Window, timetable
from servanda.register.queries import joined, question
from servanda.web.notice import notice_in


@dataclass(frozen=True)
class Piece:
    """What has a page of its own: an item of the agenda with every time it is taken, or an entry without an item."""

    plan: Plan
    item: Item | None
    windows: tuple[Window, ...]

    @property
    def name(self) -> str:
        """What it is called in an address."""
        if self.item is None:
            return self.windows[0].entry.id
        return self.item.number or self.item.id

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that an address may call it: the number of its item, also as printed, and its id; its entries."""
        of_item = (self.item.number or "", self.item.id, whole_number(self.item)) if self.item else ()
        return tuple(name for name in (*of_item, *(window.entry.id for window in self.windows)) if name)

    @property
    def title(self) -> Text:
        """What it is called on a page."""
        return self.item.title if self.item else self.plan.title_of(self.windows[0].entry)

    @property
    def entry(self) -> Entry | None:
        """The entry, where it is one of its own."""
        return None if self.item else self.windows[0].entry


def whole_number(item: Item) -> str:
    """The number of an item as printed (6a), where that says which item it is: one printed "a." does not."""
    printed = item.printed.rstrip(".")
    return printed if printed[:1].isdigit() else ""


@dataclass(frozen=True)
class Listed:
    """A list of the programme: in which item, when that is taken, and, asked for one State, how it is invited."""

    piece: Piece
    tier: Tier
    invited: Invited | None = None


@dataclass(frozen=True)
class Pieces:
    """Every piece of a programme, in the order in which it is first taken, then what is taken nowhere."""

    plan: Plan

    @cached_property
    def all(self) -> tuple[Piece, ...]:
        """The pieces in their order."""
        found = tuple(timetable(self.plan).values())
        taken = dict.fromkeys(window.entry.item or window.entry.id for window in found)
        left = (item for item in self.plan.agenda if item.id not in taken)
        return (*(self.made(name, found) for name in taken), *(Piece(self.plan, item, ()) for item in left))

    def made(self, name: str, found: Iterable[Window]) -> Piece:
        """One piece with its slots."""
        taken = tuple(window for window in found if name == (window.entry.item or window.entry.id))
        return Piece(self.plan, self.plan.items.get(name), taken)

    @property
    def names_of_items(self) -> dict[str, str]:
        """What the page of an item is called in an address, by the id of each entry that takes it up."""
        return {window.entry.id: piece.name for piece in self.all if piece.item for window in piece.windows}

    def find(self, name: str) -> Piece:
        """The piece that an address names: an item by number or id, an entry by id; raise UnknownItem."""
        wanted = name.casefold()
        for piece in self.all:
            if wanted in {each.casefold() for each in piece.names}:
                return piece
        raise UnknownItem(self.plan, name)

    def beside(self, piece: Piece) -> tuple[Piece | None, Piece | None]:
        """The item before a piece and the item after it."""
        at = self.all.index(piece)
        before = [each for each in self.all[:at] if each.item]
        after = [each for each in self.all[at + 1 :] if each.item]
        return (before[-1] if before else None), (after[0] if after else None)

    @cached_property
    def lists(self) -> tuple[Listed, ...]:
        """Every list in the order of the programme."""
        return tuple(Listed(piece, tier) for piece in self.all if piece.item for tier in piece.item.tiers)

    def naming(self, state: str) -> list[Listed]:
        """The lists that name a State."""
        found = ((each, invited) for each in self.lists for invited in each.tier.invited)
        return [replace(each, invited=invited) for each, invited in found if invited.state == state]

    def open_to(self, *, is_party: bool) -> list[Listed]:
        """The lists that a State may ask for, by whether it is a party."""
        who = "states_parties" if is_party else "states_not_party"
        return [each for each in self.lists if who in each.tier.open_to]

    def withheld(self) -> list[Listed]:
        """The lists of names that are not established by what is known."""
        return [each for each in self.lists if each.tier.withheld]


def is_party(plan: Plan, state: str, at: int | None = None) -> bool:
    """Whether a State is a party on the first day of a meeting, by what its programme knows."""
    asked = question(plan.convention, plan.start, plan.as_of.known, at)
    return joined(asked, state).binds_on(plan.start)


Json = dict[str, object]


def piece_as_json(piece: Piece, language: str, issued: Issued | None = None) -> Json:
    """An item of a programme, or an entry of its own: `servanda-item/1`."""
    item = piece.item
    return {
        "format": "servanda-item/1",
        **about(piece.plan, language, issued),
        "item": piece.name,
        "number": item.number if item else None,
        "kind": item.kind if item else piece.windows[0].entry.kind,
        "title": said(piece.title, language),
        "when": [window_as_json(window) for window in piece.windows],
        "presenters": [presenter_as_json(each, language) for each in item.presenters] if item else [],
        "actions": [[each.plan, each.first, each.last] for each in item.actions] if item else [],
        "tiers": [tier_as_json(tier, language) for tier in item.tiers] if item else [],
        "text": [said(words, language) for words in item.text] if item else [],
    }


def state_as_json(pieces: Pieces, state: State, language: str, *, is_party: bool, issued: Issued | None = None) -> Json:
    """The lists of a programme that name a State, and those that it may ask for: `servanda-invitations/1`."""
    return {
        "format": "servanda-invitations/1",
        **about(pieces.plan, language, issued),
        "state": state.code,
        "name": state.name_in(language),
        "named_in": [listed_as_json(each, language) for each in pieces.naming(state.code)],
        "may_ask_for": [listed_as_json(each, language) for each in pieces.open_to(is_party=is_party)],
        "not_established": [listed_as_json(each, language) for each in pieces.withheld()],
    }


def about(plan: Plan, language: str, issued: Issued | None) -> Json:
    """Of which programme an answer tells, and as of when; which version it is, where it is issued."""
    return {
        "notice": notice_in(language).words,
        "convention": plan.convention,
        "meeting": plan.code,
        "timezone": plan.timezone,
        "on": plan.as_of.on.isoformat(),
        "known": plan.as_of.known.isoformat(),
        "number": plan.as_of.number,
        "pack": plan.as_of.pack_version,
        "version": issued.version if issued else None,
        "issued_on": issued.on.isoformat() if issued else None,
        "digest": issued.digest if issued else None,
    }


def said(text: Text, language: str) -> Json:
    """Words in a language, or in the original where they stand in for it, and how they stand to the original."""
    shown = text.shown_in(language)
    return {"words": shown.words, "language": shown.language.code, "standing": text.standing_in(language)}


def window_as_json(window: Window) -> Json:
    """When an entry is taken: its own time, or the block that it shares with others."""
    entry = window.entry
    return {
        "entry": entry.id,
        "date": window.day.isoformat(),
        "start": f"{window.start:%H:%M}",
        "end": f"{window.end:%H:%M}",
        "shared": window.is_shared,
        "continued": entry.continued,
        "status": entry.status,
    }


def presenter_as_json(presenter: Presenter, language: str) -> Json:
    """Who presents, by office and body, and by name where an official document has it."""
    told = {
        "honorific": presenter.honorific,
        "office": presenter.office,
        "body": presenter.body,
        "gives": presenter.gives,
    }
    return {
        **{name: said(words, language) if words else None for name, words in told.items()},
        "person": presenter.person or None,
    }


def tier_as_json(tier: Tier, language: str) -> Json:
    """A tier as the programme prints it: names with their reasons, or its rule alone."""
    return {
        "tier": tier.kind,
        "label": said(tier.label, language),
        "invites": said(tier.invites, language),
        "prints": tier.prints,
        "open_to": list(tier.open_to),
        "states": list(tier.states),
        "basis": {each.state: each.basis for each in tier.invited},
        "because": {each.state: reasons_as_json(each, language) for each in tier.invited},
        "withheld": said(tier.withheld, language) if tier.withheld else None,
    }


def reasons_as_json(invited: Invited, language: str) -> list[Json]:
    """Why a State is named: each reason with the sources that it rests on."""
    return [{**said(each.sentence, language), "sources": list(each.sources)} for each in invited.because]


def listed_as_json(listed: Listed, language: str) -> Json:
    """A list with its item and times, and, of a State that it names, basis and reasons."""
    content: Json = {
        "item": listed.piece.name,
        "title": said(listed.piece.title, language),
        "when": [window_as_json(window) for window in listed.piece.windows],
        "tier": listed.tier.kind,
        "label": said(listed.tier.label, language),
        "invites": said(listed.tier.invites, language),
    }
    if listed.invited:
        content |= {"basis": listed.invited.basis, "because": reasons_as_json(listed.invited, language)}
    return content
