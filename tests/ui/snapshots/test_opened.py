"""An opened copy: what changed, what was verified, its files, and one that does not verify."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from gwangju_desktop.reviews import drafts, own_key
from gwangju_desktop.snapshots.opening import open_snapshot
from tests.gwangju_desktop.snapshots import hostile
from tests.ui.conftest import rest, spin
from tests.ui.snapshots.conftest import opened, page_of
from ui import alerts
from ui.snapshots import opened as room
from ui.snapshots.changes import ChangeLine
from ui.widgets.parts import Button


def said(widget) -> str:
    """Return every word a widget shows."""
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def click(window, button) -> None:
    """Press a button as a person does."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    rest(window)


def lines_of(page) -> list[ChangeLine]:
    """Return the changes on screen."""
    return [line for line in page.changes.model().kept.values() if isinstance(line, ChangeLine)]


@pytest.fixture
def compared(shared_window, copies):
    """A copy laid beside the one before it, in a window on an office."""
    page = opened(shared_window, copies[2])
    page.compare_with(copies[1])
    spin(lambda: page.comparison is not None, 15)
    rest(shared_window)
    yield page
    page.on_close()


def test_what_changed_is_told_in_groups_and_filtered(compared, shared_window) -> None:
    page = compared
    parts = page.filter.parts
    words = [part.text().strip() for part in parts]
    assert words == ["전체 16", "추가 13", "변경 2", "제외 1"]
    assert "모두 16건" in page.meta.text() and "제1호" in page.meta.text()
    lines = lines_of(page)
    # Thirteen items stand in one line; the hidden proposal counts as withdrawn.
    assert [line.change.kind for line in lines] == ["added", "changed", "changed", "withdrawn"]
    folded = next(line for line in lines if line.more)
    assert folded.what.endswith("13건") and len(folded.more) == 12
    click(shared_window, parts[3])
    (gone,) = lines_of(page)
    assert gone.change.hidden and "비공개로 바뀌어" in said(page.card.details)
    assert page.card.place.text() == "1 / 1"
    click(shared_window, parts[0])
    assert len(lines_of(page)) == 4


