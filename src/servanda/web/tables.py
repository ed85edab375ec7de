"""Tables that a page shows and hands out: the same rows as CSV for a spreadsheet and as JSON for a program.

A cell that a spreadsheet would run as a formula is handed out with an apostrophe before it. CSV has no place for
what it tells of; the answer names its JSON as what describes it (`servanda.web.middleware`).
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpResponse, JsonResponse
from django.utils.translation import get_language

from servanda.web.notice import notice_in

Cell = str | int | date | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; `about` says of what they tell: convention, days, journal number."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    about: Mapping[str, Cell] = field(default_factory=dict)

    def as_csv(self) -> HttpResponse:
        """The rows below their columns, UTF-8, in lines that end as RFC 4180 says."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(self.columns)
        writer.writerows([plain(cell) for cell in row] for row in self.rows)
        response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.name}.csv"'
        return response

    def as_json(self, language: str = "") -> HttpResponse:
        """The rows as objects, with what they tell of: `servanda-table/1`; by default in the reader's language."""
        content = {
            "format": "servanda-table/1",
            "table": self.name,
            "notice": notice_in(language or get_language() or "en").words,
            **{name: written(cell) for name, cell in self.about.items()},
            "rows": [dict(zip(self.columns, map(written, row), strict=True)) for row in self.rows],
        }
        return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})


def written(cell: Cell) -> str | int | None:
    """A cell as JSON writes it: dates as ISO 8601."""
    return cell.isoformat() if isinstance(cell, date) else cell


def plain(cell: Cell) -> str:
    """A cell as text that no spreadsheet runs."""
    text = "" if cell is None else str(written(cell))
    return f"'{text}" if text.startswith(FORMULA) and not is_number(text) else text


def is_number(text: str) -> bool:
    """Whether a text is nothing but a number with its sign."""
    return text[1:].replace(".", "", 1).isdecimal()
