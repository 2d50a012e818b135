"""A made-up letter that shows the form of documents: a letterhead, items, a table, an end."""

from __future__ import annotations

from gwangju_desktop.documents import official
from gwangju_desktop.documents.blocks import Column, prose, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.issuer import Issuer
from gwangju_desktop.text import C_, N_, Words


def specimen(about: Issuer, say: Words, city: str) -> Composed:
    """Return the letter; nobody and nothing in it is real."""
    title = say(N_("Form of documents: a sample"))
    body = [
        *prose(
            "\n".join(
                (
                    say(N_("1. This page shows how the documents of the office will look.")),
                    say(N_("2. Facts stand as follows.")),
                    say(N_("  - Date: {day:long}"), day=about.on),
                    say(N_("  - Place: made-up meeting room")),
                )
            )
        ),
        table(
            [
                Column(say(C_("specimen", "No.")), 0.12, "right", "number"),
                Column(say(C_("specimen", "Item")), 0.58),
                Column(say(C_("specimen", "Amount")), 0.3, "right", "number"),
            ],
            [
                ["1", say(C_("specimen", "Allowances (made up)")), "2,400,000"],
                ["2", say(C_("specimen", "Printing (made up)")), "113,560"],
            ],
        ),
    ]
    return official.letter(
        about,
        say,
        title=title,
        name=title,
        sender=city,
        recipient=say(N_("Heads of made-up departments")),
        body=body,
        attachments=[say(N_("Sample paper, one copy."))],
        signatory=say(N_("Mayor of {city}"), city=city),
    )
