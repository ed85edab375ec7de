"""Run the tests on SQLite, and again on PostgreSQL where SERVANDA_TEST_POSTGRESQL gives a URL.

Arguments are handed to pytest. In continuous integration (CI=true) a skipped test is a failure.
"""

import os
import subprocess
import sys
import tempfile

POSTGRESQL = os.environ.get("SERVANDA_TEST_POSTGRESQL", "")


def run_tests(*, database_url: str, arguments: list[str]) -> int:
    """One run of the suite on one database; its exit code."""
    name = "PostgreSQL" if database_url else "SQLite"
    print(f"== tests on {name}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="servanda-tests-") as data:
        environment = dict(os.environ, SERVANDA_DATA=data)
        environment.pop("DATABASE_URL", None)
        if database_url:
            environment["DATABASE_URL"] = database_url
        command = [sys.executable, "-m", "pytest", "--durations=10", *in_parallel(arguments), *arguments]
        return subprocess.run(command, env=environment, check=False).returncode


def in_parallel(arguments: list[str]) -> list[str]:
    """As many processes as there are cores, unless the words given say how many or ask to look inside."""
    said = {"-n", "--numprocesses", "-s", "--pdb", "-x"} & set(arguments)
    return [] if said or any(word.startswith("-n") for word in arguments) else ["-n", "auto"]


if __name__ == "__main__":
    words = sys.argv[1:]
    code = run_tests(database_url="", arguments=words)
    if POSTGRESQL:
        code = code or run_tests(database_url=POSTGRESQL, arguments=words)
    else:
        print("PostgreSQL was not tried: SERVANDA_TEST_POSTGRESQL is not set.", file=sys.stderr)
    sys.exit(code)
