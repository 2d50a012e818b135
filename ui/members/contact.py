"""One masked line of contact data in a card."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from db.vocab import Access, ConsentField
from gwangju_desktop.members import access
from ui import theme
from ui.members.access import reveal
from ui.text import N_
from ui.widgets.parts import Button, Label, row


class Contact:
    """One masked line of contact data: shown on request, which leaves a record, and copied so."""

    def __init__(self, card, kind: str, caption) -> None:
        self.card, self.kind = card, kind
        self.shown = False
        self.value = Label("", "sec", "text", wrap=True)
        self.eye = Button("", "ghost", "eye", name=N_("Show; this is recorded"), slot=self.on_show)
        self.copy = Button(
            "", "ghost", "copy", name=N_("Copy; this is recorded"), slot=self.on_copy
        )
        self.caption = Label(caption, "cap").wide(76)
        self.widget = row(self.caption, 6, (self.value, 1), self.eye, self.copy, gap=2)
        self.widget.setFixedHeight(theme.px(30))

    def raw(self) -> str:
        """Return what is kept."""
        return self.card.record.phone if self.kind == ConsentField.PHONE else self.card.record.email

    def hide(self) -> None:
        """Mask the line again."""
        self.shown = False
        self.renew()

    def renew(self) -> None:
        """Write the line, masked unless it was asked for."""
        raw = self.raw()
        mask = access.masked_phone if self.kind == ConsentField.PHONE else access.masked_email
        self.value.say((raw if self.shown else mask(raw)) or "–")
        recorded = bool(raw) and not self.card.desk.read_only  # who looks must leave a record
        self.eye.setVisible(recorded and not self.shown)
        self.copy.setVisible(recorded)

    def on_show(self) -> None:
        reveal(self.card.desk, self.on_recorded, None, [self.card.record.id], [self.kind])

    def on_recorded(self, _id) -> None:
        self.shown = True
        self.renew()

    def on_copy(self) -> None:
        reveal(
            self.card.desk,
            self.on_copied,
            None,
            [self.card.record.id],
            [self.kind],
            action=Access.COPY.value,
        )

    def on_copied(self, _id) -> None:
        QGuiApplication.clipboard().setText(self.raw())
        self.card.page.toast(N_("Copied; this was recorded."))
