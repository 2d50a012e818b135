"""Write a register into the office: one step, whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from db.schema.decisions import Vote
from db.schema.meetings import AgendaItem, Meeting
from db.schema.sittings import Step
from db.store import usecase
from db.vocab import (
    DrawnKind,
    ItemKind,
    ItemState,
    MeetingKind,
    MeetingState,
    Outcome,
    Verdict,
    VoteMethod,
    VoteState,
    VoteSubject,
)
from gwangju_desktop.backups.why import Why, saved_first
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change
from gwangju_desktop.meetings import numbers, quorums, retelling, rules, verdicts
from gwangju_desktop.meetings.importing import columns, preview, times, values
from gwangju_desktop.meetings.importing.fields import COUNTS
from gwangju_desktop.meetings.importing.model import Fill, Item, Options, Plan, Sitting
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.text import N_, NN_, words

_HELD_BACK = NN_(
    "Nothing was imported: {n:,} of {of:,} rows is refused or in conflict.",
    "Nothing was imported: {n:,} of {of:,} rows are refused or in conflict.",
)
_FROM_REGISTER = N_("Taken over from a register")
_ADOPTED = (Outcome.AS_PROPOSED, Outcome.AMENDED, Outcome.CONDITIONAL)
_MINUTES = 120
_ITEM_MINUTES = 10
Progress = Callable[[int, int], None]


@saved_first(Why.IMPORT)
@usecase("Import a meeting register", undoable=False)
def import_meetings(
    tx: Session,
    *,
    source: Source,
    mapping: Sequence[str],
    options: Options | None = None,
    choices: Mapping[int, str] | None = None,
    skip: bool = False,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Take a register over; return how many rows did what, and the ids of the new meetings.

    Raises UserError, with nothing written, while rows are refused or in conflict and `skip` does
    not leave them out. It is not undone: numbers were given out, and what is over is sealed.
    """
    plan = preview.plan(tx, source=source, mapping=mapping, options=options, choices=choices or {})
    if plan.held_back and not skip:
        raise UserError(
            _HELD_BACK,
            hint=N_("Correct them, or leave them out."),
            n=plan.held_back,
            of=len(plan.rows),
        )
    writer = _Writer(tx, plan, progress)
    if plan.new or plan.fills:
        writer.write()
        columns.remember(tx, source, mapping)
        tx.flush()
    return {**plan.counts, "meetings": writer.meetings}


