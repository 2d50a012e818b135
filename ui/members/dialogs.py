"""Dialogs of seats; what is typed stays until it was accepted."""

from __future__ import annotations

import datetime as dt

from db.vocab import EndReason
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import queries, rules, usecases
from gwangju_desktop.members.seatdetail import detail
from gwangju_desktop.members.succession import vacancy
from gwangju_desktop.members.words import END_REASONS
from ui.members.person_forms import NO_REASON, PersonForm, SeatForm
from ui.members.pickers import Completing, PersonPicker
from ui.members.whatif import WIDTH, WhatIf
from ui.text import C_, N_
from ui.widgets.forms import Choice, DateField, Dialog, Field, Labelled, beside
from ui.widgets.parts import Align, Button, Label, column, row, rule


class SeatDialog(Dialog):
    """A form with a membership in it."""

    def __init__(self, parent, desk, title, *parts, seat=None, body_id=None, **more) -> None:
        self.desk, self.seat = desk, SeatForm(desk, seat, body_id)
        more.setdefault("width", 580)
        # Only a new seat changes what is counted; a seat held already is counted.
        self.what_if = WhatIf(desk) if seat is None else None
        form = [*parts, *self.seat.parts()]
        if self.what_if is not None:
            beside = (self.what_if, Align.AlignTop)
            form = [row((column(*form, None, gap=12), 1), beside, gap=20)]
            more["width"] += WIDTH + 20
        super().__init__(parent, title, *form, **more)
        if seat is None:
            self.seat.starts_on.field.editingFinished.connect(self.on_start)
            self.seat.capacity.field.currentIndexChanged.connect(self.on_start)
            self.seat.role.field.currentIndexChanged.connect(self.preview)
            self.seat.voting.toggled.connect(self.preview)
            self.seat.organisation.field.editingFinished.connect(self.preview)

    def on_start(self) -> None:
        self.seat.follow()
        self.preview()

    def on_body(self) -> None:
        """Follow the rule of the body that was chosen."""
        self.seat.body_id = self.body.value()
        self.seat.follow()
        self.preview()

    def newcomer(self) -> dict:
        """Return who would be counted, as far as it is typed."""
        return {
            "capacity": self.seat.capacity.value(),
            "role": self.seat.role.value(),
            "voting": self.seat.voting.value(),
            "organisation": self.seat.organisation.value(),
        }

    def preview(self, *_changed) -> None:
        """Show what the body's rules would say with the new seat."""
        try:
            on = self.seat.starts_on.field.value()
        except UserError:
            on = None
        self.what_if.show_case(self.seat.body_id, on, [self.newcomer()])


class AddMemberDialog(SeatDialog):
    """Add a person with a seat in a body."""

    def __init__(self, parent, desk, bodies, body_id: int | None) -> None:
        self.person = PersonForm()
        self.body = Labelled(N_("Body"), Choice(bodies, N_("Body"), body_id))
        super().__init__(
            parent,
            desk,
            N_("Add member"),
            beside(self.person.name, self.person.gender),
            beside(self.person.phone, self.person.email),
            rule(),
            self.body,
            body_id=self.body.value(),
            button=C_("button", "Add"),
        )
        self.body.field.currentIndexChanged.connect(self.on_body)
        self.person.gender.field.currentIndexChanged.connect(self.preview)
        self.preview()

    def newcomer(self) -> dict:
        return {**super().newcomer(), "gender": self.person.gender.value()}

    def confirm(self) -> None:
        keys = ("name", "gender", "phone", "email")
        person = {key: getattr(self.person, key).value() for key in keys}
        membership = {"body_id": self.body.value(), **self.seat.values()}
        self.desk.do(
            usecases.add_member,
            then=self.on_accepted,
            otherwise=self.on_refused,
            person=person,
            membership=membership,
        )


class AddSeatDialog(SeatDialog):
    """Seat a person who is known already in another body."""

    def __init__(self, parent, desk, bodies, person) -> None:
        self.person_id = person.id
        self.body = Labelled(N_("Body"), Choice(bodies, N_("Body")))
        super().__init__(
            parent,
            desk,
            N_("Add membership of {name}"),
            self.body,
            body_id=self.body.value(),
            button=C_("button", "Add"),
            name=person.name,
        )
        self.body.field.currentIndexChanged.connect(self.on_body)
        if person.memberships:
            last = person.memberships[-1]
            self.seat.organisation.field.setText(last.organisation_ko)
            self.seat.post.field.setText(last.post)
        self.preview()

    def newcomer(self) -> dict:
        return {**super().newcomer(), "person_id": self.person_id}

    def confirm(self) -> None:
        self.desk.do(
            usecases.add_membership,
            then=self.on_accepted,
            otherwise=self.on_refused,
            person_id=self.person_id,
            body_id=self.body.value(),
            **self.seat.values(),
        )


