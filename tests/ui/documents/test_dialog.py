"""The documents dialog: every kind made, every format saved, the draft copied, registered once."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from gwangju_desktop import clock
from gwangju_desktop.catalogue.entries import ENTRIES, TABLES, About
from gwangju_desktop.documents import writers
from gwangju_desktop.documents.plain import plain
from gwangju_desktop.meetings import queries
from gwangju_desktop.outgoing import queries as outgoing
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped, nameless
from ui.documents import kinds, output
from ui.documents.dialog import DocumentsDialog
from ui.documents.draft import DraftDialog
from ui.packs.printing import PrintPreview


def opened(window, name: str, id: int | None = None, **given) -> DocumentsDialog:
    """Open the dialog on a document and wait for its pages."""
    dialog = DocumentsDialog(window, window.shell.desk, name, id, **given)
    dialog.open()
    made(dialog)
    return dialog


def made(dialog: DocumentsDialog) -> None:
    """Wait until the dialog shows what its form asks for."""
    view = dialog.preview.view
    spin(lambda: dialog.settled and (dialog.bound is None or view.picture(0) is not None), 30)


def closed(window, dialog) -> None:
    dialog.reject()
    rest(window)


@pytest.fixture
def meeting_id(window) -> int:
    """The sample's next meeting."""
    with window.shell.desk.store.reading() as read:
        return queries.next_meeting_id(read, today=clock.today())


def test_a_document_is_chosen_and_saved_in_its_formats(
    window, meeting_id: int, tmp_path: Path
) -> None:
    dialog = opened(window, "agenda", meeting_id)
    assert dialog.bound is not None and dialog.preview.view.picture(0) is not None
    offered = [suffix for suffix, _label in dialog.format.options]
    assert offered == [one for one in TABLES if one in writers.FORMATS]
    folder = tmp_path / "내 문서 폴더"
    folder.mkdir()
    for suffix in offered:
        dialog.output.on_save_to(str(folder / f"의사일정.{suffix}"))
        spin(lambda wanted=folder / f"의사일정.{suffix}": wanted.is_file(), 20)
        rest(window)
    assert (folder / "의사일정.pdf").read_bytes().startswith(b"%PDF-")
    assert "<html" in (folder / "의사일정.html").read_text("utf-8").lower()
    for suffix in set(offered) & {"hwpx", "xlsx"}:
        with zipfile.ZipFile(folder / f"의사일정.{suffix}") as packed:
            assert packed.testzip() is None
    assert dialog.output.open_button.isVisible()
    assert output.folder() == str(folder)
    closed(window, dialog)


