"""What goes out stays: numbers, files and hashes of issues, supplements and revisions."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pypdf
import pytest
from sqlalchemy import select

from db.errors import Barred, Full
from db.schema.packs import PackFile, PackIssue
from db.store import Store
from db.vocab import Edition, IssueKind
from gwangju_desktop import check
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.meetings import agenda, queries, steps
from gwangju_desktop.meetings import minutes as recorded
from gwangju_desktop.meetings import papers as attachments
from gwangju_desktop.packs import issues, issuing, keeping, outlining
from gwangju_desktop.packs.changes import Changes, changes_since
from gwangju_desktop.packs.issuing import issue_pack, revise_pack, supplement_pack
from gwangju_desktop.packs.model import Copy
from gwangju_desktop.packs.outline import outline
from gwangju_desktop.packs.twins import edition_file
from gwangju_desktop.packs.usecases import bind_pack
from tests.gwangju_desktop.meetings.room import AT, Room, minutes
from tests.gwangju_desktop.packs.office import add_item, attach, new_meeting


def texts(store: Store, sha256: str) -> list[str]:
    with store.papers.path(sha256).open("rb") as file:
        return [page.extract_text() for page in pypdf.PdfReader(file).pages]


def since(store: Store, meeting: int) -> Changes:
    with store.reading() as read:
        found = changes_since(read, store.papers, meeting_id=meeting)
    assert found is not None
    return found


def keys(parts: object) -> list[str]:
    return [part.key for part in parts]  # type: ignore[attr-defined]


@pytest.fixture
def desk(store: Store) -> tuple[Store, int, int, int]:
    """An office with a meeting of two items; returns it with the ids, papers with the first."""
    return laid_out(store)


@pytest.fixture
def file_desk(sqlite_store: Store) -> tuple[Store, int, int, int]:
    """The same in an office file, for what does not differ between the engines."""
    return laid_out(sqlite_store)


def laid_out(store: Store) -> tuple[Store, int, int, int]:
    meeting = new_meeting(store)
    first = add_item(store, meeting, "첫째 항목")
    attach(store, first, 2, "첫 자료")
    second = add_item(store, meeting, "둘째 항목")
    return store, meeting, first, second


@pytest.mark.file_only
def test_an_issue_freezes_the_numbers_and_keeps_the_file(
    desk: tuple[Store, int, int, int],
) -> None:
    store, meeting, first, _second = desk
    with store.reading() as read:
        assert changes_since(read, store.papers, meeting_id=meeting) is None
        head = keeping.head_of(read)
    issued = issue_pack(store, meeting_id=meeting)
    with store.reading() as read:
        row = issues.current(read, meeting_id=meeting)
    assert row is not None
    assert (row.kind, row.number, row.first_page, row.last_page) == ("issue", 1, 1, row.total)
    assert row.frozen == issued.facts.frozen
    assert (
        row.parts_hash
        == hashlib.sha256(
            "\n".join([*(part.sha256 for part in row.parts), head]).encode()
        ).hexdigest()
    )
    file = row.files[0]
    kept = store.papers.path(file.sha256)
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == file.sha256 == issued.facts.sha256
    assert file.name.startswith("가상위원회_정기회의_회의자료(위원용)_")
    said = texts(store, file.sha256)
    assert len(said) == file.pages == row.total
    assert "제1차 배부본" in said[0] and row.short_hash in said[0]
    assert not any("초안" in page for page in said)
    place = row.frozen.first[f"item-{first}"]
    assert "첫째 항목" in said[place - 1] and f"{place} / {row.total}" in said[place - 1]
    assert not since(store, meeting).any
    assert check.check(store) == []


def test_what_went_out_is_not_taken_back(desk: tuple[Store, int, int, int]) -> None:
    store, meeting, *_ = desk
    issue_pack(store, meeting_id=meeting)
    assert store.undoable is None
    with pytest.raises(Barred):
        store.undo(store.head())
    with pytest.raises(UserError, match="쪽 번호가 새로"):
        issue_pack(store, meeting_id=meeting)
    again = issue_pack(store, meeting_id=meeting, reason="안건 순서를 바꿈")
    assert again.number == 2
    with store.reading() as read:
        rows = issues.of_meeting(read, meeting_id=meeting)
    assert [row.number for row in rows] == [1, 2]
    assert all(store.papers.has(row.files[0].sha256) for row in rows)
    assert rows[1].reason == "안건 순서를 바꿈"


@pytest.mark.file_only
def test_a_supplement_goes_on_after_the_last_page(desk: tuple[Store, int, int, int]) -> None:
    store, meeting, first, second = desk
    issued = issue_pack(store, meeting_id=meeting)
    total = issued.facts.pages
    with pytest.raises(UserError, match="보충할 자료가 없습니다"):
        supplement_pack(store, meeting_id=meeting, reason="늦음")
    one = attach(store, second, 3, "늦은 자료")
    assert keys(since(store, meeting).new) == [f"paper-{one}"]
    assert since(store, meeting).proposes == (IssueKind.SUPPLEMENT,)
    with pytest.raises(UserError, match="사유"):
        supplement_pack(store, meeting_id=meeting, reason=" ")
    made = supplement_pack(store, meeting_id=meeting, reason="제출이 늦음")
    assert made.facts.labels == tuple(f"{total + n} 보충 1" for n in range(1, 5))
    said = texts(store, made.file.sha256)
    assert "제출이 늦음" in said[0] and "둘째 항목" in said[0]
    assert "늦은 자료" in said[1] and f"{total + 2} 보충 1" in said[1]
    assert not since(store, meeting).any
    two, three = attach(store, first, 1, "더 늦은 것"), attach(store, first, 1, "셋째")
    with pytest.raises(UserError, match="paper-999"):
        supplement_pack(store, meeting_id=meeting, reason="늦음", keys=["paper-999"])
    more = supplement_pack(store, meeting_id=meeting, reason="늦음", keys=[f"paper-{two}"])
    assert more.facts.labels[0] == f"{total + 5} 보충 2"
    assert keys(since(store, meeting).new) == [f"paper-{three}"]


def test_a_revision_keeps_old_numbers_and_says_what_is_withdrawn(
    desk: tuple[Store, int, int, int],
) -> None:
    store, meeting, first, second = desk
    issued = issue_pack(store, meeting_id=meeting)
    frozen = issued.facts.frozen
    with pytest.raises(UserError, match="수정할 쪽이 없습니다"):
        revise_pack(store, meeting_id=meeting, reason="정정")
    store.run(agenda.edit_item, id=first, reason="이유가 길어졌습니다. " * 200)
    paper = next(key for key in frozen.first if key.startswith("paper-"))
    store.run(attachments.remove_paper, id=int(paper.removeprefix("paper-")))
    found = since(store, meeting)
    assert (keys(found.changed), keys(found.withdrawn)) == ([f"item-{first}"], [paper])
    made = revise_pack(store, meeting_id=meeting, reason="금액 정정")
    place = frozen.first[f"item-{first}"]
    assert {str(place), f"{place}-1"} <= set(made.facts.labels)
    assert f"{frozen.first[paper]}–{frozen.first[paper] + 1}" in made.facts.labels
    said = "\n".join(texts(store, made.file.sha256))
    assert "금액 정정" in said and "철회" in said
    assert not since(store, meeting).any
    store.run(agenda.edit_item, id=second, request="수정안대로 의결한다.")
    more = revise_pack(store, meeting_id=meeting, reason="다시 정정")
    with store.reading() as read:
        rows = issues.of_meeting(read, meeting_id=meeting)
        paper_now = issues.on_paper(rows[0], rows[1:])
    assert [(row.kind, row.number) for row in rows] == [
        ("issue", 1),
        ("revision", 1),
        ("revision", 2),
    ]
    assert more.number == 2
    assert paper_now[paper].withdrawn
    assert {key: part.first for key, part in paper_now.items()} == dict(frozen.first)


def test_a_withdrawn_paper_that_comes_back_is_a_change(
    file_desk: tuple[Store, int, int, int],
) -> None:
    store, meeting, first, _second = file_desk
    issue_pack(store, meeting_id=meeting)
    with store.reading() as read:
        paper = queries.papers(read, item_ids=[first])[0].id
    store.run(attachments.remove_paper, id=paper)
    revise_pack(store, meeting_id=meeting, reason="철회")
    removal = next(entry.id for entry in reversed(store.since(0)) if entry.label == "Remove paper")
    store.undo(removal)
    assert keys(since(store, meeting).changed) == [f"paper-{paper}"]
    revise_pack(store, meeting_id=meeting, reason="다시 실음")
    assert not since(store, meeting).any


def test_titles_of_what_is_not_public_do_not_stay_in_the_issue(sqlite_store: Store) -> None:
    store = sqlite_store
    meeting = new_meeting(store)
    item = add_item(
        store,
        meeting,
        "비밀 항목",
        restricted=True,
        restricted_ground="법인의 영업비밀",
        open_title="계약에 관한 건",
    )
    attach(store, item, 1, "비밀 자료")
    open_item = add_item(store, meeting, "공개 항목")
    issue_pack(store, meeting_id=meeting)
    with store.reading() as read:
        row = issues.current(read, meeting_id=meeting)
        raw = read.scalars(select(PackIssue.parts)).one()
    assert row is not None
    titles = {part.key: part.title for part in row.parts}
    assert titles[f"item-{item}"] == ""
    assert "공개 항목" in titles[f"item-{open_item}"]
    assert "비밀" not in str(raw)
    public = edition_file(store, issue_id=row.id, edition=Edition.PUBLIC)
    said = "\n".join(texts(store, public.sha256))
    assert "비밀" not in said.replace("영업비밀", "")
    assert "계약에 관한 건" in said
    assert set(public.labels) != {str(n) for n in range(1, row.total + 1)}


def test_editions_are_made_once_from_the_frozen_numbers(
    file_desk: tuple[Store, int, int, int],
) -> None:
    store, meeting, first, second = file_desk
    issued = issue_pack(store, meeting_id=meeting)
    late = attach(store, second, 1, "늦은 자료")
    chair = edition_file(store, issue_id=issued.id, edition=Edition.CHAIR)
    assert edition_file(store, issue_id=issued.id, edition=Edition.CHAIR) == chair
    said = texts(store, chair.sha256)
    assert issued.parts_hash[:8] in said[0]
    assert not any("늦은 자료" in page for page in said)
    members = {str(n) for n in range(1, issued.facts.pages + 1)}
    # Only what is blank for the members may hold something else in the chair's copy.
    assert {str(entry.page) for entry in issued.facts.entries} <= set(chair.labels)
    assert all(label.partition("-")[0].partition("–")[0] in members for label in chair.labels)
    supplement = supplement_pack(store, meeting_id=meeting, reason="늦음")
    with pytest.raises(UserError, match="위원용만"):
        edition_file(store, issue_id=supplement.id, edition=Edition.PUBLIC)
    store.run(agenda.edit_item, id=first, request="달라졌다.")
    with pytest.raises(UserError, match="같은 자료를 만들 수 없습니다"):
        edition_file(store, issue_id=issued.id, edition=Edition.PUBLIC)
    revise_pack(store, meeting_id=meeting, reason="정정")
    assert edition_file(store, issue_id=issued.id, edition=Edition.PUBLIC).pages > 0
    assert late


def test_a_bound_pack_is_the_issued_one_until_something_changes(
    file_desk: tuple[Store, int, int, int], tmp_path: Path
) -> None:
    store, meeting, first, _second = file_desk
    issued = issue_pack(store, meeting_id=meeting)
    target = tmp_path / "회의자료.pdf"
    facts = bind_pack(store, meeting_id=meeting, target=target)
    assert hashlib.sha256(target.read_bytes()).hexdigest() == issued.file.sha256
    assert facts.entries == issued.facts.entries
    assert (facts.labels, facts.frozen) == (issued.facts.labels, issued.facts.frozen)
    assert bind_pack(store, meeting_id=meeting, target=target, draft=True).sha256 != facts.sha256
    entries = store.head()
    large = bind_pack(store, meeting_id=meeting, target=target, edition=Edition.LARGE)
    assert store.head() == entries
    with target.open("rb") as file:
        assert issued.parts_hash[:8] in pypdf.PdfReader(file).pages[0].extract_text()
    assert large.frozen == facts.frozen
    store.run(agenda.edit_item, id=first, request="달라졌다.")
    bind_pack(store, meeting_id=meeting, target=target)
    with target.open("rb") as file:
        assert "초안" in pypdf.PdfReader(file).pages[0].extract_text()


def test_a_numbered_copy_differs_on_its_cover_alone(
    file_desk: tuple[Store, int, int, int], tmp_path: Path
) -> None:
    store, meeting, *_ = file_desk
    issued = issue_pack(store, meeting_id=meeting)
    target = tmp_path / "제3부.pdf"
    bind_pack(store, meeting_id=meeting, target=target, copy=Copy(3, "가상다"))
    with target.open("rb") as file:
        said = [page.extract_text() for page in pypdf.PdfReader(file).pages]
    kept = texts(store, issued.file.sha256)
    assert "제3부" in said[0] and "가상다" in said[0] and "제3부" not in kept[0]
    assert said[1:] == kept[1:]


def test_minutes_that_wait_to_be_confirmed_are_in_the_pack_by_themselves(
    sqlite_store: Store,
) -> None:
    room = Room.made(sqlite_store, people=3)
    room.open(3)
    sqlite_store.run(steps.close_meeting, id=room.meeting, at=minutes(60), carry=True)
    held = room.meeting
    following = room.meet(AT + dt.timedelta(days=7))

    def included() -> bool:
        with sqlite_store.reading() as read:
            line = outline(read, meeting_id=following).line("previous_minutes")
        assert line is not None
        return line.included

    assert not included()
    sqlite_store.run(recorded.draft, meeting_id=held)
    assert included()


@pytest.mark.file_only
def test_a_pack_drawn_while_others_write_is_drawn_again(
    desk: tuple[Store, int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, meeting, first, _second = desk
    drawn: list[int] = []
    real = issuing.write_pack

    def meanwhile(times: int):
        def write(*given, **named):
            facts = real(*given, **named)
            drawn.append(facts.pages)
            if len(drawn) <= times:
                store.run(agenda.edit_item, id=first, request=f"{len(drawn)}번째로 고친 글")
            return facts

        return write

    monkeypatch.setattr(issuing, "write_pack", meanwhile(2))
    issued = issue_pack(store, meeting_id=meeting)
    assert len(drawn) == 3
    assert any("2번째로 고친 글" in page for page in texts(store, issued.file.sha256))
    drawn.clear()
    monkeypatch.setattr(issuing, "write_pack", meanwhile(99))
    with pytest.raises(UserError, match="계속 바뀌어"):
        issue_pack(store, meeting_id=meeting, reason="다시")
    assert len(drawn) == keeping.ATTEMPTS
    with store.reading() as read:
        assert len(issues.of_meeting(read, meeting_id=meeting)) == 1
    assert check.check(store) == []


def test_a_fault_between_file_and_row_leaves_no_half_issue(
    desk: tuple[Store, int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, meeting, *_ = desk
    before = store.head()

    def full(*_: object) -> str:
        raise Full("자료 보관함")

    with monkeypatch.context() as broken:
        broken.setattr(type(store.papers), "put", full)
        with pytest.raises(Full):
            issue_pack(store, meeting_id=meeting)

    class Killed(BaseException):
        """The program ends here."""

    def die(*_: object, **__: object) -> PackFile:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(keeping, "_file", die)
        with pytest.raises(Killed):
            issue_pack(store, meeting_id=meeting)
    with pytest.raises(Cancelled):
        issue_pack(store, meeting_id=meeting, cancelled=lambda: True)
    with store.reading() as read:
        assert issues.of_meeting(read, meeting_id=meeting) == []
        assert read.scalars(select(PackFile.id)).all() == []
    assert store.head() == before
    assert check.check(store) == []
    assert issue_pack(store, meeting_id=meeting).number == 1


def test_a_closed_meeting_or_an_empty_pack_is_not_issued(sqlite_store: Store) -> None:
    store = sqlite_store
    meeting = new_meeting(store)
    with pytest.raises(UserError):
        issue_pack(store, meeting_id=999)
    with pytest.raises(UserError, match="아직 확정하지"):
        supplement_pack(store, meeting_id=meeting, reason="늦음")
    with pytest.raises(UserError, match="아직 확정하지"):
        revise_pack(store, meeting_id=meeting, reason="정정")
    for part in ("cover", "agenda", "attendance", "roster"):
        store.run(outlining.include_part, meeting_id=meeting, key=part, included=False)
    with pytest.raises(UserError, match="넣은 부분이 없습니다"):
        issue_pack(store, meeting_id=meeting)
    store.run(outlining.include_part, meeting_id=meeting, key="cover", included=True)
    issue_pack(store, meeting_id=meeting)
    store.run(steps.cancel, id=meeting, reason="취소")
    with pytest.raises(UserError):
        issue_pack(store, meeting_id=meeting, reason="다시")
    with pytest.raises(UserError):
        store.run(outlining.include_part, meeting_id=meeting, key="agenda", included=True)
