"""Sample content for the kit: invented States and an invented treaty, never what a register says."""

from datetime import date
from decimal import Decimal
from typing import Any

from servanda.common.days import When
from servanda.common.languages import Text
from servanda.common.names import State
from servanda.common.refusals import Refusal
from servanda.common.wording import N_, Sentence, translated
from servanda.documents.sources import Source
from servanda.web.templatetags.servanda import STATUS_WORDS

ON = date(2024, 6, 18)
DUE = date(2025, 12, 31)
STATES = (
    State("XAA", {"ar": "أتالانتيس", "en": "Atalantis", "es": "Atalantis", "fr": "Atalantide", "ru": "Аталантис",
                  "zh": "阿塔兰蒂斯"}),
    State("XBA", {"ar": "بورخوفيا", "en": "Borchovia", "es": "Borcovia", "fr": "Borchovie", "ru": "Борховия",
                  "zh": "博尔霍维亚"}),
    State("XCA", {"ar": "جزر كالديرا", "en": "Caldera Isles", "es": "Islas Caldera", "fr": "Îles Caldera",
                  "ru": "Острова Кальдера", "zh": "卡尔德拉群岛"}),
)  # fmt: skip
TREATY = Text.of({
    "ar": "اتفاقية المنارات", "en": "Lighthouse Convention", "es": "Convención de los Faros",
    "fr": "Convention sur les phares", "ru": "Конвенция о маяках", "zh": "灯塔公约",
})  # fmt: skip
DUTY = Text.of({
    "ar": "إنارة السواحل", "en": "Lighting of coasts", "es": "Iluminación de las costas",
    "fr": "Éclairage des côtes", "ru": "Освещение берегов", "zh": "海岸照明",
})  # fmt: skip
SEVENTH_ASSEMBLY = Text.of({
    "ar": "الجمعية السابعة للأطراف", "en": "Seventh Assembly of the Parties", "es": "Séptima Asamblea de las Partes",
    "fr": "Septième Assemblée des Parties", "ru": "Седьмая Ассамблея сторон", "zh": "第七次缔约方大会",
})  # fmt: skip
ORIGINAL_ONLY = Text.of({"fr": "Ce texte n’existe que dans sa langue."}, "fr")
SOURCE = Source("assembly-report", "decision", "LH/AP/2023/7", "Report of the Assembly", "https://example.org/report")
REPORT = Source("report-2024", "state_report", "", "Report of Atalantis, 2024")
MEETING = {
    "code": "AP7", "start": date(2024, 6, 18), "end": date(2024, 6, 20), "city": "Port Meridian",
    "venue": "Harbour Hall", "room": "2", "verified": False,
    "title": SEVENTH_ASSEMBLY,
}  # fmt: skip

TITLES = {
    "decided": N_("decided"), "denied": N_("denied"), "note": N_("Note"), "stance": N_("Stance"),
    "reason": N_("Reason"), "hint": N_("Write a day as 2024-06-18."),
}  # fmt: skip


class Sample(Refusal):
    """A refusal to look at."""

    def __init__(self) -> None:
        super().__init__("This is what was refused.", "This is why.", "This is what can be done.")


class SampleRules:
    """The head of an invented pack, which words no place."""

    def __init__(self) -> None:
        self.id = "sample"
        self.title = self.short_title = {"text": TREATY}

    def place(self, stored: str) -> Text:
        """A place as the calendar writes it."""
        return Text.of({"en": stored})


def samples(language: str) -> dict[str, Any]:
    """What the parts of the kit show."""
    rule = {"id": "article-4", "article": "4", "title": {"text": DUTY}, "says": None}
    return {
        "rules": SampleRules(),
        "here": "board", "on": ON, "known": ON, "times": {"today": ON, "query": "", "at": None},
        "states": STATES, "status_words": tuple(STATUS_WORDS), "original_only": ORIGINAL_ONLY, "treaty": TREATY,
        "rule": rule, "status": status(STATES[0]), "steps": steps(),
        "board": {"obligation": rule, "rows": [(state, status(state)) for state in STATES]},
        "tier": tier(), "meeting": MEETING,
        "gathering": {"meeting": MEETING},
        "disputed": [[shown("kit-list", SOURCE, "decided"), shown("kit-notes", REPORT, "reported_by_state")]],
        "standing": standing(), "clauses": [(shown("kit-list", SOURCE, "decided"), clause())],
        "refusal": Sample(), "faults": [Sample()], "fields": fields(language), "lines": lines(language),
        "csv": "#kit-board", "json": "#kit-board",
    }  # fmt: skip


