"""Whether the history is whole, and agrees with what was noted of it outside."""

from __future__ import annotations

from pathlib import Path

from gwangju_desktop.backups import automatic
from gwangju_desktop.history import anchors, chain
from ui.backups import places
from ui.text import N_
from ui.widgets.fields import Field
from ui.widgets.parts import Button, Icon, Label, column, frame, row

CHECKING = N_("Checking the history")
FILES = N_("Review copies and backups ({pattern})")


def check_chain(work, office, folders):
    """Go through the chain on the work's own thread, with what was noted outside.

    Only here other `folders` are looked into: a share that is away may take its time.
    """
    with work.reading() as read:
        return chain.check(read, anchors.gather(read, office, folders), told=work.progress)


def look(read, office):
    """Compare what was noted outside, without going through the chain."""
    return chain.glance(read, anchors.gather(read, office))


def compare(read, noted):
    """Compare one thing that was noted outside."""
    return chain.glance(read, [noted])


def compare_file(read, path: Path):
    """Compare what a review copy or a backup noted."""
    return compare(read, anchors.of_file(path))


class ChainCard:
    """One line of state with what can be checked; `frame` stands under the list."""

    def __init__(self, page) -> None:
        self.page, self.desk = page, page.desk
        self.verdict = None
        self.icon = Icon("shield-check", "text3", 18)
        self.said, self.agrees = Label("", "secb", wrap=True), Label("", "cap", wrap=True)
        self.checking = Button(N_("Check"), icon="shield-check", slot=page.on_check)
        self.checking.named(N_("Check the history"))
        self.filing = Button(N_("Compare with a file"), icon="folder-open", slot=page.on_compare)
        self.mark = Field(N_("Printed mark, 1234 · 5f0c9a1b"), width=230)
        self.mark.returnPressed.connect(page.on_mark)
        self.frame = frame("card")
        column(
            row(self.icon, (self.said, 1), self.checking, self.filing, gap=10),
            row((self.agrees, 1), self.mark, Button(N_("Compare"), slot=page.on_mark), gap=8),
            margins=(14, 10, 12, 10),
            gap=8,
            into=self.frame,
        )

    @property
    def office(self) -> Path | None:
        """The office's file, beside which its backups lie; None on a server."""
        store = self.desk.store
        return None if store is None or store.shared else Path(store.office.place)

    @property
    def folders(self) -> list[Path]:
        """The second folder of backups that this person chose, if any."""
        chosen = places.second(self.office) if self.office is not None else None
        return [automatic.within(chosen.chosen, self.office)] if chosen is not None else []

    def show_verdict(self, verdict) -> None:
        """Say what was found."""
        self.verdict = verdict
        self.said.say(verdict.said)
        if verdict.whole:
            ink, icon = ("ok", "shield-check") if verdict.checked else ("text2", "shield-check")
            self.agrees.say(verdict.agreeing)
        else:
            ink, icon = "bad", "shield-alert"
            self.agrees.say("\n".join(verdict.problems[:5]))
        self.icon.show_icon(icon, ink)
        self.said.ink("bad" if not verdict.whole else "text")
