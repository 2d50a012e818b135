"""One imported file: where it came from, what was answered, what it replaced; taking it back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from gwangju_desktop.energy import files
from gwangju_desktop.energy.files import FileFacts, Revised
from gwangju_desktop.energy.queries import DatasetRow
from gwangju_desktop.energy.scales import unit_words
from gwangju_desktop.sheets.facts import Wrong
from ui import theme
from ui.energy.asking import exact, wrong_total
from ui.energy.item_words import item_words
from ui.energy.period_words import period_text
from ui.energy.preview import with_source
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, say
from ui.widgets.lists import RowList
from ui.widgets.page import pair
from ui.widgets.parts import Button, Label, column, row, rule

HIGH, LOW = 232, 150  # px of the card at 100 %
WIDE = 96  # px of its captions
ORDER = N_(
    "Taking it back puts the values before it back; a later import of the same figures first."
)


def _what(one: Revised) -> Cell:
    item = item_words("", one.dims) if one.dims else ""
    return Cell(" · ".join(filter(None, (one.indicator, item))), one.file)


def _change(one: Revised) -> Cell:
    after = "–" if one.after is None else exact(one.after)
    return Cell(f"{exact(one.before)} → {after}", one.unit, role="secb")


REVISIONS = Table(
    (
        Column("what", C_("energy", "Indicator"), cell=_what),
        Column("area", C_("energy", "Area"), 84),
        Column(
            "period", C_("energy", "Period"), 92, cell=lambda o: Cell(str(period_text(o.period)))
        ),
        Column("change", C_("energy", "Revision"), 200, "right", cell=_change),
    )
)


class DatasetCard(QFrame):
    """Facts of a file at the left, the revisions it brought at the right."""

    undone = Signal(object)  # the journal's entry to take back

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk = desk
        self.names: dict[str, str] = {}
        self.held: DatasetRow | None = None
        self.facts: FileFacts | None = None
        self.setObjectName("inset")
        self.file = Label("", "sec", elide=True)
        self.digest = Label("", "sec", elide=True)
        self.unit = Label("", "sec", elide=True)
        self.span = Label("", "sec", elide=True)
        self.who = Label("", "sec", elide=True)
        self.totals = Label("", "sec", wrap=True)
        self.note = Label(ORDER, "cap", wrap=True)
        self.undo = Button(N_("Take this import back"), icon="undo-2", slot=self.on_undo)
        self.totals_row = pair(Label(N_("Accepted totals"), "cap"), self.totals, WIDE)
        self.digest_row = pair(Label(N_("Digest (SHA-256)"), "cap"), self.digest, WIDE)
        self.who_row = pair(Label(N_("Imported by"), "cap"), self.who, WIDE)
        left = column(
            pair(Label(C_("energy", "File"), "cap"), self.file, WIDE),
            self.digest_row,
            pair(Label(C_("energy", "Unit"), "cap"), self.unit, WIDE),
            pair(Label(C_("energy", "Periods"), "cap"), self.span, WIDE),
            self.who_row,
            self.totals_row,
            None,
            row(self.undo, None),
            self.note,
            gap=5,
        )
        self.heading = Label("", "secb")
        self.list = RowList(RowTable(REVISIONS), N_("Revisions this file brought"), height=44)
        self.none = Label(N_("This file replaced no value."), "sec")
        self.blank = QWidget()
        right = column(self.heading, self.none, (self.list, 1), (self.blank, 1), gap=4)
        column(
            rule(),
            row((left, 4), 20, (right, 5), margins=(28, 10, 24, 12), gap=0),
            gap=0,
            into=self,
        )
        self.fit(False)
        self.hide()

    def fit(self, low: bool) -> None:
        """Say less where the window is low: the list above needs the room."""
        self.low = low
        self.setFixedHeight(theme.px(LOW if low else HIGH))
        for part in (self.digest_row, self.who_row):
            part.setVisible(not low)
        self._show_note()

    def show_dataset(self, held: DatasetRow, periods: str, names: dict[str, str]) -> None:
        """Show a file; what else is known of it is read."""
        self.held, self.names = held, names
        answers: dict[str, Any] = held.answers or {}
        self.file.say(held.file_name)
        self.digest.say(held.sha256)
        unit = ", ".join(say(unit_words(one)) for one in held.unit.split(", "))
        self.unit.say(with_source(unit, set(answers.get("unit_from", ()))))
        self.span.say(with_source(periods, set(answers.get("period_from", ()))))
        self.desk.read(files.facts, then=self.on_facts, id=held.id)

    def on_facts(self, facts: FileFacts) -> None:
        """Show what was read of the file in front."""
        if self.held is None or facts.id != self.held.id:
            return
        self.facts = facts
        self.who.say(facts.who)
        wrong = [Wrong(**one) for one in facts.accepted]
        self.totals.say("\n".join(wrong_total(one) for one in wrong[:3]))
        self.totals_row.setVisible(bool(wrong))
        self.undo.setVisible(facts.entry is not None and not self.desk.read_only)
        self._show_note()
        if facts.together:
            self.note.say(
                NN_(
                    "The {n} other file of the same import goes with it.",
                    "The {n} other files of the same import go with it.",
                ),
                n=len(facts.together),
            )
        else:
            self.note.say(ORDER)
        self.heading.say(
            NN_("Revisions: {n:,} value", "Revisions: {n:,} values"), n=facts.revisions
        )
        self.none.setVisible(not facts.revisions)
        self.list.model().show([_named(one, self.names) for one in facts.revised])
        self.list.setVisible(bool(facts.revised))
        self.blank.setVisible(not facts.revised)

    def _show_note(self) -> None:
        may = self.facts is not None and self.facts.entry is not None and not self.desk.read_only
        self.note.setVisible(may and (not self.low or bool(self.facts.together)))

    # --- slots

    def on_undo(self) -> None:
        """Take the import back."""
        if self.facts is not None and self.facts.entry is not None:
            self.undone.emit(self.facts.entry)


def _named(one: Revised, names: dict[str, str]) -> Revised:
    return replace(one, area=names.get(one.area, one.area))
