"""A plan written out as `servanda-programme/1`, in one language.

`more` holds what the format leaves to whoever builds a programme: sittings, what flows, the rule of each tier,
why each State is named, as of when and by which pack it was derived. Where a tier prints its rule, no State
stands anywhere, whoever the register holds.
"""

from typing import Any

from servanda.common.languages import LANGUAGES, Text, find_language
from servanda.common.notice import notice_in
from servanda.common.phrases import Scribe
from servanda.programme.exchange import DayRead, EntryRead, FootnoteRead, More, Programme, TierRead
from servanda.programme.plan import Entry, Issued, Item, Plan, Presenter, Tier
from servanda.programme.sheet import place_of
from servanda.programme.timetable import first_taken


def programme_of(plan: Plan, language: str, issued: Issued | None = None, notice: Text | None = None) -> Programme:
    """A plan as exchanged, in one of the six languages; `issued` tells as which version, where it was issued.

    `version` is its number where it is kept, `notice` the operator's, in place of the standard words.
    """
    find_language(language)
    return Exporter(plan, language, notice).programme(issued)


def programme_as_json(plan: Plan, language: str, issued: Issued | None = None) -> dict[str, Any]:
    """The same as a mapping for JSON."""
    return programme_of(plan, language, issued).model_dump(mode="json")


