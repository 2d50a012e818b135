"""Forms of one commitment: what it is, its own status by hand, a word on how it goes."""

from __future__ import annotations

from db.vocab import OpenValue, OwnStatus
from gwangju_desktop import clock
from gwangju_desktop.commitments import progress, promises
from gwangju_desktop.commitments.months import last_day, month_number, month_text
from gwangju_desktop.commitments.words import STATUSES, VALUES
from gwangju_desktop.errors import UserError
from ui.commitments import shown
from ui.commitments.milestone_forms import ENGLISH, FROZEN, lines
from ui.energy.form_parts import filled, labelled
from ui.text import C_, N_, say
from ui.widgets.forms import Check, Choice, DateField, Dialog, Field, beside
from ui.widgets.parts import Label, column, row

WIDTH = 640
# A status is set by hand where what is worked out does not say it.
BY_HAND = (
    *(OwnStatus.ON_TIME, OwnStatus.LATE, OwnStatus.DONE, OwnStatus.POSTPONED),
    *(OwnStatus.MERGED, OwnStatus.STOPPED, OwnStatus.NOT_STARTED),
)


class MonthField(Field):
    """A month typed as 2021-08; `value()` is its number (202108) or None."""

    def __init__(self, value: int | None) -> None:
        super().__init__("2021-08")
        self.setText(month_text(value))

    def value(self) -> int | None:
        """Return the month; raise UserError when it is none."""
        return month_number(self.text())


class CommitmentDialog(Dialog):
    """Add a commitment to a plan, or change what is said of one (a CommitmentWhole)."""

    edits = ("commitment", "whole.row")

    def __init__(self, parent, desk, plan_id: int, whole=None, frozen: bool = False) -> None:
        self.desk, self.plan_id, self.whole = desk, plan_id, whole
        row_ = whole.row if whole is not None else None

        def kept(name: str) -> str:
            if row_ is None:
                return ""
            return getattr(row_, name) if hasattr(row_, name) else getattr(whole, name)

        def word(title, name: str):
            return labelled(title, filled(kept(name)))

        def month(title, name: str):
            return labelled(title, MonthField(getattr(row_, name) if row_ else None))

        self.fields = {
            "code": word(C_("commitment", "Number"), "code"),
            "starts": month(C_("commitment", "Start (month)"), "starts"),
            "ends": month(C_("commitment", "End (month)"), "ends"),
            "title": word(C_("commitment", "Commitment"), "title"),
            "title_en": word(ENGLISH, "title_en"),
            "policy_area": word(C_("commitment", "Policy area"), "policy_area"),
            "policy_area_en": word(ENGLISH, "policy_area_en"),
            "sector": word(C_("commitment", "Sector"), "sector"),
            "sector_en": word(ENGLISH, "sector_en"),
            "url": word(C_("commitment", "Web address"), "url"),
            "source": word(C_("commitment", "Source"), "source"),
        }
        held = whole.open_values if whole is not None else ()
        self.values = {value: Check(VALUES[value]) for value in OpenValue}
        for value, check in self.values.items():
            check.setChecked(value.value in held)
        of = self.fields
        core = [check for value, check in self.values.items() if value.core]
        more = [check for value, check in self.values.items() if not value.core]
        super().__init__(
            parent,
            C_("form", "Edit commitment") if row_ else N_("Add commitment"),
            beside(of["code"], of["starts"], of["ends"]),
            of["title"],
            of["title_en"],
            column(
                Label(N_("Values of open government"), "secb"),
                row(*core, None, gap=16),
                row(*more, Label(N_("only beside one of the above"), "cap"), None, gap=16),
                gap=5,
            ),
            beside(of["policy_area"], of["policy_area_en"]),
            beside(of["sector"], of["sector_en"]),
            beside(of["url"], of["source"]),
            *([Label(FROZEN, "cap", wrap=True)] if frozen else []),
            button=N_("Save") if row_ else C_("button", "Add"),
            width=WIDTH,
        )
        for name in promises.PROMISED if frozen else ():
            if name in of:
                of[name].field.setReadOnly(True)
        for check in self.values.values() if frozen else ():
            check.setEnabled(False)
        first = "title_en" if frozen else "title" if row_ else "code"
        of[first].field.setFocus()

    def confirm(self) -> None:
        values = {name: field.value() for name, field in self.fields.items()}
        for name, message in (
            ("code", N_("A commitment needs its number.")),
            ("title", N_("A commitment needs its name.")),
        ):
            if not values[name]:
                self.fields[name].wrong(say(message))
                raise UserError(message)
        chosen = [value.value for value, check in self.values.items() if check.isChecked()]
        values["open_values"] = chosen
        if self.whole is None:
            usecase, of = promises.add_commitment, {"plan_id": self.plan_id}
        else:
            usecase, of = promises.edit_commitment, {"commitment_id": self.whole.row.id}
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **of, **values)


