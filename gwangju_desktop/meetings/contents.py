"""What minutes must hold by law, looked for in their text (공공기록물 관리에 관한 법률 시행령 제18조).

The text is free to be edited, so its parts are known by their words: rows of the table at the top
and headings, in either language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.decisions import Vote
from db.schema.meetings import AgendaItem, Meeting
from db.vocab import ItemKind, ItemState, MeetingKind, VoteState
from gwangju_desktop.meetings import markdown
from gwangju_desktop.meetings.conditions import Condition
from gwangju_desktop.meetings.markdown import Grid, Heading, Item, Node, Paragraph
from gwangju_desktop.meetings.words import OUTCOMES
from gwangju_desktop.text import C_, LANGUAGES, N_, Msg, words

NAME = C_("minutes", "Name of the meeting")
HOST = C_("minutes", "Held by")
WHEN = C_("minutes", "Date and time")
PLACE = C_("minutes", "Place")
PRESENT = C_("minutes", "Present")
OBSERVERS = C_("minutes", "In attendance")
ORDER = C_("minutes", "Order of business")
PROCEEDINGS = C_("minutes", "Proceedings")
GIST = C_("minutes", "Gist of statements")
DECISIONS = C_("minutes", "Decisions")
VOTES = C_("minutes", "Votes")
ITEMS = C_("minutes", "Items")

# Bold words that begin a line of the draft and are no statement.
PRESENTER = C_("minutes", "Presented by")
REQUEST = C_("minutes", "Proposed")
AMENDMENT = C_("minutes", "Amendment")
VOTE = C_("minutes", "Vote")
DECISION = C_("minutes", "Decision")
ACTIONS = C_("minutes", "To be done")
CHAIR = C_("minutes", "In the chair for this item")
RECUSED = C_("minutes", "Stood aside")
_LEADS = (PRESENTER, REQUEST, AMENDMENT, VOTE, DECISION, ACTIONS, CHAIR, RECUSED)

# Kinds of items about which somebody speaks.
_SPOKEN = (ItemKind.DELIBERATION, ItemKind.REPORT, ItemKind.DISCUSSION, ItemKind.ADVICE)
_TAKEN = (ItemState.TAKEN_UP, ItemState.DECIDED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of an item and has to stand in the minutes.

    `counts` are the votes in favour of each vote that was counted, `votes` how many were taken.
    """

    label: str
    title: str
    kind: str
    state: str
    outcome: str | None = None
    votes: int = 0
    counts: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """Return the item as a message calls it."""
        return f"{self.label}. {self.title}" if self.label else self.title


@dataclass(slots=True)
class _Part:
    """A heading and what stands under it up to the next heading of its level."""

    level: int
    title: str
    nodes: list[Node] = field(default_factory=list)


def check(text: str, items: Sequence[Wanted], *, sitting: bool = True) -> list[Condition]:
    """List what the law asks of minutes, and say for each whether the text has it.

    `sitting` is False for a written resolution, which has no place and no statements.
    """
    parts = _parts(markdown.parse(text))
    rows = _rows(parts)
    found = [
        _row(rows, NAME, N_("The name of the meeting is missing.")),
        _row(rows, HOST, N_("Who held the meeting is missing.")),
        _row(rows, WHEN, N_("Date and time are missing.")),
    ]
    if sitting:
        found.append(_row(rows, PLACE, N_("The place is missing.")))
    found += [
        _section(parts, PRESENT, N_("The list of those present is missing.")),
        _section(
            parts,
            OBSERVERS,
            N_("The list of those in attendance is missing; write “none” if nobody was."),
        ),
        _section(parts, ORDER, N_("The order of business is missing.")),
    ]
    found += _of_items(parts, items, sitting)
    return found


def wanted(read: Session, meeting: Meeting) -> list[Wanted]:
    """Return the items of a meeting as its minutes must have them; headings are none."""
    votes: dict[int, list[Vote]] = {}
    for vote in read.scalars(
        select(Vote).where(Vote.meeting_id == meeting.id, Vote.state == VoteState.CLOSED.value)
    ).all():
        votes.setdefault(vote.item_id or 0, []).append(vote)
    items = read.scalars(
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting.id, AgendaItem.kind != ItemKind.HEADING.value)
        .order_by(AgendaItem.position)
    ).all()
    return [
        Wanted(
            item.label,
            open_title(item),
            item.kind,
            item.state,
            None if item.restricted else item.outcome,
            0 if item.restricted else len(votes.get(item.id, ())),
            ()
            if item.restricted
            else tuple(vote.yes for vote in votes.get(item.id, ()) if vote.yes is not None),
        )
        for item in items
    ]


def open_title(item: AgendaItem) -> str:
    """Return the title the public may read."""
    return (item.open_title or item.title) if item.restricted else item.title


def of_meeting(read: Session, meeting: Meeting, text: str) -> list[Condition]:
    """List what the law asks of a meeting's minutes."""
    return check(text, wanted(read, meeting), sitting=meeting.kind != MeetingKind.WRITTEN)


def missing(found: Iterable[Condition]) -> list[Condition]:
    """Return what is needed and not there."""
    return [condition for condition in found if condition.needed and not condition.met]


