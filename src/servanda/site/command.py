"""The `servanda` command. Results go to standard output alone; progress and errors to standard error.

Exit codes: 0 done, 1 findings or refusals, 2 wrong usage.
"""

import argparse
import errno
import os
import re
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

import servanda
from servanda.common.languages import LANGUAGES
from servanda.common.refusals import Refusal


class DataFolderIsClosed(Refusal):
    """The data folder cannot be made or written."""

    def __init__(self, error: OSError) -> None:
        super().__init__(
            f"The data folder cannot be used: {error.filename}.",
            f"The system says: {error.strerror}.",
            "Name a folder that you may write with SERVANDA_DATA.",
        )


class DatabaseIsClosed(Refusal):
    """The database cannot be reached or opened."""

    def __init__(self, error: Exception) -> None:
        super().__init__(
            "The database cannot be reached.",
            f"It says: {str(error).strip().splitlines()[0]}.",
            "Check that it runs, and what DATABASE_URL and SERVANDA_DATA name.",
        )


class ResultIsNotWritten(Refusal):
    """What a command prints or writes finds no room, or its place fails."""

    def __init__(self, error: OSError) -> None:
        super().__init__(
            "The result could not be written.",
            f"The system says: {error.strerror}.",
            "Write it to a place that has room; what stands there now is not whole.",
        )


# No room, above the limit of a file or of a person, and a device that fails.
UNWRITABLE = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EIO)
Command = Callable[[argparse.Namespace], int]


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    try:
        try:
            return run(read_words(words))
        finally:
            sys.stdout.flush()
    except Refusal as refusal:
        say(f"servanda: {refusal}")
        return refusal.exit_code
    except BrokenPipeError:
        # Whoever read has read enough.
        give_up_output()
        return 0
    except OSError as error:
        if error.errno not in UNWRITABLE:
            raise
        give_up_output()
        say(f"servanda: {ResultIsNotWritten(error)}")
        return ResultIsNotWritten.exit_code


def run(chosen: argparse.Namespace) -> int:
    """Do what the words of a command line ask for."""
    if chosen.prepares:
        prepare(migrating=chosen.migrates)
    code: int = chosen.run(chosen)
    return code


