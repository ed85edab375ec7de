"""The secretariat's page of a programme: whether it fits into its time, what is not settled, its stored versions."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from servanda.common.refusals import WrongUsage
from servanda.convention.calendar import NoFormalMeetingAhead, NotYetAnnounced
from servanda.convention.queries import calendar, pack
from servanda.floor.replaying import has_rules, rehearsals
from servanda.programme.actions import issue_plan, store_plan
from servanda.programme.derivation import Derivation, TierList
from servanda.programme.forecast import NoTimeLimit
from servanda.programme.plain import plain_text
from servanda.programme.plan import Plan, Tier
from servanda.programme.queries import derivation
from servanda.programme.queries import forecast as foreseen
from servanda.programme.queries import plan as built
from servanda.programme.revisions import Difference, differences
from servanda.programme.sheet import sheet
from servanda.programme.versions import Version, stored, versions
from servanda.web.asking import times
from servanda.web.desk.admission import admitted, author, language, seat
from servanda.web.notice import own_notice
from servanda.web.rehearsal.players import SPEEDS
from servanda.web.secretariat.views import shown

LIMIT = "limit-"
SHOWN = 5  # of the rehearsals of a meeting; its own page has more


class NotSeconds(WrongUsage):
    """A time limit to try out is no number of seconds."""

    def __init__(self, tier: str, text: str) -> None:
        super().__init__(
            f"The limit {text[:20]!r} of {tier[:60]} is no number of seconds.",
            "A time limit is tried out in whole seconds.",
            "Write it as 120, or leave the field empty for the limit of the rules of procedure.",
        )


@dataclass(frozen=True, slots=True)
class ShownTier:
    """A list of a programme as the secretariat sees it: how many it names or would name, how many are left open."""

    tier: Tier
    found: TierList | None
    tried: int | None


@admitted("see what is not settled")
@require_safe
def programme(request: HttpRequest, convention: str, code: str) -> HttpResponse:
    """A programme: forecast with limits to try out, lists with what they leave open, and versions."""
    rules, meeting, asked = pack(convention), calendar(convention).meeting(code), times(request, convention)
    limits = limits_in(request.GET)
    plan = built(convention, meeting.code, asked.known)
    context = {
        "meeting": meeting,
        "plan": plan,
        "known": asked.known or meeting.start,
        "times": asked,
        "lists": lists_of(request, plan, limits),
        "versions": list(reversed(versions(convention, meeting.code, seat(request)))),
        "can_rehearse": has_rules(rules, meeting),
        "rehearsals": rehearsals(convention, meeting.code)[:SHOWN],
        "speeds": SPEEDS,
        **forecast_of(plan, limits),
    }
    return shown(request, "programme", rules, context)


def limits_in(asked: Mapping[str, str]) -> dict[str, int]:
    """The time limits to try out, seconds by tier; raise NotSeconds."""
    found = {name.removeprefix(LIMIT): text.strip() for name, text in asked.items() if name.startswith(LIMIT)}
    for tier, text in found.items():
        if text and not (text.isascii() and text.isdecimal() and len(text) <= 6):
            raise NotSeconds(tier, text)
    return {tier: int(text) for tier, text in found.items() if text}


def forecast_of(plan: Plan, limits: Mapping[str, int]) -> dict[str, object]:
    """How long the programme takes, with limits tried out beside the limits in force; or why that is not foreseen."""
    try:
        found = foreseen(plan.convention, plan.code, plan.as_of.known, limits)
    except NoTimeLimit as refusal:
        return {"unforeseen": refusal}
    return {"forecast": found}


def lists_of(request: HttpRequest, plan: Plan, limits: Mapping[str, int]) -> list[ShownTier]:
    """The lists of a programme with who is in them for the secretariat."""
    deriving = derivation(plan.convention, plan.code, plan.as_of.known, None, seat(request))
    return [ShownTier(tier, derived(deriving, tier), limits.get(tier.kind)) for tier in plan.tiers]


def derived(deriving: Derivation, tier: Tier) -> TierList | None:
    """Who is in a list; None where its rule looks further than the calendar."""
    try:
        return deriving.tier(tier.kind)
    except (NoFormalMeetingAhead, NotYetAnnounced):
        return None


@admitted("store a programme")
@require_POST
def store(request: HttpRequest, convention: str, code: str) -> HttpResponse:
    """Store what the register derives now as a version, a draft; then back to the page."""
    version = store_plan(plan=built(convention, code), by=author(request))
    return to_version(version)


@admitted("see drafts of programmes")
@require_safe
def version(request: HttpRequest, convention: str, code: str, number: int) -> HttpResponse:
    """A version whole, and beside the one before it in words: the second look before it is issued."""
    rules, meeting = pack(convention), calendar(convention).meeting(code)
    here = stored(convention, meeting.code, number, seat=seat(request))
    context = {
        "meeting": meeting,
        "version": here.version,
        "newest": versions(convention, meeting.code, seat(request))[-1].version,
        "text": plain_text(sheet(here.plan, rules.names, language(), here.issued, own_notice())),
        **compared(convention, here.plan, here.version, request),
    }
    return shown(request, "version", rules, context)


def compared(convention: str, plan: Plan, version: Version, request: HttpRequest) -> dict[str, object]:
    """What differs from the version before, if there is one."""
    if version.version == 1:
        return {"before": None, "differences": []}
    before = stored(convention, plan.code, version.version - 1, seat=seat(request))
    found: tuple[Difference, ...] = differences(before.plan, plan, pack(convention).names.states)
    return {"before": before.version, "differences": found}


@admitted("issue a programme")
@require_http_methods(["POST"])
def issue(request: HttpRequest, convention: str, code: str, number: int) -> HttpResponse:
    """Issue a version: from then on it stays as it is."""
    return to_version(issue_plan(convention=convention, meeting=code, version=number, by=author(request)))


def to_version(version: Version) -> HttpResponse:
    """To the page of a version."""
    words = [language(), version.convention, version.meeting, version.version]
    return HttpResponseRedirect(reverse("secretariat:version", args=words))
