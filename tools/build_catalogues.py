"""Catalogues of translated sentences: collected from the house, compiled on installation, checked.

Used three ways: as the build hook of hatchling (each installation compiles `.po` to `.mo`),
with `--collect` (find new sentences in Python and templates), with `--check` (complete and in step).
Needs Babel, and for collecting Django; no system tools.
"""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "src" / "servanda"
LOCALE = HOUSE / "common" / "locale"
KEYWORDS = {"gettext": None, "_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
MARKED = re.compile(
    r"\b(?P<plural>n)?(?P<context>p)?gettext\((?P<words>(?:\s*u?(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')\s*,?)+)"
)
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
STRING = re.compile(r"u?(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')")


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compile the catalogues whenever Servanda is built or installed."""

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        """Write the compiled catalogues beside their sources."""
        compile_catalogues(Path(self.root) / "src" / "servanda" / "common" / "locale")


def compile_catalogues(locale: Path) -> None:
    """Compile each language's `django.po` to `django.mo`."""
    for source in sorted(locale.glob("*/LC_MESSAGES/django.po")):
        source.with_suffix(".mo").write_bytes(compiled(source))


def compiled(source: Path) -> bytes:
    """A catalogue compiled; the same source gives the same bytes on any day."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    catalogue.creation_date = catalogue.revision_date = NO_DAY
    write_mo(buffer := BytesIO(), catalogue)
    return buffer.getvalue()


def sentences() -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """Each sentence of the house, singular or (singular, plural), with its context."""
    for path in sorted(HOUSE.rglob("*.py")):
        for _line, words, _comments, context in extract_from_file("python", path, keywords=KEYWORDS):
            yield words, context
    from django.utils.translation.template import templatize

    for path in sorted((HOUSE / "web" / "templates").rglob("*.html")):
        for match in MARKED.finditer(templatize(path.read_text(encoding="utf-8"))):
            found = [eval(word) for word in STRING.findall(match["words"])]  # noqa: S307 (own templates)
            context = found.pop(0) if match["context"] else None
            yield (found[0], found[1]) if match["plural"] else found[0], context


def template_catalogue() -> Catalog:
    """A catalogue of all sentences, untranslated."""
    catalogue = Catalog(project="Servanda", fuzzy=False)
    for words, context in sentences():
        catalogue.add(words, context=context)
    return catalogue


def collect() -> None:
    """Bring each language's catalogue in step with the sentences of the house."""
    template = template_catalogue()
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parent.parent.name)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path.write_bytes(rendered(catalogue))
    compile_catalogues(LOCALE)


def rendered(catalogue: Catalog) -> bytes:
    """The catalogue as text without dates or line numbers, so that it changes only with its words."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=100, omit_header=False, no_location=True, sort_output=True)
    return re.sub(rb'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team|'
                  rb'Project-Id-Version|Report-Msgid-Bugs-To): [^\n]*\n', b"", buffer.getvalue())  # fmt: skip


def is_compiled(source: Path) -> bool:
    """Whether the compiled catalogue says the same as its source."""
    target = source.with_suffix(".mo")
    return target.exists() and target.read_bytes() == compiled(source)


def faults() -> list[str]:
    """What is wrong with the catalogues: sentences missing, untranslated or no longer used."""
    wanted = {(message.id, message.context) for message in template_catalogue() if message.id}
    found = []
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parent.parent.name)
        held = {(message.id, message.context): message for message in catalogue if message.id}
        name = path.relative_to(ROOT)
        found += [f"{name}: lacks {key[0]!r}; run `make catalogues`" for key in wanted - held.keys()]
        found += [f"{name}: no longer used: {key[0]!r}; run `make catalogues`" for key in held.keys() - wanted]
        if not is_compiled(path):
            found.append(f"{name}: not compiled since it changed; run `make catalogues`")
        for message in held.values():
            if not message.string or (isinstance(message.string, tuple) and not all(message.string)):
                found.append(f"{name}: {message.id!r} is not translated")
            found += [f"{name}: {message.id!r}: {error}" for error in message.check()]
    return found


if __name__ == "__main__":
    if "--collect" in sys.argv:
        collect()
    problems = faults() if "--check" in sys.argv else []
    print(
        "\n".join(problems) or "catalogues: " + ("complete and in step" if "--check" in sys.argv else "collected"),
        file=sys.stderr,
    )
    sys.exit(bool(problems))
