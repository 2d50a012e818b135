"""What is looked at before a pack goes out, and how it is saved."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from db.errors import ReadOnly
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, awaited, papers, queries
from gwangju_desktop.packs.changes import Changes, PartChange
from gwangju_desktop.packs.checks import Check, Known, checks, known
from gwangju_desktop.packs.model import Entry, Notice, PackFacts
from gwangju_desktop.packs.saving import file_name, pack_name, save_copy
from gwangju_desktop.text import N_
from tests.gwangju_desktop.packs.office import add_item, new_meeting


def attach(store: Store, item_id: int, sha256: str, warnings: list[str], **values: object) -> None:
    store.run(
        papers.attach_paper,
        item_id=item_id,
        sha256=sha256 * 64,
        name="자료.pdf",
        bytes=1,
        facts={"warnings": warnings},
        **values,
    )


def test_what_the_office_knows_of_parts(store: Store) -> None:
    meeting_id = new_meeting(store)
    bare = add_item(store, meeting_id, "보고", kind="report", request="")
    unasked = add_item(store, meeting_id, "의결", request="")
    attach(store, unasked, "a", ["fonts", "no such code"])
    attach(store, unasked, "b", [])
    waiting = add_item(store, meeting_id, "기다림")
    for title, due, tabled in (
        ("늦은 자료", dt.date(2022, 3, 10), False),
        ("올 자료", dt.date(2022, 3, 14), False),
        ("당일 자료", None, True),
        ("언젠가 올 자료", None, False),
    ):
        store.run(
            awaited.announce_paper,
            item_id=waiting,
            title=title,
            office="에너지산업과",
            due_on=due,
            tabled=tabled,
        )
    gone = add_item(store, meeting_id, "뺀 항목", request="")
    store.run(agenda.withdraw_item, id=gone, reason="철회")
    with store.reading() as read:
        told = known(read, meeting_id=meeting_id, today=dt.date(2022, 3, 11))
        ids = [row.id for row in queries.papers(read, item_ids=[unasked])]
    assert told.warned == {f"paper-{ids[0]}": ("fonts",), f"paper-{ids[1]}": ()}
    said = [(key, str(check), check.record) for key, check in told.faults]
    assert said == [
        (
            "agenda",
            "소집통지 전이므로 안건 번호가 바뀔 수 있습니다.",
            (meeting_id, "meeting"),
        ),
        (f"item-{bare}", "보고: 자료가 아직 없습니다.", (bare, "agenda_item")),
        (
            f"item-{unasked}",
            "의결: 의결주문이 비어 있습니다.",
            (unasked, "agenda_item"),
        ),
        (
            f"item-{waiting}",
            "늦은 자료 (에너지산업과): 제출기한(3. 10.)이 지났습니다.",
            (waiting, "agenda_item"),
        ),
        (
            f"item-{waiting}",
            "올 자료 (에너지산업과): 아직 오지 않았습니다(제출기한 3. 14.).",
            (waiting, "agenda_item"),
        ),
        (
            f"item-{waiting}",
            "당일 자료 (에너지산업과): 당일 배부합니다.",
            (waiting, "agenda_item"),
        ),
        (
            f"item-{waiting}",
            "언젠가 올 자료 (에너지산업과): 아직 오지 않았습니다.",
            (waiting, "agenda_item"),
        ),
    ]


def test_what_is_withheld_says_why(sqlite_store: Store) -> None:
    store = sqlite_store
    meeting_id = new_meeting(store)
    item = add_item(store, meeting_id, "공개 항목")
    attach(store, item, "a", [], disclosure="members")
    with store.reading() as read:
        told = known(read, meeting_id=meeting_id)
    withheld = [str(check) for key, check in told.faults if key.startswith("paper-")]
    assert withheld == ["자료: 비공개 근거가 없습니다."]


def test_faults_come_first_each_with_its_page() -> None:
    facts = PackFacts(
        pages=9,
        entries=(
            Entry("item-1", "안건 1", 1, 4, 1),
            Entry("paper-1", "자료", 2, 5, 1, "broken"),
            Entry("paper-2", "자료", 2, 6, 1, "empty"),
            Entry("paper-3", "도면", 2, 7, 3),
        ),
        sha256="0" * 64,
        warnings=(
            Notice(N_("{title}: not attached. {why}"), {"title": "자료", "why": "하나"}),
            Notice(N_("{title}: not attached. {why}"), {"title": "자료", "why": "둘"}),
            Notice(
                N_("Page {page}: shrunk to {percent}% of the original."),
                {"page": "8", "percent": 70},
            ),
        ),
    )
    unasked = Check(
        N_("{title}: what is to be decided is not written."),
        {"title": "안건 1"},
        record=(1, "agenda_item"),
    )
    told = Known({"paper-3": ("fonts",)}, (("item-1", unasked),))
    part = PartChange("item-1", "안건 1", 4)
    changes = Changes(1, (PartChange("paper-9", "새 자료"),), (part,), ())
    lines = checks(facts, told, size=30 * 1024 * 1024, changes=changes)
    assert [(line.page, line.fine) for line in lines] == [
        (None, False),
        (4, False),
        (5, False),
        (6, False),
        (8, False),
        (4, False),
        (7, False),
        (None, False),
        (None, True),
    ]
    assert str(lines[0]) == "배부본 확정 뒤에 온 자료가 1건 있습니다."
    assert lines[5].record == (1, "agenda_item")
    assert "30MB" in str(lines[7])
    assert str(lines[-1]) == "1쪽부터 9쪽까지 쪽 번호가 이어집니다."
    assert str(lines[6]).startswith("도면: ")


def test_a_pack_in_order_says_so() -> None:
    facts = PackFacts(5, (Entry("paper-1", "자료", 2, 5, 1),), "0" * 64, ())
    lines = checks(facts, Known({}), size=2_500_000)
    assert all(line.fine for line in lines)
    assert [str(line) for line in lines][1:] == [
        "붙임 1건을 모두 실었습니다.",
        "글꼴이 모두 포함되었습니다.",
        "파일 크기는 2.4MB입니다.",
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


def test_names_of_packs_have_body_meeting_type_and_moment() -> None:
    at = dt.datetime(2022, 3, 14, 1, 20, tzinfo=dt.UTC)
    assert (
        pack_name("탄소중립 도시_추진위원회", "제3회 정기/회의", "회의자료(위원용)", at)
        == "탄소중립 도시 추진위원회_제3회 정기 회의_회의자료(위원용)_20220314_1020.pdf"
    )
    long = pack_name("가" * 300, "나" * 300, "다" * 300, at)
    assert len(long.encode()) < 255 and long.endswith("_20220314_1020.pdf")
    assert clock.local(at).hour == 10
