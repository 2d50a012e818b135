"""The guided first meeting: a small window whose steps tick themselves off by the records."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from gwangju_desktop import guide
from ui import theme
from ui.settings import kept
from ui.text import C_, N_, Msg, say
from ui.widgets.focusring import FocusRing
from ui.widgets.parts import Align, Button, Icon, Label, column, row, rule

WIDTH, EDGE = 340, 24
AFTER = "guide/after"
WATCHED = ("meeting", "agenda_item", "attendance", "vote", "minutes")


class Guide(QWidget):
    """Ten steps from a plan to published minutes; it never acts itself and can be put away."""

    def __init__(self, shell) -> None:
        super().__init__(shell.window, Qt.WindowType.Dialog)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.shell, self.desk = shell, None
        self.found: guide.Progress | None = None
        self.marks: dict[str, Icon] = {}
        self.titles: dict[str, Label] = {}
        self.hints: dict[str, Label] = {}
        lines = [self._line(step) for step in guide.STEPS]
        self.count = Label("", "cap")
        self.closed = Label(N_("Open an office to begin."), "sec", wrap=True)
        self.to_meeting = Button(N_("Go to this meeting"), "link", slot=self.on_go)
        self.again = Button(N_("Begin anew with another meeting"), "link", slot=self.on_again)
        self.manual = Button(N_("The chapter on meetings"), "link", slot=self.on_manual)
        head = row(Label(N_("Guided first meeting"), "h2"), None, self.count)
        column(
            head,
            self.closed,
            rule(),
            *lines,
            rule(),
            row(self.to_meeting, None, self.manual),
            row(self.again, None),
            margins=(18, 16, 18, 14),
            gap=8,
            into=self,
        )
        self.setFixedWidth(theme.px(WIDTH))
        self.ring = FocusRing(self)
        self.retitle()

    def _line(self, step: guide.Step) -> QWidget:
        self.marks[step.key] = Icon("circle-dashed", "text3", 18)
        self.titles[step.key] = Label(step.title, "sec", wrap=True)
        self.hints[step.key] = Label(step.how, "cap", "text2", wrap=True)
        self.hints[step.key].hide()
        words = column(self.titles[step.key], self.hints[step.key], gap=2)
        return row((self.marks[step.key], Align.AlignTop), (words, 1), gap=10)

    def retitle(self) -> None:
        """Name the window."""
        self.setWindowTitle(say(N_("Guided first meeting")))

    def place(self) -> None:
        """Stand at the lower right of the program's window, or where it was put."""
        if self.isVisible():
            return
        self.adjustSize()
        corner = self.shell.window.frameGeometry().bottomRight()
        screen = self.screen().availableGeometry()
        x = min(corner.x() - self.width() - EDGE, screen.right() - self.width())
        y = min(corner.y() - self.height() - EDGE, screen.bottom() - self.height())
        self.move(max(x, screen.left()), max(y, screen.top()))

    # --- what the records say
    def look(self) -> None:
        """Ask the office that is open; where none is, say so."""
        desk = self.shell.desk
        opened = desk is not None and desk.store is not None and self.shell.rooms is not None
        self.closed.setVisible(not opened)
        if not opened:
            return
        if desk is not self.desk:
            self.desk = desk
            desk.changed.connect(self.on_changed)
        after = self._after()
        if after is None:
            desk.read(guide.newest, then=self.on_newest)
        else:
            desk.read(guide.progress, then=self.on_progress, after=after)

    def _after(self) -> int | None:
        """Return after which meeting the guide began in this office; None before it did."""
        place, _, number = kept.text(AFTER).rpartition("|")
        return int(number) if place == self.shell.where and number.isdigit() else None

    def on_newest(self, number: int) -> None:
        kept.keep(AFTER, f"{self.shell.where}|{number}")
        self.look()

    def on_changed(self, changes) -> None:
        if self.isVisible() and changes.touches(*WATCHED):
            self.look()

    def on_progress(self, found: guide.Progress) -> None:
        """Tick what is done; the next step says what to press."""
        self.found = found
        for step in guide.STEPS:
            done, leads = step.key in found.done, step.key == found.next
            icon = "circle-check" if done else "circle-dot" if leads else "circle-dashed"
            self.marks[step.key].show_icon(icon, "ok" if done else "acc" if leads else "text3")
            self.titles[step.key].ink("text2" if done else "text")
            self.hints[step.key].setVisible(leads)
            self.titles[step.key].setAccessibleDescription(say(DONE if done else NOT_YET))
        done = len(guide.STEPS) - sum(step.key not in found.done for step in guide.STEPS)
        self.count.say(C_("first steps", "{done} of {all} done"), done=done, all=len(guide.STEPS))
        self.to_meeting.setVisible(found.meeting_id is not None)
        self.adjustSize()

    # --- what a person does
    def on_go(self) -> None:
        if self.found is not None and self.found.meeting_id is not None:
            self.shell.go("meetings", self.found.meeting_id, "meeting")
            self.shell.window.activateWindow()

    def on_again(self) -> None:
        """Look at the next meeting that is planned from now on."""
        if self.desk is not None and self.desk.store is not None:
            self.desk.read(guide.newest, then=self.on_newest)

    def on_manual(self) -> None:
        from ui.help import front

        front.show(self.shell, "meetings")

    # --- events
    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retitle()
        elif event.type() == QEvent.Type.StyleChange:
            self.setFixedWidth(theme.px(WIDTH))
        super().changeEvent(event)


DONE: Msg = C_("guide", "done")
NOT_YET: Msg = C_("guide", "not done yet")
