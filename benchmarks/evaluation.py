"""Reading a pack, working out statuses and a tier as known on a day that nobody asked about before, and a forecast."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from benchmarks.measure import Act, Measure, median_seconds

CONVENTION, OBLIGATION = "apmbc", "article-5"
TIER, MEETING = "extension-requests", "IM2024"
AIM_MILLISECONDS = 50
AIM_FORECAST_SECONDS = 1
AIM_COLD_MILLISECONDS, AIM_WARM_MILLISECONDS = 150, 20


def reading() -> Measure:
    """Reading and checking the pack alone."""
    from servanda.site.loading import read_packs

    seconds = median_seconds(lambda: read_packs([CONVENTION]), times=3)
    return Measure("read and check the pack alone", seconds, "s")


def evaluation() -> list[Measure]:
    """Article 5 for all States on two pairs of days, one tier and all tiers of a meeting."""
    meant = [
        ("Article 5, all States, as known that day", all_states(date(2024, 6, 18), date(2024, 6, 18))),
        ("Article 5, all States, in 2030 as known before", all_states(date(2030, 1, 1), date(2019, 11, 25))),
        (f"tier {TIER} of {MEETING}", tier_of_meeting(date(2024, 6, 18))),
        (f"all tiers of {MEETING}", all_tiers(date(2024, 9, 18))),
    ]
    return [
        Measure(name, 1000 * median_seconds(act, times=21, warm_up=3), "ms", aim=AIM_MILLISECONDS, by_ratio=False)
        for name, act in meant
    ]


def forecasting() -> Measure:
    """The forecast of a meeting in ten thousand runs, nothing kept from the one before."""
    from servanda.convention.queries import pack
    from servanda.programme import attendance, lengths
    from servanda.programme.forecast import RUNS, forecast
    from servanda.programme.queries import plan

    planned, rules = plan(CONVENTION, MEETING), pack(CONVENTION)

    def act() -> object:
        for kept in (lengths.all_turns, attendance.asked, attendance.spoke_of):
            kept.cache_clear()
        return forecast(plan=planned, pack=rules, runs=RUNS)

    seconds = median_seconds(act, times=7)
    return Measure(f"forecast of {MEETING}, {RUNS:,} runs", seconds, "s", aim=AIM_FORECAST_SECONDS, by_ratio=False)


def days_from(first: date) -> Iterator[date]:
    """Days, each a new one, so that nothing kept can answer."""
    return (first + timedelta(days=days) for days in count())


def all_states(on: date, known: date, convention: str = CONVENTION) -> Act:
    """The status of every State in the pack; both days move on with each call."""
    from servanda.register.queries import question

    pairs = zip(days_from(on), days_from(known), strict=True)

    def act() -> int:
        day, known_day = next(pairs)
        asked = question(convention, day, known_day)
        return len([asked.status(OBLIGATION, state) for state in asked.pack.names.states])

    return act


def tier_of_meeting(known: date, convention: str = CONVENTION) -> Act:
    """The tier, as known on a new day with each call."""
    from servanda.programme.queries import tier

    days = days_from(known)
    return lambda: tier(convention, TIER, MEETING, known=next(days))


def all_tiers(known: date) -> Act:
    """Every tier of the meeting, as known on a new day with each call."""
    from servanda.programme.queries import tiers

    days = days_from(known)
    return lambda: tiers(CONVENTION, MEETING, known=next(days))


def deriving() -> list[Measure]:
    """The whole programme of a meeting: as known on a day never asked about, and again with its lists kept."""
    from servanda.programme.queries import plan, plan_at

    days = days_from(date(2025, 3, 18))

    def cold() -> object:
        return plan(CONVENTION, MEETING, known=next(days))

    def warm() -> object:
        plan_at.cache_clear()
        return plan(CONVENTION, MEETING)

    figures = [
        (f"programme of {MEETING}, as known on a new day", cold, AIM_COLD_MILLISECONDS),
        (f"programme of {MEETING}, its lists kept", warm, AIM_WARM_MILLISECONDS),
    ]
    return [
        Measure(name, 1000 * median_seconds(act, times=21, warm_up=3), "ms", aim=aim, by_ratio=False)
        for name, act, aim in figures
    ]
