"""The form of documents: fields at the left, the page that shows them at the right."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSize

from gwangju_desktop.documents import paper_settings
from tests.ui.acting import click
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped, nameless
from ui.settings.paper import PaperDialog


def opened(window) -> PaperDialog:
    dialog = PaperDialog(window, window.shell.desk)
    dialog.open()
    spin(lambda: dialog.preview.file is not None and dialog.settled, 30)
    return dialog


def page(dialog) -> bytes:
    """Wait for the page of the fields and return its picture."""
    view = dialog.preview.view
    spin(lambda: dialog.settled and view.picture(0) is not None and not view.leaves[0].old, 30)
    return bytes(view.picture(0).constBits())


def test_the_page_follows_the_fields(window) -> None:
    dialog = opened(window)
    first = page(dialog)
    dialog.margins["left"].field.setText("45")
    spin(lambda: dialog.making is not None)
    second = page(dialog)
    dialog.lines.field.setPlainText("가상시 사무국\n가상로 1")
    spin(lambda: dialog.making is not None)
    assert len({first, second, page(dialog)}) == 3
    assert clipped(dialog) == [] and nameless(dialog) == []
    dialog.reject()
    rest(window)


def test_margins_without_room_are_refused_in_their_field(window) -> None:
    dialog = opened(window)
    before = dialog.preview.file
    dialog.margins["left"].field.setText("90")
    dialog.look()
    assert dialog.margins["left"].wrong_row.isVisibleTo(dialog)
    assert not dialog.button.isEnabled() and dialog.preview.file == before
    dialog.margins["left"].field.setText("")
    dialog.look()
    assert "밀리미터" in dialog.margins["left"].error.text()
    dialog.margins["left"].field.setText("70")
    dialog.margins["right"].field.setText("70")
    dialog.look()
    assert "자리가 없습니다" in dialog.margins["right"].error.text()
    dialog.margins["left"].field.setText("25")
    dialog.margins["right"].field.setText("18")
    page(dialog)
    assert dialog.button.isEnabled() and not dialog.margins["right"].wrong_row.isVisibleTo(dialog)
    dialog.reject()
    rest(window)


def test_a_form_with_a_logo_is_saved_and_undone_in_one_step(window, tmp_path: Path) -> None:
    from PIL import Image

    dialog = opened(window)
    wrong = tmp_path / "로고.txt"
    wrong.write_text("글")
    dialog.on_picked(str(wrong))
    spin(lambda: dialog.logo_fault.isVisibleTo(dialog), 20)
    assert "로고.txt" in dialog.logo_fault.text()
    out = io.BytesIO()
    Image.new("RGB", (90, 30), (0, 90, 160)).save(out, "PNG")
    right = tmp_path / "로고.png"
    right.write_bytes(out.getvalue())
    dialog.on_picked(str(right))
    spin(lambda: dialog.png is not None, 20)
    assert not dialog.logo_fault.isVisibleTo(dialog) and dialog.drop.isVisibleTo(dialog)
    dialog.lines.field.setPlainText("가상시 사무국")
    page(dialog)
    closed = []
    dialog.accepted.connect(lambda: closed.append(True))
    click(dialog.button)
    spin(lambda: closed, 10)
    desk = window.shell.desk
    with desk.store.reading() as read:
        form = paper_settings.of_office(read)
        assert form.lines == "가상시 사무국" and form.logo
        assert paper_settings.logo(read)
    again = opened(window)
    assert again.lines.field.value() == "가상시 사무국" and again.png
    click(again.drop)
    assert again.png is None and not again.drop.isVisibleTo(again)
    page(again)
    again.reject()
    desk.undo()
    rest(window)
    with desk.store.reading() as read:
        assert paper_settings.of_office(read) == paper_settings.Form()


def test_it_fits_a_low_screen(window, monkeypatch: pytest.MonkeyPatch) -> None:
    low = SimpleNamespace(availableSize=lambda: QSize(911, 480))
    monkeypatch.setattr(PaperDialog, "screen", lambda _self: low)
    dialog = opened(window)
    assert dialog.width() <= 911 and dialog.height() <= 480
    assert dialog.button.isVisibleTo(dialog) and clipped(dialog) == []
    dialog.reject()
    rest(window)


def test_it_opens_from_the_settings_where_one_may_write(window) -> None:
    window.shell.show_settings("documents")
    rest(window)
    click(window.shell.rooms.page("settings").built["documents"].paper)
    spin(lambda: window.findChildren(PaperDialog), 10)
    (paper,) = window.findChildren(PaperDialog)
    spin(lambda: paper.preview.file is not None and paper.settled, 30)
    paper.reject()
    rest(window)
