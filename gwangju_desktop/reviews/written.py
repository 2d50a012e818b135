"""What a monitor says to one form, and the one way it is written down to be signed."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, replace
from typing import Any

FAMILY = "gwangju-desktop/review/"
FORMAT = FAMILY + "1"
# Parsed, JSON swells tenfold and more; a form of 500 commitments with an explanation to each
# question in both languages takes less than this.
MAX_REVIEW = 8 * 2**20
MOST_TEXT = 20_000
MOST_WORD = 200
MOST_ROWS = 20_000
MOST_CITED = 20

_HASH = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one question; `commitment` is "" for a question of the plan.

    `value` is a code of the question or "" where only words are given; `evidence` are SHA-256s.
    """

    question: str
    value: str = ""
    explanation: str = ""
    explanation_en: str = ""
    commitment: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """A word on a question, a milestone (its number) or a piece of evidence (its SHA-256)."""

    text: str
    text_en: str = ""
    commitment: str = ""
    question: str = ""
    milestone: int | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found, and what should follow."""

    text: str
    text_en: str = ""
    recommendation: str = ""
    recommendation_en: str = ""
    commitment: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What a monitor signs: answers to a `form` (a ReviewKind) of a plan.

    `snapshot` is the SHA-256 of the manifest of the copy that was read, `sequence` its number and
    `office` its office. `commitment` is the code of the one an end-of-commitment report is about,
    "" for an inception report. `agreed` names the monitors who share a joint answer and is empty
    for one's own. `signed_at` is a moment with its zone.
    """

    snapshot: str
    sequence: int
    office: str
    plan: str
    form: str
    commitment: str
    monitor: str
    signed_at: str
    agreed: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    comments: tuple[Comment, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def moment(self) -> dt.datetime:
        """Return when it was signed, aware."""
        return dt.datetime.fromisoformat(self.signed_at)

    def to_bytes(self) -> bytes:
        """Write the one form of it; the format comes first, as the domain of the signature."""
        content = {
            "format": FORMAT,
            "snapshot": {
                "manifest_sha256": self.snapshot,
                "sequence": self.sequence,
                "office": self.office,
            },
            "plan": self.plan,
            "form": self.form,
            "commitment": self.commitment,
            "monitor": self.monitor,
            "agreed": list(self.agreed),
            "signed_at": self.signed_at,
            "answers": [
                {
                    "commitment": answer.commitment,
                    "question": answer.question,
                    "value": answer.value,
                    "explanation": answer.explanation,
                    "explanation_en": answer.explanation_en,
                    "evidence": list(answer.evidence),
                }
                for answer in self.answers
            ],
            "comments": [
                {
                    "commitment": comment.commitment,
                    "question": comment.question,
                    "milestone": comment.milestone,
                    "evidence": comment.evidence,
                    "text": comment.text,
                    "text_en": comment.text_en,
                }
                for comment in self.comments
            ],
            "findings": [
                {
                    "commitment": finding.commitment,
                    "text": finding.text,
                    "text_en": finding.text_en,
                    "recommendation": finding.recommendation,
                    "recommendation_en": finding.recommendation_en,
                }
                for finding in self.findings
            ],
        }
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def stamped(written: Written, moment: dt.datetime) -> Written:
    """Return it with the moment of signing, which must be aware; to the second."""
    return replace(written, signed_at=moment.replace(microsecond=0).isoformat())


class NewerFormat(ValueError):
    """A later program wrote it."""


def parse(message: bytes) -> Written:
    """Read what was signed; raises ValueError unless it is exactly what `to_bytes` writes."""
    if len(message) > MAX_REVIEW:
        raise ValueError("too large")
    try:
        content = json.loads(message.decode("utf-8"))
    except RecursionError:
        raise ValueError("too deep") from None
    if not isinstance(content, dict):
        raise ValueError("not an object")
    named = content.get("format")
    if isinstance(named, str) and named.startswith(FAMILY) and named != FORMAT:
        raise NewerFormat(named[:MOST_WORD])
    try:
        written = _written(content)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("a field is missing or of another type") from error
    if named != FORMAT or written.to_bytes() != message:
        raise ValueError("not canonical")
    return written


def _written(content: dict[str, Any]) -> Written:
    snapshot = content["snapshot"]
    written = Written(
        snapshot=_match(_HASH, snapshot["manifest_sha256"]),
        sequence=_count(snapshot["sequence"]),
        office=_word(snapshot["office"]),
        plan=_word(content["plan"]),
        form=_word(content["form"]),
        commitment=_word(content["commitment"]),
        monitor=_word(content["monitor"]),
        signed_at=_match(_MOMENT, content["signed_at"]),
        agreed=tuple(_word(name) for name in _few(content["agreed"], MOST_CITED)),
        answers=tuple(_answer(row) for row in _few(content["answers"])),
        comments=tuple(_comment(row) for row in _few(content["comments"])),
        findings=tuple(_finding(row) for row in _few(content["findings"])),
    )
    # Refused here and not when somebody asks for it: the 30th of February matches the pattern.
    if written.moment.tzinfo is None or not 2000 <= written.moment.year < 2200:
        raise ValueError("no moment of ours")
    asked = [(answer.commitment, answer.question) for answer in written.answers]
    if len(set(asked)) != len(asked):
        raise ValueError("one question answered twice")
    return written


def _answer(row: dict[str, Any]) -> Answer:
    return Answer(
        commitment=_word(row["commitment"]),
        question=_word(row["question"]),
        value=_word(row["value"]),
        explanation=_text(row["explanation"]),
        explanation_en=_text(row["explanation_en"]),
        evidence=tuple(_match(_HASH, one) for one in _few(row["evidence"], MOST_CITED)),
    )


def _comment(row: dict[str, Any]) -> Comment:
    return Comment(
        commitment=_word(row["commitment"]),
        question=_word(row["question"]),
        milestone=None if row["milestone"] is None else _count(row["milestone"]),
        evidence=_match(_HASH, row["evidence"]) if row["evidence"] != "" else "",
        text=_text(row["text"]),
        text_en=_text(row["text_en"]),
    )


def _finding(row: dict[str, Any]) -> Finding:
    return Finding(
        commitment=_word(row["commitment"]),
        text=_text(row["text"]),
        text_en=_text(row["text_en"]),
        recommendation=_text(row["recommendation"]),
        recommendation_en=_text(row["recommendation_en"]),
    )


def _word(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MOST_WORD or not value.isprintable():
        raise ValueError("a word")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MOST_TEXT:
        raise ValueError("a text")
    return value


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**31:
        raise ValueError("a count")
    return value


def _few(value: Any, most: int = MOST_ROWS) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError("a list")
    return value


def _match(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError("a hash or moment")
    return value
