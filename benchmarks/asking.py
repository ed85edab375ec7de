"""What one convention costs in a process that has been asked about several. Run as `python -m benchmarks.asking N`.

Prints, as JSON, medians in milliseconds and the memory of the process in MiB, for the first of N conventions
that `benchmarks.filling` made.
"""

import json
import resource
import sys
from datetime import date

from benchmarks.evaluation import all_states, days_from, tier_of_meeting
from benchmarks.filling import name_of
from benchmarks.measure import Act, median_seconds

ASKED = date(2024, 6, 18)
STATE = "KHM"


def main(count: int) -> None:
    """Ask about every convention once, then take the measures of the first."""
    import django  # the environment names the database

    django.setup()
    before = peak()
    for position in reversed(range(count)):
        all_states(ASKED, ASKED, name_of(position))()
    figures = {name: 1000 * median_seconds(act, times=21, warm_up=3) for name, act in acts(name_of(0)).items()}
    print(json.dumps(figures | {"memory": peak(), "memory before": before}))


def acts(convention: str) -> dict[str, Act]:
    """What is measured, each time as known on a day that nobody asked about before."""
    return {
        "status board": all_states(ASKED, ASKED, convention),
        "tier": tier_of_meeting(ASKED, convention),
        "profile": profile(convention),
        "register read anew": read_anew(convention),
    }


def profile(convention: str) -> Act:
    """All facts about a State, and its status under each obligation."""
    from servanda.register.queries import facts_about, question

    days = days_from(ASKED)

    def act() -> int:
        day = next(days)
        asked = question(convention, day, day)
        found = [asked.status(obligation, STATE) for obligation in asked.pack.obligations]
        return len(found) + len(facts_about(convention, STATE, day))

    return act


def read_anew(convention: str) -> Act:
    """The register from its rows, as after a restart."""
    from servanda.register.queries import register, registers

    def act() -> object:
        registers.clear()
        return register(convention)

    return act


def peak() -> float:
    """The most memory that this process ever had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]))
