"""The manual: chapters and a search at the left, the chapter at the right; its own window.

It shows what lies in the program's folder and nothing else: a link leads to another chapter, or
nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QFileDialog, QTextBrowser, QWidget

from db.errors import DatabaseFault
from gwangju_desktop import manual
from gwangju_desktop.errors import UserError
from ui import alerts, theme
from ui.help import paper
from ui.models.rows import Cell, Column, RowTable, Table
from ui.settings import kept
from ui.text import C_, N_, say
from ui.widgets.fields import Field
from ui.widgets.focusring import FocusRing
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, column, frame, row, rule

SIZE, LEFT_WIDTH = (980, 700), 286
EDGE = 28  # px round the chapter
Key = Qt.Key
_NAME = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A chapter, or a line in one where the words asked for stand."""

    id: int
    chapter: str
    title: str
    sub: str = ""

    @property
    def height(self) -> int:
        """Return the row's height."""
        return 48 if self.sub else 34


LINES = Table(
    (
        Column(
            "title",
            N_("Title"),
            cell=lambda line: Cell(line.title, line.sub, role="secb" if line.sub else "sec"),
        ),
    )
)


class Browser(QTextBrowser):
    """Shows a chapter and the manual's own pictures; anything from elsewhere is not there."""

    def loadResource(self, _kind: int, name: QUrl) -> QImage | None:
        """Load a picture of the manual at the width there is, and nothing else."""
        ours = name.scheme() == "picture" and _NAME.fullmatch(name.path())
        known = manual.picture(name.path()) if ours else None
        if known is None:
            return None
        image = QImage(str(known))
        room = self.width() - 2 * EDGE - self.verticalScrollBar().sizeHint().width() - 2
        if image.width() <= room or room < 1:
            return image
        smooth = Qt.TransformationMode.SmoothTransformation
        return image.scaledToWidth(room, smooth)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(say(C_("manual", "Manual")))
        super().changeEvent(event)


