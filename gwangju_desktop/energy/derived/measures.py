"""One measure as another, by the factors of a day: exact fractions, and the steps in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gwangju_desktop.energy.factors import FactorRow, Picked, pick
from gwangju_desktop.energy.scales import unit_text
from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets import units
from gwangju_desktop.sheets.model import Remark
from gwangju_desktop.text import N_

# What one unit is of its kind's own measure: kWh, MJ, kcal, toe, Nm3, L.
_OWN: dict[str, dict[str, Fraction]] = {
    "power": {
        "kWh": Fraction(1),
        "MWh": Fraction(1000),
        "GWh": Fraction(10**6),
        "TWh": Fraction(10**9),
    },
    "joule": {"MJ": Fraction(1), "GJ": Fraction(1000), "TJ": Fraction(10**6)},
    "kcal": {"kcal": Fraction(1), "Gcal": Fraction(10**6)},
    "toe": {"toe": Fraction(1), "천toe": Fraction(1000)},
    "gas": {
        "㎥": Fraction(1),
        "Nm3": Fraction(1),
        "천㎥": Fraction(1000),
        "천Nm3": Fraction(1000),
        "백만㎥": Fraction(10**6),
    },
    "oil": {"L": Fraction(1), "kL": Fraction(1000), "천kL": Fraction(10**6)},
}
# Energy units somebody may ask for, the usual ones first.
ENERGY = ("kWh", "MWh", "GWh", "MJ", "GJ", "TJ", "Gcal", "toe", "천Nm3", "kL")
OILS = ("kerosene", "diesel")
_CARBON = Fraction(44, 12)


@dataclass(frozen=True, slots=True)
class Measured:
    """A number turned into another unit; None where a factor lacks, which `remarks` says."""

    value: Fraction | None
    steps: str
    factors: tuple[FactorRow, ...]
    remarks: tuple[Remark, ...] = ()


class Measures:
    """Conversions with the factors of one year and mode."""

    def __init__(
        self,
        rows: Sequence[FactorRow],
        year: int,
        *,
        mode: str = "year",
        power: str = "final",
        gwp: str = "AR5",
        chosen: FactorRow | None = None,
        on: dt.date | None = None,
    ) -> None:
        """Take the factors once; `chosen` stands for whatever is of its kind, `on` is a day."""
        self.on = on
        self.rows, self.year, self.mode = rows, year, mode
        self.power, self.gwp, self.chosen = power, gwp, chosen
        self._used: list[FactorRow] = []
        self._remarks: list[Remark] = []

    # --- what is asked

    def into(self, value: Fraction, unit: str, into: str, *, carrier: str = "") -> Measured:
        """Return a number in another unit of energy: kWh, MWh, TJ, Gcal, toe, 천Nm3 …

        Raises UserError for units that measure different things.
        """
        plain = units.ratio(unit, into)
        if plain is not None:
            return Measured(value * plain, f"{written(value)} {unit_text(unit)}", ())
        source, target = _kind(unit), _kind(into)
        if source is None or target is None or target == "oil" or into == unit:
            raise UserError(
                N_("{unit} cannot be turned into {into}."),
                hint=N_("Energy is measured in {units}."),
                unit=unit,
                into=into,
                units=", ".join(ENERGY),
            )
        self._begin()
        found = self._energy(value * _OWN[source][unit], source, target, carrier)
        if found is None:
            return self._end(None, "")
        number, steps = found
        return self._end(number / _OWN[target][into], f"{written(value)} {unit_text(unit)}{steps}")

    def emitted(self, value: Fraction, unit: str, carrier: str) -> Measured:
        """Return the tCO2eq of energy used: electricity, gas (net heat content) or heat."""
        self._begin()
        by: dict[str, Callable[[Fraction, str], tuple[Fraction, str] | None]] = {
            "electricity": self._grid,
            "gas": self._gas,
            "heat": self._heat,
        }
        found = by[carrier](value, unit) if carrier in by else None
        if found is None:
            return self._end(None, "")
        return self._end(*found)

    def standard(self, volume: Fraction, supplied: Fraction) -> Measured:
        """Return metered m3 at the supplier's heat content (MJ/m3) as Nm3 (domain: city gas)."""
        self._begin()
        gross = self._factor("gas.gross", "MJ")
        if gross is None:
            return self._end(None, "")
        steps = f"{written(volume)} m3 × {written(supplied)} MJ/m3 ÷ {_of(gross)}"
        return self._end(volume * supplied / gross.exact, steps)

    # --- emissions

    def _grid(self, value: Fraction, unit: str) -> tuple[Fraction, str] | None:
        row = self._factor("grid.co2eq", "")
        ratio = units.ratio(unit, "MWh")
        if row is None or ratio is None:
            return None
        return value * ratio * row.exact, f"{written(value * ratio)} MWh × {_of(row)}"

    def _gas(self, value: Fraction, unit: str) -> tuple[Fraction, str] | None:
        heat = self._factor("gas.net", "MJ")
        carbon = self._factor("gas.carbon", "national")
        if heat is None or carbon is None:
            return None
        volume = value * _OWN["gas"][unit]
        each = carbon.exact * (_CARBON if carbon.unit.startswith("tC/") else 1)
        share = " × 44/12" if carbon.unit.startswith("tC/") else ""
        steps = f"{written(volume)} Nm3 × {_of(heat)} × 10⁻⁶ × {_of(carbon)}{share}"
        return volume * heat.exact / 10**6 * each, steps

    def _heat(self, value: Fraction, unit: str) -> tuple[Fraction, str] | None:
        energy = self._energy(value * _OWN[_kind(unit) or "kcal"][unit], _kind(unit), "joule", "")
        gases = [self._factor(f"heat.{gas}", "") for gas in ("co2", "ch4", "n2o")]
        worth = [self._factor(f"gwp.{gas}", self.gwp) for gas in ("ch4", "n2o")]
        if energy is None or None in gases or None in worth:
            return None
        co2, ch4, n2o = (row for row in gases if row is not None)
        of_ch4, of_n2o = (row for row in worth if row is not None)
        each = co2.exact + ch4.exact * of_ch4.exact + n2o.exact * of_n2o.exact
        tera = energy[0] / 10**6
        sums = (
            f"{written(co2.exact)} + {written(ch4.exact)} × {written(of_ch4.exact)}"
            f" + {written(n2o.exact)} × {written(of_n2o.exact)}"
        )
        return tera * each / 1000, f"{written(tera)} TJ × ({sums}) kgCO2eq/TJ ÷ 1000"

    # --- energy

    def _energy(
        self, own: Fraction, source: str | None, target: str, carrier: str
    ) -> tuple[Fraction, str] | None:
        """Turn a kind's own measure into another's: by joules where one of both is, else by kcal."""
        if source == target:
            return own, ""
        by_joule = "joule" in (source, target)
        if "gas" in (source, target) and not self._any("gas.net", "kcal"):
            # The earlier table is known in MJ only.
            by_joule = True
        found = (
            self._mega(own, source or "", carrier)
            if by_joule
            else self._kilo(own, source or "", carrier)
        )
        if found is None:
            return None
        number, steps = found
        if target in ("joule", "kcal") and (target == "joule") == by_joule:
            return number, steps
        row = {
            "power": ("power.energy" if by_joule else "power.heat", self.power),
            "gas": ("gas.net", "MJ" if by_joule else "kcal"),
            "toe": ("toe", ""),
            "kcal": ("cal", ""),
        }[target]
        if by_joule and target in ("kcal", "toe"):
            cal = self._factor("cal", "")
            if cal is None:
                return None
            number, steps = number * 1000 / cal.exact, f"{steps} ÷ {_of(cal)}"
            if target == "kcal":
                return number, steps
        factor = self._factor(*row)
        if factor is None:
            return None
        return number / factor.exact, f"{steps} ÷ {_of(factor)}"

    def _kilo(self, own: Fraction, source: str, carrier: str) -> tuple[Fraction, str] | None:
        """Return kcal."""
        if source == "kcal":
            return own, ""
        return self._times(own, source, carrier, "kcal")

    def _mega(self, own: Fraction, source: str, carrier: str) -> tuple[Fraction, str] | None:
        """Return MJ."""
        if source == "joule":
            return own, ""
        if source in ("power", "gas"):
            return self._times(own, source, carrier, "MJ")
        kilo = self._kilo(own, source, carrier)
        cal = self._factor("cal", "")
        if kilo is None or cal is None:
            return None
        return kilo[0] * cal.exact / 1000, f"{kilo[1]} × {_of(cal)}"

    def _times(
        self, own: Fraction, source: str, carrier: str, into: str
    ) -> tuple[Fraction, str] | None:
        if source == "oil" and carrier not in OILS:
            self._remarks.append(
                Remark(N_("Oil needs its product: {known}."), {"known": ", ".join(OILS)})
            )
            return None
        kind, variant = {
            "power": ("power.energy" if into == "MJ" else "power.heat", self.power),
            "gas": ("gas.net", into),
            "toe": ("toe", ""),
            "oil": (f"{carrier}.net", ""),
        }[source]
        row = self._factor(kind, variant)
        if row is None:
            return None
        return own * row.exact, f" × {_of(row)}"

    # --- factors

    def _begin(self) -> None:
        self._used, self._remarks = [], []

    def _end(self, value: Fraction | None, steps: str) -> Measured:
        used = tuple(dict.fromkeys(self._used)) if value is not None else ()
        remarks = [one for n, one in enumerate(self._remarks) if one not in self._remarks[:n]]
        return Measured(value, steps, used, tuple(remarks))

    def _factor(self, kind: str, variant: str) -> FactorRow | None:
        chosen = self.chosen
        # Heat contents stand in MJ and in kcal: the one chosen is in one of them.
        meant = variant not in ("MJ", "kcal") or (chosen and chosen.unit.startswith(variant))
        if chosen is not None and chosen.kind == kind and meant:
            self._used.append(chosen)
            return chosen
        found = self._picked(kind, variant)
        if found.remark is not None:
            self._remarks.append(found.remark)
        if found.row is not None:
            self._used.append(found.row)
        return found.row

    def _picked(self, kind: str, variant: str) -> Picked:
        return pick(self.rows, kind, self.year, self.mode, variant, on=self.on)

    def _any(self, kind: str, variant: str) -> bool:
        """Say whether a factor of the year's own table is there."""
        if self.chosen is not None and self.chosen.kind == kind:
            return self.chosen.unit.startswith(variant)
        found = self._picked(kind, variant)
        return found.row is not None and found.remark is None


def written(value: Fraction) -> str:
    """Write a number exactly as far as six decimals reach: 8,973,446.068."""
    text = f"{float(value):,.6f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def _of(row: FactorRow) -> str:
    return f"{written(row.exact)} {row.unit}"


def _kind(unit: str) -> str | None:
    return next((kind for kind, own in _OWN.items() if unit in own), None)
