"""`import energy` and `series`."""

from __future__ import annotations

import argparse
import codecs
import datetime as dt
from pathlib import Path
from typing import Any

from gwangju_desktop.commands import output
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_, say

# Cells shown with what was read in them.
SAMPLE = 6


def importing(parser: argparse.ArgumentParser) -> None:
    """Add what `import energy` understands."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    parser.add_argument(
        "--layout",
        metavar="NAME|FILE.toml",
        help=say(N_("take the files for this published table, or for the one declared there")),
    )
    parser.add_argument(
        "--sheet",
        metavar="S",
        action="append",
        default=[],
        help=say(N_("read only this sheet; may be given again")),
    )
    parser.add_argument(
        "--period",
        metavar="P",
        help=say(
            N_("of which period the file is where it does not say it: 2021, 2021-03, 2021-Q1")
        ),
    )
    parser.add_argument(
        "--unit",
        metavar="U",
        help=say(
            N_(
                "in which unit the numbers are where the file does not say it: kWh, MWh, 천㎥; "
                "1=100%% where percentages are written as fractions of one, %% where they are not"
            )
        ),
    )
    parser.add_argument(
        "--area",
        metavar="NAME=CODE",
        action="append",
        default=[],
        help=say(N_("which area a name in the file is: 광주=29000; may be given again")),
    )
    parser.add_argument(
        "--encoding",
        metavar="E",
        help=say(N_("the encoding of a text file, where it is taken for another: cp949, utf-8")),
    )
    parser.add_argument(
        "--accept-totals",
        action="store_true",
        help=say(N_("take totals that do not add up as they were published")),
    )
    parser.add_argument("--dry-run", action="store_true")


def asking_series(parser: argparse.ArgumentParser) -> None:
    """Add what `series` understands."""
    parser.add_argument("indicator", metavar="INDICATOR")
    parser.add_argument("--area", metavar="CODE")
    parser.add_argument("--by", choices=("year", "quarter", "month", "day", "hour"), default="year")
    parser.add_argument("--where", metavar="DIMENSION=VALUE", action="append", default=[])
    parser.add_argument(
        "--known-on",
        metavar="DAY",
        type=dt.date.fromisoformat,
        help=say(N_("as the imports until the end of this day had it")),
    )
    parser.add_argument("--from", dest="first", metavar="P")
    parser.add_argument("--to", dest="last", metavar="P")


def import_energy(asked: argparse.Namespace) -> int:
    """Import files all or nothing, or only say what an import would do.

    A file with nothing new is no fault: its dataset is null.
    """
    from gwangju_desktop.energy import imports, rollup

    given = _given(asked)
    with output.office(asked, write=not asked.dry_run) as store:
        understood = []
        for number, path in enumerate(asked.files):
            asked.progress(number, len(asked.files))
            understood.append(imports.understood(store, path, **given))
        asked.progress(len(asked.files), len(asked.files))
        previews = []
        for found in understood:
            with store.reading() as read:
                compared = imports.compare(read, prepared=found) if found.ready else None
            previews.append(_preview(found, compared))
        if not asked.dry_run:
            made = store.run(imports.import_files, prepared=understood).value
            for found, preview, dataset in zip(understood, previews, made, strict=True):
                preview["dataset"] = dataset
                store.run(imports.remember, prepared=found, given=given)
            rollup.settle_quietly(store)
    if asked.json:
        output.document(previews)
    else:
        for preview in previews:
            _say(preview)
    return 0


def _given(asked: argparse.Namespace) -> dict[str, Any]:
    """Return what the command line says of the files; a layout may stand in a file of its own."""
    from gwangju_desktop.energy import layouts_held
    from gwangju_desktop.sheets import declaring

    given: dict[str, Any] = {
        "period": asked.period or "",
        "unit": asked.unit or "",
        "layout": asked.layout or "",
        "sheets": tuple(asked.sheet),
        "accept_totals": asked.accept_totals,
    }
    answers: dict[str, Any] = {}
    if asked.area:
        answers["areas"] = dict(_area(said) for said in asked.area)
    if asked.encoding:
        answers["encoding"] = _encoding(asked.encoding)
    if answers:
        given["answers"] = answers
    if given["layout"].endswith(".toml"):
        declaration = layouts_held.read_declaration(Path(asked.layout))
        given |= {"declared": (declaration,), "layout": declaring.parse(declaration).id}
    return given


def _area(said: str) -> tuple[str, str]:
    """Return a name of the file and the code it was said to have."""
    name, _, code = said.partition("=")
    if not name.strip() or not code.strip():
        raise UserError(
            N_("“{text}” names no area and its code."),
            hint=N_("Write it as --area 광주=29000."),
            text=said,
        )
    # The reader knows a place by its words in a row, without what parts them in a question.
    return name.strip().replace("/", ""), code.strip()


def _encoding(said: str) -> str:
    """Return an encoding that can be read."""
    try:
        return codecs.lookup(said).name
    except LookupError:
        raise UserError(
            N_("There is no encoding {name}."),
            hint=N_("Write utf-8, cp949 or utf-16."),
            name=said,
        ) from None


def series(asked: argparse.Namespace) -> int:
    """Print an indicator's figures."""
    from gwangju_desktop.energy import queries

    with output.office(asked) as store, store.reading() as read:
        found = queries.series(
            read,
            indicator=asked.indicator,
            area=asked.area,
            by=asked.by,
            where=",".join(asked.where) or None,
            as_known_on=asked.known_on,
            first=asked.first,
            last=asked.last,
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
    from gwangju_desktop.energy.compare import KINDS

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
        "fingerprint": found.fingerprint,
        "layouts": list(found.layouts),
        "sheet_choice": [
            {"name": one.name, "readable": one.readable, "why": str(one.why) if one.why else None}
            for one in found.sheet_choice
        ],
        "accepted": output.plain(found.accepted),
        "readings": sum(getattr(compared, kind) for kind in KINDS) if compared else 0,
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
        if other := preview["changes"]["repeats"]:
            from gwangju_desktop.energy.compare import REPEATS

            output.line("  ! " + say(REPEATS, file=preview["file"], other=other))
    if preview.get("dataset") is not None:
        output.line("  " + say(N_("Imported as dataset {n}."), n=preview["dataset"]))
