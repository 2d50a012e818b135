"""Declarations of an office's own tables, right and wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets import layouts
from gwangju_desktop.sheets.declaring import parse
from gwangju_desktop.sheets.facts import Asked
from gwangju_desktop.sheets.reading import read
from gwangju_desktop.sheets.understand import understand
from tests.gwangju_desktop.sheets import variants

OWN = """
id = "own_gas"
publisher = "어느 회사 (예시)"
title = { ko = "자치구별 도시가스 (예시)" }
unit = "천㎥"
indicator = "GS01"
when = { axes = ["month", "district"], may = ["province"] }
"""


def _file(path: Path) -> Path:
    head: list[object] = ["연월", "동구", "서구", "남구", "북구", "광산구"]
    rows = [[f"2031-{m:02d}", *(100 * m + at for at in range(5))] for m in range(1, 13)]
    return variants.text(path, [head, *rows])


def test_an_own_declaration_reads_an_own_table(tmp_path: Path) -> None:
    path = _file(tmp_path / "a.csv")
    assert not understand(path).ready
    found = read(path, declared=(OWN,))
    assert found.ready
    assert found.layout is not None
    assert (found.layout.id, found.layout.title_en) == ("own_gas", "자치구별 도시가스 (예시)")
    assert {(one.indicator, one.unit) for one in found.readings} == {("GS01", "천㎥")}
    assert {one.area for one in found.readings} == {"29110", "29140", "29155", "29170", "29200"}
    named = understand(path, Asked(layout="own_gas", declared=(OWN,)))
    assert named.ready


def test_an_own_declaration_replaces_the_shipped_one_of_its_id() -> None:
    shipped = layouts.known()
    own = layouts.known((OWN.replace("own_gas", "kogas_sales"),))
    assert len(own) == len(shipped)
    assert next(one for one in own if one.id == "kogas_sales").publisher == "어느 회사 (예시)"


def test_without_an_id_a_declaration_is_named_by_its_text() -> None:
    unnamed = OWN.replace('id = "own_gas"\n', "")
    assert parse(unnamed).id == parse(unnamed).id
    assert parse(unnamed).id.startswith("own_")


@pytest.mark.parametrize(
    ("change", "entry"),
    [
        (('"own_gas"', '"Own gas"'), "id"),
        (("publisher =", "publishr ="), "publishr"),
        (('"어느 회사 (예시)"', "3"), "publisher"),
        (('{ ko = "자치구별 도시가스 (예시)" }', "{ }"), "title.ko"),
        (('"천㎥"', '"천되"'), "천되"),
        (('indicator = "GS01"', ""), "indicator"),
        (('["month", "district"]', '["month", "gu"]'), "when.axes"),
        (('["month", "district"]', "[]"), "when.axes"),
        (("when =", 'grain = "week"\nwhen ='), "grain"),
        (("when =", "plausible = [5]\nwhen ="), "plausible"),
        (("when =", 'expected = "all"\nwhen ='), "expected"),
        (("when =", "labels = 3\nwhen ="), "labels"),
        (("when =", "measures = { a = 3 }\nwhen ="), "measures"),
        (("axes =", "axis ="), "when.axis"),
        (("unit =", "unit"), "TOML"),
    ],
)
def test_a_mistake_in_a_declaration_is_named(change: tuple[str, str], entry: str) -> None:
    assert change[0] in OWN
    with pytest.raises(UserError, match=entry):
        parse(OWN.replace(*change))


def test_every_shipped_declaration_names_what_it_expects() -> None:
    for layout in layouts.known():
        assert layout.publisher
        assert layout.indicator or layout.measures
        assert set(layout.sums) <= {*layout.expected, *layout.sums}


def test_the_example_that_is_documented_is_a_declaration() -> None:
    told = (Path(__file__).parents[3] / "docs" / "LAYOUTS.md").read_text("utf-8")
    example = told.partition("```toml\n")[2].partition("```")[0]
    assert parse(example).axes == {"month", "district"}
