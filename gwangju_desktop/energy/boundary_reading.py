"""A GeoJSON file of boundaries to the areas of the city in it; read in a child, it may be hostile.

Published files say their codes in properties of many names, of the statistics office (24010,
2405075) or of the administrative standard (29110, 2911052500); a file of the whole country is
read for what is the city's. Coordinates are longitude and latitude (WGS 84), as GeoJSON has it.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from db.vocab import AreaLevel
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import writable
from gwangju_desktop.sheets.reading import refused
from gwangju_desktop.text import N_

MAX_BYTES = 50 << 20
MOST_FEATURES = 20_000
MOST_POINTS = 400_000
# Five places are a metre; neighbours stay neighbours, because both are rounded alike.
_PLACES = 5
_KOREA = ((124.0, 132.5), (32.5, 39.5))
_CODE_KEYS = re.compile(r"code|cd|코드|sgg|sig|adm|emd|^id$", re.IGNORECASE)
_NAME_KEYS = ("name", "name_ko", "adm_nm", "emd_kor_nm", "sig_kor_nm", "ctp_kor_nm", "nm", "이름")
_ENGLISH_KEYS = ("name_eng", "name_en", "emd_eng_nm", "sig_eng_nm", "ctp_eng_nm")
_YEAR_KEYS = ("base_year", "year", "기준연도", "base_date")
_PLAIN_CRS = re.compile(r"CRS84|EPSG\W+(?:4326|4737)$", re.IGNORECASE)
_GET_ANOTHER = N_("Choose a boundary file in GeoJSON with longitude and latitude (WGS 84).")


@dataclass(frozen=True, slots=True)
class Outline:
    """One area of a file: its number there, its codes as published, its names, its polygons."""

    number: int
    code: str
    kostat: str
    name_ko: str
    name_en: str
    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds of the city: areas of one level; `left` counts those elsewhere."""

    file: str
    sha256: str
    level: str
    year: int | None
    outlines: tuple[Outline, ...]
    left: int


def read_task(asked: dict[str, Any]) -> dict[str, Any]:
    """Read a file: the child's side of `boundaries.read`."""
    path = Path(asked["path"])
    try:
        found = read(path)
    except UserError as error:
        return refused(error)
    return {
        "file": found.file,
        "sha256": found.sha256,
        "level": found.level,
        "year": found.year,
        "left": found.left,
        "outlines": [
            [one.number, one.code, one.kostat, one.name_ko, one.name_en, one.polygons]
            for one in found.outlines
        ],
    }


def read(path: Path) -> Found:
    """Return what a file holds of the city; raise UserError naming the file and what is wrong."""
    refuse_large(path)
    data = path.read_bytes()
    told = _parsed(path.name, data)
    features = _features(path.name, told)
    levels = [_level(feature) for feature in features]
    counts = Counter(level for level in levels if level is not None)
    if not counts:
        raise _without_codes(path.name, features)
    if len(counts) > 1:
        raise UserError(
            N_("{file} mixes districts and dongs."),
            hint=N_("Choose a file of one level."),
            file=path.name,
        )
    level = next(iter(counts))
    outlines = []
    points = 0
    for number, (feature, of) in enumerate(zip(features, levels, strict=True)):
        if of is None:
            continue
        outline = replace(_named(feature, level), number=number)
        polygons = tuple(_polygons(path.name, outline, feature))
        points += sum(len(ring) for polygon in polygons for ring in polygon)
        if points > MOST_POINTS:
            raise UserError(
                N_("{file} draws its boundaries with more than {limit} points."),
                hint=N_("Choose a simplified boundary file."),
                file=path.name,
                limit=f"{MOST_POINTS:,}",
            )
        outlines.append(replace(outline, polygons=polygons))
    _refuse_twice(path.name, outlines)
    year = _year(features)
    return Found(
        path.name,
        hashlib.sha256(data).hexdigest(),
        level.value,
        year,
        tuple(outlines),
        len(features) - len(outlines),
    )


def refuse_large(path: Path) -> None:
    """Raise UserError for a file too large to be a boundary file of a city."""
    if path.stat().st_size > MAX_BYTES:
        raise UserError(
            N_("{file} is larger than {limit} MB."),
            hint=N_("Choose a simplified boundary file."),
            file=path.name,
            limit=MAX_BYTES >> 20,
        )


