"""Findings on screen: written from the question in front, put on an agenda, taken away and back."""

from __future__ import annotations

import datetime as dt

from gwangju_desktop import clock
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import usecases as members
from ui.polls.findings import figures_of

SAID = (
    "응답자 51명 중 33명(64.7%)이 ‘정보공개·언론 자유·반부패로 시정 청렴성 향상’ 항목을 골랐습니다."
)


def opened(forms):
    """Show the findings with the goals of the baseline in front."""
    page = forms.pane("findings", "base")
    goals = next(one for one in forms.place.asked if one.question.code == "goals")
    forms.place.show_question(goals.wave_question_id)
    forms.rest()
    return page


def written(forms):
    """Write the finding the figures make of the question in front."""
    page = opened(forms)
    page.add.click()
    dialog = forms.dialog()
    forms.rest()
    assert dialog.sentence.field.value() == SAID
    dialog.button.click()
    forms.closed(dialog)
    forms.rest()
    return page


def test_the_figures_offer_their_sentence_but_none_in_the_field(forms) -> None:
    page = opened(forms)
    assert page.stack.currentWidget() is page.nothing
    page.add.click()
    dialog = forms.dialog()
    forms.rest()
    dialog.option.field.setCurrentIndex(1)
    dialog.option.field.currentIndexChanged.emit(1)
    forms.rest()
    assert "51명 중 21명(41.2%)" in dialog.sentence.field.value()
    dialog.sentence.field.setPlainText("참여가 먼저입니다.")
    dialog.option.field.setCurrentIndex(2)
    forms.rest()
    assert dialog.sentence.field.value() == "참여가 먼저입니다."
    dialog.reject()
    page = forms.pane("findings", "field")
    assert not page.add.isVisible()
    assert page.stack.currentWidget() is page.waiting


def test_a_finding_stands_with_both_bases_and_goes_on_an_agenda(forms) -> None:
    page = written(forms)
    one = page.current()
    assert figures_of(one) == "33건 · 응답 건수 기준 37.1%(89건) · 응답자 기준 64.7%(51명)"
    assert page.sentence.text() == SAID
    assert not any(link.isVisible() for link in page.links)
    page.desk.do(members.add_body, name_ko="가상위원회", name_en="Made-up")
    forms.rest()
    at = dt.datetime.combine(clock.today() + dt.timedelta(30), dt.time(14), clock.KST)
    page.desk.do(meetings.add_meeting, body_id=1, starts_at=at)
    forms.rest()
    page.item.click()
    dialog = forms.dialog()
    forms.rest()
    title = dialog.title.value()
    assert "기초조사 결과 정책 반영" in title
    dialog.title.field.setPlainText(title.replace(" ", "\n", 1))
    assert dialog.title.value() == title
    dialog.button.click()
    forms.closed(dialog)
    forms.rest()
    assert page.links[0].isVisible()
    assert page.reach.sentence().startswith("안건·제안 1/1건")
    page.remove.click()
    forms.rest()
    assert page.stack.currentWidget() is page.nothing
    page.desk.undo()
    forms.rest()
    assert page.current().sentence == SAID
    assert page.links[0].isVisible()