def test_keys_walk_the_list_and_open_what_stands_in_one_line(compared, shared_window) -> None:
    page = compared
    page.changes.setFocus()
    QTest.keyClick(page.changes, Qt.Key.Key_Home)
    for _ in range(8):
        if page.change_line() is not None and page.change_line().table.name == "action":
            break
        QTest.keyClick(page.changes, Qt.Key.Key_Down)
    rest(shared_window)
    line = page.change_line()
    assert line.table.name == "action" and "→" in line.what
    words = said(page.card.details)
    assert "이전" in words and "이후" in words and "기한이 지난 뒤에 옮김" in words
    QTest.keyClick(page.changes, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert line.what in QApplication.clipboard().text()
    folded = next(one for one in lines_of(page) if one.more)
    page.changes.choose(folded.id)
    rest(shared_window)
    assert "덧붙인 안건 12(예시)" in said(page.card.details)
    QTest.keyClick(page.changes, Qt.Key.Key_Return)
    assert len(lines_of(page)) == 16
    added = [one.what for one in lines_of(page) if one.change.kind == "added"]
    assert sorted(added)[-1] == "덧붙인 안건 12(예시)"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_list_is_exported(compared, shared_window, tmp_path, monkeypatch, suffix) -> None:
    page = compared
    target = tmp_path / f"바뀐 내용{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    click(shared_window, page.out.export)
    spin(target.exists)
    rest(shared_window)
    if suffix == ".csv":
        with target.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    else:
        sheet = load_workbook(target).active
        rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows[0][:4] == ["분야", "자료", "구분", "기록"] and len(rows) == 17
    due = next(row for row in rows if row[1] == "조치사항")
    assert due[5] and due[6] and due[5] != due[6] and "기한이 지난 뒤" in due[8]


def test_a_change_is_put_into_the_review_only_with_a_key_of_ones_own(
    compared, shared_window
) -> None:
    page = compared
    assert page.answering.draft is not None and page.out.note not in page.out.buttons()
    own_key.make("모니터의 암호구절 하나")
    page.on_change(None)
    assert page.out.note.isVisible()
    before = len(page.answering.draft.comments)
    click(shared_window, page.out.note)
    dialog = QApplication.activeModalWidget()
    what = page.change_line().what
    assert what in dialog.text.value() and "제1호와 제2호" in dialog.text.value()
    dialog.on_confirm()
    rest(shared_window)
    kept = page.answering.draft.comments
    assert len(kept) == before + 1 and what in kept[-1].text
    assert drafts.listed(page.answering.copy.snapshot)[0].comments == kept


# --- the verify page ------------------------------------------------------------------------------


def test_the_verify_page_says_signer_chain_and_what_came_late(shared_window, copies) -> None:
    page = opened(shared_window, copies[2])
    spin(lambda: page.link is not None, 15)
    details = next(b for b in shared_window.shell.ribbon.findChildren(Button) if b.kind == "link")
    click(shared_window, details)
    assert page.faces.currentIndex() == room.VERIFIED
    words = said(page.verification)
    assert "제1호 사본(첫째.gwsnap)에 이어집니다" in words
    manifest = page.view.manifest
    assert manifest.audit_hash[:16] in words and f"{manifest.audit_id:,}번째" in words
    assert page.view.verdict.fingerprint[:19] in words
    # The copy found beside is offered for comparing too.
    page.tabs.choose(room.CHANGES)
    page.on_tab(room.CHANGES)
    rest(shared_window)
    assert "제1호와 비교" in page.linking.compare.text()
    click(shared_window, page.linking.compare)
    spin(lambda: page.comparison is not None, 15)
    page.on_verification()
    assert page.view.late.count and f"기록이 {page.view.late.count}건" in words
    moved = page.view.moved.count
    assert moved and f"지난 뒤에 옮긴 기한이 {moved}건" in words
    shared_window.shell.speak("en")
    rest(shared_window)
    assert "Follows no. 1" in said(page.verification)
    shared_window.shell.speak("ko")
    rest(shared_window)
    page.on_close()


def test_the_copy_before_is_dropped_on_the_verify_page(
    shared_window, copies, tmp_path, monkeypatch
) -> None:
    away = tmp_path / "따로" / "둘째.gwsnap"
    away.parent.mkdir()
    shutil.copy(copies[2], away)
    page = opened(shared_window, away)
    rest(shared_window)
    page.on_verification()
    rest(shared_window)
    assert page.link is None and "그 파일을 고르면" in said(page.verification)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(copies[1]))])
    nothing = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, *nothing)
    QApplication.sendEvent(page.verification, entered)
    assert entered.isAccepted()
    drop = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, *nothing)
    QApplication.sendEvent(page.verification, drop)
    spin(lambda: page.link is not None, 15)
    rest(shared_window)
    assert page.link.follows and "에 이어집니다" in said(page.verification)
    # The newer one is not the one before: said in a sentence, nothing is taken.
    told: list[str] = []
    monkeypatch.setattr(alerts, "tell", lambda error: told.append(str(error)))
    shared_window.shell.desk.failed.connect(lambda error: told.append(str(error)))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(away), ""))
    click(shared_window, page.verification.choose)
    spin(lambda: told, 15)
    assert page.link.follows
    page.on_close()


# --- files ----------------------------------------------------------------------------------------


def test_public_files_are_opened_and_saved(shared_window, copies, tmp_path, monkeypatch) -> None:
    page = opened(shared_window, copies[2])
    click(shared_window, page.tabs.parts[room.FILED])
    line = page.files.line()
    assert line.one.member and page.files.save.isVisible()
    target = tmp_path / "저장한 파일"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    click(shared_window, page.files.save)
    spin(target.exists)
    assert target.stat().st_size == line.one.bytes
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    if line.one.opens:
        page.files.open.click()
        spin(lambda: shown)
        assert Path(shown[0]).read_bytes() == target.read_bytes()
    hidden = [one for one in page.files.list.model().kept.values() if hasattr(one, "one")]
    hidden = [one for one in hidden if not one.one.member]
    page.files.list.choose(hidden[0].id)
    rest(shared_window)
    assert not page.files.save.isVisible() and "해시값만" in said(page.card.details)
    rest(shared_window)
    page.on_close()


