"""What the documents of energy figures share: values, marks, changes, where figures come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.energy import Dataset, EnergySource, Indicator
from gwangju_desktop import clock, settings
from gwangju_desktop.documents.blocks import Block, para
from gwangju_desktop.documents.styles import MM, STYLES, Theme
from gwangju_desktop.energy import rules
from gwangju_desktop.energy.figures import Point
from gwangju_desktop.energy.publishers import publisher_name
from gwangju_desktop.energy.words import STATUSES
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import C_, N_, NN_, say, words

NOTHING = "–"
_FILES = 2  # named of a table; the others are counted
# Smaller than running text, as large as its tables: a page that is to stay one page.
_SIZES = {"h1": 20.0, "h2": 12.5, "lead": 12.0, "body": 11.0, "note": 9.5, "meta": 9.5}
_CELLS = {"cell": 10.0, "strong": 10.0, "number": 10.0, "middle": 10.0, "th": 9.5}
ONE_PAGE = Theme(
    top=20 * MM,
    bottom=18 * MM,
    styles={
        name: replace(style, size={**_SIZES, **_CELLS}.get(name, style.size))
        for name, style in STYLES.items()
    },
)


@dataclass(frozen=True, slots=True)
class Fact:
    """An indicator as a document names it; `kind` as in IndicatorKind."""

    code: str
    name: str
    unit: str
    kind: str
    decimals: int
    note: str
    computed: bool


@dataclass(frozen=True, slots=True)
class File:
    """An imported file as a document names it."""

    id: int
    publisher: str
    title: str
    name: str
    imported: str
    sample: bool


def city(read: Session) -> str:
    """Return what the city is called."""
    found = settings.values_on(read, clock.today())
    return named(found[settings.CITY_KO], found[settings.CITY_EN])


def facts(read: Session) -> dict[str, Fact]:
    """Return the indicators by code, in the order of the catalogue."""
    rows = read.execute(select(Indicator.__table__).order_by(Indicator.position)).all()
    return {
        row.code: Fact(
            row.code,
            named(row.name_ko, row.name_en),
            row.unit,
            row.kind,
            row.decimals,
            named(row.note_ko, row.note_en),
            row.rule is not None,
        )
        for row in rows
    }


def files(read: Session, ids: Iterable[int]) -> dict[int, File]:
    """Return imported files by id, for the sources of figures."""
    columns = (
        Dataset.id,
        Dataset.publisher,
        Dataset.title,
        Dataset.file_name,
        Dataset.imported_at,
        Dataset.sample,
        EnergySource.title_en,
    )
    rows = read.execute(
        select(*columns)
        .join(EnergySource, EnergySource.id == Dataset.source_id)
        .where(Dataset.id.in_(set(ids)))
        .order_by(Dataset.id)
    )
    return {
        row.id: File(
            row.id,
            publisher_name(row.publisher),
            named(row.title, row.title_en),
            row.file_name,
            words().day(clock.local(row.imported_at), "full"),
            row.sample,
        )
        for row in rows.all()
    }


def table_of(file: File) -> str:
    """Return who published which table; a title may name its publisher itself."""
    if not file.publisher or file.publisher in file.title:
        return file.title
    return say(
        C_("energy document", "{publisher}, “{table}”"), publisher=file.publisher, table=file.title
    )


def sources(read: Session, points: Iterable[Point]) -> list[Block]:
    """Return the tables figures come from with their files; made-up ones say so."""
    found = files(read, {id for point in points for id in point.datasets})
    tables: dict[str, list[File]] = {}
    for one in found.values():
        tables.setdefault(table_of(one), []).append(one)
    lines = [f"{table}: {_named(held)}" for table, held in tables.items()]
    told: list[Block] = []
    if lines:
        told.append(para(say(N_("Figures: {sources}"), sources=" / ".join(lines)), "note"))
    if any(one.sample for one in found.values()):
        told.append(para(say(N_("Sample figures are made up.")), "note"))
    return told


def _named(held: list[File]) -> str:
    """Name the first files of a table with the day they were imported on, and count the others."""
    names = [f"{one.name} ({one.imported})" for one in held[:_FILES]]
    if len(held) > _FILES:
        more = NN_("and {n} more file", "and {n} more files")
        names.append(say(more, n=len(held) - _FILES))
    return ", ".join(names)


def mark(point: Point | None) -> str:
    """Name what a figure is not: final. Nothing for one that is."""
    if point is None or point.status == rules.STATUSES[0]:
        return ""
    return say(STATUSES[point.status])


def number(value: float | None, digits: int = 1) -> str:
    """Write a value with its digits, a dash where there is none."""
    return NOTHING if value is None else f"{value:,.{digits}f}".replace("-", "−")


def change(now: float | None, before: float | None) -> str:
    """Write the change from one value to another with its direction: ▲ 2.1%."""
    if now is None or not before:
        return NOTHING
    share = (now / before - 1) * 100
    if abs(share) < 0.05:
        return "0.0%"
    return f"{'▲' if share > 0 else '▼'} {abs(share):.1f}%"


def by_period(points: Sequence[Point]) -> dict[str, Point]:
    """Return points by their period."""
    return {point.period: point for point in points}
