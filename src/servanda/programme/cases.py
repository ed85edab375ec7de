"""The cases of a pack: given its facts (or the case's own), on a day, expect. Run without a database."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from servanda.common.refusals import Refusal
from servanda.convention.calendar import Calendar, Meeting
from servanda.convention.pack import Contents, MeetingRow, Pack
from servanda.people.permissions import SECRETARIAT, labels
from servanda.programme.derivation import derive_tier, find_tier
from servanda.register.deadlines import begin, membership
from servanda.register.facts import Register
from servanda.register.rows import register_of
from servanda.register.status import Question, find_obligation

Case = Mapping[str, Any]


def run_cases(contents: Contents) -> list[str]:
    """What each failing case expected and what came, a line each."""
    bench = CaseBench(contents)
    return [
        f"{case['file']}: {case['title']}: expected {expected}, found {found}"
        for case in contents.cases
        for expected, found in [bench.outcome(case)]
        if expected != found
    ]


class CaseBench:
    """A pack's rules, calendar and register, ready to be asked."""

    def __init__(self, contents: Contents) -> None:
        self.pack = contents.pack
        self.register = register_of(contents)
        self.calendar = calendar_of(contents)

    def outcome(self, case: Case) -> tuple[object, object]:
        """What a case expects, and what the rules find; a refusal is what it says."""
        register = self.register
        try:
            for word, asked in ASKED.items():
                if word in case:
                    return asked(self, register, case)
        except Refusal as refusal:
            return case.get("expect"), refusal.what
        return f"one of {', '.join(ASKED)}", "none of them"

    def entry_into_force(self, register: Register, case: Case) -> tuple[object, object]:
        """When the convention entered into force for each State."""
        expected = case["entry_into_force"]
        view = register.as_known(date.max).firm
        return expected, {state: membership(self.pack, view, state).entry for state in expected}

    def original_deadline(self, register: Register, case: Case) -> tuple[object, object]:
        """The first deadline of each State under an obligation."""
        expected = case["original_deadline"]["expect"]
        rule = find_obligation(self.pack, case["original_deadline"]["obligation"])
        view = register.as_known(date.max).firm
        entries = {state: membership(self.pack, view, state).entry for state in expected}
        return expected, {state: begin(rule, entry).due if entry else None for state, entry in entries.items()}

    def status(self, register: Register, case: Case) -> tuple[object, object]:
        """The status of one State; only what the case expects is compared."""
        asked = case["status"]
        view = register.as_known(asked["known"])
        found = Question(self.pack, self.calendar, view, asked["on"]).status(asked["obligation"], asked["state"])
        all_found = {
            "status": found.word,
            "due": found.due,
            "periods_missed": [[missed.due, missed.ended_on] for missed in found.missed],
        }
        return case["expect"], {name: all_found.get(name) for name in case["expect"]}

    def tier(self, register: Register, case: Case) -> tuple[object, object]:
        """The States of a tier; `computed` and `recorded` by basis, `doubts` as questions."""
        asked = case["tier"]
        found = derive_tier(
            pack=self.pack,
            calendar=self.calendar,
            register=without(register, asked.get("without", ())),
            meeting=self.calendar.meeting(asked["meeting"]),
            tier=find_tier(self.pack, asked["tier"]),
            known=asked["known"],
            seen=labels(SECRETARIAT),
        )
        all_found = {
            "states": list(found.states),
            "computed": [named.state for named in found.named if named.basis == "computed"],
            "recorded": [named.state for named in found.named if named.basis == "recorded"],
            "not_established": [doubt.state for doubt in found.doubts],
        }
        return case["expect"], {name: all_found.get(name) for name in case["expect"]}


ASKED = {
    "entry_into_force": CaseBench.entry_into_force,
    "original_deadline": CaseBench.original_deadline,
    "status": CaseBench.status,
    "tier": CaseBench.tier,
}


def calendar_of(contents: Contents) -> Calendar:
    """The calendar that a pack makes by itself."""
    return Calendar.of(contents.pack.code, (meeting_of(row, contents.pack) for row in contents.meetings))


def meeting_of(row: MeetingRow, pack: Pack) -> Meeting:
    """A row of the calendar as the value that rules use."""
    said = {field.name: getattr(row, field.name) for field in fields(row)}
    formal, title = pack.rules.meeting_kinds[row.kind].formal, pack.meeting_title(row.code, row.kind)
    return Meeting(convention=pack.code, formal=formal, title=title, **said)


def without(register: Register, sources: tuple[str, ...] | list[str]) -> Register:
    """A register without the facts that rest on these sources alone."""
    if not sources:
        return register
    kept = [
        fact
        for fact in register.facts
        if fact.source.key not in sources or any(source.key not in sources for source in fact.also)
    ]
    return replace(register, facts=tuple(kept))