class HelpWindow(QWidget):
    """A window beside the program's; Esc closes it, Alt+Left goes back."""

    def __init__(self, shell) -> None:
        super().__init__(shell.window, Qt.WindowType.Window)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.shell = shell
        self.here = ""
        self.past: list[str] = []
        self.future: list[str] = []
        self.search = Field(N_("Search the manual"))
        self.search.setClearButtonEnabled(True)
        self.search.typing.connect(self.on_search)
        self.search.returnPressed.connect(self.on_first)
        self.list = RowList(RowTable(LINES), C_("manual", "Chapters"), height=34, header=False)
        self.list.opened.connect(self.on_open)
        self.list.clicked.connect(self.on_open)
        self.nothing = Label("", "cap", wrap=True)
        self.nothing.hide()
        self.browser = Browser()
        self.browser.setOpenLinks(False)
        self.browser.setProperty("bare", True)
        self.browser.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.browser.document().setDocumentMargin(EDGE)
        self.browser.setAccessibleName(say(C_("manual", "Manual")))
        self.browser.anchorClicked.connect(self.on_link)
        back, forward = C_("navigation", "Back"), C_("navigation", "Forward")
        self.back = Button("", "ghost", "chevron-left", name=back, slot=self.on_back)
        self.forward = Button("", "ghost", "chevron-right", name=forward, slot=self.on_forward)
        self.first_meeting = Button(
            N_("Guided first meeting"), "link", "circle-dot", slot=self.on_guide
        )
        self.keys = Button(N_("Keys on this page"), "link", "info", slot=self.on_keys)
        self.save = Button(N_("Save the manual as PDF"), "link", "file-down", slot=self.on_save)
        self._lay_out()
        self.ring = FocusRing(self)
        for keys, slot in (
            ("Alt+Left", self.on_back),
            ("Alt+Right", self.on_forward),
            ("Ctrl+F", self.on_find),
            ("F6", self.on_pane),
            ("Esc", self.on_escape),
        ):
            QShortcut(QKeySequence(keys), self, slot)
        self.resize(
            theme.px(SIZE[0]), min(theme.px(SIZE[1]), self.screen().availableSize().height())
        )
        self.fill()
        self.retitle()

    def _lay_out(self) -> None:
        left = frame("leftpane")
        column(
            self.search,
            self.nothing,
            (self.list, 1),
            margins=(12, 14, 8, 12),
            gap=8,
            into=left,
        )
        left.setFixedWidth(theme.px(LEFT_WIDTH))
        self.left = left
        head = row(
            self.back,
            self.forward,
            None,
            self.first_meeting,
            self.keys,
            self.save,
            margins=(12, 8, 16, 8),
            gap=6,
        )
        right = column(head, rule(), (self.browser, 1), gap=0)
        row(left, (right, 1), gap=0, into=self)

    def retitle(self) -> None:
        """Name the chapter and the window in its title bar."""
        parts = [manual.title(self.here) if self.here else "", say(C_("manual", "Manual"))]
        self.setWindowTitle(" – ".join(part for part in parts if part))

    # --- what is shown
    def show_chapter(self, key: str, heading: str = "") -> None:
        """Show a chapter, and go to a heading of it; where one was before is remembered."""
        if self.here and self.here != key:
            self.past.append(self.here)
            self.future.clear()
        self._show(key)
        if heading:
            named = [one.heading for one in manual.sections(key, _language())]
            if heading in named:
                self.browser.scrollToAnchor(paper.heading_name(named.index(heading)))

    def _show(self, key: str) -> None:
        self.here = key
        self.browser.setHtml(paper.page(key))
        self.back.setEnabled(bool(self.past))
        self.forward.setEnabled(bool(self.future))
        self.retitle()
        self._mark()

    def fill(self) -> None:
        """List the chapters, or what answers to the words asked for."""
        asked = self.search.text().strip()
        self.found = manual.search(asked) if asked else []
        if asked:
            lines = [
                Line(n, one.chapter, one.title, one.excerpt or say(C_("manual", "Chapter")))
                for n, one in enumerate(self.found)
            ]
        else:
            lines = [
                Line(n, one.key, manual.title(one.key)) for n, one in enumerate(manual.chapters())
            ]
        self.list.model().show(lines)
        self.nothing.setVisible(bool(asked) and not lines)
        self.nothing.say(N_("Nothing found for “{words}”."), words=asked)
        self._mark()

    def _mark(self) -> None:
        """Put the list on the chapter that is shown, where it lists chapters."""
        if self.search.text().strip() or not self.here:
            return
        keys = [one.key for one in manual.chapters()]
        self.list.setCurrentIndex(self.list.model().index(keys.index(self.here), 0))

    # --- what a person does
    def on_search(self, _words: str) -> None:
        self.fill()

    def on_first(self) -> None:
        """Show the first that answers."""
        if self.list.model().rowCount():
            self.list.setCurrentIndex(self.list.model().index(0, 0))
            self.on_open()

    def on_open(self, *_ignored: object) -> None:
        n = self.list.currentIndex().row()
        if n < 0:
            return
        line = self.list.model().row(n)
        heading = self.found[n].heading if self.found else ""
        self.show_chapter(line.chapter, heading)
        if self.found:
            self._point_out()

    def _point_out(self) -> None:
        """Go to the first place of the words in the chapter and mark it."""
        words = self.search.text().strip().split()
        if not self.found[self.list.currentIndex().row()].heading:
            self.browser.moveCursor(QTextCursor.MoveOperation.Start)
        if words:
            self.browser.find(words[0])

    def on_link(self, url: QUrl) -> None:
        """Follow a link to a chapter; any other leads nowhere."""
        key = url.toString().removeprefix(manual.LINK)
        if url.scheme() == "chapter" and key in {one.key for one in manual.chapters()}:
            self.show_chapter(key)

    def on_back(self) -> None:
        if self.past:
            self.future.append(self.here)
            self._show(self.past.pop())

    def on_forward(self) -> None:
        if self.future:
            self.past.append(self.here)
            self._show(self.future.pop())

    def on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def on_pane(self) -> None:
        stops = [self.search, self.list, self.browser]
        at = next((n for n, one in enumerate(stops) if one.hasFocus()), -1)
        stops[(at + 1) % len(stops)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def on_escape(self) -> None:
        if self.search.text():
            self.search.clear()
            self.fill()
        else:
            self.close()

    def on_keys(self) -> None:
        self.shell.on_keys()

    def on_guide(self) -> None:
        self.shell.on_guide()

    # --- as a document
    def on_save(self) -> None:
        """Ask where the manual goes as a PDF file."""
        asked = QFileDialog(self, say(N_("Save the manual as PDF")), _folder())
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.setNameFilters([say(N_("PDF documents ({pattern})"), pattern="*.pdf")])
        asked.setDefaultSuffix("pdf")
        asked.selectFile(f"{say(C_('manual', 'Manual'))}.pdf")
        asked.fileSelected.connect(self.on_save_to)
        asked.open()

    def on_save_to(self, name: str) -> None:
        """Write the whole manual in the language shown as a tagged PDF file."""
        from gwangju_desktop import manual_document

        try:
            manual_document.save(Path(name), _language())
        except (UserError, DatabaseFault, OSError) as error:
            alerts.tell(error)
            return
        self.shell.window.toast.tell(N_("Saved: {file}"), undo=False, file=Path(name).name)

    # --- events
    def resizeEvent(self, event) -> None:
        """Let the pictures take the width there is; the place one reads at stays."""
        super().resizeEvent(event)
        if self.here and event.size().width() != event.oldSize().width():
            bar = self.browser.verticalScrollBar()
            at = bar.value()
            self._show(self.here)
            bar.setValue(at)

    def keyPressEvent(self, event) -> None:
        if event.key() == Key.Key_Down and self.search.hasFocus():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self.ring.moving(super().focusNextPrevChild, forward)

    def changeEvent(self, event: QEvent) -> None:
        kind = event.type()
        if kind == QEvent.Type.LanguageChange:
            self.fill()
            if self.here:
                self._show(self.here)
        elif kind == QEvent.Type.StyleChange and self.here:
            self.left.setFixedWidth(theme.px(LEFT_WIDTH))
            self._show(self.here)
        super().changeEvent(event)


def _language() -> str:
    from gwangju_desktop import text

    return text.language()


def _folder() -> str:
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return kept.text("documents/folder", QStandardPaths.writableLocation(documents))
