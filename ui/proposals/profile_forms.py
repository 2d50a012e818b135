"""Forms of a profile: a rule by its kind of value, what a state is called, a move, the criteria."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import guards, profile_edits, spans
from gwangju_desktop.proposals.words import STAGES, STATES
from ui.text import C_, N_, say
from ui.widgets.forms import Check, Choice, DateField, Dialog, Field, Labelled, NumberField, beside
from ui.widgets.parts import Button, Label, column, row

UNITS = (
    ("day", C_("unit", "days")),
    ("week", C_("unit", "weeks")),
    ("month", C_("unit", "months")),
    ("year", C_("unit", "years")),
)


EXAMPLES = {
    spans.read_format: "{YYYY}-{n:03}",
    spans.read_fraction: "1/2",
    spans.read_day_of_year: "01-31",
    spans.read_most: "5",
}


class RuleValue(QWidget):
    """The fields of one rule's value, by its kind; `value()` is the value as it is kept."""

    def __init__(self, rule: str, text: str) -> None:
        super().__init__()
        self.rule, self.declared = rule, spans.RULES[rule]
        self.fields: list[QWidget] = []
        read, label = self.declared.read, self.declared.label
        if self.declared.words is not None:
            self.fields = [Choice(self.declared.words.items(), label, text)]
        elif read is spans.read_span:
            self._span(label, spans.read_span(text))
        elif read is spans.read_threshold:
            threshold = spans.read_threshold(text)
            self._number(label, threshold.n if threshold else None, 999_999)
            self._span(N_("Within"), threshold.span if threshold else None)
        elif read is spans.read_repeats:
            repeats = spans.read_repeats(text)
            self._number(N_("Repeats"), repeats.times if repeats else None, 99)
            self._number(N_("Notices"), repeats.notices if repeats else None, 99)
        else:
            field = Field(EXAMPLES.get(read, ""), label)
            field.setText(text)
            self.fields = [field]
        wide = len(self.fields) == 1
        row(*([(self.fields[0], 1)] if wide else self._named()), into=self)
        self.setFocusProxy(self.fields[0])

    def _number(self, name: str, value: int | None, high: int) -> None:
        self.fields.append(NumberField(name, value, low=1, high=high, width=88))

    def _span(self, name: str, span) -> None:
        self._number(name, span.n if span else None, 999)
        self.fields.append(Choice(UNITS, N_("Unit of time"), span.unit if span else "day"))

    def _named(self) -> list:
        """Return the fields with a word before the second and third number."""
        parts: list = []
        words = {
            spans.read_threshold: (None, N_("Within"), None),
            spans.read_repeats: (N_("Repeats"), N_("Notices")),
        }.get(self.declared.read, (None, None))
        for word, field in zip(words, self.fields, strict=True):
            parts += [Label(word, "sec"), field] if word else [field]
        return [*parts, None]

    def signals(self) -> list:
        """Return what tells that the value changes."""
        return [getattr(one, "typing", None) or one.currentIndexChanged for one in self.fields]

    def value(self) -> str:
        """Return the value as it is kept; raises UserError for what is none."""
        found = [field.value() for field in self.fields]
        read = self.declared.read
        if read is spans.read_span:
            text = spelt(*found)
        elif read is spans.read_threshold:
            n, *span = found
            text = "" if n is None else f"{n} within {spelt(*span)}"
        elif read is spans.read_repeats:
            text = "" if None in found else f"{found[0]} times, {found[1]} notices"
        else:
            text = str(found[0])
        read(text)
        return text


def spelt(n: int | None, unit: str) -> str:
    """Return a span as it is kept, "" where no number is given."""
    return "" if n is None else f"{n} {unit}{'s' if n > 1 else ''}"


