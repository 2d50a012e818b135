"""Import proposals: choose, say which column holds what and what states mean, look, take in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QWidget

from db.vocab import ProposalChannel
from gwangju_desktop.members.importing.model import Change
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.proposals import profiles
from gwangju_desktop.proposals.importing import apply, columns, preview, reading
from gwangju_desktop.proposals.importing.fields import FIELDS
from gwangju_desktop.proposals.importing.model import KINDS, NEW, Options
from gwangju_desktop.proposals.words import CHANNELS, STATES
from ui.importing.columns import Columns
from ui.importing.frame import Words
from ui.importing.lists import COLUMNS, PREVIEW, Jobs, ListImport
from ui.importing.preview import Preview, Shown, line_cell
from ui.models.rows import Cell, Column, Table
from ui.text import C_, N_, NN_, Msg, say
from ui.widgets.forms import Check, Choice, DateField, Field, Labelled
from ui.widgets.parts import Label, column, row

__all__ = ["COLUMNS", "PREVIEW", "ImportDialog"]

ADDS: dict[str, Msg] = {"proposal": C_("import", "a proposal")}
BESIDE = 3  # words of states beside each other


def _title(shown: Shown) -> Cell:
    return Cell(shown.row.name, role="secb")


ROWS = Table(
    (
        Column("line", N_("Line"), 84, cell=line_cell),
        Column("name", C_("import", "Title"), 250, cell=_title),
        Column("where", C_("import", "Receipt"), 190, cell=lambda shown: Cell(shown.row.where)),
        Column("what", N_("What happens"), cell=lambda shown: Cell(shown.what)),
    )
)
WORDS = Words(
    title=N_("Import proposals"),
    drop=N_("Drop a list of proposals here"),
    forms=N_("CSV, XLSX or JSON: an export of Decidim or CONSUL, petitions, a form’s answers."),
    choose=N_("Choose a file"),
    refused=N_("This list cannot be read."),
    kinds=N_("Lists ({suffixes})"),
    suffixes=reading.SUFFIXES,
)


class ProposalJobs(Jobs):
    """What an import of proposals does; it is handled by one of the office's profiles."""

    def read(self, work, *, path: Path | None, text: str | None) -> tuple:
        """Read a list; return it, how its columns were taken last time, and the profiles."""
        if path is not None:
            source = reading.read(path, cancelled=work.cancelled)
        else:
            source = reading.read_text(text or "", say(N_("Pasted rows")))
        with work.reading() as read:
            return source, columns.remembered(read, source=source), profiles.listed(read)


JOBS = ProposalJobs(
    reading,
    columns,
    preview,
    apply.import_proposals,
    N_("Comparing {file} with the proposals"),
    N_("Comparing the list with the proposals"),
)


