"""Days, months, years, intervals and lengths as a reader of each language writes them."""

from datetime import date

import pytest

from servanda.common.days import Period, When, YearDay
from servanda.common.languages import LANGUAGES, OFFERED
from servanda.common.wording import days_in, shown

JUNE = {
    "ar": "18 حزيران/يونيه 2024",
    "en": "18 June 2024",
    "es": "18 de junio de 2024",
    "fr": "18 juin 2024",
    "ru": "18 июня 2024 года",
    "zh": "2024年6月18日",
}


def test_the_interface_speaks_all_six_official_languages():
    assert set(OFFERED) == set(LANGUAGES)


@pytest.mark.parametrize("language", OFFERED)
def test_a_day_is_written_as_the_united_nations_write_it(language):
    assert shown(date(2024, 6, 18), language) == JUNE[language]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", ["حزيران/يونيه 2024", "2024", "30 نيسان/أبريل"]),
        ("en", ["June 2024", "2024", "30 April"]),
        ("es", ["junio de 2024", "2024", "30 de abril"]),
        ("fr", ["juin 2024", "2024", "30 avril"]),
        ("ru", ["июнь 2024 года", "2024 год", "30 апреля"]),
        ("zh", ["2024年6月", "2024年", "4月30日"]),
    ],
)
def test_a_month_a_year_and_a_day_of_every_year_are_written_out(language, expected):
    found = [shown(value, language) for value in (When.parse("2024-06"), When.parse("2024"), YearDay(4, 30))]

    assert found == expected


@pytest.mark.parametrize(
    ("language", "within", "across"),
    [
        ("ar", "18–20 حزيران/يونيه 2024", "28 حزيران/يونيه – 2 تموز/يوليه 2024"),
        ("en", "18–20 June 2024", "28 June – 2 July 2024"),
        ("es", "18–20 de junio de 2024", "28 de junio – 2 de julio de 2024"),
        ("fr", "18–20 juin 2024", "28 juin – 2 juillet 2024"),
        ("ru", "18–20 июня 2024 года", "28 июня – 2 июля 2024 года"),
        ("zh", "2024年6月18日至20日", "2024年6月28日至7月2日"),
    ],
)
def test_the_days_of_a_meeting_name_the_month_and_the_year_once(language, within, across):
    assert days_in(date(2024, 6, 18), date(2024, 6, 20), language) == within
    assert days_in(date(2024, 6, 28), date(2024, 7, 2), language) == across


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "28 December 2023 – 2 January 2024"),
        ("ru", "28 декабря 2023 года – 2 января 2024 года"),
        ("zh", "2023年12月28日至2024年1月2日"),
    ],
)
def test_the_days_of_a_meeting_over_new_year_name_both_years(language, expected):
    assert days_in(date(2023, 12, 28), date(2024, 1, 2), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", ["سنة واحدة", "سنتين و6 أشهر"]),
        ("en", ["1 year", "2 years, 6 months"]),
        ("es", ["1 año", "2 años y 6 meses"]),
        ("fr", ["1 an", "2 ans et 6 mois"]),
        ("ru", ["1 год", "2 года и 6 месяцев"]),
        ("zh", ["1年", "2年6个月"]),
    ],
)
def test_a_length_of_time_is_joined_as_the_language_does(language, expected):
    assert [shown(length, language) for length in (Period(years=1), Period(years=2, months=6))] == expected


@pytest.mark.parametrize(("days", "expected"), [(1, "1 день"), (3, "3 дня"), (11, "11 дней"), (21, "21 день")])
def test_a_russian_number_bends_the_word_after_it(days, expected):
    assert shown(Period(days=days), "ru") == expected