def give_up_output() -> None:
    """Let what is still unwritten go nowhere, so that it does not fail again when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def read_words(words: Sequence[str] | None) -> argparse.Namespace:
    """The command that words name; States may stand before or after options; `-o -` is standard output."""
    top = parser()
    given = sys.argv[1:] if words is None else words
    chosen, rest = top.parse_known_args(given)
    if rest and (any(word.startswith("-") for word in rest) or not hasattr(chosen, "states")):
        top.error(f"unrecognized arguments: {' '.join(rest)}")
    if any(not word or (word.startswith("--") and word.endswith("=")) for word in given):
        top.error("an argument is empty; give it a value, or leave it out")
    if rest:
        chosen.states += rest
    if getattr(chosen, "output", None) == "-":
        chosen.output = None
    return chosen


def parser() -> argparse.ArgumentParser:
    """The words of the command line."""
    top = argparse.ArgumentParser(prog="servanda", description="The open-source secretariat of a treaty.")
    top.add_argument("--version", action="version", version=f"servanda {servanda.__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    demo = add(commands, "demo", "load every pack that comes along, and serve it on this machine", prepares=False)
    demo.add_argument("--port", type=port, default=8000)
    demo.set_defaults(run=lambda chosen: call_to_serve("serve_demo", chosen), host="127.0.0.1")

    serve = add(commands, "serve", "serve what is loaded", prepares=False)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=port, default=8000)
    serve.set_defaults(run=lambda chosen: call_to_serve("serve_site", chosen))

    load = add(commands, "load", "take packs in; prints the difference")
    load.add_argument("packs", nargs="+", metavar="PACK", help="a pack's name (apmbc) or folder")
    load.set_defaults(run=lambda chosen: call("load_packs", chosen))

    status = add(commands, "status", "where States stand with an obligation, and why")
    status.add_argument("convention")
    status.add_argument("states", nargs="*", metavar="STATE", help="codes or UN names; none: all States")
    status.add_argument("--obligation", help="its id in the pack; the main one by default")
    status.add_argument("--on", metavar="DAY", help="about which day; that of --known by default, else today")
    add_times(status)
    status.add_argument("--format", choices=("table", "json", "csv"), default="table")
    status.set_defaults(run=lambda chosen: call("show_status", chosen))

    tier = add(commands, "tier", "which States a meeting gives the floor, and why")
    tier.add_argument("convention")
    tier.add_argument("tier")
    tier.add_argument("--meeting", required=True, metavar="CODE")
    add_times(tier)
    tier.add_argument(
        "--seat", choices=("public", "secretariat"), default="public", help="whose rows and names: public by default"
    )
    tier.add_argument("--format", choices=("table", "json"), default="table")
    tier.set_defaults(run=lambda chosen: call("show_tier", chosen))

    add_reckoning(commands)
    add_forecast(commands)

    verify = add(commands, "verify", "prove that the journal is whole")
    verify.add_argument("stream", nargs="?", help="a convention or meeting (apmbc/IM2024); none: all")
    verify.set_defaults(run=lambda chosen: call("verify_journal", chosen))

    add_programme(commands)
    add_archives(commands)
    add_backups(commands)
    add_user(commands)
    add_link(commands)
    add_replay(commands)

    pack = commands.add_parser("pack", help="packs, without loading them")
    packs = pack.add_subparsers(required=True, metavar="COMMAND")
    check = add(packs, "check", "check packs and run their cases; names file and line", migrates=False)
    check.add_argument("packs", nargs="+", metavar="PACK")
    check.set_defaults(run=lambda chosen: call("check_packs", chosen))
    return top


def add_reckoning(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands that reckon over many lists."""
    backtest = add(commands, "backtest", "a tier as known on the first day of each meeting, beside what came of it")
    backtest.add_argument("convention")
    backtest.add_argument("tier")
    backtest.add_argument("--format", choices=("table", "json"), default="table")
    backtest.set_defaults(run=lambda chosen: call("reckoning_work:show_backtest", chosen))

    gaps = add(commands, "gaps", "what the register does not settle, by the lists that an answer would change")
    gaps.add_argument("convention")
    gaps.add_argument("--meeting", metavar="CODE", help="the lists of this meeting; by default of the coming ones")
    gaps.add_argument("--known", metavar="DAY", help="by sources public on this day; today by default")
    gaps.add_argument("--format", choices=("table", "csv", "json"), default="table")
    gaps.set_defaults(run=lambda chosen: call("reckoning_work:show_gaps", chosen))

    changes = add(commands, "changes", "what changed since a journal number, or between two days")
    changes.add_argument("convention")
    changes.add_argument(
        "--since", type=int, metavar="NUMBER", help="what this register took in after a journal number"
    )
    changes.add_argument("--from", dest="first", metavar="DAY", help="what became public after this day")
    changes.add_argument("--to", dest="last", metavar="DAY", help="and until this one; today by default")
    changes.add_argument("--format", choices=("table", "csv", "json"), default="table")
    changes.set_defaults(run=lambda chosen: call("reckoning_work:show_changes", chosen))


