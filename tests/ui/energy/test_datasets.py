"""The pane of imported files: provenance, revisions, taking back; table layouts of the office."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import func, select

from db.schema.energy import Dataset, EnergyLayout
from gwangju_desktop.energy import imports
from tests.ui.energy.conftest import WAIT
from tests.ui.energy.test_import import SUNLIGHT

LEFT = Qt.MouseButton.LeftButton


pytestmark = pytest.mark.usefixtures("read_once")


@pytest.fixture
def window(restored):
    """The window of all these tests."""
    return restored


@pytest.fixture
def pane(page, qtbot):
    """The pane of datasets, shown and read."""
    shown = page.show_pane("datasets")
    qtbot.waitUntil(lambda: bool(shown.rows) and bool(shown.layouts), timeout=WAIT)
    return shown


def revised(path: Path, original: Path) -> Path:
    """Write a file again with one value changed: that of 동구 주택용 in January 2024."""
    lines = original.read_text("utf-8-sig").split("\n")
    place = next(n for n, line in enumerate(lines) if line.startswith("2024,광주광역시,동구"))
    cells = lines[place].split(",")
    cells[4] = "1500000"
    lines[place] = ",".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


def test_a_file_says_where_it_came_from_and_what_it_revised_and_is_taken_back(
    pane, qtbot, made_up_file: Path, tmp_path: Path
) -> None:
    store, before = pane.desk.store, len(pane.rows)
    again = revised(tmp_path / "예시_정정.csv", made_up_file)
    for path in (made_up_file, again):
        prepared = imports.understood(store, path)
        pane.desk.do(imports.import_readings, prepared=prepared)
    qtbot.waitUntil(lambda: len(pane.rows) == before + 2, timeout=WAIT)
    # What was chosen stays chosen when a file comes.
    pane.list.choose(pane.rows[0].id)
    card = pane.card
    qtbot.waitUntil(lambda: card.facts and card.facts.revisions == 1, timeout=WAIT)
    assert card.file.text() == again.name and len(card.digest.text()) == 64
    assert card.unit.text() == "kWh (통계표 정보)"
    assert card.heading.text() == "정정 이력 1건"
    model = card.list.model()
    assert model.cell(0, 0).text == "전력사용량 · 주택용"
    assert model.cell(0, 0).sub == made_up_file.name
    assert [model.cell(0, 1).text, model.cell(0, 2).text] == ["동구", "2024. 1."]
    assert model.cell(0, 3).text.endswith("→ 1,500,000")
    QTest.mouseClick(card.undo, LEFT)
    qtbot.waitUntil(lambda: len(pane.rows) == before + 1, timeout=WAIT)
    qtbot.waitUntil(lambda: card.facts.revisions == 0, timeout=WAIT)
    assert not card.list.isVisible() and card.none.isVisible()


def test_a_sample_is_not_taken_back(pane, qtbot) -> None:
    pane.list.choose(next(held.id for held in pane.rows if held.sample))
    qtbot.waitUntil(lambda: pane.desk.idle and pane.card.facts is not None, timeout=WAIT)
    assert not pane.card.undo.isVisible()


def test_a_layout_is_added_copied_and_removed(pane, qtbot, tmp_path: Path) -> None:
    pane.segment.chosen.emit(1)
    file = tmp_path / "시민햇빛.toml"
    file.write_text(SUNLIGHT, encoding="utf-8")
    shipped = len(pane.layouts)
    pane.add(file)
    qtbot.waitUntil(lambda: len(pane.layouts) == shipped + 1, timeout=WAIT)
    first = pane.layouts[0]
    assert (first.own, first.code, first.title) == (True, "own_sunlight", "시민햇빛발전소 현황")
    pane.layout_list.choose(pane.layouts[-1].id)
    assert not pane.remove_button.isEnabled()
    pane.target = tmp_path / "사본.toml"
    pane.on_declaration("unit = 'MWh'\n")
    assert pane.target.read_text("utf-8") == "unit = 'MWh'\n"
    pane.layout_list.choose(first.id)
    QTest.mouseClick(pane.remove_button, LEFT)
    qtbot.waitUntil(lambda: len(pane.layouts) == shipped, timeout=WAIT)
    with pane.desk.store.reading() as reading:
        assert reading.scalar(select(func.count()).select_from(EnergyLayout)) == 0


def test_a_layout_that_says_nothing_is_refused_in_one_sentence(pane, qtbot, tmp_path: Path) -> None:
    broken = tmp_path / "빈 양식.toml"
    broken.write_text("publisher = 3\n", encoding="utf-8")
    shipped = len(pane.layouts)
    pane.add(broken)
    qtbot.waitUntil(lambda: pane.desk.idle, timeout=WAIT)
    assert len(pane.layouts) == shipped
    binary = tmp_path / "그림.toml"
    binary.write_bytes(b"\xff\xd8\xff\xe0" * 20)
    pane.add(binary)
    assert len(pane.layouts) == shipped


def test_the_pane_speaks_english_too(pane, window, qtbot) -> None:
    window.shell.speak("en")
    qtbot.waitUntil(lambda: pane.desk.idle, timeout=WAIT)
    assert pane.meta.text().endswith("figures")
    assert pane.card.undo.text().strip() == "Take this import back"
    with pane.desk.store.reading() as reading:
        assert reading.scalar(select(func.count()).select_from(Dataset)) == len(pane.rows)
    window.shell.speak("ko")
