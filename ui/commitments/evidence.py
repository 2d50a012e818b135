"""The evidence shelf: files and what each proves; how it looks, and whether it is still itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget

from gwangju_desktop import clock
from gwangju_desktop.evidence import integrity, queries
from gwangju_desktop.evidence.rows import EvidenceRow
from gwangju_desktop.text import words
from ui.commitments import place, shown
from ui.commitments.evidence_card import EvidenceCard
from ui.commitments.evidence_deeds import EvidenceDeeds
from ui.commitments.evidence_rows import COUNT, SHELF, size_text
from ui.lending import Lender
from ui.models.rows import RowTable
from ui.packs.dropping import DropHint
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Choice, Field
from ui.widgets.lists import RowList
from ui.widgets.notices import Banner
from ui.widgets.page import Hollow, Page, State, header
from ui.widgets.parts import Button, Label, column, row

TABLES = ("evidence", "evidence_claim", "evidence_check", "stored_file")
NONE = N_("No evidence here yet")
HOW = N_("Drop files on this page, any kind; each says in one sentence what it proves.")
NAMED = 3  # broken files that are named over the shelf
SENTENCES = 540  # what titles and sentences keep, half each, before the wide columns appear
ALL, WHOLE_PLAN = None, 0
ANY, BROKEN, BARE, ENGLISH, CLOSED = range(5)
STATES = (
    (ANY, C_("evidence", "All evidence")),
    (BROKEN, C_("evidence", "Broken files")),
    (BARE, C_("evidence", "Nothing claimed yet")),
    (ENGLISH, C_("evidence", "English missing")),
    (CLOSED, C_("evidence", "Not public")),
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the pane shows of a plan."""

    plan_id: int
    rows: list[EvidenceRow]
    checked: object
    due: bool


def read_shelf(read, *, plan_id: int) -> Shelf:
    """Read the shelf of a plan, and when all files were read again last."""
    return Shelf(
        plan_id,
        queries.shelf(read, plan_id=plan_id),
        integrity.last_check(read),
        integrity.is_due(read),
    )


