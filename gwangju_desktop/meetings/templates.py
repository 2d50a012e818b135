"""Orders of business a body starts from (의사일정 서식)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.calendar import AgendaTemplate, TemplateLine
from db.schema.meetings import AgendaItem
from db.schema.members import Body
from db.store import usecase
from db.vocab import ItemKind, ItemState, Standing
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.meetings import agenda, remains, rules, standing
from gwangju_desktop.meetings.guards import changeable, check_minutes, meeting_of
from gwangju_desktop.text import C_, N_, say

NO_TEMPLATE = N_("There is no template {id}.")
LINE_FIELDS = ("kind", "standing", "title", "presenter", "minutes")


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One template of a body; `lines` counts its items, `minutes` their time."""

    id: int
    body_id: int
    name: str
    lines: int
    minutes: int


@dataclass(frozen=True, slots=True)
class LineRow:
    """One item of a template."""

    id: int
    kind: str
    standing: str
    title: str
    presenter: str
    minutes: int


def templates(read: Session, *, body_id: int) -> list[TemplateRow]:
    """List the templates of a body by name."""
    rows = read.execute(
        select(
            AgendaTemplate.id,
            AgendaTemplate.body_id,
            AgendaTemplate.name,
            func.count(TemplateLine.id),
            func.coalesce(func.sum(TemplateLine.minutes), 0),
        )
        .outerjoin(TemplateLine, TemplateLine.template_id == AgendaTemplate.id)
        .where(AgendaTemplate.body_id == body_id)
        .group_by(AgendaTemplate.id, AgendaTemplate.body_id, AgendaTemplate.name)
        .order_by(AgendaTemplate.name)
    )
    return [TemplateRow(id, body, name, lines, int(time)) for id, body, name, lines, time in rows]


def lines(read: Session, *, id: int) -> list[LineRow]:
    """List the items of a template in their order."""
    names = list(LineRow.__dataclass_fields__)
    rows = read.execute(
        select(*(TemplateLine.__table__.c[name] for name in names))
        .where(TemplateLine.template_id == id)
        .order_by(TemplateLine.position)
    )
    return [LineRow(*row) for row in rows]


def usual() -> list[dict[str, Any]]:
    """Return the order of business a template begins with, in the current language.

    Source of the order: domain 2.4 (개회선포, 성원보고, 위원장 인사, 전회 조치결과 보고, 안건 상정).
    """
    procedure = ItemKind.PROCEDURE.value
    return [
        {"kind": procedure, "title": say(C_("agenda", "Opening")), "minutes": 1},
        _standing(Standing.QUORUM_REPORT, 2),
        {"kind": procedure, "title": say(C_("agenda", "Words of the chair")), "minutes": 5},
        _standing(Standing.PREVIOUS_MINUTES, 2),
        _standing(Standing.PREVIOUS_ACTIONS, 10),
        {"kind": ItemKind.HEADING.value, "title": say(C_("agenda", "Reports")), "minutes": 1},
        {"kind": ItemKind.HEADING.value, "title": say(C_("agenda", "Decisions")), "minutes": 1},
        {
            "kind": procedure,
            "title": say(C_("agenda", "Other business and closing")),
            "minutes": 10,
        },
    ]


def _standing(which: Standing, minutes: int) -> dict[str, Any]:
    return {
        "kind": standing.KINDS[which].value,
        "standing": which.value,
        "title": say(standing.TITLES[which]),
        "minutes": minutes,
    }


@usecase("Save agenda template")
def save_template(
    tx: Session,
    *,
    body_id: int,
    name: str,
    lines: Sequence[Mapping[str, Any]],
    id: int | None = None,
) -> int:
    """Write a template whole: its name and its items in order; without `id` a new one."""
    found(tx, Body, body_id, N_("There is no body {id}."))
    title = required(name, N_("A template needs a name."))
    same = tx.scalars(
        select(AgendaTemplate.id).where(
            AgendaTemplate.body_id == body_id, AgendaTemplate.name == title
        )
    ).first()
    if same is not None and same != id:
        raise UserError(N_("This body already has a template “{name}”."), name=title)
    wanted = [_line(line) for line in lines]
    if not wanted:
        raise UserError(N_("A template needs at least one item."))
    if id is None:
        template = AgendaTemplate(body_id=body_id, name=title)
        tx.add(template)
        tx.flush()
    else:
        template = found(tx, AgendaTemplate, id, NO_TEMPLATE)
        change(template, {"name": title})
    held = tx.scalars(
        select(TemplateLine)
        .where(TemplateLine.template_id == template.id)
        .order_by(TemplateLine.position)
    ).all()
    for line, fields in zip(held, wanted, strict=False):
        change(line, fields)
    for line in held[len(wanted) :]:
        tx.delete(line)
    last = held[-1].position if held else 0
    for n, fields in enumerate(wanted[len(held) :], 1):
        tx.add(TemplateLine(template_id=template.id, position=last + n * rules.GAP, **fields))
    tx.flush()
    return template.id


