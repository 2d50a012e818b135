"""A made-up action plan for documents: two commitments, evidence, a round that two monitors answered."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from db.schema.commitments import ActionPlan
from db.schema.members import Membership, Person
from db.schema.reviews import ReviewAnswer
from db.store import Store, usecase
from db.vocab import Completion, ReviewState
from gwangju_desktop.commitments import (
    adjusting,
    counts,
    institutions,
    milestones,
    plans,
    progress,
    promises,
)
from gwangju_desktop.evidence import evidence, picking
from gwangju_desktop.reviews import findings, publications, rounds

PLAN, FIRST, SECOND = "KRGNJ-T", "KRGNJ-T1", "KRGNJ-T2"
KEPT_BACK = "비공개증빙9731"


def promised(store: Store) -> dict[str, int]:
    """Make the plan; return its id and those of its commitments by "plan", "first", "second".

    An office without a plan before has no monitoring body: nobody answers there.
    """
    with store.reading() as read:
        body = read.scalar(select(ActionPlan.monitor_body_id).order_by(ActionPlan.id))
        people = read.scalars(
            select(Person.id)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.body_id == body)
            .order_by(Person.id)
            .limit(2)
        ).all()
    plan = store.run(
        plans.add_plan,
        code=PLAN,
        title="열린정부 실행계획(가상)",
        title_en="Open government plan (fictional)",
        starts=202108,
        ends=202206,
        url="https://plan.example.invalid",
        monitor_body_id=body,
    ).value
    store.run(
        institutions.add_institution,
        plan_id=plan,
        role="lead",
        name="혁신소통기획관실",
        name_en="Innovation Division",
    )
    for section, text, english in (
        ("vision", "시민과 함께하는 투명한 시정을 이룬다.(예시)", "An open city. (example)"),
        ("challenges", "에너지 정보를 한곳에서 볼 수 없다.(예시)", "No one place. (example)"),
    ):
        store.run(plans.set_text, plan_id=plan, section=section, text=text, text_en=english)
    count = store.run(
        counts.add_count, plan_id=plan, kind="poll", label="시민 설문", label_en="Poll", number=51
    ).value
    first, steps = _first(store, plan)
    second = _second(store, plan)
    store.run(plans.submit_plan, plan_id=plan, submitted_on=dt.date(2021, 7, 30))
    _went_on(store, first, steps)
    _proved(store, plan, first, steps, count)
    _reviewed(store, plan, first, second, list(people))
    return {"plan": plan, "first": first, "second": second}


def _first(store: Store, plan: int) -> tuple[int, list[int]]:
    id = store.run(
        promises.add_commitment,
        plan_id=plan,
        code=FIRST,
        title="시민과 함께 만드는 기후위기 대응 정책(예시)",
        title_en="Climate policy with citizens (example)",
        starts=202108,
        ends=202205,
        open_values=["participation"],
    ).value
    for section, text, english in (
        ("problem", "시민의 수용성과 실천 역량이 더 필요하다.(예시)", "More skills. (example)"),
        ("action", "교육과 여론조사를 거쳐 정책에 반영한다.(예시)", "Courses, polls. (example)"),
    ):
        store.run(
            plans.set_text,
            plan_id=plan,
            commitment_id=id,
            section=section,
            text=text,
            text_en=english,
        )
    made = [
        store.run(milestones.add_milestone, commitment_id=id, sample=True, **fields).value
        for fields in (
            {
                "title": "시민 교육",
                "title_en": "Courses",
                "output": "교육 결과보고서",
                "output_en": "Report of the courses",
                "starts_on": dt.date(2021, 8, 2),
                "due_on": dt.date(2021, 10, 31),
                "weight": 30,
            },
            {
                "title": "여론조사",
                "title_en": "Poll",
                "output": "조사 결과표",
                "starts_on": dt.date(2021, 9, 1),
                "due_on": dt.date(2022, 2, 28),
                "weight": 30,
            },
            {
                "title": "정책 반영 결과 공개",
                "title_en": "Publication",
                "output": "누리집 게시",
                "due_on": dt.date(2022, 5, 31),
                "weight": 40,
            },
        )
    ]
    return id, made


def _second(store: Store, plan: int) -> int:
    id: int = store.run(
        promises.add_commitment,
        plan_id=plan,
        code=SECOND,
        title="시민 친화형 에너지 정보 플랫폼(예시)",
        starts=202108,
        ends=202204,
        open_values=["participation", "technology"],
    ).value
    return id


def _went_on(store: Store, first: int, steps: list[int]) -> None:
    store.run(milestones.start_milestone, milestone_id=steps[0], started_on=dt.date(2021, 8, 16))
    store.run(
        milestones.complete_milestone,
        milestone_id=steps[0],
        completed_on=dt.date(2021, 11, 12),
        delay_cause="강사 섭외가 늦었음(예시)",
    )
    store.run(milestones.start_milestone, milestone_id=steps[1], started_on=dt.date(2021, 9, 6))
    store.run(
        progress.add_note,
        commitment_id=first,
        milestone_id=steps[1],
        noted_on=dt.date(2022, 2, 25),
        department="혁신소통기획관실",
        text="문항을 협의하고 있음(예시)",
        text_en="Questions are being agreed. (example)",
    )
    store.run(
        adjusting.start_adjustment,
        commitment_id=first,
        reason="위원회 일정이 바뀌었음(예시)",
        consulted="운영위원회와 협의(예시)",
        adjusted_on=dt.date(2022, 1, 14),
    )
    store.run(milestones.edit_milestone, milestone_id=steps[2], due_on=dt.date(2022, 5, 20))
    store.run(adjusting.close_adjustment, commitment_id=first, closed_on=dt.date(2022, 1, 14))


def _file(store: Store, name: str, text: str) -> dict[str, object]:
    data = text.encode()
    return {"sha256": store.papers.put(data), "name": name, "bytes": len(data)}


def _proved(store: Store, plan: int, first: int, steps: list[int], count: int) -> None:
    fields = {"plan_id": plan, "sample": True, "disclosure": "public"}
    store.run(
        evidence.add_evidence,
        **fields,
        **_file(store, "참여 현황.csv", "설문,51\n"),
        obtained_on=dt.date(2021, 7, 20),
        title="공동수립 참여 현황",
        title_en="Co-creation",
        claim="설문 응답자가 51명임을 보인다.",
        claim_en="Shows the 51 respondents.",
        count_id=count,
    )
    held = store.run(
        evidence.add_evidence,
        **fields,
        **_file(store, "교육 결과.csv", "회차,인원\n1,24\n"),
        commitment_id=first,
        obtained_on=dt.date(2021, 11, 20),
        title="시민 교육 결과",
        title_en="Courses",
        claim="교육을 마쳤음을 보인다.",
        claim_en="Shows that the courses were held.",
        milestone_id=steps[0],
    ).value
    claim = store.run(
        evidence.add_claim,
        evidence_id=held,
        claim="이행 정도를 보인다.",
        claim_en="Shows how far it is.",
        form="closing",
        question="1.1",
        commitment_id=first,
    ).value
    store.run(picking.pick, claim_id=claim)
    store.run(
        evidence.add_evidence,
        plan_id=plan,
        sample=True,
        **_file(store, "면담 기록.txt", "면담 기록(예시)\n"),
        commitment_id=first,
        obtained_on=dt.date(2022, 1, 20),
        title=KEPT_BACK,
        disclosure="members",
        ground="정보공개법 제9조제1항제5호",
        claim="진행 중임을 보인다.",
        milestone_id=steps[1],
    )


def _reviewed(store: Store, plan: int, first: int, second: int, people: list[int]) -> None:
    round_ = store.run(
        rounds.add_review, plan_id=plan, kind="closing", commitment_id=first, title="종료평가(예시)"
    ).value
    if people:
        store.run(answered, review_id=round_, commitment_id=first, people=people)
    finding = store.run(
        findings.add_finding,
        review_id=round_,
        commitment_id=first,
        text="공개 일정이 분명하지 않음(예시)",
        text_en="No clear schedule (example)",
        recommendation="월별 일정을 밝힐 것(예시)",
        found_on=dt.date(2022, 2, 10),
    ).value
    store.run(findings.settle_finding, id=finding, on=dt.date(2022, 3, 7))
    store.run(
        publications.add_publication,
        plan_id=plan,
        channel="web",
        title="이행 상황(예시)",
        title_en="Progress (example)",
        url="https://plan.example.invalid/1",
        published_on=dt.date(2021, 11, 19),
    )


@usecase("Answered in a test")
def answered(tx, *, review_id: int, commitment_id: int, people: list[int]) -> None:
    """Let two monitors differ on one question and agree on another, as a signed file would."""
    from db.schema.reviews import Review

    tx.get_one(Review, review_id).state = ReviewState.OPEN.value
    base = {
        "review_id": review_id,
        "commitment_id": commitment_id,
        "origin": "signed",
        "answered_on": dt.date(2022, 3, 4),
    }
    said = (Completion.LIMITED.value, Completion.SUBSTANTIAL.value)
    for person, value in zip(people, said, strict=True):
        tx.add(
            ReviewAnswer(
                **base,
                question="1.1",
                person_id=person,
                value=value,
                explanation="세부 이행과제 3개 중 1개를 마침(예시)",
                explanation_en="One of three milestones is done. (example)",
            )
        )
    tx.add(ReviewAnswer(**base, question="2.1.1", value="marginal", agreed=list(people)))
