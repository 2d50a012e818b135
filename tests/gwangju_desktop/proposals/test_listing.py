"""Which proposals a list shows and in which order, and what the pipeline counts."""

from __future__ import annotations

import datetime as dt

import pytest

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import conditions, hits, listing, ordering, profiles, queries
from gwangju_desktop.proposals.words import STATES
from gwangju_desktop.text import say
from tests.gwangju_desktop.proposals.entered import enter
from tests.gwangju_desktop.proposals.test_due import begin

D = dt.date
TODAY = D(2022, 3, 11)
GIVEN = (
    {"number": "2022-001", "title": "공공자전거 거점 확대", "state": "review", "due_on": D(2022, 3, 13),
         "department": "교통정책과", "district": "29170", "field": "transport", "supports": 31,
         "proposers": [("김가상", 4000), ("이가상", 6000)],
         "outside": [("국민신문고", "1AA-2203-000001")]},
    {"number": "2022-002", "title": "옥상 햇빛발전소", "state": "received", "due_on": D(2022, 3, 1),
         "received_on": D(2022, 2, 1), "channel": "letter", "text": "학교 지붕을 함께 씁시다"},
    {"number": "2021-009", "title": "나무 심기", "state": "done", "received_on": D(2021, 5, 1)},
    {"number": "2022-003", "title": "옥상 텃밭", "state": "merged", "received_on": D(2022, 3, 5)},
    {"number": "2022-004", "title": "버스 정류장 안내판", "state": "tabled", "due_on": D(2022, 4, 20),
         "department": "교통정책과", "anonymous": True,
         "opinions": [{"department": "회계과", "asked_on": D(2022, 3, 2), "due_on": D(2022, 3, 9)}]},
)  # fmt: skip


@pytest.fixture
def office(store):
    clock.fix(TODAY)
    ids = store.run(enter, proposals=GIVEN).value
    return store, dict(zip("abcde", ids, strict=True))


def listed(store, ids, **asked) -> str:
    by_id = {id: name for name, id in ids.items()}
    with store.reading() as read:
        return "".join(by_id[id] for id in listing.proposal_ids(read, **asked))


def test_over_due_first_then_soonest_due_then_what_has_no_day(office) -> None:
    store, ids = office
    assert listed(store, ids) == "baedc"
    assert listed(store, ids, descending=True) == "eabdc"
    assert listed(store, ids, sort="received_on") == "cbead"
    assert listed(store, ids, sort="number") == "cabde"
    assert listed(store, ids, sort="title") == "acedb"
    assert listed(store, ids, sort="supports", descending=True)[0] == "a"
    # The profile does not name "merged": it stands last either way.
    assert listed(store, ids, sort="state") == "baecd"
    assert listed(store, ids, sort="state", descending=True) == "ceabd"


def test_conditions_narrow_and_join(office) -> None:
    store, ids = office
    for asked, wanted in (
        ({"overdue": True}, "b"),
        ({"overdue": True, "today": D(2022, 3, 14)}, "ba"),
        ({"soon": 7}, "a"),
        ({"running": True}, "bae"),
        ({"state": "review"}, "a"),
        ({"stage": "closed"}, "dc"),
        ({"stage": "fulfilment"}, ""),
        ({"department": "교통정책과"}, "ae"),
        ({"unassigned": True}, "bdc"),
        ({"channel": "letter"}, "b"),
        ({"year": 2021}, "c"),
        ({"district": "29170", "field": "transport"}, "a"),
        ({"outside": "국민신문고"}, "a"),
        ({"asked": True}, "e"),
        ({"department": "교통정책과", "stage": "tabled"}, "e"),
        ({"words": "옥상"}, "bd"),
        ({"words": "ㅇㅅ"}, "bd"),
        ({"words": "옥상", "overdue": True}, "b"),
        ({"words": "1AA-2203-000001"}, "a"),
        ({"words": "2022-004"}, "e"),
        ({"words": "이가상"}, "a"),
        ({"words": "지붕"}, "b"),
        ({"words": "회계과"}, "e"),
        ({"words": "없는말"}, ""),
        ({"words": " - "}, "baedc"),
        ({"state": "", "department": None, "overdue": False}, "baedc"),
    ):
        assert listed(store, ids, **asked) == wanted, asked
    with store.reading() as read, pytest.raises(TypeError, match="mine"):
        listing.proposal_ids(read, mine=True)


def test_rows_say_what_a_list_shows(office) -> None:
    store, ids = office
    with store.reading() as read:
        a, d, e = listing.proposal_rows(read, ids=[ids["a"], ids["d"], ids["e"], 999_999])
    assert (a.number, a.state_name, a.stage, a.days(TODAY)) == (
        "2022-001",
        "부서 검토",
        "review",
        2,
    )
    assert (a.who, a.people) == ("이가상", 2), "the largest share is the main proposer"
    assert (a.field_ko, a.district_ko) == ("수송", "29170"), "no area of this office has the code"
    assert a.outside == (("국민신문고", "1AA-2203-000001"),)
    assert (d.state_name, d.stage, d.days(TODAY), d.late(TODAY)) == (
        say(STATES["merged"]),
        "closed",
        None,
        False,
    )
    assert (e.asked, e.opinion_due_on, e.who) == (1, D(2022, 3, 9), "")


