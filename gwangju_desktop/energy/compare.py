"""What importing a file would change, counted and shown by example; nothing is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.energy import Area, Dataset, EnergySource, Indicator, Reading, Series
from gwangju_desktop.energy import catalogue, rules
from gwangju_desktop.energy.incoming import Block, Name, blocks, span
from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets import units
from gwangju_desktop.sheets.facts import Understanding
from gwangju_desktop.text import N_

# Cells shown of each kind of change.
EXAMPLES = 20
KINDS = ("new", "same", "revised", "conflicting")
REPEATS = N_("{file} holds the same numbers as {other}, which was imported for other periods.")
# So many of a table's numbers another period's must equal to be taken for the same table.
_ALIKE, _FEWEST = 0.9, 20


@dataclass(frozen=True, slots=True)
class Example:
    """One cell that would change, in its indicator's unit; `before` None where nothing is held.

    `item` is what it is of, "use=residential", "" for the whole.
    """

    kind: str
    indicator: str
    area: str
    period: str
    item: str
    before: float | None
    after: float
    unit: str


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
    examples: tuple[Example, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether importing would change anything."""
        return bool(self.new or self.revised or self.conflicting)


# What is held of one series by one source: period -> value in the indicator's unit, summed, status.
_Known = dict[int, tuple[float, bool, str]]


def compare(
    read: Session, *, prepared: Understanding, found: list[Block] | None = None
) -> Compared:
    """Count what importing a file would add, leave, revise and contradict.

    `found` are its blocks, where the caller has them.
    """
    if found is None:
        found = known_names(read, blocks(prepared), prepared)
    layout = prepared.layout.id if prepared.layout else ""
    into = _indicator_units(read, {block.name[0] for block in found})
    held = _stored(read, found, into)
    counts = dict.fromkeys(KINDS, 0)
    shown: dict[str, list[Example]] = {kind: [] for kind in KINDS}
    for block in found:
        sources = held.get(block.name, {})
        own = sources.get(layout, {})
        others = [known for source, known in sources.items() if source != layout]
        if not own and not any(others):
            # Nothing is there to compare with, however many there are.
            counts["new"] += len(block.periods)
            if len(shown["new"]) >= EXAMPLES:
                continue
        ratio = unit_ratio(read, block.unit, into[block.name[0]], block.name[0])
        for period, value, mark in zip(block.periods, block.values, block.marks, strict=True):
            after = value if ratio == 1 else float(rules.converted(value, ratio))
            kind, before = _kind(after, mark, own.get(period), others, period)
            if own or any(others):
                counts[kind] += 1
            elif len(shown["new"]) >= EXAMPLES:
                break
            if kind != "same" and len(shown[kind]) < EXAMPLES:
                code, area, dims = block.name
                text = rules.period_text(period)
                shown[kind].append(Example(kind, code, area, text, dims, before, after, into[code]))
    examples = tuple(one for kind in reversed(KINDS) for one in shown[kind])
    return Compared(**counts, repeats=_repeats(read, prepared, found), examples=examples)


def _kind(
    value: float,
    mark: tuple[bool, str],
    own: tuple[float, bool, str] | None,
    others: list[_Known],
    period: int,
) -> tuple[str, float | None]:
    if own is not None:
        # A provisional figure that became final is news, though its value is the same.
        return ("same" if own == (value, *mark) else "revised"), own[0]
    for other in others:
        if period in other and other[period][0] != value:
            return "conflicting", other[period][0]
    return "new", None


def _indicator_units(read: Session, codes: set[str]) -> dict[str, str]:
    query = select(Indicator.code, Indicator.unit).where(Indicator.code.in_(sorted(codes)))
    # What an older office lacks it gains with the import.
    shipped = {code: unit for code, unit in catalogue.shipped_units().items() if code in codes}
    into = shipped | {row[0]: row[1] for row in read.execute(query).all()}
    if missing := sorted(codes - into.keys()):
        raise UserError(N_("There is no indicator {code}."), code=missing[0])
    return into


