"""`site build | check | card`."""

from __future__ import annotations

import argparse
import contextlib
from typing import TYPE_CHECKING

from gwangju_desktop.commands import output
from gwangju_desktop.commands.site_arguments import BOTH
from gwangju_desktop.commands.snapshots import passphrase
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import LANGUAGES, N_, NN_, Msg, say, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gwangju_desktop.site.plan import Report

MOST_TOLD = 20


def site(asked: argparse.Namespace) -> int:
    """Carry out one of the acts."""
    return {"build": _build, "check": _check, "card": _card}[asked.act](asked)


def _build(asked: argparse.Namespace) -> int:
    from gwangju_desktop.site import source

    typed = passphrase(asked.passphrase_file) if asked.passphrase_file else None
    needed = asked.copy is None or typed is not None
    with contextlib.ExitStack() as stack:
        door = stack.enter_context(output.office(asked, write=True)) if needed else None
        done = source.build_site(
            asked.folder,
            door=door,
            file=asked.copy,
            passphrase=typed,
            languages=LANGUAGES if asked.languages == BOTH else (asked.languages,),
            web=asked.address,
            progress=output.progress_line,
        )
    if asked.json:
        output.document(
            {"folder": str(asked.folder), "signed": typed is not None, **done.as_json()}
        )
        return 0
    _tell(done)
    if typed is None:
        output.line(say(N_("The list of files is not signed.")))
    return 0


def _tell(done: Report) -> None:
    if done.nothing:
        output.line(
            say(
                NN_("Nothing changed; {n} file is right.", "Nothing changed; {n} files are right."),
                n=done.unchanged,
            )
        )
        return
    _pages(NN_("{n} new page", "{n} new pages"), done.appear)
    _pages(NN_("{n} changed page", "{n} changed pages"), done.change)
    _pages(NN_("{n} page removed", "{n} pages removed"), done.disappear)
    output.line(
        say(
            N_("{written} files written, {removed} removed, {unchanged} left as they were."),
            written=len(done.written),
            removed=len(done.removed),
            unchanged=done.unchanged,
        )
    )


def _pages(head: Msg, pages: Mapping[str, str]) -> None:
    if not pages:
        return
    output.line(say(head, n=len(pages)))
    for address, title in sorted(pages.items())[:MOST_TOLD]:
        output.line(f"  {address}  {title}")
    if len(pages) > MOST_TOLD:
        output.line(f"  … +{len(pages) - MOST_TOLD}")


def _check(asked: argparse.Namespace) -> int:
    from gwangju_desktop.site.check import check

    found = check(asked.folder, progress=output.progress_line)
    if asked.json:
        output.document(found.as_json())
        return 0 if found.ok else 1
    for fault in found.faults:
        output.line(f"{fault.address}: {fault}")
    if found.ok:
        output.line(
            say(
                N_("{folder}: {pages} pages, {files} files, {mb:.1f} MB; nothing is wrong."),
                folder=asked.folder,
                pages=found.pages,
                files=found.files,
                mb=found.bytes / 1e6,
            )
        )
    output.line(str(found.signature))
    return 0 if found.ok else 1


def _card(asked: argparse.Namespace) -> int:
    from db.files import atomic_write
    from gwangju_desktop.site import cards, copy
    from gwangju_desktop.site.card_picture import png

    speaking = words()
    with copy.opened(asked.copy) as opened:
        found = cards.of(opened, speaking)
    if asked.code:
        found = [card for card in found if card.code == asked.code]
        if not found:
            raise UserError(N_("The copy has no card {code}."), code=asked.code)
        if asked.out:
            with atomic_write(asked.out) as file:
                file.write(png(found[0]))
    told = [
        {"code": card.code, "kind": card.kind.value, "text": cards.short(card, speaking)}
        for card in found
    ]
    if asked.json:
        output.document({"cards": told})
        return 0
    for one in told:
        output.line(one["text"] if asked.code else f"{one['code']}  {one['text']}")
    return 0
