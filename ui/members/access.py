"""Who looked at whose contact data (접속기록): the pane, and the one door to data that is masked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QStackedWidget

from db.vocab import Access
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import access
from ui import alerts, theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, day, say
from ui.widgets.forms import Choice, DateField, Field
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State, header, pair
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Icon, Label, column, frame, row, rule, scrolled

WIDTH = 340
TONES = {Access.REVEAL: "neu", Access.COPY: "acc", Access.EXPORT: "warn", Access.PRINT: "info"}
ANY = ""


def reveal(
    desk, then, otherwise, people, fields, reason: str = "", action: str = Access.REVEAL.value
) -> None:
    """Write the record that lets contact data be shown, copied, exported or printed.

    `then(record id)` is the moment to show it; where nothing can be recorded nothing is shown, and
    `otherwise(error)` (by default the banner) says so. Both are bound methods.
    """
    if desk.read_only:
        error = UserError(
            N_("This office is open for reading only, so looking could not be recorded."),
            hint=N_("Open it for writing to see contact data."),
        )
        (otherwise or alerts.tell)(error)
        return
    desk.do(
        access.record_access,
        then=then,
        otherwise=otherwise,
        action=action,
        fields=list(fields),
        people=list(people),
        reason=reason,
    )


def whom(record) -> Cell:
    """Show the first person, and how many more."""
    id, name = record.people[0]
    first = access.person_said(id, name)
    if record.count == 1:
        return Cell(first, role="secb")
    return Cell(say(N_("{name} and {n} more"), name=first, n=record.count - 1), role="secb")


def what(record) -> Cell:
    """Show what was done, as a chip."""
    return Cell("", chip=say(access.ACTIONS[record.action]), tone=TONES[record.action])


def who(record) -> Cell:
    """Show who it was over the PC."""
    return Cell(record.who, record.host)


def when(record) -> Cell:
    """Show the day and the time in the office's zone."""
    moment = clock.local(record.at)
    return Cell(day(moment.date(), "long"), f"{moment:%H:%M:%S}")


RECORDS = Table(
    name="access",
    ids=access.record_ids,
    rows=access.record_rows,
    sort="at",
    follows={"access_record": "id"},
    derived=frozenset({"person"}),
    columns=(
        Column("at", C_("access", "When"), 150, sort="at", cell=when),
        Column("action", C_("access", "Act"), 100, sort="action", cell=what),
        Column("people", C_("access", "Whose"), cell=whom),
        Column(
            "fields", C_("access", "Data"), 130, cell=lambda r: Cell(access.fields_said(r.fields))
        ),
        Column("who", C_("access", "Who · PC"), 150, sort="who", cell=who),
        Column("reason", C_("access", "Reason"), 180, wide=True),
    ),
)
PEOPLE = Table(
    columns=(
        Column(
            "name",
            C_("access", "Whose"),
            cell=lambda pair: Cell(access.person_said(pair.id, pair.name), role="secb"),
        ),
        Column("id", C_("access", "Number"), 70, "right", cell=lambda pair: Cell(str(pair.id))),
    ),
)


class Somebody:
    """One person of a record, as a row."""

    def __init__(self, id: int, name: str) -> None:
        self.id, self.name = id, name


