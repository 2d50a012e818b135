"""Units as spreadsheets write them, and the exact ratios between them."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

PERCENT = "%"
# A share of which 1 is the whole: what a person answers where percentages are written so.
HUNDREDTHS = "1=100%"

# Every spelling, folded by NFKC (which turns ㎥ into m3), lower case and without blanks.
_SPELLINGS = {
    "kWh": ("kwh",),
    "MWh": ("mwh", "천kwh"),
    "GWh": ("gwh", "백만kwh"),
    "TWh": ("twh",),
    "kW": ("kw",),
    "MW": ("mw",),
    "㎥": ("m3", "nm3", "m^3"),
    "천㎥": ("천m3", "천nm3", "1000m3", "천m^3"),
    "백만㎥": ("백만m3", "백만nm3"),
    "Gcal": ("gcal",),
    "TJ": ("tj",),
    "GJ": ("gj",),
    "MJ": ("mj",),
    "toe": ("toe",),
    "천toe": ("천toe",),
    "톤": ("톤", "ton"),
    "천톤": ("천톤",),
    "kL": ("kl",),
    "천kL": ("천kl",),
    "천배럴": ("천배럴",),
    "kgCO2eq": ("kgco2", "kgco2eq"),
    "tCO2eq": ("tco2eq", "tco2", "tco2-eq", "톤co2", "톤co2eq"),
    "천tCO2eq": ("천tco2eq", "천톤co2eq"),
    "백만tCO2eq": ("백만tco2", "백만톤co2eq", "백만tco2eq"),
    PERCENT: ("%",),
    HUNDREDTHS: ("1=100%",),
    "개": ("개",),
    "호": ("호",),
    "가구": ("가구",),
    "세대": ("세대",),
    "명": ("명",),
    "대": ("대",),
    "개소": ("개소",),
    "원": ("원",),
    "천원": ("천원",),
    "백만원": ("백만원",),
    "억원": ("억원",),
    "원/kWh": ("원/kwh",),
}
_UNITS = {spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings}

# How many of the kind's own measure one unit is.
_KINDS: dict[str, dict[str, Fraction]] = {
    "electricity": {
        "kWh": Fraction(1, 1000),
        "MWh": Fraction(1),
        "GWh": Fraction(1000),
        "TWh": Fraction(1_000_000),
    },
    "power": {"kW": Fraction(1), "MW": Fraction(1000)},
    # Sales of city gas are counted at standard conditions, so 천㎥ and 천Nm3 are one unit here.
    "gas": {
        "㎥": Fraction(1, 1000),
        "천㎥": Fraction(1),
        "천Nm3": Fraction(1),
        "백만㎥": Fraction(1000),
    },
    "heat": {"MJ": Fraction(1, 1000), "GJ": Fraction(1), "TJ": Fraction(1000)},
    "oil": {"kL": Fraction(1), "천kL": Fraction(1000)},
    "toe": {"toe": Fraction(1), "천toe": Fraction(1000)},
    # Households, meters and customers are all counted by one.
    "count": dict.fromkeys(("개", "호", "가구", "세대"), Fraction(1)),
    "mass": {"톤": Fraction(1), "천톤": Fraction(1000)},
    "gases": {
        "kgCO2eq": Fraction(1, 1000),
        "tCO2eq": Fraction(1),
        "천tCO2eq": Fraction(1000),
        "백만tCO2eq": Fraction(1_000_000),
    },
}

_IN_BRACKETS = re.compile(
    r"[(\[<【]\s*(?:단위\s*[:：]?)?\s*([^()\[\]<>【】]{1,14}?)\s*[)\]>】]"
    r"|단위\s*[:：]\s*([^\s,)]{1,14})"
)
_AT_THE_END = re.compile(r"[_ ]([A-Za-z]{2,3})$")


def stated(text: str) -> str | None:
    """Return the unit a text states beside other words: '(MWh)', '단위 : 천㎥', 'PJME_MW'."""
    plain = unicodedata.normalize("NFKC", text)
    for found in _IN_BRACKETS.finditer(plain):
        if unit := _UNITS.get(_folded(found[1] or found[2])):
            return unit
    tail = _AT_THE_END.search(plain)
    return _UNITS.get(_folded(tail[1])) if tail else None


def named(text: str) -> str | None:
    """Return the unit that a text is as a whole, or states in brackets."""
    plain = unicodedata.normalize("NFKC", text)
    return _UNITS.get(_folded(plain)) or stated(text)


def ratio(unit: str, into: str) -> Fraction | None:
    """Return how many `into` one `unit` is, exactly, or None when they measure different things."""
    if unit == into:
        return Fraction(1)
    unit, into = named(unit) or unit, named(into) or into
    if unit == into:
        return Fraction(1)
    for units in _KINDS.values():
        if unit in units and into in units:
            return units[unit] / units[into]
    return None


def _folded(text: str) -> str:
    return text.replace(" ", "").casefold()
