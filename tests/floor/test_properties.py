"""What holds on every floor, whoever presses what and when: two consoles and delegations at random."""

from collections import Counter
from datetime import timedelta
from functools import reduce
from itertools import pairwise

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from servanda.common.refusals import Refusal
from servanda.floor.folding import after, standing_acts
from servanda.floor.log import (
    Asked,
    Exchanged,
    FloorGiven,
    FoundAbsent,
    ItemConcluded,
    ItemTaken,
    LimitSet,
    ListClosed,
    ListReopened,
    Moved,
    PointRuled,
    SittingClosed,
    SittingOpened,
    SittingResumed,
    SittingSuspended,
    TurnContinued,
    TurnEnded,
    TurnExtended,
    TurnPaused,
    Undone,
    Withdrawn,
)
from servanda.floor.procedure import is_due, limit_for, ordered, queue, time_used, who_is_next
from tests.floor.hall import ITEMS, SITTINGS, SPEAKERS, Hall, profile, without_number

NAMES = [item.id for item in ITEMS]
KNOBS = st.fixed_dictionaries(
    {},
    optional={
        "absent": st.fixed_dictionaries(
            {"then": st.sampled_from(["passed_over", "end_of_tier", "struck"]), "calls": st.integers(1, 3)}
        ),
        "continuation": st.fixed_dictionaries({"list_then": st.sampled_from(["stays_open", "frozen", "opened_again"])}),
        "closing": st.just({"by": "minutes_after_start", "minutes": 15}),
        "order_in_tier": st.just({"by": "alphabet"}),
        "interventions": st.just({"most": 2}),
        "group_statements": st.fixed_dictionaries({"speak": st.sampled_from(["first", "in_tier", "by_time"])}),
        "inscription": st.fixed_dictionaries({"late": st.sampled_from(["to_the_end", "to_the_desk", "refused"])}),
        "reply": st.fixed_dictionaries({"when": st.sampled_from(["end_of_item", "end_of_sitting", "end_of_day"])}),
    },
)
CONSOLES = st.sampled_from(["console-1", "console-2"])
LOOKS = st.sampled_from([True, True, False])
ON_ITEMS = st.sampled_from(["2", "2", "2", "1", "3"])