@pytest.mark.file_only
def test_the_pipeline_counts_all_and_says_what_is_near(office) -> None:
    store, _ids = office
    with store.reading() as read:
        counts = listing.pipeline(read, TODAY)
    assert [(one.stage, one.count, one.soon, one.over) for one in counts] == [
        ("receipt", 1, 0, 1),
        ("review", 1, 1, 0),
        ("tabled", 1, 0, 0),
        ("reply", 0, 0, 0),
        ("fulfilment", 0, 0, 0),
        ("closed", 2, 0, 0),
    ]
    assert sum(one.count for one in counts) == len(GIVEN)


def test_what_is_offered_for_choosing(office) -> None:
    store, _ids = office
    with store.reading() as read:
        assert listing.options(read, column="department") == ["교통정책과"]
        assert listing.years(read) == [2022, 2021]
        assert listing.systems(read) == ["국민신문고"]


def test_profiles_that_disagree_on_a_stage_are_counted_and_listed_each_by_its_own(store) -> None:
    store.run(begin)
    with store.reading() as read:
        own, other = [one.id for one in profiles.listed(read)][:2]
        alone = conditions.differing(conditions.stages(read))
    assert "received" in alone
    ids = store.run(
        enter,
        proposals=[
            {"title": "가", "state": "received", "profile_id": own},
            {"title": "나", "state": "received", "profile_id": other},
            {"title": "다", "state": "review", "profile_id": own},
        ],
    ).value
    with store.reading() as read:
        at = conditions.stages(read)
        counts = {one.stage: one.count for one in listing.pipeline(read, TODAY)}
        for stage, count in counts.items():
            wanted = {
                id
                for id, key in zip(
                    ids, [(own, "received"), (other, "received"), (own, "review")], strict=True
                )
                if at[key] == stage
            }
            assert set(listing.proposal_ids(read, stage=stage)) == wanted
            assert len(wanted) == count
    assert sum(counts.values()) == 3


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", ["due_on", "title", "state"])
def test_many_and_few_stand_in_the_same_order_and_so_does_the_first_page(
    office, monkeypatch, sort, descending
) -> None:
    store, _ids = office
    store.run(
        enter,
        proposals=[
            {"title": f"옥상 {n % 7}", "state": "review", "received_on": D(2022, 1, 1 + n % 28)}
            | {"due_on": D(2022, 4, 1 + n % 9) if n % 3 else None}
            for n in range(100)
        ],
    )
    asked = {"words": "옥상", "sort": sort, "descending": descending}
    with store.reading() as read:
        few = listing.proposal_ids(read, **asked)
        everything = listing.proposal_ids(read, sort=sort, descending=descending)
        assert listing.first_proposal_ids(read, **asked) == (few, True)
        monkeypatch.setattr(hits, "FEW", 10)
        hits._counted.cache_clear()
        many = listing.proposal_ids(read, **asked)
        page, whole = listing.first_proposal_ids(read, **asked)
        narrowed = listing.first_proposal_ids(read, state="review", **asked)
    hits._counted.cache_clear()
    assert many == few and len(few) == 102
    assert [id for id in everything if id in set(few)] == list(few)
    assert not whole and page == few[: listing.PAGE]
    assert narrowed[1] and len(narrowed[0]) == 100


@pytest.mark.file_only
def test_the_kept_order_is_asked_anew_after_a_write(office) -> None:
    store, ids = office
    assert listed(store, ids)[0] == "b"
    with store.reading() as read:
        before = ordering.everything(read, "due_on", False)
        assert ordering.everything(read, "due_on", False) is before
    late = {"number": "2022-005", "title": "늦은 것", "state": "review", "due_on": D(2022, 1, 1)}
    (new,) = store.run(enter, proposals=[late]).value
    assert listed(store, ids | {"n": new}) == "nbaedc"


def test_an_empty_office_lists_nothing(store) -> None:
    with store.reading() as read:
        assert list(listing.proposal_ids(read)) == []
        assert list(listing.proposal_ids(read, stage="review", words="옥상")) == []
        assert sum(one.count for one in listing.pipeline(read, TODAY)) == 0
        assert listing.years(read) == []


def test_a_proposal_is_found_by_its_number_a_number_elsewhere_or_its_id(office) -> None:
    store, ids = office
    with store.reading() as read:
        assert queries.find(read, number="2022-001") == ids["a"]
        assert queries.find(read, number=" 1AA-2203-000001 ") == ids["a"]
        assert queries.find(read, number=str(ids["e"])) == ids["e"]
        for wrong in ("2022-999", "9" * 30, "", "٣"):
            with pytest.raises(UserError):
                queries.find(read, number=wrong)
