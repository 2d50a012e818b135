"""The monitors of a plan, the keys they sign with, and the files that came from them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from gwangju_desktop.reviews import answering, monitors
from ui.commitments.review_forms import KeyDialog
from ui.energy.form_parts import labelled
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Choice, Dialog
from ui.widgets.parts import Button, Label, column, row, scrolled

SHEETS = N_("Sheets ({pattern})")


class SheetDialog(Dialog):
    """Say whose sheet it is."""

    def __init__(self, page, whole, path: Path) -> None:
        self.page, self.whole, self.path = page, whole, path
        title = C_("review", "Monitor")
        people = [(one.person.id, one.person.name) for one in whole.monitors]
        self.person = labelled(title, Choice(people, title, people[0][0] if people else None))
        super().__init__(
            page.window(),
            C_("review", "Take in a sheet"),
            Label(path.name, "sec", "text2", elide=True),
            self.person,
            Label(
                N_(
                    "A sheet bears no signature: explanations and comments are taken in and marked"
                    " so; ratings only come by a signed file."
                ),
                "cap",
                wrap=True,
            ),
            button=C_("review", "Take in"),
        )

    def confirm(self) -> None:
        self.page.desk.work(
            take_sheet,
            title=N_("Reading a sheet"),
            then=self.on_taken,
            otherwise=self.on_refused,
            path=self.path,
            review_id=self.whole.row.id,
            person_id=self.person.value(),
        )

    def on_taken(self, taken) -> None:
        self.page.toast(
            NN_(
                "{n} explanation taken in; {left} ratings of the sheet were left out.",
                "{n} explanations taken in; {left} ratings of the sheet were left out.",
            ),
            n=taken.answers,
            left=taken.ratings_left_out,
        )
        self.on_accepted(None)


def take_sheet(work, *, path: Path, review_id: int, person_id: int):
    """Take explanations and comments of a sheet in."""
    return answering.import_sheet(work.store, path, review_id, person_id)


class FilesFace(QWidget):
    """The monitors of the plan, the keys they sign with, and the files that came from them."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.whole = page, None
        self.register = Button(
            C_("review", "Register a monitor’s key"), icon="key-round", slot=self.on_register
        )
        self.sheet = Button(
            C_("review", "Take in a sheet"), icon="file-spreadsheet", slot=self.on_sheet
        )
        page.writing(self.register, self.sheet)
        self.ends: list[tuple[Button, int]] = []
        self.scroller = scrolled(QWidget())
        column(
            row(self.register, self.sheet, None, margins=(20, 8, 24, 4), gap=8),
            (self.scroller, 1),
            gap=0,
            into=self,
        )

    def show_whole(self, whole) -> None:
        """Show who monitors and what they sent."""
        self.whole, self.ends = whole, []
        self.sheet.setVisible(whole.form is not None and not self.page.desk.read_only)
        parts: list = [Label(C_("review", "Monitors"), "h3")]
        if not whole.monitors:
            parts.append(
                Label(N_("The plan’s monitoring body has no members yet."), "sec", wrap=True)
            )
        for one in whole.monitors:
            parts.append(self._monitor(one))
        parts += [10, Label(C_("review", "Signed files taken in"), "h3")]
        if not whole.files:
            parts.append(Label(N_("None yet."), "sec", "text2"))
        for file in whole.files:
            said = [
                say(C_("review", "of {name}"), name=file.person.name),
                say(C_("review", "signed {day:full}"), day=file.signed_at.date()),
                say(C_("review", "on review copy {n}"), n=file.snapshot),
            ]
            parts.append(
                column(
                    Label(file.name, "secb", elide=True),
                    Label(" · ".join(said), "cap", wrap=True),
                    Label(f"SHA-256 {file.sha256}", "cap", wrap=True),
                    gap=1,
                )
            )
        self.scroller.setWidget(column(*parts, None, gap=8, margins=(20, 6, 24, 20)))

    def _monitor(self, one) -> QWidget:
        name = one.person.name
        parts: list = [Label(f"{name} · {one.organisation}" if one.organisation else name, "secb")]
        if not one.keys:
            parts.append(
                Label(N_("No key is registered; signed files are refused."), "cap", "warn")
            )
        for key in one.keys:
            if key.ended_on is None:
                words = say(C_("review", "compared {day:full}"), day=key.compared_on)
            else:
                words = say(C_("review", "ended {day:full}"), day=key.ended_on)
            end = Button(C_("review", "End"), "link", slot=self.on_end)
            self.page.writing(end)
            end.setVisible(key.ended_on is None and not self.page.desk.read_only)
            self.ends.append((end, key.id))
            parts.append(row((Label(f"{key.fingerprint} · {words}", "cap", wrap=True), 1), end))
        return column(*parts, gap=2)

    def on_register(self) -> None:
        """Register a key."""
        if self.whole is not None:
            KeyDialog(self.window(), self.page.desk, self.whole.monitors).open()

    def on_end(self) -> None:
        """End the use of a key."""
        id = next(id for button, id in self.ends if button is self.sender())
        self.page.desk.do(monitors.end_key, id=id)

    def on_sheet(self) -> None:
        """Choose a sheet a monitor filled in."""
        if self.whole is None:
            return
        name, _filter = QFileDialog.getOpenFileName(
            self,
            say(C_("review", "Take in a sheet")),
            str(Path.home()),
            say(SHEETS, pattern="*.xlsx"),
        )
        if name:
            SheetDialog(self.page, self.whole, Path(name)).open()
