"""The names of an edition's pages ("24", "24-1", "41–46") and where they lie in its file."""

from __future__ import annotations

from collections.abc import Sequence

RANGE = "–"


def sheet_of(labels: Sequence[str], page: int) -> int:
    """Return the sheet (counted from 1) on which the members' page `page` is found.

    Sheets that stand for several pages are found under each of them; a page that is on no sheet
    takes the last one before it.
    """
    found = 1
    for sheet, label in enumerate(labels, 1):
        first, last = span(label)
        if first is None:
            continue
        if first <= page <= last:
            return sheet
        if first < page:
            found = sheet
    return found


def page_of(labels: Sequence[str], sheet: int) -> int:
    """Return the members' page a sheet (counted from 1) is of; 0 where it has no number."""
    if not 1 <= sheet <= len(labels):
        return sheet
    return span(labels[sheet - 1])[0] or 0


def named(labels: Sequence[str], typed: str) -> int | None:
    """Return the sheet a person means by what she typed, or None."""
    typed = typed.strip().replace("~", RANGE)
    if typed in labels:
        return labels.index(typed) + 1
    if typed.isdecimal() and labels:
        first, last = span(labels[0])[0] or 1, max(span(label)[1] for label in labels)
        if first <= int(typed) <= last:
            return sheet_of(labels, int(typed))
    return None


def span(label: str) -> tuple[int | None, int]:
    """Return the first and the last page a label names."""
    head = label.split("-")[0].split(" ")[0]
    first, _mark, last = head.partition(RANGE)
    if not first.isdecimal():
        return None, 0
    return int(first), int(last) if last.isdecimal() else int(first)