def _parsed(name: str, data: bytes) -> Any:
    def no_number(word: str) -> None:
        raise UserError(
            N_("{file} has {word} where a number belongs."),
            hint=_GET_ANOTHER,
            file=name,
            word=word,
        )

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp949")
        except UnicodeDecodeError:
            raise _no_geojson(name) from None
    try:
        return json.loads(text, parse_constant=no_number)
    except RecursionError:
        raise UserError(
            N_("{file} is nested too deep to be a boundary file."), hint=_GET_ANOTHER, file=name
        ) from None
    except ValueError:
        raise _no_geojson(name) from None


def _no_geojson(name: str) -> UserError:
    return UserError(N_("{file} is no GeoJSON."), hint=_GET_ANOTHER, file=name)


def _features(name: str, told: Any) -> list[dict[str, Any]]:
    if not isinstance(told, dict):
        raise _no_geojson(name)
    if told.get("type") == "Topology":
        raise UserError(
            N_("{file} is TopoJSON, not GeoJSON."),
            hint=N_("Convert it to GeoJSON first."),
            file=name,
        )
    crs = told.get("crs")
    if crs is not None:
        _refuse_crs(name, crs)
    features = [told] if told.get("type") == "Feature" else told.get("features")
    if told.get("type") not in ("Feature", "FeatureCollection") or not isinstance(features, list):
        raise _no_geojson(name)
    if len(features) > MOST_FEATURES:
        raise UserError(
            N_("{file} holds more than {limit} areas."),
            hint=N_("Choose a file of districts or dongs."),
            file=name,
            limit=f"{MOST_FEATURES:,}",
        )
    known = [
        one for one in features if isinstance(one, dict) and isinstance(one.get("properties"), dict)
    ]
    if not known or len(known) < len(features):
        raise UserError(
            N_("{file} has areas without properties, hence without codes."),
            hint=_GET_ANOTHER,
            file=name,
        )
    return known


def _refuse_crs(name: str, crs: Any) -> None:
    properties = crs.get("properties") if isinstance(crs, dict) else None
    said = str(properties.get("name", "")) if isinstance(properties, dict) else str(crs)
    if not _PLAIN_CRS.search(said):
        raise UserError(
            N_("{file} is drawn in the coordinate system {crs}."),
            hint=_GET_ANOTHER,
            file=name,
            crs=said[:60] or "?",
        )


def _codes(feature: dict[str, Any]) -> Iterator[str]:
    """Yield what may be a code: digits in a property whose name says so."""
    for key, value in feature["properties"].items():
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            continue
        text = str(value).strip()
        if text.isascii() and text.isdigit() and 2 <= len(text) <= 10 and _CODE_KEYS.search(key):
            yield text


def _level(feature: dict[str, Any]) -> AreaLevel | None:
    """Return the level of an area of the city, None for one elsewhere."""
    codes = set(_codes(feature))
    if any(_is_dong(code) for code in codes):
        return AreaLevel.DONG
    if any(_is_district(code) for code in codes):
        return AreaLevel.DISTRICT
    return None


def _is_dong(code: str) -> bool:
    if len(code) == 10:
        # Of ten digits the sixth is 5 and more for administrative dongs, below for legal ones.
        return code.startswith("29") and code[5] >= "5"
    return len(code) in (7, 8) and code.startswith("24")


def _is_district(code: str) -> bool:
    if len(code) == 10:
        return code.startswith("29") and code.endswith("00000") and code[2:5] != "000"
    return len(code) == 5 and code[:2] in ("24", "29") and code[2:] != "000"


def _named(feature: dict[str, Any], level: AreaLevel) -> Outline:
    fits = _is_dong if level == AreaLevel.DONG else _is_district
    codes = [code for code in _codes(feature) if fits(code)]
    own = next((code for code in codes if code.startswith("29")), "")
    kostat = next((code for code in codes if code.startswith("24")), "")
    if level == AreaLevel.DISTRICT:
        own = own[:5]
    korean = _word(feature, _NAME_KEYS)
    # 광주광역시 동구 충장동
    short = korean.split()[-1] if korean else ""
    return Outline(0, own, kostat, short, _word(feature, _ENGLISH_KEYS), ())


