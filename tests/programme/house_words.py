"""The phrases of a programme in six languages, as the tests know them: whatever the catalogues say by now."""

import gettext

from servanda.common.notice import STANDARD
from servanda.programme.sheet import SUMMED_UP

WORDS = {
    "Programme": ("البرنامج", "Programa", "Programme", "Программа", "日程"),
    "(continued)": ("(تابع)", "(continuación)", "(suite)", "(продолжение)", "（续）"),
    "Room: {room}": ("القاعة: {room}", "Sala: {room}", "Salle : {room}", "Зал: {room}", "会议室：{room}"),
    "{honorific} {person}": (*["{honorific} {person}"] * 4, "{person}{honorific}"),
    "room {room}": ("قاعة {room}", "sala {room}", "salle {room}", "зал {room}", "{room}会议室"),
    "New in this version.": ("جديد في هذه النسخة.", "Nuevo en esta versión.", "Nouveau dans cette version.",
                             "Новое в этой версии.", "本版新增。"),
    "Struck from the programme.": ("محذوف من البرنامج.", "Suprimido del programa.", "Supprimé du programme.",
                                   "Исключено из программы.", "已从日程中删除。"),
    "Provisional.": ("مؤقت.", "Provisional.", "Provisoire.", "Предварительно.", "暂定。"),
    "{who}: {gives}": ("{who}: {gives}", "{who}: {gives}", "{who} : {gives}", "{who}: {gives}", "{who}：{gives}"),
    "{invites}: {names}": ("{invites}: {names}", "{invites}: {names}", "{invites} : {names}", "{invites}: {names}",
                           "{invites}：{names}"),
    "{plan}, Actions {first} to {last}": ("{plan}، الإجراءات {first} إلى {last}", "{plan}, medidas {first} a {last}",
                                          "{plan}, actions {first} à {last}", "{plan}, действия {first}–{last}",
                                          "{plan}，行动{first}至{last}"),
    "{plan}, Actions {first} and {last}": ("{plan}، الإجراءان {first} و{last}", "{plan}, medidas {first} y {last}",
                                           "{plan}, actions {first} et {last}", "{plan}, действия {first} и {last}",
                                           "{plan}，行动{first}和{last}"),
    "{plan}, Action {number}": ("{plan}، الإجراء {number}", "{plan}, medida {number}", "{plan}, action {number}",
                                "{plan}, действие {number}", "{plan}，行动{number}"),
    "Organizations: {names}.": ("المنظمات: {names}.", "Organizaciones: {names}.", "Organisations : {names}.",
                                "Организации: {names}.", "组织：{names}。"),
    "May ask for the floor: {who}.": ("يجوز أن تطلب الكلمة: {who}.", "Pueden pedir la palabra: {who}.",
                                      "Peuvent demander la parole : {who}.", "Могут просить слова: {who}.",
                                      "可要求发言：{who}。"),
    "States Parties": ("الدول الأطراف", "Estados partes", "États parties", "государства-участники", "缔约国"),
    "organizations": ("المنظمات", "organizaciones", "organisations", "организации", "组织"),
    "Document {number}: {title}": ("الوثيقة {number}: {title}", "Documento {number}: {title}",
                                   "Document {number} : {title}", "Документ {number}: {title}",
                                   "文件{number}：{title}"),
    "Document {number} ({symbol}): {title}": ("الوثيقة {number} ({symbol}): {title}",
                                              "Documento {number} ({symbol}): {title}",
                                              "Document {number} ({symbol}) : {title}",
                                              "Документ {number} ({symbol}): {title}",
                                              "文件{number}（{symbol}）：{title}"),
    "See the agenda in document {number} ({symbol}).": ("انظر جدول الأعمال في الوثيقة {number} ({symbol}).",
                                                        "Véase el programa en el documento {number} ({symbol}).",
                                                        "Voir l’ordre du jour dans le document {number} ({symbol}).",
                                                        "См. повестку дня в документе {number} ({symbol}).",
                                                        "议程见文件{number}（{symbol}）。"),
    "A meeting of its own: {code}.": ("اجتماع قائم بذاته: {code}.", "Reunión propia: {code}.",
                                      "Réunion à part entière : {code}.", "Отдельное совещание: {code}.",
                                      "单独的会议：{code}。"),
    "Documents of the meeting": ("وثائق الاجتماع", "Documentos de la reunión", "Documents de la réunion",
                                 "Документы совещания", "会议文件"),
    (
        "Derived from a template; not the programme issued by the meeting. "
        "Its lists are derived from what was public on {known}; "
        "the rest is of pack {pack}, version {version}; journal number {number}."
    ): (
        (
            "مستمد من نموذج، وليس البرنامج الصادر عن الاجتماع. قوائمه مستمدة مما كان متاحا للعموم في {known}؛ "
            "وما عداها من الحزمة {pack}، النسخة {version}؛ رقم السجل {number}."
        ),
        (
            "Elaborado a partir de una plantilla; no es el programa publi"
            "cado por la reunión. Sus listas se elaboran según "
            "lo público el {known}; lo demás es del paquete {pack}, versión {version}; asiento {number}."
        ),
        (
            "Établi à partir d’un modèle ; ce n’est pas le programme publié par la réunion. Ses listes sont établies "
            "d’après ce qui était public le {known} ; le reste vient du paquet {pack}, version {version} ; "
            "journal, numéro {number}."
        ),
        (
            "Составлено по шаблону; это не программа, изданная совещанием. Списки составлены по открытым данным на "
            "{known}; остальное — из пакета {pack}, версия {version}; запись журнала {number}."
        ),
        "根据模板编制，并非会议印发的日程。名单根据{known}已公开的资料编制；其余来自资料包{pack}，版本{version}；日志编号{number}。",
    ),
    SUMMED_UP["official"]: ("نصوص بألفاظ وثيقة رسمية: {number}.", "Textos según un documento oficial: {number}.",
                            "Textes repris d’un document officiel : {number}.",
                            "Тексты из официального документа: {number}.", "采用正式文件措辞的文本：{number}。"),
    SUMMED_UP["courtesy"]: ("ترجمات غير رسمية: {number}.", "Traducciones de cortesía: {number}.",
                            "Traductions de courtoisie : {number}.", "Неофициальные переводы: {number}.",
                            "非正式译文：{number}。"),
    SUMMED_UP["stale"]: ("نصوص مترجمة عن صيغة سابقة، علامتها {mark}: {number}.",
                         "Textos traducidos de una redacción anterior, marcados con {mark}: {number}.",
                         "Textes traduits d’une rédaction antérieure, marqués {mark} : {number}.",
                         "Тексты, переведённые с прежней редакции, с пометкой {mark}: {number}.",
                         "译自先前措辞的文本，标有{mark}：{number}。"),
    SUMMED_UP["missing"]: ("نصوص غير مترجمة، ترد بلغتها الأصلية وعلامتها {mark}: {number}.",
                           "Textos sin traducir, en su idioma original y marcados con {mark}: {number}.",
                           "Textes non traduits, donnés dans leur langue d’origine et marqués {mark} : {number}.",
                           "Тексты без перевода, на языке подлинника и с пометкой {mark}: {number}.",
                           "未译文本，以原文语言刊出并标有{mark}：{number}。"),
    STANDARD: ("برنامج مستقل.", "Programa independiente.", "Logiciel indépendant.", "Независимая программа.",
             "独立软件。"),
    "Within this block, from {start} to {end}, with other items: its own time is not fixed.": (
        "ضمن هذه الفترة، من {start} إلى {end}، مع بنود أخرى: وقته غير محدد.",
        "Dentro de este bloque, de {start} a {end}, con otros temas: su hora no está fijada.",
        "Dans cette plage, de {start} à {end}, avec d’autres points : son heure n’est pas fixée.",
        "В этом блоке, с {start} до {end}, вместе с другими пунктами: точное время не установлено.",
        "在此时段内（{start}至{end}）与其他项目一并审议：具体时间未定。",
    ),
}  # fmt: skip
LANGUAGES = ("ar", "es", "fr", "ru", "zh")


class HouseWords(gettext.NullTranslations):
    """The phrases in one language."""

    def __init__(self, language):
        super().__init__()
        self.language = language

    def gettext(self, words):
        if self.language == "en" or words not in WORDS:
            return words
        return WORDS[words][LANGUAGES.index(self.language)]
