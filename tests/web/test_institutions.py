"""The pages of organs, action plans and terms: what stands there, and what is a lead and does not."""

import re

import pytest

from servanda.common.languages import OFFERED

pytestmark = pytest.mark.django_db
PAGES = ("organs", "plans", "glossary")


def read(client, page, language="en"):
    """The text of a page."""
    return client.get(f"/{language}/apmbc/{page}/").content.decode()


@pytest.mark.parametrize("language", OFFERED)
@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_there_in_each_language_and_is_kept(loaded, client, page, language):
    answer = client.get(f"/{language}/apmbc/{page}/")

    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()
    assert "Servanda-Numbers" in answer


@pytest.mark.parametrize("page", PAGES)
def test_no_page_needs_a_script_or_sets_a_cookie(loaded, client, page):
    answer = client.get(f"/en/apmbc/{page}/")

    assert "<script" not in answer.content.decode()
    assert not answer.cookies


def test_a_number_that_was_inferred_is_told_as_not_in_the_register(loaded, client):
    row = re.search(r'<tr id="oslo-5">.*?</tr>', read(client, "plans"), re.DOTALL)[0]

    assert "not in the register" in row
    assert "standards" not in row


def test_an_action_shows_its_theme_and_who_reports_and_not_what_was_not_verified(loaded, client):
    row = re.search(r'<tr id="oslo-18">.*?</tr>', read(client, "plans"), re.DOTALL)[0]

    assert "Survey and clearance of mined areas" in row
    assert "Committee on Article 5 Implementation" in row
    assert "baseline" not in row


def test_no_unverified_description_is_on_the_page(loaded, client):
    from servanda.convention.queries import pack

    page = read(client, "plans")

    leads = [str(action.says.text) for plan in pack("apmbc").plans.values() for action in plan.actions
             if action.says and not action.described]  # fmt: skip
    assert len(leads) == 48
    assert not any(lead in page for lead in leads)


def test_a_mandate_that_was_not_compared_is_not_shown(loaded, client):
    page = read(client, "organs")

    assert "Review Conference" in page
    assert "decides how often" not in page
    assert "The mandate was not compared with its source and is not shown." in page


def test_a_word_that_was_not_read_in_an_official_text_says_so(loaded, client):
    term = re.search(r'<li class="term" id="right-of-reply">.*?</li>', read(client, "glossary"), re.DOTALL)[0]
    words = re.findall(r'<dd><span lang="(..)".*?</dd>', term)

    unmarked = re.findall(r'<dd><span lang="(..)" dir="...">[^<]*</span></dd>', term)

    assert words == ["ar", "en", "es", "fr", "ru", "zh"]
    assert unmarked == ["en", "zh"]
    assert 'lang="zh" dir="ltr">答辩权' in term
    assert 'lang="ar" dir="rtl"' in term
