"""The assessment of a proposal: what each assessor gives each criterion, weighed while typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer

from gwangju_desktop.proposals import assessing, grading
from ui.proposals.scores import ScoreTable
from ui.proposals.step_dialogs import title_of
from ui.text import C_, N_, say
from ui.widgets.forms import Dialog
from ui.widgets.parts import Button, Label, row, rule, scrolled

WIDTH = 640


class GridDialog(Dialog):
    """Criteria and assessors as a table; Enter keeps all of it as one step."""

    def __init__(self, view, proposal) -> None:
        self.desk, self.proposal, self.held = view.desk, proposal, None
        self.table = ScoreTable()
        self.pane = scrolled(self.table)
        self.pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.add = Button(C_("button", "Add an assessor"), "link", "plus", slot=self.on_add)
        self.total = Label("", "figm", "acc")
        super().__init__(
            view.window(),
            N_("Assessment"),
            Label(title_of(proposal), "sec", "text2", wrap=True),
            self.pane,
            row(self.add, None),
            rule(),
            row(Label(N_("Weighted mean, out of 100"), "secb"), None, self.total),
            Label(
                N_("Assessors are roles, never names. Cells of a spreadsheet can be pasted."),
                "cap",
                wrap=True,
            ),
            button=N_("Save"),
            width=WIDTH,
        )
        self.table.changed.connect(self.on_typed)
        self.button.setEnabled(False)
        self.desk.read(grading.grid, then=self.on_grid, otherwise=self.on_refused, id=proposal.id)

    def on_grid(self, grid) -> None:
        self.held = grid
        self.table.show_grid(grid)
        self.button.setEnabled(True)
        # What was just added counts for nothing before it is shown.
        QTimer.singleShot(0, self, self.fit_table)
        self.on_typed()
        self.table.focus(0, 0)

    def fit_table(self) -> None:
        """Be as high as the criteria."""
        bar = self.pane.horizontalScrollBar().sizeHint().height()
        self.pane.setMinimumHeight(self.table.sizeHint().height() + bar)
        self.adjustSize()

    def on_add(self) -> None:
        n = len(self.table.names) + 1
        self.table.add(say(N_("Assessor {n}"), n=n))
        self.table.focus(0, n - 1)
        # What was just added counts for nothing before it is shown.
        QTimer.singleShot(0, self, self.fit_table)

    def on_typed(self) -> None:
        if self.held is not None:
            total = self.table.weigh()
            self.total.say("–" if total is None else str(total))

    def confirm(self) -> None:
        self.desk.do(
            assessing.assess,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.proposal.id,
            round=self.held.round,
            given=self.table.given(),
        )
