"""The bound pages with the row of tools over them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.packs.labels import named
from ui.text import C_, N_, NN_
from ui.widgets.forms import Field
from ui.widgets.pages_view import PagesView
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, advance, column, row

NARROWEST, ROUND = 52, 24  # px of the field of the page, and round its words


class Reader(QWidget):
    """Pages to read: `turned(sheet)` when another one, counted from 1, is in front.

    Sheets go by their labels: the third one of a chair's copy may be called 2-1.
    """

    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._chose = False
        self.labels: tuple[str, ...] = ()
        self.total = 0
        self.view = PagesView()
        self.view.turned.connect(self.on_turned)
        self.back_button = Button(
            "", "ghost", "chevron-left", name=N_("Previous page"), slot=self.on_back
        )
        self.next_button = Button(
            "", "ghost", "chevron-right", name=N_("Next page"), slot=self.on_next
        )
        self.page = Field("", N_("Go to page"), role="secb")
        self.fit_field()
        self.page.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.page.returnPressed.connect(self.on_typed)
        self.page.editingFinished.connect(self.on_left)
        self.of = Label("", "sec")
        self.two = Segment(
            (C_("pages", "Single"), C_("pages", "Double")), 0, N_("Pages side by side")
        )
        self.two.chosen.connect(self.on_two)
        self.smaller = Button("", "ghost", "zoom-out", name=N_("Zoom out"), slot=self.on_smaller)
        self.larger = Button("", "ghost", "zoom-in", name=N_("Zoom in"), slot=self.on_larger)
        self.fit_button = Button(N_("Fit page"), "ghost", slot=self.on_fit)
        tools = row(
            self.back_button,
            self.page,
            self.of,
            self.next_button,
            None,
            self.two,
            4,
            self.smaller,
            self.fit_button,
            self.larger,
            margins=(12, 7, 12, 7),
            gap=4,
        )
        column(tools, (self.view, 1), gap=0, into=self)

    def show_document(self, labels: tuple[str, ...], total: int = 0) -> None:
        """Show a bound pack, its sheets so named, where the last one was left; none clears.

        `total` is the "of n" on paper, 0 where there is none.
        """
        self.labels, self.total = labels, total
        self.fit_field()
        if not labels:
            self.view.front = 1
        self.view.show_document(len(labels))
        self.on_turned(self.view.front)

    def fit_field(self) -> None:
        """Make the field as wide as the longest name of a page."""
        longest = advance("secb", max(self.labels, key=len, default=""))
        self.page.setFixedWidth(max(theme.px(NARROWEST), longest + theme.px(ROUND)))

    def widen(self, wide: bool) -> None:
        """Show two pages in a wide window, until a person chose otherwise."""
        if not self._chose and wide != self.view.double:
            self.two.choose(1 if wide else 0)
            self.view.set_double(wide)

    def ask_page(self) -> None:
        """Let the page to go to be typed."""
        self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.page.selectAll()

    def on_turned(self, page: int) -> None:
        count = self.view.count
        if not self.page.hasFocus() or not self.page.isModified():
            self.page.setText(self._label(page))
        if self.total:
            self.of.say(N_("/ {count} pages"), count=self.total)
        else:
            self.of.say(NN_("{n} sheet", "{n} sheets") if count else "", n=count)
        self.back_button.setEnabled(page > 1)
        self.next_button.setEnabled(page < count)
        self.turned.emit(page)

    def _label(self, sheet: int) -> str:
        return self.labels[sheet - 1] if sheet <= len(self.labels) else ""

    def on_back(self) -> None:
        self.view.step(-1)

    def on_next(self) -> None:
        self.view.step(1)

    def on_typed(self) -> None:
        sheet = named(self.labels, self.page.value())
        if sheet is not None:
            self.view.go(sheet)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.on_left()

    def on_left(self) -> None:
        """A number that is no page gives way to the page in front."""
        self.page.setText(self._label(self.view.front))

    def on_larger(self) -> None:
        self.view.zoom_by(1)

    def on_smaller(self) -> None:
        self.view.zoom_by(-1)

    def on_fit(self) -> None:
        self.view.fit()

    def on_two(self, n: int) -> None:
        self._chose = True
        self.view.set_double(n == 1)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self.fit_field)
        super().changeEvent(event)
