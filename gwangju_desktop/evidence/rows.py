"""What the queries of the evidence shelf return."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from db.vocab import Disclosure

# How a file is that no longer gives its SHA-256, or is gone.
BROKEN, MISSING = "broken", "missing"


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One sentence of what a piece of evidence proves, and where.

    `commitment` is the code of the commitment concerned, `number` and `milestone` those of the
    milestone, `count` the label of a number of the co-creation record. `picked` is its rank among
    the best files of the official upload.
    """

    id: int
    evidence_id: int
    position: int
    claim: str
    claim_en: str
    commitment_id: int | None
    commitment: str
    milestone_id: int | None
    number: int | None
    milestone: str
    milestone_en: str
    count_id: int | None
    count: str
    count_en: str
    form: str
    question: str
    picked: int | None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence; `broken` is "", BROKEN or MISSING, as the last reading found it.

    `plan` and `commitment` are codes; `commitments` are the ids of all commitments it concerns, by
    itself or by a claim.
    """

    id: int
    plan_id: int
    plan: str
    commitment_id: int | None
    commitment: str
    position: int
    kind: str
    title: str
    title_en: str
    url: str
    obtained_on: dt.date
    obtained_from: str
    disclosure: str
    ground: str
    note: str
    sample: bool
    file_id: int
    name: str
    sha256: str
    bytes: int
    broken: str
    claims: tuple[ClaimRow, ...]
    commitments: tuple[int, ...]

    @property
    def public(self) -> bool:
        """Say whether everybody may read it."""
        return self.disclosure == Disclosure.PUBLIC

    @property
    def untranslated(self) -> bool:
        """Say whether its title or a claim lacks English."""
        return not self.title_en or any(not claim.claim_en for claim in self.claims)


@dataclass(frozen=True, slots=True)
class PickRow:
    """A claim that bears on a question and the file behind it; `picked` is its rank or None.

    `too_large` says that its file is beyond the size an official upload takes.
    """

    claim_id: int
    evidence_id: int
    title: str
    title_en: str
    claim: str
    claim_en: str
    name: str
    sha256: str
    bytes: int
    public: bool
    broken: str
    sample: bool
    too_large: bool
    picked: int | None


@dataclass(frozen=True, slots=True)
class Best:
    """The claims that bear on one question, the picked ones first, and the limits of the upload."""

    rows: tuple[PickRow, ...]
    files: int
    bytes_each: int

    @property
    def picked(self) -> tuple[PickRow, ...]:
        """Return the picked ones in their order."""
        return tuple(row for row in self.rows if row.picked is not None)


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One reading of the evidence files; `found` is how many were broken or missing."""

    id: int
    checked_at: dt.datetime
    occasion: str
    files: int
    bytes: int
    seconds: float
    found: int
