"""A programme of the invented treaty written by hand, with one of everything that a programme may hold."""

from copy import copy
from dataclasses import replace
from datetime import date, time

from servanda.common.languages import Text
from servanda.programme.plan import (
    ActionRange,
    AsOf,
    Day,
    Entry,
    Invited,
    Item,
    NumberedDocument,
    Plan,
    Presenter,
    Reason,
    Sitting,
    Tier,
)

AGENDA_OF_THE_ASSEMBLY = NumberedDocument(
    2, Text.of({"en": "Agenda of the Assembly", "fr": "Ordre du jour de l’Assemblée"}), "LAMP/W2/2"
)
FIRST_LIGHT = Text.of(
    {
        "en": "First Light Plan",
        "ar": "خطة النور الأول",
        "es": "Plan de la Primera Luz",
        "fr": "Plan première lumière",
        "ru": "План «Первый свет»",
        "zh": "第一束光计划",
    }
)
SPEAKS = Text.of(
    {
        "en": "Invited to speak",
        "ar": "مدعوة إلى أخذ الكلمة",
        "es": "Invitados a tomar la palabra",
        "fr": "Invitées à prendre la parole",
        "ru": "Приглашаются выступить",
        "zh": "请发言",
    }
)


def text(en, **others):
    """Words in English, and in whichever other languages."""
    return Text.of({"en": en, **others})


def invited(*states, because="Its deadline of 1 June 2009 falls before the Assembly."):
    """States named, each for the same reason."""
    return tuple(Invited(state, "computed", (Reason(text(because), ("LAMP/A3/9",)),)) for state in states)


HEARING = Tier(
    kind="hearing",
    label=text(
        "Parties that request a postponement",
        ar="الأطراف التي تطلب التأجيل",
        es="Partes que solicitan un aplazamiento",
        fr="Parties qui demandent un report",
        ru="Участники, запрашивающие отсрочку",
        zh="请求延期的缔约方",
    ),
    invites=SPEAKS,
    prints="names",
    invited=invited("XAA", "XCA", "XDA"),
    footnote="1",
)
REPORTS = Tier(
    kind="reports-asked",
    label=text("Parties asked for a further report", fr="Parties auxquelles un rapport a été demandé"),
    invites=SPEAKS,
    prints="names",
    withheld=text(
        "The calendar holds no assembly after this session.", fr="Le calendrier ne contient pas d’assemblée."
    ),
)
OTHERS = Tier(
    kind="other-coasts",
    label=text("Other Parties with dark coasts", fr="Autres Parties ayant des côtes obscures"),
    invites=SPEAKS,
    prints="rule",
    organisations=("ICRC",),
    open_to=("states_parties", "organizations"),
)

AGENDA = (
    Item(
        id="1",
        number="1",
        printed="1.",
        kind="opening",
        title=text("Opening", ar="الافتتاح", es="Apertura", fr="Ouverture", ru="Открытие", zh="开幕"),
        body="keeper-general",
        presenters=(
            Presenter(
                1,
                office=text("Keeper-General", fr="Gardienne générale"),
                gives=text("opening remarks", fr="discours d’ouverture"),
                organ="keeper-general",
                person="Ada Wick",
                honorific=text("Dame", fr="Dame", zh="爵士"),
            ),
            Presenter(2, office=text("Inspector"), body=text("Friends of the Lamp", fr="Amis de la lampe")),
        ),
    ),
    Item(
        id="2",
        number="2",
        printed="2.",
        kind="item",
        title=text(
            "Dark coasts",
            ar="السواحل المظلمة",
            es="Costas oscuras",
            fr="Côtes obscures",
            ru="Тёмные берега",
            zh="黑暗海岸",
        ),
        body="committee-coasts",
        presenters=(Presenter(1, body=text("Committee on Coasts", fr="Comité des côtes"), organ="committee-coasts"),),
        text=(text("The Committee speaks first.", fr="Le Comité parle en premier."),),
    ),
    Item(
        id="2.a",
        number="2.a",
        printed="2 (a)",
        kind="subitem",
        title=text("Lamps", ar="المصابيح", es="Lámparas", fr="Lampes", ru="Лампы", zh="灯"),
        body="committee-coasts",
        actions=(ActionRange("FLP", FIRST_LIGHT, 1, 3), ActionRange("FLP", FIRST_LIGHT, 7, 7)),
        tiers=(HEARING, REPORTS, OTHERS),
        documents=(NumberedDocument(1, text("List of lamps", fr="Liste des lampes")),),
    ),
    Item(
        id="fog",
        number=None,
        printed="",
        kind="panel",
        title=Text(
            "en",
            {"en": "Panel: fog", "fr": "Panel : le brouillard", "es": "Panel: la niebla"},
            official=frozenset({"fr"}),
            translates={"es": "00000000"},
        ),
        text=(text("How far does a lamp carry?", fr="Jusqu’où porte une lampe ?"),),
    ),
    Item(
        id="3",
        number="3",
        printed="3.",
        kind="closing",
        title=text("Closing", ar="الاختتام", es="Clausura", fr="Clôture", ru="Закрытие", zh="闭幕"),
    ),
)

