"""Private notes of the office on a proposal: nobody outside ever reads them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gwangju_desktop.proposals import notes, queries
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, say
from ui.widgets.forms import Dialog, Labelled, Lines
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Icon, Label, column, row

NOTES = Table(
    columns=(
        Column("text", C_("proposal", "Note"), cell=lambda n: Cell(n.text.replace("\n", " "))),
        Column(
            "at",
            N_("Entered"),
            150,
            "right",
            cell=lambda n: Cell(say(N_("{at:when}"), at=n.at), role="cap"),
        ),
    )
)


class NoteField(Lines):
    """A note; Ctrl+Enter keeps it."""

    def __init__(self, box: NotesDialog, name: str) -> None:
        super().__init__(name, "", 72)
        self.box = box

    def keyPressEvent(self, event) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.box.on_confirm()
        else:
            super().keyPressEvent(event)


class NotesDialog(Dialog):
    """Read, write, change and delete the notes on a proposal."""

    def __init__(self, view, proposal) -> None:
        self.view, self.desk, self.proposal = view, view.desk, proposal
        self.rows: list = []
        self.edited: int | None = None
        self.text = Labelled(C_("proposal", "Note"), NoteField(self, C_("proposal", "Note")))
        self.model = RowTable(NOTES)
        self.list = RowList(self.model, N_("Private notes"), height=34)
        self.list.setMinimumHeight(150)
        self.none = Label(N_("There is no note yet."), "cap")
        self.change = Button(C_("button", "Change"), "link", "pencil", slot=self.on_change)
        self.delete = Button(C_("button", "Delete"), "link", "trash-2", slot=self.on_delete)
        self.deeds = row(self.change, self.delete, None)
        self.body: QWidget = column(self.list, self.deeds, gap=4)
        super().__init__(
            view.window(),
            N_("Private notes"),
            row(
                Icon("lock", "text2", 14),
                (Label(N_("Never printed, never in a copy, never in a reply."), "cap"), 1),
                gap=6,
            ),
            self.text,
            self.none,
            self.body,
            button=N_("Keep the note"),
            width=560,
        )
        self.cancel_button.say(N_("Close"))
        self.list.opened.connect(self.on_opened)
        self.text.field.setFocus()
        self.ask()

    def ask(self) -> None:
        """Read the notes."""
        self.desk.read(queries.detail, then=self.on_detail, id=self.proposal.id)

    def on_detail(self, one) -> None:
        self.rows = list(one.notes)
        self.model.show(self.rows)
        self.body.setVisible(bool(self.rows))
        self.none.setVisible(not self.rows)
        self.list.choose_first()
        self.adjustSize()

    def on_opened(self, _id) -> None:
        self.on_change()

    def on_change(self) -> None:
        """Put the chosen note into the field."""
        chosen = next((one for one in self.rows if one.id == self.list.current()), None)
        if chosen is not None:
            self.edited = chosen.id
            self.text.field.setPlainText(chosen.text)
            self.button.say(N_("Keep the change"))
            self.text.field.setFocus()

    def on_delete(self) -> None:
        if self.list.current() is not None:
            self.desk.do(
                notes.remove_note,
                then=self.on_kept,
                otherwise=self.on_refused,
                note_id=self.list.current(),
            )

    def confirm(self) -> None:
        kept = {"then": self.on_kept, "otherwise": self.on_refused, "text": self.text.value()}
        if self.edited is None:
            self.desk.do(notes.add_note, id=self.proposal.id, **kept)
        else:
            self.desk.do(notes.edit_note, note_id=self.edited, **kept)

    def on_kept(self, _id) -> None:
        """Begin the next note."""
        self.edited = None
        self.text.field.clear()
        self.button.say(N_("Keep the note"))
        self.text.field.setFocus()
        self.ask()
