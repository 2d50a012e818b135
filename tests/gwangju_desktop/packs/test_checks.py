"""What is looked at before a pack goes out, and how it is saved."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from db.errors import ReadOnly
from db.store import Store
from db.vocab import ItemKind
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda
from gwangju_desktop.meetings import papers as meeting_papers
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import ruling
from gwangju_desktop.members import usecases as members
from gwangju_desktop.packs.checks import Known, checks, known
from gwangju_desktop.packs.model import Entry, Notice, PackFacts
from gwangju_desktop.packs.saving import file_name, save_copy
from gwangju_desktop.text import N_

STARTS = dt.datetime(2022, 3, 17, 14, 0, tzinfo=clock.KST)


def attach(store: Store, item_id: int, sha256: str, warnings: list[str]) -> None:
    store.run(
        meeting_papers.attach_paper,
        item_id=item_id,
        sha256=sha256 * 64,
        name="자료.pdf",
        bytes=1,
        facts={"warnings": warnings},
    )


def test_papers_are_known_by_the_references_of_the_pack(store: Store) -> None:
    body_id = store.run(members.add_body, name_ko="위원회").value
    store.run(
        ruling.set_rules,
        body_id=body_id,
        valid_from=dt.date(2020, 1, 1),
        source="예시 조례",
        rules={"quorum": "> 1/2 enrolled"},
    )
    meeting_id = store.run(meetings.add_meeting, body_id=body_id, starts_at=STARTS).value

    def add(title: str, kind: ItemKind, request: str = "") -> int:
        return store.run(
            agenda.add_item, meeting_id=meeting_id, title=title, kind=kind.value, request=request
        ).value

    step = add("성원 보고", ItemKind.PROCEDURE)
    first = add("보고", ItemKind.REPORT)
    add("의결", ItemKind.DELIBERATION)
    last = add("의결", ItemKind.DELIBERATION, "공개한다.")
    attach(store, step, "a", ["layers"])
    attach(store, last, "b", [])
    attach(store, last, "c", ["fonts", "no such code"])
    attach(store, first, "d", [])
    with store.reading() as read:
        told = known(read, meeting_id=meeting_id)
    assert told.warned == {
        "paper-s1-1": ("layers",),
        "paper-1-1": (),
        "paper-3-1": (),
        "paper-3-2": ("fonts",),
    }
    assert told.unasked == {"item-2"}


def test_faults_come_first_each_with_its_page() -> None:
    facts = PackFacts(
        pages=9,
        entries=(
            Entry("item-1", "안건 1", 1, 4, 1),
            Entry("paper-1-1", "자료", 2, 5, 1, "broken"),
            Entry("paper-1-2", "자료", 2, 6, 1, "empty"),
            Entry("paper-1-3", "도면", 2, 7, 3),
        ),
        sha256="0" * 64,
        warnings=(
            Notice(N_("{title}: not attached. {why}"), {"title": "자료", "why": "하나"}),
            Notice(N_("{title}: not attached. {why}"), {"title": "자료", "why": "둘"}),
            Notice(
                N_("Page {page}: shrunk to {percent}% of the original."),
                {"page": 8, "percent": 70},
            ),
        ),
    )
    lines = checks(facts, Known({"paper-1-3": ("fonts",)}, frozenset({"item-1"})))
    assert [(line.page, line.fine) for line in lines] == [
        (5, False),
        (6, False),
        (8, False),
        (4, False),
        (7, False),
        (None, True),
    ]
    assert str(lines[-1]) == "1쪽부터 9쪽까지 쪽 번호가 이어집니다."
    assert str(lines[4]).startswith("도면: ")


def test_a_pack_in_order_says_so() -> None:
    facts = PackFacts(5, (Entry("paper-1-1", "자료", 2, 5, 1),), "0" * 64, ())
    lines = checks(facts, Known({}, frozenset()))
    assert all(line.fine for line in lines)
    assert [str(line) for line in lines][1:] == [
        "붙임 1건을 모두 실었습니다.",
        "글꼴이 모두 포함되었습니다.",
    ]


def test_a_copy_is_whole_or_not_there(tmp_path: Path) -> None:
    source = tmp_path / "하나.pdf"
    source.write_bytes(b"%PDF- whole")
    target = tmp_path / "나의 자료" / "둘.pdf"
    with pytest.raises(UserError, match="나의 자료"):
        save_copy(source, target)
    target.parent.mkdir()
    target.write_bytes(b"older and longer than the new one")
    assert save_copy(source, target).read_bytes() == b"%PDF- whole"
    assert [path.name for path in target.parent.iterdir()] == ["둘.pdf"]


def test_a_full_disk_or_a_refusal_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "하나.pdf", tmp_path / "둘.pdf"
    source.write_bytes(b"%PDF-")
    target.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "no", str(target))

    monkeypatch.setattr("gwangju_desktop.packs.saving.shutil.copyfile", refuse)
    with pytest.raises(ReadOnly, match="둘"):
        save_copy(source, target)
    assert target.read_bytes() == b"old"
    assert {path.name for path in tmp_path.iterdir()} == {"하나.pdf", "둘.pdf"}


def test_names_of_files_are_taken_by_windows_too() -> None:
    assert (
        file_name("2022-03-17", '제3회 "정기"/회의: 자료?') == "2022-03-17 제3회 정기 회의 자료.pdf"
    )
    assert file_name("가" * 300) == "가" * 120 + ".pdf"
    assert file_name("끝에 점.") == "끝에 점.pdf"
