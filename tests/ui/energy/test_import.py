"""Importing spreadsheets in the real window: what was understood is shown before it counts."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import func, select

from db.schema.energy import Dataset, EnergyLayout, Reading
from gwangju_desktop.energy import queries
from tests.ui.acting import to_be_stopped
from tests.ui.energy.conftest import WAIT
from ui import alerts
from ui.energy.file_list import State
from ui.energy.import_dialog import PREVIEW, ImportDialog
from ui.importing.frame import CHOOSE, REFUSED

LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key


pytestmark = pytest.mark.usefixtures("read_once")


@pytest.fixture
def window(restored):
    """The window of all these tests."""
    return restored


def click(button) -> None:
    QTest.mouseClick(button, LEFT)


def dialog_of(page, qtbot) -> ImportDialog:
    qtbot.waitUntil(lambda: page.window().findChild(ImportDialog) is not None, timeout=WAIT)
    return page.window().findChild(ImportDialog)


def take(page, qtbot, *paths: Path) -> ImportDialog:
    """Drop files on the page and wait until they were read or refused."""
    page.take(list(paths))
    dialog = dialog_of(page, qtbot)
    read(dialog, qtbot)
    return dialog


def read(dialog, qtbot) -> None:
    qtbot.waitUntil(lambda: dialog.step in (PREVIEW, REFUSED), timeout=WAIT)


def store(page, qtbot, dialog) -> None:
    """Press the button and wait until everything is stored and the dialog is gone."""
    click(dialog.button)
    qtbot.waitUntil(lambda: page.window().findChild(ImportDialog) is None, timeout=WAIT)


def held(page) -> list[str]:
    """Return the names of the imported files that are no samples."""
    with page.desk.store.reading() as reading:
        names = select(Dataset.file_name).where(Dataset.sample.is_(False)).order_by(Dataset.id)
        return [name for name in reading.scalars(names) if "예시_" in name or "." in name]


def files(page) -> int:
    with page.desk.store.reading() as reading:
        return reading.scalar(select(func.count()).select_from(Dataset)) or 0


def test_a_file_is_shown_before_it_counts_then_imported_and_undone(
    page, qtbot, made_up_file: Path
) -> None:
    before = files(page)
    dialog = take(page, qtbot, made_up_file)
    assert dialog.step == PREVIEW
    preview = dialog.preview
    assert preview.file.text() == made_up_file.name
    assert preview.changes.counts["new"][0].text() == "840"
    assert preview.facts["unit"].text() == "kWh (통계표 정보)"
    assert preview.facts["period"].text() == "2023. 1.~2024. 12. (셀에 적힘)"
    assert "한국전력공사" in preview.facts["layout"].text()
    shown = preview.sample.model()
    assert shown.rowCount() == 6
    assert shown.cell(0, 2).text in ("동구", "서구", "남구", "북구", "광산구")
    assert shown.cell(0, 4).text in ("주택용", "일반용", "교육용", "산업용")
    store(page, qtbot, dialog)
    assert files(page) == before + 1
    page.desk.undo()
    qtbot.waitUntil(lambda: files(page) == before, timeout=WAIT)


def test_the_same_file_again_is_locked_and_a_revised_cell_shown_with_both_values(
    page, qtbot, made_up_file: Path, tmp_path: Path
) -> None:
    store(page, qtbot, take(page, qtbot, made_up_file))
    again = take(page, qtbot, made_up_file)
    assert again.preview.changes.counts["same"][0].text() == "840"
    assert not again.button.isEnabled()
    assert again.button.toolTip() == "모두 이미 있는 수치입니다."
    again.reject()
    qtbot.waitUntil(lambda: page.window().findChild(ImportDialog) is None, timeout=WAIT)
    revised = tmp_path / "예시_수정본.csv"
    lines = made_up_file.read_text("utf-8-sig").split("\n")
    place = next(n for n, line in enumerate(lines) if line.startswith("2024,광주광역시,동구"))
    cells = lines[place].split(",")
    was, cells[4] = int(cells[4]), "1000"
    lines[place] = ",".join(cells)
    revised.write_text("\n".join(lines), encoding="utf-8-sig")
    second = take(page, qtbot, revised)
    assert second.preview.changes.counts["revised"][0].text() == "1"
    changed = second.preview.changes.list.model()
    assert changed.rowCount() == 1
    row = [changed.cell(0, n).text or changed.cell(0, n).chip for n in range(7)]
    assert row == [
        "정정",
        "전력사용량 · 주택용",
        "동구",
        "2024. 1.",
        f"{was / 1000:,.0f}",
        "1",
        "MWh",
    ]
    store(page, qtbot, second)
    # What earlier tests imported was taken back: the latest of that name is held.
    entry = max(
        c.id
        for c in page.desk.store.since(0)
        if any(r.after and r.after.get("file_name") == made_up_file.name for r in c.rows)
    )
    count = files(page)
    with pytest.raises(Exception, match=revised.name) as refused:
        page.desk.store.undo(entry)
    assert revised.name in alerts.sentence(refused.value)
    assert files(page) == count
    # Once the revision is taken back the first may be.
    page.desk.undo()
    page.desk.undo(entry)
    qtbot.waitUntil(lambda: files(page) == count - 2, timeout=WAIT)


def test_a_file_that_is_no_table_is_refused_in_one_sentence(page, qtbot, tmp_path: Path) -> None:
    broken = tmp_path / "표가 아님.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    dialog = take(page, qtbot, broken)
    assert dialog.step == REFUSED
    assert "표가 아님.xlsx" in dialog.why.text()
    assert not dialog.button.isVisible()
    dialog.reject()


def test_files_dropped_together_are_listed_and_come_in_as_one_step(
    page, qtbot, made_up_file: Path, tmp_path: Path
) -> None:
    before = files(page)
    words = made_up_file.read_text("utf-8-sig")
    later = tmp_path / "예시_다음 해.csv"
    words = words.replace("2023,", "2025,").replace("2024,", "2026,")
    later.write_text(re.sub(r"(\d{6,})", r"\g<1>7", words), "utf-8-sig")
    broken = tmp_path / "표가 아님.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    dialog = take(page, qtbot, made_up_file, broken, later)
    assert [one.state for one in dialog.files] == [State.READY, State.REFUSED, State.READY]
    assert dialog.button.text() == "파일 2개 가져오기" and dialog.list.isVisible()
    dialog.list.choose(1)
    assert "표가 아님.xlsx" in dialog.trouble.text() and dialog.body.currentIndex() == 1
    click(dialog.leave)
    assert [one.path for one in dialog.files] == [made_up_file, later]
    dialog.list.choose(1)
    assert dialog.preview.file.text() == later.name
    store(page, qtbot, dialog)
    assert files(page) == before + 2
    page.desk.undo()
    qtbot.waitUntil(lambda: files(page) == before, timeout=WAIT)


def test_the_year_is_asked_proposed_from_the_name_and_a_wrong_one_refused(
    page, qtbot, shared_data: Path
) -> None:
    dialog = take(page, qtbot, shared_data / "energy" / "epsis_sales_by_sido_and_use_2021.csv")
    assert not dialog.button.isEnabled()
    assert dialog.button.toolTip() == "남은 질문에 먼저 답하십시오."
    ask = dialog.preview.asks[0]
    assert ask.about == "period"
    assert [button.text() for button in ask.proposals] == ["2021"]
    assert dialog.preview.sample.model().cell(0, 2).text == "광주광역시"
    ask.field.insert("봄")
    QTest.keyClick(ask.field, KEY.Key_Return)
    qtbot.waitUntil(lambda: dialog.refusal_row.isVisible(), timeout=WAIT)
    assert dialog.step == PREVIEW
    click(dialog.preview.asks[0].proposals[0])
    qtbot.waitUntil(lambda: dialog.button.isEnabled() and dialog.button.isVisible(), timeout=WAIT)
    assert dialog.preview.facts["period"].text() == "2021년 (직접 답함)"
    store(page, qtbot, dialog)
    with page.desk.store.reading() as reading:
        points = queries.series(reading, indicator="EL01", area="29000", by="year").points
    assert next(p for p in points if p.period == "2021").origin == "published"
    again = take(page, qtbot, shared_data / "energy" / "epsis_sales_by_sido_and_use_2021.csv")
    again.preview.asks[0].field.insert("2020")
    QTest.keyClick(again.preview.asks[0].field, KEY.Key_Return)
    qtbot.waitUntil(lambda: again.preview.repeat_row.isVisible(), timeout=WAIT)
    assert again.file.state is State.REPEATS and not again.button.isEnabled()
    again.reject()


def test_reading_can_be_stopped(page, qtbot, made_up_file: Path) -> None:
    before = files(page)
    # Under a name of its own it is read in a child again.
    with to_be_stopped():
        page.take([made_up_file.rename(made_up_file.with_name("예시_멈춤.csv"))])
        dialog = dialog_of(page, qtbot)
    click(dialog.stop)
    qtbot.waitUntil(lambda: dialog.step in (CHOOSE, PREVIEW), timeout=WAIT)
    assert dialog.step == CHOOSE
    assert files(page) == before
    dialog.reject()


def test_stopping_while_it_is_stored_leaves_nothing_behind(page, qtbot, made_up_file: Path) -> None:
    with page.desk.store.reading() as reading:
        readings = reading.scalar(select(func.count()).select_from(Reading))
    before = files(page)
    dialog = take(page, qtbot, made_up_file)
    with to_be_stopped():
        click(dialog.button)
    dialog.work.cancel()
    qtbot.waitUntil(lambda: dialog.work.over and dialog.step == PREVIEW, timeout=WAIT)
    assert files(page) == before
    with page.desk.store.reading() as reading:
        assert reading.scalar(select(func.count()).select_from(Reading)) == readings
    assert dialog.button.isEnabled()
    dialog.reject()


def wrong_total(path: Path, made_up_file: Path) -> Path:
    """Write the made-up file with a row of sums below, one of which is wrong."""
    lines = made_up_file.read_text("utf-8-sig").strip().split("\n")
    rows = [line.split(",") for line in lines[1:] if line.startswith("2024")]
    sums = [sum(int(row[n]) for row in rows) for n in range(4, 16)]
    sums[3] += 5_000
    kept = [lines[0], *(",".join(row) for row in rows)]
    kept.append(",".join(["2024", "광주광역시", "합계", "합계", *map(str, sums)]))
    path.write_text("\n".join(kept) + "\n", encoding="utf-8-sig")
    return path


def test_a_wrong_total_is_named_with_its_cell_and_can_be_accepted(
    page, qtbot, made_up_file: Path, tmp_path: Path
) -> None:
    dialog = take(page, qtbot, wrong_total(tmp_path / "예시_합계 오류.csv", made_up_file))
    ask = next(one for one in dialog.preview.asks if one.about == "totals")
    assert "H37" in dialog.preview.facts["totals"].text()
    assert not dialog.button.isEnabled()
    accept = ask.findChildren(type(dialog.button))[0]
    assert accept.text() == "공표된 대로 받아들이기"
    click(accept)
    qtbot.waitUntil(lambda: dialog.button.isEnabled() and dialog.button.isVisible(), timeout=WAIT)
    assert "받아들임" in dialog.preview.facts["totals"].text()
    store(page, qtbot, dialog)
    with page.desk.store.reading() as reading:
        held = reading.scalars(select(Dataset).order_by(Dataset.id.desc())).first()
        assert held.accepted[0]["place"] == "H37"


def test_one_sheet_of_a_workbook_is_chosen(page, qtbot, made_up_file: Path, tmp_path: Path) -> None:
    lines = [line.split(",") for line in made_up_file.read_text("utf-8-sig").strip().split("\n")]
    book = openpyxl.Workbook()
    for title, year in (("이천이십삼", "2023"), ("이천이십사", "2024")):
        sheet = book.create_sheet(title)
        for row in [lines[0], *(row for row in lines[1:] if row[0] == year)]:
            sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    book.active.append(["표가 없는 시트"])
    path = tmp_path / "예시_두 해.xlsx"
    book.save(path)
    dialog = take(page, qtbot, path)
    boxes = {box.property("sheet"): box for box in dialog.preview.sheets.boxes}
    assert [name for name, box in boxes.items() if box.isChecked()] == ["이천이십삼", "이천이십사"]
    assert dialog.preview.changes.counts["new"][0].text() == "840"
    click(boxes["이천이십삼"])
    click(dialog.preview.sheets.again)
    qtbot.waitUntil(
        lambda: dialog.step == PREVIEW and dialog.preview.changes.counts["new"][0].text() == "420",
        timeout=WAIT,
    )
    dialog.reject()


def test_an_unknown_table_is_read_once_its_layout_is_added(page, qtbot, tmp_path: Path) -> None:
    path = tmp_path / "예시_태양광 발전소.csv"
    rows = ["시도,2020,2021", *(f"{name},{n + 10},{n + 20}" for n, name in enumerate(PROVINCES))]
    path.write_text("광역시도별 시민햇빛발전소 현황\n" + "\n".join(rows) + "\n", encoding="utf-8")
    layout = tmp_path / "sunlight.toml"
    layout.write_text(SUNLIGHT, encoding="utf-8")
    dialog = take(page, qtbot, path)
    ask = next(one for one in dialog.preview.asks if one.about == "layout")
    ask.declared.emit(layout)
    qtbot.waitUntil(lambda: dialog.step == PREVIEW and not dialog.preview.asks, timeout=WAIT)
    assert "시민햇빛발전소" in dialog.preview.facts["layout"].text()
    with page.desk.store.reading() as reading:
        assert reading.scalars(select(EnergyLayout.file_name)).all() == ["sunlight.toml"]
    dialog.reject()


PROVINCES = ("서울", "부산", "대구", "인천", "광주", "대전", "울산", "경기", "강원", "제주")
SUNLIGHT = """\
id = "own_sunlight"
publisher = "광주광역시"
title = { ko = "시민햇빛발전소 현황", en = "Citizens' solar plants" }
unit = "개소"
indicator = "PV03"
when = { axes = ["province", "year"], words = ["시민햇빛"] }
"""


def test_a_place_nobody_knows_is_asked_for_and_answered(
    page, qtbot, shared_data: Path, tmp_path: Path
) -> None:
    source = shared_data / "energy" / "kepco_sigungu_contract_monthly_2024.csv"
    path = tmp_path / "예시_통합.csv"
    head, *lines = source.read_text("utf-8-sig").splitlines()
    lines = [line.replace("광주광역시", "전남광주통합특별시") for line in lines if "광주" in line]
    path.write_text("\n".join([head, *lines]), "utf-8")
    dialog = take(page, qtbot, path)
    first = whose(dialog)
    assert first.startswith("전남광주통합특별시/")
    ask = next(one for one in dialog.preview.asks if one.about == "area")
    ask.choice.choose("29110")
    ask.on_placed()
    qtbot.waitUntil(lambda: dialog.step == PREVIEW and whose(dialog) != first, timeout=WAIT)
    dialog.reject()


def whose(dialog) -> str:
    """Return the place that is asked for."""
    ask = next(one for one in dialog.preview.asks if one.about == "area")
    return str(ask.question.text.values["name"])
