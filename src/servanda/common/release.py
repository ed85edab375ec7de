"""Which release of Servanda this is: its version and a digest of the files it runs from."""

import hashlib
from functools import cache
from pathlib import Path

import servanda

HOUSE = Path(servanda.__file__).parent
CARRIED = {".py", ".html", ".css", ".js", ".mo", ".csv", ".yaml", ".svg"}


@cache
def release() -> str:
    """The version and eight hexadecimal digits that change with any file of the house."""
    digest = hashlib.sha256()
    for path in sorted(HOUSE.rglob("*")):
        if path.suffix in CARRIED and "packs" not in path.relative_to(HOUSE).parts:
            digest.update(path.relative_to(HOUSE).as_posix().encode())
            digest.update(path.read_bytes())
    return f"{servanda.__version__}-{digest.hexdigest()[:8]}"
