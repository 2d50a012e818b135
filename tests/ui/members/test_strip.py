"""Live verdicts: the strip over the roll, the list in inspectors, what if."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gwangju_desktop import text
from gwangju_desktop.members import queries, ruling, usecases
from tests.ui.acting import click, focus
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped
from ui.members.dialogs import AddMemberDialog
from ui.members.strip import RatioStrip, Verdicts
from ui.members.whatif import WhatIf
from ui.widgets.parts import column

DAY = dt.date(2022, 3, 11)


@pytest.fixture
def place(window):
    """A bare page in the real window, on which widgets stand."""
    box = QWidget(window)
    box.resize(1000, 600)
    return box


def put(box, *widgets):
    column(*widgets, into=box)
    box.show()
    box.raise_()


def chips(strip) -> list[str]:
    return [chip.sentence() for chip in strip.chips if chip.isVisible()]


def test_the_strip_follows_every_change_of_the_roll(window, place):
    strip = RatioStrip(window.shell.desk)
    put(place, strip)
    strip.show_body(1, DAY)
    spin(lambda: strip.found)
    rest(window)
    assert strip.sexes_chip.sentence() == "여 9 · 남 14 (각 13 이하)"
    assert strip.sexes_chip.tone == "bad"
    assert not strip.youth.isVisible()  # The rule is younger than the day.
    assert chips(strip) == ["임기 만료 90일 이내 4명"]
    window.shell.desk.do(
        usecases.add_member,
        person={"name": "가상새", "gender": "female"},
        membership={"body_id": 1, "starts_on": dt.date(2022, 1, 1)},
    )
    spin(lambda: strip.sexes_chip.sentence() == "여 10 · 남 14 (각 14 이하)")
    rest(window)
    assert strip.sexes_chip.tone == "ok"
    assert chips(strip) == ["재적 36/35명", "임기 만료 90일 이내 4명"]


def test_a_narrow_strip_leaves_out_words_and_bars_before_verdicts(window, place):
    strip = RatioStrip(window.shell.desk)
    put(place, strip)
    strip.show_body(1, DAY)
    window.shell.desk.do(
        ruling.set_rule,
        body_id=1,
        rule="youth_least",
        value="2/10",
        valid_from=dt.date(2022, 1, 1),
        source="가상 조례",
    )
    spin(strip.youth_chip.isVisible)
    for width in (1000, 560, 380, 200):
        place.resize(width, 600)
        rest(window)
        shown = [part for part in strip.children() if isinstance(part, QWidget)]
        shown = [part for part in shown if part.isVisible()]
        edges = sorted((part.x(), part.x() + part.width()) for part in shown)
        assert all(one[1] <= two[0] for one, two in itertools.pairwise(edges))
        assert strip.sexes_chip.isVisible()


def test_the_list_names_rule_sentence_and_source_in_both_languages(window, place):
    listed = Verdicts(window.shell.desk)
    put(place, listed)
    listed.show_body(1, DAY)
    spin(lambda: listed.found)
    rest(window)
    assert listed.sum.sentence() == "1건 어긋남"
    line = next(one for one in listed.lines if one.title.text() == "성별 비율")
    assert "1명을 바꾸어야 합니다" in line.sentence.text()
    assert "양성평등기본법" in line.source.text()
    text.use("en")
    listed.renew()
    line = next(one for one in listed.lines if one.title.text() == "Balance of sexes")
    assert "one sex may hold 13 at most" in line.sentence.text()


def test_what_if_shows_before_and_after_and_writes_nothing(window, place):
    preview = WhatIf(window.shell.desk)
    put(place, preview)
    head = window.shell.desk.store.head()
    preview.show(1, DAY, [{"name": "<b>가상</b>", "gender": "female", "other_bodies": 3}])
    spin(lambda: preview.isVisible())
    rest(window)
    line = next(one for one in preview.lines if one.title.text() == "성별 비율")
    assert (line.before.tone, line.after.tone) == ("bad", "ok")
    assert "<b>가상</b>(4)" in preview.warning.text()
    assert window.shell.desk.store.head() == head
    preview.show_case(None, None)
    assert not preview.isVisible()
    with window.shell.desk.store.reading() as read:
        assert queries.body(read, id=1, on=DAY).members == 35


def test_the_form_of_a_new_member_shows_what_the_seat_would_change(window) -> None:
    window.shell.go("members")
    rest(window)
    window.shell.act("members.add")
    spin(lambda: window.findChild(AddMemberDialog) is not None)
    form = window.findChild(AddMemberDialog)

    def after(rule: str) -> str:
        lines = [line for line in form.what_if.lines if line.isVisible()]
        return next((line.after.sentence() for line in lines if line.title.text() == rule), "")

    spin(lambda: after("성별 비율") == "여 9 · 남 14 (각 14 이하)")
    focus(form.person.gender.field)
    QTest.keyClick(form.person.gender.field, Qt.Key.Key_Down)
    spin(lambda: after("성별 비율") == "여 10 · 남 14 (각 14 이하)")
    assert "1명 많습니다" in form.what_if.warning.text()
    head = window.shell.desk.store.head()
    focus(form.seat.capacity.field)
    QTest.keyClick(form.seat.capacity.field, Qt.Key.Key_Home)
    spin(lambda: after("성별 비율") == "여 9 · 남 14 (각 13 이하)")
    assert window.shell.desk.store.head() == head
    assert not clipped(form)
    click(form.cancel_button)
