"""One entry of the history beside the list: what was before, what is after, and what can be done."""

from __future__ import annotations

from gwangju_desktop.history import telling
from ui.history.before_after import BeforeAfter
from ui.history.rows import chip
from ui.text import C_, N_, day, say
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, column, frame, row, rule


class EntryCard:
    """The inspector: `frame` stands beside the list."""

    def __init__(self, page) -> None:
        self.page, self.entry = page, None
        self.sentence = Label("", "h3", wrap=True)
        self.act, self.back = Chip(), Chip()
        self.meta = Label("", "cap", wrap=True)
        self.go = Button(N_("Go to the record"), icon="arrow-right", slot=page.on_go)
        self.only = Button(N_("Its history"), icon="history", slot=page.on_only)
        self.only.named(N_("Only the history of this record"))
        self.revert = Button(N_("Take back this change"), icon="undo-2", slot=page.on_revert)
        self.wrong = Label("", "sec", "bad", wrap=True)
        self.wrong.hide()
        self.changes = BeforeAfter()
        self.frame = frame("inspector")
        self.buttons = row(self.go, self.only, None, gap=8)
        column(
            row(self.act, self.back, None, gap=8),
            self.sentence,
            self.meta,
            self.buttons,
            row(page.writing(self.revert), None),
            self.wrong,
            rule(),
            (self.changes, 1),
            margins=(24, 18, 16, 12),
            gap=10,
            into=self.frame,
        )
        self.call()

    def call(self) -> None:
        """Name the card in the language of the moment."""
        self.frame.setAccessibleName(say(N_("Entry of the history")))

    def show_entry(self, entry) -> None:
        """Show an entry with its rows."""
        same = self.entry is not None and self.entry.line.id == entry.line.id
        self.entry = entry
        line = entry.line
        word, tone = chip(line)
        self.act.say(word, tone)
        self.back.say(C_("history", "Taken back") if line.undone else "", "neu", "undo-2")
        self.sentence.say(line.sentence)
        when = f"{day(line.at.date(), 'long')} {line.at:%H:%M:%S}" if line.at else "–"
        self.meta.say(
            N_("{when} · {who} · {what} · entry {id}"),
            when=when,
            who=say(C_("history", "The office")) if line.who == telling.NOBODY else line.who,
            what=line.label,
            id=line.id,
        )
        self.go.why_not("" if entry.place else N_("No page shows this record, or it is gone."))
        self.only.why_not("" if line.table else N_("This entry is about no single record."))
        self.revert.setVisible(entry.revertible and not self.page.desk.read_only)
        if not same:
            self.wrong.hide()
        self.changes.show_changes(entry.changes, entry.hidden)

    def refuse(self, why: str) -> None:
        """Say why the change was not taken back."""
        self.wrong.say(why)
        self.wrong.show()