class StatusDialog(Dialog):
    """Set the office's own status by hand, with the reason; what is worked out stays beside it."""

    edits = ("commitment", "whole.row")

    def __init__(self, parent, desk, whole, others=()) -> None:
        self.desk, self.whole = desk, whole
        one = whole.row
        into = C_("own status", "Went into")
        choices = [(None, "–")]
        choices += [(other.id, f"{other.code} {shown.title(other)}") for other in others]
        self.into = labelled(into, Choice(choices, into, whole.merged_into_id))
        status = C_("commitment", "Own status")
        options = [(one.value, STATUSES[one]) for one in BY_HAND]
        self.status = labelled(
            status, Choice(options, status, one.status if one.overridden else None)
        )
        self.reason = lines(C_("own status", "Reason"), one.status_reason, 84)
        self.on = labelled(
            C_("own status", "Since"), DateField("", one.status_on or clock.today(), 0)
        )
        super().__init__(
            parent,
            N_("Set the own status by hand"),
            Label(
                N_("Worked out for today: {status} – {why}"),
                "sec",
                wrap=True,
                status=STATUSES[one.status_computed],
                why=str(one.status_why),
            ),
            beside(self.status, self.on),
            self.into,
            self.reason,
            Label(N_("The completion is set by the monitoring body alone."), "cap", wrap=True),
            button=N_("Set"),
            width=520,
        )
        self.status.field.currentIndexChanged.connect(self.on_status)
        self.on_status()
        self.status.field.setFocus()

    def on_status(self) -> None:
        """Ask for the other commitment where this one was merged into it."""
        self.into.setVisible(self.status.field.value() == OwnStatus.MERGED)
        if self.isVisible():
            self.adjustSize()

    def confirm(self) -> None:
        reason = self.reason.value()
        if not reason:
            message = N_("A status set by hand needs its reason.")
            self.reason.wrong(say(message))
            raise UserError(message)
        self.desk.do(
            progress.set_own_status,
            then=self.on_accepted,
            otherwise=self.on_refused,
            commitment_id=self.whole.row.id,
            status=self.status.value(),
            reason=reason,
            on=self.on.value() or clock.today(),
            merged_into_id=self.into.value() if self.into.isVisibleTo(self) else None,
        )


class NoteDialog(Dialog):
    """Write down how a commitment or one of its milestones goes."""

    edits = ("progress_note", "note")

    def __init__(self, parent, desk, whole, note=None, milestone_id: int | None = None) -> None:
        self.desk, self.whole, self.note = desk, whole, note
        of = C_("progress note", "Of")
        options = [(None, C_("progress note", "The whole commitment"))]
        options += [(one.id, f"{one.number}. {shown.title(one)}") for one in whole.milestones]
        chosen = note.milestone_id if note is not None else milestone_id
        self.of = labelled(of, Choice(options, of, chosen))
        self.on = labelled(
            C_("progress note", "Day"), DateField("", note.noted_on if note else clock.today(), 0)
        )
        self.department = labelled(
            C_("progress note", "Department"), filled(note.department if note else "")
        )
        self.text = lines(C_("progress note", "Progress"), note.text if note else "", 96)
        self.text_en = lines(ENGLISH, note.text_en if note else "", 72)
        super().__init__(
            parent,
            C_("form", "Edit progress note") if note else N_("Add progress note"),
            self.of,
            beside(self.on, self.department),
            self.text,
            self.text_en,
            width=560,
        )
        self.text.field.setFocus()

    def confirm(self) -> None:
        text = self.text.value()
        if not text:
            message = N_("A progress note needs words.")
            self.text.wrong(say(message))
            raise UserError(message)
        values = {
            "noted_on": self.on.value() or clock.today(),
            "department": self.department.value(),
            "text": text,
            "text_en": self.text_en.value(),
            "milestone_id": self.of.value(),
        }
        if self.note is None:
            usecase, of = progress.add_note, {"commitment_id": self.whole.row.id}
        else:
            usecase, of = progress.edit_note, {"note_id": self.note.id}
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **of, **values)


class CloseDialog(Dialog):
    """Say on which day a whole commitment was completed; past its last month, why so late."""

    edits = ("commitment", "whole.row")

    def __init__(self, parent, desk, whole) -> None:
        self.desk, self.whole = desk, whole
        one = whole.row
        done = [step.completed_on for step in whole.milestones if step.completed_on]
        self.on = labelled(
            C_("commitment", "Day of completion"),
            DateField("", max(done, default=clock.today()), 0),
        )
        self.cause = lines(C_("milestone", "Cause of the delay"), one.delay_cause, 72)
        super().__init__(
            parent,
            N_("Complete the commitment"),
            Label(f"{one.code} {shown.title(one)}", "strong", wrap=True),
            Label(N_("From this day the end-of-commitment report is counted."), "sec", wrap=True),
            self.on,
            self.cause,
            button=C_("button", "Complete"),
            width=480,
        )
        self.on.field.textChanged.connect(self.on_day)
        self.on_day()
        self.on.field.setFocus()

    def on_day(self) -> None:
        """Ask for the cause where the day is after the last month."""
        try:
            on = self.on.field.value()
        except UserError:
            return
        ends = self.whole.row.ends
        self.cause.setVisible(ends is not None and on is not None and on > last_day(ends))
        if self.isVisible():
            self.adjustSize()

    def confirm(self) -> None:
        on = self.on.value()
        if on is None:
            message = N_("A completed commitment needs its day.")
            self.on.wrong(say(message))
            raise UserError(message)
        given = {}
        if self.cause.isVisibleTo(self):
            given["delay_cause"] = self.cause.value()
        self.desk.do(
            promises.complete_commitment,
            then=self.on_accepted,
            otherwise=self.on_refused,
            commitment_id=self.whole.row.id,
            completed_on=on,
            **given,
        )
