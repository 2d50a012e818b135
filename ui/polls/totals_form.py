"""Published totals typed question by question; what cannot be is said while it is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from db.vocab import MISSING, QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import answers, published
from gwangju_desktop.polls.checks import check
from gwangju_desktop.polls.words import how_answered
from ui import theme
from ui.polls.condition_form import named
from ui.text import C_, N_, say
from ui.widgets.forms import Choice, Dialog, Field, Labelled, NumberField
from ui.widgets.parts import Align, Button, Icon, Label, column, row, rule, scrolled

MOST = 99_999_999
WITH_PARTS = frozenset({QuestionKind.RANKING, QuestionKind.GRID})
COUNTED = frozenset(QuestionKind) - {QuestionKind.OPEN}


class CountField(NumberField):
    """A number of people, and the option (and row) it is of."""

    def __init__(self, option, part) -> None:
        name = f"{part.label} {option.label}" if part else option.label
        super().__init__(name, None, high=MOST, width=84)
        self.key = (part.code if part else "", option.code)


class Counts(QWidget):
    """A field for every option, or every option of every row."""

    def __init__(self, question) -> None:
        super().__init__()
        self.question = question
        self.fields: list[CountField] = []
        self.shares: dict[str, Label] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        if question.kind in WITH_PARTS:
            self._fill_parts(grid)
        else:
            self._fill(grid)
        grid.setRowStretch(grid.rowCount(), 1)

    def _fill(self, grid: QGridLayout) -> None:
        for at, option in enumerate(self.question.options):
            field = CountField(option, None)
            name = Label("", "sec", "text", wrap=True)
            name.say(option.label)
            share = Label("", "cap", align=Align.AlignRight)
            share.wide(250)
            self.shares[option.code] = share
            self.fields.append(field)
            grid.addWidget(name, at, 0)
            grid.addWidget(field, at, 1)
            grid.addWidget(share, at, 2)

    def _fill_parts(self, grid: QGridLayout) -> None:
        for at, part in enumerate(self.question.parts, 1):
            head = Label("", "capb", wrap=True, align=Align.AlignHCenter)
            head.say(part.label)
            grid.addWidget(head, 0, at)
        for at, option in enumerate(self.question.options, 1):
            name = Label("", "sec", "text", wrap=True)
            name.say(option.label)
            grid.addWidget(name, at, 0)
            for place, part in enumerate(self.question.parts, 1):
                field = CountField(option, part)
                self.fields.append(field)
                grid.addWidget(field, at, place)

    def show_counts(self, counts) -> None:
        """Write counts that are kept into the fields."""
        for field in self.fields:
            n = counts.get(field.key)
            field.setText("" if n is None else str(n))

    def value(self) -> dict[tuple[str, str], int]:
        """Return what is typed, by row and option; empty fields are left out."""
        found = {field.key: field.value() for field in self.fields}
        return {key: n for key, n in found.items() if n is not None}

    def show_shares(self, counts, answered: int | None) -> None:
        """Show both percentages of what is typed so far."""
        missing = {one.code for one in self.question.options if one.role in MISSING}
        votes = sum(n for (_part, code), n in counts.items() if code not in missing)
        for code, label in self.shares.items():
            n = counts.get(("", code))
            if n is None or code in missing or not votes:
                label.say("")
            elif answered:
                label.say(
                    N_("{votes:.1f}% of responses · {people:.1f}% of people"),
                    votes=100 * n / votes,
                    people=100 * n / answered,
                )
            else:
                label.say(N_("{votes:.1f}% of responses"), votes=100 * n / votes)


class TotalsDialog(Dialog):
    """Totals of one question after the other; Enter goes from field to field."""

    def __init__(self, parent, desk, wave, asked, wave_question_id: int | None = None) -> None:
        self.desk, self.wave = desk, wave
        self.asked = [one for one in asked if one.question.kind in COUNTED]
        self.held: published.Totals | None = None
        ids = [one.wave_question_id for one in self.asked]
        question = C_("poll form", "Question")
        offered = [
            (one.wave_question_id, f"{one.question.code}  {named(one.question)}")
            for one in self.asked
        ]
        first = wave_question_id if wave_question_id in ids else ids[0]
        self.question = Labelled(question, Choice(offered, question, first))
        self.how = Label("", "cap", wrap=True)
        self.source = Labelled(
            C_("poll form", "Published in"),
            Field(N_("Title, publisher, date"), C_("poll form", "Published in")),
        )
        self.source.field.setText(wave.published)
        self.source.field.setCursorPosition(0)
        self._make_bases()
        self.counts: Counts | None = None
        self.holder = QWidget()
        self.inside = column(gap=0, into=self.holder)
        self.pane = scrolled(self.holder)
        self.agree = Label("", "sec", wrap=True)
        self.sign = Icon("info", "text3", 16)
        super().__init__(
            parent,
            N_("Published totals: {wave}"),
            self.question,
            self.how,
            self.source,
            self.bases,
            rule(),
            self.pane,
            row((self.sign, Align.AlignTop), (self.agree, 1), gap=8),
            button=C_("poll form", "Save and next"),
            width=640,
            wave=wave.label,
        )
        self.clear = Button(C_("poll form", "Remove these totals"), "link", slot=self.on_clear)
        self.buttons.layout().insertWidget(0, self.clear)
        self.clear.hide()
        self.cancel_button.say(C_("poll form", "Finish"))
        self.button.setAutoDefault(False)
        self.button.setDefault(False)
        self.resize(theme.px(660), min(theme.px(660), parent.height() - theme.px(24)))
        self.question.field.activated.connect(self.on_question)
        for part in (self.took, self.put, self.blank):
            part.field.textChanged.connect(self.on_typing)
        self.on_question()

    def _make_bases(self) -> None:
        def number(words) -> Labelled:
            return Labelled(words, NumberField(words, None, high=MOST, width=120))

        self.took = number(C_("poll form", "Answered (people)"))
        self.put = number(C_("poll form", "Asked (people)"))
        self.blank = number(C_("poll form", "Left blank (people)"))
        mean = C_("poll form", "Mean")
        self.mean = Labelled(mean, Field("", mean, width=100))
        self.bases = row(self.took, self.put, self.blank, self.mean, None, gap=12)

    @property
    def one(self):
        """The question whose totals are typed."""
        id = self.question.field.value()
        return next(one for one in self.asked if one.wave_question_id == id)

    # --- what is shown
    def on_question(self, *_chosen) -> None:
        """Show the fields of a question, and what is kept of it."""
        one = self.one
        self.how.say(
            " · ".join(
                part for part in (one.question.wording, str(how_answered(one.question))) if part
            )
        )
        if self.counts is not None:
            self.counts.hide()
            self.counts.deleteLater()
        self.counts = Counts(one.question)
        self.inside.layout().addWidget(self.counts)
        for field in self.counts.fields:
            field.textChanged.connect(self.on_typing)
        numbers = one.question.kind is QuestionKind.NUMBER
        self.mean.setVisible(numbers)
        self.clear.hide()
        self.desk.read(
            answers.totals,
            then=self.on_totals,
            otherwise=self.on_refused,
            wave_question_id=one.wave_question_id,
        )

    def on_totals(self, totals) -> None:
        """Write what is kept into the fields."""
        self.held = totals
        bases = {self.took: "answered", self.put: "asked", self.blank: "blank"}
        for part, name in bases.items():
            n = getattr(totals, name, None)
            part.field.setText("" if n is None else str(n))
        mean = getattr(totals, "mean", None)
        self.mean.field.setText("" if mean is None else f"{mean:g}")
        self.counts.show_counts(totals.counts if totals else {})
        self.clear.setVisible(totals is not None)
        self.on_typing()
        self.took.field.setFocus()

    def on_typing(self, *_typed) -> None:
        """Check what is typed so far, without stopping the hand."""
        try:
            typed = self.typed()
        except UserError:
            return
        self.counts.show_shares(typed.counts, typed.answered)
        if not typed.counts and typed.answered is None:
            self.sign.show_icon("info", "text3")
            self.agree.say(N_("What does not add up is said here."))
            return
        wrong = check(typed)
        if wrong:
            self.sign.show_icon("circle-alert", "warn")
            self.agree.say("\n".join(str(one) for one in wrong))
        else:
            votes = sum(typed.counts.values())
            self.sign.show_icon("circle-check", "ok")
            self.agree.say(N_("The counts agree: {votes:,} in all."), votes=votes)

    def typed(self) -> published.Totals:
        """Return what is typed; raise UserError for what is no number."""
        return published.typed(
            self.one.question,
            self.took.value(),
            self.put.value(),
            self.counts.value(),
            self.blank.value(),
            self._mean(),
        )

    def _mean(self) -> float | None:
        words = self.mean.field.value().replace(",", "")
        if not words or self.mean.isHidden():
            return None
        try:
            return float(words)
        except ValueError as error:
            message = N_("This is not a number: {typed}")
            self.mean.wrong(say(message, typed=words))
            raise UserError(message, typed=words) from error

    # --- slots
    def confirm(self) -> None:
        typed = self.typed()
        if not self.source.value():
            message = N_("Totals need the place where they were published.")
            self.source.wrong(say(message))
            raise UserError(message)
        self.source.right()
        self.button.setEnabled(False)
        self.desk.do(
            published.set_totals,
            then=self.on_saved,
            otherwise=self.on_refused,
            wave_question_id=self.one.wave_question_id,
            answered=typed.answered,
            asked=typed.asked,
            counts=typed.counts,
            blank=typed.blank,
            mean=typed.mean,
            published=self.source.value(),
        )

    def on_saved(self, value: object) -> None:
        """Go to the next question; after the last one close."""
        self.value = value
        self.button.setEnabled(True)
        at = self.question.field.currentIndex() + 1
        if at == len(self.asked):
            self.accept()
            return
        self.question.field.setCurrentIndex(at)
        self.on_question()

    def on_clear(self) -> None:
        self.desk.do(
            published.remove_totals,
            then=self.on_cleared,
            otherwise=self.on_refused,
            wave_question_id=self.one.wave_question_id,
        )

    def on_cleared(self, _value) -> None:
        self.on_question()

    def keyPressEvent(self, event) -> None:
        """Enter goes to the next field, from the last one it saves."""
        plain = not event.modifiers() or event.modifiers() == Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            fields = [part.field for part in (self.took, self.put, self.blank)]
            fields += [self.mean.field] if self.mean.isVisible() else []
            fields += self.counts.fields
            focused = self.focusWidget()
            if focused in fields and focused is not fields[-1]:
                fields[fields.index(focused) + 1].setFocus()
                fields[fields.index(focused) + 1].selectAll()
            elif focused in (fields[-1], self.button):
                self.on_confirm()
            return
        super().keyPressEvent(event)
