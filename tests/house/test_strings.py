"""Words: every reader gets them in their language, as whole sentences."""

import pytest

from tests.house.house import SOURCES, files, named
from tests.house.strings import faults_of_module, faults_of_template

MODULES = [path for path in files(SOURCES, ".py") if "migrations" not in path.parts]
TEMPLATES = files(SOURCES, ".html")
# The same in every language: the name of the house, names of formats, the name of the kit for its developers.
NAMES = ("Servanda", "CSV", "JSON", "Kit")
NO_TEXT = {"_described.html"}  # attributes of a field, which it is put into


def test_no_template_shows_words_that_are_not_translated_or_are_glued():
    found = {
        named(path): faults_of_template(path.read_text(encoding="utf-8"), NAMES)
        for path in TEMPLATES
        if path.name not in NO_TEXT
    }

    assert {name: faults for name, faults in found.items() if faults} == {}


def test_no_module_puts_a_sentence_together_and_no_page_speaks_without_marks():
    web, described = SOURCES / "web", SOURCES / "web" / "api"  # the API describes itself to programmers, in English
    pages = {path for path in MODULES if path.is_relative_to(web) and not path.is_relative_to(described)}

    found = {named(path): faults_of_module(path.read_text(encoding="utf-8"), speaks=path in pages) for path in MODULES}

    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("template", "faults"),
    [
        ("<p>Hello there</p>", ["not translated: 'Hello there'"]),
        ('<nav aria-label="Pages">…</nav>', ["not translated: aria-label='Pages'"]),
        ("<img alt=\"A map of {{ place }}\">", ["not translated: alt='A map of'"]),
        ('<p>{% translate "Signed in as" %} <bdi>{{ name }}</bdi></p>', ["glued: 'Signed in as' and 'a value'"]),
        ('<p>{% translate "Due" %} {% translate "soon" %}</p>', ["glued: 'Due' and 'soon'"]),
        ('<p>{{ number }} {% translate "days" %}</p>', ["glued: a value and 'days'"]),
        ("<p>{{ sentence }}.</p>", ["punctuated: '….'"]),
        ("<p><bdi>{{ name }}</bdi>: {{ sentence }}</p>", ["punctuated: '…: …'"]),
        ('<p>{{ name }} <small>({% translate "not verified" %})</small></p>', ["punctuated: '(not verified)'"]),
        ('<title>{% translate "Version" %}, {{ number }}</title>', ["punctuated: 'Version, …'"]),
        ('<p>{% blocktranslate %}Until{% endblocktranslate %} {% days a b %}</p>', ["glued: 'Until' and 'a value'"]),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_template_is_found(template, faults):
    assert faults_of_template(template) == faults


@pytest.mark.parametrize(
    "template",
    [
        '<p>{% translate "Sources:" %} {{ source }}</p>',
        '<p>{% translate "Nothing is said." %} {% translate "Ask again." %}</p>',
        '<p>{% if late %}{% translate "late" %}{% else %}{% translate "in time" %}{% endif %}</p>',
        '<a title="{% translate \'The first page\' %}" href="/">Servanda</a>',
        "<p>{% blocktranslate with day=day %}Until {{ day }}{% endblocktranslate %}</p>",
        '<span lang="en" dir="ltr">As the source says</span>',
        '<p>{{ name }} · {% translate "public since then" %}</p>',
        '{% translate "State" as head %}<td data-head="{{ head }}">{{ state }}</td>',
    ],
)
def test_what_is_right_in_a_template_passes(template):
    assert faults_of_template(template, ("Servanda",)) == []


@pytest.mark.parametrize(
    ("module", "faults"),
    [
        ('say = N_(f"until {day}")', ["line 1: N_() around what is no plain text"]),
        ('say = gettext("until " + day)', ["line 1: gettext() around what is no plain text"]),
        ('say = translated(WORDS, code) + " until then"', ["line 1: a sentence is put together with `+` or `%`"]),
        ('say = f"{says.said_in(code)} until {day}"', ["line 1: a sentence is put together in an f-string"]),
        ('title = "Nothing is saved yet"', ["not marked: 'Nothing is saved yet'"]),
    ],
)
def test_what_is_wrong_in_a_module_is_found(module, faults):
    assert faults_of_module(module, speaks=True) == faults


@pytest.mark.parametrize(
    "module",
    [
        'say = N_("until {day}")',
        'say = N_("the first half "\n    "and the second half")',
        'label = f"{name}: {says.said_in(code)}"',
        '"""A module with a sentence of its own."""',
        'class No(Refusal):\n    def __init__(self):\n        super().__init__("It is not done here.")',
    ],
)
def test_what_is_right_in_a_module_passes(module):
    assert faults_of_module(module, speaks=True) == []
