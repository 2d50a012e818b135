"""Texts a reply begins with: chosen from a menu, written and changed in a form."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from db.vocab import ProposalState
from gwangju_desktop.proposals import filling, templates
from gwangju_desktop.proposals.words import STATES
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, say
from ui.widgets.forms import Choice, Dialog, Field, Labelled, Lines, beside
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, column, row

S = ProposalState
ANY = C_("template", "Any")
SUITS = (("", ANY), *((s, STATES[s]) for s in (S.ADOPTED, S.PARTLY, S.NOT_ADOPTED, S.DEFERRED)))


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with the proposal's words in it."""

    name: str
    state: str
    text: str
    reasons: str


def filled(read, *, id: int, state: str) -> list[Filled]:
    """Return the templates that suit a decision, those made for it first, filled."""
    values = filling.values_of(read, id=id)
    rows = sorted(templates.templates(read, state), key=lambda one: not one.state)
    return [
        Filled(
            one.name,
            one.state,
            filling.fill(one.text, values),
            filling.fill(one.reasons, values),
        )
        for one in rows
    ]


class TemplatePopup(QMenu):
    """The templates that suit a proposal; `chosen(text, reasons)` is filled from it already."""

    chosen = Signal(str, str)

    def __init__(self, owner, proposal) -> None:
        super().__init__(owner.window())
        self.owner, self.desk, self.proposal = owner, owner.desk, proposal
        self.found: list[Filled] = []
        self.triggered.connect(self.on_triggered)
        self.setFont(theme.font("sec"))

    def open(self) -> None:
        """Offer what suits the decision, below the button that was pressed."""
        state = self.proposal.adoption or ""
        self.desk.read(filled, then=self.on_found, id=self.proposal.id, state=state)

    def on_found(self, found) -> None:
        self.found = list(found)
        self.clear()
        for n, one in enumerate(self.found):
            action = QAction(one.name.replace("&", "&&"), self)
            action.setData(n)
            self.addAction(action)
        self.addSeparator()
        self.addAction(QAction(say(N_("Edit templates…")), self))
        if self.owner.isVisible():
            pressed = QApplication.focusWidget()
            below = isinstance(pressed, QPushButton) and self.owner.isAncestorOf(pressed)
            anchor = pressed if below else self.owner
            self.popup(anchor.mapToGlobal(QPoint(0, anchor.height() if below else 0)))
            self.setActiveAction(self.actions()[0])

    def on_triggered(self, action) -> None:
        n = action.data()
        if n is None:
            TemplatesDialog(self.owner).open()
        else:
            self.chosen.emit(self.found[n].text, self.found[n].reasons)


TEMPLATES = Table(
    columns=(
        Column("name", C_("reply", "Template"), cell=lambda t: Cell(t.name, role="secb")),
        Column(
            "state",
            N_("Suits"),
            130,
            cell=lambda t: Cell(
                chip=say(STATES[t.state] if t.state else ANY), tone="acc" if t.state else "neu"
            ),
        ),
        Column("text", C_("reply", "Text"), 280, cell=lambda t: Cell(gist(t.text), ink="text2")),
    )
)


def gist(text: str) -> str:
    """Return the line of a letter that tells it from others: the first one greets."""
    lines = [line for line in text.splitlines() if line.strip()]
    return next(iter(lines[1:2] or lines), "")


class TemplatesDialog(Dialog):
    """The templates of replies: Enter changes one."""

    def __init__(self, view) -> None:
        self.view, self.desk, self.rows = view, view.desk, []
        self.model = RowTable(TEMPLATES)
        self.list = RowList(self.model, N_("Reply templates"), height=36)
        self.list.setMinimumHeight(280)
        self.change = Button(C_("button", "Change"), "link", "pencil", slot=self.on_change)
        self.up = Button(N_("Up"), "link", "arrow-up", slot=self.on_up)
        self.down = Button(N_("Down"), "link", "arrow-down", slot=self.on_down)
        super().__init__(
            view.window(),
            N_("Reply templates"),
            Label(
                N_("A text one begins a reply with; the words in brackets are filled in."),
                "cap",
                wrap=True,
            ),
            column(self.list, row(self.change, self.up, self.down, None), gap=4),
            button=N_("New template"),
            icon="plus",
            width=640,
        )
        self.cancel_button.say(N_("Close"))
        self.list.opened.connect(self.on_opened)
        self.list.setFocus()
        self.ask()

    def ask(self, *_value) -> None:
        """Read the templates."""
        self.desk.read(templates.templates, then=self.on_rows, otherwise=self.on_refused)

    def on_rows(self, rows) -> None:
        self.rows = list(rows)
        self.model.show(self.rows)
        ids = all(one.id is not None for one in self.rows)
        self.up.setVisible(ids)
        self.down.setVisible(ids)
        self.list.choose_first()

    def chosen(self):
        """Return the template that is chosen; those that ship have no id yet."""
        index = self.list.currentIndex()
        return self.rows[index.row()] if index.isValid() else None

    def on_opened(self, _id) -> None:
        self.on_change()

    def on_change(self) -> None:
        if self.chosen() is not None:
            self._open(self.chosen())

    def on_up(self) -> None:
        self._move(-1)

    def on_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        if self.chosen() is not None:
            self.desk.do(
                templates.move_template,
                then=self.ask,
                otherwise=self.on_refused,
                id=self.chosen().id,
                by=by,
            )

    def confirm(self) -> None:
        self._open(None)

    def _open(self, chosen) -> None:
        dialog = TemplateForm(self, self.desk, chosen)
        dialog.accepted.connect(self.ask)
        dialog.open()


class TemplateForm(Dialog):
    """Write a template, or change one."""

    def __init__(self, parent, desk, template=None) -> None:
        self.desk, self.template = desk, template
        self.name = Labelled(C_("template", "Name"), Field())
        self.state = Labelled(
            N_("Suits"), Choice(SUITS, N_("Suits"), template.state if template else "")
        )
        self.text = Labelled(
            C_("reply", "Text"), Lines(C_("reply", "Text"), template.text if template else "", 150)
        )
        self.reasons = Labelled(
            C_("reply", "Reasons"),
            Lines(C_("reply", "Reasons"), template.reasons if template else "", 90),
        )
        fields = ", ".join("{" + str(say(word)) + "}" for word in filling.FIELDS.values())
        if template is not None:
            self.name.field.setText(template.name)
        super().__init__(
            parent,
            N_("Change the template") if template else N_("New template"),
            beside(self.name, self.state),
            self.text,
            self.reasons,
            Label(N_("Filled in:"), "capb"),
            Label(fields, "cap", wrap=True),
            width=600,
        )
        self.remove = Button(C_("button", "Delete"), "link", "trash-2", slot=self.on_remove)
        self.buttons.layout().insertWidget(0, self.remove)
        self.remove.setVisible(template is not None)
        self.adjustSize()  # the words at the foot wrap
        self.name.field.setFocus()

    def confirm(self) -> None:
        values = {
            "state": str(self.state.value()),
            "text": self.text.value(),
            "reasons": self.reasons.value(),
        }
        values["name"] = self.name.value()
        answers = {"then": self.on_accepted, "otherwise": self.on_refused}
        if self.template is None:
            self.desk.do(templates.add_template, **answers, **values)
        else:
            # One that ships has no id yet and is known by its name.
            self.desk.do(
                templates.edit_template,
                id=self.template.id,
                known_as=self.template.name,
                **answers,
                **values,
            )

    def on_remove(self) -> None:
        self.desk.do(
            templates.remove_template,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.template.id,
            known_as=self.template.name,
        )
