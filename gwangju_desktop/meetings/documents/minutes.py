"""The minutes as a document: their Markdown in blocks, with the mark of what copy it is."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gwangju_desktop import clock
from gwangju_desktop.documents.blocks import (
    Block,
    Box,
    Column,
    Para,
    Rule,
    Space,
    Table,
    Word,
    para,
    table,
    words,
)
from gwangju_desktop.documents.blocks import Heading as PageHeading
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.issuer import Issuer
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.errors import UserError
from gwangju_desktop.history import anchors
from gwangju_desktop.meetings import guards, minutes
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.meetings.markdown import (
    Grid,
    Heading,
    Item,
    Line,
    Node,
    Paragraph,
    Spans,
    parse,
    plain,
)
from gwangju_desktop.meetings.minutes import MinutesDetail
from gwangju_desktop.meetings.minutes_kept import NO_MINUTES
from gwangju_desktop.snapshots import key_words, queries
from gwangju_desktop.text import C_, N_, Words
from gwangju_desktop.text import words as spoken_in

_NARROW, _LABEL = 0.5, 0.2


def compose(read: Session, *, meeting_id: int, language: str = "ko") -> Composed:
    """Return the minutes of a meeting; raise UserError before they are drafted."""
    found = minutes.detail(read, meeting_id=meeting_id)
    if found.id is None:
        raise UserError(NO_MINUTES, hint=N_("Draft them first."), meeting=found.meeting)
    meeting = guards.meeting_of(read, meeting_id)
    about = issued(read, body_id=meeting.body_id, on=clock.today())
    day = clock.local(meeting.starts_at)
    key, noted = queries.fingerprint(read), anchors.printed(read)
    name = f"{day:%Y-%m-%d} {found.meeting}"
    return composed(found, about, language, name, key=key, noted=noted)


def composed(
    found: MinutesDetail,
    about: Issuer,
    language: str,
    name: str,
    *,
    key: str | None = None,
    noted: str = "",
) -> Composed:
    """Return minutes with their mark at the head of every page but the first.

    `key` is the fingerprint of the office's signing key: whoever gets a copy of the office compares
    it with what stands in minutes handed out before. `noted` is the journal's last entry with the
    beginning of its hash: a journal that was cut or written anew no longer has it.
    """
    say = spoken_in(language)
    title = say(N_("Minutes of {meeting}"), meeting=found.meeting)
    head = f"{title} · {say(found.mark)}"
    body = (*blocks(found, say), *(_seal(key, say) if key else ()), *_noted(noted, say))
    return Composed(title, name, about, language, (body,), head=head)


def blocks(found: MinutesDetail, say: Words) -> list[Block]:
    """Return the blocks of minutes: their text, and how they were confirmed and published."""
    made: list[Block] = []
    headed = 0
    for node in parse(found.text):
        if isinstance(node, Heading):
            headed += 1
        made += block(node, headed)
        if isinstance(node, Heading) and node.level == 1 and headed == 1:
            made += [Rule(), _mark(found, say), Space(2 * MM)]
    return made + _end(found, say)


def _mark(found: MinutesDetail, say: Words) -> Block:
    """Return the line under the title that says what copy this is."""
    said = say(found.mark)
    facts = [said]
    if found.locked and found.confirmed_on is not None:
        facts.append(say.day(found.confirmed_on, "long"))
    elif found.early and found.published_on is not None:
        facts.append(say(N_("not confirmed; published {day:long}"), day=found.published_on))
    else:
        facts.append(say(N_("not confirmed, not for publication")))
    return para(" · ".join(facts), "fact-name")


def block(node: Node, key: int) -> list[Block]:
    """Return what a part of a Markdown text is on paper; `key` tells headings apart."""
    match node:
        case Heading(level=1):
            return [PageHeading(1, plain(node.spans), f"part-{key}")]
        case Heading():
            return [PageHeading(min(node.level, 3), plain(node.spans), f"part-{key}")]
        case Paragraph(quote=True):
            return [Box((Para(_words(node.spans), "note"),))]
        case Paragraph():
            return [Para(_words(node.spans), "body")]
        case Item():
            mark = "•" if node.mark == "-" else node.mark
            return [Para(_words(node.spans), "body", mark, 1 + min(node.depth, 2))]
        case Line():
            return [Rule(0.5)]
        case Grid():
            return [_table(node)] if node.rows else []


def _words(spans: Spans) -> tuple[Word, ...]:
    """Return words in their weights; a change of weight inside a word does not part it."""
    found: list[Word] = []
    open_end = False
    for span in spans:
        pieces = [word for word in words(span.text, "B" if span.bold else "") if word.text]
        for n, word in enumerate(pieces):
            glued = n == 0 and open_end and not span.text.startswith(" ")
            found.append(word._replace(space=False) if glued else word)
        if span.text:
            open_end = not span.text.endswith(" ")
    return tuple(found)


def _table(grid: Grid) -> Table:
    shares = _shares(grid)
    head, rows = (grid.rows[0], grid.rows[1:]) if grid.head else ((), grid.rows)
    labelled = not grid.head and len(shares) == 2
    columns = [
        Column(
            plain(head[n]) if head else "",
            share,
            style="strong" if labelled and n == 0 else "cell",
        )
        for n, share in enumerate(shares)
    ]
    cells = [
        [(Para(_words(cell), columns[n].style),) for n, cell in enumerate(row)] for row in rows
    ]
    return table(columns, cells, head=grid.head, row_head=labelled)


def _shares(grid: Grid) -> list[float]:
    """Share the width by how long the columns' texts are; a column of labels is narrow."""
    count = max(len(row) for row in grid.rows)
    if not grid.head and count == 2:
        return [_LABEL, 1 - _LABEL]
    wide = [max(len(plain(row[n])) for row in grid.rows) for n in range(count)]
    kept = [min(max(length, 4), 40) ** _NARROW for length in wide]
    return [length / sum(kept) for length in kept]


def _end(found: MinutesDetail, say: Words) -> list[Block]:
    """Return what stands under the text: corrections, who confirmed, that they were published."""
    lines: list[Block] = []
    if found.corrections:
        lines.append(PageHeading(3, say(N_("Corrections when confirmed"))))
        lines += [para(line) for line in found.corrections.splitlines() if line.strip()]
    if found.locked and found.confirmed_on is not None:
        if found.confirmed_meeting:
            said = say(
                N_("Confirmed on {day:long} at {meeting}."),
                day=found.confirmed_on,
                meeting=found.confirmed_meeting,
            )
        else:
            said = say(
                N_("Confirmed on {day:long} by signature: {names}."),
                day=found.confirmed_on,
                names=found.confirmed_by or say(C_("minutes", "None")),
            )
        lines += [Space(4 * MM), Rule(0.5), para(said, "note")]
    return lines


def _seal(fingerprint: str, say: Words) -> list[Block]:
    """Return the signing key's fingerprint, whole and in words."""
    spoken = " ".join(key_words.fingerprint_words(fingerprint, say.language))
    said = say(N_("Signing key of review copies: {fingerprint}"), fingerprint=fingerprint)
    words = say(N_("In words (first {n} bits): {words}"), n=key_words.BITS, words=spoken)
    return [Space(4 * MM), Rule(0.5), para(said, "small", keep=True), para(words, "small")]


def _noted(mark: str, say: Words) -> list[Block]:
    """Return the mark of the change history, by which it is compared later."""
    if not mark:
        return []
    return [para(say(N_("Mark of the change history: {mark}"), mark=mark), "small")]
