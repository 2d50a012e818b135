"""Import spreadsheets: choose, read in the background, look, answer, then import."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QProgressBar, QStackedWidget, QWidget

from gwangju_desktop.energy import imports
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.sheets.facts import Understanding
from ui import alerts, theme
from ui.energy.preview import Preview
from ui.text import C_, N_, say
from ui.widgets.forms import Dialog
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row, scrolled
from ui.work import Work

SUFFIXES = "*.csv *.tsv *.txt *.xlsx *.xls"
CHOOSE, READING, PREVIEW, REFUSED = range(4)


def read_file(work, *, path: Path, answers: dict[str, str]):
    """Read one file in a child and compare it with what the office holds."""
    prepared = imports.prepare(path, cancelled=work.cancelled, **answers)
    if not prepared.ready:
        return prepared, None
    with work.reading() as read:
        return prepared, imports.compare(read, prepared=prepared)


class ImportDialog(Dialog):
    """One file after another: nothing is stored before the person has seen what was read."""

    def __init__(self, parent: QWidget, desk, paths: list[Path], names: dict[str, str]) -> None:
        self.desk, self.names = desk, names
        self.queue: list[Path] = []
        self.path: Path | None = None
        self.answers: dict[str, str] = {}
        self.prepared: Understanding | None = None
        self.compared: imports.Compared | None = None
        self.work: Work | None = None
        self.taken = 0
        self.stack = QStackedWidget()
        super().__init__(
            parent,
            N_("Import energy figures"),
            self.stack,
            button=C_("energy", "Import"),
            icon="upload",
            width=820,
        )
        self.place = Label("", "cap")
        self.other_button = Button(N_("Choose another file"), "ghost", slot=self.on_choose)
        self.buttons.layout().insertWidget(0, self.other_button)
        self.buttons.layout().insertWidget(1, self.place)
        self._build()
        self.setAcceptDrops(True)
        self.resize(theme.px(880), min(theme.px(620), parent.height() - 24))
        self._show(CHOOSE)
        if paths:
            self.take(paths)

    def _build(self) -> None:
        self.drop = frame("drop")
        self.choose_button = Button(
            N_("Choose files"), "primary", "folder-open", slot=self.on_choose
        )
        column(
            None,
            (Icon("file-spreadsheet", "acc", 28), Align.AlignHCenter),
            (Label(N_("Drop spreadsheets here"), "h3"), Align.AlignHCenter),
            (
                Label(
                    N_("CSV, XLSX or XLS as they were published; nothing has to be rearranged."),
                    "sec",
                ),
                Align.AlignHCenter,
            ),
            row(None, self.choose_button, None),
            None,
            margins=(24, 36, 24, 36),
            gap=10,
            into=self.drop,
        )
        self.reading = Label("", "h3", align=Align.AlignHCenter)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme.px(320))
        self.bar.setAccessibleName(say(N_("Reading the file")))
        self.stop_button = Button(N_("Stop reading"), slot=self.on_stop)
        waiting = column(
            None,
            self.reading,
            (self.bar, Align.AlignHCenter),
            row(None, self.stop_button, None),
            None,
            gap=12,
        )
        self.preview = Preview()
        self.preview.answered.connect(self.on_answered)
        self.refused_title = Label(N_("This file cannot be imported."), "h3")
        self.refused_why = Label("", "sec", wrap=True, align=Align.AlignHCenter)
        refused = column(
            None,
            (Icon("circle-alert", "bad", 28), Align.AlignHCenter),
            (self.refused_title, Align.AlignHCenter),
            self.refused_why,
            None,
            margins=(60, 0, 60, 0),
            gap=10,
        )
        for widget in (self.drop, waiting, scrolled(self.preview), refused):
            self.stack.addWidget(widget)

    def _show(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        self.button.setVisible(step == PREVIEW)
        self.other_button.setVisible(step in (PREVIEW, REFUSED))
        self.refusal_row.hide()
        self.button.why_not(self._locked() if step == PREVIEW else "")

    def _locked(self) -> str:
        """Return why what was read cannot be imported, or nothing."""
        if not self.prepared.ready:
            return N_("Answer the open questions first.")
        if self.compared is not None and self.compared.repeats:
            return N_("The same numbers are held for other periods.")
        if self.compared is not None and not self.compared.changes:
            return N_("All of these figures are here already.")
        return ""

    # --- files

    def take(self, paths: list[Path]) -> None:
        """Read these files, one after the other."""
        self.queue = list(paths)
        self.taken = 0
        self._next()

    def _next(self) -> None:
        if not self.queue:
            self.accept()
            return
        self.path = self.queue.pop(0)
        self.taken += 1
        self.answers = {}
        self.prepared = None
        whole = self.taken + len(self.queue)
        self.place.say(N_("File {n} of {whole}") if whole > 1 else "", n=self.taken, whole=whole)
        self._read()

    def _read(self) -> None:
        self.reading.say(N_("Reading {file}"), file=self.path.name)
        self._show(READING)
        self.stop_button.setFocus()
        self.work = self.desk.work(
            read_file,
            title=N_("Reading a spreadsheet"),
            then=self.on_read,
            otherwise=self.on_unread,
            path=self.path,
            answers=dict(self.answers),
        )

    # --- slots

    def on_choose(self) -> None:
        """Choose files on the disk."""
        chosen, _filter = QFileDialog.getOpenFileNames(
            self,
            say(N_("Import energy figures")),
            "",
            say(N_("Spreadsheets ({suffixes})"), suffixes=SUFFIXES),
        )
        if chosen:
            self.take([Path(name) for name in chosen])

    def on_stop(self) -> None:
        """Stop reading."""
        self.work.cancel()

    def on_read(self, found) -> None:
        """Show what was read."""
        self.prepared, self.compared = found
        self.preview.show_file(self.prepared, self.compared, self.names)
        self._show(PREVIEW)
        if self.preview.asks and self.preview.asks[0].proposals:
            self.preview.asks[0].proposals[0].setFocus()
        else:
            self.button.setFocus()

    def on_unread(self, error: Exception) -> None:
        """Say why a file cannot be imported; what is no fault of the file goes to the alerts."""
        if isinstance(error, Cancelled):
            self.queue = []
            self._show(CHOOSE)
            return
        sentence = alerts.sentence(error)
        if sentence is None:
            alerts.tell(error)
            return
        if self.prepared is not None:
            # The answer was wrong, not the file: the questions stay.
            self.answers = {}
            self._show(PREVIEW)
            self.refusal.say(sentence)
            self.refusal_row.show()
            return
        self.refused_why.say(sentence)
        self._show(REFUSED)

    def on_answered(self, about: str, answer: str) -> None:
        """Read the file again with an answer."""
        self.answers[about] = answer
        self._read()

    def confirm(self) -> None:
        """Import what was read."""
        if self.prepared is None or not self.prepared.ready:
            return
        self.button.setEnabled(False)
        self.desk.do(
            imports.import_readings,
            then=self.on_imported,
            otherwise=self.on_refused,
            prepared=self.prepared,
        )

    def on_imported(self, value: object) -> None:
        """Go on with the next file, or close."""
        self.value = value
        self._next()

    def reject(self) -> None:
        """Stop what is being read, then close."""
        if self.work is not None and not self.work.over:
            self.work.cancel()
        super().reject()

    # --- files dropped

    def dragEnterEvent(self, event) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.take(paths)

    def keyPressEvent(self, event) -> None:
        """Keep Enter in the answer's field from pressing the button."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() and not self.button.hasFocus():
            event.accept()
            return
        super().keyPressEvent(event)
