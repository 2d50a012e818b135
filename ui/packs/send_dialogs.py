"""Forms of what goes out and cannot be taken back: the pack, a supplement, a revision."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.vocab import Edition
from gwangju_desktop.errors import UserError
from ui.packs.words import SHORT_EDITIONS
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Check, Dialog, Field, Labelled
from ui.widgets.parts import Align, Icon, Label, column, row, scrolled

FOR_GOOD = N_("This leaves the office and is not undone.")
NO_REASON = N_("Write why: it stands on the first sheet.")
MOST = 8  # lines of a list that are shown without scrolling
LINE = 26


class SendDialog(Dialog):
    """Something that goes out; `ordered(values)` says what the person wants."""

    ordered = Signal(object)

    def reason(self, field: Labelled) -> str:
        """Return the reason that was written; raises UserError without one."""
        if not field.value():
            field.wrong(say(NO_REASON))
            raise UserError(NO_REASON)
        return field.value()

    def order(self, **values: object) -> None:
        """Close, and have it done: it takes longer than a form may stand."""
        self.accept()
        self.ordered.emit(values)


class IssueDialog(SendDialog):
    """Issue the pack: its numbers hold from then on, its files are kept."""

    def __init__(self, parent: QWidget, number: int, pages: int, faults: int) -> None:
        self.number = number
        self.reason_field = Labelled(
            N_("Why it goes out again"), Field(), N_("It stands in the list of what went out.")
        )
        self.reason_field.setVisible(number > 1)
        self.editions = {
            edition: Check(SHORT_EDITIONS[edition], True)
            for edition in (Edition.PUBLIC, Edition.CHAIR, Edition.LARGE)
        }
        parts = [
            Label(
                N_(
                    "{pages} pages keep their numbers from now on; what changes later goes out as a supplement or a revision."
                ),
                "sec",
                wrap=True,
                pages=pages,
            )
        ]
        if faults:
            words = Label(
                NN_("{n} finding is still open.", "{n} findings are still open."),
                "sec",
                "warn",
                wrap=True,
                n=faults,
            )
            parts.append(row((Icon("circle-alert", "warn"), Align.AlignTop), (words, 1), gap=8))
        super().__init__(
            parent,
            N_("Issue the pack"),
            *parts,
            column(
                Label(N_("Made with it, under the same page numbers"), "secb"),
                row(*self.editions.values(), None, gap=16),
                gap=5,
            ),
            self.reason_field,
            Label(FOR_GOOD, "cap", wrap=True),
            button=C_("issue", "Issue pack {n}"),
            width=480,
        )
        self.button.say(C_("issue", "Issue pack {n}"), n=number)

    def confirm(self) -> None:
        reason = self.reason(self.reason_field) if self.number > 1 else ""
        editions = [edition.value for edition, box in self.editions.items() if box.value()]
        self.order(reason=reason, editions=editions)


class Changed(QWidget):
    """Parts that changed, each with a box: only those marked go out."""

    def __init__(self, title, parts) -> None:
        super().__init__()
        self.boxes = []
        for part in parts:
            name = part.title or say(N_("Not public (for members)"))
            if part.page:
                box = Check(N_("{title} · p. {page}"), True, title=name, page=part.page)
            else:
                box = Check(name, True)
            self.boxes.append((part.key, box))
        lines = column(*(box for _key, box in self.boxes), None, gap=6)
        if len(self.boxes) > MOST:
            lines = scrolled(lines)
            lines.setFixedHeight(MOST * LINE)
        column(Label(title, "secb"), lines, gap=6, into=self)
        self.setVisible(bool(self.boxes))

    def keys(self) -> list[str]:
        """Return the keys of the parts that are marked."""
        return [key for key, box in self.boxes if box.value()]


class SupplementDialog(SendDialog):
    """Send out what came after the pack."""

    def __init__(self, parent: QWidget, number: int, start: int, changes) -> None:
        self.new = Changed(N_("Came since the pack went out"), changes.new)
        self.reason_field = Labelled(
            N_("Reason"), Field(), N_("For example: came late, urgent, put off before.")
        )
        super().__init__(
            parent,
            N_("Send out a supplement"),
            self.new,
            self.reason_field,
            Label(
                N_("Its pages go on from {start}; the numbers on paper stay."),
                "sec",
                wrap=True,
                start=start,
            ),
            Label(FOR_GOOD, "cap", wrap=True),
            button=C_("issue", "Issue supplement {n}"),
            width=480,
        )
        self.button.say(C_("issue", "Issue supplement {n}"), n=number)

    def confirm(self) -> None:
        reason = self.reason(self.reason_field)
        if not self.new.keys():
            raise UserError(N_("Mark what goes out."))
        self.order(reason=reason, keys=self.new.keys())


class RevisionDialog(SendDialog):
    """Send out pages that take the place of those on paper."""

    def __init__(self, parent: QWidget, number: int, changes) -> None:
        self.changed = Changed(N_("Says something else now"), changes.changed)
        self.withdrawn = Changed(N_("No longer in the pack: withdrawn"), changes.withdrawn)
        self.reason_field = Labelled(N_("Reason"), Field())
        super().__init__(
            parent,
            N_("Send out a revision"),
            self.changed,
            self.withdrawn,
            self.reason_field,
            Label(
                N_(
                    "Its pages keep the old numbers; what needs more room goes on as 37-1. The first sheet lists the changes."
                ),
                "sec",
                wrap=True,
            ),
            Label(FOR_GOOD, "cap", wrap=True),
            button=C_("issue", "Issue revision {n}"),
            width=480,
        )
        self.button.say(C_("issue", "Issue revision {n}"), n=number)

    def confirm(self) -> None:
        reason = self.reason(self.reason_field)
        changed, withdrawn = self.changed.keys(), self.withdrawn.keys()
        if not changed and not withdrawn:
            raise UserError(N_("Mark what goes out."))
        self.order(reason=reason, changed=changed, withdrawn=withdrawn)
