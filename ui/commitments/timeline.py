"""The timeline of a plan: what was planned and what was done, commitment by commitment."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QStackedWidget

from gwangju_desktop import clock
from gwangju_desktop.commitments import queries
from gwangju_desktop.commitments.months import first_day, last_day, span
from ui import theme
from ui.commitments import place, shown
from ui.commitments.exporting import Exporting
from ui.commitments.timeline_drawing import Bar, Drawing, Span, span_of, told
from ui.commitments.timeline_view import TimelineView
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, day, say
from ui.widgets.lists import RowList
from ui.widgets.page import Page, State
from ui.widgets.painted import Painted, Segment
from ui.widgets.parts import Align, Button, Label, Policy, column, row

CHART, TABLE = 0, 1
PICTURE = 1_000.0  # px wide at 100 %
MOST = 200  # rows that fit into one picture
LOW = 420  # px high under which the key of signs goes


def bars_of(commitments, milestones, today: dt.date) -> tuple[Bar, ...]:
    """Return the rows of the timeline: each commitment and its milestones below it."""
    made, steps = [], {}
    for step in milestones:
        steps.setdefault(step.commitment_id, []).append(step)
    for one in commitments:
        own = steps.get(one.id, [])
        began = min((step.started_on for step in own if step.started_on), default=None)
        share = shown.share(one.done_weight, one.weight)
        under = f"{one.code} · {shown.status(one.status)}"
        if one.milestones:
            under += f" · {share}%"
        made.append(
            Bar(
                "commitment",
                one.id,
                shown.title(one),
                under,
                first_day(one.starts) if one.starts else None,
                last_day(one.ends) if one.ends else None,
                began,
                one.completed_on,
                late=one.status_computed == "late",
                head=True,
            )
        )
        made += [step_bar(step, today) for step in own]
    return tuple(made)


def step_bar(step, today: dt.date) -> Bar:
    """Return the row of a milestone."""
    words = C_("timeline", "{state} · weight {weight}")
    under = say(words, state=shown.state(step.state), weight=step.weight)
    if step.late:
        under += " · " + say(shown.OVERDUE, n=(today - step.due_on).days)
    if step.sample:
        under += " · " + say(C_("milestone", "Sample"))
    return Bar(
        "milestone",
        step.id,
        f"{step.number}. {shown.title(step)}",
        under,
        step.starts_on,
        step.due_on,
        step.started_on,
        step.completed_on,
        step.state,
        step.late,
    )


def _name(one) -> Cell:
    return Cell(
        one.bar.title, role="strong" if one.bar.head else "sec", indent=0 if one.bar.head else 14
    )


def _when(name: str):
    def cell(one) -> Cell:
        value = getattr(one.bar, name)
        return Cell(day(value, "full") if value else "–")

    return cell


def _under(one) -> Cell:
    return Cell(one.bar.under, ink="bad" if one.bar.late else "")


class Numbered:
    """A row of the timeline under its number: commitments and milestones share ids."""

    __slots__ = ("bar", "id")

    def __init__(self, id: int, bar: Bar) -> None:
        self.id, self.bar = id, bar


ROWS = Table(
    name="timeline",
    columns=(
        Column("title", C_("timeline", "Commitment, milestone"), cell=_name),
        Column("starts", C_("timeline", "Planned start"), 100, cell=_when("starts")),
        Column("due", C_("timeline", "Planned end"), 100, cell=_when("due")),
        Column("began", C_("timeline", "Started"), 100, cell=_when("began")),
        Column("ended", C_("timeline", "Completed"), 100, cell=_when("ended")),
        Column("under", C_("timeline", "State and weight"), 220, cell=_under, wide=True),
    ),
)


class Signs(Painted):
    """What the signs of the timeline mean, beside each other."""

    def __init__(self) -> None:
        super().__init__(22)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.renew()

    def parts(self) -> list[tuple[str, str]]:
        """Return sign and meaning of each."""
        return [
            ("planned", say(C_("timeline", "Planned"))),
            ("done", say(C_("timeline", "Done"))),
            ("late", say(C_("timeline", "After the planned day"))),
            ("open", say(C_("timeline", "Planned day of a milestone"))),
            ("reached", say(C_("timeline", "Reached"))),
        ]

    def sentence(self) -> str:
        return ", ".join(words for _sign, words in self.parts())

    def draw(self, painter, area) -> None:
        from ui.commitments.timeline_drawing import draw_sign

        x = area.x() + theme.px(8)
        painter.setFont(theme.font("cap"))
        for sign, words in self.parts():
            wide = painter.fontMetrics().horizontalAdvance(words)
            if x + theme.px(26) + wide > area.right():
                return
            draw_sign(painter, x, area.center().y(), sign)
            painter.setFont(theme.font("cap"))
            painter.setPen(theme.color("text2"))
            left = x + theme.px(26)
            box = area.adjusted(left - area.x(), 0, 0, 0)
            painter.drawText(box, Align.AlignLeft | Align.AlignVCenter, words)
            x = left + wide + theme.px(18)


class TimelinePage(Exporting, Page):
    """The days of the plan in front."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.place = place.of(desk)
        self.bars: tuple[Bar, ...] = ()
        self.span: Span | None = None
        self._serial = self._read = -1
        self.meta = Label("", "sec", elide=True)
        self.how = Segment(
            [C_("timeline", "Chart"), C_("timeline", "Table")], CHART, N_("Shown as")
        )
        self.copy = Button(N_("Copy image"), icon="image", slot=self.on_picture)
        self.save = Button(N_("Save picture"), icon="download", slot=self.on_save)
        self.view = TimelineView(N_("Timeline of the commitments"))
        self.list = RowList(RowTable(ROWS), N_("Timeline of the commitments"), height=36)
        self.signs = Signs()
        self.nothing = State(
            "calendar-days",
            N_("No days yet"),
            N_("Commitments have their months and milestones their days: both stand here."),
            Button(N_("To the overview"), slot=self.on_overview),
        )
        self.view.opened.connect(self.on_opened)
        self.view.chosen.connect(self.on_chosen)
        self.list.opened.connect(self.on_numbered)
        self.how.chosen.connect(self.on_how)
        self._lay_out()
        self.place.changed.connect(self.on_place)
        self.place.ask()
        self.on_place()

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(column((self.view, 1), self.signs, gap=4, margins=(20, 0, 24, 8)))
        self.stack.addWidget(row(self.list, margins=(20, 0, 24, 8)))
        self.stack.addWidget(column(self.nothing, None))
        tools = row((self.meta, 1), self.how, self.copy, self.save, margins=(28, 12, 24, 8), gap=8)
        column(tools, (self.stack, 1), gap=0, into=self)

    # --- what a page says of itself
    @property
    def settled(self) -> bool:
        return self.place.settled and self._read == self._serial

    def panes(self) -> list:
        if self.span is None:
            return [self.nothing]
        shown_ = self.view if self.stack.currentIndex() == CHART else self.list
        return [shown_, self.how.parts[self.how.current()]]

    # --- what is shown
    def on_place(self) -> None:
        """Read the milestones of the plan in front anew."""
        if self._serial != self.place.serial and self.place.known:
            self._serial = self.place.serial
            self.desk.read(milestones_of, then=self.on_read, plan_id=self.place.plan_id)

    def on_read(self, found) -> None:
        """Show the rows."""
        self._read = self._serial
        today = clock.today()
        self.bars = bars_of(self.place.commitments, found, today)
        self.span = span_of(self.bars, today)
        self.view.show_bars(self.bars, self.span)
        rows = [Numbered(n, bar) for n, bar in enumerate(self.bars)]
        self.list.model().show(rows)
        self.list.choose_first()
        self._show_state()
        plan = self.place.plan
        if plan is not None:
            words = NN_("{n} milestone", "{n} milestones")
            said = [plan.code, shown.title(plan), span(plan.starts, plan.ends)]
            self.meta.say(" · ".join(filter(None, [*said, say(words, n=len(found))])))
        else:
            self.meta.say("")

    def _show_state(self) -> None:
        empty = self.span is None
        self.stack.setCurrentIndex(2 if empty else self.how.current())
        for part in (self.how, self.copy, self.save):
            part.setVisible(not empty)

    # --- what a person does
    def on_overview(self) -> None:
        """Show where plans and commitments begin."""
        self.room.show_pane("overview")

    def on_how(self, _n: int) -> None:
        """Show the same as a chart or as a table."""
        self._show_state()

    def on_chosen(self, n: int) -> None:
        """Put the commitment of the row in front of the other panes."""
        bar = self.bars[n]
        if bar.head:
            self.place.show_commitment(bar.id)

    def on_opened(self, n: int) -> None:
        """Go to the record of a row."""
        self.go("commitments", self.bars[n].id, self.bars[n].table)

    def on_numbered(self, n) -> None:
        self.on_opened(n)

    def on_copy_timeline(self) -> None:
        """Copy the timeline as a picture."""
        self.on_picture()

    def on_save_timeline(self) -> None:
        """Ask where to save the timeline."""
        self.on_save()

    def on_copy_cells(self) -> None:
        """Copy the days as cells."""
        self.on_cells()

    # --- the picture
    def picture(self):
        """Return the timeline as a picture, and its title; of very many rows those in front."""
        of, bars = self.place.plan, self.bars
        if self.span is None or of is None:
            return None, ""
        if len(bars) > MOST:
            of, bars = self.place.commitment, self.bars_in_front()
        title = say(N_("Timeline of {name}"), name=shown.title(of))
        words = ". ".join(told(bar, self.span.today) for bar in bars)
        return Drawing(bars, self.span, PICTURE, words), title

    def below(self) -> tuple[str, ...]:
        """Say what the signs of the picture mean."""
        words = N_("Outlined: planned. Filled: done. Diamond: planned day of a milestone.")
        return (say(words),)

    def bars_in_front(self) -> tuple[Bar, ...]:
        """Return the rows of the commitment in front."""
        heads = [n for n, bar in enumerate(self.bars) if bar.head]
        first = next(n for n in heads if self.bars[n].id == self.place.commitment_id)
        last = next((n for n in heads if n > first), len(self.bars))
        return self.bars[first:last]

    def cells(self) -> list[list[str]]:
        """Return the rows with their titles."""
        model = self.list.model()
        titles = [say(column_.title) for column_ in model.columns]
        return [
            titles,
            *([model.cell(n, c).text for c in range(len(titles))] for n in range(model.rowCount())),
        ]

    # --- events
    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.signs.setVisible(self.height() >= theme.px(LOW))

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and hasattr(self, "stack"):
            self._serial = -1
            self.on_place()


def milestones_of(read, *, plan_id: int | None):
    """Return the milestones of a plan; none where there is no plan."""
    return queries.milestones(read, plan_id=plan_id) if plan_id is not None else []


PANE = TimelinePage
