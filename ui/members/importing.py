"""Import members: choose, say which column holds what, look, settle, take in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QProgressBar, QStackedWidget, QWidget

from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.members import queries
from gwangju_desktop.members.importing import apply, mapping, preview, reading
from ui import alerts, theme
from ui.members.import_columns import Columns
from ui.members.import_preview import Preview
from ui.text import N_, NN_, say
from ui.widgets.forms import Check, Dialog
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row
from ui.work import Work

CHOOSE, WAITING, COLUMNS, PREVIEW, REFUSED = range(5)
SUFFIXES = " ".join(f"*{suffix}" for suffix in reading.SUFFIXES)


def read_list(work, *, path: Path | None, text: str | None):
    """Read a list and how its columns were taken last time."""
    if path is not None:
        source = reading.read(path, cancelled=work.cancelled)
    else:
        source = reading.read_text(text or "", say(N_("Pasted rows")))
    with work.reading() as read:
        return source, mapping.remembered(read, source=source), queries.bodies(read)


def plan_list(work, *, source, mapped, options, choices):
    """Say what an import would do."""
    with work.reading() as read:
        return preview.plan(read, source=source, mapping=mapped, options=options, choices=choices)


def take_in(work, *, source, mapped, options, choices, skip: bool):
    """Write the import in one step; stopping it leaves nothing."""
    changes = work.run(
        apply.import_members,
        source=source,
        mapping=mapped,
        options=options,
        choices=choices,
        skip=skip,
        progress=work.progress,
    )
    return changes.value


class ImportDialog(Dialog):
    """Nothing is stored before the person has seen what every row would do."""

    def __init__(
        self,
        parent: QWidget,
        desk,
        body_id: int | None = None,
        path: Path | None = None,
        text: str | None = None,
    ) -> None:
        self.desk, self.body_id = desk, body_id
        self.source = self.plan = self.options = None
        self.mapped: tuple[str, ...] = ()
        self.bodies: list = []
        self.choices: dict[int, str] = {}
        self.work: Work | None = None
        self.step = CHOOSE
        self.stack = QStackedWidget()
        super().__init__(parent, N_("Import members"), self.stack, button=N_("Next"), width=860)
        self.back = Button(N_("Back"), "ghost", "chevron-left", slot=self.on_back)
        self.skip = Check(N_("Leave out the rows that cannot go in"))
        self.skip.clicked.connect(self.on_skip)
        self.buttons.layout().insertWidget(0, self.back)
        self.buttons.layout().insertWidget(1, self.skip)
        self._build()
        self.setAcceptDrops(True)
        self.resize(theme.px(960), min(theme.px(640), parent.height() - 24))
        self._show(CHOOSE)
        if path is not None:
            self.take(path)
        elif text is not None:
            self.paste(text)

    def _build(self) -> None:
        drop = frame("drop")
        self.choose_button = Button(
            N_("Choose a file"), "primary", "folder-open", slot=self.on_choose
        )
        self.paste_button = Button(N_("Paste rows"), "default", "copy", slot=self.on_paste)
        forms = N_("CSV, XLSX, or Popolo and OParl JSON; with or without a row of titles.")
        column(
            None,
            (Icon("file-spreadsheet", "acc", 28), Align.AlignHCenter),
            (Label(N_("Drop a list of members here"), "h3"), Align.AlignHCenter),
            (Label(forms, "sec"), Align.AlignHCenter),
            row(None, self.choose_button, self.paste_button, None),
            None,
            margins=(24, 36, 24, 36),
            gap=10,
            into=drop,
        )
        self.doing = Label("", "h3", align=Align.AlignHCenter)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme.px(320))
        self.stop = Button(N_("Stop"), slot=self.on_stop)
        waiting = column(
            None,
            self.doing,
            (self.bar, Align.AlignHCenter),
            row(None, self.stop, None),
            None,
            gap=12,
        )
        self.clock = QTimer(self)
        self.clock.setInterval(100)
        self.clock.timeout.connect(self.on_clock)
        self.columns = Columns()
        self.columns.retitled.connect(self.on_retitled)
        self.preview = Preview()
        self.preview.settled.connect(self.on_settled)
        self.why = Label("", "sec", wrap=True, align=Align.AlignHCenter)
        refused = column(
            None,
            (Icon("circle-alert", "bad", 28), Align.AlignHCenter),
            (Label(N_("This list cannot be read."), "h3"), Align.AlignHCenter),
            self.why,
            None,
            margins=(60, 0, 60, 0),
            gap=10,
        )
        for widget in (drop, waiting, self.columns, self.preview, refused):
            self.stack.addWidget(widget)

    def _show(self, step: int) -> None:
        self.step = step
        self.stack.setCurrentIndex(step)
        self.refusal_row.hide()
        self.button.setVisible(step in (COLUMNS, PREVIEW))
        self.back.setVisible(step in (COLUMNS, PREVIEW, REFUSED))
        self.skip.setVisible(step == PREVIEW and bool(self.plan and self.plan.held_back))
        self.button.why_not("")
        if step == COLUMNS:
            self.button.say(N_("Next"))
            self.button.setFocus()
        elif step == PREVIEW:
            self._judge()
            self.preview.list.setFocus()
        elif step == CHOOSE:
            self.choose_button.setFocus()
        if step == WAITING:
            self.clock.start()
        else:
            self.clock.stop()

    def _judge(self) -> None:
        """Say on the button what it does, or why it cannot."""
        counts = self.plan.counts
        n = counts["add"] + counts["change"]
        self.button.say(NN_("Import {n:,} row", "Import {n:,} rows"), n=n)
        why = ""
        if not n:
            why = N_("Nothing in the list is new.")
        elif self.plan.held_back and not self.skip.value():
            why = N_("Rows are refused or not settled. Settle them or leave them out.")
        self.button.why_not(why)

    def _wait(self, job, doing, then, **asked) -> None:
        self.doing.say(doing, file=self._name())
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(self.doing.text())
        self._show(WAITING)
        self.stop.setFocus()
        self.work = self.desk.work(job, title=doing, then=then, otherwise=self.on_trouble, **asked)

    def _name(self) -> str:
        return self.source.name if self.source is not None else self.reading_name

    # --- where from

    def take(self, path: Path) -> None:
        """Read a file."""
        self._read(Path(path), None, Path(path).name)

    def paste(self, text: str) -> None:
        """Read rows of a spreadsheet."""
        self._read(None, text, say(N_("Pasted rows")))

    def _read(self, path: Path | None, text: str | None, name: str) -> None:
        self.source = self.plan = None
        self.reading_name = name
        self.choices = {}
        self.preview.forget()
        self._wait(read_list, N_("Reading {file}"), self.on_read, path=path, text=text)

    # --- slots

    def on_choose(self) -> None:
        """Choose a file on the disk."""
        chosen, _filter = QFileDialog.getOpenFileName(
            self, say(N_("Import members")), "", say(N_("Lists ({suffixes})"), suffixes=SUFFIXES)
        )
        if chosen:
            self.take(Path(chosen))

    def on_paste(self) -> None:
        """Read what was copied."""
        self.paste(QGuiApplication.clipboard().text())

    def on_read(self, found) -> None:
        """Show the columns."""
        self.source, self.mapped, self.bodies = found
        self.columns.show_source(self.source, self.mapped, self.bodies, self.body_id)
        self._show(COLUMNS)

    def on_retitled(self, titled: bool) -> None:
        """Take the first row for titles or not."""
        self.source = self.source.titled(titled)
        body = self.columns.body.value()
        self.columns.show_source(self.source, mapping.guess(self.source), self.bodies, body)

    def on_planned(self, plan) -> None:
        """Show what would happen."""
        self.plan = plan
        self.preview.show_plan(plan)
        self._show(PREVIEW)

    def on_settled(self, line: int, choice: str) -> None:
        """Take a way out of a conflict and look again; choosing it again takes it back."""
        if self.choices.get(line) == choice:
            del self.choices[line]
        else:
            self.choices[line] = choice
        self.button.why_not(N_("The rows are being compared."))
        self.work = self.desk.work(
            plan_list,
            title=N_("Comparing the list with the roll"),
            then=self.on_planned,
            otherwise=self.on_trouble,
            **self._asked(),
        )

    def on_skip(self) -> None:
        """Leave out, or not, what cannot go in."""
        self._judge()

    def on_back(self) -> None:
        """Go one step back."""
        self._show(COLUMNS if self.step == PREVIEW else CHOOSE)

    def on_stop(self) -> None:
        """Stop what is under way; nothing was changed."""
        self.work.cancel()

    def on_clock(self) -> None:
        """Show how far the work is."""
        if self.work is not None and self.work.of:
            self.bar.setRange(0, self.work.of)
            self.bar.setValue(self.work.done)

    def on_trouble(self, error: Exception) -> None:
        """Say what is wrong where it can be put right."""
        sentence = "" if isinstance(error, Cancelled) else alerts.sentence(error)
        if sentence is None:
            alerts.tell(error)
        if self.source is None:
            self.why.say(sentence or "")
            self._show(REFUSED if sentence else CHOOSE)
            return
        self._show(COLUMNS if self.plan is None else PREVIEW)
        if sentence:
            self.refusal.say(sentence)
            self.refusal_row.show()

    def _plan(self) -> None:
        self._wait(
            plan_list,
            N_("Comparing {file} with the roll"),
            self.on_planned,
            **self._asked(),
        )

    def _asked(self) -> dict[str, object]:
        return {
            "source": self.source,
            "mapped": self.mapped,
            "options": self.options,
            "choices": dict(self.choices),
        }

    def confirm(self) -> None:
        """Go on: from the columns to the preview, from the preview into the office."""
        if self.step == COLUMNS:
            self.mapped, self.options = self.columns.mapped(), self.columns.options()
            self.plan = None
            self.choices = {}
            self.preview.forget()
            self._plan()
        elif self.step == PREVIEW and self.button.isEnabled():
            self._wait(
                take_in,
                N_("Importing {file}"),
                self.on_accepted,
                **self._asked(),
                skip=self.skip.value(),
            )
        elif self.step == CHOOSE:
            raise UserError(N_("Choose a file first."))

    def reject(self) -> None:
        """Stop what is under way, then close."""
        if self.work is not None and not self.work.over:
            self.work.cancel()
        super().reject()

    # --- what is dropped and pasted

    def dragEnterEvent(self, event) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.take(paths[0])

    def keyPressEvent(self, event) -> None:
        """Paste rows; Enter in the preview's search does not press the button."""
        if self.step in (CHOOSE, REFUSED) and event.matches(QKeySequence.StandardKey.Paste):
            self.on_paste()
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() and self.step == PREVIEW and not self.button.hasFocus():
            event.accept()
            return
        super().keyPressEvent(event)
