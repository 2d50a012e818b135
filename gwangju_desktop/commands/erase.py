"""`erase member ID`, `erase proposer ID`, `erase register OFFICE`; without --yes they only tell."""

from __future__ import annotations

import argparse
from typing import Any

from gwangju_desktop.commands import output
from gwangju_desktop.commands.records import record_id
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import erasing, erasing_preview
from gwangju_desktop.members.erasewords import left_sentences, mention_line
from gwangju_desktop.text import N_, NN_, say


def erase(asked: argparse.Namespace) -> int:
    """Carry out one of the three."""
    if asked.what == "proposer":
        from gwangju_desktop.commands.erase_proposer import erase_proposer

        return erase_proposer(asked)
    return _register(asked) if asked.what == "register" else _member(asked)


def _member(asked: argparse.Namespace) -> int:
    id = record_id(asked.id)
    with output.office(asked, write=asked.yes) as store:
        if not asked.yes:
            with store.reading() as read:
                known = erasing_preview.preview(read, id=id)
            _show(asked, known, erasing.backups(store.office.place))
            raise UserError(N_("Nothing was erased."), hint=N_("Add --yes to erase."))
        outcome = erasing.erase(store, id=id, reason=asked.reason)
    if asked.json:
        output.document(
            {
                "erased": outcome.id,
                "entry": outcome.entry,
                "meetings_kept": outcome.meetings,
                "left": [{"code": code, "what": said} for code, said in _left(outcome)],
                "backups": outcome.backups,
            }
        )
        return 0
    if outcome.entry:
        output.line(say(N_("Person {id} was erased."), id=outcome.id))
    else:
        output.line(
            say(N_("Person {id} was erased before; the files were cleaned up."), id=outcome.id)
        )
    if outcome.meetings:
        output.line(f"{say(_KEPT, n=outcome.meetings)} {say(erasing_preview.MINUTES)}")
    for _code, said in _left(outcome):
        output.line(said)
    show_backups(outcome.backups)
    return 0


_KEPT = NN_(
    "The name stays on the sheet of {n} meeting that was held.",
    "The name stays on the sheets of {n} meetings that were held.",
)


def _left(outcome: erasing.Outcome) -> list[tuple[str, str]]:
    return list(zip(outcome.left, left_sentences(outcome.left), strict=True))


def _show(
    asked: argparse.Namespace, known: erasing_preview.Preview, backups: tuple[str, ...]
) -> None:
    if asked.json:
        output.document(
            {
                "id": known.id,
                "people": known.people,
                "erased_on": known.erased_on,
                "goes": [_line(part) for part in known.goes],
                "stays": [_line(part) for part in known.stays],
                "mentions": [
                    {
                        "table": found.table,
                        "id": found.id,
                        "column": found.column,
                        "title": found.title,
                        "law": found.law and say(found.law),
                    }
                    for found in known.mentions
                ],
                "histories": known.histories,
                "backups": backups,
            }
        )
        return
    output.line(say(N_("Goes:")))
    for part in known.goes:
        output.line("  " + _words(part))
    output.line(say(N_("Stays:")))
    for part in known.stays:
        output.line("  " + _words(part))
    if known.mentions:
        output.line(say(N_("Named elsewhere; correct it there:")))
        for said in dict.fromkeys(mention_line(found) for found in known.mentions):
            output.line("  " + said)
    show_backups(backups)


def _line(part: erasing_preview.Line) -> dict[str, Any]:
    why = say(part.why) if part.why else None
    return {"what": say(part.what), "n": part.n, "why": why, "where": part.where}


def _words(part: erasing_preview.Line) -> str:
    said = f"{say(part.what)}: {part.n}"
    if part.where:
        said += f" ({', '.join(part.where)})"
    return f"{said} · {say(part.why)}" if part.why else said


def show_backups(backups: tuple[str, ...]) -> None:
    """Name older copies that still hold who was erased."""
    if backups:
        message = N_(
            "These copies are older and still hold the person;"
            " delete them within {months} months: {files}"
        )
        output.line(say(message, months=erasing.BACKUP_MONTHS, files=", ".join(backups)))


def _register(asked: argparse.Namespace) -> int:
    from gwangju_desktop import offices
    from gwangju_desktop.proposals import erasing as proposal_erasing

    with offices.opened(asked.id, write=False) as newer, newer.reading() as read:
        uids = erasing.register(read)
    with output.office(asked, write=asked.yes) as store:
        if not asked.yes:
            with store.reading() as read:
                known = erasing.still_held(read, uids)
                proposers = proposal_erasing.still_held(read, uids)
            if asked.json:
                output.document({"would_erase": known, "proposers": proposers})
            else:
                output.line(say(_WOULD, n=len(known) + len(proposers)))
            raise UserError(N_("Nothing was erased."), hint=N_("Add --yes to erase."))
        done = erasing.reapply(store, uids) + proposal_erasing.reapply(store, uids)
    if asked.json:
        output.document({"erased": done})
    else:
        output.line(say(_DONE, n=done))
    return 0


_WOULD = NN_("{n} person would be erased.", "{n} people would be erased.")
_DONE = NN_("{n} person was erased.", "{n} people were erased.")
