"""What goes out, by hand: the pack, a supplement, a revision; the list of it, and the closed."""

from __future__ import annotations

from pathlib import Path

import pypdf
from PySide6.QtCore import Qt

from db.vocab import Edition, IssueKind
from gwangju_desktop import offices
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.meetings import agenda, steps
from gwangju_desktop.packs import issues
from tests.ui.acting import to_be_stopped
from tests.ui.packs.acts import Key, click, found, mark, titles
from tests.ui.packs.conftest import Opened, copied
from ui.meetings.step_dialogs import DistributeDialog
from ui.packs import office
from ui.packs.send_dialogs import IssueDialog, RevisionDialog, SupplementDialog


def text(path: Path, page: int) -> str:
    with path.open("rb") as file:
        return pypdf.PdfReader(file).pages[page].extract_text()


def shown(page) -> str:
    """Return what the list of what went out marks."""
    history = page.facts.history
    return history.list.model().cell(history.list.currentIndex().row(), 0).text


def issue(qtbot, opened: Opened, *, alone: bool = True) -> None:
    """Issue the pack by its button."""
    page = opened.page
    click(qtbot, page.issue_button)
    qtbot.waitUntil(lambda: found(IssueDialog) is not None, timeout=20_000)
    form = found(IssueDialog)
    if alone:
        for box in form.editions.values():
            box.setChecked(False)
    click(qtbot, form.button)
    qtbot.waitUntil(lambda: page.bound is not None and page.bound.issue is not None, timeout=30_000)
    qtbot.waitUntil(lambda: page.sending.changes is not None, timeout=20_000)


def draft(qtbot, page) -> None:
    """Go back to the working draft by its row."""
    history = page.facts.history.list
    history.setFocus()
    qtbot.keyClick(history, Key.Key_Home)
    qtbot.waitUntil(lambda: page.bound.issue is None and not page.maker.busy, timeout=20_000)


def test_issued_with_every_edition_and_listed_with_its_hash(qtbot, opened: Opened) -> None:
    page = opened.page
    assert page.issue_button.text() == "배부본 확정…"
    assert page.state.sentence() == "초안"
    assert "초안" in text(page.bound.file, 0)
    click(qtbot, page.issue_button)
    qtbot.waitUntil(lambda: found(IssueDialog) is not None, timeout=20_000)
    form = found(IssueDialog)
    assert form.button.text() == "제1차 배부본 확정"
    assert not form.reason_field.isVisible()
    click(qtbot, form.button)
    qtbot.waitUntil(lambda: page.bound is not None and page.bound.issue is not None, timeout=30_000)
    qtbot.waitUntil(lambda: len(page.sending.issues[0].files) == len(Edition), timeout=10_000)
    [row] = page.sending.issues
    assert {file.edition for file in row.files} == {edition.value for edition in Edition}
    assert page.state.sentence() == "제1차 배부본"
    # The list takes it up when it was asked anew.
    qtbot.waitUntil(lambda: shown(page) == "제1차 배부본", timeout=20_000)
    assert row.short_hash in page.facts.history.list.model().cell(1, 0).sub
    assert row.short_hash in text(page.bound.file, 0)
    # What went out is looked at and not put together otherwise.
    assert not page.outline.model.movable() and not page.outline.add.isVisible()
    page.facts.edition.setCurrentIndex(2)
    qtbot.waitUntil(lambda: page.bound.asked.edition == Edition.CHAIR, timeout=20_000)
    assert page.bound.facts.sha256 == row.file(Edition.CHAIR.value).sha256
    # Nothing changed: there is nothing to send.
    qtbot.waitUntil(lambda: not page.issue_button.isVisible(), timeout=20_000)
    history = page.facts.history
    assert not history.supplement.isEnabled() and history.supplement.toolTip()


