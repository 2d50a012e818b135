"""How proposals are handled: the profiles at the left, one of them with all its rows beside."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from gwangju_desktop.proposals import profile_edits
from ui import theme
from ui.models.rows import RowTable
from ui.proposals import profile_rows
from ui.proposals.criteria_form import CriteriaForm
from ui.proposals.profile_forms import MoveForm, ProfileForm, RuleForm, StateForm
from ui.text import C_, N_
from ui.widgets.lists import RowList
from ui.widgets.page import Page
from ui.widgets.painted import Chip, Segment
from ui.widgets.parts import Button, Label, column, frame, row, rule

LEFT = 300
RULES, STATES, MOVES, CRITERIA = range(4)
TABLES = frozenset(
    {
        "proposal_profile",
        "profile_state",
        "profile_move",
        "profile_rule",
        "profile_criterion",
    }
)
SETTLE_MS = 60


class ProfilesPage(Page):
    """The profiles, and the rules, states, moves and criteria of one."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.code, self.shown, self.profiles = "", None, []
        self.pending = None  # what is done once the profiles that ship are rows
        self.model = RowTable(profile_rows.PROFILES)
        self.list = RowList(self.model, N_("Handling profiles"), height=52, header=False)
        self._make_head()
        self._make_lists()
        self._lay_out()
        self.settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self.settle.timeout.connect(self.ask)
        self.list.previewed.connect(self.on_chosen)
        self.parts.chosen.connect(self.on_part)
        desk.changed.connect(self.on_changed)
        self.ask()

    def _make_head(self) -> None:
        self.name, self.basis = Label("", "h2"), Label("", "cap", wrap=True)
        self.standard, self.retired = Chip(), Chip()
        self.edit = Button(C_("button", "Change"), slot=self.on_edit)
        self.copy = Button(C_("button", "Copy"), icon="copy", slot=self.on_copy)
        self.prefer = Button(N_("Make it the standard"), slot=self.on_prefer)
        self.retire = Button(C_("profile", "Retire"), slot=self.on_retire)
        self.calls = Button(N_("Calls for proposals"), "link", slot=self.on_calls)
        self.fields = Button(C_("proposal", "Fields"), "link", slot=self.on_fields)
        self.templates = Button(N_("Reply templates"), "link", slot=self.on_templates)
        self.writing(self.edit, self.copy, self.prefer, self.retire)
        self.writing(self.calls, self.fields, self.templates)

    def _make_lists(self) -> None:
        tables = (
            (profile_rows.RULES, C_("profile", "Rules"), 48),
            (profile_rows.STATE_LIST, C_("profile", "States"), 36),
            (profile_rows.MOVE_LIST, C_("profile", "Moves"), 36),
            (profile_rows.CRITERIA, C_("profile", "Criteria"), 36),
        )
        self.parts = Segment([title for _table, title, _height in tables], RULES, N_("Shown"))
        self.stack = QStackedWidget()
        self.lists = []
        for table, title, height in tables:
            each = RowList(RowTable(table), title, height=height)
            each.opened.connect(self.on_opened)
            self.lists.append(each)
            self.stack.addWidget(each)
        self.add = self.writing(Button(N_("Add a move"), "link", "plus", slot=self.on_add))
        self.change = self.writing(
            Button(C_("button", "Change"), "link", "pencil", slot=self.on_change)
        )
        self.note = Label("", "cap", wrap=True)

    def _lay_out(self) -> None:
        self.left = frame("leftpane")
        column(
            row(Label(C_("pane", "Handling profiles"), "h2"), None, margins=(28, 14, 16, 10)),
            rule(),
            (row(self.list, margins=(20, 0, 8, 0)), 1),
            column(self.calls, self.fields, self.templates, margins=(23, 8, 12, 12), gap=2),
            gap=0,
            into=self.left,
        )
        right = column(
            row(self.name, self.standard, self.retired, None, margins=(28, 14, 24, 0), gap=10),
            row((self.basis, 1), margins=(28, 2, 24, 8)),
            row(
                self.edit, self.copy, self.prefer, self.retire, None, margins=(28, 0, 24, 10), gap=8
            ),
            rule(),
            row(self.parts, None, self.change, self.add, margins=(28, 10, 24, 6), gap=8),
            (row(self.stack, margins=(20, 0, 16, 0)), 1),
            rule(),
            row((self.note, 1), margins=(28, 6, 24, 8)),
            gap=0,
        )
        row(self.left, (right, 1), gap=0, into=self)
        self.dress()
        self.on_part(RULES)

    def dress(self) -> None:
        self.left.setFixedWidth(theme.px(LEFT if self.width() > theme.px(900) else 210))

    def resizeEvent(self, event) -> None:
        self.dress()
        super().resizeEvent(event)

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.StyleChange and hasattr(self, "left"):
            self.dress()
        elif event.type() == event.Type.LanguageChange and hasattr(self, "settle"):
            self.settle.start()
        super().changeEvent(event)

    def panes(self) -> list:
        return [self.list, self.stack.currentWidget(), self.parts]

    @property
    def settled(self) -> bool:
        return not self.settle.isActive()

    # --- what is shown
    def ask(self) -> None:
        """Read the profiles, and the one in front."""
        self.desk.read(profile_rows.listed, then=self.on_profiles)

    def on_profiles(self, rows) -> None:
        self.profiles = list(rows)
        codes = [one.code for one in self.profiles]
        if self.code not in codes:
            preferred = next((one for one in self.profiles if one.standard), self.profiles[0])
            self.code = preferred.code
        self.model.show(self.profiles)
        n = codes.index(self.code)
        if self.list.currentIndex().row() != n:
            self.list.setCurrentIndex(self.model.index(n, 0))
        self.show_profile()

    def on_chosen(self, _id) -> None:
        index = self.list.currentIndex()
        if index.isValid() and self.profiles[index.row()].code != self.code:
            self.code = self.profiles[index.row()].code
            self.show_profile()

    def show_profile(self) -> None:
        self.desk.read(profile_rows.shown, then=self.on_shown, code=self.code)

    def on_shown(self, shown) -> None:
        if shown is None or shown.code != self.code:
            return
        self.shown = shown
        self.name.say(shown.name)
        self.basis.say(shown.basis)
        self.standard.say(C_("profile", "Standard") if shown.standard else "", "acc")
        gone = shown.retired_on is not None
        self.retired.say(N_("Retired on {day:full}") if gone else "", "neu", day=shown.retired_on)
        if not self.desk.read_only:
            self.prefer.setVisible(not shown.standard and not gone)
            self.retire.setVisible(not shown.standard)
            self.retire.say(N_("Take it up again") if gone else C_("profile", "Retire"))
        rows = (shown.rules, shown.states, shown.moves, shown.criteria)
        for each, lines in zip(self.lists, rows, strict=True):
            each.model().show(lines)
            each.choose_first()
        self.say_note()
        pending, self.pending = self.pending, None
        if pending is not None and shown.id is not None:
            pending()

    def say_note(self) -> None:
        """Say below the list what holds for it."""
        notes = (
            N_("Each rule keeps its source and the day from which it holds."),
            N_("A state proposals stand at cannot be taken out."),
            N_("The last way on of proposals that stand at a state cannot be closed."),
            N_("The weights come to 100 %."),
        )
        self.note.say(notes[self.parts.current()])

    # --- slots
    def on_changed(self, changes) -> None:
        if changes.touches(*TABLES):
            self.settle.start()

    def on_part(self, n: int) -> None:
        """Show the rules, the states, the moves or the criteria."""
        self.parts.choose(n)
        self.stack.setCurrentIndex(n)
        adds = {STATES: N_("Add a state"), MOVES: N_("Add a move")}
        if not self.desk.read_only:
            self.add.setVisible(n in adds)
            self.add.say(adds.get(n, N_("Add a move")))
        self.say_note()

    def ready(self, deed) -> None:
        """Do something to a profile of the office; those that ship become its own first."""
        if self.desk.read_only or self.shown is None:
            return
        if self.shown.id is not None:
            deed()
            return
        self.pending = deed
        self.desk.do(profile_edits.set_up, then=self.on_set_up)

    def on_set_up(self, _ids) -> None:
        self.ask()

    def on_opened(self, _id) -> None:
        self.on_change()

    def on_change(self) -> None:
        self.ready(self._change)

    def _change(self) -> None:
        part = self.parts.current()
        index = self.lists[part].currentIndex()
        if part == CRITERIA:
            CriteriaForm(self, self.shown).open()
        elif not index.isValid():
            return
        elif part == RULES:
            line = self.shown.rules[index.row()]
            RuleForm(self, self.shown.id, line.rule, line.coming or line.held).open()
        elif part == STATES:
            StateForm(self, self.shown, self.shown.states[index.row()]).open()
        else:
            MoveForm(self, self.shown, self.shown.moves[index.row()]).open()

    def on_add(self) -> None:
        self.ready(self._add)

    def _add(self) -> None:
        kind = StateForm if self.parts.current() == STATES else MoveForm
        kind(self, self.shown).open()

    def on_edit(self) -> None:
        self.ready(self._edit)

    def _edit(self) -> None:
        ProfileForm(self, self.shown, copy=False).open()

    def on_copy(self) -> None:
        self.ready(self._copy)

    def _copy(self) -> None:
        ProfileForm(self, self.shown, copy=True).open()

    def on_prefer(self) -> None:
        self.ready(self._prefer)

    def _prefer(self) -> None:
        self.desk.do(profile_edits.set_standard, profile_id=self.shown.id)

    def on_retire(self) -> None:
        self.ready(self._retire)

    def _retire(self) -> None:
        back = self.shown.retired_on is not None
        self.desk.do(profile_edits.retire_profile, profile_id=self.shown.id, back=back)

    def on_calls(self) -> None:
        from ui.proposals.calls import CallsDialog

        CallsDialog(self).open()

    def on_fields(self) -> None:
        from ui.proposals.calls import FieldsDialog

        FieldsDialog(self).open()

    def on_templates(self) -> None:
        from ui.proposals.templates import TemplatesDialog

        TemplatesDialog(self).open()


PANE = ProfilesPage
