"""The outline of a pack: order, what is left out, what is added, and all of it taken back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.errors import Barred
from db.store import Store
from db.vocab import Dividers, PartKind, Sides
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, steps, usecases
from gwangju_desktop.meetings import papers as attachments
from gwangju_desktop.packs import outlining
from gwangju_desktop.packs.outline import BACK, FRONT, Outline, Seed, outline, placed
from gwangju_desktop.packs.queries import pack_data
from tests.gwangju_desktop.meetings.room import Room, minutes
from tests.gwangju_desktop.packs.office import add_item, attach, new_meeting, taken_in


def seen(store: Store, meeting: int) -> Outline:
    with store.reading() as read:
        return outline(read, meeting_id=meeting)


def keys(store: Store, meeting: int) -> list[str]:
    return [line.key for line in seen(store, meeting).lines]


def printed(store: Store, meeting: int) -> list[str]:
    return [line.key for line in seen(store, meeting).lines if line.included and not line.empty]


def test_the_usual_pack_has_its_parts_in_order(sqlite_store: Store) -> None:
    store = sqlite_store
    meeting = new_meeting(store)
    first = add_item(store, meeting, "첫째")
    paper = attach(store, first)
    second = add_item(store, meeting, "둘째")
    items = [f"item-{first}", f"paper-{paper}", f"item-{second}"]
    assert printed(store, meeting) == ["cover", "agenda", "attendance", "roster", *items]
    found = seen(store, meeting)
    assert not found.written
    assert (found.sides, found.dividers) == (Sides.RIGHT_HAND, Dividers.NONE)
    line = found.line(f"item-{second}")
    assert line is not None and (line.number, line.title, line.level) == ("2", "둘째", 1)
    bound = found.line(f"paper-{paper}")
    assert bound is not None and (bound.pages, bound.level, bound.item_id) == (1, 2, first)


def test_a_step_without_a_sheet_is_no_part_until_it_says_something(sqlite_store: Store) -> None:
    store = sqlite_store
    meeting = new_meeting(store)
    with store.reading() as read:
        step = agenda.of_meeting(read, meeting)[0].id
    assert f"item-{step}" not in keys(store, meeting)
    store.run(agenda.edit_item, id=step, contents="재적 3명")
    assert f"item-{step}" in keys(store, meeting)


def test_parts_are_left_out_moved_and_brought_back(store: Store) -> None:
    meeting = new_meeting(store)
    item = add_item(store, meeting)
    before = keys(store, meeting)
    store.run(outlining.include_part, meeting_id=meeting, key="roster", included=False)
    store.run(outlining.move_part, meeting_id=meeting, key="attendance", by=-1)
    store.run(outlining.move_part, meeting_id=meeting, key="notes", by=1)
    assert keys(store, meeting)[:3] == ["cover", "attendance", "agenda"]
    assert "roster" not in printed(store, meeting)
    assert seen(store, meeting).written
    store.undo()
    store.undo()
    assert keys(store, meeting) == before
    assert not seen(store, meeting).written
    store.redo()
    assert "roster" not in printed(store, meeting)
    store.run(outlining.include_part, meeting_id=meeting, key=f"item-{item}", included=False)
    assert f"item-{item}" not in printed(store, meeting)


@pytest.mark.file_only
def test_an_item_moves_on_the_agenda_past_the_next_one_with_a_sheet(store: Store) -> None:
    meeting = new_meeting(store)
    first = add_item(store, meeting, "첫째")
    add_item(store, meeting, "휴식", kind="procedure", request="")
    second = add_item(store, meeting, "둘째")
    store.run(outlining.move_part, meeting_id=meeting, key=f"item-{second}", by=-1)
    with store.reading() as read:
        titles = [item.title for item in agenda.of_meeting(read, meeting)]
    assert titles == ["성원 보고", "둘째", "첫째", "휴식"]
    store.run(outlining.move_part, meeting_id=meeting, key=f"item-{second}", by=-1)
    with store.reading() as read:
        assert [item.title for item in agenda.of_meeting(read, meeting)] == titles
    at = keys(store, meeting)
    assert at.index(f"item-{second}") < at.index(f"item-{first}")


def test_items_keep_the_agendas_order_and_other_parts_their_place(store: Store) -> None:
    meeting = new_meeting(store)
    first, second = add_item(store, meeting, "첫째"), add_item(store, meeting, "둘째")
    for _ in range(2):
        store.run(outlining.move_part, meeting_id=meeting, key="abbreviations", by=-1)
    between = keys(store, meeting)
    at = between.index("abbreviations")
    assert between[at - 1 : at + 2] == ["previous_actions", "abbreviations", f"item-{first}"]
    store.run(outlining.move_part, meeting_id=meeting, key="abbreviations", by=1)
    store.run(agenda.move_item, id=second, by=-1)
    at = keys(store, meeting).index("abbreviations")
    around = [keys(store, meeting)[at - 1], keys(store, meeting)[at + 1]]
    assert around == [f"item-{second}", f"item-{first}"]
    third = add_item(store, meeting, "셋째")
    assert keys(store, meeting).index(f"item-{third}") == at + 2
    store.run(agenda.delete_item, id=first)
    assert f"item-{first}" not in keys(store, meeting)
    store.undo()
    assert keys(store, meeting).index(f"item-{first}") == at + 1


def test_papers_move_within_their_item_and_stay_with_it(sqlite_store: Store) -> None:
    store = sqlite_store
    meeting = new_meeting(store)
    item = add_item(store, meeting)
    one, two = attach(store, item, text="하나"), attach(store, item, text="둘")
    store.run(outlining.move_part, meeting_id=meeting, key=f"paper-{two}", by=-1)
    found = keys(store, meeting)
    assert found.index(f"paper-{two}") == found.index(f"paper-{one}") - 1
    with pytest.raises(UserError):
        store.run(outlining.include_part, meeting_id=meeting, key=f"paper-{one}", included=False)
    store.run(attachments.remove_paper, id=one)
    assert f"paper-{one}" not in keys(store, meeting)


def test_figures_and_appendices_are_added_edited_and_removed(store: Store) -> None:
    meeting = new_meeting(store)
    item, other = add_item(store, meeting, "첫째"), add_item(store, meeting, "둘째")
    figure = store.run(
        outlining.add_figure, meeting_id=meeting, figure={"kind": "energy"}, title="전력"
    ).value
    appendix = store.run(
        outlining.add_appendix, meeting_id=meeting, item_id=item, **taken_in(store, 3, "부록 하나")
    ).value
    found = keys(store, meeting)
    assert found.index(f"appendix-{appendix}") == found.index(f"item-{item}") + 1
    assert found.index(f"figure-{figure}") == found.index(f"item-{other}") + 1
    line = seen(store, meeting).line(f"appendix-{appendix}")
    assert line is not None
    assert (line.title, line.pages, line.level, line.removable) == ("부록 하나", 3, 2, True)
    store.run(outlining.edit_part, id=figure, item_id=item)
    found = keys(store, meeting)
    assert found.index(f"figure-{figure}") < found.index(f"item-{other}")
    with pytest.raises(UserError, match="근거"):
        store.run(outlining.edit_part, id=figure, disclosure="members")
    store.run(outlining.edit_part, id=figure, disclosure="members", ground="법인의 영업비밀")
    line = seen(store, meeting).line(f"figure-{figure}")
    assert line is not None and line.closed == "법인의 영업비밀"
    store.run(outlining.remove_part, id=figure)
    assert f"figure-{figure}" not in keys(store, meeting)
    with pytest.raises(UserError):
        store.run(outlining.remove_part, id=10_000)
    store.undo()
    store.run(agenda.delete_item, id=item)
    assert not any(key.startswith(("figure", "appendix")) for key in keys(store, meeting))
    store.undo()
    assert f"appendix-{appendix}" in keys(store, meeting)


def test_figures_behind_an_item_change_places_among_themselves(sqlite_store: Store) -> None:
    store = sqlite_store
    meeting = new_meeting(store)
    item = add_item(store, meeting)
    one, two = (
        store.run(
            outlining.add_figure, meeting_id=meeting, figure={}, title=title, item_id=item
        ).value
        for title in ("하나", "둘")
    )
    store.run(outlining.move_part, meeting_id=meeting, key=f"figure-{two}", by=-1)
    found = keys(store, meeting)
    assert found.index(f"figure-{two}") == found.index(f"figure-{one}") - 1
    store.run(outlining.move_part, meeting_id=meeting, key=f"figure-{two}", by=-1)
    assert keys(store, meeting) == found


def test_the_plan_of_a_pack_is_set(sqlite_store: Store) -> None:
    store = sqlite_store
    meeting = new_meeting(store)
    assert "abbreviations" not in printed(store, meeting)
    store.run(
        outlining.set_plan,
        meeting_id=meeting,
        sides="running",
        dividers="items",
        abbreviations="OGP: 열린정부파트너십",
    )
    found = seen(store, meeting)
    assert (found.sides, found.dividers) == (Sides.RUNNING, Dividers.ITEMS)
    assert found.abbreviations == "OGP: 열린정부파트너십"
    assert "abbreviations" in printed(store, meeting)
    store.undo()
    assert seen(store, meeting).sides == Sides.RIGHT_HAND


def test_a_meeting_goes_with_its_outline(store: Store) -> None:
    meeting = new_meeting(store)
    item = add_item(store, meeting)
    store.run(outlining.add_figure, meeting_id=meeting, figure={}, title="그림", item_id=item)
    store.run(outlining.set_plan, meeting_id=meeting, dividers="sections")
    before = keys(store, meeting)
    store.run(usecases.delete_meeting, id=meeting)
    store.undo()
    assert keys(store, meeting) == before


def test_the_pack_has_the_parts_of_the_outline(sqlite_store: Store) -> None:
    store = sqlite_store
    meeting = new_meeting(store)
    first, second = add_item(store, meeting, "첫째"), add_item(store, meeting, "둘째")
    attach(store, first)
    late = attach(store, second)
    for item in (first, second, None):
        file = taken_in(store, 1, f"부록 {item}")
        store.run(outlining.add_appendix, meeting_id=meeting, item_id=item, **file)
    store.run(
        outlining.set_plan, meeting_id=meeting, abbreviations="OGP: 열린정부", dividers="items"
    )

    def bound() -> list[str]:
        with store.reading() as read:
            data = pack_data(read, store.papers, meeting_id=meeting, language="ko")
        return [part.key for part in data.parts if not part.divider]

    assert bound() == printed(store, meeting)
    for act, values in (
        (outlining.move_part, {"meeting_id": meeting, "key": "abbreviations", "by": -2}),
        (
            outlining.include_part,
            {"meeting_id": meeting, "key": f"item-{first}", "included": False},
        ),
        (outlining.include_part, {"meeting_id": meeting, "key": "seating", "included": True}),
        (agenda.move_item, {"id": second, "by": -1}),
        (attachments.remove_paper, {"id": late}),
        (outlining.include_part, {"meeting_id": meeting, "key": "cover", "included": False}),
    ):
        store.run(act, **values)
        assert bound() == printed(store, meeting), act
    assert not any(key.startswith(f"item-{first}") for key in bound())
    assert sum(key.startswith("appendix-") for key in bound()) == 2


@pytest.mark.file_only
def test_the_outline_of_a_meeting_that_was_held_is_sealed(store: Store) -> None:
    room = Room.made(store, people=3)
    store.run(outlining.include_part, meeting_id=room.meeting, key="notes", included=True)
    switched = store.head()
    store.run(outlining.set_plan, meeting_id=room.meeting, dividers="items")
    planned = store.head()
    room.open(3)
    store.run(steps.close_meeting, id=room.meeting, at=minutes(60), carry=True)
    for entry in (planned, switched):
        with pytest.raises(Barred):
            store.undo(entry)
    for act, values in (
        (outlining.include_part, {"key": "notes", "included": False}),
        (outlining.move_part, {"key": "notes", "by": -1}),
        (outlining.set_plan, {"dividers": "none"}),
        (outlining.add_figure, {"figure": {}}),
    ):
        with pytest.raises(UserError):
            store.run(act, meeting_id=room.meeting, **values)


def test_an_unknown_part_is_one_sentence(sqlite_store: Store) -> None:
    store = sqlite_store
    meeting = new_meeting(store)
    for key in ("item-99", "figure-99", "item-", "nonsense", "paper-99", "cover-1"):
        with pytest.raises(UserError):
            store.run(outlining.move_part, meeting_id=meeting, key=key, by=1)
    for key in ("item-99", "appendix-x", "nonsense"):
        with pytest.raises(UserError):
            store.run(outlining.include_part, meeting_id=meeting, key=key, included=False)


ROWS = st.lists(
    st.one_of(
        st.builds(Seed, st.just("item"), st.integers(1, 6)),
        st.builds(Seed, st.sampled_from(["figure", "appendix"]), st.none() | st.integers(1, 6)),
        st.builds(Seed, st.sampled_from([kind.value for kind in (*FRONT, *BACK)])),
    ),
    unique_by=lambda row: (row.kind, row.item_id) if row.kind == "item" else id(row),
    max_size=16,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=ROWS, items=st.lists(st.integers(1, 6), unique=True))
def test_any_rows_and_any_agenda_make_one_order(rows: list[Seed], items: list[int]) -> None:
    order = placed(rows, items)
    own = [row.item_id for row in order if row.kind == PartKind.ITEM]
    assert own == items
    others = [row for row in rows if row.kind != PartKind.ITEM]
    assert sorted(map(id, others)) == sorted(id(r) for r in order if r.kind != PartKind.ITEM)
    last = None
    for row in order:
        if row.kind == PartKind.ITEM:
            last = row.item_id
        elif row.kind in ("figure", "appendix") and row.item_id in items:
            assert row.item_id == last
