"""`search`: records found by their words, as the window finds them."""

from __future__ import annotations

import argparse

from gwangju_desktop import search_records
from gwangju_desktop.commands import output
from gwangju_desktop.search_found import Filters


def search(asked: argparse.Namespace) -> int:
    """Print the records whose text holds the words, initial consonants among them."""
    words = " ".join(asked.words)
    with output.office(asked) as store, store.reading() as read:
        filters = Filters(
            kinds=(asked.kind,) if asked.kind else (),
            body_id=asked.body,
            since=output.day(asked.since),
            until=output.day(asked.until),
        )
        found = search_records.find(read, words=words, limit=asked.limit, filters=filters)
    rows = [
        {
            "kind": one.table,
            "id": one.id,
            "title": one.title,
            "detail": one.detail,
            "excerpt": one.excerpt,
            "day": one.day,
            "page": one.page,
        }
        for one in found
    ]
    if asked.json:
        output.document(rows)
    else:
        columns = ("kind", "id", "title", "detail", "excerpt")
        output.table(columns, [[row[column] for column in columns] for row in rows])
    return 0
