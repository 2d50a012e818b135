"""`import energy` and `series`."""

from __future__ import annotations

import argparse
from typing import Any

from gwangju_desktop.commands import output
from gwangju_desktop.text import N_, say

# Cells shown with what was read in them.
SAMPLE = 6


def import_energy(asked: argparse.Namespace) -> int:
    """Import files all or nothing, or only say what an import would do."""
    from gwangju_desktop.energy import imports

    with output.office(asked, write=not asked.dry_run) as store:
        understood = []
        for number, path in enumerate(asked.files):
            asked.progress(number, len(asked.files))
            found = imports.prepare(path, period=asked.period or "", unit=asked.unit or "")
            understood.append(found)
        asked.progress(len(asked.files), len(asked.files))
        previews = []
        for found in understood:
            with store.reading() as read:
                compared = imports.compare(read, prepared=found) if found.ready else None
            previews.append(_preview(found, compared))
        if not asked.dry_run:
            if len(understood) == 1:
                made = [store.run(imports.import_readings, prepared=understood[0]).value]
            else:
                made = store.run(imports.import_files, prepared=understood).value
            for preview, dataset in zip(previews, made, strict=True):
                preview["dataset"] = dataset
    if asked.json:
        output.document(previews)
    else:
        for preview in previews:
            _say(preview)
    return 0


def series(asked: argparse.Namespace) -> int:
    """Print an indicator's readings."""
    from gwangju_desktop.energy import queries

    with output.office(asked) as store, store.reading() as read:
        found = queries.series(
            read,
            indicator=asked.indicator,
            area=asked.area,
            by=asked.by,
            where=",".join(asked.where),
        )
    if asked.json:
        output.document(queries.document(found))
        return 0
    output.table(
        ("period", "area", found.unit, "status", "from"),
        [
            (point.period, point.area, f"{point.value:,}", point.status, point.origin)
            for point in found.points
        ],
    )
    return 0


def _preview(found: Any, compared: Any) -> dict[str, Any]:
    """Return what was understood of a file, as the window shows it."""
    layout = found.layout
    return {
        "file": found.file,
        "sha256": found.sha256,
        "form": found.form,
        "encoding": found.encoding,
        "sheets": found.sheets,
        "layout": layout.id if layout else None,
        "publisher": layout.publisher if layout else None,
        "title": layout.title_ko if layout else None,
        "tables": output.plain(found.tables),
        "unit_from": sorted(found.unit_from),
        "period_from": sorted(found.period_from),
        "missing": found.missing,
        "sample": [one._asdict() for one in found.readings[:SAMPLE]],
        "ready": found.ready,
        "questions": [
            {
                "about": question.about,
                "text": str(question.text),
                "proposals": list(question.proposals),
            }
            for question in found.questions
        ],
        "remarks": [str(remark) for remark in found.remarks],
        "readings": len(found.readings) if found.ready else 0,
        "read": found.count,
        "changes": output.plain(compared),
    }


def _say(preview: dict[str, Any]) -> None:
    said = (preview["file"], preview["publisher"], preview["title"], preview["encoding"])
    output.line(" · ".join(part for part in said if part))
    for one in preview["sample"]:
        value = one["missing"] if one["value"] is None else f"{one['value']:,}"
        place = (one["place"], one["indicator"], one["area"], one["period"], one["item"])
        output.line(f"  {' '.join(part for part in place if part)} = {value} {one['unit']}")
    for remark in preview["remarks"]:
        output.line(f"  {remark}")
    for question in preview["questions"]:
        proposals = ", ".join(question["proposals"])
        output.line(f"  ? {question['text']} ({question['about']}: {proposals})")
    if preview["changes"]:
        counts = {key: n for key, n in preview["changes"].items() if isinstance(n, int)}
        output.line("  " + " · ".join(f"{key} {n:,}" for key, n in counts.items()))
    if "dataset" in preview:
        output.line("  " + say(N_("Imported as dataset {n}."), n=preview["dataset"]))
