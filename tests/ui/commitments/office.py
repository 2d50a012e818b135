"""A small office with a submitted action plan, two commitments and made-up milestones (예시)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from db.store import Store
from gwangju_desktop import clock, settings
from gwangju_desktop.commitments import (
    adjusting,
    institutions,
    milestones,
    plans,
    progress,
    promises,
)

TODAY = dt.date(2022, 3, 11)
SUBMITTED = dt.date(2021, 7, 30)
Ids = dict[str, int]
# Milestones: code, title, output, planned start and end, weight, started, completed.
STEPS = {
    "first": (
        ("가상 시민교육 과정 운영", "교육 결과보고서", (2021, 8, 1), (2021, 10, 31), 2),
        ("가상 정책 설문(1차) 실시", "설문 결과표", (2021, 9, 1), (2021, 12, 31), 3),
        ("가상 시민토론회 개최", "토론회 회의록", (2022, 1, 1), (2022, 2, 28), 2),
        ("가상 정책 반영 결과 공개", "반영 결과표", (2022, 3, 1), (2022, 5, 31), 3),
    ),
    "second": (
        ("가상 공개 항목 협의", "공개 항목 목록", (2021, 8, 1), (2021, 11, 30), 1),
        ("가상 플랫폼 시험 운영", "시험 운영 기록", (2021, 12, 1), (2022, 4, 30), 2),
    ),
}


def filled(path: Path) -> Ids:
    """Fill an office that lives on a fixed day; return the ids by name."""
    clock.fix(TODAY)
    try:
        return _filled(path)
    finally:
        clock.fix(None)


def _filled(path: Path) -> Ids:
    ids: Ids = {}
    with Store.open(path, who="예시 담당자") as store:

        def run(usecase, **given) -> int:
            return store.run(usecase, **given).value

        run(settings.change_setting, key=settings.TODAY, value=TODAY.isoformat())
        ids["plan"] = run(
            plans.add_plan,
            code="KRGNJ2021",
            title="광주 OGP 실행계획(예시)",
            title_en="Action plan of Gwangju (sample)",
            starts=202107,
            ends=202206,
        )
        for name, code, title, title_en, ends in (
            (
                *("first", "KRGNJ0001", "시민과 함께 만드는 기후변화 관리 정책"),
                *("Making Climate Change Management Policy with Citizens", 202205),
            ),
            (
                *("second", "KRGNJ0002", "시민 친화형 에너지 정보 플랫폼 구축"),
                *("Building a Citizen-Friendly Energy Information Platform", 202204),
            ),
        ):
            ids[name] = run(
                promises.add_commitment,
                plan_id=ids["plan"],
                code=code,
                title=title,
                title_en=title_en,
                starts=202108,
                ends=ends,
                open_values=["participation"],
            )
            for scope in (None, ids[name]) if name == "first" else (ids[name],):
                run(
                    institutions.add_institution,
                    plan_id=ids["plan"],
                    commitment_id=scope,
                    role="lead",
                    name="가상과",
                    name_en="Made-up Division",
                )
            for n, (step, output, starts, due, weight) in enumerate(STEPS[name], start=1):
                ids[f"{name}{n}"] = run(
                    milestones.add_milestone,
                    commitment_id=ids[name],
                    title=step,
                    output=output,
                    starts_on=dt.date(*starts),
                    due_on=dt.date(*due),
                    weight=weight,
                    sample=True,
                )
            for section in plans.sections("commitment")[:4]:
                run(
                    plans.set_text,
                    plan_id=ids["plan"],
                    commitment_id=ids[name],
                    section=section.key,
                    text="시민이 정책을 함께 만들 자리와 실행 역량이 필요합니다(예시).",
                    text_en="Citizens need a place and skills to make policy together (sample)."
                    if section.key == plans.sections("commitment")[0].key
                    else "",
                )
        for section in plans.sections("plan"):
            run(plans.set_text, plan_id=ids["plan"], section=section.key, text="예시 글")
        run(plans.submit_plan, plan_id=ids["plan"], submitted_on=SUBMITTED)
        run(milestones.start_milestone, milestone_id=ids["first1"], started_on=dt.date(2021, 8, 9))
        run(
            milestones.complete_milestone,
            milestone_id=ids["first1"],
            completed_on=dt.date(2021, 10, 29),
        )
        run(milestones.start_milestone, milestone_id=ids["first2"], started_on=dt.date(2021, 9, 13))
        run(
            milestones.complete_milestone,
            milestone_id=ids["first2"],
            completed_on=dt.date(2022, 1, 14),
            delay_cause="방역 단계가 올라 설문을 미루었습니다(예시).",
        )
        run(milestones.start_milestone, milestone_id=ids["first3"], started_on=dt.date(2022, 1, 17))
        run(milestones.start_milestone, milestone_id=ids["second1"], started_on=dt.date(2021, 8, 2))
        run(
            milestones.complete_milestone,
            milestone_id=ids["second1"],
            completed_on=dt.date(2021, 11, 26),
        )
        run(
            milestones.start_milestone, milestone_id=ids["second2"], started_on=dt.date(2021, 12, 6)
        )
        run(
            progress.add_note,
            commitment_id=ids["first"],
            noted_on=dt.date(2022, 2, 25),
            department="가상과",
            text="토론회 장소를 협의하고 있습니다(예시).",
        )
        run(
            adjusting.start_adjustment,
            commitment_id=ids["second"],
            reason="공개 항목이 늘어 기간을 늘립니다(예시).",
            consulted="가상 협의체 서면 의견",
            adjusted_on=dt.date(2022, 1, 10),
        )
        run(
            milestones.edit_milestone,
            milestone_id=ids["second2"],
            title="가상 플랫폼 시험 운영(항목 12종)",
        )
        run(adjusting.close_adjustment, commitment_id=ids["second"])
    return ids
