"""The sample's action plan: both commitments, what was done, what shows it, what monitors found."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from db.store import Store
from gwangju_desktop.commitments import (
    adjusting,
    counts,
    institutions,
    milestones,
    plans,
    progress,
    promises,
)
from gwangju_desktop.evidence import evidence, integrity
from gwangju_desktop.evidence import intake as evidence_intake
from gwangju_desktop.packs.papers import PaperFacts
from gwangju_desktop.reviews import answering, findings, publications, rounds
from gwangju_desktop.threads import indicators, links

Texts = dict[str, Any]
ROLE, NAME, NAME_EN = range(3)
PROGRESS = ("started_on", "completed_on")
# Where a commitment came from, and what it led to.
LINKS = ("items", "then", "findings", "indicators")
CAUSES = ("delay_cause", "delay_cause_en")
VERIFIABLE = "3.verifiable"


def fill(
    store: Store,
    texts: Texts,
    bodies: Mapping[str, int],
    meetings: Sequence[Sequence[int]],
    papers: Mapping[str, PaperFacts],
    found: Sequence[int],
) -> None:
    """Make the plan and what became of it.

    `meetings` are the ids of the items of each meeting, `papers` the papers of meetings by key,
    `found` the findings of polls.
    """
    plan = _plan(store, texts, bodies)
    counted = [_count(store, plan, texts, text) for text in texts["count"]]
    ids: dict[str, int] = {}
    reached: dict[str, list[int]] = {}
    for text in texts["commitment"]:
        ids[text["code"]], reached[text["code"]] = _promise(store, plan, text)
    store.run(plans.submit_plan, plan_id=plan, submitted_on=texts["plan"]["submitted_on"])
    for text in texts["commitment"]:
        _go_on(store, ids[text["code"]], reached[text["code"]], text)
        _link(store, ("commitment", ids[text["code"]]), text, meetings, found)
    for text in texts["evidence"]:
        _prove(store, plan, text, (ids, reached, counted), papers)
    for text in texts["review"]:
        _review(store, plan, texts, text, ids)
    for text in texts["publication"]:
        fields = {**text, "commitment_id": ids.get(text.get("commitment", ""))}
        fields.pop("commitment", None)
        store.run(publications.add_publication, plan_id=plan, **fields)
    integrity.check(store, occasion=integrity.Occasion.WEEKLY)


def _link(
    store: Store,
    promise: tuple[str, int],
    text: Texts,
    meetings: Sequence[Sequence[int]],
    found: Sequence[int],
) -> None:
    """Link a commitment with the items, findings and indicators it came from or leads to."""
    for meeting, item in text["items"]:
        store.run(links.link, before=("item", meetings[meeting][item]), after=promise)
    for meeting, item in text["then"]:
        store.run(links.link, before=promise, after=("item", meetings[meeting][item]))
    for finding in text.get("findings", ()):
        store.run(links.link, before=("finding", found[finding]), after=promise)
    for code in text.get("indicators", ()):
        with store.reading() as read:
            indicator = indicators.find(read, code)
        if indicator is not None:
            store.run(links.link, before=promise, after=("indicator", indicator))


def _plan(store: Store, texts: Texts, bodies: Mapping[str, int]) -> int:
    fields = {name: value for name, value in texts["plan"].items() if name != "submitted_on"}
    plan: int = store.run(
        plans.add_plan,
        forum_body_id=bodies["ogp"],
        monitor_body_id=bodies["monitoring"],
        **fields,
    ).value
    for one in texts["institution"]:
        store.run(institutions.add_institution, plan_id=plan, **one)
    _write(store, plan, texts["text"])
    return plan


def _write(store: Store, plan: int, texts: Texts, commitment: int | None = None) -> None:
    for section, text in texts.items():
        store.run(
            plans.set_text,
            plan_id=plan,
            commitment_id=commitment,
            section=section,
            text=text["ko"],
            text_en=text.get("en", ""),
        )


def _count(store: Store, plan: int, texts: Texts, text: Texts) -> int:
    fields = {name: text[name] for name in text if name != "parts"}
    fields.setdefault("source", texts["plan"]["source"])
    id: int = store.run(counts.add_count, plan_id=plan, **fields).value
    for label, label_en, number in text.get("parts", ()):
        part = {"label": label, "label_en": label_en, "number": number}
        source = fields["source"]
        store.run(counts.add_count, plan_id=plan, parent_id=id, kind="part", source=source, **part)
    return id


def _promise(store: Store, plan: int, text: Texts) -> tuple[int, list[int]]:
    """Add a commitment with its milestones as they were planned first."""
    outside = ("text", "milestone", "institutions", "verifiable", "progress", "adjustment", *LINKS)
    fields = {name: text[name] for name in text if name not in outside}
    fields["open_values"] = text["open_values"].split(",")
    id: int = store.run(promises.add_commitment, plan_id=plan, **fields).value
    for one in text["institutions"]:
        named = {"role": one[ROLE], "name": one[NAME], "name_en": one[NAME_EN]}
        store.run(institutions.add_institution, plan_id=plan, commitment_id=id, **named)
    _write(store, plan, text["text"], id)
    made = []
    moved = text.get("adjustment", {})
    for number, one in enumerate(text["milestone"], 1):
        planned = {name: one[name] for name in one if name not in (*PROGRESS, *CAUSES)}
        if number == moved.get("milestone"):
            planned["due_on"] = moved["planned"]
        added = store.run(milestones.add_milestone, commitment_id=id, sample=True, **planned)
        made.append(added.value)
    return id, made


def _go_on(store: Store, id: int, reached: Sequence[int], text: Texts) -> None:
    """Say how far the milestones came, and move the day of one by an adjustment."""
    for milestone, one in zip(reached, text["milestone"], strict=True):
        if "started_on" in one:
            started = one["started_on"]
            store.run(milestones.start_milestone, milestone_id=milestone, started_on=started)
        if "completed_on" in one:
            store.run(
                milestones.complete_milestone,
                milestone_id=milestone,
                completed_on=one["completed_on"],
                delay_cause=one.get("delay_cause"),
            )
        if "delay_cause_en" in one:
            english = one["delay_cause_en"]
            store.run(milestones.edit_milestone, milestone_id=milestone, delay_cause_en=english)
    if "adjustment" in text:
        moved = text["adjustment"]
        milestone = reached[moved["milestone"] - 1]
        given = ("adjusted_on", "reason", "reason_en", "consulted")
        store.run(
            adjusting.start_adjustment,
            commitment_id=id,
            **{name: moved[name] for name in given},
        )
        store.run(milestones.edit_milestone, milestone_id=milestone, due_on=moved["due_on"])
        store.run(adjusting.close_adjustment, commitment_id=id, closed_on=moved["adjusted_on"])
    for note in text.get("progress", ()):
        fields = {name: note[name] for name in note if name != "milestone"}
        about = reached[note["milestone"] - 1]
        store.run(progress.add_note, commitment_id=id, milestone_id=about, **fields)


def _prove(
    store: Store,
    plan: int,
    text: Texts,
    known: tuple[Mapping[str, int], Mapping[str, Sequence[int]], Sequence[int]],
    papers: Mapping[str, PaperFacts],
) -> None:
    ids, reached, counted = known
    outside = ("paper", "file", "content", "commitment", "milestone", "count")
    fields = {name: text[name] for name in text if name not in outside}
    code = text.get("commitment", "")
    store.run(
        evidence.add_evidence,
        plan_id=plan,
        commitment_id=ids.get(code),
        milestone_id=reached[code][text["milestone"] - 1] if "milestone" in text else None,
        count_id=counted[text["count"]] if "count" in text else None,
        sample=True,
        **_file(store, text, papers),
        **fields,
    )


def _file(store: Store, text: Texts, papers: Mapping[str, PaperFacts]) -> Texts:
    """Return what the store knows of the file of a piece of evidence."""
    if "paper" in text:
        held = papers[text["paper"]]
        return {"sha256": held.sha256, "name": held.name, "bytes": held.bytes}
    with tempfile.TemporaryDirectory(prefix="gwangju-sample-") as folder:
        path = Path(folder) / "evidence"
        path.write_text(text["content"], "utf-8", newline="\n")
        taken = evidence_intake.take_in(store.papers, path, name=text["file"])
    return {"sha256": taken.sha256, "name": taken.name, "bytes": taken.bytes}


def _review(store: Store, plan: int, texts: Texts, text: Texts, ids: Mapping[str, int]) -> None:
    given = {name: text[name] for name in text if name in rounds.FIELDS}
    id = store.run(rounds.add_review, plan_id=plan, kind=text["kind"], **given).value
    store.run(rounds.open_review, id=id)
    if text.get("published"):
        for one in texts["commitment"]:
            store.run(
                answering.record_published_answer,
                review_id=id,
                commitment_id=ids[one["code"]],
                question=VERIFIABLE,
                value=one["verifiable"],
                source=text["source"],
                answered_on=text["due_on"],
            )
        store.run(rounds.submit_review, id=id, on=text["due_on"])
    if "finding" in text:
        _find(store, id, text, ids)


def _find(store: Store, review: int, text: Texts, ids: Mapping[str, int]) -> None:
    finding = store.run(
        findings.add_finding,
        review_id=review,
        commitment_id=ids[text["commitment"]],
        text=text["finding"],
        text_en=text["finding_en"],
        recommendation=text["recommendation"],
        recommendation_en=text["recommendation_en"],
        found_on=text["found_on"],
    ).value
    store.run(
        findings.make_action,
        finding_id=finding,
        department=text["department_of_action"],
        due_on=text["action_due_on"],
        text=text["action"],
    )
