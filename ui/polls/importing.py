"""Import a file of answers: how it is read, then what would be taken, then into a wave."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import intake
from gwangju_desktop.polls.reading import source as sources
from gwangju_desktop.polls.reading import taking
from gwangju_desktop.polls.reading.model import Layout
from ui.importing.frame import FIRST, ImportFrame, Words
from ui.polls import place
from ui.polls.import_columns import ColumnsStep
from ui.polls.import_result import ResultStep
from ui.polls.import_target import Target, TargetChoice
from ui.text import N_, NN_, say

COLUMNS, RESULT = FIRST, FIRST + 1
WORDS = Words(
    title=N_("Import answers"),
    drop=N_("Drop a file of answers here"),
    forms=N_("CSV or XLSX: one row a respondent. SurveyMonkey and LimeSurvey exports too."),
    choose=N_("Choose a file"),
    refused=N_("This file cannot be read."),
    kinds=N_("Files of answers ({suffixes})"),
    suffixes=sources.SUFFIXES,
)


def read(work, *, path: Path, encoding, codebook, poll_id, wave_id):
    """Read a file; return it, how the series' columns were read last, and what the wave asks."""
    source = sources.read(path, encoding=encoding, codebook=codebook, cancelled=work.cancelled)
    with work.reading() as session:
        remembered = intake.remembered(session, poll_id) if poll_id is not None else None
        return source, remembered, _known(session, wave_id)


def asked_of(work, *, wave_id):
    """Return what a wave asks."""
    with work.reading() as session:
        return _known(session, wave_id)


def take(work, *, source, layout, mapping, known, keep_duplicates):
    """Take a file's answers; nothing is written."""
    work.progress(0, 0)
    return taking.take(
        source, layout=layout, mapping=mapping, known=known, keep_duplicates=keep_duplicates
    )


def bring_in(work, *, reading, target: Target, file_name: str) -> int:
    """Write what was taken in one step; return the wave's id."""
    asked = {"reading": reading, "file_name": file_name}
    if target.wave_id is not None:
        work.run(intake.take_in, wave_id=target.wave_id, **asked)
        return target.wave_id
    if target.poll_id is not None:
        made = work.run(intake.import_wave, poll_id=target.poll_id, label=target.label, **asked)
    else:
        made = work.run(intake.import_new, name=target.name, label=target.label, **asked)
    return made.value["wave"]


def _known(session, wave_id):
    return intake.known(session, wave_id) if wave_id is not None else ()


