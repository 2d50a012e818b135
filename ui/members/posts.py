"""Posts in the order of offices: who holds each, the seats that go with it, its history."""

from __future__ import annotations

from PySide6.QtCore import QEvent

from gwangju_desktop import clock
from gwangju_desktop.members import postlists, posts
from gwangju_desktop.members.rules import named
from gwangju_desktop.members.words import END_REASONS, ROLES
from ui import theme
from ui.members.post_forms import ChangeHolderDialog, HoldingDialog, PostDialog, PostSeatDialog
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, language, say, words
from ui.widgets.forms import Field
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State
from ui.widgets.painted import Chip
from ui.widgets.parts import Align, Button, Label, column, frame, row, rule, scrolled

WIDTH = 420


def what(post) -> Cell:
    """Show the post over the office it belongs to."""
    sub = named(post.organisation_ko, post.organisation_en)
    return Cell(named(post.name_ko, post.name_en), sub, role="secb", grip=True)


def whom(post) -> Cell:
    """Show the holder over the first day."""
    if not post.holder:
        return Cell(say(C_("post", "Vacant")), ink="warn")
    return Cell(post.holder, say(N_("since {day:full}"), day=post.since))


def where(post) -> Cell:
    """Show the bodies the post has a seat in."""
    names = post.bodies_en if language() == "en" else post.bodies
    return Cell(" · ".join(names) or "–", ink="" if names else "text3")


POSTS = Table(
    name="posts",
    ids=postlists.post_ids,
    rows=postlists.post_rows,
    follows={"post": "id", "post_holding": "post_id", "post_seat": "post_id"},
    sort="position",
    derived=frozenset({"person", "body", "organisation"}),
    move=posts.move_post,
    columns=(
        Column("name", C_("post", "Post · office"), cell=what),
        Column("holder", N_("Holder"), 170, cell=whom),
        Column("bodies", N_("Seats in bodies"), 220, cell=where),
    ),
)


class Line:
    """A row of the card with a button that edits it."""

    def __init__(self, card, record, texts, dialog, chip=None) -> None:
        self.card, self.record, self.dialog = card, record, dialog
        first, second = texts
        self.button = Button("", "ghost", "pencil", name=N_("Edit"), slot=self.on_edit)
        parts = [
            (column(Label(first, "secb", wrap=True), Label(second, "cap", wrap=True), gap=1), 1)
        ]
        if chip:
            parts.append(Chip(*chip))
        self.widget = row(*parts, (card.page.writing(self.button), Align.AlignTop), gap=6)

    def on_edit(self) -> None:
        page = self.card.page
        self.dialog(page.window(), page.desk, self.card.post, self.record).open()


class PostCard:
    """One post beside the list."""

    def __init__(self, page) -> None:
        self.page, self.post = page, None
        self.name, self.office = Label("", "h2", wrap=True), Label("", "sec", wrap=True)
        self.holder, self.since = Label("", "secb"), Label("", "cap")
        self.edit = Button(N_("Edit"), slot=self.on_edit)
        self.change = Button(N_("Change holder"), "primary", slot=self.on_change)
        self.seat = Button(N_("Add seat"), "link", "plus", slot=self.on_seat)
        self.past = Button(N_("Add holder"), "link", "plus", slot=self.on_past)
        self.seats, self.history = column(gap=8), column(gap=8)
        self.lines: list[Line] = []
        page.writing(self.edit, self.change, self.seat, self.past)
        self.inside = frame("inspector")
        column(
            row((column(self.name, self.office, gap=2), 1), (self.edit, Align.AlignTop), gap=12),
            rule(),
            Label(N_("Holder"), "h3"),
            row((column(self.holder, self.since, gap=1), 1), self.change),
            rule(),
            row(Label(N_("Seats in bodies"), "h3"), None, self.seat),
            self.seats,
            rule(),
            row(Label(N_("Holders so far"), "h3"), None, self.past),
            self.history,
            None,
            margins=(20, 20, 20, 16),
            gap=10,
            into=self.inside,
        )
        self.pane = scrolled(self.inside)
        self.inside.hide()
        self.rename()

    def rename(self) -> None:
        """Give the card its name in the language spoken now."""
        self.pane.setAccessibleName(say(N_("Post")))

    def show_post(self, post) -> None:
        """Write a post into the card."""
        self.post = post
        self.inside.show()
        if not self.page.narrow:
            self.pane.show()
        first, second = post.name_ko, post.name_en
        if named(first, second) == second:
            first, second = second, first
        office = named(post.organisation_ko, post.organisation_en)
        self.name.say(first)
        self.office.say(" · ".join(filter(None, (office, second))))
        held = post.holding(clock.today())
        if held:
            self.holder.say(held.name)
            self.since.say(N_("since {day:full}"), day=held.starts_on)
        else:
            self.holder.say(C_("post", "Vacant"))
            self.since.say(N_("Seats that go with it are vacant too."))
        seats = [self._seat(seat) for seat in post.seats]
        holdings = [self._held(held) for held in post.holdings]
        self._fill(self.seats, seats, N_("No seat in a body"))
        self._fill(self.history, holdings, N_("Nobody yet"))
        self.lines = seats + holdings

    def _seat(self, seat) -> Line:
        role = say(ROLES[seat.role])
        vote = "" if seat.voting else say(N_("no vote"))
        days = words().days(seat.starts_on, seat.ends_on)
        about = " · ".join(filter(None, (role, vote, days, seat.source)))
        return Line(self, seat, (named(seat.body_ko, seat.body_en), about), PostSeatDialog)

    def _held(self, held) -> Line:
        chip = (END_REASONS[held.end_reason], "neu") if held.end_reason else None
        days = words().days(held.starts_on, held.ends_on)
        return Line(self, held, (held.name, days), HoldingDialog, chip)

    def _fill(self, box, lines, empty) -> None:
        layout = box.layout()
        while layout.count():
            layout.takeAt(0).widget().deleteLater()
        for line in lines:
            layout.addWidget(line.widget)
        if not lines:
            layout.addWidget(Label(empty, "cap"))

    def on_edit(self) -> None:
        if self.post:
            PostDialog(self.page.window(), self.page.desk, self.post).open()

    def on_change(self) -> None:
        ChangeHolderDialog(self.page.window(), self.page.desk, self.post).open()

    def on_seat(self) -> None:
        PostSeatDialog(self.page.window(), self.page.desk, self.post).open()

    def on_past(self) -> None:
        HoldingDialog(self.page.window(), self.page.desk, self.post).open()


