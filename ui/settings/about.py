"""What the program is, which version, what it is made of; what a helper needs to know."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gwangju_desktop import VERSION, diagnostics, licences
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, say
from ui.widgets.forms import Dialog, Prose
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, column, row


class AboutSection(QWidget):
    """Name, version, licences, diagnostics, the manual."""

    def __init__(self, shell) -> None:
        super().__init__()
        self.shell = shell
        self.licences = Button(N_("Licences"), icon="file-text", slot=self.on_licences)
        self.copy = Button(N_("Copy diagnostics"), icon="copy", slot=self.on_copy)
        self.help = Button(C_("manual", "Manual"), icon="book-open", slot=shell.on_help)
        self.keys = Button(N_("Keys on this page"), icon="info", slot=shell.on_keys)
        self.guide = Button(N_("Guided first meeting"), icon="circle-dot", slot=shell.on_guide)
        column(
            Label(N_("Carbon Neutrality Office"), "h2"),
            Label(N_("Version {version} · works without the internet"), "sec", version=VERSION),
            row(self.help, self.keys, self.guide, None, gap=8),
            10,
            row(self.licences, self.copy, None, gap=8),
            Label(
                N_(
                    "Diagnostics are versions, sizes and counts for whoever helps you; no names, no"
                    " places and nothing that was written into the office."
                ),
                "cap",
                wrap=True,
            ),
            None,
            gap=10,
            into=self,
        )

    def on_licences(self) -> None:
        LicencesDialog(self.window()).open()

    def on_copy(self) -> None:
        """Put the diagnostics on the clipboard; an office that is open is asked first."""
        desk = self.shell.desk
        if desk is not None and desk.store is not None:
            desk.work(told_of_office, title=N_("Gathering the diagnostics"), then=self.on_told)
        else:
            self.on_told([])

    def on_told(self, of_office: list[diagnostics.Line]) -> None:
        lines = [*diagnostics.of_program(of_window()), *of_office]
        QGuiApplication.clipboard().setText(diagnostics.told(lines))
        self.window().toast.tell(N_("Diagnostics copied."), undo=False)


def told_of_office(work) -> list[diagnostics.Line]:
    """Ask the open office; a job for `desk.work`."""
    return diagnostics.of_office(work.store)


def of_window() -> list[diagnostics.Line]:
    """Return (what, value) of Qt and the screens."""
    screens = [
        f"{one.size().width()}x{one.size().height()} at {one.devicePixelRatio():g}"
        for one in QGuiApplication.screens()
    ]
    return [
        ("qt", qVersion()),
        ("platform", QGuiApplication.platformName()),
        ("screens", ", ".join(screens)),
        ("look", f"{theme.mode}, {theme.scale:.0%}"),
    ]


PARTS = Table(
    (
        Column("name", N_("Name"), cell=lambda part: Cell(part.held.name, role="secb")),
        Column("version", C_("licences", "Version"), 90, cell=lambda part: Cell(part.held.version)),
        Column(
            "terms",
            C_("licences", "Licence"),
            250,
            cell=lambda part: Cell(say(licences.said(part.held))),
        ),
    )
)


class Held:
    """A row of the list of what the program is made of."""

    def __init__(self, id: int, held: licences.Part) -> None:
        self.id, self.held = id, held


class LicencesDialog(Dialog):
    """What the program is made of and under which terms, as it is installed here."""

    drafts = False

    def __init__(self, parent: QWidget) -> None:
        parts = [*licences.assets(), *licences.libraries()]
        own = licences.own()
        if own is not None:
            name = say(N_("Carbon Neutrality Office"))
            parts.insert(0, licences.Part(name, VERSION, "MIT", (own,)))
        self.list = RowList(RowTable(PARTS), N_("Licences"), height=30)
        self.list.model().show([Held(n, part) for n, part in enumerate(parts)])
        self.words = Prose(C_("licences", "Licence"), read_only=True)
        self.words.setMinimumHeight(theme.px(130))
        self.list.setFixedHeight(theme.px(190))
        super().__init__(
            parent,
            N_("Licences"),
            Label(licences.QT, "sec", wrap=True),
            self.list,
            (self.words, 1),
            button=C_("dialog", "Close"),
            width=700,
        )
        self.cancel_button.hide()
        self.list.previewed.connect(self.on_row)
        self.list.choose_first()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_row(self, n: int) -> None:
        self.words.show_text(licences.words_of(self.list.model().row(n).held))
