"""What two copies did since they parted, as a list: for a spreadsheet, and on paper to work through."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from db.files import atomic_write
from gwangju_desktop import clock
from gwangju_desktop.catalogue import frame
from gwangju_desktop.documents.blocks import Block, Column, Space, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.handover.comparing import Comparison, Difference, FieldChange, Side
from gwangju_desktop.history import telling
from gwangju_desktop.sheets.guards import guarded
from gwangju_desktop.text import C_, N_, NN_, Words, say

TITLE = N_("What two copies of the office differ in")
HEADS = (
    C_("two copies", "Copy"),
    C_("two copies", "When"),
    C_("two copies", "Who"),
    C_("two copies", "Step"),
    C_("two copies", "Kind"),
    C_("two copies", "Record"),
    C_("two copies", "Field"),
    C_("two copies", "Before"),
    C_("two copies", "After"),
    C_("two copies", "Both changed it"),
)
BOTH = C_("two copies", "both")


def lines(compared: Comparison) -> Iterator[list[str]]:
    """Yield the differences field by field, as the list and the CSV file have them."""
    for side in compared.sides:
        for one in side.differences:
            begun = [
                side.name,
                f"{clock.local(one.at):%Y-%m-%d %H:%M}",
                one.who,
                say(one.step),
                say(telling.ACTS[one.kind]),
                one.title,
            ]
            both = say(BOTH) if one.both else ""
            for each in one.fields or (FieldChange("", "", "", ""),):
                yield [*begun, each.label, each.before, each.after, both]


def write_csv(compared: Comparison, target: Path) -> None:
    """Write the list for a spreadsheet; nothing in it is taken for a formula."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow([say(head) for head in HEADS])
    sheet.writerows([guarded(cell) for cell in line] for line in lines(compared))
    with atomic_write(target, private=True) as file:
        file.write(b"\xef\xbb\xbf" + out.getvalue().encode())


def document(compared: Comparison, say: Words) -> Composed:
    """Return the list on paper: each record with a box to tick once it was entered by hand."""
    title = say(TITLE)
    since = clock.local(compared.at) if compared.at else None
    told: list[Block] = [
        *frame.head(compared.about.office(say), title),
        para(
            say(
                N_(
                    "Up to entry {n} of {at} both copies are the same. Since then each was written to."
                ),
                n=compared.common,
                at=f"{since:%Y-%m-%d %H:%M}" if since else "–",
            )
        ),
        para(say(N_("Contacts are not printed here; look them up in the copy itself.")), "note"),
    ]
    for number, side in enumerate(compared.sides, 1):
        told += [Space(3 * MM), frame.heading(f"{number}. {side.name}")]
        told += _side(side, say)
    return Composed(
        title=title,
        name=f"{compared.about.on:%Y-%m-%d} {title}",
        about=compared.about,
        language=say.language,
        parts=(tuple(told),),
    )


def _side(side: Side, say: Words) -> list[Block]:
    if not side.differences:
        return [para(say(N_("No record differs.")))]
    message = NN_("{n} record differs.", "{n} records differ.")
    columns = [
        Column(say(C_("two copies", "Done")), 0.07, "centre", "middle"),
        Column(say(C_("two copies", "Record")), 0.33, style="strong"),
        Column(say(C_("two copies", "What it says here")), 0.38),
        Column(say(C_("two copies", "Who and when")), 0.22),
    ]
    rows = [["□", _record(one, say), _fields(one, say), _who(one)] for one in side.differences]
    listed = table(columns, rows, grid=True, min_row=9 * MM, caption=side.name)
    return [para(say(message, n=len(side.differences))), listed]


def _record(one: Difference, say: Words) -> str:
    kind = say(telling.ACTS[one.kind])
    both = say(N_("both copies changed it")) if one.both else ""
    return "\n".join(part for part in (one.title, kind, both) if part)


def _fields(one: Difference, say: Words) -> str:
    return "\n".join(f"{each.label}: {each.before} → {each.after}" for each in one.fields)


def _who(one: Difference) -> str:
    return f"{one.who}\n{clock.local(one.at):%Y-%m-%d %H:%M}"
