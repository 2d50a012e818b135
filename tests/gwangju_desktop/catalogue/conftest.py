"""The sample office with what it lacks for some documents: an amendment, a written resolution."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from db.schema.decisions import Amendment
from db.schema.meetings import AgendaItem, Meeting
from db.schema.members import Membership, Person
from db.schema.packs import AwaitedPaper
from db.store import Store, usecase
from db.vocab import AmendmentState, Capacity, Outcome
from gwangju_desktop import clock, offices
from gwangju_desktop.catalogue.entries import ENTRIES, About, compose
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.meetings import agenda, usecases, written
from tests.gwangju_desktop.catalogue.citizens import proposed
from tests.gwangju_desktop.catalogue.pollsters import polled
from tests.gwangju_desktop.catalogue.promised import promised

# What nobody but the office may read; it must stand on no document.
PHONE, EMAIL = "010-0000-9731", "canary-9731@example.invalid"
SECRET = "가려야할제목9731"
# The proposal a document of one is made of, where it is not the one that was adopted.
TOLD_OF = {
    "proposal-transfer": "transferred",
    "transfer-letter": "transferred",
    "proposal-petition": "petition",
    "proposal-closed": "closed",
    "proposal-re-exam": "again",
}


@dataclass(frozen=True)
class Office:
    """The office and the ids of the records its documents are about."""

    store: Store
    body: int
    ahead: int
    held: int
    resolution: int
    item: int
    amended: int
    membership: int
    proposals: dict[str, int]
    wave: int
    finding: int
    plan: int
    first: int
    second: int

    def id_of(self, name: str) -> int | None:
        """Return the record the golden file of a document is about."""
        if name in ("report", "minutes", "actions", "payment"):
            return self.held
        if name == "ballots":
            return self.resolution
        if name == "comparison":
            return self.amended
        if ENTRIES[name].about is About.PROPOSAL:
            return self.proposals[TOLD_OF.get(name, "adopted")]
        return {
            About.MEETING: self.ahead,
            About.BODY: self.body,
            About.ITEM: self.item,
            About.MEMBERSHIP: self.membership,
            About.OFFICE: None,
            About.PROPOSALS: None,
            About.WAVE: self.wave,
            About.FINDING: self.finding,
            About.PERIOD: None,
            About.PLAN: self.plan,
            About.COMMITMENT: self.first,
        }[ENTRIES[name].about]

    def compose(self, name: str, language: str = "ko", **options: object) -> Composed:
        """Compose a document about its record."""
        with self.store.reading() as read:
            return compose(read, name, id=self.id_of(name), language=language, **options)


@usecase("Prepared in a test")
def prepared(tx, *, item_id: int, amended_id: int, people: bool) -> None:
    """Announce a paper, amend a decided item, give everybody a telephone nobody may read."""
    tx.add(
        AwaitedPaper(
            item_id=item_id,
            title="재원 조달 계획(예시)",
            office="기후환경정책과",
            due_on=dt.date(2022, 3, 11),
        )
    )
    item = tx.get_one(AgendaItem, amended_id)
    item.outcome = Outcome.AMENDED.value
    item.resolution = "설문을 6개월마다 하고 그 결과를 위원회에 상정하기로 한다."
    seats = item.meeting.attendances
    tx.add(
        Amendment(
            item_id=amended_id,
            position=1024,
            mover_id=seats[3].id,
            seconder_id=seats[4].id,
            original=item.request,
            text=item.resolution,
            state=AmendmentState.CARRIED.value,
        )
    )
    for person in tx.scalars(select(Person)).all():
        person.phone, person.email = PHONE, EMAIL


@usecase("Closed to the public in a test")
def closed(tx, *, item_id: int) -> None:
    """Let an item of the meeting ahead be closed."""
    item = tx.get_one(AgendaItem, item_id)
    item.title, item.open_title, item.restricted = SECRET, "비공개 안건(예시)", True
    item.restricted_ground = "정보공개법 제9조제1항제5호"
    tx.add(AwaitedPaper(item_id=item_id, title=f"{SECRET} 자료", office="에너지산업과"))


@pytest.fixture(scope="session")
def office(sample_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office to read from; no test writes into it."""
    path = tmp_path_factory.mktemp("catalogue") / "예시 목록.gwoffice"
    shutil.copy(sample_office, path)
    papers = sample_office.name + ".files"
    shutil.copytree(sample_office.with_name(papers), path.with_name(path.name + ".files"))
    with offices.opened(str(path), write=True) as store:
        yield _office(store)
    clock.fix(None)


@pytest.fixture(autouse=True)
def _the_office_lives_on_its_day() -> None:
    clock.fix(dt.date(2022, 3, 11))


def _office(store: Store) -> Office:
    clock.fix(dt.date(2022, 3, 11))
    with store.reading() as read:
        meetings = list(read.scalars(select(Meeting.id).order_by(Meeting.starts_at)).all())
        body = read.scalar(select(Meeting.body_id).limit(1))
        decided = read.scalar(select(AgendaItem.id).where(AgendaItem.outcome == "as_proposed"))
        items = list(
            read.scalars(
                select(AgendaItem.id)
                .where(AgendaItem.meeting_id == meetings[2])
                .order_by(AgendaItem.position)
            ).all()
        )
        seat = read.scalar(
            select(Membership.id)
            .where(Membership.body_id == body, Membership.capacity == Capacity.APPOINTED.value)
            .order_by(Membership.id)
            .limit(1)
        )
    store.run(prepared, item_id=items[2], amended_id=decided, people=True)
    return Office(
        store=store,
        body=body,
        ahead=meetings[2],
        held=meetings[1],
        resolution=_resolution(store, body),
        item=decided,
        amended=decided,
        membership=seat,
        proposals=store.run(proposed).value,
        **polled(store),
        **promised(store),
    )


def _resolution(store: Store, body: int) -> int:
    """Put an item to the members in writing."""
    at = dt.datetime(2022, 3, 8, 10, tzinfo=clock.KST)
    id: int = store.run(
        usecases.add_meeting,
        body_id=body,
        starts_at=at + dt.timedelta(days=7),
        kind="written",
        title="서면의결",
        minutes=60,
        place="",
        presiding="공동위원장",
        secretariat="사무국",
    ).value
    store.run(
        agenda.add_item,
        meeting_id=id,
        kind="deliberation",
        title="예비비 사용(예시)",
        request="예비비를 사용하기로 한다.(예시)",
        minutes=10,
        presenter="사무국",
    )
    store.run(
        written.send,
        meeting_id=id,
        ground="기한 안에 회의를 열 수 없음(예시)",
        reply_by=at + dt.timedelta(days=6),
        day=at.date(),
        at=at,
    )
    return id
