"""Forms of the meetings room; what is typed stays until it was accepted."""

from __future__ import annotations

import datetime as dt

from db.vocab import ItemKind, MeetingKind
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, papers, quorums, rules, steps, usecases
from gwangju_desktop.meetings.words import DISCLOSURES, ITEM_KINDS, MEETING_KINDS
from ui.text import C_, N_
from ui.widgets.forms import (
    Choice,
    DateField,
    Dialog,
    Field,
    Labelled,
    Lines,
    NumberField,
    TimeField,
)
from ui.widgets.parts import Align, Label, row

USUAL_TIME = dt.time(14)
USUAL_MINUTES = 120


def side_by_side(*parts):
    """Return parts of equal width beside each other, their labels on one line."""
    box = row(*((part, 1) for part in parts), gap=12)
    for part in parts:
        box.layout().setAlignment(part, Align.AlignTop)
    return box


class MeetingDialog(Dialog):
    """Add or change a meeting; says at once when its day leaves no time for the notice."""

    def __init__(self, parent, desk, bodies, meeting=None) -> None:
        self.desk, self.meeting = desk, meeting
        starts = meeting.starts_at if meeting else None
        kind = meeting.kind if meeting else MeetingKind.REGULAR.value
        body_id = meeting.body_id if meeting else None
        self.body = Labelled(N_("Body"), Choice(bodies, N_("Body"), body_id))
        self.kind = Labelled(N_("Kind"), Choice(MEETING_KINDS.items(), N_("Kind"), kind))
        self.number = Labelled(
            C_("meeting", "Number"),
            NumberField(N_("Number"), meeting.number if meeting else None, low=1, width=0),
        )
        self.title = Labelled(N_("Title"), Field(N_("As usual, from number and kind")))
        self.day = Labelled(
            C_("meeting", "Date"), DateField(N_("Date"), starts.date() if starts else None, 0)
        )
        time = starts.time() if starts else USUAL_TIME
        self.time = Labelled(N_("Starts at"), TimeField(N_("Starts at"), time, 0))
        minutes = meeting.minutes if meeting else USUAL_MINUTES
        self.minutes = Labelled(
            N_("Minutes planned"), NumberField(N_("Minutes planned"), minutes, low=1, width=0)
        )
        self.place = Labelled(N_("Place"), Field())
        self.presiding = Labelled(N_("Presided by"), Field())
        self.secretariat = Labelled(N_("Secretariat"), Field())
        if meeting:
            for key in ("title", "place", "presiding", "secretariat"):
                getattr(self, key).field.setText(getattr(meeting, key))
            self.body.setEnabled(False)
        self.late = Label("", "cap", "warn", wrap=True)
        self.late.hide()
        super().__init__(
            parent,
            N_("Edit meeting") if meeting else N_("New meeting"),
            self.body,
            side_by_side(self.kind, self.number, self.title),
            side_by_side(self.day, self.time, self.minutes),
            self.late,
            self.place,
            side_by_side(self.presiding, self.secretariat),
            button=N_("Save") if meeting else C_("button", "Add"),
            width=560,
        )
        self.day.field.editingFinished.connect(self.on_day)

    def on_day(self) -> None:
        """Ask the body's rule of that day."""
        try:
            day = self.day.field.value()
        except UserError:
            return
        body_id = self.body.field.value()
        if day and body_id:
            self.desk.read(quorums.rule_on, then=self.on_rule, body_id=body_id, day=day)

    def on_rule(self, rule: rules.Rule) -> None:
        try:
            day = self.day.field.value()
        except UserError:
            return
        due = rules.notice_due(rule, day) if day else None
        late = due is not None and due < clock.today()
        self.late.setVisible(late)
        if late:
            message = N_("The notice was due on {due:long}: an urgent reason will be needed.")
            self.late.say(message, due=due)
        self.adjustSize()

    def confirm(self) -> None:
        day, time = self.day.value(), self.time.value()
        if day is None or time is None:
            message = N_("The meeting needs a date and a time.")
            (self.day if day is None else self.time).wrong(str(UserError(message)))
            raise UserError(message)
        values = {
            "kind": self.kind.value(),
            "number": self.number.value(),
            "title": self.title.value(),
            "starts_at": dt.datetime.combine(day, time, clock.KST),
            "minutes": self.minutes.value() or USUAL_MINUTES,
            "place": self.place.value(),
            "presiding": self.presiding.value(),
            "secretariat": self.secretariat.value(),
        }
        if self.meeting:
            usecase, values["id"] = usecases.edit_meeting, self.meeting.id
        else:
            usecase, values["body_id"] = usecases.add_meeting, self.body.value()
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **values)


