"""The Chinese web font, `src/servanda/web/static/fonts/noto-sans-sc-*.woff2`, cut from Noto Sans SC.

The signs of GB 2312 are cut into a few files, so that a page loads only what it shows. One file holds every sign
that the words of the house, of the packs and of the names of States need today: most pages load that one alone. It
stands last in the styles, for a later face goes before an earlier one, and so the ranges of the others may be plain.
`tools/fonts.json` lists the files with their digests and signs; a test holds the words against it. Run this again
when many new words came, so that the one file holds them.

The font comes from the package @expo-google-fonts/noto-sans-sc, version 0.4.3, of the npm registry (OFL 1.1),
file 400Regular/NotoSansSC_400Regular.ttf. Needed only here: pip install fonttools==4.68.0 brotli==1.2.1

    python tools/make_fonts.py NotoSansSC_400Regular.ttf
"""

import argparse
import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import count, groupby
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "src" / "servanda"
STATIC = HOUSE / "web" / "static"
WORDS = [
    *(HOUSE / "common" / "locale" / "zh").rglob("*.po"),
    *(HOUSE / "common" / "data").glob("*.csv"),
    *(ROOT / "packs").rglob("*.yaml"),
]
LISTED = ROOT / "tools" / "fonts.json"
SIGNS_IN_A_FILE = 600
HEAD = """/* Chinese, cut from Noto Sans SC by tools/make_fonts.py; a page loads the files whose signs it shows. */
@layer tokens {
"""
FACE = """  @font-face {{
    font-family: "Noto Sans SC";
    font-weight: 400;
    font-display: swap;
    src: url("../fonts/{name}") format("woff2");
    unicode-range: {signs};
  }}
"""


def main() -> None:
    """Cut the files anew and write their styles and their list."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("font", type=Path)
    font = arguments.parse_args().font
    for old in (STATIC / "fonts").glob("noto-sans-sc-*.woff2"):
        old.unlink()
    first, *rest = cuts(set(TTFont(font).getBestCmap()))
    faces = [f"U+{signs[0]:X}-{signs[-1]:X}" for signs in rest] + [ranges(first)]
    names = [f"noto-sans-sc-{number}.woff2" for number in range(1, len(rest) + 1)] + ["noto-sans-sc-house.woff2"]
    files = {name: cut(font, signs, STATIC / "fonts" / name) for name, signs in zip(names, [*rest, first], strict=True)}
    LISTED.write_text(json.dumps(files, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    told = [FACE.format(name=name, signs=signs) for name, signs in zip(names, faces, strict=True)]
    (STATIC / "css" / "chinese.css").write_text("\n".join([HEAD + told[0], *told[1:]]) + "}\n", encoding="utf-8")


def cuts(held: set[int]) -> Iterator[list[int]]:
    """The signs of each file: those in use, then the rest in the order of their numbers."""
    first = in_use() & held
    yield sorted(first)
    rest = sorted(set(gb_2312()) & held - first)
    yield from (rest[start : start + SIGNS_IN_A_FILE] for start in range(0, len(rest), SIGNS_IN_A_FILE))


def in_use() -> set[int]:
    """The Chinese signs and full-width punctuation in the words of the house, the packs and the names of States."""
    chinese = set(gb_2312())
    signs = {ord(sign) for path in WORDS for sign in path.read_text(encoding="utf-8")}
    punctuation = {sign for sign in chinese if sign < 0x4E00}
    return {sign for sign in signs if sign in chinese or 0x3400 <= sign <= 0x9FFF} | punctuation


def gb_2312() -> list[int]:
    """Chinese signs and punctuation of GB 2312 in its order; letters of other scripts have better fonts."""
    rows = [*range(0xA1, 0xA2), 0xA3, *range(0xB0, 0xF8)]
    places = [bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF)]
    signs = [ord(text) for place in places if (text := place.decode("gb2312", errors="ignore"))]
    return [sign for sign in signs if sign >= 0x2000 and not 0x2190 <= sign < 0x3000]


def cut(font: Path, signs: Iterable[int], path: Path) -> dict[str, str]:
    """Write the signs of a font as a web font, and tell its digest and what it holds; same signs, same bytes."""
    options = Options(hinting=False, notdef_outline=True, layout_features=["*"])
    subsetter = Subsetter(options)
    opened = TTFont(font, recalcTimestamp=False)
    subsetter.populate(unicodes=signs)
    subsetter.subset(opened)
    opened.flavor = "woff2"
    opened.save(path)
    held = "".join(map(chr, sorted(TTFont(path).getBestCmap())))
    return {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "signs": held}


def ranges(signs: Iterable[int]) -> str:
    """Signs as the value of `unicode-range`."""
    counter = count()
    runs = [list(run) for _key, run in groupby(sorted(signs), key=lambda sign: sign - next(counter))]
    return ", ".join(f"U+{run[0]:X}" if len(run) == 1 else f"U+{run[0]:X}-{run[-1]:X}" for run in runs)


if __name__ == "__main__":
    main()