class RuleForm(Dialog):
    """Give a profile one rule from a day on."""

    def __init__(self, view, profile_id: int, rule: str, held=None) -> None:
        self.desk, self.profile_id, self.rule = view.desk, profile_id, rule
        self.field = Labelled(
            C_("profile rule", "Value"), RuleValue(rule, held.value if held else default(rule))
        )
        self.said = Label("", "strong", "acc", wrap=True)
        since = held.valid_from if held else clock.today()
        self.valid_from = Labelled(
            C_("rule", "In force from"), DateField(C_("rule", "In force from"), since, 0)
        )
        self.source = Labelled(N_("Source"), Field(N_("Ordinance and article.")))
        self.source.field.setText(held.source if held else "")
        self.source.field.setCursorPosition(0)
        self.unverified = Check(
            N_("Nobody has read it in the source yet"), bool(held and held.unverified)
        )
        super().__init__(
            view.window(),
            N_("Rule: {rule}"),
            self.field,
            self.said,
            self.valid_from,
            self.source,
            self.unverified,
            Label(N_("The value before ends on the eve of that day."), "cap", wrap=True),
            width=500,
            rule=spans.RULES[rule].label,
        )
        for signal in self.field.field.signals():
            signal.connect(self.on_value)
        self.field.field.setFocus()
        self.on_value()

    def on_value(self, *_typed) -> None:
        """Say what the value means while it is chosen."""
        try:
            self.said.say(spans.said(self.rule, self.field.field.value()))
        except UserError:
            self.said.say("")

    def confirm(self) -> None:
        value, day = self.field.value(), self.valid_from.value()
        if day is None:
            message = N_("The first day is needed.")
            self.valid_from.wrong(say(message))
            raise UserError(message)
        self.desk.do(
            profile_edits.set_rule,
            then=self.on_accepted,
            otherwise=self.on_refused,
            profile_id=self.profile_id,
            rule=self.rule,
            value=value,
            valid_from=day,
            source=self.source.value(),
            unverified=self.unverified.value(),
        )


def default(rule: str) -> str:
    """Return the value a rule nobody has set begins with."""
    words = spans.RULES[rule].words
    return next(iter(words)) if words else ""


class ProfileForm(Dialog):
    """Copy a profile under another name, or change what one is called and what it follows."""

    def __init__(self, view, shown, *, copy: bool) -> None:
        self.desk, self.shown, self.copy = view.desk, shown, copy
        self.korean = Labelled(N_("Korean name"), Field())
        self.english = Labelled(N_("English name"), Field())
        self.basis = Labelled(N_("What it follows"), Field(N_("Ordinance and article.")))
        if not copy:
            self.korean.field.setText(shown.name_ko)
            self.english.field.setText(shown.name_en)
        self.basis.field.setText(shown.basis)
        self.basis.field.setCursorPosition(0)
        super().__init__(
            view.window(),
            N_("Copy of “{name}”") if copy else N_("Edit profile"),
            self.korean,
            self.english,
            *([] if copy else [self.basis]),
            button=C_("button", "Copy") if copy else N_("Save"),
            name=shown.name,
        )
        self.korean.field.setFocus()

    def confirm(self) -> None:
        names = {"name_ko": self.korean.value(), "name_en": self.english.value()}
        if not names["name_ko"]:
            message = N_("The profile needs a name.")
            self.korean.wrong(say(message))
            raise UserError(message)
        answers = {"then": self.on_accepted, "otherwise": self.on_refused}
        if self.copy:
            self.desk.do(profile_edits.copy_profile, profile_id=self.shown.id, **answers, **names)
        else:
            self.desk.do(
                profile_edits.edit_profile,
                profile_id=self.shown.id,
                basis=self.basis.value(),
                **answers,
                **names,
            )


