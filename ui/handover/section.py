"""Settings: who has the office file, and what can be done about it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gwangju_desktop.handover.state import Standing, State
from gwangju_desktop.handover.words import LIMITS, TOLD
from ui.handover import giving, taking
from ui.handover.giving import AgainDialog, BreakDialog, GiveDialog
from ui.text import C_, N_, day
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row, rule

_ICONS = {
    Standing.ALONE: ("hard-drive", "text3"),
    Standing.HERE: ("circle-check", "ok"),
    Standing.AWAY: ("lock", "warn"),
    Standing.UNFINISHED: ("triangle-alert", "bad"),
}


class HandoverSection(QWidget):
    """The state in one card, the acts that fit it, what the program can and cannot know."""

    def __init__(self, shell) -> None:
        super().__init__()
        self.shell = shell
        self.told: State | None = None
        self.icon = Icon("hard-drive", "text3", 20)
        self.sentence = Label(N_("No office is open."), "strong", wrap=True)
        self.facts = Label("", "sec", wrap=True)
        self.give = Button(N_("Hand over…"), "primary", "upload", slot=self.on_give)
        self.back = Button(N_("Give back…"), "primary", "undo-2", slot=self.on_back)
        self.again = Button(N_("Write the file again…"), "primary", "upload", slot=self.on_again)
        self.stay = Button(N_("Keep the office here"), icon="hard-drive", slot=self.on_stay)
        self.take = Button(N_("Take over a file…"), icon="download", slot=self.on_take)
        self.compare = Button(N_("Compare two copies…"), icon="table", slot=self.on_compare)
        self.end = Button(N_("Break off…"), "danger", slot=self.on_break)
        self.post = Button(N_("Handover of the post…"), icon="file-text", slot=self.on_post)
        card = frame("card")
        inside = column(
            row((self.icon, Align.AlignTop), (column(self.sentence, self.facts, gap=4), 1), gap=12),
            6,
            row(
                self.give, self.back, self.again, self.stay, self.take, self.compare, None, self.end
            ),
            gap=8,
        )
        column(inside, margins=(18, 16, 18, 16), into=card)
        lines = [
            row(
                (Icon("info", "text3", 14), Align.AlignTop),
                (Label(one, "sec", wrap=True), 1),
                gap=8,
            )
            for one in LIMITS
        ]
        column(
            Label(
                N_(
                    "Two or three people without a server: the whole office goes from PC to PC as"
                    " one sealed file. One copy is written to; the others wait and only read."
                ),
                "sec",
                wrap=True,
            ),
            card,
            rule(),
            Label(N_("What the program can know, and what it cannot"), "h3"),
            *lines,
            rule(),
            Label(N_("Somebody else takes over the post"), "h3"),
            Label(
                N_(
                    "One document to sign: open deadlines and actions, proposals whose clock runs,"
                    " settings, backups, the signing key and who has the office file."
                ),
                "sec",
                wrap=True,
            ),
            row(self.post, None),
            None,
            gap=12,
            into=self,
        )
        self._offer()
        self.renew()

    def renew(self) -> None:
        """Look who has the office file."""
        desk = self.shell.desk
        if desk is None or desk.store is None:
            return
        if desk.store.shared:
            self.sentence.say(
                N_("An office on a server is not handed over: everybody opens it there.")
            )
        else:
            desk.work(giving.look, title=N_("Looking who has the office file"), then=self.on_told)

    def on_told(self, told: State) -> None:
        """Show it."""
        self.told = told
        self.icon.show_icon(*_ICONS[told.standing])
        self.sentence.say(TOLD[told.standing], number=told.number, to=told.to, at=told.at)
        self._say_facts(told)
        self._offer()

    def _say_facts(self, told: State) -> None:
        if told.standing is Standing.AWAY and told.sha256:
            message = N_("Handover {number} · {file}\nSHA-256 {sha256}")
        elif told.standing is Standing.UNFINISHED:
            message = (
                N_("Was to be written to {file}; it is not there, so nobody can have it.")
                if told.reachable
                else N_("Whether {file} was written cannot be seen: its folder is not there.")
            )
        elif told.standing is Standing.HERE and told.reason:
            message = N_("The handover to {to} was broken off: {reason}")
        elif told.standing is Standing.HERE and told.taken_at:
            message = N_("Given by {by}, taken over on {taken} on {pc}")
        else:
            message = ""
        self.facts.say(
            message,
            number=told.number,
            file=told.file,
            sha256=told.sha256,
            to=told.to,
            by=told.by,
            reason=told.reason,
            taken=day(told.taken_at.date(), "full") if told.taken_at else "",
            pc=told.pc,
        )
        self.facts.setVisible(bool(message))

    def _offer(self) -> None:
        told = self.told
        standing = told.standing if told is not None else None
        writable = self.shell.desk is not None and not self.shell.desk.read_only
        here = standing in (Standing.ALONE, Standing.HERE) and writable
        given = standing is Standing.HERE and bool(told.taken_at) and not told.reason
        unfinished = standing is Standing.UNFINISHED
        for button, shown in (
            (self.give, here and not given),
            (self.back, here and given),
            (self.again, unfinished),
            (self.stay, unfinished and told.reachable),
            (self.take, not unfinished),
            (self.compare, not unfinished),
            (self.end, standing is Standing.AWAY or (unfinished and not told.reachable)),
        ):
            button.setVisible(shown)
        self.post.setEnabled(self.shell.desk is not None and self.shell.desk.store is not None)
        self.take.as_kind("primary" if standing is Standing.AWAY else "default")

    # --- acts
    def on_give(self) -> None:
        GiveDialog(self.shell).open()

    def on_back(self) -> None:
        GiveDialog(self.shell, self.told.by).open()

    def on_again(self) -> None:
        AgainDialog(self.shell, self.told).open()

    def on_stay(self) -> None:
        self.shell.desk.work(
            giving.stay, title=C_("handover", "Keeping the office here"), then=self.on_stayed
        )

    def on_stayed(self, _value: object) -> None:
        self.shell.open_office(self.shell.where)

    def on_take(self) -> None:
        taking.ask(self.shell)

    def on_compare(self) -> None:
        from ui.handover.comparing import CompareDialog

        CompareDialog(self.shell).open()

    def on_post(self) -> None:
        from ui.handover.post import PostDialog

        PostDialog(self.shell).open()

    def on_break(self) -> None:
        BreakDialog(self.shell, self.told).open()
