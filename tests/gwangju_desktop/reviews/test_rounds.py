"""Rounds, published answers, findings with their actions, and what was published."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.commitments import plans, promises
from gwangju_desktop.errors import UserError
from gwangju_desktop.evidence import intake
from gwangju_desktop.reviews import (
    answering,
    comments,
    findings,
    monitors,
    publications,
    queries,
    ratings,
    rounds,
)
from gwangju_desktop.threads import walk
from gwangju_desktop.threads.model import Key
from tests.gwangju_desktop.reviews.monitored import KEYS, NAMES, Known, fingerprint

SOURCE = "Inception Report – Gwangju 2021–2022, opengovpartnership.org"


def _inception(store: Store, known: Known, **values: Any) -> int:
    value = store.run(rounds.add_review, plan_id=known.plan, kind="inception", **values).value
    assert isinstance(value, int)
    return value


def test_a_round_goes_from_planned_to_closed(office: Store, known: Known) -> None:
    review = _inception(office, known, due_on=dt.date(2021, 9, 30), asked="자료 제출")
    with pytest.raises(UserError, match="모니터링위원이 아직"):
        office.run(rounds.submit_review, id=review)
    with pytest.raises(UserError, match="제출한 뒤"):
        office.run(rounds.close_review, id=review)
    office.run(
        answering.record_published_answer,
        review_id=review,
        question="1.1",
        value="yes",
        answered_on=dt.date(2021, 9, 30),
        source=SOURCE,
    )
    office.run(rounds.submit_review, id=review, on=dt.date(2021, 9, 30))
    with pytest.raises(UserError, match="이미 제출"):
        office.run(rounds.submit_review, id=review)
    office.run(rounds.close_review, id=review)
    for usecase, values in (
        (comments.add_comment, {"review_id": review, "text": "말", "department": "과"}),
        (findings.add_finding, {"review_id": review, "text": "말"}),
    ):
        with pytest.raises(UserError, match="종료한 점검"):
            office.run(usecase, **values)
    with pytest.raises(UserError, match="종료해"):
        office.run(rounds.remove_review, id=review)
    office.run(rounds.open_review, id=review)
    with office.reading() as read:
        row = queries.reviews(read, known.plan)[0]
    assert (row.state, row.submitted_on, row.asked) == ("open", None, "자료 제출")

    interview = office.run(rounds.add_review, plan_id=known.plan, kind="interview").value
    office.run(rounds.close_review, id=interview)
    office.run(rounds.remove_review, id=interview)
    with pytest.raises(UserError, match="앞섭니다"):
        office.run(
            rounds.edit_review,
            id=review,
            from_on=dt.date(2022, 1, 2),
            until_on=dt.date(2022, 1, 1),
        )


def test_a_form_is_due_by_the_rules_of_its_plan(office: Store, known: Known) -> None:
    # Submitted on 30 July 2021: two months later; a commitment under way has no such day yet.
    _inception(office, known)
    office.run(rounds.add_review, plan_id=known.plan, kind="closing", commitment_id=known.first)
    promised = {"commitment_id": known.second, "completed_on": dt.date(2022, 4, 30)}
    office.run(promises.complete_commitment, **promised)
    office.run(rounds.add_review, plan_id=known.plan, kind="closing", commitment_id=known.second)
    office.run(rounds.add_review, plan_id=known.plan, kind="interview")
    with office.reading() as read:
        found = [row.due_on for row in queries.reviews(read, known.plan)]
    assert found == [dt.date(2021, 9, 30), None, dt.date(2022, 5, 30), None]


def test_a_form_is_of_what_it_is_of(office: Store, known: Known) -> None:
    for kind, commitment in (("closing", None), ("inception", known.first), ("interview", 99)):
        with pytest.raises(UserError):
            office.run(rounds.add_review, plan_id=known.plan, kind=kind, commitment_id=commitment)


def test_published_answers_name_their_source_and_stand_as_ratings(
    office: Store, known: Known
) -> None:
    review = _inception(office, known)

    def transcribe(question: str, value: str, **more: Any) -> int:
        given = {"answered_on": dt.date(2021, 9, 30), "review_id": review, **more}
        id = office.run(
            answering.record_published_answer, question=question, value=value, **given
        ).value
        assert isinstance(id, int)
        return id

    for question, value, more, refusal in (
        ("3.verifiable", "unclear", {"commitment_id": known.second}, "출처"),
        ("3.verifiable", "unclear", {"source": SOURCE}, "이행과제마다"),
        ("1.1", "yes", {"source": SOURCE, "commitment_id": known.first}, "전체"),
        ("1.1", "perhaps", {"source": SOURCE}, "고를 수 없는"),
        ("3.comments", "", {"source": SOURCE, "commitment_id": known.first}, "적힌 내용"),
        ("1.1", "yes", {"source": SOURCE, "answered_on": dt.date(2999, 1, 1)}, "아직"),
    ):
        with pytest.raises(UserError, match=refusal):
            transcribe(question, value, **more)
    transcribe("3.verifiable", "no", commitment_id=known.second, source=SOURCE)
    wrong = transcribe("3.verifiable", "yes", commitment_id=known.first)
    corrected = transcribe("3.verifiable", "unclear", commitment_id=known.second)
    with pytest.raises(UserError, match="출처는"):
        transcribe("1.1", "yes", source="다른 보고서")
    with office.reading() as read:
        rated = ratings.of(read, [known.first, known.second])
        whole = queries.review(read, review)
    rating = rated[known.second]["verifiable"]
    assert (rating.value, rating.origin, rating.source, rating.who) == (
        "unclear",
        "published",
        SOURCE,
        (),
    )
    assert [a.id for a in whole.answers_to("3.verifiable", known.second)] == [corrected]
    office.run(answering.withdraw_published_answer, id=wrong)
    with office.reading() as read:
        assert ratings.of(read, [known.first])[known.first] == {}
    assert office.undoable is None


def test_a_published_answer_keeps_its_source_and_the_submission_it_is_about(
    office: Store, known: Known
) -> None:
    round_id = office.run(
        rounds.add_review, plan_id=known.plan, kind="closing", commitment_id=known.first
    ).value
    office.run(
        answering.record_published_answer,
        review_id=round_id,
        question="1.1",
        value="limited",
        answered_on=dt.date(2022, 6, 1),
        commitment_id=known.first,
        source="예시 보고서",
    )
    with pytest.raises(UserError):
        office.run(rounds.edit_review, id=round_id, source=" ")
    office.run(rounds.edit_review, id=round_id, source="예시 보고서, 2022")
    with pytest.raises(UserError):
        office.run(plans.take_back_plan, plan_id=known.plan)


def test_a_finding_leads_to_an_action_on_its_thread(office: Store, known: Known) -> None:
    review = office.run(
        rounds.add_review, plan_id=known.plan, kind="interview", commitment_id=known.first
    ).value
    finding = office.run(
        findings.add_finding, review_id=review, text="결과 공표 없음", recommendation="누리집 게시"
    ).value
    due = clock.today() + dt.timedelta(days=30)
    action = office.run(
        findings.make_action, finding_id=finding, department="예시과", due_on=due
    ).value
    with office.reading() as read:
        found = queries.findings(read, plan_id=known.plan)[0]
        row = queries.reviews(read, known.plan)[0]
        edges = walk.edges_of(read, [Key("review_finding", finding)], forward=True)
    assert [(one.id, one.text, one.department) for one in found.actions] == [
        (action, "누리집 게시", "예시과")
    ]
    assert not found.open and (row.findings, row.open_findings) == (1, 0)
    assert [edge.after for edge in edges] == [Key("action", action)]
    assert found.commitment_id == known.first
    office.run(findings.settle_finding, id=finding)
    office.run(findings.reopen_finding, id=finding)
    with pytest.raises(UserError, match="앞서"):
        office.run(findings.settle_finding, id=finding, on=dt.date(2001, 1, 1))
    office.run(findings.edit_finding, id=finding, text_en="Results were not published")
    office.run(findings.remove_finding, id=finding)
    with office.reading() as read:
        assert queries.findings(read, plan_id=known.plan) == []
    office.undo()
    with office.reading() as read:
        assert queries.findings(read, plan_id=known.plan)[0].actions[0].id == action


def test_comments_are_the_departments_and_may_be_changed(office: Store, known: Known) -> None:
    review = _inception(office, known)
    said = office.run(
        comments.add_comment,
        review_id=review,
        text=" 보완함 ",
        department="예시과",
        milestone_id=known.milestone,
        evidence_id=known.evidence,
    ).value
    office.run(comments.edit_comment, id=said, text_en="Done")
    with office.reading() as read:
        row = queries.review(read, review).comments[0]
    assert (row.text, row.text_en, row.commitment_id, row.fixed) == (
        "보완함",
        "Done",
        known.first,
        False,
    )
    assert (row.milestone, row.evidence) == ("예시 단계", "예시 회의록")
    for values, refusal in (
        ({"text": " ", "department": "과"}, "내용"),
        ({"text": "말", "department": ""}, "부서"),
        ({"text": "말", "department": "과", "question": "9.9"}, "9.9"),
        ({"text": "말", "department": "과", "commitment_id": 99}, "99"),
    ):
        with pytest.raises(UserError, match=refusal):
            office.run(comments.add_comment, review_id=review, **values)
    office.run(comments.remove_comment, id=said)


def test_publications_keep_a_copy_and_the_last_day_of_the_web_page(
    office: Store, known: Known, tmp_path: Path
) -> None:
    page = tmp_path / "게시물.html"
    page.write_bytes(b"<p>made up</p>")
    facts = intake.take_in(office.papers, page)

    def add(**values: Any) -> Any:
        return office.run(publications.add_publication, plan_id=known.plan, **values).value

    first = add(
        channel="web",
        title="점검 결과",
        published_on=dt.date(2022, 1, 5),
        url="https://example.org/ogp",
        copy=facts,
        commitment_id=known.first,
    )
    add(channel="press", title="보도자료", published_on=dt.date(2022, 3, 5), url="example.org")
    for values, refusal in (
        ({"title": "", "url": "x"}, "제목"),
        ({"title": "글"}, "사본"),
        ({"title": "글", "url": "x", "published_on": dt.date(2999, 1, 1)}, "오지 않은"),
    ):
        with pytest.raises(UserError, match=refusal):
            add(**{"channel": "sns", "published_on": dt.date(2022, 1, 1), **values})
    office.run(publications.edit_publication, id=first, published_on=dt.date(2022, 2, 5))
    with office.reading() as read:
        rows = queries.publications(read, known.plan)
        last = queries.published_web(read, known.plan)
    assert [row.channel for row in rows] == ["press", "web"]
    assert (rows[1].sha256, rows[1].copy, rows[1].bytes) == (facts.sha256, facts.name, 14)
    assert last == dt.date(2022, 2, 5)
    office.run(publications.remove_publication, id=first)
    with office.reading() as read:
        assert queries.published_web(read, known.plan) is None


def test_monitors_are_the_members_of_the_body_with_their_keys(office: Store, known: Known) -> None:
    with office.reading() as read:
        found = monitors.monitors(read, known.plan)
        before = monitors.monitors(read, known.plan, dt.date(2021, 5, 31))
    assert sorted(row.person.name for row in found) == sorted(NAMES) and before == []
    assert all(row.can_sign and row.person.fictional for row in found)
    mine = next(row for row in found if row.person.id == known.people[0])
    assert mine.keys[0].fingerprint == fingerprint(KEYS[0])
    office.run(monitors.end_key, id=mine.keys[0].id)
    with pytest.raises(UserError, match="이미"):
        office.run(monitors.end_key, id=mine.keys[0].id)
    for key, refusal in (("12 34", "지문"), ("-----BEGIN PUBLIC KEY-----\nAAAA\n", "공개키")):
        with pytest.raises(UserError, match=refusal):
            office.run(monitors.register_key, person_id=known.people[0], key=key)
