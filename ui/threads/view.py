"""One thread: the line at a glance, its sentence, its records, and what links them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from gwangju_desktop import clock
from gwangju_desktop.threads import links
from gwangju_desktop.threads.nouns import BY_KEY
from gwangju_desktop.threads.walk import thread
from ui import theme
from ui.models.rows import RowTable
from ui.text import C_, N_, NN_, say
from ui.threads import look
from ui.threads.linking import LinkDialog
from ui.threads.nodes import NODES, NodeRow
from ui.threads.stages import Stages
from ui.widgets.lists import RowList
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, column, row

TABLES = (
    *("thread_link", "proposal", "proposal_reply", "agenda_item", "meeting"),
    *("action", "action_evidence", "indicator", "poll_finding"),
    *("commitment", "milestone", "review_finding"),
)
ROW = 50
# Kinds that stand at an end of the line, and why.
_ALONE = {
    "finding": N_("A finding comes from its poll; nothing else leads to it."),
    "review_finding": N_("A finding comes from its review; nothing else leads to it."),
    "indicator": N_("Nothing follows an indicator."),
}


class ThreadView(QWidget):
    """The thread of one record; `opened(node)` when a record of it is to be shown."""

    opened = Signal(object)
    gone = Signal()

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self.key: tuple[str, int] | None = None
        self.thread, self.rows = None, []
        self.title = Label("", "h2", elide=True)
        self.ends = Chip()
        self.stages = Stages()
        self.sentence = Label("", "sec", "text2", wrap=True)
        self.cut = Label(
            N_("The thread is longer than can be shown; this is its nearest part."),
            "cap",
            "warn",
            wrap=True,
        )
        self.list = RowList(RowTable(NODES), N_("Records of the thread"), height=ROW)
        self._buttons()
        self.stages.chosen.connect(self.on_stage)
        self.list.opened.connect(self.on_opened)
        self.list.previewed.connect(self.on_previewed)
        column(
            row((self.title, 1), self.ends, gap=10, margins=(8, 0, 8, 0)),
            row(self.stages, margins=(8, 2, 8, 0)),
            row(self.sentence, margins=(8, 0, 8, 0)),
            row(self.cut, margins=(8, 0, 8, 0)),
            row(
                self.show_button,
                self.before,
                self.after,
                self.unlink,
                None,
                gap=8,
                margins=(8, 4, 8, 4),
            ),
            (self.list, 1),
            gap=6,
            into=self,
        )
        self.cut.hide()

    def _buttons(self) -> None:
        self.show_button = Button(N_("Show the record"), icon="arrow-right", slot=self.on_show)
        self.before = Button(C_("thread", "Link what led to it"), icon="link", slot=self.on_before)
        self.after = Button(C_("thread", "Link what followed"), icon="link", slot=self.on_after)
        self.unlink = Button(N_("Remove link"), "ghost", "x", slot=self.on_unlink)
        self.menu = QMenu(self)
        self.menu.triggered.connect(self.on_link_chosen)
        self.page.writing(self.before, self.after, self.unlink)

    # --- what is shown
    def open(self, kind: str, id: int) -> None:
        """Show the thread of a record."""
        if self.key != (kind, id):
            self.key, self.thread = (kind, id), None
            self.hide()
        self.look()

    def look(self) -> None:
        """Read the thread anew."""
        if self.key is not None:
            kind, id = self.key
            self.desk.read(
                thread,
                then=self.on_thread,
                otherwise=self.on_gone,
                table=kind,
                id=id,
                today=clock.today(),
            )

    def on_thread(self, found) -> None:
        if self.key is None or found.start.id != self.key[1]:
            return
        fresh = self.thread is None
        self.thread = found
        held = self._held()
        notes: dict = {}
        for edge in found.edges:
            if edge.note:
                notes.setdefault(edge.after, []).append(edge.note)
        self.rows = [
            NodeRow(n, node, node.key == found.start, " · ".join(notes.get(node.key, ())))
            for n, node in enumerate(found.nodes)
        ]
        self.list.model().show(self.rows)
        self._say()
        wanted = found.start if fresh or held is None else held
        at = next((one.id for one in self.rows if one.node.key == wanted), 0)
        self.list.choose(at)
        self._fit_buttons()
        self.show()

    def _say(self) -> None:
        found = self.thread
        start = next(one.node for one in self.rows if one.here)
        self.title.say(look.titled(start))
        ends = found.open_ends
        # The worst stands first; what runs in time is open too.
        tone = ends[0].open_end.tone if ends else "ok"
        self.ends.say(
            NN_("{n} open end", "{n} open ends") if ends else N_("No open end"),
            tone,
            {"ok": "check", "neu": "clock"}.get(tone, "triangle-alert"),
            n=len(ends),
        )
        self.stages.show_nodes(found.nodes)
        self.sentence.say("" if found.bare else look.unbroken(found.sentence))
        self.sentence.setVisible(not found.bare)
        self.cut.setVisible(found.cut)

    def on_gone(self, _error) -> None:
        """The record was deleted, or taken back."""
        self.key = self.thread = None
        self.gone.emit()

    def concerned(self, changes) -> None:
        """Read the thread anew where something of it may have changed."""
        if self.key is not None and changes.touches(*TABLES):
            self.look()

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and self.thread is not None:
            # States and kinds were said when they were read.
            self.look()

    # --- the record in front
    def _held(self):
        node = self.current()
        return None if node is None else node.key

    def current(self):
        """Return the node the cursor stands on."""
        index = self.list.currentIndex()
        there = index.isValid() and index.row() < len(self.rows)
        return self.rows[index.row()].node if there else None

    def links_here(self) -> list:
        """Return the links somebody made that touch the node in front, one a link."""
        node = self.current()
        if node is None or self.thread is None:
            return []
        ours = {node.key, node.of}
        ours |= {one.node.key for one in self.rows if one.node.of == node.key}
        touching = (e for e in self.thread.edges if e.link_id and {e.before, e.after} & ours)
        return list({edge.link_id: edge for edge in touching}.values())

    def _fit_buttons(self) -> None:
        node = self.current()
        self.show_button.setEnabled(node is not None)
        if node is None or self.desk.read_only:
            return
        noun = BY_KEY["item" if node.kind == "decision" else node.kind]
        hangs = N_("Evidence is filed with its action, not linked.")
        for button, column_ in ((self.before, noun.links_to), (self.after, noun.links_from)):
            no = hangs if node.kind == "evidence" else _ALONE.get(node.kind, "")
            button.why_not("" if column_ is not None else no)
        self.unlink.setVisible(bool(self.links_here()))

    # --- what a person does
    def on_previewed(self, _id) -> None:
        self._fit_buttons()

    def on_stage(self, kind: str) -> None:
        self.list.choose(next(one.id for one in self.rows if one.node.kind == kind))
        self.list.setFocus()

    def on_opened(self, _id) -> None:
        self.on_show()

    def on_show(self) -> None:
        node = self.current()
        if node is not None:
            self.opened.emit(node)

    def on_before(self) -> None:
        self._link(forward=False)

    def on_after(self) -> None:
        self._link(forward=True)

    def _link(self, *, forward: bool) -> None:
        node = self.current()
        if node is not None and not self.desk.read_only:
            LinkDialog(self.window(), self.desk, node, forward=forward).open()

    def on_unlink(self) -> None:
        """Remove the link at the record in front; of several, ask which."""
        found = self.links_here()
        if len(found) == 1:
            self.desk.do(links.unlink, link_id=found[0].link_id)
            return
        self.menu.clear()
        self.menu.setFont(theme.font("body"))
        names = {one.node.key: look.called(one.node) for one in self.rows}
        for edge in found:
            said = say(N_("{before} → {after}"), before=names[edge.before], after=names[edge.after])
            self.menu.addAction(said).setData(edge.link_id)
        self.menu.popup(self.unlink.mapToGlobal(self.unlink.rect().bottomLeft()))

    def on_link_chosen(self, action) -> None:
        self.desk.do(links.unlink, link_id=action.data())
