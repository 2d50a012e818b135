"""Templates of the order of business, and what standing items tell."""

from __future__ import annotations

import datetime as dt

import pytest

from db.schema.actions import Action
from db.store import usecase
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, queries, standing, steps, templates, usecases
from gwangju_desktop.members import usecases as members
from tests.gwangju_desktop.meetings import lives

AT = dt.datetime(2022, 3, 17, 14, tzinfo=clock.KST)
WEEK = dt.timedelta(days=7)


@pytest.fixture
def body(store):
    made = store.run(members.add_body, name_ko="가상위원회", name_en="Made-up").value
    for n in range(3):
        store.run(
            members.add_member,
            person={"name": f"가상{n}", "fictional": True},
            membership={"body_id": made, "starts_on": dt.date(2021, 1, 1)},
        )
    return made


def plan(store, body, starts=AT):
    return store.run(usecases.add_meeting, body_id=body, starts_at=starts).value


def titles(store, meeting):
    with store.reading() as read:
        return [row.title for row in queries.agenda(read, meeting_id=meeting)]


def told(store, meeting, which):
    with store.reading() as read:
        rows = queries.agenda(read, meeting_id=meeting)
        (item,) = [row.id for row in rows if row.standing == which]
        return queries.item(read, id=item).told


def test_a_template_is_saved_used_changed_and_deleted(store, body):
    lines = templates.usual()
    made = store.run(templates.save_template, body_id=body, name="정기회의", lines=lines).value
    with store.reading() as read:
        (row,) = templates.templates(read, body_id=body)
        kept = templates.lines(read, id=made)
    assert (row.name, row.lines, row.minutes) == ("정기회의", 8, sum(x["minutes"] for x in lines))
    assert [line.title for line in kept] == [line["title"] for line in lines]
    with pytest.raises(UserError):
        store.run(templates.save_template, body_id=body, name="정기회의", lines=lines)
    with pytest.raises(UserError):
        store.run(templates.save_template, body_id=body, name="빈 서식", lines=[])
    meeting = plan(store, body)
    for title in ("가", "나"):
        store.run(agenda.add_item, meeting_id=meeting, title=title)
    assert store.run(templates.apply_template, meeting_id=meeting, id=made).value == 8
    order = titles(store, meeting)
    assert order[-3:] == ["가", "나", lines[-1]["title"]]
    assert order[:7] == [line["title"] for line in lines[:-1]]
    # A second time only what is not standing comes again.
    assert store.run(templates.apply_template, meeting_id=meeting, id=made).value == 5
    store.undo()
    store.run(templates.save_template, body_id=body, name="짧게", lines=lines[:2], id=made)
    with store.reading() as read:
        assert [line.title for line in templates.lines(read, id=made)] == [
            line["title"] for line in lines[:2]
        ]
    store.run(templates.delete_template, id=made)
    with store.reading() as read:
        assert templates.templates(read, body_id=body) == []
    assert len(titles(store, meeting)) == 10


def test_an_agenda_is_kept_as_a_template_without_its_business(store, body):
    meeting = plan(store, body)
    with pytest.raises(UserError):
        store.run(templates.keep_agenda, meeting_id=meeting, name="가상")
    store.run(agenda.add_item, meeting_id=meeting, title="개회", kind="procedure")
    store.run(agenda.add_item, meeting_id=meeting, title="안건")
    made = store.run(templates.keep_agenda, meeting_id=meeting, name="가상").value
    with store.reading() as read:
        assert [line.title for line in templates.lines(read, id=made)] == ["개회"]
    store.run(steps.notice, id=meeting, day=dt.date(2022, 3, 8))
    with pytest.raises(UserError):
        store.run(templates.apply_template, meeting_id=meeting, id=made)


@usecase("Add made-up action")
def act(tx, *, body_id, meeting_id, text, state="assigned", done_on=None):
    tx.add(
        Action(
            body_id=body_id,
            meeting_id=meeting_id,
            position=1,
            text=text,
            department="가상과",
            due_on=dt.date(2022, 3, 31),
            state=state,
            result="가상 결과" if done_on else "",
            done_on=done_on,
        )
    )


def test_standing_items_tell_the_quorum_the_minutes_and_the_actions(store, body):
    first = plan(store, body)
    lives.held(store, first, AT)
    store.run(act, body_id=body, meeting_id=first, text="남은 일")
    store.run(
        act,
        body_id=body,
        meeting_id=first,
        text="한 일",
        state="done",
        done_on=dt.date(2022, 3, 20),
    )
    second = plan(store, body, AT + WEEK)
    made = store.run(
        templates.save_template, body_id=body, name="정기", lines=templates.usual()
    ).value
    store.run(templates.apply_template, meeting_id=second, id=made)
    assert "3" in told(store, second, "quorum_report")[0]
    assert "제1회 정기회의" in told(store, second, "previous_minutes")[0]
    done, open_ = sorted(told(store, second, "previous_actions"), reverse=True)
    assert done.startswith("한 일")
    assert "가상 결과" in done
    assert open_.startswith("남은 일")
    third = plan(store, body, AT + 2 * WEEK)
    store.run(
        agenda.add_item,
        meeting_id=third,
        title="서면의결 보고",
        kind="procedure",
        standing="written_report",
    )
    assert told(store, third, "written_report")
    with store.reading() as read:
        assert standing.lines(read, item_id=999) == []


@pytest.mark.file_only
def test_done_actions_are_told_once(store, body):
    first = plan(store, body)
    lives.held(store, first, AT)
    store.run(
        act, body_id=body, meeting_id=first, text="옛일", state="done", done_on=dt.date(2022, 3, 1)
    )
    second = plan(store, body, AT + WEEK)
    store.run(
        agenda.add_item,
        meeting_id=second,
        title="조치결과",
        kind="procedure",
        standing="previous_actions",
    )
    assert not any("옛일" in line for line in told(store, second, "previous_actions"))