def _word(feature: dict[str, Any], keys: tuple[str, ...]) -> str:
    told = {str(key).lower(): value for key, value in feature["properties"].items()}
    for key in keys:
        value = told.get(key)
        if isinstance(value, str) and writable(value):
            return writable(value)[:60]
    return ""


def _year(features: list[dict[str, Any]]) -> int | None:
    years = {_word(feature, _YEAR_KEYS)[:4] for feature in features} - {""}
    said = years.pop() if len(years) == 1 else ""
    return int(said) if said.isascii() and said.isdigit() and 1900 < int(said) < 2200 else None


def _without_codes(name: str, features: list[dict[str, Any]]) -> UserError:
    codes = [code for feature in features for code in _codes(feature)]
    if any(len(code) in (8, 10) and code.startswith("29") for code in codes):
        return UserError(
            N_("{file} draws legal dongs; figures are kept by administrative dong."),
            hint=N_("Choose a file of administrative dongs (행정동) or of districts."),
            file=name,
        )
    if codes:
        return UserError(
            N_("None of the {n} areas of {file} has a code of Gwangju."),
            hint=N_("Codes of Gwangju begin with 29, at the statistics office with 24."),
            n=len(features),
            file=name,
        )
    return UserError(
        N_("The areas of {file} have no codes."),
        hint=N_("Choose a file whose areas carry their codes, such as 29110 or 24010."),
        file=name,
    )


def _refuse_twice(name: str, outlines: list[Outline]) -> None:
    for which in ("code", "kostat"):
        said = Counter(getattr(one, which) for one in outlines if getattr(one, which))
        twice = next((code for code, times in said.items() if times > 1), None)
        if twice is not None:
            raise UserError(
                N_("{file} has the code {code} more than once."),
                hint=N_("Join the parts of an area into one, or choose another file."),
                file=name,
                code=twice,
            )


def _polygons(
    name: str, outline: Outline, feature: dict[str, Any]
) -> Iterator[tuple[tuple[tuple[float, float], ...], ...]]:
    """Yield the polygons of an area: each its outer ring, then its holes."""
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    told = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind == "Polygon":
        told = [told]
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(told, list) or not told:
        raise _undrawn(name, outline)
    for polygon in told:
        if not isinstance(polygon, list) or not polygon:
            raise _undrawn(name, outline)
        yield tuple(_ring(name, outline, ring) for ring in polygon)


def _ring(name: str, outline: Outline, told: Any) -> tuple[tuple[float, float], ...]:
    if not isinstance(told, list):
        raise _undrawn(name, outline)
    ring: list[tuple[float, float]] = []
    for point in told:
        if not isinstance(point, list) or len(point) < 2:
            raise _undrawn(name, outline)
        here = _place(name, outline, point[0], point[1])
        if not ring or ring[-1] != here:
            ring.append(here)
    if ring and ring[0] != ring[-1]:
        ring.append(ring[0])
    if len(ring) < 4:
        raise _undrawn(name, outline)
    return tuple(ring)


def _place(name: str, outline: Outline, east: Any, north: Any) -> tuple[float, float]:
    for value in (east, north):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise _undrawn(name, outline)
        if isinstance(value, float) and not math.isfinite(value):
            raise _undrawn(name, outline)
    (west_most, east_most), (south_most, north_most) = _KOREA
    if west_most <= east <= east_most and south_most <= north <= north_most:
        return (round(float(east), _PLACES), round(float(north), _PLACES))
    if west_most <= north <= east_most and south_most <= east <= north_most:
        why = N_("{file} has latitude before longitude.")
    elif abs(east) > 180 or abs(north) > 90:
        why = N_("{file} is drawn in metres, not in longitude and latitude.")
    else:
        why = N_("{file} draws {area} outside Korea.")
    raise UserError(why, hint=_GET_ANOTHER, file=name, area=_said(outline))


def _undrawn(name: str, outline: Outline) -> UserError:
    return UserError(
        N_("{file} does not draw {area} as a polygon."),
        hint=_GET_ANOTHER,
        file=name,
        area=_said(outline),
    )


def _said(outline: Outline) -> str:
    return outline.name_ko or outline.code or outline.kostat
