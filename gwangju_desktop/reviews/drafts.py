"""A monitor's answers while they are written: a file in the person's own folder, by copy and form."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from db.files import atomic_write
from gwangju_desktop import clock, paths
from gwangju_desktop.errors import UserError
from gwangju_desktop.reviews.copies import CopyFacts
from gwangju_desktop.reviews.questionnaire import Filled
from gwangju_desktop.reviews.review_file import Answer, Comment, Finding, Written, stamped
from gwangju_desktop.text import N_


def begun(copy: CopyFacts, kind: str, commitment: str = "", plan: str = "") -> Written:
    """Return the answers begun to a form of a copy, or an empty draft; raises UserError (of)."""
    new = empty(copy, kind, commitment, plan)
    return load(_place(new)) or new


def empty(copy: CopyFacts, kind: str, commitment: str = "", plan: str = "") -> Written:
    """Return an empty draft to a form of a copy; raises UserError for what is not in it."""
    found, code = copy.of(kind, commitment, plan)
    return Written(copy.snapshot, copy.sequence, copy.office, found.code, kind, code, "", "")


def save(draft: Written) -> Path:
    """Keep a draft, whole or not at all; returns the file."""
    place = _place(draft)
    place.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(place, private=True) as file:
        file.write(json.dumps(asdict(draft), ensure_ascii=False, indent=1).encode())
    return place


def forget(draft: Written) -> None:
    """Drop a draft; one that is not there is no matter."""
    _place(draft).unlink(missing_ok=True)


def saved_at(draft: Written) -> dt.datetime | None:
    """Return when a draft was saved last on the office's clock, None for one that never was."""
    try:
        seconds = _place(draft).stat().st_mtime
    except OSError:
        return None
    return clock.local(dt.datetime.fromtimestamp(seconds, dt.UTC))


def listed(snapshot: str) -> list[Written]:
    """Return every draft to a copy, by the SHA-256 of its manifest."""
    found = [load(path) for path in sorted(_folder(snapshot).glob("*.json"))]
    return [draft for draft in found if draft is not None]


def elsewhere(draft: Written) -> Written | None:
    """Return what the person wrote to the same form on the latest other copy of the office."""
    mine = (draft.office, draft.plan, draft.form, draft.commitment)
    found = []
    for path in _folder("").glob(f"*/{_place(draft).name}"):
        one = load(path)
        if one is None or one.snapshot == draft.snapshot:
            continue
        if (one.office, one.plan, one.form, one.commitment) == mine:
            found.append(one)
    return max(found, key=lambda one: one.sequence, default=None)


def carried(draft: Written, older: Written) -> Written:
    """Return the draft with what was said on another copy; it is signed for this one."""
    return replace(
        draft,
        monitor=older.monitor,
        agreed=older.agreed,
        answers=older.answers,
        comments=older.comments,
        findings=older.findings,
    )


def load(path: Path) -> Written | None:
    """Return a draft; None for a file that is not there or cannot be read as one."""
    try:
        content = json.loads(path.read_bytes())
        return Written(
            **{
                **{field.name: content[field.name] for field in fields(Written)},
                "agreed": tuple(str(name) for name in content["agreed"]),
                "answers": tuple(_answer(row) for row in content["answers"]),
                "comments": tuple(Comment(**row) for row in content["comments"]),
                "findings": tuple(Finding(**row) for row in content["findings"]),
            }
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def with_answer(draft: Written, answer: Answer) -> Written:
    """Return the draft with an answer in the place of the one to the same question.

    An answer without value, words and evidence takes the earlier one away.
    """
    place = (answer.commitment, answer.question)
    kept = [one for one in draft.answers if (one.commitment, one.question) != place]
    if answer.value or answer.explanation or answer.explanation_en or answer.evidence:
        kept.append(answer)
    return replace(draft, answers=tuple(kept))


def answer_to(draft: Written, question: str, commitment: str = "") -> Answer:
    """Return the draft's answer to a question, an empty one when there is none."""
    for answer in draft.answers:
        if (answer.commitment, answer.question) == (commitment, question):
            return answer
    return Answer(question, commitment=commitment)


def filled_in(draft: Written, filled: Filled) -> Written:
    """Return the draft with what a workbook says; raises UserError for the workbook of another form.

    Answers are taken question by question, comments and findings as a whole.
    """
    mine = (draft.plan, draft.form, draft.commitment)
    if (filled.plan, filled.form, filled.commitment) != mine or (
        filled.snapshot and filled.snapshot != draft.snapshot
    ):
        raise UserError(
            N_("{file} was written from another copy, or for another form."),
            hint=N_("Write the questions of this copy out and fill those in."),
            file=filled.name,
        )
    for answer in filled.answers:
        draft = with_answer(draft, answer)
    return replace(
        draft,
        comments=filled.comments or draft.comments,
        findings=filled.findings or draft.findings,
    )


def ready(
    draft: Written, *, monitor: str, agreed: tuple[str, ...] = (), moment: dt.datetime | None = None
) -> Written:
    """Return what is signed: the draft with name, moment and, for a joint answer, who agreed.

    Raises UserError without a name, for a draft that says nothing, and for a joint answer of one.
    """
    if not monitor.strip():
        raise UserError(N_("The answers need the name of the monitor who signs them."))
    if not (draft.answers or draft.comments or draft.findings):
        raise UserError(N_("There is no answer, comment or finding to sign yet."))
    names = tuple(dict.fromkeys(name.strip() for name in agreed if name.strip()))
    if len(names) == 1:
        raise UserError(
            N_("A joint answer names at least two monitors, the one who signed among them.")
        )
    signed = replace(draft, monitor=monitor.strip(), agreed=names)
    return stamped(signed, clock.local(moment or clock.now()))


def _answer(row: dict[str, Any]) -> Answer:
    return Answer(**{**row, "evidence": tuple(row["evidence"])})


def _folder(snapshot: str) -> Path:
    return paths.person_folder() / "reviews" / snapshot


def _place(draft: Written) -> Path:
    # Codes are what somebody typed and may be no file names.
    named = "\n".join((draft.plan, draft.form, draft.commitment)).encode()
    return _folder(draft.snapshot) / f"{hashlib.sha256(named).hexdigest()[:24]}.json"
