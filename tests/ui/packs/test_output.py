"""A pack on its way out by hand: saved, previewed, printed, numbered copies, what was printed."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdf
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton

from gwangju_desktop.packs import copies
from gwangju_desktop.packs.issuing import issue_pack
from tests.ui.packs.acts import CONTROL, PAGES, Key, click, found, tick
from tests.ui.packs.conftest import Opened
from ui.packs.printing import Order, PrintPreview, new_printer


def to_file(target: Path, resolution: int = 60) -> QPrinter:
    """Return a printer that writes a file."""
    printer = new_printer("회의자료")
    printer.setResolution(resolution)
    printer.setOutputFileName(str(target))
    return printer


def issued(qtbot, opened: Opened) -> int:
    """Issue the pack as somebody else would; return its id once the page shows it."""
    page = opened.page
    done = issue_pack(opened.store, meeting_id=opened.meeting_id)
    qtbot.waitUntil(lambda: bool(page.sending.issues), timeout=20_000)
    qtbot.waitUntil(lambda: page.sending.front() is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not page.maker.busy, timeout=20_000)
    return done.id


def test_saved_by_the_dialog_under_a_korean_name_and_its_folder_opened(
    qtbot, opened: Opened, tmp_path: Path, monkeypatch
) -> None:
    folder = tmp_path / "회의 자료 모음"
    folder.mkdir()
    target = folder / "제3회 정기회의 회의자료.pdf"
    target.write_bytes(b"an older one")
    page = opened.page
    qtbot.keyClick(opened.window, Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: found(QFileDialog) is not None, timeout=20_000)
    dialog = found(QFileDialog)
    typed = dialog.findChild(QLineEdit, "fileNameEdit")
    name = "탄소중립도시추진위원회_제3회 정기회의_회의자료(위원용) 초안_"
    assert typed.text().startswith(name) and typed.text().endswith(".pdf")
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    typed.setText(str(target))
    qtbot.keyClick(typed, Key.Key_Return)
    qtbot.waitUntil(page.offer.isVisible, timeout=10_000)
    assert target.read_bytes() == page.bound.file.read_bytes()
    assert target.name in page.offer.words.text()
    assert [path.name for path in folder.iterdir()] == [target.name]
    opened_urls: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened_urls.append)
    click(qtbot, page.offer.folder)
    assert [Path(url.toLocalFile()) for url in opened_urls] == [folder]


def test_a_folder_that_is_gone_is_told_in_one_sentence(
    qtbot, opened: Opened, tmp_path: Path
) -> None:
    opened.page.output.on_save_to(str(tmp_path / "없는 폴더" / "회의자료.pdf"))
    qtbot.waitUntil(lambda: opened.window.shell.banner.isVisible(), timeout=10_000)
    assert "없는 폴더" in opened.window.shell.banner.words.text()


def test_printed_to_a_file_with_its_landscape_page_turned_and_noted(
    qtbot, opened: Opened, tmp_path: Path
) -> None:
    page = opened.page
    qtbot.keyClick(opened.window, Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: found(PrintPreview) is not None, timeout=20_000)
    preview = found(PrintPreview)
    qtbot.waitUntil(lambda: preview.sheets.pageCount() == PAGES, timeout=20_000)
    assert not preview.numbered.isVisible(), "a draft has no numbered copies"
    qtbot.keyClick(preview, Key.Key_PageDown)
    assert preview.page.text() == f"2 / {PAGES}쪽"
    click(qtbot, preview.view.parts[1])
    click(qtbot, preview.print_button)
    qtbot.waitUntil(lambda: found(QPrintDialog) is not None, timeout=20_000)
    dialog = found(QPrintDialog)
    assert dialog.isVisible() and opened.window.shell.alerts.dialog is None
    assert any("인쇄" in b.text() for b in dialog.findChildren(QPushButton))
    dialog.reject()
    preview.reject()
    # A PC without a printer is told so, and nothing hangs.
    nowhere = new_printer("회의자료")
    nowhere.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    page.output.on_ordered(nowhere, Order(1, 1, 1))
    qtbot.waitUntil(lambda: opened.window.shell.banner.isVisible(), timeout=10_000)
    assert "프린터가 없습니다" in opened.window.shell.banner.words.text()
    target = tmp_path / "인쇄 결과.pdf"
    page.output.on_ordered(to_file(target), Order(10, 11, 2))
    qtbot.waitUntil(target.exists, timeout=30_000)
    with pikepdf.open(target) as pdf:
        boxes = [tuple(round(float(x)) for x in sheet.mediabox) for sheet in pdf.pages]
    assert boxes == [(0, 0, 595, 842)] * 4
    history = page.facts.history
    qtbot.waitUntil(lambda: len(history.runs) == 1, timeout=10_000)
    assert [(run.pages, run.copies, run.issue_id) for run in history.runs] == [("10–11", 2, None)]
    assert history.prints.isVisibleTo(page.facts)


def test_stopped_while_it_is_printed_nothing_is_left(qtbot, opened: Opened, tmp_path: Path) -> None:
    page, target = opened.page, tmp_path / "인쇄.pdf"
    qtbot.waitUntil(lambda: page.desk.idle, timeout=20_000)
    page.output.on_ordered(to_file(target, 1200), Order(1, PAGES, 40))
    strip = opened.window.shell.strip
    qtbot.waitUntil(lambda: strip.isVisible() and "인쇄" in strip.title.text(), timeout=10_000)
    click(qtbot, strip.stop)
    qtbot.waitUntil(lambda: "멈췄습니다" in opened.window.toast.words.text(), timeout=10_000)
    assert list(tmp_path.glob("*.pdf")) == []
    assert page.facts.history.runs == []


def test_every_seat_gets_a_copy_with_its_number_on_the_cover(
    qtbot, opened: Opened, tmp_path: Path
) -> None:
    page = opened.page
    id = issued(qtbot, opened)
    qtbot.keyClick(opened.window, Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: found(PrintPreview) is not None, timeout=20_000)
    preview = found(PrintPreview)
    assert preview.numbered.text() == "위원별 번호 매김(3부)"
    tick(qtbot, preview.numbered)
    assert preview.spares.isVisible()
    preview.reject()
    target = tmp_path / "번호 매김.pdf"
    with qtbot.waitSignal(page.desk.working):
        page.output.on_ordered(to_file(target), Order(1, 3, 1, spare=1))
    qtbot.waitUntil(target.exists, timeout=30_000)
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == 4 * 3
    qtbot.waitUntil(lambda: len(page.facts.history.runs) == 1, timeout=10_000)
    run = page.facts.history.runs[0]
    assert (run.pages, run.copies, run.issue_id) == ("1–3", 4, id)
    with opened.store.reading() as read:
        rows = copies.copies(read, issue_id=id)
    assert [(row.number, bool(row.membership_id)) for row in rows] == [
        (1, True),
        (2, True),
        (3, True),
        (4, False),
    ]


def test_all_files_of_an_issue_are_saved_under_their_names(
    qtbot, opened: Opened, tmp_path: Path
) -> None:
    page = opened.page
    id = issued(qtbot, opened)
    page.facts.history.list.choose(id)
    qtbot.waitUntil(lambda: page.bound is not None and page.bound.issue is not None, timeout=20_000)
    page.output.on_save_all_to(str(tmp_path))
    qtbot.waitUntil(page.offer.isVisible, timeout=10_000)
    [saved] = tmp_path.glob("*.pdf")
    assert saved.name.startswith("탄소중립도시추진위원회_제3회 정기회의_회의자료(위원용)_")
    with saved.open("rb") as file:
        first = pypdf.PdfReader(file).pages[0].extract_text()
    assert page.bound.issue.short_hash in first
