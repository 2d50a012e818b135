"""One body beside the tree: what it is, its other names, and its rules in force on a day."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from gwangju_desktop.members import bodies, profiles
from gwangju_desktop.members.precedence import PRESETS
from gwangju_desktop.members.rules import named
from gwangju_desktop.members.rulewords import words
from gwangju_desktop.members.words import BODY_KINDS
from ui import theme
from ui.history.link import HistoryButton
from ui.members.body_forms import LAYOUTS, BodyForm, DissolveDialog, NameForm
from ui.members.body_lines import OtherName, Past, TermLine, refill
from ui.members.order import OrderDialog
from ui.members.rule_forms import RuleForm, TemplateForm, mark
from ui.members.strip import Verdicts
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, day, say
from ui.widgets.lists import RowList
from ui.widgets.page import pair
from ui.widgets.painted import Chip, Tabs
from ui.widgets.parts import Align, Button, Label, column, frame, row, rule, scrolled

NEAR = 90  # days before a sunset date from which it is amber
# px: the history's least and greatest height, and what the rest of the card needs above it
PAST, RULES_ROOM = (48, 150), 420
WATCHED = ("body", "body_name", "body_rule", "membership", "term", "post_seat")


def rule_value(entry) -> Cell:
    """Show what a rule says over where it stands."""
    return Cell(words(entry.rule, entry.value), entry.source, role="secb")


def rule_since(entry) -> Cell:
    """Show since when the body has it."""
    return Cell(day(entry.since, "full") if entry.own else "–", ink="text2")


def rule_mark(entry) -> Cell:
    """Show that a rule is a default, or that nobody has read it in its source."""
    chip, tone = mark(entry)
    return Cell(chip=chip, tone=tone)


RULES = Table(
    name="body_rules",
    columns=(
        Column(
            "rule",
            C_("rule", "Rule"),
            150,
            cell=lambda entry: Cell(say(profiles.RULES[entry.rule].label)),
        ),
        Column("value", C_("rule", "Value · source"), cell=rule_value),
        Column("since", C_("rule", "Since"), 88, cell=rule_since),
        Column("mark", width=80, cell=rule_mark),
    ),
)


class BodySheet(QWidget):
    """A body: its head, then tabs: what it is, what it is held to, whether it keeps that."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self.id: int | None = None
        self.record = None
        self.name, self.other = Label("", "h2", wrap=True), Label("", "sec", wrap=True)
        self.kind, self.state, self.term = Chip(), Chip(), Chip()
        self.edit = Button(N_("Edit"), slot=self.on_edit)
        self.end = Button(N_("Dissolve…"), "danger", slot=self.on_dissolve)
        self.new_term = Button(C_("body", "New term"), slot=self.on_new_term)
        page.writing(self.edit, self.end, self.new_term)
        self.tabs = Tabs((C_("body", "Overview"), C_("body", "Rules"), N_("Checks")))
        self.stack = QStackedWidget()
        self.stack.addWidget(self._overview())
        self.stack.addWidget(self._rules())
        self.stack.addWidget(self._checks())
        self.tabs.chosen.connect(self.stack.setCurrentIndex)
        head = column(
            row(
                (column(self.name, self.other, gap=2), 1),
                (HistoryButton(), Align.AlignTop),
                (self.edit, Align.AlignTop),
                gap=8,
            ),
            row(self.kind, self.term, self.state, None, self.new_term, self.end, gap=6),
            self.tabs,
            margins=(20, 14, 20, 0),
            gap=10,
        )
        column(head, rule(), (self.stack, 1), gap=0, into=self)
        self.desk.changed.connect(self.on_changed)

    def _overview(self) -> QWidget:
        self.facts = {
            name: Label("", "sec", "text", wrap=True)
            for name in (
                "above",
                "founded",
                "sunset",
                "seats",
                "contact",
                "ordinance",
                "precedence",
                "tables",
                "note",
            )
        }
        facts = self.facts
        self.order = Button(N_("Arrange the order of precedence…"), "link", slot=self.on_order)
        self.page.writing(self.order)
        self.names, self.terms = column(gap=10), column(gap=4)
        self.add_name = Button(N_("Add another name"), "link", "plus", slot=self.on_add_name)
        self.page.writing(self.add_name)
        inside = frame("inspector")
        column(
            row(
                (
                    column(
                        pair(Label(N_("Belongs to"), "cap"), facts["above"]),
                        pair(Label(N_("Founded on"), "cap"), facts["founded"]),
                        pair(Label(N_("Sunset date"), "cap"), facts["sunset"]),
                        pair(Label(N_("Legal seats"), "cap"), facts["seats"]),
                        None,
                        gap=8,
                    ),
                    1,
                ),
                (
                    column(
                        pair(Label(N_("Contact office"), "cap"), facts["contact"], 88),
                        pair(Label(N_("Precedence"), "cap"), facts["precedence"], 88),
                        pair(Label(N_("Room layout"), "cap"), facts["tables"], 88),
                        row(self.order, None),
                        None,
                        gap=8,
                    ),
                    1,
                ),
                gap=16,
            ),
            pair(Label(N_("Ordinance"), "cap"), facts["ordinance"]),
            pair(Label(N_("Note"), "cap"), facts["note"]),
            rule(),
            row(Label(N_("Other names"), "h3"), None, self.add_name),
            self.names,
            rule(),
            Label(N_("Terms of the body"), "h3"),
            self.terms,
            None,
            margins=(20, 16, 20, 16),
            gap=10,
            into=inside,
        )
        return scrolled(inside)

    def _rules(self) -> QWidget:
        self.on_label = Label("", "cap")
        self.template = Button(N_("Use a template"), icon="copy", slot=self.on_template)
        self.edit_rule = Button(N_("Edit rule"), icon="pencil", slot=self.on_edit_rule)
        self.page.writing(self.template, self.edit_rule)
        self.model = RowTable(RULES)
        self.list = RowList(self.model, N_("Rule profile"), height=44)
        self.list.previewed.connect(self.on_rule)
        self.list.opened.connect(self.on_edit_rule)
        self.past_head, self.past = Label("", "secb", elide=True), column(gap=6)
        self.past_box = scrolled(self._past())
        return column(
            row(self.on_label, None, self.template, margins=(20, 10, 20, 8)),
            (row(self.list, margins=(12, 0, 12, 0)), 1),
            rule(),
            self.past_box,
            gap=0,
        )

    def _checks(self) -> QWidget:
        self.verdicts = Verdicts(self.desk)
        inside = frame("inspector")
        column(self.verdicts, None, margins=(20, 16, 20, 16), into=inside)
        return scrolled(inside)

    def _past(self) -> QWidget:
        inside = frame("inspector")
        return column(
            row((self.past_head, 1), self.edit_rule),
            self.past,
            None,
            margins=(20, 8, 20, 8),
            gap=6,
            into=inside,
        )

    # --- showing
    def open(self, id: int) -> None:
        """Show the body `id` on the page's day."""
        if id != self.id:
            self.id, self.record = id, None
        self.ask()

    def ask(self) -> None:
        """Read the body again."""
        if self.id is not None:
            self.desk.read(
                bodies.sheet,
                then=self.on_record,
                otherwise=self.on_gone,
                id=self.id,
                on=self.page.on,
            )

    def on_gone(self, _error) -> None:
        """The body was taken back: show nothing of it."""
        self.id = self.record = None

    def on_changed(self, changes) -> None:
        if changes.touches(*WATCHED):
            self.ask()

    def on_record(self, record) -> None:
        if record.id == self.id:
            self.record = record
            self.renew()

    def renew(self) -> None:
        """Write the body into the labels."""
        body = self.record
        first = named(body.name_ko, body.name_en)
        second = body.name_en if first == body.name_ko else body.name_ko
        self.name.say(first)
        self.other.say(second if second != first else "")
        self.kind.say(BODY_KINDS[body.kind], "acc")
        self._show_state(body)
        term = body.term
        self.term.say(C_("body", "Term {n}") if term else "", "neu", n=term.number if term else 0)
        self._show_facts(body)
        self._show_names(body.names)
        self._show_terms(body.terms)
        self.verdicts.show_body(body.id, body.on)
        self.on_label.say(N_("In force on {day:full}"), day=body.on)
        chosen = self.list.current()
        self.model.show(body.rules)
        self.list.choose_first()
        self.on_rule(self.list.current() if chosen is None else chosen)

    def _show_state(self, body) -> None:
        self.end.setVisible(not self.desk.read_only and body.dissolved_on is None)
        self.new_term.setVisible(not self.desk.read_only and body.dissolved_on is None)
        if body.dissolved_on is not None:
            self.state.say(N_("Dissolved {day:full}"), "neu", "", day=body.dissolved_on)
        elif body.sunset_on is not None and (body.sunset_on - body.on).days <= NEAR:
            past = body.sunset_on < body.on
            message = N_("Sunset {day:full} past") if past else N_("Sunset {day:full}")
            self.state.say(message, "bad" if past else "warn", "clock", day=body.sunset_on)
        else:
            self.state.say("")

    def _show_facts(self, body) -> None:
        facts = self.facts
        facts["above"].say(named(body.parent_ko, body.parent_en) or "–")
        facts["founded"].say(day(body.founded_on, "full"))
        facts["sunset"].say(day(body.sunset_on, "full"))
        if body.vacant is None:
            facts["seats"].say(N_("{n} in office"), n=body.members)
        else:
            message = N_("{seats}, {n} in office, {vacant} vacant")
            facts["seats"].say(message, seats=body.seats, n=body.members, vacant=body.vacant)
        facts["contact"].say(body.contact_office or "–")
        facts["ordinance"].say(body.ordinance or "–")
        facts["precedence"].say(PRESETS[body.precedence])
        facts["tables"].say(LAYOUTS[body.layout])
        facts["note"].say(body.note or "–")

    def _show_names(self, names) -> None:
        parts = [OtherName(self, name).widget for name in names]
        refill(self.names, parts or [Label(N_("None recorded"), "cap")])

    def _show_terms(self, spans) -> None:
        parts = [TermLine(self, term).widget for term in spans]
        refill(self.terms, parts or [Label(N_("No term recorded"), "cap")])

    def entry(self):
        """Return the rule chosen in the list."""
        at = self.list.currentIndex()
        return self.model.row(at.row()) if at.isValid() else None

    def on_rule(self, _row) -> None:
        entry = self.entry()
        if entry is None or self.record is None:
            return
        self.past_head.say(N_("History: {rule}"), rule=profiles.RULES[entry.rule].label)
        self.desk.read(
            bodies.rule_history, then=self.on_history, body_id=self.record.id, rule=entry.rule
        )

    def on_history(self, entries) -> None:
        chosen = self.entry()
        if chosen is None or not entries or entries[0].rule == chosen.rule:
            refill(self.past, [Past(self, entry).widget for entry in entries])

    # --- doing
    def on_edit(self) -> None:
        if self.record and not self.desk.read_only:
            options = self.page.body_options()
            BodyForm(self.window(), self.desk, options, self.record).open()

    def on_order(self) -> None:
        if self.record and not self.desk.read_only:
            OrderDialog(self.window(), self.desk, self.record.id, self.record.on).open()

    def on_dissolve(self) -> None:
        if self.record:
            DissolveDialog(self.window(), self.desk, self.record).open()

    def on_new_term(self) -> None:
        if self.record:
            self.page.start_term(self.record)

    def on_add_name(self) -> None:
        if self.record:
            NameForm(self.window(), self.desk, self.record.id).open()

    def on_template(self) -> None:
        if self.record:
            TemplateForm(self.window(), self.desk, self.record.id, self.record.on).open()

    def on_edit_rule(self, *_id) -> None:
        entry = self.entry()
        if entry is not None and self.record and not self.desk.read_only:
            RuleForm(self.window(), self.desk, self.record.id, entry, self.record.on).open()

    def show_rules(self) -> None:
        """Show the tab of the rules."""
        self.tabs.choose(1)
        self.stack.setCurrentIndex(1)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self.record:
            # Names of bodies are data in two languages: they are chosen anew.
            QTimer.singleShot(0, self, self.renew)
        elif event.type() == QEvent.Type.StyleChange and hasattr(self, "past_box"):
            self.fit()
        super().changeEvent(event)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Leave the rules most of a low window."""
        low, most = theme.px(PAST[0]), theme.px(PAST[1])
        self.past_box.setFixedHeight(max(low, min(most, self.height() - theme.px(RULES_ROOM))))
        self.other.setVisible(self.height() >= theme.px(RULES_ROOM))
