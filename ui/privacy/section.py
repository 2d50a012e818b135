"""Personal data among the settings: what is due to go, who agreed, one person's copy."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from gwangju_desktop import clock
from gwangju_desktop.members import access
from gwangju_desktop.privacy import consents, due, subject
from ui.members.pickers import PersonPicker
from ui.text import C_, N_, NN_, day, say
from ui.widgets.forms import Labelled
from ui.widgets.parts import Align, Button, Label, column, row, rule

MOST = 12  # lines of each kind; the command line lists all
# The room, and the kind of record there, where each is erased.
PLACES = {"person": "members", "proposal": "proposals", "poll_wave": "polls"}


class PrivacySection(QWidget):
    """The retention table with what is due, the consents, and the copy for one person."""

    def __init__(self, shell) -> None:
        super().__init__()
        self.shell, self.desk = shell, shell.desk
        self.due = column(gap=8)
        self.agreed = column(gap=6)
        self.person = Labelled(N_("Person"), PersonPicker(self.desk, N_("Person")))
        self.write = Button(N_("Save their copy…"), icon="download", slot=self.on_write)
        self.write.setEnabled(not self.desk.read_only)
        self.record = Button(N_("Access record…"), slot=self.on_record)
        column(
            Label(N_("Due to be erased"), "secb"),
            Label(
                N_("Nothing goes by itself; each line leads to the record where it is erased."),
                "sec",
                wrap=True,
            ),
            self.due,
            rule(),
            Label(N_("Consents"), "secb"),
            self.agreed,
            rule(),
            Label(N_("Everything held of one person"), "secb"),
            Label(
                N_(
                    "A ZIP for the person who asks for it: a page to read, JSON and tables. It"
                    " holds contact data, so the access record notes it."
                ),
                "sec",
                wrap=True,
            ),
            row((self.person, 1), (self.write, Align.AlignBottom), gap=8),
            row(self.record, None),
            None,
            gap=12,
            into=self,
        )
        self.desk.changed.connect(self.on_changed)
        self.ask()

    def ask(self) -> None:
        """Read what stands."""
        self.desk.read(_look, then=self.on_looked)

    def on_changed(self, changes) -> None:
        if changes.touches("person", "membership", "proposer", "consent", "setting", "poll_wave"):
            self.ask()

    def on_looked(self, found) -> None:
        """Show the lists anew."""
        listed, known = found
        _empty(self.due)
        for one in listed[:MOST]:
            self.due.layout().addWidget(self._line(one))
        more = len(listed) - MOST
        if more > 0:
            words = NN_("{n} more is due.", "{n} more are due.")
            self.due.layout().addWidget(Label(words, "sec", n=more))
        if not listed:
            self.due.layout().addWidget(Label(N_("Nothing is due."), "sec"))
        _empty(self.agreed)
        for one in known.agreed:
            self.agreed.layout().addWidget(
                Label(
                    N_("{field} · {purpose}: {n} agree, {gone} took it back; since {day:full}"),
                    "sec",
                    wrap=True,
                    field=access.fields_said([one.field]),
                    purpose=one.purpose,
                    n=one.given,
                    gone=one.withdrawn,
                    day=one.first,
                )
            )
        words = NN_(
            "Contact data of {n} person is held without a consent in force.",
            "Contact data of {n} people is held without a consent in force.",
        )
        self.agreed.layout().addWidget(Label(words, "sec", wrap=True, n=known.without))

    def _line(self, one: due.Due) -> QWidget:
        kind = next(kind for kind in due.table() if kind.key == one.kind)
        label = Label(one.name, "text", "text", wrap=True)
        told = f"{say(kind.title)} · {day(one.due_on)}"
        under = Label(told, "cap", wrap=True)
        under.setToolTip(kind.source)
        button = Button(C_("privacy", "Open"), slot=lambda: self.on_open(one.table, one.id))
        return row((column(label, under, gap=2), 1), button, gap=8)

    def on_open(self, table: str, id: int) -> None:
        self.shell.go(PLACES[table], id, table)

    def on_record(self) -> None:
        self.shell.go("members", 0, "access_record")

    def on_write(self) -> None:
        """Ask where, then write on a thread of its own."""
        person = self.person.field.value()
        if person is None:
            self.person.wrong(say(N_("Choose somebody of the list.")))
            self.person.field.setFocus()
            return
        self.person.right()
        name, _filter = QFileDialog.getSaveFileName(
            self.window(),
            say(N_("Save their copy…")),
            str(Path.home() / say(N_("Copy of personal data"))) + ".zip",
            say(N_("ZIP files ({pattern})"), pattern="*.zip"),
        )
        if name:
            path = Path(name) if name.lower().endswith(".zip") else Path(f"{name}.zip")
            self.desk.work(
                _write,
                title=N_("Saving personal data"),
                then=self.on_written,
                desk=self.desk,
                person=person,
                path=path,
            )

    def on_written(self, count: int) -> None:
        words = NN_("{n} record saved.", "{n} records saved.")
        self.window().toast.tell(words, undo=False, n=count)


def _empty(box: QWidget) -> None:
    while (item := box.layout().takeAt(0)) is not None:
        item.widget().hide()
        item.widget().deleteLater()


def _look(read):
    return due.due(read, today=clock.today()), consents.overview(read)


def _write(work, *, desk, person: int, path: Path) -> int:
    held = subject.export(work.store, id=person, path=path)
    desk.look_for_changes()
    return held.rows