def test_keys_save_and_print(window, meeting_id: int) -> None:
    dialog = opened(window, "agenda", meeting_id)
    QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (asked,) = dialog.findChildren(QFileDialog)
    assert Path(asked.selectedFiles()[0]).name == f"{dialog.bound.composed.name}.pdf"
    asked.reject()
    QTest.keyClick(dialog, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    spin(lambda: dialog.findChildren(PrintPreview), 20)
    (shown,) = dialog.findChildren(PrintPreview)
    assert len(shown.pictures) == dialog.bound.pages
    shown.reject()
    rest(window)
    closed(window, dialog)


def test_the_folder_of_what_was_saved_opens(
    window, meeting_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    monkeypatch.setattr(output.QDesktopServices, "openUrl", seen.append)
    dialog = opened(window, "agenda", meeting_id)
    dialog.output.on_save_to(str(tmp_path / "a.pdf"))
    spin(dialog.output.open_button.isVisible, 20)
    click(dialog.output.open_button)
    assert [Path(url.toLocalFile()) for url in seen] == [tmp_path]
    closed(window, dialog)


def test_a_folder_that_is_gone_is_said_in_the_dialog(
    window, meeting_id: int, tmp_path: Path
) -> None:
    dialog = opened(window, "agenda", meeting_id)
    dialog.output.on_save_to(str(tmp_path / "없는 폴더" / "a.pdf"))
    spin(dialog.refusal_row.isVisible, 20)
    assert "없는 폴더" in dialog.refusal.text()
    closed(window, dialog)


def test_every_document_of_a_meeting_that_can_be_made_is_offered(window, meeting_id: int) -> None:
    dialog = opened(window, "agenda", meeting_id)
    names = [name for name, _label in dialog.kind.field.options]
    meant = {one.name for one in ENTRIES.values() if one.about is About.MEETING}
    # Before the meeting there are neither minutes nor results, and nobody votes in writing.
    assert set(names) == meant - {"minutes", "report", "payment", "ballots"}
    for place, name in enumerate(names):
        dialog.kind.field.setCurrentIndex(place)
        made(dialog)
        assert dialog.bound is not None or name == "actions", name
    assert not clipped(dialog) and not nameless(dialog)
    closed(window, dialog)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_words_of_the_form_fit_in_a_low_window(window, language: str) -> None:
    window.resize(911, 432)
    window.shell.speak(language)
    dialog = opened(window, "request", 1, membership_ids=[1])
    for place in range(dialog.kind.field.count()):
        dialog.kind.field.setCurrentIndex(place)
        made(dialog)
        assert not clipped(dialog) and not nameless(dialog), dialog.kind.value()
        pane = dialog.options.parentWidget().parentWidget()
        assert dialog.options.width() <= pane.width()
    closed(window, dialog)


def test_what_cannot_be_made_says_why(window, meeting_id: int) -> None:
    dialog = opened(window, "report", meeting_id)
    assert dialog.bound is None and dialog.preview.trouble.hint.text()
    assert not dialog.button.isEnabled() and not dialog.print_button.isEnabled()
    closed(window, dialog)


def test_the_draft_goes_to_the_clipboard_and_its_enclosures_to_a_folder(
    window, meeting_id: int, tmp_path: Path
) -> None:
    dialog = opened(window, "notice", meeting_id)
    click(dialog.draft_button)
    spin(lambda: dialog.findChild(DraftDialog), 10)
    draft = dialog.findChild(DraftDialog)
    assert [one.title for one in draft.draft.enclosed] == ["의사일정", "참석 여부 회신서"]
    click(draft.button)
    words = QApplication.clipboard().text()
    assert "\n  가. 일시: " in words and words.rstrip().endswith("끝.")
    asked = draft.findChild(QFileDialog)
    asked.reject()
    draft.on_folder(str(tmp_path))
    spin(lambda: len(list(tmp_path.glob("*.pdf"))) == 2, 20)
    rest(window)
    names = sorted(file.name for file in tmp_path.glob("*.pdf"))
    assert [name.split("붙임")[1] for name in names] == ["1 의사일정.pdf", "2 참석 여부 회신서.pdf"]
    assert "2건" in dialog.facts.text()
    closed(window, dialog)


def test_a_document_is_registered_once_and_undone(window, meeting_id: int) -> None:
    dialog = opened(window, "notice", meeting_id)
    desk = window.shell.desk
    click(dialog.dispatch.button)
    spin(lambda: dialog.dispatch.sent is not None)
    assert not dialog.dispatch.button.isVisible()
    assert dialog.dispatch.state.sentence() == "시행 전"
    with desk.store.reading() as read:
        (row,) = outgoing.of_meeting(read, meeting_id=meeting_id, today=clock.today())
    assert row.kind == "notice" and row.title and row.waiting
    desk.undo()
    spin(lambda: dialog.dispatch.sent is None and dialog.dispatch.button.isVisible())
    dialog.kind.field.choose("agenda")
    dialog.on_kind()
    made(dialog)
    assert dialog.dispatch.isHidden()
    closed(window, dialog)


def test_letters_of_a_body_are_for_everybody_or_the_chosen(window) -> None:
    desk = window.shell.desk
    dialog = opened(window, "letter", 1)
    assert dialog.bound.pages == 35
    closed(window, dialog)
    with desk.store.reading() as read:
        ids = kinds.everybody(read, 1)[:2]
    dialog = opened(window, "letter", 1, membership_ids=ids)
    assert dialog.people.isVisible() and dialog.bound.pages == 2
    dialog.people.field.setCurrentIndex(1)
    made(dialog)
    assert dialog.bound.pages == 35
    closed(window, dialog)


def test_a_typed_word_makes_the_pages_anew(window) -> None:
    dialog = opened(window, "request", 1)
    before = dialog.bound.file
    type_into(dialog.options.fields["recipient"].field, "가상 협회장")
    spin(lambda: dialog.settled and dialog.bound.file != before, 20)
    assert dialog.bound.composed.recipient == "가상 협회장"
    # Whoever saves while the pages are being made gets what was typed.
    typed = dialog.options.fields["field"].field
    type_into(typed, "가상 분야")
    QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    spin(lambda: dialog.findChildren(QFileDialog), 20)
    assert "가상 분야" in plain(dialog.bound.composed)
    dialog.findChild(QFileDialog).reject()
    day = dialog.options.fields["on"].field
    type_into(day, "2022-02-30")
    QTest.keyClick(day, Qt.Key.Key_Tab)
    spin(lambda: dialog.settled and dialog.bound is None)
    assert "2022-02-30" in dialog.preview.trouble.hint.text() and not dialog.button.isEnabled()
    closed(window, dialog)