def test_days_are_counted_from_the_day_of_the_copy(shared_window, copies) -> None:
    page = opened(shared_window, copies[2])
    names = [view.name for view in page.view.tables]
    page.records.tables.choose(names.index("action"))
    rest(shared_window)
    view = page.view.table("action")
    at = {column.name: n for n, column in enumerate(view.columns)}
    made = page.view.manifest.made_at[:10]
    wanted = None
    for n, values in enumerate(view.rows):
        if values[at["due_on"]] and not values[at["done_on"]]:
            page.records.list.choose(n)
            rest(shared_window)
            wanted = "사본 기준일 D-" if values[at["due_on"]] >= made else "일 지남"
            assert wanted in said(page.card.details)
    assert wanted is not None
    page.on_close()


# --- what does not verify -------------------------------------------------------------------------


def test_a_changed_copy_is_looked_into_in_red_and_nothing_more(
    shared_window, copies, tmp_path
) -> None:
    window = shared_window
    data = bytearray(copies[2].read_bytes())
    data[data.index(b"manifest.sig") + 20] ^= 1
    broken = tmp_path / "바뀐 사본.gwsnap"
    broken.write_bytes(data)
    page = page_of(window)
    page.open_path(broken)
    spin(lambda: page.faces.currentWidget() is page.refused, 15)
    rest(window)
    assert page.refused.look.isVisible() and window.shell.ribbon.property("tone") == "bad"
    click(window, page.refused.look)
    spin(lambda: page.faces.currentWidget() is page.opened, 15)
    rest(window)
    seen = page.opened
    assert window.shell.ribbon.property("tone") == "bad" and seen.warning.isVisible()
    assert seen.title.text() == "확인되지 않은 사본" and not seen.compare_button.isVisible()
    for n in range(len(seen.tabs.parts)):
        if seen.tabs.parts[n].isVisible():
            click(window, seen.tabs.parts[n])
            assert seen.warning.isVisible() and not seen.card.trust.isVisible()
    hidden = {room.CHANGES, room.FILED, room.ANSWERS}
    shown = {n for n, part in enumerate(seen.tabs.parts) if part.isVisible()}
    assert hidden.isdisjoint(shown) and room.VERIFIED in shown
    page.on_close()
    # A sound one after it is shown with all its parts.
    seen = opened(window, copies[2])
    assert not seen.warning.isVisible() and seen.tabs.parts[room.ANSWERS].isVisible()
    page.on_close()


@pytest.mark.parametrize("name", ["endless view", "trigger", "newer format"])
def test_a_hostile_file_is_refused_in_a_sentence_and_the_window_lives(
    shared_window, tmp_path, name
) -> None:
    path = hostile.sealed(tmp_path, hostile.HOSTILE[name])
    page = page_of(shared_window)
    page.take([path])
    spin(lambda: page.faces.currentWidget() is page.refused, 20)
    rest(shared_window)
    assert path.name in page.refused.hint.text()
    assert (page.refused.title.text() == "다른 판의 사본입니다") is (name == "newer format")
    # What the child refused once is not offered to be looked at.
    assert not page.refused.look.isVisible()
    page.on_look()
    rest(shared_window)
    spin(lambda: path.name in page.refused.hint.text(), 20)
    assert page.faces.currentWidget() is page.refused and not page.refused.look.isVisible()
    click(shared_window, shared_window.shell.ribbon.close_button)
    shared_window.shell.rooms.go("meetings")
    rest(shared_window)
    assert shared_window.shell.desk.store is not None


def test_a_copy_as_it_is_sent_opens_too(shared_window, copies, tmp_path) -> None:
    sent = tmp_path / "둘째.zip"
    shutil.copy(copies[2], sent)
    shared_window.shell.open_file(str(sent))
    page = shared_window.shell.rooms.pages["snapshots"]
    spin(lambda: page.faces.currentWidget() is page.opened, 15)
    rest(shared_window)
    assert page.opened.view.path == sent
    assert open_snapshot(sent).verdict.manifest_sha256 == page.opened.view.verdict.manifest_sha256
    page.on_close()