class PostsPage(Page):
    """The posts at the left, one of them at the right."""

    room = None

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.id: int | None = None
        self.meta = Label("", "sec", elide=True)
        self.search = Field(N_("Find post or holder"), search=True)
        self.add = self.writing(Button(N_("Add post"), "primary", "plus", slot=self.on_add_post))
        self.model = self.table(RowTable(POSTS, desk))
        self.list = RowList(self.model, C_("pane", "Posts"), height=48)
        self.card = PostCard(self)
        self.first = self.writing(Button(N_("Add post"), icon="plus", slot=self.on_add_post))
        self.empty = State(
            "users",
            N_("No posts yet"),
            N_("Enter a post, then the bodies it has a seat in."),
            self.first,
        )
        self.hint = self.writing(Label(N_("Alt+↑↓ sets the order of offices · Enter edits"), "cap"))
        left = column(
            row(
                Label(C_("pane", "Posts"), "h2"),
                (self.meta, 1),
                self.search,
                self.add,
                margins=(28, 14, 24, 12),
            ),
            rule(),
            (row(Hollow(self.list, self.empty), margins=(20, 0, 16, 0)), 1),
            row(None, self.hint, margins=(28, 6, 24, 8)),
            gap=0,
        )
        row((left, 1), self.dock(self.card.pane), gap=0, into=self)
        self.card.pane.hide()
        self.dress()
        self.list.previewed.connect(self.on_previewed)
        self.list.opened.connect(self.on_opened)
        self.list.peeked.connect(self.on_peek)
        self.search.typing.connect(self.on_typing)
        self.model.arrived.connect(self.on_arrived)
        desk.changed.connect(self.on_changed)
        self.model.ask(words="")

    def dress(self) -> None:
        self.card.pane.setFixedWidth(theme.px(WIDTH))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "card"):
            self.dress()
        elif event.type() == QEvent.Type.LanguageChange:
            self.card.rename()
            self.ask()
        super().changeEvent(event)

    def panes(self) -> list:
        return [self.list, self.card.pane, self.search]

    def inspects(self) -> bool:
        return self.card.post is not None

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a post."""
        if id is not None:
            self.id = id
            self.list.choose(id)
            self.ask()

    def ask(self) -> None:
        """Ask for the post in front."""
        if self.id is not None:
            self.desk.read(postlists.post, then=self.on_post, otherwise=self.on_gone, id=self.id)

    # --- slots
    def on_post(self, post) -> None:
        if post.id == self.id:
            self.card.show_post(post)

    def on_gone(self, _error) -> None:
        self.id = self.card.post = None
        self.card.inside.hide()
        self.card.pane.hide()

    def on_arrived(self) -> None:
        n = self.model.rowCount()
        self.meta.say(NN_("{n} post", "{n} posts") if n else "", n=n)
        if self.id is not None and self.model.place(self.id) >= 0:
            self.list.choose(self.id)
        else:
            self.list.choose_first()

    def on_previewed(self, id) -> None:
        self.id = id
        self.ask()
        self.moved.emit(id, "post")

    def on_opened(self, _id) -> None:
        if not self.desk.read_only:
            self.card.on_edit()

    def on_typing(self, typed: str) -> None:
        self.model.ask(words=typed)

    def on_changed(self, changes) -> None:
        if changes.touches("post", "post_holding", "post_seat", "person", "body"):
            self.ask()

    def on_add_post(self) -> None:
        dialog = PostDialog(self.window(), self.desk)
        dialog.accepted.connect(self.on_added)
        dialog.open()

    def on_added(self) -> None:
        self.id = self.sender().value
        self.on_arrived()
        self.ask()


PANE = PostsPage
