"""The room of action plans: how the commitments stand, one of them, their days, plan, evidence.

The plan and the commitment in front are the room's (`ui.commitments.place`): all panes show them,
and where there are several plans the one in front is chosen at the right of the tabs.
"""

from __future__ import annotations

from pathlib import Path

from ui.commitments import place, shown
from ui.text import C_, N_, NN_
from ui.widgets.forms import Choice
from ui.widgets.notices import Banner
from ui.widgets.parts import Button, column
from ui.widgets.room import Pane, Room

NAMED = 3  # broken files that are named

PANES = (
    Pane(
        "overview",
        C_("commitment pane", "Overview"),
        "ui.commitments.overview",
        (),
        ("on_add_commitment", "on_find", "on_documents"),
    ),
    Pane(
        "commitment",
        C_("commitment pane", "Commitment"),
        "ui.commitments.commitment",
        ("commitment", "milestone", "progress_note", "commitment_edition"),
        ("on_add_milestone", "on_note"),
    ),
    Pane(
        "timeline",
        C_("commitment pane", "Timeline"),
        "ui.commitments.timeline",
        (),
        ("on_copy_timeline", "on_save_timeline", "on_copy_cells"),
    ),
    Pane(
        "plan",
        C_("commitment pane", "Action plan"),
        "ui.commitments.plan",
        ("action_plan", "plan_text", "plan_institution", "plan_count", "plan_rule"),
        ("on_new_plan", "on_english", "on_export_progress", "on_import_progress"),
    ),
    Pane(
        "evidence",
        C_("commitment pane", "Evidence"),
        "ui.commitments.evidence",
        (
            *("evidence", "evidence_claim", "evidence_check"),
            *("milestone.evidence", "plan_count.evidence"),
        ),
        ("on_add_evidence", "on_check_files", "on_upload"),
    ),
    Pane(
        "reviews",
        C_("commitment pane", "Monitoring"),
        "ui.commitments.reviews",
        (
            *("review", "review_file", "review_answer", "review_comment", "review_finding"),
            *("publication", "monitor_key", "commitment.review"),
        ),
    ),
)


class CommitmentsPage(Room):
    """The panes of the room of action plans."""

    title = N_("OGP commitments")
    panes_of_room = PANES

    def __init__(self, desk) -> None:
        self.place = place.of(desk)
        self.plans = Choice([(None, "")], N_("Action plan in front"), None, 300)
        self.plans.activated.connect(self.on_plan)
        self.plans.hide()
        self.alarm = Banner()
        self.alarm.tone("bad", "triangle-alert")
        self.alarm.close_button.hide()
        self.alarm.offer(Button(N_("To the evidence"), slot=self.on_broken))
        self.place.changed.connect(self.on_place)
        super().__init__(desk)

    def lay_out(self) -> None:
        """Lay title, tabs and the choice of a plan over the pane."""
        self.bar.layout().addWidget(self.plans)
        column(self.bar, self.line, self.alarm, (self.stack, 1), gap=0, into=self)

    def width_for_tabs(self) -> int:
        """Return the width left of the choice of a plan."""
        return self.width() - (self.plans.width() + 8 if self.plans.isVisibleTo(self) else 0)

    @property
    def settled(self) -> bool:
        return self.place.settled and self.front.settled

    def panes(self) -> list:
        return [*super().panes(), self.plans]

    def take(self, paths: list[Path]) -> None:
        """Take signed answers of monitors."""
        self.show_pane("reviews").take(paths)

    def on_place(self) -> None:
        """Offer the plans where there are several."""
        rows = self.place.plans
        options = [(one.id, f"{one.code} {shown.title(one)}") for one in rows]
        self.plans.show_options(options, self.place.plan_id)
        self.plans.setVisible(len(rows) > 1)
        self.say_broken()
        self.fit()

    def say_broken(self) -> None:
        """Name the evidence files that are not what they were, over every pane but their own."""
        names = self.place.broken
        if not names or self.front is self.built.get("evidence"):
            self.alarm.hide()
            return
        self.alarm.tell(
            N_("{names}: reports and review copies wait until this is put right."),
            NN_("{n} broken evidence file", "{n} broken evidence files"),
            n=len(names),
            names=", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else ""),
        )

    def show_pane(self, key: str):
        """Show a pane and return it."""
        page = super().show_pane(key)
        self.say_broken()
        return page

    def on_broken(self) -> None:
        """Show the evidence."""
        self.show_pane("evidence")

    def on_plan(self, n: int) -> None:
        """Put the chosen plan in front."""
        self.place.show_plan(self.plans.options[n][0])

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and hasattr(self, "bar"):
            self.on_place()


PAGE = CommitmentsPage