class EditSeatDialog(SeatDialog):
    """Change a membership; one that ended can be filled again or, entered by mistake, removed."""

    def __init__(self, parent, desk, seat) -> None:
        self.id, self.detail = seat.id, None
        self.reason = Labelled(
            N_("Reason of the end"), Choice(NO_REASON, N_("Reason of the end"), seat.end_reason)
        )
        self.note = Labelled(N_("Note"), Field())
        self.by_post = Label("", "cap", wrap=True)
        self.by_post.hide()
        self.filling = Button(N_("Fill vacancy"), "link", "user-plus", slot=self.on_fill)
        self.filling.setVisible(seat.end_reason not in (None, EndReason.TERM.value))
        self.removing = Button(N_("Remove membership"), "link", "trash-2", slot=self.on_remove)
        title = N_("Edit membership in {body}")
        body = rules.named(seat.body_ko, seat.body_en)
        super().__init__(parent, desk, title, seat=seat, body=body)
        at = self.layout().count() - 3
        for part in (self.by_post, beside(self.reason, self.note)):
            self.layout().insertWidget(at, part)
            at += 1
        self.buttons.layout().insertWidget(0, self.filling)
        self.buttons.layout().insertWidget(1, self.removing)
        desk.read(detail, then=self.on_detail, otherwise=self.on_refused, id=seat.id)

    def on_detail(self, found) -> None:
        """Fill the fields that only the whole record has."""
        self.detail = found
        self.seat.show_detail(found)
        self.note.field.setText(found.note)
        if found.follows:
            self.by_post.say(
                N_("Goes with the post {post}: its days are changed under Posts."),
                post=found.follows,
            )
            self.by_post.show()
            self.reason.field.setEnabled(False)
            self.filling.hide()
            self.removing.hide()

    def on_fill(self) -> None:
        if self.detail:
            FillVacancyDialog(self.parentWidget(), self.desk, self.detail).open()
            self.reject()

    def on_remove(self) -> None:
        self.desk.do(
            usecases.remove_membership,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.id,
        )

    def confirm(self) -> None:
        self.desk.do(
            usecases.edit_membership,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.id,
            end_reason=self.reason.value(),
            **({"note": self.note.value()} if self.detail else {}),
            **self.seat.values(),
        )


class EndSeatDialog(Dialog):
    """End a membership on a day, for a reason."""

    edits = ("membership", "id")

    def __init__(self, parent, desk, seat, name: str) -> None:
        self.desk, self.id = desk, seat.id
        today = clock.today()
        self.ends_on = Labelled(N_("Last day in office"), DateField(N_("Last day"), today, 0))
        self.reason = Labelled(
            N_("Reason of the end"),
            Choice(END_REASONS.items(), N_("Reason of the end"), EndReason.RESIGNED.value),
        )
        super().__init__(
            parent,
            N_("End {name}'s membership in {body}"),
            beside(self.ends_on, self.reason),
            Label(N_("Meetings after that day no longer list this member."), "cap", wrap=True),
            button=N_("End membership"),
            name=name,
            body=rules.named(seat.body_ko, seat.body_en),
        )

    def confirm(self) -> None:
        ends_on = self.ends_on.value()
        if ends_on is None:
            raise UserError(N_("The last day is needed."))
        self.desk.do(
            usecases.end_membership,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.id,
            ends_on=ends_on,
            reason=self.reason.value(),
        )


class FillVacancyDialog(Dialog):
    """Seat a successor; the last day is worked out from the body's rule."""

    def __init__(self, parent, desk, seat) -> None:
        self.desk, self.id, self.offer = desk, seat.id, None
        starts = max(clock.today(), (seat.ends_on or clock.today()) + dt.timedelta(days=1))
        self.person = Labelled(
            N_("Successor"),
            PersonPicker(desk, N_("Successor")),
            N_("A name the office does not know yet is added."),
        )
        self.organisation = Labelled(N_("Organisation"), Completing())
        self.post = Labelled(N_("Post"), Field())
        self.starts_on = Labelled(N_("First day"), DateField(N_("First day"), starts, 0))
        self.ends_on = Labelled(N_("Last day"), DateField(N_("Last day"), None, 0))
        self.rule = Label("", "cap", wrap=True)
        self.rule.hide()
        super().__init__(
            parent,
            N_("Fill the seat of {name} in {body}"),
            self.person,
            beside(self.organisation, self.post),
            beside(self.starts_on, self.ends_on),
            self.rule,
            button=N_("Appoint successor"),
            width=520,
            name=seat.person,
            body=rules.named(seat.body_ko, seat.body_en),
        )
        self.organisation.field.setText(seat.organisation_ko)
        self.starts_on.field.editingFinished.connect(self.on_start)
        desk.read(queries.organisations, then=self.organisation.field.show_known)
        self.on_start()

    def on_start(self) -> None:
        """Ask what the rule makes of the first day."""
        try:
            starts = self.starts_on.field.value()
        except UserError:
            return
        if starts:
            self.desk.read(
                vacancy, then=self.on_offer, otherwise=self.on_none, id=self.id, starts_on=starts
            )

    def on_none(self, error) -> None:
        """Say why nobody can be seated from that day on."""
        self.rule.hide()
        self.on_refused(error)

    def on_offer(self, offer) -> None:
        """Say how long the successor sits, and by which rule."""
        self.offer = offer
        self.refusal_row.hide()
        self.rule.show()
        self.ends_on.field.show_date(offer.ends_on)
        message = (
            N_("For the rest of {name}'s term ({source}).")
            if offer.remainder
            else N_("For a whole term ({source}).")
        )
        self.rule.say(message, name=offer.person, source=offer.source)
        self.adjustSize()

    def confirm(self) -> None:
        typed = self.person.field.text().strip()
        starts = self.starts_on.value()
        if not typed or starts is None:
            raise UserError(N_("The successor and the first day are needed."))
        id = self.person.value()
        self.desk.do(
            usecases.fill_vacancy,
            then=self.on_accepted,
            otherwise=self.on_refused,
            membership_id=self.id,
            person_id=id,
            person=None if id else {"name": typed},
            starts_on=starts,
            ends_on=self.ends_on.value(),
            organisation=self.organisation.value(),
            post=self.post.value(),
        )
