"""Made-up tables (예시) of the publishers' families as other years may bring them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from gwangju_desktop.sheets.facts import Understanding
from tests.gwangju_desktop.sheets import made

Rows = list[list[object]]

PROVINCES = (
    *("서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종", "경기"),
    *("강원", "충북", "충남", "전북", "전남", "경북", "경남", "제주"),
)
MONTHS = tuple(f"{month}월" for month in range(1, 13))
PLACES = (*(("광주광역시", name) for name in made.DISTRICTS), ("경기도", "광주시"))


def text(
    path: Path, rows: Iterable[Sequence[object]], encoding: str = "utf-8", mark: str = ","
) -> Path:
    """Write rows as separated text."""
    packed = io.StringIO()
    csv.writer(packed, delimiter=mark, lineterminator="\r\n").writerows(rows)
    path.write_bytes(packed.getvalue().encode(encoding))
    return path


def workbook(path: Path, sheets: dict[str, Rows]) -> Path:
    """Write sheets of rows; "" is an empty cell."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    book.save(path)
    return path


def page(path: Path, rows: Rows, encoding: str = "utf-8") -> Path:
    """Write rows as a web page."""
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    path.write_bytes(f"<html><body><table>{table}</table></body></html>".encode(encoding))
    return path


def use(place: int, kind: int, month: int) -> int:
    """Return the made-up kWh of a district, a contract kind and a month."""
    return 2_000_001 * (place + 1) + 10_007 * (kind + 1) + 101 * month


def districts(
    year: int = 2031, head: Sequence[str] = ("연도", "시도", "시군구", "계약종별")
) -> Rows:
    """Electricity by district and contract kind, months across."""
    rows: Rows = [[*head, *MONTHS]]
    for place, (province, name) in enumerate(PLACES):
        for kind, title in enumerate(made.USES):
            numbers = [f"{use(place, kind, month):,}" for month in range(1, 13)]
            rows.append([year, province, name, title, *numbers])
    return rows


def districts_long(period: str = "{year}{month:02d}", value: str = "사용량") -> Rows:
    """The same, one row for each number; `period` writes a month."""
    rows: Rows = [["사용연월", "시도", "시군구", "계약종별", value]]
    for place, (province, name) in enumerate(PLACES):
        for kind, title in enumerate(made.USES):
            for month in range(1, 13):
                when = period.format(year=2031, month=month)
                rows.append([when, province, name, title, use(place, kind, month)])
    return rows


def gas(period: str = "{year}-{month:02d}", year: int = 2031, head: str = "연월") -> Rows:
    """City gas by month and province in 천㎥."""
    rows: Rows = [[head, *PROVINCES]]
    for month in range(1, 13):
        numbers = [gas_value(place, month) for place in range(len(PROVINCES))]
        rows.append([period.format(year=year, month=month), *numbers])
    return rows


def gas_value(place: int, month: int) -> int:
    """Return the made-up 천㎥ of a province and a month; no province is a sum of others."""
    return 10_000 + 37 * place * place + 1000 * place + 11 * month * (place + 3)


def sun(factor: float = 1.0) -> Rows:
    """Solar generation by province and month in MWh, as text."""
    rows: Rows = [["구분", *MONTHS]]
    for place, name in enumerate(PROVINCES):
        rows.append([name, *(f"{sun_value(place, month) * factor:,.2f}" for month in range(12))])
    return rows


def sun_value(place: int, month: int) -> float:
    """Return the made-up MWh of a province and a month."""
    return 1000.5 * (place + 1) + 13.25 * month * (place + 2)


def statistics(*, wrong: bool = False, title: str = "") -> Rows:
    """A month's power statistics in MWh as from 2021-04: 21 columns, 세종 in its place."""
    count = len(PROVINCES)

    def numbers(size: float) -> list[float]:
        return [round(size * (1 + 0.07 * place) + 0.125 * place, 3) for place in range(count)]

    def added(*lines: list[float]) -> list[float]:
        return [round(sum(column), 3) for column in zip(*lines, strict=True)]

    home, public = numbers(151_000), numbers(52_000)
    service = [numbers(3_100), numbers(4_300), numbers(281_000)]
    business = added(public, *service)
    farms, mines = numbers(9_100), numbers(230)
    factories = [numbers(20_000 + 1_700 * number) for number in range(4)]
    made_up = added(*factories)
    industry = added(farms, mines, made_up)
    whole = added(home, business, industry)
    if wrong:
        whole[4] += 500
    lines: list[tuple[str, str, str, list[float]]] = [
        ("가 정 용", "", "", home),
        ("공 공 용", "", "", public),
        ("서 비 스", "서 비 스 업", "", added(*service)),
        ("", "", "전  철", service[0]),
        ("", "", "수  도", service[1]),
        ("", "", "순수서비스", service[2]),
        ("", "소  계", "", business),
        ("생", "농 림 어 업", "", farms),
        ("산", "광  업", "", mines),
        ("부", "제 조 업", "식료품 제조", factories[0]),
        ("", "", "석유, 화학", factories[1]),
        ("", "", "1차 금속", factories[2]),
        ("", "", "자동차 제조", factories[3]),
        ("문", "", "소  계", made_up),
        ("", "계", "", industry),
        ("합  계", "", "", whole),
    ]
    spaced = ["  ".join(name) for name in PROVINCES]
    rows: Rows = [[title]] if title else []
    rows.append(["구   분", "", "", *spaced, "합   계"])
    for first, second, third, values in lines:
        rows.append([first, second, third, *values, round(sum(values), 3)])
    return rows


def people(names: Sequence[tuple[str, str]]) -> Rows:
    """Registered population as the ministry's workbook has it; `names` are (code, name)."""
    whats = ("총인구수", "세대수", "세대당 인구", "남자 인구수", "여자 인구수", "남여 비율")
    months = ("2031년01월", "2031년02월")
    top: list[object] = ["", ""]
    for month in months:
        top += [month, *[""] * (len(whats) - 1)]
    rows: Rows = [["※ 매월 말일자 통계 현황"], top, ["행정기관코드", "행정기관", *whats * 2]]
    for place, (code, name) in enumerate(names):
        row: list[object] = [code, name + "  "]
        for month in range(2):
            count = 100_000 + 1000 * place + month
            row += [f"{count:,}", f"{count // 2:,}", "          2.00"]
            row += [f"{count // 2:,}", f"{count - count // 2:,}", "          1.00"]
        rows.append(row)
    return rows


def hours(period: str = "2031-01-{day:02d}", head: Sequence[str] = ()) -> Rows:
    """National demand, hours across."""
    rows: Rows = [["날짜", *(head or (f"{hour}시" for hour in range(1, 25)))]]
    for day in range(1, 8):
        rows.append([period.format(day=day), *(60_000 + 100 * day + 10 * h for h in range(24))])
    return rows


def values(found: Understanding, area: str, item: str = "") -> dict[str, float | None]:
    """Return what was read of an area, by period."""
    return {
        one.period: one.value for one in found.readings if one.area == area and one.item == item
    }


def asked(found: Understanding) -> list[str]:
    """Return what is asked about a file."""
    return [question.about for question in found.questions]


def layout(found: Understanding) -> str:
    """Return what a file was taken for."""
    return found.layout.id if found.layout else ""
