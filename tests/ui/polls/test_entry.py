"""Answers on screen: ballots by keys, totals as they are typed, weights, tags, and their end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gwangju_desktop.polls import answers, ballots, opened, targets
from tests.ui.acting import click, type_into

Key = Qt.Key


def reading(forms, query, *asked):
    with forms.window.shell.desk.store.reading() as read:
        return query(read, *asked)


def press(deck, keys: str, *, enter: bool = True) -> None:
    for key in keys:
        QTest.keyClick(deck, key)
    if enter:
        QTest.keyClick(deck, Key.Key_Return)


def test_ballots_are_typed_one_after_the_other_and_the_last_is_taken_back(forms) -> None:
    pane = forms.pane("answers", "field")
    assert pane.place.wave.responses == 7
    click(pane.type)
    form = forms.dialog()
    deck = form.deck
    press(deck, "12", enter=False)
    press(deck, "3", enter=False)
    assert form.refusal_row.isVisible()
    for keys in ("", "1", "2", "5", "21", "123"):
        press(deck, keys)
    assert deck.entry.question.code == "bill"
    type_into(deck.boxes[deck.at].field, "12")
    QTest.keyClick(deck.boxes[deck.at].field, Key.Key_Return)
    type_into(deck.boxes[deck.at].field, "의견(예시)")
    QTest.keyClick(deck.boxes[deck.at].field, Key.Key_Return)
    press(deck, "4")
    forms.rest()
    assert pane.place.wave.responses == 8
    ids = forms.ids
    kept = reading(forms, ballots.ballots, ids.field)[-1]
    assert kept.answers == {
        ids.urgent: ["1", "2"],
        ids.goals: ["1"],
        ids.knows: "2",
        ids.feeling: "5",
        ids.places: ["2", "1"],
        ids.trust: {"t1": "1", "t2": "2", "t3": "3"},
        ids.bill: 12.0,
        ids.open: "의견(예시)",
        ids.district: "4",
    }
    # The form is empty for the next one; Ctrl+Z brings the last one back to be corrected.
    assert deck.ballot.value() == {}
    QTest.keyClick(form, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    forms.rest()
    assert pane.place.wave.responses == 7
    assert deck.ballot.value() == kept.answers
    click(form.button)
    forms.rest()
    # What is begun is thrown away only when that is asked for twice.
    press(deck, "1", enter=False)
    form.reject()
    assert form.isVisible()
    form.reject()
    forms.rest()
    assert pane.place.wave.responses == 8
    # A ballot that is kept is opened again, corrected, removed.
    pane.on_opened(None)
    form = forms.dialog()
    press(form.deck, "3")
    click(form.button)
    forms.closed(form)
    assert reading(forms, ballots.ballots, ids.field)[0].answers[ids.urgent] == ["3"]
    click(pane.remove)
    forms.rest()
    assert pane.place.wave.responses == 7


def test_totals_are_checked_and_shares_weight_a_wave(forms) -> None:
    pane = forms.pane("answers", "base")
    assert pane.parts.parts[2].isVisible()
    assert not pane.bring.isEnabled()
    click(pane.total)
    form = forms.dialog()
    assert form.took.field.text() == "51"
    share = form.counts.shares["1"].text()
    assert "37.1" in share
    assert "64.7" in share
    last = form.counts.fields[-1]
    type_into(last, "60")
    assert "60" in form.agree.text()
    click(form.button)
    forms.rest()
    assert form.isVisible()
    type_into(last, "9")
    QTest.keyClick(last, Key.Key_Return)
    forms.rest()
    assert form.one.question.code == "urgent"
    form.reject()
    asked = next(one for one in forms.place.asked if one.question.code == "goals")
    totals = reading(forms, answers.totals, asked.wave_question_id)
    assert totals.counts["", "5"] == 9
    assert totals.answered == 51
    # Shares of the population weight a wave.
    pane = forms.pane("answers", "first")
    click(pane.weights)
    form = forms.dialog()
    (line,) = form.lines
    line.on.click()
    assert form.weighted.value()
    fields = list(line.fields.values())
    for field, share in zip(fields, ("8", "20", "14", "30", "20"), strict=True):
        type_into(field, share)
    assert "92.0" in line.sum.text()
    type_into(form.source.field, "주민등록 인구(예시)")
    click(form.button)
    forms.rest()
    assert form.refusal_row.isVisible()
    type_into(fields[-1], "28")
    click(form.button)
    forms.closed(form)
    held = reading(forms, targets.targets, forms.ids.first)
    assert list(held[forms.ids.district].values()) == [0.08, 0.2, 0.14, 0.3, 0.28]
    assert forms.place.wave.weighted
    assert pane.came.weighting.n_eff < 60
    assert f"{pane.came.weighting.deff:.2f}" in pane.weight_words.text()


# A server keeps what its administrator has to clear, and the form stays to say so.
@pytest.mark.file_only
def test_open_answers_are_tagged_by_keys_and_erased_with_the_rest(forms) -> None:
    forms.pane("results", "first")
    asked = forms.place.question
    pane = forms.pane("open")
    assert forms.place.question.question.code == "open"
    forms.pane("results")
    assert forms.place.question is asked
    pane = forms.pane("open", "first")
    forms.rest()
    asked = forms.place.question
    assert asked.question.code == "open"
    assert pane.model.rowCount() == 10
    type_into(pane.new, "요금")
    QTest.keyClick(pane.new, Key.Key_Return)
    forms.rest()
    pane.list.setFocus()
    pane.list.selectAll()
    QTest.keyClick(pane.list, "1")
    forms.rest()
    assert [one.n for one in reading(forms, opened.tags, asked.wave_question_id)] == [10]
    pane.list.clearSelection()
    pane.list.choose(3)
    QTest.keyClick(pane.list, "1")
    forms.rest()
    (tag,) = reading(forms, opened.tags, asked.wave_question_id)
    assert tag.n == 9
    pane.tag_list.choose(-1)
    forms.rest()
    assert pane.model.rowCount() == 1
    pane.tag_list.choose(tag.id)
    forms.rest()
    click(pane.remove)
    forms.rest()
    assert reading(forms, opened.tags, asked.wave_question_id) == []
    # A wave in the field tells no answers.
    forms.place.show_wave(forms.ids.field)
    forms.rest()
    assert pane.stack.currentIndex() == 1
    entry = forms.pane("answers", "first")
    click(entry.erase)
    form = forms.dialog()
    assert not form.button.isEnabled()
    type_into(form.name.field, "1차")
    click(form.button)
    forms.rest()
    forms.closed(form)
    assert forms.place.wave.erased_on is not None
    assert reading(forms, ballots.ballots, forms.ids.first) == []
    goals = next(one for one in forms.place.asked if one.question.code == "goals")
    assert reading(forms, answers.totals, goals.wave_question_id).answered == 60
    assert not entry.erase.isVisible()
