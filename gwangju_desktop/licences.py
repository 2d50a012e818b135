"""What the program is made of and under which terms, read from what is installed beside it.

From the sources these are the libraries that pyproject.toml asks for and what they ask for in turn;
in an installed program all that lie in it. Fonts, icons and scripts say their terms in a licence
file beside them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import resources
from gwangju_desktop.text import C_, Msg

_NAME = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")
_WORTH = ("licen", "copying", "notice")
_WITHIN = ".dist-info/licenses/"
_LESSER = "LGPL-3.0"
_CLASSIFIER = "License :: "
_LONG = 80  # a field longer than this is the text of the licence, not its name
_FOLDER = Path(__file__).resolve().parent.parent


class Part(NamedTuple):
    """A library or a folder of resources: its name, version, terms, and where their texts lie."""

    name: str
    version: str
    terms: str
    texts: tuple[Path, ...]


QT = C_(
    "licences",
    "Qt, PySide6 and psycopg are used under the LGPL, version 3. They lie as libraries of their own"
    " in the program’s folder (PySide6, shiboken6, psycopg) and may be exchanged: put libraries of"
    " the same version, also ones you have changed and built yourself, in their place and start the"
    " program again. Nothing prevents that, and taking the program apart to find faults in such a"
    " change is allowed. Their sources are those the projects publish under the versions below.",
)


def libraries() -> list[Part]:
    """Return the libraries the program runs on, by name."""
    found = {_folded(one.name): one for one in _distributions()}
    return sorted((_part(one) for one in found.values()), key=lambda part: part.name.lower())


def assets() -> list[Part]:
    """Return what lies in the resources under terms of its own: one entry a licence file."""
    root = resources.path()
    files = [one for one in sorted(root.rglob("*")) if one.is_file() and _is_licence(one)]
    return [Part(_asset(one, root), "", _terms(one), (one,)) for one in files]


def words_of(part: Part) -> str:
    """Return the licence texts of a part, as they came.

    Qt's packages bring none: the LGPL is the text that another library under it brings.
    """
    files = part.texts
    if not files and _LESSER in part.terms:
        files = next((one.texts for one in libraries() if one.texts and _LESSER in one.terms), ())
    texts = [one.read_text("utf-8", "replace").strip() for one in files if one.is_file()]
    return "\n\n".join(texts)


def own() -> Path | None:
    """Return the program's own licence, where it lies beside it."""
    places = (_FOLDER / "LICENSE", resources.path("LICENSE"))
    return next((one for one in places if one.exists()), None)


def _distributions() -> Iterator[metadata.Distribution]:
    """Yield what is installed for the program: by its own list in the sources, else all."""
    asked = _FOLDER / "pyproject.toml"
    if not asked.exists():
        yield from metadata.distributions()
        return
    wanted = list(tomllib.loads(asked.read_text("utf-8"))["project"]["dependencies"])
    seen: set[tuple[str, str]] = set()
    while wanted:
        match = _NAME.match(wanted.pop())
        if match is None:
            continue
        extras = {one.strip() for one in (match[2] or "").split(",")} - {""}
        for extra in ("", *sorted(extras)):
            if (_folded(match[1]), extra) in seen:
                continue
            seen.add((_folded(match[1]), extra))
            try:
                found = metadata.distribution(match[1])
            except metadata.PackageNotFoundError:
                break  # asked for on another system only
            wanted += _asked(found.requires or (), extra)
            if not extra:
                yield found


def _asked(lines: Iterable[str], extra: str) -> list[str]:
    """Return the requirements that hold always, or with an extra."""
    kept = []
    for line in lines:
        named = _EXTRA.search(line)
        if (named[1] if named else "") == extra:
            kept.append(line.partition(";")[0])
    return kept


def _part(found: metadata.Distribution) -> Part:
    held = found.metadata
    name = held["Name"]
    fields = [*(held.get_all("License-Expression") or ()), *(held.get_all("License") or ())]
    said = next((one.strip() for one in fields if 0 < len(one.strip()) <= _LONG), "")
    if not said or said.endswith("License") or said.startswith("Dual"):
        classes = [
            one.rpartition("::")[2].strip()
            for one in held.get_all("Classifier") or ()
            if one.startswith(_CLASSIFIER)
        ]
        said = ", ".join(classes) or said
    texts = [
        Path(str(found.locate_file(one)))
        for one in found.files or ()
        if ".dist-info" in str(one) and (_WITHIN in str(one) or _is_licence(Path(str(one))))
    ]
    return Part(name, found.version, said, tuple(texts))


def _is_licence(file: Path) -> bool:
    return file.suffix not in (".py", ".toml", ".pyc") and any(
        part in file.name.lower() for part in _WORTH
    )


def _asset(file: Path, root: Path) -> str:
    """Name what a licence file is about: its folder, and what its own name says besides."""
    folder = f"resources/{file.parent.relative_to(root).as_posix()}"
    stem = file.stem.lower().replace("license", "").strip("-_")
    return f"{folder} ({stem})" if stem else folder


def _terms(file: Path) -> str:
    """Return the name of a licence as its text gives it."""
    text = file.read_text("utf-8", "replace")
    return next((name for sign, name in _KNOWN if sign in text), "")


# How a licence's own text names it, and its short name in the list of SPDX.
_KNOWN: tuple[tuple[str, str], ...] = (
    ("SIL Open Font License", "OFL-1.1"),
    ("ISC License", "ISC"),
    ("MIT License", "MIT"),
    ("Mozilla Public License", "MPL-2.0"),
    ("Apache License", "Apache-2.0"),
)


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def said(part: Part) -> Msg | str:
    """Return a part's terms for a person; where it names none, that its text says them."""
    return part.terms or C_("licences", "see its text")
