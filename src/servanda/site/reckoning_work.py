"""What the commands do that reckon over many lists: put one to the test, find what is missing, tell what changed."""

import argparse
from collections.abc import Iterable
from datetime import date

from servanda.common.clock import today
from servanda.common.days import parse_day
from servanda.common.wording import N_
from servanda.convention.pack import Pack
from servanda.convention.queries import pack
from servanda.people.permissions import SECRETARIAT
from servanda.programme.backtest import Backtest, Outcome, Sums, Trial, backtest_as_json
from servanda.programme.changes import Changes, OneOfTwo
from servanda.programme.gaps import Asked, together
from servanda.programme.queries import backtest, changes_between, changes_since, gaps_of
from servanda.register.explain import Step
from servanda.register.queries import refuse_after_today
from servanda.site.command import say
from servanda.site.work import plain, print_json
from servanda.web.changing import changes_table
from servanda.web.secretariat.tables import gaps_table
from servanda.web.tables import Table

NOT_EXPLAINED = N_("not explained")


def show_backtest(chosen: argparse.Namespace) -> int:
    """`servanda backtest`: a tier as known on the first day of each meeting, beside what came of it."""
    rules = pack(chosen.convention)
    found = backtest(chosen.convention, chosen.tier, seat=SECRETARIAT)
    if chosen.format == "json":
        print_json(backtest_as_json(found))
        return 0
    print_backtest(found, rules)
    for meeting, refusal in found.left_out:
        say(f"{meeting.code} is left out: {refusal}")
    say("The numbers say how well the rule foresees; they say nothing of a State.")
    return 0


def print_backtest(found: Backtest, rules: Pack) -> None:
    """The table of all meetings, then each difference with its reasons."""
    print(f"{found.convention}, {found.tier.title.text}, as known on the first day of each meeting:")
    print(line_of("meeting", "decided", ["hits", "missed", "extra", "apart", "open"], ["precision", "recall"], ""))
    complete = [trial for trial in found.trials if trial.is_complete]
    for trial in complete:
        print_trial(trial)
    if complete:
        print(numbers_of("total", "", found.sums, ""))
    for trial in found.trials:
        if not trial.is_complete:
            print_trial(trial)
    for trial in found.trials:
        print_outcomes(trial, rules)


def print_trial(trial: Trial) -> None:
    """One meeting as a line of the table."""
    remarks = [] if trial.is_complete else ["facts incomplete"]
    remarks += [] if trial.meeting.verified else ["days not verified"]
    print(numbers_of(trial.meeting.code, trial.deciding.code, trial.sums, ", ".join(remarks)))


def numbers_of(first: str, second: str, sums: Sums, remark: str) -> str:
    """A line of numbers."""
    counted = [sums.hits, sums.missed, sums.extra, sums.unverified, sums.left_open]
    shares = ["-" if share is None else f"{share:.2f}" for share in (sums.precision, sums.recall)]
    return line_of(first, second, [str(number) for number in counted], shares, remark)


def line_of(first: str, second: str, counted: Iterable[str], shares: Iterable[str], remark: str) -> str:
    """Cells in columns."""
    cells = [f"{first:<9}", f"{second:<9}", *(f"{cell:>7}" for cell in counted), *(f"{cell:>11}" for cell in shares)]
    return f"{''.join(cells)}  {remark}".rstrip()


def print_outcomes(trial: Trial, rules: Pack) -> None:
    """Every State on which the list and what came of it differ at one meeting."""
    for word, outcomes in (("missed", trial.missed), ("extra", trial.extra), ("apart", trial.unverified)):
        for outcome in outcomes:
            print_outcome(f"{trial.meeting.code} {word}", outcome, rules)
    if trial.found.doubts:
        print(f"{trial.meeting.code} left open: {', '.join(doubt.state for doubt in trial.found.doubts)}")


def print_outcome(where: str, outcome: Outcome, rules: Pack) -> None:
    """One State with the reasons and their sources."""
    print(f"{where}: {outcome.state}  {rules.names.states[outcome.state].name_in('en')}")
    for line in [said(step) for step in outcome.because] or [NOT_EXPLAINED]:
        print(f"     {line}")


def said(step: Step) -> str:
    """A reason with the sources of its facts."""
    return f"{plain(step.sentence)}{''.join(f' [{fact.source.key}]' for fact in step.facts)}"


def show_changes(chosen: argparse.Namespace) -> int:
    """`servanda changes`: facts, statuses and places in lists that differ."""
    found = asked_changes(chosen, today(pack(chosen.convention).rules.timezone))
    table = changes_table(found, chosen.convention, "en")
    if chosen.format != "table":
        hand_out(table, chosen.format)
        return 0
    before, after = found.before, found.after
    print(f"{chosen.convention}, from number {before.number} on {before.day} to number {after.number} on {after.day}:")
    for row in table.rows:
        print_change(dict(zip(table.columns, row, strict=True)))
    if found.rules_changed:
        print("The rules of the pack changed.")
    if found.is_none:
        say("Nothing changed.")
    return 0


def asked_changes(chosen: argparse.Namespace, here: date) -> Changes:
    """The changes that the command asks for."""
    if (chosen.since is None) == (chosen.first is None):
        raise OneOfTwo
    if chosen.since is not None:
        return changes_since(chosen.convention, chosen.since, here)
    last = parse_day(chosen.last, "--to") if chosen.last else here
    refuse_after_today(last, here)
    return changes_between(chosen.convention, parse_day(chosen.first, "--from"), last)


def print_change(row: dict[str, object]) -> None:
    """One difference as a line."""
    where = f" ({row['meeting']})" if row["meeting"] and row["what"] == "list" else ""
    if row["what"] in ("status", "list"):
        print(f"{row['state']}  {row['what']} {row['matter']}{where}: {row['before']} -> {row['after']}")
    else:
        source = f" [{row['source']}]" if row["source"] else ""
        print(f"{row['state']}  {row['what']} {row['change']}: {plain(row['says'])}{source}")


def show_gaps(chosen: argparse.Namespace) -> int:
    """`servanda gaps`: questions for the secretariat, first those that would change most lists."""
    here = today(pack(chosen.convention).rules.timezone)
    day = parse_day(chosen.known, "--known") if chosen.known else here
    refuse_after_today(day, here)
    found = gaps_of(chosen.convention, day, chosen.meeting)
    if chosen.format != "table":
        hand_out(gaps_table(found, chosen.convention, day, "en"), chosen.format)
        return 0
    for asked in together(gap for gap in found if gap.lists):
        print_question(asked)
    rest = sum(not gap.lists for gap in found)
    say(f"{rest} more questions would change a status and no list; --format csv has them all.")
    return 0


def print_question(asked: Asked) -> None:
    """One question: about whom, what is said, what to look for, what would change."""
    gap = asked.first
    print(f"{' '.join(state.code for state in asked.states)}  {gap.kind}: {plain(gap.question)}")
    for sentence in gap.statements:
        print(f"     {plain(sentence)}")
    print(f"     Look for: {plain(gap.look_for)}")
    print(f"     Would change: {', '.join((*(f'{meeting} {tier}' for meeting, tier in gap.lists), *gap.statuses))}")


def hand_out(table: Table, form: str) -> None:
    """A table as CSV or JSON on standard output."""
    response = table.as_csv() if form == "csv" else table.as_json()
    print(response.content.decode().replace("\r\n", "\n"), end="" if form == "csv" else "\n")
