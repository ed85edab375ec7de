"""The pages of the desk: what awaits a person, a draft, a proposal with what it would change, a fact's history."""

import secrets
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from servanda.common.refusals import Unknown, WrongUsage
from servanda.convention.queries import conventions, pack
from servanda.people.permissions import may
from servanda.people.queries import accounts
from servanda.programme.queries import effects_of
from servanda.register import proposing
from servanda.register.desk import Act, Draft
from servanda.register.drafting import DraftIsFaulty, Fault, Held, cells_of, completed, faults
from servanda.register.facts import Fact
from servanda.register.inbox import find_clash, find_proposal, find_suggestion, held, history, inbox
from servanda.web.desk.admission import admitted, author, language, seat
from servanda.web.desk.forms import (
    choice_of_predicate,
    choice_of_state,
    document_fields,
    draft_in,
    fields,
    reason_field,
)
from servanda.web.desk.showing import acts, lines, page

FORM = ["GET", "HEAD", "POST"]


class NoSuchAct(WrongUsage):
    """The address asks for something that the desk cannot do."""

    def __init__(self, act: str) -> None:
        super().__init__(
            f"The desk does not know the act {act[:40]!r}.", f"It knows: {', '.join(acts())}.", "Choose one of these."
        )


class NoSuchFact(Unknown):
    """The address names a fact that the desk does not see."""

    def __init__(self, convention: str, key: str) -> None:
        super().__init__(
            f"The register of {convention} holds no fact {key[:200]!r}.",
            "A fact is found by its key, exactly.",
            "Start from the page of the State, or from the first page of the desk.",
        )


class NoSuchPredicate(Unknown):
    """The address names a State or predicate that the pack does not have."""

    def __init__(self, state: str, predicate: str) -> None:
        super().__init__(
            f"Nothing can be said of {state[:40]!r} with {predicate[:60]!r}.",
            "The pack has no such State, or no such predicate.",
            "Choose both in the lists.",
        )