@usecase("Keep the agenda as a template")
def keep_agenda(tx: Session, *, meeting_id: int, name: str) -> int:
    """Make a template of a meeting's order of business: its steps, headings and standing items.

    Items of that one meeting stay away.
    """
    meeting = meeting_of(tx, meeting_id)
    kept = [
        {field: getattr(item, field) for field in LINE_FIELDS}
        for item in agenda.of_meeting(tx, meeting_id)
        if item.state != ItemState.WITHDRAWN and (item.standing or not rules.numbered(item.kind))
    ]
    if not kept:
        raise UserError(
            N_("Nothing on this agenda comes again."),
            hint=N_("A template keeps procedures, headings and standing items."),
        )
    return int(save_template(tx, body_id=meeting.body_id, name=name, lines=kept))


@usecase("Delete agenda template")
def delete_template(tx: Session, *, id: int) -> None:
    """Delete a template; agendas made from it stay."""
    tx.delete(found(tx, AgendaTemplate, id, NO_TEMPLATE))


@usecase("Use agenda template")
def apply_template(tx: Session, *, meeting_id: int, id: int) -> int:
    """Put the items of a template on an agenda that has not gone out; returns how many.

    Standing items that are there already are left out, what was carried over stays in front of
    what closes the meeting.
    """
    meeting = changeable(tx, meeting_id)
    if agenda.frozen(meeting):
        raise UserError(
            N_("The agenda has gone out: a template comes before the notice."),
            hint=N_("Add the items one by one, with a reason."),
        )
    template = found(tx, AgendaTemplate, id, NO_TEMPLATE)
    gone = _make_way(tx, meeting_id, {line.standing for line in template.lines})
    held = agenda.of_meeting(tx, meeting_id)
    there = {item.standing for item in held if item.standing}
    wanted = [line for line in template.lines if line.standing not in there or not line.standing]
    last = held[-1].position if held else 0
    for n, line in enumerate(wanted, 1):
        fields = {field: getattr(line, field) for field in LINE_FIELDS}
        tx.add(AgendaItem(meeting_id=meeting_id, position=last + n * rules.GAP, **fields))
    tx.flush()
    _business_before_closing(tx, meeting_id, [item.id for item in held], len(wanted))
    return len(wanted) - gone


def _make_way(tx: Session, meeting_id: int, standings: set[str]) -> int:
    """Take the report on actions away that came by itself: the template has a place for it.

    Returns how many items went.
    """
    came = Standing.PREVIOUS_ACTIONS.value
    gone = 0
    for item in agenda.of_meeting(tx, meeting_id):
        if item.standing == came and came in standings and item.begun_at is None:
            remains.clear_item(tx, item)
            tx.delete(item)
            gone += 1
    tx.flush()
    return gone


def _business_before_closing(tx: Session, meeting_id: int, business: list[int], added: int) -> None:
    """Move what was on the agenda before the template's last step, which closes the meeting."""
    if not business or added < 2:
        return
    for id in business:
        agenda.move_item(tx, id=id, by=len(business) + added)
    items = agenda.of_meeting(tx, meeting_id)
    closing = next(item for item in reversed(items) if item.id not in business)
    agenda.move_item(tx, id=closing.id, by=len(items))


def _line(line: Mapping[str, Any]) -> dict[str, Any]:
    fields = tidy({"standing": "", "presenter": "", "minutes": 10, **line}, LINE_FIELDS)
    fields["kind"] = ItemKind(fields["kind"]).value
    if fields["standing"]:
        fields["standing"] = Standing(fields["standing"]).value
    fields["title"] = required(fields["title"], agenda.NO_TITLE)
    check_minutes(fields["minutes"])
    return fields
