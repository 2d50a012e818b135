"""Quorums and votes from the sheets, rules and counts of a copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from db.vocab import (
    AHEAD,
    BodyRuleKey,
    Presence,
    Verdict,
    VoteMethod,
    VoteState,
    VoteSubject,
)
from gwangju_desktop.meetings import balloting, quorums, rules, verdicts, written
from gwangju_desktop.meetings.verdicts import Count
from gwangju_desktop.members import profiles
from gwangju_desktop.snapshots.reworking.rows import (
    Both,
    Found,
    Part,
    Rows,
    Worked,
    day,
    part,
    said,
)
from gwangju_desktop.text import C_, LANGUAGES, words

_ENROLLED = C_("recompute", "{n} voting seats on the sheet.")
_REQUIRED = C_("recompute", "{part} of {enrolled} enrolled is {required}.")
_PRESENT = C_("recompute", "{n} voting members are marked as having come.")
_MET = C_("recompute", "{part} of {enrolled} enrolled is {required}, {present} present: met.")
_SHORT = C_("recompute", "{part} of {enrolled} enrolled is {required}, {present} present: not met.")
_LATE = C_(
    "recompute",
    "{n} came in all; who came after the opening is not in this copy, so it may be fewer.",
)
_NO_SHEET = C_("recompute", "This copy has no sheet of who came.")
_COUNTED = C_("recompute", "{n} as the vote’s record has it; ballots by name are not in this copy.")
_ASIDE = C_(
    "recompute", "{n} recusals of members who came; when they were in the room is not told."
)
_DECIDES = C_("recompute", "{part} of {base} is {required}.")
_TIE = C_("recompute", "An even vote is decided by the chair, whose vote is not in this copy.")
_UNCOUNTED = C_(
    "recompute", "A majority was seen and not counted: there is no number to work with."
)
_ELECTED = C_("recompute", "Needed: {required} of {base}. Most votes: {votes}.")
_DEFAULT = C_("recompute", "Usual rule, none of the body’s own")


@dataclass(frozen=True, slots=True)
class _Held:
    """The rules of a body on a meeting's day, and where they stand in the copy."""

    rule: rules.Rule
    profile: profiles.Profile
    rows: Mapping[str, dict[str, Any]]

    def part(self, key: str) -> Part:
        """Return a rule as a part of a calculation."""
        row = self.rows.get(key)
        if row is not None:
            return part("body_rule", row, row.get("source"), "value")
        entry = self.profile.entries[key]
        return Part("body_rule", "", entry.source or said(_DEFAULT)[0], entry.value)


def rework(rows: Rows) -> Found:
    """Return every figure of meetings and votes by its key."""
    found: Found = {}
    for meeting in rows.of("meeting"):
        if meeting["state"] not in [*AHEAD] and meeting["present_at_opening"] is not None:
            found.update(_opening(rows, meeting))
    for vote in rows.of("vote"):
        if vote["state"] == VoteState.CLOSED and vote["result"]:
            found.update(_vote(rows, vote))
    return found


