"""Forms of a sitting: who presides, the secretary, spectators, guests, breaks, recusals."""

from __future__ import annotations

import datetime as dt

from db.vocab import BreakKind, GuestKind, RecusalKind, Role
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import recusals, sheet, sitting
from gwangju_desktop.meetings.words import BREAKS, GUESTS, RECUSALS
from gwangju_desktop.members.words import ROLES
from ui.text import C_, N_, say
from ui.widgets.forms import Check, Choice, Dialog, Field, Labelled, TimeField, beside
from ui.widgets.parts import Label

FIRST = (Role.CO_CHAIR, Role.CHAIR, Role.VICE_CHAIR)


def chair_options(seats) -> list[tuple[int, str]]:
    """Return who may preside, the chairs first, each with the role where it is one."""
    ranked = sorted(
        seats, key=lambda s: FIRST.index(Role(s.role)) if s.role in FIRST else len(FIRST)
    )
    return [
        (s.membership_id, f"{s.name} · {say(ROLES[s.role])}" if s.role in FIRST else s.name)
        for s in ranked
    ]


class PresideDialog(Dialog):
    """Say who presides over the meeting, or over one item of it."""

    def __init__(self, parent, desk, meeting_id: int, item=None) -> None:
        self.desk, self.meeting_id, self.item = desk, meeting_id, item
        self.who = Labelled(N_("Presided by"), Choice([], N_("Presided by")))
        self.ground = Labelled(
            N_("Ground"),
            Field(N_("Why the chair does not preside")),
            N_("Needed for whoever is no chair, and for a change for one item."),
        )
        super().__init__(
            parent,
            N_("Who presides over item “{item}”") if item else N_("Who presides"),
            self.who,
            self.ground,
            item=item.title if item else "",
        )
        desk.read(sheet.seats, then=self.on_seats, meeting_id=meeting_id)

    def on_seats(self, seats) -> None:
        self.who.field.show_options(chair_options(seats))

    def confirm(self) -> None:
        self.desk.do(
            sitting.preside,
            then=self.on_accepted,
            otherwise=self.on_refused,
            meeting_id=self.meeting_id,
            membership_id=self.who.value(),
            ground=self.ground.value(),
            item_id=self.item.id if self.item else None,
        )


class SecretaryDialog(Dialog):
    """Say who writes at the meeting."""

    def __init__(self, parent, desk, room) -> None:
        self.desk, self.meeting_id = desk, room.meeting_id
        self.name = Labelled(
            N_("Secretary"), Field(), N_("Need not be a member; changes from meeting to meeting.")
        )
        self.name.field.setText(room.secretary)
        super().__init__(parent, N_("Set the secretary"), self.name)

    def confirm(self) -> None:
        self.desk.do(
            sitting.set_secretary,
            then=self.on_accepted,
            otherwise=self.on_refused,
            meeting_id=self.meeting_id,
            name=self.name.value(),
        )


class OpennessDialog(Dialog):
    """Open the sitting to spectators or close it, with the ground."""

    def __init__(self, parent, desk, room) -> None:
        self.desk, self.meeting_id = desk, room.meeting_id
        self.public = Check(N_("Spectators may watch"))
        self.public.setChecked(room.public)
        self.ground = Labelled(
            N_("Ground"), Field(N_("Decision or rule it rests on, where it is closed"))
        )
        self.ground.field.setText(room.closed_ground)
        super().__init__(parent, N_("Decide who may watch"), self.public, self.ground)

    def confirm(self) -> None:
        self.desk.do(
            sitting.set_openness,
            then=self.on_accepted,
            otherwise=self.on_refused,
            meeting_id=self.meeting_id,
            public=self.public.isChecked(),
            ground=self.ground.value(),
        )


class GuestDialog(Dialog):
    """Note somebody in the room without a seat."""

    edits = ("guest", "guest")

    def __init__(self, parent, desk, room, guest=None) -> None:
        self.desk, self.meeting_id, self.guest = desk, room.meeting_id, guest
        kind = guest.kind if guest else GuestKind.OBSERVER.value
        kinds = [(k.value, GUESTS[k]) for k in GuestKind]
        self.kind = Labelled(N_("Kind"), Choice(kinds, N_("Kind"), kind))
        self.name = Labelled(C_("guest", "Name"), Field())
        self.organisation = Labelled(C_("guest", "Affiliation"), Field())
        self.post = Labelled(C_("guest", "Post"), Field())
        if guest:
            for key in ("name", "organisation", "post"):
                getattr(self, key).field.setText(getattr(guest, key))
        super().__init__(
            parent,
            N_("Edit guest") if guest else N_("Add guest"),
            beside(self.kind, self.name),
            beside(self.organisation, self.post),
            button=N_("Save") if guest else C_("button", "Add"),
        )
        self.name.field.setFocus()

    def confirm(self) -> None:
        keys = ("kind", "name", "organisation", "post")
        values = {key: getattr(self, key).value() for key in keys}
        if self.guest:
            usecase, values["id"] = sitting.edit_guest, self.guest.id
        else:
            usecase, values["meeting_id"] = sitting.add_guest, self.meeting_id
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **values)


