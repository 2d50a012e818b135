"""The office's own figures, so that whoever opens a copy can work them out anew from its rows.

What stands here is what the office's screens and papers say, by the queries they use; the child that
recomputes (`reworking`) sees the copy's rows alone. A figure goes out only where what it is of does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.answers import PollTotal
from db.schema.commitments import Milestone
from db.schema.decisions import Ballot, Vote
from db.schema.energy import Indicator
from db.schema.meetings import Meeting
from db.schema.polls import PollOption, PollPart, PollWave, WaveQuestion
from db.vocab import AHEAD, BodyRuleKey, VoteState, VoteSubject, WaveState
from gwangju_desktop import clock
from gwangju_desktop.commitments import listing
from gwangju_desktop.energy import paths, queries, rules, targets
from gwangju_desktop.energy.derived.engine import Engine
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import quorums
from gwangju_desktop.members import profiles
from gwangju_desktop.polls import answers
from gwangju_desktop.polls.held import Held
from gwangju_desktop.snapshots import figure_words
from gwangju_desktop.snapshots.derived import Context, Derived, DerivedColumn
from gwangju_desktop.snapshots.reworking import surveys
from gwangju_desktop.snapshots.sqlite_file import Row, Value
from gwangju_desktop.text import words

# Where a figure belongs: a table and the id of its row.
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Own:
    """One figure as the office says it; `more` tells those of one record apart.

    `value` is a number or a closed word; `parts` are the rows it is worked out from.
    """

    kind: str
    measure: str
    place: Place
    value: float | str
    unit: str = ""
    digits: int = 0
    more: tuple[Place | str, ...] = ()
    parts: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """All figures, the day they are of, and the totals of polls by id as the office has them."""

    as_of: str
    figures: list[Own]
    totals: dict[int, float]


def gather(read: Session) -> Gathered:
    """Work out every figure the office tells, by its own queries."""
    day = clock.local(clock.now()).date()
    found = [*_meetings(read), *_votes(read), *_polls(read)]
    for row in listing.commitments(read, today=day):
        found += _commitment(read, row)
    found += _energy(read)
    kept = read.execute(select(PollTotal.id, PollTotal.value))
    totals: dict[int, float] = {row[0]: row[1] for row in kept}
    return Gathered(day.isoformat(), found, totals)


# --- meetings -------------------------------------------------------------------------------------


def _rules(read: Session, meeting: Any, *wanted: str) -> tuple[Place, ...]:
    held = profiles.in_force(read, meeting.body_id, clock.local(meeting.starts_at).date()).entries
    return tuple(("body_rule", held[one].id or 0) for one in wanted if one in held and held[one].id)


def _meetings(read: Session) -> Iterator[Own]:
    opened = select(Meeting).where(
        Meeting.state.not_in([*AHEAD]), Meeting.present_at_opening.is_not(None)
    )
    for meeting in read.scalars(opened.order_by(Meeting.id)).all():
        place = ("meeting", meeting.id)
        enrolled, present = meeting.enrolled_at_opening or 0, meeting.present_at_opening or 0
        required = meeting.required_at_opening
        if required is None:
            day = clock.local(meeting.starts_at).date()
            required = quorums.of_meeting(
                read, meeting_id=meeting.id, body_id=meeting.body_id, day=day, state=meeting.state
            )[0].required
        parts = (place, *_rules(read, meeting, BodyRuleKey.QUORUM))
        met = "met" if present >= required else "short"
        said: dict[str, float | str] = {
            "enrolled": enrolled,
            "required": required,
            "present": present,
            "met": met,
        }
        for measure, value in said.items():
            unit = "" if measure == "met" else "people"
            yield Own("quorum", measure, place, value, unit, parts=parts)


def _votes(read: Session) -> Iterator[Own]:
    stood_aside = (
        select(Ballot.vote_id, func.count())
        .where(Ballot.present.is_(True), Ballot.entitled.is_(False))
        .group_by(Ballot.vote_id)
    )
    aside: dict[int, int] = {row[0]: row[1] for row in read.execute(stood_aside)}
    counted = set(read.scalars(select(Ballot.vote_id).distinct()))
    closed = select(Vote).where(Vote.state == VoteState.CLOSED.value, Vote.result != "")
    for vote in read.scalars(closed.order_by(Vote.id)).all():
        place = ("vote", vote.id)
        meeting = read.get_one(Meeting, vote.meeting_id)
        parts = (place, *_rules(read, meeting, BodyRuleKey.DECISION, BodyRuleKey.TIE))
        said: dict[str, Any] = {"yes": vote.yes, "no": vote.no, "abstain": vote.abstain}
        if vote.subject == VoteSubject.ELECTION:
            said = {"yes": vote.yes, "abstain": vote.abstain}
        if vote.id in counted:
            said["recused"] = aside.get(vote.id, 0)
        said |= {"required": vote.required, "result": vote.result}
        for measure, value in said.items():
            if value is not None:
                unit = "" if measure == "result" else "people"
                yield Own("vote", measure, place, value, unit, parts=parts)


# --- polls ----------------------------------------------------------------------------------------


def _polls(read: Session) -> Iterator[Own]:
    told = (WaveState.CLOSED.value, WaveState.PUBLISHED.value)
    total_ids: dict[int, dict[tuple[int | None, int | None, str], int]] = {}
    for row in read.execute(
        select(
            PollTotal.id,
            PollTotal.wave_question_id,
            PollTotal.part_id,
            PollTotal.option_id,
            PollTotal.measure,
        )
    ):
        total_ids.setdefault(row[1], {})[row[2], row[3], row[4]] = row[0]
    for wave in read.scalars(select(PollWave).where(PollWave.state.in_(told))).all():
        held = Held(read, wave.id)
        places = read.execute(
            select(WaveQuestion.id, WaveQuestion.question_id).where(WaveQuestion.wave_id == wave.id)
        ).all()
        for id, question in places:
            if id in total_ids:
                yield from _question(read, id, question, held, total_ids[id])


def _question(
    read: Session,
    id: int,
    question: int,
    held: Held,
    totals: Mapping[tuple[int | None, int | None, str], int],
) -> Iterator[Own]:
    try:
        table = answers.table(read, id, held=held)
    except UserError:
        return
    options = _ids(read, PollOption, question)
    parts = _ids(read, PollPart, question)
    place = ("wave_question", id)
    whole = {name: totals.get((None, None, name)) for name in ("answered", "votes")}
    for measure, value in (("answered", table.base.answered), ("votes", table.base.votes)):
        total = whole[measure]
        if value is not None and total is not None:
            yield Own("poll", measure, place, value, parts=(("poll_total", total),))
    rows: list[tuple[int | None, Any]] = [(None, table.options)]
    rows += [(parts[one.part.code], one.options) for one in table.parts]
    for part, shares in rows:
        # The base of a part is the sum of its options: told only where all of these are.
        whole_part = tuple(
            ("poll_total", totals[part, options[one.code], "count"])
            for one in shares
            if part is not None and (part, options[one.code], "count") in totals
        )
        for share in shares:
            option = options[share.code]
            total = totals.get((part, option, "count"))
            if share.missing or share.hidden or total is None:
                continue
            more = (*((("poll_part", part),) if part else ()), ("poll_option", option))
            for measure, base, value in (
                ("pct_votes", whole["votes"], share.pct_votes),
                ("pct_respondents", whole["answered"], share.pct_respondents),
            ):
                if value is None or (part is None and base is None):
                    continue
                rest = whole_part if base is None or part is not None else (("poll_total", base),)
                own = dict.fromkeys((("poll_total", total), *rest))
                yield Own("poll", measure, place, value, "%", 1, more, tuple(own))


def _ids(read: Session, kind: Any, question: int) -> dict[str, int]:
    rows = read.execute(select(kind.code, kind.id).where(kind.question_id == question))
    return {row[0]: row[1] for row in rows}


# --- commitments ----------------------------------------------------------------------------------


def _commitment(read: Session, row: Any) -> Iterator[Own]:
    place = ("commitment", row.id)
    steps = read.scalars(select(Milestone.id).where(Milestone.commitment_id == row.id)).all()
    parts = (place, *(("milestone", id) for id in steps))
    yield Own("commitment", "status", place, row.status_computed, parts=parts)
    yield Own("commitment", "milestones", place, row.milestones, "items", parts=parts)
    yield Own("commitment", "completed", place, row.completed, "items", parts=parts)
    if row.weight:
        share = row.done_weight * 100 // row.weight
        yield Own("commitment", "share", place, share, "%", 0, parts=parts)


# --- energy ---------------------------------------------------------------------------------------


def _energy(read: Session) -> Iterator[Own]:
    engine = Engine(read)
    known = read.execute(
        select(Indicator.id, Indicator.code, Indicator.unit, Indicator.decimals).order_by(
            Indicator.id
        )
    ).all()
    for id, code, unit, decimals in known:
        place = ("indicator", id)
        points = targets.targets(read, indicator=code)
        try:
            found = queries.series(read, indicator=code, area=rules.CITY, by="year", engine=engine)
        except UserError:
            # What the office's own screens refuse to tell is no figure of it.
            continue
        for point in found.points:
            parts = tuple(("dataset", one) for one in point.datasets)
            yield Own(
                *("energy", "total", place, point.value, unit, decimals),
                more=(point.period,),
                parts=(*parts, *(("factor", one) for one in point.factors)),
            )
            gap = paths.gap(point.value, int(point.period), points)
            if gap is not None and gap.share is not None and point.months is None:
                aims = tuple(("target", one.id) for one in points)
                yield Own(
                    *("energy", "gap", place, gap.share * 100, "%", 1),
                    more=(point.period,),
                    parts=(*parts, *aims),
                )


# --- as rows --------------------------------------------------------------------------------------


def key_of(kind: str, code: str, more: Iterable[str], measure: str) -> str:
    """Return what a figure is known by: its kind, its record and what tells it from others."""
    return ":".join((kind, code, *more, measure))


def _key(own: Own, context: Context) -> str:
    more = (one if isinstance(one, str) else context.code(*one) for one in own.more)
    return key_of(own.kind, context.code(*own.place), more, own.measure)


def _goes(own: Own, context: Context, shown: Mapping[str, Value]) -> bool:
    """Say whether a figure goes out: with its record, a poll's with all of its totals."""
    places = [own.place, *(one for one in own.more if not isinstance(one, str))]
    if own.kind == "poll":
        places += own.parts
        if any(shown.get(context.code(*one)) is None for one in own.parts):
            return False
    return all(context.shows(*one) for one in places)


