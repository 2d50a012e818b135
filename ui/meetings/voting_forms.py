"""Forms of amendments and of votes beside the item: challenge, closed sitting, minutes, procedure."""

from __future__ import annotations

from dataclasses import replace

from db.vocab import VoteMethod, VoteSubject
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import amendments, balloting, deciding
from gwangju_desktop.meetings.words import VOTE_METHODS, VOTE_SUBJECTS
from ui.meetings.changed import Changed
from ui.meetings.counts import Counts
from ui.meetings.seat_field import SeatField
from ui.text import C_, N_
from ui.widgets.forms import Choice, Dialog, Field, Labelled, Lines, beside
from ui.widgets.parts import Label

COUNTED = (VoteMethod.NO_OBJECTION, VoteMethod.SHOW_OF_HANDS, VoteMethod.SECRET)


def methods() -> list[tuple[str, str]]:
    """Return how a vote in a form may be taken."""
    return [(method.value, VOTE_METHODS[method]) for method in COUNTED]


class AmendmentDialog(Dialog):
    """Move an amendment: the changed text, who moves and who seconds it."""

    def __init__(self, parent, desk, item, wording: str) -> None:
        self.desk, self.item, self.wording = desk, item, wording
        self.text = Labelled(N_("Text as amended"), Lines(N_("Text as amended"), wording, 110))
        self.change = Changed()
        self.mover = Labelled(N_("Moved by"), SeatField(N_("Moved by"), desk, item.meeting_id))
        self.seconder = Labelled(
            N_("Seconded by"), SeatField(N_("Seconded by"), desk, item.meeting_id)
        )
        super().__init__(
            parent,
            N_("Amendment to “{item}”"),
            self.text,
            self.change,
            beside(self.mover, self.seconder),
            button=N_("Move the amendment"),
            width=600,
            item=item.title,
        )
        self.text.field.textChanged.connect(self.on_text)
        self.on_text()
        self.text.field.setFocus()

    def on_text(self) -> None:
        """Show the change while it is written."""
        self.change.show_change(self.wording, self.text.field.value())

    def confirm(self) -> None:
        mover, seconder = self.mover.value(), self.seconder.value()
        if mover is None:
            self.mover.wrong(str(UserError(N_("Enter who moves it."))))
            self.mover.field.setFocus()
            return
        self.desk.do(
            amendments.move_amendment,
            then=self.on_accepted,
            otherwise=self.on_refused,
            item_id=self.item.id,
            text=self.text.value(),
            mover_id=mover.id,
            seconder_id=seconder.id if seconder else None,
        )


class SecondDialog(Dialog):
    """Say who seconds an amendment."""

    def __init__(self, parent, desk, item, amendment) -> None:
        self.desk, self.amendment = desk, amendment
        self.who = Labelled(N_("Seconded by"), SeatField(N_("Seconded by"), desk, item.meeting_id))
        super().__init__(parent, N_("Second the amendment"), self.who)
        self.who.field.setFocus()

    def confirm(self) -> None:
        seat = self.who.value()
        if seat is None:
            raise UserError(N_("Enter who seconds it."))
        self.desk.do(
            amendments.second_amendment,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.amendment.id,
            seconder_id=seat.id,
        )


class CountedDialog(Dialog):
    """A form with a way of voting and counts; `judged()` says by which standing."""

    def __init__(self, parent, title, *parts, standing, **values) -> None:
        self.standing = standing
        self.method = Labelled(N_("Way of voting"), Choice(methods(), N_("Way of voting")))
        self.counts = Counts()
        super().__init__(
            parent,
            title,
            *parts,
            self.method,
            self.counts,
            button=N_("Record the vote"),
            width=540,
            **values,
        )
        self.counts.confirmed.connect(self.on_confirm)
        self.method.field.currentIndexChanged.connect(self.on_method)
        self.counts.judge_by(standing)
        self.on_method()

    def on_method(self, _n: int = 0) -> None:
        """Ask for counts where there are any."""
        counted = self.method.value() != VoteMethod.NO_OBJECTION
        self.counts.setVisible(counted)
        self.adjustSize()
        if counted:
            self.counts.fields["yes"].setFocus()

    def counted(self) -> dict[str, int] | None:
        """Return the counts, None where nobody objected; raises UserError without a count."""
        if self.method.value() == VoteMethod.NO_OBJECTION:
            return None
        counts = self.counts.value()
        if counts is None:
            raise UserError(N_("Enter the votes."))
        return counts


