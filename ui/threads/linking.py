"""The form that links a record with what led to it or what followed: found by its words."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from db.vocab import ItemState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import tabling
from gwangju_desktop.threads import choosing, links
from gwangju_desktop.threads.nouns import NOUNS
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, day, say
from ui.threads import look
from ui.widgets.forms import Check, Choice, Dialog, Field, Labelled
from ui.widgets.lists import RowList
from ui.widgets.parts import Label, column, row

TYPING_MS = 150
SHOWN = 60


def found_sub(node) -> str:
    """Return what stands under the title of a record that is offered."""
    parts = [node.number, node.where, node.state, day(node.day, "full") if node.day else ""]
    return " · ".join(filter(None, parts))


FOUND = Table(
    columns=(Column("title", N_("Record"), cell=lambda n: Cell(_first(n.title), found_sub(n))),)
)


class LinkDialog(Dialog):
    """What a record is linked with: `forward` what followed it, else what led to it."""

    def __init__(self, parent, desk, node, *, forward: bool, table: bool = False) -> None:
        self.desk, self.node, self.forward = desk, node, forward
        kinds = [n for n in NOUNS if (n.links_to if forward else n.links_from) is not None]
        first = (
            "proposal"
            if not forward
            else next((n.key for n in kinds if n.key == _usual(node.kind)), kinds[0].key)
        )
        self.kind = Choice(
            [(n.key, n.label) for n in kinds], C_("thread", "Kind"), first, width=118
        )
        self.words = Field(N_("Find by words or number"), N_("Find records"), search=True)
        self.list = RowList(RowTable(FOUND), N_("Records found"), height=44, header=False)
        self.list.setMinimumHeight(220)
        self.none = Label(N_("Nothing holds these words."), "sec")
        self.table = Check(N_("Table the proposal with it"))
        self.table.setChecked(table)
        self.note = Labelled(C_("thread", "Note"), Field())
        title = N_("Link what followed") if forward else N_("Link what led to it")
        super().__init__(
            parent,
            title,
            Label(look.called(node), "sec", "text2", wrap=True),
            row(self.kind, (self.words, 1)),
            column(self.list, self.none, gap=0),
            self.table,
            self.note,
            button=C_("button", "Link"),
            icon="link",
            width=560,
        )
        self.none.hide()
        self.may_table = table
        self.wait = QTimer(self, singleShot=True, interval=TYPING_MS)
        self.wait.timeout.connect(self.look)
        self.words.typing.connect(self.on_typing)
        self.kind.currentIndexChanged.connect(self.look)
        self.list.opened.connect(self.on_opened)
        self.words.setFocus()
        self.look()

    def on_typing(self, _typed: str) -> None:
        self.wait.start()

    def look(self) -> None:
        """Ask for what holds the words."""
        self.table.setVisible(self.may_table and self.kind.value() == "proposal")
        self.desk.read(
            choosing.candidates,
            then=self.on_found,
            otherwise=self.on_refused,
            words=self.words.text(),
            tables=(self.kind.value(),),
            today=clock.today(),
            limit=SHOWN,
        )

    def on_found(self, found) -> None:
        own = "item" if self.node.kind == "decision" else self.node.kind
        found = [one for one in found if (one.kind, one.id) != (own, self.node.id)]
        self.list.model().show(found)
        self.list.setVisible(bool(found))
        self.none.setVisible(not found)
        self.list.choose_first()

    def on_opened(self, _id) -> None:
        self.on_confirm()

    def confirm(self) -> None:
        other = self.list.current()
        if other is None or self.list.isHidden():
            raise UserError(N_("Choose the record it is linked with."))
        ours, theirs = (self.node.kind, self.node.id), (self.kind.value(), other)
        answers = {"then": self.on_accepted, "otherwise": self.on_refused}
        if not self.table.isHidden() and self.table.value():
            self.desk.do(tabling.table_proposal, **answers, ids=[other], item_id=self.node.id)
            return
        before, after = (ours, theirs) if self.forward else (theirs, ours)
        self.desk.do(
            links.link, **answers, before=before, after=after, note=self.note.field.value()
        )


def may_table(item) -> bool:
    """Say whether a proposal linked to an item may be tabled with it in the same step."""
    return item.state in (ItemState.PENDING, ItemState.TAKEN_UP) and item.outcome is None


def _usual(kind: str) -> str:
    """Return what usually follows a kind."""
    return {"proposal": "item", "item": "indicator", "decision": "indicator"}.get(kind, "indicator")


def _first(text: str) -> str:
    return text.split("\n")[0] or say(N_("(no title)"))
