"""`document` and `list documents`: every document of the office, in the formats it has."""

from __future__ import annotations

import argparse
from typing import Any

from db.files import atomic_write
from gwangju_desktop import text
from gwangju_desktop.commands import output
from gwangju_desktop.commands.output import UsageError
from gwangju_desktop.commands.records import day, record_id
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_, say

WHOLE_OFFICE = "office"
COLUMNS = ("name", "label", "about", "formats")


def document(asked: argparse.Namespace) -> int:
    """Write one document of a record to a file; its suffix picks the writer."""
    from gwangju_desktop.catalogue import entries
    from gwangju_desktop.catalogue.entry import CODED

    entries.refuse_format(asked.name, asked.output.suffix)
    _refuse_folder(asked)
    options = _options(asked)
    # The writers load with what they need; a wrong name or suffix is told before.
    from gwangju_desktop.documents import writers

    entry = entries.entry(asked.name)
    coded = entry.about in CODED
    # A wrong number is told before the office is opened; a code is known to the office alone.
    id = None if coded else _about(asked)
    with output.office(asked) as store:
        if coded:
            from gwangju_desktop.catalogue import proving

            with store.reading() as read:
                id = proving.numbered(read, entry.about, asked.id)
            proving.demand(store, entry, id, write=False)
        with store.reading() as read:
            made = entries.compose(
                read, asked.name, id=id, language=text.language(), files_read=True, **options
            )
            data = writers.write(made, asked.output.suffix)
    with atomic_write(asked.output) as file:
        file.write(data)
    if asked.json:
        output.document({"file": str(asked.output), "title": made.title, "bytes": len(data)})
    else:
        output.line(say(N_("{file}: {title}"), file=asked.output, title=made.title))
    return 0


def list_documents(asked: argparse.Namespace) -> int:
    """Print what documents there are; no office is needed for it."""
    from gwangju_desktop.catalogue import entries

    for option in ("meeting", "body", "on", "state", "overdue"):
        if getattr(asked, option) is not None:
            raise UsageError(
                say(N_("“list {what}” takes no --{option}."), what=asked.what, option=option)
            )
    rows: list[dict[str, Any]] = [
        {
            "name": row.name,
            "label": say(row.label),
            "about": say(row.about),
            "formats": list(row.formats),
            "outgoing": row.outgoing,
        }
        for row in entries.documents()
    ][: asked.limit]
    if asked.json:
        output.document(rows)
    else:
        told = [{**row, "formats": " ".join(row["formats"])} for row in rows]
        output.table(COLUMNS, [[row[column] for column in COLUMNS] for row in told])
    return 0


def _about(asked: argparse.Namespace) -> int | None:
    """Return the id of the record, None for the whole office where a document can be about it."""
    from gwangju_desktop.catalogue.entries import WHOLE, About, entry

    about = entry(asked.name).about
    if about is About.PERIOD or (asked.id == WHOLE_OFFICE and about in WHOLE):
        return None
    return record_id(asked.id)


def _options(asked: argparse.Namespace) -> dict[str, Any]:
    """Return what was asked besides; raises UserError for what the document does not know."""
    from gwangju_desktop.catalogue.entries import About, entry

    # A document about a period has it where others have the number of a record.
    whole = entry(asked.name).about is not About.PERIOD or asked.id == WHOLE_OFFICE
    given: dict[str, Any] = {
        "period": asked.period if whole else asked.id,
        "on": day(asked.on),
        "recipient": asked.recipient,
    }
    options = {name: value for name, value in given.items() if value is not None}
    for name in options:
        if name not in entry(asked.name).options:
            raise UserError(
                N_("“{document}” takes no --{option}."),
                document=entry(asked.name).label,
                option=name,
            )
    return options


def _refuse_folder(asked: argparse.Namespace) -> None:
    if not asked.output.absolute().parent.is_dir():
        raise UserError(
            N_("There is no folder {folder}."),
            hint=N_("Choose another place."),
            folder=asked.output.absolute().parent,
        )
