"""What a backup holds, and what was done since and would not be in the office any more."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gwangju_desktop.backups import losing
from gwangju_desktop.backups.form import Manifest
from gwangju_desktop.backups.losing import Loss, Step
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, Msg, day, say
from ui.widgets.lists import RowList
from ui.widgets.parts import Label, column, frame, row

KINDS, PEOPLE = 4, 4
STEPS_HIGH = 148


def _at(step: Step) -> Cell:
    return Cell(f"{day(step.at)} {day(step.at, 'time')}" if step.at else "–", ink="text3")


def _what(step: Step) -> Cell:
    label = say(step.label)
    told = {"undo": N_("{what}: taken back"), "redo": N_("{what}: done again")}.get(step.kind)
    label = say(told, what=step.label) if told else label
    return Cell(f"{label} · {step.name}" if step.name else label)


STEPS = Table(
    (
        Column("at", C_("backup", "When"), 104, cell=_at),
        Column("what", C_("backup", "What was done"), 0, cell=_what),
        Column("who", C_("backup", "Who"), 92, cell=lambda step: Cell(step.who, ink="text2")),
    )
)


class Preview(QWidget):
    """Two columns: what is in the backup, what was done since."""

    def __init__(self) -> None:
        super().__init__()
        self.made = Label("", "strong", wrap=True)
        self.holds = Label("", "sec", wrap=True)
        self.state = Label("", "cap", wrap=True)
        self.since = Label("", "strong", wrap=True)
        self.counts = Label("", "sec", wrap=True)
        self.people = Label("", "sec", wrap=True)
        self.list = RowList(RowTable(STEPS), N_("What was done since the backup"), height=28)
        self.list.setFixedHeight(STEPS_HIGH)
        self.list.hide()
        inside, lost = frame("inset"), frame("inset")
        edges = (14, 12, 14, 12)
        inside_words = (Label(N_("In this backup"), "capb"), self.made, self.holds, self.state)
        column(*inside_words, None, margins=edges, gap=6, into=inside)
        lost_words = (Label(N_("Done since, not in it"), "capb"), self.since, self.counts)
        column(*lost_words, self.people, self.list, None, margins=edges, gap=6, into=lost)
        row((inside, 2), (lost, 3), gap=12, into=self)

    def show_backup(self, manifest: Manifest, loss: Loss, *, open_office: bool) -> None:
        """Show a backup; `open_office` says whether there is an office to compare it with."""
        self.made.say(N_("{office}, {at:when}"), office=manifest.office_ko, at=manifest.moment)
        parts = [say(N_("{what} {n:,}"), what=what, n=n) for what, n in losing.holdings(manifest)]
        records = sum(manifest.tables.values())
        parts.append(say(N_("records in all {n:,}"), n=records))
        parts.append(say(N_("files {n:,}"), n=len(manifest.files)))
        self.holds.say(" · ".join(parts))
        self.state.say(
            NN_(
                "{n} file was missing when it was made.", "{n} files were missing when it was made."
            )
            if manifest.missing
            else N_("No file was missing when it was made."),
            n=len(manifest.missing),
        )
        self._show_loss(loss, open_office)

    def _show_loss(self, loss: Loss, open_office: bool) -> None:
        self.list.setVisible(bool(loss.steps))
        self.list.model().show(loss.steps)
        if not open_office:
            self.since.say(N_("Without an open office nothing is compared."))
        elif not loss.same:
            self.since.say(
                N_("It is of another office, or of a time that was itself restored away.")
            )
        elif not loss.n:
            self.since.say(N_("Nothing was done since."))
        else:
            self.since.say(NN_("{n:,} step", "{n:,} steps"), n=loss.n)
        self.counts.say(_counted(loss.kinds, KINDS))
        self.people.say(_counted(loss.people, PEOPLE))
        for label in (self.counts, self.people):
            label.setVisible(bool(label.text()))


def _counted(counts, most: int) -> str:
    """Return the most frequent ones with their numbers, and how many others there are."""
    told = [f"{say(what) if isinstance(what, Msg) else what} {n:,}" for what, n in counts[:most]]
    rest = sum(n for _what, n in counts[most:])
    if rest:
        told.append(say(N_("others {n:,}"), n=rest))
    return " · ".join(told)
