"""From a published spreadsheet to stored readings: read, compare, import as one dataset.

The window and the command line take the same three steps; nothing is stored before the last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db import bulk
from db.schema.energy import Dataset, EnergySource, Indicator, IndicatorSource, Reading, Series
from db.store import usecase
from gwangju_desktop import clock
from gwangju_desktop.energy import rules
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import writable
from gwangju_desktop.sheets import reading, units
from gwangju_desktop.sheets.facts import Reading as Read
from gwangju_desktop.sheets.facts import Understanding
from gwangju_desktop.sheets.layouts import Layout, known
from gwangju_desktop.text import N_, Msg

# Of an indicator, an area and dimension values.
Name = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """What importing a file would change.

    `conflicting` figures are new from this source and differ from another source's, beside which
    they will stand; `repeats` names an imported file with the same numbers for other periods.
    """

    new: int
    same: int
    revised: int
    conflicting: int
    repeats: str | None = None

    @property
    def changes(self) -> bool:
        """Whether importing would change anything."""
        return bool(self.new or self.revised or self.conflicting)


@dataclass(frozen=True, slots=True)
class Row:
    """One number ready to be stored: what of, when, and what is said of it."""

    name: Name
    period: int
    value: float
    unit: str
    summed: bool
    status: str


def prepare(
    path: Path,
    *,
    period: str = "",
    unit: str = "",
    cancelled: Callable[[], bool] | None = None,
) -> Understanding:
    """Read a file in a child and return what was understood; needs no office.

    Questions may be open: `ready` says so. Raises UserError when the file cannot be read,
    contradicts what was given, or holds nothing of Gwangju; Cancelled.
    """
    found = reading.read(
        Path(path), keep=rules.AREAS, period=period or "", unit=unit or "", cancelled=cancelled
    )
    if found.ready:
        _rows(found)
    return found


def compare(read: Session, *, prepared: Understanding) -> Compared:
    """Count what importing a file would add, leave, revise and contradict."""
    rows = _rows(prepared)
    layout = _layout(prepared)
    own: dict[tuple[Name, int], tuple[float, str]] = {}
    others: dict[tuple[Name, int], list[float]] = {}
    for name, when, value, status, unit, source in _stored(read, {row.name[0] for row in rows}):
        if source == layout.id:
            own[name, when] = (_in(value, unit, name[0], read), status)
        else:
            others.setdefault((name, when), []).append(_in(value, unit, name[0], read))
    counts = {"new": 0, "same": 0, "revised": 0, "conflicting": 0}
    for row in rows:
        value = _in(row.value, row.unit, row.name[0], read)
        held = own.get((row.name, row.period))
        if held is not None:
            # A provisional figure that became final is news, though its value is the same.
            counts["same" if held == (value, row.status) else "revised"] += 1
        elif any(other != value for other in others.get((row.name, row.period), ())):
            counts["conflicting"] += 1
        else:
            counts["new"] += 1
    return Compared(**counts, repeats=_repeats(read, prepared, rows))


@usecase("Import energy figures")
def import_readings(tx: Session, *, prepared: Understanding) -> int:
    """Store a file's figures of Gwangju as one dataset; return its id.

    All or nothing. Raises UserError while a question is open, when the same numbers were imported
    for other periods, or when nothing in it is new.
    """
    if not prepared.ready:
        raise _asked(prepared)
    rows = _rows(prepared)
    _refuse_known(tx, prepared, rows)
    layout = _layout(prepared)
    source = ensure_source(tx, layout)
    series = _series(tx, source, rows)
    periods = [row.period for row in rows]
    dataset = Dataset(
        source_id=source.id,
        file_name=writable(prepared.file),
        sha256=prepared.sha256,
        values_sha256=prepared.values_sha256,
        publisher=layout.publisher,
        title=layout.title_ko,
        unit=", ".join(sorted({row.unit for row in rows})),
        first_period=min(periods),
        last_period=max(periods),
        imported_at=clock.now(),
        readings=len(rows),
        answers={
            "layout": layout.id,
            "period_from": sorted(prepared.period_from),
            "unit_from": sorted(prepared.unit_from),
            "encoding": prepared.encoding,
        },
    )
    bulk.load(tx, dataset, (_bulk(row, series[row.name]) for row in rows))
    return dataset.id


@usecase("Import energy files")
def import_files(tx: Session, *, prepared: list[Understanding]) -> list[int]:
    """Store several files in one step, all or none; return their datasets' ids."""
    return [import_readings(tx, prepared=one) for one in prepared]


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


def _layout(prepared: Understanding) -> Layout:
    if prepared.layout is None:
        raise UserError(
            N_("{file} is no published table this program knows."),
            hint=N_("Known tables: {known}."),
            file=prepared.file,
            known=", ".join(layout.title_ko for layout in known() if not layout.area),
        )
    return prepared.layout


def _rows(prepared: Understanding) -> list[Row]:
    """Return the city's and its districts' numbers; other places only checked the totals."""
    rows: dict[tuple[Name, int], Row] = {}
    for one in prepared.readings:
        if one.area not in rules.AREAS or one.value is None:
            continue
        period = rules.period_number(one.period)
        if period is None:
            raise UserError(
                N_("{file} holds figures by {period}; only months and years are kept."),
                hint=N_("Choose the monthly table."),
                file=prepared.file,
                period=one.period,
            )
        row = Row(_name(one), period, one.value, one.unit, one.summed, one.status or "final")
        rows[row.name, row.period] = row
    if not rows:
        raise UserError(
            N_("{file} holds no figures of Gwangju."),
            hint=N_("Choose a table with the city or its districts."),
            file=prepared.file,
        )
    return list(rows.values())


