"""Organisations: found exactly by code and name, shown by their official names only."""

import pytest

from servanda.common.names import UnknownState, rows_of, united_nations
from servanda.common.organisations import UnknownOrganisation, organisations


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ICRC", "ICRC"),
        ("CICR", "ICRC"),
        ("Comité international de la Croix‑Rouge", "ICRC"),
        ("اللجنة الدولية للصليب الاحمر", "ICRC"),
        ("ICBL", "ICBL"),
        ("icbl-cmc", "ICBL-CMC"),
        ("União Europeia", None),
        ("UE", "EU"),
        ("European Union", "EU"),
        ("Red Cross", None),
    ],
)
def test_an_organisation_is_found_by_its_code_and_names_and_never_by_likeness(text, code):
    if code:
        assert organisations().find(text).code == code
    else:
        with pytest.raises(UnknownOrganisation):
            organisations().find(text)


def test_who_names_no_organisation_is_told_what_to_write():
    with pytest.raises(UnknownOrganisation) as refused:
        organisations().find("Red Cross")

    assert str(refused.value) == (
        "'Red Cross' is not an organisation that Servanda knows. Organisations are found by their code or their exact "
        "name, never by likeness. Write its code (ICRC) or its full name."
    )


def test_what_a_language_lacks_is_shown_in_english_and_marked():
    centre = organisations().find("GICHD").name

    assert centre.shown_in("fr").stands_in is False
    assert centre.shown_in("zh").stands_in is True
    assert centre.shown_in("zh").words == "Geneva International Centre for Humanitarian Demining"


def test_a_short_name_is_that_of_the_language_or_the_english_or_else_the_full_name():
    found = organisations()

    assert [found.find(code).short_in("fr") for code in ("ICRC", "MAG", "LAS")] == [
        "CICR",
        "MAG",
        "Ligue des États arabes",
    ]


def test_no_name_belongs_to_two_organisations_or_to_a_state():
    owners = {}
    for each in organisations().by_code.values():
        for words in each.words():
            owners.setdefault(words, set()).add(each.code)

    assert {words: codes for words, codes in owners.items() if len(codes) > 1} == {}
    for words in owners:
        with pytest.raises(UnknownState):
            united_nations().find(words)


def test_they_stand_in_the_order_of_the_language():
    found = organisations().sorted_in(["EU", "AU", "OSCE", "UN"], "fr")

    assert [each.short_in("fr") for each in found] == ["ONU", "OSCE", "UA", "UE"]


def test_every_row_has_its_kind_and_its_source_and_every_organisation_an_english_name():
    faulty = [
        row
        for row in rows_of("organisations.csv")
        if row["kind"] not in ("un", "international", "regional", "civil_society", "other")
        or not (row["name"] and row["source"])
    ]

    assert faulty == []
    assert [each.code for each in organisations().by_code.values() if "en" not in each.name.words] == []
