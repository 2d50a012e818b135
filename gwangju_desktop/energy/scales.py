"""How energy figures are written: in the unit that reads best, in about four digits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gwangju_desktop.text import C_, N_, Msg, say, words

# unit -> larger units that read better, the largest first
LARGER: dict[str, tuple[tuple[float, Msg], ...]] = {
    "MWh": ((1e6, Msg("TWh")), (1e3, Msg("GWh"))),
    "천Nm3": ((1e3, N_("million Nm³")),),
    "천㎥": ((1e3, N_("million m³")),),
    "tCO2eq": ((1e6, N_("Mt CO₂eq")), (1e3, N_("kt CO₂eq"))),
}
PLAIN: dict[str, Msg] = {
    "천Nm3": N_("thousand Nm³"),
    "천㎥": N_("thousand m³"),
    "m3": N_("m³"),
    "kWh/m2": Msg("kWh/㎡"),
    "MWh/명": N_("MWh per person"),
    "tCO2eq/명": N_("t CO₂eq per person"),
    "세대": N_("homes"),
    "호": N_("customers"),
    "개": C_("unit", "pieces"),
    "tCO2eq": N_("t CO₂eq"),
    "백만tCO2eq": N_("Mt CO₂eq"),
    "개소": N_("sites"),
    "대": C_("unit", "vehicles"),
    "가구": N_("households"),
    "명": C_("unit", "people"),
}


def unit_words(unit: str) -> Msg:
    """Name a unit as it is stored, in the language shown."""
    return PLAIN.get(unit, Msg(unit))


def unit_text(unit: str) -> str:
    """Write a unit in a formula: as it is stored, but for Hangul in another language."""
    return unit if unit.isascii() or words().language == "ko" else say(unit_words(unit))


@dataclass(frozen=True, slots=True)
class Scale:
    """How values are shown: divided by `by`, called `unit`."""

    by: float
    unit: Msg

    @classmethod
    def of(cls, unit: str, values: Iterable[float]) -> Scale:
        """Choose the largest unit in which the greatest value is at least 1."""
        most = max((abs(v) for v in values), default=0.0)
        for by, larger in LARGER.get(unit, ()):
            if most >= by:
                return cls(by, larger)
        return cls(1.0, unit_words(unit))


def written(value: float) -> str:
    """Write a value in about four digits, with a true minus: 8.97, 89.7, 897, 8,973."""
    size = abs(value)
    digits = 0 if size >= 100 or size == 0 else 1 if size >= 10 else 2 if size >= 0.1 else 3
    return f"{value:,.{digits}f}".replace("-", "−")
