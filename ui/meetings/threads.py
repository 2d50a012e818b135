"""What the item in front came from and led to; the decision goes back to its proposals here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gwangju_desktop import clock
from gwangju_desktop.meetings import rules
from gwangju_desktop.proposals import tabling
from gwangju_desktop.threads.model import Key, Node
from gwangju_desktop.threads.walk import thread
from ui.text import C_, N_, NN_, say
from ui.threads import look
from ui.threads.flowing import FlowBackDialog
from ui.threads.linking import LinkDialog, may_table
from ui.threads.view import TABLES
from ui.widgets.parts import Align, Button, Icon, Label, column, row

ENDS = 3


def whole(read, *, item_id, today):
    """Return the thread of an item, and what its outcome means for proposals that wait."""
    return thread(read, table="item", id=item_id, today=today), tabling.decided(read, item_id)


class ItemThread(QWidget):
    """The thread of an item in one line with its open ends, and the links to make from here."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.item, self.told = view, None, None
        self.sentence = Label("", "sec", "text2", wrap=True)
        self.marks = [Icon("triangle-alert", "warn", 14) for _n in range(ENDS)]
        self.ends = [Label("", "sec", "warn", wrap=True) for _n in range(ENDS)]
        self.lines = [
            row((mark, Align.AlignTop), (end, 1), gap=6)
            for mark, end in zip(self.marks, self.ends, strict=True)
        ]
        self.whole = Button(C_("thread", "Show all"), "link", slot=self.on_whole)
        self.before = Button(C_("thread", "Link what led to it"), "link", "link")
        self.before.clicked.connect(self.on_before)
        self.after = Button(C_("thread", "Link what followed"), "link", "link")
        self.after.clicked.connect(self.on_after)
        self.back = Button(N_("Bring back"), icon="arrow-right", slot=self.on_back)
        view.writing(self.before, self.after, self.back)
        column(
            row(Label(C_("thread", "Thread"), "h3"), None, self.whole),
            self.sentence,
            *self.lines,
            row(self.back, self.before, self.after, None, gap=12),
            gap=6,
            into=self,
        )
        self.back.hide()
        self.hide()

    # --- what is shown
    def show_item(self, item, _meeting) -> None:
        """Show the thread of an ItemDetail, or nothing."""
        if item is None or not rules.numbered(item.kind) or item.standing:
            self.item = None
            self.hide()
            return
        fresh = self.item is None or self.item.id != item.id
        self.item = item
        if fresh:
            self.setVisible(False)
        self.look()

    def refresh(self, changes) -> None:
        """Read the thread anew where something of it may have changed."""
        if self.item is not None and changes.touches(*TABLES):
            self.look()

    def look(self) -> None:
        """Ask for the thread."""
        self.view.desk.read(
            whole,
            then=self.on_thread,
            otherwise=self.on_gone,
            item_id=self.item.id,
            today=clock.today(),
        )

    def on_gone(self, _error) -> None:
        self.hide()

    def on_thread(self, found) -> None:
        read, told = found
        if self.item is None or read.start.id != self.item.id:
            return
        self.told = told
        said = look.unbroken(read.sentence)
        self.sentence.say(N_("Nothing is linked yet.") if read.bare else said)
        pressing = [node for node in read.open_ends if node.open_end.tone != "neu"]
        for n, line in enumerate(self.lines):
            line.setVisible(n < len(pressing))
            if n < len(pressing):
                node = pressing[n]
                ink = look.INKS[node.open_end.tone]
                self.marks[n].show_icon("circle-alert" if ink == "bad" else "triangle-alert", ink)
                name = node.number if node.kind == "proposal" else say(look.label(node.kind))
                self.ends[n].ink(ink).say(f"{name}: {node.open_end}")
        self.whole.setVisible(not read.bare)
        writing = not self.view.desk.read_only
        self.back.setVisible(writing and told is not None)
        if told is not None:
            self.back.say(
                NN_("Bring back to {n} proposal", "Bring back to {n} proposals"),
                n=len(told.proposals),
            )
        self.show()

    # --- what a person does
    def on_whole(self) -> None:
        """Show the whole thread in its own pane."""
        self.view.page.go("proposals", self.item.id, "thread.item")

    def on_before(self) -> None:
        self._link(forward=False, table=may_table(self.item))

    def on_after(self) -> None:
        self._link(forward=True, table=False)

    def _link(self, *, forward: bool, table: bool) -> None:
        if self.item is None or self.view.desk.read_only:
            return
        node = Node(
            Key("item", self.item.id),
            "agenda_item",
            self.item.title,
            number=self.item.number or "",
        )
        LinkDialog(self.window(), self.view.desk, node, forward=forward, table=table).open()

    def on_back(self) -> None:
        """Bring the decision back to the proposals behind the item."""
        if self.told is not None and not self.view.desk.read_only:
            FlowBackDialog(self.window(), self.view.desk, self.told).open()


BLOCK = ItemThread
