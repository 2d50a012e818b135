"""`self-check DIR`: the program's whole job once, on the sample office, in an empty folder.

This is what tells that a frozen program is whole: database, sheets, answers of polls, papers,
preview, snapshot and window, each through the children it starts.
"""

from __future__ import annotations

import argparse
import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gwangju_desktop import check, clock, offices
from gwangju_desktop.commands import output
from gwangju_desktop.errors import UserError
from gwangju_desktop.paths import HOME
from gwangju_desktop.text import N_, say

# A made-up file in the layout the power company publishes.
SHEET = (
    "﻿시도,시군구,계약구분, 1월 , 2월 \r\n"
    + "".join(
        f'광주광역시,{district},{use},"1,{number:03}","2,{number:03}"\r\n'
        for number, (district, use) in enumerate(
            (district, use)
            for district in ("동구", "서구", "남구", "북구", "광산구")
            for use in ("주택용", "일반용", "산업용")
        )
    )
).encode()
# Made-up answers: one choice, and several joined in one cell; 40 goals of 30 people.
ANSWERS = (
    "번호,구,목표\r\n"
    + "".join(
        f"{number},{('동구', '서구')[number % 2]},{('공개', '참여', '공개;참여')[number % 3]}\r\n"
        for number in range(30)
    )
).encode()


def self_check(asked: argparse.Namespace) -> int:
    """Do everything once; print what was made, or fail with the sentence of what failed."""
    folder: Path = asked.folder
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise UserError(
            N_("{folder} is not empty."), hint=N_("Name an empty or a new folder."), folder=folder
        )
    made: list[Path] = []
    try:
        for path in _everything(folder, asked):
            made.append(path)
            if not asked.json:
                output.line(str(path))
    finally:
        clock.fix(None)
    if asked.json:
        output.document({"ok": True, "files": [str(path) for path in made]})
    else:
        output.line(say(N_("All parts work.")))
    return 0


def _everything(folder: Path, asked: argparse.Namespace) -> Iterator[Path]:
    office = folder / "sample.gwoffice"
    offices.new_office(office, sample=True, progress=asked.progress)
    yield office
    with offices.opened(office) as store:
        findings = check.check(store)
        if findings:
            raise RuntimeError(f"the new office is not whole: {findings}")
        yield from _paper(store, folder)
        yield from _documents(store, folder)
        _sheet(folder)
        _answers(folder)
        yield from _snapshot(store, folder)
    yield from _pictures(office, folder)


def _paper(store: Any, folder: Path) -> Iterator[Path]:
    """Bind the next meeting's pack and draw its first page as the preview does."""
    from gwangju_desktop.meetings import queries
    from gwangju_desktop.packs.preview import pictures
    from gwangju_desktop.packs.usecases import bind_pack

    with store.reading() as read:
        meeting = queries.next_meeting_id(read, today=clock.today())
    assert meeting is not None
    pack = folder / "pack.pdf"
    facts = bind_pack(store, meeting_id=meeting, target=pack, progress=output.progress_line)
    drawn = pictures(pack, [0], width=600, folder=folder)
    if drawn.count != facts.pages:
        raise RuntimeError(f"{pack}: {drawn.count} pages drawn, {facts.pages} bound")
    yield pack
    yield drawn.pictures[0].path


def _documents(store: Any, folder: Path) -> Iterator[Path]:
    """Write the plan of the next meeting in every format there is."""
    from gwangju_desktop.catalogue import entries
    from gwangju_desktop.documents import writers
    from gwangju_desktop.meetings import queries

    name = "plan"
    with store.reading() as read:
        meeting = queries.next_meeting_id(read, today=clock.today())
        made = entries.compose(read, name, id=meeting)
    for form in entries.ENTRIES[name].formats:
        target = folder / f"{name}.{form}"
        target.write_bytes(writers.write(made, form))
        yield target


def _sheet(folder: Path) -> None:
    """Read a published layout through the child that reads sheets."""
    from gwangju_desktop.energy.imports import prepare

    sheet = folder / "예시 2024.csv"
    sheet.write_bytes(SHEET)
    try:
        prepare(sheet, period="2024")
    finally:
        sheet.unlink()


def _answers(folder: Path) -> None:
    """Read a file of answers through the child that reads them, and tabulate it."""
    from gwangju_desktop.polls.reading import taking
    from gwangju_desktop.polls.tabulate import tabulate

    file = folder / "예시 응답.csv"
    file.write_bytes(ANSWERS)
    try:
        reading = taking.read(file)
    finally:
        file.unlink()
    table = tabulate(reading.answers_to("목표"))
    if (table.base.answered, table.base.votes) != (30, 40):
        raise RuntimeError(f"30 people chose 40 goals, but {table.base} was counted")


def _snapshot(store: Any, folder: Path) -> Iterator[Path]:
    """Make, verify and open a signed snapshot."""
    from gwangju_desktop.snapshots.build import make_snapshot
    from gwangju_desktop.snapshots.opening import open_snapshot
    from gwangju_desktop.snapshots.verify import verify

    target = folder / "snapshot.gwsnap"
    made = make_snapshot(store, target=target, passphrase=secrets.token_hex(16))
    verdict = verify(target, fingerprint=made.fingerprint)
    if not verdict.ok:
        raise RuntimeError(f"our own snapshot is refused: {verdict.as_json()}")
    open_snapshot(target)
    yield target


def _pictures(office: Path, folder: Path) -> Iterator[Path]:
    """Save every page as a picture, without a screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="gwangju-self-check-") as home:
        # The window's memory of this person stays out of it.
        os.environ[HOME] = home
        from ui import pictures

        place = folder / "pictures"
        place.mkdir()
        yield from pictures.save(str(office), place)
