"""The notice: what it knows, whom it tells, and what it does not pretend to know."""

import contextlib
import threading
import time

import pytest
from django.db import connection, transaction

from servanda.journal import notice as module
from servanda.journal.actions import append
from servanda.journal.notice import Notice
from tests.conftest import POSTGRESQL

pytestmark = pytest.mark.django_db(transaction=True)

STREAM = "apmbc/IM2024"


def give_floor():
    append(stream=STREAM, kind="floor-given", body={}, by="chair")


def wait_until(holds, seconds=5.0):
    """Whether something holds within some seconds."""
    end = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < end:
        time.sleep(0.01)
    return held


@contextlib.contextmanager
def watching():
    """A notice at work, with the calls that a subscriber got."""
    notice, calls = Notice(), []
    notice.subscribe(lambda: calls.append(notice.heads()))
    notice.start()
    try:
        assert wait_until(lambda: calls)
        yield notice, calls
    finally:
        notice.close()
    assert not notice.thread.is_alive()


def test_a_subscriber_is_called_from_another_thread_when_heads_move():
    with watching() as (notice, calls):
        threads = set()
        notice.subscribe(lambda: threads.add(threading.current_thread().name))

        give_floor()

        assert wait_until(lambda: calls[-1] == {STREAM: 1})
        assert wait_until(lambda: threads) == {"notice"}


def test_heads_are_known_again_after_each_append():
    with watching() as (notice, _):
        for number in range(1, 11):
            give_floor()

            assert wait_until(lambda number=number: notice.heads() == {STREAM: number})


def test_an_act_that_is_taken_back_moves_no_head():
    give_floor()
    with watching() as (notice, _):
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            give_floor()
            raise ZeroDivisionError

        assert not wait_until(lambda: notice.heads() != {STREAM: 1}, seconds=0.3)


@pytest.mark.sqlite
def test_on_sqlite_the_heads_are_true_at_once_and_without_watching():
    notice = Notice()
    try:
        for number in range(1, 6):
            give_floor()

            assert notice.heads() == {STREAM: number}
    finally:
        notice.close()


@pytest.mark.sqlite
def test_a_slow_watcher_never_puts_older_heads_in_place_of_newer_ones():
    notice = Notice()
    read = notice.heads

    def overtaken():
        heads = read()
        if heads == {}:
            give_floor()
            connection.close()
            read()
        return heads

    notice.heads = overtaken
    told = threading.Event()
    notice.subscribe(told.set)
    notice.start()
    try:
        assert told.wait(5)

        assert read() == {STREAM: 1}
    finally:
        notice.close()


@pytest.mark.postgresql
def test_on_postgresql_nothing_is_known_before_it_is_connected():
    assert Notice().heads() is None


@pytest.mark.postgresql
def test_on_postgresql_nothing_is_known_while_it_is_disconnected_and_all_is_afterwards():
    with watching() as (notice, calls):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        assert wait_until(lambda: None in calls)
        give_floor()

        assert wait_until(lambda: notice.heads() == {STREAM: 1})


def test_the_notice_fits_the_database_in_use():
    watcher = type(Notice().watcher).__name__

    assert watcher == ("Listener" if POSTGRESQL else "Poller")


def test_a_subscriber_that_fails_neither_ends_the_watch_nor_keeps_others_from_being_told(caplog):
    with watching() as (notice, calls):
        notice.subscribers.insert(0, lambda: 1 // 0)

        give_floor()
        assert wait_until(lambda: calls[-1] == {STREAM: 1})
        give_floor()

        assert wait_until(lambda: calls[-1] == {STREAM: 2})
        assert "A subscriber to the journal's notice failed." in caplog.messages


@pytest.mark.postgresql
def test_on_postgresql_heads_that_were_not_confirmed_of_late_are_not_known(monkeypatch):
    with watching() as (notice, _):
        assert notice.heads() == {}

        monkeypatch.setattr(module, "TRUSTED_SECONDS", 0.0)

        assert notice.heads() is None


@pytest.mark.postgresql
def test_on_postgresql_heads_are_read_again_though_no_notice_came():
    with watching() as (notice, _):
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO journal_stream (name, head, head_hash) VALUES ('ccm', 7, '')")

        assert wait_until(lambda: notice.heads() == {"ccm": 7})
