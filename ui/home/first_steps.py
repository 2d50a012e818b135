"""The first page of a new office: what is there, what comes next, each a click away."""

from __future__ import annotations

from gwangju_desktop import first_steps
from ui.home.cards import Card
from ui.text import C_, N_, Msg
from ui.widgets.parts import Button, Icon, Label, column, row, rule


class FirstStepsCard(Card):
    """Three steps to the first meeting; gone once each was taken."""

    STEPS: tuple[tuple[str, Msg, Msg, Msg, str], ...] = (
        (
            "body",
            N_("Set up the committee"),
            N_("Its name, its ordinance and how many seats it has."),
            N_("Add body"),
            "members.body.add",
        ),
        (
            "members",
            N_("Enter the roll of members"),
            N_("From a spreadsheet (.xlsx, .csv), or one by one."),
            N_("Import members"),
            "members.import",
        ),
        (
            "meeting",
            N_("Prepare the first meeting"),
            N_("Day and place; the days for notice and papers follow from the ordinance."),
            N_("New meeting"),
            "meetings.new",
        ),
    )

    def __init__(self, page) -> None:
        super().__init__(page)
        self.marks: dict[str, Icon] = {}
        self.buttons: dict[str, Button] = {}
        self.count = Label("", "cap")
        lines: list = []
        for key, title, hint, button, action in self.STEPS:
            self.marks[key] = Icon("circle-dashed", "text3", 20)
            self.buttons[key] = Button(button, slot=self.on_step)
            self.buttons[key].setProperty("action", action)
            words = column(Label(title, "strong"), Label(hint, "sec", wrap=True), gap=2)
            lines += [rule(), row(self.marks[key], (words, 1), self.buttons[key], gap=14)]
        head = row(Label(N_("First steps"), "h2"), None, self.count)
        column(head, *lines, margins=(16, 14, 16, 14), gap=10, into=self)
        self.hide()

    def look(self) -> None:
        """Ask what is there."""
        self.page.desk.read(first_steps.first_steps, then=self.on_steps)

    def on_steps(self, steps) -> None:
        """Show what is left; the next step leads."""
        taken = [getattr(steps, key) for key, *_rest in self.STEPS]
        next_ = taken.index(False) if False in taken else -1
        for n, (key, *_rest) in enumerate(self.STEPS):
            self.marks[key].show_icon(
                "circle-check" if taken[n] else "circle-dashed", "ok" if taken[n] else "text3"
            )
            # A body is named by the first step; without it the others have nothing to go to.
            self.buttons[key].setVisible(not taken[n])
            self.buttons[key].as_kind("primary" if n == next_ else "default")
        self.count.say(C_("first steps", "{done} of {all} done"), done=sum(taken), all=len(taken))
        self.setVisible(not steps.over and not self.page.desk.read_only)

    def on_step(self) -> None:
        self.window().shell.act(self.sender().property("action"))