class _Writer:
    """Carry a plan out, the oldest meeting first, so that numbers are drawn in their order."""

    def __init__(self, tx: Session, plan: Plan, progress: Progress | None) -> None:
        self.tx, self.plan, self.progress = tx, plan, progress
        self.meetings: list[int] = []
        self.rules: dict[tuple[int, dt.date], rules.Rule] = {}
        # What may go on in a later meeting of the same body: what was deferred or never begun.
        self.open: list[tuple[Sitting, Item, AgendaItem]] = []

    def write(self) -> None:
        """Write the new meetings, then what is filled in."""
        whole = len(self.plan.new)
        for n, sitting in enumerate(sorted(self.plan.new, key=_when), 1):
            self._meeting(sitting)
            if self.progress is not None:
                self.progress(n, whole)
        for fill in self.plan.fills:
            self._fill(fill)

    # --- a meeting

    def _meeting(self, sitting: Sitting) -> None:
        facts, start = sitting.facts, sitting.facts.get("start")
        starts_at = times.moment(sitting.day, start or dt.time())
        state = MeetingState(facts.get("state", values.HELD))
        kind = facts.get("kind") or _kind_of(facts.get("title", ""))
        held = state.over
        ends = facts.get("end")
        meeting = Meeting(
            body_id=sitting.body_id,
            kind=kind,
            title=facts.get("title", ""),
            starts_at=starts_at,
            minutes=_length(starts_at, ends) if start is not None else _MINUTES,
            place=facts.get("place", ""),
            presiding=facts.get("presiding", ""),
            secretary=facts.get("secretary", ""),
            public=facts.get("public", True),
            state=state.value,
            reason="" if held else facts.get("reason", ""),
            opened_at=starts_at if held and start and kind != MeetingKind.WRITTEN else None,
            closed_at=ends,
            enrolled_at_opening=facts.get("enrolled"),
            present_at_opening=facts.get("present"),
        )
        rule = self._rule(sitting)
        if meeting.enrolled_at_opening is not None:
            meeting.required_at_opening = rules.quorum(rule, meeting.enrolled_at_opening)
        self.tx.add(meeting)
        self.tx.flush()
        text = self._number(sitting, meeting)
        if not meeting.title:
            meeting.title = rules.proposed_title(meeting.kind, meeting.number, text)
        self._steps(meeting)
        for n, item in enumerate(sitting.items, 1):
            self._item(sitting, meeting, item, n)
        self.tx.flush()
        self.meetings.append(meeting.id)

    def _rule(self, sitting: Sitting) -> rules.Rule:
        key = (sitting.body_id, sitting.day)
        if key not in self.rules:
            self.rules[key] = quorums.rule_on(self.tx, *key)
        return self.rules[key]

    def _number(self, sitting: Sitting, meeting: Meeting) -> str:
        """Give a meeting the number it had, for good."""
        number = sitting.facts.get("number")
        if number is None:
            return ""
        drawn = numbers.draw(
            self.tx, sitting.body_id, DrawnKind.MEETING, sitting.day, meeting.id, number
        )
        meeting.number, meeting.number_year = drawn.number, drawn.year
        if meeting.reason:
            numbers.explain(self.tx, DrawnKind.MEETING, meeting.id, meeting.reason)
        return drawn.text

    def _steps(self, meeting: Meeting) -> None:
        """Keep by which steps it is over; a wrong one is taken back as any other."""
        state = MeetingState(meeting.state)
        called = MeetingState.NOTICED
        if state.over and meeting.kind != MeetingKind.WRITTEN:
            self._step(meeting, meeting.starts_at, called, MeetingState.OPENED)
            called = MeetingState.OPENED
        self._step(meeting, meeting.closed_at or meeting.starts_at, called, state)

    def _step(
        self, meeting: Meeting, at: dt.datetime, before: MeetingState, after: MeetingState
    ) -> None:
        self.tx.add(
            Step(
                meeting_id=meeting.id,
                at=at,
                before=before.value,
                after=after.value,
                reason=meeting.reason or words("ko")(_FROM_REGISTER),
            )
        )

    # --- its items

    def _item(self, sitting: Sitting, meeting: Meeting, item: Item, n: int) -> None:
        facts = item.facts
        outcome = facts.get("outcome")
        kind = facts.get("item_kind") or (
            ItemKind.REPORT if outcome == Outcome.NOTED else ItemKind.DELIBERATION
        )
        row = AgendaItem(
            meeting_id=meeting.id,
            position=n * rules.GAP,
            kind=ItemKind(kind).value,
            label=facts.get("label", ""),
            number=facts.get("item_number", ""),
            title=facts["item_title"],
            restricted=bool(facts.get("restricted_ground")),
            restricted_ground=facts.get("restricted_ground", ""),
            open_title=facts.get("open_title", ""),
            presenter=facts.get("presenter", ""),
            submitter=facts.get("submitter", ""),
            minutes=_item_length(facts),
            state=_item_state(meeting, kind, outcome),
            begun_at=facts.get("begun"),
            ended_at=facts.get("ended"),
            outcome=outcome,
            resolution=facts.get("resolution", ""),
            remark=facts.get("remark", ""),
            decided_at=facts.get("ended") if outcome else None,
        )
        self._go_on(sitting, item, row)
        self.tx.add(row)
        self.tx.flush()
        self._item_number(sitting, item, row)
        if any(key in facts for key in COUNTS):
            self._vote(sitting, meeting, item, row)
        dropped = MeetingState(meeting.state).dropped
        if outcome == Outcome.DEFERRED or (dropped and outcome is None):
            self.open.append((sitting, item, row))

    def _go_on(self, sitting: Sitting, item: Item, row: AgendaItem) -> None:
        """Tie an item to the earlier one of the same matter that was left open."""
        for entry in self.open:
            before, earlier, held = entry
            same_body = before.body_id == sitting.body_id and before.day < sitting.day
            if same_body and preview.same_matter(earlier.facts, item.facts):
                row.carried_from_id = held.id
                if held.outcome is None:
                    held.state = ItemState.CARRIED_OVER.value
                self.open.remove(entry)
                return

    def _item_number(self, sitting: Sitting, item: Item, row: AgendaItem) -> None:
        """Give an item the number it had, unless an earlier meeting gave it already."""
        form = numbers.form_of(self.tx, sitting.body_id, DrawnKind.ITEM, sitting.day)
        key = preview.number_key(form, sitting, item)
        if key is None or numbers.is_drawn(self.tx, key[0], DrawnKind.ITEM, key[1], key[2]):
            return
        year = key[1]
        day = sitting.day if year in (0, sitting.day.year) else dt.date(year, 12, 31)
        numbers.draw(self.tx, sitting.body_id, DrawnKind.ITEM, day, row.id, key[2])

    def _vote(self, sitting: Sitting, meeting: Meeting, item: Item, row: AgendaItem) -> None:
        """Write the counts of the register, with what the body's rule makes of them."""
        facts = item.facts
        count = verdicts.Count(*(facts.get(key, 0) for key in COUNTS))
        present = sitting.facts.get("present")
        vote = Vote(
            meeting_id=meeting.id,
            item_id=row.id,
            position=1,
            subject=VoteSubject.ITEM.value,
            method=facts.get("method") or VoteMethod.SHOW_OF_HANDS.value,
            state=VoteState.CLOSED.value,
            enrolled=sitting.facts.get("enrolled"),
            present=present,
            entitled=present,
            closed_at=facts.get("ended") or meeting.closed_at or meeting.starts_at,
            **{key: facts.get(key, 0) for key in COUNTS},
        )
        said = words("ko")
        explanation = said(retelling.REGISTERED, yes=count.yes, no=count.no, abstain=count.abstain)
        if present is not None:
            vote.not_voting = present - count.cast
            judged = verdicts.judge(
                self._rule(sitting),
                enrolled=sitting.facts.get("enrolled") or present,
                present=present,
                entitled=present,
                count=count,
            )
            vote.required, vote.suggested = judged.required, judged.verdict.value
            explanation = f"{explanation} {judged.sentence(said)}"
        vote.result = _result(row.outcome, vote.suggested, count)
        vote.explanation = explanation
        self.tx.add(vote)

    def _fill(self, fill: Fill) -> None:
        if fill.item_id is None:
            change(self.tx.get_one(Meeting, fill.meeting_id), fill.values)
        else:
            change(self.tx.get_one(AgendaItem, fill.item_id), fill.values)


