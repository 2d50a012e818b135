"""Start: a child's task, a command, or the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence

# An office, one that was handed over, and a review copy, also under the names it is sent by.
FILES = (".gwoffice", ".gwhand", ".gwsnap", ".zip", ".001")


def main() -> int:
    """Carry out what the command line says and return the exit code."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--child"]:
        from gwangju_desktop import child

        return child.main(arguments[1:])
    asked = window_only(arguments)
    if asked is not None:
        from gwangju_desktop.commands.window import open_window

        return open_window(**asked)
    from gwangju_desktop import cli

    return cli.main(arguments)


def window_only(arguments: Sequence[str]) -> dict[str, str] | None:
    """Read a command line that only opens the window; None when the parser is needed.

    A file alone is what a double click on it asks for. The parser and its help in two languages
    would be a sixteenth of the window's start.
    """
    asked: dict[str, str] = {}
    opens = 0
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "open":
            opens += 1
            continue
        if word.lower().endswith(FILES) and "office" not in asked and not word.startswith("-"):
            asked["office"] = word
            continue
        name, equals, value = word.partition("=")
        if name not in ("--office", "--lang") or (not equals and not rest):
            return None
        value = value if equals else rest.pop(0)
        if value.startswith("-") or (name == "--lang" and value not in ("ko", "en")):
            return None
        asked["office" if name == "--office" else "language"] = value
    return asked if opens <= 1 else None


if __name__ == "__main__":
    sys.exit(main())
