"""Who is there (구성 현황): the mix of each body and consultation, small counts hidden."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QStackedWidget

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import inclusion
from gwangju_desktop.members.inclusion import CODES, DIMENSIONS, HIDDEN
from gwangju_desktop.members.rules import named
from ui import theme
from ui.members.mix import LINES, Line, SplitCard, number, share
from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.text import C_, N_, day, say
from ui.widgets.forms import Choice, DateField, Dialog, Field, Labelled, NumberField
from ui.widgets.lists import RowList
from ui.widgets.page import Page, State, header
from ui.widgets.painted import Segment, Tabs
from ui.widgets.parts import Button, Label, column, frame, row, rule, scrolled

LIST_WIDTH = 300
LIMITS = (3, 5, 10)
# A change of one of these may change a mix.
WATCHED = ("membership", "person", "body", "organisation", "post", "consultation")
WATCHED_TOO = ("consultation_count", "setting")


SUBJECTS = Table(
    columns=(
        Column(
            "title",
            N_("Body or consultation"),
            cell=lambda s: Cell(
                named(s.title_ko, s.title_en),
                day(s.held_on, "full") if s.held_on else "",
                role="secb",
            ),
        ),
        Column("total", C_("mix", "People"), 64, "right", cell=lambda s: Cell(number(s.total))),
    )
)


class InclusionPage(Page):
    """Bodies and consultations at the left, the mix of the chosen one at the right."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.on = clock.today()
        self.chosen: int | None = None
        self._wanted: int | None = None
        self.mix = None
        self.subjects: list = []
        self.day = DateField(N_("Members on"), self.on, 116)
        self.list = RowList(RowTable(SUBJECTS), N_("Bodies and consultations"), height=44)
        self.title, self.meta = Label("", "h2"), Label("", "sec", elide=True)
        self.view = Segment((C_("mix", "Bars"), C_("mix", "Table")), 0, N_("View"))
        self.copy = Button(N_("Copy table"), icon="copy", slot=self.on_copy)
        self.edit = Button(N_("Edit"), icon="pencil", slot=self.on_edit)
        self.remove = Button(
            "", "ghost", "trash-2", name=N_("Remove consultation"), slot=self.on_remove
        )
        self.add = Button(N_("Add consultation"), icon="plus", slot=self.on_add)
        self.limit = Choice([(n, str(n)) for n in LIMITS], N_("Counts hidden below"), 5, 76)
        self.note = Label("", "cap", wrap=True)
        self.cards = {name: SplitCard(name) for name in DIMENSIONS}
        self.table_view = RowList(RowTable(LINES), N_("Mix"), height=30)
        self._lay_out()
        self._connect()
        self.look()

    def _lay_out(self) -> None:
        inside = frame("page")
        cards = [card.widget for card in self.cards.values()]
        column(*cards, None, margins=(28, 14, 28, 16), gap=14, into=inside)
        self.empty = State(
            "users",
            N_("Nobody to count"),
            N_("On that day nobody sat in this body, or no counts were entered."),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(scrolled(inside))
        self.stack.addWidget(row(self.table_view, margins=(20, 8, 16, 8)))
        self.stack.addWidget(self.empty)
        limits = row(Label(N_("Counts hidden below"), "cap"), self.limit, gap=6)
        self.writing(self.add, self.edit, self.remove, limits)
        self.side = column(
            row(Label(N_("Members on"), "cap"), self.day, None, margins=(20, 12, 12, 8)),
            rule(),
            (row(self.list, margins=(12, 0, 4, 0)), 1),
            row(self.add, None, margins=(20, 8, 12, 12)),
            gap=0,
            into=frame("leftpane"),
        )
        right = column(
            header(self.title, self.meta, self.remove, self.edit, self.copy, self.view),
            rule(),
            (self.stack, 1),
            rule(),
            row((self.note, 1), limits, margins=(28, 8, 24, 8), gap=12),
            gap=0,
        )
        row(self.side, (right, 1), gap=0, into=self)
        self.dress()

    def _connect(self) -> None:
        self.day.editingFinished.connect(self.on_day)
        self.list.previewed.connect(self.on_previewed)
        self.list.opened.connect(self.on_opened)
        self.view.chosen.connect(self.on_view)
        self.limit.activated.connect(self.on_limit)
        self.desk.changed.connect(self.on_changed)

    def dress(self) -> None:
        self.side.setFixedWidth(theme.px(LIST_WIDTH))

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.StyleChange and hasattr(self, "side"):
            self.dress()
        elif event.type() == event.Type.LanguageChange:
            self.look()
            if self.day.property("wrong"):
                self.on_day()
        super().changeEvent(event)

    def panes(self) -> list:
        return [self.list, self.table_view]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a consultation, or a body."""
        if id is None:
            return
        self._wanted = -id if table == "consultation" else id
        self.on_subjects(self.subjects)

    # --- what is shown
    def look(self) -> None:
        """Ask for the subjects of the day, then for the mix of the one chosen."""
        self.desk.read(inclusion.subjects, then=self.on_subjects, on=self.on)

    def on_subjects(self, subjects) -> None:
        self.subjects = subjects
        bodies = [one for one in subjects if not one.consultation]
        held = [one for one in subjects if one.consultation]
        rows: list = [Group(C_("mix", "Bodies"), len(bodies)), *bodies]
        if held:
            rows += [Group(N_("Consultations"), len(held)), *held]
        self.list.model().show(rows)
        ids = [one.id for one in subjects]
        wanted = next((id for id in (self._wanted, self.chosen) if id in ids), None)
        if wanted is None and ids:
            wanted = ids[0]
        if wanted is None:
            self.show_nothing()
            return
        self._wanted = None
        self.list.choose(wanted)
        # The row may be the current one already, which says nothing anew.
        self.on_previewed(wanted)

    def show_nothing(self) -> None:
        """Say that on that day there is nothing to count."""
        self.chosen = self.mix = None
        self.title.say("")
        self.meta.say("{day:full}", day=self.on)
        for button in (self.edit, self.remove):
            button.hide()
        self.copy.why_not(N_("There is nothing to copy."))
        self.on_view(self.view.current())

    def on_previewed(self, id) -> None:
        if id is None:
            return
        self.chosen = id
        asked = {"consultation_id": -id} if id < 0 else {"body_id": id, "on": self.on}
        self.desk.read(inclusion.mix, then=self.on_mix, otherwise=self.on_gone, **asked)

    def on_gone(self, _error) -> None:
        """What was shown was taken back; the list brings another."""

    def on_mix(self, mix) -> None:
        self.mix = mix
        consultation = (self.chosen or 0) < 0
        self.title.say(named(mix.title_ko, mix.title_en))
        parts = filter(None, ("{day:full}" if mix.on else "", "{source}" if mix.source else ""))
        self.meta.say(" · ".join(parts), day=mix.on, source=mix.source)
        for button in (self.edit, self.remove):
            button.setVisible(consultation and not self.desk.read_only)
        held = {split.dimension: split for split in mix.splits}
        for name, card in self.cards.items():
            card.show_split(held.get(name))
        self.table_view.model().show(self._lines())
        self.limit.choose(mix.least)
        message = N_("Counts below {n}, and those that would give them away, are shown as {mark}.")
        self.note.say(message, n=mix.least, mark=HIDDEN)
        self.copy.why_not("" if mix.splits else N_("There is nothing to copy."))
        self.on_view(self.view.current())

    def _lines(self) -> list:
        rows: list = []
        for split in self.mix.splits:
            rows.append(Group(DIMENSIONS[split.dimension], number(split.total)))
            rows += [
                Line(say(part.label, **part.values), part.people, split.total)
                for part in split.parts
            ]
        return rows

    # --- slots
    def on_view(self, n: int) -> None:
        self.stack.setCurrentIndex(n if self.mix and self.mix.splits else 2)

    def on_day(self) -> None:
        try:
            chosen = self.day.value() or clock.today()
        except UserError as error:
            self.day.setProperty("wrong", True)
            self.day.setAccessibleDescription(str(error))
            self.day.style().polish(self.day)
            return
        self.day.setProperty("wrong", False)
        self.day.setAccessibleDescription("")
        self.day.style().polish(self.day)
        self.day.show_date(chosen)
        if chosen != self.on:
            self.on = chosen
            self.look()

    def on_copy(self) -> None:
        """Put the table on the clipboard as a spreadsheet reads it, hidden counts as stars."""
        lines = [
            [self.title.text()],
            [say(C_("mix", "Group")), say(C_("mix", "People")), say(C_("mix", "Share"))],
        ]
        for split in self.mix.splits:
            lines.append([say(DIMENSIONS[split.dimension]), number(split.total)])
            lines += [
                [
                    say(part.label, **part.values),
                    number(part.people),
                    share(part.people, split.total),
                ]
                for part in split.parts
            ]
        told = "\n".join("\t".join(cell.replace("\t", " ") for cell in line) for line in lines)
        QApplication.clipboard().setText(told + "\n")
        self.toast(N_("Table copied."))

    def on_limit(self, _index: int) -> None:
        self.desk.do(inclusion.set_small_cell, least=self.limit.value())

    def on_opened(self, id) -> None:
        if id is not None and id < 0:
            self.on_edit()

    def on_add(self) -> None:
        dialog = ConsultationDialog(self.window(), self.desk)
        dialog.accepted.connect(self.on_added)
        dialog.open()

    def on_added(self) -> None:
        self._wanted = -self.sender().value
        self.look()

    def on_edit(self) -> None:
        if self.chosen is not None and self.chosen < 0 and not self.desk.read_only:
            self.desk.read(inclusion.consultation, then=self.on_record, id=-self.chosen)

    def on_record(self, record) -> None:
        ConsultationDialog(self.window(), self.desk, record).open()

    def on_remove(self) -> None:
        if self.chosen is not None and self.chosen < 0:
            self.desk.do(inclusion.remove_consultation, id=-self.chosen)

    def on_changed(self, changes) -> None:
        if changes.touches(*WATCHED, *WATCHED_TOO):
            self.look()


class ConsultationDialog(Dialog):
    """A consultation: what it was, when, where it stands, how many of each group."""

    edits = ("consultation", "id")

    def __init__(self, parent, desk, record=None) -> None:
        self.desk, self.id = desk, record.id if record else None
        held = record.counts if record else {}
        self.title_ko = Labelled(N_("Title (Korean)"), Field("", N_("Title (Korean)")))
        self.title_en = Labelled(N_("Title (English)"), Field("", N_("Title (English)")))
        self.held_on = Labelled(
            C_("consultation", "Held on"), DateField("", record.held_on if record else None)
        )
        self.source = Labelled(N_("Source"), Field("", N_("Source")))
        if record:
            for field in (self.title_ko, self.title_en, self.source):
                name = {
                    self.title_ko: "title_ko",
                    self.title_en: "title_en",
                    self.source: "source",
                }[field]
                field.field.setText(getattr(record, name))
        self.fields: dict[tuple[str, str], NumberField] = {}
        self.tabs = Tabs(tuple(DIMENSIONS.values()))
        self.stack = QStackedWidget()
        for dimension in DIMENSIONS:
            self.stack.addWidget(self._counts(dimension, held.get(dimension, {})))
        self.tabs.chosen.connect(self.stack.setCurrentIndex)
        super().__init__(
            parent,
            N_("Edit consultation") if record else N_("Add consultation"),
            self.title_ko,
            self.title_en,
            row((self.held_on, 1), (self.source, 2), gap=12),
            rule(),
            self.tabs,
            self.stack,
            button=None if record else C_("button", "Add"),
            width=520,
        )

    def _counts(self, dimension: str, held) -> object:
        codes = [*CODES[dimension].items(), (inclusion.UNKNOWN, C_("mix", "Not entered"))]
        lines = []
        for code, label in codes:
            field = NumberField(label, held.get(code), high=inclusion.MOST_PEOPLE, width=110)
            self.fields[dimension, code] = field
            lines.append(row((Label(label, "sec", elide=True), 1), field, gap=8))
        half = (len(lines) + 1) // 2
        return row(
            (column(*lines[:half], None, gap=6), 1),
            (column(*lines[half:], None, gap=6), 1),
            gap=24,
        )

    def confirm(self) -> None:
        counts: dict[str, dict[str, int]] = {}
        for (dimension, code), field in self.fields.items():
            people = field.value()
            if people:
                counts.setdefault(dimension, {})[code] = people
        values = {
            "title_ko": self.title_ko.value(),
            "title_en": self.title_en.value(),
            "held_on": self.held_on.value(),
            "source": self.source.value(),
            "counts": counts,
        }
        if self.id is not None:
            values["id"] = self.id
        usecase = inclusion.add_consultation if self.id is None else inclusion.edit_consultation
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **values)


PANE = InclusionPage
