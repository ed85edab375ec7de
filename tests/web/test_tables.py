"""Tables as they leave the house."""

import json
from datetime import date

from servanda.common.notice import STANDARD
from servanda.web.tables import Table


def a_table(*rows):
    return Table("board", ("state", "due"), rows, {"convention": "toy", "on": date(2006, 10, 2)})


def test_a_table_as_csv_has_its_columns_first_and_dates_as_iso():
    response = a_table(("XAA", date(2007, 1, 1)), ("XBA", None)).as_csv()

    assert response.content.decode() == "state,due\r\nXAA,2007-01-01\r\nXBA,\r\n"
    assert response["Content-Disposition"] == 'attachment; filename="board.csv"'


def test_no_cell_leaves_as_a_formula():
    response = a_table(("=1+1", "@x"), ("-7", "-x")).as_csv()

    assert response.content.decode() == "state,due\r\n'=1+1,'@x\r\n-7,'-x\r\n"


def test_a_table_as_json_says_what_it_tells_of():
    found = json.loads(a_table(("XAA", date(2007, 1, 1))).as_json().content)

    assert found == {
        "format": "servanda-table/1",
        "table": "board",
        "notice": STANDARD,
        "convention": "toy",
        "on": "2006-10-02",
        "rows": [{"state": "XAA", "due": "2007-01-01"}],
    }
