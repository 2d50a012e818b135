"""Boundary files the map is drawn from: imported by the user, kept among the papers.

What is kept is what the map needs, the city's areas of the file rounded to a metre, as GeoJSON
again, with the name and digest of the file it came from.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.papers import Papers
from db.schema.energy import Area, Boundary
from db.store import usecase
from db.vocab import AreaLevel
from gwangju_desktop import clock
from gwangju_desktop.backups.why import Why, saved_first
from gwangju_desktop.energy import areas
from gwangju_desktop.energy.boundary_reading import Found, Outline, refuse_large
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found, tidy, writable
from gwangju_desktop.sheets.reading import in_child
from gwangju_desktop.text import N_

NO_BOUNDARY = N_("There is no boundary file {id}.")

Ring = tuple[tuple[float, float], ...]
Polygon = tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One area as it is drawn: polygons of rings of (longitude, latitude), the outer ring first."""

    code: str
    name: str
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True)
class BoundaryRow:
    """One boundary file: of which level and year, where from, how many areas it draws."""

    id: int
    level: str
    title: str
    source: str
    licence: str
    year: int | None
    file_name: str
    features: int
    imported_at: dt.datetime


def read(path: Path, *, cancelled: Callable[[], bool] | None = None) -> Found:
    """Read a GeoJSON file in a child and return what it holds of the city; needs no office.

    Raises UserError in one sentence naming the file, Cancelled.
    """
    if path.is_file():
        refuse_large(path)
    told = in_child("boundary.read", path, {}, cancelled)
    outlines = tuple(
        Outline(number, code, kostat, ko, en, _frozen(polygons))
        for number, code, kostat, ko, en, polygons in told["outlines"]
    )
    return Found(told["file"], told["sha256"], told["level"], told["year"], outlines, told["left"])


def content(drawn: Found) -> bytes:
    """Return what is kept of a file, as GeoJSON; the caller puts it among the papers."""
    kept = {
        "type": "FeatureCollection",
        "origin": {"file": drawn.file, "sha256": drawn.sha256},
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "number": one.number,
                    "code": one.code or one.kostat,
                    "name": one.name_ko,
                },
                "geometry": {"type": "MultiPolygon", "coordinates": one.polygons},
            }
            for one in drawn.outlines
        ],
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