def moment_near(time: dt.time, near: dt.datetime) -> dt.datetime:
    """Return the moment of a clock time that lies nearest to another: sittings cross midnight."""
    same = dt.datetime.combine(near.date(), time, clock.KST)
    day = dt.timedelta(days=1)
    return min((same - day, same, same + day), key=lambda moment: abs(moment - near))


class BreakDialog(Dialog):
    """Correct when a break began and ended, and its reason."""

    def __init__(self, parent, desk, rest) -> None:
        self.desk, self.rest = desk, rest
        self.starts = Labelled(
            C_("break", "From"), TimeField(C_("break", "From"), rest.starts_at.time(), 0)
        )
        self.ends = Labelled(
            C_("break", "To"),
            TimeField(C_("break", "To"), rest.ends_at.time() if rest.ends_at else None, 0),
        )
        self.reason = Labelled(C_("break", "Reason"), Field())
        self.reason.field.setText(rest.reason)
        if rest.ends_at is None:
            self.ends.hide()
        super().__init__(parent, N_("Edit the break"), beside(self.starts, self.ends), self.reason)

    def confirm(self) -> None:
        rest, values = self.rest, {"reason": self.reason.value()}
        starts = self.starts.value()
        if starts is None:
            raise UserError(N_("Enter a time, like 14:05."))
        if starts != rest.starts_at.time().replace(second=0, microsecond=0):
            values["starts_at"] = moment_near(starts, rest.starts_at)
        if rest.ends_at is not None:
            ends = self.ends.value()
            if ends is None:
                raise UserError(N_("Enter a time, like 14:05."))
            if ends != rest.ends_at.time().replace(second=0, microsecond=0):
                values["ends_at"] = moment_near(ends, rest.ends_at)
        self.desk.do(
            sitting.edit_break,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=rest.id,
            **values,
        )


class RestDialog(Dialog):
    """Call a recess or turn into a talk, with the reason and the time it began."""

    def __init__(self, parent, desk, meeting, kind, reason: str = "") -> None:
        self.desk, self.meeting = desk, meeting
        recess = kind == BreakKind.RECESS
        self.usecase = sitting.recess if recess else sitting.talk
        title = BREAKS[kind] if recess else N_("Turn into a talk")
        now = clock.local(clock.now())
        self.shown = now.time().replace(second=0, microsecond=0)
        self.reason = Labelled(C_("break", "Reason"), Field(N_("May stay empty")))
        self.reason.field.setText(reason)
        self.time = Labelled(C_("break", "From"), TimeField(C_("break", "From"), now.time(), 0))
        super().__init__(
            parent,
            title,
            beside(self.time, self.reason),
            button=title,
            width=400,
        )
        self.reason.field.setFocus()

    def confirm(self) -> None:
        time, now = self.time.value(), clock.local(clock.now())
        if time is None:
            raise UserError(N_("Enter a time, like 14:05."))
        # The time as it was shown means now: its seconds count for who had come before.
        at = None if time == self.shown else moment_near(time, now)
        self.desk.do(
            self.usecase,
            then=self.on_accepted,
            otherwise=self.on_refused,
            meeting_id=self.meeting.id,
            reason=self.reason.value(),
            at=at,
        )


class RecusalDialog(Dialog):
    """Note who takes no part in an item, and why."""

    def __init__(self, parent, desk, item) -> None:
        self.desk, self.item = desk, item
        kinds = [(kind.value, RECUSALS[kind]) for kind in RecusalKind]
        self.who = Labelled(N_("Member"), Choice([], N_("Member")))
        self.kind = Labelled(N_("Kind"), Choice(kinds, N_("Kind"), RecusalKind.SELF.value))
        self.ground = Labelled(
            N_("Ground"), Field(N_("Such as service contract, kinship, advice given"))
        )
        super().__init__(
            parent,
            N_("Takes no part in “{item}”"),
            beside(self.who, self.kind),
            self.ground,
            Label(
                N_(
                    "Stays enrolled and in the opening quorum; does not count as present for"
                    " this item unless the body's rule says so."
                ),
                "cap",
                wrap=True,
            ),
            button=N_("Record a recusal"),
            width=480,
            item=item.title,
        )
        desk.read(sheet.seats, then=self.on_seats, meeting_id=item.meeting_id)

    def on_seats(self, seats) -> None:
        inside = sorted(seats, key=lambda seat: not seat.inside)
        self.who.field.show_options([(seat.id, seat.name) for seat in inside if seat.voting])

    def confirm(self) -> None:
        self.desk.do(
            recusals.recuse,
            then=self.on_accepted,
            otherwise=self.on_refused,
            item_id=self.item.id,
            attendance_id=self.who.value(),
            kind=self.kind.value(),
            ground=self.ground.value(),
        )
