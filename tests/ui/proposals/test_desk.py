"""The proposals at hand: the list and its keys, one proposal from receipt to the reply that is out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from db.store import Store
from db.vocab import ProposalState
from gwangju_desktop import clock
from gwangju_desktop.proposals import listing, queries, reply_drafts
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from tests.ui.proposals.acting import closed, form
from tests.ui.seeing import clipped, nameless
from ui import theme
from ui.documents.dialog import DocumentsDialog
from ui.proposals.batch import BatchDialog
from ui.proposals.calls import CallsDialog
from ui.proposals.entry import EntryDialog
from ui.proposals.notice_forms import DelayDialog, ToldDialog
from ui.proposals.step_dialogs import StepDialog

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier
S = ProposalState


def pane_of(window):
    """Show the list of proposals and return its pane."""
    window.shell.go("proposals")
    rest(window)
    page = window.shell.rooms.page("proposals").pane("list")
    spin(lambda: page.settled)
    rest(window)
    return page


@pytest.fixture
def pane(window):
    return pane_of(window)


def read(pane, query, *asked, **more):
    """Return what a query finds."""
    with pane.desk.store.reading() as session:
        return query(session, *asked, **more)


def press(key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def in_state(pane, *states: str) -> int:
    """Return the first proposal of the sample in one of these states."""
    for id in read(pane, listing.proposal_ids):
        if read(pane, queries.detail, id=id).state in states:
            return id
    raise AssertionError(states)


def show(pane, id: int) -> None:
    """Show a proposal and wait for all of it."""
    pane.open(id)
    rest(pane.window())
    spin(lambda: pane.card.record is not None and pane.card.record.id == id)
    rest(pane.window())


# --- the list


def test_the_stages_count_what_the_list_shows_and_the_longest_over_due_stands_first(pane):
    counts = read(pane, listing.pipeline, clock.today())
    assert [step.count for step in pane.pipeline.steps] == [one.count for one in counts]
    assert sum(step.over for step in pane.pipeline.steps) == sum(one.over for one in counts) > 0
    first = pane.model.row(0)
    assert first.due_on < clock.today()
    assert "경과" in pane.model.cell(0, len(pane.model.columns) - 1).text
    assert pane.list.current() == first.id == pane.card.id

    review = pane.pipeline.steps[1]
    click(review)
    rest(pane.window())
    assert len(pane.model.order) == review.count
    assert pane.heading.text() == review.text()
    assert {pane.model.row(n).stage for n in range(len(pane.model.order))} == {"review"}
    click(review)
    rest(pane.window())
    assert len(pane.model.order) == sum(one.count for one in counts)


def test_the_list_is_walked_by_keys(pane):
    focus(pane.list)
    ids = list(pane.model.order)
    press(Key.Key_J)
    assert pane.list.current() == ids[1]
    QTest.keyClicks(pane.list, "jk")
    assert pane.list.current() == ids[1]
    press(Key.Key_K)
    assert pane.list.current() == ids[0]
    press(Key.Key_F8)
    assert pane.list.current() == ids[1]

    press(Key.Key_2)
    rest(pane.window())
    assert pane.pipeline.stage == "review"
    press(Key.Key_0)
    rest(pane.window())
    assert pane.pipeline.stage == ""
    assert list(pane.model.order) == ids

    press(Key.Key_Slash)
    assert pane.search.hasFocus()
    press(Key.Key_Return)
    assert pane.list.hasFocus()
    press(Key.Key_F, Control)
    assert pane.search.hasFocus()


def test_words_and_filters_narrow_the_list_and_a_link_widens_it_again(pane):
    everything = len(pane.model.order)
    type_into(pane.search, "햇빛발전")
    rest(pane.window())
    assert 0 < len(pane.model.order) < everything
    pane.search.clear()
    click(pane.sift)
    rest(pane.window())
    departments = [value for value, _name in pane.filters.choices["department"].options if value]
    pane.filters.choices["department"].setCurrentIndex(1)
    rest(pane.window())
    assert {pane.model.row(n).department for n in range(len(pane.model.order))} == {departments[0]}

    type_into(pane.search, "없는 낱말")
    rest(pane.window())
    assert not len(pane.model.order)
    assert pane.empty.isVisible()
    assert not pane.card.isVisible()

    other = in_state(pane, S.RECEIVED)
    window = pane.window()
    window.shell.go("proposals", other, "proposal")
    rest(window)
    assert pane.list.current() == other == pane.card.id
    assert pane.search.text() == ""


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_several_are_replied_to_together_and_all_have_their_menu(pane):
    window = pane.window()
    focus(pane.list)
    pane.list.choose(pane.model.order[1])
    QTest.keyClick(pane.list, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert pane.several.isVisible() and not pane.plain_foot.isVisible()
    assert pane.several.count.text() == "2건 선택"
    click(pane.several.reply)
    batch = form(window, BatchDialog)
    assert batch.ids == list(pane.model.order[1:3])
    batch.reject()
    rest(window)
    press_on = pane.list
    focus(press_on)
    press(Key.Key_Home)
    assert not pane.several.isVisible() and pane.plain_foot.isVisible()

    click(pane.more)
    menu = pane.menu
    spin(menu.isVisible)
    words = [deed.text() for deed in menu.actions()]
    assert words == ["공모…", "분야…", "회신 서식…", "접수대장…"]
    QTest.mouseClick(
        menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[0]).center()
    )
    form(window, CallsDialog).reject()
    rest(window)


def test_names_of_districts_follow_the_language(pane):
    window = pane.window()
    subs = [pane.model.cell(n, 0).sub for n in range(len(pane.model.order))]
    assert any("서구" in sub for sub in subs)
    window.shell.speak("en")
    rest(window)
    subs = [pane.model.cell(n, 0).sub for n in range(len(pane.model.order))]
    assert any("Seo-gu" in sub for sub in subs) and not any("서구" in sub for sub in subs)


# --- one proposal


def test_the_inspector_tells_the_clock_and_what_is_waited_for(pane):
    over = pane.list.current()
    show(pane, over)
    card = pane.card
    assert card.track.left < 0
    assert "경과" in card.track.accessibleName()
    assert card.due.tone == "bad"
    asked = in_state(pane, S.OPINION)
    show(pane, asked)
    assert card.waiting.isVisible()
    assert card.timeline.lines[0].sentence()
    opinions = [one for one in card.record.opinions if one.open]
    assert any(opinions[0].department in line.words.text() for line in card.waiting.lines)


def test_markup_in_a_title_stays_literal_and_a_long_text_is_folded(pane):
    from gwangju_desktop.proposals import usecases

    text = "첫 줄 <script>alert(1)</script>\n" + "가나다라 " * 60_000
    id = pane.desk.store.run(
        usecases.register, title="<b>굵게</b> & 링크", text=text, channel="web", anonymous=True
    ).value
    show(pane, id)
    card = pane.card
    assert card.title.text() == "<b>굵게</b> & 링크"
    assert card.title.textFormat() == Qt.TextFormat.PlainText
    assert len(card.reading.begins.text()) < 400
    click(card.reading.more)
    assert card.reading.all.isVisible()
    assert card.reading.all.toPlainText() == card.record.text
    assert "<script>alert(1)</script>" in card.record.text
    click(card.reading.more)
    assert not card.reading.all.isVisible()


@pytest.mark.qt_log_ignore("does not support", extend=True)  # menus, of the test platform
def test_one_proposal_from_receipt_to_the_reply_that_is_out(pane):
    window, card = pane.window(), pane.card
    focus(pane.list)
    press(Key.Key_N, Control)
    entry = form(window, EntryDialog)
    type_into(entry.form.title.field, "하천 산책로 그늘막 설치")
    press(Key.Key_Return)
    rest(window)
    press(Key.Key_Escape)
    spin(lambda: closed(entry))
    rest(window)
    id = card.id
    assert card.record.title == "하천 산책로 그늘막 설치"
    assert card.record.number
    assert not card.reply_part.isVisible()

    click(card.foot.again)  # no department yet
    step = form(window, StepDialog)
    type_into(step.fields["department"].field, "공원녹지과")
    click(step.button)
    spin(lambda: closed(step))
    rest(window)
    assert card.record.department == "공원녹지과"

    click(card.foot.onward)
    _confirm(window)
    assert card.record.state == S.REVIEW
    assert card.reply_part.isVisible()

    _choose(card, S.ADOPTED)
    step = form(window, StepDialog)
    type_into(step.fields["planned_on"].field, "2022-06-30")
    click(step.button)
    spin(lambda: closed(step))
    rest(window)
    assert card.record.state == S.ADOPTED

    card.enter()
    type_into(card.reply.edit.text, "그늘막을 세우겠습니다.")
    type_into(card.reply.edit.reasons, "여름 이용이 많고 예산이 있습니다.")
    press(Key.Key_Return, Control)
    spin(lambda: window.findChildren(DocumentsDialog))
    documents = form(window, DocumentsDialog)
    written = read(pane, queries.detail, id=id).reply
    assert (written.text, written.reasons) == (
        "그늘막을 세우겠습니다.",
        "여름 이용이 많고 예산이 있습니다.",
    )
    spin(lambda: documents.settled, 20)
    documents.reject()
    rest(window)

    card.pane.ensureWidgetVisible(card.reply.send)
    click(card.reply.send)
    step = form(window, StepDialog)
    type_into(step.fields["how"].field, "우편")
    click(step.button)
    spin(lambda: closed(step))
    rest(window)
    assert card.record.state == S.REPLIED
    assert card.record.reply.sent_on == clock.today()
    assert card.record.reply.published_on is None
    assert card.reply.edit.text.isReadOnly()
    assert card.record.due_on is None
    assert card.track.ended
    assert read(pane, queries.detail, id=id).notices[-1].told_on == clock.today()


def _confirm(window) -> None:
    step = form(window, StepDialog)
    click(step.button)
    spin(lambda: closed(step))
    rest(window)


def _choose(card, state: str) -> None:
    """Choose a step of the menu above the button."""
    click(card.foot.others)
    menu = card.foot.menu
    spin(menu.isVisible)
    deed = next(deed for deed in menu.actions() if deed.data() == state)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(deed).center())


def test_publishing_asks_about_personal_numbers_and_masks_them(pane):
    from gwangju_desktop.proposals import replies, steps, usecases

    run = pane.desk.store.run
    id = run(
        usecases.register,
        title="자전거 보관대",
        channel="web",
        anonymous=True,
        department="교통정책과",
        consent="full",
    ).value
    run(steps.move, id=id, to=S.REVIEW)
    run(steps.move, id=id, to=S.NOT_ADOPTED, reason="이미 하고 있음(예시)")
    run(replies.write_reply, id=id, text="문의는 010-1234-5678입니다.", reasons="이미 있습니다.")
    run(replies.send_reply, id=id, how="우편")
    show(pane, id)
    box = pane.card.reply
    pane.card.pane.ensureWidgetVisible(box.publish)
    click(box.publish)
    spin(box.doubt.isVisible)
    rest(pane.window())
    assert "010" in box.doubt.words.text()
    pane.card.pane.ensureWidgetVisible(box.doubt)
    rest(pane.window())
    assert not clipped(pane.window())
    assert read(pane, queries.detail, id=id).reply.published_on is None
    click(box.doubt.take)
    rest(pane.window())
    reply = read(pane, queries.detail, id=id).reply
    assert reply.published_on == clock.today()
    assert "1234" not in reply.text
    click(box.publish)
    rest(pane.window())
    assert read(pane, queries.detail, id=id).reply.published_on is None


def test_what_is_typed_is_kept_as_a_draft_and_offered_after_a_crash(pane):
    id = in_state(pane, S.REVIEW)
    show(pane, id)
    box = pane.card.reply
    type_into(box.edit.text, "아직 쓰는 중")
    assert box.writing.unsaved
    box.writing.keeper.on_draft()
    rest(pane.window())
    kept = read(pane, reply_drafts.written, id=id)
    assert reply_drafts.parted(kept.draft) == ("아직 쓰는 중", "")
    assert kept.text == ""
    # As after a crash: the text was never recorded.
    box.edit.show_text("")
    box.writing.keeper.recorded = ""
    box.shown = None
    show(pane, id)
    assert box.writing.offer.isVisible()
    pane.card.pane.ensureWidgetVisible(box.writing.offer)
    rest(pane.window())
    assert not clipped(pane.window())
    assert box.edit.text.isReadOnly()
    click(box.writing.offer.take)
    rest(pane.window())
    assert box.edit.text.toPlainText() == "아직 쓰는 중"
    assert reply_drafts.parted(read(pane, reply_drafts.written, id=id).text)[0] == "아직 쓰는 중"


def test_going_to_the_next_proposal_records_what_was_typed(pane):
    id = in_state(pane, S.REVIEW)
    show(pane, id)
    type_into(pane.card.reply.edit.reasons, "예산 안에서 할 수 있음")
    click(pane.card.down)
    rest(pane.window())
    assert pane.card.id != id
    assert reply_drafts.parted(read(pane, reply_drafts.written, id=id).text) == (
        "",
        "예산 안에서 할 수 있음",
    )


def test_notices_are_told_and_a_delay_is_announced(pane):
    waiting = next(
        id
        for id in read(pane, listing.proposal_ids)
        if any(one.told_on is None for one in read(pane, queries.detail, id=id).notices)
    )
    show(pane, waiting)
    window, card = pane.window(), pane.card
    line = next(one for one in card.waiting.lines if one.isVisible() and one.wait.deed == "told")
    click(line.button)
    told = form(window, ToldDialog)
    type_into(told.how.field, "letter")
    click(told.button)
    spin(lambda: closed(told))
    rest(window)
    assert any(one.how == "letter" for one in card.record.notices)

    over = next(id for id in pane.model.order if read(pane, queries.detail, id=id).due_on)
    show(pane, over)
    click(card.delay)
    delay = form(window, DelayDialog)
    click(delay.button)
    assert delay.reason.wrong_row.isVisible()
    type_into(delay.reason.field, "협의가 길어짐")
    type_into(delay.new_on.field, "2022-05-31")
    click(delay.button)
    spin(lambda: closed(delay))
    rest(window)
    assert card.record.notices[-1].kind == "delay"


# --- kinds of windows and offices


CASES = [("ko", 1.0, (1280, 650)), ("en", 1.0, (911, 432)), ("en", 1.3, (1366, 688))]


@pytest.mark.parametrize(("language", "scale", "size"), CASES)
def test_every_state_of_the_sample_fits(window_on, sample_office, dressed, language, scale, size):
    window = window_on(sample_office, size)
    pane = pane_of(window)
    window.shell.speak(language)
    theme.dress(dressed, "light", scale)
    rest(window)
    for id in one_of_each_state(pane):
        show(pane, id)
        if pane.narrow and not pane.card.isVisible():
            pane.on_peek()
            rest(window)
        assert not clipped(window), id
        assert not nameless(window), id
    assert pane.card.isVisible()
    if pane.narrow:
        press_on = pane.card.up
        focus(press_on)
        press(Key.Key_Escape)
        assert not pane.card.isVisible()


@pytest.mark.qt_log_ignore("does not support", extend=True)
@pytest.mark.file_only
def test_a_read_only_office_has_nothing_that_writes(window_on, sample_copy):
    store = Store.open(sample_copy)
    try:
        pane = pane_of(window_on(sample_copy))
        assert pane.desk.read_only
        for id in one_of_each_state(pane):
            show(pane, id)
            assert {word for word in words_of_buttons(pane) if not word.startswith(READS)} == set()
            written = pane.card.reply.edit
            assert written.text.isReadOnly() or not pane.card.reply_part.isVisible()
        pane.card.menu.open_below(pane.card.more)
        offered = {deed.text() for deed in pane.card.menu.actions() if deed.text()}
        assert offered == {"내부 메모…", "문서 만들기…", "이 기록의 링크 복사"}
        pane.card.menu.close()
    finally:
        store.close()


READS = ("회신 미리보기", "보기", "열기", "전체", "전문", "접기")


def words_of_buttons(pane) -> set[str]:
    """Return the words of the buttons that can be seen."""
    return {
        button.text().strip()
        for button in pane.findChildren(QPushButton)
        if button.isVisible() and button.text()
    }


def one_of_each_state(pane) -> list[int]:
    """Return a proposal for each state the sample has."""
    found = {row.state: row.id for row in read(pane, rows)}
    return list(found.values())


def rows(session):
    """Return the rows of every proposal."""
    return listing.proposal_rows(session, ids=list(listing.proposal_ids(session)))
