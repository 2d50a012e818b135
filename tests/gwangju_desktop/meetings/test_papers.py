"""Papers that wait, come, are replaced and announced; on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from db.schema.meetings import AgendaItem
from gwangju_desktop import clock, text
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, awaited, paper_lines, papers, steps, usecases
from gwangju_desktop.members import usecases as members
from gwangju_desktop.papers.watching import Waiting

AT = dt.datetime(2022, 3, 17, 14, tzinfo=clock.KST)
D = dt.date


def hwp(letter: str, name: str = "시행계획.hwp", modified: int = 1_000) -> dict:
    return {
        "sha256": letter * 64,
        "name": name,
        "bytes": 9_000,
        "trouble": "waits",
        "facts": {"modified": modified},
    }


def pdf(letter: str, name: str = "시행계획.pdf", pages: int = 3) -> dict:
    return {
        "sha256": letter * 64,
        "name": name,
        "bytes": 4_096,
        "clean": letter.upper() * 64,
        "pages": pages,
        "facts": {"warnings": ["fonts"]},
    }


@pytest.fixture
def item(store):
    text.use("ko")
    body = store.run(members.add_body, name_ko="가상위원회").value
    meeting = store.run(usecases.add_meeting, body_id=body, starts_at=AT).value
    return store.run(agenda.add_item, meeting_id=meeting, title="가상 안건").value


def lines(store, item):
    with store.reading() as read:
        ids = paper_lines.line_ids(read, item_id=item)
        found = {line.id: line for line in paper_lines.lines(read, ids=list(ids))}
        return [found[id] for id in ids]


def waiting(store):
    with store.reading() as read:
        return paper_lines.waiting(read)


def test_a_document_waits_and_its_pdf_takes_its_place(store, item):
    paper = store.run(papers.attach_paper, item_id=item, **hwp("a")).value
    (line,) = lines(store, item)
    assert line.waits and line.source_name == "시행계획.hwp" and line.pages == 0
    assert waiting(store) == [Waiting(paper, "시행계획.hwp", 1_000)]
    store.run(papers.take_pdf, id=paper, **pdf("b"))
    (line,) = lines(store, item)
    assert (line.title, line.pages, line.file_name) == ("시행계획", 3, "시행계획.pdf")
    assert (line.source_name, line.source_sha256) == ("시행계획.hwp", "a" * 64)
    assert not line.waits and line.warnings == ("fonts",) and waiting(store) == []
    with pytest.raises(UserError, match="시행계획"):
        store.run(papers.take_pdf, id=paper, **pdf("c"))
    store.undo()
    assert lines(store, item)[0].waits
    store.redo()
    assert lines(store, item)[0].pages == 3


def test_replacing_is_one_step_and_keeps_the_place(store, item):
    first = store.run(papers.attach_paper, item_id=item, **pdf("a", "하나.pdf")).value
    second = store.run(papers.attach_paper, item_id=item, **pdf("b", "둘.pdf")).value
    store.run(papers.replace_paper, id=first, **pdf("c", "하나 수정.pdf", 9))
    found = lines(store, item)
    assert [(line.id, line.title, line.pages) for line in found] == [
        (first, "하나 수정", 9),
        (second, "둘", 3),
    ]
    store.undo()
    assert lines(store, item)[0].title == "하나"
    # A title somebody wrote stays.
    store.run(papers.edit_paper, id=first, title="붙임 1")
    store.run(papers.replace_paper, id=first, **pdf("d", "하나 최종.pdf"))
    assert lines(store, item)[0].title == "붙임 1"
    # The same file again changes nothing.
    head = store.head()
    store.run(papers.replace_paper, id=first, **pdf("d", "하나 최종.pdf"))
    assert store.head() == head


def test_the_document_behind_a_pdf_is_kept_while_it_is_its_own(store, item):
    paper = store.run(papers.attach_paper, item_id=item, **hwp("a")).value
    # Whatever is dropped on a row that waits is its PDF.
    store.run(papers.replace_paper, id=paper, **pdf("b", "인쇄본.pdf"))
    assert lines(store, item)[0].source_name == "시행계획.hwp"
    assert lines(store, item)[0].title == "시행계획"
    store.run(papers.replace_paper, id=paper, **pdf("c", "시행계획.PDF"))
    assert lines(store, item)[0].source_name == "시행계획.hwp"
    store.run(papers.replace_paper, id=paper, **pdf("d", "다른 자료.pdf"))
    assert lines(store, item)[0].source_name == ""
    # A newer document waits anew.
    store.run(papers.replace_paper, id=paper, **hwp("e", "시행계획 최종.hwp"))
    (line,) = lines(store, item)
    assert line.waits and line.source_name == line.title + ".hwp" == "시행계획 최종.hwp"


@pytest.mark.file_only
def test_the_same_file_twice_on_an_item_is_said(store, item):
    store.run(papers.attach_paper, item_id=item, title="계획(안)", **hwp("a"))
    with pytest.raises(UserError) as refused:
        store.run(papers.attach_paper, item_id=item, **hwp("a", "다른 이름.hwp"))
    assert str(refused.value) == (
        "다른 이름.hwp 파일은 이 안건에 이미 “계획(안)” 자료로 첨부되어 있습니다."
    )
    other = store.run(papers.attach_paper, item_id=item, **pdf("b")).value
    with pytest.raises(UserError, match="계획"):
        store.run(papers.replace_paper, id=other, **hwp("a"))
    assert len(lines(store, item)) == 2


def test_a_locked_paper_is_opened_once(store, item):
    locked = {"sha256": "a" * 64, "name": "잠긴.pdf", "bytes": 9, "trouble": "encrypted"}
    paper = store.run(papers.attach_paper, item_id=item, **locked).value
    store.run(papers.unlock_paper, id=paper, clean="b" * 64, pages=4, facts={"warnings": []})
    (line,) = lines(store, item)
    assert (line.trouble, line.pages, line.sha256) == (None, 4, "a" * 64)
    # Elsewhere it is known already: no password is asked for a second time.
    with store.reading() as read:
        meeting = read.scalars(select(AgendaItem.meeting_id).where(AgendaItem.id == item)).one()
    second = store.run(agenda.add_item, meeting_id=meeting, title="다른 안건").value
    store.run(papers.attach_paper, item_id=second, **locked)
    assert lines(store, second)[0].pages == 4


def test_a_closed_paper_says_on_what_ground(store, item):
    paper = store.run(papers.attach_paper, item_id=item, **pdf("a")).value
    with pytest.raises(UserError, match="비공개 근거"):
        store.run(papers.edit_paper, id=paper, disclosure="members")
    closing = {"disclosure": "members", "ground": "정보공개법 제9조제1항제5호"}
    store.run(papers.edit_paper, id=paper, **closing)
    store.run(papers.edit_paper, id=paper, title="새 이름", disclosure="members")
    (line,) = lines(store, item)
    assert (line.disclosure, line.ground) == ("members", "정보공개법 제9조제1항제5호")
    store.run(papers.edit_paper, id=paper, disclosure="public")
    assert lines(store, item)[0].ground == ""


def test_an_announced_paper_comes_or_does_not(store, item):
    store.run(papers.attach_paper, item_id=item, **pdf("a", "하나.pdf"))
    announced = store.run(
        awaited.announce_paper,
        item_id=item,
        title="전문가 의견 <b>(가상)</b>",
        office="에너지산업과",
        due_on=D(2022, 3, 14),
    ).value
    tabled = store.run(awaited.announce_paper, item_id=item, title="당일 자료", tabled=True).value
    found = lines(store, item)
    assert [line.id for line in found][1:] == [-announced, -tabled]
    assert found[1].announced and found[1].due_on == D(2022, 3, 14)
    assert found[1].title == "전문가 의견 <b>(가상)</b>"
    assert found[2].tabled
    store.run(awaited.rename_line, id=-announced, title="전문가 의견")
    store.run(papers.move_paper, id=-announced, by=-1)
    assert [line.id for line in lines(store, item)][1:] == [-announced, -tabled]
    # It comes: one step, under the name it was announced by.
    paper = store.run(
        papers.attach_paper, item_id=item, awaited_id=announced, **pdf("b", "의견서_v3.pdf")
    ).value
    found = lines(store, item)
    assert [(line.id, line.title) for line in found][1:] == [
        (paper, "전문가 의견"),
        (-tabled, "당일 자료"),
    ]
    store.undo()
    assert [line.id for line in lines(store, item)][1:] == [-announced, -tabled]
    store.run(awaited.remove_line, id=-tabled)
    assert [line.id for line in lines(store, item)][1:] == [-announced]
    with pytest.raises(UserError):
        store.run(awaited.announce_paper, item_id=item, title=" ")
    with pytest.raises(UserError, match="999"):
        store.run(awaited.drop_announced, id=999)


def test_what_is_announced_goes_with_its_item_and_not_after_the_meeting(store, item):
    store.run(awaited.announce_paper, item_id=item, title="올 자료")
    store.run(papers.attach_paper, item_id=item, **hwp("a"))
    with store.reading() as read:
        meeting = read.scalars(select(AgendaItem.meeting_id).where(AgendaItem.id == item)).one()
    store.run(agenda.delete_item, id=item)
    assert waiting(store) == []
    store.undo()
    assert len(lines(store, item)) == 2 and len(waiting(store)) == 1
    store.run(steps.cancel, id=meeting, reason="가상 사유")
    assert waiting(store) == []
    with pytest.raises(UserError):
        store.run(awaited.announce_paper, item_id=item, title="늦은 자료")
