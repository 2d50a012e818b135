"""The forms of findings: writing one, putting it on an agenda, making a proposal of it."""

from __future__ import annotations

from db.vocab import QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import findings
from gwangju_desktop.polls.table import missing
from gwangju_desktop.proposals import offered, tabling
from ui.members.pickers import Completing
from ui.polls.shown import wave_title
from ui.text import C_, N_, day, say
from ui.widgets.forms import Choice, Dialog, Labelled, Lines
from ui.widgets.parts import Label

WIDTH = 560
WHOLE = C_("finding", "The question as a whole")
NEW_ITEM = C_("finding", "A new item made of the finding")
NO_MEETING = N_("No meeting is planned that could take it.")


def suggestion(read, *, wave_question_id, option_id, part_id):
    """Return the sentence the figures make, or the refusal where there are none."""
    try:
        return findings.suggested(read, wave_question_id, option_id, part_id)
    except UserError as error:
        return error


class FindingDialog(Dialog):
    """Write a finding of the question in front; the sentence its figures make is offered."""

    def __init__(self, parent, desk, asked, wave) -> None:
        self.desk, self.asked = desk, asked
        self.offered = ""
        question = asked.question
        self.ids = asked.option_ids
        rows = question.parts if question.kind is QuestionKind.GRID else ()
        self.part = Labelled(
            C_("finding", "Row"),
            Choice([(asked.part_ids[p.code], p.label) for p in rows], C_("finding", "Row")),
        )
        self.part.setVisible(bool(rows))
        options = [(asked.option_ids[o.code], o.label) for o in question.options if not missing(o)]
        if question.kind is not QuestionKind.GRID:
            options.append((None, say(WHOLE)))
        self.option = Labelled(
            C_("finding", "Option"),
            Choice(options, C_("finding", "Option"), options[0][0] if options else None),
        )
        self.option.setVisible(bool(question.options))
        self.sentence = Labelled(
            C_("finding", "Sentence"),
            Lines(C_("finding", "Sentence"), "", 84),
            N_("It is the heading on paper. The figures it stands on are kept with it."),
        )
        super().__init__(
            parent,
            N_("Write a finding"),
            Label(f"{wave_title(wave)} · {question.title or question.wording}", "sec", wrap=True),
            self.part,
            self.option,
            self.sentence,
            button=N_("Add finding"),
            width=WIDTH,
        )
        for choice in (self.part, self.option):
            choice.field.currentIndexChanged.connect(self.ask)
        self.sentence.field.setFocus()
        self.ask()

    def chosen(self) -> dict:
        """Return the option and the row that are chosen."""
        return {
            "option_id": self.option.field.value(),
            "part_id": self.part.field.value(),
        }

    def ask(self, _n: int = 0) -> None:
        """Ask for the sentence of what is chosen."""
        self.desk.read(
            suggestion,
            then=self.on_offered,
            wave_question_id=self.asked.wave_question_id,
            **self.chosen(),
        )

    def on_offered(self, found) -> None:
        """Offer a sentence; what somebody wrote stays."""
        if isinstance(found, UserError):
            self.on_refused(found)
            return
        if self.sentence.field.value().strip() in ("", self.offered):
            self.offered = found
            self.sentence.field.setPlainText(found)

    def confirm(self) -> None:
        self.desk.do(
            findings.add_finding,
            then=self.on_accepted,
            otherwise=self.on_refused,
            wave_question_id=self.asked.wave_question_id,
            sentence=self.sentence.value(),
            **self.chosen(),
        )


class SentenceDialog(Dialog):
    """Say a finding in other words."""

    edits = ("poll_finding", "row")

    def __init__(self, parent, desk, row) -> None:
        self.desk, self.row = desk, row
        self.sentence = Labelled(
            C_("finding", "Sentence"), Lines(C_("finding", "Sentence"), row.sentence, 84)
        )
        super().__init__(
            parent,
            N_("Edit finding"),
            Label(f"{row.wave} · {row.question}", "sec", wrap=True),
            self.sentence,
            button=N_("Save"),
            width=WIDTH,
        )
        self.sentence.field.setFocus()

    def confirm(self) -> None:
        self.desk.do(
            findings.edit_finding,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.row.id,
            sentence=self.sentence.value(),
        )