class StateForm(Dialog):
    """Call a state otherwise, put it into another stage; add one, or take one out."""

    def __init__(self, view, shown, line=None) -> None:
        self.desk, self.shown, self.line = view.desk, shown, line
        known = {one.state for one in shown.states}
        free = [(s, STATES[s]) for s in STATES if s not in known]
        self.state = Labelled(C_("profile", "State"), Choice(free, C_("profile", "State")))
        self.korean = Labelled(N_("Korean name"), Field())
        self.english = Labelled(N_("English name"), Field())
        stage = line.word.stage if line else ""
        self.stage = Labelled(
            C_("profile", "Stage"), Choice(STAGES.items(), C_("profile", "Stage"), stage)
        )
        if line:
            self.korean.field.setText(line.word.name_ko)
            self.english.field.setText(line.word.name_en)
        super().__init__(
            view.window(),
            N_("Change the state") if line else N_("Add a state"),
            *([] if line else [self.state]),
            beside(self.korean, self.english),
            self.stage,
            width=480,
        )
        self.remove = Button(C_("button", "Take out"), "link", "trash-2", slot=self.on_remove)
        self.buttons.layout().insertWidget(0, self.remove)
        self.remove.setVisible(line is not None)
        self.korean.field.setFocus()

    def confirm(self) -> None:
        if not self.korean.value():
            message = N_("The state needs a name.")
            self.korean.wrong(say(message))
            raise UserError(message)
        self.desk.do(
            profile_edits.rename_state,
            then=self.on_accepted,
            otherwise=self.on_refused,
            profile_id=self.shown.id,
            state=str(self.line.state if self.line else self.state.value()),
            name_ko=self.korean.value(),
            name_en=self.english.value(),
            stage=str(self.stage.value()),
        )

    def on_remove(self) -> None:
        self.desk.do(
            profile_edits.remove_state,
            then=self.on_accepted,
            otherwise=self.on_refused,
            profile_id=self.shown.id,
            state=self.line.state,
        )


class MoveForm(Dialog):
    """Let proposals go from one state to another once something is there; or close the way."""

    def __init__(self, view, shown, line=None) -> None:
        self.desk, self.shown, self.line = view.desk, shown, line
        states = [(one.state, one.word.name) for one in shown.states]
        self.before = Labelled(
            C_("move", "From"),
            Choice(states, C_("move", "From"), line.move.from_state if line else None),
        )
        self.after = Labelled(
            C_("move", "To"),
            Choice(states, C_("move", "To"), line.move.to_state if line else states[-1][0]),
        )
        self.before.setEnabled(line is None)
        self.after.setEnabled(line is None)
        needs = line.move.needs if line else ()
        self.checks = {
            name: Check(guard.label, name in needs) for name, guard in guards.GUARDS.items()
        }
        checks = list(self.checks.values())
        half = (len(checks) + 1) // 2
        super().__init__(
            view.window(),
            N_("Change the move") if line else N_("Add a move"),
            beside(self.before, self.after),
            Label(N_("What it needs"), "secb"),
            row(
                (column(*checks[:half], None, gap=6), 1),
                (column(*checks[half:], None, gap=6), 1),
                gap=12,
            ),
            Label(N_("What is ticked in grey always holds."), "cap", wrap=True),
            width=560,
        )
        self.remove = Button(C_("button", "Close the way"), "link", "trash-2", slot=self.on_remove)
        self.buttons.layout().insertWidget(0, self.remove)
        self.remove.setVisible(line is not None)
        self.after.field.currentIndexChanged.connect(self.on_after)
        self.on_after()
        (self.before.field if line is None else next(iter(self.checks.values()))).setFocus()

    def on_after(self, _n: int = 0) -> None:
        """Tick what always holds for the state, and let nobody take it away."""
        always = guards.ALWAYS.get(self.after.value(), ())
        for name, check in self.checks.items():
            if name in always:
                check.setChecked(True)
            check.setEnabled(name not in always)

    def confirm(self) -> None:
        self.desk.do(
            profile_edits.set_move,
            then=self.on_accepted,
            otherwise=self.on_refused,
            profile_id=self.shown.id,
            from_state=self.before.value(),
            to_state=self.after.value(),
            needs=[name for name, check in self.checks.items() if check.value()],
        )

    def on_remove(self) -> None:
        self.desk.do(
            profile_edits.remove_move,
            then=self.on_accepted,
            otherwise=self.on_refused,
            profile_id=self.shown.id,
            from_state=self.line.move.from_state,
            to_state=self.line.move.to_state,
        )
