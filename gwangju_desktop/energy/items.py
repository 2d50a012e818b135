"""What the values of dimensions are called: uses of electricity, gases, the rest."""

from __future__ import annotations

from gwangju_desktop.energy.sums import REST
from gwangju_desktop.text import C_, Msg

DIMENSIONS: dict[str, Msg] = {
    "use": C_("energy dimension", "Use"),
    "building": C_("energy dimension", "Building type"),
    "gas": C_("energy dimension", "Gas"),
    "energy": C_("energy dimension", "Energy source"),
    "supplier": C_("energy dimension", "Supplier"),
    "sector": C_("energy dimension", "Sector"),
}
_USES: dict[str, Msg] = {
    "residential": C_("energy item", "Homes"),
    "general": C_("energy item", "General"),
    "education": C_("energy item", "Education"),
    "industrial": C_("energy item", "Industry"),
    "agricultural": C_("energy item", "Farming"),
    "streetlight": C_("energy item", "Street lights"),
    "night": C_("energy item", "Night storage"),
    "public": C_("energy item", "Public"),
    "service": C_("energy item", "Services"),
    "business": C_("energy item", "Business (all)"),
    "manufacturing": C_("energy item", "Manufacturing (all)"),
    "mining": C_("energy item", "Mining"),
}
_GASES: dict[str, Msg] = {
    "gross": C_("energy item", "Gross emissions"),
    "net": C_("energy item", "Net emissions"),
    "co2": Msg("CO₂"),
    "ch4": Msg("CH₄"),
    "n2o": Msg("N₂O"),
    "hfcs": Msg("HFCs"),
    "pfcs": Msg("PFCs"),
    "sf6": Msg("SF₆"),
    "lulucf": C_("energy item", "Land use and forests"),
}
_ENERGIES: dict[str, Msg] = {
    "electricity": C_("energy item", "Electricity"),
    "gas": C_("energy item", "City gas"),
    "heat": C_("energy item", "District heat"),
    "oil": C_("energy item", "Oil"),
}
_ITEMS = {"use": _USES, "gas": _GASES, "energy": _ENERGIES}
_REST: Msg = C_("energy item", "Rest")


def label(dimension: str, code: str) -> Msg | str:
    """Name a value of a dimension; what the publisher calls it where there is no code for it."""
    if code == REST:
        return _REST
    known = _ITEMS.get(dimension, {}).get(code)
    return known if known is not None else code.replace("/", " / ")


def dimension_label(dimension: str) -> Msg | str:
    """Name a dimension."""
    return DIMENSIONS.get(dimension, dimension)
