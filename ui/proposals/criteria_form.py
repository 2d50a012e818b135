"""The criteria of a profile's assessment as one table."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import weighing
from ui.proposals.inputs import Growing
from ui.text import C_, N_
from ui.widgets.forms import Dialog, Field, Labelled, NumberField
from ui.widgets.parts import Button, Label, row


class CriterionLine(QWidget):
    """One criterion: its names and its weight."""

    def __init__(self, box: CriterionLines, one=None) -> None:
        super().__init__()
        self.box, self.id = box, getattr(one, "id", None)
        self.korean = Field(N_("Korean name"), N_("Korean name"))
        self.english = Field(N_("English name"), N_("English name"))
        self.first = self.korean
        self.weight = NumberField(N_("Weight"), getattr(one, "weight", None), high=100, width=64)
        self.remove = Button("", "ghost", "x", name=N_("Remove criterion"), slot=self.on_remove)
        self.korean.setText(getattr(one, "name_ko", ""))
        self.english.setText(getattr(one, "name_en", ""))
        for field in (self.korean, self.english):
            field.setCursorPosition(0)
        row(
            (self.korean, 3),
            (self.english, 3),
            self.weight,
            Label("%", "sec"),
            self.remove,
            gap=6,
            into=self,
        )
        self.weight.textChanged.connect(box.on_weight)

    def value(self) -> dict:
        """Return the line as the use case takes it."""
        weight = self.weight.value()
        if weight is None:
            raise UserError(N_("Every criterion needs a weight."))
        return {
            "id": self.id,
            "name_ko": self.korean.value(),
            "name_en": self.english.value(),
            "weight": weight,
        }

    def on_remove(self) -> None:
        self.box.drop(self)


class CriterionLines(Growing):
    """The criteria and what their weights come to."""

    def __init__(self, criteria) -> None:
        self.sum = Label("", "cap")
        super().__init__(N_("Add a criterion"), self.sum)
        for one in criteria:
            self.put(one)

    def make(self, one) -> CriterionLine:
        return CriterionLine(self, one)

    def changed(self) -> None:
        self.on_weight()

    def on_weight(self, _typed: str = "") -> None:
        """Say what the weights come to."""
        try:
            total = sum(line.weight.value() or 0 for line in self.lines)
        except UserError:
            return
        self.sum.ink("text2" if total == weighing.WHOLE else "bad").say(
            N_("{total} % in all"), total=total
        )

    def value(self) -> list[dict]:
        """Return the criteria."""
        return [line.value() for line in self.lines]


class CriteriaForm(Dialog):
    """The criteria of a profile as one table; the weights come to 100 %."""

    def __init__(self, view, shown) -> None:
        self.desk, self.shown = view.desk, shown
        self.lines = Labelled(C_("profile", "Criteria"), CriterionLines(shown.criteria))
        super().__init__(view.window(), N_("Criteria of the assessment"), self.lines, width=620)
        if self.lines.field.lines:
            self.lines.field.lines[0].korean.setFocus()

    def confirm(self) -> None:
        self.desk.do(
            weighing.set_criteria,
            then=self.on_accepted,
            otherwise=self.on_refused,
            profile_id=self.shown.id,
            criteria=self.lines.value(),
        )
