"""Lines of a body's card: another name, a term, what a rule said in one time."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gwangju_desktop.members import bodies, ruling, terms
from gwangju_desktop.members.rulewords import words
from gwangju_desktop.members.words import NAME_KINDS
from ui.members.body_forms import NameForm
from ui.text import C_, N_, say
from ui.text import words as said
from ui.widgets.parts import Button, Label, column, row


class OtherName:
    """A former or parallel name with its days and source, and what can be done with it."""

    def __init__(self, sheet, name) -> None:
        self.sheet, self.name = sheet, name
        days = said().days(name.valid_from, name.valid_to)
        dated = days if name.valid_from or name.valid_to else ""
        sub = " · ".join(filter(None, (say(NAME_KINDS[name.kind]), dated, name.source)))
        self.edit = Button("", "ghost", "pencil", name=N_("Edit another name"), slot=self.on_edit)
        self.gone = Button(
            "", "ghost", "trash-2", name=N_("Remove another name"), slot=self.on_remove
        )
        sheet.page.writing(self.edit, self.gone)
        words_of = column(
            Label(name.name, "sec", "text", wrap=True), Label(sub, "cap", wrap=True), gap=1
        )
        self.widget = row((words_of, 1), self.edit, self.gone, gap=2)
        self.widget.part = self

    def on_edit(self) -> None:
        sheet = self.sheet
        NameForm(sheet.window(), sheet.desk, sheet.record.id, self.name).open()

    def on_remove(self) -> None:
        self.sheet.desk.do(bodies.remove_name, id=self.name.id)


class TermLine:
    """A term of the body with its days, and what can be done with it."""

    def __init__(self, sheet, term) -> None:
        self.sheet, self.term = sheet, term
        self.edit = Button("", "ghost", "pencil", name=N_("Edit term"), slot=self.on_edit)
        self.gone = Button("", "ghost", "trash-2", name=N_("Remove term"), slot=self.on_remove)
        sheet.page.writing(self.edit, self.gone)
        self.widget = row(
            Label(C_("body", "Term {n}"), "secb", n=term.number),
            (Label(said().days(term.starts_on, term.ends_on), "sec"), 1),
            self.edit,
            self.gone,
            gap=8,
        )
        self.widget.part = self

    def on_edit(self) -> None:
        from ui.members.newterm_dialogs import TermDialog

        sheet = self.sheet
        TermDialog(sheet.window(), sheet.desk, sheet.record.id, self.term).open()

    def on_remove(self) -> None:
        self.sheet.desk.do(terms.remove_term, id=self.term.id)


class Past:
    """What a rule said in one time, with its source; a body's own can be taken away."""

    def __init__(self, sheet, entry) -> None:
        self.sheet, self.entry = sheet, entry
        days = said().days(entry.since, entry.until) if entry.own else say(C_("rule", "Default"))
        parts = [
            Label(days, "cap"),
            (column(Label(words(entry.rule, entry.value), "sec", "text", wrap=True)), 1),
        ]
        self.gone = None
        if entry.own:
            self.gone = Button(
                "", "ghost", "trash-2", name=N_("Remove the body's rule"), slot=self.on_remove
            )
            parts.append(sheet.page.writing(self.gone))
        self.widget = column(row(*parts, gap=12), Label(entry.source, "cap", wrap=True), gap=1)
        self.widget.part = self

    def on_remove(self) -> None:
        self.sheet.desk.do(ruling.remove_rule, id=self.entry.id)


def refill(box: QWidget, parts) -> None:
    """Put these parts in the place of those before."""
    layout = box.layout()
    while layout.count():
        old = layout.takeAt(0).widget()
        if old is not None:
            old.hide()
            old.deleteLater()
    for part in parts:
        layout.addWidget(part)
