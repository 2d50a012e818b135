"""Adjusting what was promised: the form that begins it, the line that says where one stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame

from gwangju_desktop.clock import today
from gwangju_desktop.commitments import adjusting
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import queries as meetings
from gwangju_desktop.members.rules import named
from ui.energy.form_parts import filled, labelled
from ui.text import C_, N_, day, say
from ui.widgets.forms import Choice, DateField, Dialog, Lines, beside
from ui.widgets.parts import Button, Icon, Label, row

NO_MEETING = C_("adjustment", "No meeting: agreed otherwise")
FROZEN = N_("What was promised has been submitted: it changes by an adjustment only.")
OPEN = N_("Being adjusted since {day:full}: {reason}")
WIDTH = 560


class AdjustDialog(Dialog):
    """Begin the adjustment of a commitment: why, since when, and who was consulted.

    Until it is closed the promise may be edited; how it read before is kept.
    """

    def __init__(self, parent, desk, commitment_id: int, title: str) -> None:
        self.desk, self.commitment_id = desk, commitment_id
        reason, meeting = C_("adjustment", "Reason"), C_("adjustment", "Consulted at")
        self.reason = labelled(reason, Lines(reason, "", 72))
        english = C_("adjustment", "Reason in English")
        self.reason_en = labelled(english, Lines(english, "", 48))
        self.on = labelled(C_("adjustment", "Day of the adjustment"), DateField("", today(), 0))
        self.meeting = labelled(meeting, Choice([(None, NO_MEETING)], meeting))
        self.consulted = labelled(
            C_("adjustment", "Who was consulted, and how"),
            filled(""),
            say(N_("Needed where no meeting was held.")),
        )
        super().__init__(
            parent,
            N_("Adjust the commitment"),
            Label(title, "sec", wrap=True),
            self.reason,
            self.reason_en,
            beside(self.on, self.meeting),
            self.consulted,
            Label(
                N_("Change the promise next, then close the adjustment: it makes a new edition."),
                "cap",
                wrap=True,
            ),
            button=N_("Begin the adjustment"),
            width=WIDTH,
        )
        self.reason.field.setFocus()
        desk.read(meetings.meetings, then=self.on_meetings)

    def on_meetings(self, rows) -> None:
        """Offer the meetings held so far, the latest first."""
        held = [one for one in reversed(rows) if one.starts_at.date() <= today()]
        self.meeting.field.show_options(
            [
                (None, NO_MEETING),
                *((one.id, meeting_name(one)) for one in held),
            ],
            self.meeting.field.value(),
        )

    def confirm(self) -> None:
        reason = self.reason.value()
        if not reason:
            message = N_("An adjustment needs its reason.")
            self.reason.wrong(say(message))
            raise UserError(message)
        on = self.on.value()
        if on is None:
            message = N_("An adjustment needs its day.")
            self.on.wrong(say(message))
            raise UserError(message)
        self.desk.do(
            adjusting.start_adjustment,
            then=self.on_accepted,
            otherwise=self.on_refused,
            commitment_id=self.commitment_id,
            reason=reason,
            reason_en=self.reason_en.value(),
            adjusted_on=on,
            meeting_id=self.meeting.value(),
            consulted=self.consulted.value(),
        )


def meeting_name(meeting) -> str:
    """Return the day of a meeting and what it is called, for lists to choose from."""
    body = named(meeting.body_ko, meeting.body_en)
    words = " ".join(part for part in (body, meeting.title) if part)
    return f"{day(meeting.starts_at.date(), 'full')} · {words}"


class PromiseLine(QFrame):
    """A line over a promise: frozen since its submission, or open in an adjustment.

    Hidden while the plan is not submitted: then everything is edited freely.
    """

    def __init__(self, page) -> None:
        super().__init__()
        self.setObjectName("inset")
        self.desk = page.desk
        self.commitment_id: int | None = None
        self.title = ""
        self.frozen = False
        self.icon = Icon("lock", "text2")
        self.words = Label("", "sec", elide=True)
        self.begin = Button(N_("Adjust"), slot=self.on_begin)
        self.withdraw = Button(C_("adjustment", "Withdraw"), "ghost", slot=self.on_withdraw)
        self.close_it = Button(C_("adjustment", "Close the adjustment"), slot=self.on_close)
        page.writing(self.begin, self.withdraw, self.close_it)
        row(
            self.icon,
            (self.words, 1),
            self.begin,
            self.withdraw,
            self.close_it,
            margins=(12, 6, 8, 6),
            into=self,
        )
        self.hide()

    def show_promise(
        self, commitment_id: int | None, title: str, submitted: bool, editions: Sequence = ()
    ) -> None:
        """Say whether the promise of a commitment may be edited, and what makes it so.

        `editions` are its `EditionRow`s; one without `closed_on` is open.
        """
        self.commitment_id, self.title = commitment_id, title
        found = next((one for one in editions if one.closed_on is None), None)
        self.frozen = submitted and found is None
        self.setVisible(submitted)
        self.icon.show_icon("pencil" if found else "lock", "warn" if found else "text2")
        if found:
            self.words.say(OPEN, day=found.adjusted_on, reason=found.reason)
        else:
            self.words.say(FROZEN)
        if self.desk.read_only:
            return
        self.begin.setVisible(found is None and commitment_id is not None)
        self.withdraw.setVisible(found is not None)
        self.close_it.setVisible(found is not None)

    # --- slots
    def on_begin(self) -> None:
        """Ask for the reason, and open the promise."""
        AdjustDialog(self.window(), self.desk, self.commitment_id, self.title).open()

    def on_withdraw(self) -> None:
        """Take the adjustment back where nothing was changed."""
        self.desk.do(adjusting.withdraw_adjustment, commitment_id=self.commitment_id)

    def on_close(self) -> None:
        """Freeze the promise again, as a new edition."""
        self.desk.do(adjusting.close_adjustment, commitment_id=self.commitment_id)
