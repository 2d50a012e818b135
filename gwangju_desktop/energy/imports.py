"""From a published spreadsheet to stored readings: read, compare, import as one dataset.

The window and the command line take the same three steps; nothing is stored before the last.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import bulk
from db.schema.energy import Area, Dataset, EnergySource, Indicator, IndicatorSource, Series
from db.store import Store, usecase
from db.vocab import AreaLevel
from gwangju_desktop import clock
from gwangju_desktop.backups.why import Why, saved_first
from gwangju_desktop.energy import catalogue, rules
from gwangju_desktop.energy.areas import loaded
from gwangju_desktop.energy.compare import REPEATS, known_names, unit_ratio
from gwangju_desktop.energy.compare import Compared as Compared
from gwangju_desktop.energy.compare import Example as Example
from gwangju_desktop.energy.compare import compare as compare
from gwangju_desktop.energy.incoming import Block, Name, blocks, check, span
from gwangju_desktop.energy.layouts_held import declared as declared
from gwangju_desktop.energy.memory import recall as recall
from gwangju_desktop.energy.memory import remember as remember
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.forms import writable
from gwangju_desktop.sheets import reading
from gwangju_desktop.sheets.facts import Understanding
from gwangju_desktop.sheets.layouts import Layout, known
from gwangju_desktop.text import N_, Msg

_GAP = 1024


def prepare(
    path: Path,
    *,
    period: str = "",
    unit: str = "",
    layout: str = "",
    sheets: Sequence[str] = (),
    accept_totals: bool = False,
    declared: Sequence[str] = (),
    answers: Mapping[str, Any] | None = None,
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Understanding:
    """Read a file in a child and return what was understood; needs no office.

    Questions may be open: `ready` says so. Raises UserError when the file cannot be read,
    contradicts what was given, or holds nothing of an area that is known; Cancelled.
    """
    found = reading.read(
        Path(path),
        period=period or "",
        unit=unit or "",
        layout=layout or "",
        sheets=sheets,
        accept_totals=accept_totals,
        declared=declared,
        answers=answers,
        cancelled=cancelled,
        progress=progress,
    )
    if found.ready:
        check(found)
    return found


def understood(store: Store, path: Path, **given: Any) -> Understanding:
    """Read a file as `prepare` does, with this office's own layouts and what it remembers.

    What is given wins over what is remembered.
    """
    with store.reading() as read:
        given.setdefault("declared", declared(read))
    found = prepare(path, **given)
    if found.ready:
        return found
    with store.reading() as read:
        remembered = recall(read, prepared=found)
        own = loaded(read) if any(one.about == "area" for one in found.questions) else {}
    answers = {"areas": own} if own else {}
    answers |= dict(remembered.get("answers") or {}) | dict(given.get("answers") or {})
    remembered |= {"answers": answers} if answers else {}
    told = {name: value for name, value in remembered.items() if not given.get(name)}
    return prepare(path, **(given | told)) if told else found


@saved_first(Why.IMPORT)
@usecase("Import energy figures", large=True)
def import_readings(
    tx: Session,
    *,
    prepared: Understanding,
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
) -> int | None:
    """Store a file's figures as one dataset; return its id, None when nothing in it is new.

    All or nothing, and nothing is left when `cancelled()` turns true. Raises UserError while a
    question is open or when the same numbers were imported for other periods; Cancelled.
    """
    if not prepared.ready:
        raise _asked(prepared)
    catalogue.completed(tx)
    found = known_names(tx, blocks(prepared), prepared)
    layout = _layout(prepared)
    compared = compare(tx, prepared=prepared, found=found)
    if compared.repeats is not None:
        raise UserError(
            REPEATS,
            hint=N_("Check which period is right; take the other import back if it was wrong."),
            file=prepared.file,
            other=compared.repeats,
        )
    if not compared.changes:
        return None
    source = ensure_source(tx, layout)
    _ensure_areas(tx, prepared, {block.name[1] for block in found})
    series = _series(tx, source, found)
    first, last = span(found)
    count = sum(len(block.periods) for block in found)
    dataset = Dataset(
        source_id=source.id,
        file_name=writable(prepared.file),
        sha256=prepared.sha256,
        values_sha256=prepared.values_sha256,
        publisher=layout.publisher,
        title=layout.title_ko,
        unit=", ".join(sorted({block.unit for block in found})),
        first_period=first,
        last_period=last,
        imported_at=clock.now(),
        readings=count,
        answers={
            "layout": layout.id,
            "period_from": sorted(prepared.period_from),
            "unit_from": sorted(prepared.unit_from),
            "encoding": prepared.encoding,
            "sheets": list(prepared.sheets),
        },
        accepted=[asdict(one) for one in prepared.accepted] or None,
    )
    bulk.load_blocks(
        tx,
        dataset,
        [_bulk(block, series[block.name]) for block in found],
        tell=_teller(count, cancelled, progress),
    )
    return dataset.id


@saved_first(Why.IMPORT)
@usecase("Import energy files", large=True)
def import_files(
    tx: Session,
    *,
    prepared: list[Understanding],
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
) -> list[int | None]:
    """Store several files in one step, all or none; return their datasets' ids.

    None stands for a file with nothing new.
    """

    def share(number: int) -> Callable[[float], None] | None:
        if progress is None:
            return None
        return lambda done: progress((number + done) / len(prepared))

    return [
        import_readings(tx, prepared=one, cancelled=cancelled, progress=share(number))
        for number, one in enumerate(prepared)
    ]


def _teller(
    count: int,
    cancelled: Callable[[], bool] | None,
    progress: Callable[[float], None] | None,
) -> Callable[[int], None]:
    def tell(done: int) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None:
            progress(done / max(count, 1))

    return tell


def ensure_source(tx: Session, layout: Layout) -> EnergySource:
    """Return the source of a layout; one that is new to this office comes last in order."""
    source = tx.scalars(select(EnergySource).where(EnergySource.code == layout.id)).one_or_none()
    if source is not None:
        return source
    source = EnergySource(
        code=layout.id,
        publisher=layout.publisher,
        title_ko=layout.title_ko,
        title_en=layout.title_en,
        unit=layout.unit,
    )
    tx.add(source)
    tx.flush()
    codes = {layout.indicator, *(measure.indicator for measure in layout.measures.values())}
    for indicator in tx.scalars(select(Indicator).where(Indicator.code.in_(codes))):
        ranks = tx.scalars(
            select(IndicatorSource.rank).where(IndicatorSource.indicator_id == indicator.id)
        ).all()
        tx.add(
            IndicatorSource(
                indicator_id=indicator.id, source_id=source.id, rank=max(ranks, default=0) + 1
            )
        )
    tx.flush()
    return source


def _ensure_areas(tx: Session, prepared: Understanding, codes: Collection[str]) -> None:
    """Make the areas a file names that the office does not know: a dong, a grid abroad."""
    known_codes = set(tx.scalars(select(Area.code)))
    place = max(tx.scalars(select(Area.position)), default=0)
    day = clock.today().replace(month=1, day=1)
    for number, code in enumerate(sorted(set(codes) - known_codes), start=1):
        parent, _, dong = code.partition("/")
        name = prepared.area_names.get(code) or dong or code
        tx.add(
            Area(
                code=code,
                parent=parent if dong else None,
                position=place + number * _GAP,
                name_ko=name,
                name_en=name,
                valid_from=day.replace(year=1900),
                valid_to=None,
                source=writable(prepared.file),
                level=(AreaLevel.DONG if dong else AreaLevel.OTHER).value,
            )
        )
    tx.flush()


def _layout(prepared: Understanding) -> Layout:
    if prepared.layout is None:
        raise UserError(
            N_("{file} is no published table this program knows."),
            hint=N_("Known tables: {known}."),
            file=prepared.file,
            known=", ".join(layout.title_ko for layout in known() if not layout.area),
        )
    return prepared.layout


def _series(
    tx: Session, source: EnergySource, found: list[Block]
) -> dict[Name, tuple[int, Fraction]]:
    """Return each name's series and the ratio into its unit, making those that are missing."""
    indicators = {row[1]: row[0] for row in tx.execute(select(Indicator.id, Indicator.code))}
    codes = {id: code for code, id in indicators.items()}
    held = {
        (codes[one.indicator_id], one.area, one.dims): one
        for one in tx.scalars(select(Series).where(Series.source_id == source.id))
    }
    for block in found:
        if block.name not in held:
            code, area, dims = block.name
            made = Series(
                source_id=source.id,
                indicator_id=indicators[code],
                area=area,
                dims=dims,
                unit=block.unit,
            )
            held[block.name] = made
            tx.add(made)
    tx.flush()
    return {
        block.name: (
            held[block.name].id,
            unit_ratio(tx, block.unit, held[block.name].unit or block.unit, block.name[0]),
        )
        for block in found
    }


