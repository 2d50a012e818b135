"""Official letters (공문서): 수신, 제목, the body, 붙임, 끝., who sends them.

Order and signs: 행정업무의 운영 및 혁신에 관한 규정 시행규칙 (domain 2.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gwangju_desktop.documents.blocks import (
    Block,
    Column,
    Para,
    Rule,
    Space,
    Word,
    clean,
    para,
    table,
)
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.issuer import Issuer
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.text import C_, Words

TO = C_("letter", "To")
SUBJECT = C_("letter", "Subject")
ATTACHED = C_("letter", "Attached")
END = C_("letter", "End.")
_BLANK = " " * 20
_GAP = "  "
# Two blanks in a row are one to the lines of a page; this one is always its own.
_FIXED = "\u00a0"


def letter(
    about: Issuer,
    say: Words,
    *,
    title: str,
    name: str,
    sender: str,
    recipient: str,
    body: Sequence[Block],
    attachments: Sequence[str] = (),
    signatory: str = "",
) -> Composed:
    """Return an official letter; an empty `recipient` leaves room to write it in.

    `sender` heads the sheet until the office has a letterhead of its own; `signatory` is who signs,
    by default the office. The body's numbers are 1. 가. 1) 가), as `prose` reads them.
    """
    facts = table(
        [Column("", 0.12, style="strong"), Column("", 0.88)],
        [[say(TO), recipient or _BLANK], [say(SUBJECT), title]],
        head=False,
        row_head=True,
        plain=True,
        min_row=9 * MM,
    )
    sheet = (
        facts,
        Rule(0.5),
        Space(3 * MM),
        *_ended(tuple(body), attachments, say),
        Space(18 * MM),
        para(signatory or about.office(say), "signatory"),
        Space(6 * MM),
        para(say.day(about.on, "full"), "note"),
    )
    return Composed(
        title,
        name,
        about,
        say.language,
        (sheet,),
        recipient=recipient,
        attachments=tuple(attachments),
        letterhead=(para(sender, "h1"), Rule(), Space(3 * MM)),
        body=tuple(body),
    )


def attached(attachments: Sequence[str], say: Words) -> list[str]:
    """Return the lines that name what is attached, numbered where there are several."""
    label = say(ATTACHED)
    if len(attachments) == 1:
        return [f"{label}{_GAP}{clean(attachments[0])}"]
    # A Hangul syllable is as wide as two spaces.
    deep = " " * sum(2 if "가" <= one <= "힣" else 1 for one in label)
    return [
        f"{label if number == 1 else deep}{_GAP}{number}. {clean(name)}"
        for number, name in enumerate(attachments, 1)
    ]


def ended(text: str, say: Words) -> str:
    """Return a text with the word that ends every official document, once."""
    end = say(END)
    return text if text.endswith(end) else f"{text}{_GAP}{end}"


def _ended(body: tuple[Block, ...], attachments: Sequence[str], say: Words) -> tuple[Block, ...]:
    """Return the body with what is attached and its end; below a table the end stands alone."""
    if attachments:
        listed = list(attachments)
        if len(listed) > 1:
            listed = [f"{number}. {one}" for number, one in enumerate(listed, 1)]
        columns = [Column("", 0.12), Column("", 0.88)]
        rows = [[say(ATTACHED), ended("\n".join(listed), say)]]
        # What is attached stands above who signs.
        listed_table = table(columns, rows, head=False, plain=True, keep=True)
        return (*body, Space(4 * MM), listed_table)
    last = body[-1] if body else None
    if isinstance(last, Para):
        end = Word(f"{_FIXED}{say(END)}")
        return (*body[:-1], replace(last, words=(*last.words, end)))
    return (*body, para(say(END)))
