"""The packs speak six languages: whoever reads a page or a programme in one of them meets no word of another.

Here is everything that a pack words; how templates of programmes are composed is looked at elsewhere.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import pytest
from pydantic import BaseModel

from servanda.common.languages import LANGUAGES
from servanda.convention.rules import Wording
from tests.packs.shelf import contents_of

REAL = ("apmbc", "ccm")
TRANSLATED = tuple(code for code in LANGUAGES if code != "en")
PARTS = ("rules", "obligations", "tiers", "organs", "plans", "procedures", "glossary", "titles", "templates")

HONORIFICS = {"H.E. Dr.", "H.E.", "Mr.", "Ms.", "Dr."}

LETTERS = {"ar": "\u0600-\u06ff", "ru": "\u0400-\u04ff", "zh": "\u4e00-\u9fff"}
CHINESE_ARTICLES = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9"}


def wordings_in(thing: object, place: str) -> Iterator[tuple[str, Wording]]:
    """Every wording below a value, with the place where it stands."""
    if isinstance(thing, Wording):
        yield place, thing
    elif isinstance(thing, BaseModel):
        for name in type(thing).model_fields:
            yield from wordings_in(getattr(thing, name), f"{place}/{name}")
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from wordings_in(getattr(thing, field.name), f"{place}/{field.name}")
    elif isinstance(thing, Mapping):
        for name, value in thing.items():
            yield from wordings_in(value, f"{place}/{name}")
    elif isinstance(thing, list | tuple):
        for number, value in enumerate(thing):
            yield from wordings_in(value, f"{place}/{number}")


def words_of(convention: str, *codes: str) -> list[tuple[str, str, str, str]]:
    """Place, language, words and the English of every wording of a pack in some languages."""
    pack = contents_of(convention).pack
    found = [pair for part in PARTS for pair in wordings_in(getattr(pack, part), part)]
    return [(place, code, getattr(wording, code) or "", wording.en) for place, wording in found for code in codes]


def numbers_in(words: str) -> set[str]:
    """The numbers that words name; Chinese writes those of Articles with its own numerals, and months with a number."""
    words = re.sub("第([一二三四五六七八九])条", lambda found: CHINESE_ARTICLES[found[1]], words)
    return set(re.findall(r"\d+(?!\d*月)", words))


@pytest.mark.parametrize("convention", REAL)
def test_every_wording_of_a_pack_has_six_languages(convention):
    missing = [(place, code) for place, code, words, _ in words_of(convention, *TRANSLATED) if not words]

    assert missing == []


@pytest.mark.parametrize("convention", REAL)
def test_no_wording_is_left_in_english(convention):
    """A city, or the office of a director, may be called in Spanish as it is in English."""
    found = words_of(convention, "ar", "es", "ru", "zh")

    left = [
        (code, words)
        for place, code, words, english in found
        if words.casefold() == english.casefold() and not (code == "es" and is_alike(place, words))
    ]

    assert left == []


def is_alike(place: str, words: str) -> bool:
    """Whether words may be the same in Spanish as in English."""
    return place.startswith("rules/places/") or words == "Director"


@pytest.mark.parametrize("convention", REAL)
def test_a_wording_is_in_the_letters_of_its_language(convention):
    found = words_of(convention, *LETTERS)

    strange = [words for _, code, words, _ in found if not re.search(f"[{LETTERS[code]}]", words)]
    mixed = [words for _, _, words, _ in found if re.search("[A-Za-z]", re.sub("{[a-z]+}", "", words))]

    assert (strange, mixed) == ([], [])


@pytest.mark.parametrize("convention", REAL)
def test_a_translation_names_the_numbers_of_the_original(convention):
    found = words_of(convention, *TRANSLATED)

    other = [(code, words) for _, code, words, english in found if numbers_in(words) != numbers_in(english)]

    assert other == []


@pytest.mark.parametrize("convention", REAL)
def test_a_wording_is_whole_and_set_as_its_language_sets_it(convention):
    faults = {
        "a space too many": lambda code, words: words != words.strip() or "  " in words,
        "a straight apostrophe": lambda code, words: "'" in words,
        "a comma or question mark of another script": lambda code, words: code == "ar" and re.search("[,;?]", words),
        "a mark of half width": lambda code, words: code == "zh" and re.search("[,;:?!()]", words),
        "a space between characters": lambda code, words: code == "zh" and " " in words,
        "a space that a word is cut with": lambda code, words: code == "fr" and re.search(r"\w[:;?!]|\s[,.]", words),
    }

    found = [
        (fault, words)
        for _, code, words, _ in words_of(convention, *TRANSLATED)
        for fault, has in faults.items()
        if has(code, words)
    ]

    assert found == []


@pytest.mark.parametrize("convention", REAL)
def test_a_translation_is_a_sentence_where_the_original_is_one(convention):
    """The words before a person's name (Mr., H.E.) are shortened in some languages only."""
    found = words_of(convention, *TRANSLATED)

    other = [
        words
        for _, _, words, english in found
        if english not in HONORIFICS and words.endswith((".", "。")) != english.endswith(".")
    ]

    assert other == []