class ImportDialog(ImportFrame):
    """A file of answers, looked at before anything counts; `value` is the wave's id."""

    def __init__(self, parent: QWidget, desk, path: Path | None = None) -> None:
        self.place = place.of(desk)
        self.path: Path | None = None
        self.codebook: Path | None = None
        self.encoding: str | None = None
        self.layout_name = Layout.AUTO.value
        self.source = self.reading = self.remembered = None
        self.known: tuple = ()
        self.target = TargetChoice()
        self.columns = ColumnsStep(self.target)
        self.result = ResultStep()
        super().__init__(
            parent, desk, WORDS, self.columns, self.result, button=N_("Next"), width=900
        )
        self.columns.layout_wanted.connect(self.on_layout)
        self.columns.encoding_wanted.connect(self.on_encoding)
        self.columns.codebook_wanted.connect(self.on_codebook)
        self.target.changed.connect(self.on_target)
        self.result.twice.clicked.connect(self.on_twice)
        if path is not None:
            self.begin([path])

    def arrived(self, step: int) -> None:
        """Name on the button what it does, and what holds it back."""
        if step == COLUMNS:
            self.button.say(N_("Next"))
            self.columns.list.setFocus()
        elif step == RESULT:
            n = self.reading.n_taken
            self.button.say(NN_("Import {n:,} respondent", "Import {n:,} respondents"), n=n)
            self.button.why_not("" if n else N_("No row can be taken."))
            self.button.setFocus()

    # --- where from
    def read(self, paths: list[Path]) -> None:
        """Read the first of these files."""
        self.path, self.codebook, self.encoding = paths[0], None, None
        self.layout_name = Layout.AUTO.value
        here = self.place
        name = self.path.stem
        self.target.blockSignals(True)
        self.target.show_places(here.polls, here.poll, here.waves, here.wave, name)
        self.target.blockSignals(False)
        self._read()

    def _read(self) -> None:
        self.wait(
            read,
            N_("Reading {file}"),
            self.on_read,
            file=self.path.name,
            path=self.path,
            encoding=self.encoding,
            codebook=self.codebook,
            poll_id=self.place.poll_id,
            wave_id=self.target.wave_id,
        )

    # --- slots
    def on_read(self, found) -> None:
        """Show what the file is taken for."""
        self.source, self.remembered, self.known = found
        try:
            self._look()
        except UserError as error:
            self.on_trouble(error)

    def _look(self) -> None:
        names = set(self.remembered or ())
        preview = taking.detect(self.source, layout=self.layout_name, known=self.known)
        met = names & {one.name for one in preview.columns}
        if met:
            preview = taking.detect(
                self.source, layout=self.layout_name, mapping=self.remembered, known=self.known
            )
        book = self.codebook.name if self.codebook else ""
        self.columns.show_preview(preview, self.layout_name, bool(met), book)
        self.show_step(COLUMNS)

    def on_layout(self, layout: str) -> None:
        """Read the same cells laid out otherwise; what was remembered no longer holds."""
        self.layout_name, self.remembered = layout, None
        try:
            self._look()
        except UserError as error:
            self.on_trouble(error)

    def on_encoding(self, encoding: str) -> None:
        """Read the file's bytes as another encoding."""
        self.encoding = encoding
        self._read()

    def on_codebook(self) -> None:
        """Choose a codebook and read the file with it."""
        suffixes = " ".join(f"*{suffix}" for suffix in sources.CODEBOOKS)
        name, _filter = QFileDialog.getOpenFileName(
            self,
            say(N_("Choose the codebook")),
            "",
            say(N_("Codebooks ({suffixes})"), suffixes=suffixes),
        )
        if name:
            self.codebook = Path(name)
            self._read()

    def on_target(self) -> None:
        """Compare with what another wave asks."""
        if self.source is not None:
            self.desk.work(
                asked_of,
                title=N_("Comparing with the questionnaire"),
                then=self.on_known,
                otherwise=self.on_trouble,
                wave_id=self.target.wave_id,
            )

    def on_known(self, known) -> None:
        """Look at the file again with the questions of the wave; what was put right by hand stays."""
        if known == self.known:
            return
        self.known = known
        if self.step == COLUMNS and not self.columns.touched:
            self._look()

    def on_twice(self) -> None:
        """Take the file again, with or without those who appear twice."""
        self._take()

    def on_taken(self, reading) -> None:
        """Show what would be taken."""
        self.reading = reading
        self.result.show_reading(reading)
        self.show_step(RESULT)

    def _take(self) -> None:
        self.wait(
            take,
            N_("Taking the answers of {file}"),
            self.on_taken,
            file=self.path.name,
            source=self.source,
            layout=self.layout_name,
            mapping=self.columns.mapping(),
            known=self.known,
            keep_duplicates=self.result.twice.value(),
        )

    def confirm(self) -> None:
        """Go on: from the columns to the result, from the result into the office."""
        if self.step == COLUMNS:
            self.target.value()
            self._take()
        elif self.step == RESULT and self.button.isEnabled():
            self.wait(
                bring_in,
                N_("Importing {file}"),
                self.on_accepted,
                file=self.path.name,
                reading=self.reading,
                target=self.target.value(),
                file_name=self.path.name,
            )
        elif self.step < FIRST:
            raise UserError(N_("Choose a file first."))
