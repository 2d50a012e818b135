"""Taking proposals in by keyboard: one line, then all else; nothing typed is ever lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gwangju_desktop import clock
from gwangju_desktop.proposals import listing
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from tests.ui.proposals.acting import TODAY, View, closed, empty_copy, form
from tests.ui.seeing import clipped, nameless
from ui.proposals import entry
from ui.proposals.entry import EditDialog, EntryDialog, LookDialog

Key = Qt.Key


@pytest.fixture
def view(window_on, _empty_office, tmp_path):
    made = View(window_on(empty_copy(_empty_office, tmp_path)))
    clock.fix(TODAY)
    return made


@pytest.fixture
def dialog(view):
    opened = EntryDialog(view)
    opened.open()
    rest(view.window())
    return opened


def press(key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def count(view) -> int:
    return len(view.read(listing.proposal_ids))


def test_a_proposal_is_registered_with_keys_alone_and_the_next_one_begins(view, dialog):
    line = dialog.form
    assert line.title.field.hasFocus()
    assert line.more.isHidden()
    type_into(line.title.field, "공공자전거 심야 재배치")
    press(Key.Key_Tab)
    assert line.who.field.hasFocus()
    type_into(line.who.field, "가상 시민")
    press(Key.Key_Tab)
    assert line.channel.field.hasFocus()
    type_into(line.channel.field, "ㅈㅎ")
    press(Key.Key_Tab)
    assert line.channel.field.text() == "전화"
    type_into(line.department.field, "교통정책과")
    press(Key.Key_Return)
    spin(lambda: view.shown and dialog.last.text())
    one = view.one(view.shown[0])
    assert (one.title, one.channel, one.department) == (
        "공공자전거 심야 재배치",
        "telephone",
        "교통정책과",
    )
    assert [who.name for who in one.proposers] == ["가상 시민"]
    assert (one.number, one.received_on, one.anonymous) == ("2022-001", TODAY, False)
    spin(lambda: "2022-001" in dialog.last.text())
    # Letters come in heaps: the title is empty and waits, channel and department stay.
    assert line.title.field.hasFocus()
    assert (line.title.field.text(), line.who.field.text()) == ("", "")
    assert line.channel.field.text() == "전화"
    assert line.department.field.text() == "교통정책과"
    type_into(line.title.field, "Night bus")
    press(Key.Key_Return)
    spin(lambda: len(view.shown) == 2)
    assert view.one(view.shown[1]).anonymous
    press(Key.Key_Escape)
    spin(lambda: closed(dialog))
    assert count(view) == 2


def test_a_channel_is_chosen_by_its_keys_with_the_letters_off_and_by_arrows(view, dialog):
    field = dialog.form.channel.field
    type_into(field, "vu")  # 편지 is no word of the list; ㅍ fits none
    with pytest.raises(Exception, match="vu"):
        field.value()
    type_into(field, "wg")
    assert field.value() == "telephone"
    field.choose("web")
    QTest.keyClick(field, Key.Key_Down)
    assert field.value() == "messenger"
    QTest.keyClick(field, Key.Key_Up)
    QTest.keyClick(field, Key.Key_Up)
    assert field.value() == "other"


def test_without_a_title_the_form_says_so_and_keeps_what_was_typed(view, dialog):
    type_into(dialog.form.department.field, "교통정책과")
    press(Key.Key_Return)
    assert dialog.form.title.wrong_row.isVisible()
    assert dialog.form.title.field.hasFocus()
    assert dialog.form.department.field.text() == "교통정책과"
    assert count(view) == 0


def test_tab_after_the_department_opens_the_rest_and_shares_must_come_to_100(view, dialog):
    line = dialog.form
    type_into(line.title.field, "학교 옥상 햇빛발전소")
    type_into(line.who.field, "가상 하나")
    line.department.field.setFocus()
    press(Key.Key_Tab)
    rest(view.window())
    assert line.more.text.field.hasFocus()
    people = line.more.proposers.field
    assert people.lines[0].name.text() == "가상 하나"  # what was typed in the line goes on
    click(people.add)
    click(people.add)
    type_into(people.lines[1].name, "가상 둘")
    type_into(people.lines[2].name, "가상 모임")
    people.lines[2].kind.setCurrentIndex(1)
    type_into(people.lines[0].share, "50")
    type_into(people.lines[1].share, "30")
    type_into(people.lines[2].share, "30")
    assert "110" in people.sum.text()
    click(dialog.button)
    spin(lambda: dialog.refusal_row.isVisible() or line.more.proposers.wrong_row.isVisible())
    assert count(view) == 0
    assert people.lines[1].name.text() == "가상 둘"
    click(people.even)
    assert [one.share.text() for one in people.lines] == ["33.34", "33.33", "33.33"]
    click(line.more.outside.field.add)
    number = line.more.outside.field.lines[0]
    type_into(number.system, "국민신문고")
    type_into(number.number, "1AA-2203-000001")
    line.more.consent.field.choose("full")
    type_into(line.more.text.field, "옥상에 햇빛발전소를 둡니다.")
    QTest.keyClick(line.more.text.field, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    spin(lambda: view.shown)
    one = view.one(view.shown[0])
    assert [(who.name, who.kind, who.share) for who in one.proposers] == [
        ("가상 하나", "person", 3334),
        ("가상 둘", "person", 3333),
        ("가상 모임", "group", 3333),
    ]
    assert [(it.system, it.number) for it in one.outside] == [("국민신문고", "1AA-2203-000001")]
    assert (one.consent, one.text) == ("full", "옥상에 햇빛발전소를 둡니다.")
    rest(view.window())
    # The same number a second time is refused by name, and the form keeps all of it.
    type_into(line.title.field, "다른 제안")
    line.more.anonymous.setChecked(True)
    click(line.more.outside.field.add)
    number = line.more.outside.field.lines[0]
    type_into(number.system, "국민신문고")
    type_into(number.number, "1AA-2203-000001")
    click(dialog.button)
    spin(lambda: dialog.refusal_row.isVisible())
    assert "학교 옥상 햇빛발전소" in dialog.refusal.text()
    assert line.title.field.text() == "다른 제안"
    assert count(view) == 1


def test_a_message_that_is_pasted_into_the_title_becomes_title_and_text(view, dialog):
    message = "버스 정류장 <b>안내판</b>\n\n햇빛으로 켜 주세요. https://example.com"
    QGuiApplication.clipboard().setText(message)
    line = dialog.form
    line.title.field.setFocus()
    press(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert line.title.field.text() == "버스 정류장 <b>안내판</b>"
    assert line.more.isVisible()
    assert line.more.text.value() == message
    line.more.anonymous.setChecked(True)
    click(dialog.button)
    spin(lambda: view.shown)
    assert view.one(view.shown[0]).text == message  # markup stays literal


def test_what_looks_alike_is_shown_while_typing_and_can_be_read(view, dialog):
    known = view.register("버스 정류장 태양광 안내판 설치", department="대중교통과")
    view.register("탄소중립 시민학교 야간반 개설", text="배움")
    alike = dialog.form.alike
    type_into(dialog.form.title.field, "버스 정류장에 태양광 안내판을")
    spin(lambda: alike.isVisible())
    assert [one.id for one in alike.lines if one.isVisible()] == [known]
    click(alike.lines[0].look)
    look = form(view.window(), LookDialog)
    spin(lambda: "햇빛" in look.text.toPlainText())
    click(look.button)
    assert dialog.form.title.field.text() == "버스 정류장에 태양광 안내판을"
    dialog.form.title.field.clear()
    assert not alike.isVisible()


def test_personal_numbers_are_flagged_under_the_text_and_masked_in_their_places(view, dialog):
    line = dialog.form
    line.open_more()
    text, flagged = line.more.text.field, line.more.flagged
    text.setPlainText("🚲 연락은 010-1234-5678, hong@example.com 으로")
    spin(lambda: flagged.isVisible())
    assert "010-****-5678" in flagged.words.text()
    click(flagged.mask)
    assert text.toPlainText() == "🚲 연락은 010-****-5678, ho***@example.com 으로"
    spin(lambda: not flagged.isVisible())
    text.undo()
    assert "1234" in text.toPlainText()


def test_a_megabyte_of_text_is_taken_whole(view, dialog):
    line = dialog.form
    line.open_more()
    long = "가나다라 <i>마바사</i>\n" * 60_000
    line.more.text.field.setPlainText(long)
    type_into(line.title.field, "긴 글")
    line.more.anonymous.setChecked(True)
    click(dialog.button)
    spin(lambda: view.shown, 15)
    assert view.one(view.shown[0]).text == long.strip()


def test_a_proposal_of_another_profile_begins_as_that_profile_says(view):
    view.register()  # the profiles that ship become rows
    dialog = EntryDialog(view)
    dialog.open()
    dialog.form.open_more()
    rest(view.window())
    more = dialog.form.more
    assert more.profile.isVisible()
    assert more.profile.field.options[0][1] == "국민제안"
    more.profile.field.setCurrentIndex(1)
    more.anonymous.setChecked(True)
    type_into(dialog.form.title.field, "나무 그늘 쉼터")
    click(dialog.button)
    spin(lambda: view.shown)
    assert view.one(view.shown[0]).state == "support"


def test_a_draft_is_kept_without_a_number(view, dialog):
    type_into(dialog.form.title.field, "아직 쓰는 중")
    dialog.form.open_more()
    rest(view.window())
    click(dialog.draft)
    spin(lambda: view.shown)
    one = view.one(view.shown[0])
    assert (one.number, one.state) == (None, "draft")


def test_a_proposal_is_corrected_in_one_step_and_undone_in_one(view):
    id = view.register(
        proposers=[{"name": "가상 시민", "phone": "010-1234-5678"}],
        outside=[{"system": "바로소통", "number": "77"}],
        department="대중교통과",
    )
    entry.edit(view, view.one(id))
    dialog = form(view.window(), EditDialog)
    line = dialog.form
    assert line.more.proposers.field.lines[0].phone.text() == "010-****-5678"
    assert line.department.field.isReadOnly()
    type_into(line.title.field, "버스 정류장 햇빛 안내판")
    type_into(line.more.outside.field.lines[0].number, "78")
    type_into(line.more.supports.field, "57")
    click(dialog.button)
    spin(lambda: view.one(id).title == "버스 정류장 햇빛 안내판")
    spin(lambda: closed(dialog))
    one = view.one(id)
    assert [(it.system, it.number) for it in one.outside] == [("바로소통", "78")]
    assert (one.supports, one.supports_on) == (57, TODAY)
    assert view.read(entry.offered.entered, id=id)[0].phone == "010-1234-5678"
    view.desk.undo()
    spin(lambda: view.one(id).title == "버스 정류장 태양광 안내판 설치")
    assert view.one(id).outside[0].number == "77"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_forms_fit_in_both_languages(view, language):
    view.window().shell.speak(language)
    id = view.register(
        "버스 정류장 태양광 안내판 설치", outside=[{"system": "국민신문고", "number": "1"}]
    )
    dialog = EntryDialog(view)
    dialog.open()
    type_into(dialog.form.title.field, "버스 정류장 태양광 안내판")
    spin(lambda: dialog.form.alike.isVisible())
    assert clipped(dialog) + nameless(dialog) == []
    dialog.form.open_more()
    dialog.form.more.text.field.setPlainText("전화 010-1234-5678")
    click(dialog.form.more.proposers.field.add)
    spin(lambda: dialog.form.more.flagged.isVisible())
    assert clipped(dialog) + nameless(dialog) == []
    dialog.reject()
    entry.edit(view, view.one(id))
    edit = form(view.window(), EditDialog)
    rest(view.window())
    assert clipped(edit) + nameless(edit) == []
