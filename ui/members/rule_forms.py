"""Forms of a body's rules: one rule by its kind of value, a whole profile from a template."""

from __future__ import annotations

import datetime as dt

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import bodies, profiles, ruling
from gwangju_desktop.members.rules import named
from gwangju_desktop.members.rulewords import BASES, CHOICES, FLAGS, kind, words
from ui.members.body_forms import dated, filled
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Check, Choice, Dialog, Labelled, NumberField, beside
from ui.widgets.lists import RowList
from ui.widgets.parts import Label, column, row

MORE = ((">", C_("rule", "More than")), (">=", C_("rule", "At least")))
NO_DAY = N_("The first day is needed.")
PLAIN = ("flag", "choice")  # kinds whose chosen words say already what they mean


def mark(entry) -> tuple[str, str]:
    """Return the chip of a rule that is a default or that nobody has read: words and tone."""
    if not entry.own:
        return say(C_("rule", "Default")), "neu"
    return (say(N_("Unverified")), "warn") if entry.unverified else ("", "neu")


class ValueForm:
    """The fields of one rule's value, by its kind; `text()` is the value as it is kept."""

    def __init__(self, rule: str, text: str) -> None:
        self.rule, self.kind = rule, kind(rule)
        self.parts = getattr(self, f"_{self.kind}")(text)

    def _share(self, text: str) -> list:
        share = profiles.read_share(text)
        more = ">" if share.more else ">="
        self.more = Labelled(C_("rule", "Compared"), Choice(MORE, C_("rule", "Compared"), more))
        self.num = Labelled(N_("Numerator"), number(N_("Numerator"), share.num))
        self.den = Labelled(N_("Denominator"), number(N_("Denominator"), share.den))
        self.base = Labelled(
            C_("rule", "Counted from"),
            Choice(BASES.items(), C_("rule", "Counted from"), str(share.base)),
        )
        return [beside(self.base, self.more), beside(self.num, self.den)]

    def _fraction(self, text: str) -> list:
        num, den = profiles.read_fraction(text) or (None, None)
        self.num = Labelled(N_("Numerator"), number(N_("Numerator"), num))
        self.den = Labelled(N_("Denominator"), number(N_("Denominator"), den))
        return [beside(self.num, self.den), Label(N_("Both empty: without limit."), "cap")]

    def _number(self, text: str) -> list:
        label = profiles.RULES[self.rule].label
        self.one = Labelled(label, number(label, profiles.read_number(text), 999, 96))
        return [self.one, Label(N_("Empty: not laid down or without limit."), "cap")]

    def _flag(self, text: str) -> list:
        yes, no = FLAGS[self.rule]
        return self._one_of((("yes", yes), ("no", no)), text)

    def _amount(self, text: str) -> list:
        label = profiles.RULES[self.rule].label
        self.one = Labelled(label, number(label, profiles.read_amount(text), 99_999_999, 140))
        return [self.one, Label(N_("Empty: not laid down or without limit."), "cap")]

    def _choice(self, text: str) -> list:
        return self._one_of(tuple(CHOICES[self.rule].items()), text)

    def _one_of(self, options, text: str) -> list:
        label = profiles.RULES[self.rule].label
        self.one = Labelled(label, Choice(options, label, text))
        return [self.one]

    def _format(self, text: str) -> list:
        label = profiles.RULES[self.rule].label
        self.one = filled(label, text)
        hint = C_("rule", "In curly brackets: n the number, YYYY the year.")
        return [self.one, Label(hint, "cap", wrap=True)]

    def fields(self) -> list:
        """Return the fields, to hear when they change."""
        names = ("more", "num", "den", "base", "one")
        return [getattr(self, name).field for name in names if hasattr(self, name)]

    def text(self) -> str:
        """Return the value as it is kept; raises UserError for what is none."""
        if self.kind == "share":
            head = f"{self.more.value()} {self._whole(self.num)}/{self._whole(self.den)}"
            return f"{head} {self.base.value()}"
        if self.kind == "fraction":
            num, den = self.num.value(), self.den.value()
            if num is None and den is None:
                return ""
            return f"{self._whole(self.num)}/{self._whole(self.den)}"
        value = self.one.value()
        return "" if value is None else str(value)

    def _whole(self, field: Labelled) -> int:
        value = field.value()
        if value is None:
            message = N_("A number is needed.")
            field.wrong(say(message))
            raise UserError(message)
        return value


def number(name: str, value: int | None, high: int = 9999, width: int = 0) -> NumberField:
    """Return a field for a whole number, as wide as its place where no width is given."""
    return NumberField(name, value, high=high, width=width)


