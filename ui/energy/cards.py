"""The five districts as small multiples on one shared index."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from ui import theme
from ui.energy.districts import Card, Shared, base_name
from ui.text import C_, N_, say
from ui.widgets.chart_small import Small
from ui.widgets.parts import Label, column, frame, row

DISTRICTS = 5
SIDE, BETWEEN, GAP = 10, 4, 10  # px inside a card at its sides, between its words, between cards


class DistrictCard(QFrame):
    """One district: name and change above, its line, its total below; Enter or a click shows it."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.area = ""
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.name = Label("", "secb", elide=True)
        self.change = Label("", "capb")
        self.small = Small(46)
        self.value = Label("", "secb")
        self.unit = Label("", "cap", elide=True)
        self.year = Label("", "cap")
        column(
            row((self.name, 1), self.change, gap=BETWEEN),
            self.small,
            row(self.value, (self.unit, 1), self.year, gap=BETWEEN),
            margins=(SIDE, 7, SIDE, 7),
            gap=0,
            into=self,
        )

    def show_card(self, card: Card, limits: tuple[float, float], shared: Shared) -> None:
        """Show a district on the scale it shares."""
        self.area = card.area
        self.name.say(card.name)
        self.change.say(card.change)
        self.change.ink(card.ink)
        self.value.say(card.value)
        self.unit.say(card.unit)
        self.year.say(str(card.words.values.get("year", "")))
        self.small.show_line(card.line, limits, shared.values, 100.0, card.words)
        self.setAccessibleName(str(card.words))

    def needs(self, *parts: Label) -> int:
        """Return how many pixels wide the card is with these words on one line."""
        words = sum(part.sizeHint().width() for part in parts) + theme.px(BETWEEN) * (
            len(parts) - 1
        )
        return words + 2 * theme.px(SIDE) + 2

    def keyPressEvent(self, event) -> None:
        """Show the district."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.area)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event) -> None:
        """Show the district."""
        if self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.area)


class Cards(QWidget):
    """The heading and the five cards; `picked(code)` of the one to show."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.shared: Shared | None = None
        self.room = 2_000
        self.limits = (0.0, 1.0)
        self.cards = [DistrictCard() for _n in range(DISTRICTS)]
        for card in self.cards:
            card.chosen.connect(self.picked)
        self.base = Label("", "cap", elide=True)
        self.none = Label(N_("No figures of the districts have been imported."), "sec")
        self.none_box = frame("state")
        column(self.none, margins=(16, 12, 16, 12), into=self.none_box)
        self.box = row(*[(card, 1) for card in self.cards], gap=GAP)
        column(
            row(Label(C_("energy", "Districts"), "h2"), (self.base, 1), gap=10),
            self.box,
            self.none_box,
            gap=6,
            into=self,
        )

    def show_shared(self, shared: Shared | None) -> None:
        """Show the districts, or that there are no figures of them."""
        self.shared = shared
        self.box.setVisible(shared is not None)
        self.none_box.setVisible(shared is None)
        self.base.setVisible(shared is not None)
        if shared is None:
            return
        ordered = sorted(shared.cards, key=lambda card: card.area)
        for n, widget in enumerate(self.cards):
            widget.setVisible(n < len(ordered))
            if n < len(ordered):
                widget.show_card(ordered[n], self.limits, shared)
        self.fit(self.room)

    def fit(self, room: int) -> None:
        """Leave out what the cards have no room for: the year, the change; the unit goes above."""
        self.room = room
        if self.shared is None:
            return
        each = (room - (DISTRICTS - 1) * theme.px(GAP)) // DISTRICTS
        shown = self.cards[: len(self.shared.cards)]
        whole = all(one.needs(one.value, one.unit, one.year) <= each for one in shown)
        units = whole or all(one.needs(one.value, one.unit) <= each for one in shown)
        changes = all(one.needs(one.name, one.change) <= each for one in shown)
        for one in shown:
            one.unit.setVisible(units)
            one.year.setVisible(whole or not units)
            one.change.setVisible(changes)
        words = N_("Same scale (index, {period} = 100) · the dashed line is the base")
        period = str(base_name(self.shared.base))
        if units:
            self.base.say(words, period=period)
        else:
            self.base.say(f"{say(words, period=period)} · {say(self.shared.cards[0].unit)}")

    def show_range(self, left: float, right: float) -> None:
        """Show the part of the span that the districts have figures for."""
        held = [card.line for card in self.shared.cards if card.line] if self.shared else []
        ends = [(float(line.x[0]), float(line.x[-1])) for line in held if len(line.x)]
        if not ends:
            return
        first, last = min(e[0] for e in ends), max(e[1] for e in ends)
        left, right = max(left, first - 0.5), min(right, last + 0.5)
        # Outside everything the districts have, their whole history says more than nothing.
        self.limits = (left, right) if right > left else (first - 0.5, last + 0.5)
        for widget in self.cards:
            widget.small.limits = self.limits
            widget.small.update()
