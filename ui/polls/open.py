"""Open answers of one question: read, searched, sorted under tags by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget

from db.vocab import QuestionKind
from gwangju_desktop.polls import opened
from ui import alerts, theme
from ui.models.rows import RowTable
from ui.polls import place
from ui.polls.exporting import Exporting
from ui.polls.open_lists import ANSWERS, TAG_LIST, Answer, Tag, TagForm
from ui.text import C_, N_, NN_, matches, say
from ui.widgets.forms import Field
from ui.widgets.lists import RowList
from ui.widgets.page import Page, State
from ui.widgets.parts import Button, KeyCap, Label, Policy, column, frame, row, rule

TAGS = 260
ALL, UNTAGGED = 0, -1
NINE = 9  # tags that have a key
TABLES = frozenset({"poll_tag", "poll_tagging"})


def listed(read, *, wave_question_id: int):
    """Return the answers to a question and its tags."""
    return (
        wave_question_id,
        opened.answers(read, wave_question_id),
        opened.tags(read, wave_question_id),
    )


class OpenPage(Exporting, Page):
    """The open answers of the question in front."""

    side = True

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.place = place.of(desk)
        self.came_from: tuple[int | None, int | None] = None, None
        self.answers: list = []
        self.tags: list = []
        self.wave_question_id: int | None = None
        self.filter = ALL
        self._make()
        self._lay_out()
        self.place.changed.connect(self.on_place)
        desk.changed.connect(self.on_changed)
        self.place.ask()
        self.on_place()

    def _make(self) -> None:
        self.title, self.meta = Label("", "h2", wrap=True), Label("", "sec", wrap=True)
        self.export = Button(N_("Export…"), icon="download", slot=self.on_export)
        self.search = Field(N_("Find in the answers"), search=True)
        self.search.typing.connect(self.on_typing)
        self.model = RowTable(ANSWERS)
        self.list = RowList(self.model, C_("poll form", "Open answers"), height=44, multi=True)
        self.list.installEventFilter(self)
        self.list.previewed.connect(self.on_row)
        self.list.selectionModel().selectionChanged.connect(self.on_selected)
        self.full = Label("", "body", wrap=True)
        self.full.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.full.setSizePolicy(Policy.Expanding, Policy.Minimum)
        self.tag_model = RowTable(TAG_LIST)
        self.tag_list = RowList(self.tag_model, C_("poll form", "Tags"), height=32, header=False)
        self.tag_list.previewed.connect(self.on_tag)
        self.tag_list.opened.connect(self.on_tag_opened)
        self.new = Field(C_("poll form", "New tag, then Enter"), C_("poll form", "New tag"))
        self.new.returnPressed.connect(self.on_new)
        self.give = Button(C_("poll form", "Give the tag"), slot=self.on_give)
        self.rename = Button("", "ghost", "pencil", name=N_("Rename the tag"), slot=self.on_rename)
        self.remove = Button("", "ghost", "trash-2", name=N_("Remove the tag"), slot=self.on_remove)
        self.writing(self.new, self.give, self.rename, self.remove)

    def _lay_out(self) -> None:
        self.below = frame("inset")
        column(self.full, margins=(14, 10, 14, 10), into=self.below)
        self.keys = row(
            KeyCap("1–9"),
            Label(N_("gives or takes the tag of the chosen answers"), "cap"),
            None,
            gap=6,
        )
        left = column(
            row(self.search, None, margins=(8, 10, 0, 6)),
            (self.list, 1),
            column(self.below, self.keys, gap=8, margins=(8, 8, 0, 12)),
            gap=0,
        )
        self.side_tags = frame("inspector")
        column(
            row(Label(C_("poll form", "Tags"), "h3"), None, self.rename, self.remove),
            (self.tag_list, 1),
            self.new,
            self.give,
            margins=(12, 12, 12, 14),
            gap=8,
            into=self.side_tags,
        )
        self.shown = row((left, 1), self.side_tags, gap=12)
        self.state = State("inbox", N_("No open answers"), N_("Choose an open question."))
        self.stack = QStackedWidget()
        self.stack.addWidget(row((self.shown, 1), margins=(20, 0, 0, 0)))
        self.stack.addWidget(self.state)
        column(
            row((column(self.title, self.meta, gap=3), 1), self.export, margins=(28, 14, 24, 10)),
            rule(),
            (self.stack, 1),
            gap=0,
            into=self,
        )
        self.dress()

    def dress(self) -> None:
        self.side_tags.setFixedWidth(theme.px(TAGS if self.width() > theme.px(700) else 190))

    def resizeEvent(self, event) -> None:
        self.dress()
        super().resizeEvent(event)

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.StyleChange and hasattr(self, "stack"):
            self.dress()
        elif event.type() == event.Type.LanguageChange and hasattr(self, "stack"):
            # Not now: the parts change their own words after this.
            QTimer.singleShot(0, self, self.on_place)
        super().changeEvent(event)

    def panes(self) -> list:
        return [self.list, self.tag_list] if self.stack.currentIndex() == 0 else [self.state]

    @property
    def settled(self) -> bool:
        return self.place.settled

    # --- what is shown
    def on_place(self) -> None:
        """Show the question in front, if it is an open one; else lead to one."""
        here = self.place
        one = here.question
        if one is None or one.question.kind is not QuestionKind.OPEN:
            self._say_none()
            return
        self.title.say(one.question.title or one.question.wording or one.question.code)
        self.meta.say(one.question.wording)
        self.meta.setVisible(bool(one.question.wording) and bool(one.question.title))
        if one.wave_question_id != self.wave_question_id:
            self.wave_question_id, self.filter = one.wave_question_id, ALL
            self.model.show([])
        self.ask()

    def showEvent(self, event) -> None:
        """Lead to an open question where another one is in front."""
        super().showEvent(event)
        here = self.place
        kinds = {one.wave_question_id: one.question.kind for one in here.asked}
        if kinds.get(here.question_id) is QuestionKind.OPEN:
            return
        first = next((id for id, kind in kinds.items() if kind is QuestionKind.OPEN), None)
        if first is not None:
            self.came_from = here.question_id, first
            here.show_question(first)

    def give_back(self) -> None:
        """Put the question in front again that was there before this pane led to another."""
        before, led = self.came_from
        self.came_from = None, None
        if before is not None and self.place.question_id == led:
            self.place.show_question(before)

    def _say_none(self) -> None:
        """Say that the question in front is no open one, and which are."""
        here = self.place
        self.wave_question_id = None
        codes = [
            one.question.title or one.question.code
            for one in here.asked
            if one.question.kind is QuestionKind.OPEN
        ]
        self.title.say(C_("poll form", "Open answers"))
        self.meta.hide()
        self.state.title.say(
            N_("Choose an open question") if codes else N_("This wave asks no open question")
        )
        if codes:
            self.state.hint.say(N_("Open questions of this wave: {names}"), names=", ".join(codes))
        else:
            self.state.hint.say(N_("Open questions are answered in people’s own words."))
        self._say_state()

    def _say_state(self) -> None:
        """Show the sentence in place of the answers."""
        self.export.hide()
        self.stack.setCurrentIndex(1)

    def ask(self) -> None:
        """Read the answers."""
        self.desk.read(
            listed,
            then=self.on_listed,
            otherwise=self.on_untold,
            wave_question_id=self.wave_question_id,
        )

    def on_untold(self, error: Exception) -> None:
        """Say why nothing is shown: a wave still in the field tells no answers."""
        sentence = alerts.sentence(error)
        if sentence is None:
            alerts.tell(error)
            return
        self.state.title.say(C_("poll form", "Not shown yet"))
        self.state.hint.say(sentence)
        self._say_state()

    def on_listed(self, found) -> None:
        """Take the answers and tags."""
        if found[0] != self.wave_question_id:
            return
        _id, self.answers, self.tags = found
        self._show()

    def _show(self) -> None:
        if self.wave_question_id is None:
            return
        if not self.answers:
            self.state.title.say(N_("No open answers"))
            erased = self.place.wave is not None and self.place.wave.erased_on is not None
            self.state.hint.say(
                N_("They were erased with the raw answers.")
                if erased
                else N_("Nobody wrote anything here.")
            )
            self._say_state()
            return
        self.stack.setCurrentIndex(0)
        self.export.show()
        untagged = sum(not one.tags for one in self.answers)
        keys = [str(n) if n <= NINE else "" for n in range(1, len(self.tags) + 1)]
        self.tag_model.show(
            [
                Tag(ALL, say(C_("poll form", "All answers")), len(self.answers)),
                Tag(UNTAGGED, say(C_("poll form", "Without a tag")), untagged),
                *(Tag(t.id, t.name, t.n, key) for t, key in zip(self.tags, keys, strict=True)),
            ]
        )
        self.tag_list.choose(self.filter)
        self._fill()

    def _fill(self) -> None:
        """Show the answers under the chosen tag that hold what is searched for."""
        names = {one.id: one.name for one in self.tags}
        words = self.search.value()
        chosen = self.list.chosen()
        rows = []
        for n, one in enumerate(self.answers, 1):
            under = self.filter == ALL or (
                not one.tags if self.filter == UNTAGGED else self.filter in one.tags
            )
            if under and (not words or matches(words, one.text)):
                rows.append(Answer(n, one, " · ".join(names[id] for id in one.tags if id in names)))
        self.model.show(rows)
        if chosen and len(chosen) == 1:
            self.list.choose(chosen[0])
        self.list.choose_first()
        self.on_selected()

    def fit_buttons(self) -> None:
        """Say what the button does with the chosen answers."""
        if self.desk.read_only:
            return
        real = self.filter > 0
        n = len(self.keys_chosen())
        self.rename.setEnabled(real)
        self.remove.setEnabled(real)
        self.give.setVisible(real and n > 0)
        if real:
            name = next((one.name for one in self.tags if one.id == self.filter), "")
            all_have = self.all_have(self.filter)
            told = (
                NN_("Take “{name}” off {n} answer", "Take “{name}” off {n} answers")
                if all_have
                else NN_("Put {n} answer under “{name}”", "Put {n} answers under “{name}”")
            )
            self.give.say(told, name=name, n=n)

    # --- slots
    def on_changed(self, changes) -> None:
        if self.wave_question_id is not None and changes.touches(*TABLES):
            self.ask()

    def on_typing(self, _words: str) -> None:
        self._fill()

    def on_row(self, _id) -> None:
        self.on_selected()

    def on_selected(self, *_changed) -> None:
        """Show the answer whole."""
        n = self.list.current()
        place_ = self.model.place(n) if n is not None else -1
        self.full.say(self.model.row(place_).text if place_ >= 0 else "")
        self.below.setVisible(place_ >= 0)
        self.fit_buttons()

    def on_tag(self, id) -> None:
        """Show the answers under a tag."""
        if id != self.filter:
            self.filter = id
            self._fill()

    def on_tag_opened(self, id) -> None:
        if id > 0:
            self.on_rename()

    def keys_chosen(self) -> list[str]:
        """Return the keys of the chosen answers."""
        ids = set(self.list.chosen())
        return [row_.key for row_ in self.model.kept.values() if row_.id in ids]

    def all_have(self, tag_id: int) -> bool:
        """Say whether all chosen answers are under a tag."""
        ids = set(self.list.chosen())
        chosen = [row_ for row_ in self.model.kept.values() if row_.id in ids]
        return bool(chosen) and all(tag_id in row_.marked for row_ in chosen)

    def toggle(self, tag_id: int) -> None:
        """Put the chosen answers under a tag, or off it when all have it."""
        keys = self.keys_chosen()
        if not keys or self.desk.read_only:
            return
        usecase = opened.untag if self.all_have(tag_id) else opened.tag
        self.desk.do(usecase, id=tag_id, keys=keys)

    def on_give(self) -> None:
        if self.filter > 0:
            self.toggle(self.filter)

    def on_new(self) -> None:
        """Make a tag; the chosen answers stay chosen for it."""
        name = self.new.value()
        if name:
            self.desk.do(
                opened.add_tag,
                then=self.on_made,
                wave_question_id=self.wave_question_id,
                name=name,
            )

    def on_made(self, _id: int) -> None:
        self.new.clear()

    def on_rename(self) -> None:
        tag = next((one for one in self.tags if one.id == self.filter), None)
        if tag is not None and not self.desk.read_only:
            TagForm(self.window(), self.desk, tag).open()

    def on_remove(self) -> None:
        """Take a tag away; undo brings it back with its answers."""
        if self.filter > 0:
            id, self.filter = self.filter, ALL
            self.desk.do(opened.remove_tag, id=id)

    def eventFilter(self, watched, event) -> bool:
        """Give tags by digits while the list has the keys."""
        if event.type() == event.Type.KeyPress and event.text() in "123456789" and event.text():
            n = int(event.text())
            if n <= len(self.tags):
                self.toggle(self.tags[n - 1].id)
            return True
        return super().eventFilter(watched, event)


PANE = OpenPage