def _outgoing(gathered: Gathered, context: Context) -> list[Own]:
    shown = {str(row["id"]): row["value"] for row in context.rows("poll_total")}
    return [own for own in gathered.figures if _goes(own, context, shown)]


def _moved(
    own: Own, totals: Mapping[int, float], context: Context, shown: Mapping[str, Value]
) -> bool:
    """Say whether a wave goes out as an earlier copy told it, not as the office has it now."""
    return any(shown[context.code(*one)] != totals[one[1]] for one in own.parts)


def _figure_rows(gathered: Any, context: Context) -> list[Row]:
    labels = figure_words.Labels(context.rows)
    shown = {str(row["id"]): row["value"] for row in context.rows("poll_total")}
    again: dict[str, float] = {}
    rows: list[Row] = []
    for own in _outgoing(gathered, context):
        key = _key(own, context)
        # Of a wave told as an earlier copy told it, the figures are of what is told.
        value = own.value
        if own.kind == "poll" and _moved(own, gathered.totals, context, shown):
            again = again or surveys.values(context.rows)
            if key not in again:
                continue
            value = again[key]
        text = value if isinstance(value, str) else None
        number = None if isinstance(value, str) else float(value)
        code = context.code(*own.place)
        more = tuple(one if isinstance(one, str) else context.code(*one) for one in own.more)
        ko, en = labels.of(own.kind, own.measure, code, more)
        rule = figure_words.RULES[own.kind, own.measure]
        rows.append(
            (
                *(key, own.kind, own.measure, own.place[0], code, ko, en, number, text),
                *(own.unit, own.digits, gathered.as_of, words("ko")(rule), words("en")(rule)),
            )
        )
    return rows


