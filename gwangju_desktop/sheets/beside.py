"""What stands beside a file's tables: what a person gave, a sheet of metadata, a fingerprint."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets import units
from gwangju_desktop.sheets.cells import key, tidy
from gwangju_desktop.sheets.model import Sheet, Table
from gwangju_desktop.sheets.periods import NOTHING, Period, period
from gwangju_desktop.text import N_

_MOST_JSON = 50 << 20
_DIGITS = re.compile(r"\d+")


def refuse_json(path: Path) -> None:
    """Raise UserError for a file of JSON: its commas and quotation marks would read as text."""
    with path.open("rb") as file:
        if file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
            return
    if path.stat().st_size > _MOST_JSON:
        return
    try:
        json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return
    raise UserError(
        N_("{file} is not a spreadsheet."),
        hint=N_("Choose an .xlsx, .xls or .csv file."),
        file=path.name,
    )


def period_given(text: str) -> Period:
    """Return the period a person gave, NOTHING for ""; raises UserError where it is none."""
    if not text:
        return NOTHING
    found = period(text)
    if found is None or found.code is None:
        raise UserError(
            N_("'{text}' is not a period."), hint=N_("Write 2021 or 2021-03."), text=text
        )
    return found


def unit_given(text: str) -> str | None:
    """Return the unit a person gave, None for ""; raises UserError where it is none."""
    if not text:
        return None
    found = units.named(text)
    if found is None:
        raise UserError(
            N_("'{text}' is not a known unit."), hint=N_("Write kWh, MWh or 천㎥."), text=text
        )
    return found


def is_meta(sheet: Sheet) -> bool:
    """Say whether a sheet tells of the others, as those of the statistics office do."""
    return "메타" in sheet.name or "meta" in sheet.name.casefold()


def meta_unit(meta: list[Sheet]) -> str | None:
    """Return the unit a sheet of metadata states beside the word 단위."""
    for sheet in meta:
        for row in sheet.rows:
            if not row or not key(row[0]).endswith("단위"):
                continue
            for cell in row[1:]:
                if cell and (unit := units.named(tidy(cell))):
                    return unit
    return None


def fingerprint(found: list[Table], told: list[frozenset[str]]) -> str:
    """Return what a table has in common with its other years: header words, digits aside, axes `told`."""
    words = {
        _DIGITS.sub("#", key(text))
        for table in found
        for text in [*(part for line in table.columns for part in line.path), *table.roles]
    }
    axes = {axis for its in told for axis in its}
    said = "\n".join([*sorted(words), "", *sorted(axes)])
    return hashlib.sha256(said.encode()).hexdigest()