class RecordCard(QStackedWidget):
    """One record whole, beside the list."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.record = page, None
        self.title, self.act = Label("", "h2"), Chip()
        self.at, self.who, self.host, self.data, self.why = (
            Label("", "sec", "text", wrap=True) for _n in range(5)
        )
        self.count = Label("", "cap")
        self.people = RowTable(PEOPLE)
        self.list = RowList(self.people, C_("access", "Whose"), header=False, fit=True)
        self.list.opened.connect(self.on_person)
        inside = frame("inspector")
        column(
            row(self.title, self.act, None, gap=10),
            pair(Label(C_("access", "When"), "cap"), self.at),
            pair(Label(C_("access", "Who"), "cap"), self.who),
            pair(Label(C_("access", "PC"), "cap"), self.host),
            pair(Label(C_("access", "Data"), "cap"), self.data),
            pair(Label(C_("access", "Reason"), "cap"), self.why),
            rule(),
            row(Label(C_("access", "Whose"), "h3"), None, self.count),
            self.list,
            None,
            margins=(24, 20, 20, 20),
            gap=10,
            into=inside,
        )
        self.addWidget(scrolled(inside))
        self.setAccessibleName(say(N_("Access record")))

    def show_record(self, record) -> None:
        """Write a record into the card."""
        self.record = record
        self.title.say(C_("access", "No. {id}"), id=record.id)
        self.act.say(access.ACTIONS[record.action], TONES[record.action])
        moment = clock.local(record.at)
        self.at.say(f"{day(moment.date(), 'long')} {moment:%H:%M:%S}")
        self.who.say(record.who)
        self.host.say(record.host)
        self.data.say(access.fields_said(record.fields))
        self.why.say(record.reason or "–")
        self.people.show(Somebody(id, name) for id, name in record.people)
        hidden = record.count - len(record.people)
        if hidden:
            self.count.say(
                N_("{n} people; the first {m} are shown"), n=record.count, m=len(record.people)
            )
        else:
            self.count.say(NN_("{n} person", "{n} people"), n=record.count)

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.LanguageChange:
            self.setAccessibleName(say(N_("Access record")))
            if self.record is not None:
                self.show_record(self.record)
        super().changeEvent(event)

    def on_person(self, id) -> None:
        person = self.people.row(self.people.place(id))
        if person.name:
            self.page.go("members", id, "person")


class AccessPage(Page):
    """The acts at the left, one act at the right, and whether the record is untouched."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.standing = None
        self.model = self.table(RowTable(RECORDS, desk))
        self.model.descending = True
        self.list = RowList(self.model, N_("Access record"), height=48)
        self.search = Field(C_("access", "Find person"), search=True)
        options = [(ANY, C_("access", "Every act")), *access.ACTIONS.items()]
        self.action = Choice(options, C_("access", "Act"), ANY, width=130)
        self.since = DateField(C_("access", "First day"), None, 116)
        self.until = DateField(C_("access", "Last day"), None, 116)
        self.verdict = Chip()
        self.checking = Button(N_("Verify"), icon="shield-check", slot=self.on_verify)
        self.saving = Button(N_("Export the record"), icon="download", slot=self.on_export)
        self.meta, self.kept = Label("", "sec", elide=True), Label("", "cap", elide=True)
        self.wrong = Label("", "cap", "bad", wrap=True)
        self.card = RecordCard(self)
        self._lay_out()
        self.card.hide()
        self.search.typing.connect(self.ask)
        self.action.currentIndexChanged.connect(self.ask)
        self.since.editingFinished.connect(self.ask)
        self.until.editingFinished.connect(self.ask)
        self.list.previewed.connect(self.on_previewed)
        self.list.peeked.connect(self.on_peek)
        self.model.arrived.connect(self.on_arrived)
        desk.changed.connect(self.on_changed)
        self.ask()
        desk.read(access.standing, then=self.on_standing)

    def _lay_out(self) -> None:
        self.empty = State("eye", N_("Nobody has looked yet"), "")
        self.wrong_row = row(
            Icon("circle-alert", "bad", 14), (self.wrong, 1), margins=(28, 0, 24, 8), gap=6
        )
        self.wrong_row.hide()
        tools = row(
            self.action,
            4,
            Label(C_("access", "Days"), "cap"),
            self.since,
            Label("~", "cap"),
            self.until,
            None,
            (self.search, 3),
            margins=(28, 0, 24, 8),
        )
        left = column(
            header(
                Label(N_("Access record"), "h2"),
                self.meta,
                self.checking,
                self.saving,
                chips=(self.verdict,),
            ),
            tools,
            self.wrong_row,
            rule(),
            (row(Hollow(self.list, self.empty), margins=(20, 0, 16, 0)), 1),
            row(Icon("info", "text3", 14), (self.kept, 1), margins=(28, 6, 24, 8), gap=6),
            gap=0,
        )
        row((left, 1), self.dock(self.card), gap=0, into=self)
        self.dress()
        self.say_empty()

    def dress(self) -> None:
        self.card.setFixedWidth(theme.px(WIDTH))

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.StyleChange and hasattr(self, "card"):
            self.dress()
        elif event.type() == event.Type.LanguageChange and not self.wrong_row.isHidden():
            self.ask()
        super().changeEvent(event)

    def panes(self) -> list:
        return [self.list, self.card, self.search]

    def inspects(self) -> bool:
        return self.model.rowCount() > 0

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a record."""
        if id is not None and self.model.place(id) >= 0:
            self.list.choose(id)

    # --- what is shown
    def filters(self) -> dict:
        """Return what the list is asked with; raise UserError when a day is none."""
        return {
            "words": self.search.text(),
            "action": self.action.value() or None,
            "since": self.since.value(),
            "until": self.until.value(),
        }

    def ask(self, typed=None) -> None:
        """Ask for the records that the filters leave; `typed` is what the search box says."""
        try:
            filters = self.filters()
        except UserError as error:
            self.wrong.say(str(error))
            self.wrong_row.show()
            return
        self.wrong_row.hide()
        if isinstance(typed, str):
            filters["words"] = typed
        self.say_empty(any(filters.values()))
        self.model.ask(**filters)

    def say_empty(self, filtered: bool = False) -> None:
        """Say why there may be no records."""
        if filtered:
            self.empty.title.say(N_("No such act"))
            self.empty.hint.say(N_("Choose other days, another act or another person."))
        else:
            self.empty.title.say(N_("Nobody has looked yet"))
            self.empty.hint.say(
                N_("Showing, copying, exporting and printing contact data is recorded here.")
            )

    # --- slots
    def on_standing(self, standing) -> None:
        self.standing = standing
        if standing.first is None:
            self.meta.say("")
        else:
            first = clock.local(standing.first).date()
            message = NN_("{n} record since {day:full}", "{n} records since {day:full}")
            self.meta.say(message, n=standing.records, day=first)
        if standing.years > 1:
            self.kept.say(
                N_(
                    "Kept at least two years, because the office holds data of 50,000 people or"
                    " more; nobody can change or delete it here."
                )
            )
        else:
            self.kept.say(
                N_(
                    "Kept at least one year (two from 50,000 people on);"
                    " nobody can change or delete it here."
                )
            )

    def on_changed(self, changes) -> None:
        if changes.touches("access_record"):
            self.desk.read(access.standing, then=self.on_standing)
            self.verdict.say("")

    def on_arrived(self) -> None:
        if not self.narrow:
            self.card.setVisible(self.inspects())
        if self.inspects() and self.list.current() is None:
            self.list.choose_first()
        elif self.list.current() is not None:
            self.on_previewed(self.list.current())

    def on_previewed(self, id) -> None:
        place = self.model.place(id) if id is not None else -1
        record = self.model.row(place) if place >= 0 else None
        if record is not None:
            self.card.show_record(record)
            self.moved.emit(id, "access_record")

    def on_verify(self) -> None:
        self.desk.read(access.verify, then=self.on_verified)

    def on_verified(self, problems) -> None:
        if problems:
            self.verdict.say(N_("Altered in {n} places"), "bad", "shield-alert", n=len(problems))
            alerts.tell(UserError(problems[0]))
        else:
            self.verdict.say(N_("Verified: untouched"), "ok", "shield-check")

    def on_export(self) -> None:
        name = say(N_("Access record {day}.csv"), day=clock.today().isoformat())
        asked, _filter = QFileDialog.getSaveFileName(
            self, say(N_("Export the record")), name, "CSV (*.csv)"
        )
        if asked:
            self.save_csv(Path(asked))

    def save_csv(self, path: Path) -> None:
        """Write the records that the filters leave to a file."""
        self.path = path
        sort = {"sort": self.model.sort_key, "descending": self.model.descending}
        self.desk.read(
            access.write_records, then=self.on_saved, path=path, **self.filters(), **sort
        )

    def on_saved(self, count: int) -> None:
        self.toast(
            NN_("{n} record saved: {name}", "{n} records saved: {name}"),
            n=count,
            name=self.path.name,
        )


PANE = AccessPage
