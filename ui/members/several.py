"""What is done to the chosen members together: one line under the list, one step each."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import EndReason
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import listing, several
from gwangju_desktop.members.words import END_REASONS
from ui.text import C_, N_, NN_
from ui.widgets.forms import Choice, DateField, Dialog, Field, Labelled
from ui.widgets.parts import Button, Label, row


class SeveralBar(QWidget):
    """How many are chosen, and what can be done with all of them."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self.count = Label("", "secb")
        self.end = Button(N_("End memberships"), slot=self.on_end)
        self.field = Button(N_("Set field"), slot=self.on_field)
        self.renew = Button(N_("Reappoint"), slot=self.on_renew)
        self.letters = Button(N_("Letters"), icon="printer", slot=self.on_letters)
        self.plates = Button(N_("Name plates"), icon="printer", slot=self.on_plates)
        page.writing(self.end, self.field, self.renew)
        row(
            self.count,
            None,
            self.letters,
            self.plates,
            self.field,
            self.renew,
            self.end,
            margins=(28, 6, 24, 8),
            gap=6,
            into=self,
        )
        self.hide()

    def show_chosen(self, rows: list) -> None:
        """Show the line where several are chosen."""
        self.count.say(NN_("{n} chosen", "{n} chosen"), n=len(rows))
        one = len({row.body_id for row in rows if row.membership_id}) == 1
        self.letters.setVisible(one)
        self.plates.setVisible(one)
        self.setVisible(len(rows) > 1)

    def seats(self) -> list[int]:
        """Return the memberships of the chosen rows."""
        return [row.membership_id for _n, row in self.page.list.members() if row.membership_id]

    def on_end(self) -> None:
        EndSeveral(self.window(), self.desk, self.seats()).open()

    def on_field(self) -> None:
        FieldSeveral(self.window(), self.desk, self.seats()).open()

    def on_renew(self) -> None:
        self.desk.do(several.renew_memberships, ids=self.seats())

    def on_letters(self) -> None:
        self._papers("letter")

    def on_plates(self) -> None:
        self._papers("plates")

    def _papers(self, kind: str) -> None:
        from ui.documents.dialog import DocumentsDialog

        body_id = next(row.body_id for _n, row in self.page.list.members() if row.membership_id)
        on = self.page.on
        DocumentsDialog(
            self.window(), self.desk, kind, body_id, on=on, membership_ids=self.seats()
        ).open()


class EndSeveral(Dialog):
    """End the chosen memberships on one day."""

    def __init__(self, parent, desk, ids: list[int]) -> None:
        self.desk, self.ids = desk, ids
        day = DateField(N_("Last day"), clock.today(), 0)
        self.ends_on = Labelled(N_("Last day in office"), day)
        reasons = Choice(END_REASONS.items(), N_("Reason of the end"), EndReason.RESIGNED.value)
        self.reason = Labelled(N_("Reason of the end"), reasons)
        super().__init__(
            parent,
            NN_("End {n} membership", "End {n} memberships"),
            row((self.ends_on, 1), (self.reason, 1), gap=12),
            Label(N_("Meetings after that day no longer list these members."), "cap", wrap=True),
            button=N_("End memberships"),
            n=len(ids),
        )

    def confirm(self) -> None:
        ends_on = self.ends_on.value()
        if ends_on is None:
            raise UserError(N_("The last day is needed."))
        self.desk.do(
            several.end_memberships,
            then=self.on_accepted,
            otherwise=self.on_refused,
            ids=self.ids,
            ends_on=ends_on,
            reason=self.reason.value(),
        )


class FieldSeveral(Dialog):
    """Set the field of the chosen members."""

    def __init__(self, parent, desk, ids: list[int]) -> None:
        self.desk, self.ids = desk, ids
        self.field = Labelled(C_("member", "Field"), Field())
        super().__init__(
            parent,
            NN_("Set the field of {n} member", "Set the field of {n} members"),
            self.field,
            Label(N_("Empty takes the field away."), "cap"),
            n=len(ids),
        )
        desk.read(listing.fields, then=self.on_fields)

    def on_fields(self, fields) -> None:
        from PySide6.QtWidgets import QCompleter

        self.field.field.setCompleter(QCompleter(fields, self.field.field))

    def confirm(self) -> None:
        self.desk.do(
            several.set_field,
            then=self.on_accepted,
            otherwise=self.on_refused,
            ids=self.ids,
            field=self.field.value(),
        )
