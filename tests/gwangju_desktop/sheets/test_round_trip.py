"""Random tables of known numbers, written in random ways, are read back exactly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gwangju_desktop.sheets.facts import Asked
from gwangju_desktop.sheets.understand import understand
from tests.gwangju_desktop.sheets import variants

OWN = """
id = "trial"
publisher = "예시"
title = { ko = "예시 통계" }
indicator = "EL01"
dimension = "use"
labels = { "합계" = "all" }
when = { axes = [], may = ["province", "district"] }
""".replace("axes = []", 'axes = ["month"]')

USES = {
    "주택용": "residential",
    "일반용": "general",
    "산업용": "industrial",
    "가로등": "streetlight",
}
CODES = {"서울": "11000", "부산": "26000", "대구": "27000", "광주": "29000", "경기": "41000"}
MONTH_FORMS = (
    "{y}-{m:02d}",
    "{y}{m:02d}",
    "{y}.{m:02d}",
    "{y}년 {m}월",
    "{y}/{m:02d}",
    "{y}년{m:02d}월",
)
MISSING = ("-", "", "…", "x", " - ")


@dataclass
class Written:
    """How a table is put on the page."""

    rows: list[list[str]]
    expected: dict[tuple[str, str, str], float | None]


def _spell(draw: st.DrawFn, word: str) -> str:
    """Space the letters of a word, or leave it."""
    return draw(st.sampled_from((word, " ".join(word), "  ".join(word), f" {word} ")))


def _number(draw: st.DrawFn, value: int, digits: int) -> str:
    exact = value / 10**digits
    plain = f"{exact:.{digits}f}"
    return draw(st.sampled_from((plain, f"{exact:,.{digits}f}", f" {exact:,.{digits}f}")))


@st.composite
def tables(draw: st.DrawFn) -> Written:
    """Draw provinces x months x uses, wide or long, with or without totals, header and marks."""
    provinces = draw(st.permutations(sorted(CODES)))
    uses = draw(st.permutations(sorted(USES)))[: draw(st.integers(2, 4))]
    year, count = draw(st.integers(1990, 2040)), draw(st.integers(2, 12))
    form = draw(st.sampled_from(MONTH_FORMS))
    months = [(m, form.format(y=year, m=m)) for m in range(1, count + 1)]
    digits = draw(st.sampled_from((0, 0, 1, 3)))
    seed = draw(st.randoms(use_true_random=False))
    values: dict[tuple[str, str, int], int | None] = {
        (p, u, m): seed.randrange(-50 if digits else 1, 10**9)
        for p in provinces
        for u in uses
        for m, _ in months
    }
    if draw(st.booleans()):
        for key in seed.sample(sorted(values), k=len(values) // 10):
            values[key] = None
    names = {p: _spell(draw, p) for p in provinces} | {u: _spell(draw, u) for u in uses}
    gap = draw(st.sampled_from(MISSING))
    totals = draw(st.booleans())

    def cell(*key: object) -> str:
        value = values[key]  # type: ignore[index]
        return gap if value is None else _number(draw, value, digits)

    def added(keys: list[tuple[str, str, int]]) -> str:
        return _number(draw, sum(values[key] or 0 for key in keys), digits)

    unit = draw(st.sampled_from(("MWh", "kWh", "천kWh")))
    shape = draw(st.sampled_from(("months across", "uses across", "provinces across", "long")))
    rows: list[list[str]] = []
    if draw(st.booleans()):
        rows = [["예시 통계", f"(단위 : {unit})"], [""]]
        head_unit = ""
    else:
        head_unit = f"({unit})"
    label = "합 계" if draw(st.booleans()) else "합계"
    if shape == "long":
        rows.append(["연월", "시도", "용도", f"사용량{head_unit}"])
        for p in provinces:
            for u in uses:
                rows += [[text, names[p], names[u], cell(p, u, m)] for m, text in months]
    elif shape == "months across":
        rows.append(["시도", "용도", *(text for _, text in months)])
        head = rows[-1]
        for p in provinces:
            for at, u in enumerate(uses):
                # A merged cell names the province once.
                name = names[p] if not at or draw(st.booleans()) else ""
                rows.append([name, names[u], *(cell(p, u, m) for m, _ in months)])
            if totals:
                sums = [added([(p, u, m) for u in uses]) for m, _ in months]
                rows.append([names[p], label, *sums])
        if head_unit:
            head[1] += head_unit
            rows.insert(0, [f"단위 : {unit}"])
    elif shape == "uses across":
        top = ["연월", "시도", "사용량" + head_unit, *[""] * (len(uses) - 1 + totals)]
        rows += [top, ["", "", *(names[u] for u in uses), *([label] if totals else [])]]
        for m, text in months:
            for p in provinces:
                line = [text, names[p], *(cell(p, u, m) for u in uses)]
                rows.append(line + ([added([(p, u, m) for u in uses])] if totals else []))
    else:
        rows.append(["연월", "용도", *(names[p] for p in provinces), *(["전국"] if totals else [])])
        if head_unit:
            rows.insert(0, [f"(단위: {unit})"])
        for m, text in months:
            for u in uses:
                line = [text, names[u], *(cell(p, u, m) for p in provinces)]
                rows.append(line + ([added([(p, u, m) for p in provinces])] if totals else []))
    expected = {
        (CODES[p], f"{year}-{m:02d}", USES[u]): None if v is None else v / 10**digits
        for (p, u, m), v in values.items()
    }
    return Written(rows, expected)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    tables(),
    st.sampled_from(("utf-8", "utf-8-sig", "cp949", "utf-16")),
    st.sampled_from((",", "\t", ";", "|")),
    st.sampled_from(("csv", "csv", "xlsx", "web")),
)
def test_a_table_is_read_back_exactly(
    tmp_path: Path, written: Written, encoding: str, mark: str, form: str
) -> None:
    path = tmp_path / "trial"
    rows: variants.Rows = [list(row) for row in written.rows]
    if form == "xlsx":
        variants.workbook(path, {"자료": rows})
    elif form == "web":
        variants.page(path, rows, "utf-8" if encoding == "utf-16" else encoding)
    else:
        variants.text(path, rows, encoding, mark)
    found = understand(path, Asked(layout="trial", declared=(OWN,)))
    assert found.ready, [str(question.text) for question in found.questions]
    leaves = {
        (one.area, one.period, one.item): one.value
        for one in found.readings
        if one.item and one.area != "00000"
    }
    # A row of nothing but blanks is only a label: no reading, rather than a missing one.
    assert {key: leaves.get(key) for key in written.expected} == written.expected
    assert set(leaves) <= set(written.expected)
    assert not [one for one in found.readings if one.item and one.summed and one.area != "00000"]
