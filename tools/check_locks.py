"""Refuse a lock that names an index or an address, or lacks a hash."""

import re
import sys
from pathlib import Path

LOCKS = Path(__file__).parent.parent / "requirements"


def faults(lock: Path) -> list[str]:
    """What is wrong with one lock, a line each."""
    text = lock.read_text(encoding="utf-8")
    found = [
        f"{lock.name}:{number}: names an address or an index; renew it with `make lock`"
        for number, line in enumerate(text.splitlines(), 1)
        if "://" in line or line.startswith(("-i", "--index", "--extra-index", "--find-links"))
    ]
    for block in re.split(r"\n(?=\S)", text):
        if block.strip() and "--hash=sha256:" not in block:
            found.append(f"{lock.name}: no hash for {block.splitlines()[0]!r}; renew it with `make lock`")
    return found


if __name__ == "__main__":
    problems = [fault for lock in sorted(LOCKS.glob("*.txt")) for fault in faults(lock)]
    print("\n".join(problems) or "locks: hashes everywhere, no address", file=sys.stderr)
    sys.exit(bool(problems))
