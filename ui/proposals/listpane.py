"""The proposals: the pipeline over the list, and one proposal beside it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from gwangju_desktop import clock
from gwangju_desktop.proposals import listing, offered
from gwangju_desktop.proposals.words import STAGES
from ui.proposals import proposallist
from ui.proposals.filterbar import FilterBar
from ui.proposals.inspector import Inspector
from ui.proposals.listmodel import ProposalModel
from ui.proposals.menus import PaneMenu
from ui.proposals.pipeline import Pipeline
from ui.proposals.proposallist import PROPOSALS, ProposalList
from ui.proposals.several import SeveralBar
from ui.text import C_, N_, NN_
from ui.widgets.forms import Field
from ui.widgets.page import Hollow, Page, State
from ui.widgets.parts import Button, Label, column, row, rule

REGISTER = "proposal-register"
SETTLE_MS = 120  # several changes at once are one look


class ListPane(Page):
    """Stages, search, filters and the list at the left; the proposal in front at the right."""

    room = None

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self._wanted: int | None = None
        self.model = self.table(ProposalModel(PROPOSALS, desk))
        self.list = ProposalList(self.model)
        self.pipeline, self.filters = Pipeline(), FilterBar(desk)
        self.card = Inspector(self)
        self.meta, self.heading = Label("", "sec", elide=True), Label("", "h2")
        self.sums = Label("", "cap", elide=True)
        self.foot = Label("", "cap", elide=True)
        self.search = Field(N_("Find proposals"), search=True)
        self._lay_out()
        self._connect()
        self.settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self.settle.timeout.connect(self.look)
        self.ask()
        self.look()
        self.ask_names()

    def _lay_out(self) -> None:
        self.add = self.writing(
            Button(C_("proposal", "Register"), "primary", "plus", slot=self.on_new)
        )
        self.bring = self.writing(
            Button(
                "",
                icon="upload",
                name=N_("Import proposals"),
                slot=self.on_import,
            )
        )
        self.more = Button("", "ghost", "ellipsis", name=N_("More of proposals"), slot=self.on_more)
        self.menu = PaneMenu(self)
        self.several = SeveralBar(self)
        self.first = self.writing(Button(C_("proposal", "Register"), icon="plus", slot=self.on_new))
        self.sift = Button(
            "", icon="sliders-horizontal", name=N_("Filter"), slot=self.on_sift, on=False
        )
        self.empty = State("inbox", "", "", self.first)
        self.filters.hide()
        hint = Label(N_("J K walk · 1–6 stage, 0 all · / search"), "cap")
        self.plain_foot = row((self.foot, 1), hint, margins=(28, 6, 24, 8))
        left = column(
            row((self.meta, 1), self.more, self.bring, self.add, margins=(28, 10, 24, 10)),
            row((self.pipeline, 1), margins=(28, 0, 24, 12)),
            row(self.heading, (self.sums, 1), self.sift, self.search, margins=(28, 0, 24, 6)),
            self.filters,
            (row(Hollow(self.list, self.empty), margins=(20, 0, 16, 0)), 1),
            rule(),
            self.plain_foot,
            self.several,
            gap=0,
        )
        row((left, 1), self.dock(self.card), gap=0, into=self)

    def _connect(self) -> None:
        self.pipeline.chosen.connect(self.on_staged)
        self.list.staged.connect(self.pipeline.pick)
        self.list.searched.connect(self.on_find)
        self.list.previewed.connect(self.on_previewed)
        self.list.opened.connect(self.on_opened)
        self.list.peeked.connect(self.on_peek)
        self.list.picked.connect(self.on_picked)
        self.list.pasted.connect(self.on_pasted)
        self.search.typing.connect(self.on_typing)
        self.search.returnPressed.connect(self.on_searched)
        self.filters.changed.connect(self.ask)
        self.model.arrived.connect(self.on_arrived)
        self.desk.changed.connect(self.on_changed)

    # --- what a page says of itself
    def panes(self) -> list:
        return [self.list, *self.card.stops(), self.search, self.pipeline.steps[0]]

    def inspects(self) -> bool:
        return self.card.id is not None

    @property
    def settled(self) -> bool:
        return not self.settle.isActive() and self.card.settled

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a proposal, whatever the list is narrowed to."""
        if id is None:
            return
        self._wanted = id
        self.card.open(id)
        if self.model.place(id) < 0 and (self.search.text() or self.asked_beside()):
            self.search.clear()
            self.filters.put({})
            self.pipeline.choose("")
        self.ask()

    # --- what is shown
    def asked_beside(self) -> dict:
        """Return what the list is narrowed to beside the words."""
        stage = {"stage": self.pipeline.stage} if self.pipeline.stage else {}
        return {**self.filters.asked(), **stage}

    def ask(self, typed: str | None = None) -> None:
        """Ask for the list as it is narrowed now."""
        words = self.search.text() if typed is None else typed
        stage = self.pipeline.stage
        self.heading.say(STAGES[stage] if stage else N_("All proposals"))
        narrowed = bool(words.strip() or self.filters.asked() or stage)
        self.empty.title.say(N_("No proposal found") if narrowed else N_("No proposals yet"))
        self.empty.hint.say(
            N_("Try other words, another stage or fewer filters.")
            if narrowed
            else N_("Register the first one, or import what another system holds.")
        )
        self.first.setVisible(not narrowed and not self.desk.read_only)
        self.model.ask(words=words, **self.asked_beside())

    def look(self) -> None:
        """Ask for the counts of the stages."""
        self.desk.read(listing.pipeline, then=self.on_pipeline, today=clock.today())

    def ask_names(self) -> None:
        """Ask what districts, and what is chosen from, are called in the language spoken."""
        self.desk.read(offered.offered, then=self.on_offered)
        if not self.filters.isHidden():
            self.filters.look()

    # --- slots
    def on_offered(self, found) -> None:
        proposallist.DISTRICTS.update(dict(found.districts))
        self.list.viewport().update()

    def on_pipeline(self, counts) -> None:
        self.pipeline.show_counts(counts)
        total = sum(one.count for one in counts)
        over = sum(one.over for one in counts)
        self.meta.say(
            N_("{total:,} proposals · {soon} due within a week · {over} overdue"),
            total=total,
            soon=sum(one.soon for one in counts),
            over=over,
        )

    def on_changed(self, changes) -> None:
        if changes.touches("proposal", "profile_state"):
            self.settle.start()

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.LanguageChange and hasattr(self, "settle"):
            # Names of districts and fields are data in two languages: they are read anew.
            self.ask_names()
        super().changeEvent(event)

    def resizeEvent(self, event) -> None:
        # Before the base class, which lays the inspector by its width.
        self.card.fit()
        super().resizeEvent(event)

    def on_arrived(self) -> None:
        n = len(self.model.order)
        shortest = self.model.sort_key == "due_on" and not self.model.descending
        self.sums.say(
            NN_("{n:,} proposal · nearest due day first", "{n:,} proposals · nearest due day first")
            if shortest
            else NN_("{n:,} proposal", "{n:,} proposals"),
            n=n,
        )
        self.foot.say(NN_("{n:,} proposal", "{n:,} proposals"), n=n)
        if self._wanted is not None and self.model.place(self._wanted) >= 0:
            self.list.choose(self._wanted)
            self._wanted = None
        elif self._wanted is None:
            self.list.choose_first()
        if not n:
            self.card.clear()
        if not self.narrow:
            self.card.setVisible(self.inspects())

    def on_previewed(self, id) -> None:
        self.card.open(id)
        if not self.narrow:
            self.card.show()
        self.moved.emit(id, "proposal")

    def on_picked(self) -> None:
        chosen = self.list.chosen()
        self.several.show_chosen(chosen)
        self.plain_foot.setVisible(len(chosen) < 2)

    def on_opened(self, _id) -> None:
        """Enter goes on into the proposal: to the reply where there is one to write."""
        if self.narrow and not self.card.isVisible():
            self.on_peek()
        self.card.enter()

    def on_staged(self, _stage: str) -> None:
        self.ask()

    def on_typing(self, typed: str) -> None:
        self.ask(typed)

    def on_searched(self) -> None:
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def on_sift(self) -> None:
        """Show or hide the filters."""
        shown = self.filters.isHidden()
        self.filters.setVisible(shown)
        self.sift.setChecked(shown)
        if shown:
            self.filters.look()
            next(iter(self.filters.choices.values())).setFocus()
        elif self.filters.asked():
            self.filters.on_clear()

    def on_step(self, by: int) -> None:
        """Go to the next proposal of the list, or the one before."""
        self.list.step(by)

    # --- what changes something
    def on_new(self) -> None:
        if not self.desk.read_only:
            from ui.proposals.entry import EntryDialog

            EntryDialog(self).open()

    def on_import(self) -> None:
        """Take a list of proposals in from a file."""
        self.take([])

    def take(self, paths: list[Path]) -> None:
        """Look at a list that was dropped, or ask for one."""
        self._import(paths[0] if paths else None, None)

    def on_pasted(self, text: str) -> None:
        """Look at rows copied from a sheet."""
        if text.strip():
            self._import(None, text)

    def _import(self, path: Path | None, text: str | None) -> None:
        if not self.desk.read_only:
            from ui.proposals.importing import ImportDialog

            ImportDialog(self.window(), self.desk, path, text).open()

    def on_edit(self) -> None:
        self.card.on_edit()

    def on_more(self) -> None:
        """List what concerns all proposals."""
        self.menu.open_below(self.more)

    def on_calls(self) -> None:
        from ui.proposals.calls import CallsDialog

        CallsDialog(self).open()

    def on_fields(self) -> None:
        from ui.proposals.calls import FieldsDialog

        FieldsDialog(self).open()

    def on_templates(self) -> None:
        from ui.proposals.templates import TemplatesDialog

        TemplatesDialog(self).open()

    def on_register(self) -> None:
        """Show the list of receipts as a document."""
        from ui.documents.dialog import DocumentsDialog

        DocumentsDialog(self.window(), self.desk, REGISTER).open()

    def on_steps(self) -> None:
        """List the steps ahead of the proposal in front."""
        if self.card.record is not None and self.card.foot.others.isVisible():
            self.card.foot.on_others()

    # --- leading elsewhere
    def on_preview(self) -> None:
        """Show the reply as it will be printed."""
        if self.card.record is not None and self.card.foot.preview.isVisible():
            self.card.preview()

    def on_next(self) -> None:
        self.list.step(1)

    def on_previous(self) -> None:
        self.list.step(-1)


PANE = ListPane
