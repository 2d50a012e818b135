"""Each view over the sample: what it says, what its keys read, and that one drawing is in every file."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtTest import QTest

from gwangju_desktop.energy import figures
from tests.ui.energy.views.conftest import Straight
from ui import app as start
from ui import theme
from ui.energy import load
from ui.energy.views import heat, map, paint, small, stack, table, years
from ui.energy.views.base import MONTHS, SUMS, YEARS, View
from ui.energy.views.stacking import REST

KEY = Qt.Key
SIZE = QSize(860, 320)
SPAN = (2018 * 12.0, 2022 * 12.0)
KINDS = (stack.StackView, heat.Heat, years.Years, small.SmallView, map.MapView, table.TableView)


@pytest.fixture
def shown(held, loaded, dressed, qtbot):
    """Show an indicator in a view as the panel does."""

    def of(kind: type[View], code: str = "EL01", mode: str = MONTHS, **changed) -> View:
        found = loaded(code)
        view = kind(Straight(held))
        qtbot.addWidget(view)
        view.resize(SIZE)
        view.show_loaded(replace(found, **changed) if changed else found, SPAN, mode=mode)
        return view

    return of


def image(view: View, size: QSize = SIZE) -> QImage:
    picture = QImage(size, QImage.Format.Format_RGB32)
    picture.fill(theme.color("page"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    view.draw(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return picture


def drawn(picture: QImage) -> float:
    """Return the share of pixels that are not paper."""
    paper = theme.color("page").rgb()
    wide, high = picture.width(), picture.height()
    spots = [(x, y) for x in range(0, wide, 3) for y in range(0, high, 3)]
    return sum(picture.pixel(x, y) != paper for x, y in spots) / len(spots)


# --- one drawing everywhere


@pytest.mark.parametrize("kind", KINDS)
def test_every_view_draws_in_both_schemes_and_languages_as_svg_and_pdf(
    kind, shown, bounded, dressed
) -> None:
    split = {"mode": YEARS, "dimensions": {}} if kind is stack.StackView else {"mode": MONTHS}
    view = shown(kind, **split)
    for language, scheme in (("en", "dark"), ("ko", "dark"), ("en", "light"), ("ko", "light")):
        start.make(language=language, scheme=scheme, scale=1.0)
        view.renew()
        assert view.sentence() and view.head()
        if (language, scheme) != ("ko", "dark"):
            assert drawn(image(view)) > 0.01
        if scheme == "light":
            words = as_svg(view)
            assert words.count("<path") + words.count("<polyline") + words.count("<text") > 10
            assert ("광산구" in words or "1월" in words) == (language == "ko")
    pdf = QByteArray()
    buffer = QBuffer(pdf)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(96)
    painter = QPainter(writer)
    view.draw(painter, QRectF(0, 0, SIZE.width(), SIZE.height()))
    painter.end()
    assert bytes(pdf).startswith(b"%PDF")
    assert b"Pretendard" in bytes(pdf)


def as_svg(view: View) -> str:
    """Return a view drawn as SVG."""
    svg = QByteArray()
    buffer = QBuffer(svg)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(SIZE)
    painter = QPainter(generator)
    view.draw(painter, QRectF(0, 0, SIZE.width(), SIZE.height()))
    painter.end()
    return bytes(svg).decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_small_window_draws_without_a_word_of_complaint(kind, shown, bounded) -> None:
    for size in (QSize(260, 120), QSize(40, 30), QSize(1600, 700)):
        assert image(shown(kind), size).width() == size.width()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tones_stay_apart_in_grey_and_words_read_on_them(scheme: str, dressed) -> None:
    start.make(language="ko", scheme=scheme, scale=1.0)

    def contrast(a: QColor, b: QColor) -> float:
        low, high = sorted((paint.luminance(a), paint.luminance(b)))
        return (high + 0.05) / (low + 0.05)

    parts = [paint.part_tone(n) for n in range(7)]
    for below, above in itertools.pairwise(parts):
        assert contrast(below, above) > 1.6
    for count in range(2, 9):
        tones = paint.ramp(count)
        steps = [paint.luminance(tone) for tone in tones]
        assert steps in (sorted(steps), sorted(steps, reverse=True))
        for tone in tones:
            assert contrast(paint.ink_on(tone), tone) > 4.5
            assert contrast(paint.hatch_ink(tone), tone) > 1.3


# --- parts


def test_parts_of_districts_add_up_to_the_city(shown, loaded) -> None:
    view = shown(stack.StackView, mode=YEARS, dimensions={})
    assert view.dimension == stack.PLACES
    head, rows = view.cells()
    assert head[1:6] == [f"{name} (MWh)" for name in ("동구", "서구", "남구", "북구", "광산구")]
    city = {point.period: point.value for point in loaded("EL01").years}
    for row in rows:
        if row[0] in ("2018", "2020", "2021"):
            assert row[-1] == pytest.approx(city[row[0]], rel=1e-6)
    assert "광산구" in view.sentence()
    assert "%" in view.sentence()


def test_keys_read_the_columns_and_their_parts(shown, qtbot) -> None:
    view = shown(stack.StackView, mode=YEARS, dimensions={})
    view.show()
    QTest.keyClick(view, KEY.Key_Right)
    first = view.told(view.place)
    QTest.keyClick(view, KEY.Key_Down)
    assert view.told(view.place) != first
    QTest.keyClick(view, KEY.Key_Left)
    assert view.told(view.place).startswith("2021년")
    assert view.accessibleName().endswith(view.told(view.place))
    QTest.keyClick(view, KEY.Key_Escape)
    assert view.place is None


def use_parts(loaded, item_values: dict[str, dict[str, tuple[float, str]]]):
    """Return figures by use as the desk would bring them."""
    return {
        item: tuple(
            figures.Point(period, "29000", value, status, "published", (), None)
            for period, (value, status) in held.items()
        )
        for item, held in item_values.items()
    }


def test_what_is_provisional_is_hatched_and_what_lacks_a_part_is_said(shown, loaded) -> None:
    view = shown(stack.StackView, mode=YEARS, dimensions={})
    sure = {"2019": (4e6, "final"), "2020": (4.1e6, "final"), "2021": (4.2e6, "final")}
    view.dimension = "use"
    view._show(use_parts(loaded, {"residential": sure, "industry": sure}))
    plain = image(view)
    unsure = sure | {"2021": (4.2e6, "provisional")}
    view._show(use_parts(loaded, {"residential": unsure, "industry": sure}))
    assert image(view) != plain
    lacking = {k: v for k, v in sure.items() if k != "2020"}
    view._show(use_parts(loaded, {"residential": lacking, "industry": sure}))
    assert any("값이 없는 항목" in note for note in view.notes())
    assert view.cells()[1][1][-1] is None
    assert "전체" not in view.told(len(view.stack.items))


def test_what_is_not_divided_is_a_part_and_a_column(shown, loaded) -> None:
    view = shown(stack.StackView, mode=YEARS, dimensions={})
    city = {point.period: point.value for point in loaded("EL01").years}
    view.dimension = "use"
    half = {"2020": (city["2020"] / 2, "final"), "2021": (city["2021"] / 2, "final")}
    view._show(use_parts(loaded, {"residential": half}))
    assert view.stack.items == ("residential", REST)
    assert "구분되지 않음" in view.sentence()
    assert "50.0%" in view.sentence()
    head, rows = view.cells()
    assert head[-2:] == ["구분되지 않음 (MWh)", "합계 (MWh)"]
    assert rows[1][1] + rows[1][2] == pytest.approx(rows[1][3]) == pytest.approx(city["2021"])


def test_energies_computed_beside_a_published_whole_are_not_measured_by_it(shown, loaded) -> None:
    view = shown(stack.StackView, mode=YEARS, dimensions={})
    assert any(point.origin == "published" for point in view.loaded.years)
    view.dimension = stack.ENERGY
    half = {"2021": (4e6, "final")}
    view._show(use_parts(loaded, {"electricity": half, "heat": half}))
    assert set(view.stack.items) == {"electricity", "heat"}
    assert view.stack.columns[0].total == pytest.approx(8e6)
    assert any("공표값은 산정 범위가 달라" in note for note in view.notes())


def test_rates_are_neither_stacked_nor_summed(shown, loaded) -> None:
    view = shown(stack.StackView, mode=YEARS, dimensions={})
    view.loaded = replace(view.loaded, fact=replace(view.loaded.fact, kind="rate", unit="%"))
    values = {"2020": (24.0, "final"), "2021": (25.0, "final")}
    view.dimension = "use"
    view._show(use_parts(loaded, {"residential": values, "industry": values}))
    assert not view.shareable()
    assert view.what.isHidden()
    assert len(view.cells()[0]) == 3
    assert any("더할 수 없" in note for note in view.notes())
    assert view.picture(QRectF(0, 0, 800, 300)).axis.steps[-1] < 40
    assert drawn(image(view)) > 0.005


def test_a_rate_of_districts_offers_no_parts(loaded) -> None:
    found = loaded("EL01")
    rated = replace(found, fact=replace(found.fact, kind="rate"), dimensions={})
    assert not stack.StackView.offered(rated)


def test_shares_are_not_shown_where_something_absorbs(shown, loaded) -> None:
    view = shown(stack.StackView, mode=YEARS, dimensions={})
    view.dimension = "gas"
    values = {"2018": (727.0, "final")}
    view._show(use_parts(loaded, {"co2": values, "lulucf": {"2018": (-42.0, "final")}}))
    assert not view.shareable()
    low = view.picture(QRectF(0, 0, 800, 300)).axis.steps[0]
    assert low < 0


# --- months by year


def test_the_heat_map_says_its_extremes_and_keeps_the_sums_of_whole_years(shown, loaded) -> None:
    view = shown(heat.Heat)
    head, rows = view.cells()
    assert head[0] == "연도"
    assert head[-1] == "연간 합계 (MWh)"
    by_year = {row[0]: row for row in rows}
    assert by_year["2022"][-1] is None
    assert by_year["2021"][-1] == pytest.approx(sum(by_year["2021"][1:13]))
    assert "2021. 8." in view.sentence()
    place = view.first_place()
    assert view.told(place).startswith("2022. 2.")
    assert "잠정" in view.told(place)


def test_a_month_that_is_missing_is_drawn_and_said_as_missing(shown, loaded) -> None:
    found = loaded("EL01")
    months = tuple(p for p in found.months if p.period != "2020-05")
    view = shown(heat.Heat, months=months)
    place = view.matrix.years.index(2020) * 12 + 4
    assert "값 없음" in view.told(place)
    assert "중간에 값이 없는 달: 1개" in view.sentence()
    assert any(key.color is None for key in view.legend())
    row = next(row for row in view.cells()[1] if row[0] == "2020")
    assert row[5] is None
    assert row[-1] is None
    assert all(key.color is not None for key in shown(heat.Heat).legend())


def test_a_stock_has_no_sums_and_a_rate_no_relative_change(shown, loaded) -> None:
    people = shown(heat.Heat, "PP01")
    assert len(people.cells()[0]) == 13
    assert people.notes()
    found = loaded("EL01")
    rate = shown(heat.Heat, fact=replace(found.fact, kind="rate"))
    assert rate.what.isHidden()
    assert "전년" not in rate.told(rate.first_place())


def test_changes_on_the_year_before_have_classes_that_stay(shown) -> None:
    view = shown(heat.Heat)
    view.what.choose(heat.CHANGES)
    view.on_what(heat.CHANGES)
    assert len(view.legend()) == 8  # seven classes and the hatching
    first, second = view.cells()[1][:2]
    assert first[1:] == [None] * 12
    assert all(abs(share) < 0.2 for share in second[1:])
    assert drawn(image(view)) > 0.3


def test_the_cell_under_the_mouse_is_the_one_framed(shown) -> None:
    view = shown(heat.Heat)
    area = QRectF(0, 0, SIZE.width(), SIZE.height())
    for place in (0, 17, view.places() - 1):
        assert view.hit(view.framed(place, area).center(), area) == place
    assert view.step(0, 0, 1) == 12
    assert view.step(0, -1, 0) == 0


# --- years


def test_a_year_is_compared_over_the_months_both_have(shown, loaded) -> None:
    view = shown(years.Years)
    values = {p.period: p.value for p in loaded("EL01").months}
    now = values["2022-01"] + values["2022-02"]
    then = values["2021-01"] + values["2021-02"]
    share = f"{(now / then - 1) * 100:+.1f}%".replace("-", "−")
    assert "2022년 2월까지" in view.sentence()
    assert share in view.sentence()
    assert view.told(view.first_place()).startswith("2022. 2.")


def test_sums_are_of_flows_only(shown) -> None:
    flow = shown(years.Years, mode=SUMS)
    assert flow.summed()
    last = list(flow.lines.values())[-2]
    assert last[11].value == pytest.approx(sum(m.value for m in flow.matrix.row(2021)))
    stock = shown(years.Years, "PP01", mode=SUMS)
    assert not stock.summed()
    assert stock.notes()


def test_up_brings_another_year_to_the_front(shown) -> None:
    view = shown(years.Years)
    view.show()
    assert view.front() == 2022
    QTest.keyClick(view, KEY.Key_Left)
    QTest.keyClick(view, KEY.Key_Down)
    assert view.front() == 2021
    area = QRectF(0, 0, SIZE.width(), SIZE.height())
    assert view.hit(view.framed(view.place, area).center(), area) is not None


# --- districts on one scale


def test_districts_are_an_index_of_one_base_or_their_values(shown, loaded) -> None:
    view = shown(small.SmallView, mode=YEARS)
    assert view.panels.base == "2018"
    rows = {row[0]: row[1:] for row in view.cells()[1]}
    assert rows["2018"] == pytest.approx([100.0] * 5)
    assert "2022" not in rows  # not over yet
    steps = view.panels.steps
    assert all(steps[0] <= value <= steps[-1] for row in rows.values() for value in row)
    assert view.notes()
    ats = [spot.at for spot in view.panels.whole]
    assert view.panels.limits[0] <= min(ats) <= max(ats) <= view.panels.limits[1]
    view.how.choose(small.VALUES)
    assert view.panels.base == ""
    held = {d.code: {p.period: p.value for p in d.points} for d in loaded("EL01").district_years}
    assert {r[0]: r[1] for r in view.cells()[1]}["2021"] == held["29110"]["2021"]
    assert view.panels.whole == ()


def test_rates_of_districts_are_never_an_index(shown, loaded) -> None:
    found = loaded("EL01")
    view = shown(small.SmallView, mode=YEARS, fact=replace(found.fact, kind="rate"))
    assert view.how.isHidden()
    assert view.panels.base == ""


def test_what_has_nothing_to_draw_says_so(shown, loaded) -> None:
    found = loaded("EL01")
    bare = tuple(replace(d, points=()) for d in found.district_years)
    view = shown(small.SmallView, mode=YEARS, district_years=bare)
    assert view.panels is None
    assert view.places() == 0
    assert 0 < drawn(image(view)) < 0.02
    assert view.cells() == ([], [])


def test_keys_go_along_a_district_and_to_the_next(shown) -> None:
    view = shown(small.SmallView, mode=YEARS)
    view.show()
    QTest.keyClick(view, KEY.Key_Right)
    assert view.told(view.place).startswith("동구 · 2021년")
    QTest.keyClick(view, KEY.Key_Down)
    assert view.told(view.place).startswith("서구 · 2021년")
    area = QRectF(0, 0, SIZE.width(), SIZE.height())
    assert view.hit(view.framed(view.place, area).center(), area) == view.place


def test_a_missing_year_of_a_district_is_a_gap(shown, loaded) -> None:
    found = loaded("EL01")
    holed = tuple(
        replace(d, points=tuple(p for p in d.points if p.period != "2015"))
        if d.code == "29110"
        else d
        for d in found.district_years
    )
    view = shown(small.SmallView, mode=YEARS, district_years=holed)
    spots = view.panels.spots["29110"]
    pairs = list(itertools.pairwise(spots))
    assert [view.panels.joined(a, b) for a, b in pairs].count(False) == 1
    assert "값 없음" in view.told(view.panels.periods.index("2015"))


# --- map


def test_without_boundaries_the_map_asks_for_them(
    held, loaded, dressed, qtbot, monkeypatch
) -> None:
    monkeypatch.setattr(map.boundaries, "shapes", lambda *_a, **_k: [])
    monkeypatch.setattr(map.boundaries, "boundaries", lambda _read: [])
    view = map.MapView(Straight(held))
    qtbot.addWidget(view)
    view.show_loaded(loaded("EL01"), SPAN, mode=YEARS)
    assert not view.empty.isHidden()
    assert not view.import_button.isHidden()
    assert view.when.isHidden()
    assert "경계 자료" in view.sentence()


def test_the_map_colours_districts_by_class_and_ranks_them(shown, bounded) -> None:
    view = shown(map.MapView, mode=YEARS)
    assert view.empty.isHidden()
    assert view.period == "2021"
    values = [view.values[code].value for code in view.order]
    assert values == sorted(values, reverse=True)
    assert len(view.order) == 5
    assert view.notes()[-1] == "경계: gwangju_districts_2013.geojson · 2013"
    assert view.told(0).endswith("5곳 중 1위")
    area = QRectF(0, 0, SIZE.width(), SIZE.height())
    picture = view.picture(area)
    assert sum(picture.classes.counts) == 5
    for one, rings in zip(picture.areas, picture.rings, strict=True):
        (x, y), room = map_middle(rings)
        assert room > 0
        assert picture.hit((x, y)) == one.code
    assert [row[0] for row in view.cells()[1]] == ["29110", "29140", "29155", "29170", "29200"]


def test_the_map_divides_amounts_by_the_people_of_each_place(shown, loaded, bounded) -> None:
    view = shown(map.MapView, mode=YEARS)
    assert not view.what.isHidden()
    whole = {code: point.value for code, point in view.values.items()}
    view.what.choose("each")
    view.on_what(1)
    people = {d.code: {p.period: p.value for p in d.points} for d in loaded("PP01").district_years}
    for code, point in view.values.items():
        assert point.value == pytest.approx(whole[code] / people[code][view.period])
    assert "1인당" in str(view.what.currentText()) and "/명" in view.head()
    assert "주민등록 인구로 나눈" in view.notes()[0]
    assert view.cells()[0][2].endswith("(MWh/명)")
    assert shown(map.MapView, "PP01", mode=YEARS).what.isHidden()


def map_middle(rings):
    from ui.energy.views.geometry import middle

    return middle(rings, 14)


def test_a_district_without_a_figure_is_hatched_paper_and_said(shown, loaded, bounded) -> None:
    found = loaded("EL01")
    without = tuple(replace(d, points=()) if d.code == "29110" else d for d in found.district_years)
    view = shown(map.MapView, mode=YEARS, district_years=without)
    assert view.order[-1] == "29110"
    assert "값 없음" in view.told(4)
    assert "값이 없는 지역: 1곳" in view.sentence()
    one = next(a for a in view.picture(QRectF(0, 0, 800, 300)).areas if a.code == "29110")
    assert view.picture(QRectF(0, 0, 800, 300)).tone(one) is None
    assert view.cells()[1][0] == ["29110", "동구", None]


def test_dongs_are_drawn_though_nothing_is_known_of_them(shown, bounded) -> None:
    view = shown(map.MapView, mode=YEARS)
    view.where.choose("dong")
    assert len(view.ground.shapes) == 95
    assert view.values == {}
    assert drawn(image(view)) > 0.02


def test_other_boundaries_are_drawn_as_soon_as_they_are_there(shown, bounded, monkeypatch) -> None:
    view = shown(map.MapView, mode=YEARS)
    kept = view.ground.shapes
    monkeypatch.setattr(map.boundaries, "shapes", lambda *_a, **_k: list(kept[:2]))
    view.desk.changed.emit(SimpleNamespace(touches=lambda *tables: "boundary" in tables))
    assert len(view.order) == 2


# --- table


def test_the_table_keeps_targets_apart_from_the_guide(shown, loaded) -> None:
    view = shown(table.TableView, mode=YEARS)
    head, rows = view.cells()
    target, guide = head.index("목표 (MWh)"), head.index("참고 경로 (MWh)")
    by_year = {row[0]: row for row in rows}
    set_years = {str(aim.year) for aim in loaded("EL01").aims if aim.kind == "target"}
    assert {year for year, row in by_year.items() if row[target] is not None} == set_years
    assert by_year["2021"][guide] is not None
    assert by_year["2021"][target] is None
    assert rows[0][0] < rows[-1][0]
    assert by_year["2045"][1] is None


def test_copying_the_table_takes_titles_and_rows(shown, loaded, qapp) -> None:
    view = shown(table.TableView, mode=YEARS)
    view.on_copy()
    lines = qapp.clipboard().text().split("\n")
    assert lines[0].split("\t")[:2] == ["기간", "값 (MWh)"]
    assert len(lines) == len(view.rows) + 1
    cells = dict(line.split("\t")[:2] for line in lines)
    city = {point.period: point.value for point in loaded("EL01").years}
    assert float(cells["2021"]) == city["2021"]


def test_a_long_table_as_a_picture_says_what_it_leaves_out(shown) -> None:
    view = shown(table.TableView, mode=MONTHS)
    assert len(view.rows) > table.MOST
    size = view.drawn_size()
    assert size.height() < 2_000
    assert drawn(image(view, size)) > 0.02


def test_nothing_is_folded_that_is_the_rest_itself() -> None:
    assert REST == "rest"


def test_shares_take_the_whole_height(shown) -> None:
    view = shown(stack.StackView, mode=YEARS, dimensions={})
    view.what.choose(stack.SHARES)
    assert view.shares()
    picture = view.picture(QRectF(0, 0, 800, 300))
    assert picture.axis.steps[-1] == 100
    boxes = [picture.box(2, n) for n in range(5)]
    assert sum(box.height() for box in boxes) == pytest.approx(picture.axis.field.height())
    assert "비중" in view.head()


def test_a_district_is_drawn_by_its_own_dongs(held, bounded, dressed, qtbot) -> None:
    with held.reading() as session:
        found = load.page(session, code="EL01", area="29110").loaded
    assert found.area == "29110"
    assert not map.MapView.offered(found)  # no dong has a figure
    dongs = tuple(
        replace(
            d,
            points=(figures.Point("2021", d.code, 5e5 + n, "final", "published", (), None),),
        )
        for n, d in enumerate(found.district_years)
    )
    assert len(dongs) > 5
    found = replace(found, district_years=dongs)
    assert map.MapView.offered(found)
    view = map.MapView(Straight(held))
    qtbot.addWidget(view)
    view.resize(SIZE)
    view.show_loaded(found, SPAN, mode=YEARS)
    assert view.level == map.DONGS
    assert {shape.code for shape in view.ground.shapes} == {d.code for d in dongs}
    assert view.where.isHidden()


def test_parts_of_a_use_are_not_offered_as_of_a_day(loaded) -> None:
    found = replace(
        loaded("EL01"), dimensions={"use": ("general", "industrial")}, known_on=dt.date(2022, 1, 1)
    )
    assert stack.StackView.dimensions(found) == [stack.PLACES]