def test_the_meetings_own_step_is_offered(qtbot, opened: Opened) -> None:
    page = opened.page
    issue(qtbot, opened)
    assert page.offer.isVisible() and page.offer.step.isVisible()
    assert "제1차 배부본" in page.offer.title.text()
    click(qtbot, page.offer.step)
    qtbot.waitUntil(lambda: found(DistributeDialog) is not None, timeout=10_000)
    found(DistributeDialog).reject()
    click(qtbot, page.offer.close_button)
    assert not page.offer.isVisible()
    assert page.facts.history.send.isVisibleTo(page.facts)


def test_what_came_after_goes_out_as_a_supplement(qtbot, opened: Opened) -> None:
    page = opened.page
    issue(qtbot, opened)
    last = page.sending.issues[0].last_page
    draft(qtbot, page)
    mark(page, "좌석 배치도")
    qtbot.keyClick(page.outline.list, Key.Key_Space)
    qtbot.waitUntil(lambda: page.issue_button.text() == "보충자료…", timeout=20_000)
    click(qtbot, page.issue_button)
    form = found(SupplementDialog)
    assert [box.text() for _key, box in form.new.boxes] == ["좌석 배치도"]
    click(qtbot, form.button)
    assert form.isVisible() and form.reason_field.error.text()
    form.reason_field.field.setText("늦은 제출")
    qtbot.keyClick(form, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page.sending.issues) == 2, timeout=30_000)
    qtbot.waitUntil(lambda: shown(page) == "보충자료 제1차", timeout=20_000)
    row = page.sending.issues[1]
    assert (row.kind, row.first_page, row.reason) == (IssueKind.SUPPLEMENT, last + 1, "늦은 제출")
    qtbot.waitUntil(lambda: page.bound.issue is not None, timeout=20_000)
    assert page.reader.page.text() == f"{last + 1} 보충 1"
    assert page.facts.history.reason.text() == "사유: 늦은 제출"


def test_what_says_something_else_goes_out_as_a_revision(qtbot, opened: Opened) -> None:
    page = opened.page
    issue(qtbot, opened)
    draft(qtbot, page)
    page.desk.do(agenda.edit_item, id=opened.item_id, request="공개한다.")
    qtbot.waitUntil(lambda: page.issue_button.text() == "수정본…", timeout=20_000)
    # The order of business says what is asked, so it changed too.
    assert page.facts.history.list.model().cell(0, 0).sub == "배부 뒤 변경 2건"
    click(qtbot, page.issue_button)
    form = found(RevisionDialog)
    boxes = dict(form.changed.boxes)
    assert list(boxes) == ["agenda", f"item-{opened.item_id}"]
    assert "9쪽" in boxes[f"item-{opened.item_id}"].text()
    for box in boxes.values():
        box.setChecked(False)
    form.reason_field.field.setText("오기 정정")
    click(qtbot, form.button)
    assert form.isVisible() and form.refusal_row.isVisible()
    boxes[f"item-{opened.item_id}"].setChecked(True)
    click(qtbot, form.button)
    qtbot.waitUntil(lambda: len(page.sending.issues) == 2, timeout=30_000)
    qtbot.waitUntil(lambda: shown(page) == "수정본 제1차", timeout=20_000)
    qtbot.waitUntil(
        lambda: page.bound.issue is not None and page.bound.issue.kind == IssueKind.REVISION,
        timeout=20_000,
    )
    assert "9" in page.bound.labels
    assert len(titles(page)) == 1


def test_issued_anew_needs_a_reason(qtbot, opened: Opened) -> None:
    page = opened.page
    issue(qtbot, opened)
    page.desk.do(agenda.edit_item, id=opened.item_id, request="공개한다.")
    qtbot.waitUntil(lambda: page.issue_button.text() == "수정본…", timeout=20_000)
    click(qtbot, page.facts.history.again)
    qtbot.waitUntil(lambda: found(IssueDialog) is not None, timeout=20_000)
    form = found(IssueDialog)
    assert form.button.text() == "제2차 배부본 확정"
    click(qtbot, form.button)
    assert form.isVisible() and form.reason_field.error.text()
    form.reject()


