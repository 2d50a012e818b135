"""Published files in by the command line, their facts out of it; the second time nothing is new."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db.schema.energy import Reading, Series
from db.store import Store
from gwangju_desktop import cli
from tests.gwangju_desktop.sheets import made

FILES: dict[str, tuple[str, ...]] = {
    "energy/kepco_sigungu_contract_monthly_2024.csv": (),
    "energy/epsis_sales_by_sido_and_use_2021.csv": ("--period", "2021"),
    "energy/kogas_citygas_sales_by_sido_monthly_1989-2022.csv": (),
    "energy/epsis_customers_by_sido_2010-2021.csv": (),
    "energy/kepco_monthly_stats_use_by_sido_2020-02.xlsx": ("--period", "2020-02"),
    "energy/citygas_association_coverage_1992-2024.xlsx": (),
    "energy/solar_generation_by_sido_monthly_2021.xlsx": ("--period", "2021"),
    "energy/kpx_national_demand_hourly_wide_2022.csv": (),
    "energy/kosis_national_ghg_by_gas_1990-2019.xlsx": (),
    "energy/pjm_east_hourly_load_2002-2018.csv": (),
    "admin/mois_population_households_by_sido_monthly_2020-2022.xlsx": (),
}
HEAVY = "energy/pjm_east_hourly_load_2002-2018.csv"


def said(*words: object, code: int = 0) -> Any:
    """Run a command with --json in this process; return what it printed, or why it refused."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            found = cli.main([*(str(word) for word in words), "--json"])
        except SystemExit as stopped:
            found = int(stopped.code or 0)
    assert found == code, err.getvalue()
    out.flush()
    printed = out.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    if code == 2:  # words that are no command: nothing was asked, so no document answers
        assert printed == ""
        return err.getvalue()
    told = json.loads(printed)
    if code:
        assert told["ok"] is False and err.getvalue() == f"error: {told['problems'][0]}\n"
    return err.getvalue() if code else told


@pytest.fixture(scope="module", autouse=True)
def _own_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path_factory.mktemp("home")))
    yield
    patch.undo()


