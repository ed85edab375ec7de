"""Reading the desk: what awaits a person, one proposal with what it would change, the history of a fact."""

from dataclasses import dataclass

from servanda.common.clock import today
from servanda.common.refusals import Unknown
from servanda.convention.queries import calendar, number_of, pack
from servanda.documents.queries import sources
from servanda.journal.queries import entries, personal_texts
from servanda.people.permissions import PUBLIC, SECRETARIAT
from servanda.register.desk import APPROVED, Clash, Inbox, Proposal, Suggestion, fold
from servanda.register.drafting import Held
from servanda.register.facts import Fact
from servanda.register.models import Fact as FactRow
from servanda.register.queries import register


class NotOnTheDesk(Unknown):
    """The desk has nothing of this number."""

    def __init__(self, convention: str, what: str, number: int) -> None:
        super().__init__(
            f"The desk of {convention} has no {what} {number}.",
            "It is known by the number of its entry in the journal.",
            "Choose it on the first page of the desk.",
        )


class NoPublicFact(Unknown):
    """The register that everyone sees holds no fact of this key."""

    def __init__(self, convention: str, key: str) -> None:
        super().__init__(
            f"The register of {convention} shows no fact {key[:200]!r}.",
            "It may have been corrected or withdrawn since.",
            "Go to the page of the State, and follow the link beside the fact.",
        )


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a fact: the fact, and who entered and approved it."""

    fact: Fact
    entered_by: str
    approved_by: str


def desk_of(convention: str) -> str:
    """The name of the stream that holds the steps of a convention's desk."""
    return f"{convention}/desk"


def inbox(convention: str) -> Inbox:
    """The desk of a convention as it stands; raise UnknownConvention."""
    number_of(convention)
    return fold(entries(desk_of(convention)), entries(convention, kind=APPROVED))


def find_proposal(convention: str, number: int) -> Proposal:
    """The proposal of a number; raise NotOnTheDesk."""
    found = inbox(convention).proposals.get(number)
    if found is None:
        raise NotOnTheDesk(convention, "proposal", number)
    return found


def find_suggestion(convention: str, number: int) -> tuple[Suggestion, dict[str, str]]:
    """The suggestion of a number, with those of its words that were not erased; raise NotOnTheDesk."""
    found = inbox(convention).suggestions.get(number)
    if found is None:
        raise NotOnTheDesk(convention, "suggestion", number)
    return found, personal_texts(desk_of(convention), number)


def find_clash(convention: str, number: int) -> Clash:
    """The clash of a number; raise NotOnTheDesk."""
    found = inbox(convention).clashes.get(number)
    if found is None:
        raise NotOnTheDesk(convention, "clash", number)
    return found


def held(convention: str) -> Held:
    """What a draft is judged against, as it stands now."""
    rules = pack(convention)
    return Held(
        pack=rules,
        meetings=tuple(calendar(convention).meetings),
        sources=sources(convention),
        register=register(convention, SECRETARIAT),
        today=today(rules.rules.timezone),
        taken=frozenset(FactRow.objects.filter(convention=convention).values_list("key", flat=True).distinct()),
    )


def public_fact(convention: str, key: str) -> Fact:
    """The newest version of a fact that everyone may see; raise NoPublicFact, equally for what is hidden or absent."""
    versions = register(convention, PUBLIC).versions.get(key, ())
    if not versions or versions[-1].standing != "fact" or not versions[-1].stands:
        raise NoPublicFact(convention, key)
    return versions[-1]


def history(convention: str, key: str) -> list[Version]:
    """Every version of a fact that the desk may see, oldest first, with who entered and approved it."""
    versions = register(convention, SECRETARIAT).versions.get(key, ())
    if not versions:
        return []
    hands = {
        number: (entered_by, approved_by)
        for number, entered_by, approved_by in FactRow.objects.filter(convention=convention, key=key).values_list(
            "number", "entered_by", "approved_by"
        )
    }
    return [Version(fact, *hands[fact.number]) for fact in versions]
