"""Which rows pass the rules that let a value out: who may be named, what is public, what is alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.people import Consent
from db.vocab import (
    Capacity,
    ConsentField,
    ConsentPurpose,
    Disclosure,
    Edition,
    ProposalConsent,
)
from gwangju_desktop import clock
from gwangju_desktop.snapshots.columns import Columns, Record, picked

Records = Mapping[str, Sequence[Record]]


@dataclass(frozen=True, slots=True)
class Known:
    """What rules must know that goes into no copy: who consented to be named, and the limit k."""

    consented: frozenset[int] = frozenset()
    k: int = 5


def consented(read: Session) -> frozenset[int]:
    """Return who has a consent on record, not withdrawn, to have their name published."""
    today = clock.today()
    found = read.scalars(
        select(Consent.person_id).where(
            Consent.field == ConsentField.NAME.value,
            Consent.purpose == ConsentPurpose.PUBLICATION.value,
            Consent.given_on <= today,
            or_(Consent.withdrawn_on.is_(None), Consent.withdrawn_on > today),
        )
    )
    return frozenset(found)


class Passing:
    """The rules of the policy held against the rows of one office."""

    def __init__(self, rows: Records, known: Known) -> None:
        self._closed = {row["id"] for row in rows.get("agenda_item", ()) if row["restricted"]}
        seats = rows.get("membership", ())
        self._seated = {person for (person,) in picked(seats, "person_id")}
        self._named = _by_law(seats, rows.get("body", ())) | known.consented
        self._open_files = {row["file_id"] for row in rows.get("paper", ()) if self._paper(row)}
        proofs = rows.get("evidence", ())
        self._open_files |= {row["file_id"] for row in proofs if _open_evidence(row)}
        self._open_files |= _public_packs(rows)
        # A hash tells a monitor that the file shown at an inspection is the one; no content.
        self._public_files = self._open_files | {row["file_id"] for row in proofs}
        self._alike = alike(rows.get("proposal", ()), known.k)
        named = self._named & self._seated
        # Rules that ask whether what a link leads to is on a list.
        self._lists: dict[str, tuple[str, set[int]]] = {
            "seated": ("id", self._seated),
            "named": ("id", named),
            "of_named": ("person_id", named),
            "public_file": ("id", self._public_files),
            "open_file": ("id", self._open_files),
        }
        self._rules: dict[str, Callable[[Record, str], bool]] = {
            "public_paper": lambda row, _column: self._paper(row),
            "public_evidence": lambda row, _column: _open_evidence(row),
            "open_item": lambda row, _column: self._open(row),
            "published": lambda row, _column: _published(row),
            "received": lambda row, _column: _consents(row, ProposalConsent.TITLE_ONLY),
            "consented": lambda row, _column: _consents(row, ProposalConsent.FULL),
            "reply_published": lambda row, _column: row["published_on"] is not None,
            "enough_alike": lambda row, column: column in self._alike.get(row["id"], ()),
        }

    def over(self, rule: str, rows: Columns, column: str) -> list[bool]:
        """Say of each row whether a rule lets its column out."""
        if not rule:
            return [True] * len(rows)
        if rule in self._lists:
            link, there = self._lists[rule]
            return [*map(there.__contains__, rows.column(link))]
        return [self._rules[rule](row, column) for row in rows]

    def _open(self, row: Record) -> bool:
        item = row["item_id"] if "item_id" in row else row["id"]
        return item not in self._closed

    def _paper(self, row: Record) -> bool:
        public = row["disclosure"] == Disclosure.PUBLIC.value
        return public and row["item_id"] not in self._closed


def alike(proposals: Sequence[Record], k: int) -> dict[int, frozenset[str]]:
    """Return which of district and proposer's sector may be told of each proposal, by its id.

    A district with a sector of fewer than k tells none of its sectors, so that none follows from
    the others; districts of fewer than k are not told, nor is what else it takes that the untold
    ones are k together.
    """
    districts = Counter(row["district"] for row in proposals if row.get("district"))
    untold = _too_few(districts, k)
    pairs = Counter((row.get("district"), row.get("sector")) for row in proposals)
    narrow = {district for (district, sector), n in pairs.items() if sector and n < k}
    found: dict[int, frozenset[str]] = {}
    for row in proposals:
        told = set()
        if row.get("district") not in untold:
            told.add("district")
        if row.get("district") not in untold | narrow:
            told.add("sector")
        found[row["id"]] = frozenset(told)
    return found


def _too_few(counts: Mapping[str, int], k: int) -> set[str]:
    few = {name for name, n in counts.items() if n < k}
    rest = sorted((n, name) for name, n in counts.items() if n >= k)
    while few and rest and sum(counts[name] for name in few) < k:
        few.add(rest.pop(0)[1])
    return few


def _by_law(seats: Sequence[Record], bodies: Sequence[Record]) -> set[int]:
    """Return who is named by law: officials by their post, others where an ordinance seats them.

    정보공개법 제9조제1항제6호 라목 (officials) and 마목 (people commissioned under law).
    """
    lawful = {row["id"] for row in bodies if row["ordinance"]}
    return {
        person
        for person, capacity, body in picked(seats, "person_id", "capacity", "body_id")
        if capacity == Capacity.EX_OFFICIO.value or body in lawful
    }


def _open_evidence(row: Record) -> bool:
    return bool(row["disclosure"] == Disclosure.PUBLIC.value)


def _public_packs(rows: Records) -> set[int]:
    """Return the files of packs for everybody; of a closed sitting there is none."""
    sittings = {row["id"] for row in rows.get("meeting", ()) if row["public"]}
    issues = {row["id"] for row in rows.get("pack_issue", ()) if row["meeting_id"] in sittings}
    return {
        row["file_id"]
        for row in rows.get("pack_file", ())
        if row["issue_id"] in issues and row["edition"] == Edition.PUBLIC.value
    }


def _published(row: Record) -> bool:
    return row["published_on"] is not None and not row["closed_ground"]


def _consents(row: Record, least: ProposalConsent) -> bool:
    """Say whether a received proposal may be published so far: title and result, or its text too."""
    enough = {ProposalConsent.FULL.value, least.value}
    return row["number"] is not None and row["consent"] in enough
