"""What a monitor finds in a review copy to answer about: plans, commitments, milestones, evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gwangju_desktop.errors import UserError
from gwangju_desktop.reviews import forms
from gwangju_desktop.snapshots.opening import SnapshotView, TableView, open_snapshot
from gwangju_desktop.text import N_


@dataclass(frozen=True, slots=True)
class MilestoneFact:
    """A milestone as the copy shows it; a text that was held back is ""."""

    number: int
    title: str
    title_en: str
    output: str
    due_on: str
    completed_on: str
    state: str


@dataclass(frozen=True, slots=True)
class EvidenceFact:
    """A piece of evidence; of one that is not public only hash and day are told."""

    sha256: str
    title: str
    title_en: str
    obtained_on: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommitmentFact:
    """A commitment with its milestones and the evidence that names it."""

    code: str
    title: str
    title_en: str
    own_status: str
    completed_on: str
    milestones: tuple[MilestoneFact, ...]
    evidence: tuple[EvidenceFact, ...]


@dataclass(frozen=True, slots=True)
class PlanFact:
    """A plan, its commitments, and all evidence filed under it."""

    code: str
    title: str
    title_en: str
    commitments: tuple[CommitmentFact, ...]
    evidence: tuple[EvidenceFact, ...] = ()

    def commitment(self, code: str) -> CommitmentFact:
        """Return a commitment by its code; raises UserError when the copy has none such."""
        found = next((one for one in self.commitments if one.code == code), None)
        if found is None:
            raise UserError(
                N_("The review copy holds no commitment {code} of plan {plan}."),
                code=code,
                plan=self.code,
            )
        return found


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """A copy as a review file names it: the hash of its manifest, its number and its office."""

    name: str
    snapshot: str
    sequence: int
    office: str
    plans: tuple[PlanFact, ...]

    def plan(self, code: str = "") -> PlanFact:
        """Return a plan by its code, the only one without; raises UserError when there is none."""
        found = [plan for plan in self.plans if plan.code == code or not code]
        if len(found) == 1:
            return found[0]
        if not self.plans:
            raise UserError(N_("{file} holds no action plan."), file=self.name)
        raise UserError(
            N_("{file} holds several action plans or none of that code: {codes}."),
            hint=N_("Name the plan."),
            file=self.name,
            codes=", ".join(plan.code for plan in self.plans),
        )

    def of(self, kind: str, commitment: str, plan: str = "") -> tuple[PlanFact, str]:
        """Return the plan and commitment a form is about.

        Raises UserError for an end-of-commitment report of no commitment, an inception report of
        one, and for what the copy does not hold.
        """
        forms.form(kind)
        if kind == "closing" and not commitment:
            raise UserError(
                N_("An end-of-commitment report is of one commitment."), hint=N_("Choose it.")
            )
        if kind == "inception" and commitment:
            raise UserError(N_("An inception report is of the whole plan, not of one commitment."))
        holding = [p for p in self.plans if any(c.code == commitment for c in p.commitments)]
        found = holding[0] if holding and not plan else self.plan(plan)
        if commitment:
            found.commitment(commitment)
        return found, commitment


def open_copy(path: Path) -> CopyFacts:
    """Verify a review copy and return what a monitor answers about; raises UserError."""
    return facts_of(open_snapshot(Path(path)))


def facts_of(view: SnapshotView) -> CopyFacts:
    """Return what a monitor answers about in a copy that was opened."""
    manifest = view.verdict.demand()
    assert view.verdict.manifest_sha256 is not None
    tables = {table.name: table for table in view.tables}
    milestones: dict[Any, list[MilestoneFact]] = defaultdict(list)
    place: dict[Any, Any] = {}
    for row in _rows(tables.get("milestone")):
        place[row.get("id")] = row.get("commitment_id")
        milestones[row.get("commitment_id")].append(
            MilestoneFact(
                _number(row, "number"),
                _said(row, "title"),
                _said(row, "title_en"),
                _said(row, "output"),
                _said(row, "due_on"),
                _said(row, "completed_on"),
                _said(row, "state"),
            )
        )
    evidence, of_plan = _evidence(tables, place)
    commitments: dict[Any, list[tuple[int, CommitmentFact]]] = defaultdict(list)
    for row in _rows(tables.get("commitment")):
        fact = CommitmentFact(
            _said(row, "code"),
            _said(row, "title"),
            _said(row, "title_en"),
            _said(row, "own_status"),
            _said(row, "completed_on"),
            tuple(sorted(milestones[row.get("id")], key=lambda one: one.number)),
            tuple(evidence[row.get("id")]),
        )
        commitments[row.get("plan_id")].append((_number(row, "position"), fact))
    plans = tuple(
        PlanFact(
            _said(row, "code"),
            _said(row, "title"),
            _said(row, "title_en"),
            tuple(fact for _, fact in sorted(commitments[row.get("id")], key=lambda one: one[0])),
            tuple(of_plan[row.get("id")]),
        )
        for row in _rows(tables.get("action_plan"))
    )
    return CopyFacts(
        view.path.name,
        view.verdict.manifest_sha256,
        manifest.sequence,
        manifest.office_id,
        tuple(sorted(plans, key=lambda plan: plan.code)),
    )


_Found = dict[Any, list[EvidenceFact]]


def _evidence(tables: dict[str, TableView], place: dict[Any, Any]) -> tuple[_Found, _Found]:
    """Return evidence by commitment (filed under it, or claimed for it or a milestone), by plan."""
    hashes = {row.get("id"): _said(row, "sha256") for row in _rows(tables.get("stored_file"))}
    claims: dict[Any, list[str]] = defaultdict(list)
    named: dict[Any, list[Any]] = defaultdict(list)
    for row in _rows(tables.get("evidence_claim")):
        piece = row.get("evidence_id")
        claims[piece].append(_said(row, "claim"))
        named[piece].append(row.get("commitment_id") or place.get(row.get("milestone_id")))
    by_commitment: _Found = defaultdict(list)
    by_plan: _Found = defaultdict(list)
    for row in _rows(tables.get("evidence")):
        fact = EvidenceFact(
            hashes.get(row.get("file_id"), ""),
            _said(row, "title"),
            _said(row, "title_en"),
            _said(row, "obtained_on"),
            tuple(claim for claim in claims[row.get("id")] if claim),
        )
        by_plan[row.get("plan_id")].append(fact)
        for commitment in dict.fromkeys([row.get("commitment_id"), *named[row.get("id")]]):
            if commitment is not None:
                by_commitment[commitment].append(fact)
    return by_commitment, by_plan


def _rows(table: TableView | None) -> Iterator[dict[str, Any]]:
    if table is None:
        return
    names = [column.name for column in table.columns]
    for row in table.rows:
        yield dict(zip(names, row, strict=True))


def _number(row: dict[str, Any], name: str) -> int:
    """Return a whole number, 0 where a foreign copy has something else."""
    value = row.get(name)
    return value if isinstance(value, int) else 0


def _said(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value)
