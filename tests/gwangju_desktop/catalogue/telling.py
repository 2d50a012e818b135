"""A document as plain lines, for golden files: what it says, block by block, without positions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pypdfium2

from gwangju_desktop.documents.blocks import (
    Answers,
    Banner,
    Block,
    Box,
    Heading,
    Para,
    SignRows,
    Table,
    Word,
)
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.press import press
from gwangju_desktop.text import words


def told(made: Composed) -> str:
    """Return a document as lines; one drawn by hand is read back from its pages."""
    say = words(made.language)
    lines = [
        f"title: {made.title}",
        f"file: {made.name}",
        f"of: {made.about.name(say)} · {made.about.office(say)} · {say.day(made.about.on, 'full')}",
        f"made up: {'yes' if made.about.sample else 'no'}",
    ]
    if made.recipient:
        lines.append(f"to: {made.recipient}")
    lines += [f"attached: {one}" for one in made.attachments]
    if made.drawn is not None:
        for number, page in enumerate(pages(made.drawn().data), 1):
            lines += ["", f"--- page {number}", *page]
    for number, part in enumerate(made.sheets, 1):
        lines += ["", f"--- part {number}", *_blocks(part)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def pages(data: bytes) -> list[list[str]]:
    """Return the lines of text on each page of a PDF."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_range().splitlines() for page in pdf]


def text_of(made: Composed) -> str:
    """Return the text of the pressed document without blanks."""
    return "".join("".join(line.split()) for page in pages(press(made).data) for line in page)


def _blocks(blocks: Iterable[Block], indent: str = "") -> Iterator[str]:
    for block in blocks:
        match block:
            case Para():
                mark = f"{block.mark} " if block.mark else ""
                for line in _said(block.words).split("\n"):
                    yield f"{indent}{'  ' * block.depth}{mark}{line} [{block.style}]"
            case Heading():
                yield f"{indent}{'#' * block.level} {block.text}"
            case Banner():
                yield f"{indent}## {block.number} {block.title}"
            case Box():
                yield f"{indent}[box"
                yield from _blocks(block.children, indent + "  ")
                yield f"{indent}]"
            case Table():
                if block.head:
                    yield indent + "| " + " | ".join(column.title for column in block.columns)
                for row in block.rows:
                    yield indent + "| " + " | ".join(_cell(cell) for cell in row)
            case Answers():
                yield indent + "   ".join(
                    f"{one.before}{'☐' if one.tick else '____'}{one.after}" for one in block.answers
                )
            case SignRows():
                yield from (f"{indent}| {' | '.join(person)}" for person in block.people)
            case _:
                pass


def _cell(cell: Iterable[Block]) -> str:
    return " / ".join(
        line.rpartition(" [")[0] if line.endswith("]") else line for line in _blocks(cell)
    )


def _said(spoken: Iterable[Word]) -> str:
    text = ""
    for word in spoken:
        glue = " " if word.space and text and not text.endswith("\n") and word.text != "\n" else ""
        text += glue + word.text
    return text
