"""What is gathered for a pack, and what never is for the public, on both databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import event

from db.store import Store
from db.vocab import Disclosure, Edition, ItemKind, PartKind, Standing
from gwangju_desktop import clock, settings
from gwangju_desktop.meetings import actions, awaited, opinions, recusals, sitting, usecases
from gwangju_desktop.meetings import queries as meetings
from gwangju_desktop.packs.outlining import add_appendix, add_figure, include_part, set_plan
from gwangju_desktop.packs.queries import pack_data
from gwangju_desktop.sample.office import TODAY
from tests.gwangju_desktop.packs.office import AT, add_item, attach, new_meeting, taken_in

SECRET = "龘비밀"
GROUND = "정보공개법 제9조제1항제5호(예시)"
FIGURE = {"kind": "energy-path", "indicator": "EL01"}


@pytest.fixture
def meeting(store) -> int:
    clock.fix(TODAY)
    store.run(settings.change_setting, key=settings.TODAY, value=TODAY.isoformat())
    return new_meeting(store)


def gathered(store, meeting, edition=Edition.MEMBERS, language="ko"):
    with store.reading() as read:
        return pack_data(read, store.papers, meeting_id=meeting, language=language, edition=edition)


def keys(data) -> list[str]:
    return [part.key for part in data.parts]


@pytest.mark.file_only
def test_a_new_meeting_has_the_usual_parts(store, meeting):
    item = add_item(store, meeting)
    data = gathered(store, meeting)
    assert keys(data) == ["cover", "agenda", "attendance", "roster", f"item-{item}"]
    assert data.quorum.simple_majority
    assert data.sample
    assert [member.name for member in data.members] == ["가상가", "가상나", "가상다"]


@pytest.mark.file_only
def test_an_item_brings_all_that_its_front_sheet_says(store, meeting):
    item = add_item(
        store, meeting, basis="조례 제3조", budget="비예산", submitter="가상 시장", presenter="과장"
    )
    store.run(
        opinions.add_opinion, item_id=item, office="법무담당", stance="conditional", text="문구"
    )
    store.run(
        awaited.announce_paper,
        item_id=item,
        title="검토서",
        office="기획조정실",
        due_on=dt.date(2022, 3, 14),
    )
    paper = attach(store, item, pages=2, title="붙임")
    made = gathered(store, meeting).item(item)
    assert (made.basis, made.budget, made.submitter) == ("조례 제3조", "비예산", "가상 시장")
    assert [(o.office, o.stance, o.text) for o in made.opinions] == [
        ("법무담당", "조건부 동의", "문구")
    ]
    assert made.awaited[0].due == dt.date(2022, 3, 14)
    assert (made.papers[0].id, made.papers[0].number) == (paper, 1)
    assert len(made.papers[0].sha256) == 64


@pytest.mark.file_only
def test_who_presides_over_an_item_and_who_leaves_is_known(store, meeting):
    item = add_item(store, meeting)
    with store.reading() as read:
        seats = meetings.attendance(read, meeting_id=meeting)
    store.run(
        sitting.preside,
        meeting_id=meeting,
        item_id=item,
        membership_id=seats[1].membership_id,
        ground="공동 주재",
    )
    store.run(
        recusals.recuse, item_id=item, attendance_id=seats[2].id, kind="self", ground="이해관계"
    )
    made = gathered(store, meeting).item(item)
    assert "가상나" in made.presiding
    assert made.conflicts == ("가상다",)
    assert gathered(store, meeting, Edition.PUBLIC).item(item).conflicts == ()


@pytest.mark.file_only
def test_the_outline_decides_what_is_printed_and_where(store, meeting):
    item = add_item(store, meeting)
    figure = store.run(add_figure, meeting_id=meeting, figure=FIGURE, item_id=item).value
    appendix = store.run(
        add_appendix, meeting_id=meeting, **taken_in(store, 1, "부록"), title="부록"
    ).value
    store.run(include_part, meeting_id=meeting, key="roster", included=False)
    store.run(include_part, meeting_id=meeting, key="notes", included=True)
    store.run(set_plan, meeting_id=meeting, abbreviations="OGP: 열린정부파트너십\n\nAB: 가나: 다")
    data = gathered(store, meeting)
    # Without energy figures there is nothing to draw.
    assert f"figure-{figure}" not in keys(data)
    assert "roster" not in keys(data)
    assert keys(data)[-4:] == [f"item-{item}", f"appendix-{appendix}", "abbreviations", "notes"]
    assert data.abbreviations == (("OGP", "열린정부파트너십"), ("AB", "가나: 다"))


@pytest.mark.file_only
def test_what_an_earlier_meeting_asked_for_is_told(store, meeting):
    open_item = add_item(store, meeting, "공개 안건")
    shut = add_item(
        store, meeting, "x", restricted=True, restricted_ground=GROUND, open_title="공개 제목"
    )
    for item, text in ((open_item, "계획 제출"), (shut, SECRET)):
        store.run(
            actions.add_action,
            item_id=item,
            text=text,
            department="서구",
            due_on=dt.date(2022, 3, 20),
        )
    with store.reading() as read:
        body = meetings.meeting(read, id=meeting).body_id
    later = store.run(
        usecases.add_meeting, body_id=body, starts_at=AT + dt.timedelta(days=60)
    ).value
    clock.fix(dt.date(2022, 3, 22))
    told = gathered(store, later).actions
    assert [(one.text, one.mark, one.late_days) for one in told] == [
        ("계획 제출", "지연", 2),
        (SECRET, "지연", 2),
    ]
    assert [one.text for one in gathered(store, later, Edition.PUBLIC).actions] == ["계획 제출"]
    assert "previous_actions" in keys(gathered(store, later))
    assert gathered(store, meeting).actions == ()


@pytest.mark.file_only
def test_a_standing_step_is_no_sheet_of_its_own(store, meeting):
    item = add_item(
        store,
        meeting,
        "전회 조치결과",
        kind=ItemKind.PROCEDURE.value,
        request="",
        standing=Standing.PREVIOUS_ACTIONS.value,
    )
    assert f"item-{item}" not in keys(gathered(store, meeting))


def test_nothing_closed_is_even_selected_for_the_public(store, meeting):
    texts = ("request", "reason", "contents", "reference", "basis", "budget", "presenter")
    item = add_item(
        store,
        meeting,
        SECRET,
        restricted=True,
        restricted_ground=GROUND,
        open_title="공개 제목",
        **dict.fromkeys((*texts, "submitter"), SECRET),
    )
    store.run(opinions.add_opinion, item_id=item, office=SECRET, text=SECRET)
    store.run(awaited.announce_paper, item_id=item, title=SECRET, office=SECRET)
    closed = attach(store, item, text=SECRET, title=SECRET)
    public = add_item(store, meeting, "공개 안건")
    shut = {"disclosure": Disclosure.MEMBERS.value, "ground": GROUND}
    paper = attach(store, public, text=SECRET, title=SECRET, **shut)
    appendix = store.run(
        add_appendix, meeting_id=meeting, **taken_in(store, 1, SECRET), title=SECRET, **shut
    ).value
    figure = store.run(
        add_figure, meeting_id=meeting, figure=FIGURE, title=SECRET, item_id=item
    ).value
    seen: list[str] = []

    def remember(state) -> object:
        frozen = state.invoke_statement().freeze()
        seen.extend(repr(getattr(cell, "__dict__", cell)) for row in frozen() for cell in row)
        return frozen()

    with store.reading() as read:
        event.listen(read, "do_orm_execute", remember)
        data = pack_data(
            read, store.papers, meeting_id=meeting, language="ko", edition=Edition.PUBLIC
        )
        event.remove(read, "do_orm_execute", remember)
    assert seen
    assert SECRET not in "".join(seen)
    assert SECRET not in repr(data)
    assert data.item(item).title == "공개 제목"
    grounds = {part.key: part.closed for part in data.parts if part.closed}
    wanted = (f"item-{item}", f"paper-{closed}", f"paper-{paper}", f"appendix-{appendix}")
    assert grounds == {**dict.fromkeys(wanted, GROUND), f"figure-{figure}": GROUND}
    members = gathered(store, meeting)
    assert SECRET in repr(members)
    assert f"appendix-{appendix}" in keys(members)


def test_a_closed_meeting_closes_what_its_items_say(store, meeting):
    item = add_item(store, meeting, reason=SECRET)
    store.run(sitting.set_openness, meeting_id=meeting, public=False, ground=GROUND)
    data = gathered(store, meeting, Edition.PUBLIC)
    assert SECRET not in repr(data)
    assert next(part for part in data.parts if part.item_id == item).closed == GROUND
    assert SECRET in repr(gathered(store, meeting))


@pytest.fixture
def sample_store(sample_copy) -> Iterator[Store]:
    clock.fix(TODAY)
    opened = Store.open(sample_copy, who="시험")
    yield opened
    opened.close()


def test_minutes_of_the_sitting_before_are_there_when_they_are_asked_for(sample_store):
    with sample_store.reading() as read:
        meeting = meetings.meetings(read)[-1].id
    assert "previous_minutes" not in keys(gathered(sample_store, meeting))
    sample_store.run(include_part, meeting_id=meeting, key="previous_minutes", included=True)
    data = gathered(sample_store, meeting)
    assert "previous_minutes" in keys(data)
    assert data.previous.meeting == "제2회 정기회의"
    assert data.previous.confirmed
    # They are public, so the public reads them too.
    assert gathered(sample_store, meeting, Edition.PUBLIC).previous is not None
    assert [action.mark for action in data.actions] == ["완료", "지연", "지연", "지정"]
    assert PartKind.RECORDS.value not in keys(data)
