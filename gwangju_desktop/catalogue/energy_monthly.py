"""The energy of a month on one page (월간 에너지 현황): against the same month of the year before.

Every figure says whether it is final; what is missing is a dash, never a nought.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sqlalchemy.orm import Session

from db.vocab import IndicatorKind
from gwangju_desktop import clock
from gwangju_desktop.catalogue import energy_parts as parts
from gwangju_desktop.catalogue import frame
from gwangju_desktop.catalogue.energy_month_chart import Told, before, chart, spoken, window
from gwangju_desktop.documents.blocks import Block, Column, Space, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.layout import CELL_PAD_Y
from gwangju_desktop.documents.official import END
from gwangju_desktop.energy import areas, items, queries, rules
from gwangju_desktop.energy.figures import Point
from gwangju_desktop.energy.scales import Scale
from gwangju_desktop.energy.sums import REST
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.text import C_, N_, Msg, say, speaking

MONTHLY = C_("document", "Monthly energy report")
# What leads the page where it has figures, and how many indicators stand below it at most.
_LEADS, _MOST = "EL01", 5
_MONTH = re.compile(r"(\d{4})(?:년|[-./])\s?(\d{1,2})월?\.?")


class Kind(NamedTuple):
    """One of the two tables side by side: its title, its columns and their shares of the width."""

    title: Msg
    what: Msg
    words: tuple[Msg, ...]
    shares: tuple[float, ...]


_SHARE, _CHANGE = C_("energy page", "Share"), C_("energy page", "Change")
_BY_DISTRICT = Kind(
    C_("energy page", "{name} by district"),
    C_("energy", "District"),
    (_SHARE, _CHANGE),
    (0.34, 0.21, 0.21, 0.24),
)
_BY_USE = Kind(
    C_("energy page", "{name} by kind of use"),
    C_("energy page", "Use"),
    (_SHARE,),
    (0.46, 0.28, 0.26),
)


def monthly(read: Session, *, id: None = None, language: str = "ko", period: str = "") -> Composed:
    """Return the page of a month, by default of the latest one there are figures of.

    Raises UserError for what is no month, or one without figures.
    """
    with speaking(language):
        month = month_of(period) if period else _latest(read)
        found = _told(read, month)
        if not found:
            raise UserError(
                N_("There are no figures of {month}."),
                hint=N_("Import the tables of that month first."),
                month=month,
            )
        today = clock.today()
        whole = say(N_("{document}, {period}"), document=MONTHLY, period=spoken(month))
        lead = found[0]
        used = [one.months[month] for one in found]
        blocks: list[Block] = [
            *frame.head(parts.city(read), whole),
            para(_headline(lead, month), "lead", keep=True),
            _overview(found, month),
            _heading(C_("energy page", "{name}: the last 13 months ({unit})"), lead),
            chart(lead, month),
            *_beside(read, lead, month),
            *parts.sources(read, [*used, *window(lead, month)]),
            *_marks(found, month),
            para(say(END)),
        ]
        about = issued(read, body_id=None, on=today)
        name = f"{today:%Y-%m-%d} {whole}"
        return Composed(
            whole,
            name,
            about,
            language,
            (tuple(blocks),),
            head=say(MONTHLY),
            theme=parts.ONE_PAGE,
        )


def month_of(period: str) -> str:
    """Read a month, 2021-03 or 2021년 3월, as 2021-03; raises UserError for a text that is none."""
    found = _MONTH.fullmatch(period.strip())
    if found is None or not 1 <= int(found[2]) <= 12:
        raise UserError(
            N_("“{period}” is no month."), hint=N_("Write it as 2021-03."), period=period
        )
    return f"{found[1]}-{int(found[2]):02}"


def _latest(read: Session) -> str:
    """Return the last month the leading indicator has figures of, else any indicator."""
    for code in sorted(_adding(read), key=lambda code: code != _LEADS):
        points = queries.series(read, indicator=code, area=rules.CITY, by="month").points
        if points:
            return points[-1].period
    raise UserError(
        N_("There are no monthly figures yet."), hint=N_("Import the tables of a month first.")
    )


def _adding(read: Session) -> dict[str, parts.Fact]:
    """Return the indicators that are read, not computed, and add up over time."""
    return {
        code: fact
        for code, fact in parts.facts(read).items()
        if fact.kind == IndicatorKind.FLOW and not fact.computed
    }


def _told(read: Session, month: str) -> list[Told]:
    """Return the indicators that add up and have figures of the month, the leading one first."""
    found = []
    for fact in sorted(_adding(read).values(), key=lambda one: one.code != _LEADS):
        points = queries.series(read, indicator=fact.code, area=rules.CITY, by="month").points
        months = parts.by_period(points)
        if month in months:
            scale = Scale.of(fact.unit, [months[month].value])
            found.append(Told(fact, scale, months))
        if len(found) == _MOST:
            break
    return found


def _headline(lead: Told, month: str) -> str:
    """Say the leading figure and where it stands against the same month of the year before."""
    now, then = lead.months[month], lead.months.get(before(month, 12))
    told = {
        "name": lead.name,
        "value": parts.number(now.value / lead.scale.by),
        "unit": say(lead.scale.unit),
    }
    marked = parts.mark(now)
    value = say(C_("energy page", "{name} {value} {unit}"), **told)
    value += f" ({marked})" if marked else ""
    if then is None or not then.value:
        return say(N_("{value}; there is no figure of the same month a year before."), value=value)
    share = (now.value / then.value - 1) * 100
    if abs(share) < 0.05:
        return say(N_("{value}, as much as a year before."), value=value)
    message = (
        N_("{value}, {share}% more than a year before.")
        if share > 0
        else N_("{value}, {share}% less than a year before.")
    )
    return say(message, value=value, share=f"{abs(share):.1f}")


def _overview(found: list[Told], month: str) -> Block:
    """Return all indicators of the month beside the same month a year before, and the year so far."""
    columns = [
        Column(say(C_("energy", "Indicator")), 0.2, style="strong"),
        Column(say(C_("energy", "Unit")), 0.14),
        Column(spoken(month), 0.135, "right", "number"),
        Column(spoken(before(month, 12)), 0.135, "right", "number"),
        Column(say(_CHANGE), 0.115, "right", "number"),
        Column(say(C_("energy page", "Since January")), 0.135, "right", "number"),
        Column(say(C_("energy page", "Mark")), 0.14, "centre", "middle"),
    ]
    rows = []
    for one in found:
        now, then = one.months[month], one.months.get(before(month, 12))
        so_far = _so_far(one, month)
        rows.append(
            [
                one.name,
                say(one.scale.unit),
                parts.number(now.value / one.scale.by),
                parts.number(then.value / one.scale.by if then else None),
                parts.change(now.value, then.value if then else None),
                parts.number(so_far / one.scale.by if so_far is not None else None),
                parts.mark(now) or say(C_("figure status", "Final")),
            ]
        )
    return table(columns, rows, grid=True, caption=say(MONTHLY))


def _so_far(one: Told, month: str) -> float | None:
    """Return the sum since January; None while a month of it is missing."""
    year, number = month.split("-")
    wanted = [f"{year}-{n:02}" for n in range(1, int(number) + 1)]
    if any(period not in one.months for period in wanted):
        return None
    return sum(one.months[period].value for period in wanted)


def _heading(message: str, lead: Told) -> Block:
    return frame.heading(say(message, name=lead.name, unit=say(lead.scale.unit)))


def _beside(read: Session, lead: Told, month: str) -> list[Block]:
    """Return the districts and the uses of the month, side by side where there are both."""
    districts = _districts(read, lead, month)
    uses = _uses(read, lead, month, max(len(districts), 4))
    if not districts or not uses:
        return [*_list(lead, districts, _BY_DISTRICT), *_list(lead, uses, _BY_USE)]
    most = max(len(districts), len(uses))
    halves = [
        (
            *_list(lead, rows, columns),
            Space((most - len(rows)) * _line_height()),
        )
        for rows, columns in ((districts, _BY_DISTRICT), (uses, _BY_USE))
    ]
    return [table((Column("", 0.5), Column("", 0.5)), [halves], head=False, plain=True)]


def _line_height() -> float:
    """Return how high a row of one line is, in points."""
    style = parts.ONE_PAGE.styles["cell"]
    return style.size * style.lead + 2 * CELL_PAD_Y


def _list(lead: Told, rows: list[tuple[str, ...]], kind: Kind) -> list[Block]:
    """Return one of the two tables under its heading; nothing without rows."""
    if not rows:
        return []
    columns = [
        Column(say(kind.what), kind.shares[0], style="strong"),
        Column(say(lead.scale.unit), kind.shares[1], "right", "number"),
        *(
            Column(say(word), share, "right", "number")
            for word, share in zip(kind.words, kind.shares[2:], strict=True)
        ),
    ]
    caption = say(kind.title, name=lead.name)
    return [frame.heading(caption), table(columns, rows, grid=True, caption=caption)]


def _districts(read: Session, lead: Told, month: str) -> list[tuple[str, ...]]:
    """Return the districts of the month with their change on the year before, then the city."""
    rows = []
    whole = lead.months[month].value
    on = rules.last_day(rules.period_number(month) or 0)
    for place in areas.children(read, rules.CITY, on):
        points = queries.series(read, indicator=lead.fact.code, area=place.code, by="month").points
        rows.append(_district(lead, place.name, parts.by_period(points), month, whole))
    if all(row[1] == parts.NOTHING for row in rows):
        return []
    city = say(C_("energy page", "City"))
    return [*rows, _district(lead, city, lead.months, month, whole)]


def _district(
    lead: Told, name: str, months: dict[str, Point], month: str, whole: float
) -> tuple[str, ...]:
    now, then = months.get(month), months.get(before(month, 12))
    return (
        name,
        parts.number(now.value / lead.scale.by if now else None),
        f"{now.value / whole * 100:.1f}%" if now and whole else parts.NOTHING,
        parts.change(now.value if now else None, then.value if then else None),
    )


def _uses(read: Session, lead: Told, month: str, most: int) -> list[tuple[str, ...]]:
    """Return what it was used for, the largest first; the end of a long list is added up."""
    if "use" not in queries.dimensions(read, indicator=lead.fact.code):
        return []
    found = queries.breakdown(
        read, indicator=lead.fact.code, area=rules.CITY, by="month", dimension="use"
    )
    values = {
        code: months[month].value
        for code, points in found.items()
        if month in (months := parts.by_period(points))
    }
    total = sum(values.values())
    if not values or total <= 0:
        return []
    order = sorted(values, key=lambda code: (code == REST, -values[code]))
    shown = [(say(items.label("use", code)), values[code]) for code in order]
    if len(shown) > most:
        others = sum(value for _name, value in shown[most - 1 :])
        shown = [*shown[: most - 1], (say(C_("energy page", "Others")), others)]
    return [
        (name, parts.number(value / lead.scale.by), f"{value / total * 100:.1f}%")
        for name, value in shown
    ]


def _marks(found: list[Told], month: str) -> list[Block]:
    """Say what the marks mean where a figure of the page is not final."""
    shown = {p.status for one in found for p in window(one, month)}
    if shown <= {rules.STATUSES[0]}:
        return []
    return [
        para(
            say(
                N_(
                    "Figures that are provisional, estimated or partial are marked; they may still "
                    "change. “–” is missing, not nought."
                )
            ),
            "note",
        )
    ]
