"""What a derived indicator is made of: its rule as it stands in the catalogue, and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gwangju_desktop.energy.factors import FactorRow
from gwangju_desktop.members.rules import named
from gwangju_desktop.sheets.model import Remark
from gwangju_desktop.text import C_, say

SUM, RATIO, SHARE, CUT, DEGREES = "sum", "ratio", "share", "cut", "degrees"


@dataclass(frozen=True, slots=True)
class Source:
    """An indicator something is computed from.

    `carrier` says which energy it is; `least` marks one that is only a part of what is meant;
    `month` takes that month of the year; `dimension` reads it by its items.
    """

    of: str
    carrier: str = ""
    where: str = ""
    into: str = ""
    dimension: str = ""
    month: int = 0
    least: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """How an indicator is computed, as one of its definitions reads."""

    form: str
    parts: tuple[Source, ...] = ()
    top: tuple[Source, ...] = ()
    bottom: Source | None = None
    of: str = ""
    by: str = ""
    dimension: str = ""
    item: str = ""
    times: int = 1
    per_month: bool = False
    mode: str = "year"
    power: str = "final"
    gwp: str = "AR5"
    definition: str = ""
    title: str = ""

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return the codes it reads, each once."""
        codes = [source.of for source in (*self.parts, *self.top)]
        codes += [self.bottom.of] if self.bottom else []
        codes += [code for code in (self.of, self.by) if code]
        return tuple(dict.fromkeys(codes))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a computed figure; `value` is None where it has no figures.

    `amount` is what was read, `value` what it came to in the result's unit.
    """

    indicator: str
    name: str
    value: float | None
    unit: str
    amount: float | None = None
    amount_unit: str = ""
    formula: str = ""
    factors: tuple[int, ...] = ()
    item: str = ""
    datasets: tuple[int, ...] = ()
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Computed:
    """A derived figure: value and unit, the formula with its numbers, and all it came from.

    `value` is None where it could not be computed; `notes` say why, and what is particular.
    `change` is since the year before, as a share; `read_in` the definition's letter asked for.
    """

    indicator: str
    area: str
    period: str
    value: float | None
    unit: str
    status: str
    formula: str
    definition: str = ""
    mode: str = ""
    origin: str = "computed"
    parts: tuple[Part, ...] = ()
    factors: tuple[FactorRow, ...] = ()
    notes: tuple[Remark, ...] = ()
    datasets: tuple[int, ...] = ()
    months: int | None = None
    change: float | None = None
    read_in: str = ""


def rule_of(raw: Mapping[str, Any], definition: str = "") -> Rule:
    """Read a rule of the catalogue in one of its definitions, "" for the one chosen there.

    Raises KeyError for a definition it has not.
    """
    told = dict(raw)
    known = told.pop("definitions", {})
    chosen = definition or told.get("definition", "")
    title = ""
    if chosen:
        one = dict(known[chosen])
        name = one.pop("name")
        title = named(name["ko"], name["en"])
        told |= one
    told |= {"definition": chosen, "title": title}
    for many in ("parts", "top"):
        told[many] = tuple(Source(**one) for one in told.get(many, ()))
    if told.get("bottom"):
        told["bottom"] = Source(**told["bottom"])
    return Rule(**told)


def definitions_of(raw: Mapping[str, Any] | None) -> dict[str, str]:
    """Return the definitions a rule may be read in: letter and name."""
    known = (raw or {}).get("definitions", {})
    return {key: named(one["name"]["ko"], one["name"]["en"]) for key, one in known.items()}


def described(rule: Rule, names: Mapping[str, str]) -> str:
    """Write a rule without numbers: 전력사용량 × 계수 + 도시가스 사용량 × 계수."""

    def name(code: str) -> str:
        return names.get(code, code)

    if rule.form == SUM:
        factor = say(C_("formula", "factor"))
        return " + ".join(f"{name(source.of)} × {factor}" for source in rule.parts)
    if rule.form == RATIO and rule.bottom is not None:
        tops = " / ".join(name(source.of) for source in rule.top)
        times = f" × {rule.times:,}" if rule.times != 1 else ""
        return f"{tops} ÷ {name(rule.bottom.of)}{times}"
    if rule.form == SHARE:
        return f"{name(rule.of)}({rule.dimension}) ÷ {name(rule.of)} × 100"
    if rule.form == CUT:
        return f"(E₀ − E) ÷ E₀ × 100, E = {name(rule.of)}"
    return f"{name(rule.of)} × {name(rule.by)}(x̄) ÷ {name(rule.by)}"
