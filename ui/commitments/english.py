"""Texts without English: each is translated in place, beside its Korean, one after the other."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from gwangju_desktop.commitments import lacking, translating
from gwangju_desktop.commitments.rows import Untranslated
from ui.commitments.plan_twins import TwinsFace
from ui.models.rows import Cell, Column, Group, Table
from ui.text import C_, N_, NN_, Msg
from ui.widgets.page import State
from ui.widgets.parts import Button, Icon, Label, column, row

TITLES: dict[str, Msg] = {
    "action_plan": C_("english", "Action plan"),
    "plan_text": C_("english", "Texts of the template"),
    "plan_institution": C_("english", "Institutions"),
    "plan_count": C_("english", "Co-creation record"),
    "commitment": C_("english", "Commitments"),
    "milestone": C_("english", "Milestones"),
    "commitment_edition": C_("english", "Adjustments"),
    "progress_note": C_("english", "Progress"),
    "evidence": C_("english", "Evidence"),
    "evidence_claim": C_("english", "What evidence proves"),
    "review": C_("english", "Reviews"),
    "review_answer": C_("english", "Answers of the monitors"),
    "review_comment": C_("english", "Comments"),
    "review_finding": C_("english", "Findings"),
    "publication": C_("english", "Publications"),
}
Key = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A text without English; `id` is its place in the list."""

    id: int
    one: Untranslated

    @property
    def key(self) -> Key:
        """Return what names the text however the list changes."""
        return (self.one.table, self.one.id, self.one.field)


def _text(line: Line) -> Cell:
    words = " ".join(line.one.text.split())
    if not line.one.editable:
        return Cell(str(line.one.label), words, icon="lock", ink="text3")
    return Cell(str(line.one.label), words)


class EnglishFace(TwinsFace):
    """The texts at the left; at the right the Korean of one, to be read, and its English."""

    TOUCHES = (
        *("action_plan", "commitment", "milestone", "plan_text", "plan_institution", "plan_count"),
        *("commitment_edition", "progress_note", "evidence", "evidence_claim", "review"),
        *("review_comment", "review_finding", "review_answer", "publication"),
    )
    TABLE = Table((Column("text", C_("plan face", "Missing English"), cell=_text),))

    NAME = C_("plan face", "Missing English")
    HEIGHT = 46
    WIDTHS = (348, 264)

    def __init__(self, pane) -> None:
        super().__init__(pane)
        self.meta = Label("", "cap", elide=True)
        self.save_sheet = Button(
            C_("plan sheet", "Save sheet"), "link", "download", slot=pane.on_export_english
        )
        self.read_sheet = Button(
            C_("plan sheet", "Read sheet"), "link", "upload", slot=pane.on_import_english
        )
        pane.writing(self.read_sheet)
        column(
            row((self.list, 1), margins=(12, 8, 6, 4)),
            row(self.save_sheet, self.read_sheet, None, margins=(18, 4, 12, 8), gap=12),
            gap=0,
            into=self.left,
        )
        self.left.layout().setStretch(0, 1)
        self.title = Label("", "h3", wrap=True)
        self.lock = row(
            Icon("lock", "text2", 14),
            (
                Label(
                    N_("What a monitor wrote is put into English by the monitor."), "cap", wrap=True
                ),
                1,
            ),
        )
        self.twins.korean.locked(True)
        self.right = column(
            self.title,
            self.meta,
            self.lock,
            (self.twins, 1),
            margins=(28, 12, 24, 12),
            gap=8,
        )
        self.empty = State(
            "languages",
            N_("Everything has its English"),
            N_("The official forms can be filled in from what stands here."),
            ink="ok",
        )
        self.body = row(self.left, (self.right, 1), gap=0)
        column((self.body, 1), self.empty, gap=0, into=self)
        self.empty.hide()

    # --- what the pane asks
    def ask(self) -> None:
        """Ask for the texts."""
        self.desk.read(lacking.english, then=self.on_rows, plan_id=self.plan.id)

    def panes(self) -> list[QWidget]:
        return super().panes() if self.lines else [self.empty]

    # --- what is shown
    def on_rows(self, rows: list[Untranslated]) -> None:
        """List the texts; where the one in front has its English now, the next one comes."""
        key = self.line.key if self.line else None
        at = next((n for n, one in enumerate(self.lines) if one.key == key), 0)
        groups: dict[str, list[Untranslated]] = {}
        for one in rows:
            groups.setdefault(one.table, []).append(one)
        self.lines, shown = [], []
        for table, held in groups.items():
            shown.append(Group(TITLES[table], len(held)))
            for one in held:
                self.lines.append(Line(len(shown), one))
                shown.append(self.lines[-1])
        self.list.model().show(shown)
        self.list.dress()
        self.body.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.meta.say(NN_("{n} text has no English.", "{n} texts have no English."), n=len(rows))
        if not self.lines:
            self.line = None
            return
        next_one = self.lines[min(at, len(self.lines) - 1)]
        self.choose(next((one for one in self.lines if one.key == key), next_one))

    def show_line(self, line: Line) -> None:
        same = self.line is not None and self.line.key == line.key
        self.line = line
        self.title.say(str(line.one.label))
        self.lock.setVisible(not line.one.editable)
        self.twins.english.locked(self.desk.read_only or not line.one.editable)
        if same:
            self.twins.renew(line.one.text, "")
        else:
            self.twins.show_texts(line.key, line.one.text, "")

    # --- slots
    def keep(self) -> None:
        if self.line is None or not self.twins.typed or self.desk.read_only:
            return
        table, id, field = self.line.key
        self.desk.do(
            translating.translate,
            then=self.twins.on_kept,
            otherwise=self.on_refused,
            table=table,
            row_id=id,
            field=field,
            text=self.twins.send()["text_en"],
        )

    def on_refused(self, error: Exception) -> None:
        """Go back to what was not saved, as it was typed, and say why."""
        key, korean, english = self.twins.back()
        found = next((one for one in self.lines if one.key == key), None)
        if found is not None:
            self.choose(found)
            self.twins.show_texts(key, korean, "")
            self.twins.restore(korean, english, error)
