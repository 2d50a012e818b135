"""A body beside its roll, in brief; its own pane has everything."""

from __future__ import annotations

from gwangju_desktop.members import profiles, queries, rulewords
from gwangju_desktop.members.rules import named
from gwangju_desktop.members.words import BODY_KINDS
from ui.members.cards import Card, empty
from ui.text import N_, say
from ui.widgets.page import pair
from ui.widgets.painted import Chip
from ui.widgets.parts import Align, Button, Label, column, row, rule


class BodyCard(Card):
    """One body: its names, its rule with the source, its seats."""

    query = staticmethod(queries.body)
    called = N_("Body")

    def __init__(self, page) -> None:
        super().__init__(page)
        self.name = Label("", "h2", wrap=True)
        self.other = Label("", "sec", wrap=True)
        self.kind = Chip()
        self.edit = page.writing(Button(N_("Edit"), slot=self.on_edit))
        self.above, self.founded, self.dissolved, self.seats, self.ordinance, self.note = (
            Label("", "sec", "text", wrap=True) for _n in range(6)
        )
        self.names = column(gap=8)
        self.rules = column(gap=8)
        column(
            row((column(self.name, self.other, gap=2), 1), (self.edit, Align.AlignTop), gap=12),
            row(self.kind, None),
            rule(),
            pair(Label(N_("Belongs to"), "cap"), self.above),
            pair(Label(N_("Founded on"), "cap"), self.founded),
            pair(Label(N_("Dissolved on"), "cap"), self.dissolved),
            pair(Label(N_("Seats"), "cap"), self.seats),
            pair(Label(N_("Ordinance"), "cap"), self.ordinance),
            pair(Label(N_("Note"), "cap"), self.note),
            rule(),
            Label(N_("Other names"), "h3"),
            self.names,
            rule(),
            Label(N_("Rules"), "h3"),
            self.rules,
            None,
            margins=(20, 20, 20, 16),
            gap=10,
            into=self.inside,
        )
        self.inside.hide()

    def renew(self) -> None:
        body = self.record
        self.inside.show()
        first, second = body.name_ko, body.name_en
        if named(first, second) == second:
            first, second = second, first
        self.name.say(first)
        self.other.say(second)
        self.kind.say(BODY_KINDS[body.kind], "acc")
        self.above.say(named(body.parent_ko, body.parent_en) or "–")
        for label, day in ((self.founded, body.founded_on), (self.dissolved, body.dissolved_on)):
            label.say(N_("{day:full}") if day else "–", day=day)
        if body.vacant is None:
            self.seats.say(N_("{n} in office"), n=body.members)
        else:
            message = N_("{seats}, {n} in office, {vacant} vacant")
            self.seats.say(message, seats=body.seats, n=body.members, vacant=body.vacant)
        self.ordinance.say(body.ordinance or "–")
        self.note.say(body.note or "–")
        self._show_names(body.names)
        self._show_rules(body.rules)

    def _show_names(self, names) -> None:
        empty(self.names)
        for name in names:
            said = Label(name.name, "sec", "text", wrap=True)
            line = column(said, Label(name.source, "cap", wrap=True), gap=1)
            self.names.layout().addWidget(line)
        if not names:
            self.names.layout().addWidget(Label(N_("None recorded"), "cap"))

    def _show_rules(self, rules) -> None:
        """Show what each rule in force says and where it stands, one under the other."""
        empty(self.rules)
        for entry in rules:
            title = say(profiles.RULES[entry.rule].label)
            value = Label(rulewords.words(entry.rule, entry.value), "sec", "text", wrap=True)
            source = Label(entry.source, "cap", wrap=True)
            line = column(Label(title, "capb"), value, source, gap=1)
            self.rules.layout().addWidget(line)

    def on_edit(self) -> None:
        self.page.go("members", self.record.id, "body")
