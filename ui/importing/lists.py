"""An import of a list: say what its columns hold, look at every row, settle, take in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from gwangju_desktop.errors import UserError
from gwangju_desktop.members import queries
from ui.importing.columns import Columns
from ui.importing.frame import FIRST, ImportFrame, Words
from ui.importing.preview import Preview
from ui.text import N_, NN_, Msg, say
from ui.widgets.forms import Check

COLUMNS, PREVIEW = FIRST, FIRST + 1


class Jobs:
    """What an import of one kind of list does, each method a job of the desk's (`ui.work`).

    `reading`, `columns` and `planning` are the modules that read a list, know its columns and say
    what an import would do; `take_over` is the use case that does it. `compares` names a file and
    what it is compared with, `comparing` the same without the file.
    """

    def __init__(
        self, reading, columns, planning, take_over: Callable, compares: Msg, comparing: Msg
    ) -> None:
        self._reading, self._columns, self._planning = reading, columns, planning
        self._take_over = take_over
        self.compares, self.comparing = compares, comparing

    def guess(self, source) -> tuple[str, ...]:
        """Return what each column of a list seems to hold."""
        return self._columns.guess(source)

    def read(self, work, *, path: Path | None, text: str | None) -> tuple:
        """Read a list; return it, how its columns were taken last time, and the bodies."""
        if path is not None:
            source = self._reading.read(path, cancelled=work.cancelled)
        else:
            source = self._reading.read_text(text or "", say(N_("Pasted rows")))
        with work.reading() as read:
            return source, self._columns.remembered(read, source=source), queries.bodies(read)

    def plan(self, work, *, source, mapped, options, choices):
        """Say what an import would do."""
        with work.reading() as read:
            return self._planning.plan(
                read, source=source, mapping=mapped, options=options, choices=choices
            )

    def take_in(self, work, *, source, mapped, options, choices, skip: bool):
        """Write the import in one step; stopping it leaves nothing."""
        return work.run(
            self._take_over,
            source=source,
            mapping=mapped,
            options=options,
            choices=choices,
            skip=skip,
            progress=work.progress,
        ).value


class ListImport(ImportFrame):
    """Columns, then what every row would do.

    `columns` shows a list by `show_list(source, mapped, bodies, body_id)` and has `mapped()`,
    `options()` and the choice `body`.
    """

    PASTES = True

    def __init__(
        self,
        parent: QWidget,
        desk,
        words: Words,
        jobs: Jobs,
        columns: Columns,
        preview: Preview,
        body_id: int | None = None,
        path: Path | None = None,
        text: str | None = None,
    ) -> None:
        self.jobs, self.body_id = jobs, body_id
        self.source = self.plan = self.options = None
        self.mapped: tuple[str, ...] = ()
        self.bodies: list = []
        self.choices: dict[int, str] = {}
        self.columns, self.preview = columns, preview
        self.skip = Check(N_("Leave out the rows that cannot go in"))
        super().__init__(parent, desk, words, columns, preview, button=N_("Next"))
        self.buttons.layout().insertWidget(1, self.skip)
        columns.retitled.connect(self.on_retitled)
        preview.settled.connect(self.on_settled)
        self.skip.clicked.connect(self.on_skip)
        if path is not None:
            self.begin([path])
        elif text is not None:
            self.paste(text)

    def arrived(self, step: int) -> None:
        """Name on the button what it does, and what holds it back."""
        self.skip.setVisible(step == PREVIEW and bool(self.plan and self.plan.held_back))
        if step == COLUMNS:
            self.button.say(N_("Next"))
            self.button.setFocus()
        elif step == PREVIEW:
            self._judge()
            self.preview.list.setFocus()

    def _judge(self) -> None:
        """Say on the button what it does, or why it cannot."""
        counts = self.plan.counts
        n = counts["add"] + counts["change"]
        self.button.say(NN_("Import {n:,} row", "Import {n:,} rows"), n=n)
        why = ""
        if not n:
            why = N_("Nothing in the list is new.")
        elif self.plan.held_back and not self.skip.value():
            why = N_("Rows are refused or not settled. Settle them or leave them out.")
        self.button.why_not(why)

    # --- where from

    def read(self, paths: list[Path]) -> None:
        """Read the first of these files: a list is looked at whole before the next."""
        self._read(paths[0], None, paths[0].name)

    def paste(self, text: str) -> None:
        """Read rows of a spreadsheet."""
        self._read(None, text, say(N_("Pasted rows")))

    def _read(self, path: Path | None, text: str | None, name: str) -> None:
        self.source = self.plan = None
        self.choices = {}
        self.preview.forget()
        doing = N_("Reading {file}")
        self.wait(self.jobs.read, doing, self.on_read, file=name, path=path, text=text)

    # --- slots

    def on_read(self, found) -> None:
        """Show the columns."""
        self.source, self.mapped, self.bodies = found
        self.columns.show_list(self.source, self.mapped, self.bodies, self.body_id)
        self.show_step(COLUMNS)

    def on_retitled(self, titled: bool) -> None:
        """Take the first row for titles or not."""
        self.source = self.source.titled(titled)
        body = self.columns.body.value()
        self.columns.show_list(self.source, self.jobs.guess(self.source), self.bodies, body)

    def on_planned(self, plan) -> None:
        """Show what would happen."""
        self.plan = plan
        self.preview.show_plan(plan)
        self.show_step(PREVIEW)

    def on_settled(self, line: int, choice: str) -> None:
        """Take a way out of a conflict and look again; choosing it again takes it back."""
        if self.choices.get(line) == choice:
            del self.choices[line]
        else:
            self.choices[line] = choice
        self.button.why_not(N_("The rows are being compared."))
        self.work = self.desk.work(
            self.jobs.plan,
            title=self.jobs.comparing,
            then=self.on_planned,
            otherwise=self.on_trouble,
            **self._asked(),
        )

    def on_skip(self) -> None:
        """Leave out, or not, what cannot go in."""
        self._judge()

    def _asked(self) -> dict[str, object]:
        return {
            "source": self.source,
            "mapped": self.mapped,
            "options": self.options,
            "choices": dict(self.choices),
        }

    def confirm(self) -> None:
        """Go on: from the columns to the preview, from the preview into the office."""
        if self.step == COLUMNS:
            self.mapped, self.options = self.columns.mapped(), self.columns.options()
            self.plan = None
            self.choices = {}
            self.preview.forget()
            told = self.jobs.compares
            self.wait(self.jobs.plan, told, self.on_planned, file=self.source.name, **self._asked())
        elif self.step == PREVIEW and self.button.isEnabled():
            self.wait(
                self.jobs.take_in,
                N_("Importing {file}"),
                self.on_accepted,
                file=self.source.name,
                **self._asked(),
                skip=self.skip.value(),
            )
        elif self.step < FIRST:
            raise UserError(N_("Choose a file first."))
