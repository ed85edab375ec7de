"""Why a list and what came of it differ: reasons found by rule, each resting on facts that the register holds now.

A reason tells of sources and dates. It says why the list did not foresee, never how a State performs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from servanda.common.wording import N_, Sentence
from servanda.convention.calendar import Meeting
from servanda.convention.rules import Horizon, Obligation
from servanda.programme.derivation import Derivation, Doubt
from servanda.register.explain import Step
from servanda.register.facts import Fact, View
from servanda.register.status import Question, Status


@dataclass(frozen=True)
class Hindsight:
    """A list as derived on its day, the meeting that decides, and the facts as they are held now."""

    derivation: Derivation
    obligation: Obligation
    horizon: Horizon
    deciding: Meeting
    held: View

    @property
    def view(self) -> View:
        """What is held now, without leads."""
        return self.held.firm

    @property
    def day(self) -> date:
        """The day as known on which the list was derived."""
        return self.derivation.known

    def acts(self, state: str, view: View | None = None) -> list[Fact]:
        """Every request of a State for an extension and every decision on one, in time."""
        rule = self.obligation.extension
        named = (rule.requested_by, rule.granted_by, rule.not_granted_by) if rule else ()
        found = [fact for name in named for fact in (view or self.view).facts(state, name)]
        return sorted(found, key=lambda fact: (fact.valid_from.first, fact.key))

    def acts_here(self, state: str, view: View | None = None) -> tuple[Fact, ...]:
        """Those of the meeting that decides."""
        return tuple(fact for fact in self.acts(state, view) if fact.meeting == self.deciding.code)

    def status_then(self, state: str) -> Status:
        """Where the State stood by the facts that were public on the day."""
        return self.derivation.firm.status(self.obligation.id, state)

    def status_on(self, state: str, day: date) -> Status:
        """Where the State stood on a day, by what is held now; not established where leads would change it."""
        return self.question(day).status(self.obligation.id, state)

    def question(self, day: date) -> Question:
        """The question of statuses on a day by what is held now."""
        return Question(self.derivation.pack, self.derivation.calendar, self.held, day)

    # Missed: it happened, and the list did not name the State.

    def why_missed(self, state: str, doubt: Doubt | None) -> tuple[Step, ...]:
        """The reasons why a State that requested, or on which was decided, was not named; none if none is found."""
        late, elsewhere = self.public_too_late(state), self.rule_looked_elsewhere(state)
        open_then = [Step(LEFT_OPEN), Step(doubt.sentence)] if doubt else []
        explained = late or open_then or not self.status_then(state).is_open
        return (*open_then, *late, *elsewhere) if explained else ()

    def public_too_late(self, state: str) -> list[Step]:
        """No source on the request was public on the day."""
        first = min(self.acts_here(state), key=lambda fact: fact.known_on.last)
        if first.is_known_by(self.day):
            return []
        words = N_("No source shows that a request was public on {day}; the earliest day that one proves is {when}.")
        return [Step(Sentence.of(words, day=self.day, when=first.known_on.last), (first,))]

    def rule_looked_elsewhere(self, state: str) -> list[Step]:
        """Why the deadline as known on the day did not name the State either."""
        status = self.status_then(state)
        course = status.course
        if course is None or not course.has_begun:
            words = N_("Nothing public on {day} said that Article {article} gives it a deadline.")
            return [Step(Sentence.of(words, day=self.day, article=self.obligation.article))]
        if course.completion:
            words = N_("By what was public on {day}, completion had been declared: {when}.")
            sentence = Sentence.of(words, day=self.day, when=course.completion.valid_from)
            return [Step(sentence, (course.completion,))]
        if course.due is None:
            return [Step(status.sentence, course.discoveries or course.grants[-1:])]
        until = self.derivation.firm.until(self.horizon)
        if course.due > until:
            words = N_("Its deadline as known on {day}, {due}, lies after {until}, to which the list looks.")
            return [Step(Sentence.of(words, day=self.day, due=course.due, until=until), course.grants[-1:])]
        return []

    # Extra: the list named the State, and the register tells of no request to that meeting and no decision by it.

    def why_extra(self, state: str) -> tuple[Step, ...]:
        """The reasons why nothing came of a name; none if none is found."""
        found = [*self.uncovered(state), *self.came_earlier(state), *self.overtaken_or_later(state)]
        return tuple(found or [*self.ended(state), *self.passed(state)])

    def uncovered(self, state: str) -> Iterator[Step]:
        """What the meeting decided on the State is not in the register."""
        missing = self.question(self.deciding.end).uncovered(self.obligation, state, self.deciding.end)
        if self.deciding in missing:
            words = N_("The decisions of {meetings} on this State are not in the register.")
            yield Step(Sentence.of(words, meetings=self.deciding.code))

    def came_earlier(self, state: str) -> Iterator[Step]:
        """An earlier meeting had decided, and no source on it was public yet."""
        before = {each.code for each in self.derivation.calendar.meetings.values() if each.start < self.deciding.start}
        for fact in self.acts(state):
            decided = self.obligation.is_decided_by(fact.predicate) and fact.meeting in before
            if decided and not fact.is_known_by(self.day):
                words = N_("An earlier meeting, {meeting}, had decided on it; the source was public since {when}.")
                yield Step(Sentence.of(words, meeting=fact.meeting, when=fact.known_on), (fact,))

    def overtaken_or_later(self, state: str) -> list[Step]:
        """Completion came, or a request or decision at a later meeting: whichever is first."""
        completion, act = self.next_completion(state), self.next_act(state)
        if completion and (act is None or completion.valid_from.first <= act.valid_from.first):
            return [self.overtaken(state, completion)]
        return [self.came_later(state, act), *self.missed_before(state)] if act else []

    def next_completion(self, state: str) -> Fact | None:
        """The first completion that was not public on the day."""
        declared = self.view.facts(state, self.obligation.completed_by or "")
        return next((fact for fact in declared if not fact.is_known_by(self.day)), None)

    def next_act(self, state: str) -> Fact | None:
        """The first request to a later meeting, or decision by one."""
        meetings = self.derivation.calendar.formal_meetings_after(self.deciding)
        return next((fact for fact in self.acts(state) if fact.meeting in {each.code for each in meetings}), None)

    def overtaken(self, state: str, completion: Fact) -> Step:
        """Completion made an extension needless."""
        due = self.status_then(state).last_due
        if due and completion.valid_from.last <= due:
            words = N_("Completion was declared, {when}, by the deadline of {due}.")
            return Step(Sentence.of(words, when=completion.valid_from, due=due), (completion,))
        words = N_("Completion was declared, {when}; the register holds no further request before it.")
        return Step(Sentence.of(words, when=completion.valid_from), (completion,))

    def came_later(self, state: str, act: Fact) -> Step:
        """The request went to a later meeting, or the decision was taken by one."""
        if not self.obligation.is_decided_by(act.predicate):
            words = N_("It requested at a later meeting, {meeting}: {when}.")
            return Step(Sentence.of(words, meeting=act.meeting, when=act.valid_from), (act,))
        if waiting := self.undecided(state, act):
            words = N_("Its request to {meeting} was decided on later, by {later}.")
            return Step(Sentence.of(words, meeting=waiting.meeting, later=act.meeting), (waiting, act))
        words = N_("A later meeting, {meeting}, decided on it: {when}.")
        return Step(Sentence.of(words, meeting=act.meeting, when=act.valid_from), (act,))

    def undecided(self, state: str, decision: Fact) -> Fact | None:
        """The last request before a decision to which no meeting had answered."""
        before = [fact for fact in self.acts(state) if fact.valid_from.first < decision.valid_from.first]
        last = before[-1] if before else None
        return last if last and not self.obligation.is_decided_by(last.predicate) else None

    def missed_before(self, state: str) -> list[Step]:
        """The period between the deadline that the list looked at and the decision that came after it."""
        due = self.status_then(state).last_due
        periods = [each for each in self.status_on(state, date.max).missed if each.due == due]
        return [Step(each.sentence, (each.ended_by,)) for each in periods[:1]]

    def ended(self, state: str) -> Iterator[Step]:
        """The Convention, or the obligation, did not bind the State any more."""
        status = self.status_on(state, self.deciding.end)
        if status.word == "not applicable":
            yield Step(status.sentence, tuple(fact for step in status.steps[-1:] for fact in step.facts))

    def passed(self, state: str) -> Iterator[Step]:
        """The deadline passed without a request, as far as is declared or a source says."""
        due = self.status_then(state).last_due
        after = max(self.deciding.end, due + timedelta(days=1)) if due else self.deciding.end
        status = self.status_on(state, after)
        if status.word == "deadline passed" and status.course:
            said = status.course.said_missed
            yield Step(status.sentence, (said,) if said else status.course.grants[-1:])
        elif leads := self.leads(state):
            words = N_("What followed is told by statements alone that are not verified.")
            yield Step(Sentence.of(words), leads)

    def leads(self, state: str) -> tuple[Fact, ...]:
        """What is said and not verified of requests, decisions and completion."""
        completions = self.held.facts(state, self.obligation.completed_by or "")
        return tuple(fact for fact in (*self.acts(state, self.held), *completions) if fact.is_lead)


LEFT_OPEN = Sentence.of(N_("On that day the list left open whether it names this State."))