class Floor(RuleBasedStateMachine):
    """Two consoles, each of which acts on the room as it last saw it, and delegations that ask whenever they like."""

    @initialize(name=st.sampled_from(["informal", "formal"]), knobs=KNOBS, first=st.permutations(SPEAKERS))
    def open(self, name, knobs, first):
        self.hall = Hall(profile(name, **knobs))
        self.opened = self.hall.room
        self.seen = dict.fromkeys(["console-1", "console-2"], self.hall.room)
        self.asked, self.used, self.standing = 0, Counter(), []
        self.orders = self.orders_now()
        self.ats = [self.hall.room.at]
        self.attempt(SittingOpened("first"), "console-1")
        self.attempt(ItemTaken("2"), "console-1")
        for speaker in first[:6]:
            self.ask(speaker, "2", again=False, reason="", act="statement")

    def orders_now(self):
        room = self.hall.room
        return {item: [each.id for each in ordered(room, item)] for item in NAMES}

    def attempt(self, act, by):
        """Do an act, or be refused by name; then see that it did no more than it says."""
        before, log = self.hall.room, len(self.hall.log)
        try:
            room = self.hall.do(act, by)
        except Refusal:
            assert (self.hall.room, len(self.hall.log)) == (before, log)
            return
        self.compare_orders(act)
        self.call_goes_on(act, before)
        if isinstance(act, Undone):
            before, self.used = self.undo_until(act.number)
            assert without_number(room) == without_number(before)
        else:
            self.standing.append((room.last, before, self.used))
        passed = (room.at - before.at).total_seconds()
        self.used = self.used + Counter({turn.number: passed for turn in before.turns if turn.running_since})
        self.ats.append(room.at)

    def undo_until(self, number):
        """The room folded anew from the acts that stand but for one, and the time that was then used; told apart."""
        place = [entry.number for entry, _before, _used in self.standing].index(number)
        _undone, before, used = self.standing[place]
        later = [entry for entry, _before, _used in self.standing[place + 1 :]]
        assert {entry.act.kind for entry in later} <= {"asked", "withdrawn"}
        del self.standing[place:]
        for entry in later:
            self.standing.append((entry, before, used))
            passed = (max(entry.at, before.at) - before.at).total_seconds()
            used = used + Counter({turn.number: passed for turn in before.turns if turn.running_since})
            before = reduce(after, (each for each, _before, _used in self.standing), self.opened)
        return before, used

    def compare_orders(self, act):
        """Nobody but whom the act names changes places with anybody."""
        now, named = self.orders_now(), set()
        if isinstance(act, Moved | FoundAbsent):
            named = {act.request}
        if isinstance(act, Exchanged):
            named = {act.one, act.other}
        if not isinstance(act, Undone):
            for item in NAMES:
                kept = [name for name in self.orders[item] if name not in named]
                assert [name for name in now[item] if name in set(kept)] == kept
        self.orders = now

    def call_goes_on(self, act, before):
        """Whoever is called and absent is not called again while somebody else waits."""
        if isinstance(act, FoundAbsent) and self.hall.room.rules.reply.when == "end_of_item":
            others = [each.request.id for each in queue(before) if each.request.id != act.request]
            assert not others or who_is_next(self.hall.room).request.id in others

    def seen_by(self, console, look):
        """The room as a console sees it, which may be an old one."""
        if look:
            self.seen[console] = self.hall.room
        return self.seen[console]

    @rule(seconds=st.integers(-3600, 3600))
    def pass_time(self, seconds):
        self.hall.wait(seconds)

    @rule(
        speaker=st.sampled_from(SPEAKERS),
        item=ON_ITEMS,
        again=st.booleans(),
        reason=st.sampled_from(["", "", "the host"]),
        act=st.sampled_from(["statement", "statement", "statement", "reply", "point_of_order"]),
    )
    def ask(self, speaker, item, again, reason, act):
        self.asked += not again
        self.attempt(Asked(f"r{self.asked}", item, speaker, act, reason=reason), "delegation")

    @precondition(lambda self: self.hall.room.turn is None)
    @rule(console=CONSOLES, look=LOOKS, reason=st.sampled_from(["", "", "time"]))
    def give(self, console, look, reason):
        room = self.seen_by(console, look)
        following = who_is_next(room)
        if following:
            self.attempt(FloorGiven(following.request.id, limit_for(room, following.request), reason), console)

    @precondition(lambda self: self.hall.room.turn)
    @rule(
        console=CONSOLES,
        act=st.sampled_from([TurnPaused(), TurnContinued(), TurnEnded(), TurnExtended(60), TurnExtended(-60)]),
    )
    def work_the_clock(self, console, act):
        self.attempt(act, console)

    @precondition(lambda self: self.hall.room.turn)
    @rule(console=CONSOLES)
    def end_turn(self, console):
        self.attempt(TurnEnded(cut=True), console)

    @precondition(lambda self: self.hall.room.sitting)
    @rule(
        console=CONSOLES,
        act=st.sampled_from(
            [SittingResumed(), *[LimitSet(60, "states_parties")] * 3, SittingSuspended(), SittingClosed()]
        ),
    )
    def work_the_sitting(self, console, act):
        self.attempt(act, console)

    @precondition(lambda self: self.hall.room.is_suspended)
    @rule(console=CONSOLES)
    def resume(self, console):
        self.attempt(SittingResumed(), console)

    @precondition(lambda self: self.hall.room.sitting is None)
    @rule(console=CONSOLES, name=st.sampled_from([sitting.id for sitting in SITTINGS]))
    def open_sitting(self, console, name):
        self.attempt(SittingOpened(name), console)

    @rule(
        console=CONSOLES,
        item=ON_ITEMS,
        kind=st.sampled_from([ItemTaken, ItemTaken, ListClosed, ListReopened]),
    )
    def handle_item(self, console, item, kind):
        self.attempt(kind(item), console)

    @rule(console=CONSOLES, reason=st.sampled_from(["", "", "", "no time is left"]))
    def conclude(self, console, reason):
        if self.hall.room.item:
            self.attempt(ItemConcluded(self.hall.room.item, reason), console)

    @rule(console=CONSOLES, look=LOOKS, data=st.data(), reason=st.sampled_from(["as agreed", ""]))
    def reorder(self, console, look, data, reason):
        seen = self.seen_by(console, look)
        waiting = [each.request.id for each in queue(seen, data.draw(ON_ITEMS))]
        if len(waiting) < 2:
            return
        one, other = data.draw(st.permutations(waiting))[:2]
        after = data.draw(st.sampled_from([other, None]))
        act = data.draw(st.sampled_from([Moved(one, after, reason), Exchanged(one, other), Withdrawn(one)]))
        self.attempt(act, console)

    @rule(console=CONSOLES)
    def call_in_vain(self, console):
        following = who_is_next(self.hall.room)
        if following is None:
            return
        others = [each for each in queue(self.hall.room) if is_due(self.hall.room, each.request)][1:]
        number = self.hall.room.number
        self.attempt(FoundAbsent(following.request.id), console)
        if others and self.hall.room.number > number and following.request.act != "point_of_order":
            assert who_is_next(self.hall.room).request.id != following.request.id

    @precondition(lambda self: self.hall.room.turn)
    @rule(console=CONSOLES, speaker=st.sampled_from(SPEAKERS[:3]))
    def raise_a_point(self, console, speaker):
        self.attempt(TurnPaused(), console)
        self.ask(speaker, self.hall.room.turn.item, again=False, reason="", act="point_of_order")
        self.attempt(FloorGiven(f"r{self.asked}", 60), console)

    @rule(console=CONSOLES, upheld=st.booleans())
    def rule_on_point(self, console, upheld):
        for request in self.hall.room.requests.values():
            if request.act == "point_of_order" and request.ruling is None:
                self.attempt(PointRuled(request.id, upheld), console)
                return

    @rule(console=CONSOLES, look=LOOKS, back=st.sampled_from([1, 1, 2, 3]))
    def undo(self, console, look, back):
        acts = standing_acts(self.seen_by(console, look))
        if acts:
            self.attempt(Undone(acts[-min(back, len(acts))].number), console)

    @invariant()
    def nobody_is_lost_and_nobody_is_there_twice(self):
        room = self.hall.room
        for item in NAMES:
            assert Counter(self.orders[item]) == Counter(each.id for each in room.of_item(item))
            waiting = [each.request for each in queue(room, item)]
            assert {each.id for each in waiting} == {e.id for e in room.of_item(item) if e.standing == "waiting"}
            assert max(Counter((each.speaker.seat, each.act) for each in waiting).values(), default=1) == 1
        spoken = Counter(turn.request for turn in room.turns)
        assert spoken == Counter(e.id for e in room.requests.values() if e.standing in ("spoken", "speaking"))

    @invariant()
    def points_of_order_stand_before_all(self):
        for item in NAMES:
            acts = [each.request.act for each in queue(self.hall.room, item)]
            assert acts == sorted(acts, key=lambda act: act != "point_of_order")

    @invariant()
    def one_clock_runs_at_most_and_none_while_suspended(self):
        room = self.hall.room
        running = [turn for turn in room.turns if turn.running_since is not None]
        assert len(running) <= (room.sitting is not None and not room.is_suspended)
        assert running in ([], [room.turn])

    @invariant()
    def time_is_the_sum_of_turns(self):
        room = self.hall.room
        told = Counter({turn.number: turn.used_at(room.at).total_seconds() for turn in room.turns})
        assert +told == +self.used
        ended = [turn for turn in room.turns if turn.is_over]
        for code in {turn.speaker.code for turn in ended}:
            spoken = sum((turn.used for turn in ended if turn.speaker.code == code), timedelta())
            assert time_used(room, code) == spoken

    @invariant()
    def time_never_goes_backwards(self):
        assert all(one <= other for one, other in pairwise(self.ats))

    def teardown(self):
        if hasattr(self, "hall"):
            assert self.hall.read_anew() == self.hall.room


Floor.TestCase.settings = settings(
    max_examples=50, stateful_step_count=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
test_whatever_two_consoles_and_the_delegations_do = Floor.TestCase
