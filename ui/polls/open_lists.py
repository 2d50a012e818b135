"""Open answers and their tags as lists show them, and the form that renames a tag."""

from __future__ import annotations

from gwangju_desktop.polls import opened
from ui.models.rows import Cell, Column, Table
from ui.text import C_, N_
from ui.widgets.forms import Dialog, Field, Labelled


class Answer:
    """One open answer as the list shows it; rows are told apart by their number."""

    def __init__(self, id: int, one, tags: str) -> None:
        self.id, self.key, self.text, self.marked, self.tags = id, one.key, one.text, one.tags, tags


class Tag:
    """A tag, or all answers, or those without one."""

    def __init__(self, id: int, name: str, n: int, key: str = "") -> None:
        self.id, self.name, self.n, self.key = id, name, n, key


def text_cell(answer: Answer) -> Cell:
    """Show an answer on one line, its tags below."""
    words = " ".join(answer.text.split())
    return Cell(words, answer.tags, role="body") if answer.tags else Cell(words, role="body")


def tag_cell(tag: Tag) -> Cell:
    """Show a tag, with the digit that gives it."""
    return Cell(tag.name, role="secb" if tag.id <= 0 else "sec")


ANSWERS = Table(
    (
        Column(
            "id", C_("poll form", "No."), 56, "right", cell=lambda a: Cell(str(a.id), ink="text3")
        ),
        Column("text", C_("poll form", "Answer"), cell=text_cell),
    )
)
TAG_LIST = Table(
    (
        Column("key", C_("poll form", "Key"), 26, cell=lambda t: Cell(t.key, ink="text3")),
        Column("name", C_("poll form", "Tag"), cell=tag_cell),
        Column("n", C_("poll form", "Answers"), 48, "right", cell=lambda t: Cell(f"{t.n:,}")),
    )
)


class TagForm(Dialog):
    """Call a tag otherwise."""

    edits = ("poll_tag", "tag")

    def __init__(self, parent, desk, tag) -> None:
        self.desk, self.tag = desk, tag
        self.name = Labelled(C_("poll form", "Name of the tag"), Field())
        self.name.field.setText(tag.name)
        super().__init__(parent, N_("Rename the tag"), self.name)
        self.name.field.selectAll()
        self.name.field.setFocus()

    def confirm(self) -> None:
        self.desk.do(
            opened.rename_tag,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.tag.id,
            name=self.name.value(),
        )
