"""Made-up files (예시) in the layouts of the published ones, so that a plain clone tests them too."""

from __future__ import annotations

from pathlib import Path

USES = ("주택용", "일반용", "교육용", "산업용", "농사용", "가로등", "심 야")
DISTRICTS = ("동구", "서구", "남구", "북구", "광산구")
PROVINCES = ("강원", "경기", "광주", "서울", "합계")


def kepco(path: Path, *, year: int = 2031, months: int = 12, shift: int = 0) -> Path:
    """Write electricity by district and contract kind in kWh, with 경기도 광주시 beside it."""
    header = ["연도", "시도", "시군구", "계약종별", *[f" {month}월 " for month in range(1, 13)]]
    lines = [",".join(header)]
    places = [("광주광역시", name) for name in DISTRICTS]
    places += [("경기도", "광주시"), ("서울특별시", "중구")]
    for place, (province, district) in enumerate(places):
        for use, name in enumerate(USES):
            numbers = [
                f'"{kepco_value(place, use, month) + shift:,}"' if month <= months else " - "
                for month in range(1, 13)
            ]
            lines.append(f"{year},{province},{district},{name}," + ",".join(numbers))
    path.write_text("\ufeff" + "\r\n".join(lines) + "\r\n", "utf-8")
    return path


def kepco_value(place: int, use: int, month: int) -> int:
    """Return the made-up kWh of a place, a use and a month."""
    return 1_000_001 * (place + 1) + 10_007 * (use + 1) + 101 * month


def epsis(path: Path, *, wrong: bool = False) -> Path:
    """Write sales by province and use in MWh: three header rows, inline subtotals, 합계 last."""
    lines = [
        "구분,주거용,업무용,,,산업용,,,,,합계",
        ",,공공용,서비스업,업무용 계,광업,제조업,,,산업용 계,",
        ",,,,,,식료품,가구,제조업 계,,",
    ]
    sums = [0.0] * 10
    for place, name in enumerate(PROVINCES[:-1]):
        home, public, service, mining, food, chairs = (
            round(100_125.125 * (place + 1) * k + 7500.5 * k * k, 3) for k in range(1, 7)
        )
        business, made = public + service, food + chairs
        industry = made + mining
        row = [home, public, service, business, mining, food, chairs, made, industry]
        row.append(home + business + industry)
        sums = [a + b for a, b in zip(sums, row, strict=True)]
        lines.append(name + "," + ",".join(f"{value:.3f}" for value in row))
    if wrong:
        sums[0] += 5
    lines.append("합계," + ",".join(f"{value:.3f}" for value in sums))
    path.write_bytes(("\n".join(lines) + "\n").encode("cp949"))
    return path


def kogas(path: Path, *, year: int = 2031) -> Path:
    """Write city gas by month and province in 천㎥, CP949."""
    lines = ["연월,강원,서울,경기,광주"]
    for month in range(1, 13):
        lines.append(f"{year}-{month:02d},{100 + month},{9000 + month},0,{5000 + month}")
    path.write_bytes(("\n".join(lines) + "\n").encode("cp949"))
    return path


def monthly_stats(path: Path) -> Path:
    """Write a month's power statistics (MWh): letter-spaced names, an unlabelled sum, two 소계."""
    from openpyxl import Workbook

    rows: list[list[object]] = [
        ["", "", "서  울", "부  산", "광  주", "합 계"],
        ["가 정 용", "", 900500.5, 500250.25, 200125.125, None],
        ["공 공 용", "", 90500.5, 50500.5, 20500.5, None],
        ["서비스", "서 비 스 업", None, None, None, None],
        ["", "전 철", 11000.0, 12000.0, 13000.0, None],
        ["", "순수서비스", 300000.0, 200000.0, 100000.0, None],
        ["", "소 계", None, None, None, None],
        ["광 업", "", 5000.0, 4000.0, "-", None],
        ["식 료 품", "", 70000.0, 60000.0, 50000.0, None],
        ["계", "", None, None, None, None],
        ["합 계", "", None, None, None, None],
    ]
    for column in range(2, 5):
        numbers = {place: _number(row[column]) for place, row in enumerate(rows)}
        service = numbers[4] + numbers[5]
        rows[3][column] = service
        rows[6][column] = service + numbers[2]
        rows[9][column] = numbers[7] + numbers[8]
        rows[10][column] = numbers[1] + service + numbers[2] + numbers[7] + numbers[8]
    for row in rows[1:]:
        row[5] = sum(_number(value) for value in row[2:5])
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append([None if value == "" else value for value in row])
    book.save(path)
    return path


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
