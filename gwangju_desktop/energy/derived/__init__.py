"""Derived indicators: computed from others by the rules of the catalogue, with the formula said."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from db.schema.energy import Indicator
from gwangju_desktop.energy import factors, figures, rules
from gwangju_desktop.energy.derived.answers import leads
from gwangju_desktop.energy.derived.engine import Engine
from gwangju_desktop.energy.derived.inputs import GRAINS
from gwangju_desktop.energy.derived.measures import written
from gwangju_desktop.energy.derived.model import Computed as Computed
from gwangju_desktop.energy.derived.model import Part as Part
from gwangju_desktop.energy.derived.model import Rule, Source
from gwangju_desktop.energy.derived.model import definitions_of as definitions_of
from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets.model import Remark
from gwangju_desktop.text import N_, say

# The dimension that the parts of a sum of energies are: electricity, gas, heat, oil.
ENERGY = "energy"


def compute(
    read: Session,
    *,
    indicator: str,
    area: str = rules.CITY,
    year: int | None = None,
    period: str = "",
    mode: str = "",
    definition: str = "",
    factor: int | None = None,
    as_known_on: dt.date | None = None,
    engine: Engine | None = None,
) -> Computed:
    """Return an indicator's figure of a year (or a period's text) with formula, parts and factors.

    By its rule, in the definition and the mode of factors asked for, else those chosen in the
    catalogue; `factor` stands for every factor of its kind. Without a rule, or without figures to
    compute from, what was published. `value` is None where there is neither; the notes say why.
    `engine` is one of this mode that has read already, where several are asked for.
    Raises UserError for an indicator, area, period, definition or factor that is not known.
    """
    figures.named(read, indicator)
    asked = period or str(year or "")
    number = rules.period_number(asked)
    by = rules.grain(number) if number is not None else ""
    if by not in GRAINS:
        raise UserError(
            N_("“{period}” is no year, quarter or month."),
            hint=N_("Write 2021, 2021-Q1 or 2021-03."),
            period=asked,
        )
    if mode and mode not in factors.MODES:
        raise UserError(N_("There is no mode {mode}."), mode=mode)
    chosen = factors.factor(read, factor) if factor is not None else None
    engine = engine or Engine(read, mode=mode, chosen=chosen, as_known_on=as_known_on)
    rule = engine.inputs.rule(indicator, definition)
    if definition and rule is None:
        raise UserError(
            N_("{indicator} is not computed; it has no definitions."), indicator=indicator
        )
    published = engine.inputs.published(indicator, area, by).get(asked)
    made = engine.computed(indicator, area, by, definition=definition).get(asked)
    fact = engine.inputs.facts[indicator]
    if made is not None and made.value is not None:
        if chosen is not None and chosen not in made.factors:
            raise UserError(
                N_("{indicator} is not computed with “{name}”."),
                hint=N_("Used here: {known}."),
                indicator=indicator,
                name=chosen.name,
                known=", ".join(f"{row.id} {row.name}" for row in made.factors) or "–",
            )
        if published is not None:
            note = Remark(
                N_("Published for this period and shown in charts: {value} {unit}."),
                {"value": written(published.value), "unit": fact.unit},
            )
            made = replace(made, notes=(*made.notes, note))
        elif held := engine.inputs.held(indicator, area):
            note = Remark(
                N_("Charts show what was published ({first} to {last}); this is computed."),
                {"first": min(held), "last": max(held)},
            )
            made = replace(made, notes=(*made.notes, note))
        return _with_change(read, replace(made, read_in=definition), engine, by)
    if published is not None:
        words = say(N_("{name}: as published"), name=fact.name)
        as_published = Computed(
            indicator,
            area,
            asked,
            float(published.value),
            fact.unit,
            published.status,
            words,
            origin="published",
            datasets=published.datasets,
            months=published.months,
        )
        return _with_change(read, as_published, engine, by)
    if made is not None:
        return made
    return _nothing(engine, indicator, area, asked, by, definition)


def fill(
    read: Session,
    *,
    indicator: str,
    area: str,
    by: str,
    where: str | None = None,
    as_known_on: dt.date | None = None,
    engine: Engine | None = None,
) -> list[figures.Point]:
    """Return the computed points of an area, but for those beside published ones."""
    engine = engine or Engine(read, as_known_on=as_known_on)
    return [point(one) for one in filled(engine, indicator, area, by, where)]


def filled(
    engine: Engine, indicator: str, area: str, by: str, where: str | None = None
) -> list[Computed]:
    """Return the computed figures of an area by period, but for those beside published ones."""
    made = _standing(engine, indicator, area, by, where)
    return [one for one in made if not engine.joined(one)]


def _standing(
    engine: Engine, indicator: str, area: str, by: str, where: str | None = None
) -> list[Computed]:
    rule = engine.inputs.rule(indicator)
    found = engine.computed(indicator, area, by, where or "")
    return [
        made for _, made in sorted(found.items()) if made.value is not None and leads(rule, made)
    ]


def breakdown(
    read: Session, *, indicator: str, area: str, by: str, dimension: str
) -> dict[str, tuple[figures.Point, ...]]:
    """Return the computed parts of an indicator: energies of a sum, items of a share."""
    engine = Engine(read)
    rule = engine.inputs.rule(indicator)
    found: dict[str, tuple[figures.Point, ...]] = {}
    if rule is None or dimension not in dimensions(read, indicator=indicator):
        return found
    if rule.form == "share":
        for item, held in engine.shares(indicator, area, by).items():
            found[item] = tuple(point(one) for _, one in sorted(held.items()))
        return {item: points for item, points in found.items() if points}
    carriers = {source.of: source.carrier for source in rule.parts}
    made = engine.computed(indicator, area, by)
    shown = {one.period for one in _standing(engine, indicator, area, by)}
    for source in rule.parts:
        points = []
        for period, one in sorted(made.items()):
            value = [p.value for p in one.parts if p.indicator == source.of and p.value is not None]
            if value and period in shown:
                points.append(
                    point(one)._replace(value=sum(value), status=_held_status(one), formula="")
                )
        if points:
            found[carriers[source.of] or source.of] = tuple(points)
    return found


def dimensions(read: Session, *, indicator: str) -> dict[str, tuple[str, ...]]:
    """Return the dimensions an indicator is computed by, with their items."""
    engine = Engine(read)
    rule = engine.inputs.rule(indicator) if indicator in engine.inputs.facts else None
    if rule is None:
        return {}
    if rule.form == "share":
        known = figures.dimensions(read, indicator=rule.of)
        return {rule.dimension: known[rule.dimension]} if rule.dimension in known else {}
    if rule.form == "sum" and not rule.dimension:
        return {ENERGY: tuple(source.carrier for source in rule.parts if source.carrier)}
    return {}


def has_rule(read: Session, indicator: str) -> bool:
    """Say whether an indicator is computed where nothing was published."""
    found = read.execute(_RULE, {"code": indicator}).first()
    return found is not None and found[0] is not None


_RULE = select(Indicator.rule).where(Indicator.code == bindparam("code"))


def span(read: Session, *, indicator: str, engine: Engine) -> tuple[str | None, str | None]:
    """Return the first and last year the city has a computed figure of.

    Where a part of the inputs is read (homes alone), the years of the whole stand for its own:
    lists ask for every indicator, and the parts are many readings.
    """
    rule = engine.inputs.rule(indicator)
    if rule is None or not _possible(engine, rule):
        return None, None
    sources = [*rule.top, *([rule.bottom] if rule.bottom else [])]
    if rule.form == "share":
        known = figures.dimensions(read, indicator=rule.of)
        years = set(engine.inputs.published(rule.of, rules.CITY, "year"))
        years = years if rule.dimension in known else set()
    elif any(source.where for source in sources):
        tops = (engine.values(replace(one, where=""), rules.CITY, "year") for one in sources)
        years = set.intersection(*(set(found) for found in tops))
        years = years if all(_told_apart(read, one) for one in sources) else set()
    else:
        found = _standing(engine, indicator, rules.CITY, "year")
        years = {one.period for one in found if not engine.joined(one)}
    return (min(years), max(years)) if years else (None, None)


def _possible(engine: Engine, rule: Rule) -> bool:
    """Say whether what a rule needs first has any figures; most indicators lack it."""
    needed = [*(source.of for source in rule.parts[:1]), *(code for code in (rule.of,) if code)]
    needed += [rule.bottom.of] if rule.bottom else []
    needed += [rule.by] if rule.by else []
    tops = [source.of for source in rule.top]
    return all(map(engine.inputs.may_have, needed)) and (
        not tops or any(map(engine.inputs.may_have, tops))
    )


def _told_apart(read: Session, source: Source) -> bool:
    asked = rules.asked_dims(source.where)
    known = figures.dimensions(read, indicator=source.of) if asked else {}
    return all(value in known.get(name, ()) for name, value in asked.items())


def point(made: Computed) -> figures.Point:
    """Return a computed figure as a point of a series."""
    assert made.value is not None
    return figures.Point(
        made.period,
        made.area,
        made.value,
        made.status,
        "computed",
        made.datasets,
        made.months,
        formula=made.formula,
        factors=tuple(row.id for row in made.factors),
        parts=tuple(dict.fromkeys(p.indicator for p in made.parts if p.value is not None)),
    )


def year_on_year(points: Iterable[figures.Point]) -> dict[str, float]:
    """Return each period's change since the same period a year before, as a share of it.

    Only between figures made of the same parts with no month missing, and never from zero.
    """
    whole = {one.period: one for one in points if one.months is None and _compares(one)}
    changes = {}
    for period, one in whole.items():
        before = whole.get(_year_before(period))
        if before is not None and before.value and before.parts == one.parts:
            changes[period] = one.value / before.value - 1
    return changes


def _compares(one: figures.Point) -> bool:
    # A sum that lacks a part compares with one that lacks the same; nothing else that is partial.
    return one.status != rules.PARTIAL or bool(one.parts)


def _year_before(period: str) -> str:
    return f"{int(period[:4]) - 1:04d}{period[4:]}"


def _with_change(read: Session, made: Computed, engine: Engine, by: str) -> Computed:
    """Return a figure with its change since the year before, where both can be compared."""
    if made.value is None:
        return made
    before = _year_before(made.period)
    if made.origin == "computed":
        points = [
            point(one)
            for period, one in engine.computed(
                made.indicator, made.area, by, definition=made.read_in
            ).items()
            if period in (made.period, before) and one.value is not None
        ]
    else:
        known = figures.series(read, indicator=made.indicator, area=made.area, by=by)  # type: ignore[arg-type]
        points = [one for one in known.points if one.period in (made.period, before)]
    return replace(made, change=year_on_year(points).get(made.period))


def _held_status(made: Computed) -> str:
    # A part that is there is whole, whatever else lacks.
    return "estimated" if made.status == rules.PARTIAL and made.months is None else made.status


def _nothing(
    engine: Engine, indicator: str, area: str, period: str, by: str, definition: str
) -> Computed:
    """Say what lacks for a figure."""
    fact = engine.inputs.facts[indicator]
    rule = engine.inputs.rule(indicator, definition)
    lacking = []
    if rule is not None:
        for code in rule.inputs:
            source = next((s for s in (*rule.parts, *rule.top) if s.of == code), Source(code))
            name = engine.inputs.facts[code].name if code in engine.inputs.facts else code
            if period not in engine.values(replace(source, where=""), area, by):
                lacking.append(f"{name}({code})")
    names = ", ".join(itertools.islice(lacking, 6)) or f"{fact.name}({indicator})"
    note = Remark(N_("No figures of this period: {names}."), {"names": names})
    if rule is not None and rule.form == "sum" and rule.dimension and not lacking:
        note = Remark(N_("No figures of this period by item: {names}."), {"names": names})
    return Computed(
        indicator,
        area,
        period,
        None,
        fact.unit,
        rules.PARTIAL,
        "",
        definition=rule.title if rule else "",
        notes=(note,),
    )