@admitted("see the desk")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The conventions, and how much awaits a person in each."""
    names = [name for name in conventions() if may(seat(request), "see the desk", name)]
    shown = [(pack(name).rules, inbox(name)) for name in names]
    return page(request, "desk/home.html", {"conventions": shown})


@admitted("see the desk")
@require_safe
def desk(request: HttpRequest, convention: str) -> HttpResponse:
    """What awaits a person: proposals, suggestions of readers, clashes with the pack; and what was done last."""
    found = inbox(convention)
    done = sorted((each for each in found.proposals.values() if each.ending), key=lambda each: each.ending.at)  # type: ignore[union-attr]
    context = {"rules": pack(convention).rules, "inbox": found, "done": done[:-21:-1], "acts": acts()}
    return page(request, "desk/desk.html", context)


@admitted("propose a fact")
@require_http_methods(FORM)
def propose(request: HttpRequest, convention: str) -> HttpResponse:
    """The form of a draft; sent with `look`, it shows what the draft would change and saves nothing."""
    told = request.POST if request.method == "POST" else request.GET
    now_held, act = held(convention), act_in(told.get("act", "add"))
    concerned = concerned_in(convention, told.get("fact", ""), act, now_held)
    if concerned is None and not told.get("predicate"):
        context = {
            "rules": now_held.pack.rules,
            "state": choice_of_state(now_held),
            "predicate": choice_of_predicate(now_held),
        }
        return page(request, "desk/choose.html", context)
    draft = draft_in(told.dict(), act, concerned)
    refuse_unknown_place(draft, now_held)
    if request.method != "POST":
        return form(request, convention, draft, now_held)
    if "look" in told:
        return looked_at(request, convention, draft, now_held)
    try:
        made = proposing.propose(
            convention=convention, draft=draft, by=author(request), key=form_key(told.get("once", ""))
        )
    except DraftIsFaulty as refused:
        return form(request, convention, draft, now_held, refused.faults)
    return HttpResponseRedirect(reverse("desk:proposal", args=[language(), convention, made.number]))


def act_in(text: str) -> Act:
    """The act of an address; raise NoSuchAct."""
    if text not in acts():
        raise NoSuchAct(text)
    return text  # type: ignore[return-value]


def concerned_in(convention: str, key: str, act: Act, now_held: Held) -> Fact | None:
    """The fact that an act concerns; raise NoSuchFact."""
    if act == "add":
        return None
    if key not in now_held.newest:
        raise NoSuchFact(convention, key)
    return now_held.newest[key]


def refuse_unknown_place(draft: Draft, now_held: Held) -> None:
    """Raise NoSuchPredicate where there is no field to show."""
    state, predicate = draft.cells["state"], draft.cells["predicate"]
    if state not in now_held.pack.names.states or predicate not in now_held.pack.rules.predicates:
        raise NoSuchPredicate(state, predicate)


def form_key(once: str) -> str | None:
    """The key of a form, under which it is taken once."""
    return f"form-{once}" if once.isascii() and once.isalnum() and 8 <= len(once) <= 40 else None


def looked_at(request: HttpRequest, convention: str, draft: Draft, now_held: Held) -> HttpResponse:
    """The form again, with what the draft would change, or with its faults."""
    found = faults(completed(draft, now_held), now_held)
    if found:
        return form(request, convention, draft, now_held, found)
    return form(request, convention, draft, now_held, effects=effects_of(convention, completed(draft, now_held)))


def form(
    request: HttpRequest,
    convention: str,
    draft: Draft,
    now_held: Held,
    wrong: list[Fault] | None = None,
    effects: object = None,
) -> HttpResponse:
    """The page of the form."""
    found, rules = wrong or [], now_held.pack
    shown = fields(draft, now_held, found)
    documents, reason = document_fields(draft, found), reason_field(draft, found)
    beside = {id(fault) for each in (*shown, *documents, reason) for fault in each.faults}
    context = {
        "rules": rules.rules,
        "draft": draft,
        "act": acts()[draft.act],
        "state": rules.names.states[draft.cells["state"]],
        "says": rules.rules.predicates[draft.cells["predicate"]].says.text,
        "fields": shown,
        "documents": documents,
        "reason": reason,
        "faults": found,
        "general": [fault for fault in found if id(fault) not in beside],
        "effects": effects,
        "lines": lines(cells_of(now_held.newest[draft.concerns]), None, rules) if draft.concerns else [],
        "once": request.POST.get("once") or secrets.token_hex(12),
    }
    return page(request, "desk/propose.html", context, status=DraftIsFaulty.status if found else 200)


@admitted("see the desk")
@require_safe
def proposal(request: HttpRequest, convention: str, number: int) -> HttpResponse:
    """A proposal: the row, what it would change, and who may do what with it."""
    found, now_held = find_proposal(convention, number), held(convention)
    versions = now_held.register.versions.get(found.draft.concerns, ())
    before = next((each for each in versions if each.number == found.draft.based_on), None)
    context = {
        "rules": now_held.pack.rules,
        "proposal": found,
        "at": datetime.fromisoformat(found.at),
        "act": acts()[found.draft.act],
        "lines": lines(found.draft.cells, cells_of(before) if before else None, now_held.pack),
        "source": now_held.sources.get(found.draft.cells["source"]),
        "is_author": author(request) == found.by,
        "effects": effects_of(convention, found.draft) if not found.ending else None,
        "faults": faults(found.draft, now_held) if not found.ending else [],
        "is_hidden": found.draft.cells["label"] != "public",
    }
    return page(request, "desk/proposal.html", context)


@admitted("approve a fact")
@require_POST
def approve(request: HttpRequest, convention: str, number: int) -> HttpResponse:
    """Take the proposed fact into the register."""
    proposing.approve(convention=convention, number=number, by=author(request))
    return HttpResponseRedirect(reverse("desk:proposal", args=[language(), convention, number]))


@admitted("decline a proposal")
@require_POST
def decline(request: HttpRequest, convention: str, number: int) -> HttpResponse:
    """Say no, with the reason."""
    proposing.decline(convention=convention, number=number, by=author(request), reason=request.POST.get("reason", ""))
    return HttpResponseRedirect(reverse("desk:proposal", args=[language(), convention, number]))


@admitted("withdraw a proposal")
@require_POST
def withdraw(request: HttpRequest, convention: str, number: int) -> HttpResponse:
    """Take one's own proposal back, with the reason."""
    proposing.withdraw(convention=convention, number=number, by=author(request), reason=request.POST.get("reason", ""))
    return HttpResponseRedirect(reverse("desk:proposal", args=[language(), convention, number]))


