"""How speakers, items and sittings are called on the console, in the reader's language."""

from dataclasses import dataclass

from servanda.common.names import united_nations
from servanda.common.organisations import organisations
from servanda.common.wording import ISOLATE, POP, N_, Sentence
from servanda.convention.pack import Pack
from servanda.floor.log import Speaker
from servanda.floor.state import Room
from servanda.programme.plan import Presenter


@dataclass(frozen=True)
class Naming:
    """Names in one language."""

    rules: Pack
    language: str

    def speaker(self, speaker: Speaker) -> str:
        """A speaker by name, with the group that they speak for."""
        name = self.bare(speaker)
        if not speaker.on_behalf_of:
            return name
        words = N_("{name}, on behalf of {group}")
        return self.say(words, name=name, group=speaker.on_behalf_of)

    def bare(self, speaker: Speaker) -> str:
        """A State, organization or organ by its name; whom no list knows, as they were entered."""
        states = self.rules.names.states | united_nations().states
        if speaker.code in states:
            return states[speaker.code].name_in(self.language)
        if speaker.code in organisations().by_code:
            return organisations().by_code[speaker.code].short_in(self.language)
        if speaker.code in self.rules.organs:
            return self.rules.organs[speaker.code].title.text.shown_in(self.language).words
        return speaker.name or speaker.code

    def request(self, room: Room, name: str) -> str:
        """Who made a request."""
        found = room.requests.get(name)
        return self.speaker(found.speaker) if found else name

    def item(self, room: Room, item: str) -> str:
        """An item by its number as printed, or by its title where it has none."""
        found = room.plan.items.get(item)
        if found is None:
            return item
        return found.printed or found.title.shown_in(self.language).words

    def presenter(self, presenter: Presenter) -> str:
        """A presenter by office and body; by name where an official document names them."""
        pieces = (presenter.office, presenter.body)
        told = [piece.shown_in(self.language).words for piece in pieces if piece is not None]
        person = f"{presenter.honorific} {presenter.person}".strip()
        return ", ".join([*([person] if person else []), *told]) or str(presenter.order)

    def say(self, words: str, **values: str | int) -> str:
        """A whole sentence in the language."""
        return Sentence.of(words, **values).said_in(self.language)


def plainly(text: str) -> str:
    """A text without the isolates that a sentence puts around names."""
    return text.replace(ISOLATE, "").replace(POP, "")
