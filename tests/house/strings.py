"""Looks for words that no translator gets to see, and for sentences put together from pieces.

A template is read with its tags of Django replaced by signs: what is translated, what is a value, where one of
several choices ends. What is left of letters is not translated; pieces with nothing between them are glued.
"""

import ast
import re
from html.parser import HTMLParser
from itertools import pairwise

from servanda.people.permissions import RULES

VALUE, CHOICE = "\ue000", "\ue001"
FIRST_SAID, LAST_SAID = "\ue100", "\uf8ff"  # a sign for each translated text of a template
BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b.*?%}(.*?){%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
SAYING = re.compile(r"{%\s*trans(?:late)?\s+(?:\"([^\"]*)\"|'([^']*)')(?![^%]*\bas\s+\w+\s*%}).*?%}", re.DOTALL)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|<!--.*?-->", re.DOTALL)
CHOOSING = re.compile(r"{%\s*(?:else|elif|empty|include|block|endblock)\b.*?%}", re.DOTALL)
SHOWING = re.compile(r"{{.*?}}|{%\s*(?:days|naming|notice)\b.*?%}", re.DOTALL)
# A mark of one script beside words of any: a full stop, colon, comma or bracket is for the translator to set.
PUNCTUATED = re.compile(f"[{VALUE}{FIRST_SAID}-{LAST_SAID}][.,:;()]|\\([{VALUE}{FIRST_SAID}-{LAST_SAID}]")
TAG = re.compile(r"{%.*?%}", re.DOTALL)
READ_ALOUD = ("title", "aria-label", "alt", "placeholder", "content")
WITHIN_A_SENTENCE = {"bdi", "strong", "em", "b", "time"}
VOID = {"meta", "link", "input", "br", "img", "hr", "wbr"}
ENDS = (".", ":", "?", "!", ",", ";")
MARKS = {"N_", "_", "gettext", "ngettext", "pgettext", "gettext_lazy"}
SPEAKS = MARKS | {"translated", "said_in", "shown_in"}
# A refusal (in English, and shown as such), words by language, the name of a document, what goes to the log.
NOT_SPOKEN = {"__init__", "of", "Source", "error", "exception", "warning"}
PROSE = re.compile(r"[A-Za-z’']{2,} [a-z’']+ [a-z’']+")


class Reading(HTMLParser):
    """The texts and spoken attributes of a template; what stands in an element of a language of its own is left out."""

    def __init__(self):
        super().__init__()
        self.open, self.runs, self.attributes = [], [""], []

    def begins_anew(self, tag, classes=""):
        """Whether an element stands apart from the sentence; a symbol beside a title does."""
        return tag not in WITHIN_A_SENTENCE or "symbol" in classes

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        foreign = VALUE not in (named.get("lang") or VALUE)
        if tag not in VOID:
            self.open.append((tag, foreign or tag in ("code", "style", "script")))
        self.attributes += [
            (name, value)
            for name, value in attrs
            if name in READ_ALOUD and value and (name != "content" or named.get("name") == "description")
        ]
        if self.begins_anew(tag, named.get("class") or ""):
            self.runs.append("")

    def handle_endtag(self, tag):
        places = [place for place, (name, _foreign) in enumerate(self.open) if name == tag]
        if places:
            del self.open[places[-1]]
        if self.begins_anew(tag):
            self.runs.append("")

    def handle_data(self, data):
        if not any(foreign for _name, foreign in self.open):
            self.runs[-1] += data


def faults_of_template(text, names=()):
    """What is wrong with the words of a template; `names` are words that are the same in every language."""
    said = []

    def remember(match):
        said.append(" ".join(next(group for group in match.groups() if group is not None).split()))
        return chr(ord(FIRST_SAID) + len(said) - 1)

    text = re.compile(f"{BLOCK.pattern}|{SAYING.pattern}", re.DOTALL).sub(remember, COMMENT.sub("", text))
    reading = Reading()
    reading.feed(TAG.sub("", SHOWING.sub(VALUE, CHOOSING.sub(CHOICE, text))))
    spoken = [(f"{name}=", value) for name, value in reading.attributes] + [("", run) for run in reading.runs]
    found = [f"not translated: {place}{left!r}" for place, run in spoken if (left := letters_left(run, names))]
    found += [f"punctuated: {readable(run, said)!r}" for _place, run in spoken if PUNCTUATED.search(run)]
    return found + [fault for run in reading.runs for fault in glued(run, said)]


def readable(run, said):
    """A run with its values as dots."""
    return "".join("…" if sign == VALUE else words_of(sign, said) or sign for sign in run if sign != CHOICE).strip()


def letters_left(run, names):
    """What a reader sees in one language only."""
    for name in names:
        run = re.sub(rf"\b{re.escape(name)}\b", "", run)
    left = " ".join(re.sub(f"[{VALUE}-{LAST_SAID}]", " ", run).split())
    return left if has_letters(left) else ""


def has_letters(text):
    """Whether there is anything to translate in a text."""
    return any(sign.isalpha() for sign in text)


def glued(run, said):
    """Pieces of one run with nothing but blanks between them, of which the first is no whole sentence."""
    for first, second in pairwise(re.findall(f"[{VALUE}-{LAST_SAID}]|[^\\s{VALUE}-{LAST_SAID}]+", run)):
        before, after = (words_of(sign, said) for sign in (first, second))
        if before and not before.endswith(ENDS) and (has_letters(after) or second == VALUE):
            yield f"glued: {before!r} and {after or 'a value'!r}"
        if first == VALUE and after[:1].islower():
            yield f"glued: a value and {after!r}"


def words_of(sign, said):
    """The translated words that a sign stands for, if any."""
    return said[ord(sign) - ord(FIRST_SAID)] if FIRST_SAID <= sign <= LAST_SAID else ""


def faults_of_module(text, *, speaks=False):
    """What is wrong with the words of a module; one that `speaks` says nothing to a reader but by marked words."""
    tree = ast.parse(text)
    found = [fault for node in ast.walk(tree) for fault in faults_of_node(node)]
    return found + ([f"not marked: {words!r}" for words in unmarked(tree)] if speaks else [])


def faults_of_node(node):
    """Marks around what is no plain text, and spoken words put together with others."""
    if isinstance(node, ast.Call) and called(node) in MARKS and node.args and not is_plain(node.args[0]):
        yield f"line {node.lineno}: {called(node)}() around what is no plain text"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        sides = (node.left, node.right)
        if any(isinstance(side, ast.Call) and called(side) in SPEAKS for side in sides):
            yield f"line {node.lineno}: a sentence is put together with `+` or `%`"
    if isinstance(node, ast.JoinedStr) and any(speaks_in(part) for part in node.values):
        words = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
        if has_letters(words):
            yield f"line {node.lineno}: a sentence is put together in an f-string"


def called(node):
    """The name of what is called."""
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def is_plain(node):
    """Whether a node is text as it is written, or a name for it."""
    return isinstance(node, ast.Constant | ast.Name | ast.Attribute | ast.Subscript | ast.Starred)


def speaks_in(part):
    """Whether a place of an f-string is filled with words in the reader's language."""
    return isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Call) and called(part.value) in SPEAKS


def unmarked(tree):
    """Texts of three words or more that are neither marked, nor documentation, nor part of a refusal."""
    apart = {id(inner) for node in ast.walk(tree) if is_apart(node) for inner in ast.walk(node)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart
        if PROSE.search(node.value) and node.value not in RULES
    ]


def is_apart(node):
    """Documentation, marked words, words in a named language, of a refusal, of the log, or for readers of the API."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.keyword):
        return node.arg == "summary"
    return isinstance(node, ast.Call) and called(node) in MARKS | NOT_SPOKEN
