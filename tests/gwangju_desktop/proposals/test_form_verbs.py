"""Verbs behind the forms, each one step: corrected, assessed, weighed, split off, replied to."""

from __future__ import annotations

import datetime as dt

import pytest

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import (
    assessing,
    calls,
    correcting,
    grading,
    offered,
    parting,
    profile_edits,
    profiles,
    queries,
    replying,
    steps,
    usecases,
    weighing,
)

TODAY = dt.date(2022, 3, 11)


@pytest.fixture(autouse=True)
def _today():
    clock.fix(TODAY)


def register(store, title="햇빛 안내판", **more):
    asked = {
        "channel": "web",
        "text": "안내판을 햇빛으로 켭니다.",
        "received_on": TODAY,
        "proposers": [{"name": "가상 시민", "phone": "010-1234-5678"}],
    }
    return store.run(usecases.register, title=title, **{**asked, **more}).value


def detail(store, id):
    with store.reading() as read:
        return queries.detail(read, id=id)


def read(store, query, *asked, **more):
    with store.reading() as session:
        return query(session, *asked, **more)


def test_forms_offer_what_the_office_used_before(store):
    found = read(store, offered.offered)
    assert (found.departments, found.systems, found.calls, found.profiles) == ((), (), (), ())
    assert ("building", "건물") in found.fields or len(found.fields) > 3
    id = register(store, department="교통정책과", outside=[{"system": "국민신문고", "number": "1"}])
    store.run(
        steps.move, id=id, to="transferred", outside="한국전력", reason="소관", outside_number="A-1"
    )
    store.run(
        calls.add_call, name="공모", begins_on=dt.date(2022, 2, 1), ends_on=dt.date(2022, 2, 28)
    )
    found = read(store, offered.offered)
    assert found.departments == ("교통정책과",)
    assert (found.systems, found.agencies) == (("국민신문고",), ("한국전력",))
    assert [name for _id, name in found.calls] == ["공모"]
    # The standard profile first; one that is retired is offered no more.
    ids = [id for id, _name in found.profiles]
    assert ids[0] == read(store, profiles.standard)
    store.run(profile_edits.retire_profile, profile_id=ids[1])
    assert [id for id, _name in read(store, offered.offered).profiles] == ids[:1]


def test_a_correction_is_one_step_and_comes_back_whole(store):
    id = register(store, outside=[{"system": "국민신문고", "number": "1"}])
    known = read(store, offered.entered, id=id)
    people = [
        {"id": known[0].id, "kind": "person", "name": "가상 시민", "share": 6000},
        {"kind": "group", "name": "가상 모임", "share": 4000},
    ]
    numbers = [{"system": "바로소통", "number": "7"}]
    store.run(
        correcting.correct, id=id, values={"title": "새 제목"}, proposers=people, outside=numbers
    )
    one = detail(store, id)
    assert one.title == "새 제목"
    assert [(it.system, it.number) for it in one.outside] == [("바로소통", "7")]
    assert [(who.name, who.share) for who in one.proposers] == [
        ("가상 시민", 6000),
        ("가상 모임", 4000),
    ]
    # What is refused leaves nothing behind, not even the part that was right.
    people[1]["share"] = 1
    with pytest.raises(UserError, match="100"):
        store.run(
            correcting.correct, id=id, values={"title": "또 다른"}, proposers=people, outside=[]
        )
    assert detail(store, id).title == "새 제목"
    store.undo()
    one = detail(store, id)
    assert (one.title, len(one.proposers), one.outside[0].number) == ("햇빛 안내판", 1, "1")


def test_a_table_of_scores_is_taken_whole(store):
    id = register(store)
    criteria = [one.criterion.id for one in read(store, grading.grid, id).criteria]
    full = dict.fromkeys(criteria, 4)
    store.run(assessing.assess, id=id, given=[("위원석 1", full), ("위원석 2", full)])
    assert str(read(store, grading.grid, id).total) == "80.0"
    store.run(assessing.assess, id=id, given=[("위원석 2", dict.fromkeys(criteria, 5))])
    grid = read(store, grading.grid, id)
    assert ([one.name for one in grid.assessors], str(grid.total)) == (["위원석 2"], "100.0")
    with pytest.raises(UserError):
        store.run(assessing.assess, id=id, given=[("위원석 3", {criteria[0]: 99})])
    assert [one.name for one in read(store, grading.grid, id).assessors] == ["위원석 2"]


def test_weights_come_to_100_and_a_used_criterion_stays(store):
    id = register(store)
    profile_id = detail(store, id).profile_id
    held = read(store, profiles.of, profile_id, TODAY).criteria
    rows = [
        {"id": one.id, "name_ko": one.name_ko, "name_en": one.name_en, "weight": one.weight}
        for one in held
    ]
    with pytest.raises(UserError, match="80"):
        store.run(weighing.set_criteria, profile_id=profile_id, criteria=rows[1:])
    store.run(assessing.assess, id=id, given=[("위원석 1", {held[0].id: 3})])
    fewer = [{**one, "weight": 25} for one in rows[1:]]
    with pytest.raises(UserError):
        store.run(weighing.set_criteria, profile_id=profile_id, criteria=fewer)
    assert len(read(store, profiles.of, profile_id, TODAY).criteria) == len(held)
    fewer = [{**one, "weight": 25} for one in rows[:-1]]
    store.run(weighing.set_criteria, profile_id=profile_id, criteria=fewer)
    weights = [one.weight for one in read(store, profiles.of, profile_id, TODAY).criteria]
    assert weights == [25] * 4


def test_a_part_goes_and_the_rest_stays(store):
    id = register(store, title="버스와 가로등")
    part = store.run(
        parting.transfer_part,
        id=id,
        title="가로등",
        text="가로등을 바꿉니다.",
        outside="한국전력",
        outside_number="A-1",
        reason="소관",
    ).value
    assert (detail(store, part).state, detail(store, id).state) == ("transferred", "received")
    assert [one.kind for one in detail(store, part).relatives] == ["split_from"]
    store.undo()
    assert detail(store, id).relatives == ()


@pytest.mark.file_only
def test_one_text_goes_to_several_each_with_its_reasons(store):
    ids = [register(store, title=title) for title in ("첫째", "둘째")]
    store.run(
        replying.write_replies,
        text="{제목}에 회신합니다.",
        reasons={ids[0]: "예산", ids[1]: "{번호} 시행 중"},
    )
    found = read(store, replying.written, ids=ids)
    assert [one.text for one in found] == ["첫째에 회신합니다.", "둘째에 회신합니다."]
    assert [one.reasons for one in found] == ["예산", f"{found[1].number} 시행 중"]
    assert not any(one.sent for one in found)
