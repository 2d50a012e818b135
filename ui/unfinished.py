"""The list of forms somebody was filling in: where they were opened, when, and what they held."""

from __future__ import annotations

from gwangju_desktop import clock
from ui import theme
from ui.text import C_, N_, day
from ui.widgets.forms import Dialog
from ui.widgets.parts import Align, Button, Label, column, frame, row, rule, scrolled

WIDTH, HIGH = 620, 380
FIRST_WORDS = 80


class UnfinishedDialog(Dialog):
    """Each leads to where its form was opened; there the form offers what was written."""

    drafts = False

    def __init__(self, parent, drafter) -> None:
        self.drafter = drafter
        self.inside = frame("plain")
        self.lines: list = []
        pane = scrolled(self.inside)
        super().__init__(
            parent,
            N_("Unfinished forms"),
            Label(
                N_(
                    "Open the same form again: it offers what was written. What nobody goes on"
                    " with is deleted after 30 days."
                ),
                "sec",
                wrap=True,
            ),
            (pane, 1),
            button=C_("button", "Close"),
            width=WIDTH,
        )
        # Only now: what stands in a dialog reaches its slots once it is one.
        box = column(gap=0, into=self.inside)
        for n, one in enumerate(drafter.left):
            line = column(*([rule()] if n else []), self._line(one), gap=6)
            self.lines.append(line)
            box.layout().addWidget(line)
        box.layout().addStretch(1)
        pane.setMinimumHeight(min(self.inside.sizeHint().height() + 4, theme.px(HIGH)))
        self.cancel_button.hide()

    def _line(self, one):
        typed = [mine for _was, mine in one.fields.values() if isinstance(mine, str) and mine]
        words = " · ".join(text for text in typed if not text.startswith("'"))
        go = Button(C_("draft", "Go there"), slot=self.on_go)
        discard = Button(C_("draft", "Discard"), "ghost", slot=self.on_discard)
        for button in (go, discard):
            button.setProperty("draft", one)
            button.setAutoDefault(False)
        told = column(
            Label(one.title, "secb", wrap=True),
            Label(day(clock.local(one.saved_at), "when"), "cap"),
            Label(words[:FIRST_WORDS], "sec", elide=True),
            gap=2,
        )
        return row((told, 1), (go, Align.AlignTop), (discard, Align.AlignTop), margins=(0, 6, 8, 6))

    def on_go(self) -> None:
        """Go where the form was opened."""
        place = self.sender().property("draft").place
        self.accept()
        if place:
            self.drafter.shell.go(*place)

    def on_discard(self) -> None:
        """Forget one."""
        button = self.sender()
        self.drafter.drop(button.property("draft"))
        line = next(one for one in self.lines if one.isAncestorOf(button))
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        if not self.lines:
            self.accept()
