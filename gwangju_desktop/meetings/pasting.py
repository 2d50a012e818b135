"""Read replies out of what was copied from a messenger: "이름 참석", a line each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.vocab import Reply

# A line of words that say how somebody answers; the first pattern that is found decides, because
# "참석 못 합니다" and "대리 참석" hold the word for coming too.
_ANSWERS = (
    (Reply.NOT_COMING, re.compile(r"대리\s*(?:인\s*)?(?:없|불가|안)|no substitute", re.I)),
    (Reply.SUBSTITUTE, re.compile(r"대리|대신|위임|substitute|deputy|proxy", re.I)),
    (
        Reply.NOT_COMING,
        re.compile(
            r"불참|불가|미참|못\s*[갑가하합나]|어렵|어려[울워운]|힘들|안\s*[되됩갑가]|않|결석"
            r"|not\s+(?:be\s+)?(?:coming|able|attend)|can(?:'|no)t|absent|regrets|\bno\b",
            re.I,
        ),
    ),
    (
        Reply.COMING,
        re.compile(r"참석|참가|참여|출석|가능|갑니다|가겠|coming|attend|present|\byes\b", re.I),
    ),
)
# Asking, or not knowing yet, is no answer.
_OPEN = re.compile(r"미정|여부|아직|모르|확인\s*(?:후|하고)|\?|not sure|maybe", re.I)
_PARTS = re.compile(r"[,;/·，、]")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat as it may be named: the attendance's id, the name, what tells namesakes apart."""

    id: int
    name: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a text holds: replies, and every line that was not understood with the reason.

    `replies` are attendance -> reply, of two for one seat the later; `lines` are where each was
    read. `ambiguous` are lines that
    name somebody there are two of, `unread` lines without a name on the sheet or without an
    answer, `repeated` lines whose answer a later line replaced.
    """

    replies: Mapping[int, Reply]
    lines: Mapping[int, str]
    ambiguous: tuple[str, ...]
    unread: tuple[str, ...]
    repeated: tuple[str, ...]


def read_replies(text: str, seats: Sequence[Seat]) -> Pasted:
    """Read replies line by line; a line may name several people, apart by commas."""
    replies: dict[int, Reply] = {}
    lines_of: dict[int, str] = {}
    ambiguous: list[str] = []
    unread: list[str] = []
    repeated: list[str] = []
    for raw in unicodedata.normalize("NFC", text).splitlines():
        line = _BLANKS.sub(" ", raw).strip()
        if not line:
            continue
        found, doubtful, rest = _line(line, seats)
        if doubtful:
            ambiguous.append(line)
        elif rest or not found:
            unread.append(line)
        for id, reply in found.items():
            if replies.get(id, reply) != reply:
                repeated.append(lines_of[id])
            replies[id], lines_of[id] = reply, line
    return Pasted(replies, lines_of, tuple(ambiguous), tuple(unread), tuple(repeated))


def answer(text: str) -> Reply | None:
    """Return how a piece of text answers; None when it does not."""
    if _OPEN.search(text):
        return None
    return next((reply for reply, words in _ANSWERS if words.search(text)), None)


def _line(line: str, seats: Sequence[Seat]) -> tuple[dict[int, Reply], bool, bool]:
    """Return the replies of a line, whether it names a namesake, whether a part was not read."""
    found: dict[int, Reply] = {}
    waiting: list[Seat] = []
    doubtful = rest = False
    last: Reply | None = None
    for part in _PARTS.split(line):
        named, doubt = _named(part, seats)
        doubtful = doubtful or doubt
        without = part
        for seat in named:
            without = without.replace(seat.name, " ")
        said = answer(without)
        waiting += named
        if said is None:
            continue
        if not waiting and last is None and not doubt:
            rest = True
        for seat in waiting:
            found[seat.id] = said
        waiting, last = [], said
    if waiting and last is not None and not doubtful:
        # "참석: 가, 나, 다" says the answer first.
        for seat in waiting:
            found[seat.id] = last
        waiting = []
    return found, doubtful, rest or bool(waiting)


def _named(part: str, seats: Sequence[Seat]) -> tuple[list[Seat], bool]:
    """Return the seats a piece of text names, and whether a name on it is borne by two."""
    close = part.replace(" ", "")
    names = {seat.name for seat in seats if seat.name and seat.name.replace(" ", "") in close}
    longest = [
        name for name in names if not any(name != other and name in other for other in names)
    ]
    named: list[Seat] = []
    doubtful = False
    for name in sorted(longest, key=part.find):
        bearers = [seat for seat in seats if seat.name == name]
        if len(bearers) > 1:
            told = [s for s in bearers if s.organisation and s.organisation in part]
            if len(told) != 1:
                doubtful = True
                continue
            bearers = told
        named += bearers
    return named, doubtful