class Exporter:
    """Writes a plan in the words of the format, in one language."""

    def __init__(self, plan: Plan, language: str, notice: Text | None = None) -> None:
        self.plan, self.language, self.notice = plan, language, notice
        self.full = first_taken(plan)
        self.sittings = {entry.id: sitting for sitting in plan.sittings for entry in sitting.entries}

    def words(self, text: Text) -> str:
        """A text in the language, or in its original."""
        return text.shown_in(self.language).words

    def in_line(self, *parts: Text | str) -> str:
        """Words one after the other, with the comma of the language."""
        scribe = Scribe(self.language)
        return str(scribe.in_line([scribe.put(part) for part in parts if part]))

    def programme(self, issued: Issued | None) -> Programme:
        """The whole programme."""
        plan = self.plan
        return Programme(
            title=self.in_line(plan.convention_title, plan.title),
            language=self.language,
            start=plan.start.isoformat(),
            end=plan.end.isoformat(),
            venue=self.place() or None,
            timezone=plan.timezone,
            symbols=plan.symbols,
            days=tuple(
                DayRead(date=day.day.isoformat(), entries=tuple(self.entry(entry) for entry in day.lines))
                for day in plan.days
            ),
            footnotes=tuple(self.footnotes()),
            more=self.more(issued),
        )  # fmt: skip

    def place(self) -> str:
        """The building, the city and the room in one line."""
        return str(place_of(self.plan, Scribe(self.language), self.plan.room))

    def entry(self, entry: Entry) -> EntryRead:
        """An entry; what concerns its item stands where the item is first taken."""
        item = self.plan.item_of(entry)
        told = item if item and self.full[item.id] is entry else None
        is_printed = entry.origin == "printed"
        sitting = self.sittings.get(entry.id)
        return EntryRead(
            start=f"{entry.at:%H:%M}" if entry.at and is_printed else None,
            end=f"{entry.until:%H:%M}" if entry.until and is_printed else None,
            kind="other" if entry.meeting else entry.kind,
            number=item.number if item else None,
            title=self.words(self.plan.title_of(entry)),
            continued=entry.continued,
            parent=item.parent if item else None,
            presenters=tuple(self.presenter(each) for each in told.presenters) if told else (),
            actions=tuple((each.plan, each.first, each.last) for each in told.actions) if told else (),
            tiers=tuple(self.tier(each) for each in told.tiers) if told else (),
            documents=tuple(symbols_of(entry, told)),
            room=entry.room or (sitting.room if sitting else "") or None,
            body=None,
            status=entry.status,
            text=tuple(self.words(each) for each in told.text) if told else (),
            more=self.more_of(entry, item, told),
        )

    def presenter(self, presenter: Presenter) -> str:
        """The person's name, or else the office, or the body."""
        named = presenter.office or presenter.body
        return presenter.person or (self.words(named) if named else presenter.organ or "")

    def tier(self, tier: Tier) -> TierRead:
        """A tier with its names, if it prints names."""
        states = tier.states if tier.prints == "names" else ()
        return TierRead(label=self.words(tier.label), states=states, organisations=tier.organisations)

    def footnotes(self) -> list[FootnoteRead]:
        """The footnotes, in the order in which their tiers are printed."""
        items = [
            item for entry in self.plan.entries if (item := self.plan.item_of(entry)) and self.full[item.id] is entry
        ]
        return [
            FootnoteRead(mark=tier.footnote, text=self.words(tier.label), states=tier.states)
            for item in items
            for tier in item.tiers
            if tier.footnote and tier.prints == "names"
        ]

    def more(self, issued: Issued | None) -> More:
        """What the format leaves to whoever builds the programme."""
        plan, as_of = self.plan, self.plan.as_of
        return {
            "notice": notice_in(self.language, self.notice).words,
            "convention": plan.convention,
            "meeting": plan.code,
            "kind": plan.kind,
            "version": issued.version if issued else None,
            "issued_on": issued.on.isoformat() if issued else None,
            "digest": issued.digest if issued else None,
            "as_of": {"on": as_of.on.isoformat(), "known": as_of.known.isoformat(), "number": as_of.number},
            "pack": {"id": plan.convention, "version": as_of.pack_version, "digest": as_of.pack_digest},
            "titles": titles(plan.title),
            "convention_titles": titles(plan.convention_title),
            "documents": [document_as_json(each.number, each.symbol, each.title) for each in plan.documents],
            "sittings": [
                {
                    "id": sitting.id,
                    "date": sitting.day.isoformat(),
                    "start": f"{sitting.start:%H:%M}",
                    "end": f"{sitting.end:%H:%M}",
                    "room": sitting.room or plan.room or None,
                    "entries": [entry.id for entry in sitting.entries],
                }
                for sitting in plan.sittings
            ],
        }

    def more_of(self, entry: Entry, item: Item | None, told: Item | None) -> More:
        """What is known of an entry beyond what is printed."""
        sitting, document = self.sittings.get(entry.id), entry.document
        documents = [*(told.documents if told else ()), *([document] if document else [])]
        return {
            "id": entry.id,
            "item": entry.item,
            "printed": item.printed if item else None,
            "sitting": sitting.id if sitting else None,
            "anchor": "anchored" if entry.is_anchored else "flowing",
            "origin": entry.origin if entry.at else None,
            "at": f"{entry.at:%H:%M}" if entry.at else None,
            "until": f"{entry.until:%H:%M}" if entry.until else None,
            "minutes": entry.minutes,
            "meeting": entry.meeting,
            "side_events": entry.side_events,
            "organ": item.body if item else None,
            "titles": titles(self.plan.title_of(entry)),
            "documents": [document_as_json(each.number, each.symbol, each.title) for each in documents],
            "tiers": [self.more_of_tier(tier) for tier in told.tiers] if told else [],
        }

    def more_of_tier(self, tier: Tier) -> More:
        """The rule of a tier; and where it prints names, how and why each State is there."""
        invited = tier.invited if tier.prints == "names" else ()
        withheld = tier.withheld if tier.prints == "names" else None
        return {
            "rule": tier.kind,
            "prints": tier.prints,
            "invites": self.words(tier.invites),
            "footnote": tier.footnote if invited else None,
            "open_to": list(tier.open_to),
            "actions": [[each.plan, each.first, each.last] for each in tier.actions],
            "withheld": self.words(withheld) if withheld else None,
            "titles": titles(tier.label),
            "basis": {each.state: each.basis for each in invited},
            "because": {
                each.state: [
                    {"sentence": self.words(reason.sentence), "sources": list(reason.sources)}
                    for reason in each.because
                ]
                for each in invited
            },
        }  # fmt: skip


def symbols_of(entry: Entry, item: Item | None) -> list[str]:
    """The symbols of the documents of an entry; one without a symbol has only its number, in `more`."""
    documents = [*(item.documents if item else ()), *([entry.document] if entry.document else [])]
    return [document.symbol for document in documents if document.symbol]


def document_as_json(number: int, symbol: str, title: Text) -> More:
    """A document by its number in the meeting."""
    return {"number": number, "symbol": symbol or None, "titles": titles(title)}


def titles(text: Text) -> dict[str, str]:
    """Words in every language in which they are there, in the order of the codes."""
    return {code: text.words[code] for code in LANGUAGES if code in text.words}
