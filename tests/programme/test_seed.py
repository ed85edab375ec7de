"""The programme of June 2024 as it was printed, in French, beside the one that is derived: entry by entry.

The printed text lies beside the repository where the pack is worked on, and nowhere else. It is read here by a
small grammar of its own, made for this one text.
"""

import re
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from pathlib import Path

import pytest

from servanda.common.names import UnknownState, united_nations
from servanda.programme.sheet import sheet
from tests.programme.house_words import HouseWords
from tests.programme.test_composing import composed

PRINTED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "apmbc-intersessional-2024-programme-fr.txt"
needs_printed = pytest.mark.skipif(
    not PRINTED.is_file(), reason="the printed programme does not lie beside this repository"
)

DAY = re.compile(r"(?:Mardi|Mercredi|Jeudi), (\d+) juin 2024")
TIME = re.compile(r"(\d\d)h(\d\d)\s*(.*)")
TITLE = re.compile(r"(?:(\d+[a-z]?|[a-z])\. )?(.+)")
STARTS = re.compile(r"(\d+[a-z]?|[a-z])\. |Panel thématique|Pause déjeuner|Fin d|Première réunion")
FOOTNOTE = re.compile(r" (\d) (Afghanistan[^.]*)\.")
ACTIONS = re.compile(r"[Aa]ctions (\d+) (?:à|et) (\d+)")


@dataclass
class Line:
    """One entry as printed."""

    day: date
    at: time | None
    title: str
    number: str = ""
    continued: bool = False
    document: int | None = None
    body: str = ""
    marks: dict = field(default_factory=dict)

    @property
    def actions(self):
        return [(int(first), int(last)) for first, last in ACTIONS.findall(self.body)]

    @property
    def lists(self):
        """The lists of names in brackets, and in footnotes, as codes."""
        found = [codes(words) for words in re.findall(r"\(([^()]+)\)", self.body)]
        return [*(codes(words) for words in self.marks.values()), *(each for each in found if each)]

    def as_compared(self):
        return (self.day, self.at, self.number, self.title, self.continued, self.document)


def plain(text):
    """Words without what only typography adds."""
    text = text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    return re.sub(r"\s+", " ", text).strip()


def names(words):
    """The names of a printed list."""
    return re.split(r", | et ", plain(words))


def codes(words):
    """The States that a printed list names; nobody where one of the words is no State."""
    try:
        return {united_nations().read(name).state.code for name in names(words)}
    except UnknownState:
        return set()


@cache
def printed():
    """Every entry of the printed programme, in its order, and its head."""
    head, entries, day, at, in_title = [], [], None, None, False
    for raw in PRINTED.read_text(encoding="utf-8").replace("\f", "\n").splitlines():
        text = plain(raw)
        if found := DAY.fullmatch(text):
            day, in_title = date(2024, 6, int(found[1])), False
            continue
        if found := TIME.match(text):
            at, text = time(int(found[1]), int(found[2])), found[3]
        if day is None:
            head.append(text)
        elif STARTS.match(text):
            entries.append(Line(day, at, text))
            at, in_title = None, True
        elif not text:
            in_title = in_title and "(" in entries[-1].title and ")" not in entries[-1].title
        elif in_title:
            entries[-1].title += f" {text}"
        else:
            entries[-1].body += f" {text}"
    return plain(" ".join(head)), [taken_apart(entry) for entry in entries]


def taken_apart(entry):
    """An entry with number, continuation and document out of its title, and footnotes out of its body."""
    number, title = TITLE.fullmatch(plain(entry.title)).groups()
    entry.number, entry.continued = number or "", title.endswith("(suite)")
    if document := re.search(r" \(voir l'ordre du jour séparé dans le document (\d+)\)", title):
        entry.document = int(document[1])
        title = title.replace(document[0], "")
    entry.title = plain(title.removesuffix("(suite)"))
    if footnote := FOOTNOTE.search(entry.body):
        entry.marks[footnote[1]] = footnote[2]
    return entry


@cache
def derived():
    return composed("apmbc", "IM2024")


