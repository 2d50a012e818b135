"""What figures of a copy are called, by which rule each is worked out, and of what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gwangju_desktop.text import C_, Msg

Record = Mapping[str, Any]
KINDS: dict[str, Msg] = {
    "quorum": C_("figure", "Quorums"),
    "vote": C_("figure", "Votes"),
    "poll": C_("figure", "Polls"),
    "commitment": C_("figure", "Commitments"),
    "energy": C_("figure", "Energy"),
}
MEASURES: dict[tuple[str, str], Msg] = {
    ("quorum", "enrolled"): C_("figure", "Enrolled"),
    ("quorum", "required"): C_("figure", "Needed to open"),
    ("quorum", "present"): C_("figure", "Present at the opening"),
    ("quorum", "met"): C_("figure", "Quorum"),
    ("vote", "yes"): C_("figure", "For"),
    ("vote", "no"): C_("figure", "Against"),
    ("vote", "abstain"): C_("figure", "Abstained"),
    ("vote", "recused"): C_("figure", "Recused"),
    ("vote", "required"): C_("figure", "Needed to carry"),
    ("vote", "result"): C_("figure", "Outcome"),
    ("poll", "answered"): C_("figure", "Respondents"),
    ("poll", "votes"): C_("figure", "Responses"),
    ("poll", "pct_votes"): C_("figure", "Share of responses"),
    ("poll", "pct_respondents"): C_("figure", "Share of respondents"),
    ("commitment", "status"): C_("figure", "Own status"),
    ("commitment", "milestones"): C_("figure", "Milestones"),
    ("commitment", "completed"): C_("figure", "Milestones completed"),
    ("commitment", "share"): C_("figure", "Completed share"),
    ("energy", "total"): C_("figure", "Year"),
    ("energy", "gap"): C_("figure", "Against the target path"),
}
RULES: dict[tuple[str, str], Msg] = {
    ("quorum", "enrolled"): C_("figure rule", "Voting seats on the sheet of the meeting."),
    ("quorum", "required"): C_("figure rule", "The body’s opening rule, applied to the enrolled."),
    ("quorum", "present"): C_("figure rule", "Voting members in the room when it was opened."),
    ("quorum", "met"): C_("figure rule", "Present is at least what is needed to open."),
    ("vote", "yes"): C_("figure rule", "Counted when the vote was closed."),
    ("vote", "no"): C_("figure rule", "Counted when the vote was closed."),
    ("vote", "abstain"): C_("figure rule", "Counted when the vote was closed."),
    ("vote", "recused"): C_(
        "figure rule", "Members in the room who took no part in the item; lost challenges left out."
    ),
    ("vote", "required"): C_("figure rule", "The body’s deciding rule, applied to its base."),
    ("vote", "result"): C_("figure rule", "For is at least what is needed to carry."),
    ("poll", "answered"): C_("figure rule", "Respondents who gave an answer."),
    ("poll", "votes"): C_("figure rule", "All choices, without don’t know and no answer."),
    ("poll", "pct_votes"): C_("figure rule", "Choices of the option ÷ all responses × 100."),
    ("poll", "pct_respondents"): C_(
        "figure rule", "Choices of the option ÷ respondents who answered × 100."
    ),
    ("commitment", "status"): C_(
        "figure rule", "From the milestones, their days and the day the figure is of."
    ),
    ("commitment", "milestones"): C_("figure rule", "Milestones that were not cancelled."),
    ("commitment", "completed"): C_("figure rule", "Milestones that are completed."),
    ("commitment", "share"): C_(
        "figure rule", "Weight completed ÷ whole weight × 100, rounded down."
    ),
    ("energy", "total"): C_(
        "figure rule",
        "One source answers for the year: published whole, else the sum of its parts; "
        "computed indicators by their rule.",
    ),
    ("energy", "gap"): C_("figure rule", "(Value − path) ÷ path × 100."),
}
VALUES: dict[tuple[str, str], Msg] = {
    ("met", "met"): C_("figure", "Met"),
    ("met", "short"): C_("figure", "Not met"),
    ("result", "carried"): C_("figure", "Carried"),
    ("result", "lost"): C_("figure", "Lost"),
    ("result", "tie"): C_("figure", "Even"),
    ("result", "no_quorum"): C_("figure", "No quorum"),
}


class Labels:
    """Names of records from the rows that go out, in both languages; "" for what stays."""

    def __init__(self, rows: Callable[[str], Sequence[Record]]) -> None:
        self._rows = rows
        self._by: dict[str, dict[str, Record]] = {}

    def row(self, table: str, code: Any) -> Record:
        """Return a row by its code, an empty one where it is not there."""
        if table not in self._by:
            self._by[table] = {str(row["id"]): row for row in self._rows(table) if "id" in row}
        return self._by[table].get(str(code), {})

    def of(self, kind: str, measure: str, code: str, more: Sequence[str]) -> tuple[str, str]:
        """Return what a figure is of."""
        parts = _NAMED[kind](self, code, more)
        return tuple(  # type: ignore[return-value]
            " · ".join(text for text in side if text) for side in zip(*parts, strict=True)
        )


def _both(row: Record, ko: str, en: str) -> tuple[str, str]:
    name = str(row.get(ko) or "")
    return name, str(row.get(en) or "") or name


def _meeting(labels: Labels, code: str, _more: Sequence[str]) -> list[tuple[str, str]]:
    row = labels.row("meeting", code)
    body = labels.row("body", row.get("body_id"))
    return [_both(body, "short_ko", "short_en"), _both(row, "title", "title")]


def _vote(labels: Labels, code: str, _more: Sequence[str]) -> list[tuple[str, str]]:
    row = labels.row("vote", code)
    item = labels.row("agenda_item", row.get("item_id"))
    title = _both(item, "title", "title")
    if not title[0]:
        title = _both(item, "open_title", "open_title")
    return [
        *_meeting(labels, str(row.get("meeting_id")), ()),
        title,
        _both(row, "label", "label"),
    ]


def _poll(labels: Labels, code: str, more: Sequence[str]) -> list[tuple[str, str]]:
    place = labels.row("wave_question", code)
    wave = labels.row("poll_wave", place.get("wave_id"))
    question = labels.row("poll_question", place.get("question_id"))
    number = str(question.get("code") or "")
    title = _both(question, "title", "title_en")
    if not title[0]:
        title = _both(question, "wording", "wording_en")
    found = [
        _both(wave, "label", "label"),
        (f"{number}. {title[0]}", f"{number}. {title[1]}"),
    ]
    for table in ("poll_part", "poll_option"):
        for one in more:
            found.append(_both(labels.row(table, one), "label", "label_en"))
    return found


def _commitment(labels: Labels, code: str, _more: Sequence[str]) -> list[tuple[str, str]]:
    row = labels.row("commitment", code)
    number = str(row.get("code") or "")
    return [(number, number), _both(row, "title", "title_en")]


def _indicator(labels: Labels, code: str, more: Sequence[str]) -> list[tuple[str, str]]:
    row = labels.row("indicator", code)
    return [_both(row, "name_ko", "name_en"), *((one, one) for one in more)]


_NAMED: dict[str, Callable[[Labels, str, Sequence[str]], list[tuple[str, str]]]] = {
    "quorum": _meeting,
    "vote": _vote,
    "poll": _poll,
    "commitment": _commitment,
    "energy": _indicator,
}
