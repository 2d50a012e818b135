"""The buttons under a proposal: table, ask again, the other steps, and the preview of the reply."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from db.vocab import ProposalState
from gwangju_desktop.proposals.words import MOVES
from ui import theme
from ui.text import C_, N_, say
from ui.widgets.parts import Button, row

S = ProposalState
# The step one most often goes on with where no reply is written yet.
ONWARD = (S.RECEIVED, S.REVIEW, S.DEBATE, S.IMPLEMENTING, S.DONE)


class FootBar(QWidget):
    """What can be done next; steps a proposal cannot take are not there."""

    def __init__(self, card) -> None:
        super().__init__()
        self.card, self.desk = card, card.desk
        self.record, self.ahead = None, []
        self.table = Button(C_("proposal", "Table"), slot=self.on_table)
        self.again = Button(C_("proposal", "Ask again"), slot=self.on_again)
        self.others = Button(N_("Next steps"), "default", "chevron-down", slot=self.on_others)
        self.onward = Button(N_("Next steps"), "primary", slot=self.on_onward)
        self.preview = Button(N_("Preview reply"), "primary", slot=self.on_preview)
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        card.writing(self.table, self.again, self.others, self.onward)
        row(
            self.table,
            self.again,
            self.others,
            None,
            self.onward,
            self.preview,
            margins=(20, 10, 20, 12),
            gap=8,
            into=self,
        )

    def stops(self) -> list[QWidget]:
        """Return where F6 stops: the leading button."""
        return [self.preview, self.onward, self.others]

    def show_proposal(self, record, ahead, answerable: bool) -> None:
        """Offer the steps that are ahead of a ProposalDetail."""
        self.record, self.ahead = record, list(ahead)
        offered = {one.to_state for one in self.ahead}
        writes = not self.desk.read_only
        unassigned = not record.department and record.number is not None and record.due_on
        asked = bool(record.opinions)
        self.table.setVisible(writes and S.TABLED in offered)
        self.again.say(
            C_("proposal", "Assign department")
            if unassigned
            else C_("proposal", "Ask again")
            if asked
            else C_("proposal", "Opinion")
        )
        self.again.setVisible(writes and (bool(unassigned) or S.OPINION in offered))
        onward = next((state for state in ONWARD if state in offered), None)
        self.onward.setVisible(writes and not answerable and onward is not None)
        if onward is not None:
            self.onward.say(self._label(onward))
        self.preview.setVisible(answerable)
        self.others.setVisible(writes and bool(self.ahead))
        shown = (self.table, self.again, self.others, self.onward, self.preview)
        self.setVisible(any(not one.isHidden() for one in shown))

    def _label(self, state: str) -> str:
        one = next((one for one in self.ahead if one.to_state == state), None)
        return one.label if one is not None else MOVES[state]

    # --- what a person does
    def on_table(self) -> None:
        self.card.step(S.TABLED)

    def on_again(self) -> None:
        if self.record.department or self.record.due_on is None:
            self.card.step(S.OPINION)
        else:
            self.card.assign()

    def on_onward(self) -> None:
        offered = {one.to_state for one in self.ahead}
        self.card.step(next(state for state in ONWARD if state in offered))

    def on_preview(self) -> None:
        self.card.preview()

    def on_others(self) -> None:
        """List every step ahead above the button."""
        self.menu.clear()
        self.menu.setFont(theme.font("sec"))
        for one in self.ahead:
            deed = self.menu.addAction(say(one.label))
            deed.setData(str(one.to_state))
            deed.setToolTip("\n".join(say(lack) for lack in one.lacks))
            deed.triggered.connect(self.on_chosen)
        size = self.menu.sizeHint()
        corner = self.others.mapToGlobal(self.others.rect().topLeft())
        corner.setY(corner.y() - size.height())
        self.menu.popup(corner)

    def on_chosen(self) -> None:
        self.card.step(self.sender().data())
