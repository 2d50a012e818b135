"""Derived figures: each form of rule, for all periods of an area at once, with formula and parts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from sqlalchemy.orm import Session

from gwangju_desktop.energy import rules
from gwangju_desktop.energy.derived import model
from gwangju_desktop.energy.derived.answers import answer, held_parts, leads, together, total
from gwangju_desktop.energy.derived.inputs import GRAINS, Fact, Inputs, Value, exact, part_of
from gwangju_desktop.energy.derived.measures import Measures, written
from gwangju_desktop.energy.derived.model import Computed, Part, Rule, Source
from gwangju_desktop.energy.factors import FactorRow
from gwangju_desktop.energy.items import label
from gwangju_desktop.energy.scales import unit_text
from gwangju_desktop.sheets.model import Remark
from gwangju_desktop.text import N_, say

Found = dict[str, Computed]
_MONTHS = {"year": 12, "quarter": 3, "month": 1}
# Fewer winters make no average.
WINTERS = 2


class Engine:
    """Computes; one for each question, because it remembers what it read.

    `mode`, `definition` and `chosen` (a factor) hold for the indicator asked for, not for those
    it is computed from, but for the factor and the mode, which hold for all.
    """

    def __init__(
        self,
        read: Session | Inputs,
        *,
        mode: str = "",
        chosen: FactorRow | None = None,
        as_known_on: dt.date | None = None,
    ) -> None:
        known = read if isinstance(read, Inputs) else Inputs(read, as_known_on=as_known_on)
        self.inputs: Inputs = known
        self.mode, self.chosen = mode, chosen
        self._made: dict[tuple[str, ...], Found] = {}
        self._open: list[str] = []

    def computed(
        self, code: str, area: str, by: str, where: str = "", definition: str = ""
    ) -> Found:
        """Return what an indicator's rule gives for an area, by period; nothing without a rule."""
        key = (code, area, by, where, definition)
        if key in self._made:
            return self._made[key]
        rule = self.inputs.rule(code, definition) if code in self.inputs.facts else None
        if rule is None or by not in GRAINS or code in self._open:
            return {}
        if self.mode:
            rule = replace(rule, mode=self.mode)
        self._open.append(code)
        try:
            found = _FORMS[rule.form](self, self.inputs.facts[code], rule, area, by, where)
        finally:
            self._open.pop()
        self._made[key] = found
        return found

    def values(self, source: Source, area: str, by: str, where: str = "") -> dict[str, Value]:
        """Return an indicator's figures by period: the published one, else the computed one."""
        if source.of not in self.inputs.facts:
            return {}
        asked = ",".join(part for part in (source.where, where) if part)
        if source.month and by == "year":
            months = self.values(replace(source, month=0), area, "month", where)
            end = f"-{source.month:02d}"
            return {p[:4]: value for p, value in months.items() if p.endswith(end)}
        rule = self.inputs.rule(source.of)
        found = {
            period: Value(exact(made.value), made.status, made.datasets, made.months, made)
            for period, made in self.computed(source.of, area, by, asked).items()
            if made.value is not None and leads(rule, made)
        }
        return found | self.inputs.published(source.of, area, by, asked)

    def joined(self, made: Computed) -> bool:
        """Say whether a computed figure stands where others of its area were published.

        That of an indicator it is computed from counts too: the two do not count the same things,
        and on one line the step between them would be taken for a change.
        """
        inner = [part.indicator for part in made.parts if part.computed]
        return any(self.inputs.held(code, made.area) for code in (made.indicator, *inner))

    # --- forms

    def sum(self, fact: Fact, rule: Rule, area: str, by: str, where: str) -> Found:
        """Add parts turned into one unit; a part without figures makes the sum partial."""
        read = [(source, self._read(source, rule, area, by, where)) for source in rule.parts]
        found = {}
        for period in sorted({p for _, items in read for held in items.values() for p in held}):
            measures = self._measures(rule, period)
            parts: list[tuple[Part, Value | None]] = []
            remarks: list[Remark] = []
            for source, items in read:
                there = {item: held[period] for item, held in items.items() if period in held}
                parts += self._parts(fact, source, there, measures, remarks)
            found[period] = total(fact, rule, area, period, parts, measures.rows, remarks)
        return found

    def ratio(self, fact: Fact, rule: Rule, area: str, by: str, where: str) -> Found:
        """Divide one indicator by another; of several tops the first with a figure counts."""
        if rule.bottom is None:
            return {}
        under = self.values(rule.bottom, area, by, where)
        tops = [(source, self.values(source, area, by, where)) for source in rule.top]
        found = {}
        for period in sorted(under):
            bottom = under[period]
            for source, held in tops:
                if period in held and bottom.value:
                    found[period] = self._ratio(fact, rule, area, by, period, source, held, bottom)
                    break
        return {period: made for period, made in found.items() if made is not None}

    def share(self, fact: Fact, rule: Rule, area: str, by: str, where: str) -> Found:
        """Say how many percent of the whole one item of a dimension is."""
        asked = rules.asked_dims(where)
        item = asked.pop(rule.dimension, rule.item)
        rest = ",".join(f"{name}={value}" for name, value in asked.items())
        pairs = self._shares(rule, area, by, item, rest)
        return self._shared(fact, rule, area, item, pairs)

    def shares(self, code: str, area: str, by: str) -> dict[str, Found]:
        """Return what each item of the whole is in percent: `share` of all items, read once."""
        rule = self.inputs.rule(code)
        if rule is None or rule.form != "share":
            return {}
        fact = self.inputs.facts[code]
        division = self.inputs.division(rule.of, area, by, rule.dimension)
        wholes = _wholes(division)
        return {
            item: self._shared(
                fact, rule, area, item, {period: (held[period], wholes[period]) for period in held}
            )
            for item, held in division.items()
        }

    def _shared(
        self, fact: Fact, rule: Rule, area: str, item: str, pairs: dict[str, tuple[Value, Value]]
    ) -> Found:
        """Turn an item and its whole by period into percentages."""
        of = self.inputs.facts[rule.of]
        unit = unit_text(of.unit)
        found = {}
        for period, (part, whole) in pairs.items():
            if not whole.value:
                continue
            value = part.value / whole.value * 100
            steps = (
                f"{of.name}({say(label(rule.dimension, item))}) {written(part.value)} {unit}"
                f" ÷ {written(whole.value)} {unit} × 100"
            )
            found[period] = answer(
                fact,
                rule,
                area,
                period,
                value,
                steps,
                [part_of(of, part), part_of(of, whole)],
                [part, whole],
            )
        return found

    def cut(self, fact: Fact, rule: Rule, area: str, by: str, where: str) -> Found:
        """Say how much less than in the baseline year, over the parts both years have."""
        year = fact.baseline_year or self.inputs.facts[rule.of].baseline_year
        if by != "year" or year is None:
            return {}
        held = self.values(Source(rule.of), area, by, where)
        base = held.get(str(year))
        found = {}
        for period, value in held.items():
            if base is not None and period > str(year):
                made = self._cut(fact, rule, area, period, value, base, year)
                if made is not None:
                    found[period] = made
        return found

    def degrees(self, fact: Fact, rule: Rule, area: str, by: str, where: str) -> Found:
        """Bring a year to the average winter of all whole years whose degree days are held."""
        days = self.values(Source(rule.by), area, by)
        whole = {p: one for p, one in days.items() if one.status != rules.PARTIAL and one.value}
        if by != "year" or len(whole) < WINTERS:
            return {}
        mean = sum((one.value for one in whole.values()), Fraction(0)) / len(whole)
        of, cold = self.inputs.facts[rule.of], self.inputs.facts[rule.by]
        note = Remark(
            N_("The average winter is that of {n} years ({first} to {last})."),
            {"n": len(whole), "first": min(whole), "last": max(whole)},
        )
        found = {}
        for period, used in self.values(Source(rule.of), area, by, where).items():
            winter = whole.get(period)
            if winter is None:
                continue
            steps = (
                f"{of.name} {written(used.value)} {unit_text(of.unit)} × {written(mean)}"
                f" {cold.unit} ÷ {written(winter.value)} {cold.unit}"
            )
            made = answer(
                fact,
                rule,
                area,
                period,
                used.value * mean / winter.value,
                steps,
                [part_of(of, used), part_of(cold, winter)],
                [used, winter],
                [note],
            )
            status = rules.least_certain([made.status, "estimated"])
            found[period] = replace(made, status=status)
        return found

    # --- parts of forms

    def _shares(
        self, rule: Rule, area: str, by: str, item: str, rest: str
    ) -> dict[str, tuple[Value, Value]]:
        """Return an item and its whole by period, both of one publisher."""
        one = Source(rule.of, where=f"{rule.dimension}={item}")
        wholes = self.values(Source(rule.of), area, by, rest)
        pairs = {
            period: (part, wholes[period])
            for period, part in self.values(one, area, by, rest).items()
            # Homes of one table are no share of another table's whole.
            if period in wholes and {*part.datasets} & {*wholes[period].datasets}
        }
        if rest:
            return pairs
        division = self.inputs.division(rule.of, area, by, rule.dimension)
        wholes = _wholes(division)
        own = division.get(item, {})
        return pairs | {period: (own[period], wholes[period]) for period in own}

    def _measures(self, rule: Rule, period: str) -> Measures:
        return Measures(
            self.inputs.factors,
            int(period[:4]),
            mode=rule.mode,
            power=rule.power,
            gwp=rule.gwp,
            chosen=self.chosen,
        )

    def _read(
        self, source: Source, rule: Rule, area: str, by: str, where: str
    ) -> dict[str, dict[str, Value]]:
        """Return a part's figures by item and period; the item is "" where there are none."""
        dimension = source.dimension or rule.dimension
        if dimension and dimension not in rules.asked_dims(where):
            return self.inputs.items(source.of, area, by, dimension)
        return {"": self.values(source, area, by, where)}

    def _parts(
        self,
        fact: Fact,
        source: Source,
        there: dict[str, Value],
        measures: Measures,
        remarks: list[Remark],
    ) -> list[tuple[Part, Value | None]]:
        """Turn what is there of one part into the result's unit."""
        of = self.inputs.facts.get(source.of)
        if of is None or not there:
            name = of.name if of else source.of
            return [(Part(source.of, name, None, fact.unit), None)]
        parts: list[tuple[Part, Value | None]] = []
        for item, value in sorted(there.items()):
            carrier = item if source.dimension else source.carrier
            if fact.unit == "tCO2eq":
                done = measures.emitted(value.value, of.unit, source.carrier)
            else:
                done = measures.into(value.value, of.unit, fact.unit, carrier=carrier)
            remarks += [one for one in done.remarks if one not in remarks]
            number = float(done.value) if done.value is not None else None
            parts.append(
                (
                    Part(
                        of.code,
                        of.name,
                        number,
                        fact.unit,
                        float(value.value),
                        of.unit,
                        done.steps,
                        tuple(row.id for row in done.factors),
                        item=item,
                        datasets=value.datasets,
                    ),
                    replace(value, value=done.value) if done.value is not None else None,
                )
            )
        return parts

    def _ratio(
        self,
        fact: Fact,
        rule: Rule,
        area: str,
        by: str,
        period: str,
        source: Source,
        held: dict[str, Value],
        bottom: Value,
    ) -> Computed | None:
        top, of = held[period], self.inputs.facts[source.of]
        assert rule.bottom is not None
        under = self.inputs.facts[rule.bottom.of]
        number, steps = top.value, f"{written(top.value)} {unit_text(of.unit)}"
        used: tuple[FactorRow, ...] = ()
        if source.into:
            done = self._measures(rule, period).into(top.value, of.unit, source.into)
            if done.value is None:
                return None
            number, steps, used = done.value, done.steps, done.factors
        months = _MONTHS[by] if rule.per_month else 1
        value = number * rule.times / bottom.value / months
        words = f"{of.name} {steps} ÷ {under.name} {written(bottom.value)} {unit_text(under.unit)}"
        words += f" × {rule.times:,}" if rule.times != 1 else ""
        words += f" ÷ {months}" if months != 1 else ""
        made = answer(
            fact,
            rule,
            area,
            period,
            value,
            words,
            [part_of(of, top), part_of(under, bottom)],
            [top, bottom],
        )
        made = replace(made, factors=together(made.factors, used))
        if source.least:
            note = Remark(N_("Only {name} is held; the rate is at least this."), {"name": of.name})
            made = replace(made, status=rules.PARTIAL, notes=(*made.notes, note))
        return made

    def _cut(
        self, fact: Fact, rule: Rule, area: str, period: str, value: Value, base: Value, year: int
    ) -> Computed | None:
        notes: list[Remark] = []
        now, then = value.value, base.value
        if value.made is not None and base.made is not None:
            ours, theirs = held_parts(value.made), held_parts(base.made)
            both = [key for key in ours if key in theirs]
            if not both:
                return None
            now = sum((exact(ours[key].value or 0) for key in both), Fraction(0))
            then = sum((exact(theirs[key].value or 0) for key in both), Fraction(0))
            names = ", ".join(dict.fromkeys(ours[key].name for key in both))
            notes.append(Remark(N_("Compared: {names}."), {"names": names}))
        elif value.made is not None or base.made is not None:
            # A published inventory and a computed part do not count the same things.
            return None
        if not then:
            return None
        of = self.inputs.facts[rule.of]
        steps = (
            f"({of.name} {year} {written(then)} − {period} {written(now)}) {unit_text(of.unit)}"
            f" ÷ {written(then)} {unit_text(of.unit)} × 100"
        )
        return answer(
            fact,
            rule,
            area,
            period,
            (then - now) / then * 100,
            steps,
            [part_of(of, value), part_of(of, base)],
            [value, base],
            notes,
        )


def _wholes(division: dict[str, dict[str, Value]]) -> dict[str, Value]:
    """Return the sums of the items that divide a whole, by period."""
    every: dict[str, list[Value]] = {}
    for held in division.values():
        for period, value in held.items():
            every.setdefault(period, []).append(value)
    return {
        period: replace(
            parts[0],
            value=sum((one.value for one in parts), Fraction(0)),
            status=rules.least_certain([one.status for one in parts]),
            datasets=tuple(sorted({id for one in parts for id in one.datasets})),
        )
        for period, parts in every.items()
    }


_FORMS = {
    model.SUM: Engine.sum,
    model.RATIO: Engine.ratio,
    model.SHARE: Engine.share,
    model.CUT: Engine.cut,
    model.DEGREES: Engine.degrees,
}
