"""A made-up meeting in a real office, for what packs are issued from; every person is fictional."""

from __future__ import annotations

import datetime as dt
import functools
import tempfile
from pathlib import Path

from db.store import Store
from db.vocab import ItemKind
from gwangju_desktop import clock
from gwangju_desktop.meetings import agenda, papers
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import usecases as members
from gwangju_desktop.packs.papers import Facts, examine
from tests.gwangju_desktop.packs.made import Leaf, make_paper

AT = dt.datetime(2022, 3, 17, 14, tzinfo=clock.KST)
NAMES = ("가상가", "가상나", "가상다")


def new_meeting(store: Store, starts_at: dt.datetime = AT) -> int:
    """Add a body of three members and its meeting with one step that has no sheet."""
    body = store.run(members.add_body, name_ko="가상위원회", name_en="Made-up Committee").value
    for number, name in enumerate(NAMES):
        store.run(
            members.add_member,
            person={"name": name, "fictional": True},
            membership={
                "body_id": body,
                "starts_on": dt.date(2021, 2, 25),
                "post": "국장",
                "capacity": "ex_officio" if number == 0 else "appointed",
            },
        )
    made: int = store.run(
        meetings.add_meeting, body_id=body, starts_at=starts_at, place="중회의실"
    ).value
    add_item(store, made, "성원 보고", kind=ItemKind.PROCEDURE.value, request="")
    return made


def add_item(store: Store, meeting: int, title: str = "공개 항목", **values: object) -> int:
    """Add an item to be decided."""
    fields = {"kind": ItemKind.DELIBERATION.value, "request": "원안대로 의결한다.", **values}
    added: int = store.run(agenda.add_item, meeting_id=meeting, title=title, **fields).value
    return added


@functools.cache
def examined(pages: int, text: str) -> tuple[bytes, bytes]:
    """Return a PDF of so many pages and its clean copy."""
    with tempfile.TemporaryDirectory() as folder:
        path = make_paper(Path(folder) / "자료.pdf", [Leaf(text=text)] * pages)
        found = examine(path, Path(folder))
        assert isinstance(found, Facts)
        return path.read_bytes(), found.clean.read_bytes()


def taken_in(store: Store, pages: int = 1, text: str = "자료") -> dict[str, object]:
    """Put a made paper and its clean copy into the store; return the columns of its file."""
    original, clean = examined(pages, text)
    return {
        "sha256": store.papers.put(original),
        "name": f"{text}.pdf",
        "bytes": len(original),
        "clean": store.papers.put(clean),
        "pages": pages,
        "trouble": None,
        "facts": {"warnings": []},
    }


def attach(store: Store, item: int, pages: int = 1, text: str = "자료", **values: object) -> int:
    """Attach a made paper to an item."""
    file = taken_in(store, pages, text)
    added: int = store.run(papers.attach_paper, item_id=item, **file, **values).value
    return added
