"""A boundary file is drawn and its dongs become areas, or it is refused in one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.schema.energy import Boundary
from db.store import Store
from gwangju_desktop import check
from gwangju_desktop.energy import areas, boundaries, boundary_reading
from gwangju_desktop.errors import UserError

SQUARE = [[126.8, 35.1], [126.9, 35.1], [126.9, 35.2], [126.8, 35.2], [126.8, 35.1]]


def feature(
    code: object = "24010", name: str = "동구", key: str = "code", ring: Any = None, **more: Any
) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {key: code, "name": name, **more},
        "geometry": {"type": "Polygon", "coordinates": [SQUARE if ring is None else ring]},
    }


def dong(code: str = "2401051", name: str = "충장동", **more: Any) -> dict[str, Any]:
    return feature(code, name, **more)


def written(path: Path, *features: Any, **more: Any) -> Path:
    path.write_text(
        json.dumps({"type": "FeatureCollection", **more, "features": list(features)}), "utf-8"
    )
    return path


@pytest.fixture
def office(sqlite_store: Store) -> Store:
    from db.store import usecase

    sqlite_store.run(usecase("Set up areas")(lambda tx: areas.complete(tx)))
    return sqlite_store


def taken(store: Store, path: Path, **said: Any) -> int:
    drawn = boundary_reading.read(path)
    digest = store.papers.put(boundaries.content(drawn))
    changes = store.run(boundaries.import_boundary, drawn=drawn, sha256=digest, **said)
    return int(changes.value)


def shapes(store: Store, level: str) -> dict[str, boundaries.Shape]:
    with store.reading() as read:
        found = boundaries.shapes(read, store.papers, level=level)
    return {shape.code: shape for shape in found}


def test_districts_of_the_statistics_office_are_drawn_under_the_standard_codes(
    office: Store, tmp_path: Path
) -> None:
    path = written(tmp_path / "구.geojson", feature(base_year="2013"), feature("24050", "광산구"))
    taken(office, path, source="통계청")
    drawn = shapes(office, "district")
    assert {code: shape.name for code, shape in drawn.items()} == {
        "29110": "동구",
        "29200": "광산구",
    }
    assert drawn["29110"].polygons == ((tuple((x, y) for x, y in SQUARE),),)
    with office.reading() as read:
        (row,) = boundaries.boundaries(read)
        assert boundaries.levels(read) == {"district"}
    assert (row.year, row.features, row.source, row.file_name) == (2013, 2, "통계청", "구.geojson")


def test_dongs_become_areas_of_their_district_with_the_code_that_is_known(
    office: Store, tmp_path: Path
) -> None:
    taken(office, written(tmp_path / "a.geojson", dong(name_eng="Chungjang-dong")))
    with office.reading() as read:
        (made,) = areas.children(read, "29110")
        assert areas.names(read)["29110", "충장동"] == "2401051"
        assert areas.codes(read)["2401051"] == "2401051"
    assert (made.code, made.kostat, made.level, made.name_en) == (
        "2401051",
        "2401051",
        "dong",
        "Chungjang-dong",
    )
    assert made.valid_to is not None
    # The same dong of another year and another length of code is no second area.
    both = dong("24010510", "충장동", adm_cd2="2911052500", adm_nm="광주광역시 동구 충장동")
    other = dong("24010540", "동명동", adm_cd2="2911054500")
    taken(office, written(tmp_path / "b.geojson", both, other))
    with office.reading() as read:
        dongs = {row.code: row.kostat for row in areas.children(read, "29110")}
    assert dongs == {"2401051": "2401051", "2911054500": "24010540"}
    assert set(shapes(office, "dong")) == {"2401051", "2911054500"}


def test_a_file_of_the_country_is_read_for_what_is_the_citys(office: Store, tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", feature("11010", "종로구"), feature("24010", "동구"))
    drawn = boundary_reading.read(path)
    assert (len(drawn.outlines), drawn.left) == (1, 1)
    taken(office, path)
    assert set(shapes(office, "district")) == {"29110"}


def test_a_removed_file_gives_way_to_the_one_before_and_comes_back(
    office: Store, tmp_path: Path
) -> None:
    first = taken(office, written(tmp_path / "a.json", feature()))
    second = taken(office, written(tmp_path / "b.json", feature("29140", "서구", key="SIG_CD")))
    assert set(shapes(office, "district")) == {"29140"}
    office.run(boundaries.remove_boundary, id=second)
    assert set(shapes(office, "district")) == {"29110"}
    office.undo()
    assert set(shapes(office, "district")) == {"29140"}
    office.run(boundaries.remove_boundary, id=second)
    office.run(boundaries.remove_boundary, id=first)
    assert shapes(office, "district") == {}


def test_a_boundary_file_that_is_gone_is_found_and_said(office: Store, tmp_path: Path) -> None:
    taken(office, written(tmp_path / "구.geojson", feature()))
    assert check.check(office) == []
    with office.reading() as read:
        digest = read.scalars(select(Boundary.sha256)).one()
    office.papers.path(digest).unlink()
    (finding,) = check.check(office)
    assert finding.where == "구.geojson"
    with pytest.raises(UserError, match=r"구\.geojson"):
        shapes(office, "district")


def test_a_dong_of_an_unknown_district_waits_for_its_codes(office: Store, tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", dong("2406051", "새동"))
    with pytest.raises(UserError, match="24060"):
        taken(office, path)
    with office.reading() as read:
        assert areas.areas(read, level="dong") == []


def test_holes_and_islands_are_kept(office: Store, tmp_path: Path) -> None:
    hole = [[126.84, 35.14], [126.86, 35.14], [126.86, 35.16], [126.84, 35.14]]
    island = [[127.0, 35.1], [127.1, 35.1], [127.1, 35.2], [127.0, 35.1]]
    one = feature()
    one["geometry"] = {"type": "MultiPolygon", "coordinates": [[SQUARE, hole], [island]]}
    taken(office, written(tmp_path / "a.json", one))
    drawn = shapes(office, "district")["29110"].polygons
    assert [len(polygon) for polygon in drawn] == [2, 1]


def _point(east: object, north: object) -> list[Any]:
    return [[east, north], *SQUARE[1:4], [east, north]]


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "no json": (lambda path: path.write_bytes(b"{"), "GeoJSON이 아닙니다"),
    "bytes": (lambda path: path.write_bytes(b"\xff\xfe\x00\x80" * 9), "GeoJSON이 아닙니다"),
    "list": (lambda path: path.write_text("[1, 2]"), "GeoJSON이 아닙니다"),
    "topojson": (lambda path: path.write_text('{"type": "Topology"}'), "TopoJSON"),
    "deep": (lambda path: path.write_text("[" * 200_000), "너무 깊게"),
    "nan": (lambda path: written(path, feature(ring=_point(float("nan"), 35))), "NaN"),
    "overflow": (
        lambda path: path.write_text(
            json.dumps({"type": "FeatureCollection", "features": [feature()]}).replace(
                "126.8,", "1e999,", 1
            )
        ),
        "다각형",
    ),
    "digits": (lambda path: path.write_text("[" + "9" * 9000 + "]"), "GeoJSON이 아닙니다"),
    "text numbers": (lambda path: written(path, feature(ring=_point("126.8", 35))), "다각형"),
    "no codes": (lambda path: written(path, feature("동구")), "코드가 없습니다"),
    "no properties": (lambda path: written(path, {"type": "Feature"}), "속성"),
    "twice": (lambda path: written(path, feature(), feature()), "24010"),
    "elsewhere": (lambda path: written(path, feature("11010", "종로구")), "광주 코드"),
    "legal dongs": (lambda path: written(path, feature("29110101", "대인동")), "법정동"),
    "mixed": (lambda path: written(path, feature(), dong()), "섞여"),
    "metres": (lambda path: written(path, feature(ring=_point(190000.0, 280000.0))), "미터"),
    "swapped": (lambda path: written(path, feature(ring=_point(35.1, 126.8))), "위도"),
    "abroad": (lambda path: written(path, feature(ring=_point(2.3, 48.8))), "동구"),
    "crs": (
        lambda path: written(
            path,
            feature(),
            crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::5179"}},
        ),
        "5179",
    ),
    "point": (
        lambda path: written(
            path, feature() | {"geometry": {"type": "Point", "coordinates": [126.8, 35.1]}}
        ),
        "동구",
    ),
    "no geometry": (lambda path: written(path, feature() | {"geometry": None}), "동구"),
    "two points": (lambda path: written(path, feature(ring=SQUARE[:2])), "동구"),
    "nothing": (lambda path: written(path), "속성"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_no_boundary_file_is_refused_in_one_sentence(what: str, tmp_path: Path) -> None:
    write, said = BROKEN[what]
    path = tmp_path / "경계.geojson"
    write(path)
    with pytest.raises(UserError) as refused:
        boundary_reading.read(path)
    sentence = str(refused.value)
    assert said in sentence
    assert "\n" not in sentence


def test_a_file_of_100_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "큰.geojson"
    with path.open("wb") as file:
        file.truncate(100 << 20)
    with pytest.raises(UserError, match="50"):
        boundaries.read(path)


def test_too_many_points_and_too_many_areas_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "a.json", feature(), feature("24020"))
    monkeypatch.setattr(boundary_reading, "MOST_POINTS", 9)
    with pytest.raises(UserError, match="9"):
        boundary_reading.read(path)
    monkeypatch.setattr(boundary_reading, "MOST_FEATURES", 1)
    with pytest.raises(UserError, match="1"):
        boundary_reading.read(path)


def test_a_file_is_read_in_a_child_and_its_refusal_comes_back(tmp_path: Path) -> None:
    good = boundaries.read(written(tmp_path / "a.json", feature(base_year="2013")))
    assert (good.level, good.year) == ("district", 2013)
    assert good.outlines == boundary_reading.read(tmp_path / "a.json").outlines
    with pytest.raises(UserError, match="코드가 없습니다"):
        boundaries.read(written(tmp_path / "b.json", feature("x")))


def test_the_published_files_are_drawn_whole(office: Store, shared_data: Path) -> None:
    taken(office, shared_data / "admin" / "gwangju_districts_2013.geojson")
    taken(office, shared_data / "admin" / "gwangju_dongs_2013.geojson")
    assert set(shapes(office, "district")) == {"29110", "29140", "29155", "29170", "29200"}
    assert len(shapes(office, "dong")) == 95
    with office.reading() as read:
        dongs = areas.areas(read, level="dong")
        counted = {
            code: len(areas.children(read, code)) for code in ("29110", "29140", "29170", "29200")
        }
        assert areas.codes(read)["24050"] == "29200"
        suwan = areas.area(read, "2405075")
    assert len(dongs) == 95
    assert (suwan.name_ko, suwan.parent) == ("수완동", "29200")
    # 우산동 exists in two districts.
    assert [row.parent for row in dongs if row.name_ko == "우산동"] == ["29200", "29170"]
    assert sum(counted.values()) < 95
    assert counted["29200"] == 21
