"""What the office has of proposals already, as an import asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.proposals import OutsideNumber, Proposal
from gwangju_desktop.members.importing.values import fold
from gwangju_desktop.proposals import fields, listing
from gwangju_desktop.proposals.similar import Similar, Worth, similar

# The whole text is compared for so few rows only; of more, the titles.
MOST_COMPARED = 150
LEAST_SCORE = 60


@dataclass(frozen=True, slots=True)
class Held:
    """A proposal that is there, or one of the file (`line`) that goes in before."""

    id: int
    number: str
    title: str
    supports: int
    comments: int
    print: str
    line: int = 0


def key(title: str) -> str:
    """Return a title for comparing: without white space and case."""
    return "".join(title.split()).casefold()


class Known:
    """Proposals by outside number, by fingerprint, by title; fields and districts by name."""

    def __init__(self, read: Session, rows: int) -> None:
        self.read, self.small = read, rows <= MOST_COMPARED
        self.numbered: dict[tuple[str, str], Held] = {}
        self.printed: dict[str, Held] = {}
        self.titled: dict[str, Held] = {}
        self._worth: Worth | None = None
        by_id: dict[int, Held] = {}
        held = select(
            Proposal.id,
            Proposal.number,
            Proposal.title,
            Proposal.supports,
            Proposal.comments,
            Proposal.fingerprint,
        ).order_by(Proposal.id)
        for id, number, title, supports, comments, fingerprint in read.execute(held).all():
            one = Held(id, number or "", title, supports, comments, fingerprint)
            by_id[id] = one
            self.printed.setdefault(fingerprint, one)
            self.titled.setdefault(key(title), one)
        self._systems: dict[int, set[str]] = {}
        outside = select(OutsideNumber.system, OutsideNumber.number, OutsideNumber.proposal_id)
        for system, number, id in read.execute(outside).all():
            self.numbered[system, number] = by_id[id]
            self._systems.setdefault(id, set()).add(system)
        self._fields = _by_name(
            (one.code, (one.name_ko, one.name_en)) for one in fields.fields(read)
        )
        self._districts = _by_name(listing.district_names(read).items())

    def numbered_in(self, held: Held, system: str) -> bool:
        """Say whether a proposal has a number in a system; one of the file comes with its own."""
        return bool(held.line) or system in self._systems.get(held.id, ())

    def field(self, name: str) -> str:
        """Return the code of a field of policy, "" where the office has none of that name."""
        return self._fields.get(fold(name), "")

    def district(self, name: str) -> str:
        """Return the code of a district, "" where there is none of that name."""
        return self._districts.get(fold(name), "")

    def alike(self, title: str, text: str) -> Held | Similar | None:
        """Return a proposal that looks like one of the file, the likeliest; None for none."""
        same = self.titled.get(key(title))
        if same is not None or not self.small:
            return same
        if self._worth is None:
            self._worth = Worth.read(self.read)
        for one in similar(self.read, title=title, text=text, limit=1, worth=self._worth):
            if one.score >= LEAST_SCORE:
                return one
        return None

    def add(self, line: int, title: str, fingerprint: str, outside: tuple[str, str] | None) -> None:
        """Note a row that goes in, so that a later one of the file is compared with it."""
        one = Held(0, "", title, 0, 0, fingerprint, line)
        self.printed.setdefault(fingerprint, one)
        self.titled.setdefault(key(title), one)
        if outside is not None:
            self.numbered[outside] = one


def _by_name(named: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    return {fold(name): code for code, names in named for name in (code, *names) if name}
