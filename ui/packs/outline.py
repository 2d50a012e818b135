"""The left pane: which meeting the pack is of, and its parts with their pages."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtWidgets import QFrame, QMenu

from gwangju_desktop.members.rules import named
from ui import theme
from ui.packs.parts import PartList, PartRow, PartTable
from ui.text import C_, N_, NN_, day, say
from ui.widgets.forms import Choice
from ui.widgets.parts import Button, Label, column, row

WIDTHS = ((1600, 420), (1366, 348), (1200, 296), (0, 270))  # of the window, of the pane
ADDED = (
    ("figure", N_("Energy figure…")),
    ("appendix", N_("Appendix from a PDF…")),
)


class Outline(QFrame):
    """`picked(row)` when a person chooses a part, `chose(id)` another meeting.

    `ticked(row)` when it is to be taken in or left out, `opened(row)` to look at what it is,
    `removed(row)` to take it out for good, `added(what)` from the menu of the plus sign.
    """

    picked = Signal(object)
    chose = Signal(object)
    ticked = Signal(object)
    opened = Signal(object)
    removed = Signal(object)
    added = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("leftpane")
        self.meetings: list = []
        self._following = False
        self.choice = Choice([], N_("Meeting"))
        self.choice.currentIndexChanged.connect(self.on_chosen)
        self.total = Label("", "cap", elide=True)
        self.menu = QMenu(self)
        for what, _words in ADDED:
            self.menu.addAction("").setData(what)
        self.menu.triggered.connect(self.on_added)
        self.add = Button("", "ghost", "plus", name=N_("Add a part"), slot=self.on_menu)
        self.model = PartTable()
        self.list = PartList(self.model, N_("Parts of the pack"), height=32)
        self.list.previewed.connect(self.on_previewed)
        self.list.clicked.connect(self.on_clicked)
        self.list.opened.connect(self.on_opened)
        self.list.ticked.connect(self.on_ticked)
        self.list.removed.connect(self.on_removed)
        self.hint = Label("", "cap", elide=True)
        column(
            row(self.choice, margins=(20, 14, 12, 10)),
            row(
                Label(C_("pack outline", "Contents"), "h2"),
                (self.total, 1),
                self.add,
                margins=(20, 0, 12, 6),
            ),
            (row(self.list, margins=(12, 0, 8, 0)), 1),
            row(self.hint, margins=(20, 6, 12, 12)),
            gap=0,
            into=self,
        )
        self.name_menu()
        self.let_change(False)

    def fold(self, window: int) -> None:
        """Take the width for the present text size and a window of that width."""
        widths = (width for least, width in WIDTHS if window >= theme.px(least))
        self.setFixedWidth(theme.px(next(widths)))

    def let_change(self, changeable: bool) -> None:
        """Let parts be moved, taken in and left out, or only be looked at."""
        self.model.changeable = changeable
        self.add.setVisible(changeable)
        if changeable:
            self.hint.say(N_("Alt+↑↓ order · Space in or out"))
        else:
            self.hint.say(N_("↑↓ parts · PgUp PgDn pages"))

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
    def show_rows(self, rows: list[PartRow]) -> None:
        """Show parts; the one that is marked stays marked, wherever it went."""
        held = self.list.current()
        self._following = True
        self.model.show(rows)
        if held is not None:
            self.list.choose(held)
        self._following = False

    def show_total(self, pages: int | None) -> None:
        """Say how many pages and sheets the members' pack has."""
        if pages is None:
            self.total.say("")
            return
        message = NN_(
            "{n} page · {sheets} sheet of A4", "{n} pages · {sheets} sheets of A4 (both sides)"
        )
        self.total.say(message, n=pages, sheets=(pages + 1) // 2)

    def follow(self, page: int) -> None:
        """Mark the part a members' page is of, without going anywhere."""
        placed = [part for part in self.model.rows() if part.page]
        part = next((p for p in reversed(placed) if p.page <= page), None)
        if part is None or part.id == self.list.current():
            return
        self._following = True
        self.list.choose(part.id)
        self._following = False

    def step(self, by: int) -> None:
        """Go to the next part that is printed, or the one before."""
        rows = [part for part in self.model.rows() if part.page]
        keys = [part.id for part in rows]
        held = self.list.current()
        at = keys.index(held) + by if held in keys else 0
        if 0 <= at < len(keys):
            self.list.choose(keys[at])

    def current(self) -> PartRow | None:
        """Return the part that is marked."""
        return self.model.part(self.list.current())

    def on_previewed(self, id: int) -> None:
        part = self.model.part(id)
        if part is not None and part.page and not self._following:
            self.picked.emit(part)

    def on_clicked(self, index) -> None:
        """A click on the part that is marked already goes to its first page too."""
        self.on_previewed(self.model.id_at(index.row()))

    def on_opened(self, id: int) -> None:
        self._tell(self.opened, id)

    def on_ticked(self, id: int) -> None:
        part = self.model.part(id)
        if part is not None and part.line.switchable and self.model.changeable:
            self.ticked.emit(part)

    def on_removed(self) -> None:
        part = self.current()
        if part is not None and part.line.removable and self.model.changeable:
            self.removed.emit(part)

    def _tell(self, signal, id: int) -> None:
        part = self.model.part(id)
        if part is not None:
            signal.emit(part)

    # --- the plus sign
    def name_menu(self) -> None:
        """Say what can be added in the present language."""
        for action, (_what, words) in zip(self.menu.actions(), ADDED, strict=True):
            action.setText(say(words))

    def on_menu(self) -> None:
        """Open the menu under the plus sign, its first line chosen."""
        place = self.add.mapToGlobal(QPoint(self.add.width(), self.add.height()))
        place.setX(place.x() - self.menu.sizeHint().width())
        self.menu.setActiveAction(self.menu.actions()[0])
        self.menu.popup(place)

    def on_added(self, action) -> None:
        self.added.emit(action.data())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.name_menu()
            if self.meetings:
                for n, meeting in enumerate(self.meetings):
                    self.choice.options[n] = (meeting.id, self._meeting(meeting))
                    self.choice.setItemText(n, self._meeting(meeting))
                self.choice.setToolTip(self.choice.currentText())
        super().changeEvent(event)