def test_a_term_of_the_glossary_has_one_word_everywhere():
    """Arabic is left out: a title there is definite, a term of the glossary is not. What was printed is quoted."""
    pack = contents_of("apmbc").pack
    terms = {term.words.en.casefold(): term.words for term in pack.glossary.terms}
    found = [pair for part in PARTS for pair in wordings_in(getattr(pack, part), part)]

    other = [
        (place, code, words)
        for place, wording in found
        for code in ("es", "fr", "ru", "zh")
        if code not in wording.official and (term := terms.get(wording.en.casefold()))
        if (words := getattr(wording, code) or "").casefold() != (getattr(term, code) or "").casefold()
    ]

    assert other == []


def test_an_organ_has_one_name_in_its_own_file_and_in_the_items_on_its_mandate():
    """In Russian the first word is declined; a programme may print capitals where the name has none."""
    pack = contents_of("apmbc").pack
    items = [item for template in pack.templates.values() for item in template.agenda if item.organ]
    named = [(item.title, organ) for item in items if (organ := pack.organs[item.organ].title).en in item.title.en]
    committees = [(title, organ) for title, organ in named if organ.en.startswith("Committee")]

    other = [
        (code, organ.text.words[code], title.text.words[code])
        for title, organ in committees
        for code in LANGUAGES
        if fixed_part(organ.text.words[code], code) not in title.text.words[code].casefold()
    ]

    assert (len(committees), other) == (4, [])


def fixed_part(name: str, code: str) -> str:
    """What of a name stays the same in every sentence."""
    return (name.partition(" ")[2] if code == "ru" else name).casefold()


@pytest.mark.parametrize("convention", REAL)
def test_every_meeting_of_a_calendar_has_a_title(convention):
    contents = contents_of(convention)

    assert [row.code for row in contents.meetings if row.code not in contents.pack.titles] == []


def test_no_two_meetings_of_a_calendar_are_called_alike():
    titles = [words for place, _, words, _ in words_of("apmbc", *LANGUAGES) if place.startswith("titles/")]

    assert len(titles) == len(set(titles))


def test_one_english_wording_has_one_translation_in_a_pack():
    found = words_of("ccm", *TRANSLATED)

    by_english = {(code, english): words for _, code, words, english in found}
    other = [(english, words) for _, code, words, english in found if by_english[code, english] != words]

    assert other == []


@pytest.mark.parametrize("convention", ["apmbc", "ccm", "toy"])
def test_no_wording_is_called_official_in_a_language_that_it_lacks(convention):
    pack = contents_of(convention).pack
    found = [pair for part in PARTS for pair in wordings_in(getattr(pack, part), part)]

    lacking = [place for place, wording in found for code in wording.official if not getattr(wording, code)]

    assert lacking == []


def test_the_invented_pack_shows_words_that_nobody_translated():
    mandate = contents_of("toy").pack.organs["committee-coasts"].mandate

    assert {code: mandate.text.standing_in(code) for code in ("en", "zh")} == {"en": "original", "zh": "missing"}
