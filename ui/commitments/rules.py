"""The rules of a plan: what is due when, what is suggested, what an upload takes, with sources."""

from __future__ import annotations

from collections.abc import Sequence

from gwangju_desktop.clock import today
from gwangju_desktop.commitments import rules
from gwangju_desktop.commitments.words import RULES
from gwangju_desktop.errors import UserError
from ui.commitments.plan_face import ListFace
from ui.energy.form_parts import filled, labelled
from ui.models.rows import Cell, Column, Table
from ui.text import C_, N_, say
from ui.widgets.forms import Check, Choice, DateField, Dialog, NumberField, beside
from ui.widgets.parts import Button, Label

SINCE = N_("since {day:full}")
UNTIL = N_("until {day:full}")
LENGTH = 999


def days(row: rules.RuleRow) -> str:
    """Return the days a rule holds, empty where it always has."""
    parts = []
    if row.valid_from != rules.ALWAYS:
        parts.append(say(SINCE, day=row.valid_from))
    if row.valid_to is not None:
        parts.append(say(UNTIL, day=row.valid_to))
    return " · ".join(parts)


def _rule(row: rules.RuleRow) -> Cell:
    return Cell(
        say(RULES[row.rule]),
        days(row) or say(N_("since the plan began")),
        role="secb" if row.current else "sec",
        ink="" if row.current else "text3",
    )


def _value(row: rules.RuleRow) -> Cell:
    return Cell(f"{row.value:,}", role="strong" if row.current else "sec")


def _state(row: rules.RuleRow) -> Cell:
    if not row.current:
        ahead = row.valid_from > today()
        return Cell(
            chip=say(C_("plan rule", "To come") if ahead else C_("plan rule", "Ended")), tone="neu"
        )
    if row.unverified:
        return Cell(chip=say(C_("plan rule", "Not verified")), tone="warn")
    return Cell(chip=say(C_("plan rule", "In force")), tone="ok")


class RuleForm(Dialog):
    """Let a rule have another value from a day on; the value before it stays for earlier days."""

    def __init__(self, parent, desk, plan_id: int, shown: rules.RuleRow | None) -> None:
        self.desk, self.plan_id = desk, plan_id
        key = shown.rule if shown else next(iter(rules.shipped()))
        # A change of a rule is the same row again; a new one begins on a day.
        since = shown.valid_from if shown and shown.valid_from != rules.ALWAYS else None
        self.rule = labelled(
            C_("plan rule", "Rule"),
            Choice([(one, RULES[one]) for one in rules.shipped()], C_("plan rule", "Rule"), key),
        )
        self.number = labelled(
            N_("Value"), NumberField("", shown.value if shown else None, high=LENGTH, width=0)
        )
        self.since = labelled(
            C_("plan rule", "Holds from"),
            DateField("", since if shown else today(), 0),
            say(N_("Empty: since the plan began.")),
        )
        self.source = labelled(C_("plan rule", "Source"), filled(shown.source if shown else ""))
        self.unverified = Check(
            N_("Nobody has read this in the source yet"), bool(shown and shown.unverified)
        )
        super().__init__(
            parent,
            N_("Edit the rule") if shown else N_("New value of a rule"),
            self.rule,
            beside(self.number, self.since),
            self.source,
            self.unverified,
            Label(N_("The value before it keeps holding for the days before."), "cap", wrap=True),
            width=520,
        )
        self.rule.setEnabled(shown is None)
        self.number.field.setFocus()
        self.number.field.selectAll()

    def confirm(self) -> None:
        value = self.number.value()
        if value is None:
            message = N_("A rule needs a number.")
            self.number.wrong(say(message))
            raise UserError(message)
        self.desk.do(
            rules.set_rule,
            then=self.on_accepted,
            otherwise=self.on_refused,
            plan_id=self.plan_id,
            rule=self.rule.value(),
            value=value,
            source=self.source.value(),
            valid_from=self.since.value(),
            unverified=self.unverified.value(),
        )


class RulesFace(ListFace):
    """Each rule with its value, its days and where it stands."""

    NAME = C_("plan face", "Rules")
    NOTHING = (
        "sliders-horizontal",
        N_("No rules yet"),
        N_("A plan has rules: what is due when, and what is suggested."),
    )
    TABLE = Table(
        (
            Column("rule", C_("plan rule", "Rule"), 360, cell=_rule),
            Column("value", N_("Value"), 76, "right", cell=_value),
            Column("state", C_("plan rule", "State"), 116, cell=_state),
            Column(
                "source",
                C_("plan rule", "Source"),
                cell=lambda row: Cell(rules.source_text(row), ink="text2"),
            ),
        )
    )
    TOUCHES = ("plan_rule",)
    REMOVE = staticmethod(rules.remove_rule)

    def tools(self) -> Sequence:
        self.add = Button(N_("New value of a rule"), icon="plus", slot=self.on_add)
        self.page.writing(self.add)
        note = Label(
            N_("Deadlines, the suggestion and the official upload are reckoned with these."),
            "cap",
            elide=True,
        )
        return ((note, 1), self.remove, self.edit, self.add)

    def ask(self) -> None:
        """Ask for the rules as they hold today."""
        self.desk.read(rules.rules, then=self.on_rows, plan_id=self.plan.id, on=today())

    def removable(self, shown: rules.RuleRow) -> bool:
        return sum(one.rule == shown.rule for one in self.rows) > 1

    def form(self, shown: rules.RuleRow | None) -> RuleForm:
        return RuleForm(self.window(), self.desk, self.plan.id, shown)

    def take_away(self, shown: rules.RuleRow) -> None:
        self.desk.do(rules.remove_rule, rule_id=shown.id)