class AmendmentVoteDialog(CountedDialog):
    """Vote on an amendment."""

    def __init__(self, parent, desk, amendment, standing) -> None:
        self.desk, self.amendment = desk, amendment
        self.change = Changed()
        super().__init__(parent, N_("Vote on the amendment"), self.change, standing=standing)
        self.change.show_change(amendment.original, amendment.text)

    def confirm(self) -> None:
        counts = self.counted()
        method = {} if counts is None else {"method": self.method.value()}
        self.desk.do(
            amendments.vote_on_amendment,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.amendment.id,
            chair_in_favour=self.counts.in_favour(),
            **method,
            **(counts or {}),
        )


class AsideDialog(CountedDialog):
    """Vote on a challenge, on closing the sitting, on withholding the minutes, on procedure."""

    def __init__(self, parent, desk, item, panel) -> None:
        self.desk, self.item, self.panel = desk, item, panel
        subjects = [subject for subject in deciding.ASIDE if self._fits(subject)]
        options = [(subject.value, VOTE_SUBJECTS[subject]) for subject in subjects]
        self.subject = Labelled(N_("Vote on"), Choice(options, N_("Vote on")))
        people = [(row.id, row.name) for row in panel.challenges]
        self.who = Labelled(
            N_("Challenged member"),
            Choice(people, N_("Challenged member")),
            N_("Takes no part in this vote."),
        )
        self.label = Labelled(C_("procedure", "Question"), Field())
        self.ground = Labelled(C_("closed", "Ground"), Field())
        self.note = Label(
            N_("Takes more than half of the enrolled members (각종위원회 조례 제10조)."),
            "cap",
            wrap=True,
        )
        super().__init__(
            parent,
            N_("Another vote during “{item}”"),
            self.subject,
            self.who,
            self.label,
            self.ground,
            self.note,
            standing=panel.standing,
            item=item.title,
        )
        self.subject.field.currentIndexChanged.connect(self.on_subject)
        self.on_subject()

    def _fits(self, subject) -> bool:
        return subject != VoteSubject.CHALLENGE or bool(self.panel.challenges)

    def on_subject(self, _n: int = 0) -> None:
        """Ask for what this vote needs."""
        subject = self.subject.value()
        closing = subject in (VoteSubject.CLOSED_SITTING, VoteSubject.CLOSED_MINUTES)
        self.who.setVisible(subject == VoteSubject.CHALLENGE)
        self.label.setVisible(subject == VoteSubject.PROCEDURE)
        self.ground.setVisible(closing)
        self.note.setVisible(subject == VoteSubject.CLOSED_MINUTES)
        held = self.panel.standing
        self.counts.judge_by(replace(held, rule=balloting.rule_for(subject, held.rule)))
        self.adjustSize()

    def confirm(self) -> None:
        subject = self.subject.value()
        challenge = subject == VoteSubject.CHALLENGE
        self.desk.do(
            deciding.vote_aside,
            then=self.on_accepted,
            otherwise=self.on_refused,
            item_id=self.item.id,
            subject=subject,
            counts=self.counted(),
            method=self.method.value(),
            label=self.label.value(),
            ground=self.ground.value(),
            recusal_id=self.who.value() if challenge else None,
            chair_in_favour=self.counts.in_favour(),
        )
