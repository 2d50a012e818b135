"""`site build | check`."""

from __future__ import annotations

import argparse
import contextlib
from typing import TYPE_CHECKING

from gwangju_desktop.commands import output
from gwangju_desktop.commands.site_arguments import BOTH
from gwangju_desktop.commands.snapshots import passphrase
from gwangju_desktop.text import LANGUAGES, N_, NN_, Msg, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gwangju_desktop.site.plan import Report

MOST_TOLD = 20


def site(asked: argparse.Namespace) -> int:
    """Carry out one of the acts."""
    return {"build": _build, "check": _check}[asked.act](asked)


def _build(asked: argparse.Namespace) -> int:
    from gwangju_desktop.site import source

    words = passphrase(asked.passphrase_file) if asked.passphrase_file else None
    needed = asked.copy is None or words is not None
    with contextlib.ExitStack() as stack:
        door = stack.enter_context(output.office(asked, write=True)) if needed else None
        done = source.build_site(
            asked.folder,
            door=door,
            file=asked.copy,
            passphrase=words,
            languages=LANGUAGES if asked.languages == BOTH else (asked.languages,),
            web=asked.address,
            progress=output.progress_line,
        )
    if asked.json:
        output.document(
            {"folder": str(asked.folder), "signed": words is not None, **done.as_json()}
        )
        return 0
    _tell(done)
    if words is None:
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
