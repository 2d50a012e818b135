"""The catalogue of words: `python -m tests.words` extracts, reports and compiles it.

Korean stands in `resources/translations/ko/LC_MESSAGES/<room>.po`, one file a room, and all rooms
become one `gwangju.mo`. A msgid stands in one room only.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

from db.files import atomic_write

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations" / "ko" / "LC_MESSAGES"
COMPILED = FOLDER / "gwangju.mo"
KEYWORDS = {
    "N_": None,
    "NN_": (1, 2),
    "C_": ((1, "c"), 2),
    "usecase": None,
}
PACKAGES = ("db", "gwangju_desktop", "ui")
TEMPLATES = "resources/site/templates"
Key = tuple[str, str]


def wanted(packages: Sequence[str] = (*PACKAGES, TEMPLATES)) -> dict[Key, tuple[str, str]]:
    """Return (context, msgid) -> (plural, where) of every msgid in the code of these folders."""
    found: dict[Key, tuple[str, str]] = {}
    page = ("**.html", "jinja2.ext:babel_extract")
    sources = [(one, *(page if one == TEMPLATES else ("**.py", "python"))) for one in packages]
    for package, names, method in sources:
        for name, line, message, _, context in extract_from_dir(
            str(ROOT / package), [(names, method)], keywords=KEYWORDS
        ):
            one, many = message if isinstance(message, tuple) else (message, "")
            if one:
                found.setdefault((context or "", one), (many, f"{package}/{name}:{line}"))
    return found


def rooms() -> dict[str, Catalog]:
    """Return each room's catalogue."""
    made = {}
    for path in sorted(FOLDER.glob("*.po")):
        with path.open("rb") as file:
            made[path.stem] = pofile.read_po(file, locale="ko", abort_invalid=True)
    return made


def faults() -> list[str]:
    """Return what is missing, unused, doubled, fuzzy or broken; empty when all is right."""
    want, said = wanted(), {}
    problems = []
    for room, catalogue in rooms().items():
        for message in catalogue:
            if not message.id:
                continue
            one = message.id[0] if isinstance(message.id, tuple) else message.id
            key = (message.context or "", one)
            if key in said:
                problems.append(f"{room}: {key} stands in {said[key]} too")
            said[key] = room
            text = message.string if isinstance(message.string, str) else message.string[0]
            if message.fuzzy or not text:
                problems.append(f"{room}: {key} is not translated")
            problems.extend(_braces(room, one, text))
            if key not in want:
                problems.append(f"{room}: {key} is not used")
    problems.extend(
        f"missing: {key} at {where}" for key, (_, where) in want.items() if key not in said
    )
    return problems


def _braces(room: str, one: str, text: str) -> list[str]:
    """Compare the values a message and its translation name."""
    import string

    def fields(message: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(message) if name}

    try:
        extra = fields(text) - fields(one)
    except ValueError as error:
        return [f"{room}: {one!r}: {error}"]
    return [f"{room}: {one!r} has no value {name}" for name in sorted(extra)]


def compiled() -> bytes:
    """Return the bytes of the one catalogue the program reads."""
    whole = Catalog(locale="ko", charset="utf-8")
    # A date left out is taken for now, and the catalogue would differ from one minute to the next.
    whole.creation_date = whole.revision_date = dt.datetime(2022, 3, 11, tzinfo=dt.UTC)
    for catalogue in rooms().values():
        for message in catalogue:
            if message.id:
                whole.add(message.id, message.string, context=message.context)
    whole.mime_headers = [("Content-Type", "text/plain; charset=utf-8"), _PLURALS]  # type: ignore[misc]
    out = io.BytesIO()
    write_mo(out, whole)
    return out.getvalue()


_PLURALS = ("Plural-Forms", "nplurals=1; plural=0;")


def main() -> int:
    """Compile what is there and report what is not."""
    problems = faults()
    for problem in problems:
        print(problem)
    with atomic_write(COMPILED) as file:
        file.write(compiled())
    print(f"{COMPILED.relative_to(ROOT)}: {len(problems)} faults", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
