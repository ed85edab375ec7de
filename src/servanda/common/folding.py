"""Comparing and sorting written names: what makes no difference between two, and which comes first.

Two names are the same if they fold to the same text. Lists stand in the order in which the United
Nations print them: letter by letter, blanks and signs passed over, so that in French *République
démocratique populaire lao* comes before *République de Moldova*.
"""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = re.compile("[‘’ʼʻ`´′]")
DASHES = re.compile("[-‐‒–—―−_]+")  # the sources of Arabic names write a low line for a dash
WITHIN_BRACKETS = re.compile(r"(?<=\() | (?=\))")
# Letters that Arabic keyboards and fonts exchange, and the line that stretches a word.
ARABIC = str.maketrans({"ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ـ": ""})
ARTICLE = "ال"
# Stands after every other sign: a letter with one comes after that letter, and before the next.
LAST = "\U0010fffd"
OWN_LETTERS = {"es": {"ñ": f"n{LAST}"}, "ru": {"й": f"и{LAST}"}}


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """A text without case, accents, kinds of apostrophe, dash, blank or Arabic letter, for exact comparison."""
    bare = unicodedata.normalize("NFKD", APOSTROPHES.sub("'", text))
    spaced = DASHES.sub(" ", bare).translate(ARABIC)
    words = "".join(sign for sign in spaced if is_written(sign)).casefold().split()
    return WITHIN_BRACKETS.sub("", " ".join(words))


def is_written(sign: str) -> bool:
    """Whether a sign is read: neither an accent nor an invisible mark, as that of a direction."""
    return not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf"


@lru_cache(maxsize=16384)
def sort_key(name: str, language: str) -> str:
    """What a name is sorted by in a language: its letters alone, the Arabic article before them passed over."""
    letters = unicodedata.normalize("NFC", name).casefold()
    if language == "ar":
        letters = letters.removeprefix(ARTICLE)
    for letter, place in OWN_LETTERS.get(language, {}).items():
        letters = letters.replace(letter, place)
    return "".join(sign for sign in fold(letters) if sign.isalnum() or sign == LAST)
