"""Names of States: found exactly, whatever the case and accents, and never by likeness."""

import pytest

from servanda.common.names import Names, State, UnknownState, fold, rows_of, united_nations

SIX = ("ar", "en", "es", "fr", "ru", "zh")
# As printed in a programme of 2024: Irak, Nigeria and Turquie are not the UN names in French.
PRINTED = (
    "Afghanistan, Albanie, Algérie, Angola, Bosnie-Herzégovine, Burundi, Cambodge, Chili, Colombie, Croatie, "
    "République démocratique du Congo, El Salvador, Érythrée, Éthiopie, Guinée-Bissau, Irak, Tchad, Jordanie, "
    "Mauritanie, Mozambique, Nicaragua, Nigeria, Niger, État de Palestine, Pérou, Sénégal, Serbie, Somalie, Soudan du "
    "Sud, Sri Lanka, Soudan, Tadjikistan, Thaïlande, Turquie, Ouganda, Ukraine, Yémen, Zimbabwe, Chypre, Oman, "
    "Équateur, Grèce"
)
NEAR = [
    ("Niger", "NER"), ("Nigeria", "NGA"), ("Nigéria", "NGA"), ("Нигер", "NER"), ("النيجر", "NER"), ("尼日尔", "NER"),
    ("Congo", "COG"), ("Republic of the Congo", "COG"), ("Democratic Republic of the Congo", "COD"),
    ("Guinea", "GIN"), ("Guinea-Bissau", "GNB"), ("Equatorial Guinea", "GNQ"), ("Papua New Guinea", "PNG"),
    ("Guyana", "GUY"), ("Republic of Korea", "KOR"), ("Democratic People's Republic of Korea", "PRK"),
    ("Irak", "IRQ"), ("Iran", "IRN"), ("Dominica", "DMA"), ("Dominican Republic", "DOM"), ("多米尼克", "DMA"),
    ("Sudan", "SDN"), ("South Sudan", "SSD"), ("Ireland", "IRL"), ("Iceland", "ISL"), ("Islande", "ISL"),
    ("Irlande", "IRL"), ("Slovakia", "SVK"), ("Slovenia", "SVN"), ("Austria", "AUT"), ("Australia", "AUS"),
    ("Mali", "MLI"), ("Malawi", "MWI"), ("Malta", "MLT"), ("Mauritius", "MUS"), ("Mauritania", "MRT"),
    ("Maurice", "MUS"), ("Gambia", "GMB"), ("Zambia", "ZMB"), ("Grenada", "GRD"), ("Samoa", "WSM"),
    ("Libya", "LBY"), ("Liberia", "LBR"), ("Latvia", "LVA"), ("Lithuania", "LTU"), ("Moldova", "MDA"),
    ("Maldives", "MDV"), ("Монголия", "MNG"), ("Montenegro", "MNE"), ("Paraguay", "PRY"), ("Uruguay", "URY"),
]  # fmt: skip
NO_STATE = [
    "Korea", "Corée", "Corea", "Корея", "كوريا", "Nigera", "Nigerian", "Guinee-Bisau", "New Guinea", "Republic",
    "Iraqi", "Irann", "Dominican", "Slovak", "Austrailia", "Mauritanie et Maurice", "Macedonia", "Yugoslavia", "China,",
    "Great Britain", "Ireland and Iceland", "Sud", "South", "Virgin Islands", "Samoa americana", "Guyane", "Taiwan",
]  # fmt: skip


@pytest.mark.parametrize("text", ["TCD", "tcd", "Chad", "Tchad", "TCHAD", " tchad ", "Чад", "تشاد", "乍得"])
def test_a_state_is_found_by_its_code_and_its_names_in_six_languages(text):
    found = united_nations().find(text)

    assert found.code == "TCD"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Cote d'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("TÜRKIYE", "TUR"),
        ("Turkiye", "TUR"),
        ("Guinea‑Bissau", "GNB"),
    ],
)
def test_accents_apostrophes_and_hyphens_make_no_difference(text, code):
    found = united_nations().find(text)

    assert found.code == code


@pytest.mark.parametrize("text", ["", "Chadd", "Chat", "Nige", "Ottawa", "XAA"])
def test_what_is_only_like_a_name_is_refused(text):
    with pytest.raises(UnknownState) as refused:
        united_nations().find(text)

    assert str(refused.value) == (
        f"{text!r} is not a State that Servanda knows. States are found by their ISO code or their exact UN name, "
        "never by likeness. Write the three-letter code (TCD) or the UN short name (Chad, Tchad)."
    )


def test_no_text_names_two_states():
    owners = {}
    for state in united_nations().states.values():
        for words in (*state.readings(), state.alpha2):
            owners.setdefault(words, set()).add(state.code)

    assert {words: codes for words, codes in owners.items() if len(codes) > 1} == {}


