"""What the roll is asked with: a body, a day, words and a filter, in the lines above the list."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.rules import named
from ui import theme
from ui.members.columns import ColumnsPopup
from ui.members.filterbar import FilterBar
from ui.members.timeline import DaySlider
from ui.members.tree import EVERYBODY
from ui.text import C_, N_
from ui.widgets.forms import Choice, DateField, Field
from ui.widgets.parts import Align, Button, Icon, Label, column, row

SLIDER_FROM, SLIDER_FROM_NARROW = 780, 900  # px of room under which the day is only typed
SETTLED = 150  # ms a dragged day stands still before counts are asked for


class RollTools(QWidget):
    """The body, the day, the words and the filter in front, and the controls that change them.

    `branched(id)` when a body, EVERYBODY or minus a filter's id was chosen where the tree is
    folded; `slid` while the day is dragged, `dated` when it is another; `typed(words)`; `sifted`.
    """

    branched = Signal(object)
    slid, dated, sifted = Signal(), Signal(), Signal()
    typed = Signal(str)

    def __init__(self, page) -> None:
        super().__init__()
        self.page = page
        self.body_id: int | None = None
        self.on = clock.today()
        self.body = Choice((), N_("Body"), width=200)
        self.day = DateField(N_("Members on"), self.on, 112)
        self.slider = DaySlider(N_("Members on"))
        self.search = Field(N_("Find name or affiliation"), search=True)
        self.about = Button("", icon="building-2", name=N_("Show body"), slot=page.on_body_card)
        self.sift = Button("", icon="sliders-horizontal", name=N_("Filter"), slot=self.on_sift)
        self.columns = Button("", icon="table", name=N_("Columns"), slot=self.on_columns)
        self.sifting = FilterBar(page, self.query)
        self.no_day = Label("", "cap", "bad", wrap=True)
        self.wrong_day = row(
            Icon("circle-alert", "bad", 14), (self.no_day, 1), margins=(28, 0, 24, 8), gap=6
        )
        self.wrong_day.hide()
        self.sifting.hide()
        self.still = QTimer(self)
        self.still.setSingleShot(True)
        self.still.setInterval(SETTLED)
        line = row(
            self.body,
            self.about,
            (Label(N_("Members on"), "cap"), Align.AlignVCenter),
            self.day,
            (self.slider, 4),
            None,
            (self.search, 3),
            self.sift,
            self.columns,
            margins=(28, 0, 24, 8),
        )
        column(line, self.wrong_day, self.sifting, gap=0, into=self)
        self.body.currentIndexChanged.connect(self.on_body)
        self.day.editingFinished.connect(self.on_day)
        self.slider.valueChanged.connect(self.on_slid)
        self.still.timeout.connect(self.dated)
        self.search.typing.connect(self.typed)
        self.sifting.changed.connect(self.sifted)

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.LanguageChange and not self.wrong_day.isHidden():
            self.on_day()
        super().changeEvent(event)

    def fit(self, room: int, narrow: bool) -> None:
        """Show the choice of bodies where the tree is folded, the slider where there is room."""
        self.body.setVisible(narrow)
        least = SLIDER_FROM_NARROW if narrow else SLIDER_FROM
        self.slider.setVisible(room >= theme.px(least))

    # --- what is asked
    @property
    def past(self) -> bool:
        """Say whether the roll is of another day than today."""
        return self.on != clock.today()

    def asked(self, typed: str | None = None) -> dict:
        """Return what the list is asked with; `typed` counts a syllable still being composed."""
        asked = {"words": self.search.text() if typed is None else typed, **self.sifting.asked()}
        if self.body_id or self.past or len(asked) > 1:
            asked["on"] = self.on
        if self.body_id:
            asked["body_id"] = self.body_id
        return asked

    def query(self) -> dict:
        """Return what the list is asked with, as a saved filter keeps it."""
        query = {**self.sifting.asked(), "words": self.search.value()}
        if self.body_id:
            query["body_id"] = self.body_id
        if self.past:
            query["on"] = self.on.isoformat()
        return {key: value for key, value in query.items() if value}

    def narrows(self, typed: str = "") -> bool:
        """Say whether words or conditions leave somebody out."""
        return bool((typed or self.search.text()).strip() or self.sifting.asked())

    # --- what is shown
    def offer(self, nodes, saved) -> None:
        """Offer everybody, the bodies under one another, and the saved filters."""
        options = [(EVERYBODY, C_("members", "Everybody"))]
        for node in nodes:
            name = named(node.short_ko, node.short_en)
            options.append((node.id, f"{'　' * node.depth}{name} {node.members}"))
        options += [(-kept.id, kept.name) for kept in saved]
        self.body.show_options(options, self.body_id or EVERYBODY)

    def show_body(self, id: int) -> None:
        """Show which body is in front without telling anyone; EVERYBODY is none."""
        self.body_id = id or None
        self.body.blockSignals(True)
        self.body.choose(id)
        self.body.blockSignals(False)
        self.sifting.show_filter(None)
        self.about.setVisible(bool(id))

    def put(self, query: dict) -> None:
        """Show the day, the words and the conditions of a saved filter without telling anyone."""
        day = query.get("on")
        self.on = type(self.on).fromisoformat(day) if day else clock.today()
        self.day.show_date(self.on)
        self.slider.show_day(self.on)
        self.search.blockSignals(True)
        self.search.setText(query.get("words", ""))
        self.search.blockSignals(False)
        self.sifting.put(query)
        self.sifting.show()

    # --- slots
    def on_span(self, span) -> None:
        """Let the slider go from the first to the last day there is anything of."""
        first, last = span
        today = clock.today()
        last = min(max(last or today, today), today.replace(year=today.year + 3, day=1))
        self.slider.span(first or today, last, today)
        self.slider.show_day(self.on)

    def on_body(self, _index) -> None:
        self.branched.emit(self.body.value() or EVERYBODY)

    def on_sift(self) -> None:
        self.sifting.setVisible(not self.sifting.isVisible())

    def on_columns(self) -> None:
        popup = ColumnsPopup(self.page)
        popup.changed.connect(self.page.list.fit_columns)
        popup.open_under(self.columns)

    def on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def on_day(self) -> None:
        try:
            chosen = self.day.value() or clock.today()
        except UserError as error:
            self._say_day(str(error))
            return
        self._say_day("")
        self.day.show_date(chosen)
        if chosen != self.on:
            self.on = chosen
            self.slider.show_day(chosen)
            self.dated.emit()

    def on_slid(self, _value) -> None:
        """Show who sat on the day under the hand; counts follow when it stands still."""
        self.on = self.slider.day()
        self._say_day("")
        self.day.show_date(self.on)
        self.slid.emit()
        self.still.start()

    def _say_day(self, wrong: str) -> None:
        """Say under the field what is wrong with the day."""
        self.no_day.say(wrong)
        self.wrong_day.setVisible(bool(wrong))
        self.day.setAccessibleDescription(wrong)
        self.day.setProperty("wrong", bool(wrong))
        self.day.style().polish(self.day)