class ItemDialog(Dialog):
    """Add or change an agenda item with the texts of its front sheet."""

    TEXTS = ("request", "reason", "contents", "reference")

    def __init__(self, parent, desk, meeting_id: int, item=None) -> None:
        self.desk, self.meeting_id, self.item = desk, meeting_id, item
        kind = item.kind if item else ItemKind.DELIBERATION.value
        self.title = Labelled(N_("Title"), Field())
        self.kind = Labelled(N_("Kind"), Choice(ITEM_KINDS.items(), N_("Kind"), kind))
        self.presenter = Labelled(N_("Presenter"), Field())
        minutes = item.minutes if item else 15
        self.minutes = Labelled(
            N_("Minutes allotted"), NumberField(N_("Minutes allotted"), minutes, low=1, width=0)
        )
        self.request = self._text(N_("What the body is asked to decide"), item, "request", 56)
        self.reason = self._text(N_("Reason for the proposal"), item, "reason", 56)
        self.contents = self._text(N_("Main contents"), item, "contents", 90)
        self.reference = self._text(N_("For reference"), item, "reference", 40)
        if item:
            self.title.field.setText(item.title)
            self.presenter.field.setText(item.presenter)
        super().__init__(
            parent,
            N_("Edit agenda item") if item else N_("Add agenda item"),
            self.title,
            side_by_side(self.kind, self.presenter, self.minutes),
            self.request,
            self.reason,
            self.contents,
            self.reference,
            button=N_("Save") if item else C_("button", "Add"),
            width=600,
        )

    def _text(self, label, item, key: str, height: int) -> Labelled:
        return Labelled(label, Lines(label, getattr(item, key) if item else "", height))

    def confirm(self) -> None:
        keys = ("title", "kind", "presenter", "minutes", *self.TEXTS)
        values = {key: getattr(self, key).value() for key in keys}
        if values["minutes"] is None:
            message = N_("How many minutes does the item take?")
            self.minutes.wrong(str(UserError(message)))
            raise UserError(message)
        if self.item:
            usecase, values["id"] = agenda.edit_item, self.item.id
        else:
            usecase, values["meeting_id"] = agenda.add_item, self.meeting_id
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **values)


class PaperDialog(Dialog):
    """Rename a paper and say who may read it."""

    def __init__(self, parent, desk, paper) -> None:
        self.desk, self.id = desk, paper.id
        self.title = Labelled(N_("Title"), Field())
        self.title.field.setText(paper.title)
        self.disclosure = Labelled(
            N_("Who may read it"),
            Choice(DISCLOSURES.items(), N_("Who may read it"), paper.disclosure),
        )
        super().__init__(
            parent,
            N_("Edit paper"),
            self.title,
            self.disclosure,
            Label(N_("File: {name}"), "cap", elide=True, name=paper.file_name),
        )

    def confirm(self) -> None:
        self.desk.do(
            papers.edit_paper,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.id,
            title=self.title.value(),
            disclosure=self.disclosure.value(),
        )


class NoticeDialog(Dialog):
    """Note the day the notice of meeting went out."""

    def __init__(self, parent, desk, meeting) -> None:
        self.desk, self.id = desk, meeting.id
        day = meeting.noticed_on or clock.today()
        self.day = Labelled(
            N_("Notice sent on"),
            DateField(N_("Notice sent on"), day, 0),
            N_("Leave it empty to take the note back."),
        )
        super().__init__(
            parent,
            N_("Record the notice of meeting"),
            self.day,
            Label(N_("Due by {due:long}"), "cap", due=meeting.notice_due),
        )

    def confirm(self) -> None:
        self.desk.do(
            steps.notice,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.id,
            day=self.day.value(),
        )


class CloseDialog(Dialog):
    """Ask before a meeting is closed for good: the step is not undone."""

    def __init__(self, parent, desk, meeting) -> None:
        self.desk, self.id = desk, meeting.id
        quorum = meeting.quorum
        super().__init__(
            parent,
            N_("Close the meeting"),
            Label(
                N_(
                    "{present} of {enrolled} are marked present. Members not marked count as"
                    " absent. Afterwards agenda, papers and attendance can no longer be changed."
                ),
                "sec",
                wrap=True,
                present=quorum.present,
                enrolled=quorum.enrolled,
            ),
            button=N_("Close the meeting for good"),
            width=460,
        )

    def confirm(self) -> None:
        self.desk.do(
            steps.close_meeting, then=self.on_accepted, otherwise=self.on_refused, id=self.id
        )