def fact(key: str, source: Source, stance: str) -> dict[str, Any]:
    """A fact about the first State; its key is the anchor of a part of the kit."""
    return {
        "key": key, "subject": "XAA", "meeting": "AP7", "valid_from": When.parse("2023-11"),
        "known_on": When.parse("2023"),
        "source": source, "place": "§ 12", "stance": stance, "note": "",
    }  # fmt: skip


def shown(key: str, source: Source, stance: str) -> dict[str, Any]:
    """The same with the words for it."""
    return {"fact": fact(key, source, stance), "says": DUTY, "value": Decimal("1250.5"), "unit": ""}


def said() -> Sentence:
    """A sentence with a day."""
    return Sentence.of(N_("Extended to {due}."), due=DUE)


def status(state: State) -> dict[str, Any]:
    """A status of an invented State."""
    return {
        "word": "extended", "sentence": said(), "due": DUE, "obligation": "article-4", "state": state.code,
        "caution": None, "missed": [], "would_change": None,
    }  # fmt: skip


def steps() -> list[dict[str, Any]]:
    """How the status follows."""
    return [{"sentence": said(), "facts": [fact("kit-list", SOURCE, "decided")], "rule": {"place": "Article 4 (2)"}}]


def tier() -> dict[str, Any]:
    """A list of States with reasons and notes."""
    told = {
        "id": "list", "title": {"text": DUTY}, "invites": {"text": DUTY}, "prints": "names",
        "open_to": ["states_parties"],
        "source": {"document": "LH/AP/2019/3", "place": "§ 4"},
    }  # fmt: skip
    because = [{"sentence": said()}]
    found = {"tier": told, "meeting": MEETING, "horizons": [said()], "doubts": [], "digest": "0" * 64}
    facts = [fact("kit-list", SOURCE, "decided"), fact("kit-notes", REPORT, "reported_by_state")]
    names = [
        {"state": state, "named": {"basis": basis, "because": because}, "notes": [1, 2], "facts": facts}
        for state, basis in zip(STATES, ("computed", "recorded", "computed"), strict=True)
    ]
    return {"found": found, "names": names, "notes": facts, "withheld": None}


def standing() -> dict[str, Any]:
    """What falls due, as the first page shows it."""
    due = {"day": DUE, "says": Sentence.of(N_("Deadline under Article {article}"), article="4")}
    return {"rules": SampleRules(), "until": DUE, "due": [(due, STATES)]}


def clause() -> dict[str, Any]:
    """A clause of a decision, and what followed."""
    return {"fact": fact("kit-list", SOURCE, "decided"), "due": DUE, "outcome": said()}


def fields(language: str) -> list[dict[str, Any]]:
    """A field of each shape; the last one with a fault."""
    words = {name: translated(told, language) for name, told in TITLES.items()}
    choices = [("decided", words["decided"]), ("denied", words["denied"])]
    return [
        {"name": "note", "title": words["note"], "value": "AP7", "shape": "text", "hint": words["hint"]},
        {"name": "stance", "title": words["stance"], "value": "denied", "shape": "choice", "choices": choices},
        {"name": "reason", "title": words["reason"], "shape": "words", "required": True, "faults": [Sample()]},
    ]


def lines(language: str) -> list[dict[str, Any]]:
    """A row before and after."""
    return [
        {"title": translated(TITLES["stance"], language), "value": "decided", "before": "denied", "changed": True},
        {"title": translated(TITLES["note"], language), "value": "AP7", "before": "AP7", "changed": False},
    ]
