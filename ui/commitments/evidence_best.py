"""The best files for one question of an official form: which, in which order, how large."""

from __future__ import annotations

from pathlib import Path, PurePath

from PySide6.QtWidgets import QFileDialog

from gwangju_desktop.evidence import evidence, queries
from gwangju_desktop.evidence.rows import Best, PickRow
from gwangju_desktop.members.rules import named
from gwangju_desktop.papers.lending import safe_name
from gwangju_desktop.reviews import forms
from ui.commitments import evidence_jobs as jobs
from ui.commitments.evidence_links import FORMS, PLAN, Links, question_text
from ui.commitments.evidence_rows import size_text, state_word
from ui.energy.form_parts import labelled
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, say
from ui.widgets.forms import Choice, Dialog
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, column, row

WIDTH = 760
HEIGHT = 230  # px of the list


class _Row:
    """A claim of the list: its id is the claim's."""

    def __init__(self, held: PickRow) -> None:
        self.id, self.held = held.claim_id, held


def _title(one: _Row) -> Cell:
    held = one.held
    return Cell(
        named(held.title, held.title_en),
        named(held.claim, held.claim_en),
        check=held.picked is not None,
        role="strong",
    )


def _rank(one: _Row) -> Cell:
    return Cell("" if one.held.picked is None else str(one.held.picked), role="strong")


def _size(one: _Row) -> Cell:
    return Cell(size_text(one.held.bytes), ink="bad" if one.held.too_large else "")


def _why(one: _Row) -> Cell:
    held = one.held
    if held.broken:
        return Cell(chip=say(state_word(held.broken)), tone="bad")
    if held.too_large:
        return Cell(chip=say(C_("evidence", "Too large")), tone="warn")
    if not held.public:
        return Cell(chip=say(C_("evidence", "Not public")), tone="warn")
    return Cell("")


FILES = Table(
    (
        Column("title", C_("evidence", "File and what it proves"), cell=_title),
        Column("rank", C_("evidence", "Order"), 56, "center", cell=_rank),
        Column("size", C_("evidence", "Size"), 84, "right", cell=_size),
        Column("why", N_("Why not"), 124, cell=_why),
    )
)


class BestDialog(Dialog):
    """Pick the files of each question; every tick is kept at once and can be undone."""

    def __init__(self, page, links: Links, commitment_id: int | None) -> None:
        self.page, self.desk, self.links = page, page.desk, links
        self.best: Best | None = None
        of = N_("Asked of")
        owners = [(PLAN, C_("evidence", "The plan as a whole"))]
        owners += [
            (one.id, f"{one.code} {named(one.title, one.title_en)}") for one in links.commitments
        ]
        first = commitment_id or (links.commitments[0].id if links.commitments else PLAN)
        self.owner = labelled(of, Choice(owners, of, first))
        asked = N_("Question")
        self.question = labelled(asked, Choice([], asked))
        self.whole = Label("", "sec", wrap=True)
        self.model = RowTable(FILES)
        self.list = RowList(self.model, N_("Files for the question"), height=48)
        self.list.setMinimumHeight(HEIGHT)
        self.list.ticked.connect(self.on_tick)
        self.none = Label(
            N_("No evidence answers this question yet: add a claim that is linked to it."),
            "sec",
            wrap=True,
        )
        self.told = Label("", "sec", wrap=True)
        self.up = Button("", "ghost", "chevron-up", name=N_("Earlier"), slot=self.on_up)
        self.down = Button("", "ghost", "chevron-down", name=N_("Later"), slot=self.on_down)
        super().__init__(
            page.window(),
            N_("Files for the official upload"),
            self.owner,
            self.question,
            self.whole,
            column(self.list, self.none, gap=0),
            row((self.told, 1), self.up, self.down, gap=4),
            button=N_("Save the picked files …"),
            icon="download",
            width=WIDTH,
        )
        self.cancel_button.say(C_("button", "Close"))
        self.page.writing(self.up, self.down)
        self.owner.field.currentIndexChanged.connect(self.on_owner)
        self.question.field.currentIndexChanged.connect(self.on_question)
        self.desk.changed.connect(self.on_changed)
        self.on_owner()

    # --- what is shown
    def on_owner(self, _n: int = 0) -> None:
        """Offer the questions asked of it that take evidence."""
        owner = self.owner.field.value()
        options = []
        for kind in FORMS:
            form = forms.form(kind)
            asked = form.of_plan() if owner == PLAN else form.of_commitment()
            options += [
                ((kind.value, one.key), question_text(kind, one)) for one in asked if one.evidence
            ]
        closing = next((at for at, _said in options if at[0] == "closing"), None)
        self.question.field.show_options(options, closing)
        self.on_question()

    def on_question(self, _n: int = 0) -> None:
        """Read the files of the question in front."""
        owner, asked = self.owner.field.value(), self.question.field.value()
        if asked is None:
            return
        form, question = asked
        self.whole.say(forms.form(form).question(question).text.said())
        self.desk.read(
            queries.best,
            then=self.on_best,
            form=form,
            question=question,
            commitment_id=owner or None,
            plan_id=self.page.place.plan_id,
        )

    def on_best(self, best: Best) -> None:
        """Show the files, the picked ones first."""
        self.best = best
        kept = self.list.current()
        self.model.show([_Row(one) for one in best.rows])
        if kept in [one.claim_id for one in best.rows]:
            self.list.choose(kept)
        else:
            self.list.choose_first()
        self.list.setVisible(bool(best.rows))
        self.none.setVisible(not best.rows)
        whole = sum(one.bytes for one in best.picked)
        self.told.say(
            N_("{n} of {most} files picked, {size}; each may have {each}."),
            n=len(best.picked),
            most=best.files,
            size=size_text(whole),
            each=size_text(best.bytes_each),
        )
        self.button.setEnabled(bool(best.picked))
        # Without a list the rest would spread over the height it leaves.
        self.adjustSize()

    def on_changed(self, changes) -> None:
        """Follow what is picked and what is undone."""
        if changes.touches("evidence", "evidence_claim", "evidence_check"):
            self.on_question()

    # --- what a person does
    def on_tick(self, claim_id: int) -> None:
        """Pick a file, or take it out."""
        if self.best is None or self.desk.read_only:
            return
        self.refusal_row.hide()
        held = next(one for one in self.best.rows if one.claim_id == claim_id)
        deed = evidence.pick if held.picked is None else evidence.unpick
        self.desk.do(deed, otherwise=self.on_refused, claim_id=claim_id)

    def on_up(self) -> None:
        self._move(-1)

    def on_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        at = self.list.current()
        if self.best and any(one.claim_id == at for one in self.best.picked):
            self.desk.do(evidence.move_pick, claim_id=at, by=by)

    def confirm(self) -> None:
        """Write the picked files, numbered in their order, into a folder."""
        folder = QFileDialog.getExistingDirectory(self, say(N_("Save the picked files …")))
        if folder and self.best:
            self.save_to(Path(folder))

    def save_to(self, folder: Path) -> None:
        """Write the picked files into a folder."""
        copies = [
            (one.sha256, folder / f"{one.picked}_{safe_name(PurePath(one.name).name)}")
            for one in self.best.picked
        ]
        self.desk.work(
            jobs.save,
            title=jobs.SAVING,
            then=self.on_saved,
            otherwise=self.on_refused,
            copies=copies,
        )

    def on_saved(self, written: list[Path]) -> None:
        """Say where they are."""
        self.page.toast(N_("Saved to {path}."), path=written[0].parent)
        self.accept()
