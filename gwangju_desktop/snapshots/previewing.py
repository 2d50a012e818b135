"""What a copy would hold and what would stay back, before it is made: the same steps, no file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.papers import Papers
from db.schema.papers import StoredFile
from db.vocab import Profile
from gwangju_desktop import clock, settings
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.evidence.integrity import Door
from gwangju_desktop.snapshots import codes, disclose, looking, members, policy, texts
from gwangju_desktop.text import N_, Msg

Progress = Callable[[int, int, Msg], None]
STEPS = (
    N_("Reading the office"),
    N_("Applying the disclosure policy"),
    N_("Looking into the evidence files"),
)


class Shelved(Door, Protocol):
    """A door to an office that leads to its files too."""

    @property
    def papers(self) -> Papers:
        """Return the file store."""


@dataclass(frozen=True, slots=True)
class Going:
    """One register of the copy and its number of rows."""

    name: str
    ko: str
    en: str
    rows: int


@dataclass(frozen=True, slots=True)
class Staying:
    """What one ground keeps back: its wording, how many columns, how many values (None: not counted)."""

    code: str
    ko: str
    en: str
    columns: int
    count: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a copy for `profile` would be now.

    `masked` counts texts with something masked, `undecided` the finds nobody has decided on (they
    stay masked); `hidden_cells` are figures of polls hidden for being small, `waves_as_before` the
    waves whose tables stay as an earlier copy gave them; `held_files` are evidence files that stay.
    """

    profile: Profile
    going: tuple[Going, ...]
    staying: tuple[Staying, ...]
    masked: int
    undecided: int
    hidden_cells: int
    waves_as_before: int
    evidence_files: int
    evidence_bytes: int
    held_files: int

    @property
    def rows(self) -> int:
        """Count the rows of all registers."""
        return sum(one.rows for one in self.going)


def preview(
    door: Shelved,
    *,
    profile: Profile = Profile.MONITOR,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Preview:
    """Work out what a copy would hold; the office is read first, and free meanwhile.

    Raises Cancelled.
    """

    def step(n: int) -> None:
        if cancelled and cancelled():
            raise Cancelled
        if progress:
            progress(n, len(STEPS), STEPS[n])

    step(0)
    rules = policy.load(profile)
    with door.reading() as read:
        secret = bytes.fromhex(str(settings.value(read, settings.ID_SECRET)))
        fetched = disclose.fetch(read, rules)
        names = members.evidence_names(read)
        sizes = _sizes(read)
    step(1)
    facts = {"made_at": clock.local(clock.now()).isoformat()}
    disclosed = disclose.disclose(fetched, rules, secret, facts)
    step(2)
    held = looking.look(fetched, disclosed, names, secret, door.papers, cancelled)
    disclosed.withhold(looking.rows(held, rules))
    staying = {one.sha256 for one in held if not one.find.shown}
    told = codes.read(disclosed.tables)
    files = members.public_evidence(
        told, {digest: name for digest, name in names.items() if digest not in staying}
    )
    rows = disclosed.rows
    return Preview(
        profile=profile,
        going=tuple(Going(one.name, one.ko, one.en, rows[one.name]) for one in told.registers),
        staying=_staying(told, rules),
        masked=disclosed.masked,
        undecided=len(texts.undecided([*disclosed.finds, *(one.find for one in held)])),
        hidden_cells=sum(disclosed.polls.hidden.values()),
        waves_as_before=len(disclosed.polls.again),
        evidence_files=len(files),
        evidence_bytes=sum(sizes.get(digest, 0) for digest in files),
        held_files=len(staying),
    )


def _staying(told: codes.Codes, rules: policy.Policy) -> tuple[Staying, ...]:
    """Return what stays by ground, the most values first and those nobody counts last."""
    columns: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in told.withheld:
        columns.setdefault((str(row[7]), str(row[8])), set()).add((str(row[0]), str(row[3])))
    found = [
        Staying(code, one.ko, one.en, len(columns.get((one.ko, one.en), ())), one.count)
        for code, one in members.withheld(told.withheld, rules.grounds).items()
    ]
    return tuple(sorted(found, key=lambda one: (one.count is None, -(one.count or 0), one.code)))


def _sizes(read: Session) -> dict[str, int]:
    return {
        row.sha256: row.bytes for row in read.execute(select(StoredFile.sha256, StoredFile.bytes))
    }
