"""`erase proposer ID`: a citizen who proposed goes, the proposals stay."""

from __future__ import annotations

import argparse

from gwangju_desktop.commands import output
from gwangju_desktop.commands.erase import show_backups
from gwangju_desktop.commands.records import record_id
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.erasewords import left_sentences, table_name
from gwangju_desktop.members.erasing import backups
from gwangju_desktop.proposals import erasing
from gwangju_desktop.text import N_, NN_, say

_GOES = NN_(
    "Name and contact leave {n} proposal and what was written on it:",
    "Name and contact leave {n} proposals and what was written on them:",
)
_FILES = NN_(
    "{n} attached file stays; look whether it names them.",
    "{n} attached files stay; look whether they name them.",
)


def erase_proposer(asked: argparse.Namespace) -> int:
    """Erase a proposer by the number of their row (`show proposal ID --json`)."""
    id = record_id(asked.id)
    with output.office(asked, write=asked.yes) as store:
        if not asked.yes:
            with store.reading() as read:
                known = erasing.preview(read, id=id)
            _show(asked, known, backups(store.office.place))
            raise UserError(N_("Nothing was erased."), hint=N_("Add --yes to erase."))
        outcome = erasing.erase_proposer(store, id, asked.reason)
    left = list(zip(outcome.left, left_sentences(outcome.left), strict=True))
    if asked.json:
        output.document(
            {
                "erased": id,
                "entry": outcome.entry,
                "proposals": outcome.proposals,
                "files": outcome.files,
                "mentions": [_mention(found) for found in outcome.mentions],
                "left": [{"code": code, "what": said} for code, said in left],
                "backups": outcome.backups,
            }
        )
        return 0
    if outcome.entry:
        output.line(say(N_("Proposer {id} was erased."), id=id))
    else:
        output.line(say(N_("Proposer {id} was erased before; the files were cleaned up."), id=id))
    _elsewhere(outcome.files, outcome.mentions)
    for _code, said in left:
        output.line(said)
    show_backups(outcome.backups)
    return 0


def _show(asked: argparse.Namespace, known: erasing.Preview, older: tuple[str, ...]) -> None:
    if asked.json:
        output.document(
            {
                "id": known.id,
                "proposals": [{"number": n, "title": title} for n, title in known.proposals],
                "files": known.files,
                "mentions": [_mention(found) for found in known.mentions],
                "backups": older,
            }
        )
        return
    output.line(say(_GOES, n=len(known.proposals)))
    for number, title in known.proposals:
        output.line(f"  {number} {title}".rstrip())
    _elsewhere(known.files, known.mentions)
    show_backups(older)


def _elsewhere(files: int, mentions: tuple[erasing.Mention, ...]) -> None:
    if files:
        output.line(say(_FILES, n=files))
    if mentions:
        output.line(say(N_("Named elsewhere; correct it there:")))
        for found in mentions:
            title = f" “{found.title}”" if found.title else ""
            output.line(f"  {table_name(found.table)} {found.id}{title}")


def _mention(found: erasing.Mention) -> dict[str, object]:
    return {
        "table": found.table,
        "id": found.id,
        "column": found.column,
        "title": found.title,
    }
