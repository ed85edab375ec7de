"""The order of lists: that of the language in which they are read, as the United Nations print them."""

import pytest

from servanda.common.folding import sort_key
from servanda.common.names import Names, State, united_nations

ORDERS = {
    "en": "Central African Republic, Chad, Chile, Congo, Costa Rica, Côte d'Ivoire, Croatia, Cuba, Saint Lucia, Samoa, "
    "San Marino, Sao Tome and Principe, Sudan, Suriname, Tunisia, Türkiye, Turkmenistan",
    "fr": "Danemark, Égypte, El Salvador, Émirats arabes unis, Équateur, Érythrée, Espagne, Estonie, Eswatini, État de "
    "Palestine, États-Unis d'Amérique, Éthiopie, Îles Cook, Inde, Japon, République de Corée, République démocratique "
    "du Congo, République démocratique populaire lao, République de Moldova, République dominicaine, Sainte-Lucie, "
    "Saint-Marin, Saint-Siège, Samoa",
    "es": "Belarús, Bélgica, Belice, Benin, Côte d’Ivoire, Croacia, Eslovenia, España, Estado de Palestina, Islandia, "
    "Islas Cook, Israel, México, Micronesia (Estados Federados de), Mónaco",
    "ru": "Зимбабве, Израиль, Индия, Иордания, Иран (Исламская Республика), Италия, Йемен, Кабо-Верде, Объединенная "
    "Республика Танзания, Объединенные Арабские Эмираты, Чад, Черногория, Чехия, Эстония, Южный Судан, Ямайка",
    "ar": "الاتحاد الروسي, إثيوبيا, أذربيجان, الأرجنتين, الأردن, ألبانيا, ألمانيا, الإمارات العربية المتحدة, "
    "البرتغال, تشاد, الجزائر, السودان, العراق, غينيا, الكويت, مصر, المغرب, النيجر, نيجيريا, الهند, اليمن",
    "zh": "阿尔巴尼亚, 阿富汗, 埃及, 爱尔兰, 安哥拉, 澳大利亚, 奥地利, 朝鲜民主主义人民共和国, 大韩民国, 佛得角, "
    "冈比亚, 刚果, 刚果民主共和国, 吉布提, 几内亚, 加拿大, 缅甸, 尼泊尔, 尼日尔, 尼日利亚, 乍得, 中国",
}


@pytest.mark.parametrize("language", ORDERS)
def test_states_stand_in_the_order_that_a_reader_of_the_language_expects(language):
    names = united_nations()
    codes = sorted(names.find(name).code for name in ORDERS[language].split(", "))

    found = names.sorted_in(codes, language)

    assert ", ".join(state.name_in(language) for state in found) == ORDERS[language]


def test_a_letter_of_its_own_stands_after_the_letter_that_it_resembles():
    spanish = sorted(["nube", "ñu", "oca", "nz", "ñandú"], key=lambda word: sort_key(word, "es"))
    french = sorted(["nz", "ñu", "nube"], key=lambda word: sort_key(word, "fr"))
    russian = sorted(["йод", "ия", "как", "ива"], key=lambda word: sort_key(word, "ru"))

    assert spanish == ["nube", "nz", "ñandú", "ñu", "oca"]
    assert french == ["ñu", "nube", "nz"]
    assert russian == ["ива", "ия", "йод", "как"]


def test_yo_stands_where_ye_stands():
    assert sort_key("Берёза", "ru") == sort_key("Береза", "ru")


def test_a_state_without_a_key_of_its_own_is_sorted_by_its_letters():
    names = Names.of(
        [*united_nations().states.values(), State("XAA", {"en": "Élysium", "ar": "الأتلانتس", "zh": "阿塔兰蒂斯"})]
    )

    found = {language: names.sorted_in(["FRA", "ECU", "ETH", "XAA"], language) for language in ("en", "ar", "zh")}

    assert {language: [state.code for state in states] for language, states in found.items()} == {
        "en": ["ECU", "XAA", "ETH", "FRA"],
        "ar": ["XAA", "ETH", "ECU", "FRA"],
        "zh": ["ETH", "ECU", "FRA", "XAA"],
    }


def test_every_chinese_name_has_a_syllable_for_each_sign():
    unequal = [
        state.code
        for state in united_nations().states.values()
        if len(state.key_in("zh").split()) != len(state.name_in("zh"))
    ]

    assert unequal == []
