"""What lies ahead of a State: deadlines, the meeting that would decide on an extension, and by when to request it.

The calendar is used as far as it was known: a meeting whose days were announced later does not count. Where
it ends too early to tell, that is said. Nothing is concluded from a request that is not in the register.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from servanda.common.wording import N_, Sentence
from servanda.convention.calendar import Calendar, Meeting
from servanda.convention.rules import Extension, Obligation, Within, Yearly
from servanda.register.deadlines import says
from servanda.register.facts import Fact
from servanda.register.status import Question, Status


@dataclass(frozen=True, slots=True)
class Deciding:
    """The formal meeting that would have to decide, the one that comes too late, and how far the calendar tells.

    `meeting` None with `is_known`: none opens before the deadline.
    """

    meeting: Meeting | None = None
    too_late: Meeting | None = None
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Coming:
    """A deadline ahead of a State, or one that is not established; and what a further extension would take."""

    obligation: Obligation
    status: Status
    due: date | None = None
    deciding: Deciding = Deciding()
    request_by: date | None = None
    requested: Fact | None = None
    notes: tuple[Sentence, ...] = ()

    @property
    def state(self) -> str:
        """The code of the State."""
        return self.status.state


def coming(question: Question, states: Iterable[str] | None = None) -> list[Coming]:
    """Every deadline ahead of some States, or all, by day; those that are not established come last."""
    dated = [rule for rule in question.pack.obligations.values() if isinstance(rule.due, Within)]
    found = [
        looked_ahead(question, rule, status)
        for rule in dated
        for state in (question.pack.states if states is None else states)
        if (status := question.status(rule.id, state)).is_open and lies_ahead(rule, status)
    ]
    return sorted(found, key=lambda each: (each.due or date.max, each.state, each.obligation.id))


def lies_ahead(rule: Obligation, status: Status) -> bool:
    """Whether a deadline is ahead; or may be, where a decision or a statement that is not verified could set one."""
    if status.word != "unknown":
        return status.due is not None and status.due >= status.on
    return rule.extension is not None or (status.last_due is not None and status.last_due >= status.on)


def looked_ahead(question: Question, rule: Obligation, status: Status) -> Coming:
    """One deadline with the meeting that would decide on its extension, if it can be extended."""
    plain = Coming(rule, status, status.due)
    if status.due is None or rule.extension is None:
        return plain
    calendar = known_calendar(question.calendar, status.known)
    deciding = deciding_before(calendar, status.on, status.due)
    found = replace(
        plain,
        deciding=deciding,
        request_by=request_day(rule, deciding.meeting),
        requested=request_for(question, rule.extension, status, deciding.meeting),
    )
    return replace(found, notes=notes_on(question, calendar, found))


def request_day(rule: Obligation, meeting: Meeting | None) -> date | None:
    """By when a request to a meeting is expected, where the pack says so."""
    expected = rule.extension.request_by if rule.extension else None
    return expected.year_day.in_year(meeting.start.year) if expected and meeting else None


def request_for(question: Question, extension: Extension, status: Status, meeting: Meeting | None) -> Fact | None:
    """The request of a State to a meeting, if one stands in the register."""
    if meeting is None:
        return None
    requests = question.view.firm.facts(status.state, extension.requested_by)
    found = [fact for fact in requests if fact.meeting == meeting.code and fact.has_happened_by(status.on)]
    return found[-1] if found else None


def notes_on(question: Question, calendar: Calendar, found: Coming) -> tuple[Sentence, ...]:
    """What a reader should know of the request and of the calendar."""
    notes = (
        request_note(question, found),
        between_note(found),
        granted_too_soon(calendar, found),
        requested_too_soon(question, calendar, found),
    )
    return tuple(note for note in notes if note)


def request_note(question: Question, found: Coming) -> Sentence | None:
    """What the register holds of the request; silence is not held against anyone."""
    if found.requested:
        return says(question.pack, found.requested)
    if found.request_by and found.request_by < found.status.on:
        return Sentence.of(N_("Whether a request was submitted is not in the register."))
    return None


def between_note(found: Coming) -> Sentence | None:
    """That the deadline falls between two formal meetings: the next one opens after it."""
    late = found.deciding.too_late
    if late is None:
        return None
    words = N_("The deadline falls before {meeting}, which opens on {start}.")
    return Sentence.of(words, meeting=late.code, start=late.start)


def granted_too_soon(calendar: Calendar, found: Coming) -> Sentence | None:
    """A warning where a decision set a date before which no further request could be made and decided in time."""
    course = found.status.course
    if course is None or not course.grants or found.due is None:
        return None
    grant = course.grants[-1]
    return too_soon(calendar, found.obligation, grant.valid_from.last, found.due)


def requested_too_soon(question: Question, calendar: Calendar, found: Coming) -> Sentence | None:
    """The same warning for the date that a request asks for, where the pack has such a date."""
    request, meeting = found.requested, found.deciding.meeting
    if request is None or meeting is None or not request.value:
        return None
    if question.pack.rules.predicates[request.predicate].value != "day":
        return None
    return too_soon(calendar, found.obligation, meeting.end, date.fromisoformat(request.value))


def too_soon(calendar: Calendar, rule: Obligation, decided: date, due: date) -> Sentence | None:
    """A warning where no formal meeting to which a request could still be made opens between a decision and a date."""
    deciding = deciding_before(calendar, decided, due)
    if deciding.meeting is None:
        words = N_("No formal meeting that could decide again opens between {decided} and {due}.")
        return Sentence.of(words, decided=decided, due=due) if deciding.is_known else None
    expected = request_day(rule, deciding.meeting)
    if not deciding.is_known or expected is None or expected > decided:
        return None
    words = N_(
        "The last formal meeting before {due} is {meeting}, to which requests are expected by {expected}: "
        "not after {decided}, when that date is decided."
    )
    return Sentence.of(words, due=due, meeting=deciding.meeting.code, expected=expected, decided=decided)


def deciding_before(calendar: Calendar, since: date, due: date) -> Deciding:
    """The last formal meeting that opens after one day and on or before a deadline, as far as the calendar tells.

    Where the calendar ends before the deadline, its last meeting is taken only if the next one, at the same
    distance as that meeting had from the one before it, would open after the deadline.
    """
    formal = [meeting for meeting in calendar.meetings.values() if meeting.formal]
    before = [meeting for meeting in formal if since < meeting.start <= due]
    after = [meeting for meeting in formal if meeting.start > due]
    last = before[-1] if before else None
    if after:
        return Deciding(last, after[0], is_known=True)
    is_next = last is not None and len(formal) > 1 and due < last.start + (last.start - formal[-2].start)
    return Deciding(last if is_next else None)


def known_calendar(calendar: Calendar, known: date) -> Calendar:
    """The calendar as far as it was public on a day: what had opened or was announced, and the next formal meeting."""
    ahead = [meeting for meeting in calendar.meetings.values() if meeting.formal and meeting.start > known]
    taken = ahead[0] if ahead and ahead[0].announced_on is None else None
    public = (
        meeting
        for meeting in calendar.meetings.values()
        if meeting.start <= known or meeting.is_announced_by(known) or meeting is taken
    )
    return Calendar.of(calendar.convention, public)


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day on which something falls due, and of which States; none are named where it is not due of some alone."""

    day: date
    says: Sentence
    states: tuple[str, ...] = ()