def _when(sitting: Sitting) -> tuple[dt.date, dt.time]:
    return sitting.day, sitting.facts.get("start") or dt.time()


def _kind_of(title: str) -> str:
    """Return how a meeting was called as its title has it; regular where it does not say."""
    said = {"임시": MeetingKind.EXTRAORDINARY, "서면": MeetingKind.WRITTEN}
    return next((kind.value for word, kind in said.items() if word in title), MeetingKind.REGULAR)


def _length(starts: dt.datetime, ends: dt.datetime | None) -> int:
    return _MINUTES if ends is None else max(1, int((ends - starts).total_seconds()) // 60)


def _item_length(facts: Mapping[str, Any]) -> int:
    begun, ended = facts.get("begun"), facts.get("ended")
    if begun is None or ended is None:
        return _ITEM_MINUTES
    return max(1, int((ended - begun).total_seconds()) // 60)


def _item_state(meeting: Meeting, kind: str, outcome: str | None) -> str:
    """Return where an item stands: what the register leaves open was taken up, not decided."""
    if outcome == Outcome.WITHDRAWN:
        return ItemState.WITHDRAWN.value
    if outcome is not None:
        return ItemState.DECIDED.value
    if MeetingState(meeting.state).dropped:
        return ItemState.PENDING.value
    asks = kind in (ItemKind.DELIBERATION, ItemKind.ADVICE)
    return (ItemState.TAKEN_UP if asks else ItemState.DECIDED).value


def _result(outcome: str | None, suggested: str, count: verdicts.Count) -> str:
    """Return what was declared: as the outcome has it, else by the rule, else by more votes."""
    if outcome in _ADOPTED:
        return Verdict.CARRIED.value
    if outcome == Outcome.REJECTED:
        return Verdict.LOST.value
    if suggested:
        return suggested
    return (Verdict.CARRIED if count.yes > count.no else Verdict.LOST).value
