"""What would become of a body's rules if somebody took a seat, beside how they stand now."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QWidget

from gwangju_desktop.members import checks
from gwangju_desktop.members.checks import LABELS
from ui import theme
from ui.members.strip import brief, look
from ui.text import N_
from ui.widgets.painted import Chip
from ui.widgets.parts import Icon, Label, Policy, column, frame, row

# What a new seat cannot change is not compared.
LEFT_OUT = (checks.TERMS_ENDING, checks.SUNSET)


def worth_saying(before, after) -> bool:
    """Say whether a rule is not kept, or other than before."""
    if after.rule in LEFT_OUT:
        return False
    return after.ok is False or before is None or brief(before) != brief(after)


class WhatIfLine(QWidget):
    """One rule: as it is, an arrow, as it would be."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Label("", "sec", elide=True)
        self.before, self.after = Chip(), Chip()
        chips = row(self.before, Icon("chevron-right", "text3", 14), self.after, None, gap=6)
        column(self.title, chips, gap=3, into=self)

    def show_change(self, before, after) -> None:
        """Write the rule before and after."""
        self.title.say(LABELS[after.rule])
        if before is None:
            self.before.say("–")
        else:
            self.before.say(brief(before), look(before)[0])
        self.after.say(brief(after), *look(after))


WIDTH = 360


class WhatIf(QWidget):
    """The preview of a dialog that seats somebody, to stand beside its form: nothing is written."""

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk = desk
        self.asked: dict = {}
        self.changes: list = []
        self.lines = [WhatIfLine() for _rule in LABELS]
        self.warning = Label("", "cap", "bad", wrap=True)
        self.same = Label(N_("No rule of the body is affected."), "cap", wrap=True)
        box = frame("inset")
        column(
            Label(N_("If this person is appointed"), "capb"),
            *self.lines,
            self.same,
            self.warning,
            margins=(12, 10, 12, 12),
            gap=9,
            into=box,
        )
        box.setSizePolicy(Policy.Preferred, Policy.Maximum)
        column(box, None, gap=0, into=self)
        self.setFixedWidth(theme.px(WIDTH))
        for part in (*self.lines, self.warning):
            part.hide()

    def show(self, *case, **named) -> None:
        """Compare a case, as `show_case` does; without one, show the widget."""
        if case or named:
            self.show_case(*case, **named)
        else:
            super().show()

    def show_case(self, body_id: int | None, on, with_people=(), without=()) -> None:
        """Compare a body as it is on a day with how it would be; no body hides the preview."""
        if body_id is None or on is None:
            self.asked = {}
            self.hide()
            return
        self.asked = {
            "body_id": body_id,
            "on": on,
            "with_people": list(with_people),
            "without": list(without),
        }
        self.desk.read(checks.compare, then=self.on_changes, otherwise=self.on_gone, **self.asked)

    def on_changes(self, changes) -> None:
        if not self.asked:
            return
        self.changes = [pair for pair in changes if worth_saying(*pair)]
        self.renew()

    def on_gone(self, _error) -> None:
        """The body was taken back while the form was open."""
        self.hide()

    def renew(self) -> None:
        """Write the comparison into the lines."""
        for n, line in enumerate(self.lines):
            if n < len(self.changes):
                line.show_change(*self.changes[n])
            line.setVisible(n < len(self.changes))
        # What is broken already is no news; what this seat breaks is.
        broken = [
            after.sentence
            for before, after in self.changes
            if after.ok is False and (before is None or before.ok is not False)
        ]
        self.warning.say("\n".join(broken))
        self.warning.setVisible(bool(broken))
        self.same.setVisible(not self.changes)
        self.setVisible(True)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self.changes:
            QTimer.singleShot(0, self, self.renew)
        super().changeEvent(event)