def _bulk(block: Block, series: tuple[int, Fraction]) -> bulk.Block:
    number, ratio = series
    values = block.values
    if ratio != 1:
        values = [float(rules.converted(value, ratio)) for value in values]
    return bulk.Block(number, block.periods, values, block.marks)


def _asked(prepared: Understanding) -> UserError:
    """Turn the first open question into a refusal that says how to answer it."""
    question = prepared.questions[0]
    hint, example = _ANSWERS.get(question.about, (N_("Choose another file."), ""))
    if question.about == "area":
        name = str(question.text.values.get("name") or "")
        code = question.proposals[0] if question.proposals else "29000"
        hint, answer = _AREA if question.proposals else _LOAD, f"{name.replace('/', '')}={code}"
        if not name:
            hint = N_("Correct the file or choose another one.")
        return UserError(
            N_("{file}: {question}"),
            hint=hint,
            file=prepared.file,
            question=str(question.text),
            example=answer,
        )
    return UserError(
        N_("{file}: {question}"),
        hint=hint,
        file=prepared.file,
        question=str(question.text),
        example=question.proposals[0] if question.proposals else example,
    )


_AREA = N_('Say it with --area, for example --area "{example}".')
_LOAD = N_(
    "Load the codes of its areas first, on the energy page under Basis, "
    'or say it with --area, for example --area "{example}".'
)
_ANSWERS: dict[str, tuple[Msg, str]] = {
    "period": (N_("Say it with --period, for example --period {example}."), "2021"),
    "unit": (N_("Say it with --unit, for example --unit {example}."), "MWh"),
    "layout": (N_("Say it with --layout, for example --layout {example}."), "epsis_sales_use"),
    "codes": (N_("Say with --layout {example} that the table is the one meant."), ""),
    "sheet": (N_("Say it with --sheet, for example --sheet {example}."), "Sheet1"),
    "totals": (N_("Take the totals as published with --accept-totals."), ""),
}
