"""What is withheld from an attendance allowance, in whole won (domain 2.6); no floats anywhere."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache

import resources
from db.vocab import TaxMode
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_


@dataclass(frozen=True, slots=True)
class Rate:
    """The shares in force from a day on; fractions are (numerator, denominator)."""

    since: dt.date
    deemed: tuple[int, int]
    exempt: int
    tax: tuple[int, int]
    local: tuple[int, int]
    unit: int
    source: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class Paid:
    """An allowance in won: what is granted, what is withheld, what is paid out."""

    gross: int
    tax: int = 0
    local: int = 0

    @property
    def net(self) -> int:
        """Return what is paid out."""
        return self.gross - self.tax - self.local


@lru_cache
def rates() -> tuple[Rate, ...]:
    """Return the rates that ship, the oldest first."""
    data = tomllib.loads(resources.path("rules/allowance.toml").read_text("utf-8"))
    found = [
        Rate(
            line["from"],
            _fraction(line["deemed"]),
            line["exempt"],
            _fraction(line["tax"]),
            _fraction(line["local"]),
            line["unit"],
            line["source"],
            line.get("unverified", False),
        )
        for line in data["rate"]
    ]
    return tuple(sorted(found, key=lambda rate: rate.since))


def rate_on(day: dt.date) -> Rate:
    """Return the rate in force on a day; raises UserError where none is known."""
    held = [rate for rate in rates() if rate.since <= day]
    if not held:
        raise UserError(
            N_("No tax rates are known for {day:full}."),
            hint=N_("They are known from {since:full} on. Work this allowance out by hand."),
            day=day,
            since=rates()[0].since,
        )
    return held[-1]


def work_out(gross: int, mode: str, day: dt.date) -> Paid:
    """Return what is withheld from an allowance on a day under a body's tax rule."""
    if mode == TaxMode.NON_TAXABLE or gross == 0:
        return Paid(gross)
    rate = rate_on(day)
    income = gross - _share(gross, rate.deemed)
    if income <= rate.exempt:
        return Paid(gross)
    tax = _cut(_share(income, rate.tax), rate.unit)
    return Paid(gross, tax, _cut(_share(tax, rate.local), rate.unit))


def _fraction(text: str) -> tuple[int, int]:
    above, below = text.split("/")
    return int(above), int(below)


def _share(amount: int, share: tuple[int, int]) -> int:
    return amount * share[0] // share[1]


def _cut(amount: int, unit: int) -> int:
    return amount - amount % unit