def _rules(rows: Rows, meeting: Mapping[str, Any]) -> _Held:
    on = day(meeting["starts_at"]) or dt.date.min
    own = [
        (row, SimpleNamespace(**{**row, "valid_from": first, "valid_to": last}))
        for row in rows.by("body_rule", "body_id", meeting["body_id"])
        if (first := day(row["valid_from"])) is not None
        and first <= on
        and ((last := day(row["valid_to"])) is None or on <= last)
    ]
    own.sort(key=lambda pair: pair[1].valid_from)
    profile = profiles.held([one for _, one in own], on)
    return _Held(quorums.rule_of(profile), profile, {row["rule"]: row for row, _ in own})


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Who has a voting seat, and which of them came at any time."""

    voting: list[Part]
    came: list[Part]


def _sheet(rows: Rows, meeting: Mapping[str, Any], held: _Held) -> _Sheet | None:
    seats = rows.by("attendance", "meeting_id", meeting["id"])
    if not seats:
        return None
    deputies = str(held.profile.value(BodyRuleKey.DEPUTIES))
    voting, came = [], []
    for seat in seats:
        member = rows.one("membership", seat["membership_id"])
        person = rows.one("person", seat.get("person_id"))
        one = part("attendance", seat, person.get("name"), "presence")
        if member.get("voting"):
            voting.append(one)
        there = seat["presence"] in (Presence.PRESENT, Presence.LEFT)
        if there and quorums.counts(bool(member.get("voting")), seat["reply"], deputies):
            came.append(one)
    return _Sheet(voting, came)


def _opening(rows: Rows, meeting: dict[str, Any]) -> Iterator[tuple[str, Worked]]:
    key = f"quorum:{meeting['id']}"
    held = _rules(rows, meeting)
    rule = held.part(BodyRuleKey.QUORUM)
    sheet = _sheet(rows, meeting, held)
    at = part("meeting", meeting, meeting["title"], "opened_at")
    if sheet is None:
        none = said(_NO_SHEET)
        for measure in ("enrolled", "present"):
            yield f"{key}:{measure}", Worked(None, none, [at], none, ("attendance",))
        enrolled, present = meeting["enrolled_at_opening"], meeting["present_at_opening"]
        seats: list[Part] = [part("meeting", meeting, meeting["title"], "enrolled_at_opening")]
        came = [part("meeting", meeting, meeting["title"], "present_at_opening")]
    else:
        enrolled, present = len(sheet.voting), len(sheet.came)
        seats, came = sheet.voting, sheet.came
        yield f"{key}:enrolled", Worked(enrolled, said(_ENROLLED, n=enrolled), seats)
        late = said(_LATE, n=present)
        told = meeting["present_at_opening"]
        exact = told == present
        yield (
            f"{key}:present",
            Worked(
                present,
                said(_PRESENT, n=present) if exact else late,
                came,
                why=None if exact else late,
                missing=() if exact else ("movement",),
                # Who came late cannot be told; the meeting's own record can.
                least=None if exact or told > present else told,
                most=None if exact or told > present else told,
            ),
        )
        # Those the office says were there at the opening, where the sheet bears it out.
        present = min(present, told)
    if enrolled is None:
        return
    required = rules.quorum(held.rule, enrolled)
    numbers = {
        "part": _part(held.rule.opens),
        "enrolled": enrolled,
        "required": required,
        "present": present,
    }
    yield f"{key}:required", Worked(required, said(_REQUIRED, **numbers), [rule, *seats])
    met = present >= required
    yield (
        f"{key}:met",
        Worked("met" if met else "short", said(_MET if met else _SHORT, **numbers), [rule, *came]),
    )


def _part(share: rules.Share) -> Both:
    ko, en = (verdicts.part_words(share, words(language)) for language in LANGUAGES)
    return ko, en


# --- votes ----------------------------------------------------------------------------------------


def _vote(rows: Rows, vote: dict[str, Any]) -> Iterator[tuple[str, Worked]]:
    key = f"vote:{vote['id']}"
    meeting = rows.one("meeting", vote["meeting_id"])
    held = _rules(rows, meeting)
    sheet = _sheet(rows, meeting, held)
    counts = [name for name in ("yes", "no", "abstain") if vote[name] is not None]
    for name in counts:
        steps = said(_COUNTED, n=vote[name])
        told_of = name != "no" or vote["subject"] != VoteSubject.ELECTION
        own = [part("vote", vote, name, name)]
        yield f"{key}:{name}", Worked(vote[name], steps, own, due=told_of)
    aside = _recused(rows, vote, held)
    told = said(_ASIDE, n=len(aside))
    at = part("vote", vote, vote.get("label"), "enrolled", "present", "entitled")
    if "recusal" in rows.tables:
        yield (
            f"{key}:recused",
            # Told only of a vote by name, and ballots are in no copy.
            Worked(
                len(aside),
                told,
                [at, *aside],
                missing=("movement",),
                least=0,
                most=len(aside),
                due=False,
            ),
        )
    if vote["uncounted"]:
        none = said(_UNCOUNTED)
        yield f"{key}:result", Worked(None, none, [at], none)
        return
    enrolled = len(sheet.voting) if sheet else vote["enrolled"]
    if None in (enrolled, vote["present"], vote["yes"]):
        return
    if vote["subject"] == VoteSubject.ELECTION:
        yield from _election(rows, vote, key, held, enrolled)
        return
    yield from _outcome(vote, key, held, enrolled, at)


def _outcome(
    vote: dict[str, Any], key: str, held: _Held, enrolled: int, at: Part
) -> Iterator[tuple[str, Worked]]:
    rule = balloting.rule_for(vote["subject"], held.rule)
    in_writing = vote["method"] == VoteMethod.WRITTEN
    if in_writing:
        rule = written.rule_for(rule, str(held.profile.value(BodyRuleKey.WRITTEN)))
    count = Count(*(vote[name] or 0 for name in ("yes", "no", "abstain", "invalid")))
    outcome = verdicts.judge(
        rule,
        enrolled=enrolled,
        present=count.cast if in_writing else vote["present"],
        entitled=vote["entitled"] or 0,
        count=count,
    )
    verdict = outcome.verdict
    if in_writing and count.cast < rules.quorum(rule, enrolled):
        verdict = Verdict.NO_QUORUM
    parts = [held.part(BodyRuleKey.DECISION), at, part("vote", vote, "yes", "yes", "no")]
    numbers = {
        "part": _part(rule.decides),
        "base": outcome.base_count,
        "required": outcome.required,
    }
    asked = vote.get("required") is not None
    yield f"{key}:required", Worked(outcome.required, said(_DECIDES, **numbers), parts, due=asked)
    if verdict == Verdict.TIE:
        tie = said(_TIE)
        yield f"{key}:result", Worked(None, tie, [*parts, held.part(BodyRuleKey.TIE)], tie)
        return
    ko, en = (outcome.sentence(words(language)) for language in LANGUAGES)
    yield f"{key}:result", Worked(verdict.value, (ko, en), parts)


def _election(
    rows: Rows, vote: dict[str, Any], key: str, held: _Held, enrolled: int
) -> Iterator[tuple[str, Worked]]:
    standing = rows.by("nominee", "vote_id", vote["id"])
    if not standing:
        return
    given = sum(one["votes"] or 0 for one in standing)
    required = rules.majority(held.rule, enrolled=enrolled, present=vote["present"], votes=given)
    most = max(one["votes"] or 0 for one in standing)
    parts = [held.part(BodyRuleKey.DECISION)]
    for one in standing:
        member = rows.one("membership", one.get("membership_id"))
        name = rows.one("person", member.get("person_id")).get("name")
        parts.append(part("nominee", one, name, "votes", "elected"))
    steps = said(_ELECTED, required=required, base=vote["present"], votes=most)
    asked = vote.get("required") is not None
    yield f"{key}:required", Worked(required, steps, parts, due=asked)
    elected = any(one["elected"] for one in standing)
    verdict = Verdict.CARRIED if elected else Verdict.LOST
    yield f"{key}:result", Worked(verdict.value, steps, parts)


def _recused(rows: Rows, vote: dict[str, Any], held: _Held) -> list[Part]:
    """Return the recusals of an item but lost challenges, of members who count and came."""
    lost = {
        str(one["recusal_id"])
        for one in rows.of("vote")
        if one.get("recusal_id") and one["result"] == Verdict.LOST
    }
    deputies = str(held.profile.value(BodyRuleKey.DEPUTIES))
    found = []
    for one in rows.by("recusal", "item_id", vote["item_id"]):
        seat = rows.one("attendance", one["attendance_id"])
        member = rows.one("membership", seat.get("membership_id"))
        came = seat.get("presence") in (Presence.PRESENT, Presence.LEFT)
        counts = quorums.counts(bool(member.get("voting")), str(seat.get("reply")), deputies)
        if came and counts and str(one["id"]) not in lost:
            person = rows.one("person", seat.get("person_id"))
            found.append(part("recusal", one, person.get("name"), "kind"))
    return found
