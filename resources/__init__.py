"""A leaf: fonts, icons, styles, translations, layouts, disclosure policy."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """Return the place of a resource; it is a real file, frozen or not."""
    return _HERE.joinpath(*parts)
