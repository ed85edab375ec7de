"""The stored bytes of a programme: issuing it is seen with the next question, through the dispatcher."""

import asyncio

import pytest
from django.db import connection

from servanda.programme.actions import issue_plan, store_plan
from servanda.programme.queries import plan
from servanda.site.loading import load
from tests.packs.shelf import contents_of
from tests.site.talk import ask
from tests.site.test_asgi import heads_until, run_the_site

PAGES = ["/en/toy/W2/programme/", "/en/toy/W2/programme.txt", "/en/toy/W2/programme/items/2.a/", "/en/toy/W2/",
         "/en/toy/W2/states/XBA/", "/en/toy/W2/states/XBA.json", "/api/v1/toy/meetings/W2/programme"]  # fmt: skip


async def acted(act):
    """Do an act as a view would, in another thread."""

    def done():
        try:
            return act()
        finally:
            connection.close()

    return await asyncio.to_thread(done)


def issue():
    """Store the programme, and issue it."""
    store_plan(plan=plan("toy", "W2"), by="ada")
    issue_plan(convention="toy", meeting="W2", version=1, by="ben")


@pytest.mark.django_db(transaction=True)
def test_issuing_shows_with_the_next_question_though_the_bytes_were_kept():
    load(contents_of("toy"), by="test")

    async def story(site):
        before = {page: (await ask(site, page)).body for page in PAGES}
        kept = len(site.stored.store.answers)
        await acted(issue)
        await heads_until(site, {"toy": 1, "toy/W2": 2})
        after = {page: (await ask(site, page)).body for page in PAGES}
        return kept, before, after

    kept, before, after = run_the_site(story)

    assert kept == len(PAGES)
    assert [page for page in PAGES if before[page] == after[page]] == []
    assert b"Version 1, issued on" in after["/en/toy/W2/programme.txt"]
