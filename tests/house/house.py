"""The files of the house, as its own rules look at them."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "servanda"


def files(folder, *suffixes):
    """Every file below a folder with one of the suffixes; folders made by tools and packs that came along aside."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in suffixes
        and path.is_file()
        and not {"__pycache__", "packs"} & set(path.relative_to(folder).parts)
    )


def named(path):
    """A file by its place in the repository."""
    return path.relative_to(ROOT).as_posix()
