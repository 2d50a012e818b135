"""What becomes of a row: refused with its line, known, alike, flagged."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from db.schema.handling import ProposalStep
from db.schema.proposals import Proposal, Proposer
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals.importing import columns, preview, values
from gwangju_desktop.proposals.importing.model import SKIP, Options
from tests.gwangju_desktop.proposals.importing.test_files import (
    made_up,
    planned,
    take_in,
)

HEAD = ("접수번호", "접수일", "종결일", "제목", "내용", "공감")


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        (("1", "삼월", "", "가상", "", ""), "접수일", "삼월"),
        (("1", "", "", "가상", "", ""), "", "접수일"),
        (("1", "2022-03-02", "", "가상", "", "많음"), "공감", "많음"),
        (("1", "2022-03-02", "", "가상", "", "-3"), "공감", "-3"),
        (("1", "2022-03-02", "", "", "", "3"), "", "제목"),
        (("1", "2022-03-02", "2022-03-01", "가상", "", ""), "", "2022. 3. 1."),
        (("1", "2122-03-02", "", "가상", "", ""), "", "2122. 3. 2."),
        (("1", "2022-03-02", "", "가" * 501, "", ""), "", "500"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(
    sqlite_store: Store, row: tuple[str, ...], column: str, why: str
) -> None:
    good = ("0", "2022-03-01", "", "다른 가상 제안", "", "1")
    source = made_up(good, row, head=HEAD)
    plan = planned(sqlite_store, source)
    refused = plan.rows[1]
    assert (refused.kind, refused.line, refused.column) == ("refused", 3, column)
    assert why in str(refused.why)
    assert plan.held_back == 1
    with pytest.raises(UserError):
        take_in(sqlite_store, source)
    assert sqlite_store.head() == 0
    done = take_in(sqlite_store, source, skip=True).value
    assert (done["add"], done["refused"], len(done["proposals"])) == (1, 1, 1)


def test_a_day_for_all_and_no_made_titles(sqlite_store: Store) -> None:
    source = made_up(("1", "", "", "", "글만 있습니다.", ""), head=HEAD)
    day = dt.date(2022, 3, 2)
    assert planned(sqlite_store, source, Options(received_on=day)).added == 1
    strict = planned(sqlite_store, source, Options(received_on=day, untitled=False))
    assert strict.rows[0].kind == "refused"


def test_states_of_another_system_are_chosen(store: Store) -> None:
    head = ("접수번호", "접수일", "제목", "상태")
    words = ("접수", "답변완료", "취하", "검토중", "보류함")
    rows = [(str(n), "2022-03-02", f"가상 제안 {n}", word) for n, word in enumerate(words)]
    source = made_up(*rows, head=head)
    mapping = columns.guess(source)
    assert columns.states(source, mapping) == list(words)
    assert preview.chosen(words) == {
        "접수": "received",
        "답변완료": "closed",
        "취하": "withdrawn",
        "검토중": "received",
        "보류함": "received",
    }
    take_in(store, source, options=Options(states={"보류함": "closed"}))
    with store.reading() as read:
        states = read.scalars(select(Proposal.state).order_by(Proposal.title)).all()
        steps = read.execute(
            select(ProposalStep.to_state, ProposalStep.reason)
            .join(Proposal, Proposal.id == ProposalStep.proposal_id)
            .where(Proposal.title == "가상 제안 4")
            .order_by(ProposalStep.id)
        ).all()
    assert states == ["received", "closed", "withdrawn", "received", "closed"]
    assert [step.to_state for step in steps] == ["received", "closed"]
    assert "보류함" in steps[0].reason


def test_the_same_number_twice_in_a_file(sqlite_store: Store) -> None:
    rows = [
        ("1", "2022-03-02", "", "가상 제안", "글", ""),
        ("1", "2022-03-02", "", "가상 제안", "글", ""),
        ("1", "2022-03-02", "", "가상 제안", "다른 글", ""),
        ("2", "2022-03-02", "", "가상 제안", "글", ""),
    ]
    plan = planned(sqlite_store, made_up(*rows, head=HEAD))
    assert [row.kind for row in plan.rows] == ["add", "same", "refused", "alike"]
    assert "2" in str(plan.rows[2].why)


def test_words_registered_without_a_number_are_known_by_their_fingerprint(
    sqlite_store: Store,
) -> None:
    take_in(sqlite_store, made_up(("2022-03-02", "가상", "글"), head=("접수일", "제목", "내용")))
    numbered = made_up(("7", "2022-03-02", "", "가상", "글", ""), head=HEAD)
    assert planned(sqlite_store, numbered).counts["same"] == 1


def test_look_alikes_are_shown_and_may_be_left_out(sqlite_store: Store) -> None:
    text = (
        "학교와 구청의 옥상에 태양광 발전 설비를 놓고 남는 전기를 이웃과 나누어 쓰게 해 주십시오."
    )
    head = ("접수일", "제목", "내용")
    take_in(sqlite_store, made_up(("2022-03-02", "옥상 태양광 나눔", text), head=head))
    more = made_up(
        ("2022-03-05", "옥상에 태양광을", text.replace("구청", "주민센터")),
        ("2022-03-05", "가로수 그늘", "보행로에 가로수를 심어 여름에 그늘을 만들어 주십시오."),
        head=head,
    )
    plan = planned(sqlite_store, more)
    assert [row.kind for row in plan.rows] == ["alike", "add"]
    assert "2022-001" in str(plan.rows[0].why)
    assert plan.added == 2
    done = take_in(sqlite_store, more, choices={2: SKIP}, skip=True)
    assert len(done.value["proposals"]) == 1


def test_registration_numbers_are_masked_and_others_flagged(sqlite_store: Store) -> None:
    text = "제 번호는 900101-1234567 이고 전화는 010-0000-0000 입니다."
    source = made_up(("2022-03-02", "가상", text), head=("접수일", "제목", "내용"))
    plan = planned(sqlite_store, source)
    assert plan.rows[0].kind == "flagged"
    take_in(sqlite_store, source)
    with sqlite_store.reading() as read:
        kept = read.scalar(select(Proposal.text))
    assert kept is not None
    assert "1234567" not in kept
    assert "010-0000-0000" in kept
    assert planned(sqlite_store, source).counts["same"] == 1


def test_a_mapping_that_was_said_is_remembered(sqlite_store: Store) -> None:
    source = made_up(("2022-03-02", "가상", "x"), head=("접수일", "한마디", "메모"))
    with sqlite_store.reading() as read, pytest.raises(UserError, match="한마디"):
        preview.plan(read, source=source, mapping=columns.guess(source))
    mapping = columns.said(source, columns.guess(source), {"한마디": "title"})
    from gwangju_desktop.proposals.importing import apply

    sqlite_store.run(apply.import_proposals, source=source, mapping=mapping)
    with sqlite_store.reading() as read:
        assert columns.remembered(read, source=source) == ("received", "title", "")


def test_anonymous_is_no_name(sqlite_store: Store) -> None:
    names = ("익명", "Anonymous", "***", "홍 가상")
    rows = [("2022-03-02", f"가상 제안 {n}", name) for n, name in enumerate(names)]
    take_in(sqlite_store, made_up(*rows, head=("접수일", "제목", "작성자")))
    with sqlite_store.reading() as read:
        nameless = read.scalars(select(Proposal.anonymous).order_by(Proposal.title)).all()
        assert nameless == [True, True, True, False]
        assert read.scalars(select(Proposer.name)).all() == ["홍 가상"]


def test_days_and_counts_as_people_write_them() -> None:
    day = dt.date(2022, 3, 7)
    written = ("2022. 3. 7.", "2022-03-07 14:05", "2022. 3. 7. 오후 2:05:11", "20220307", "44627")
    assert {values.day(one) for one in written} == {day}
    assert values.day("31/12/2021") == dt.date(2021, 12, 31)
    assert values.count("1,234명") == 1234
    with pytest.raises(UserError):
        values.day("2/3/2022")
    assert clock.today() >= day
