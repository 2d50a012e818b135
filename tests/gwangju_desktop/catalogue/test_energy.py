"""Documents of energy figures: one page a month, a statement that can be worked out again."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import clock, offices
from gwangju_desktop.catalogue.entries import compose
from gwangju_desktop.documents.blocks import Block, Table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.figures import LineFigure
from gwangju_desktop.documents.press import press
from gwangju_desktop.energy import catalogue, factors, results
from gwangju_desktop.errors import UserError
from tests.gwangju_desktop.catalogue.telling import pages, text_of, told
from tests.gwangju_desktop.energy.brought import bring


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, sample_office: Path) -> Iterator[Store]:
    """The sample office, with a writer of its own."""
    path = tmp_path_factory.mktemp("reports") / "예시.gwoffice"
    shutil.copy(sample_office, path)
    with offices.opened(str(path), write=True) as made:
        yield made
    clock.fix(None)


def made(store: Store, name: str, period: str = "", language: str = "ko") -> Composed:
    options = {"period": period} if period else {}
    with store.reading() as read:
        return compose(read, name, id=None, language=language, **options)


def tables(document: Composed) -> Iterator[Table]:
    def inside(blocks: tuple[Block, ...]) -> Iterator[Table]:
        for block in blocks:
            if isinstance(block, Table):
                yield block
                for row in block.rows:
                    for cell in row:
                        yield from inside(cell)

    for part in document.parts:
        yield from inside(part)


@pytest.mark.parametrize(("period", "language"), [("", "en"), ("2018-03", "ko")])
def test_a_month_is_one_page(store: Store, period: str, language: str) -> None:
    assert len(pages(press(made(store, "energy-monthly", period, language)).data)) == 1


def test_the_page_of_a_month_says_what_is_not_final_and_ends_its_line_there(store: Store) -> None:
    document = made(store, "energy-monthly", "2022-02")
    said = told(document)
    assert "(잠정), 작년 같은 달보다" in said and "| 전력사용량 | GWh |" in said
    figure = next(b for part in document.parts for b in part if isinstance(b, LineFigure))
    assert [line.planned for line in figure.series] == [False, True]
    sure, unsure = figure.series
    assert sure.points[-1] == unsure.points[0] and len(figure.x_names) == 13
    assert (figure.x_names[0], figure.x_names[-1]) == ("21.2", "22.2")
    final = made(store, "energy-monthly", "2021-08")
    figure = next(b for part in final.parts for b in part if isinstance(b, LineFigure))
    assert [line.planned for line in figure.series] == [False]
    assert "잠정" not in told(final)


def test_districts_and_uses_of_a_month_add_up(store: Store) -> None:
    document = made(store, "energy-monthly", "2021-08")
    held = {table.caption: table for table in tables(document)}
    for caption in ("자치구별 전력사용량", "용도별 전력사용량"):
        rows = [["".join(w.text for w in cell[0].words) for cell in r] for r in held[caption].rows]
        values = [float(row[1].replace(",", "")) for row in rows]
        parts, whole = (values[:-1], values[-1]) if "자치구" in caption else (values, 855.3)
        assert sum(parts) == pytest.approx(whole, abs=0.35)


@pytest.mark.parametrize("period", ["2021-00", "2021", "어제", "1957-01"])
def test_what_is_no_month_or_has_no_figures_is_refused(store: Store, period: str) -> None:
    with pytest.raises(UserError):
        made(store, "energy-monthly", period)


def test_the_statement_can_be_worked_out_again(store: Store) -> None:
    text = text_of(made(store, "energy-statement", "2021"))
    for said in (
        "8,973,446MWh×0.4509tCO2eq/MWh",  # activity times the factor of the year
        "4,046,126.8",  # what it comes to
        "2021.1.1.~2021.12.31.",  # when the factor holds
        "광주전력사용량(보도인용)",  # the file it was read in
        "목표2030:5.33",
        "참고경로보다621,250톤CO₂eq많습니다",
        "2021년산정결과를기록한적이없습니다",
        "예시값은가상입니다",
    ):
        assert said in text, said
    assert "초과" not in text and "달성" not in text
    assert (
        made(store, "energy-statement", "2021-03").title
        == made(store, "energy-statement", "2021").title
    )


def test_the_statement_says_what_was_recorded_and_what_changed_since(store: Store) -> None:
    clock.fix(dt.date(2022, 3, 11))
    store.run(results.record, indicator="GH01", area="29000", year=2021)
    text = text_of(made(store, "energy-statement", "2021"))
    assert "2022.3.11.기록:5,454,622.8톤CO₂eq" in text and "바뀐값이없습니다" in text
    with store.reading() as read:
        grid = next(
            row
            for row in factors.factors(read, kind="grid.co2eq")
            if row.value == 0.4509 and row.variant == "single"
        )
    store.run(factors.edit_factor, id=grid.id, value=0.4541)
    text = text_of(made(store, "energy-statement", "2021"))
    assert "5,454,622.8" in text and "바뀐값이없습니다" not in text
    store.undo()
    store.undo()
    clock.fix(None)


def test_an_office_without_figures_says_so(tmp_path: Path) -> None:
    with Store.create(tmp_path / "빈.gwoffice") as empty:
        if not empty.undoable:
            empty.run(catalogue.set_up)
        for name in ("energy-statement", "energy-monthly"):
            with pytest.raises(UserError) as refused:
                made(empty, name)
            assert refused.value.hint


def test_a_part_without_figures_is_named_and_never_a_nought(tmp_path: Path) -> None:
    with Store.create(tmp_path / "전력만.gwoffice") as office:
        if not office.undoable:
            office.run(catalogue.set_up)
        office.run(bring, figures={"EL01": [(202100, 8_973_446.0)]})
        text = text_of(made(office, "energy-statement"))
    assert "합계에들어있지않은부문" in text and "전체보다적습니다" in text
    assert "4,046,126.8" in text and "산정하지못했습니다" in text
