"""The small marks between words, in each language."""

import pytest
from django.utils import translation

from servanda.web.templatetags.servanda import comma


@pytest.mark.parametrize(
    ("language", "mark"), [("ar", "، "), ("en", ", "), ("es", ", "), ("fr", ", "), ("ru", ", "), ("zh", "、")]
)
def test_names_in_a_row_have_the_comma_of_the_language_between_them(language, mark):
    with translation.override(language):
        assert comma() == mark
