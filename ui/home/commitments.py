"""The commitments of the action plan under way, on the first page."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from gwangju_desktop import clock
from gwangju_desktop.members.rules import named
from ui import theme
from ui.home.cards import Card
from ui.text import N_, NN_, say
from ui.widgets.painted import Painted
from ui.widgets.parts import Button, Label, column, row

SHOWN = 4
BAR = 14  # px of a bar with its tick
ENDS = NN_("ends {end:month} · D-{n}", "ends {end:month} · D-{n}")
ENDED = N_("ended {end:month}")
DONE = NN_("{done} of {n} milestone completed", "{done} of {n} milestones completed")
LATE = NN_("{n} late", "{n} late")
MORE = NN_("and {n} other", "and {n} others")


class Promise(NamedTuple):
    """One commitment: shares of its weight that are done and that were to be done by now."""

    id: int
    title: str
    title_en: str
    status: str
    done: float
    planned: float
    milestones: int
    completed: int
    late: int


class Plan(NamedTuple):
    """The plan under way and its commitments."""

    title: str
    title_en: str
    ends: dt.date | None
    today: dt.date
    promises: tuple[Promise, ...]


def plan_under_way(read) -> Plan | None:
    """Read the latest plan that is not closed; None where there is none with commitments."""
    # Not on the way to the first rows, which are painted before this is asked for.
    from gwangju_desktop.commitments import queries, rules

    open_plans = [plan for plan in queries.plans(read) if plan.closed_on is None]
    if not open_plans:
        return None
    plan, day = open_plans[-1], clock.today()
    found = queries.commitments(read, plan.id, day)
    if not found:
        return None
    due: dict[int, int] = {}
    for step in queries.milestones(read, plan_id=plan.id, today=day):
        if step.state != "cancelled" and step.due_on is not None and step.due_on <= day:
            due[step.commitment_id] = due.get(step.commitment_id, 0) + step.weight
    return Plan(
        plan.title,
        plan.title_en,
        rules.last_day(plan.ends) if plan.ends else None,
        day,
        tuple(
            Promise(
                one.id,
                one.title,
                one.title_en,
                one.status,
                one.done_weight / one.weight if one.weight else 0.0,
                due.get(one.id, 0) / one.weight if one.weight else 0.0,
                one.milestones,
                one.completed,
                one.late,
            )
            for one in found
        ),
    )


class Bar(Painted):
    """How much is done; a tick stands where it should be today."""

    def __init__(self) -> None:
        self.promise: Promise | None = None
        super().__init__(BAR)

    def show_promise(self, promise: Promise) -> None:
        """Draw the bar of a commitment."""
        self.promise = promise
        self.renew()

    def sentence(self) -> str:
        if self.promise is None:
            return ""
        words = N_("{done:.0%} done, {planned:.0%} planned by today")
        return say(words, done=self.promise.done, planned=self.promise.planned)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if self.promise is None:
            return
        height = theme.px(6)
        track = QRectF(area.left(), area.center().y() - height / 2, area.width(), height)
        painter.setPen(theme.color("track"))
        painter.setBrush(theme.color("track"))
        painter.drawRoundedRect(track, height / 2, height / 2)
        behind = self.promise.late > 0
        ink = theme.color("warn" if behind else "acc")
        painter.setPen(ink)
        painter.setBrush(ink)
        if self.promise.done > 0:
            done = QRectF(track.topLeft(), track.size())
            done.setWidth(max(height, track.width() * min(1.0, self.promise.done)))
            painter.drawRoundedRect(done, height / 2, height / 2)
        if self.promise.planned > 0:
            x = track.left() + track.width() * min(1.0, self.promise.planned)
            x = min(x, track.right() - 1)
            painter.fillRect(QRectF(x - 1, area.top(), 2, area.height()), theme.color("text"))


class Line(QWidget):
    """One commitment of the card."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = Label(str(number), "cap")
        self.title = Label("", "secb", elide=True)
        self.share = Label("", "secb")
        self.bar = Bar()
        self.words = Label("", "cap", elide=True)
        column(
            row(self.number, (self.title, 1), self.share, gap=6),
            self.bar,
            self.words,
            gap=3,
            into=self,
        )

    def show_promise(self, promise: Promise) -> None:
        """Show a commitment."""
        from gwangju_desktop.commitments import words

        self.title.setText(named(promise.title, promise.title_en))
        self.share.setText(f"{promise.done:.0%}")
        self.bar.show_promise(promise)
        said = [say(DONE, n=promise.milestones, done=promise.completed)]
        late = promise.late and promise.status == "late"
        said.append(say(LATE, n=promise.late) if late else say(words.STATUSES[promise.status]))
        self.words.setText(" · ".join(said))


class CommitmentsCard(Card):
    """The plan under way: each commitment's share, and where it should be today."""

    def __init__(self, page) -> None:
        super().__init__(page)
        self.title, self.ends = Label("", "h3", elide=True), Label("", "cap")
        self.lines = [Line(number) for number in range(1, SHOWN + 1)]
        self.others = Label("", "cap")
        self.more = Button(N_("OGP commitments"), "link", slot=self.on_more)
        column(
            row((self.title, 1), self.more, gap=8),
            self.ends,
            *self.lines,
            self.others,
            margins=(16, 10, 12, 12),
            gap=8,
            into=self,
        )
        self.hide()

    def look(self) -> None:
        """Ask for the plan."""
        self.page.desk.read(plan_under_way, then=self.on_plan)

    def on_plan(self, plan: Plan | None) -> None:
        self.setVisible(plan is not None)
        if plan is None:
            return
        self.title.setText(named(plan.title, plan.title_en))
        self.ends.setVisible(plan.ends is not None)
        if plan.ends is not None:
            left = (plan.ends - plan.today).days
            self.ends.say(ENDS if left >= 0 else ENDED, end=plan.ends, n=max(left, 0))
        for line, promise in zip(self.lines, plan.promises, strict=False):
            line.show_promise(promise)
        for number, line in enumerate(self.lines):
            line.setVisible(number < len(plan.promises))
        hidden = len(plan.promises) - SHOWN
        self.others.say(MORE, n=max(hidden, 0))
        self.others.setVisible(hidden > 0)

    def on_more(self) -> None:
        self.page.go("commitments")
