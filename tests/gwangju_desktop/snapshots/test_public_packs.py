"""The public edition of a pack goes out as a file; members' editions, and closed sittings, stay."""

from __future__ import annotations

import hashlib
import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import Meeting
from db.schema.packs import PackFile, PackIssue
from db.schema.papers import StoredFile
from db.store import Store, usecase
from db.vocab import Profile
from gwangju_desktop import clock
from gwangju_desktop.snapshots import verify
from gwangju_desktop.snapshots.build import make_snapshot
from tests.gwangju_desktop.snapshots import offices

REASON = "쎫쁅 내부 사유"


def sheet(text: str) -> bytes:
    """Return a page with a line on it."""
    made = io.BytesIO()
    canvas = Canvas(made, invariant=True)
    canvas.drawString(72, 720, text)
    canvas.save()
    return made.getvalue()


@usecase("Issue a pack for tests")
def issue(tx: Session, *, files: dict[str, str], public: bool) -> int:
    """Enter an issue of the only meeting with a file (SHA-256) of each edition."""
    meeting = tx.scalars(select(Meeting)).one()
    meeting.public = public
    row = PackIssue(
        meeting_id=meeting.id,
        number=1,
        issued_at=offices.MOMENT,
        language="ko",
        first_page=1,
        last_page=1,
        total=1,
        reason=REASON,
        parts=[],
        parts_hash="0" * 64,
        head="0" * 64,
    )
    tx.add(row)
    tx.flush()
    for edition, sha256 in files.items():
        file = StoredFile(sha256=sha256, name=f"{edition}.pdf", bytes=1, pages=1)
        tx.add(file)
        tx.flush()
        tx.add(
            PackFile(
                issue_id=row.id,
                edition=edition,
                language="ko",
                file_id=file.id,
                pages=1,
                made_at=clock.now(),
            )
        )
    return row.id


def copied(office: Store, target: Path, *, public: bool = True, text: str = "Agenda") -> Any:
    """Issue a pack, make a public copy, and return (files in it, rows of packs, digests)."""
    content = {"members": sheet("For members"), "public": sheet(text)}
    digests = {edition: office.papers.put(one) for edition, one in content.items()}
    office.run(issue, files=digests, public=public)
    make_snapshot(office, target=target, passphrase=offices.PASSPHRASE, profile=Profile.PUBLIC)
    assert verify.verify(target).ok
    with zipfile.ZipFile(target) as archive:
        files = {n: archive.read(n) for n in archive.namelist() if n.startswith("evidence/")}
        whole = b"".join(archive.read(name) for name in archive.namelist())
        database = target.with_suffix(".sqlite")
        database.write_bytes(archive.read("snapshot.sqlite"))
    assert REASON.encode() not in whole and digests["members"].encode() not in whole
    with closing(sqlite3.connect(database)) as held:
        rows = held.execute(
            "SELECT pack_file.edition, stored_file.sha256 FROM pack_file"
            " JOIN stored_file ON stored_file.id = pack_file.file_id ORDER BY 1"
        ).fetchall()
    return files, rows, digests


def test_the_public_edition_lies_in_the_copy(office: Store, tmp_path: Path) -> None:
    files, rows, digests = copied(office, tmp_path / "공개.gwsnap")
    assert rows == [("members", None), ("public", digests["public"])]
    assert list(files) == [f"evidence/{digests['public']}.pdf"]
    assert hashlib.sha256(*files.values()).hexdigest() == digests["public"]


@pytest.mark.parametrize(
    ("public", "text"), [(False, "Agenda"), (True, "Ask 010-0000-0001")], ids=["closed", "telling"]
)
def test_a_pack_of_a_closed_sitting_or_with_a_hidden_value_stays(
    office: Store, tmp_path: Path, public: bool, text: str
) -> None:
    files, rows, digests = copied(office, tmp_path / "공개.gwsnap", public=public, text=text)
    assert files == {}
    assert rows == [("members", None), ("public", digests["public"] if public else None)]