@admitted("see the desk")
@require_safe
def fact(request: HttpRequest, convention: str) -> HttpResponse:
    """The history of a fact: its versions, who entered and approved each, and every proposal about it."""
    key, rules = request.GET.get("key", ""), pack(convention)
    versions = history(convention, key)
    if not versions:
        raise NoSuchFact(convention, key)
    shown = [
        (each, lines(cells_of(each.fact), cells_of(before.fact) if before else None, rules))
        for before, each in zip([None, *versions], versions, strict=False)
    ]
    context = {
        "rules": rules.rules,
        "key": key,
        "versions": shown,
        "newest": versions[-1].fact,
        "proposals": inbox(convention).about(key),
        "acts": acts(),
    }
    return page(request, "desk/fact.html", context)


@admitted("see the desk")
@require_safe
def suggestion(request: HttpRequest, convention: str, number: int) -> HttpResponse:
    """What a reader says about a fact."""
    found, words = find_suggestion(convention, number)
    context = {"rules": pack(convention).rules, "suggestion": found, "words": words}
    return page(request, "desk/suggestion.html", context)


@admitted("close a suggestion")
@require_POST
def close_suggestion(request: HttpRequest, convention: str, number: int) -> HttpResponse:
    """Answer a suggestion without a change."""
    reason = request.POST.get("reason", "")
    proposing.close_suggestion(convention=convention, number=number, reason=reason, by=author(request))
    return HttpResponseRedirect(reverse("desk:desk", args=[language(), convention]))


@admitted("erase a suggestion")
@require_POST
def erase_suggestion(request: HttpRequest, convention: str, number: int) -> HttpResponse:
    """Erase a reader's words and contact for good."""
    proposing.erase_suggestion(convention=convention, number=number, by=author(request))
    return HttpResponseRedirect(reverse("desk:suggestion", args=[language(), convention, number]))


@admitted("see the desk")
@require_safe
def clash(request: HttpRequest, convention: str, number: int) -> HttpResponse:
    """What the pack says, beside what the desk says."""
    found, rules = find_clash(convention, number), pack(convention)
    local = history(convention, found.local_key)[-1].fact
    context = {"rules": rules.rules, "clash": found, "lines": lines(cells_of(local), said_cells(found.said), rules)}
    return page(request, "desk/clash.html", context)


def said_cells(said: object) -> dict[str, str]:
    """What a pack's row says, as the cells of a form."""
    cells = dict(said) if isinstance(said, dict) else {}
    return cells | {"state": cells.get("subject", ""), "also": ""}


@admitted("settle a clash")
@require_POST
def settle_clash(request: HttpRequest, convention: str, number: int) -> HttpResponse:
    """Let the desk's fact stand, with the reason."""
    reason = request.POST.get("reason", "")
    proposing.settle_clash(convention=convention, number=number, reason=reason, by=author(request))
    return HttpResponseRedirect(reverse("desk:desk", args=[language(), convention]))


@admitted("see accounts")
@require_safe
def show_accounts(request: HttpRequest) -> HttpResponse:
    """Who may sign in, with which seat."""
    return page(request, "desk/accounts.html", {"accounts": accounts()})
