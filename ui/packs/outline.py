"""The parts of a pack with their pages, and which meeting it is of."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame

from gwangju_desktop.members.rules import named
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, day, say
from ui.widgets.forms import Choice
from ui.widgets.lists import RowList
from ui.widgets.parts import Label, column, row

WIDTHS = ((1600, 420), (1366, 348), (1200, 296), (0, 270))  # of the window, of the pane
INDENT = 16


@dataclass(frozen=True, slots=True)
class Part:
    """A row of the outline; `last` is its last page."""

    id: int
    title: str
    level: int
    page: int
    count: int
    trouble: bool

    @property
    def last(self) -> int:
        """Return the part's last page."""
        return self.page + self.count - 1


def _title(part: Part) -> Cell:
    if part.level == 1:
        return Cell(part.title, role="secb")
    return Cell(part.title, indent=theme.px(INDENT))


def _count(part: Part) -> Cell:
    if part.trouble:
        return Cell(say(C_("paper pages", "none")), ink="warn")
    return Cell(str(part.count))


PARTS = Table(
    columns=(
        Column("title", C_("pack outline", "Part"), cell=_title),
        Column("count", C_("pack outline", "Pages"), 56, "right", cell=_count),
        Column("page", C_("pack outline", "From"), 50, "right", cell=lambda p: Cell(str(p.page))),
    )
)


class Outline(QFrame):
    """The left pane: `picked(page)` when a person chooses a part, `chose(id)` another meeting."""

    picked = Signal(int)
    chose = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("leftpane")
        self.meetings: list = []
        self.parts: list[Part] = []
        self._following = False
        self.choice = Choice([], N_("Meeting"))
        self.choice.currentIndexChanged.connect(self.on_chosen)
        self.total = Label("", "cap", elide=True)
        self.list = PartList(RowTable(PARTS), N_("Parts of the pack"), height=32)
        self.list.previewed.connect(self.on_previewed)
        self.list.clicked.connect(self.on_clicked)
        self.list.opened.connect(self.on_previewed)
        self.hint = Label(N_("↑↓ parts · PgUp PgDn pages"), "cap")
        column(
            row(self.choice, margins=(20, 14, 12, 10)),
            row(
                Label(C_("pack outline", "Contents"), "h2"),
                (self.total, 1),
                margins=(20, 0, 12, 6),
            ),
            (row(self.list, margins=(12, 0, 8, 0)), 1),
            row(self.hint, margins=(20, 6, 12, 12)),
            gap=0,
            into=self,
        )

    def fold(self, window: int) -> None:
        """Take the width for the present text size and a window of that width."""
        widths = (width for least, width in WIDTHS if window >= theme.px(least))
        self.setFixedWidth(theme.px(next(widths)))

    # --- meetings
    def show_meetings(self, meetings: list, chosen: int | None) -> None:
        """Offer meetings, the newest first."""
        self.meetings = list(reversed(meetings))
        self.choice.show_options([(m.id, self._meeting(m)) for m in self.meetings], chosen)
        self.choice.setToolTip(self.choice.currentText())

    def _meeting(self, meeting) -> str:
        words = f"{day(meeting.starts_at.date(), 'full')} {meeting.title}"
        if len({other.body_id for other in self.meetings}) > 1:
            words += f" · {named(meeting.body_ko, meeting.body_en)}"
        return words

    def meeting(self):
        """Return the chosen meeting, or None."""
        chosen = self.choice.value()
        return next((m for m in self.meetings if m.id == chosen), None)

    def on_chosen(self, _index: int) -> None:
        self.choice.setToolTip(self.choice.currentText())
        self.chose.emit(self.choice.value())

    # --- parts
    def show_facts(self, facts) -> None:
        """Show the parts of a bound pack, or none while there is no pack."""
        entries = facts.entries if facts is not None else ()
        self.parts = [
            Part(n, e.title, e.level, e.page, e.count, e.trouble is not None)
            for n, e in enumerate(entries)
        ]
        self._following = True
        self.list.model().show(self.parts)
        self._following = False
        if facts is None:
            self.total.say("")
        else:
            leaves = (facts.pages + 1) // 2
            message = NN_(
                "{n} page · {sheets} sheet of A4", "{n} pages · {sheets} sheets of A4 (both sides)"
            )
            self.total.say(message, n=facts.pages, sheets=leaves)

    def follow(self, page: int) -> None:
        """Mark the part the page is of, without going anywhere."""
        part = next((p for p in reversed(self.parts) if p.page <= page), None)
        if part is None or part.id == self.list.current():
            return
        self._following = True
        self.list.choose(part.id)
        self._following = False

    def on_previewed(self, id: int) -> None:
        if not self._following:
            self.picked.emit(self.parts[id].page)

    def on_clicked(self, index) -> None:
        """A click on the part that is marked already goes to its first page too."""
        self.on_previewed(index.row())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self.meetings:
            for n, meeting in enumerate(self.meetings):
                self.choice.options[n] = (meeting.id, self._meeting(meeting))
                self.choice.setItemText(n, self._meeting(meeting))
            self.choice.setToolTip(self.choice.currentText())
        super().changeEvent(event)


class PartList(RowList):
    """A list whose page keys turn the pages beside it."""

    paged = Signal(int)

    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_PageDown:
            self.paged.emit(1)
        elif event.key() == Qt.Key.Key_PageUp:
            self.paged.emit(-1)
        else:
            super().keyPressEvent(event)
