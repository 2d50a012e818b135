"""Long text read by columns says what the reader says row by row, or leaves it to the reader."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Any

import pytest

from gwangju_desktop.energy.incoming import blocks
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.sheets import fast
from gwangju_desktop.sheets.facts import Asked, Understanding
from gwangju_desktop.sheets.understand import understand

DISTRICTS = ("동구", "서구", "남구", "북구", "광산구")
USES = ("주택용", "일반용", "산업용")
ASKED = Asked(layout="kepco_sigungu_contract")


def table(path: Path, *, encoding: str = "utf-8", mark: str = ",", **odd: Any) -> Path:
    """Write two years of months by district and use, long; `odd` changes single cells."""
    pick = random.Random(7)
    rows = ["연월,시도,시군구,계약종별,사용량(kWh)"]
    for year in (2031, 2032):
        for month in range(1, 13):
            for district in DISTRICTS:
                for use in USES:
                    value = f"{pick.randint(1, 10**7)}.{pick.randint(0, 999):03d}"
                    rows.append(f"{year}-{month:02d},광주광역시,{district},{use},{value}")
    for place, row in odd.get("rows", {}).items():
        rows[place] = row
    text = odd.get("end", "\n").join(rows).replace(",", mark) + odd.get("last", "\n")
    path.write_bytes(text.encode(encoding))
    return path


def by_columns(path: Path, asked: Asked = ASKED) -> Understanding | None:
    """Read a file by columns, None where it is left to the reader."""
    try:
        return fast._Long(path, asked, lambda share: None).understood()
    except fast.NotPlain:
        return None


def numbers(found: Understanding) -> dict[Any, Any]:
    return {
        (block.name, block.unit): list(zip(block.periods, block.values, block.marks, strict=True))
        for block in blocks(found)
    }


@pytest.mark.parametrize(
    "made",
    [
        {},
        {"encoding": "cp949"},
        {"encoding": "utf-8-sig", "end": "\r\n"},
        {"mark": "\t", "last": ""},
        {"rows": {3: '2031-01,광주광역시,"동구",산업용,"1,234.5"'}},
        {
            "rows": {
                3: "2031-01,광주광역시,동구,산업용,-",
                9: "2031-01,광주광역시, 남구 ,산업용,nan",
            }
        },
    ],
)
def test_columns_say_what_rows_say(tmp_path: Path, made: dict[str, Any]) -> None:
    path = table(tmp_path / "긴 표.csv", **made)
    long, slow = by_columns(path), understand(path, ASKED)
    assert long is not None
    assert numbers(long) == numbers(slow)
    for name in ("sha256", "encoding", "values_sha256", "count", "missing", "fingerprint"):
        assert getattr(long, name) == getattr(slow, name), name
    assert long.layout == slow.layout
    assert [one.rows for one in long.tables] == [one.rows for one in slow.tables]
    shown = {one.place: one for one in slow.readings}
    assert all(shown[one.place] == one for one in long.readings if one.value)


@pytest.mark.parametrize(
    "row",
    [
        "2031-01,광주광역시,합계,산업용,5",
        "2031-01,광주광역시,동구,합계,5",
        "2031-01,광주광역시,동구,산업용,5(p)",
        "2031-01,광주광역시,동구,주택용,5",
        "2031-01,광주광역시,,산업용,5",
        "2031-01,광주광역시,동구,산업용,다섯",
        "2031-01,광주광역시,동구,산업용,1_0",
        "2031년 겨울,광주광역시,동구,산업용,5",
        "2031-01,광주광역시,동구,산업용",
        "2031-01,광주광역시,동구,산업용,5,6",
        "",
    ],
)
def test_what_is_not_plain_is_left_to_the_reader(tmp_path: Path, row: str) -> None:
    path = table(tmp_path / "a.csv", rows={300: row})
    assert by_columns(path) is None


def test_lines_out_of_step_are_found(tmp_path: Path) -> None:
    two = {200: "2031-01,광주광역시,동구,산업용", 201: "7,2031-01,광주광역시,동구,산업용,5"}
    assert by_columns(table(tmp_path / "a.csv", rows=two)) is None


def test_the_hour_after_summer_time_stands_twice(tmp_path: Path) -> None:
    rows = ["Datetime,PJME_MW"]
    rows += [
        f"2014.11.{day} {hour}:00,{20000 + day * hour}" for day in range(1, 9) for hour in range(24)
    ]
    rows.insert(28, "2014.11.2 2:00,21111")
    path = tmp_path / "pjm.csv"
    path.write_text("\n".join(rows), "utf-8")
    asked = Asked(layout="pjm_hourly")
    long = by_columns(path, asked)
    assert long is not None
    assert numbers(long) == numbers(understand(path, asked))
    assert any(period > 2014110250 for period in long.columns[0].periods if period < 2014110299)


def test_a_large_file_is_read_so_in_the_child(tmp_path: Path) -> None:
    from gwangju_desktop.energy import imports

    path = table(tmp_path / "a.csv")
    small = imports.prepare(path, layout="kepco_sigungu_contract")
    padded = path.read_bytes() + b"\n" * fast.LARGE
    path.write_bytes(padded)
    large = imports.prepare(path, layout="kepco_sigungu_contract")
    assert large.columns
    assert numbers(large) == numbers(small)


def test_what_the_fast_reader_cannot_read_is_refused_by_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fast, "LARGE", 1)
    path = table(tmp_path / "a.csv")
    text = path.read_text("utf-8").replace(
        "2031-05,광주광역시,서구,일반용,", "봄,광주광역시,서구,일반용,"
    )
    path.write_text(text, "utf-8")
    with pytest.raises(UserError, match=r"a\.csv"):
        fast.understand(path, Asked(layout="kepco_sigungu_contract"), tell=lambda _share: None)


def test_a_cancelled_reading_leaves_no_file_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gwangju_desktop.energy import imports

    folder = tmp_path / "passing"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    path = table(tmp_path / "a.csv")
    path.write_bytes(path.read_bytes() + b"\n" * fast.LARGE)
    heard: list[float] = []
    with pytest.raises(Cancelled):
        imports.prepare(
            path,
            layout="kepco_sigungu_contract",
            cancelled=lambda: bool(heard),
            progress=heard.append,
        )
    assert heard
    assert list(folder.iterdir()) == []
