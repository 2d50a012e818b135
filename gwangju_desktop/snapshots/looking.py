"""Which evidence files go out: those that were looked into and hold nothing that stays.

The rule: a file in which a child process finds a value that is not disclosed, or into which it
cannot look (locked, packed in an unknown way, broken, too large), does not go out unless a person
decided so for these very bytes; one with a resident registration number never does. Its record and
its SHA-256 stay in the copy, and the copy's list of what was withheld names it by that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from db.vocab import FindKind
from gwangju_desktop import child
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.snapshots import reviewing
from gwangju_desktop.snapshots.disclose import Disclosed, Office
from gwangju_desktop.snapshots.policy import Policy
from gwangju_desktop.snapshots.reviewing import Find, Place
from gwangju_desktop.snapshots.sqlite_file import Row
from gwangju_desktop.text import N_, say, words

TABLE, COLUMN = "stored_file", "sha256"
UNREAD, HOLDS = "file_unread", "file_holds"
BATCH = 16  # files one child looks into
SECONDS, SECONDS_EACH = 20.0, 10.0
REASONS = {
    "password": N_("locked with a password"),
    "packed": N_("packed in a way that cannot be looked into"),
    "broken": N_("broken"),
    "size": N_("too large to be looked into"),
    "memory": N_("too large to be looked into"),
    "time": N_("too large to be looked into"),
}
Cancel = Callable[[], bool]


class Shelf(Protocol):
    """Where stored files lie."""

    def path(self, digest: str) -> Path:
        """Return a real local file whose bytes have this SHA-256."""


@dataclass(frozen=True, slots=True)
class Held:
    """A file that is held back, or was and somebody let it go out: `find` says which.

    `places` are the columns whose values it holds, `why` the reason why it was not looked into.
    """

    find: Find
    sha256: str
    why: str
    places: tuple[str, ...]

    @property
    def ground(self) -> str:
        """Return the ground of the policy."""
        return UNREAD if self.why else HOLDS

    def told(self, rules: Policy) -> str:
        """Say why it is held back."""
        if self.why:
            return say(REASONS[self.why])
        if not self.find.may_be_shown:
            return say(N_("holds a resident registration number"))
        fields = [_field(rules, place) for place in self.places]
        return say(N_("holds a value of: {fields}"), fields=", ".join(fields))


def look(
    office: Office,
    disclosed: Disclosed,
    names: Mapping[str, str],
    secret: bytes,
    shelf: Shelf,
    cancelled: Cancel | None = None,
) -> list[Held]:
    """Look into files (SHA-256 -> name) that are to go out; return what is found in them.

    Raises Cancelled. What a person decided is told with each; `hold` holds the others back.
    """
    answers: dict[str, dict[str, Any]] = {}
    sought = disclosed.sought | disclosed.let_out
    digests = list(names)
    for at in range(0, len(digests), BATCH):
        batch = digests[at : at + BATCH]
        told = _ask([shelf.path(digest) for digest in batch], sought, cancelled)
        answers |= dict(zip(batch, told, strict=True))
    ids = _ids(office)
    found = []
    for digest, answer in answers.items():
        if answer["why"] or answer["places"] or answer["residents"]:
            place = Place(TABLE, COLUMN, ids[digest], reviewing.mark(secret, digest), 0, 0)
            kind = FindKind.RESIDENT_NUMBER if answer["residents"] else FindKind.HIDDEN
            find = Find(place, kind, "", names[digest], "", None, office.decided.get(place))
            found.append(Held(find, digest, answer["why"], tuple(answer["places"])))
    return found


def rows(held: Sequence[Held], rules: Policy) -> list[Row]:
    """Return a line of the copy's list of what was withheld for each file that stays, by its hash."""
    table = rules.tables["evidence"]
    column = next(c for c in table.columns if c.name == "file_id")
    lines: list[Row] = []
    for one in held:
        if not one.find.shown:
            ground = rules.grounds[one.ground]
            named = (f"{word} {one.sha256}" for word in (column.ko, column.en))
            lines.append(
                (
                    *(table.name, table.ko, table.en),
                    *(column.name, *named),
                    *("drop", ground.ko, ground.en, 1),
                )
            )
    return lines


def _ask(
    paths: Sequence[Path], sought: Mapping[str, str], cancelled: Cancel | None
) -> list[dict[str, Any]]:
    """Let a child look; where it dies, ask again by halves, so that one file costs only itself."""
    asked = {"files": [str(path) for path in paths], "sought": dict(sought)}
    seconds = SECONDS + SECONDS_EACH * len(paths)
    try:
        answer = child.run("snapshot.look", asked, seconds=seconds, cancelled=cancelled)
    except child.ChildFailed as failed:
        if failed.why == "cancelled":
            raise Cancelled from None
        if len(paths) == 1:
            return [{"places": [], "residents": 0, "why": failed.why}]
        half = len(paths) // 2
        return [*_ask(paths[:half], sought, cancelled), *_ask(paths[half:], sought, cancelled)]
    return list(answer["files"])


def _ids(office: Office) -> dict[str, int]:
    for one in office.tables:
        if one.policy.name == TABLE:
            return dict(zip(one.rows.column(COLUMN), one.rows.column("id"), strict=True))
    return {}


def _field(rules: Policy, place: str) -> str:
    name, _, column = place.partition(".")
    table = rules.tables.get(name)
    line = next((c for c in table.columns if c.name == column), None) if table else None
    if table is None or line is None:
        return place
    english = words().language == "en"
    return f"{table.en} · {line.en}" if english else f"{table.ko} · {line.ko}"
