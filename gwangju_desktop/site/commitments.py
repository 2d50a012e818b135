"""Commitments: progress, milestones, public evidence, what the monitors found and what we say to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from db.vocab import Disclosure, InstitutionRole, MilestoneState, ReviewState
from gwangju_desktop.commitments import template
from gwangju_desktop.commitments.words import VALUES
from gwangju_desktop.reviews import forms
from gwangju_desktop.site import filed
from gwangju_desktop.site.copy import Copy, Record
from gwangju_desktop.site.filed import Held
from gwangju_desktop.site.page import Asset, Page, Section
from gwangju_desktop.site.records import (
    Left,
    Pages,
    commitment_address,
    in_order,
    joined,
    latest,
)
from gwangju_desktop.text import C_, Words

_TITLE = C_("site", "Commitments")
_KIND = C_("site record", "Commitment")
_STATUS = {
    "late": "bad",
    "stopped": "bad",
    "postponed": "warn",
    "done": "ok",
    "on_time": "info",
}
_MILESTONES = {
    MilestoneState.COMPLETED.value: "ok",
    MilestoneState.IN_PROGRESS.value: "info",
    MilestoneState.CANCELLED.value: "",
}
_OVER = frozenset({MilestoneState.COMPLETED, MilestoneState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a commitment is, as the office told it: status, milestones done, share of the weight."""

    status: str
    tone: str
    done: int | None
    milestones: int | None
    share: float | None
    rule: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of a commitment with its days and evidence."""

    row: Record
    title: str
    state: str
    tone: str
    left: Left | None
    moved: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence; one that is not public has neither title nor file."""

    row: Record
    title: str
    public: bool
    kind: str
    file: Held | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A monitor's answer to a question of an official form."""

    review: str
    question: str
    answer: str
    explanation: str
    day: str
    origin: str


@dataclass(frozen=True, slots=True)
class Card:
    """A commitment as lists show it."""

    row: Record
    title: str
    address: str
    progress: Progress
    lead: str


def pages(copy: Copy, say: Words) -> Iterator[Page]:
    """Give the list of action plans with their commitments, and the page of each commitment."""
    made = Pages(copy, say)
    plans = sorted(copy.of("action_plan"), key=lambda row: str(row["starts"] or ""), reverse=True)
    listed = [(plan, [_card(made, row) for row in _of(copy, plan)]) for plan in plans]
    yield Page(
        "commitments/index.html",
        "commitments/index.html",
        "commitments",
        say(_TITLE),
        made.facts(
            plans=[
                {
                    "plan": plan,
                    "cards": cards,
                    "texts": _texts(made, "plan", plan["id"], None),
                    "reviews": _reviews(made, plan["id"], None),
                    "publications": _publications(made, plan["id"], None),
                    "evidence": _evidence(made, plan["id"], None),
                    "counts": [
                        (
                            made.text(row, "label") or made.word("plan_count", "kind", row["kind"]),
                            row,
                        )
                        for row in in_order(copy.by("plan_count", "plan_id", plan["id"]))
                        if not row.get("parent_id")
                    ],
                }
                for plan, cards in listed
            ]
        ),
        say(C_("site", "What the city promised, how far it is, and what the monitors found.")),
        text=joined(*(made.text(plan, "title") for plan in plans)),
    )
    for _, cards in listed:
        for one in cards:
            yield _page(made, one)


def assets(copy: Copy, _languages: tuple[str, ...]) -> Iterator[Asset]:
    """Give the files of public evidence."""
    told = set()
    for row in copy.of("evidence"):
        held = _file(copy, row)
        if held is not None and held.sha256 not in told:
            told.add(held.sha256)
            yield held.asset(copy)


def _of(copy: Copy, plan: Record) -> list[Record]:
    return in_order(copy.by("commitment", "plan_id", plan["id"]))


def _card(pages: Pages, row: Record) -> Card:
    return Card(
        row,
        pages.text(row, "title"),
        commitment_address(row),
        _progress(pages, row),
        ", ".join(name for role, name in _institutions(pages, row) if role == InstitutionRole.LEAD),
    )


def _progress(pages: Pages, row: Record) -> Progress:
    def figure(measure: str) -> Record:
        found = pages.copy.by("figure", "key", f"commitment:{row['id']}:{measure}")
        return found[0] if found else {}

    told = figure("status")
    # What the office itself says of it comes before what follows from the milestones.
    code = row.get("own_status") or told.get("text") or ""
    done, whole, share = (
        figure(name).get("value") for name in ("completed", "milestones", "share")
    )
    return Progress(
        pages.word("commitment", "own_status", code) if code else "",
        _STATUS.get(str(code), ""),
        None if done is None else int(done),
        None if whole is None else int(whole),
        share,
        pages.text(told, "rule") if told else "",
    )