@saved_first(Why.IMPORT)
@usecase("Import boundary file")
def import_boundary(
    tx: Session,
    *,
    drawn: Found,
    sha256: str,
    title: str = "",
    source: str = "",
    licence: str = "",
    year: int | None = None,
) -> int:
    """Keep a file's boundaries (`sha256` is that of `content` among the papers); return its id.

    Dongs the office does not know become areas of their district; those it knows learn the code
    they lacked. Raises UserError for an area whose district or code is not known.
    """
    said = tidy(
        {"title": title, "source": source, "licence": licence}, ("title", "source", "licence")
    )
    year = year or drawn.year
    file = writable(drawn.file)
    basis = " ".join(part for part in (said["source"] or file, f"({year})" if year else "") if part)
    matching = _Matching(tx, drawn.level, basis)
    places = {str(one.number): matching.code(one) for one in drawn.outlines}
    row = Boundary(
        level=AreaLevel(drawn.level).value,
        title=said["title"] or file,
        source=said["source"],
        licence=said["licence"],
        year=year,
        file_name=file,
        sha256=sha256,
        features=len(places),
        places=places,
        imported_at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Remove boundary file")
def remove_boundary(tx: Session, *, id: int) -> int:
    """Take a boundary file away; the map is drawn from the one before. Its areas stay."""
    tx.delete(found(tx, Boundary, id, NO_BOUNDARY))
    return id


def importing(work: Any, *, path: Path, name: str = "", source: str = "", licence: str = "") -> int:
    """Read, keep and record a boundary file: a job of the window's; return the boundary's id."""
    drawn = read(path, cancelled=work.cancelled)
    digest = work.store.papers.put(content(drawn))
    said = {"title": name, "source": source, "licence": licence}
    return int(work.run(import_boundary, drawn=drawn, sha256=digest, **said).value)


def boundaries(read: Session) -> list[BoundaryRow]:
    """Return the boundary files, the latest first: of each level the first is drawn."""
    query = select(Boundary.__table__).order_by(Boundary.id.desc())
    return [
        BoundaryRow(
            row.id,
            row.level,
            row.title,
            row.source,
            row.licence,
            row.year,
            row.file_name,
            row.features,
            row.imported_at,
        )
        for row in read.execute(query).all()
    ]


def levels(read: Session) -> set[str]:
    """Return the levels a map can be drawn of."""
    return set(read.scalars(select(Boundary.level).distinct()))


def shapes(read: Session, papers: Papers, *, level: str = AreaLevel.DISTRICT.value) -> list[Shape]:
    """Return the areas of a level as the latest boundary file draws them; [] without one."""
    row = read.execute(
        select(Boundary.sha256, Boundary.places, Boundary.file_name)
        .where(Boundary.level == AreaLevel(level).value)
        .order_by(Boundary.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return []
    try:
        path = papers.path(row.sha256)
    except FileNotFoundError:
        raise UserError(
            N_("The boundary file {file} is no longer among the office's files."),
            hint=N_("Import it again."),
            file=row.file_name,
        ) from None
    names = {one.code: one.name for one in areas.areas(read, level=level)}
    drawn = _drawn(row.sha256, str(path))
    found = [(row.places.get(number), polygons) for number, polygons in drawn]
    return [Shape(code, names.get(code, code), polygons) for code, polygons in found if code]


@lru_cache(maxsize=4)
def _drawn(_digest: str, path: str) -> tuple[tuple[str, tuple[Polygon, ...]], ...]:
    """Read what `content` wrote: each area's number in its file and its polygons."""
    told = json.loads(Path(path).read_bytes())
    return tuple(
        (str(one["properties"]["number"]), _frozen(one["geometry"]["coordinates"]))
        for one in told["features"]
    )


def _frozen(polygons: Any) -> tuple[Polygon, ...]:
    return tuple(
        tuple(tuple((point[0], point[1]) for point in ring) for ring in polygon)
        for polygon in polygons
    )


class _Matching:
    """The areas of an office beside those of a file: found by either code, or made as dongs."""

    def __init__(self, tx: Session, level: str, basis: str) -> None:
        self.tx, self.level, self.basis = tx, level, basis
        self.codes = areas.codes(tx)
        self.rows: dict[str, Area] = {}
        for row in tx.scalars(select(Area).order_by(Area.valid_from)):
            self.rows[row.code] = row
        self.by_kostat = {_short(row.kostat): row.code for row in self.rows.values() if row.kostat}
        self.by_name = areas.names(tx)
        self.place = areas.next_position(tx)

    def code(self, one: Outline) -> str:
        """Return the code figures of an area are kept under, making the area of a new dong."""
        parent = self._parent(one) if self.level == AreaLevel.DONG else None
        known = (
            self.codes.get(one.code)
            or self.by_kostat.get(_short(one.kostat))
            or (self.by_name.get((parent, one.name_ko)) if parent else None)
        )
        if known is not None:
            self._learn(self.rows[known], one)
            return known
        if parent is None:
            raise self._unknown(one.code or one.kostat)
        return self._make(one, parent)

    def _parent(self, one: Outline) -> str:
        for code in (one.code[:5], one.kostat[:5]):
            if code and code in self.codes:
                return self.codes[code]
        raise self._unknown(one.code[:5] or one.kostat[:5])

    def _unknown(self, code: str) -> UserError:
        return UserError(
            N_("There is no area with the code {code}."),
            hint=N_("Load the codes of areas first; those after a merger are not shipped."),
            code=code,
        )

    def _learn(self, row: Area, one: Outline) -> None:
        if one.kostat and not row.kostat:
            row.kostat = one.kostat
        if one.name_en and row.name_en in ("", row.name_ko):
            row.name_en = one.name_en

    def _make(self, one: Outline, parent: str) -> str:
        over = self.rows[parent]
        code = one.code or one.kostat
        row = Area(
            code=code,
            parent=parent,
            position=self.place,
            name_ko=one.name_ko or code,
            name_en=one.name_en or one.name_ko or code,
            valid_from=over.valid_from,
            valid_to=over.valid_to,
            source=self.basis,
            level=AreaLevel.DONG.value,
            kostat=one.kostat,
        )
        self.tx.add(row)
        self.rows[code] = row
        self.by_name[parent, row.name_ko] = code
        self.place += areas.GAP
        return code


def _short(kostat: str) -> str:
    """Return a code of the statistics office as both of its lengths begin: 2405075 and 24050750."""
    return kostat[:7]
