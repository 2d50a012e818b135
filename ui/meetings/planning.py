"""The strip of a form that says, while date, time and place are typed, what speaks against them."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import planning
from ui.text import N_, day
from ui.widgets.parts import Align, Button, Icon, Label, column, row

DELAY = 120  # ms after the last key
MOST_LINES = 5
ICONS = {"bad": "circle-alert", "warn": "triangle-alert", "ok": "circle-check"}
USUAL_TIME, USUAL_MINUTES = dt.time(14), 120


class PlanningStrip(QFrame):
    """Sentences about a day, and days nothing speaks against; `picked(date)` when one is chosen.

    `follow(form)` reads a form that has the labelled fields body, kind, day, time, minutes and
    place; those it lacks keep their usual value.
    """

    picked = Signal(object)
    FIELDS = ("body", "kind", "day", "time", "minutes", "place")

    def __init__(self, desk, meeting_id: int | None = None, body_id: int | None = None) -> None:
        super().__init__()
        self.desk, self.meeting_id, self.body_id = desk, meeting_id, body_id
        self.form = None
        self.plan = None
        self.setObjectName("inset")
        self.lines = [
            (Icon(ICONS["ok"], "ok", 16), Label("", "sec", wrap=True)) for _n in range(MOST_LINES)
        ]
        self.rows = [row((icon, Align.AlignTop), (label, 1), gap=8) for icon, label in self.lines]
        # A button that begins without words is dressed for an icon.
        self.free = [Button("–", "link", slot=self.on_free) for _n in range(planning.PROPOSED)]
        self.free_row = row(Label(N_("Free:"), "cap"), *self.free, None, gap=10)
        column(*self.rows, self.free_row, margins=(12, 8, 12, 8), gap=4, into=self)
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(DELAY)
        self.settle.timeout.connect(self.ask)
        self.hide()

    # --- what it follows
    def follow(self, form) -> PlanningStrip:
        """Ask anew whenever one of the form's fields changes; chosen days go into its date."""
        self.form = form
        for name in self.FIELDS:
            labelled = getattr(form, name, None)
            if labelled is None:
                continue
            field = labelled.field
            changed = field.typing if hasattr(field, "typing") else field.currentIndexChanged
            changed.connect(self.on_typed)
        self.picked.connect(form.day.field.show_date)
        self.settle.start()
        return self

    def _value(self, name: str, usual):
        labelled = getattr(self.form, name, None)
        value = labelled.field.value() if labelled is not None else None
        return usual if value in (None, "") else value

    def ask(self) -> None:
        """Ask about what is typed; half a date says nothing."""
        try:
            on = self.form.day.field.value()
            time = self._value("time", USUAL_TIME)
            minutes = self._value("minutes", USUAL_MINUTES)
        except UserError:
            self.show_plan(None)
            return
        body_id = self._value("body", self.body_id)
        if on is None or body_id is None:
            self.show_plan(None)
            return
        self.desk.read(
            planning.outlook,
            then=self.show_plan,
            body_id=body_id,
            starts_at=dt.datetime.combine(on, time, clock.KST),
            minutes=minutes,
            place=self._value("place", ""),
            kind=self._value("kind", "regular"),
            meeting_id=self.meeting_id,
            today=clock.today(),
        )

    # --- what it shows
    def show_plan(self, plan: planning.Outlook | None) -> None:
        """Say what an outlook holds; None says nothing."""
        self.plan = plan
        told = planning.sentences(plan)[:MOST_LINES] if plan is not None else []
        for n, (icon, label) in enumerate(self.lines):
            self.rows[n].setVisible(n < len(told))
            if n < len(told):
                one = told[n]
                icon.show_icon(ICONS[one.tone], one.tone)
                label.say(one.message, **one.values)
                label.ink("bad" if one.tone == "bad" else "text2")
        offered = plan.free if plan is not None and not plan.fine else ()
        for n, button in enumerate(self.free):
            button.setVisible(n < len(offered))
            if n < len(offered):
                button.say(day(offered[n], "long"))
        self.free_row.setVisible(bool(offered))
        before = self.isVisibleTo(self.parentWidget()) if self.parentWidget() else False
        self.setVisible(bool(told))
        self.setAccessibleName(" ".join(str(one) for one in told))
        if self.form is not None and (before != bool(told) or told):
            self.form.adjustSize()

    # --- slots
    def on_typed(self, *_what) -> None:
        self.settle.start()

    def on_free(self) -> None:
        self.picked.emit(self.plan.free[self.free.index(self.sender())])

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and self.plan is not None:
            self.show_plan(self.plan)
