"""Saving the results of a wave as a workbook, or its open answers as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from db.vocab import QuestionKind
from gwangju_desktop.polls import export
from ui.polls.shown import wave_title
from ui.text import C_, N_, say

UNSAFE = str.maketrans(dict.fromkeys('<>:"/\\|?*', " "))


def save_results(work, *, wave_id: int, path: Path) -> str:
    """Tabulate a wave and write the workbook; return the file's name."""
    with work.reading() as read:
        pages = export.results(read, wave_id, told=work.progress)
    export.write_results(path, pages)
    return path.name


def save_open(work, *, wave_question_id: int, path: Path) -> str:
    """Write the open answers to a question; return the file's name."""
    with work.reading() as read:
        head, rows = export.open_answers(read, wave_question_id)
    export.write_open(path, head, rows)
    return path.name


class Exporting:
    """A pane that saves what it shows; mix in before Page. Needs `place`."""

    def on_export(self) -> None:
        """Ask where to save the results of the wave in front."""
        wave, poll, asked = self.place.wave, self.place.poll, self.place.question
        if wave is None or not wave.counted:
            return
        kinds = "Excel (*.xlsx)"
        is_open = asked is not None and asked.question.kind is QuestionKind.OPEN
        if is_open:
            kinds = "CSV (*.csv);;Excel (*.xlsx)"
        name = f"{poll.name} {wave_title(wave)}".translate(UNSAFE)
        title = N_("Save open answers") if is_open else N_("Save poll results")
        suffix = ".csv" if is_open else ".xlsx"
        chosen, _filter = QFileDialog.getSaveFileName(self, say(title), name + suffix, kinds)
        if chosen:
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """Write the wave in front; of a question answered in own words the answers."""
        asked = self.place.question
        title = C_("work", "Exporting poll results")
        if asked is not None and asked.question.kind is QuestionKind.OPEN:
            id = asked.wave_question_id
            self.desk.work(
                save_open, title=title, then=self.on_saved, wave_question_id=id, path=path
            )
            return
        id = self.place.wave_id
        self.desk.work(save_results, title=title, then=self.on_saved, wave_id=id, path=path)

    def on_saved(self, name: str) -> None:
        """Say that the file is written."""
        self.toast(N_("Saved to {path}."), path=name)
