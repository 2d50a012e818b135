"""What is on screen goes into a pack as it is: the months, or two series together."""

from __future__ import annotations

import pytest

from db.store import Store
from gwangju_desktop.documents.figures import LineFigure
from gwangju_desktop.energy import catalogue, rollup
from gwangju_desktop.errors import UserError
from gwangju_desktop.packs import figure_lines, figures
from gwangju_desktop.sample import energy as sample
from gwangju_desktop.text import words

CITY, EAST, WEST = "29000", "29110", "29140"
MONTHS = {"kind": figure_lines.MONTHS, "indicator": "EL01", "area": CITY}
UNITS = {
    "kind": figure_lines.BESIDE,
    "indicator": "EL01",
    "area": CITY,
    "other": "GS01",
    "other_area": CITY,
}
PLACES = UNITS | {"area": EAST, "other": "EL01", "other_area": WEST}
KO = words("ko")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    path = tmp_path_factory.mktemp("lines") / "예시.gwoffice"
    with Store.create(path) as store:
        store.run(catalogue.set_up)
        store.run(sample.add_figures, texts=sample.texts())
        rollup.settle_quietly(store)
        yield store


def drawn(store, spec, language="ko"):
    with store.reading() as read:
        found = figures.drawn(read, spec, words(language))
    lines = next((b for b in found.blocks if isinstance(b, LineFigure)), None) if found else None
    return found, lines


def test_months_end_with_the_latest_and_say_the_change_on_the_year(office) -> None:
    found, lines = drawn(office, MONTHS)
    assert (
        found.finding.startswith("전력사용량: 2022년 2월") and "전년 같은 달보다" in found.finding
    )
    (line,) = lines.series
    assert len(line.points) == len(lines.x_ticks) == 24
    assert (lines.x_names[0], lines.x_names[-1]) == ("20.3", "22.2")
    assert {note.at for note in line.notes} == {11, 23}


def test_one_unit_is_drawn_as_it_is_and_named_by_the_places(office) -> None:
    found, lines = drawn(office, PLACES)
    assert [line.name for line in lines.series] == ["동구", "서구"]
    assert [line.grey for line in lines.series] == [False, True]
    assert lines.y_ticks[0] == 0
    assert found.finding.startswith("전력사용량: 동구 2012~2021년")


def test_two_units_are_an_index_of_a_year_both_have(office) -> None:
    _found, lines = drawn(office, UNITS, "en")
    for line in lines.series:
        assert dict(line.points)[2018.0] == pytest.approx(100.0)
    first = [line.points[0][0] for line in lines.series]
    assert first[0] == first[1]
    assert lines.y_ticks[0] > 0


def test_what_is_on_screen_is_offered_first_and_kept_as_it_was_asked(office) -> None:
    for spec in (MONTHS, UNITS, PLACES):
        with office.reading() as read:
            offered = figures.choices(read, KO, indicator="EL01", shown=spec)
        assert offered[0].spec == spec == figures.checked(spec | {"more": 1})
        assert len(offered) == 3
    assert offered[0].label == "전력사용량: 동구·서구 비교"


def test_what_is_gone_or_lacks_a_part_is_not_drawn(office) -> None:
    assert drawn(office, UNITS | {"other": "NO99"})[0] is None
    assert drawn(office, UNITS | {"other_area": "11000"})[0] is None
    with pytest.raises(UserError):
        figures.checked({"kind": figure_lines.BESIDE, "indicator": "EL01", "area": CITY})
