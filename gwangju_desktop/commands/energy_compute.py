"""`compute`: a derived indicator with its formula, its parts and the factors it came from."""

from __future__ import annotations

import argparse
from typing import Any

from gwangju_desktop.commands import output
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_, say

MODES = ("year", "fixed", "latest")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `compute` takes."""
    parser.add_argument("indicator", metavar="INDICATOR")
    parser.add_argument("--year", metavar="Y", type=_year, required=True)
    parser.add_argument("--area", metavar="CODE", default="29000")
    parser.add_argument(
        "--mode", choices=MODES, help=say(N_("which factors: of the year, one for all, the latest"))
    )
    parser.add_argument("--definition", metavar="LETTER", choices=("a", "b", "c"))
    parser.add_argument(
        "--factor", metavar="ID", type=int, help=say(N_("a factor for all of its kind"))
    )


def compute(asked: argparse.Namespace) -> int:
    """Print a figure as computed now."""
    from gwangju_desktop.energy import derived

    with output.office(asked) as store, store.reading() as read:
        found = derived.compute(
            read,
            indicator=asked.indicator,
            area=asked.area,
            year=asked.year,
            mode=asked.mode or "",
            definition=asked.definition or "",
            factor=asked.factor,
        )
    if found.value is None:
        raise UserError(
            N_("{indicator} cannot be computed for {year}: {why}"),
            hint=N_("Import what lacks, or choose other factors with --mode."),
            indicator=asked.indicator,
            year=asked.year,
            why=" ".join(str(note) for note in found.notes),
        )
    if asked.json:
        output.document(_document(found, asked.year))
    else:
        _say(found)
    return 0


def _year(text: str) -> int:
    if len(text) == 4 and text.isascii() and text.isdigit():
        return int(text)
    raise argparse.ArgumentTypeError(say(N_("“{year}” is no year."), year=text))


def _document(found: Any, year: int) -> dict[str, Any]:
    return {
        "indicator": found.indicator,
        "area": found.area,
        "year": year,
        "value": found.value,
        "unit": found.unit,
        "status": found.status,
        "from": found.origin,
        "change": found.change,
        "definition": found.definition,
        "mode": found.mode,
        "formula": found.formula,
        "factors": [
            {
                "id": row.id,
                "kind": row.kind,
                "variant": row.variant,
                "name": row.name,
                "value": row.value,
                "unit": row.unit,
                "valid_from": row.valid_from,
                "valid_to": row.valid_to,
                "source": row.source,
                "mark": row.mark,
            }
            for row in found.factors
        ],
        "parts": [
            {
                "indicator": part.indicator,
                "item": part.item,
                "name": part.name,
                "value": part.value,
                "unit": part.unit,
                "amount": part.amount,
                "amount_unit": part.amount_unit,
                "formula": part.formula,
                "factors": list(part.factors),
                "dataset": list(part.datasets),
            }
            for part in found.parts
        ],
        "notes": [str(note) for note in found.notes],
        "dataset": list(found.datasets),
    }


def _say(found: Any) -> None:
    from gwangju_desktop.energy.words import STATUSES

    status = say(STATUSES.get(found.status, found.status))
    output.line(f"{found.indicator} {found.period}: {found.value:,.10g} {found.unit} ({status})")
    if found.definition:
        output.line(f"  {found.definition}")
    output.line(f"  {found.formula}")
    if found.change is not None:
        change = f"{found.change * 100:+.1f}"
        output.line("  " + say(N_("{change} % since the year before"), change=change))
    for row in found.factors:
        output.line(f"  [{row.id}] {row.name} {row.value:,.10g} {row.unit} — {row.source}")
    for note in found.notes:
        output.line(f"  {note}")
