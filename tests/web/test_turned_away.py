"""Requests that are turned away are told what, why, and what to do."""


def test_an_address_that_is_only_read_says_so_to_who_writes(client, db):
    answer = client.post("/en/", {"words": "none"})

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "This address does not take POST." in answer.content.decode()


def test_a_request_that_django_turns_away_is_told_why(client, db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10

    answer = client.post("/en/desk/sign-in/", {"account": "x" * 100, "password": "y"})

    assert answer.status_code == 400
    assert "What was sent cannot be read." in answer.content.decode()


def test_a_crawler_is_told_what_is_public_and_a_browser_where_the_icon_is(client):
    robots, icon = client.get("/robots.txt"), client.get("/favicon.ico")
    lines = robots.content.decode().splitlines()

    assert (robots.status_code, robots["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert (lines[0], lines[-1], "Disallow: /ar/desk/" in lines) == ("User-agent: *", "Allow: /", True)
    assert (icon.status_code, icon["Location"].rpartition("/")[2]) == (302, "icon.svg")
