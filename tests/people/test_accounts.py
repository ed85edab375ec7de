"""Accounts: ids that the journal may keep, passwords that nobody reads, and what closing one does."""

import io

import pytest

from servanda.journal.models import Entry
from servanda.people.accounts import IdIsTaken, NotAnId, UnknownAccount, WeakPassword
from servanda.people.actions import add_account, close_demonstration, deactivate, open_demonstration, set_password
from servanda.people.models import Account
from servanda.people.queries import demonstration_accounts, find_account, seat_of
from servanda.site.command import main

pytestmark = pytest.mark.django_db
PASSWORD = "the lamp is lit at dusk"


@pytest.mark.parametrize("name", ["Ada Lovelace", "ada@example.org", "Ада", "a", "1st", "public", "x" * 41, "ada\n"])
def test_an_id_is_a_word_and_never_a_name(name):
    with pytest.raises(NotAnId, match="so it is a word and never a person's name"):
        add_account(name=name, seat="secretariat", by="test")

    assert Account.objects.count() == 0


def test_an_id_is_given_once_even_after_closing():
    add_account(name="desk-1", seat="secretariat", by="test")
    deactivate(name="desk-1", by="test")

    with pytest.raises(IdIsTaken, match="There is an account desk-1 already"):
        add_account(name="desk-1", seat="secretariat", by="test")


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012", ""])
def test_a_weak_password_is_refused_with_its_reasons(password):
    with pytest.raises(WeakPassword, match="This password is not taken"):
        add_account(name="desk-1", seat="secretariat", by="test", password=password)

    assert Entry.objects.count() == 0


def test_the_journal_holds_the_id_and_the_seat_and_neither_name_nor_password():
    add_account(name="desk-1", seat="secretariat", by="test", password=PASSWORD, display_name="Ada Lovelace")

    (entry,) = Entry.objects.all()

    assert (entry.stream.name, entry.kind) == ("house/accounts", "account-added")
    assert "Lovelace" not in entry.body
    assert PASSWORD not in entry.body
    assert PASSWORD not in find_account("desk-1").password


def test_closing_erases_the_name_and_signs_out_for_good():
    account = add_account(name="desk-1", seat="secretariat", by="test", password=PASSWORD, display_name="Ada Lovelace")
    before = account.get_session_auth_hash()

    closed = deactivate(name="desk-1", by="test")

    assert (closed.is_active, closed.display_name, closed.has_usable_password()) == (False, "", False)
    assert closed.get_session_auth_hash() != before
    assert seat_of(closed).kind == "public"


def test_an_account_is_never_removed():
    account = add_account(name="desk-1", seat="secretariat", by="test")

    with pytest.raises(TypeError, match="deactivated, never removed"):
        account.delete()


def test_an_unknown_account_is_refused_with_those_that_there_are():
    add_account(name="desk-1", seat="secretariat", by="test")

    with pytest.raises(UnknownAccount) as refused:
        set_password(name="desk-2", password=PASSWORD, by="test")

    assert refused.value.why == "Accounts: desk-1."


def test_a_demonstration_has_two_at_the_desk_and_an_administrator_marked_as_such_and_serve_closes_them():
    first, again = open_demonstration(by="test"), open_demonstration(by="test")
    opened = [(account.name, account.seat_kind) for account in demonstration_accounts()]

    closed = close_demonstration(by="test")

    assert opened == [
        ("demo-administrator", "administrator"), ("demo-desk-1", "secretariat"), ("demo-desk-2", "secretariat"),
    ]  # fmt: skip
    assert first.keys() == again.keys() == set(closed)
    assert first != again
    assert demonstration_accounts() == []


def test_the_command_makes_an_account_whose_password_comes_from_standard_input(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))

    code = main(["user", "add", "desk-1", "--seat", "secretariat", "--convention", "toy"])

    printed = capsys.readouterr()
    assert (code, printed.out, find_account("desk-1").check_password(PASSWORD)) == (0, "", True)
    assert main(["user", "list"]) == 0
    assert capsys.readouterr().out == "desk-1  secretariat of toy\n"


def test_a_password_that_was_made_is_printed_once(capsys):
    main(["user", "add", "desk-1", "--seat", "administrator", "--generate"])
    first = capsys.readouterr().out.strip()

    main(["user", "password", "desk-1", "--generate"])

    second = capsys.readouterr().out.strip()
    assert find_account("desk-1").check_password(second)
    assert not find_account("desk-1").check_password(first)


def test_the_command_closes_an_account_and_refuses_an_unknown_one(capsys):
    add_account(name="desk-1", seat="secretariat", by="test")

    assert main(["user", "deactivate", "desk-1"]) == 0
    assert main(["user", "deactivate", "desk-2"]) == 2
    assert "There is no account 'desk-2'." in capsys.readouterr().err
    assert main(["user", "list"]) == 0
    assert capsys.readouterr().out == "desk-1  secretariat, closed\n"


def test_no_option_takes_a_password():
    with pytest.raises(SystemExit):
        main(["user", "add", "desk-1", "--seat", "secretariat", "--password", PASSWORD])
