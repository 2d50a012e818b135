"""Forms of one milestone: what is promised of it, its completion, and why it is late."""

from __future__ import annotations

from gwangju_desktop import clock
from gwangju_desktop.commitments import milestones, progress
from gwangju_desktop.errors import UserError
from ui.commitments import shown
from ui.energy.form_parts import filled, labelled
from ui.text import C_, N_, say
from ui.widgets.forms import DateField, Dialog, Lines, NumberField, beside
from ui.widgets.parts import Label, rule

WIDTH = 620
FROZEN = N_("What was promised has been submitted: begin an adjustment to change it.")
ENGLISH = C_("language", "In English")


def lines(title, value: str, height: int = 56):
    """Return a labelled field of several lines."""
    return labelled(title, Lines(title, value, height))


class MilestoneDialog(Dialog):
    """Promise a milestone, or change what is promised of one."""

    edits = ("milestone", "row")

    def __init__(self, parent, desk, commitment_id: int, row=None, frozen: bool = False) -> None:
        self.desk, self.commitment_id, self.row = desk, commitment_id, row

        def kept(name: str) -> str:
            return getattr(row, name) if row is not None else ""

        self.fields = {
            "title": labelled(N_("Milestone"), filled(kept("title"))),
            "title_en": labelled(ENGLISH, filled(kept("title_en"))),
            "output": labelled(
                C_("milestone", "Output that can be checked"), filled(kept("output"))
            ),
            "output_en": labelled(ENGLISH, filled(kept("output_en"))),
            "starts_on": labelled(
                C_("milestone", "Planned start"), DateField("", row.starts_on if row else None, 0)
            ),
            "due_on": labelled(
                C_("milestone", "Planned completion"), DateField("", row.due_on if row else None, 0)
            ),
            "weight": labelled(
                C_("milestone", "Weight"),
                NumberField("", row.weight if row else 1, low=1, high=1000, width=0),
            ),
            "responsible": labelled(C_("milestone", "Responsible"), filled(kept("responsible"))),
            "supporting": labelled(C_("milestone", "Supporting"), filled(kept("supporting"))),
        }
        of = self.fields
        super().__init__(
            parent,
            C_("form", "Edit milestone") if row else N_("Add milestone"),
            of["title"],
            of["title_en"],
            of["output"],
            of["output_en"],
            beside(of["starts_on"], of["due_on"], of["weight"]),
            beside(of["responsible"], of["supporting"]),
            *([Label(FROZEN, "cap", wrap=True)] if frozen else []),
            button=N_("Save") if row else C_("button", "Add"),
            width=WIDTH,
        )
        for name in milestones.PROMISED if frozen else ():
            of[name].field.setReadOnly(True)
        of["title_en" if frozen else "title"].field.setFocus()

    def confirm(self) -> None:
        values = {name: field.value() for name, field in self.fields.items()}
        if not values["title"]:
            message = N_("A milestone needs its name.")
            self.fields["title"].wrong(say(message))
            raise UserError(message)
        values["weight"] = 1 if values["weight"] is None else values["weight"]
        if self.row is None:
            usecase, of = milestones.add_milestone, {"commitment_id": self.commitment_id}
        else:
            usecase, of = milestones.edit_milestone, {"milestone_id": self.row.id}
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **of, **values)


class CompleteDialog(Dialog):
    """Say on which day a milestone was completed; after its planned day, why so late."""

    edits = ("milestone", "row")

    def __init__(self, parent, desk, row) -> None:
        self.desk, self.row = desk, row
        self.on = labelled(
            C_("milestone", "Day of completion"),
            DateField("", row.completed_on or clock.today(), 0),
        )
        cause = C_("milestone", "Cause of the delay")
        self.cause = lines(cause, row.delay_cause, 72)
        self.overdue = Label("", "sec", "warn", wrap=True)
        super().__init__(
            parent,
            N_("Complete the milestone"),
            Label(f"{row.number}. {shown.title(row)}", "strong", wrap=True),
            self.on,
            self.overdue,
            self.cause,
            button=C_("button", "Complete"),
            width=480,
        )
        self.on.field.textChanged.connect(self.on_day)
        self.on_day()
        self.on.field.setFocus()

    def on_day(self) -> None:
        """Ask for the cause where the day is after the planned one."""
        try:
            on = self.on.field.value()
        except UserError:
            return
        due = self.row.due_on
        late = due is not None and on is not None and on > due
        self.overdue.setVisible(late)
        self.cause.setVisible(late)
        if late:
            self.overdue.say(
                N_("Planned by {day:full}, {n} days earlier: the cause of the delay is needed."),
                day=due,
                n=(on - due).days,
            )
        if self.isVisible():
            self.adjustSize()

    def confirm(self) -> None:
        on = self.on.value()
        if on is None:
            message = N_("A completed milestone needs its day.")
            self.on.wrong(say(message))
            raise UserError(message)
        given = {"completed_on": on}
        if self.cause.isVisibleTo(self):
            given["delay_cause"] = self.cause.value()
        self.desk.do(
            milestones.complete_milestone,
            then=self.on_accepted,
            otherwise=self.on_refused,
            milestone_id=self.row.id,
            **given,
        )


class CauseDialog(Dialog):
    """Say why a commitment or a milestone is late, in both languages."""

    def __init__(self, parent, desk, title: str, cause: tuple[str, str], **of: int) -> None:
        self.desk, self.of = desk, of
        self.cause = lines(C_("milestone", "Cause of the delay"), cause[0], 84)
        self.cause_en = lines(ENGLISH, cause[1], 84)
        super().__init__(
            parent,
            N_("Why it is late"),
            Label(title, "strong", wrap=True),
            rule(),
            self.cause,
            self.cause_en,
            width=520,
        )
        self.cause.field.setFocus()

    def confirm(self) -> None:
        self.desk.do(
            progress.set_delay_cause,
            then=self.on_accepted,
            otherwise=self.on_refused,
            **self.of,
            delay_cause=self.cause.value(),
            delay_cause_en=self.cause_en.value(),
        )
