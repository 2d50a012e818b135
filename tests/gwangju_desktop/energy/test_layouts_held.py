"""Table layouts this office declared itself: kept, replaced, refused with the reason, removed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop.energy import catalogue, layouts_held
from gwangju_desktop.errors import UserError

SUNLIGHT = """\
id = "own_sunlight"
publisher = "광주광역시"
title = { ko = "시민햇빛발전소 현황", en = "Citizens' solar plants" }
unit = "개소"
indicator = "PV03"
when = { axes = ["province", "year"], words = ["시민햇빛"] }
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    """An office with the catalogue, made once."""
    with Store.create(tmp_path_factory.mktemp("layouts") / "양식.gwoffice") as made:
        if not made.undoable:
            made.run(catalogue.set_up)
        yield made


def rows(store: Store) -> list[layouts_held.LayoutRow]:
    with store.reading() as read:
        return layouts_held.layout_rows(read)


def test_a_layout_is_kept_replaced_by_its_name_and_removed(store: Store) -> None:
    shipped = rows(store)
    assert shipped and not any(row.own for row in shipped)
    first = store.run(layouts_held.add_layout, declaration=SUNLIGHT, file_name="해.toml").value
    again = SUNLIGHT.replace("시민햇빛발전소 현황", "햇빛발전소")
    assert store.run(layouts_held.add_layout, declaration=again).value == first
    held = rows(store)
    assert len(held) == len(shipped) + 1
    own = held[0]
    assert (own.own, own.title, own.indicators, own.unit) == (True, "햇빛발전소", ("PV03",), "개소")
    with store.reading() as read:
        assert layouts_held.declared(read) == (again,)
        assert layouts_held.declaration(read, code="own_sunlight") == again
        assert "kWh" in layouts_held.declaration(read, code="kepco_sigungu_contract")
        with pytest.raises(UserError, match="no_such"):
            layouts_held.declaration(read, code="no_such")
    store.run(layouts_held.remove_layout, id=first)
    assert len(rows(store)) == len(shipped)
    store.undo()
    assert rows(store)[0].own
    store.run(layouts_held.remove_layout, id=first)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("publisher = ", "TOML"),
        (SUNLIGHT.replace("indicator = ", "indikator = "), "indikator"),
        (SUNLIGHT.replace("PV03", "XX99"), "XX99"),
    ],
)
def test_what_is_no_layout_is_refused_with_the_reason(store: Store, wrong: str, said: str) -> None:
    with pytest.raises(UserError) as refused:
        store.run(layouts_held.add_layout, declaration=wrong)
    told = str(refused.value) + str(refused.value.hint) + str(refused.value.values)
    assert said in told
    with pytest.raises(UserError, match="9999"):
        store.run(layouts_held.remove_layout, id=9999)


def test_a_file_that_is_no_text_is_no_layout(tmp_path: Path) -> None:
    file = tmp_path / "양식 1.toml"
    file.write_text(SUNLIGHT, "utf-8-sig")
    assert layouts_held.read_declaration(file) == SUNLIGHT
    for data in (b"\xff\xfe\x00binary", b"", b"#" * 100_000):
        file.write_bytes(data)
        with pytest.raises(UserError, match=re.escape("양식 1.toml")):
            layouts_held.read_declaration(file)
    with pytest.raises(UserError, match=re.escape("없음.toml")):
        layouts_held.read_declaration(tmp_path / "없음.toml")
