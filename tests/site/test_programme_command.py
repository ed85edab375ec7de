"""`servanda programme build`: forms, languages, refusals, and files that are whole or not there."""

import json
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest
from icalendar import Calendar

from servanda.programme.actions import issue_plan, store_plan
from servanda.programme.queries import plan
from servanda.site.command import main
from tests.packs.loaded import fresh_memory, toy

__all__ = ["fresh_memory", "toy"]


def build(capsys, *words):
    code = main(["programme", "build", "toy", "W2", *words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_text_is_what_comes_by_default_and_in_english(toy, capsys):
    code, out, err = build(capsys)

    assert (code, err) == (0, "")
    assert out.startswith("Lighthouse Convention\nWorking session\n6–8 October 2008\n")
    assert "\nMonday, 6 October 2008\n----------------------\n" in out


def test_json_is_of_the_format_for_exchange(toy, capsys):
    _code, out, _err = build(capsys, "--format", "json", "--lang", "fr")

    content = json.loads(out)
    assert (content["format"], content["language"], content["title"]) == (
        "servanda-programme/1",
        "fr",
        "Convention sur les phares, Session de travail",
    )


def test_the_page_is_what_the_screens_make_of_the_programme(toy, capsys, monkeypatch):
    def document(plan, names, language, _issued):
        return f"<title>{plan.code}, {names.find('XBA').name_in(language)}</title>"

    monkeypatch.setitem(sys.modules, "servanda.web.public.programmes", SimpleNamespace(document=document))

    assert build(capsys, "--format", "html", "--lang", "fr") == (0, "<title>W2, Borchovie</title>", "")


def test_the_same_question_gives_the_same_bytes(toy, capsys):
    assert build(capsys, "--format", "json") == build(capsys, "--format", "json")


def test_a_calendar_may_be_of_one_item(toy, capsys):
    _code, out, _err = build(capsys, "--format", "ics", "--item", "1")

    assert [str(entry["summary"]) for entry in Calendar.from_ical(out).walk("VEVENT")] == ["1. Opening"]


def test_a_calendar_may_be_of_one_state(toy, capsys):
    _code, out, _err = build(capsys, "--format", "ics", "--state", "XBA")

    assert Calendar.from_ical(out)["x-wr-calname"].startswith("Borchovia")


@pytest.mark.parametrize("form", ["text", "json", "ics"])
def test_a_file_holds_what_would_be_printed(toy, capsys, tmp_path, form):
    _code, out, _err = build(capsys, "--format", form)

    code, nothing, said = build(capsys, "--format", form, "-o", str(tmp_path / "programme"))

    assert (code, nothing, said) == (0, "", f"toy W2: written to {tmp_path / 'programme'}.\n")
    assert (tmp_path / "programme").read_bytes().decode() == out
    assert [path.name for path in tmp_path.iterdir()] == ["programme"]


def test_a_file_that_cannot_be_written_is_refused_and_leaves_nothing(toy, capsys, tmp_path):
    code, out, err = build(capsys, "-o", str(tmp_path / "nowhere" / "programme"))

    assert (code, out) == (1, "")
    assert err.startswith(f"servanda: {tmp_path / 'nowhere' / 'programme'} cannot be written.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--lang", "de"], "'de' is not one of the six languages. They are ar (العربية), en (English), es (español)"),
        (["--item", "1"], "A programme as text is always whole."),
        (["--state", "XBA", "--format", "json"], "A programme as json is always whole."),
        (["--item", "99", "--format", "ics"], "toy W2 has no item '99'."),
        (["--state", "Chadistan", "--format", "ics"], "'Chadistan' is not a State that Servanda knows."),
        (["--known", "2999-01-01"], "What is known on 2999-01-01 cannot be told today."),
        (["--known", "2008-13-01"], "--known: '2008-13-01' is not a date."),
    ],
)
def test_a_question_that_cannot_be_understood_is_refused(toy, capsys, words, said):
    code, out, err = build(capsys, *words)

    assert (code, out) == (2, "")
    assert err.startswith(f"servanda: {said}")


@pytest.mark.parametrize("words", [["programme", "build", "toy", "W9"], ["programme", "build", "nowhere", "W2"]])
def test_a_meeting_that_is_not_there_is_refused(toy, capsys, words):
    code = main(words)

    printed = capsys.readouterr()
    assert (code, printed.out) == (2, "")
    assert printed.err.startswith("servanda: ")


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_form_that_is_not_offered_is_wrong_usage(capsys, form):
    with pytest.raises(SystemExit) as ended:
        main(["programme", "build", "toy", "W2", "--format", form])

    assert ended.value.code == 2


def issue():
    """Store the programme as derived, in a room of its own, and issue it."""
    store_plan(plan=replace(plan("toy", "W2"), room="Lantern Room"), by="ada")
    return issue_plan(convention="toy", meeting="W2", version=1, by="ben")


def test_what_is_issued_is_written_only_where_it_is_asked_for(toy, capsys):
    issue()

    _code, derived, _err = build(capsys)
    _code, issued, _err = build(capsys, "--issued")

    assert ("Lantern Room" in derived, "Lantern Room" in issued) == (False, True)
    assert ("Version 1, issued on" in derived, "Version 1, issued on" in issued) == (False, True)


@pytest.mark.parametrize("form", ["json", "html", "ics"])
def test_what_is_issued_is_written_in_every_form(toy, capsys, form):
    issue()

    code, out, err = build(capsys, "--issued", "--format", form)

    assert (code, err, "Lantern Room" in out) == (0, "", True)


def test_where_nothing_is_issued_the_issued_programme_is_refused(toy, capsys):
    code, out, err = build(capsys, "--issued")

    assert (code, out) == (2, "")
    assert err.startswith("servanda: The programme of toy W2 has no stored version. ")


@pytest.mark.parametrize("words", [("--known", "2008-10-06"), ("--at", "1")])
def test_what_is_issued_has_its_days(toy, capsys, words):
    code, out, err = build(capsys, "--issued", *words)

    assert (code, out) == (2, "")
    assert err.startswith("servanda: --issued stands beside --known or --at. ")


def test_a_dash_as_the_file_is_standard_output(toy, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert build(capsys, "-o", "-") == build(capsys)
    assert list(tmp_path.iterdir()) == []


def test_the_calendar_of_a_state_in_no_list_is_told_to_say_little(toy, capsys):
    code, out, err = build(capsys, "--format", "ics", "--state", "XEA")

    assert (code, "BEGIN:VEVENT" in out, err.endswith("that does not say that it is not given the floor.\n")) == (
        0, False, True,
    )  # fmt: skip