def _page(pages: Pages, one: Card) -> Page:
    copy, row = pages.copy, one.row
    code = row["id"]
    milestones = [
        _milestone(pages, held) for held in in_order(copy.by("milestone", "commitment_id", code))
    ]
    notes = sorted(
        copy.by("progress_note", "commitment_id", code),
        key=lambda held: str(held["noted_on"]),
        reverse=True,
    )
    findings = sorted(
        copy.by("review_finding", "commitment_id", code), key=lambda held: str(held["found_on"])
    )
    comments = sorted(
        copy.by("review_comment", "commitment_id", code), key=lambda held: str(held["commented_on"])
    )
    texts = _texts(pages, "commitment", row["plan_id"], code)
    verdicts = list(_verdicts(pages, code))
    before, after = pages.thread("commitment", code)
    return Page(
        one.address,
        "commitments/commitment.html",
        "commitments",
        f"{row['code']} {one.title}",
        pages.facts(
            one=one,
            commitment=row,
            plan=copy.one("action_plan", row["plan_id"]),
            texts=texts,
            values=[
                pages.say(VALUES[value])
                for value in str(row.get("open_values") or "").split(",")
                if value in VALUES
            ],
            institutions=_by_role(pages, row),
            milestones=milestones,
            notes=notes,
            held_evidence=_evidence(pages, row["plan_id"], code),
            verdicts=verdicts,
            findings=[(held, *pages.thread("review_finding", held["id"])) for held in findings],
            comments=comments,
            held_reviews=_reviews(pages, row["plan_id"], code),
            held_publications=_publications(pages, row["plan_id"], code),
            editions=sorted(
                copy.by("commitment_edition", "commitment_id", code),
                key=lambda held: held["edition"],
            ),
            before=before,
            after=after,
        ),
        description=joined(one.progress.status, *(text for _, text in texts))[:300],
        text=joined(
            *(text for _, text in texts),
            *(held.title for held in milestones),
            *(pages.text(note, "text") for note in notes),
            *(pages.text(held, "text") for held in findings),
        ),
        kind=pages.say(_KIND),
        updated=latest(
            *(note["noted_on"] for note in notes),
            *(held.row.get("completed_on") for held in milestones),
            *(held["found_on"] for held in findings),
            *(held["commented_on"] for held in comments),
            *(held.day for held in verdicts),
        ),
        feed=bool(notes or findings or verdicts),
    )


def _milestone(pages: Pages, row: Record) -> Milestone:
    moved = [
        held
        for held in pages.copy.by("moved_due", "row_code", row["id"])
        if held["table_name"] == "milestone" and held["column_name"] == "due_on"
    ]
    return Milestone(
        row,
        pages.text(row, "title"),
        pages.word("milestone", "state", row["state"]),
        _MILESTONES.get(row["state"], ""),
        None if row["state"] in _OVER else pages.left(row.get("due_on")),
        tuple(moved),
    )


def _texts(pages: Pages, form: str, plan: object, commitment: object) -> list[tuple[str, str]]:
    rows = {
        str(row["section"]): pages.text(row, "text")
        for row in pages.copy.by("plan_text", "plan_id", plan)
        if row.get("commitment_id") == commitment
    }
    found = []
    for section in template.sections(form):
        if rows.get(section.key):
            found.append((pages.say(section.label), rows[section.key]))
    return found


def _institutions(pages: Pages, row: Record) -> list[tuple[str, str]]:
    rows = in_order(pages.copy.by("plan_institution", "commitment_id", row["id"]))
    return [(str(held["role"]), pages.text(held, "name")) for held in rows]


def _by_role(pages: Pages, row: Record) -> list[tuple[str, str]]:
    held = _institutions(pages, row)
    found = []
    for role in InstitutionRole:
        names = [name for own, name in held if own == role and name]
        if names:
            found.append((pages.word("plan_institution", "role", role.value), ", ".join(names)))
    return found


def _file(copy: Copy, row: Record) -> Held | None:
    return filed.of(copy, row.get("file_id")) if row["disclosure"] == Disclosure.PUBLIC else None


def _evidence(pages: Pages, plan: object, commitment: object) -> list[Evidence]:
    copy = pages.copy
    found = []
    for row in in_order(copy.by("evidence", "plan_id", plan)):
        if row.get("commitment_id") != commitment:
            continue
        public = row["disclosure"] == Disclosure.PUBLIC
        claims = [
            pages.text(claim, "claim")
            for claim in in_order(copy.by("evidence_claim", "evidence_id", row["id"]))
        ]
        found.append(
            Evidence(
                row,
                pages.text(row, "title") if public else "",
                public,
                pages.word("evidence", "kind", row["kind"]),
                _file(copy, row),
                tuple(claim for claim in claims if claim),
            )
        )
    return found


def _verdicts(pages: Pages, commitment: object) -> Iterator[Verdict]:
    copy = pages.copy
    for row in copy.by("review_answer", "commitment_id", commitment):
        review = copy.one("review", row["review_id"])
        if row.get("replaced_on") or not review:
            continue
        form = forms.form_of(str(review["kind"]))
        asked = (
            next((q for q in form.questions if q.key == row["question"]), None) if form else None
        )
        yield Verdict(
            pages.text(review, "title"),
            asked.text.said(pages.language) if asked else str(row["question"]),
            asked.label(str(row["value"] or ""), pages.language)
            if asked
            else str(row["value"] or ""),
            pages.text(row, "explanation"),
            str(row["answered_on"] or ""),
            pages.word("review_answer", "origin", row["origin"]),
        )


def _reviews(pages: Pages, plan: object, commitment: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for row in in_order(pages.copy.by("review", "plan_id", plan)):
        if row.get("commitment_id") == commitment:
            over = row["state"] in (ReviewState.SUBMITTED, ReviewState.CLOSED)
            found.append(
                {
                    "row": row,
                    "kind": pages.word("review", "kind", row["kind"]),
                    "state": pages.word("review", "state", row["state"]),
                    "tone": "ok" if over else "info",
                    "left": None if over else pages.left(row.get("due_on")),
                }
            )
    return found


def _publications(pages: Pages, plan: object, commitment: object) -> list[tuple[str, Record]]:
    rows = [
        row
        for row in pages.copy.by("publication", "plan_id", plan)
        if row.get("commitment_id") == commitment
    ]
    rows.sort(key=lambda row: str(row["published_on"]), reverse=True)
    return [(pages.word("publication", "channel", row["channel"]), row) for row in rows]


SECTION = Section("commitments", _TITLE, pages, assets)
