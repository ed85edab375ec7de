"""The status of an obligation of a State on a day, as known on a day.

What is said is computed twice, with and without leads: what holds both ways is stated, what holds one
way only is unknown and a question. A deadline is said to have passed only where the register is declared
complete to that day.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from servanda.common.refusals import Unknown
from servanda.common.wording import N_, Sentence
from servanda.convention.calendar import Calendar, Meeting
from servanda.convention.checking import MEMBERSHIP
from servanda.convention.pack import Pack
from servanda.convention.rules import Obligation
from servanda.register.deadlines import Course, Membership, Missed, course_of, membership
from servanda.register.explain import Step
from servanda.register.facts import View

Word = Literal["not applicable", "pending", "met", "met late", "deadline passed", "extended", "unknown"]


class UnknownObligation(Unknown):
    """The pack has no obligation of this name."""

    def __init__(self, pack: Pack, name: str) -> None:
        super().__init__(
            f"{pack.code} has no obligation {name!r}.",
            "An obligation is named by its id in the pack.",
            f"Known: {', '.join(pack.obligations)}.",
        )


@dataclass(frozen=True)
class Status:
    """Where a State stands with an obligation on `on`, as known on `known`; `sentence` says it.

    `due` is the deadline in force, where there is one and it is known.
    """

    obligation: str
    state: str
    on: date
    known: date
    word: Word
    sentence: Sentence
    due: date | None = None
    missed: tuple[Missed, ...] = ()
    steps: tuple[Step, ...] = ()
    caution: Sentence | None = None
    course: Course | None = None

    @property
    def last_due(self) -> date | None:
        """The last deadline that this view knows of, also where it is not said to be in force."""
        return self.course.due if self.course else None

    @property
    def is_open(self) -> bool:
        """Whether the obligation binds the State and is not fulfilled, as far as this view tells."""
        return self.course is not None and self.course.has_begun and self.course.is_open


@dataclass(frozen=True)
class Question:
    """What a status is asked of: the rules, the calendar, the view and the two days."""

    pack: Pack
    calendar: Calendar
    view: View
    on: date

    def status(self, obligation: str, state: str) -> Status:
        """The status that holds with and without leads; `unknown` where leads would change it."""
        rule = find_obligation(self.pack, obligation)
        firm = self.looking_at(self.view.firm).status_in_view(rule, state)
        if state not in self.view.led:
            return firm
        led = self.status_in_view(rule, state)
        missed = tuple(period for period in firm.missed if period in led.missed)
        if (firm.word, firm.due, firm.last_due) == (led.word, led.due, led.last_due):
            return replace(firm, missed=missed)
        words = N_("It is not established: statements on this State that are not verified would change the answer.")
        caution = firm.sentence if firm.word == led.word == "unknown" else firm.caution
        return replace(firm, word="unknown", sentence=Sentence.of(words), due=None, missed=missed, caution=caution)

    def looking_at(self, view: View) -> "Question":
        """The same question of another view."""
        return replace(self, view=view)

    def status_in_view(self, rule: Obligation, state: str) -> Status:
        """The status by the facts of this view alone."""
        joined = membership(self.pack, self.view, state)
        blank = Status(rule.id, state, self.on, self.view.known, "unknown", Sentence.of(""), steps=joined.steps)
        if joined.entry is None or not joined.binds_on(self.on):
            word, sentence = self.not_bound(joined, state)
            return replace(blank, word=word, sentence=sentence)
        course = course_of(self.pack, rule, self.view, state, joined.entry, self.on)
        if not course.has_begun:
            return self.not_begun(blank, rule)
        found = replace(blank, steps=(*joined.steps, *course.steps), missed=course.missed, course=course)
        return self.open_status(found, rule, course) if course.is_open else self.met(found, rule, course)

    def not_bound(self, joined: Membership, state: str) -> tuple[Word, Sentence]:
        """Why the convention does not bind a State on the day, or why that is unknown."""
        if joined.ended and joined.ended <= self.on:
            return "not applicable", Sentence.of(N_("The withdrawal took effect on {day}."), day=joined.ended)
        if joined.entry:
            return "not applicable", Sentence.of(N_("The Convention enters into force on {day}."), day=joined.entry)
        trigger = self.pack.rules.entry_into_force.trigger
        if self.view.is_complete(MEMBERSHIP, state, trigger, self.on):
            return "not applicable", Sentence.of(N_("It is not a State Party on {day}."), day=self.on)
        return "unknown", Sentence.of(
            N_("The register holds no deposit, and is not declared complete to {day}."), day=self.on
        )

    def not_begun(self, blank: Status, rule: Obligation) -> Status:
        """Nothing says that the obligation applies: not applicable where the register is complete, else unknown."""
        if self.view.is_complete(rule.id, blank.state, rule.applies_by[0], self.on):
            words = N_(
                "Article {article} gives it no deadline: nothing that would is in the register, complete to {on}."
            )
            return replace(blank, word="not applicable", sentence=Sentence.of(words, article=rule.article, on=self.on))
        words = N_("No fact in the register says that Article {article} gives this State a deadline.")
        return replace(blank, sentence=Sentence.of(words, article=rule.article))

    def met(self, found: Status, rule: Obligation, course: Course) -> Status:
        """Completion, and whether it came in time where a source gives the day it was reached."""
        assert course.completion  # noqa: S101 (closed only by a completion)
        declared = course.completion
        reached = date.fromisoformat(declared.value) if declared.value else None
        late = bool(reached and course.due and course.due_is_known and reached > course.due)
        if late and self.is_complete(rule, found.state, course.due):
            words = N_("Completed on {reached}, after the deadline of {due}.")
            return replace(
                found,
                word="met late",
                sentence=Sentence.of(words, reached=reached or "", due=course.due or ""),
            )
        return replace(
            found,
            word="met",
            sentence=Sentence.of(N_("Completion was declared: {when}."), when=declared.valid_from),
        )

    def open_status(self, found: Status, rule: Obligation, course: Course) -> Status:
        """Pending, extended, passed or unknown, by the deadline in force."""
        if not course.due_is_known:
            words = N_("{meeting} granted an extension; the new deadline is not in the register.")
            return replace(found, sentence=Sentence.of(words, meeting=course.grants[-1].meeting))
        if course.due is None:
            words = N_("No date runs: what was found on {when} awaits a decision.")
            when = course.discoveries[-1].valid_from
            return replace(found, word="pending", sentence=Sentence.of(words, when=when))
        if self.on <= course.due:
            return self.running(found, rule, course, course.due)
        return self.after(found, rule, course.due)

    def running(self, found: Status, rule: Obligation, course: Course, due: date) -> Status:
        """The deadline is ahead, or is the day itself."""
        words = N_("Extended to {due}.") if course.grants else N_("The deadline is {due}.")
        word: Word = "extended" if course.grants else "pending"
        caution = self.caution(rule, found.state)
        return replace(found, word=word, due=due, sentence=Sentence.of(words, due=due), caution=caution)

    def after(self, found: Status, rule: Obligation, due: date) -> Status:
        """The deadline is behind: said only if the register is complete to the day, else unknown."""
        completed = self.view.is_complete(rule.id, found.state, rule.completed_by, self.on)
        if completed and self.is_complete(rule, found.state, self.on):
            words = N_("The deadline of {due} passed; the register, complete to {on}, holds no later decision.")
            return replace(found, word="deadline passed", due=due, sentence=Sentence.of(words, due=due, on=self.on))
        missing = self.caution(rule, found.state)
        words = N_("The last deadline in the register is {due}; whether completion followed is not in the register.")
        return replace(found, sentence=missing or Sentence.of(words, due=due))

    def is_complete(self, rule: Obligation, state: str, day: date | None) -> bool:
        """Whether every extension decided up to a day is in the register: no formal meeting is left uncovered."""
        return day is not None and day <= self.view.known and not self.uncovered(rule, state, day)

    def uncovered(self, rule: Obligation, state: str, until: date) -> list[Meeting]:
        """The formal meetings up to a day whose decisions on the State are not declared to be in the register."""
        if rule.extension is None:
            return []
        covered = self.view.coverage_of(rule.id, state, rule.extension.granted_by)
        since = date.fromisoformat(covered.value) if covered else date.min
        return self.calendar.formal_meetings_between(since, until)

    def caution(self, rule: Obligation, state: str) -> Sentence | None:
        """Which decisions may be missing, if any."""
        meetings = self.uncovered(rule, state, min(self.on, self.view.known))
        if not meetings:
            return None
        codes = ", ".join(meeting.code for meeting in meetings[-3:])
        return Sentence.of(N_("The decisions of {meetings} on this State are not in the register."), meetings=codes)


def find_obligation(pack: Pack, name: str) -> Obligation:
    """The obligation of an id; raise UnknownObligation if the pack has none."""
    if name not in pack.obligations:
        raise UnknownObligation(pack, name)
    return pack.obligations[name]
