"""Targets, annotations, areas and boundary files in their sections of the basis."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from gwangju_desktop.energy import area_codes
from tests.ui.conftest import rest, spin


def section(window, page, key: str):
    shown = page.show_pane("basis").show_section(key)
    spin(lambda: shown.settled)
    rest(window)
    return shown


def form(window):
    return next(one for one in window.findChildren(QDialog) if one.isVisible())


def confirm(window, dialog) -> None:
    QTest.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    rest(window)


def test_targets_say_their_guide_and_annotations_their_days(window, page) -> None:
    shown = section(window, page, "targets")
    south = next(one for one in shown.rows if one.row.area == "29155" and one.row.year == 2030)
    shown.list.choose(south.id)
    assert shown.card.values["since"].text() == "−45.0%"
    # A year between two points is compared with the guide, never with a target.
    city = next(one for one in shown.rows if one.row.indicator == "EL01" and one.row.year == 2030)
    shown.list.choose(city.id)
    now = shown.card.values["now"].text()
    assert "참고 경로보다" in now and "목표" not in now
    assert "2030년까지 해마다 −" in shown.card.values["pace"].text()
    shown.on_add()
    dialog = form(window)
    dialog.indicator.field.choose("EL01")
    dialog.year.field.setText("2030")
    dialog.value_field.field.setText("7,000,000")
    confirm(window, dialog)
    assert dialog.isVisible() and "출처" in dialog.refusal.text()
    dialog.source.field.setText("가상 계획(예시)")
    confirm(window, dialog)
    assert "이미" in dialog.refusal.text()
    dialog.year.field.setText("2035")
    confirm(window, dialog)
    spin(lambda: shown.shown is not None and shown.shown.row.year == 2035)
    assert shown.shown.row.value == 7_000_000
    shown.on_remove()
    rest(window)
    spin(
        lambda: not any(one.row.year == 2035 and one.row.indicator == "EL01" for one in shown.rows)
    )

    notes = section(window, page, "annotations")
    before = len(notes.rows)
    notes.on_add()
    dialog = form(window)
    dialog.text.field.setText("한파(예시)")
    confirm(window, dialog)
    assert dialog.first.wrong_row.isVisible()
    dialog.first.field.setText("2021-01-08")
    dialog.last.field.setText("2021-01-10")
    confirm(window, dialog)
    spin(lambda: len(notes.rows) == before + 1)
    spin(lambda: notes.shown is not None and notes.shown.row.text == "한파(예시)")
    assert notes.card.values["days"].text() == "2021. 1. 8.~2021. 1. 10."
    notes.search.setText("한파")
    assert notes.list.model().rowCount() == 2


def test_boundary_files_bring_dongs_and_codes_are_loaded(window, page, tmp_path: Path) -> None:
    shown = section(window, page, "areas")
    assert shown.no_files.isVisible() and shown.files.isHidden()
    assert not any(one.row.level == "dong" for one in shown.rows)
    square = [[126.8, 35.1], [126.9, 35.1], [126.9, 35.2], [126.8, 35.1]]
    path = tmp_path / "행정동.geojson"
    path.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "properties": {"code": "2401051", "name": "충장동"},
                        "geometry": {"type": "Polygon", "coordinates": [square]},
                    }
                ],
            }
        ),
        "utf-8",
    )
    from ui.energy.basis_areas import BoundaryForm

    BoundaryForm(window, shown.desk, path).open()
    dialog = form(window)
    dialog.source.field.setText("통계청")
    confirm(window, dialog)
    spin(lambda: shown.files.isVisible(), 20)
    spin(lambda: any(one.row.level == "dong" for one in shown.rows))
    path.write_text("{}", "utf-8")
    BoundaryForm(window, shown.desk, path).open()
    dialog = form(window)
    confirm(window, dialog)
    spin(lambda: "GeoJSON" in dialog.refusal.text(), 20)
    assert dialog.isVisible()
    dialog.reject()
    codes = tmp_path / "코드.csv"
    codes.write_text("코드,이름,생성일자,이전코드\n29310,새동구,2026-07-01,29110\n", "utf-8")
    lines = area_codes.lines(codes)
    shown.desk.do(area_codes.load_codes, lines=lines, source=codes.name)
    spin(lambda: any(one.row.code == "29310" for one in shown.rows))
    east = next(one for one in shown.rows if one.row.code == "29110")
    shown.list.choose(east.id)
    assert "29310" in shown.card.values["successor"].text()
    shown.on_edit()
    dialog = form(window)
    dialog.english.field.setText("Dong-gu (old)")
    confirm(window, dialog)
    spin(lambda: any(one.row.name_en == "Dong-gu (old)" for one in shown.rows))
    shown.on_remove_file()
    rest(window)
    spin(lambda: shown.no_files.isVisible())
