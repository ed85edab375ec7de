"""Nothing was lost on the way into the pack: each row of the facts collected for it is held, or left out with a reason.

The collection lies beside the repository where the pack is worked on, and nowhere else.
"""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from tests.packs.shelf import APMBC

COLLECTED = Path(__file__).resolve().parents[3] / "shared" / "facts" / "apmbc"
needs_collection = pytest.mark.skipif(
    not COLLECTED.is_dir(), reason="the facts as they were collected do not lie beside this repository"
)

COMPUTED = "a deadline that the pack works out by rule"
PARTY_TO_CONFLICT = "media of a party to a conflict with the State"
ARTICLE_1 = "use of mines, which no document of the Convention says"
HELD_AS_DEPOSIT = "the deposit itself is in facts/states.csv"
NO_STATE = "a sum that no State owes"

STOCKS = {
    "completion_declared": ("stockpile-destroyed", "no-stockpile-reported"),
    "deadline_missed": ("stockpile-deadline-missed",),
    "discovered_stockpile": ("stockpile-discovered",),
    "stock_remaining": ("stockpile-remaining",),
}
OUTSIDE = {
    "unga_vote": ("assembly-vote",),
    "first_committee_vote": ("first-committee-vote",),
    "attended_meeting": ("attended",),
    "general_statement_at_meeting": ("statement-made",),
    "statement": ("attended", "statement-on-joining"),
    "policy": ("policy-announced",),
    "voluntary_report": ("voluntary-report",),
}
SUPPORT = {
    "contribution": ("contribution",),
    "pledge": ("pledge",),
    "pledging_conference_participant": ("pledging-conference-attended",),
}


def of_article_3(row):
    """How a row of this file is found in the pack: its predicates, and what its text must say."""
    return ("mines-retained",), (row["year"], row["quantity"])


def of_article_4(row):
    """As above; a deadline is worked out, and two numbers came from media that are not used."""
    if row["event"] == "deadline":
        return COMPUTED
    if (row["iso3"], row["date"]) in (("UKR", "2022-11-25"), ("TUR", "2010-06")):
        return PARTY_TO_CONFLICT
    marks = [row["date"]]
    if row["quantity"] not in ("", "0"):
        marks.append(row["quantity"])
    return STOCKS[row["event"]], tuple(marks)


def of_article_7(row):
    """As above; a report that never came has no year."""
    if "no report at all" in row["note"] or "never submitted" in row["note"]:
        return ("initial-report-not-received",), ()
    if row["submitted"] == "no":
        return ("annual-report-not-received",), (row["calendar_year_reported"],)
    marks = () if row["submitted"] == "yes" else (row["submitted"],)
    return ("annual-report", "report-submitted", "initial-report"), marks


def of_article_9(row):
    """As above; of three States the source says that there is no law, not that nothing was reported."""
    word = "no-specific-legislation" if row["iso3"] in ("ARG", "MDV", "THA") else row["status"].replace("_", "-")
    return ("national-measures",), (row["year"], word)


def of_victim_assistance(row):
    """As above."""
    return ("victims-counted",), (row["from"] or "2024-06-18",)


def of_universalization(row):
    """As above; use of mines is left out, and a State that joined since is among the deposits."""
    if row["fact"] == "use_of_mines":
        return ARTICLE_1
    if row["value"] in ("ratified", "acceded"):
        return HELD_AS_DEPOSIT
    marks = (row["year"], row["detail"]) if row["fact"] == "unga_vote" else (row["year"],)
    return OUTSIDE[row["fact"]], marks


def of_isu_finance(row):
    """As above."""
    if not row["iso3"]:
        return NO_STATE
    return SUPPORT[row["kind"]], (row["year"], row["amount"], row["currency"])


def of_committees(row):
    """As above."""
    return ("chairs-organ" if row["role"] == "chair" else "member-of-organ",), (f".{row['year']}",)


FILES = {
    "article3": (of_article_3, {}),
    "article4": (of_article_4, {COMPUTED: 24, PARTY_TO_CONFLICT: 2}),
    "article7": (of_article_7, {}),
    "article9": (of_article_9, {}),
    "victim_assistance": (of_victim_assistance, {}),
    "universalization": (of_universalization, {ARTICLE_1: 2, HELD_AS_DEPOSIT: 2}),
    "isu_finance": (of_isu_finance, {NO_STATE: 2}),
    "committees": (of_committees, {}),
}


def collected(name):
    """The rows of one file as they were collected."""
    with (COLLECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def held():
    """The texts of the pack's rows, facts and leads, by State and predicate; numbers without a comma."""
    texts = defaultdict(list)
    for path in sorted([*APMBC.glob("facts/*.csv"), *APMBC.glob("leads/*.csv")]):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                texts[row["state"], row["predicate"]].append(" ".join(row.values()).replace(",", ""))
    return texts


def is_held(row, predicates, marks):
    """Whether a row of the pack says all of this about the State."""
    said = [text for predicate in predicates for text in held().get((row["iso3"], predicate), [])]
    return any(all(mark in text for mark in marks) for text in said)


@needs_collection
@pytest.mark.parametrize("name", FILES)
def test_each_row_is_held_or_left_out_for_a_reason(name):
    find, reasons = FILES[name]
    left_out = defaultdict(int)
    lost = []

    for row in collected(name):
        wanted = find(row)
        if isinstance(wanted, str):
            left_out[wanted] += 1
        elif not is_held(row, *wanted):
            lost.append(row)

    assert (lost, dict(left_out)) == ([], reasons)


def counted(line):
    """File, facts and leads, of a line of the table in the page on the pack."""
    cells = [cell.strip(" `") for cell in line.strip("|\n").split("|")]
    return cells[0], int(cells[2]), int(cells[3])


def length_of(path):
    """How many rows a file has; a file that is not there has none."""
    if not path.exists():
        return 0
    with path.open(encoding="utf-8", newline="") as file:
        return len(list(csv.DictReader(file)))


def test_the_page_on_the_pack_counts_its_rows():
    page = (APMBC.parents[1] / "docs" / "packs-apmbc.md").read_text(encoding="utf-8")

    told = [counted(line) for line in page.splitlines() if ".csv` |" in line]

    names = sorted({path.name for path in APMBC.glob("*/*.csv") if path.parent.name in ("facts", "leads")})
    assert sorted(told) == [(n, length_of(APMBC / "facts" / n), length_of(APMBC / "leads" / n)) for n in names]
