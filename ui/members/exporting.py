"""Export the roll: of whom, on which day, with contacts only for a reason."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from db.vocab import Access
from gwangju_desktop import clock
from gwangju_desktop.members import access, exporting
from ui.text import C_, N_, day, say
from ui.widgets.forms import Check, Choice, DateField, Dialog, Field, Labelled
from ui.widgets.parts import Label

FILES = "CSV (*.csv);;XLSX (*.xlsx);;Popolo JSON (*.json)"
SUFFIXES = {"CSV (*.csv)": ".csv", "XLSX (*.xlsx)": ".xlsx", "Popolo JSON (*.json)": ".json"}


def export(work, *, path: Path, body_id: int | None, on: dt.date | None, contacts: bool, reason):
    """Write the roll; who took contacts and why is recorded before the file is there."""
    with work.reading() as read:
        made = exporting.roll(read, body_id=body_id, on=on, contacts=contacts)
    if contacts:
        work.run(
            access.record_access,
            action=Access.EXPORT.value,
            fields=list(exporting.CONTACTS),
            people=made.people,
            reason=reason,
        )
    exporting.write(path, made)
    return len(made.rows)


class ExportDialog(Dialog):
    """What of the roll is written, then where."""

    def __init__(
        self,
        parent: QWidget,
        desk,
        bodies: list[tuple[int, str]],
        body_id: int | None = None,
        on: dt.date | None = None,
        saved=None,
    ) -> None:
        self.desk, self.saved = desk, saved
        options = [(None, N_("All bodies, with people without a seat"))]
        options += [(id, name) for id, name in bodies]
        self.body = Labelled(N_("Roll of"), Choice(options, N_("Roll of"), body_id))
        self.on = Labelled(
            N_("In office on"),
            DateField(N_("In office on"), on),
            N_("Empty: all terms, past ones too"),
        )
        self.contacts = Check(N_("With phone numbers, e-mail addresses and disability"))
        self.contacts.toggled.connect(self.on_contacts)
        self.reason = Labelled(
            N_("What they are needed for"), Field(), N_("It is kept in the access record.")
        )
        self.reason.hide()
        note = N_("The file imports again with nothing changed: it names people by identifier.")
        super().__init__(
            parent,
            N_("Export members"),
            self.body,
            self.on,
            self.contacts,
            self.reason,
            Label(note, "cap", wrap=True),
            button=C_("import", "Export"),
            icon="download",
            width=460,
        )
        # Contacts leave a record, which an office that is only read cannot take.
        self.contacts.setVisible(not desk.read_only)

    def on_contacts(self, wanted: bool) -> None:
        """Ask for the reason only when there is something to give one for."""
        self.reason.setVisible(wanted)
        self.adjustSize()
        if wanted:
            self.reason.field.setFocus()

    def confirm(self) -> None:
        """Ask where to, then write."""
        on, contacts = self.on.value(), self.contacts.value()
        exporting.check(Path("x.csv"), contacts=contacts, reason=self.reason.value())
        name = f"{say(N_('Members'))} {day(on or clock.today(), 'full').replace(' ', '')}.csv"
        asked, kind = QFileDialog.getSaveFileName(self, say(N_("Export members")), name, FILES)
        if asked:
            path = Path(asked)
            if path.suffix.lower() not in exporting.SUFFIXES:
                path = path.with_name(path.name + SUFFIXES.get(kind, ".csv"))
            self.write(path)

    def write(self, path: Path) -> None:
        """Write what was asked for to a file."""
        self.path = path
        self.button.setEnabled(False)
        self.desk.work(
            export,
            title=N_("Exporting members"),
            then=self.on_written,
            otherwise=self.on_refused,
            path=path,
            body_id=self.body.value(),
            on=self.on.value(),
            contacts=self.contacts.value(),
            reason=self.reason.value(),
        )

    def on_written(self, _rows: int) -> None:
        """Say where the file is."""
        if self.saved is not None:
            self.saved(C_("energy", "Saved: {name}"), name=self.path.name)
        self.accept()
