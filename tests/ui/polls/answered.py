"""A made-up series of polls (예시): totals of a baseline, a counted wave, one in the field."""

from __future__ import annotations

import datetime as dt
import random

from db.store import Store, usecase
from gwangju_desktop.polls import ballots, published, questions, series, waves

SOURCE = "광주광역시 열린정부 실행계획(2021–2022)"
GOALS = {
    "1": ("정보공개·언론 자유·반부패로 시정 청렴성 향상", 33),
    "2": ("시정 운영에 시민 참여의 실효성 확보", 21),
    "3": ("시민이 쓰기 쉬운 행정·환경 데이터 개방", 15),
    "4": ("민관협치 의사결정 구조 상설화", 12),
    "5": ("사회적 약자의 참여 기회 확대", 8),
}
KNOWS = ("알고 있다", "들어 본 적이 있다", "모른다")
FEELING = ("매우 약하다", "약하다", "보통이다", "강하다", "매우 강하다")
DISTRICTS = ("동구", "서구", "남구", "북구", "광산구")
TRUST = ("시청", "시의회", "시민단체")


def _options(labels, **more) -> list[dict]:
    found = [{"code": str(n), "label": label} for n, label in enumerate(labels, 1)]
    return [*found, *({"code": code, **rest} for code, rest in more.items())]


@usecase("Fill in polls for tests")
def fill(tx, *, respondents: int = 60) -> dict:
    """Make the series; return the ids of it, its waves and its questions."""
    poll = series.add_poll(
        tx,
        name="열린정부 시민 설문",
        population="광주시민과 시민사회",
        commissioner="광주광역시",
        anchor_on=dt.date(2021, 8, 31),
    )
    made = _questions(tx, poll)
    base = waves.plan_wave(
        tx,
        poll_id=poll,
        label="기초조사",
        from_on=dt.date(2021, 5, 12),
        until_on=dt.date(2021, 5, 21),
        source="totals",
        mode="mixed",
    )
    questions.put_in_wave(tx, wave_id=base, question_ids=[made["goals"], made["urgent"]])
    asked = {one.question.code: one for one in questions.questionnaire(tx, base)}
    published.set_totals(
        tx,
        wave_question_id=asked["goals"].wave_question_id,
        answered=51,
        counts={code: n for code, (_label, n) in GOALS.items()},
        published=SOURCE,
    )
    published.set_totals(
        tx,
        wave_question_id=asked["urgent"].wave_question_id,
        answered=51,
        counts={"1": 27, "2": 20, "3": 18},
    )
    waves.close_wave(tx, id=base)
    first = _first(tx, poll, made, respondents)
    field = waves.plan_wave(
        tx, poll_id=poll, label="2차", copy_from=first, from_on=dt.date(2022, 1, 31)
    )
    waves.open_wave(tx, id=field)
    for n in range(7):
        ballots.add_ballot(tx, wave_id=field, answers={made["knows"]: str(n % 3 + 1)})
    return {"poll": poll, "base": base, "first": first, "field": field, **made}


def _questions(tx, poll: int) -> dict[str, int]:
    add = questions.add_question
    goals = [{"code": code, "label": label} for code, (label, _n) in GOALS.items()]
    none = {"label": "해당 없음", "role": "none"}
    unsure = {"label": "모름", "role": "dont_know"}
    return {
        "urgent": add(
            tx,
            poll_id=poll,
            code="urgent",
            kind="multiple",
            title="시급히 개선할 정책 분야",
            wording="시급히 개선해야 할 정책 분야를 두 가지까지 골라 주십시오.",
            options=_options(("환경·에너지", "교통", "복지"), N=none),
            max_choices=2,
        ),
        "goals": add(
            tx,
            poll_id=poll,
            code="goals",
            kind="multiple",
            title="열린정부 중기 목표",
            wording="우리 시 열린정부가 2~3년 안에 이루어야 할 목표를 두 가지까지 골라 주십시오.",
            options=goals,
            max_choices=2,
        ),
        "knows": add(
            tx,
            poll_id=poll,
            code="knows",
            kind="single",
            title="위원회를 알고 있습니까",
            wording="2050 탄소중립녹색성장위원회를 알고 있습니까?",
            options=_options(KNOWS),
        ),
        "feeling": add(
            tx,
            poll_id=poll,
            code="feeling",
            kind="scale",
            title="기후위기 정책 체감도",
            wording="우리 시의 기후위기 정책을 어떻게 느낍니까?",
            options=_options(FEELING, D=unsure),
        ),
        "places": add(
            tx,
            poll_id=poll,
            code="places",
            kind="ranking",
            title="공개를 바라는 에너지 정보",
            wording="공개를 바라는 에너지 정보를 두 가지 순서대로 골라 주십시오.",
            options=_options(("건물별 사용량", "동별 사용량", "태양광 잠재량")),
            parts=[{"code": "p1", "label": "1순위"}, {"code": "p2", "label": "2순위"}],
        ),
        "trust": add(
            tx,
            poll_id=poll,
            code="trust",
            kind="grid",
            title="기관별 신뢰",
            wording="다음 기관을 얼마나 믿습니까?",
            options=_options(("믿지 않는다", "보통이다", "믿는다")),
            parts=[{"code": f"t{n}", "label": label} for n, label in enumerate(TRUST, 1)],
        ),
        "bill": add(
            tx,
            poll_id=poll,
            code="bill",
            kind="number",
            title="월 전기요금(만 원)",
            wording="지난달 전기요금은 얼마였습니까?",
            low=0,
            high=100,
        ),
        "open": add(tx, poll_id=poll, code="open", kind="open", title="자유 의견"),
        "district": add(
            tx,
            poll_id=poll,
            code="district",
            kind="single",
            title="거주 구",
            options=_options(DISTRICTS),
            attribute=True,
        ),
    }


def _first(tx, poll: int, made: dict[str, int], respondents: int) -> int:
    """Plan, fill in and close the first wave of the cadence."""
    wave = waves.plan_wave(
        tx,
        poll_id=poll,
        from_on=dt.date(2021, 8, 31),
        until_on=dt.date(2021, 9, 10),
        mode="mixed",
        invited=900,
        label="1차",
        empty=True,
    )
    questions.put_in_wave(tx, wave_id=wave, question_ids=list(made.values()))
    waves.open_wave(tx, id=wave)
    luck = random.Random(7)
    for n in range(respondents):
        goals = luck.choices("12345", (34, 25, 20, 12, 9), k=2 if n % 4 else 1)
        answers = {
            made["urgent"]: ["N"] if n % 20 == 19 else [luck.choice("123")],
            made["goals"]: sorted(set(goals)),
            made["knows"]: luck.choice("112333"),
            made["feeling"]: "D" if n % 15 == 14 else luck.choice("12233345"),
            made["places"]: luck.sample("123", 2),
            made["trust"]: {f"t{i}": luck.choice("123") for i in (1, 2, 3)},
            made["bill"]: luck.randint(2, 14),
            made["open"]: "전기요금이 걱정됩니다(예시)." if n % 6 == 0 else None,
            made["district"]: luck.choices("12345", (9, 24, 17, 34, 40))[0],
        }
        given = {id: value for id, value in answers.items() if value is not None}
        ballots.add_ballot(tx, wave_id=wave, answers=given)
    waves.close_wave(tx, id=wave)
    return wave


def filled(path) -> dict:
    """Fill in the polls of an office; return the ids."""
    store = Store.open(str(path), who="tests")
    try:
        return store.run(fill).value
    finally:
        store.close()
