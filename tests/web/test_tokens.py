"""The colours of both surfaces are told apart by everyone who reads: contrast as WCAG 2.2 computes it."""

import re

import pytest

from tests.house.house import SOURCES

TOKENS = (SOURCES / "web" / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
PAIRS = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);")
PLAIN = {
    name: dict(zip(("paper", "lamp"), pair, strict=True)) for name, *pair in PAIRS.findall(TOKENS.split("@media")[0])
}
TEXT, BORDER = 4.5, 3


def brightness(colour):
    """Relative luminance of a colour in sRGB."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """How far two colours stand apart, from 1 to 21."""
    dark, bright = sorted((brightness(one), brightness(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("surface", ["paper", "lamp"])
@pytest.mark.parametrize(
    ("token", "least"),
    [("ink", 7), ("ink-soft", TEXT), ("accent", TEXT), ("due", TEXT), ("over", TEXT), ("done", TEXT), ("line", BORDER)],
)
def test_a_colour_is_read_on_both_grounds_of_its_surface(token, least, surface):
    grounds = [PLAIN["surface"][surface], PLAIN["surface-soft"][surface]]

    assert min(contrast(PLAIN[token][surface], ground) for ground in grounds) >= least


@pytest.mark.parametrize("surface", ["paper", "lamp"])
def test_a_filled_button_is_read_too(surface):
    assert contrast(PLAIN["surface"][surface], PLAIN["accent"][surface]) >= TEXT


def test_contrast_is_computed_as_told():
    assert round(contrast("#ffffff", "#000000"), 1) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
