"""The plan in front as it was written: its texts, institutions, counts, rules, what is missing."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from gwangju_desktop.commitments import lacking, plans
from gwangju_desktop.commitments.months import span
from gwangju_desktop.members.rules import named
from ui import theme
from ui.commitments import place
from ui.commitments.counts import CountsFace
from ui.commitments.english import EnglishFace
from ui.commitments.institutions import InstitutionsFace
from ui.commitments.plan_face import Face
from ui.commitments.plan_form import PlanDialog, close_dialog, submit_dialog
from ui.commitments.plan_lacks import LacksFace
from ui.commitments.plan_sheets import Sheets
from ui.commitments.plan_texts import TextsFace
from ui.commitments.rules import RulesFace
from ui.text import C_, N_, NN_, Msg, say
from ui.widgets.forms import Choice
from ui.widgets.page import Page, State
from ui.widgets.painted import Chip, Segment
from ui.widgets.parts import Button, Label, column, row, rule


class Part(NamedTuple):
    """One face of the pane: `tables` are the records it opens."""

    title: Msg
    kind: type[Face]
    tables: tuple[str, ...]


PARTS = (
    Part(C_("plan face", "Texts"), TextsFace, ("plan_text",)),
    Part(C_("plan face", "Institutions"), InstitutionsFace, ("plan_institution",)),
    Part(C_("plan face", "Co-creation record"), CountsFace, ("plan_count",)),
    Part(C_("plan face", "Rules"), RulesFace, ("plan_rule",)),
    Part(C_("plan face", "To complete"), LacksFace, ()),
    Part(C_("plan face", "Missing English"), EnglishFace, ()),
)
LACKS, ENGLISH = 4, 5
# What the faces show and the place does not follow.
ASIDE = {table for part in PARTS for table in part.kind.TOUCHES} - place.TABLES
NUMBERED = {LACKS: N_("To complete {n}"), ENGLISH: N_("Missing English {n}")}


class Entry(NamedTuple):
    """One line of the menu: `deed` is a method; None stands between groups."""

    label: Msg
    icon: str
    deed: str
    writes: bool = True


def counted(read, *, plan_id: int) -> tuple[int, int]:
    """Return how much is lacking of a plan, and how many texts have no English."""
    return len(lacking.plan(read, plan_id)), len(lacking.english(read, plan_id))


class PlanPage(Sheets, Page):
    """The faces of a plan under its title."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.place = place.of(desk)
        self.built: dict[int, Face] = {}
        self.stack = QStackedWidget()
        self._wanted: tuple[int, str] | None = None
        self._stale = True
        self._make_head()
        self._lay_out()
        self.place.changed.connect(self.on_place)
        desk.changed.connect(self.on_changed)
        self.place.ask()
        self.on_part(0)
        self.on_place()

    def _make_head(self) -> None:
        self.title = Label("", "h2").shrink()
        self.state = Chip()
        self.meta = Label("", "cap", elide=True)
        titles = [part.title for part in PARTS]
        self.segment = Segment(titles, 0, N_("Part of the plan"))
        self.short = Choice(enumerate(titles), N_("Part of the plan"))
        self.segment.chosen.connect(self.on_part)
        self.short.activated.connect(self.on_part)
        self.edit = Button(C_("commitment", "Edit"), slot=self.on_edit)
        self.submit = Button(
            C_("action plan", "Submit"), "primary", "circle-check", slot=self.on_submit
        )
        self.more = Button("", "ghost", "ellipsis", name=N_("More"), slot=self.on_more)
        self.menu = QMenu(self)
        self.menu.triggered.connect(self.on_entry)
        self.writing(self.edit, self.submit)

    def _lay_out(self) -> None:
        self.begin = Button(N_("New action plan"), "primary", "plus", slot=self.on_new_plan)
        self.empty = State(
            "file-text",
            N_("No action plan yet"),
            N_("A plan holds the commitments, and how they were made with citizens."),
            self.writing(self.begin),
        )
        self.whole = column(
            row(
                (column(row(self.title, self.state, None, gap=10), self.meta, gap=3), 1),
                self.edit,
                self.submit,
                self.more,
                margins=(28, 12, 24, 8),
            ),
            row(self.segment, self.short, None, margins=(28, 0, 24, 10), gap=0),
            rule(),
            (self.stack, 1),
            gap=0,
        )
        column((self.whole, 1), self.empty, gap=0, into=self)

    # --- what a page says of itself
    @property
    def settled(self) -> bool:
        return self.place.settled

    @property
    def plan(self):
        """Return the plan in front."""
        return self.place.plan

    @property
    def front(self) -> Face:
        """Return the face that is shown."""
        return self.stack.currentWidget()

    def panes(self) -> list[QWidget]:
        if self.plan is None:
            return [self.empty]
        return [*self.front.panes(), self.short if self.short.isVisible() else self.segment]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a plan, or a record of it in the face that holds such."""
        if id is not None:
            self._wanted = (id, table)
            self.place.find(table, id)

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self._stale:
            self.on_place()

    def hideEvent(self, event) -> None:
        self.front.leave()
        super().hideEvent(event)

    # --- what is shown
    def on_changed(self, changes) -> None:
        """Follow what somebody writes of the plan beside its commitments."""
        if self.plan is not None and changes.touches(*ASIDE):
            self.on_place()

    def on_place(self) -> None:
        """Show the plan in front; off screen, later."""
        plan = self.plan
        self._stale = not self.isVisible()
        if self._stale and plan is not None:
            return
        self.whole.setVisible(plan is not None)
        self.empty.setVisible(plan is None and self.place.known)
        if plan is None:
            return
        self.title.say(named(plan.title, plan.title_en))
        self.meta.say(" · ".join(self.facts()))
        self._show_state()
        self.desk.read(counted, then=self.on_counted, plan_id=plan.id)
        self.front.show_plan(plan)
        if self._wanted is not None:
            id, table = self._wanted
            self._wanted = None
            n = next((n for n, part in enumerate(PARTS) if table in part.tables), None)
            if n is not None:
                self.on_part(n)
                self.front.open(id, table)

    def _show_state(self) -> None:
        plan = self.plan
        if plan.closed_on is not None:
            self.state.say(N_("Closed {day:full}"), "neu", day=plan.closed_on)
        elif plan.submitted_on is not None:
            self.state.say(N_("Submitted {day:full}"), "ok", "lock", day=plan.submitted_on)
        else:
            self.state.say(C_("action plan", "Being written"), "acc")
        if not self.desk.read_only:
            self.submit.setVisible(plan.submitted_on is None)

    def facts(self) -> list[str]:
        """Return what is known of the plan, each in a few words."""
        plan = self.plan
        said = [plan.code]
        if plan.start or plan.end:
            said.append(span(plan.starts, plan.ends))
        commitments = self.place.commitments
        said.append(say(NN_("{n} commitment", "{n} commitments"), n=len(commitments)))
        if plan.source:
            said.append(plan.source)
        return said

    def on_counted(self, numbers: tuple[int, int]) -> None:
        """Write how much is to be done on the parts that list it."""
        titles = []
        for n, part in enumerate(PARTS):
            many = {LACKS: numbers[0], ENGLISH: numbers[1]}.get(n, 0)
            if many:
                self.segment.parts[n].say(NUMBERED[n], n=f"{many:,}")
                titles.append((n, Msg(say(NUMBERED[n], n=f"{many:,}"))))
            else:
                self.segment.parts[n].say(part.title)
                titles.append((n, part.title))
        self.short.show_options(titles, self.stack.currentIndex() if self.built else 0)
        self.short.choose(self.shown)
        self.fit()

    # --- slots
    def on_part(self, n: int) -> None:
        """Show a part of the plan."""
        if self.built:
            self.front.leave()
        if n not in self.built:
            self.built[n] = PARTS[n].kind(self)
            self.stack.addWidget(self.built[n])
        self.shown = n
        self.stack.setCurrentWidget(self.built[n])
        self.segment.choose(n)
        self.short.choose(n)
        if self.plan is not None:
            self.front.show_plan(self.plan)

    def on_english(self) -> None:
        """Show the texts without English."""
        self.on_part(ENGLISH)
        self.front.panes()[0].setFocus()

    def on_new_plan(self) -> None:
        """Ask for a new plan, and show it."""
        if self.desk.read_only:
            return
        dialog = PlanDialog(self.window(), self.desk)
        dialog.accepted.connect(self.on_made)
        dialog.open()

    def on_made(self) -> None:
        """Show the plan that was made."""
        self.place.show_plan(self.sender().value)

    def on_edit(self) -> None:
        """Ask what changes of the plan."""
        PlanDialog(self.window(), self.desk, self.plan).open()

    def on_submit(self) -> None:
        """Ask for the day of the submission."""
        self.front.leave()
        submit_dialog(self.window(), self.desk, self.plan).open()

    def on_close(self) -> None:
        """Ask for the day the plan ended."""
        close_dialog(self.window(), self.desk, self.plan).open()

    def on_reopen(self) -> None:
        self.desk.do(plans.reopen_plan, plan_id=self.plan.id)

    def on_take_back(self) -> None:
        self.desk.do(plans.take_back_plan, plan_id=self.plan.id)

    def on_remove(self) -> None:
        self.desk.do(plans.remove_plan, plan_id=self.plan.id)

    def entries(self) -> list[Entry | None]:
        """Return the lines of the menu that fit the plan in front."""
        plan = self.plan
        lines: list[Entry | None] = [
            Entry(N_("Save progress as a sheet"), "download", "on_export_progress", False),
            Entry(N_("Read progress from a sheet"), "upload", "on_import_progress"),
            None,
            Entry(N_("Save missing English as a sheet"), "download", "on_export_english", False),
            Entry(N_("Read English from a sheet"), "upload", "on_import_english"),
            None,
            Entry(N_("New action plan"), "plus", "on_new_plan"),
        ]
        if plan.submitted_on is None:
            lines.append(Entry(N_("Delete the plan"), "trash-2", "on_remove"))
        elif plan.closed_on is None:
            lines.append(Entry(N_("Close the plan"), "circle-check", "on_close"))
            lines.append(Entry(N_("Take back the submission"), "undo-2", "on_take_back"))
        else:
            lines.append(Entry(N_("Reopen the plan"), "undo-2", "on_reopen"))
        return lines

    def on_more(self) -> None:
        """Show what else can be done with the plan."""
        self.menu.clear()
        self.menu.setFont(theme.font("sec"))
        for entry in self.entries():
            if entry is None:
                self.menu.addSeparator()
            elif not (entry.writes and self.desk.read_only):
                action = self.menu.addAction(theme.icon(entry.icon, "text2"), say(entry.label))
                action.setData(entry.deed)
        corner = self.more.mapToGlobal(self.more.rect().bottomRight())
        corner.setX(corner.x() - self.menu.sizeHint().width())
        self.menu.popup(corner)

    def on_entry(self, action) -> None:
        """Do what was chosen."""
        getattr(self, action.data())()

    # --- events
    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() in (event.Type.LanguageChange, event.Type.StyleChange):
            # Not now: the words of the parts change after this.
            QTimer.singleShot(0, self, self.renew)

    def renew(self) -> None:
        """Say names and numbers in another language."""
        if hasattr(self, "whole"):
            self.on_place()
            self.fit()

    def fit(self) -> None:
        """Turn the segment into a choice where there is no room for all its words."""
        room = self.width() - theme.px(56)
        wide = self.segment.sizeHint().width() <= room
        self.segment.setVisible(wide)
        self.short.setVisible(not wide)


PANE = PlanPage