def derived_line(day, entry):
    """An entry of the plan as it is compared with the printed one."""
    item = derived().item_of(entry)
    number = item.printed.rstrip(".") if item else ""
    title = plain(derived().title_of(entry).words["fr"])
    return (day, entry.at, number, title, entry.continued, entry.document.number if entry.document else None)


def taken(number, continued=False):
    return next(each for each in printed()[1] if (each.number, each.continued) == (number, continued))


@needs_printed
def test_the_printed_programme_and_the_derived_one_have_the_same_entries():
    lines = [derived_line(day.day, entry) for day in derived().days for entry in day.lines]

    assert lines == [entry.as_compared() for entry in printed()[1]]
    assert len(lines) == 24


@needs_printed
def test_they_have_the_same_head(monkeypatch):
    monkeypatch.setattr("servanda.common.phrases.catalogue", HouseWords)
    plan = derived()

    head = printed()[0]

    assert head == (
        f"{plain(plan.convention_title.words['fr'])} {plan.title.words['fr']} - 18-20 juin 2024 "
        f"{plain(str(sheet(plan, united_nations(), 'fr').place))} Programme"
    )
    assert (plan.start, plan.end) == (date(2024, 6, 18), date(2024, 6, 20))
    assert (str(plan.city), str(plan.venue), plan.room) == ("Geneva", "World Meteorological Organization", "Obasi")
    assert {plan.city.standing_in("fr"), plan.venue.standing_in("fr")} == {"official"}


@needs_printed
def test_they_name_the_same_states_in_the_same_lists():
    lists = [each for entry in printed()[1] for each in entry.lists]

    assert [set(tier.states) for tier in derived().tiers if tier.invited] == lists
    assert [len(each) for each in lists] == [38, 9, 7, 2]


@needs_printed
def test_the_longest_list_stands_in_the_footnote_of_the_same_mark():
    assert [tier.footnote for tier in derived().items["2"].tiers if tier.footnote] == list(taken("2").marks)


@needs_printed
def test_they_cite_the_same_actions():
    cited = [pair for entry in printed()[1] for pair in entry.actions]

    derived_pairs = [(each.first, each.last) for item in derived().agenda for each in item.actions]
    assert derived_pairs == cited


@needs_printed
def test_they_name_the_same_persons_to_speak():
    for number in ("1", "8"):
        for presenter in derived().items[number].presenters:
            assert presenter.person in taken(number).body
            assert plain(presenter.office.words["fr"]).split(", ")[0] in taken(number).body


@needs_printed
def test_the_names_that_the_united_nations_write_in_another_way_are_these():
    known = united_nations()

    printed_names = {name for entry in printed()[1] for words in entry.marks.values() for name in names(words)}

    differing = {
        name: known.read(name).state.names["fr"]
        for name in printed_names
        if name != plain(known.read(name).state.names["fr"])
    }
    assert differing == {"Irak": "Iraq", "Nigeria": "Nigéria", "Turquie": "Türkiye"}


@needs_printed
def test_the_footnote_keeps_the_order_of_english_names_in_all_but_three_places():
    known = united_nations()
    as_printed = [known.read(name).state.code for name in names(taken("2").marks["1"])]
    misplaced = {"TCD", "NGA", "PSE"}

    called = derived().items["2"].tiers[0].states

    assert [code for code in as_printed if code not in misplaced] == [code for code in called if code not in misplaced]


def test_the_actions_of_one_tier_stand_under_it():
    given = {tier.kind: [(each.first, each.last) for each in tier.actions] for tier in derived().tiers if tier.actions}

    assert given == {"article-9-outstanding": [(50, 50)], "article-4-late": [(13, 15)], "mines-retained": [(16, 17)]}


def test_who_else_is_given_the_floor_stands_in_a_tier_that_is_open():
    asked = {item: derived().items[item].tiers[-1] for item in ("2", "7.a")}

    assert {item: (tier.kind, tier.prints, bool(tier.open_to)) for item, tier in asked.items()} == {
        "2": ("victim-assistance-others", "rule", True),
        "7.a": ("support-unit-views", "rule", True),
    }
