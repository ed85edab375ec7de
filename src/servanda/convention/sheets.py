"""Files of a pack, read with their lines: YAML whose every key knows where it stands, CSV row by row."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

# The C loader reads the same ten times faster; it comes with every wheel of PyYAML.
try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]


MOST_ROWS = 250_000


class Loader(SafeLoader):
    """YAML in which `on`, `yes` and `NO` are words, as a lawyer would read them, and only true and false are not."""


Loader.yaml_implicit_resolvers = {
    sign: [(tag, shape) for tag, shape in resolvers if tag != "tag:yaml.org,2002:bool"]
    for sign, resolvers in SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def construct_day(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> object:
    """A date, or, where there is no such day (30 February), a fault on its line."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as error:
        raise yaml.constructor.ConstructorError(
            problem=f"{node.value!r} is not a date: {error}", problem_mark=node.start_mark
        ) from error


Loader.add_constructor("tag:yaml.org,2002:timestamp", construct_day)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong in a pack: where, what, why, and what to do."""

    file: str
    line: int
    what: str
    why: str
    do: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} {self.why} {self.do}"


class Faulty(Exception):
    """A file cannot be read at all."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(str(finding))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One YAML file: its content, and the line of each place in it."""

    file: str
    content: object
    lines: Mapping[tuple[str | int, ...], int]

    def line_of(self, place: Sequence[str | int]) -> int:
        """The line of a place, or of the nearest place around it that has one."""
        return self.lines.get(self.nearest((), tuple(place)), 1)

    def nearest(self, path: tuple[str | int, ...], rest: tuple[str | int, ...]) -> tuple[str | int, ...]:
        """The longest path that has a line; parts that are no key here, as names of alternatives, are passed over."""
        if not rest:
            return path
        further = (*path, rest[0])
        taken = self.nearest(further, rest[1:]) if further in self.lines else path
        return max(taken, self.nearest(path, rest[1:]), key=len)


def read_yaml(file: str, text: str) -> Sheet:
    """Read YAML; raise Faulty, with the line, where it cannot be read or says a thing twice."""
    try:
        node = yaml.compose(text, Loader=Loader)
        content = yaml.load(text, Loader=Loader)  # noqa: S506 (a safe loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Faulty(
            Finding(
                file,
                line,
                "This cannot be read as YAML.",
                f"{error.problem}.",
                "Mend the line; is the file cut short?",
            )
        ) from error
    if node is None:
        raise Faulty(
            Finding(file, 1, "The file is empty.", "Each file of a pack says something.", "Fill or remove it.")
        )
    lines: dict[tuple[str | int, ...], int] = {}
    note_lines(file, node, (), lines)
    return Sheet(file, content, lines)


def note_lines(
    file: str, node: yaml.Node, path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]
) -> None:
    """Note the line of each key and list entry below a node."""
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for position, child in enumerate(node.value):
            note_lines(file, child, (*path, position), lines)
    if isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            place = (*path, str(key.value))
            if place in lines:
                raise Faulty(
                    Finding(
                        file, key.start_mark.line + 1, f"{key.value!r} stands twice.",
                        f"It stands already on line {lines[place]}.", "Keep one of them.",
                    )
                )  # fmt: skip
            note_lines(file, child, place, lines)
            lines[place] = key.start_mark.line + 1


def read_csv(
    file: str, text: str, columns: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row of a CSV file with its line; raise Faulty for other columns or a row cut short.

    Optional columns stand after the others, in their order; where one is absent its cells are empty.
    """
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        head = next(reader, [])
        if head != [*columns, *(name for name in optional if name in head)]:
            raise Faulty(
                Finding(file, 1, f"The columns are {', '.join(head) or 'missing'}.",
                        f"Expected: {', '.join(columns)}.", "Name the columns so, in this order.")
            )  # fmt: skip
        for count, cells in enumerate(reader, start=1):
            if count > MOST_ROWS:
                raise Faulty(
                    Finding(file, reader.line_num, f"The file has more than {MOST_ROWS:,} rows.",
                            "No register of a treaty is that long, and nobody can review it.",
                            "Divide it, or take out what is not a row of the register.")
                )  # fmt: skip
            if len(cells) != len(head):
                raise Faulty(
                    Finding(file, reader.line_num, f"The row has {len(cells)} cells.",
                            f"{len(head)} columns are named on line 1.", "Mend the row; is the file cut short?")
                )  # fmt: skip
            yield reader.line_num, dict.fromkeys(optional, "") | dict(zip(head, cells, strict=True))
    except csv.Error as error:
        raise Faulty(
            Finding(
                file,
                reader.line_num,
                "This cannot be read as CSV.",
                f"{error}.",
                "Close the quotation; is the file cut short?",
            )
        ) from error