def due_until(question: Question, last: date) -> list[DueDay]:
    """What falls due from the day asked about to another: deadlines, requests for more time, yearly reports."""
    found = coming(question)
    days = [*deadline_days(found), *request_days(found), *yearly_days(question)]
    return sorted((each for each in days if question.on <= each.day <= last), key=lambda each: each.day)


def deadline_days(found: Iterable[Coming]) -> list[DueDay]:
    """The deadlines of one day and obligation together."""
    states: dict[tuple[date, str], list[str]] = {}
    for each in found:
        if each.due is not None:
            states.setdefault((each.due, each.obligation.article), []).append(each.state)
    said = N_("Deadline under Article {article}")
    return [DueDay(day, Sentence.of(said, article=article), tuple(named)) for (day, article), named in states.items()]


def request_days(found: Iterable[Coming]) -> list[DueDay]:
    """The days by which requests are expected; of whom is not said, for who needs more time is not known."""
    asked = {
        (each.request_by, each.obligation.article, each.deciding.meeting.code)
        for each in found
        if each.request_by and each.deciding.meeting
    }
    said = N_("Requests for more time under Article {article}, for {meeting}, are expected by this day")
    return [DueDay(day, Sentence.of(said, article=article, meeting=meeting)) for day, article, meeting in sorted(asked)]


def yearly_days(question: Question) -> list[DueDay]:
    """The next day of each report that every State Party owes every year."""
    said = N_("Reports for {year} under Article {article}, from every State Party")
    days = []
    for rule in question.pack.obligations.values():
        if isinstance(rule.due, Yearly) and question.on.year < date.max.year:
            ahead = [rule.due.in_year(question.on.year + later) for later in (0, 1)]
            day = next(day for day in ahead if day >= question.on)
            days.append(DueDay(day, Sentence.of(said, year=day.year - 1, article=rule.article)))
    return days


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A day in the calendar of a State: what it is (`deadline`, `request`, `report`), for which obligation."""

    kind: str
    obligation: Obligation
    day: date
    says: Sentence


def days_ahead(question: Question, state: str) -> list[DayAhead]:
    """The days that lie ahead of a State: deadlines in force, days by which a request is expected, yearly reports."""
    days = [day for found in coming(question, [state]) for day in days_of(question, found)]
    days += [day for rule in question.pack.obligations.values() for day in report_days(question, rule, state)]
    return sorted(days, key=lambda each: (each.day, each.obligation.id, each.kind))


def days_of(question: Question, found: Coming) -> list[DayAhead]:
    """The deadline itself, and the day by which a request is expected where none stands in the register."""
    if found.due is None:
        return []
    article = found.obligation.article
    said = Sentence.of(N_("Deadline under Article {article}"), article=article)
    days = [DayAhead("deadline", found.obligation, found.due, said)]
    if found.request_by and found.request_by >= question.on and not found.requested and found.deciding.meeting:
        words = N_("A request for extension under Article {article}, for {meeting}, is expected by this day")
        said = Sentence.of(words, article=article, meeting=found.deciding.meeting.code)
        days.append(DayAhead("request", found.obligation, found.request_by, said))
    return days


def report_days(question: Question, rule: Obligation, state: str) -> list[DayAhead]:
    """The next day on which a yearly report is due, for a State that the convention binds."""
    if not isinstance(rule.due, Yearly):
        return []
    status = question.status(rule.id, state)
    if status.due is None:
        return []
    year = status.due.year if status.due >= question.on else status.due.year + 1
    if year > date.max.year:
        return []
    day = rule.due.in_year(year)
    words = N_("Report for {year} under Article {article}")
    return [DayAhead("report", rule, day, Sentence.of(words, year=day.year - 1, article=rule.article))]
