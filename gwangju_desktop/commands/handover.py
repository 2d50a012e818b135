"""`handover give | take | return | break | again | stay | state | compare`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gwangju_desktop.commands import output
from gwangju_desktop.commands.output import UsageError
from gwangju_desktop.commands.snapshots import passphrase
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_, NN_, say

if TYPE_CHECKING:
    from gwangju_desktop.handover.giving import Given


def handover(asked: argparse.Namespace) -> int:
    """Carry out one of the acts."""
    acts = {
        "give": _give,
        "return": _return,
        "take": _take,
        "again": _again,
        "stay": _stay,
        "break": _break,
        "state": _state,
        "compare": _compare,
    }
    return acts[asked.act](asked)


def _secret(asked: argparse.Namespace) -> str | None:
    return passphrase(asked.passphrase_file) if asked.passphrase_file else None


def _give(asked: argparse.Namespace) -> int:
    from gwangju_desktop.handover import giving

    secret = _secret(asked)
    with output.office(asked, write=True) as store:
        given = giving.give(
            store,
            asked.folder,
            to=asked.to,
            by=asked.by,
            passphrase=secret,
            progress=output.progress_line,
        )
    return _told(asked, given)


def _return(asked: argparse.Namespace) -> int:
    from gwangju_desktop.handover import giving, state

    secret = _secret(asked)
    with output.office(asked, write=True) as store:
        told = state.of_office(store)
        if not told.by or told.standing is not state.Standing.HERE:
            raise UserError(
                N_("Nobody gave this office file, so it cannot be given back."),
                hint=N_("Hand it over by name: handover give DIR --to NAME."),
            )
        given = giving.give(
            store,
            asked.folder,
            to=told.by,
            by=told.to,
            passphrase=secret,
            progress=output.progress_line,
        )
    return _told(asked, given)


def _again(asked: argparse.Namespace) -> int:
    from gwangju_desktop.handover import giving

    secret = _secret(asked)
    with output.office(asked, write=True) as store:
        given = giving.give_again(store, passphrase=secret, progress=output.progress_line)
    return _told(asked, given)


def _told(asked: argparse.Namespace, given: Given) -> int:
    if asked.json:
        output.document(
            {
                "file": str(given.file),
                "sha256": given.sha256,
                "number": given.handover.number,
                "to": given.handover.to,
                "at": given.handover.at,
                "missing": list(given.missing),
            }
        )
        return 0
    output.line(str(given.file))
    output.line(f"SHA-256 {given.sha256}")
    _missing(len(given.missing))
    return 0


def _missing(n: int) -> None:
    if n:
        output.aside(
            say(
                NN_(
                    "{n} file that a record names was missing or changed; “check” names it.",
                    "{n} files that records name were missing or changed; “check” names them.",
                ),
                n=n,
            )
        )


def _take(asked: argparse.Namespace) -> int:
    from gwangju_desktop.handover.taking import take

    secret = _secret(asked)
    taken = take(asked.file, asked.target, passphrase=secret, progress=output.progress_line)
    if asked.json:
        output.document(
            {
                "office": str(taken.path),
                "number": taken.handover.number,
                "by": taken.handover.by,
                "aside": str(taken.aside) if taken.aside else None,
                "claimed": taken.claimed,
                "missing": list(taken.missing),
            }
        )
        return 0
    output.line(str(taken.path))
    if taken.aside is not None:
        output.aside(
            say(N_("The copy that waited there is kept as {file}."), file=taken.aside.name)
        )
    if not taken.claimed:
        output.aside(
            say(N_("Its folder cannot be written, so others do not see there that it was taken."))
        )
    _missing(len(taken.missing))
    return 0


def _stay(asked: argparse.Namespace) -> int:
    from gwangju_desktop.handover import giving

    with output.office(asked, write=True) as store:
        giving.call_off(store)
    return _state(asked)


def _break(asked: argparse.Namespace) -> int:
    from db.store import Store
    from gwangju_desktop.handover import giving

    if not asked.office or "://" in str(asked.office):
        raise UsageError(say(N_("Name the office file with --office FILE.")))
    # Also where the copy that waits is of an earlier version, which nothing else may convert.
    with Store.open(Path(asked.office), waiting=False) as store:
        giving.wait(store)
        giving.break_off(store, reason=asked.reason)
    return _state(asked)


def _state(asked: argparse.Namespace) -> int:
    from gwangju_desktop.handover import state, words

    with output.office(asked) as store:
        told = state.of_office(store)
    if asked.json:
        output.document(told)
    else:
        output.line(words.sentence(told))
    return 0


def _compare(asked: argparse.Namespace) -> int:
    from gwangju_desktop.handover import comparing, lists

    files = [passphrase(file) for file in asked.passphrase_file]
    if len(files) > 2:
        raise UsageError(say(N_("Two copies have two passphrases at most.")))
    one, other = (*files, *files, None, None)[:2] if len(files) != 2 else files
    found = comparing.compare(
        asked.one, asked.other, passphrases=(one, other), progress=output.progress_line
    )
    if asked.output is not None:
        lists.write_csv(found, Path(asked.output))
    if asked.json:
        output.document(found.as_json())
    elif asked.output is not None:
        output.line(str(asked.output))
    else:
        output.table([say(head) for head in lists.HEADS], list(lists.lines(found)))
    return 0