FIRST_DAY = Day(
    date(2008, 10, 6),
    sittings=(
        Sitting(
            "day-1-morning",
            date(2008, 10, 6),
            time(10),
            time(13),
            entries=(
                Entry("opening", "opening", item="1", at=time(10)),
                Entry("coasts", "item", item="2", minutes=40),
                Entry("lamps", "subitem", item="2.a"),
                Entry("fog", "panel", item="fog", at=time(11, 30), status="provisional"),
            ),
        ),
        Sitting(
            "day-1-afternoon",
            date(2008, 10, 6),
            time(15),
            time(18),
            room="Small Gallery",
            entries=(Entry("lamps-2", "subitem", item="2.a", at=time(15), until=time(17, 30), continued=True),),
        ),
    ),
    between=(
        Entry(
            "noon-1",
            "break",
            title=text(
                "Noon and side events",
                ar="استراحة وأنشطة جانبية",
                es="Pausa y actos paralelos",
                fr="Midi et événements parallèles",
                ru="Перерыв и параллельные мероприятия",
                zh="午休和会外活动",
            ),
            at=time(13),
            room="Yard",
            side_events=True,
        ),
        Entry("end-1", "other", title=text("End of the first day", fr="Fin du premier jour"), at=time(18)),
    ),
)
SECOND_DAY = Day(
    date(2008, 10, 7),
    sittings=(
        Sitting(
            "day-2-morning",
            date(2008, 10, 7),
            time(10),
            time(13),
            entries=(
                Entry("lamps-3", "subitem", item="2.a", at=time(10), continued=True),
                Entry(
                    "oil",
                    "other",
                    title=text("Visit to the oil store", fr="Visite de la réserve d’huile"),
                    status="struck",
                ),
                Entry("closing", "closing", item="3", status="new"),
                Entry(
                    "assembly-prepared",
                    "other",
                    title=text("Preparatory meeting of the Assembly", fr="Réunion préparatoire de l’Assemblée"),
                    at=time(12),
                    meeting="P1",
                    document=AGENDA_OF_THE_ASSEMBLY,
                ),
            ),
        ),
    ),
)


def lighthouse_plan(**changed):
    """The programme of the working session W2 in 2008; `changed` are fields of the plan."""
    plan = Plan(
        convention="toy",
        code="W2",
        kind="working_session",
        title=text(
            "Working session",
            ar="دورة عمل",
            es="Período de trabajo",
            fr="Session de travail",
            ru="Рабочая сессия",
            zh="工作会议",
        ),
        convention_title=text(
            "Lighthouse Convention",
            ar="اتفاقية المنارات",
            es="Convención sobre los Faros",
            fr="Convention sur les phares",
            ru="Конвенция о маяках",
            zh="灯塔公约",
        ),
        start=date(2008, 10, 6),
        end=date(2008, 10, 7),
        city=text("Old Harbour", fr="Vieux-Port"),
        venue=text("Lamp House", fr="Maison de la lampe"),
        room="Great Gallery",
        timezone="Europe/Lisbon",
        as_of=AsOf(date(2008, 10, 6), date(2008, 10, 6), 3, "3", "0123456789abcdef" * 4),
        agenda=AGENDA,
        days=(FIRST_DAY, SECOND_DAY),
        symbols=("LAMP/W2/1",),
        documents=(AGENDA_OF_THE_ASSEMBLY,),
    )
    return replace(plan, **changed)


def bare_plan(*sittings, between=(), **changed):
    """A programme of the first day only, with these sittings and what lies between them."""
    return lighthouse_plan(days=(Day(date(2008, 10, 6), tuple(sittings), tuple(between)),), **changed)


def forced_plan(**changed):
    """A programme with fields that no plan may have, to prove that nothing leaks even then."""
    plan = copy(lighthouse_plan())
    vars(plan).pop("items", None)
    vars(plan).update(changed)
    return plan
