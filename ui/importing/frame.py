"""The dialog every import happens in; its steps come from the import itself.

Files are chosen, dropped or pasted, read on a thread that can be stopped, and shown in one step or
more. Nothing is stored before the last of them was confirmed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QProgressBar, QStackedWidget, QWidget

from gwangju_desktop.errors import Cancelled
from ui import alerts, theme
from ui.text import N_, Msg, say
from ui.widgets.forms import Dialog
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row
from ui.work import Work

# The steps of every import; those of one import are FIRST, FIRST + 1 …
CHOOSE, WAITING, REFUSED, FIRST = range(4)


@dataclass(frozen=True, slots=True)
class Words:
    """How an import is spoken of; `kinds` names the files of these suffixes in the file dialog."""

    title: Msg
    drop: Msg
    forms: Msg
    choose: Msg
    refused: Msg
    kinds: Msg
    suffixes: tuple[str, ...]


class ImportFrame(Dialog):
    """Choose, wait, then the steps of the import; what went wrong is said where it happened.

    Override `read(paths)`, which calls `wait`, and `arrived(step)`; show a step with `show_step`.
    An import that takes rows from the clipboard overrides `paste(text)` and sets `PASTES`, one that
    takes several files at once sets `SEVERAL`.
    """

    drafts = False  # what is chosen here belongs to files that are read anew
    PASTES = SEVERAL = False

    def __init__(
        self, parent: QWidget, desk, words: Words, *steps: QWidget, button: Msg, width: int = 860
    ) -> None:
        self.desk, self.words = desk, words
        self.work: Work | None = None
        self.step = self.left = CHOOSE
        self.last = FIRST + len(steps) - 1
        self.stack = QStackedWidget()
        super().__init__(parent, words.title, self.stack, button=button, width=width)
        self.back = Button(N_("Back"), "ghost", "chevron-left", slot=self.on_back)
        self.buttons.layout().insertWidget(0, self.back)
        self.clock = QTimer(self)
        self.clock.setInterval(100)
        self.clock.timeout.connect(self.on_clock)
        for widget in (self._choosing(), self._waiting(), self._refused(), *steps):
            self.stack.addWidget(widget)
        self.setAcceptDrops(True)
        self.resize(theme.px(width + 100), min(theme.px(640), parent.height() - 24))
        self.show_step(CHOOSE)

    def _choosing(self) -> QWidget:
        drop = frame("drop")
        self.choose_button = Button(
            self.words.choose, "primary", "folder-open", slot=self.on_choose
        )
        self.paste_button = Button(N_("Paste rows"), "default", "copy", slot=self.on_paste)
        self.paste_button.setVisible(self.PASTES)
        column(
            None,
            (Icon("file-spreadsheet", "acc", 28), Align.AlignHCenter),
            (Label(self.words.drop, "h3"), Align.AlignHCenter),
            (Label(self.words.forms, "sec"), Align.AlignHCenter),
            row(None, self.choose_button, self.paste_button, None),
            None,
            margins=(24, 36, 24, 36),
            gap=10,
            into=drop,
        )
        return drop

    def _waiting(self) -> QWidget:
        self.doing = Label("", "h3", align=Align.AlignHCenter)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme.px(320))
        self.stop = Button(N_("Stop"), slot=self.on_stop)
        return column(
            None,
            self.doing,
            (self.bar, Align.AlignHCenter),
            row(None, self.stop, None),
            None,
            gap=12,
        )

    def _refused(self) -> QWidget:
        self.why = Label("", "sec", wrap=True, align=Align.AlignHCenter)
        return column(
            None,
            (Icon("circle-alert", "bad", 28), Align.AlignHCenter),
            (Label(self.words.refused, "h3"), Align.AlignHCenter),
            self.why,
            None,
            margins=(60, 0, 60, 0),
            gap=10,
        )

    # --- what an import is made of

    def read(self, paths: list[Path]) -> None:
        """Read what was chosen or dropped."""
        raise NotImplementedError

    def paste(self, text: str) -> None:
        """Read what was copied."""
        raise NotImplementedError

    def arrived(self, step: int) -> None:
        """Show on the buttons what the step allows; `step` is one of the import's own."""

    def show_step(self, step: int) -> None:
        """Show a step."""
        self.step = step
        self.stack.setCurrentIndex(step)
        self.refusal_row.hide()
        self.button.setVisible(step >= FIRST)
        self.back.setVisible(step not in (CHOOSE, WAITING))
        self.button.why_not("")
        if step == WAITING:
            self.clock.start()
            self.stop.setFocus()
        else:
            self.clock.stop()
        if step == CHOOSE:
            self.choose_button.setFocus()
        self.arrived(step)

    def begin(self, paths: list[Path]) -> None:
        """Read files afresh, whatever was shown before."""
        self.step = CHOOSE
        self.read(paths)

    def wait(self, job, doing: Msg, then, *, file: str, **asked) -> None:
        """Do a job of the desk's (`ui.work`) behind the bar; a failure leads back to this step."""
        self.left = self.step
        self.doing.say(doing, file=file)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(self.doing.text())
        self.show_step(WAITING)
        said = self.doing.text()
        self.work = self.desk.work(job, title=said, then=then, otherwise=self.on_trouble, **asked)

    # --- slots

    def on_choose(self) -> None:
        """Choose files on the disk."""
        ask = QFileDialog.getOpenFileNames if self.SEVERAL else QFileDialog.getOpenFileName
        suffixes = " ".join(f"*{suffix}" for suffix in self.words.suffixes)
        chosen, _filter = ask(
            self, say(self.words.title), "", say(self.words.kinds, suffixes=suffixes)
        )
        if chosen:
            self.begin([Path(name) for name in (chosen if self.SEVERAL else [chosen])])

    def on_paste(self) -> None:
        """Read what was copied."""
        self.paste(QGuiApplication.clipboard().text())

    def on_stop(self) -> None:
        """Stop what is under way; nothing was changed."""
        self.work.cancel()

    def on_clock(self) -> None:
        """Show how far the work is."""
        if self.work is not None and self.work.of:
            self.bar.setRange(0, self.work.of)
            self.bar.setValue(self.work.done)

    def on_back(self) -> None:
        """Go one step back."""
        self.show_step(self.step - 1 if self.step > FIRST else CHOOSE)

    def on_trouble(self, error: Exception) -> None:
        """Say what is wrong where it can be put right; what is our bug goes to the alerts."""
        sentence = "" if isinstance(error, Cancelled) else alerts.sentence(error)
        if sentence is None:
            alerts.tell(error)
        step = self.left if self.step == WAITING else self.step
        if step >= FIRST:
            self.show_step(step)
            if sentence:
                self.refusal.say(sentence)
                self.refusal_row.show()
            return
        self.why.say(sentence or "")
        self.show_step(REFUSED if sentence else CHOOSE)

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
            self.begin(paths)

    def keyPressEvent(self, event) -> None:
        """Paste rows; Enter in a field of the last step presses no button, now or when it waits."""
        choosing = self.step in (CHOOSE, REFUSED)
        if self.PASTES and choosing and event.matches(QKeySequence.StandardKey.Paste):
            self.on_paste()
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        in_field = self.step in (WAITING, self.last) and not self.button.hasFocus()
        if enter and not event.modifiers() and in_field:
            event.accept()
            return
        super().keyPressEvent(event)
