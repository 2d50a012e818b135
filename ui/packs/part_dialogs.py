"""Forms of the parts of a pack that are made here: figures, appendices, abbreviations."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.vocab import Disclosure, PartKind
from gwangju_desktop.meetings.words import DISCLOSURES
from gwangju_desktop.packs import outlining
from ui.text import C_, N_, Msg
from ui.widgets.forms import Choice, Dialog, Field, Labelled, Lines
from ui.widgets.parts import Label

BEHIND_ALL = 0  # stands for no item in a choice


class Placing(QObject):
    """The fields that say where a part stands and who may read it."""

    grown = Signal()  # a field appeared or went

    def __init__(
        self, items: list[tuple[int, str]], item_id: int | None = None, ground: str | None = None
    ) -> None:
        super().__init__()
        self.item = Labelled(N_("Stands behind"), Choice([], N_("Stands behind")))
        self.show_items(items, item_id or BEHIND_ALL)
        reader = Disclosure.PUBLIC if ground is None else Disclosure.MEMBERS
        self.reader = Labelled(
            N_("Who may read it"), Choice(DISCLOSURES.items(), N_("Who may read it"), reader)
        )
        self.ground = Labelled(N_("Ground for closing it"), Field())
        self.ground.field.setText(ground or "")
        self.ground.setVisible(ground is not None)
        self.parts = (self.item, self.reader, self.ground)
        self.reader.field.currentIndexChanged.connect(self.on_reader)

    def show_items(self, items: list[tuple[int, str]], item_id: int) -> None:
        """Offer the items a part may stand behind."""
        options = [*items, (BEHIND_ALL, C_("pack part", "Behind all items"))]
        self.item.field.show_options(options, item_id)

    def on_reader(self, _n: int) -> None:
        """Ask for the ground of what is not public."""
        self.ground.setVisible(self.reader.field.value() == Disclosure.MEMBERS)
        self.grown.emit()

    def values(self) -> dict:
        """Return what the use cases take."""
        closed = self.reader.value() == Disclosure.MEMBERS
        return {
            "item_id": self.item.value() or None,
            "disclosure": Disclosure(self.reader.value()).value,
            "ground": self.ground.value() if closed else "",
        }


class PartDialog(Dialog):
    """Change a figure or an appendix: its title, where it stands, who may read it."""

    edits = ("pack_part", "line.part_id")

    def __init__(self, parent: QWidget, desk, line, items: list[tuple[int, str]]) -> None:
        self.desk, self.line = desk, line
        figure = line.kind == PartKind.FIGURE
        help = N_("Empty: what the figure shows, in one sentence.") if figure else ""
        self.name = Labelled(N_("Title"), Field(), help)
        # A Msg is the program's own word for a figure without a heading.
        self.name.field.setText("" if isinstance(line.title, Msg) else line.title)
        self.placing = Placing(items, line.item_id, line.closed if line.members_only else None)
        super().__init__(
            parent,
            N_("Edit figure") if figure else N_("Edit appendix"),
            self.name,
            *self.placing.parts,
        )
        self.placing.setParent(self)
        self.placing.grown.connect(self.adjustSize)

    def confirm(self) -> None:
        self.desk.do(
            outlining.edit_part,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.line.part_id,
            title=self.name.value(),
            **self.placing.values(),
        )


class AbbreviationsDialog(Dialog):
    """Write the page of abbreviations, one on a line."""

    def __init__(self, parent: QWidget, desk, outline) -> None:
        self.desk, self.meeting_id = desk, outline.meeting_id
        self.lines = Labelled(
            N_("One on a line: the short form, a colon, what it stands for"),
            Lines(N_("Abbreviations"), outline.abbreviations, height=180),
        )
        example = Label(N_("Example: OGP: Open Government Partnership"), "cap", wrap=True)
        super().__init__(parent, N_("Abbreviations"), self.lines, example, width=520)

    def confirm(self) -> None:
        self.desk.do(
            outlining.set_plan,
            then=self.on_accepted,
            otherwise=self.on_refused,
            meeting_id=self.meeting_id,
            abbreviations=self.lines.value(),
        )
