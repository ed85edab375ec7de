"""Words: the engine knows no treaty, and speaks to its readers in the words of the field."""

import ast
import re

from tests.house.house import SOURCES, files, named

MODULES = [path for path in files(SOURCES, ".py") if "migrations" not in path.parts]
TEMPLATES = files(SOURCES, ".html")
# Names and matters of treaties, which belong in packs. The id `apmbc` may stand as an example of what to type.
TREATIES = re.compile(
    r"\b(anti-?personnel|ottawa|land ?mines?|mine ?fields?|mines?|mined|minas|cluster|munitions?|ccm|oslo|clearance)\b",
    re.IGNORECASE,
)
EXAMPLE = re.compile(r"\bapmbc\b", re.IGNORECASE)
MAY_GIVE_AN_EXAMPLE = {
    "src/servanda/convention/pack.py",
    "src/servanda/convention/queries.py",
    "src/servanda/journal/models.py",
    "src/servanda/site/command.py",
    "src/servanda/web/templates/public/home.html",
}
NOT_OUR_WORDS = re.compile(
    r"\b(countr(?:y|ies)|events?|talks?|tickets?|scores?|rank(?:s|ed|ings?)?|compliant|non-?complian(?:t|ce)|violations?)\b",
    re.IGNORECASE,
)
TAG = re.compile(r"{%\s*(?:block)?trans(?:late)?\s+\"([^\"]*)\"|{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", re.DOTALL)
SPLIT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_")


def words_in(path):
    """Every name and text of a module with its line; the words of a name apart."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        line = getattr(node, "lineno", 0)
        for field in ("id", "attr", "name", "arg", "value"):
            text = getattr(node, field, None)
            if isinstance(text, str):
                yield line, text if field == "value" else " ".join(SPLIT.split(text))


def prose_of(path):
    """The words of a template that a reader sees: what is left without tags, the translated texts kept."""
    return TAG.sub(lambda found: f" {found[1] or ''} ", path.read_text(encoding="utf-8"))


def test_no_treaty_is_named_in_python():
    found = [
        f"{named(path)}:{line} {text[:60]!r}"
        for path in MODULES
        for line, text in words_in(path)
        if TREATIES.search(text)
    ]

    assert found == []


def test_no_treaty_is_named_in_a_template():
    found = [named(path) for path in TEMPLATES if TREATIES.search(path.read_text(encoding="utf-8"))]

    assert found == []


def test_the_id_of_a_convention_stands_only_in_examples_of_commands_and_streams():
    found = {named(path) for path in MODULES for _line, text in words_in(path) if EXAMPLE.search(text)}
    shown = {named(path) for path in TEMPLATES if EXAMPLE.search(path.read_text(encoding="utf-8"))}

    assert found | shown <= MAY_GIVE_AN_EXAMPLE


def test_templates_speak_in_the_words_of_the_field():
    found = {named(path): found[0] for path in TEMPLATES if (found := NOT_OUR_WORDS.search(prose_of(path)))}

    assert found == {}


def test_sentences_of_the_rules_do_too():
    marked = re.compile(r"N_\(\s*((?:\"[^\"]*\"\s*)+)\)")

    found = {
        named(path): words[0]
        for path in MODULES
        for text in marked.findall(path.read_text(encoding="utf-8"))
        if (words := NOT_OUR_WORDS.search(text))
    }

    assert found == {}


def test_these_rules_would_notice():
    assert TREATIES.search("a Mine Field")
    assert TREATIES.search(" ".join(SPLIT.split("mined_areas")))
    assert not TREATIES.search("determined, undermine, examined")
    assert NOT_OUR_WORDS.search("Countries, ranked")
    assert not NOT_OUR_WORDS.search("United Nations")
