"""An editor whose text is kept by itself: drafts, records, and the question which of two texts stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui import alerts
from ui.meetings.keeping import Keeper
from ui.text import N_
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row

BEGINNING = 80


class Verbs(NamedTuple):
    """How the text of a place is kept, recorded, its draft dropped, and the place looked at."""

    keep: Callable
    record: Callable
    forget: Callable
    look: Callable


class Offer(QWidget):
    """Asks which of two texts stays: a draft that was left, or one written on another PC."""

    def __init__(self, take, drop) -> None:
        super().__init__()
        self.words = Label("", "sec", "text", wrap=True)
        self.take = Button(slot=take)
        self.drop = Button(kind="ghost", slot=drop)
        inside = frame("inset")
        column(
            row((Icon("circle-alert", "warn"), Align.AlignTop), (self.words, 1), gap=8),
            row(None, self.drop, self.take, gap=8),
            margins=(12, 8, 12, 8),
            gap=6,
            into=inside,
        )
        column(inside, gap=0, into=self)
        self.hide()

    def ask(self, message, take, drop, **values: object) -> None:
        """Show the question and what the two buttons do."""
        self.words.say(message, **values)
        self.take.say(take)
        self.drop.say(drop)
        self.show()


class Writing(QObject):
    """The text of one place at a time in an editor, on its way into the office.

    `saved` says when it was kept last, `wrong` why it was not; both and `offer` belong on screen.
    """

    safe = Signal()  # all that was typed is recorded

    def __init__(self, owner: QWidget, desk, edit, verbs: Verbs) -> None:
        super().__init__(owner)
        self.desk, self.edit, self.verbs = desk, edit, verbs
        self.keeper: Keeper | None = None
        self.leaving: set[Keeper] = set()
        self.found = None
        self.where: dict = {}
        self.offer = Offer(self.on_take, self.on_drop)
        self.saved = Label("", "cap", elide=True)
        self.wrong = Label("", "cap", "bad", wrap=True)
        self.wrong.hide()
        edit.typed.connect(self.on_typed)

    def show(self, found, where: dict, writes: bool) -> None:
        """Show a text from its beginning; a draft that is newer is offered."""
        self.leave()
        self.found, self.where = found, where
        self.offer.hide()
        self.wrong.hide()
        self.saved.say("")
        self.edit.show_text(found.text)
        self.edit.setReadOnly(not writes)
        if not writes:
            return
        self.keeper = Keeper(
            self,
            self.desk,
            keep=self.verbs.keep,
            record=self.verbs.record,
            where=where,
            version=found.version,
            text=found.text,
            read=self.edit.toPlainText,
        )
        self.keeper.kept.connect(self.on_kept)
        self.keeper.refused.connect(self.on_refused)
        self.keeper.finished.connect(self.on_left)
        if found.draft is not None:
            self.edit.setReadOnly(True)
            self.offer.ask(
                N_("Typed until {at:time} and not recorded: {text}"),
                N_("Go on with it"),
                N_("Drop it"),
                at=found.draft_at,
                text=beginning(found.draft),
            )

    def may_follow(self, version) -> bool:
        """Say whether what another PC wrote may take the place of what is shown."""
        keeper = self.keeper
        if keeper is None:
            return self.found is None or self.found.version != version
        busy = keeper.unsaved or keeper.stuck or not self.offer.isHidden()
        return not busy and keeper.version != version

    @property
    def unsaved(self) -> bool:
        """Say whether something typed is not recorded."""
        return self.keeper is not None and self.keeper.unsaved

    def record(self) -> None:
        """Record what was typed."""
        if self.keeper is not None and self.offer.isHidden():
            self.keeper.record()

    def leave(self) -> None:
        """Record what was typed in the place that is left."""
        keeper, self.keeper = self.keeper, None
        if keeper is None:
            return
        if not self.offer.isHidden():
            # Nothing was typed yet; the draft stays as it is.
            keeper.deleteLater()
            return
        self.leaving.add(keeper)
        keeper.leave()

    def on_left(self, keeper: Keeper) -> None:
        self.leaving.discard(keeper)
        keeper.deleteLater()

    def on_typed(self) -> None:
        if self.keeper is not None:
            self.keeper.typed()

    def on_kept(self, at) -> None:
        if self.sender() is not self.keeper:
            return
        self.wrong.hide()
        self.saved.say(N_("Saved by itself {at:time}"), at=at)
        if not self.keeper.unsaved:
            self.safe.emit()

    def on_refused(self, error: Exception) -> None:
        sentence = alerts.sentence(error)
        if sentence is None or self.sender() is not self.keeper:
            alerts.tell(error)
            return
        self.wrong.say(sentence)
        self.wrong.show()
        if self.keeper.stuck:
            self.desk.read(self.verbs.look, then=self.on_other, **self.where)

    def on_other(self, found) -> None:
        """Show what stands in the office where the text was refused; both are kept."""
        keeper = self.keeper
        if keeper is None:
            return
        self.found = found
        if found.version == keeper.version:
            keeper.stuck = False  # no other writer: the next pause tries again
            return
        self.offer.ask(
            N_("Written on another PC: {text}"),
            N_("Keep mine"),
            N_("Take theirs"),
            text=beginning(found.text),
        )

    def on_take(self) -> None:
        """Go on with the text that is not recorded."""
        self._answered()
        if self.keeper is None:
            return
        if self.keeper.stuck:
            self.keeper.go_on(self.found.version)
            return
        self.edit.show_text(self.found.draft or "")
        self.keeper.record()
        self.edit.setFocus()

    def on_drop(self) -> None:
        """Leave the text that is recorded."""
        self._answered()
        keeper = self.keeper
        if keeper is None:
            return
        self.desk.do(self.verbs.forget, **self.where)
        keeper.recorded = keeper.drafted = self.found.text
        keeper.version, keeper.stuck = self.found.version, False
        self.edit.show_text(self.found.text)

    def _answered(self) -> None:
        self.offer.hide()
        self.wrong.hide()
        self.edit.setReadOnly(False)


def beginning(text: str) -> str:
    """Return the beginning of a text in one line."""
    one = " ".join(text.split())
    return f"{one[:BEGINNING]}…" if len(one) > BEGINNING else one
