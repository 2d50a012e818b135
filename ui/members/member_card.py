"""One member beside the roll: seats over the years, attendance, where from, contact."""

from __future__ import annotations

from db.vocab import Capacity, ConsentField, MeetingState, Presence
from gwangju_desktop import clock
from gwangju_desktop.members import access, queries, succession, usecases
from gwangju_desktop.members.rules import SOON_DAYS, in_office, named
from gwangju_desktop.members.words import CAPACITIES, END_REASONS, GENDERS, ROLES
from ui.history.link import HistoryButton
from ui.members.cards import Card, empty
from ui.members.contact import Contact
from ui.members.dialogs import AddSeatDialog, EditSeatDialog, EndSeatDialog
from ui.members.meters import Attended
from ui.members.person_dialog import PersonDialog
from ui.members.timeline import Timeline
from ui.text import C_, N_, NN_, say, words
from ui.widgets.page import pair
from ui.widgets.painted import Avatar, Chip
from ui.widgets.parts import Align, Button, Label, column, row, rule

PURPOSES = {
    "contact": C_("consent", "for contact"),
    "statistics": C_("consent", "for statistics"),
    "publication": C_("consent", "for publication"),
    "payment": C_("consent", "for payment"),
}


class SeatRow:
    """One membership in the card: body, post and days, and what can be done with it."""

    def __init__(self, card, seat) -> None:
        self.card, self.seat = card, seat
        said = words()
        role = say(ROLES[seat.role])
        days = said.days(seat.starts_on, seat.ends_on)
        if seat.term:
            days = say(N_("Term {n} · {days}"), n=seat.term, days=days)
        title = Label(named(seat.body_ko, seat.body_en), "secb", elide=True)
        capacity = say(CAPACITIES[seat.capacity])
        detail = Label(f"{role} · {capacity} · {days}", "cap", wrap=True)
        parts = [(column(title, detail, gap=1), 1)]
        if seat.end_reason:
            parts.append(Chip(END_REASONS[seat.end_reason]))
        self.button = Button("", "ghost", "pencil", name=N_("Edit membership"), slot=self.on_edit)
        self.widget = row(*parts, card.page.writing(self.button), gap=6)

    def on_edit(self) -> None:
        EditSeatDialog(self.card.window(), self.card.desk, self.seat).open()


