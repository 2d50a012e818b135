"""The template's sections of a plan and its commitments: one at a time, Korean beside English."""

from __future__ import annotations

from dataclasses import dataclass

from gwangju_desktop.clock import today
from gwangju_desktop.commitments import adjusting, page, plans, queries
from gwangju_desktop.commitments.rows import EditionRow, TextRow
from gwangju_desktop.members.rules import named
from ui import theme
from ui.commitments.adjust import PromiseLine
from ui.commitments.plan_twins import TwinsFace
from ui.models.rows import Cell, Column, Group, Table
from ui.text import C_, N_, Msg, say
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, column, row

LOW = 360  # px under which a frozen promise shows no hint
NO_ENGLISH = C_("plan text", "No English")
NO_KOREAN = C_("plan text", "No Korean")


@dataclass(frozen=True, slots=True)
class Part:
    """The plan (`commitment_id` None) or one commitment with its sections."""

    commitment_id: int | None
    code: str
    title: str
    texts: tuple[TextRow, ...]
    editions: tuple[EditionRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One section in the list; `id` is its place there."""

    id: int
    part: Part
    text: TextRow

    @property
    def height(self) -> int:
        """Leave room for what is said of a text in one language."""
        return 46 if bool(self.text.text) != bool(self.text.text_en) else 34

    @property
    def key(self) -> tuple[int | None, str]:
        """Return what names the section however the list changes."""
        return (self.part.commitment_id, self.text.section)


def parts(read, *, plan_id: int) -> list[Part]:
    """Read the sections of a plan and of its commitments in the template's order."""
    whole = say(N_("Action plan"))
    found = [Part(None, whole, whole, tuple(page.texts(read, plan_id)))]
    for one in queries.commitments(read, plan_id=plan_id, today=today()):
        found.append(
            Part(
                one.id,
                one.code,
                f"{one.code} {named(one.title, one.title_en)}",
                tuple(page.texts(read, plan_id, one.id)),
                tuple(adjusting.editions(read, one.id)),
            )
        )
    return found


def _section(line: Line) -> Cell:
    text = line.text
    label = say(text.label)
    if text.text and text.text_en:
        return Cell(label, icon="circle-check")
    if text.text or text.text_en:
        return Cell(label, say(NO_ENGLISH if text.text else NO_KOREAN), icon="circle-dot")
    return Cell(label, icon="circle-dashed", ink="text3")


class TextsFace(TwinsFace):
    """The sections at the left; at the right the one in front in both languages."""

    TOUCHES = ("plan_text", "commitment", "commitment_edition")
    TABLE = Table((Column("section", C_("plan text", "Section"), cell=_section),))

    NAME = C_("plan face", "Texts")
    HEIGHT = 34
    WIDTHS = (308, 216)

    def __init__(self, pane) -> None:
        super().__init__(pane)
        self._wanted: tuple[int | None, str] | None = None
        column((row(self.list, margins=(12, 8, 6, 8)), 1), gap=0, into=self.left)
        self.where = Label("", "cap", elide=True)
        self.title = Label("", "h3", wrap=True)
        self.chip = Chip()
        self.hint = Label("", "cap", wrap=True)
        self.promise = PromiseLine(pane)
        self.before = Button("", "ghost", "chevron-up", name=N_("Section before"))
        self.next = Button("", "ghost", "chevron-down", name=N_("Next section"))
        self.before.clicked.connect(self.on_before)
        self.next.clicked.connect(self.on_next)
        self.right = column(
            row(
                (column(self.where, row((self.title, 1), self.chip, gap=8), gap=2), 1),
                self.before,
                self.next,
                gap=2,
            ),
            self.hint,
            self.promise,
            (self.twins, 1),
            margins=(28, 12, 24, 12),
            gap=8,
        )
        row(self.left, (self.right, 1), gap=0, into=self)

    # --- what the pane asks
    def ask(self) -> None:
        """Ask for all sections."""
        self.desk.read(parts, then=self.on_parts, plan_id=self.plan.id)

    def open(self, id: int, table: str) -> None:
        """Show the section that a row of texts holds."""
        self.desk.read(_key, then=self.on_key, plan_id=self.plan.id, id=id)

    # --- what is shown
    def on_parts(self, found: list[Part]) -> None:
        """List the sections; the one in front stays, with what was typed."""
        wanted = self._wanted or (self.line.key if self.line else None)
        self._wanted = None
        self.lines, shown = [], []
        for part in found:
            filled = sum(bool(one.text) for one in part.texts)
            shown.append(Group(part.code, f"{filled} / {len(part.texts)}"))
            for text in part.texts:
                self.lines.append(Line(len(shown), part, text))
                shown.append(self.lines[-1])
        self.list.model().show(shown)
        self.list.dress()
        here = next((one for one in self.lines if one.key == wanted), self.lines[0])
        self.choose(here)

    def on_key(self, key) -> None:
        """Show a section by its name."""
        if key is None:
            return
        self._wanted = key
        here = next((one for one in self.lines if one.key == key), None)
        if here is not None:
            self._wanted = None
            self.list.choose(here.id)

    def find(self, commitment_id: int | None, label: Msg) -> None:
        """Show the section of that name, of the plan or of a commitment."""
        sections = plans.sections("plan" if commitment_id is None else "commitment")
        section = next(one.key for one in sections if one.label == label)
        self.on_key((commitment_id, section))

    def show_line(self, line: Line) -> None:
        same = self.line is not None and self.line.key == line.key
        self.line = line
        text = line.text
        self.where.say(line.part.title)
        self.title.say(text.label)
        lacks = text.text and not text.text_en
        self.chip.say(NO_ENGLISH if lacks else "", "warn")
        self.hint.say(text.hint or "")
        whole = line.part.commitment_id is None
        submitted = self.plan.submitted_on is not None and not whole
        self.promise.show_promise(
            line.part.commitment_id, line.part.title, submitted, line.part.editions
        )
        self._fit_hint()
        if same:
            self.twins.renew(text.text, text.text_en)
        else:
            self.twins.show_texts(line.key, text.text, text.text_en)
        self.twins.korean.locked(self.desk.read_only or self.promise.frozen)
        self.before.setEnabled(line is not self.lines[0])
        self.next.setEnabled(line is not self.lines[-1])

    def _fit_hint(self) -> None:
        """Show the template's question where a low window leaves room for it."""
        room = self.height() >= theme.px(LOW) or self.promise.isHidden()
        self.hint.setVisible(bool(self.line and self.line.text.hint) and room)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._fit_hint()

    # --- slots
    def on_before(self) -> None:
        self._step(-1)

    def on_next(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        n = self.lines.index(self.line) + by
        if 0 <= n < len(self.lines):
            self.list.choose(self.lines[n].id)

    def keep(self) -> None:
        if self.line is None or not self.twins.typed or self.desk.read_only:
            return
        commitment_id, section = self.line.key
        self.desk.do(
            plans.set_text,
            then=self.twins.on_kept,
            otherwise=self.on_refused,
            plan_id=self.plan.id,
            section=section,
            commitment_id=commitment_id,
            **self.twins.send(),
        )

    def on_refused(self, error: Exception) -> None:
        """Go back to what was not saved, as it was typed, and say why."""
        key, korean, english = self.twins.back()
        self.on_key(key)
        if self.line is not None and self.line.key == key:
            self.twins.show_texts(key, self.line.text.text, self.line.text.text_en)
            self.twins.restore(korean, english, error)


def _key(read, *, plan_id: int, id: int) -> tuple[int | None, str] | None:
    """Return which section a row of texts holds."""
    for part in parts(read, plan_id=plan_id):
        for text in part.texts:
            if text.id == id:
                return (part.commitment_id, text.section)
    return None
