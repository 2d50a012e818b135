"""Erase a person: what goes, what stays and why, where else the name stands; then type the name."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt, QTimer

from gwangju_desktop.errors import UserError
from gwangju_desktop.members import erasewords, erasing, erasing_preview
from ui import theme
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Dialog, Field, Labelled
from ui.widgets.parts import Align, Icon, Label, column, frame, row, scrolled

WIDTH = 640
LOW, HIGH = 60, 370  # px the preview takes at least and at most
MOST_MENTIONS = 12
_HIDDEN = 4  # mentions under which naming the rest by number saves nothing


def erase(work, *, desk, id: int, reason: str) -> erasing.Outcome:
    """Erase a person on a thread of its own, and let the screens hear of it."""
    outcome = erasing.erase(work.store, id=id, reason=reason)
    desk.look_for_changes()
    return outcome


class EraseDialog(Dialog):
    """The one step that cannot be undone: shown whole before, confirmed by typing the name."""

    drafts = False
    TITLE = N_("Erase a person")
    ERASED = N_("The person was erased.")
    LEFT = N_("The person was erased. This is left to do:")
    preview = staticmethod(erasing_preview.preview)
    act = staticmethod(erase)

    def __init__(self, parent, desk, person_id: int, *above) -> None:
        self.desk = desk
        self.known: erasing_preview.Preview | None = None
        self.working, self.over = False, False
        self.inside = frame("inset")
        self.shown = column(margins=(14, 12, 14, 12), gap=6, into=self.inside)
        self.pane = scrolled(self.inside)
        self.reason = Labelled(
            C_("erase", "Reason"), Field(N_("For example: asked for by the person"))
        )
        self.name = Labelled(C_("erase", "Name"), Field())
        self.progress = Label(N_("Erasing and cleaning up the file…"), "sec")
        self.progress.hide()
        self.lead = Label(
            N_("What goes here goes for good; undo brings nothing back."), "sec", wrap=True
        )
        super().__init__(
            parent,
            self.TITLE,
            *above,
            self.lead,
            self.pane,
            self.reason,
            self.name,
            self.progress,
            button=N_("Erase, without return"),
            icon="trash-2",
            kind="danger",
            width=WIDTH,
        )
        self.button.setAutoDefault(False)
        self.button.setDefault(False)
        self.button.setEnabled(False)
        self.name.field.typing.connect(self.on_typing)
        self.fit()
        self.look(person_id)

    def look(self, id: int) -> None:
        """Read what erasing this one would do."""
        self.id, self.known = id, None
        self.button.setEnabled(False)
        self.desk.read(self.preview, then=self.on_preview, otherwise=self.on_refused, id=id)

    def fit(self) -> None:
        """Give the preview the height it wants, within limits."""
        across = theme.px(WIDTH) - 60  # margins and scroll bar
        wanted = self.inside.layout().totalHeightForWidth(across)
        self.pane.setFixedHeight(max(theme.px(LOW), min(wanted, theme.px(HIGH))))
        self.adjustSize()

    # --- what is said before
    def on_preview(self, known: erasing_preview.Preview) -> None:
        """Show what would happen and ask for the name."""
        self.known = known
        self.name.label.say(N_("Type the name to confirm: {name}"), name=known.name)
        box = self.shown.layout()
        for part in self.parts(known):
            box.addWidget(part)
        # What was added just now counts only once it is shown.
        QTimer.singleShot(0, self, self.fit)
        self.name.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def parts(self, known: erasing_preview.Preview) -> list:
        """Return the preview's rows."""
        parts = [Label(N_("Goes"), "capb")]
        parts += [self.line("trash-2", "bad", part) for part in known.goes]
        parts += [column(4, Label(N_("Stays, and why"), "capb"))]
        parts += [self.line("lock", "text3", part) for part in known.stays]
        if known.mentions:
            parts.append(column(4, Label(N_("Named elsewhere too; correct it there"), "capb")))
            parts += self.mentions(known.mentions)
        if known.histories:
            message = NN_(
                "Older steps in the history of {n} other person name this one; they stay with them.",
                "Older steps in the history of {n} other people name this one; they stay with them.",
            )
            parts.append(self.note(message, n=len(known.histories)))
        parts.append(
            self.note(
                N_(
                    "Attached files, packs and snapshots handed out are not looked into. Copies of the"
                    " office hold the person until they are deleted; keep none for more than"
                    " {months} months."
                ),
                months=erasing.BACKUP_MONTHS,
            )
        )
        return parts

    def line(self, icon: str, ink: str, part: erasing_preview.Line):
        """Return one kind of thing with its number, places and reason."""
        what = say(N_("{what}: {n}"), what=part.what, n=part.n)
        words = [Label(what, "sec", "text", wrap=True)]
        if part.where:
            words.append(
                Label(
                    " · ".join(part.where[:6]) + ("…" if len(part.where) > 6 else ""),
                    "cap",
                    wrap=True,
                )
            )
        if part.why:
            words.append(Label(part.why, "cap", wrap=True))
        return row((Icon(icon, ink, 14), Align.AlignTop), (column(*words, gap=1), 1), gap=8)

    def mentions(self, found) -> list:
        """Return the places that name the person, the first few in words."""
        lines = {erasewords.mention_line(mention): mention.law for mention in found}
        shown = list(lines)
        if len(shown) >= MOST_MENTIONS + _HIDDEN:
            shown = shown[:MOST_MENTIONS]
        parts = []
        for line in shown:
            ink, icon = ("text3", "lock") if lines[line] else ("warn", "triangle-alert")
            label = Label(line, "sec", "text", wrap=True)
            parts.append(row((Icon(icon, ink, 14), Align.AlignTop), (label, 1), gap=8))
        if len(shown) < len(lines):
            parts.append(self.note(N_("and {n} more"), n=len(lines) - len(shown)))
        return parts

    def note(self, message, **values):
        """Return a remark."""
        label = Label(message, "cap", wrap=True, **values)
        return row((Icon("info", "text3", 14), Align.AlignTop), (label, 1), gap=8)

    # --- the act
    def on_typing(self, typed: str) -> None:
        self.button.setEnabled(self.known is not None and self.matches(typed))

    def matches(self, typed: str) -> bool:
        """Say whether that is the name, however it was composed."""
        plain = [unicodedata.normalize("NFC", text).strip() for text in (typed, self.known.name)]
        return plain[0] == plain[1]

    def confirm(self) -> None:
        if self.over or self.working or self.known is None:
            return
        if not self.matches(self.name.field.text()):
            raise UserError(N_("That is not the name."))
        self.working = True
        self.button.setEnabled(False)
        self.cancel_button.setEnabled(False)
        self.progress.show()
        self.desk.work(
            self.act,
            title=N_("Erasing"),
            then=self.on_erased,
            otherwise=self.on_refused,
            desk=self.desk,
            id=self.known.id,
            reason=self.reason.value(),
        )

    def on_refused(self, error: Exception) -> None:
        self.working = False
        self.progress.hide()
        self.cancel_button.setEnabled(True)
        super().on_refused(error)
        self.button.setEnabled(self.known is not None)

    def on_erased(self, outcome: erasing.Outcome) -> None:
        """Close, or stay to say what is left to do."""
        self.working, self.value = False, outcome
        left = erasewords.left_sentences(outcome.left)
        if outcome.backups:
            left.append(
                say(
                    N_(
                        "Older copies beside the office still hold the person; delete them: {files}"
                    ),
                    files=", ".join(outcome.backups),
                )
            )
        if not left:
            self.parent().toast.tell(self.ERASED, undo=False)
            self.accept()
            return
        self.over = True
        self.name.field.clear()
        for part in (self.lead, self.reason, self.name, self.progress, self.button):
            part.hide()
        done = [Label(self.LEFT, "secb", wrap=True)]
        done += [self.note(sentence) for sentence in left]
        self.inside = column(*done, None, margins=(14, 12, 14, 12), gap=8)
        self.pane.setWidget(self.inside)
        self.cancel_button.say(N_("Close")).setEnabled(True)
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self.fit)

    def reject(self) -> None:
        """Close; what is being carried out is waited for, what was done counts as accepted."""
        if self.over:
            self.accept()
        elif not self.working:
            super().reject()
