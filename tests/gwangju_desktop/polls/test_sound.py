"""What `check` finds of polls that somebody changed behind the program's back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop.polls import sound

TOTAL = """SELECT poll_total.id FROM poll_total
    JOIN wave_question ON wave_question.id = poll_total.wave_question_id
    JOIN poll_question ON poll_question.id = wave_question.question_id
    JOIN poll_wave ON poll_wave.id = wave_question.wave_id
    WHERE poll_wave.label = '{wave}' AND poll_question.code = '2' AND measure = '{measure}' LIMIT 1"""
BASELINE = TOTAL.format(wave="기초조사", measure="count")
HARMS = {
    "raw": "UPDATE poll_column SET data = x'00'",
    "wording": "UPDATE poll_question SET wording = '다른 문구' WHERE code = '1'",
    "sums": f"UPDATE poll_total SET value = value + 1 WHERE id IN ({BASELINE})",
    "totals": "UPDATE poll_total SET value = value + 1 WHERE id IN "
    f"({TOTAL.format(wave='1차', measure='asked')})",
}
LOOKS = {
    "raw": sound.without_answers,
    "wording": sound.other_wording,
    "sums": sound.false_sums,
    "totals": sound.false_totals,
}
WHERE = {
    "raw": ["1차 시민 설문 응답(예시).xlsx", "2차 시민 설문 누리집 응답(예시).xlsx"],
    "wording": ["열린정부 시민 설문 · 1"],
    "sums": ["열린정부 시민 설문 · 기초조사 · 2"],
    "totals": ["열린정부 시민 설문 · 1차 · 2"],
}
# Totals whose bases contradict one another do not add up either.
ALSO = {"totals": {"sums": WHERE["totals"]}}


def _found(office: Path) -> dict[str, list[str]]:
    with Store.open(office, write=False) as store, store.reading() as read:
        found = {name: look(read) for name, look in LOOKS.items()}
    return {name: where for name, where in found.items() if where}


@pytest.mark.parametrize("harm", HARMS)
def test_what_was_changed_is_named(sample_copy: Path, harm: str) -> None:
    assert not _found(sample_copy)
    connection = sqlite3.connect(sample_copy)
    with connection:
        connection.execute(HARMS[harm])
    connection.close()
    assert _found(sample_copy) == {harm: WHERE[harm], **ALSO.get(harm, {})}
