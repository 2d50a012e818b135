"""Known shares of the population that a wave's results are weighted to."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QWidget

from db.vocab import MISSING, QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import questions, targets, waves
from ui import theme
from ui.polls.condition_form import named
from ui.text import C_, N_, say
from ui.widgets.forms import Check, Dialog, Field, Labelled
from ui.widgets.parts import Align, Label, column, row, scrolled

ONE = frozenset({QuestionKind.SINGLE, QuestionKind.SCALE})
OFF = 0.11  # percent a sum may be off, typed with a decimal or two
HIGH, LOW = 420, 90


@dataclass(frozen=True, slots=True)
class Known:
    """The questions shares may be of, those that are set, and where they are from."""

    asked: tuple
    targets: dict[int, dict[str, float]]
    source: str


def known(read, *, wave_id: int) -> Known:
    """Return what the form shows."""
    asked = tuple(one for one in questions.questionnaire(read, wave_id) if one.question.kind in ONE)
    marked = tuple(one for one in asked if one.attribute)
    held = targets.targets(read, wave_id)
    also = tuple(one for one in asked if one.question_id in held and one not in marked)
    return Known((marked or asked) + (also if marked else ()), held, targets.source(read, wave_id))


class Shares(QWidget):
    """The options of one question with their shares in percent."""

    def __init__(self, asked, held: dict[str, float] | None) -> None:
        super().__init__()
        self.asked = asked
        self.on = Check(named(asked.question), held is not None)
        self.on.setFont(theme.font("secb"))
        self.sum = Label("", "cap")
        self.fields: dict[str, Field] = {}
        self.grid = QWidget()
        lines = QGridLayout(self.grid)
        lines.setContentsMargins(24, 0, 8, 0)
        lines.setHorizontalSpacing(8)
        lines.setVerticalSpacing(5)
        lines.setColumnStretch(0, 1)
        real = [one for one in asked.question.options if one.role not in MISSING]
        for at, option in enumerate(real):
            name = Label("", "sec", "text", elide=True)
            name.say(option.label)
            field = Field("", N_("Share (%)"), width=76)
            field.setAccessibleName(f"{option.label} %")
            field.setAlignment(Align.AlignRight)
            if held and option.code in held:
                field.setText(f"{100 * held[option.code]:.10g}")
            field.textChanged.connect(self.on_typing)
            self.fields[option.code] = field
            lines.addWidget(name, at, 0)
            lines.addWidget(field, at, 1)
            lines.addWidget(Label("%", "sec"), at, 2)
        column(row(self.on, None, self.sum, margins=(0, 0, 8, 0)), self.grid, gap=6, into=self)
        self.on.clicked.connect(self.on_on)
        self.on_on()

    def on_on(self) -> None:
        """Show the shares of a question that is weighted by."""
        self.grid.setVisible(self.on.value())
        self.sum.setVisible(self.on.value())
        self.on_typing()
        if self.window() is not self and hasattr(self.window(), "fit"):
            self.window().fit()

    def on_typing(self, *_typed) -> None:
        """Say what the shares come to."""
        try:
            total = sum(self.shares().values())
        except UserError:
            return
        self.sum.ink("text2" if abs(total - 100) <= OFF else "bad")
        self.sum.say(N_("{total:.1f}% in all"), total=total)

    def shares(self) -> dict[str, float]:
        """Return the shares in percent; raise UserError for what is no number."""
        found = {}
        for code, field in self.fields.items():
            typed = field.value().replace(",", ".").rstrip("%").strip()
            try:
                found[code] = float(typed) if typed else 0.0
            except ValueError as error:
                raise UserError(N_("This is not a number: {typed}"), typed=typed) from error
        return found


class WeightsForm(Dialog):
    """The shares of each group in the population, and whether results are weighted to them."""

    def __init__(self, parent, desk, wave) -> None:
        self.desk, self.wave = desk, wave
        self.lines: list[Shares] = []
        self.inside = column(gap=14)
        self.pane = scrolled(self.inside)
        self.source = Labelled(
            C_("poll form", "Source of the shares"),
            Field(N_("Title, publisher, date"), C_("poll form", "Source of the shares")),
        )
        self.nothing = Label(
            N_(
                "The wave asks nothing that tells groups apart. Mark a question with one choice,"
                " such as sex or age band, as one tables can be split by."
            ),
            "sec",
            wrap=True,
        )
        self.weighted = Check(N_("Weight the results to known shares"), wave.weighted)
        super().__init__(
            parent,
            N_("Known shares of the population: {wave}"),
            Label(
                N_(
                    "Results are weighted until each group has its share. Weights stay between 0.3"
                    " and 3; a share nobody stands for is refused."
                ),
                "cap",
                wrap=True,
            ),
            self.nothing,
            self.pane,
            self.source,
            self.weighted,
            width=540,
            wave=wave.label,
        )
        self.nothing.hide()
        self.fit()
        self.desk.read(known, then=self.on_known, otherwise=self.on_refused, wave_id=wave.id)

    def on_known(self, found: Known) -> None:
        """Show the questions and what is set."""
        self.lines = [Shares(one, found.targets.get(one.question_id)) for one in found.asked]
        for line in self.lines:
            self.inside.layout().addWidget(line)
            # A part counts for the height once it is shown.
            line.show()
            line.on.clicked.connect(self.on_line)
        self.source.field.setText(found.source)
        self.source.field.setCursorPosition(0)
        self.nothing.setVisible(not self.lines)
        self.pane.setVisible(bool(self.lines))
        self.fit()

    def on_line(self) -> None:
        """Weight by the first shares that are set; without any there is nothing to weight to."""
        chosen = sum(line.on.value() for line in self.lines)
        if chosen <= 1:
            self.weighted.setChecked(bool(chosen))

    def fit(self) -> None:
        """Give the questions the height they want, within limits."""
        self.inside.layout().activate()
        wanted = self.inside.sizeHint().height() + 4
        self.pane.setFixedHeight(max(theme.px(LOW), min(wanted, theme.px(HIGH))))
        self.adjustSize()

    def confirm(self) -> None:
        shares = {
            line.asked.question_id: {code: n / 100 for code, n in line.shares().items()}
            for line in self.lines
            if line.on.value()
        }
        if shares and not self.source.value():
            message = N_("Say where the shares are from.")
            self.source.wrong(say(message))
            raise UserError(message)
        self.desk.do(
            targets.set_targets,
            then=self.on_set,
            otherwise=self.on_refused,
            wave_id=self.wave.id,
            targets=shares,
            source=self.source.value(),
        )

    def on_set(self, value: object) -> None:
        """Keep with the wave whether it is weighted."""
        if self.weighted.value() == self.wave.weighted:
            self.on_accepted(value)
            return
        self.desk.do(
            waves.edit_wave,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.wave.id,
            weighted=self.weighted.value(),
        )
