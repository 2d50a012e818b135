"""Computed figures put together: value, formula, parts, factors, and what is to be known of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from gwangju_desktop.energy import rules
from gwangju_desktop.energy.derived.inputs import Fact, Value
from gwangju_desktop.energy.derived.model import Computed, Part, Rule
from gwangju_desktop.energy.factors import FactorRow
from gwangju_desktop.energy.scales import unit_text
from gwangju_desktop.sheets.model import Remark
from gwangju_desktop.text import N_


def total(
    fact: Fact,
    rule: Rule,
    area: str,
    period: str,
    parts: list[tuple[Part, Value | None]],
    known: Sequence[FactorRow],
    remarks: list[Remark],
) -> Computed:
    """Return the sum of the parts that are there, saying which are not."""
    there = [(part, value) for part, value in parts if value is not None]
    lacking = [part for part, value in parts if value is None]
    numbers = {id for part, _ in there for id in part.factors}
    used = tuple(row for row in known if row.id in numbers)
    notes = list(remarks)
    if missing := [part.name for part in lacking if part.amount is None]:
        names = ", ".join(dict.fromkeys(missing))
        notes.append(Remark(N_("No figures of this period: {names}."), {"names": names}))
    if bare := [part.name for part in lacking if part.amount is not None]:
        names = ", ".join(dict.fromkeys(bare))
        notes.append(Remark(N_("Left out because a factor lacks: {names}."), {"names": names}))
    steps = " + ".join(f"{part.name} {part.formula}" for part, _ in there)
    made = answer(
        fact,
        rule,
        area,
        period,
        sum((value.value for _, value in there), Fraction(0)),
        steps,
        [part for part, _ in parts],
        [value for _, value in there],
        notes,
        used,
    )
    # Where the largest part is held and only its factor lacks, the rest alone would mislead.
    first = rule.parts[0].of
    if any(part.indicator == first and part.amount is not None for part in lacking):
        made = replace(made, value=None)
    return replace(made, status=rules.PARTIAL) if lacking else made


def answer(
    fact: Fact,
    rule: Rule,
    area: str,
    period: str,
    value: Fraction,
    steps: str,
    parts: Sequence[Part],
    values: Sequence[Value],
    notes: Iterable[Remark] = (),
    factors: Sequence[FactorRow] = (),
) -> Computed:
    """Return a computed figure with what its inputs say of themselves."""
    digits = max(fact.decimals, 1)
    shown = f"{float(value):,.{digits}f}".replace("-", "−")
    statuses = [one.status for one in values]
    inner = [one.made for one in values if one.made is not None]
    used = together(factors, *(made.factors for made in inner))
    said = [*notes, *(note for made in inner for note in made.notes)]
    months = [one.months for one in values if one.months is not None]
    if months and len(period) == len("2021"):
        said.append(Remark(N_("Only {n} months of the year are held."), {"n": min(months)}))
    return Computed(
        indicator=fact.code,
        area=area,
        period=period,
        value=float(value),
        unit=fact.unit,
        status=rules.least_certain(statuses),
        formula=f"{steps} = {shown} {unit_text(fact.unit)}",
        definition=rule.title,
        mode=rule.mode if used else "",
        parts=tuple(parts),
        factors=used,
        notes=tuple(note for n, note in enumerate(said) if note not in said[:n]),
        datasets=tuple(sorted({id for one in values for id in one.datasets})),
        months=min(months, default=None),
    )


def together(*groups: Iterable[FactorRow]) -> tuple[FactorRow, ...]:
    """Return factors, each once."""
    every = {row.id: row for group in groups for row in group}
    return tuple(every.values())


def leads(rule: Rule | None, made: Computed) -> bool:
    """Say whether a sum has its first and largest part; the rest alone would mislead."""
    first = rule.parts[0].of if rule and rule.parts else ""
    return not first or any(p.indicator == first and p.value is not None for p in made.parts)


def held_parts(made: Computed) -> dict[tuple[str, str], Part]:
    """Return the parts of a sum that have figures, by indicator and item."""
    return {(one.indicator, one.item): one for one in made.parts if one.value is not None}
