"""What the codes of energy indicators are called: screens, documents, commands and copies."""

from __future__ import annotations

from db.vocab import AnnotationKind, AreaLevel, Direction, Frequency, IndicatorKind, TargetKind
from gwangju_desktop.text import C_, N_, Msg

# The groups of indicators, in the order they are shown.
SECTIONS: dict[str, Msg] = {
    "emissions": N_("Greenhouse gas"),
    "electricity": N_("Electricity"),
    "gas_heat": N_("Gas and heat"),
    "energy": N_("Energy as a whole"),
    "renewables": N_("Renewables"),
    "buildings": C_("energy", "Buildings"),
    "transport": C_("energy", "Transport"),
    "welfare": N_("Taking part and welfare"),
    "water": C_("energy", "Water"),
    "base": N_("Base figures"),
}
KINDS: dict[str, Msg] = {
    IndicatorKind.FLOW: C_("indicator kind", "Flow (adds up over time and places)"),
    IndicatorKind.STOCK: C_("indicator kind", "Stock (adds up over places)"),
    IndicatorKind.RATE: C_("indicator kind", "Rate (never adds up)"),
}
DIRECTIONS: dict[str, Msg] = {
    Direction.DOWN: C_("direction", "Lower is better"),
    Direction.UP: C_("direction", "Higher is better"),
    Direction.NONE: C_("direction", "Neither is better"),
}
STATUSES: dict[str, Msg] = {
    "final": C_("figure status", "Final"),
    "provisional": C_("figure status", "Provisional"),
    "estimated": C_("figure status", "Estimated"),
    "partial": C_("figure status", "Partial"),
}
ORIGINS: dict[str, Msg] = {
    "published": C_("figure origin", "Published"),
    "sum": C_("figure origin", "Sum"),
    "computed": C_("figure origin", "Computed"),
}
FREQUENCIES: dict[str, Msg] = {
    "": C_("frequency", "Not regular"),
    Frequency.YEAR: C_("frequency", "Yearly"),
    Frequency.QUARTER: C_("frequency", "Quarterly"),
    Frequency.MONTH: C_("frequency", "Monthly"),
    Frequency.DAY: C_("frequency", "Daily"),
    Frequency.HOUR: C_("frequency", "Hourly"),
}
LEVELS: dict[str, Msg] = {
    "": C_("area level", "Not said"),
    AreaLevel.NATION: C_("area level", "Nation"),
    AreaLevel.PROVINCE: C_("area level", "Province"),
    AreaLevel.CITY: C_("area level", "City"),
    AreaLevel.DISTRICT: C_("area level", "District"),
    AreaLevel.DONG: C_("area level", "Dong"),
    AreaLevel.OTHER: C_("area level", "Other"),
}
TARGETS: dict[str, Msg] = {
    TargetKind.TARGET: C_("target kind", "Target"),
    TargetKind.LEAST: C_("target kind", "Least the law asks for"),
    TargetKind.START: C_("target kind", "Start of the path"),
}
ANNOTATIONS: dict[str, Msg] = {
    AnnotationKind.POLICY: C_("annotation kind", "Policy"),
    AnnotationKind.WEATHER: C_("annotation kind", "Weather"),
    AnnotationKind.METHOD: C_("annotation kind", "Method"),
    AnnotationKind.EVENT: C_("annotation kind", "Event"),
}
