"""Organs, plans, procedure, templates and terms of a pack: what is shown, withheld, and for which meeting."""

import pytest
from pydantic import BaseModel

from servanda.convention import glossary, institutions, procedure, templates
from servanda.convention.pack import parse_rules, rule_texts
from servanda.convention.sheets import read_yaml
from tests.packs.shelf import contents_of

FILES = {
    "organs/": institutions.Organ,
    "plans/": institutions.ActionPlan,
    "procedure/": procedure.Profile,
    "templates/": templates.Template,
    "glossary.yaml": glossary.Glossary,
}


def pack(convention="toy"):
    return contents_of(convention).pack


def test_the_mandate_of_an_organ_is_shown_only_when_it_was_verified():
    organs = pack().organs

    assert str(organs["committee-coasts"].described) == "Looks at what Parties report on their coasts."
    assert organs["keeper-general"].described is None


def test_an_action_that_was_inferred_is_not_shown_and_an_unverified_description_neither():
    plan = pack().plans["first-light"]

    described = {number: str(action.described or "") for number, action in plan.shown.items()}

    assert described == {1: "Light every harbour", 2: "", 5: ""}


def test_a_plan_tells_every_number_so_that_what_is_absent_can_be_said():
    plan = pack().plans["first-light"]

    assert list(plan.numbers) == [1, 2, 3, 4, 5, 6]
    assert [number for number in plan.numbers if number not in plan.shown] == [3, 4, 6]


def test_where_first_and_last_are_not_known_the_numbers_go_as_far_as_what_was_seen():
    plan = pack("apmbc").plans["siem-reap-angkor"]

    assert (plan.first, plan.last) == (None, None)
    assert list(plan.numbers) == list(range(17, 40))


def test_the_oslo_plan_has_fifty_actions_of_which_ten_are_leads():
    plan = pack("apmbc").plans["oslo"]

    assert [action.number for action in plan.actions] == list(range(1, 51))
    assert list(plan.shown) == list(range(11, 51))
    assert [number for number, action in plan.shown.items() if action.described] == [34, 50]


@pytest.mark.parametrize(("year", "plan"), [(2019, "maputo"), (2024, "oslo"), (2025, "siem-reap-angkor")])
def test_one_plan_is_in_force_in_a_year(year, plan):
    in_force = [found.id for found in pack("apmbc").plans.values() if found.is_in_force_in(year)]

    assert in_force == [plan]


@pytest.mark.parametrize("convention", ["toy", "apmbc"])
def test_a_profile_has_the_eighteen_knobs_and_each_says_where_it_comes_from(convention):
    for profile in pack(convention).procedures.values():
        assert len(profile.knobs) == 18
        assert all(knob.source for _name, knob in profile.knobs)


def test_formal_meetings_say_that_their_rules_were_not_read():
    rules = pack("apmbc")

    standing = {kind: rules.procedures[rule.procedure].standing for kind, rule in rules.rules.meeting_kinds.items()}

    assert standing["meeting_of_states_parties"] == "rules not yet loaded from source"
    assert standing["intersessional"] == "house practice"


def test_nothing_is_decided_where_the_rules_are_informal():
    profiles = {kind: rule for kind, rule in pack("apmbc").rules.meeting_kinds.items() if rule.procedure == "informal"}

    assert not any(kind.formal for kind in profiles.values())
    assert not pack("apmbc").procedures["informal"].decides


def test_a_time_of_day_may_stand_without_quotation_marks():
    sitting = pack().templates["session"].days[0].sittings[0]

    assert (sitting.start, sitting.entries[0].at) == ("10:00", "10:00")


def test_the_item_above_follows_from_the_number():
    template = pack().templates["session"]

    assert [(item.number, item.parent) for item in template.agenda] == [
        ("1", None), ("2", None), ("2.a", "2"), ("3", None),
    ]  # fmt: skip


def test_what_belongs_to_some_meetings_is_not_at_the_others():
    template = pack().templates["session"]

    held = {code: [item.number for item in template.agenda if item.is_at(code)] for code in ("W2", "W3")}

    assert held == {"W2": ["1", "2", "2.a", "3"], "W3": ["1", "2", "2.a"]}


def test_the_programme_of_june_2024_stands_in_the_template_day_by_day():
    days = pack("apmbc").templates["intersessional"].days

    taken = [[[name_of(entry) for entry in sitting.entries] for sitting in day.sittings] for day in days]

    assert taken == [
        [["1", "2", "3"], ["3+", "4"]],
        [["4+", "5", "victim-assistance-synergies"], ["completion-2025", "strengthening-the-norm"]],
        [["6", "6.a", "6.b", "7", "7.a", "7.b", "8"], ["preparatory_meeting"]],
    ]


def name_of(entry):
    """An entry by what it takes up; with a plus if it is continued."""
    match entry:
        case templates.ItemTaken():
            return entry.item + "+" * entry.continued
        case templates.PanelHeld():
            return entry.panel
        case templates.Embedded():
            return entry.meeting


def test_a_term_says_in_which_languages_it_was_read_in_an_official_text():
    lamp, keeper = pack().glossary.terms

    verified = [code for code in ("ar", "en", "es", "fr", "ru", "zh") if lamp.is_verified_in(code)]

    assert verified == ["en", "es", "fr", "ru"]
    assert not keeper.is_verified_in("zh")


def test_the_glossary_has_more_than_sixty_terms_in_six_languages():
    terms = pack("apmbc").glossary.terms

    assert len(terms) > 60
    assert all(len(term.words.text.words) == 6 for term in terms)


def test_all_this_is_carried_by_the_texts_that_state_rules():
    texts = rule_texts(contents_of("toy").texts)

    again = parse_rules(texts)

    assert "calendar/presenters.csv" not in texts
    assert (again.organs, again.plans, again.procedures) == (pack().organs, pack().plans, pack().procedures)
    assert (again.templates, again.glossary, again.titles) == (pack().templates, pack().glossary, pack().titles)


def test_the_invented_treaty_uses_every_word_of_these_shapes():
    used = {
        word for name, text in contents_of("toy").texts.items() if name.startswith(tuple(FILES))
        for word in words_in(read_yaml(name, text).content)
    }  # fmt: skip

    named = {told.alias or field for module in (glossary, institutions, procedure, templates)
             for shape in vars(module).values() if isinstance(shape, type) and issubclass(shape, BaseModel)
             for field, told in shape.model_fields.items()}  # fmt: skip

    assert sorted(named - used) == []


def words_in(content):
    """Every key of a YAML file."""
    if isinstance(content, dict):
        return set(content) | {word for piece in content.values() for word in words_in(piece)}
    if isinstance(content, list):
        return {word for piece in content for word in words_in(piece)}
    return set()
