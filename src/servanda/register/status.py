"""The status of an obligation of a State on a day, as known on a day.

What is said is computed twice, with and without leads: what holds both ways is stated, what holds one
way only is unknown and a question. A deadline is said to have passed only where the register is declared
complete to that day.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from servanda.common.refusals import Unknown
from servanda.common.wording import N_, Sentence
from servanda.convention.calendar import Calendar, Meeting
from servanda.convention.checking import MEMBERSHIP
from servanda.convention.pack import Pack
from servanda.convention.rules import Obligation, Yearly
from servanda.register.deadlines import Course, Membership, Missed, begin, course_of, membership, says
from servanda.register.explain import Step
from servanda.register.facts import Fact, View

Word = Literal["not applicable", "pending", "met", "met late", "deadline passed", "extended", "continuing", "unknown"]


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
    would_change: Sentence | None = None
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
        firm = self.firm.status_in_view(rule, state)
        if state not in self.view.led:
            return firm
        led = self.status_in_view(rule, state)
        missed = tuple(period for period in firm.missed if period in led.missed)
        if (firm.word, firm.due, firm.last_due) == (led.word, led.due, led.last_due):
            return replace(firm, missed=missed)
        words = N_("It is not established: statements on this State that are not verified would change the answer.")
        caution = firm.sentence if firm.word == led.word == "unknown" else firm.caution
        return replace(firm, word="unknown", sentence=Sentence.of(words), due=None, missed=missed, caution=caution)

    @cached_property
    def joined(self) -> dict[str, Membership]:
        """Memberships worked out already."""
        return {}

    def membership(self, state: str) -> Membership:
        """Since when the convention binds a State, by this view."""
        if state not in self.joined:
            self.joined[state] = membership(self.pack, self.view, state)
        return self.joined[state]

    @cached_property
    def firm(self) -> "Question":
        """The same question of facts alone."""
        return replace(self, view=self.view.firm)

    def status_in_view(self, rule: Obligation, state: str) -> Status:
        """The status by the facts of this view alone."""
        joined = self.membership(state)
        blank = Status(rule.id, state, self.on, self.view.known, "unknown", Sentence.of(""), steps=joined.steps)
        if joined.entry is None or not joined.binds_on(self.on):
            word, sentence = self.not_bound(joined, state)
            return replace(blank, word=word, sentence=sentence)
        match rule.due:
            case None:
                return self.continuing(blank, rule, joined.entry)
            case Yearly():
                return self.yearly(blank, rule.due, joined.entry)
        course = course_of(self.pack, rule, self.view, state, joined.entry, self.on)
        if not course.has_begun:
            return self.not_begun(blank, rule)
        steps = (*joined.steps, *course.steps, *self.excluded(rule, state))
        found = replace(blank, steps=steps, missed=course.missed, course=course)
        if not course.is_open:
            return self.met(found, rule, course)
        return self.open_status(replace(found, would_change=what_would_change(rule)), rule, course)

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
        if excluded := self.excluded(rule, blank.state):
            return replace(blank, word="not applicable", sentence=excluded[0].sentence, steps=blank.steps + excluded)
        if rule.applies_by and self.view.is_complete(rule.id, blank.state, rule.applies_by[0], self.on):
            words = N_(
                "Article {article} gives it no deadline: nothing that would is in the register, complete to {on}."
            )
            return replace(blank, word="not applicable", sentence=Sentence.of(words, article=rule.article, on=self.on))
        words = N_("No fact in the register says that Article {article} gives this State a deadline.")
        return replace(blank, sentence=Sentence.of(words, article=rule.article))

    def continuing(self, blank: Status, rule: Obligation, entry: date) -> Status:
        """An obligation without a date: what the newest fact says, where facts say anything of it."""
        named = (*rule.applies_by, *rule.stated_by)
        newest = self.view.latest(blank.state, rule.stated_by or rule.applies_by, self.on)
        if newest:
            step = Step(says(self.pack, newest), (newest,), rule.source)
            return replace(blank, word="continuing", sentence=says(self.pack, newest), steps=(*blank.steps, step))
        if named:
            return replace(blank, sentence=Sentence.of(N_("No statement on this is in the register.")))
        words = N_("It binds the State since {entry} and has no date by which it is fulfilled.")
        return replace(blank, word="continuing", sentence=Sentence.of(words, entry=entry))

    def yearly(self, blank: Status, due: Yearly, entry: date) -> Status:
        """A yearly report: the last that was due, as far as a source tells; nothing follows from silence."""
        first = self.first_report(due, entry)
        last = due.in_year(self.on.year if due.in_year(self.on.year) <= self.on else self.on.year - 1)
        if last < first:
            words = N_("The first report is due on {due}.")
            return replace(blank, word="pending", due=first, sentence=Sentence.of(words, due=first))
        told = replace(blank, due=last)
        if fact := self.report(due.reported_by, blank.state, last.year - 1):
            return self.reported(told, fact, last)
        if due.not_reported_by and (fact := self.report(due.not_reported_by, blank.state, last.year - 1)):
            words = N_("By {when} the report for {year}, due on {due}, had not been received, as a source says.")
            said = Sentence.of(words, when=fact.known_on, year=last.year - 1, due=last)
            caution = Sentence.of(N_("Whether it was received later is not in the register."))
            steps = (*blank.steps, Step(said, (fact,)))
            return replace(told, word="deadline passed", sentence=said, steps=steps, caution=caution)
        words = N_("Whether the report for {year}, due on {due}, was submitted is not in the register.")
        return replace(told, sentence=Sentence.of(words, year=last.year - 1, due=last))

    def first_report(self, due: Yearly, entry: date) -> date:
        """The first day on which a yearly report is due: the one after entry into force, or after a first report."""
        since = entry
        if due.first_after:
            since = begin(find_obligation(self.pack, due.first_after), entry).due or entry
        return due.in_year(since.year if since < due.in_year(since.year) else since.year + 1)

    def report(self, predicate: str, state: str, year: int) -> Fact | None:
        """The fact of a predicate that tells of a year, if one had been told by the day."""
        told = (fact for fact in self.view.facts(state, predicate) if fact.has_happened_by(self.on))
        return next((fact for fact in told if fact.value == str(year)), None)

    def reported(self, told: Status, fact: Fact, due: date) -> Status:
        """The report was submitted; after its day where the source gives a later one."""
        late = fact.valid_from.first > due
        words = (
            N_("The report for {year} was submitted: {when}; it was due on {due}.")
            if late
            else N_("The report for {year} was submitted: {when}.")
        )
        said = Sentence.of(words, year=due.year - 1, when=fact.valid_from, due=due)
        word: Word = "met late" if late else "met"
        return replace(told, word=word, sentence=said, steps=(*told.steps, Step(said, (fact,))))

    def excluded(self, rule: Obligation, state: str) -> tuple[Step, ...]:
        """The statement that the obligation finds nothing to bind in a State, if there is one."""
        fact = self.view.latest(state, (rule.excluded_by,), self.on) if rule.excluded_by else None
        return (Step(says(self.pack, fact), (fact,), rule.source),) if fact else ()

    def met(self, found: Status, rule: Obligation, course: Course) -> Status:
        """Completion, and whether it came in time where a source gives the day it was reached or says it was late."""
        assert course.completion  # noqa: S101 (closed only by a completion)
        declared = course.completion
        reached = self.day_reached(declared)
        late = bool(reached and course.due and course.due_is_known and reached > course.due)
        if late and self.is_complete(rule, found.state, course.due):
            words = N_("Completed on {reached}, after the deadline of {due}.")
            said = Sentence.of(words, reached=reached or "", due=course.due or "")
            return replace(found, word="met late", sentence=said)
        if course.missed and course.missed[-1].by_completion:
            return replace(found, word="met late", sentence=course.missed[-1].sentence)
        return replace(found, word="met", sentence=says(self.pack, declared))

    def day_reached(self, declared: Fact) -> date | None:
        """The day on which completion was reached, where its predicate has a day and the source gives it."""
        is_day = self.pack.rules.predicates[declared.predicate].value == "day"
        return date.fromisoformat(declared.value) if is_day and declared.value else None

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
        return self.after(found, rule, course, course.due)

    def running(self, found: Status, rule: Obligation, course: Course, due: date) -> Status:
        """The deadline is ahead, or is the day itself."""
        words = N_("Extended to {due}.") if course.grants else N_("The deadline is {due}.")
        word: Word = "extended" if course.grants else "pending"
        caution = self.caution(rule, found.state)
        return replace(found, word=word, due=due, sentence=Sentence.of(words, due=due), caution=caution)

    def after(self, found: Status, rule: Obligation, course: Course, due: date) -> Status:
        """The deadline is behind: said only if the register is complete to the day, else unknown."""
        completed_by = rule.completed_by or ""
        completed = self.view.is_complete(rule.id, found.state, completed_by, self.on)
        if completed and self.is_complete(rule, found.state, self.on):
            words = (
                N_("The deadline of {due} passed; the register, complete to {on}, holds no later decision.")
                if rule.extension
                else N_("The deadline of {due} passed; the register, complete to {on}, holds no completion.")
            )
            return replace(found, word="deadline passed", due=due, sentence=Sentence.of(words, due=due, on=self.on))
        missing = self.caution(rule, found.state)
        words = (
            N_(
                "A source says that the deadline of {due} passed; "
                "whether it was fulfilled since is not in the register."
            )
            if course.said_missed
            else N_(
                "The last deadline in the register is {due}; whether it was fulfilled since is not in the register."
            )
        )
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


def what_would_change(rule: Obligation) -> Sentence:
    """What would change the status of an open obligation."""
    if rule.extension:
        return Sentence.of(N_("A decision of a formal meeting on this State, or a completion, would change it."))
    return Sentence.of(N_("A completion would change it."))


def find_obligation(pack: Pack, name: str) -> Obligation:
    """The obligation of an id; raise UnknownObligation if the pack has none."""
    if name not in pack.obligations:
        raise UnknownObligation(pack, name)
    return pack.obligations[name]
