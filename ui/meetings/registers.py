"""The meeting register in and out, from the list of meetings."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from gwangju_desktop import clock
from gwangju_desktop.meetings import exporting
from gwangju_desktop.meetings.importing.reading import SUFFIXES
from ui.text import C_, N_, day, say

FILES = {"CSV (*.csv)": ".csv", "XLSX (*.xlsx)": ".xlsx"}


def export(work, *, path: Path) -> str:
    """Write the register of all bodies; return the file's name."""
    with work.reading() as read:
        made = exporting.register(read)
    exporting.write(path, made)
    return path.name


class Registers:
    """What the list of meetings does with registers; mixed into its page."""

    def on_import_register(self) -> None:
        """Choose a register of past meetings and take it over."""
        self._import_register(None)

    def take_register(self, paths: list[Path]) -> bool:
        """Take over a register that was dropped on the window; say whether there was one."""
        found = [path for path in paths if path.suffix.lower() in SUFFIXES]
        # Beside other files a spreadsheet is a paper like them.
        if len(found) < len(paths) or not found:
            return False
        self._import_register(found[0])
        return True

    def _import_register(self, path: Path | None) -> None:
        if not self.desk.read_only:
            from ui.meetings.importing import RegisterDialog

            RegisterDialog(self.window(), self.desk, path=path).open()

    def on_export_register(self) -> None:
        """Ask where to, then write what was held to a file."""
        name = f"{say(N_('Meeting register'))} {day(clock.today(), 'full').replace(' ', '')}.csv"
        title, kinds = say(N_("Export the meeting register")), ";;".join(FILES)
        asked, kind = QFileDialog.getSaveFileName(self, title, name, kinds)
        if not asked:
            return
        path = Path(asked)
        if path.suffix.lower() not in exporting.SUFFIXES:
            path = path.with_name(path.name + FILES.get(kind, ".csv"))
        self.desk.work(
            export,
            title=N_("Exporting the meeting register"),
            then=self.on_register_written,
            path=path,
        )

    def on_register_written(self, name: str) -> None:
        """Say where the register is."""
        self.toast(C_("energy", "Saved: {name}"), name=name)
