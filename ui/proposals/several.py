"""What is done to the chosen proposals together: one line under the list."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import ProposalState
from gwangju_desktop.proposals import listing, merging
from ui.text import C_, NN_
from ui.widgets.parts import Button, Label, row

S = ProposalState
TABLED_FROM = frozenset({S.REVIEW, S.OPINION, S.DEFERRED, S.DEBATE, S.RE_EXAM})
MOST = 256  # rows that are read for their states; more than anybody ticks by hand


class SeveralBar(QWidget):
    """How many are chosen, and what can be done with all of them."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.desk, self.rows = page, page.desk, []
        self.count = Label("", "secb")
        self.merge = Button(C_("proposal", "Merge"), slot=self.on_merge)
        self.table = Button(C_("proposal", "Table"), slot=self.on_table)
        self.reply = Button(C_("proposal", "Reply to all…"), slot=self.on_reply)
        page.writing(self.merge, self.table, self.reply)
        row(
            self.count,
            None,
            self.merge,
            self.table,
            self.reply,
            margins=(28, 6, 24, 8),
            gap=6,
            into=self,
        )
        self.hide()

    def show_chosen(self, ids: list[int]) -> None:
        """Show the line where several are chosen."""
        several = len(ids) > 1
        rows = self.desk.peek(listing.proposal_rows, ids=ids[:MOST]) if several else []
        self.rows = rows or []
        self.count.say(NN_("{n:,} proposal chosen", "{n:,} proposals chosen"), n=len(ids))
        writes = not self.desk.read_only
        ready = bool(self.rows) and all(one.state in TABLED_FROM for one in self.rows)
        self.table.setVisible(writes and ready)
        apart = all(one.state not in (S.DRAFT, S.MERGED) for one in self.rows)
        self.merge.setVisible(writes and apart and len(ids) <= MOST)
        self.setVisible(several)

    def on_merge(self) -> None:
        self.desk.do(merging.merge, ids=[one.id for one in self.rows])

    def on_table(self) -> None:
        from ui.proposals.step_dialogs import open_tabling

        open_tabling(self.page, self.rows)

    def on_reply(self) -> None:
        from ui.proposals.batch import BatchDialog

        BatchDialog(self.page, self.rows).open()