class StateWords(QWidget):
    """What the words another system has for states mean here."""

    def __init__(self) -> None:
        super().__init__()
        self.choices: dict[str, Choice] = {}
        self.grid = QWidget()
        self.lines = QGridLayout(self.grid)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setHorizontalSpacing(24)
        self.lines.setVerticalSpacing(4)
        column(Label(N_("States of the other system"), "secb"), self.grid, gap=6, into=self)
        self.hide()

    def show_words(self, words: list[str]) -> None:
        """Ask for each word; what was chosen for one before stays."""
        held = self.value()
        while (item := self.lines.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        self.choices = {}
        for at, (word, state) in enumerate(preview.chosen(words).items()):
            offered = [(one, STATES[one]) for one in preview.STATES]
            choice = Choice(offered, N_("State"), held.get(word, state), width=124)
            choice.setAccessibleName(say(N_("State for “{word}”"), word=word))
            name = Label("", "sec", elide=True)
            name.say(word)
            self.lines.addWidget(row((name, 1), choice), at // BESIDE, at % BESIDE)
            self.choices[word] = choice
        for place in range(BESIDE):
            self.lines.setColumnStretch(place, 1)
        self.setVisible(bool(words))

    def value(self) -> dict[str, str]:
        """Return the state of each word."""
        return {word: str(choice.value()) for word, choice in self.choices.items()}


class ProposalColumns(Columns):
    """The columns of a list of proposals, and what is said of all of it."""

    def __init__(self) -> None:
        self.source: Source | None = None
        self.system = Labelled(
            N_("The numbers are from"), Field(N_("Name of the system"), width=168)
        )
        ways = [(one.value, CHANNELS[one]) for one in ProposalChannel]
        self.channel = Labelled(
            N_("Channel"), Choice([("", N_("As the file has it")), *ways], N_("Channel"), width=150)
        )
        self.received = Labelled(
            N_("Receipt where there is none"), DateField(N_("Receipt where there is none"))
        )
        self.body = Labelled(N_("Handled by"), Choice((), N_("Handled by"), width=150))
        self.made = Check(N_("Make a title from the first words where there is none"), True)
        self.states = StateWords()
        super().__init__(
            {key: field.title for key, field in FIELDS.items()},
            row(self.system, self.channel, self.received, self.body, None, gap=12),
            self.made,
            self.states,
            note=N_(
                "Numbers of the other system are told apart by it; a second import adds nothing."
            ),
            untitled=("json", "jsonl"),
        )

    def show_list(self, source: Source, mapped: tuple[str, ...], bodies, body_id) -> None:
        """Show a list's columns, how they are taken, and the profiles that may handle it."""
        self.source = source
        offered = [
            (one.id, one.name) for one in sorted(bodies, key=_standard_first) if not one.retired_on
        ]
        self.body.field.show_options(offered, body_id)
        self.body.setVisible(len(offered) > 1)
        self.system.field.setText(columns.system(source))
        self.show_source(source, mapped)
        for choice in self.choices:
            choice.activated.connect(self.on_mapped)
        self.on_mapped()

    def on_mapped(self, _n: int = 0) -> None:
        """Show the words of the column that holds states, and who gave the numbers."""
        chosen = self.chosen()
        self.states.show_words(columns.states(self.source, chosen))
        self.system.setVisible("number" in chosen)

    def mapped(self) -> tuple[str, ...]:
        """Return each column's field; raise UserError when none holds the proposals' words."""
        columns.check(self.source, self.chosen())
        return self.chosen()

    def options(self) -> Options:
        """Return what was said of the whole file; raise UserError when a day is none."""
        return Options(
            profile_id=self.body.value(),
            system=self.system.value(),
            channel=self.channel.value() or "",
            states=self.states.value(),
            received_on=self.received.value(),
            untitled=self.made.value(),
        )


def _standard_first(profile) -> tuple[bool, int]:
    return not profile.standard, profile.id or 0


def change_words(change: Change) -> str:
    """Say a count that grew."""
    told = N_("{field}: {old} → {new}")
    return say(told, field=FIELDS[change.field].title, old=f"{change.old:,}", new=f"{change.new:,}")


class ImportDialog(ListImport):
    """A list of proposals from another system, a form or a sheet."""

    def __init__(
        self, parent: QWidget, desk, path: Path | None = None, text: str | None = None
    ) -> None:
        looked_at = Preview(change_words, ADDS, ROWS, KINDS)
        super().__init__(
            parent, desk, WORDS, JOBS, ProposalColumns(), looked_at, path=path, text=text
        )

    def _judge(self) -> None:
        """Say on the button how many proposals go in, or why none does."""
        counts = self.plan.counts
        n = sum(counts[kind] for kind in NEW)
        self.button.say(NN_("Import {n:,} proposal", "Import {n:,} proposals"), n=n)
        if not n and counts["change"]:
            told = NN_("Take over {n:,} count", "Take over {n:,} counts")
            self.button.say(told, n=counts["change"])
        why = ""
        if not self.plan.changes:
            why = N_("Nothing in the list is new.")
        elif self.plan.held_back and not self.skip.value():
            why = N_("Rows are refused. Leave them out or correct the file.")
        self.button.why_not(why)
