"""What departments and monitors say of a round: of one question, or of the round as a whole."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gwangju_desktop.members.rules import named
from gwangju_desktop.reviews import comments
from ui.commitments.review_forms import CommentDialog
from ui.text import C_, N_, day, say
from ui.widgets.page import State
from ui.widgets.parts import Align, Button, Icon, Label, column, row, scrolled


class CommentDeed(QObject):
    """What the buttons beside one comment do; it lives as long as its button."""

    def __init__(self, page, comment, heading: str, button: Button) -> None:
        super().__init__(button)
        self.page, self.comment, self.heading = page, comment, heading

    def on_edit(self) -> None:
        one = self.comment
        CommentDialog(
            self.page.window(), self.page.desk, one.review_id, self.heading, shown=one
        ).open()

    def on_drop(self) -> None:
        self.page.desk.do(comments.remove_comment, id=self.comment.id)


def comment_row(page, comment, heading: str, about: str = "") -> QWidget:
    """Return a comment with who made it; what came signed has nothing that changes it."""
    by = comment.department or (comment.person.name if comment.person else "")
    head = " · ".join(filter(None, (about, by, day(comment.commented_on, "full"))))
    tools: list = []
    if not comment.fixed:
        edit = Button("", "ghost", "pencil", name=N_("Edit the comment"))
        edit.clicked.connect(CommentDeed(page, comment, heading, edit).on_edit)
        drop = Button("", "ghost", "trash-2", name=N_("Remove the comment"))
        drop.clicked.connect(CommentDeed(page, comment, heading, drop).on_drop)
        page.writing(edit, drop)
        tools = [(edit, Align.AlignTop), (drop, Align.AlignTop)]
    words = named(comment.text, comment.text_en)
    return row(
        (Icon("message-square-text", "text2"), Align.AlignTop),
        (column(Label(head, "cap", wrap=True), Label(words, "sec", wrap=True), gap=2), 1),
        *tools,
        gap=8,
        margins=(12, 0, 0, 0),
    )


class CommentsFace(QWidget):
    """What was said of the round, a commitment, a milestone or a file, but of no question."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.whole = page, None
        self.add = Button(C_("review", "Add comment"), icon="message-square-text", slot=self.on_add)
        page.writing(self.add)
        self.tools = row(self.add, None, margins=(20, 8, 24, 4), gap=8)
        self.nothing = State(
            "message-square-text",
            N_("No comments on this round"),
            N_("Comments on one question stand under it, in the form."),
        )
        self.scroller = scrolled(QWidget())
        column(self.tools, (self.scroller, 1), self.nothing, gap=0, into=self)
        self.setFocusProxy(self.scroller)

    def show_whole(self, whole) -> None:
        """Show what was said of the round as a whole."""
        self.whole = whole
        self.tools.setVisible(not self.page.desk.read_only)
        found = [one for one in whole.comments if not one.question or whole.form is None]
        self.nothing.setVisible(not found)
        self.scroller.setVisible(bool(found))
        heading = say(C_("review", "The round as a whole"))
        rows = [comment_row(self.page, one, heading, about_of(one)) for one in found]
        self.scroller.setWidget(column(*rows, None, gap=12, margins=(8, 6, 24, 20)))

    def on_add(self) -> None:
        """Say what a department holds of the round or of one commitment."""
        if self.whole is not None:
            CommentDialog(
                self.window(),
                self.page.desk,
                self.whole.row.id,
                say(C_("review", "The round as a whole")),
                subjects=self.whole.subjects,
            ).open()


def about_of(comment) -> str:
    """Say what a comment is about: a commitment, its milestone, a file; "" for the round."""
    return " · ".join(filter(None, (comment.commitment, comment.milestone, comment.evidence)))
