"""Drafts that are refused, whole: each fault with its cell, what, why and what to do; nothing is stored."""

import pytest

from servanda.journal.queries import entries
from servanda.register.desk import Draft
from servanda.register.drafting import DraftIsFaulty
from servanda.register.proposing import propose
from tests.desk.drafts import GRANT, a_correction, a_grant, a_verification, an_act

DOCUMENT = {"kind": "organ", "symbol": "LAMP/INF.1", "title": "", "address": "", "note": ""}
PRESS = "The Evening Foghorn"

FAULTS = {
    "a value of the wrong kind": (
        a_grant(value="soon"),
        "value",
        "value: 'soon' is not a date. Dates are written as in ISO 8601. Write a day as 2024-06-18.",
    ),
    "a value where there is none": (
        a_grant(predicate="light-failed", meeting="", value="3"),
        "value",
        "value is '3'. light-failed has no value. Leave it empty.",
    ),
    "a word that is not one of the predicate's": (
        a_grant(predicate="deposit", value="conquest", source="Register of deposits", meeting=""),
        "value",
        "value is 'conquest'. Allowed: ratification, accession, succession. Write one of these.",
    ),
    "a unit beside what is no quantity": (
        a_grant(unit="lamps"),
        "unit",
        "unit is 'lamps'. postponement-granted has no quantity. Leave it empty.",
    ),
    "no source": (
        a_grant(source=""),
        "source",
        "source is empty. No source, no fact. Choose the source in the list, or describe a new one below.",
    ),
    "a source that is not held": (
        a_grant(source="Hearsay"),
        "source",
        (
            "The source 'Hearsay' is not listed. The register holds no source of this name. "
            "Choose one of the list, or describe the new source below."
        ),
    ),
    "the press as the only source on performance": (
        a_grant(source=PRESS),
        "source",
        (
            "The only source is of kind press. A fact on a State's performance needs one of: depositary, decision, "
            "state_report, organ, un, civil_society. Name such a source; what only others say stays a lead."
        ),
    ),
    "a meeting that is not in the calendar": (
        a_grant(meeting="A9"),
        "meeting",
        "meeting is 'A9'. The calendar has no such meeting. Mend the code, or add the meeting.",
    ),
    "a source of the future": (
        a_grant(known_on="2999-01-01"),
        "known_on",
        "known_on is 2999-01-01. Today is ",
    ),
    "a cell that a spreadsheet would run": (
        a_grant(note="=HYPERLINK(1)"),
        "note",
        (
            "note begins like a formula: '=HYPERLINK(1)'. A spreadsheet that opens the file would run it. "
            "Begin the cell with a word, or with a number."
        ),
    ),
    "a fact hidden though coverage says that all are here": (
        a_grant(label="secretariat"),
        "label",
        (
            "label is 'secretariat', and the pack's coverage says that every postponement-granted is in the register. "
            "Whoever may not see the fact would be told that there is no such fact. "
            "Make the fact public, or have the pack take that coverage back."
        ),
    ),
    "a label that the desk could not see": (
        a_grant(predicate="plan-announced", value="", label="state:XBA"),
        "label",
        "label is 'state:XBA'. The desk could not see what it enters. Choose one of: public, parties, secretariat.",
    ),
    "two decisions of one meeting on one State": (
        a_grant(state="XIA"),
        "",
        (
            "A3 decides twice on XIA: XIA.postponement-granted.A3, XIA.postponement-granted.A3.2. A meeting takes one "
            "decision on one request. Name the second source in `also`, or set one of the two aside (rank deprecated)."
        ),
    ),
    "a decision before its request": (
        a_correction("XCA.postponement-granted.A3", valid_from="2006-05-01"),
        "",
        (
            "A3 decided on 2006-05-01, before the request of 2006-09-01. XCA.postponement-granted.A3.2 answers "
            "XCA.postponement-requested.A3, which came later. "
            "Mend the day of one of them, or the meeting to which the request was addressed."
        ),
    ),
    "two preferred facts that disagree": (
        a_grant(
            state="XBA",
            predicate="coasts-lit",
            value="2006-12-25",
            meeting="",
            valid_from="2007-02-01",
            rank="preferred",
        ),
        "",
        (
            "Two preferred facts disagree on XBA, coasts-lit, 2007-02-01: '2006-12-24' (XBA.coasts-lit) and "
            "'2006-12-25' (XBA.coasts-lit.2). Preferred is what an answer takes first; it cannot take both. "
            "Leave `preferred` to the one that the better source says."
        ),
    ),
    "no reason": (
        Draft("add", "", GRANT),
        "reason",
        "No reason is given. Whoever approves, or asks later, needs it. Write a sentence.",
    ),
    "a cell with a control character": (
        a_grant(place="page\x00 4"),
        "place",
        "place is not plain text. It holds a control character. Write it anew, without.",
    ),
    "a cell that goes on for ever": (
        a_grant(note="x" * 4001),
        "note",
        "note has 4001 signs. Up to 4000 are taken. Shorten it.",
    ),
    "an act on nothing": (
        an_act("withdraw", "XIA.nothing"),
        "",
        (
            "There is no fact 'XIA.nothing'. The register that this seat sees holds none of this key. "
            "Start from the fact itself."
        ),
    ),
    "a fact verified again": (
        an_act("verify", "XIA.postponement-granted.A3"),
        "",
        "XIA.postponement-granted.A3 is a fact already. Only a lead is verified. Correct it, if it is wrong.",
    ),
    "a lead corrected": (
        a_correction("XHA.postponement-granted.A3"),
        "",
        (
            "XHA.postponement-granted.A3 is a lead. Nothing rests on it that could be corrected or disputed. "
            "Verify it with a source, or withdraw it."
        ),
    ),
    "a lead verified by what the press says": (
        a_verification(source=PRESS),
        "source",
        (
            "The only source is of kind press. A fact on a State's performance needs one of: depositary, decision, "
            "state_report, organ, un, civil_society. Name such a source; what only others say stays a lead."
        ),
    ),
    "a new source of no kind": (
        Draft("add", "", GRANT | {"source": ""}, document=DOCUMENT | {"kind": ""}, reason="Read."),
        "kind",
        (
            "kind is ''. Allowed: depositary, decision, state_report, organ, un, civil_society, academic, press, "
            "own_rule. Say whose word the source is."
        ),
    ),
    "a new source with an address that a browser would run": (
        Draft("add", "", GRANT | {"source": ""}, document=DOCUMENT | {"address": "javascript:x"}, reason="Read."),
        "address",
        "address is 'javascript:x'. A reader follows it. Write it in full, as https://example.org/report.",
    ),
    "a new source that is held": (
        Draft("add", "", GRANT | {"source": ""}, document=DOCUMENT | {"symbol": "LAMP/A3/9"}, reason="Read."),
        "source",
        "The source 'LAMP/A3/9' is in the register already. A source is described once. Choose it in the list.",
    ),
}


@pytest.fixture
def preferred(desk, toy):
    """The completion of Borchovia, preferred to other sources."""
    from servanda.register.models import Fact

    Fact.objects.filter(key="XBA.coasts-lit").update(rank="preferred")


@pytest.mark.parametrize(("draft", "cell", "said"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_draft_is_refused_and_leaves_no_trace(preferred, draft, cell, said):
    with pytest.raises(DraftIsFaulty) as refused:
        propose(convention="toy", draft=draft, by="ada")

    told = [(fault.cell, str(fault)) for fault in refused.value.faults]
    assert [(found, words[: len(said)]) for found, words in told] == [(cell, said)]
    assert list(entries("toy/desk")) == []


def test_all_faults_of_a_draft_are_told_at_once(desk):
    sound = a_grant(value="soon", valid_from="", known_on="yesterday", meeting="A9", stance="", source=PRESS)

    spoiled = Draft("add", "", sound.cells)

    with pytest.raises(DraftIsFaulty) as refused:
        propose(convention="toy", draft=spoiled, by="ada")

    cells = {fault.cell for fault in refused.value.faults}
    assert cells == {"value", "valid_from", "known_on", "meeting", "stance", "source", "reason"}
