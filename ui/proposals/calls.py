"""Calls for proposals (공모) and fields (분야): short lists with a form each."""

from __future__ import annotations

from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import calls, fields
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, day, say
from ui.widgets.forms import DateField, Dialog, Field, Labelled, beside
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, State
from ui.widgets.parts import Button, Label, column, row

CALLS = Table(
    columns=(
        Column("name", N_("Call for proposals"), cell=lambda c: Cell(c.name, role="secb")),
        Column(
            "begins",
            C_("call", "From"),
            110,
            "right",
            cell=lambda c: Cell(day(c.begins_on, "full")),
        ),
        Column(
            "ends", C_("call", "Until"), 110, "right", cell=lambda c: Cell(day(c.ends_on, "full"))
        ),
    )
)
FIELDS = Table(
    columns=(
        Column("name_ko", C_("proposal", "Field"), cell=lambda f: Cell(f.name_ko, role="secb")),
        Column("name_en", N_("English"), 200, cell=lambda f: Cell(f.name_en or "–", ink="text2")),
    )
)


class ListDialog(Dialog):
    """A short list of the office with a button that adds; Enter on a row changes it."""

    table: Table
    query = None
    removal = None
    form: type[Dialog]
    words: tuple[str, str, str, str]  # title, name of the list, what it is for, button
    nothing: tuple[str, str]  # what stands in the place of an empty list

    def __init__(self, view) -> None:
        self.view, self.desk, self.rows = view, view.desk, []
        title, named, hint, add = self.words
        self.model = RowTable(self.table)
        self.list = RowList(self.model, named, height=36)
        self.list.setMinimumHeight(240)
        self.empty = State("inbox", *self.nothing)
        self.change = Button(C_("button", "Change"), "link", "pencil", slot=self.on_change)
        self.remove = Button(C_("button", "Delete"), "link", "trash-2", slot=self.on_remove)
        self.deeds = row(self.change, self.remove, None)
        super().__init__(
            view.window(),
            title,
            Label(hint, "cap", wrap=True),
            column(Hollow(self.list, self.empty), self.deeds, gap=4),
            button=add,
            icon="plus",
            width=520,
        )
        self.cancel_button.say(N_("Close"))
        self.list.opened.connect(self.on_opened)
        self.list.setFocus()
        self.ask()

    def ask(self, *_value) -> None:
        """Read the list."""
        self.desk.read(type(self).query, then=self.on_rows, otherwise=self.on_refused)

    def on_rows(self, rows) -> None:
        self.rows = list(rows)
        self.model.show(self.rows)
        self.deeds.setVisible(bool(self.rows) and self.rows[0].id is not None)
        self.list.choose_first()

    def on_opened(self, _id) -> None:
        self.on_change()

    def on_change(self) -> None:
        if self.chosen() is not None:
            self._open(self.chosen())

    def on_remove(self) -> None:
        if self.chosen() is not None:
            self.desk.do(
                type(self).removal, then=self.ask, otherwise=self.on_refused, id=self.chosen().id
            )

    def chosen(self):
        """Return the row that is chosen; fields that ship are no rows of the office yet."""
        index = self.list.currentIndex()
        found = self.rows[index.row()] if index.isValid() else None
        return found if found is not None and found.id is not None else None

    def confirm(self) -> None:
        self._open(None)

    def _open(self, chosen) -> None:
        dialog = self.form(self, self.desk, chosen)
        dialog.accepted.connect(self.ask)
        dialog.open()


class CallForm(Dialog):
    """A call: its name and its first and last day."""

    edits = ("proposal_call", "call")

    def __init__(self, parent, desk, call=None) -> None:
        self.desk, self.call = desk, call
        self.name = Labelled(C_("call", "Name"), Field())
        self.begins = Labelled(
            N_("First day"), DateField(N_("First day"), call.begins_on if call else None, 0)
        )
        self.ends = Labelled(
            N_("Last day"), DateField(N_("Last day"), call.ends_on if call else None, 0)
        )
        self.name.field.setText(call.name if call else "")
        super().__init__(
            parent,
            N_("Change the call") if call else N_("New call for proposals"),
            self.name,
            beside(self.begins, self.ends),
            Label(N_("The time limit counts from the last day."), "cap", wrap=True),
        )
        self.name.field.setFocus()

    def confirm(self) -> None:
        values = {
            "name": self.name.value(),
            "begins_on": self.begins.value(),
            "ends_on": self.ends.value(),
        }
        needed = (
            ("name", self.name, N_("The call needs a name.")),
            ("begins_on", self.begins, N_("The first day is needed.")),
            ("ends_on", self.ends, N_("The last day is needed.")),
        )
        for key, part, message in needed:
            if not values[key]:
                part.wrong(say(message))
                raise UserError(message)
        usecase = calls.edit_call if self.call else calls.add_call
        more = {"id": self.call.id} if self.call else {}
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **more, **values)


class FieldForm(Dialog):
    """A field of policy: its names."""

    edits = ("proposal_field", "known")

    def __init__(self, parent, desk, field=None) -> None:
        self.desk, self.known = desk, field
        self.korean = Labelled(N_("Korean name"), Field())
        self.english = Labelled(N_("English name"), Field())
        self.korean.field.setText(field.name_ko if field else "")
        self.english.field.setText(field.name_en if field else "")
        super().__init__(
            parent,
            N_("Change the field") if field else N_("New field"),
            self.korean,
            self.english,
        )
        self.korean.field.setFocus()

    def confirm(self) -> None:
        if not self.korean.value():
            message = N_("The field needs a name.")
            self.korean.wrong(say(message))
            raise UserError(message)
        usecase = fields.edit_field if self.known else fields.add_field
        more = {"id": self.known.id} if self.known else {}
        self.desk.do(
            usecase,
            then=self.on_accepted,
            otherwise=self.on_refused,
            name_ko=self.korean.value(),
            name_en=self.english.value(),
            **more,
        )


class CallsDialog(ListDialog):
    """The calls for proposals of the office."""

    table, query, removal, form = CALLS, calls.calls, calls.remove_call, CallForm
    words = (
        N_("Calls for proposals"),
        N_("Calls for proposals"),
        N_("A proposal that answers a call is decided within a month of its last day."),
        N_("New call for proposals"),
    )
    nothing = (
        N_("No call for proposals yet"),
        N_("Enter one with its first and last day; proposals can then name it."),
    )


class FieldsDialog(ListDialog):
    """The fields proposals are sorted into."""

    table, query, removal, form = FIELDS, fields.fields, fields.remove_field, FieldForm
    words = (
        C_("proposal", "Fields"),
        C_("proposal", "Fields"),
        N_("Proposals are sorted into these; statistics count by them."),
        N_("New field"),
    )
    nothing = (N_("No field yet"), N_("Add the first one."))
