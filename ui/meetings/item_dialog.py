"""Forms of agenda items."""

from __future__ import annotations

from db.vocab import ItemKind, ItemState
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, queries, standing
from gwangju_desktop.meetings.words import ITEM_KINDS
from ui.meetings.opinions import OpinionLines
from ui.text import C_, N_
from ui.widgets.forms import (
    Check,
    Choice,
    DateField,
    Dialog,
    Field,
    Labelled,
    Lines,
    NumberField,
    beside,
)
from ui.widgets.parts import Label

USUAL_MINUTES = 15


class ItemDialog(Dialog):
    """Add or change an agenda item with the texts of its front sheet.

    An item that comes after the notice asks why; a restricted one for its ground and open title.
    """

    edits = ("agenda_item", "item")
    TEXTS = ("request", "reason", "contents", "basis", "budget", "reference")

    def __init__(self, parent, desk, meeting, item=None) -> None:
        self.desk, self.meeting, self.item = desk, meeting, item
        self.late = item is None and meeting.frozen
        self._fields(item)
        self._closed(item)
        self._texts(item)
        super().__init__(
            parent,
            N_("Edit agenda item") if item else N_("Add agenda item"),
            Label(
                N_("The agenda has gone out: the item takes a number between the others."),
                "sec",
                "warn",
                wrap=True,
            ),
            self.title,
            beside(self.kind, self.presenter, self.minutes),
            self.after,
            self.why,
            beside(self.submitter, self.submitted),
            self.request,
            self.reason,
            self.contents,
            beside(self.basis, self.budget),
            self.opinions,
            self.reference,
            beside(self.parent_item, self.standing),
            self.restricted,
            self.hidden,
            button=N_("Save") if item else C_("button", "Add"),
            width=600,
        )
        self.findChildren(Label)[1].setVisible(self.late)
        self.after.setVisible(item is None)
        self.why.setVisible(self.late or bool(item and item.listing_reason))
        self.hidden.setVisible(self.restricted.isChecked())
        self.restricted.toggled.connect(self.on_restricted)
        desk.read(queries.agenda, then=self.on_agenda, meeting_id=meeting.id)

    def _fields(self, item) -> None:
        kind = item.kind if item else ItemKind.DELIBERATION.value
        self.title = Labelled(N_("Title"), Field())
        self.kind = Labelled(N_("Kind"), Choice(ITEM_KINDS.items(), N_("Kind"), kind))
        self.presenter = Labelled(N_("Presenter"), Field())
        minutes = item.minutes if item else USUAL_MINUTES
        self.minutes = Labelled(
            N_("Minutes allotted"), NumberField(N_("Minutes allotted"), minutes, low=1, width=0)
        )
        self.submitter = Labelled(N_("Submitted by"), Field())
        self.submitted = Labelled(
            N_("Submitted on"),
            DateField(N_("Submitted on"), item.submitted_on if item else None, 0),
        )
        self.after = Labelled(N_("Stands after"), Choice([], N_("Stands after")))
        self.why = Labelled(
            N_("Why it comes late"), Field(N_("Late or laid on the table: printed with the item"))
        )
        options = [("", N_("No standing item")), *standing.TITLES.items()]
        self.standing = Labelled(
            N_("Filled by the program"),
            Choice(options, N_("Filled by the program"), item.standing if item else ""),
        )
        self.parent_item = Labelled(C_("item", "Belongs to"), Choice([], C_("item", "Belongs to")))
        if item:
            self.title.field.setText(item.title)
            self.presenter.field.setText(item.presenter)
            self.submitter.field.setText(item.submitter)
            self.why.field.setText(item.listing_reason)

    def _closed(self, item) -> None:
        self.restricted = Check(N_("Not open to the public"), bool(item and item.restricted))
        self.ground = Labelled(N_("Ground of the restriction"), Field())
        self.open_title = Labelled(N_("Title for the public"), Field())
        if item:
            self.ground.field.setText(item.restricted_ground)
            self.open_title.field.setText(item.open_title)
        self.hidden = beside(self.ground, self.open_title)

    def _texts(self, item) -> None:
        heights = {"contents": 90, "basis": 56, "budget": 56, "reference": 40}
        labels = {
            "request": N_("What the body is asked to decide"),
            "reason": N_("Reason for the proposal"),
            "contents": N_("Main contents"),
            "basis": N_("Basis in law or plan"),
            "budget": N_("Cost"),
            "reference": N_("For reference"),
        }
        for key, label in labels.items():
            held = getattr(item, key) if item else ""
            setattr(self, key, Labelled(label, Lines(label, held, heights.get(key, 56))))
        held = item.opinions if item else ()
        self.opinions = Labelled(N_("Agreement and opinions"), OpinionLines(held))

    def on_agenda(self, rows) -> None:
        """Offer what the item may stand after, and what it may belong to."""
        shown = [
            (row.id, f"{row.number}. {row.title}" if row.number else row.title) for row in rows
        ]
        self.after.field.show_options([(None, N_("At the end")), *shown])
        self.after.setVisible(self.item is None and bool(shown))
        own = self.item.id if self.item else None
        above = [
            option
            for option, row in zip(shown, rows, strict=True)
            if row.id != own and row.parent_id is None and row.kind != ItemKind.PROCEDURE
        ]
        chosen = self.item.parent_id if self.item else None
        self.parent_item.field.show_options([(None, N_("No other item")), *above], chosen)

    def on_restricted(self, on: bool) -> None:
        self.hidden.setVisible(on)
        self.adjustSize()

    def confirm(self) -> None:
        keys = ("title", "kind", "presenter", "minutes", "standing", "submitter", *self.TEXTS)
        values = {key: getattr(self, key).value() for key in keys}
        values["submitted_on"] = self.submitted.value()
        values["parent_id"] = self.parent_item.value()
        values["restricted"] = self.restricted.value()
        values["restricted_ground"] = self.ground.value()
        values["open_title"] = self.open_title.value()
        values["listing_reason"] = self.why.value()
        if values["minutes"] is None:
            message = N_("How many minutes does the item take?")
            self.minutes.wrong(str(UserError(message)))
            raise UserError(message)
        values["opinions"] = self.opinions.value()
        if self.item:
            usecase, values["id"] = agenda.edit_item, self.item.id
        else:
            usecase, values["meeting_id"] = agenda.add_item, self.meeting.id
            values["after_id"] = self.after.value()
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **values)


class WithdrawDialog(Dialog):
    """Take an item off the agenda with its reason; it stays there, struck out."""

    def __init__(self, parent, desk, item) -> None:
        self.desk, self.item = desk, item
        self.reason = Labelled(N_("Reason"), Field())
        super().__init__(
            parent,
            N_("Withdraw agenda item"),
            Label(
                N_("It stays on the agenda, struck out, and keeps its number."), "sec", wrap=True
            ),
            self.reason,
            button=C_("button", "Withdraw"),
        )

    def confirm(self) -> None:
        if self.item.state == ItemState.DECIDED:
            raise UserError(N_("“{title}” has been decided already."), title=self.item.title)
        self.desk.do(
            agenda.withdraw_item,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.item.id,
            reason=self.reason.value(),
        )
