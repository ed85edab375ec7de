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