# --- reading the text


def _parts(nodes: Sequence[Node]) -> list[_Part]:
    """Return every heading with what follows it; the first part is what stands above all."""
    parts = [_Part(0, "")]
    for node in nodes:
        if isinstance(node, Heading):
            parts.append(_Part(node.level, markdown.plain(node.spans)))
        else:
            parts[-1].nodes.append(node)
    return parts


def _rows(parts: Sequence[_Part]) -> dict[str, str]:
    """Return the rows of two cells that stand above the first section."""
    rows: dict[str, str] = {}
    for part in parts:
        if part.level > 1:
            break
        for node in part.nodes:
            if isinstance(node, Grid):
                for row in node.rows:
                    if len(row) > 1:
                        value = " ".join(markdown.plain(cell) for cell in row[1:])
                        rows[_key(markdown.plain(row[0]))] = value.strip()
    return rows


def _key(text: str) -> str:
    return "".join(text.split()).strip(":").casefold()


def _means(text: str, message: Msg) -> bool:
    """Say whether a heading or label is these words in any language, numbered or not."""
    bare = text.strip().lstrip("0123456789.) ")
    return any(_key(bare) == _key(words(code)(message)) for code in LANGUAGES)


def _row(rows: dict[str, str], label: Msg, message: Msg) -> Condition:
    said = [rows.get(_key(words(code)(label)), "") for code in LANGUAGES]
    return Condition(label, any(value.strip("–- ") for value in said), message)


def _section(parts: Sequence[_Part], title: Msg, message: Msg) -> Condition:
    under = _under(parts, lambda heading: _means(heading, title))
    return Condition(title, bool(under), message)


def _under(parts: Sequence[_Part], fits: Callable[[str], bool]) -> list[Node]:
    """Return what stands under the first heading that fits, its smaller headings included."""
    found: list[Node] = []
    level = 0
    for part in parts:
        if level and part.level <= level:
            break
        if not level and part.level and fits(part.title):
            level = part.level
        if level:
            found += part.nodes
    return found


def _of_items(parts: Sequence[_Part], items: Sequence[Wanted], sitting: bool) -> list[Condition]:
    lacking: dict[Msg, list[str]] = {ITEMS: [], GIST: [], DECISIONS: [], VOTES: []}
    for item in items:
        headed = [part for part in parts if part.level and _heads(part.title, item)]
        if not headed:
            lacking[ITEMS].append(item.name)
            continue
        under = _under(parts, lambda title, wanted=item: _heads(title, wanted))  # type: ignore[misc]
        spoken = item.kind in _SPOKEN and item.state in _TAKEN and sitting
        if spoken and not _has_statement(under):
            lacking[GIST].append(item.name)
        if item.outcome is not None and not _says_outcome(under, item.outcome):
            lacking[DECISIONS].append(item.name)
        if item.votes and not _says_votes(under, item):
            lacking[VOTES].append(item.name)
    said = {
        ITEMS: N_("Not in the minutes: item {items}."),
        GIST: N_("What was said is missing: item {items}. Write “no statements” if so."),
        DECISIONS: N_("What was decided is missing: item {items}."),
        VOTES: N_("The vote is missing or has another count: item {items}."),
    }
    return [
        Condition(name, not lacking[name], message, values={"items": ", ".join(lacking[name])})
        for name, message in said.items()
        if sitting or name != GIST
    ]


def _heads(heading: str, item: Wanted) -> bool:
    return _key(item.title) in _key(heading)


def _has_statement(nodes: Sequence[Node]) -> bool:
    """Say whether anything stands there that the draft has not written by itself."""
    listed = False
    for node in nodes:
        if not isinstance(node, Paragraph | Item):
            continue
        lead = _lead(node)
        if lead is not None:
            # What is to be done follows its word as a list.
            listed = lead is ACTIONS
        elif not (listed and isinstance(node, Item)) and markdown.plain(node.spans).strip():
            return True
    return False


def _lead(node: Paragraph | Item) -> Msg | None:
    """Return the word of the draft a line begins with in bold."""
    first = next((span for span in node.spans if span.text.strip()), None)
    if first is None or not first.bold:
        return None
    return next((lead for lead in _LEADS if _means(first.text, lead)), None)


def _lines(nodes: Sequence[Node], lead: Msg) -> list[str]:
    return [
        markdown.plain(node.spans)
        for node in nodes
        if isinstance(node, Paragraph | Item) and _lead(node) is lead
    ]


def _says_outcome(nodes: Sequence[Node], outcome: str) -> bool:
    said = [words(code)(OUTCOMES[outcome]) for code in LANGUAGES]
    return any(word in line for line in _lines(nodes, DECISION) for word in said)


def _says_votes(nodes: Sequence[Node], item: Wanted) -> bool:
    """Say whether every vote has its line, and every count stands in one of them."""
    lines = _lines(nodes, VOTE)
    if len(lines) < item.votes:
        return False
    return all(any(_says_count(line, count) for line in lines) for count in item.counts)


def _says_count(line: str, count: int) -> bool:
    figures = "".join(character if character.isdigit() else " " for character in line).split()
    return str(count) in figures
