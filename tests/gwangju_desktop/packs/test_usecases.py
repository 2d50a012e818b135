"""From the office to the pack, on both databases."""

from __future__ import annotations

import datetime as dt

import pypdfium2
import pytest

from db.vocab import Disclosure, Edition, ItemKind
from gwangju_desktop import clock, settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, queries
from gwangju_desktop.meetings import papers as attachments
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import usecases as members
from gwangju_desktop.packs.papers import take_in
from gwangju_desktop.packs.queries import pack_data
from gwangju_desktop.packs.usecases import bind_pack
from tests.gwangju_desktop.packs import hostile
from tests.gwangju_desktop.packs.made import Leaf, make_paper

AT = dt.datetime(2022, 3, 17, 14, tzinfo=clock.KST)


@pytest.fixture
def meeting(store):
    body = store.run(members.add_body, name_ko="가상위원회", name_en="Made-up Committee").value
    for number, name in enumerate(("가상가", "가상나", "가상다")):
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
    made = store.run(meetings.add_meeting, body_id=body, starts_at=AT, place="중회의실").value
    store.run(
        agenda.add_item,
        meeting_id=made,
        kind=ItemKind.PROCEDURE.value,
        title="성원 보고",
        minutes=5,
    )
    return made


def add_item(store, meeting, title="공개 항목") -> int:
    return store.run(
        agenda.add_item,
        meeting_id=meeting,
        kind=ItemKind.DELIBERATION.value,
        title=title,
        minutes=20,
        presenter="에너지산업과",
        request="원안대로 의결한다.",
    ).value


def attach(store, item, facts, **values) -> int:
    return store.run(
        attachments.attach_paper,
        item_id=item,
        sha256=facts.sha256,
        name=facts.name,
        bytes=facts.bytes,
        clean=facts.clean,
        pages=facts.pages,
        trouble=facts.trouble,
        facts=facts.facts,
        **values,
    ).value


@pytest.mark.file_only
def test_a_taken_in_paper_is_kept_as_it_came_and_clean(store, tmp_path):
    path = make_paper(tmp_path / "붙임 1.pdf", [Leaf()] * 2)
    facts = take_in(store.papers, path)
    assert (facts.name, facts.pages, facts.trouble) == ("붙임 1.pdf", 2, None)
    assert facts.bytes == path.stat().st_size
    assert store.papers.path(facts.sha256).read_bytes() == path.read_bytes()
    assert facts.clean is not None
    assert facts.clean != facts.sha256
    assert store.papers.has(facts.clean)
    assert take_in(store.papers, path) == facts


def test_a_paper_that_cannot_be_bound_is_kept_with_its_trouble(sqlite_store, tmp_path):
    path = tmp_path / "잠긴 자료.pdf"
    hostile.REFUSED["user password"](path)
    facts = take_in(sqlite_store.papers, path)
    assert (facts.trouble, facts.clean, facts.pages) == ("encrypted", None, 0)
    assert sqlite_store.papers.has(facts.sha256)


def test_a_file_that_is_not_there_is_one_sentence(sqlite_store, tmp_path):
    with pytest.raises(UserError, match=r"없는\.pdf"):
        take_in(sqlite_store.papers, tmp_path / "없는.pdf")


@pytest.mark.file_only
def test_a_meeting_becomes_a_pack(store, meeting, tmp_path):
    item = add_item(store, meeting)
    attach(store, item, take_in(store.papers, make_paper(tmp_path / "a.pdf", [Leaf()] * 3)))
    broken = tmp_path / "b.pdf"
    hostile.REFUSED["truncated"](broken)
    attach(
        store,
        item,
        take_in(store.papers, broken),
        title="깨진 자료",
        disclosure=Disclosure.MEMBERS.value,
    )
    target = tmp_path / "회의자료.pdf"
    facts = bind_pack(store, meeting_id=meeting, target=target)
    with store.reading() as read:
        whole, damaged = (row.id for row in queries.papers(read, item_ids=[item]))
    places = facts.references
    assert [places[key] for key in ("cover", "agenda", "attendance")] == [1, 3, 5]
    front = places[f"item-{item}"]
    assert front % 2 == 1
    assert (places[f"paper-{whole}"], places[f"paper-{damaged}"]) == (front + 1, front + 4)
    document = pypdfium2.PdfDocument(target)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert "가상위원회" in texts[0]
    assert "성원 보고" in texts[2]
    assert "14:05" in texts[2]
    assert "당연직" in texts[4]
    assert "원안대로 의결한다." in texts[front - 1]
    assert f"{facts.pages} / {facts.pages}" in texts[-1]
    assert "초안" in texts[0]


def test_a_file_that_left_the_store_costs_only_itself(store, meeting, tmp_path):
    item = add_item(store, meeting)
    facts = take_in(store.papers, make_paper(tmp_path / "a.pdf"))
    attach(store, item, facts)
    assert facts.clean
    store.papers.path(facts.clean).unlink()
    pack = bind_pack(store, meeting_id=meeting, target=tmp_path / "p.pdf")
    # A server keeps the file itself and sends it again; beside an office file it is gone.
    gone = [] if store.papers._server else ["missing"]
    assert [entry.trouble for entry in pack.entries if entry.trouble] == gone


def test_the_pack_speaks_english_and_marks_the_sample(store, meeting):
    store.run(settings.change_setting, key=settings.TODAY, value="2022-03-11")
    with store.reading() as read:
        data = pack_data(read, store.papers, meeting_id=meeting, language="en")
        korean = pack_data(read, store.papers, meeting_id=meeting, language="ko")
    assert data.sample
    assert data.body == "Made-up Committee"
    assert korean.body == "가상위원회"
    assert {member.capacity for member in data.members} == {"ex officio", "appointed"}


@pytest.mark.file_only
def test_editions_have_the_numbers_of_the_members(store, meeting, tmp_path):
    item = add_item(store, meeting)
    attach(store, item, take_in(store.papers, make_paper(tmp_path / "a.pdf", [Leaf()] * 2)))
    members = bind_pack(store, meeting_id=meeting, target=tmp_path / "m.pdf")
    for edition in (Edition.PUBLIC, Edition.CHAIR, Edition.LARGE):
        facts = bind_pack(
            store, meeting_id=meeting, target=tmp_path / f"{edition}.pdf", edition=edition
        )
        assert facts.references == members.references
        assert facts.frozen.total == members.pages


def test_an_unknown_meeting_or_folder_is_one_sentence(sqlite_store, tmp_path):
    with pytest.raises(UserError):
        bind_pack(sqlite_store, meeting_id=99, target=tmp_path / "p.pdf")
    with pytest.raises(UserError, match="없는 폴더"):
        bind_pack(sqlite_store, meeting_id=99, target=tmp_path / "없는 폴더" / "p.pdf")
    assert list(tmp_path.glob("p.pdf")) == []
