"""Forms of a plan: what it is called, when it was submitted, when it ended."""

from __future__ import annotations

from collections.abc import Callable

from gwangju_desktop import clock
from gwangju_desktop.commitments import plans
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import queries as members
from gwangju_desktop.members.rules import named
from ui.commitments.commitment_forms import MonthField
from ui.energy.form_parts import filled, labelled
from ui.text import C_, N_, Msg, say
from ui.widgets.forms import Choice, DateField, Dialog, Lines, beside
from ui.widgets.parts import Label

WIDTH = 600
NO_BODY = C_("action plan", "Not named yet")


class PlanDialog(Dialog):
    """Add an action plan, or change what is kept of one; `plan` is its `PlanRow`."""

    edits = ("action_plan", "plan")

    def __init__(self, parent, desk, plan=None) -> None:
        self.desk, self.plan = desk, plan

        def words(title: Msg, name: str, help: str = ""):
            return labelled(title, filled(getattr(plan, name) if plan else ""), help)

        def month(title: Msg, name: str):
            return labelled(title, MonthField(getattr(plan, name) if plan else None))

        def body(title: Msg):
            return labelled(title, Choice([(None, NO_BODY)], title))

        note = C_("action plan", "Note")
        self.fields = {
            "code": words(C_("action plan", "Code"), "code"),
            "starts": month(C_("action plan", "Begins (month)"), "starts"),
            "ends": month(C_("action plan", "Ends (month)"), "ends"),
            "title": words(C_("action plan", "Title"), "title"),
            "title_en": words(C_("action plan", "Title in English"), "title_en"),
            "forum_body_id": body(C_("action plan", "Forum that made it")),
            "monitor_body_id": body(C_("action plan", "Monitoring body")),
            "url": words(C_("action plan", "Web page"), "url"),
            "source": words(C_("action plan", "Source"), "source"),
            "note": labelled(note, Lines(note, plan.note if plan else "", 56)),
        }
        of = self.fields
        super().__init__(
            parent,
            C_("form", "Edit the action plan") if plan else N_("New action plan"),
            beside(of["code"], of["starts"], of["ends"]),
            of["title"],
            of["title_en"],
            beside(of["forum_body_id"], of["monitor_body_id"]),
            of["url"],
            of["source"],
            of["note"],
            Label(
                N_("Both bodies are chosen among those of “Members and bodies”."), "cap", wrap=True
            ),
            button=N_("Save") if plan else C_("button", "Add"),
            width=WIDTH,
        )
        of["title" if plan else "code"].field.setFocus()
        desk.read(members.bodies, then=self.on_bodies)

    def on_bodies(self, rows) -> None:
        """Offer the bodies."""
        offers = [(None, NO_BODY), *((one.id, named(one.name_ko, one.name_en)) for one in rows)]
        for name in ("forum_body_id", "monitor_body_id"):
            held = getattr(self.plan, name) if self.plan else None
            self.fields[name].field.show_options(offers, held)

    def confirm(self) -> None:
        values = {name: part.value() for name, part in self.fields.items()}
        use, of = plans.add_plan, {}
        if self.plan is not None:
            use, of = plans.edit_plan, {"plan_id": self.plan.id}
        self.desk.do(use, then=self.on_accepted, otherwise=self.on_refused, **values, **of)


class DayDialog(Dialog):
    """Record a day of a plan; the button names what follows from it."""

    def __init__(
        self,
        parent,
        desk,
        plan,
        *,
        title: Msg,
        label: Msg,
        told: Msg,
        button: Msg,
        use: Callable,
        name: str,
    ) -> None:
        self.desk, self.plan, self.use, self.name = desk, plan, use, name
        self.day = labelled(label, DateField("", clock.today(), 0))
        super().__init__(
            parent,
            title,
            Label(named(plan.title, plan.title_en), "sec", wrap=True),
            self.day,
            Label(told, "cap", wrap=True),
            button=button,
            width=460,
        )
        self.day.field.setFocus()
        self.day.field.selectAll()

    def confirm(self) -> None:
        day = self.day.value()
        if day is None:
            message = N_("Give the day, such as 2022-03-17.")
            self.day.wrong(say(message))
            raise UserError(message)
        asked = {"plan_id": self.plan.id, self.name: day}
        self.desk.do(self.use, then=self.on_accepted, otherwise=self.on_refused, **asked)


def submit_dialog(parent, desk, plan) -> DayDialog:
    """Return the form that submits a plan."""
    return DayDialog(
        parent,
        desk,
        plan,
        title=N_("Submit the action plan"),
        label=C_("action plan", "Submitted on"),
        told=N_(
            "From then on what is promised changes only by adjustments, and the deadlines of"
            " monitoring are counted. Progress and English texts stay free."
        ),
        button=N_("Submit and freeze the promises"),
        use=plans.submit_plan,
        name="submitted_on",
    )


def close_dialog(parent, desk, plan) -> DayDialog:
    """Return the form that closes a plan."""
    return DayDialog(
        parent,
        desk,
        plan,
        title=N_("Close the action plan"),
        label=C_("action plan", "Closed on"),
        told=N_("Its web page is asked for no more. It can be reopened."),
        button=N_("Close the plan"),
        use=plans.close_plan,
        name="closed_on",
    )
