"""Numbers as a reader of each language writes them."""

from decimal import Decimal

import pytest

from servanda.common.wording import shown


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "3,364,889"),
        ("en", "3,364,889"),
        ("es", "3.364.889"),
        ("fr", "3\u202f364\u202f889"),
        ("ru", "3\u00a0364\u00a0889"),
        ("zh", "3,364,889"),
    ],
)
def test_a_quantity_is_grouped_as_the_language_does(language, expected):
    assert shown(Decimal("3364889"), language) == expected


def test_a_year_is_no_quantity():
    assert shown(2023, "en") == "2023"
