"""Series, waves and questions by their forms: what is typed is what is kept."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gwangju_desktop.polls import questions, waves
from tests.ui.acting import click, type_into


def reading(forms, query, **asked):
    with forms.window.shell.desk.store.reading() as read:
        return query(read, **asked)


def test_a_series_shows_the_days_of_its_cadence_and_is_made(forms) -> None:
    pane = forms.pane("series")
    click(pane.add)
    form = forms.dialog()
    click(form.button)
    assert form.isVisible()
    assert form.name.wrong_row.isVisible()
    type_into(form.name.field, "에너지 생활 설문 (예시)")
    form.anchor.field.setText("20210801")
    forms.rest()
    assert "2022. 6. 1." in form.days.text()
    form.shift.field.setCurrentIndex(1)
    forms.rest()
    assert "2021. 8. 2. · 2022. 1. 3. · 2022. 6. 2." in form.days.text()
    click(form.button)
    forms.closed(form)
    assert forms.place.poll.name == "에너지 생활 설문 (예시)"
    assert forms.place.poll.anchor_on == dt.date(2021, 8, 1)
    assert pane.name.text() == "에너지 생활 설문 (예시)"


def test_a_wave_is_planned_on_its_day_of_the_cadence_or_outside_it(forms) -> None:
    pane = forms.pane("series")
    click(pane.plan)
    form = forms.dialog()
    assert form.k.field.currentText().endswith("2021. 8. 31.")
    form.k.field.setCurrentIndex(2)
    assert form.model.field.value() == forms.ids.field
    click(form.button)
    forms.closed(form)
    wave = forms.place.wave
    assert (wave.k, wave.planned_on, wave.questions) == (2, dt.date(2022, 6, 30), 9)
    assert pane.title.text() == wave.label
    # Outside the cadence a wave needs a name and a day.
    pane.on_plan_wave()
    form = forms.dialog()
    form.k.field.setCurrentIndex(form.k.field.count() - 1)
    click(form.button)
    assert form.label.wrong_row.isVisible()
    type_into(form.label.field, "특별조사")
    click(form.button)
    assert form.begins.wrong_row.isVisible()
    form.begins.field.setText("2022-03-02")
    form.model.field.setCurrentIndex(form.model.field.count() - 1)
    click(form.button)
    forms.closed(form)
    assert (forms.place.wave.label, forms.place.wave.questions) == ("특별조사", 0)


def test_a_wave_is_led_to_publication_and_what_is_missing_is_named(forms) -> None:
    pane = forms.pane("series", "first")
    pane.on_edit_wave()
    form = forms.dialog()
    form.sampling.field.setCurrentIndex(0)
    said = form.sampling.help.text()
    form.sampling.field.setCurrentIndex(2)
    assert form.sampling.help.text() != said
    # The series' words stand there as a hint and are not written into the wave.
    assert form.population.field.text() == ""
    type_into(form.conductor.field, "예시 조사기관")
    click(form.button)
    forms.closed(form)
    assert forms.place.wave.conductor == "예시 조사기관"
    assert pane.box
    click(pane.forth)
    forms.rest()
    # Two questions have no wording: publishing is refused and the wave stays closed.
    assert forms.place.wave.state == "closed"
    click(pane.back)
    forms.rest()
    assert forms.place.wave.state == "fielding"
    assert pane.forth.isVisible()
    click(pane.forth)
    forms.rest()
    assert forms.place.wave.state == "closed"


def test_a_question_is_written_by_keyboard_and_put_into_the_wave(forms) -> None:
    forms.window.shell.desk.do(
        waves.plan_wave, poll_id=forms.ids.poll, label="3차", from_on=dt.date(2022, 6, 30)
    )
    forms.rest()
    pane = forms.pane("questionnaire")
    forms.place.show_wave(forms.place.waves[-1].id)
    forms.rest()
    assert pane.model.free
    n = len(forms.place.asked)
    click(pane.add)
    form = forms.dialog()
    type_into(form.title.field, "이동 수단")
    lines = form.options.field
    QGuiApplication.clipboard().setText("버스\n지하철\n자전거\n")
    lines.lines[0].words.setFocus()
    QTest.keySequence(lines.lines[0].words, "Ctrl+V")
    assert [line.words.text() for line in lines.lines] == ["버스", "지하철", "자전거"]
    QTest.keyClick(lines.lines[2].words, Qt.Key.Key_Return)
    type_into(lines.lines[3].words, "도보")
    QTest.keyClick(lines.lines[3].words, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    form.on_dont_know()
    click(form.button)
    forms.closed(form)
    assert len(forms.place.asked) == n + 1
    made = forms.place.asked[-1].question
    assert [(one.code, one.label) for one in made.options] == [
        ("1", "버스"),
        ("2", "지하철"),
        ("4", "도보"),
        ("3", "자전거"),
        ("98", "모름"),
    ]
    assert made.options[-1].role == "dont_know"
    # The kind decides what is asked.
    pane.on_add_question()
    form = forms.dialog()
    values = [form.kind.field.options[n][0] for n in range(form.kind.field.count())]
    form.kind.field.setCurrentIndex(values.index("scale"))
    click(form.five)
    assert [one["value"] for one in form.options.field.value()] == [1.0, 2.0, 3.0, 4.0, 5.0]
    form.kind.field.setCurrentIndex(values.index("ranking"))
    assert form.parts.isVisible()
    assert len(form.parts.field.value()) == 3
    form.kind.field.setCurrentIndex(values.index("open"))
    assert not form.options.isVisible()
    assert form.values()["options"] == []
    form.reject()


def test_a_question_that_was_answered_gets_an_edition_and_an_open_wave_its_order(forms) -> None:
    pane = forms.pane("questionnaire", "first")
    assert pane.locked.isVisible()
    assert not pane.model.movable()
    forms.place.show_question(forms.place.asked[2].wave_question_id)
    pane.on_edit()
    form = forms.dialog()
    assert form.lock.isVisible()
    form.wording.field.setPlainText("위원회를 얼마나 알고 있습니까?")
    click(form.button)
    forms.closed(form)
    rows = reading(forms, questions.bank, poll_id=forms.ids.poll)
    editions = [row.edition for row in rows if row.code == "knows"]
    assert editions == [1, 2]
    assert forms.place.question.edition == 1
    # Order, condition and the bank, in a wave nobody answered.
    forms.window.shell.desk.do(
        waves.plan_wave, poll_id=forms.ids.poll, label="3차", from_on=dt.date(2022, 6, 30)
    )
    forms.rest()
    pane = forms.pane("questionnaire")
    forms.place.show_wave(forms.place.waves[-1].id)
    forms.rest()
    codes = [one.question.code for one in forms.place.asked]
    pane.list.choose(forms.place.asked[0].wave_question_id)
    pane.list.setFocus()
    QTest.keyClick(pane.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    forms.rest()
    assert [one.question.code for one in forms.place.asked] == [codes[1], codes[0], *codes[2:]]
    knows = next(one for one in forms.place.asked if one.question.code == "knows")
    feeling = next(one for one in forms.place.asked if one.question.code == "feeling")
    forms.place.show_question(feeling.wave_question_id)
    click(pane.card.ask_if)
    form = forms.dialog()
    form.question.field.setCurrentIndex(
        [id for id, _words in form.question.field.options].index(knows.question_id)
    )
    click(form.button)
    assert form.options.wrong_row.isVisible()
    form.checks[0][1].click()
    click(form.button)
    forms.closed(form)
    asked = forms.place.question
    assert (asked.ask_if_id, asked.ask_if) == (knows.question_id, ("1",))
    pane.on_part(1)
    district = next(one for one in forms.place.asked if one.question.code == "district")
    pane.on_ticked(district.question_id)
    forms.rest()
    assert "district" not in [one.question.code for one in forms.place.asked]
    pane.on_ticked(district.question_id)
    forms.rest()
    assert forms.place.asked[-1].question.code == "district"


def test_a_locked_wave_offers_no_tick_and_an_open_question_no_finding(forms) -> None:
    pane = forms.pane("questionnaire", "first")
    pane.on_part(1)
    forms.rest()
    ticks = [pane.bank_model.cell(n, 0) for n in range(pane.bank_model.rowCount())]
    assert all(cell.check is None for cell in ticks)
    assert sum(cell.icon == "check" for cell in ticks) == len(forms.place.asked)
    opened = next(one for one in forms.place.asked if one.question.kind == "open")
    for key, code in (("findings", "add"), ("results", "finding")):
        pane = forms.pane(key, "first")
        button = getattr(pane, code)
        for one in (opened, forms.place.asked[0]):
            forms.place.show_question(one.wave_question_id)
            forms.rest()
            assert button.isEnabled() == (one is not opened)
            assert ("시사점" in button.toolTip()) == (one is opened)
