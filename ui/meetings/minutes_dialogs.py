"""The steps of the minutes: confirming, reopening, publishing, withholding, drafting again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from db.vocab import Confirmation, MeetingState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import confirming, minutes, publishing, reviews
from gwangju_desktop.meetings.recording import KINDS
from ui.meetings.listening import take_recording
from ui.meetings.times import on_the_day
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import (
    Check,
    Choice,
    DateField,
    Dialog,
    Field,
    Labelled,
    Lines,
    TimeField,
    beside,
)
from ui.widgets.parts import Align, Icon, Label, column, row

SHOWN = 8


def sentences(found) -> list:
    """Return conditions that are not met as lines with their marks, the needed ones first."""
    missing = [one for one in found if not one.met]
    lines = []
    for one in sorted(missing, key=_needed_first):
        ink = "bad" if one.needed else "warn"
        mark = Icon("circle-alert", ink, 14)
        words = Label(one.message, "sec", "text", wrap=True, **one.values)
        lines.append(row((mark, Align.AlignTop), (words, 1), gap=8))
    return lines


def _needed_first(condition) -> bool:
    return not condition.needed


class ConfirmDialog(Dialog):
    """Confirm minutes by the rule of the body, with what is still missing in sight."""

    def __init__(self, parent, desk, found, conditions, meetings) -> None:
        self.desk, self.found = desk, found
        self.by_meeting = found.confirmation == Confirmation.NEXT_MEETING
        self.day = Labelled(N_("Confirmed on"), DateField(N_("Confirmed on"), None, 0))
        self.meeting = Labelled(
            N_("Confirmed by the meeting"), Choice(meetings, N_("Confirmed by the meeting"))
        )
        self.how = Labelled(
            N_("How"),
            Choice(
                (
                    ("as", C_("minutes", "As presented")),
                    ("with", C_("minutes", "With corrections")),
                ),
                N_("How"),
            ),
        )
        self.corrections = Labelled(
            N_("Corrections"),
            Lines(N_("Corrections"), "", 90),
            N_("A line each, quoted by its page: p. 3: …. Mend the text itself before."),
        )
        if self.by_meeting:
            fields = (self.meeting, self.how, self.corrections)
            rule = N_("This body's minutes are confirmed by its next meeting.")
        else:
            self.day.field.show_date(clock.today())
            fields = (self.day,)
            rule = N_("This body's minutes are confirmed by the chairs' signature after review.")
        missing = sentences(conditions)
        super().__init__(
            parent,
            N_("Confirm the minutes of {meeting}"),
            Label(rule, "sec", "text2", wrap=True),
            *([column(*missing, gap=6)] if missing else []),
            *fields,
            Label(N_("The text is locked then."), "cap", wrap=True),
            button=N_("Confirm and lock"),
            width=540,
            meeting=found.meeting,
        )
        self.how.field.currentIndexChanged.connect(self.on_how)
        self.on_how()
        if any(one.needed and not one.met for one in conditions):
            self.button.why_not(N_("Something is still missing."))

    def on_how(self, _n: int = 0) -> None:
        self.corrections.setVisible(self.by_meeting and self.how.value() == "with")
        self.adjustSize()

    def confirm(self) -> None:
        asked: dict = {"meeting_id": self.found.meeting_id}
        if self.by_meeting:
            asked["at_meeting_id"] = self.meeting.value()
            if self.how.value() == "with":
                asked["corrections"] = self.corrections.value()
                if not asked["corrections"]:
                    raise UserError(N_("Write down the corrections, or choose “as presented”."))
        else:
            asked["on"] = self.day.value()
        self.desk.do(confirming.confirm, then=self.on_accepted, otherwise=self.on_refused, **asked)


class ReasonDialog(Dialog):
    """Reopen minutes or take them back: a step that needs its reason."""

    def __init__(self, parent, desk, found, *, reopening: bool) -> None:
        self.desk, self.found, self.reopening = desk, found, reopening
        self.reason = Labelled(N_("Reason"), Field(name=N_("Reason")))
        if reopening:
            title, button = N_("Reopen the minutes of {meeting}"), N_("Reopen")
            words = N_(
                "They have to be signed and confirmed anew. The reason stays in the history."
            )
        else:
            title, button = N_("Go back before the minutes of {meeting}"), N_("Go back")
            words = N_("The meeting is closed and without minutes again; the text stays for later.")
        super().__init__(
            parent,
            title,
            Label(words, "sec", "text2", wrap=True),
            self.reason,
            button=button,
            meeting=found.meeting,
        )

    def confirm(self) -> None:
        self.desk.do(
            confirming.reopen if self.reopening else minutes.take_back,
            then=self.on_accepted,
            otherwise=self.on_refused,
            meeting_id=self.found.meeting_id,
            reason=self.reason.value(),
        )


class PublishDialog(Dialog):
    """Record that minutes went public; before their confirmation they are marked so."""

    def __init__(self, parent, desk, found) -> None:
        self.desk, self.found = desk, found
        self.early = found.state == MeetingState.DRAFTED
        self.day = Labelled(N_("Published on"), DateField(N_("Published on"), clock.today(), 0))
        self.where = Labelled(
            C_("minutes", "Where"),
            Field(name=C_("minutes", "Where")),
            N_("Like: the minutes on the city’s site"),
        )
        words = []
        if self.early:
            words.append(
                Label(
                    N_("Not confirmed yet: every page says “published before confirmation”."),
                    "sec",
                    "warn",
                    wrap=True,
                )
            )
        super().__init__(
            parent,
            N_("Publish the minutes of {meeting}"),
            *words,
            beside(self.day, self.where),
            button=N_("Record the early publication") if self.early else N_("Record publication"),
            width=520,
            meeting=found.meeting,
        )

    def confirm(self) -> None:
        self.desk.do(
            publishing.publish,
            then=self.on_accepted,
            otherwise=self.on_refused,
            meeting_id=self.found.meeting_id,
            on=self.day.value(),
            where=self.where.value(),
            early=self.early,
        )


class WithholdDialog(Dialog):
    """Record why minutes are not published."""

    def __init__(self, parent, desk, found) -> None:
        self.desk, self.found = desk, found
        self.ground = Labelled(
            C_("minutes", "Ground"),
            Field(name=C_("minutes", "Ground")),
            N_("Like: Disclosure Act art. 9(1)5"),
        )
        self.vote = Check(N_("Decided by a majority of the enrolled in this meeting"))
        super().__init__(
            parent,
            N_("Keep the minutes of {meeting} unpublished"),
            self.ground,
            self.vote,
            button=N_("Do not publish"),
            width=500,
            meeting=found.meeting,
        )

    def confirm(self) -> None:
        self.desk.do(
            publishing.withhold,
            then=self.on_accepted,
            otherwise=self.on_refused,
            meeting_id=self.found.meeting_id,
            ground=self.ground.value(),
            by_vote=self.vote.value(),
        )


class RedraftDialog(Dialog):
    """Draft again: what the new draft would take away and bring stands here before."""

    def __init__(self, parent, desk, meeting_id: int, made) -> None:
        self.desk, self.meeting_id = desk, meeting_id
        parts = []
        for message, ink, lines in (
            (
                NN_("{n} line would be taken away", "{n} lines would be taken away"),
                "bad",
                made.lost,
            ),
            (NN_("{n} line would be added", "{n} lines would be added"), "ok", made.gained),
        ):
            if lines:
                rest = len(lines) - SHOWN
                shown = [f"· {line}" for line in lines[:SHOWN]] + (["…"] if rest > 0 else [])
                parts += [
                    Label(message, "strong", ink, n=len(lines)),
                    Label("\n".join(shown), "cap", "text2", wrap=True),
                ]
        super().__init__(
            parent,
            N_("Draft the minutes again"),
            *parts,
            Label(N_("Undo brings the present text back."), "cap", wrap=True),
            button=N_("Replace the text"),
            width=560,
        )

    def confirm(self) -> None:
        self.desk.do(
            minutes.redraft,
            then=self.on_accepted,
            otherwise=self.on_refused,
            meeting_id=self.meeting_id,
            replace=True,
        )


class RemarkDialog(Dialog):
    """What a member remarks on the draft."""

    def __init__(self, parent, desk, meeting_id: int, member) -> None:
        self.desk, self.meeting_id, self.id = desk, meeting_id, member.id
        self.remark = Labelled(N_("Remark"), Lines(N_("Remark"), member.remark, 90))
        super().__init__(
            parent,
            N_("Remark of {name}"),
            self.remark,
            width=500,
            name=member.name,
        )

    def confirm(self) -> None:
        self.desk.do(
            reviews.answer,
            then=self.on_accepted,
            otherwise=self.on_refused,
            meeting_id=self.meeting_id,
            ids=[self.id],
            agrees=False,
            remark=self.remark.value(),
        )


class RecordingDialog(Dialog):
    """Attach a recording with the moment it begins, so that time marks lead into it."""

    def __init__(self, parent, desk, meeting) -> None:
        self.desk, self.meeting = desk, meeting
        self.path: Path | None = None
        begins = meeting.opened_at or meeting.starts_at
        self.day = Labelled(N_("Day it begins"), DateField(N_("Day it begins"), begins.date(), 0))
        self.time = Labelled(
            N_("Time it begins"), TimeField(N_("Time it begins"), begins.time(), 0)
        )
        super().__init__(
            parent,
            N_("Attach the recording of {meeting}"),
            beside(self.day, self.time),
            Label(
                N_("Time marks like [14:52] in the notes then play it from there."),
                "cap",
                wrap=True,
            ),
            button=N_("Choose the file…"),
            meeting=meeting.title,
        )

    def confirm(self) -> None:
        self.starts_at()
        endings = " ".join(f"*{ending}" for ending in KINDS)
        title = say(N_("Recording"))
        name, _filter = QFileDialog.getOpenFileName(self, title, "", f"{title} ({endings})")
        if name:
            self.take(Path(name))

    def starts_at(self) -> dt.datetime:
        """Return the moment the recording begins; raise UserError when a field is wrong."""
        day, time = self.day.value(), self.time.value()
        if day is None or time is None:
            raise UserError(N_("Enter the day and time at which the recording begins."))
        return on_the_day(time, day)

    def take(self, path: Path) -> None:
        """Take a file into the office and attach it."""
        self.desk.work(
            take_recording,
            title=N_("Taking the recording in"),
            then=self.on_accepted,
            otherwise=self.on_refused,
            meeting_id=self.meeting.id,
            path=path,
            starts_at=self.starts_at(),
        )