def _part_rows(gathered: Any, context: Context) -> list[Row]:
    return [
        (_key(own, context), n, table, context.code(table, id))
        for own in _outgoing(gathered, context)
        for n, (table, id) in enumerate(own.parts)
        if context.shows(table, id)
    ]


def _iterate() -> Iterator[Derived]:
    key = DerivedColumn("key", "TEXT", "text", "수치 부호", "Figure")
    place = (
        DerivedColumn("table_name", "TEXT", "text", "표", "Table"),
        DerivedColumn("row_code", "TEXT", "code", "기록", "Record"),
    )
    yield Derived(
        "figure",
        "수치",
        "Figures",
        (
            key,
            DerivedColumn("kind", "TEXT", "text", "종류", "Kind"),
            DerivedColumn("measure", "TEXT", "text", "항목", "Measure"),
            *place,
            DerivedColumn("label_ko", "TEXT", "text", "이름", "Name (Korean)"),
            DerivedColumn("label_en", "TEXT", "text", "영문 이름", "Name"),
            DerivedColumn("value", "REAL", "number", "값", "Value"),
            DerivedColumn("text", "TEXT", "text", "값(낱말)", "Value (word)"),
            DerivedColumn("unit", "TEXT", "text", "단위", "Unit"),
            DerivedColumn("digits", "INTEGER", "number", "소수 자리", "Decimals"),
            DerivedColumn("as_of", "TEXT", "date", "기준일", "As of"),
            DerivedColumn("rule_ko", "TEXT", "text", "계산 방법", "Rule (Korean)"),
            DerivedColumn("rule_en", "TEXT", "text", "계산 방법(영문)", "Rule"),
        ),
        1,
        gather,
        _figure_rows,
    )
    yield Derived(
        "figure_part",
        "수치의 근거 기록",
        "Records a figure is of",
        (key, DerivedColumn("position", "INTEGER", "number", "순서", "Order"), *place),
        2,
        gather,
        _part_rows,
    )


TABLES = tuple(_iterate())
