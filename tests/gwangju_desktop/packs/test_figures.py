"""Figures of a pack: the numbers of the energy page, their finding in a sentence, their source."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db.store import Store
from gwangju_desktop.documents.blocks import Para
from gwangju_desktop.documents.figures import BarFigure, LineFigure
from gwangju_desktop.energy import catalogue, paths, queries, rollup, rules, targets
from gwangju_desktop.energy.scales import Scale, written
from gwangju_desktop.errors import UserError
from gwangju_desktop.packs import figures
from gwangju_desktop.sample import energy as sample
from gwangju_desktop.text import words

KO, EN = words("ko"), words("en")
PATH = {"kind": figures.PATH, "indicator": "EL01"}
DISTRICTS = {"kind": figures.DISTRICTS, "indicator": "EL01"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One office for all: nothing here writes into it."""
    path = tmp_path_factory.mktemp("figures") / "예시.gwoffice"
    with Store.create(path) as store:
        store.run(catalogue.set_up)
        store.run(sample.add_figures, texts=sample.texts())
        rollup.settle_quietly(store)
        yield store


def drawn(office, spec, say=KO):
    with office.reading() as read:
        return figures.drawn(read, spec, say)


def notes(found) -> str:
    return "\n".join(
        " ".join(word.text for word in block.words)
        for block in found.blocks
        if isinstance(block, Para)
    )


def test_the_path_says_where_the_last_year_stands(office):
    found = drawn(office, PATH)
    with office.reading() as read:
        points = queries.series(read, indicator="EL01", area=rules.CITY).points
        aims = targets.targets(read, indicator="EL01")
    last = [point for point in points if point.status != "partial"][-1]
    gap = paths.gap(last.value, int(last.period), aims)
    difference = abs(gap.difference) / 1e6
    assert (
        f"{last.period}년 실적이 참고 경로보다 {written(difference)}TWh 많습니다" in found.finding
    )
    assert "목표" not in found.finding
    figure = next(block for block in found.blocks if isinstance(block, LineFigure))
    actual, target = figure.series
    assert actual.points[-1] == (int(last.period), last.value / 1e6)
    assert [x for x, _y in target.points] == [2018, 2030, 2045]
    assert written(last.value / 1e6) in figure.alternative
    assert "목표" in figure.alternative


def test_a_figure_names_its_source_and_says_what_is_made_up(office):
    said = notes(drawn(office, PATH))
    assert "단위: TWh" in said
    assert "광주광역시" in said
    assert "자료: 언론 보도(뉴시스 2022. 11. 28.)" in said
    assert "목표: 예시 목표(가상)" in said
    assert "예시 값은 가상입니다." in said


def test_districts_are_ordered_and_compared_with_the_year_before(office):
    found = drawn(office, DISTRICTS)
    figure = next(block for block in found.blocks if isinstance(block, BarFigure))
    assert [bar.value for bar in figure.bars] == sorted(
        (bar.value for bar in figure.bars), reverse=True
    )
    assert len(figure.bars) == 5
    assert figure.bars[0].name == "광산구"
    assert all(bar.columns[0][0] in "▲▼0" for bar in figure.bars)
    assert "광산구의 비중이 34.6%로 가장 큽니다" in found.finding
    assert all(bar.name in figure.alternative for bar in figure.bars)


def test_figures_are_said_in_english_too(office):
    assert "above the guide path" in drawn(office, PATH, EN).finding
    assert "has the largest share" in drawn(office, DISTRICTS, EN).finding


@pytest.mark.parametrize(
    "spec",
    [None, {}, "x", {"kind": "energy-path"}, {"kind": "x", "indicator": "EL01"}, [1]],
)
def test_what_nobody_can_draw_is_left_out_and_refused(office, spec):
    assert drawn(office, spec) is None
    with pytest.raises(UserError):
        figures.checked(spec)


def test_an_indicator_without_figures_has_none_to_print(office):
    assert drawn(office, {"kind": figures.PATH, "indicator": "OI01"}) is None
    assert drawn(office, {"kind": figures.DISTRICTS, "indicator": "GE01"}) is None


def test_what_can_be_chosen_can_be_drawn(office):
    with office.reading() as read:
        offered = figures.choices(read, KO)
    labels = [choice.label for choice in offered]
    assert "전력사용량: 실적과 목표" in labels
    assert "전력사용량: 자치구 비교" in labels
    for choice in offered:
        assert figures.checked(choice.spec) == choice.spec
        assert drawn(office, choice.spec) is not None


def test_an_office_without_readings_offers_nothing(sqlite_store):
    with sqlite_store.reading() as read:
        assert figures.choices(read, KO) == []


def test_values_are_written_in_the_unit_that_reads_best():
    assert Scale.of("MWh", [8973446.0]).unit == "TWh"
    assert Scale.of("MWh", [12.0]).unit == "MWh"
    assert [written(v) for v in (8973.4, 89.73, 8.973, 0.05, 0.0, -1.2)] == [
        "8,973",
        "89.7",
        "8.97",
        "0.050",
        "0",
        "−1.20",
    ]


def test_only_one_indicator_is_offered_where_only_one_was_asked_for(office):
    with office.reading() as read:
        offered = figures.choices(read, KO, indicator="EL01")
    assert [choice.spec for choice in offered] == [PATH, DISTRICTS]
