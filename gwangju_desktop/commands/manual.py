"""`help`, `diagnostics`, `licences`: the manual, what a helper needs to know, what it is made of."""

from __future__ import annotations

import argparse

from gwangju_desktop.commands import output
from gwangju_desktop.text import language


def show(asked: argparse.Namespace) -> int:
    """Print a chapter of the manual, or without one which there are."""
    from gwangju_desktop import manual

    if asked.chapter is None:
        rows = [{"key": one.key, "title": manual.title(one.key)} for one in manual.chapters()]
        if asked.json:
            output.document(rows)
        else:
            for row in rows:
                output.line(f"{row['key']:<14}{row['title']}")
        return 0
    written = manual.plain(asked.chapter)
    if asked.json:
        output.document(
            {
                "key": asked.chapter,
                "language": language(),
                "title": manual.title(asked.chapter),
                "text": written,
            }
        )
    else:
        for line in written.splitlines():
            output.line(line)
    return 0


def diagnostics(asked: argparse.Namespace) -> int:
    """Print what a helper needs to know of the program, and of an office if one is named."""
    from gwangju_desktop import diagnostics as made

    lines = made.of_program()
    if asked.office:
        with output.office(asked) as store:
            lines += made.of_office(store)
    if asked.json:
        output.document(dict(lines))
    else:
        for line in made.told(lines).splitlines():
            output.line(line)
    return 0


def licences(asked: argparse.Namespace) -> int:
    """Print the libraries and resources of the program with their terms."""
    from gwangju_desktop import licences as held

    rows = [
        {"name": one.name, "version": one.version, "terms": one.terms}
        for one in (*held.libraries(), *held.assets())
    ]
    if asked.json:
        output.document(rows)
    else:
        for row in rows:
            output.line(f"{row['name']} {row['version']}  {row['terms']}".strip())
    return 0
