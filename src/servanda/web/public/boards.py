"""Pages over all States: the status board, the ledger of clauses, and coming deadlines."""

from django.http import HttpRequest, HttpResponse

from servanda.convention.telling import told
from servanda.web.asking import reading, speaking
from servanda.web.listings import (
    WORDS,
    deadlines_table,
    ledger_table,
    read_board,
    read_deadlines,
    read_ledger,
)
from servanda.web.public.pages import handed_out, language, read_page


@speaking
def board(request: HttpRequest, convention: str, form: str = "") -> HttpResponse:
    """Where every State stands with one obligation, in the order of the reader's language."""
    asked = reading(request, convention)
    found = read_board(request, asked, language())
    if form:
        return handed_out(found.table(asked, language()), form, asked)
    context = {
        "here": "board",
        "board": found,
        "obligations": asked.rules.obligations.values(),
        "words": WORDS,
    }
    return read_page(request, "public/board.html", asked, context)


@speaking
def ledger(request: HttpRequest, convention: str, form: str = "") -> HttpResponse:
    """Every clause of a decision, and what the register holds of what followed it."""
    asked = reading(request, convention)
    found = read_ledger(asked, language())
    if form:
        return handed_out(ledger_table(found, asked, language()), form, asked)
    names, predicates = asked.rules.names.states, asked.rules.rules.predicates
    rows = [(names[each.fact.subject], predicates[each.fact.predicate].says.text, each) for each in found]
    return read_page(request, "public/ledger.html", asked, {"here": "ledger", "rows": rows})


@speaking
def deadlines(request: HttpRequest, convention: str, form: str = "") -> HttpResponse:
    """Deadlines ahead, the meeting that would have to decide on an extension, and by when it is requested."""
    asked = reading(request, convention)
    found = read_deadlines(asked, language())
    if form:
        return handed_out(deadlines_table(found, asked, language()), form, asked)
    names = asked.rules.names.states
    context = {
        "here": "deadlines",
        "expected": [
            each for rule in asked.rules.obligations.values() for each in told(asked.rules, rule) if each.source
        ],
        "dated": [(names[each.state], each) for each in found if each.due],
        "undated": [(names[each.state], each) for each in found if each.due is None],
    }
    return read_page(request, "public/deadlines.html", asked, context)
