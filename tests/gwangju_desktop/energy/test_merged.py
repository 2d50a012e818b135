"""Files of the city from 2026-07-01 on: asked about, and read once its codes are loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop.energy import area_codes, catalogue, figures, imports
from gwangju_desktop.errors import UserError

DISTRICTS = {"동구": "110", "서구": "140", "남구": "155", "북구": "170", "광산구": "200"}
CITY = "전남광주통합특별시"


def test_a_file_of_the_merged_city_is_read_by_codes_of_ones_own(
    sqlite_store: Store, tmp_path: Path
) -> None:
    store = sqlite_store
    store.run(catalogue.set_up)
    months = ",".join(f"{month}월" for month in range(1, 13))
    lines = [f"연도,시도,시군구,계약종별,{months}"]
    for n, name in enumerate([*DISTRICTS, "목포시"], start=1):
        row = ",".join(str(n * 1_000_000 + month) for month in range(12))
        lines += [f"2027,{CITY},{name},주택용,{row}", f"2027,{CITY},{name},산업용,{row}"]
    file = tmp_path / "시군구별 2027.csv"
    file.write_text("\n".join(lines), "utf-8")
    asked = imports.understood(store, file, layout="kepco_sigungu_contract")
    assert [one.about for one in asked.questions] == ["area"]
    with pytest.raises(UserError) as refused:
        store.run(imports.import_files, prepared=[asked])
    assert "Load the codes of its areas first" in str(refused.value.hint)
    codes = ["코드,시도,시군구,적용일,이전코드", f"12000,{CITY},,2026-07-01,29000"]
    codes += [f"12{n},{CITY},{name},2026-07-01,29{n}" for name, n in DISTRICTS.items()]
    listed = tmp_path / "코드.csv"
    listed.write_text("\n".join(codes), "utf-8")
    store.run(area_codes.load_codes, lines=area_codes.lines(listed), source="가상")
    found = imports.understood(store, file, layout="kepco_sigungu_contract")
    assert found.ready
    store.run(imports.import_files, prepared=[found])
    with store.reading() as read:
        east = figures.series(read, indicator="EL01", area="12110", by="month").points
        # 목포시 and the other places of the province that joined are not known here.
        city = figures.series(read, indicator="EL01", area="12000", by="month").points
        old = figures.series(read, indicator="EL01", area="29110", by="month").points
    assert [(one.period, one.value) for one in east[:2]] == [
        ("2027-01", 2000.0),
        ("2027-02", 2000.002),
    ]
    assert len(east) == 12
    assert old == ()
    assert {one.status for one in city} == {"partial"}
    more = tmp_path / "더.csv"
    more.write_text(
        f"코드,시도,시군구,적용일,이전코드\n12310,{CITY},목포시,2026-07-01,", encoding="utf-8"
    )
    store.run(area_codes.load_codes, lines=area_codes.lines(more), source="가상")
    again = imports.understood(store, file, layout="kepco_sigungu_contract")
    store.run(imports.import_files, prepared=[again])
    with store.reading() as read:
        city = figures.series(read, indicator="EL01", area="12000", by="month").points
    assert {one.status for one in city} == {"final"}
    assert city[0].value == 2 * sum(range(1, 7)) * 1_000
