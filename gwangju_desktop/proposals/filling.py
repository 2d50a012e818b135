"""Words in curly brackets of a template, filled from a proposal: literally, and each once.

Nothing is formatted: a field is one of the known names between brackets, all else stays as it is,
brackets too, and what a proposal's title holds is not looked at again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from sqlalchemy.orm import Session

from db.schema.proposals import Proposal
from db.vocab import ProposalRuleKey
from gwangju_desktop.proposals import fields, profiles
from gwangju_desktop.proposals.receipt import proposal_of
from gwangju_desktop.proposals.spans import UNITS
from gwangju_desktop.text import C_, Msg, words

# What a template may name, and what it is called; the Korean name fills as well.
FIELDS: dict[str, Msg] = {
    "title": C_("template field", "Title"),
    "number": C_("template field", "Number"),
    "outside": C_("template field", "Number in another system"),
    "received": C_("template field", "Day of receipt"),
    "department": C_("template field", "Department in charge"),
    "field": C_("template field", "Field"),
    "result": C_("template field", "Result"),
    "decided": C_("template field", "Day of the decision"),
    "planned": C_("template field", "Planned for"),
    "review": C_("template field", "Next review"),
    "re_exam": C_("template field", "Time for a re-examination"),
}
_KOREAN = {
    "제목": "title",
    "번호": "number",
    "외부 접수번호": "outside",
    "접수일": "received",
    "담당 부서": "department",
    "분야": "field",
    "결과": "result",
    "결정일": "decided",
    "실시 예정일": "planned",
    "다음 검토일": "review",
    "재심사 기간": "re_exam",
}
_NAMES = {**{name: name for name in FIELDS}, **_KOREAN}
_FIELD = re.compile(r"\{(" + "|".join(re.escape(name) for name in _NAMES) + r")\}")
# A place the writer still has to fill.
BLANK = "○○○"


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its fields filled; one without a value stays, so that it is seen."""
    return _FIELD.sub(lambda found: values.get(_NAMES[found[1]]) or found[0], text)


def blanks(text: str) -> list[str]:
    """Return what of a text is not filled yet, each once: fields and blanks."""
    left = [found[0] for found in _FIELD.finditer(text)]
    return list(dict.fromkeys([*left, *([BLANK] if BLANK in text else [])]))


def values_of(read: Session, *, id: int, language: str = "ko") -> dict[str, str]:
    """Return what fills each field for a proposal, "" where there is nothing yet."""
    return _values(read, proposal_of(read, id), language)


def _values(read: Session, proposal: Proposal, language: str) -> dict[str, str]:
    say = words(language)
    profile = profiles.of(read, proposal.profile_id, proposal.received_on)
    state = profile.states.get(proposal.adoption or "")
    english = language == "en"
    result = "" if state is None else (state.name_en if english else "") or state.name_ko
    named = next((row for row in fields.fields(read) if row.code == proposal.field), None)
    sort = "" if named is None else (named.name_en if english else "") or named.name_ko
    span = profile.value(ProposalRuleKey.RE_EXAM_WITHIN)

    def day(held: dt.date | None) -> str:
        return "" if held is None else say.day(held, "full")

    return {
        "title": proposal.title,
        "number": proposal.number or "",
        "outside": ", ".join(f"{row.system} {row.number}" for row in proposal.outside),
        "received": day(proposal.received_on),
        "department": proposal.department,
        "field": sort,
        "result": result,
        "decided": day(proposal.decided_on),
        "planned": day(proposal.planned_on),
        "review": day(proposal.review_on),
        "re_exam": "" if span is None else say(UNITS[span.unit], n=span.n),
    }
