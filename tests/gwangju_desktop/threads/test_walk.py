"""Threads of real rows: whole lines, open ends, what the public sees, circles and crowds."""

from __future__ import annotations

import datetime as dt
import itertools
import time

import pytest

from db.schema.actions import Action, ActionEvidence
from db.schema.meetings import AgendaItem, Meeting
from db.schema.papers import StoredFile
from db.schema.proposals import Proposal
from db.schema.threads import ThreadLink
from db.store import Store
from db.vocab import ActionState, ItemState, MeetingState, Outcome, ProposalState
from gwangju_desktop import text
from gwangju_desktop.errors import UserError
from gwangju_desktop.threads import front, links
from tests.gwangju_desktop.threads.made import TODAY, Office, made


def whole(office: Office) -> dict[str, int]:
    """Make one voice that went all the way."""
    ids = {"proposal": office.proposal(state=ProposalState.TABLED.value), "item": office.item()}
    run = office.store.run
    run(links.link, before=("proposal", ids["proposal"]), after=("agenda_item", ids["item"]))
    office.decide(ids["item"], day=dt.date(2022, 3, 9))
    ids["action"] = office.action(ids["item"])
    office.set(Action, ids["action"], state=ActionState.DONE.value, done_on=dt.date(2022, 3, 10))
    file = office.make(StoredFile, sha256="a" * 64, name="가상.pdf", bytes=1)
    ids["evidence"] = office.make(
        ActionEvidence, action_id=ids["action"], file_id=file, position=1, title="가상 사진"
    )
    ids["indicator"] = office.indicator()
    run(links.link, before=("action", ids["action"]), after=("indicator", ids["indicator"]))
    return ids


KINDS = ["proposal", "item", "decision", "action", "evidence", "indicator"]


def test_a_voice_is_followed_to_the_figure(store: Store) -> None:
    office = Office.of(store)
    ids = whole(office)
    for table in ("proposal", "agenda_item", "item", "decision", "action", "evidence", "indicator"):
        id = ids.get(table, ids["item"])
        found = office.thread(table, id)
        assert [node.kind for node in found.nodes] == KINDS, table
        assert found.start.kind == ("item" if table == "agenda_item" else table)
    assert {(e.before.kind, e.after.kind) for e in found.edges} == {
        ("proposal", "item"),
        ("item", "decision"),
        ("decision", "action"),
        ("action", "evidence"),
        ("action", "indicator"),
    }
    assert [edge.link_id is not None for edge in found.edges].count(True) == 2


def test_the_line_names_all_with_their_days(sqlite_store: Store) -> None:
    office = Office.of(sqlite_store)
    ids = whole(office)
    assert office.thread("proposal", ids["proposal"]).sentence == (
        "시민 제안 2022-001(2022. 2. 27.) → 정기회의 “가상 안건”(2022. 3. 17.)"
        " → 원안의결(2022. 3. 9.) → 조치사항 가상 조치(2022. 3. 10.)"
        " → 증빙 가상 사진(2022. 3. 10.) → 지표 전력 사용량"
    )
    text.use("en")
    said = office.thread("proposal", ids["proposal"]).sentence
    assert said.startswith("Citizen proposal 2022-001 (2022-02-27) → ")
    assert said.endswith("→ Indicator Electricity")


@pytest.mark.parametrize(
    ("values", "said", "tone"),
    [
        ({"due_on": dt.date(2022, 3, 7)}, "회신 전, 처리기한 4일 경과", "bad"),
        ({"due_on": TODAY}, "회신 전, 오늘이 처리기한", "warn"),
        ({"due_on": dt.date(2022, 3, 13)}, "회신 전, 처리기한까지 2일", "warn"),
        ({"due_on": dt.date(2022, 3, 30)}, "회신 전, 처리기한까지 19일", "neu"),
        ({"due_on": None}, None, ""),
        ({"state": "draft", "due_on": None}, "접수 전", "neu"),
        ({"state": "replied", "due_on": None}, None, ""),
        (
            {"state": "implementing", "due_on": None, "planned_on": dt.date(2022, 3, 1)},
            "2022. 3. 1. 실시 예정: 10일 경과",
            "bad",
        ),
        (
            {"state": "deferred", "review_on": dt.date(2022, 3, 10)},
            "2022. 3. 10. 재검토 예정: 1일 경과",
            "bad",
        ),
        (
            {"state": "replied", "adoption": "deferred", "due_on": None}
            | {"review_on": dt.date(2022, 3, 10)},
            "2022. 3. 10. 재검토 예정: 1일 경과",
            "bad",
        ),
        ({"state": "merged", "due_on": dt.date(2022, 3, 7)}, None, ""),
    ],
)
def test_what_is_missing_at_a_proposal(sqlite_store: Store, values, said, tone) -> None:
    office = Office.of(sqlite_store)
    node = office.thread("proposal", office.proposal(**values)).nodes[0]
    assert (
        str(node.open_end) if node.open_end else None,
        node.open_end and node.open_end.tone,
    ) in (
        (said, tone),
        (said, None),
    )


