"""`list plans | commitments | milestones | evidence`, `show plan` and `show commitment`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from gwangju_desktop import clock
from gwangju_desktop.commands import labels, output
from gwangju_desktop.commands.commitment_words import CODES, FIELDS, IN_ENGLISH, KINDS
from gwangju_desktop.commands.output import UsageError
from gwangju_desktop.commitments import (
    counts,
    deadlines,
    institutions,
    lacking,
    queries,
    rules,
)
from gwangju_desktop.commitments.rows import (
    CommitmentRow,
    CommitmentWhole,
    CountRow,
    DeadlineRow,
    Lack,
    MilestoneRow,
    PlanRow,
    TextRow,
)
from gwangju_desktop.reviews import forms
from gwangju_desktop.text import N_, Msg, say

Told = dict[str, Any]
_PLAN = ("id", "code", "title", "start", "end", "submitted_on", "commitments", "milestones")
_COMMITMENT = ("code", "title", "start", "end", "status", "completion", "progress", "late")
_MILESTONE = ("commitment", "number", "title", "due", "completed", "state", "weight", "evidence")
_EVIDENCE = ("id", "plan", "commitment", "title", "kind", "obtained_on", "disclosure", "sha256")


def list_records(asked: argparse.Namespace) -> int:
    """Print plans, commitments, milestones or evidence."""
    for option in ("meeting", "body", "on", "state", "overdue"):
        if getattr(asked, option) is not None:
            raise UsageError(
                say(N_("“list {what}” takes no --{option}."), what=asked.what, option=option)
            )
    columns, select = _LISTS[asked.what]
    with output.office(asked) as store, store.reading() as read:
        rows = select(read)[: asked.limit]
    if asked.json:
        output.document(rows)
    else:
        output.table(
            columns, [[_word(column, row.get(column)) for column in columns] for row in rows]
        )
    return 0


def show_record(asked: argparse.Namespace) -> int:
    """Print a plan or a commitment whole, by its code or id."""
    if asked.on is not None:
        raise UsageError(
            say(N_("“show {what}” takes no --{option}."), what=asked.what, option="on")
        )
    show = commitment if asked.what == "commitment" else plan
    with output.office(asked) as store, store.reading() as read:
        told = show(read, asked.id)
    if asked.json:
        output.document(told)
    else:
        _print(_spoken(output.plain(told)))
    return 0


def commitment(read: Session, id: str) -> Told:
    """Tell of a commitment: what is promised, how far it is, and what the monitors said."""
    whole = queries.commitment(read, id, clock.today())
    row = _commitment(whole.row)
    return {
        **row,
        "plan_id": whole.row.plan_id,
        "policy_area": whole.policy_area,
        "sector": whole.sector,
        "open_values": list(whole.open_values),
        "suggestion": whole.suggested.code,
        "suggestion_why": whole.suggested.reason(),
        "suggestion_lacks_evidence": _numbers(whole),
        "delay_cause_en": whole.delay_cause_en,
        "url": whole.url,
        "source": whole.source,
        "note": whole.note,
        "institutions": [
            {"role": one.role, "name": one.name, "name_en": one.name_en}
            for one in whole.institutions
        ],
        "texts": _texts(whole.texts),
        "milestones": [_milestone(one) for one in whole.milestones],
        "notes": [
            {
                "on": one.noted_on,
                "milestone": one.number,
                "department": one.department,
                "text": one.text,
                "text_en": one.text_en,
            }
            for one in whole.notes
        ],
        "adjustments": [
            {
                "edition": one.edition,
                "on": one.adjusted_on,
                "closed_on": one.closed_on,
                "reason": one.reason,
                "consulted": one.consulted,
                "meeting_id": one.meeting_id,
                "changes": [
                    {
                        "what": say(change.field, **change.values),
                        "before": change.before,
                        "after": change.after,
                    }
                    for change in one.changes
                ],
            }
            for one in whole.editions
        ],
        "ratings": {
            dimension: {
                "value": one.value,
                "who": list(one.who),
                "on": one.on,
                "origin": one.origin,
                "review_id": one.review_id,
                "agreed": one.agreed,
                "differing": [list(pair) for pair in one.differing],
            }
            for dimension, one in whole.ratings.items()
        },
        "deadlines": [_deadline(one) for one in whole.deadlines],
        "lacking": _lacks(lacking.commitment(read, whole.row.id)),
    }


def plan(read: Session, id: str) -> Told:
    """Tell of a plan: its sections, institutions, co-creation record, rules and commitments."""
    row = queries.plan(read, id)
    today = clock.today()
    return {
        **_plan(row),
        "institutions": [
            {"role": one.role, "name": one.name, "name_en": one.name_en}
            for one in institutions.institutions(read, plan_id=row.id)
        ],
        "texts": _texts(queries.texts(read, row.id)),
        "counts": [_count(one) for one in counts.record(read, row.id)],
        "rules": [
            {
                "rule": one.rule,
                "value": one.value,
                "valid_from": one.valid_from if one.valid_from != rules.ALWAYS else None,
                "valid_to": one.valid_to,
                "source": one.source,
                "unverified": one.unverified,
            }
            for one in rules.rules(read, row.id, today)
        ],
        "commitments": [_commitment(one) for one in queries.commitments(read, row.id, today)],
        "deadlines": [_deadline(one) for one in deadlines.of_plan(read, row.id, today)],
        "lacking": _lacks(lacking.plan(read, row.id)),
        "missing_english": len(lacking.english(read, row.id)),
    }


# --- rows ---------------------------------------------------------------------------------------


def _plans(read: Session) -> list[Told]:
    return [_plan(row) for row in queries.plans(read)]


def _commitments(read: Session) -> list[Told]:
    return [_commitment(row) for row in queries.commitments(read, today=clock.today())]


def _milestones(read: Session) -> list[Told]:
    return [
        {"id": row.id, "commitment": row.commitment, **_milestone(row)}
        for row in queries.milestones(read, today=clock.today())
    ]


def _evidence(read: Session) -> list[Told]:
    from gwangju_desktop.evidence import queries as shelf

    return [
        {
            "id": row.id,
            "plan": row.plan,
            "commitment": row.commitment or None,
            "title": row.title,
            "title_en": row.title_en,
            "kind": row.kind,
            "name": row.name,
            "sha256": row.sha256,
            "bytes": row.bytes,
            "obtained_on": row.obtained_on,
            "obtained_from": row.obtained_from,
            "url": row.url,
            "disclosure": row.disclosure,
            "ground": row.ground,
            "broken": row.broken or None,
            "sample": row.sample,
            "claims": [output.plain(claim) for claim in row.claims],
        }
        for row in shelf.shelf(read)
    ]


def _plan(row: PlanRow) -> Told:
    return {
        "id": row.id,
        "code": row.code,
        "title": row.title,
        "title_en": row.title_en,
        "start": row.start or None,
        "end": row.end or None,
        "submitted_on": row.submitted_on,
        "closed_on": row.closed_on,
        "monitor_body_id": row.monitor_body_id,
        "forum_body_id": row.forum_body_id,
        "url": row.url,
        "source": row.source,
        "note": row.note,
        "commitments": row.commitments,
        "milestones": row.milestones,
        "completed": row.completed,
        "evidence": row.evidence,
        "evidence_broken": row.broken,
    }


def _commitment(row: CommitmentRow) -> Told:
    rating = row.rating
    return {
        "id": row.id,
        "code": row.code,
        "title": row.title,
        "title_en": row.title_en,
        "plan": row.plan,
        "start": row.start or None,
        "end": row.end or None,
        "completed_on": row.completed_on,
        "status": row.status,
        "status_computed": row.status_computed,
        "status_why": str(row.status_why),
        "status_reason": row.status_reason or None,
        "status_on": row.status_on,
        "completion": rating.value if rating else None,
        "completion_by": rating.who if rating else None,
        "completion_on": rating.on if rating else None,
        "disputed": row.disputed,
        "suggestion": row.suggestion or None,
        "progress": row.done_weight * 100 // row.weight if row.weight else None,
        "weight": row.weight,
        "weight_done": row.done_weight,
        "milestone_count": row.milestones,
        "completed": row.completed,
        "late": row.late,
        "evidence": row.evidence,
        "evidence_broken": row.broken,
        "next_due": row.next_due,
        "delay_cause": row.delay_cause,
        "lacks_cause": row.lacks_cause,
        "edition": row.edition,
        "adjusting": row.adjusting,
        "sample": row.sample,
    }


def _milestone(row: MilestoneRow) -> Told:
    return {
        "number": row.number,
        "title": row.title,
        "title_en": row.title_en,
        "output": row.output,
        "output_en": row.output_en,
        "start": row.starts_on,
        "due": row.due_on,
        "started_on": row.started_on,
        "completed": row.completed_on,
        "state": row.state,
        "late": row.late,
        "weight": row.weight,
        "evidence": row.evidence,
        "evidence_broken": row.broken,
        "responsible": row.responsible,
        "supporting": row.supporting,
        "delay_cause": row.delay_cause,
        "sample": row.sample,
    }


def _deadline(row: DeadlineRow) -> Told:
    return {
        "kind": row.kind,
        "what": str(row.label),
        "due_on": row.due_on,
        "overdue": row.overdue,
        "planned": row.planned,
        "done_on": row.done_on,
        "responsible": row.owner,
    }


def _count(row: CountRow) -> Told:
    return {
        "kind": row.kind,
        "label": row.label,
        "label_en": row.label_en,
        "number": row.number,
        "source": row.source,
        "evidence": row.evidence,
        "evidence_broken": row.broken,
        "sum_differs": row.sum_differs,
        "parts": [_count(part) for part in row.parts],
    }


def _texts(rows: Sequence[TextRow]) -> list[Told]:
    return [
        {
            "section": row.section,
            "label": say(row.label),
            "text": row.text,
            "text_en": row.text_en,
        }
        for row in rows
        if row.text or row.text_en
    ]


def _lacks(rows: Sequence[Lack]) -> list[Told]:
    return [{"what": str(row.what), "severity": row.severity} for row in rows]


def _numbers(whole: CommitmentWhole) -> list[int]:
    """Return the numbers of the milestones whose evidence the suggestion misses."""
    return [one.number for one in whole.milestones if one.id in whole.suggested.lacking]


# --- for a person -------------------------------------------------------------------------------


def _word(column: str, value: object, known: Mapping[str, Msg] | None = None) -> object:
    """Return a code in words, anything else as it is."""
    named = known or CODES.get(column, {})
    return say(named[value]) if isinstance(value, str) and value in named else value


def _spoken(told: Told) -> Told:
    """Return what is printed for a person: sections and dimensions under their own names."""
    texts = {
        **{one["label"]: one["text"] for one in told["texts"]},
        **{say(IN_ENGLISH, what=one["label"]): one["text_en"] for one in told["texts"]},
    }
    ratings = {}
    for dimension, one in told.get("ratings", {}).items():
        _form, question = forms.rated(dimension)
        ratings[question.text.said()] = one | {
            "value": question.label(one["value"] or ""),
            "differing": [f"{who}: {question.label(code)}" for who, code in one["differing"]],
        }
    return told | {"texts": texts} | ({"ratings": ratings} if ratings else {})


def _print(told: Told, indent: str = "", part_of: str = "") -> None:
    """Write an object as indented lines, codes in words; what is empty is left out."""
    for field, value in told.items():
        if value in (None, "", [], {}, False):
            continue
        name = say(FIELDS[field]) if field in FIELDS else labels.label(field)
        if isinstance(value, dict):
            output.line(f"{indent}{name}:")
            _print(value, indent + "  ", field)
        elif isinstance(value, list) and isinstance(value[0], dict):
            for number, part in enumerate(value, 1):
                output.line(f"{indent}{name} {number}:")
                _print(part, indent + "  ", field)
        else:
            kinds = KINDS.get(part_of) if field == "kind" else None
            several = value if isinstance(value, list) else [value]
            shown = ", ".join(str(_word(field, one, kinds)) for one in several)
            output.line(f"{indent}{name}: {'✓' if value is True else shown}")


_LISTS: dict[str, tuple[Sequence[str], Callable[[Session], list[Told]]]] = {
    "plans": (_PLAN, _plans),
    "commitments": (_COMMITMENT, _commitments),
    "milestones": (_MILESTONE, _milestones),
    "evidence": (_EVIDENCE, _evidence),
}