class MemberCard(Card):
    """One member: seats over the years, attendance, where from, contact."""

    query = staticmethod(queries.member)
    called = N_("Member")

    def __init__(self, page) -> None:
        super().__init__(page)
        self.face = Avatar()
        self.name, self.hanja = Label("", "h2"), Label("", "cap")
        self.affiliation = Label("", "sec", elide=True)
        self.edit = Button(N_("Edit"), slot=self.on_edit)
        self.due, self.kind, self.made_up = Chip(), Chip(), Chip()
        self.terms, self.marks = Timeline(), Attended()
        self.renewing = Button(N_("Reappoint member"), "primary", slot=self.on_renew)
        self.ending = Button(N_("End membership"), slot=self.on_end)
        self.next = Label("", "cap", wrap=True)
        self.adding = Button(N_("Add membership"), "link", "plus", slot=self.on_add)
        self.number = Label("", "cap", elide=True)
        self.seats, self.facts = column(gap=8), column(gap=8)
        self.rows: list[SeatRow] = []
        self.came = Label("", "cap")
        self.never = Label(N_("No meeting yet"), "cap")
        self.sex, self.note = (
            Label("", "sec", "text", wrap=True),
            Label("", "sec", "text", wrap=True),
        )
        self.phone = Contact(self, ConsentField.PHONE.value, N_("Mobile"))
        self.mail = Contact(self, ConsentField.EMAIL.value, N_("E-mail"))
        self.erasing = Button(N_("Erase person…"), "danger", "trash-2", slot=self.on_erase)
        page.writing(self.edit, self.renewing, self.ending, self.adding, self.erasing)
        self._lay_out()
        self.inside.hide()

    def _lay_out(self) -> None:
        who = column(row(self.name, self.hanja, None), self.affiliation, gap=2)
        column(
            row(
                self.face,
                (who, 1),
                (HistoryButton(), Align.AlignTop),
                (self.edit, Align.AlignTop),
                gap=8,
            ),
            row(self.due, self.kind, self.made_up, None, gap=6),
            rule(),
            Label(C_("member", "Term"), "h3"),
            self.terms,
            row(self.renewing, self.ending, None),
            self.next,
            rule(),
            row(Label(N_("Bodies"), "h3"), None, self.adding),
            self.number,
            self.seats,
            rule(),
            row(Label(C_("member", "Attendance"), "h3"), self.came, None),
            self.marks,
            self.never,
            rule(),
            Label(N_("Contact"), "h3"),
            column(self.phone.widget, self.mail.widget, gap=2),
            pair(Label(N_("Sex"), "cap"), self.sex),
            pair(Label(N_("Note"), "cap"), self.note),
            pair(
                Label(N_("Disclosed"), "cap"),
                Label(N_("Name and affiliation only"), "sec", "text", wrap=True),
            ),
            self.facts,
            rule(),
            row(self.erasing, None),
            None,
            margins=(20, 20, 20, 16),
            gap=10,
            into=self.inside,
        )

    def open(self, id: int) -> None:
        """Show somebody; what was revealed of the last one is masked again."""
        if id != self.id:
            self.phone.shown = self.mail.shown = False
        super().open(id)

    def on_erase(self) -> None:
        """Erase the person after the preview was read and the name typed."""
        from ui.members.erase import EraseDialog

        EraseDialog(self.window(), self.desk, self.record.id).open()

    def current_seat(self):
        """Return the seat the buttons act on: the one of the body shown, else the first held."""
        today = clock.today()
        held = [m for m in self.record.memberships if in_office(m.starts_on, m.ends_on, today)]
        here = [m for m in held if m.body_id == self.page.body_id]
        return next(iter(here or held or self.record.memberships[-1:]), None)

    def on_gone(self, error) -> None:
        super().on_gone(error)
        self.inside.hide()

    def renew(self) -> None:
        member, today = self.record, clock.today()
        self.inside.show()
        seat = self.current_seat()
        self.face.show_name(member.name)
        self.name.say(member.name)
        self.hanja.say(member.hanja)
        self.made_up.say(N_("Made up") if member.fictional else "", "neu")
        self._show_seat(seat, today)
        self.terms.show_seats(
            [(named(m.body_ko, m.body_en), m.starts_on, m.ends_on) for m in member.memberships],
            today,
        )
        self.terms.setVisible(bool(member.memberships))
        held = {m.body_id for m in member.memberships if in_office(m.starts_on, m.ends_on, today)}
        self.number.say(
            NN_(
                "Sits in {n} body · committees appointed to: {committees}",
                "Sits in {n} bodies · committees appointed to: {committees}",
            )
            if held
            else "",
            n=len(held),
            committees=member.committees,
        )
        self.number.setVisible(bool(held))
        self._show_seats(member.memberships)
        self._show_marks(member.attendance)
        self.sex.say(GENDERS[member.gender] if member.gender else "–")
        self.phone.renew()
        self.mail.renew()
        self.note.say(member.note or "–")
        self._show_facts(member)

    def _show_facts(self, member) -> None:
        """Show other names, affiliations, posts and consents, those there are."""
        said = words()
        lines: list[tuple[str, list[str]]] = [
            (N_("Also called"), list(member.aliases)),
            (
                N_("Affiliations"),
                [
                    self._with_days(
                        f"{named(a.organisation_ko, a.organisation_en)} {a.post}".strip(),
                        a.starts_on,
                        a.ends_on,
                    )
                    for a in member.affiliations
                ],
            ),
            (
                N_("Posts held"),
                [
                    self._with_days(named(p.name_ko, p.name_en), p.starts_on, p.ends_on)
                    for p in member.posts
                ],
            ),
            (
                N_("Consents"),
                [
                    " ".join(
                        (
                            say(access.FIELDS[c.field]),
                            say(PURPOSES[c.purpose]),
                            said.days(c.given_on, c.withdrawn_on)
                            if c.withdrawn_on
                            else said.day(c.given_on, "full"),
                        )
                    )
                    for c in member.consents
                ],
            ),
        ]
        empty(self.facts)
        for title, texts in lines:
            if texts:
                self.facts.layout().addWidget(rule())
                self.facts.layout().addWidget(Label(title, "h3"))
                for line in texts:
                    self.facts.layout().addWidget(Label(line, "sec", "text", wrap=True))

    def _with_days(self, what: str, start, end) -> str:
        """Return something with its days where any is known."""
        if start is None:
            return what if end is None else f"{what} · ~ {words().day(end, 'full')}"
        return f"{what} · {words().days(start, end)}"

    def _show_seat(self, seat, today) -> None:
        left = (seat.ends_on - today).days if seat and seat.ends_on else None
        affiliation = ""
        if seat:
            organisation = named(seat.organisation_ko, seat.organisation_en)
            affiliation = " ".join(filter(None, (organisation, seat.post)))
        self.affiliation.say(affiliation)
        self.kind.say(CAPACITIES[seat.capacity] if seat else "")
        if left is not None and 0 <= left <= SOON_DAYS:
            self.due.say(N_("Term ends D-{n}"), "warn", "clock", n=left)
        elif left is not None and left < 0:
            self.due.say(N_("Term ended {day:full}"), "bad", "circle-alert", day=seat.ends_on)
        else:
            self.due.say("")
        self.ending.setVisible(not self.desk.read_only and bool(seat))
        appointed = bool(seat) and seat.capacity == Capacity.APPOINTED and left is not None
        self.renewing.setVisible(not self.desk.read_only and appointed)
        self.next.setVisible(not self.desk.read_only and appointed)
        if appointed:
            self.desk.read(
                succession.renewal, then=self.on_renewal, otherwise=self.on_none, id=seat.id
            )

    def on_renewal(self, offer) -> None:
        """Say what another appointment would be before the button is pressed."""
        days = words().days(offer.starts_on, offer.ends_on)
        numbers = {"n": offer.appointments, "most": offer.most}
        if offer.beyond:
            self.next.say(
                N_("Appointment {n} is more than the {most} the rule allows: {source}"),
                source=offer.source,
                **numbers,
            )
        elif offer.most is None:
            self.next.say(N_("Next: {days}, appointment {n}"), days=days, **numbers)
        elif offer.appointments == offer.most:
            message = N_("Next: {days}, appointment {n} of {most}, the last one")
            self.next.say(message, days=days, **numbers)
        else:
            self.next.say(N_("Next: {days}, appointment {n} of {most}"), days=days, **numbers)
        self.next.ink("bad" if offer.beyond else "text2")

    def on_none(self, _error) -> None:
        """The seat was taken back meanwhile: nothing can be said of another."""
        self.next.hide()

    def _show_seats(self, memberships) -> None:
        empty(self.seats)
        self.rows = [SeatRow(self, seat) for seat in reversed(memberships)]
        for seat_row in self.rows:
            self.seats.layout().addWidget(seat_row.widget)

    def _show_marks(self, marks) -> None:
        held = [mark for mark in marks if MeetingState(mark.state).over]
        came = sum(mark.presence in (Presence.PRESENT, Presence.LEFT) for mark in held)
        share = came / len(held) if held else 0
        message = N_("{n} of the last {all} ({share:.0%})") if held else ""
        self.came.say(message, n=came, all=len(held), share=share)
        self.marks.show_marks([(mark.number, mark.presence) for mark in marks])
        self.marks.setVisible(bool(marks))
        self.never.setVisible(not marks)

    def on_edit(self) -> None:
        if self.record:
            PersonDialog(self.window(), self.desk, self.record).open()

    def on_renew(self) -> None:
        seat = self.current_seat()
        if seat:
            self.desk.do(usecases.renew_membership, id=seat.id)

    def on_end(self) -> None:
        seat = self.current_seat()
        if seat:
            EndSeatDialog(self.window(), self.desk, seat, self.record.name).open()

    def on_add(self) -> None:
        AddSeatDialog(self.window(), self.desk, self.page.body_options(), self.record).open()
