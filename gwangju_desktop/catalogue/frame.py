"""What the documents share: heads, facts, the numbering of office prose, the official letter.

Numbering is that of the rules on official documents: 1. 가. 1) 가) (행정업무의 운영 및 혁신에 관한
규정 시행규칙 제2조), 붙임 with quantities, 끝. after the last word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gwangju_desktop.documents import official
from gwangju_desktop.documents.blocks import (
    Block,
    Column,
    Para,
    Rule,
    Space,
    Word,
    para,
    table,
    words,
)
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.issuer import Issuer
from gwangju_desktop.documents.numbering import ordinal, syllable
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.text import Msg, Words

_LATIN = "abcdefghijklmnopqrstuvwxyz"
# One line of office prose: its level (0 is "1."), an optional term in bold, the text.
Said = tuple[int, str, str]


def head(above: str, title: str) -> list[Block]:
    """Return the head of a document: whose it is, what it is."""
    return [para(above, "lead"), para(title, "h1"), Rule(), Space(2 * MM)]


def facts(
    rows: Iterable[tuple[Msg, str]],
    say: Words,
    *,
    share: float = 0.2,
    row: float = 8.5,
    whole: bool = False,
) -> Block:
    """Return labels beside their values; what has no value is left out. `row` is in mm at least.

    Facts that are `whole` stay on one page.
    """
    return table(
        [Column("", share, style="strong"), Column("", 1 - share)],
        [[say(label), value] for label, value in rows if value],
        head=False,
        row_head=True,
        grid=True,
        min_row=row * MM,
        whole=whole,
    )


def section(number: int, title: Msg, say: Words) -> Block:
    """Return the head of a numbered section, held with what follows."""
    return heading(f"{number}. {say(title)}")


def heading(text: str) -> Block:
    """Return the head of a section without a number of its own."""
    return para(text, "h2", keep=True)


def numbered(lines: Iterable[Said], say: Words) -> list[Block]:
    """Return office prose: every level counts for itself and begins anew below another line."""
    counts: list[int] = []
    blocks: list[Block] = []
    for level, term, text in lines:
        del counts[level + 1 :]
        while len(counts) <= level:
            counts.append(0)
        counts[level] += 1
        blocks.append(Para(_spoken(term, text), "body", mark(level, counts[level], say), level + 1))
    return blocks


def mark(level: int, n: int, say: Words) -> str:
    """Return the mark of the n-th line of a level: 1. 가. 1) 가), in English 1. a. 1) a)."""
    said = ordinal(level, n)
    if say.language == "ko" or level % 2 == 0 or n > len(_LATIN):
        return said
    return said.replace(syllable(n), _LATIN[n - 1])


def _spoken(term: str, text: str) -> tuple[Word, ...]:
    if not term:
        return words(text)
    return (*words(f"{term}:", "B"), *words(text))


@dataclass(frozen=True, slots=True)
class Letter:
    """An official letter before it is laid out: 수신, 제목, numbered lines, 붙임, who sends it.

    `more` stands between the lines and what is attached, `enclosed` are parts that go with it.
    `head` stands at the head of every page but the first. `sent` is the line with 문서번호,
    시행일자 and 공개구분, `recipients` the one that names several.
    """

    name: str
    head: str
    recipient: str
    subject: str
    lines: Sequence[Said]
    signatory: str
    attached: Sequence[str] = ()
    more: Sequence[Block] = ()
    enclosed: Sequence[Sequence[Block]] = ()
    sent: str = ""
    recipients: str = ""


def composed(letter: Letter, about: Issuer, sender: str, say: Words) -> Composed:
    """Return a letter of `sender`, with what is enclosed on pages of its own."""
    made = official.letter(
        about,
        say,
        title=letter.subject,
        name=letter.name,
        sender=sender,
        recipient=letter.recipient,
        body=[*numbered(letter.lines, say), *letter.more],
        attachments=letter.attached,
        signatory=letter.signatory,
    )
    *said, _space, signatory, _gap, _day = made.parts[0]
    # The day of dispatch stands in the line of the document's number.
    foot = [para(line, "note") for line in (letter.recipients, letter.sent) if line]
    sheet = (*said, Space(9 * MM), signatory, Space(3 * MM), *foot)
    parts = (sheet, *(tuple(part) for part in letter.enclosed))
    return replace(made, parts=parts, head=letter.head)