def _stored(
    read: Session, found: list[Block], into: Mapping[str, str]
) -> dict[Name, dict[str, _Known]]:
    wanted = {block.name for block in found}
    query = (
        select(Series.id, Indicator.code, Series.area, Series.dims, Series.unit, EnergySource.code)
        .join(Indicator, Indicator.id == Series.indicator_id)
        .join(EnergySource, EnergySource.id == Series.source_id)
        .where(Indicator.code.in_(sorted(into)))
    )
    series = {
        row[0]: ((row[1], row[2], row[3]), row[4], row[5])
        for row in read.execute(query).all()
        if (row[1], row[2], row[3]) in wanted
    }
    held: dict[Name, dict[str, _Known]] = {}
    if not series:
        return held
    low = min(block.periods[0] for block in found)
    high = max(block.periods[-1] for block in found)
    readings = select(
        Reading.series_id, Reading.period, Reading.value, Reading.summed, Reading.status
    ).where(Reading.period.between(low, high))
    numbers = sorted(series)
    for at in range(0, len(numbers), 500):
        for number, period, value, summed, status in read.execute(
            readings.where(Reading.series_id.in_(numbers[at : at + 500]))
        ):
            name, unit, source = series[number]
            ratio = unit_ratio(read, unit, into[name[0]], name[0])
            if ratio != 1:
                value = float(rules.converted(value, ratio))
            held.setdefault(name, {}).setdefault(source, {})[period] = (value, summed, status)
    return held


def unit_ratio(read: Session, unit: str, into: str, indicator: str) -> Fraction:
    """Return what a number is multiplied with to be in another unit; raises UserError.

    Energy in another measure, as heat in TJ, is turned by the office's factors.
    """
    if not unit or unit == into:
        return Fraction(1)
    ratio = units.ratio(unit, into)
    if ratio is None:
        from gwangju_desktop.energy import conversion

        ratio = conversion.lasting_ratio(read, unit, into)
    if ratio is None:
        raise UserError(
            N_("Figures in {unit} cannot be read as {indicator} in {into}."),
            hint=N_("Check the unit of the file."),
            unit=unit,
            into=into,
            indicator=indicator,
        )
    return ratio


def known_names(read: Session, found: list[Block], prepared: Understanding) -> list[Block]:
    """Return blocks with dongs under the code the office knows them by."""
    if not any("/" in block.name[1] for block in found):
        return found
    rows = read.execute(select(Area.parent, Area.name_ko, Area.code)).all()
    codes = {(row[0], row[1]): row[2] for row in rows if row[0]}
    renamed = []
    for block in found:
        code, area, dims = block.name
        parent, _, dong = area.partition("/")
        name = prepared.area_names.get(area, dong)
        own = codes.get((parent, name), area) if dong else area
        renamed.append(block._replace(name=(code, own, dims)))
    return sorted(renamed, key=lambda block: block.name)


def _repeats(read: Session, prepared: Understanding, found: list[Block]) -> str | None:
    """Return an imported file with the same numbers for other periods.

    The same bytes count only where the period was given by hand: a workbook's other sheet is no
    other year.
    """
    first, last = span(found)
    same = Dataset.values_sha256 == prepared.values_sha256
    if "given" in prepared.period_from:
        same = or_(same, Dataset.sha256 == prepared.sha256)
    query = (
        select(Dataset.file_name)
        .where(same, or_(Dataset.first_period != first, Dataset.last_period != last))
        .order_by(Dataset.id)
        .limit(1)
    )
    return read.scalars(query).one_or_none() or _alike(read, prepared, found)


def _alike(read: Session, prepared: Understanding, found: list[Block]) -> str | None:
    """Return an imported file most of whose numbers these are, where the period was given by hand.

    A cell that was mended makes no other year of a table.
    """
    if "given" not in prepared.period_from or prepared.layout is None:
        return None
    first = min(block.periods[0] for block in found)
    told = {
        block.name: {
            period - first: value
            for period, value in zip(block.periods, block.values, strict=True)
            if value
        }
        for block in found
    }
    count = sum(map(len, told.values()))
    if count < _FEWEST:
        return None
    query = (
        select(
            Indicator.code,
            Series.area,
            Series.dims,
            Reading.period,
            Reading.value,
            Dataset.file_name,
        )
        .join(Series, Series.id == Reading.series_id)
        .join(Indicator, Indicator.id == Series.indicator_id)
        .join(EnergySource, EnergySource.id == Series.source_id)
        .join(Dataset, Dataset.id == Reading.dataset_id)
        .where(
            EnergySource.code == prepared.layout.id,
            Indicator.code.in_({name[0] for name in told}),
        )
    )
    hits: Counter[tuple[int, str]] = Counter()
    for code, area, dims, period, value, file in read.execute(query):
        for step, own in told.get((code, area, dims), {}).items():
            if own == value and period - step != first:
                hits[period - step, file] += 1
    most = hits.most_common(1)
    return most[0][0][1] if most and most[0][1] >= _ALIKE * count else None