def test_what_is_missing_after_the_meeting(sqlite_store: Store) -> None:
    office = Office.of(sqlite_store)
    item = office.item()
    ends = {node.kind: str(node.open_end) for node in office.thread("item", item).open_ends}
    assert ends == {"item": "회의 전, 6일 남음"}
    office.decide(item, day=dt.date(2022, 3, 1))
    ends = {node.kind: str(node.open_end) for node in office.thread("item", item).open_ends}
    assert ends == {"decision": "의결 후 10일, 조치사항 없음"}
    action = office.action(item)
    office.set(Action, action, due_on=dt.date(2022, 3, 7))
    ends = {node.kind: str(node.open_end) for node in office.thread("item", item).open_ends}
    assert ends == {"action": "기한 2022. 3. 7., 미완료: 4일 경과"}
    office.set(Action, action, state=ActionState.DONE.value, done_on=TODAY)
    ends = {node.kind: str(node.open_end) for node in office.thread("item", item).open_ends}
    assert ends == {"action": "완료, 증빙 없음"}
    file = office.make(StoredFile, sha256="b" * 64, name="가상.pdf", bytes=1)
    office.make(ActionEvidence, action_id=action, file_id=file, position=1, title="사진")
    ends = {node.kind: str(node.open_end) for node in office.thread("item", item).open_ends}
    assert ends == {"action": "연결된 지표 없음"}


def test_an_item_carried_over_waits_for_an_agenda(sqlite_store: Store) -> None:
    office = Office.of(sqlite_store)
    item = office.item()
    office.set(AgendaItem, item, state=ItemState.CARRIED_OVER.value)
    found = office.thread("item", item)
    assert "이월" in str(found.nodes[0].open_end)
    copy = office.item("다시")
    office.set(AgendaItem, copy, carried_from_id=item)
    found = office.thread("item", item)
    assert [node.id for node in found.nodes] == [item, copy]
    assert found.nodes[0].open_end is None


def test_merged_and_split_proposals_keep_their_thread(store: Store) -> None:
    office = Office.of(store)
    into, part = office.proposal(), office.proposal()
    merged = office.proposal(state="merged", merged_into_id=into)
    office.set(Proposal, part, split_from_id=into)
    found = office.thread("proposal", part)
    assert [node.id for node in found.nodes] == [merged, into, part]
    assert [node.id for node in office.thread("proposal", merged).nodes] == [merged, into, part]


def test_the_public_sees_open_titles_only(store: Store) -> None:
    office = Office.of(store)
    ids = whole(office)
    office.set(
        AgendaItem,
        ids["item"],
        title="비밀 안건",
        restricted=True,
        restricted_ground="제5호",
        open_title="공개 제목",
    )
    draft = office.proposal(state="draft", number=None, title="초안")
    office.store.run(links.link, before=("proposal", draft), after=("item", ids["item"]))
    public = office.thread("item", ids["item"], public=True)
    assert [node.kind for node in public.nodes] == ["proposal", "item", "decision"]
    assert {node.title for node in public.nodes} == {"2022-001", "공개 제목"}
    assert "비밀" in str(office.thread("item", ids["item"]).nodes)
    office.set(AgendaItem, ids["item"], restricted=False)
    office.set(Proposal, ids["proposal"], consent="title_only")
    titles = [node.title for node in office.thread("item", ids["item"], public=True).nodes]
    assert titles[0] == "가상 제안 1"
    assert "evidence" not in [n.kind for n in office.thread("item", ids["item"], public=True).nodes]
    with pytest.raises(UserError):
        office.thread("proposal", draft, public=True)
    with pytest.raises(UserError):
        office.thread("evidence", ids["evidence"], public=True)


def test_no_such_record_is_said(sqlite_store: Store) -> None:
    office = Office.of(sqlite_store)
    for table in ("proposal", "item", "decision", "action", "evidence", "indicator"):
        with pytest.raises(UserError, match="999"):
            office.thread(table, 999)
    with pytest.raises(KeyError):
        office.thread("nonsense", 1)


