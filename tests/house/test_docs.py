"""The documents say what is true: their commands run, their links lead somewhere, their lists are complete."""

import re
import shlex
import tomllib
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest

from servanda.convention import case_files, checking, glossary, institutions, presenters, procedure, rules, templates
from servanda.site.command import main

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("src/**/*.md"), *ROOT.glob("packs/**/*.md")])
NOT_RUN = {"demo", "serve"}

BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
PROMPT = re.compile(r"^\$ (?:\.venv/bin/)?servanda (.+)$")
LINK = re.compile(r"\]\(([^)\s]+)\)")
ISOLATES = str.maketrans("", "", "\u2068\u2069")


def name(page):
    return page.relative_to(ROOT).as_posix()


def commands(page):
    """Each command of a page, in order, with the lines shown below it."""
    shown = []
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for line in block.splitlines():
            if match := PROMPT.match(line):
                shown.append((shlex.split(match[1]), []))
            elif shown:
                shown[-1][1].append(line)
    return [(words, lines) for words, lines in shown if words[0] not in NOT_RUN]


def is_printed(line, printed):
    """Whether a shown line was printed; with `…` at its end, whether a printed line begins so."""
    begin, trimmed, _ = line.partition("…")
    return any(each.startswith(begin) if trimmed else each == line for each in printed)


@pytest.fixture
def loaded(db, capsys):
    main(["load", str(ROOT / "packs" / "apmbc")])
    capsys.readouterr()


@pytest.mark.slow
def test_every_command_in_the_documents_runs_and_prints_what_is_shown(loaded, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    faults = []

    for page in PAGES:
        for words, lines in commands(page):
            code = main(words)
            out, err = capsys.readouterr()
            printed = [line.rstrip() for line in (out + err).translate(ISOLATES).splitlines()]
            command = f"{name(page)}: servanda {shlex.join(words)}"
            faults += [f"{command}: ended with {code}: {err}"] if code else []
            faults += [f"{command}: does not print {line!r}" for line in lines if not is_printed(line, printed)]

    assert faults == []


def test_the_documents_show_commands():
    shown = {words[0] for page in PAGES for words, _lines in commands(page)}

    assert shown == {
        "backtest", "changes", "export", "forecast", "gaps", "import", "link", "load", "pack", "programme", "replay",
        "status", "tier", "verify",
    }  # fmt: skip


def test_every_relative_link_leads_to_a_file():
    broken = [
        f"{name(page)}: {target}"
        for page in PAGES
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("#")
        if not (page.parent / target.partition("#")[0]).exists()
    ]

    assert broken == []


def test_every_link_to_a_heading_finds_it():
    missing = [
        f"{name(page)}: {target}"
        for page in PAGES
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target and "#" in target
        if target.partition("#")[2] not in headings(page.parent / (target.partition("#")[0] or page.name))
    ]

    assert missing == []


def headings(page):
    """The names under which the headings of a page can be linked to."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def test_every_dependency_has_a_line_that_says_why():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=~!; ]", requirement)[0].lower() for requirement in wanted}
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").partition("## Carried along")[0]

    explained = {row.lower() for row in re.findall(r"^\| ([\w-]+) \| \S", page, re.MULTILINE)} - {"package"}

    assert explained == names


def test_the_page_on_packs_names_every_word_and_column():
    page = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
    named = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`\n]+)`", page))))

    assert sorted(vocabulary() - named) == []


def vocabulary():
    """Every column of a pack's tables, every word of its rules, and every word that a cell may hold."""
    columns = (checking.FACT_COLUMNS, checking.COVERAGE_COLUMNS, checking.DOCUMENT_COLUMNS, checking.MEETING_COLUMNS)
    cells = (checking.KINDS_OF_SOURCE, checking.SET_BY, checking.STANCES, checking.RANKS)
    words = {word for table in (*columns, *cells) for word in table}
    modules = (rules, case_files, institutions, procedure, templates, glossary)
    words |= {*presenters.PRESENTER_COLUMNS, *presenters.STANDINGS}
    shapes = [
        shape
        for module in modules
        for shape in vars(module).values()
        if isinstance(shape, type) and issubclass(shape, rules.Rule)
    ]
    for shape in shapes:
        for field, told in shape.model_fields.items():
            words |= {told.alias or field}
            if get_origin(told.annotation) is Literal:
                told_words = (word for word in get_args(told.annotation) if isinstance(word, str))
                words |= {part for word in told_words for part in word.split()}
    return words


def test_the_vocabulary_is_read_from_the_rules():
    assert {"roll", "first_of_month", "is", "if_not_announced", "known_by", "depositary"} <= vocabulary()


def test_every_decision_is_in_the_list_of_decisions():
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\((\d{4}-[^)]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8"))

    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))