@pytest.fixture(scope="module")
def office(
    read_once: None, shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[object]:
    """An office with every published file, each imported by the command line."""
    path = tmp_path_factory.mktemp("office") / "에너지.gwoffice"
    said("new", path)
    told = []
    for name, more in FILES.items():
        told += said("--office", path, "import", "energy", shared_data / name, *more)
    assert [one["dataset"] for one in told] == list(range(1, len(FILES) + 1))
    assert all(one["changes"]["new"] == one["readings"] > 0 for one in told)
    return ["--office", path]


def points(office: list[object], *words: object) -> list[dict[str, Any]]:
    return list(said(*office, "series", *words)["points"])


MONTH, YEAR, HOUR = ("--by", "month"), ("--by", "year"), ("--by", "hour")
CITY = "29000"
# Indicator, area, length, condition, period, value in the indicator's unit.
FACTS = [
    ("EL01", "29110", MONTH, "use=residential", "2024-01", 16_571.923),
    ("EL01", "29110", YEAR, "use=residential", "2024", 200_696.405),
    ("EL01", "29170", YEAR, "use=residential", "2024", 725_115.877),
    ("EL01", "29200", YEAR, "use=residential", "2024", 688_799.040),
    ("EL01", "29170", MONTH, "use=industrial", "2024-03", 57_793.886),
    ("EL01", "29200", MONTH, "use=general", "2024-12", 70_107.282),
    ("EL01", "29155", MONTH, "use=night", "2024-07", 198.104),
    # 경기도 광주시 (55,803,721 kWh in January) is not in these.
    ("EL01", CITY, MONTH, "", "2024-01", 817_030.854),
    ("EL01", CITY, MONTH, "", "2024-08", 951_516.078),
    ("EL01", CITY, YEAR, "", "2024", 9_343_347.782),
    ("GS01", CITY, MONTH, "", "1989-01", 2_203),
    ("GS01", CITY, MONTH, "", "2000-01", 39_465),
    ("GS01", CITY, MONTH, "", "2019-01", 94_441),
    ("GS01", CITY, MONTH, "", "2021-03", 65_045),
    ("GS01", CITY, MONTH, "", "2022-12", 100_875),
    ("GS01", CITY, YEAR, "", "2021", 639_844),
    ("GS01", "41000", MONTH, "", "1989-01", 0),
    ("EL01", CITY, YEAR, "use=residential", "2021", 2_215_918),
    ("EL01", CITY, YEAR, "use=public", "2021", 568_578),
    ("EL01", CITY, YEAR, "use=service", "2021", 3_272_320),
    ("EL01", CITY, YEAR, "use=business", "2021", 3_840_898),
    ("EL01", CITY, YEAR, "use=industrial", "2021", 2_916_630.068),
    ("EL01", CITY, YEAR, "", "2021", 8_973_446.068),
    ("EL01", "00000", YEAR, "use=residential", "2021", 77_558_386),
    ("EL01", "00000", YEAR, "", "2021", 533_430_810.78),
    ("EL04", CITY, YEAR, "", "2021", 558_106),
    ("EL04", CITY, YEAR, "", "2020", 553_028),
    ("EL04", CITY, YEAR, "", "2015", 526_471),
    ("EL04", CITY, YEAR, "", "2010", 462_672),
    ("EL04", "00000", YEAR, "", "2021", 24_523_304),
    ("EL01", CITY, MONTH, "use=residential", "2020-02", 180_774.935),
    ("EL01", CITY, MONTH, "use=public", "2020-02", 47_840.87),
    ("EL01", CITY, MONTH, "use=service", "2020-02", 289_073.731),
    ("EL01", CITY, MONTH, "", "2020-02", 740_068.227),
    ("GS03", CITY, YEAR, "", "2023", 655_433),
    ("GS04", CITY, YEAR, "", "2023", 665_794),
    ("GS02", CITY, YEAR, "", "2023", 101.58),
    ("GS03", CITY, YEAR, "", "2024", 658_075),
    ("GS04", CITY, YEAR, "", "2024", 672_205),
    ("GS02", CITY, YEAR, "", "2024", 102.147),
    ("GS03", CITY, YEAR, "", "2006", 495_065),
    ("GS04", CITY, YEAR, "", "2006", 343_727),
    ("GS02", CITY, YEAR, "", "2006", 69.43),
    ("GS02", CITY, YEAR, "", "1992", 23.379),
    ("GS02", CITY, YEAR, "", "2005", 58.174),
    ("LD01", "00000", HOUR, "", "2022-01-01T01", 67_369),
    ("LD01", "00000", HOUR, "", "2022-01-01T02", 64_791),
    ("LD01", "00000", ("--by", "day"), "", "2022-01-01", 1_479_929),
    ("LD01", "00000", HOUR, "", "2022-12-23T11", 94_509),
    ("LD01", "00000", HOUR, "", "2022-12-31T01", 68_466),
    ("PV02", CITY, MONTH, "", "2021-01", 10_735.14),
    ("PV02", CITY, MONTH, "", "2021-04", 27_073.72),
    ("PV02", CITY, MONTH, "", "2021-12", 14_562.55),
    ("PV02", "11000", MONTH, "", "2021-01", 3_034.95),
    ("PV02", "45000", MONTH, "", "2021-01", 184_965.7),
    ("GH04", "00000", YEAR, "", "2018", 727_045_000),
    ("GH04", "00000", YEAR, "gas=net", "2018", 684_959_000),
    ("GH04", "00000", YEAR, "gas=lulucf", "2018", -42_086_000),
    ("GH04", "00000", YEAR, "", "2019", 701_370_000),
    ("GH04", "00000", YEAR, "gas=net", "2019", 661_820_000),
    ("GH04", "00000", YEAR, "", "1990", 292_098_000),
    ("PP01", CITY, MONTH, "", "2020-01", 1_456_688),
    ("HH01", CITY, MONTH, "", "2020-01", 617_379),
    ("PP01", CITY, MONTH, "", "2022-12", 1_431_050),
    ("HH01", CITY, MONTH, "", "2022-12", 652_355),
    ("PP01", "00000", MONTH, "", "2020-01", 51_847_509),
]
# Printed by the publisher with fewer digits than the file holds.
ROUNDED = {"GS02": 0.005}


def test_every_fact_of_the_published_files(office: list[object]) -> None:
    asked: dict[tuple[Any, ...], dict[str, float]] = {}
    for indicator, area, by, where, period, value in FACTS:
        # A year of hours is long to print: of hours the ones that are told are asked for alone.
        alone = period if by == HOUR else ""
        asked.setdefault((indicator, area, by, where, alone), {})[period] = value
    wrong = []
    for (indicator, area, by, where, _), told in asked.items():
        span = ("--from", min(told), "--to", max(told))
        more = ("--where", where) if where else ()
        found = points(office, indicator, "--area", area, *by, *span, *more)
        near = {
            period: [pytest.approx(value, abs=ROUNDED.get(indicator, 0), rel=0)]
            for period, value in told.items()
        }
        held = {
            period: [one["value"] for one in found if one["period"] == period] for period in told
        }
        if held != near:
            wrong.append((indicator, area, where, told, held))
    assert wrong == []


def test_the_hours_of_a_grid_abroad(office: list[object]) -> None:
    # What is stored is counted where it is: to print 145,366 hours takes four seconds.
    with Store.open(Path(str(office[1])), write=False) as store, store.reading() as read:
        held = read.execute(
            select(
                func.count(),
                func.count(Reading.period.distinct()),
                func.sum(Reading.value),
                func.max(Reading.value),
                func.min(Reading.value),
            )
            .join(Series, Series.id == Reading.series_id)
            .where(Series.area == "PJM")
        ).one()
    assert tuple(held) == (145_366, 145_366, 4_663_373_672, 62_009, 14_544)
    asked = ("LD02", "--area", "PJM", "--by", "hour")
    for period, value in (
        ("2002-01-01T01", 30_393),
        ("2006-08-02T17", 62_009),
        ("2012-10-30T04", 14_544),
    ):
        (one,) = points(office, *asked, "--from", period, "--to", period)
        assert one["value"] == value
    last = points(office, *asked, "--from", "2018-08-01")
    assert last[-1]["value"] == 35_486
    twice = []
    for year in range(2014, 2018):
        autumn = points(office, *asked, "--from", f"{year}-10-31", "--to", f"{year}-11-10")
        twice += [one["period"] for one in autumn if one["period"].endswith("*")]
    assert twice == ["2014-11-02T02*", "2015-11-01T02*", "2016-11-06T02*", "2017-11-05T02*"]
    # A load is no flow: its hours make no month.
    assert points(office, "LD02", "--area", "PJM") == []


def test_counts_of_the_published_files(office: list[object]) -> None:
    gas = points(office, "GS01", "--area", CITY, "--by", "month")
    assert (len(gas), gas[0]["period"], gas[-1]["period"]) == (408, "1989-01", "2022-12")
    ghg = points(office, "GH04", "--area", "00000")
    assert [one["period"] for one in ghg] == [str(year) for year in range(1990, 2020)]
    datasets = said(*office, "list", "datasets")
    assert len(datasets) == len(FILES)
    load = points(office, "LD01", "--area", "00000", "--by", "hour")
    top = max(load, key=lambda one: one["value"])
    assert (len(load), top["period"]) == (8760, "2022-12-23T11")
    assert [one["readings"] for one in datasets][:3] == [504, 34 * 18, 408 * 17]
    solar = said(*office, "series", "PV02", "--area", "00000", "--by", "month")["points"]
    assert len(solar) == 12


def test_other_cities_are_kept_for_comparison_their_districts_are_not(
    office: list[object],
) -> None:
    with Store.open(Path(str(office[1])), write=False) as store, store.reading() as read:
        areas = set(read.scalars(select(Series.area)))
    districts = {"29110", "29140", "29155", "29170", "29200"}
    assert {area for area in areas if not area.endswith("000")} == {*districts, "PJM"}
    assert len({area for area in areas if area.endswith("000")}) == 18
    found = points(office, "EL01", "--by", "month")
    assert {one["area"] for one in found} == {CITY, *districts}
    assert len(points(office, "GS01", "--area", "11000", *MONTH)) == 408


def test_all_files_a_second_time_change_nothing(office: list[object], shared_data: Path) -> None:
    # The hours of sixteen years are read once above; what is told of them is told of all.
    for name, more in FILES.items():
        if name == HEAVY:
            continue
        (told,) = said(*office, "import", "energy", shared_data / name, *more)
        assert told["dataset"] is None, name
        assert told["changes"]["new"] == told["changes"]["revised"] == 0, name
        assert told["changes"]["same"] == told["readings"], name
    assert len(said(*office, "list", "datasets")) == len(FILES)


def test_a_figure_as_it_was_known(tmp_path: Path) -> None:
    office = ["--office", tmp_path / "a.gwoffice"]
    said("new", office[1])
    said(*office, "import", "energy", made.kepco(tmp_path / "a.csv"))
    asked = ("EL01", "--area", "29110", "--by", "month", "--known-on")
    assert len(points(office, *asked, "2100-01-01")) == 12
    assert points(office, *asked, "2020-01-01") == []


def test_what_is_missing_is_asked_for_and_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    office = ["--office", tmp_path / "a.gwoffice"]
    said("new", office[1])
    path = made.epsis(tmp_path / "판매 31.csv")
    (asked,) = said(*office, "import", "energy", path, "--dry-run")
    assert [one["about"] for one in asked["questions"]] == ["period"]
    assert asked["changes"] is None
    refusal = said(*office, "import", "energy", path, code=1)
    assert "--period" in refusal and refusal.startswith("error: ")
    (dry,) = said(*office, "import", "energy", path, "--period", "2031", "--dry-run")
    assert dry["changes"]["new"] > 0 and "dataset" not in dry
    assert said(*office, "list", "datasets") == []
    wrong = made.epsis(tmp_path / "b.csv", wrong=True)
    refusal = said(*office, "import", "energy", wrong, "--period", "2031", code=1)
    assert "--accept-totals" in refusal
    (taken,) = said(*office, "import", "energy", wrong, "--period", "2031", "--accept-totals")
    assert taken["dataset"] == 1 and len(taken["accepted"]) == 1
    for bad in (
        ["--period", "März"],
        ["--unit", "Ellen"],
        ["--layout", "nobody"],
        ["--sheet", "X"],
        ["--area", "광주"],
        ["--encoding", "klingon"],
    ):
        refusal = said(*office, "import", "energy", wrong, *bad, code=1)
        assert refusal.count("\n") == 1


def test_a_name_of_two_places_is_answered_by_its_code(tmp_path: Path) -> None:
    office = ["--office", tmp_path / "a.gwoffice"]
    said("new", office[1])
    path = tmp_path / "a.csv"
    months = [f"2031-{month:02d},{50_000 + month}" for month in range(1, 13)]
    path.write_text("\n".join(["연월,광주", *months]), encoding="cp949")
    given = ("--layout", "kogas_sales", "--encoding", "cp949")
    refusal = said(*office, "import", "energy", path, *given, code=1)
    assert "--area" in refusal and "광주=" in refusal
    (told,) = said(*office, "import", "energy", path, *given, "--area", "광주=29000")
    assert (told["encoding"], told["changes"]["new"]) == ("cp949", 12)


def test_a_layout_may_be_declared_in_a_file(tmp_path: Path) -> None:
    office = ["--office", tmp_path / "a.gwoffice"]
    said("new", office[1])
    declaration = tmp_path / "우리.toml"
    declaration.write_text(
        'id = "own_water"\npublisher = "가상 상수도본부"\n'
        'title = { ko = "수도 사용량(가상)", en = "Water (made up)" }\n'
        'unit = "㎥"\nindicator = "WT01"\n'
        'when = { axes = ["province", "district", "month"], words = ["수돗물"] }\n',
        encoding="utf-8",
    )
    table = tmp_path / "물.csv"
    rows = [
        f"2031-{month:02d},광주광역시,{name},{month * 10 + place}"
        for month in (1, 2)
        for place, name in enumerate(("동구", "서구", "남구", "북구", "광산구"))
    ]
    table.write_text("\n".join(["연월,시도,시군구,수돗물 사용량", *rows]), encoding="utf-8")
    (told,) = said(*office, "import", "energy", table, "--layout", declaration)
    assert (told["layout"], told["changes"]["new"]) == ("own_water", 10)
    (point,) = points(office, "WT01", "--area", CITY, *MONTH, "--from", "2031-02")[:1]
    assert (point["value"], point["from"]) == (110, "sum")