def test_stopped_while_it_is_issued_nothing_went_out(qtbot, opened: Opened) -> None:
    page = opened.page
    click(qtbot, page.issue_button)
    qtbot.waitUntil(lambda: found(IssueDialog) is not None, timeout=20_000)
    works: list = []
    page.desk.working.connect(works.append)
    with to_be_stopped():
        click(qtbot, found(IssueDialog).button)
    works[0].cancel()
    qtbot.waitUntil(lambda: "멈췄습니다" in opened.window.toast.words.text(), timeout=20_000)
    assert page.sending.issues == []
    assert page.issue_button.isVisible()


def test_the_pack_of_a_closed_meeting_is_sealed_but_read_and_printed(qtbot, opened: Opened) -> None:
    page = opened.page
    issue(qtbot, opened)
    draft(qtbot, page)
    opened.store.run(steps.cancel, id=opened.meeting_id, reason="예시: 성원 미달 예상")
    qtbot.waitUntil(lambda: not page.putting.changeable, timeout=20_000)
    qtbot.waitUntil(lambda: not page.outline.add.isVisible(), timeout=20_000)
    qtbot.waitUntil(lambda: not page.facts.history.again.isVisibleTo(page.facts), timeout=20_000)
    assert not page.issue_button.isVisible()
    # What is left out is not shown any more, and nothing can be taken out.
    qtbot.waitUntil(lambda: "좌석 배치도" not in titles(page), timeout=10_000)
    mark(page, "위원 명부")
    qtbot.keyClick(page.outline.list, Key.Key_Space)
    qtbot.wait(200)
    assert page.putting.outline.line("roster").included
    assert page.print_button.isEnabled() and page.save_button.isEnabled()


def test_an_edition_that_was_not_made_is_made_or_refused(qtbot, opened: Opened) -> None:
    page = opened.page
    issue(qtbot, opened)
    page.facts.edition.setCurrentIndex(2)
    qtbot.waitUntil(lambda: page.bound.asked.edition == Edition.CHAIR, timeout=20_000)
    assert page.bound.issue is not None
    page.facts.edition.setCurrentIndex(0)
    qtbot.waitUntil(lambda: page.bound.asked.edition == Edition.MEMBERS, timeout=20_000)
    page.desk.do(agenda.edit_item, id=opened.item_id, request="공개한다.")
    qtbot.waitUntil(lambda: page.issue_button.isVisible() and page.settled, timeout=20_000)
    # Made now it would say something else than the issue: the members' pages stay in front.
    page.facts.edition.setCurrentIndex(1)
    banner = opened.window.shell.banner
    qtbot.waitUntil(banner.isVisible, timeout=20_000)
    assert page.bound.asked.edition == page.facts.edition.value() == Edition.MEMBERS
    assert page.state.sentence() == "제1차 배부본"


class Halting:
    """What a job sees of the desk, for a person who presses Stop once the pack itself is out."""

    def __init__(self, store) -> None:
        self.store, self.reading, self.out = store, store.reading, False

    def run(self, usecase, **asked):
        done = self.store.run(usecase, **asked)
        self.out = True
        return done

    def cancelled(self) -> bool:
        return self.out

    def progress(self, _done: int, _of: int, _message: str) -> None:
        if self.out:
            raise Cancelled


def test_stopped_between_editions_the_pack_is_out_and_the_rest_is_named(
    small_office: Path, tmp_path: Path
) -> None:
    with offices.opened(copied(small_office, tmp_path)) as store:
        editions = [Edition.PUBLIC.value, Edition.CHAIR.value]
        sent = office.issue(
            Halting(store), meeting_id=2, language="ko", reason="", editions=editions
        )
        assert sent.left == tuple(editions)
        with store.reading() as read:
            [row] = issues.of_meeting(read, meeting_id=2)
        assert [file.edition for file in row.files] == [Edition.MEMBERS.value]
