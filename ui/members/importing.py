"""Import members: choose, say which column holds what, look, settle, take in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from gwangju_desktop.errors import UserError
from gwangju_desktop.members import queries
from gwangju_desktop.members.importing import apply, mapping, preview, reading
from ui.importing.frame import FIRST, ImportFrame, Words
from ui.importing.preview import Preview
from ui.members.import_columns import MemberColumns
from ui.members.import_words import ADDS, change_words
from ui.text import N_, NN_, say
from ui.widgets.forms import Check

COLUMNS, PREVIEW = FIRST, FIRST + 1
WORDS = Words(
    title=N_("Import members"),
    drop=N_("Drop a list of members here"),
    forms=N_("CSV, XLSX, or Popolo and OParl JSON; with or without a row of titles."),
    choose=N_("Choose a file"),
    refused=N_("This list cannot be read."),
    kinds=N_("Lists ({suffixes})"),
    suffixes=reading.SUFFIXES,
)


def read_list(work, *, path: Path | None, text: str | None):
    """Read a list and how its columns were taken last time."""
    if path is not None:
        source = reading.read(path, cancelled=work.cancelled)
    else:
        source = reading.read_text(text or "", say(N_("Pasted rows")))
    with work.reading() as read:
        return source, mapping.remembered(read, source=source), queries.bodies(read)


def plan_list(work, *, source, mapped, options, choices):
    """Say what an import would do."""
    with work.reading() as read:
        return preview.plan(read, source=source, mapping=mapped, options=options, choices=choices)


def take_in(work, *, source, mapped, options, choices, skip: bool):
    """Write the import in one step; stopping it leaves nothing."""
    changes = work.run(
        apply.import_members,
        source=source,
        mapping=mapped,
        options=options,
        choices=choices,
        skip=skip,
        progress=work.progress,
    )
    return changes.value


class ImportDialog(ImportFrame):
    """Columns, then what every row would do."""

    PASTES = True

    def __init__(
        self,
        parent: QWidget,
        desk,
        body_id: int | None = None,
        path: Path | None = None,
        text: str | None = None,
    ) -> None:
        self.body_id = body_id
        self.source = self.plan = self.options = None
        self.mapped: tuple[str, ...] = ()
        self.bodies: list = []
        self.choices: dict[int, str] = {}
        self.columns, self.preview = MemberColumns(), Preview(change_words, ADDS)
        self.skip = Check(N_("Leave out the rows that cannot go in"))
        super().__init__(parent, desk, WORDS, self.columns, self.preview, button=N_("Next"))
        self.buttons.layout().insertWidget(1, self.skip)
        self.columns.retitled.connect(self.on_retitled)
        self.preview.settled.connect(self.on_settled)
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
        self.wait(read_list, N_("Reading {file}"), self.on_read, file=name, path=path, text=text)

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
        self.columns.show_list(self.source, mapping.guess(self.source), self.bodies, body)

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
            plan_list,
            title=N_("Comparing the list with the roll"),
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
            told = N_("Comparing {file} with the roll")
            self.wait(plan_list, told, self.on_planned, file=self.source.name, **self._asked())
        elif self.step == PREVIEW and self.button.isEnabled():
            self.wait(
                take_in,
                N_("Importing {file}"),
                self.on_accepted,
                file=self.source.name,
                **self._asked(),
                skip=self.skip.value(),
            )
        elif self.step < FIRST:
            raise UserError(N_("Choose a file first."))