class EvidencePage(EvidenceDeeds, Page):
    """The evidence of the plan in front."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.place = place.of(desk)
        self.shelf: Shelf | None = None
        self.only: tuple[str, int] | None = None  # a milestone's or a number's evidence alone
        self.lender = Lender(self, desk)
        self._reading, self._stale, self._wanted = False, False, None
        self._next: tuple[str, object] = ("", None)
        self._make()
        self._lay_out()
        self.list.previewed.connect(self.on_row)
        self.list.opened.connect(self.on_opened)
        self.list.peeked.connect(self.on_peek)
        self.card.asked.connect(self.on_asked)
        self.whose.currentIndexChanged.connect(self.on_filter)
        self.state.currentIndexChanged.connect(self.on_filter)
        self.search.typing.connect(self.on_filter)
        self.place.changed.connect(self.on_place)
        desk.changed.connect(self.on_changed)
        self.setAcceptDrops(not desk.read_only)
        self.place.ask()
        self.on_place()

    def _make(self) -> None:
        self.title = Label("", "h2")
        self.meta = Label("", "sec", elide=True)
        self.check = Button(N_("Check files"), icon="shield-check", slot=self.on_check_files)
        self.best = Button(N_("Official upload"), icon="files", slot=self.on_upload)
        self.add = Button(N_("Add evidence"), "primary", "upload", slot=self.on_add_evidence)
        self.writing(self.add)
        self.alarm = Banner("triangle-alert", "bad")
        self.alarm.tone("bad", "triangle-alert")
        self.alarm.close_button.hide()
        self.show_broken = Button(N_("Show them"), slot=self.on_show_broken)
        self.alarm.offer(self.show_broken)
        self.whose = Choice([], C_("evidence", "Belongs to"), width=172)
        self.state = Choice(STATES, N_("Which evidence"))
        self.search = Field(N_("Find evidence"), N_("Find evidence"), search=True, width=200)
        self.narrow_to = Button("", "link", "x", slot=self.on_widen)
        self.narrow_to.hide()
        self.list = RowList(RowTable(SHELF), C_("commitment pane", "Evidence"), height=56)
        self.list.stretch = SENTENCES
        self.card = EvidenceCard(self)

    def _lay_out(self) -> None:
        self.empty = State(
            "inbox",
            NONE,
            HOW,
            self.writing(Button(N_("Add evidence"), icon="upload", slot=self.on_add_evidence)),
        )
        tools = row(
            self.whose,
            self.state,
            self.narrow_to,
            None,
            self.search,
            margins=(28, 8, 24, 8),
            gap=8,
        )
        left = column(
            header(self.title, self.meta, self.best, self.check, self.add),
            self.alarm,
            tools,
            (row(Hollow(self.list, self.empty), margins=(20, 0, 16, 0)), 1),
            gap=0,
        )
        whole = row((left, 1), self.dock(self.card), gap=0)
        self.nothing = State(
            "milestone",
            N_("No action plan yet"),
            N_("Evidence belongs to an action plan: make one first."),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(whole)
        self.stack.addWidget(column(self.nothing, None))
        column(self.stack, gap=0, into=self)
        self.hint = DropHint(self, N_("Drop to add as evidence"))

    # --- what a page says of itself
    @property
    def settled(self) -> bool:
        return self.place.settled and not self._reading and self.card.preview.settled

    def inspects(self) -> bool:
        return self.current() is not None

    def panes(self) -> list:
        return [self.list, self.card.claims, self.search, self.add]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a piece of evidence, the one of a claim, or all of a milestone or a number."""
        if id is None:
            return
        key, _dot, asked = table.partition(".")
        if asked:
            self.only = (key, id)
            if key == "milestone":
                self.place.find("milestone", id)
            self._show_rows()
            return
        self.desk.read(find, then=self.on_found, table=table or "evidence", id=id)

    def on_found(self, found: EvidenceRow | None) -> None:
        """Go to the plan of the evidence that was asked for."""
        if found is None:
            return
        self._widen()
        self._wanted = found.id
        if found.plan_id != self.place.plan_id:
            self.place.find("action_plan", found.plan_id)
        else:
            self._show_rows()

    def current(self) -> EvidenceRow | None:
        """Return the piece of evidence in front."""
        rows = self.shelf.rows if self.shelf else ()
        return next((one for one in rows if one.id == self.list.current()), None)

    # --- reading
    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self._stale:
            self.ask()

    def on_place(self) -> None:
        """Show the shelf of the plan in front."""
        plan = self.place.plan
        self.stack.setCurrentIndex(0 if plan is not None or not self.place.known else 1)
        if plan is None:
            return
        chosen = self.whose.value() if self.whose.options else ALL
        options = [(ALL, C_("evidence", "All commitments"))]
        options += [(one.id, one.code) for one in self.place.commitments]
        options.append((WHOLE_PLAN, C_("evidence", "The plan as a whole")))
        self.whose.show_options(options, chosen)
        if self.shelf is None or self.shelf.plan_id != plan.id:
            self.ask()
        else:
            self._say()

    def ask(self) -> None:
        """Read the shelf."""
        self._stale = False
        if self.place.plan_id is not None:
            self._reading = True
            self.desk.read(read_shelf, then=self.on_read, plan_id=self.place.plan_id)

    def on_read(self, shelf: Shelf) -> None:
        """Show what was read."""
        self._reading = False
        self.shelf = shelf
        self._show_rows()
        self._say()

    def on_changed(self, changes) -> None:
        """Read again what a change concerns; off screen, later."""
        if not changes.touches(*TABLES):
            return
        if self.isVisible():
            self.ask()
        else:
            self._stale = True

    # --- what is shown
    def _show_rows(self) -> None:
        if self.shelf is None:
            return
        rows = [one for one in self.shelf.rows if self._fits(one)]
        wanted = self._wanted if self._wanted is not None else self.list.current()
        self._wanted = None
        self.empty.title.say(N_("Nothing found") if self.shelf.rows else NONE)
        self.empty.hint.say(N_("Choose another kind, or other words.") if self.shelf.rows else HOW)
        self.list.model().show(rows)
        if any(one.id == wanted for one in rows):
            self.list.choose(wanted)
        else:
            self.list.choose_first()
        self.on_row(self.list.current())
        self._say_narrow(rows)

    def _fits(self, one: EvidenceRow) -> bool:
        if self.only is not None:
            table, id = self.only
            links = [(claim.milestone_id, claim.count_id) for claim in one.claims]
            return any(id == (first if table == "milestone" else last) for first, last in links)
        whose, state = self.whose.value(), self.state.value()
        if whose == WHOLE_PLAN and one.commitments:
            return False
        if whose not in (ALL, WHOLE_PLAN) and whose not in one.commitments:
            return False
        fitting = {
            BROKEN: bool(one.broken),
            BARE: not one.claims,
            ENGLISH: one.untranslated,
            CLOSED: not one.public,
        }
        typed = self.search.text().strip().casefold()
        said = (one.title, one.title_en, one.name, *(claim.claim for claim in one.claims))
        return fitting.get(state, True) and (
            not typed or any(typed in words_of.casefold() for words_of in said)
        )

    def _say(self) -> None:
        shelf, plan = self.shelf, self.place.plan
        if shelf is None or plan is None:
            return
        self.title.say(shown.title(plan))
        size = size_text(sum(one.bytes for one in shelf.rows))
        said = [plan.code, say(COUNT, n=len(shelf.rows)), size]
        if shelf.checked is not None:
            said.append(
                say(
                    N_("Files read again {day}"),
                    day=words().day(clock.local(shelf.checked), "full"),
                )
            )
        elif shelf.rows:
            said.append(say(N_("Files not read again yet")))
        self.meta.say(" · ".join(said))
        self.best.setEnabled(bool(shelf.rows))
        self.check.setEnabled(bool(shelf.rows))
        self._say_broken([one for one in shelf.rows if one.broken])

    def _say_broken(self, broken: list[EvidenceRow]) -> None:
        self.alarm.setVisible(bool(broken))
        if broken:
            names = ", ".join(one.name for one in broken[:NAMED])
            self.alarm.tell(
                N_("{names}: reports and review copies wait until this is put right."),
                NN_("{n} broken evidence file", "{n} broken evidence files"),
                n=len(broken),
                names=names + (" …" if len(broken) > NAMED else ""),
            )

    def _say_narrow(self, rows: list[EvidenceRow]) -> None:
        narrow = self.only is not None
        self.narrow_to.setVisible(narrow)
        self.whose.setVisible(not narrow)
        self.state.setVisible(not narrow)
        if narrow:
            table, _id = self.only
            self.narrow_to.say(
                N_("Of one milestone; show all")
                if table == "milestone"
                else N_("Of one number of the co-creation record; show all")
            )

    def put_front(self, ids) -> None:
        """Show evidence that was added."""
        if ids:
            self._wanted = ids[-1]

    # --- choosing
    def on_row(self, id) -> None:
        """Show the piece of evidence in front."""
        self.card.show_evidence(self.current())
        if id is not None and self.isVisible():
            self.moved.emit(id, "evidence")
        if not self.narrow:
            self.card.setVisible(self.inspects())

    def on_filter(self, *_typed) -> None:
        self._show_rows()

    def on_widen(self) -> None:
        """Show all evidence again."""
        self._widen()
        self._show_rows()

    def _widen(self) -> None:
        self.only = None
        self.whose.choose(ALL)
        self.state.choose(ANY)
        self.search.clear()

    def on_show_broken(self) -> None:
        """Show the broken ones alone."""
        self._widen()
        self.state.choose(BROKEN)
        self._show_rows()

    def on_opened(self, _id) -> None:
        self.on_asked("open", None)

    # --- events
    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and hasattr(self, "stack"):
            self._show_rows()
            self._say()
        elif event.type() == event.Type.StyleChange and hasattr(self, "stack"):
            self.card.dress()


def find(read, *, table: str, id: int) -> EvidenceRow | None:
    """Return a piece of evidence, or the one a claim is of; None for one that is gone."""
    if table == "evidence_claim":
        return next(
            (one for one in queries.shelf(read) if any(c.id == id for c in one.claims)), None
        )
    return next(iter(queries.shelf(read, ids=(id,))), None)


PANE = EvidencePage
