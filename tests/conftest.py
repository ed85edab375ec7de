"""What all tests share: which database is in use, and what a test needs of the machine."""

import os
import shutil

import pytest

POSTGRESQL = bool(os.environ.get("DATABASE_URL"))
BOTH = bool(os.environ.get("SERVANDA_TEST_POSTGRESQL"))
SCREENS = ("display", "interpreters", "web")
CHROMIUM = os.environ.get("SERVANDA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_terminal_summary(terminalreporter, config):
    """In continuous integration nothing may be skipped: say so in the report."""
    if os.environ.get("CI") == "true" and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("A test was skipped; in continuous integration that is a failure.", red=True)


def pytest_sessionfinish(session, exitstatus):
    """In continuous integration nothing may be skipped: end with a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and exitstatus == 0 and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_collection_modifyitems(config, items):
    """Leave out what belongs to the other database's run; skip, with a reason, what the machine lacks."""
    kept, left_out = [], []
    for item in items:
        if belongs_to_the_other_run(item):
            left_out.append(item)
            continue
        if item.get_closest_marker("postgresql") and not POSTGRESQL:
            item.add_marker(pytest.mark.skip("no PostgreSQL: set SERVANDA_TEST_POSTGRESQL to its URL"))
        if item.get_closest_marker("browser") and not CHROMIUM:
            item.add_marker(pytest.mark.skip("no Chromium: install it, or set SERVANDA_CHROMIUM to its path"))
        kept.append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def belongs_to_the_other_run(item):
    """Whether a test is for the other database, or was tried on SQLite and no database can change its outcome."""
    other = "sqlite" if POSTGRESQL else "postgresql"
    if item.get_closest_marker(other) and (POSTGRESQL or BOTH):
        return True
    is_second_run = POSTGRESQL and BOTH
    return is_second_run and (is_of_a_screen(item) or not touches_the_database(item))


def is_of_a_screen(item):
    """Whether a test looks at pages alone: they read through queries that are tried on both databases."""
    is_live = item.path.name.startswith("test_live")
    return bool(item.get_closest_marker("browser")) or (item.path.parent.name in SCREENS and not is_live)


def touches_the_database(item):
    """Whether a test asks for rows, or starts processes that do."""
    markers = ("django_db", "slow", "postgresql")
    return bool({"db", "transactional_db"} & {*item.fixturenames}) or any(map(item.get_closest_marker, markers))


@pytest.fixture(autouse=True)
def nothing_kept():
    """Forget what is kept by journal number: each test begins a journal of its own."""
    yield
    from servanda.convention.queries import calendar_at, pack_at
    from servanda.programme.queries import derivation_at, plan_at
    from servanda.register.queries import registers

    registers.clear()
    for kept in (calendar_at, pack_at, derivation_at, plan_at):
        kept.cache_clear()
