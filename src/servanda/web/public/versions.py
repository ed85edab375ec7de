"""What was issued of a programme, as its pages show it: frozen lists with their reasons, and one version by another."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from servanda.common.names import Names, State
from servanda.convention.queries import calendar
from servanda.documents.queries import sources
from servanda.documents.sources import Source
from servanda.programme.plan import Invited, Tier
from servanda.programme.revisions import Difference, differences
from servanda.programme.versions import NoSuchVersion, Stored, rules_of, stored, versions
from servanda.web.asking import reading, speaking
from servanda.web.issued import Chosen, number_of_meeting
from servanda.web.public.meetings import about, sent_on
from servanda.web.public.pages import language, read_page


@dataclass(frozen=True, slots=True)
class Cited:
    """A source by its name, with the address that the register has for it, if it has one."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class FrozenName:
    """A State in an issued list, with the sources of its reasons, each once."""

    state: State
    invited: Invited
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class FrozenTier:
    """A list as it was issued; `is_held` says whether the rules in force have a list of this name."""

    tier: Tier
    names: tuple[FrozenName, ...]
    is_held: bool


def frozen_tiers(tiers: tuple[Tier, ...], chosen: Chosen, held: Mapping[str, object]) -> list[FrozenTier]:
    """The lists of an item as they were issued; `held` are the tiers of the rules in force."""
    cited_in = sources(chosen.plan.convention)
    return [FrozenTier(tier, frozen_names(tier, chosen.names, cited_in), tier.kind in held) for tier in tiers]


def frozen_names(tier: Tier, names: Names, held: Mapping[str, Source]) -> tuple[FrozenName, ...]:
    """Who is named in a list, in the order of the reader's language; nobody where it prints its rule."""
    if tier.prints == "rule":
        return ()
    by_code = {each.state: each for each in tier.invited}
    found = names.sorted_in(by_code, language())
    return tuple(FrozenName(state, by_code[state.code], cited(by_code[state.code], held)) for state in found)


def cited(invited: Invited, held: Mapping[str, Source]) -> tuple[Cited, ...]:
    """The sources of the reasons for which a State is named, each once; one that is not held, as it was cited."""
    found = dict.fromkeys(source for reason in invited.because for source in reason.sources)
    return tuple(Cited(held[key].name, held[key].address) if key in held else Cited(key) for key in found)


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """An issued version, and what in it differs from the one issued before."""

    held: Stored
    before: Stored | None
    differences: tuple[Difference, ...]


@speaking
def issued_versions(request: HttpRequest, convention: str, code: str) -> HttpResponse:
    """Every issued version of a programme, newest first, each with what differs from the one before, in words."""
    asked, meeting = reading(request, convention), calendar(convention).meeting(code)
    if meeting.code != code:
        return sent_on("versions", convention, meeting.code, asked=asked)
    numbers = number_of_meeting(convention, code)
    shown = shown_versions(convention, code)
    if not shown:
        raise NoSuchVersion(convention, code, None, [])
    context = about(asked, meeting) | {"shown": shown, "plan": shown[0].held.plan}
    return read_page(request, "public/programme_versions.html", asked, context, numbers)


def shown_versions(convention: str, code: str) -> list[ShownVersion]:
    """The issued versions of a programme, newest first; raise VersionWasAltered."""
    held = [stored(convention, code, each.version, issued=True) for each in versions(convention, code)]
    shown = [
        ShownVersion(here, before, compared(before, here)) for here, before in zip(held, [None, *held], strict=False)
    ]
    return shown[::-1]


def compared(before: Stored | None, here: Stored) -> tuple[Difference, ...]:
    """What differs between two versions; nothing for the first."""
    return differences(before.plan, here.plan, rules_of(here.plan).names.states) if before else ()
