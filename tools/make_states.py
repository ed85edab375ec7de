"""The names of States, `src/servanda/common/data/states.csv`, made from a published table.

The table is the "Countries & Territories Taxonomy MVP" of OCHA, bundled as a CSV file in the Python
package hdx-python-country, version 4.2.5 (MIT). Only States in the UNTERM list are kept, and their
UNTERM short names are copied letter by letter, straight and curly apostrophes included.

Chinese names cannot be sorted by their signs. They get a column with their sound, syllable by syllable
with its tone, from the package pypinyin, version 0.55.0 (MIT), and the corrections below. Both packages
are needed only here: pip install pypinyin==0.55.0 and, without its own, --no-deps hdx-python-country==4.2.5.

    python tools/make_states.py "Countries & Territories Taxonomy MVP - C&T Taxonomy.csv"
"""

import argparse
import csv
from pathlib import Path

import pypinyin

DATA = Path(__file__).resolve().parent.parent / "src" / "servanda" / "common" / "data"
SOURCE = "OCHA Countries & Territories Taxonomy (hdx-python-country 4.2.5), UNTERM names"
STATES = 197
COLUMNS = {
    "iso3": "ISO 3166-1 Alpha 3-Codes",
    "iso2": "ISO 3166-1 Alpha 2-Codes",
    "m49": "m49 numerical code",
    "en": "English Short",
    "fr": "French Short",
    "es": "Spanish Short",
    "ru": "Russian Short",
    "zh": "Chinese Short",
    "ar": "Arabic Short",
    "en_formal": "English Formal",
}
# Signs that the package reads as in another word.
SOUNDS = {"佛": "fo2", "甸": "dian4", "都": "du1", "泊": "bo2", "鲜": "xian3", "拉": "la1"}


def read_taxonomy(path: Path) -> list[dict[str, str]]:
    """Return the rows of the taxonomy that appear in UNTERM."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return [row for row in csv.DictReader(handle) if row["Appears in UNTERM list"] == "Y"]


def state_of(row: dict[str, str]) -> dict[str, str]:
    """Return one State in our columns; the M49 code keeps its three digits."""
    state = {ours: row[theirs].strip() for ours, theirs in COLUMNS.items()}
    return state | {"m49": state["m49"].zfill(3), "zh_pinyin": sound_of(state["zh"]), "source": SOURCE}


def sound_of(name: str) -> str:
    """Return how a Chinese name sounds, a syllable and its tone for each sign: fa3 guo2."""
    syllables = pypinyin.lazy_pinyin(name, style=pypinyin.Style.TONE3, neutral_tone_with_five=True)
    return " ".join(SOUNDS.get(sign, syllable) for sign, syllable in zip(name, syllables, strict=True))


def check_states(states: list[dict[str, str]]) -> None:
    """Refuse a table in which a State, a code or a name is missing."""
    missing = [(state["iso3"], column) for state in states for column in state if not state[column]]
    if len(states) != STATES or missing:
        raise SystemExit(f"{len(states)} States, expected {STATES}; empty cells: {missing}")


def write_states(states: list[dict[str, str]], path: Path) -> None:
    """Write the States by ISO code, UTF-8, one header line."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, [*COLUMNS, "zh_pinyin", "source"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(states, key=lambda state: state["iso3"]))


def main() -> None:
    """Read the taxonomy named on the command line and write the table of States."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("taxonomy", type=Path, help="the CSV file inside the package")
    parser.add_argument("--to", type=Path, default=DATA / "states.csv", help="where to write the States")
    arguments = parser.parse_args()
    states = [state_of(row) for row in read_taxonomy(arguments.taxonomy)]
    check_states(states)
    write_states(states, arguments.to)


if __name__ == "__main__":
    main()
