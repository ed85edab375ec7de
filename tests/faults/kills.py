"""Kills at random moments: `python -m tests.faults.kills --rounds 1000 [--seed 7]`, on DATABASE_URL or SQLite.

A sitting is held by a child process that says of each act that it is done, after its commit. The child is killed
(SIGKILL) at a random moment, and what it wrote is proved: every act that was acknowledged is there with its hash, at
most one more is, the chain goes on from the last hash that was proved, and the room folds on. Then the next child goes
on where this one died. Each hundred rounds everything is proved anew from the first entry, and another rehearsal
begins. Children are forks of one process with Django ready, so that a kill costs milliseconds.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path

FRESH = 100  # rounds after which everything is proved from the beginning, in a rehearsal of its own
FIRST = 101  # the number of the first rehearsal
MOST_ACTS = 6  # that are waited for before a kill
LONGEST_WAIT = 0.02  # seconds that pass after them
MEETING = "IM2024"


@dataclass
class Told:
    """What came of the rounds so far."""

    acknowledged: int = 0
    kept_unsaid: int = 0  # committed, but killed before it was said
    silent: int = 0  # rounds in which no act was acknowledged
    proofs: int = 0
    faults: list[str] = field(default_factory=list)


class Sitting:
    """One rehearsal, and how far its stream was proved."""

    def __init__(self, number):
        from servanda.floor.actions import open_floor, perform, rules_for
        from servanda.floor.log import ItemTaken, SittingOpened
        from servanda.floor.queries import ROOMS
        from servanda.programme.queries import plan

        self.stream = f"apmbc/{MEETING}/rehearsal-{number}"
        open_floor(
            convention="apmbc", meeting=MEETING, plan=plan("apmbc", MEETING), version=1, by="test",
            rules=rules_for("apmbc", MEETING), participants={}, rehearsal=f"rehearsal-{number}",
        )  # fmt: skip
        for act in (SittingOpened("day-1-morning"), ItemTaken("3")):
            perform(stream=self.stream, act=act, by="test")
        self.number, self.hash = ROOMS[self.stream].number, ROOMS[self.stream].hash

    def hold(self, chance, say):
        """Act on for ever, as chance has it; say each act when it is done."""
        from servanda.common.refusals import Refusal
        from servanda.floor.actions import perform
        from servanda.floor.queries import ROOMS, room

        while True:
            here = room(self.stream)
            try:
                after = perform(stream=self.stream, act=next_act(here, chance), by="test", key=f"act-{here.number}")
            except Refusal:
                continue
            os.write(say, f"{after.number} {ROOMS[self.stream].hash}\n".encode())

    def prove(self, acknowledged):
        """What does not hold of the entries since the last proof, and how many there are."""
        from servanda.floor.queries import folded
        from servanda.journal.chain import digest
        from servanda.journal.models import Entry, Stream
        from servanda.journal.queries import written

        rows = Entry.objects.filter(stream__name=self.stream, number__gt=self.number).order_by("number")
        fresh = [written(self.stream, row) for row in rows]
        for entry in fresh:
            if (entry.number, entry.previous_hash, entry.hash) != (self.number + 1, self.hash, digest(entry)):
                yield f"{self.stream}: entry {entry.number} does not go on from {self.number}"
            self.number, self.hash = entry.number, entry.hash
        head = Stream.objects.get(name=self.stream)
        if (head.head, head.head_hash) != (self.number, self.hash):
            yield f"{self.stream}: the head says {head.head}, the last entry is {self.number}"
        held = {(entry.number, entry.hash) for entry in fresh}
        if missing := [each for each in acknowledged if each not in held]:
            yield f"{self.stream}: acknowledged and not there: {missing}"
        if len(fresh) - len(acknowledged) not in (0, 1):
            yield f"{self.stream}: {len(fresh)} entries, {len(acknowledged)} acknowledged"
        if folded(self.stream).number != self.number:
            yield f"{self.stream}: the room does not stand at {self.number}"

    def prove_all(self):
        """What does not hold of the whole journal, or of the room when it is folded from its first entry."""
        from servanda.floor.queries import folded, room_at
        from servanda.journal.queries import verify

        yield from (str(each) for each in verify() if each.is_fault)
        if room_at(self.stream, self.number) != folded(self.stream).room:
            yield f"{self.stream}: the room folded anew is another"


def next_act(room, chance):
    """One of the acts that a sitting consists of, by chance."""
    from servanda.floor.log import Asked, FloorGiven, Moved, Speaker, TurnContinued, TurnEnded, TurnExtended, TurnPaused
    from servanda.floor.procedure import limit_for, queue, who_is_next

    following, waiting = who_is_next(room), [each.request.id for each in queue(room)]
    asked = Asked(f"r{room.number}", "3", Speaker("groups", f"g{room.number}", name="Group"), reason="for the test")
    if room.turn is not None:
        return chance.choice([TurnEnded(), TurnPaused(), TurnContinued(), TurnExtended(30), asked])
    if following is not None and chance.random() < 0.6:
        return FloorGiven(following.request.id, limit_for(room, following.request))
    if len(waiting) > 1 and chance.random() < 0.5:
        return Moved(waiting[-1], None, "for the test")
    return asked


def killed(sitting, chance):
    """What a child acknowledged before it was killed at a random moment: numbers and hashes."""
    from django.db import connections

    connections.close_all()  # no connection survives a fork
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            sitting.hold(chance, say)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(say)
    with os.fdopen(hear, "rb") as heard:
        lines = [heard.readline() for _ in range(chance.randint(0, MOST_ACTS))]
        time.sleep(chance.uniform(0, LONGEST_WAIT))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        lines += heard.readlines()
    assert os.WIFSIGNALED(status), "the child ended by itself"
    return [(int(number), digest) for number, digest in (line.decode().split() for line in lines)]


def rounds(count, seed, say=lambda _words: None):
    """Kill so many times; what came of it. Ends at the first fault."""
    from django.db import transaction

    from servanda.journal.actions import hold

    chance, told, sitting = random.Random(seed), Told(), None
    for turn in range(count):
        if turn % FRESH == 0:
            sitting = Sitting(FIRST + turn // FRESH)
        acknowledged = killed(sitting, chance)
        before = sitting.number
        with transaction.atomic():
            hold(stream=sitting.stream)  # on PostgreSQL the server may still be at work on what the dead one sent
            told.faults += sitting.prove(acknowledged)
        told.acknowledged += len(acknowledged)
        told.kept_unsaid += sitting.number - before - len(acknowledged)
        told.silent += not acknowledged
        if turn % FRESH == FRESH - 1 or turn == count - 1:
            told.faults += [*sitting.prove_all()][:20]
            told.proofs += 1
            say(f"{turn + 1} kills, {told.acknowledged} acts acknowledged")
        if told.faults:
            break
    return told


def main():
    """Say on standard output, as JSON, what came of it; 1 if anything does not hold."""
    words = argparse.ArgumentParser(prog="python -m tests.faults.kills")
    words.add_argument("--rounds", type=int, default=1000)
    words.add_argument("--seed", type=int, default=7)
    words.add_argument("--here", action="store_true", help="on the database of the environment, the packs loaded")
    chosen = words.parse_args()
    if chosen.here:
        return tell(chosen)
    from tests.processes import own_database

    with tempfile.TemporaryDirectory(prefix="servanda-kills-") as folder, own_database(Path(folder)) as environment:
        os.environ.update(environment)
        return tell(chosen)


def tell(chosen):
    """Run the rounds on the database of the environment."""
    import django

    django.setup()
    from django.db import connection, connections

    import servanda.site.kinds  # noqa: F401 (what `servanda verify` knows)
    from servanda.journal.queries import heads
    from servanda.site.loading import load, read_packs

    if "apmbc" not in heads():
        load(read_packs(["apmbc"])[0], by="test")
    begun = time.monotonic()
    told = rounds(chosen.rounds, chosen.seed, say=lambda words: print(words, file=sys.stderr, flush=True))
    said = {"database": connection.vendor, "kills": chosen.rounds, "seconds": round(time.monotonic() - begun, 1)}
    connections.close_all()
    print(json.dumps(said | vars(told)))
    return 1 if told.faults else 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servanda.site.settings")
    sys.exit(main())