class TitleLines(Lines):
    """A title of one sentence that is read whole, on two lines where it is long."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__(name, title, 56)

    def value(self) -> str:
        """Return the title as one line."""
        return " ".join(super().value().split())


class ItemDialog(Dialog):
    """Put a finding on the agenda of a meeting: on a new item, or on one that is there."""

    def __init__(self, parent, desk, row) -> None:
        self.desk, self.row, self.places = desk, row, []
        self.meeting = Labelled(N_("Meeting"), Choice([], N_("Meeting")))
        self.item = Labelled(N_("Agenda item"), Choice([(None, NEW_ITEM)], N_("Agenda item")))
        title = C_("finding", "Title of the item")
        self.title = Labelled(title, TitleLines(title, findings.title_of(row)))
        self.late = Labelled(
            N_("Why it is put on late"), Lines(N_("Why it is put on late"), "", 56)
        )
        self.none = Label(NO_MEETING, "cap", "warn", wrap=True)
        self.none.hide()
        self.late.hide()
        super().__init__(
            parent,
            N_("Put before the committee"),
            Label(row.sentence, "sec", "text2", wrap=True),
            self.meeting,
            self.item,
            self.title,
            self.late,
            self.none,
            Label(N_("Its one-page summary goes into the pack behind the item."), "cap", wrap=True),
            button=N_("Put on the agenda"),
            width=WIDTH,
        )
        self.meeting.field.currentIndexChanged.connect(self.on_meeting)
        self.item.field.currentIndexChanged.connect(self.on_item)
        desk.read(tabling.places, then=self.on_places)
        self.meeting.field.setFocus()

    def on_places(self, found) -> None:
        """Offer the meetings ahead."""
        self.places = list(found)
        self.meeting.field.show_options(
            [
                (one.meeting_id, f"{day(one.starts_at.date(), 'long')} · {one.body} {one.title}")
                for one in self.places
            ]
        )
        self.none.setVisible(not self.places)
        for part in (self.meeting, self.item, self.title):
            part.setVisible(bool(self.places))
        self.button.why_not("" if self.places else NO_MEETING)
        self.on_meeting()

    def place(self):
        """Return the meeting that is chosen, None where none is planned."""
        chosen = self.meeting.field.value()
        return next((one for one in self.places if one.meeting_id == chosen), None)

    def on_meeting(self, _n: int = 0) -> None:
        """Offer the items of the meeting that is chosen."""
        place = self.place()
        items = place.items if place is not None else ()
        known = [(id, " ".join(filter(None, words))) for id, *words in items]
        self.item.field.show_options([(None, NEW_ITEM), *known])
        self.item.setVisible(bool(known))
        self.on_item()

    def on_item(self, _n: int = 0) -> None:
        """Ask for what a new item needs."""
        place, new = self.place(), self.item.field.value() is None
        self.title.setVisible(new and place is not None)
        self.late.setVisible(new and place is not None and place.gone_out)
        self.adjustSize()

    def confirm(self) -> None:
        item = self.item.field.value()
        self.desk.do(
            findings.to_item,
            then=self.on_accepted,
            otherwise=self.on_refused,
            finding_id=self.row.id,
            meeting_id=None if item else self.meeting.field.value(),
            item_id=item,
            title=self.title.value(),
            listing_reason="" if self.late.isHidden() else self.late.value(),
        )


class ProposalDialog(Dialog):
    """Take a finding in as a proposal of the respondents."""

    def __init__(self, parent, desk, row) -> None:
        self.desk, self.row = desk, row
        title = C_("finding", "Title of the proposal")
        self.title = Labelled(title, TitleLines(title, findings.title_of(row)))
        self.department = Labelled(
            N_("Department in charge"),
            Completing("", N_("Department in charge")),
            N_("May stay empty; it is assigned later."),
        )
        super().__init__(
            parent,
            N_("Register as a proposal"),
            Label(row.sentence, "sec", "text2", wrap=True),
            self.title,
            self.department,
            Label(
                N_("It is received without a proposer, with its question and figures as text."),
                "cap",
                wrap=True,
            ),
            button=N_("Register proposal"),
            width=WIDTH,
        )
        desk.read(offered.offered, then=self.on_known)
        self.title.field.setFocus()

    def on_known(self, found) -> None:
        """Offer the departments known so far."""
        self.department.field.show_known(list(found.departments))

    def confirm(self) -> None:
        self.desk.do(
            findings.to_proposal,
            then=self.on_accepted,
            otherwise=self.on_refused,
            finding_id=self.row.id,
            title=self.title.value(),
            department=self.department.value(),
        )