def _name(one: Read) -> Name:
    dims = {one.dimension: one.item} if one.item else {}
    return (one.indicator, one.area, rules.dims_text(dims))


def _stored(
    read: Session, indicators: Iterable[str]
) -> Sequence[tuple[Name, int, float, str, str, str]]:
    query = (
        select(
            Indicator.code,
            Series.area,
            Series.dims,
            Reading.period,
            Reading.value,
            Reading.status,
            Series.unit,
            EnergySource.code,
        )
        .join(Series, Series.id == Reading.series_id)
        .join(Indicator, Indicator.id == Series.indicator_id)
        .join(EnergySource, EnergySource.id == Series.source_id)
        .where(Indicator.code.in_(sorted(indicators)))
    )
    return [
        ((code, area, dims), period, value, status, unit, source)
        for code, area, dims, period, value, status, unit, source in read.execute(query).all()
    ]


def _in(value: float, unit: str, indicator: str, read: Session) -> float:
    """Return a value in its indicator's unit, for comparing."""
    known: dict[tuple[str, str], Fraction] = read.info.setdefault("ratios", {})
    ratio = known.get((unit, indicator))
    if ratio is None:
        query = select(Indicator.unit).where(Indicator.code == indicator)
        ratio = known[unit, indicator] = _ratio(unit, read.scalars(query).one(), indicator)
    return float(rules.converted(value, ratio))


def _ratio(unit: str, into: str, indicator: str) -> Fraction:
    ratio = units.ratio(unit, into) if unit else Fraction(1)
    if ratio is None:
        raise UserError(
            N_("Figures in {unit} cannot be read as {indicator} in {into}."),
            hint=N_("Check the unit of the file."),
            unit=unit,
            into=into,
            indicator=indicator,
        )
    return ratio


def _refuse_known(tx: Session, prepared: Understanding, rows: list[Row]) -> None:
    repeats = _repeats(tx, prepared, rows)
    if repeats is not None:
        raise UserError(
            N_("{file} holds the same numbers as {other}, which was imported for other periods."),
            hint=N_("Check which period is right; take the other import back if it was wrong."),
            file=prepared.file,
            other=repeats,
        )
    codes = {row.name[0] for row in rows}
    known = set(tx.scalars(select(Indicator.code).where(Indicator.code.in_(sorted(codes)))))
    if missing := sorted(codes - known):
        raise UserError(N_("There is no indicator {code}."), code=missing[0])
    if not compare(tx, prepared=prepared).changes:
        raise UserError(
            N_("{file} holds nothing new; all of its figures are here already."),
            hint=N_("Nothing was changed."),
            file=prepared.file,
        )


def _repeats(read: Session, prepared: Understanding, rows: list[Row]) -> str | None:
    """Return an imported file with the same bytes or numbers for other periods."""
    periods = [row.period for row in rows]
    query = (
        select(Dataset.file_name)
        .where(
            or_(
                Dataset.sha256 == prepared.sha256,
                Dataset.values_sha256 == prepared.values_sha256,
            ),
            or_(Dataset.first_period != min(periods), Dataset.last_period != max(periods)),
        )
        .order_by(Dataset.id)
        .limit(1)
    )
    return read.scalars(query).one_or_none()


def _series(tx: Session, source: EnergySource, rows: list[Row]) -> dict[Name, tuple[int, Fraction]]:
    """Return each name's series and the ratio into its unit, making those that are missing."""
    indicators = {code: id for id, code in tx.execute(select(Indicator.id, Indicator.code))}
    codes = {id: code for code, id in indicators.items()}
    known = {
        (codes[one.indicator_id], one.area, one.dims): one
        for one in tx.scalars(select(Series).where(Series.source_id == source.id))
    }
    for row in rows:
        if row.name not in known:
            code, area, dims = row.name
            made = Series(
                source_id=source.id,
                indicator_id=indicators[code],
                area=area,
                dims=dims,
                unit=row.unit,
            )
            known[row.name] = made
            tx.add(made)
    tx.flush()
    return {
        row.name: (
            known[row.name].id,
            _ratio(row.unit, known[row.name].unit or row.unit, row.name[0]),
        )
        for row in rows
    }


def _bulk(row: Row, series: tuple[int, Fraction]) -> bulk.BulkRow:
    number, ratio = series
    value = row.value if ratio == 1 else float(rules.converted(row.value, ratio))
    return bulk.BulkRow(number, row.period, value, row.summed, row.status)


def _asked(prepared: Understanding) -> UserError:
    """Turn the first open question into a refusal that says how to answer it."""
    question = prepared.questions[0]
    hint, example = _ANSWERS.get(question.about, (N_("Choose another file."), ""))
    return UserError(
        N_("{file}: {question}"),
        hint=hint,
        file=prepared.file,
        question=str(question.text),
        example=question.proposals[0] if question.proposals else example,
    )


_ANSWERS: dict[str, tuple[Msg, str]] = {
    "period": (N_("Say it with --period, for example --period {example}."), "2021"),
    "unit": (N_("Say it with --unit, for example --unit {example}."), "MWh"),
}
