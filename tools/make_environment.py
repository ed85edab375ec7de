"""Make the virtual environment of a checkout from a lock with hashes.

Debian without python3-venv has no `ensurepip`; there the environment is made without pip,
and the pip wheel kept beside this file installs itself. Standard library only.
"""

import subprocess
import sys
import venv
from pathlib import Path

TOOLS = Path(__file__).parent
ROOT = TOOLS.parent


def make_environment(folder: Path, lock: Path) -> None:
    """Fill `folder` with what `lock` names, and with this checkout, editable."""
    if sys.version_info < (3, 11):  # noqa: UP036 (this file also runs where Servanda cannot)
        raise SystemExit(
            f"Servanda needs Python 3.11 or newer; this is {sys.version.split()[0]}. "
            "Install python3.11, or name another with `make PYTHON=…`."
        )
    say(f"  1 of 3  {folder}")
    venv.create(folder, with_pip=False, clear=True)
    python = folder / "bin" / "python"
    wheel = next(TOOLS.glob("pip-*.whl"))
    run(python, f"{wheel}/pip", "install", "--quiet", "--no-index", str(wheel))
    say(f"  2 of 3  packages of {lock}")
    run(
        python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "--require-hashes", "--no-deps", "-r", str(lock),
    )  # fmt: skip
    say("  3 of 3  Servanda itself")
    run(
        python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--no-build-isolation", "--editable", str(ROOT),
    )  # fmt: skip


def run(*command: str | Path) -> None:
    """Run one command; end with its exit code if it fails."""
    done = subprocess.run([str(word) for word in command], check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


def say(text: str) -> None:
    """Show progress on standard error, at once."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    make_environment(Path(sys.argv[1]), Path(sys.argv[2]))