def test_every_state_has_a_name_in_each_language():
    missing = [
        (state.code, code) for state in united_nations().states.values() for code in SIX if not state.names[code]
    ]

    assert missing == []


def test_the_names_of_a_programme_in_french_are_all_found():
    found = [united_nations().find(name).code for name in PRINTED.split(", ")]

    assert " ".join(found) == (
        "AFG ALB DZA AGO BIH BDI KHM CHL COL HRV COD SLV ERI ETH GNB IRQ TCD JOR MRT MOZ NIC NGA NER PSE PER SEN SRB "
        "SOM SSD LKA SDN TJK THA TUR UGA UKR YEM ZWE CYP OMN ECU GRC"
    )


@pytest.mark.parametrize(("text", "code"), NEAR)
def test_names_near_one_another_are_told_apart(text, code):
    assert united_nations().find(text).code == code


@pytest.mark.parametrize("text", NO_STATE)
def test_part_of_a_name_or_a_slip_of_the_pen_is_no_state(text):
    with pytest.raises(UnknownState):
        united_nations().find(text)


def test_who_writes_a_name_that_several_have_is_told_what_to_write():
    with pytest.raises(UnknownState) as refused:
        united_nations().find("Corée")

    assert str(refused.value) == (
        "'Corée' is not a State that Servanda knows. States are found by their ISO code or their exact UN name, never "
        "by likeness. Write PRK (Democratic People's Republic of Korea) or KOR (Republic of Korea)."
    )


def test_words_that_are_in_many_names_offer_no_choice():
    assert united_nations().meant_by("Republic") == []
    assert united_nations().meant_by("") == []


@pytest.mark.parametrize(
    ("text", "code", "kind", "languages"),
    [
        ("Türkiye", "TUR", "name", ("en", "es", "fr")),
        ("Turquie", "TUR", "former", ("fr",)),
        ("Swaziland", "SWZ", "former", ("en", "fr")),
        ("República Checa", "CZE", "former", ("es",)),
        ("the Republic of Chad", "TCD", "formal", ("en",)),
        ("Republic of Chad", "TCD", "formal", ("en",)),
        ("Irak", "IRQ", "variant", ("es", "fr")),
        ("Lao PDR", "LAO", "variant", ("en",)),
        ("多米尼加", "DOM", "variant", ("zh",)),
        ("tcd", "TCD", "code", ()),
        ("TD", "TCD", "code", ()),
        ("148", "TCD", "code", ()),
    ],
)
def test_what_is_found_says_how_the_text_named_it(text, code, kind, languages):
    found = united_nations().read(text)

    assert (found.state.code, found.kind, found.languages) == (code, kind, languages)


def test_a_former_name_tells_its_days_and_their_source():
    found = united_nations().read("SERBIE-ET-MONTENEGRO").name

    assert (str(found.begins), str(found.ends)) == ("2003-02-04", "2006-06-03")
    assert found.source == "Note by ICAO (www.wipo.int/wipolex)"


def test_a_code_of_two_letters_is_one_only_in_capitals():
    assert united_nations().find("LA").code == "LAO"
    with pytest.raises(UnknownState):
        united_nations().find("la")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Guinée Bissau", "GNB"),
        ("Папуа-Новая Гвинея", "PNG"),
        ("آيرلندا", "IRL"),
        ("ايرلندا", "IRL"),
        ("المملكه العربيه السعوديه", "SAU"),
        ("تشـــاد", "TCD"),
        ("\u200fتشاد\u200f", "TCD"),
        ("هولندا (مملكة)", "NLD"),
        ("ＦＲＡＮＣＥ", "FRA"),
    ],
)
def test_dashes_letters_that_keyboards_exchange_and_invisible_marks_make_no_difference(text, code):
    assert united_nations().find(text).code == code


def test_every_row_of_the_tables_of_names_has_its_source_and_a_known_state_and_language():
    states = united_nations().states
    rows = [*rows_of("former_names.csv"), *rows_of("aliases.csv")]

    faulty = [
        row
        for row in rows
        if row["code"] not in states
        or row["language"] not in SIX
        or row["kind"] not in ("former", "variant")
        or not (row["name"] and row["source"])
    ]

    assert len(rows) > 300
    assert faulty == []


def test_no_variant_repeats_what_is_known_already():
    states = united_nations().states

    repeated = [
        row["name"]
        for row in rows_of("aliases.csv")
        if fold(row["name"]) in {fold(name) for name in states[row["code"]].names.values()}
    ]

    assert repeated == []


def test_a_state_without_other_names_is_found_by_the_names_it_has():
    atlantis = State("XAA", dict.fromkeys(SIX, "Atlantis"))

    names = Names.of([*united_nations().states.values(), atlantis])

    assert names.find("atlantis") == atlantis
    assert names.find("Turquie").code == "TUR"