def test_circles_end(store: Store) -> None:
    office = Office.of(store)
    a, b, c = (office.proposal() for _ in range(3))
    # Made by two people at once, or by hand: no verb makes them.
    for first, second in ((a, b), (b, c), (c, a), (b, b)):
        office.make(ThreadLink, from_proposal_id=first, to_proposal_id=second)
    found = office.thread("proposal", b)
    assert {node.id for node in found.nodes} == {a, b, c}
    assert len(found.edges) == 4


def test_a_diamond_is_shown_once(store: Store) -> None:
    office = Office.of(store)
    top, left, right, end = (office.item(f"안건 {n}") for n in range(4))
    for first, second in ((top, left), (top, right), (left, end), (right, end)):
        office.store.run(links.link, before=("item", first), after=("item", second))
    found = office.thread("item", left)
    assert [node.id for node in found.nodes] == [top, left, end]
    found = office.thread("item", top)
    assert [node.id for node in found.nodes] == [top, left, right, end]
    assert len(found.edges) == 4


def test_a_thousand_nodes_do_not_hang(sqlite_store: Store) -> None:
    office = Office.of(sqlite_store)
    item = office.item()
    row = {
        "profile_id": office.profile,
        "state": "tabled",
        "since_on": TODAY,
        "channel": "web",
        "received_on": TODAY,
        "title": "가상 제안",
    }
    rows = [{**row, "number": f"n{n}", "fingerprint": f"{n:064}"} for n in range(1_000)]
    ids = sqlite_store.run(made, entity=Proposal, rows=rows).value
    sqlite_store.run(
        made,
        entity=ThreadLink,
        rows=[{"from_proposal_id": id, "to_item_id": item} for id in ids[:500]],
    )
    # The other half one behind the other: as deep as it is wide.
    chain = [*ids[500:], ids[0]]
    pairs = itertools.pairwise(chain)
    sqlite_store.run(
        made,
        entity=ThreadLink,
        rows=[{"from_proposal_id": a, "to_proposal_id": b} for a, b in pairs],
    )
    begun = time.process_time()
    found = office.thread("item", item)
    assert time.process_time() - begun < 5
    assert len(found.nodes) == 1_001
    assert not found.cut
    assert len(found.sentence) < 2_000


def test_more_than_can_be_shown_is_said(sqlite_store: Store, monkeypatch) -> None:
    from gwangju_desktop.threads import walk

    monkeypatch.setattr(walk, "MOST", 5)
    office = Office.of(sqlite_store)
    item = office.item()
    for _ in range(8):
        sqlite_store.run(links.link, before=("proposal", office.proposal()), after=("item", item))
    found = office.thread("item", item)
    assert found.cut
    assert len(found.nodes) == 5


def test_the_front_sheet_says_what_led_to_the_item(store: Store) -> None:
    office = Office.of(store)
    ids = whole(office)
    sqlite = office.store
    sqlite.run(links.link, before=("item", ids["item"]), after=("indicator", ids["indicator"]))
    lone = office.item("없음")
    with sqlite.reading() as read:
        korean = front.line(read, ids["item"], "ko")
        english = front.line(read, ids["item"], "en", public=True)
        assert front.line(read, lone, "ko") == ""
    assert korean == ("시민 제안 2022-001(2022. 2. 27.) → 이 안건 → 지표 전력 사용량")
    assert english == "Citizen proposal 2022-001 (2022-02-27) → this item → Indicator Electricity"


def test_the_postponed_meeting_hands_its_threads_on(sqlite_store: Store) -> None:
    from gwangju_desktop.meetings import carrying

    office = Office.of(sqlite_store)
    proposal, item = office.proposal(), office.item()
    sqlite_store.run(links.link, before=("proposal", proposal), after=("item", item))

    from db.store import usecase

    @usecase("Postponed in a test")
    def postponed(tx) -> int:
        meeting = tx.get_one(Meeting, office.meeting)
        meeting.state = MeetingState.POSTPONED.value
        return carrying.replacement(tx, meeting, meeting.starts_at + dt.timedelta(days=14))

    sqlite_store.run(postponed)
    found = office.thread("proposal", proposal)
    assert [node.kind for node in found.nodes] == ["proposal", "item", "item"]
    assert found.nodes[1].open_end is None


def test_every_outcome_has_words(sqlite_store: Store) -> None:
    office = Office.of(sqlite_store)
    for outcome in Outcome:
        item = office.item(outcome.value)
        office.decide(item, outcome)
        assert office.thread("item", item).nodes[-1].state
