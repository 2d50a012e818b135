"""A made-up series (예시) with a questionnaire, for tests of its verbs."""

from __future__ import annotations

import datetime as dt

from gwangju_desktop.polls import ballots, questions, series, waves

D = dt.date
GOALS = [
    {"code": "1", "label": "시정 청렴성 향상"},
    {"code": "2", "label": "시민 참여의 실효성"},
    {"code": "9", "label": "모름", "role": "dont_know"},
]
KNOWN = [{"code": "1", "label": "예"}, {"code": "2", "label": "아니요"}]
WORDING = "우리 시의 목표를 두 가지까지 골라 주십시오."


class Asking:
    """One series: two questions and its first wave, planned from an anchor."""

    def __init__(self, store) -> None:
        self.store, self.run = store, store.run
        self.poll = self.run(
            series.add_poll,
            name="예시 시민 설문",
            anchor_on=D(2021, 8, 31),
            population="예시 시민",
            commissioner="예시 위원회",
        ).value
        self.known = self.add(code="1", kind="single", title="인지", options=KNOWN)
        self.goals = self.add(
            code="2", kind="multiple", title="목표", wording=WORDING, options=GOALS, max_choices=2
        )
        self.wave = self.plan()

    def add(self, **fields) -> int:
        """Add a question to the bank."""
        fields.setdefault("wording", f"{fields['title']}에 답해 주십시오.")
        return self.run(questions.add_question, poll_id=self.poll, **fields).value

    def plan(self, **fields) -> int:
        """Plan the next wave; the first one asks both questions."""
        wave = self.run(waves.plan_wave, poll_id=self.poll, **fields).value
        with self.store.reading() as read:
            asked = questions.questionnaire(read, wave)
        if not asked:
            ids = [self.known, self.goals]
            self.run(questions.put_in_wave, wave_id=wave, question_ids=ids)
        return wave

    def asked(self, wave: int) -> list[questions.Asked]:
        """Read a questionnaire."""
        with self.store.reading() as read:
            return questions.questionnaire(read, wave)

    def place(self, wave: int, code: str) -> int:
        """Return the id of a question in a questionnaire."""
        return next(one.wave_question_id for one in self.asked(wave) if one.question.code == code)

    def answer(self, wave: int, *goals: list[str]) -> None:
        """Type ballots: those who know it chose these goals."""
        for chosen in goals:
            given = {one.question.code: one.question_id for one in self.asked(wave)}
            self.run(
                ballots.add_ballot,
                wave_id=wave,
                answers={given["1"]: "1", given["2"]: chosen},
            )

    def closed(self, wave: int, *goals: list[str]) -> int:
        """Carry a wave through the field."""
        self.run(waves.open_wave, id=wave)
        self.answer(wave, *goals)
        return self.run(waves.close_wave, id=wave).value