def add_programme(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`servanda programme`: the programme of a meeting."""
    programme = commands.add_parser("programme", help="the programme of a meeting")
    programmes = programme.add_subparsers(required=True, metavar="COMMAND")
    add_programme_build(programmes)
    add_programme_versions(programmes)


def add_programme_build(programmes: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command that derives a programme and writes it down."""
    build = add(programmes, "build", "derive the programme of a meeting, in one of six languages")
    build.add_argument("convention")
    build.add_argument("code", metavar="CODE", help="the code of the meeting")
    build.add_argument("--lang", default="en", metavar="LANGUAGE", help="ar, en, es, fr, ru or zh; en by default")
    add_times(build)
    build.add_argument("--issued", action="store_true", help="the version issued last, instead of what is derived now")
    build.add_argument("--format", choices=("text", "json", "html", "ics"), default="text")
    build.add_argument("--item", metavar="NUMBER", help="with --format ics: this item alone, in all its sittings")
    build.add_argument("--state", metavar="STATE", help="with --format ics: the items whose lists name this State")
    build.add_argument("-o", "--output", metavar="FILE", help="the file to write; - or nothing: standard output")
    build.set_defaults(run=lambda chosen: call("programme_work:build_programme", chosen))


def add_forecast(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command that foresees how long a programme takes."""
    command = add(commands, "forecast", "how long the programme of a meeting is expected to take, and what overruns")
    command.add_argument("convention")
    command.add_argument("code", metavar="CODE", help="the code of the meeting")
    command.add_argument("--item", metavar="NUMBER", help="one item of the agenda, with its tiers")
    command.add_argument(
        "--limit", action="append", default=[], metavar="TIER=SECONDS", help="if a turn in this tier had this limit"
    )
    command.add_argument("--known", metavar="DAY", help="by sources public on this day; the first of the meeting")
    command.add_argument("--runs", default="10000", metavar="NUMBER", help="how often it is tried; 10000 by default")
    command.add_argument("--format", choices=("table", "json"), default="table")
    command.set_defaults(run=lambda chosen: call("forecast_work:show_forecast", chosen))


def add_programme_versions(programmes: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands that store versions of a programme, issue them and tell them apart."""
    store = add_of_meeting(programmes, "store", "store the programme, as derived now, as a new version: a draft")
    store.add_argument("--known", metavar="DAY", help="by sources public on this day; the meeting's first by default")
    store.set_defaults(run=lambda chosen: call("version_work:store_version", chosen))

    issue = add_of_meeting(programmes, "issue", "issue the newest version; what is issued is never changed")
    issue.add_argument("--version", type=int, metavar="N", help="the version that you looked at; by default the newest")
    issue.set_defaults(run=lambda chosen: call("version_work:issue_version", chosen))

    versions = add_of_meeting(programmes, "versions", "the stored versions, which of them are issued, and as of when")
    versions.add_argument("--format", choices=("table", "json"), default="table")
    versions.set_defaults(run=lambda chosen: call("version_work:show_versions", chosen))

    differences = add_of_meeting(programmes, "differences", "what differs between two versions, in words")
    differences.add_argument("first", nargs="?", type=int, metavar="FIRST", help="a version; by default the newest")
    differences.add_argument(
        "second", nargs="?", type=int, metavar="SECOND", help="another; by default what the register derives now"
    )
    differences.add_argument("--known", metavar="DAY", help="for what is derived now: by sources public on this day")
    differences.add_argument("--lang", choices=tuple(LANGUAGES), default="en")
    differences.add_argument("--format", choices=("table", "json"), default="table")
    differences.set_defaults(run=lambda chosen: call("version_work:show_differences", chosen))


def add_of_meeting(
    programmes: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, says: str
) -> argparse.ArgumentParser:
    """Add a command on the programme of one meeting."""
    made = add(programmes, name, says)
    made.add_argument("convention")
    made.add_argument("meeting", metavar="CODE")
    return made


def add_archives(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands that carry a convention from one house to another."""
    export = add(commands, "export", "write a convention with its history into one file")
    export.add_argument("convention")
    export.add_argument(
        "--seat", choices=("public", "secretariat"), default="secretariat",
        help="whose view: secretariat (all that is held) or public; secretariat by default",
    )  # fmt: skip
    export.add_argument("-o", "--output", metavar="FILE", help="the file to write; - or nothing: standard output")
    export.set_defaults(run=lambda chosen: call("archive_work:export_convention", chosen))

    importing = add(commands, "import", "take a convention in from the file that export wrote")
    importing.add_argument("file", metavar="FILE")
    importing.set_defaults(run=lambda chosen: call("archive_work:import_convention", chosen))


def add_backups(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands that keep the whole house, and bring it back."""
    backup = add(commands, "backup", "write all that is kept here into one file, while the server runs", prepares=False)
    backup.add_argument("file", metavar="FILE", help="a new file, outside the data folder")
    backup.set_defaults(run=lambda chosen: call("backup_work:make_backup", chosen))

    restore = add(commands, "restore", "bring a backup back, into an empty place", prepares=False)
    restore.add_argument("file", metavar="FILE")
    restore.add_argument(
        "--into", required=True, metavar="PLACE",
        help="a data folder that is empty or new; for PostgreSQL the URL of an empty database",
    )  # fmt: skip
    restore.set_defaults(run=lambda chosen: call("backup_work:restore_backup", chosen))


def add_user(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`servanda user`: accounts for the desk."""
    user = commands.add_parser("user", help="accounts of those who keep the register")
    users = user.add_subparsers(required=True, metavar="COMMAND")
    new = add(users, "add", "make an account; the password is asked for, or read from standard input")
    new.add_argument(
        "id", metavar="ID", help="a word that the journal keeps for good, as desk-2; never a person's name"
    )
    new.add_argument("--seat", required=True, choices=("secretariat", "administrator"))
    new.add_argument("--convention", default="", help="narrow the seat to one convention")
    new.add_argument("--name", default="", help="the person's name, shown to the administrator; erased on closing")
    new.add_argument("--generate", action="store_true", help="make a password and print it once")
    new.set_defaults(run=lambda chosen: call("user_work:add_user", chosen))
    everyone = add(users, "list", "who may sign in, with which seat")
    everyone.set_defaults(run=lambda chosen: call("user_work:list_users", chosen))
    close = add(users, "deactivate", "close an account and erase the person's name")
    close.add_argument("id", metavar="ID")
    close.set_defaults(run=lambda chosen: call("user_work:close_user", chosen))
    password = add(users, "password", "give an account another password")
    password.add_argument("id", metavar="ID")
    password.add_argument("--generate", action="store_true", help="make a password and print it once")
    password.set_defaults(run=lambda chosen: call("user_work:change_password", chosen))


def add_link(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`servanda link`: seats at one meeting, by a link instead of an account."""
    link = commands.add_parser("link", help="links that give a seat at one meeting without an account")
    links = link.add_subparsers(required=True, metavar="COMMAND")
    new = add_of_meeting(links, "add", "make a link and print its address, this once")
    whose = new.add_mutually_exclusive_group(required=True)
    whose.add_argument("--delegation", metavar="STATE", help="the code of a State or organisation; ends its other link")
    whose.add_argument("--screen", choices=("console", "display", "interpreters"), help="a seat of those in the room")
    new.add_argument("--until", default="", metavar="DAY", help="its last day; by default the day after the meeting")
    new.add_argument(
        "--rehearsal", type=rehearsal, default="", metavar="NAME", help="the rehearsal that it is for, as rehearsal-1"
    )
    new.add_argument("--lang", default="en", choices=tuple(LANGUAGES), help="the language of the page it opens")
    new.set_defaults(run=lambda chosen: call("link_work:add_link", chosen))
    known = add_of_meeting(links, "list", "the links to a meeting that can be used")
    known.add_argument("--rehearsal", type=rehearsal, default="", metavar="NAME")
    known.set_defaults(run=lambda chosen: call("link_work:list_links", chosen))
    end = add(links, "revoke", "end a link for good")
    end.add_argument("id", metavar="ID")
    end.set_defaults(run=lambda chosen: call("link_work:end_link", chosen))


def add_replay(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`servanda replay`: a rehearsal of a meeting that plays by itself."""
    replay = add_of_meeting(commands, "replay", "rehearse a meeting: its sittings, played by a script with a seed")
    replay.add_argument(
        "--speed", type=speed, default=60, metavar="NUMBER",
        help="how many times as fast as a meeting, up to 600; 0: without waiting; 60 by default",
    )  # fmt: skip
    replay.add_argument("--seed", default="", metavar="WORD", help="of chance; by default the name of the rehearsal")
    replay.add_argument(
        "--rehearsal", type=rehearsal, default="", metavar="NAME",
        help="which, as rehearsal-1; by default the newest that a replay began and did not end, else a new one",
    )  # fmt: skip
    replay.add_argument("--until", default="", metavar="SITTING", help="end when this sitting has risen")
    replay.add_argument("--steps", type=steps, metavar="NUMBER", help="end after so many acts, beside the opening")
    replay.set_defaults(run=lambda chosen: call("replay_work:replay_meeting", chosen))


def add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    says: str,
    *,
    migrates: bool = True,
    prepares: bool = True,
) -> argparse.ArgumentParser:
    """Add a command with its one-line help; one that does not `prepare` makes Django ready itself, if it needs it."""
    made = commands.add_parser(name, help=says, description=says[0].upper() + says[1:] + ".")
    made.set_defaults(migrates=migrates, prepares=prepares)
    return made


def port(text: str) -> int:
    """A port of this machine, 1 to 65535; anything else is wrong usage."""
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; write a number from 1 to 65535")
    return int(text)


def rehearsal(text: str) -> str:
    """The name of a rehearsal, `rehearsal-1`; anything else is wrong usage."""
    if text and not re.fullmatch("rehearsal-[1-9][0-9]{0,5}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no rehearsal; write rehearsal-1, rehearsal-2 and so on")
    return text


def steps(text: str) -> int:
    """How many acts, from 1; anything else is wrong usage."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of acts; write a number from 1")
    return int(text)


def speed(text: str) -> int:
    """How many times as fast as a meeting, 0 to 600; anything else is wrong usage."""
    if not (text.isascii() and text.isdecimal() and int(text) <= 600):
        raise argparse.ArgumentTypeError(f"{text!r} is no speed; write a number from 0 to 600")
    return int(text)


def add_times(command: argparse.ArgumentParser) -> None:
    """As known on which day, and as taken in at which journal number."""
    command.add_argument("--known", metavar="DAY", help="by sources public on this day")
    command.add_argument("--at", type=int, metavar="NUMBER", help="as the register stood at this journal number")


def prepare(*, migrating: bool) -> None:
    """Make Django ready, and the data folder with its database as this release wants it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servanda.site.settings")
    import django  # app-ready: settings come first
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        django.setup()
        import_module("servanda.site.kinds")
        if migrating:
            settings.ENVIRONMENT.data.mkdir(parents=True, exist_ok=True)
            call_command("migrate", verbosity=0, interactive=False)
    except OSError as error:
        raise DataFolderIsClosed(error) from error
    except DatabaseError as error:
        raise DatabaseIsClosed(error) from error


def call(name: str, chosen: argparse.Namespace) -> int:
    """Run a command's work, `function` or `module:function`; it is imported only now, when Django is ready."""
    module, _, function = name.rpartition(":")
    run: Command = getattr(import_module(f"servanda.site.{module or 'work'}"), function)
    return run(chosen)


def call_to_serve(name: str, chosen: argparse.Namespace) -> int:
    """Run a command that serves, once it can have its address: refused, it has changed nothing of the house."""
    from servanda.site.serving import check_address  # slow: the server is needed here only

    check_address(chosen.host, chosen.port)
    prepare(migrating=True)
    return call(name, chosen)


def say(words: str) -> None:
    """Words for the person at the terminal, kept apart from results."""
    print(words, file=sys.stderr, flush=True)