class RuleForm(Dialog):
    """Give a body one rule from a day on."""

    def __init__(self, parent, desk, body_id: int, entry, on: dt.date | None = None) -> None:
        self.desk, self.body_id, self.rule = desk, body_id, entry.rule
        self.form = ValueForm(entry.rule, entry.value)
        self.said = Label("", "strong", "acc", wrap=True)
        self.said.setVisible(self.form.kind not in PLAIN)
        since = entry.since if entry.own else on or clock.today()
        self.valid_from = dated(C_("rule", "In force from"), since)
        known = entry.source if entry.own else ""
        self.source = filled(N_("Source"), known, N_("Ordinance and article."))
        self.unverified = Check(N_("Nobody has read it in the source yet"), entry.unverified)
        super().__init__(
            parent,
            N_("Rule: {rule}"),
            *self.form.parts,
            self.said,
            beside(self.valid_from, self.source),
            self.unverified,
            Label(N_("The value before ends on the eve of that day."), "cap", wrap=True),
            width=500,
            rule=profiles.RULES[entry.rule].label,
        )
        for field in self.form.fields():
            signal = getattr(field, "typing", None) or field.currentIndexChanged
            signal.connect(self.on_value)
        self.on_value()

    def on_value(self, *_typed) -> None:
        """Say what the value means while it is chosen."""
        try:
            text = self.form.text()
            profiles.RULES[self.rule].read(text)
        except UserError:
            self.said.say("")
            return
        self.said.say(words(self.rule, text))

    def confirm(self) -> None:
        value, day = self.form.text(), self.valid_from.value()
        if day is None:
            self.valid_from.wrong(say(NO_DAY))
            raise UserError(NO_DAY)
        self.desk.do(
            ruling.set_rule,
            then=self.on_accepted,
            otherwise=self.on_refused,
            body_id=self.body_id,
            rule=self.rule,
            value=value,
            valid_from=day,
            source=self.source.value(),
            unverified=self.unverified.value(),
        )


def before(change) -> Cell:
    """Show what holds now."""
    held = change.before
    return Cell(words(change.rule, held.value), ink="text3") if held else Cell("–")


def after(change) -> Cell:
    """Show what would hold, and that nothing changes where it is the same."""
    if change.same:
        return Cell(say(C_("rule", "stays")), ink="text3")
    text = words(change.rule, change.after.value)
    return Cell(text, change.after.source, role="secb")


CHANGES = Table(
    columns=(
        Column(
            "rule",
            C_("rule", "Rule"),
            150,
            cell=lambda change: Cell(say(profiles.RULES[change.rule].label)),
        ),
        Column("before", C_("rule", "Now"), 240, cell=before),
        Column("after", C_("rule", "Template"), cell=after),
        Column(
            "mark",
            width=96,
            cell=lambda c: Cell(
                chip=say(N_("Unverified")) if c.after.unverified and not c.same else "", tone="warn"
            ),
        ),
    )
)


class TemplateForm(Dialog):
    """Give a body the rules of a profile that ships, in one step, after seeing what changes."""

    def __init__(self, parent, desk, body_id: int, on: dt.date) -> None:
        self.desk, self.body_id = desk, body_id
        options = [
            (known.key, named(known.name_ko, known.name_en)) for known in profiles.templates()
        ]
        self.template = Labelled(
            C_("rule", "Template"), Choice(options, C_("rule", "Template"), options[0][0])
        )
        self.valid_from = dated(C_("rule", "In force from"), on)
        self.source = Label("", "cap", wrap=True)
        self.model = RowTable(CHANGES)
        self.list = RowList(self.model, N_("What changes"), height=44)
        self.list.setMinimumHeight(260)
        super().__init__(
            parent,
            N_("Use a template"),
            row((self.template, 2), (self.valid_from, 1), gap=12),
            self.source,
            column(self.list),
            Label(
                N_("Each rule keeps its source; a rule in force later begins on its own day."),
                "cap",
                wrap=True,
            ),
            button=C_("button", "Apply"),
            width=860,
        )
        self.template.field.currentIndexChanged.connect(self.on_asked)
        self.valid_from.field.typing.connect(self.on_asked)
        self.on_asked()

    def on_asked(self, *_typed) -> None:
        chosen = self.template.field.value()
        self.source.say(next(t.source for t in profiles.templates() if t.key == chosen))
        try:
            day = self.valid_from.field.value()
        except UserError:
            return
        if day is not None:
            self.desk.read(
                bodies.template_changes,
                then=self.on_changes,
                body_id=self.body_id,
                template=chosen,
                valid_from=day,
            )

    def on_changes(self, changes) -> None:
        self.model.show(changes)
        n = sum(not change.same for change in changes)
        self.button.say(NN_("Apply {n} rule", "Apply {n} rules"), n=n)
        self.button.why_not("" if n else N_("The body has these rules already."))

    def confirm(self) -> None:
        day = self.valid_from.value()
        if day is None:
            self.valid_from.wrong(say(NO_DAY))
            raise UserError(NO_DAY)
        self.desk.do(
            ruling.apply_template,
            then=self.on_accepted,
            otherwise=self.on_refused,
            body_id=self.body_id,
            template=self.template.value(),
            valid_from=day,
        )
