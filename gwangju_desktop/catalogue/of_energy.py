"""The documents of energy figures in the catalogue."""

from __future__ import annotations

from gwangju_desktop.catalogue.entry import PERIOD, TABLES, About, Entry
from gwangju_desktop.text import C_

_HERE = "gwangju_desktop.catalogue"

OF_ENERGY = (
    Entry(
        "energy-monthly",
        C_("document", "Monthly energy report"),
        About.PERIOD,
        TABLES,
        f"{_HERE}.energy_monthly:monthly",
        options=(PERIOD,),
    ),
    Entry(
        "energy-statement",
        C_("document", "Yearly statement of greenhouse gas emissions"),
        About.PERIOD,
        TABLES,
        f"{_HERE}.energy_statement:statement",
        options=(PERIOD,),
    ),
)
