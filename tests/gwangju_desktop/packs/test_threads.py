"""The thread of an item on its front sheet, read back from the bound PDF."""

from __future__ import annotations

from pathlib import Path

from db.store import Store
from db.vocab import Edition
from gwangju_desktop.meetings import agenda
from gwangju_desktop.packs.pack import write_pack
from gwangju_desktop.packs.queries import pack_data
from gwangju_desktop.threads import links
from tests.gwangju_desktop.packs.made import read_texts
from tests.gwangju_desktop.threads.made import Office

LINE = "시민 제안 2022-001(2022. 2. 27.) → 이 안건 → 지표 전력 사용량"


def of_public(office: Office, edition: Edition, language: str = "ko"):
    """Gather the pack of the office's meeting."""
    with office.store.reading() as read:
        papers = office.store.papers
        return pack_data(
            read, papers, meeting_id=office.meeting, language=language, edition=edition
        )


def test_every_front_sheet_says_where_its_item_comes_from(store: Store, tmp_path: Path) -> None:
    office = Office.of(store)
    item, other = office.item("자전거 거점"), office.item("다른 안건")
    proposal, indicator = office.proposal(title="공개에 동의하지 않은 제목"), office.indicator()
    store.run(links.link, before=("proposal", proposal), after=("item", item))
    store.run(links.link, before=("item", item), after=("indicator", indicator))
    frozen = None
    for edition in (Edition.MEMBERS, Edition.PUBLIC):
        data = of_public(office, edition)
        assert {one.id: one.thread for one in data.items if one.number} == {item: LINE, other: ""}
        path = tmp_path / f"{edition.value}.pdf"
        facts = write_pack(data, path, language="ko", edition=edition, frozen=frozen)
        frozen = facts.frozen
        text = " ".join(" ".join(read_texts(path)).split())
        assert text.count(f"반영 경로 {LINE}") == 1
        assert "동의하지 않은" not in text
    english = next(
        one.thread for one in of_public(office, Edition.MEMBERS, "en").items if one.thread
    )
    assert english == "Citizen proposal 2022-001 (2022-02-27) → this item → Indicator Electricity"


def test_a_restricted_item_has_no_thread_in_public(sqlite_store: Store) -> None:
    office = Office.of(sqlite_store)
    item = office.item("자전거 거점")
    sqlite_store.run(links.link, before=("proposal", office.proposal()), after=("item", item))
    sqlite_store.run(
        agenda.edit_item,
        id=item,
        restricted=True,
        restricted_ground="정보공개법 제9조제1항제5호(예시)",
        open_title="공개 제목",
    )
    public = of_public(office, Edition.PUBLIC)
    assert [one.thread for one in public.items if one.number] == [""]
    assert any(one.thread for one in of_public(office, Edition.MEMBERS).items)
