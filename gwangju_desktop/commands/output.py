"""What commands print: one JSON document or plain lines on stdout, progress on stderr."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import datetime as dt
import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from gwangju_desktop import clock, text
from gwangju_desktop.text import N_, Msg, say

if TYPE_CHECKING:
    from db.store import Store


class UsageError(Exception):
    """The command line does not say what it must; exit code 2."""


def count(value: str) -> int:
    """Read a number of the command line, as an argument's `type`."""
    if not value.isascii() or not value.isdigit():
        raise argparse.ArgumentTypeError(say(N_("“{value}” is not a count."), value=value))
    return int(value)


def day(text: str | None) -> dt.date | None:
    """Read a day as it is typed, None for none; raises UsageError for what is no day."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            say(N_("“{day}” is not a day; write it as 2022-03-11."), day=text)
        ) from None


@contextlib.contextmanager
def office(asked: argparse.Namespace, *, write: bool = False) -> Iterator[Store]:
    """Open the office the command line names; raise UsageError when it names none."""
    if not asked.office:
        raise UsageError(say(N_("Name the office with --office FILE.")))
    # A snapshot is verified without an office, hence without its libraries.
    from gwangju_desktop import offices

    with offices.opened(asked.office, write=write) as store:
        yield store


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: rows as objects, moments on the office's clock."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dt.datetime):
        return (value if value.tzinfo is None else clock.local(value)).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


# Whether this command has written its document; there is never a second one.
_told = [False]


def begin() -> None:
    """Begin a command: it has told nothing yet."""
    _told[0] = False


def told() -> bool:
    """Say whether the command has written its document."""
    return _told[0]


def document(value: Any) -> None:
    """Write the one JSON document, in UTF-8 whatever the console speaks."""
    _told[0] = True
    body = json.dumps(plain(value), ensure_ascii=False, indent=1) + "\n"
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(body)
    else:
        buffer.write(body.encode("utf-8"))
        buffer.flush()


def line(words: str = "") -> None:
    """Write one line for a person; what the console cannot show is escaped, not a crash.

    So are control characters: a record may not move the cursor or name the window.
    """
    encoding = sys.stdout.encoding or "utf-8"
    shown = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", words)
    print(shown.encode(encoding, "backslashreplace").decode(encoding))


_CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f]")


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write rows under their columns, heads and codes in words; Hangul takes two places."""
    from gwangju_desktop.commands import heads

    cells = [[heads.head(column) for column in columns]]
    for row in rows:
        said = (heads.value(*pair) for pair in zip(columns, row, strict=True))
        cells.append([_cell(value) for value in said])
    widths = [max(_width(row[at]) for row in cells) for at in range(len(columns))]
    for row in cells:
        padded = (
            word + " " * (width - _width(word)) for word, width in zip(row, widths, strict=True)
        )
        line("  ".join(padded).rstrip())


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return text.words().day(clock.local(value), "when")
    if isinstance(value, dt.date):
        return text.words().day(value, "full")
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, float):
        return f"{value:,.10g}"
    return " ".join(str(value).split())


def _width(word: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in word)


def aside(words: str) -> None:
    """Write a line that is no result to stderr."""
    sys.stderr.write(f"{words}\n")


def progress_line(done: int, whole: int, what: Msg | None = None) -> None:
    """Draw a bar on a terminal's stderr; say nothing into a pipe."""
    if not sys.stderr.isatty() or whole <= 0:
        return
    share = min(1.0, done / whole)
    filled = int(share * 30)
    end = "\n" if done >= whole else ""
    said = say(what) if what else ""
    sys.stderr.write(f"\r\x1b[K[{'#' * filled}{'.' * (30 - filled)}] {share:4.0%} {said}{end}")
    sys.stderr.flush()
