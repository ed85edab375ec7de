"""A source as the facts cite it: a document by its symbol, or a page by its address."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Source:
    """What a fact rests on; `kind` says whose word it is, `programme_of` of which meeting it is the programme."""

    key: str
    kind: str
    symbol: str = ""
    title: str = ""
    address: str = ""
    note: str = ""
    programme_of: str = ""

    @property
    def name(self) -> str:
        """What to call it on a page: its symbol, its title, or the site it stands on."""
        if self.symbol or self.title:
            return ", ".join(part for part in (self.symbol, self.title) if part)
        return urlsplit(self.address).netloc.removeprefix("www.") or self.key
