"""A list of proposals by clicks, and two proposals side by side."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from gwangju_desktop import clock
from gwangju_desktop.proposals import listing, queries
from gwangju_desktop.proposals.importing.model import KINDS
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from tests.ui.proposals.acting import View, empty_copy
from ui.proposals.importing import COLUMNS, PREVIEW, ImportDialog
from ui.proposals.twins import TwinsDialog

TODAY = dt.date(2022, 3, 21)
TEXT = "학교와 구청의 옥상에 태양광 발전 설비를 놓고 남는 전기를 이웃과 나누어 쓰게 해 주십시오."
LIST = (
    "접수번호\t접수일\t제목\t내용\t처리상태\n"
    f"예-1\t2022-03-03\t옥상 태양광을 나누자 (가상)\t{TEXT}\t처리중\n"
    "예-2\t2022-03-04\t다회용기 (가상)\t연락은 010-0000-0000\t보류함\n"
    "예-3\t삼월\t버스 배차 (가상)\t간격을 줄여 주십시오.\t처리중\n"
)


@pytest.fixture
def page(window_on, _empty_office, tmp_path):
    made = View(window_on(empty_copy(_empty_office, tmp_path)))
    clock.fix(TODAY)
    for title, day in (("옥상 태양광 나눔 (가상)", 2), ("옥상에 태양광을 놓자 (가상)", 9)):
        made.register(
            title,
            text=TEXT,
            received_on=dt.date(2022, 3, day),
            proposers=[{"name": f"홍가상{day}"}],
        )
    rest(made.window())
    return made


@pytest.fixture
def window(page):
    return page.window()


def ids(window) -> list[int]:
    with window.shell.desk.store.reading() as read:
        return list(listing.proposal_ids(read))


def detail(window, id: int):
    with window.shell.desk.store.reading() as read:
        return queries.detail(read, id=id)


def test_a_list_is_looked_at_then_taken_in_and_back(window, page) -> None:
    before = ids(window)
    dialog = ImportDialog(window, page.desk, text=LIST)
    dialog.open()
    spin(lambda: dialog.step == COLUMNS, 20)
    assert dialog.columns.chosen() == ("number", "received", "title", "text", "status")
    assert dialog.columns.states.value() == {"처리중": "received", "보류함": "received"}
    choice = dialog.columns.states.choices["보류함"]
    choice.setCurrentIndex(1)
    dialog.columns.system.field.setText("예시 체계")
    click(dialog.button)
    spin(lambda: dialog.step == PREVIEW, 20)
    counts = dialog.plan.counts
    assert (counts["refused"], counts["alike"], counts["flagged"]) == (1, 1, 1)
    assert KINDS[dialog.preview.segment.current()] == "refused"
    assert dialog.preview.model.row(0).row.line == 4
    assert not dialog.button.isEnabled()
    click(dialog.preview.segment.parts[KINDS.index("alike")])
    assert "2022-001" in dialog.preview.why.text()
    dialog.skip.click()
    assert "2" in dialog.button.text()
    click(dialog.button)
    spin(lambda: len(ids(window)) == len(before) + 2, 20)
    rest(window)
    new = [detail(window, id) for id in ids(window) if id not in before]
    assert {one.state for one in new} == {"received", "closed"}
    assert {(one.system, one.number) for each in new for one in each.outside} == {
        ("예시 체계", "예-1"),
        ("예시 체계", "예-2"),
    }
    page.desk.undo()
    rest(window)
    assert ids(window) == before


def test_a_file_that_is_dropped_opens_the_import(window, page, tmp_path: Path) -> None:
    path = tmp_path / "제안.csv"
    path.write_text("제목,접수일\n가상 제안,2022-03-03\n", "utf-8")
    window.shell.go("proposals")
    rest(window)
    window.shell.rooms.pages["proposals"].take([path])
    dialog = next(one for one in window.findChildren(ImportDialog))
    spin(lambda: dialog.step == COLUMNS, 20)
    assert not dialog.columns.system.isVisible()
    assert not dialog.columns.states.isVisible()
    dialog.reject()
    rest(window)


def test_two_are_made_one(window, page) -> None:
    early, late = sorted(ids(window))[-2:]
    dialog = TwinsDialog(page, detail(window, late))
    dialog.open()
    spin(lambda: dialog.other is not None)
    assert dialog.other.id == early
    assert dialog.right.kept.text() and not dialog.left.kept.text()
    assert "홍가상2" in dialog.told.text() and "홍가상9" in dialog.told.text()
    click(dialog.button)
    spin(lambda: detail(window, late).state == "merged", 10)
    rest(window)
    page.desk.undo()
    rest(window)
    assert detail(window, late).state == "received"


def test_two_are_told_apart_and_another_is_searched_for(window, page) -> None:
    early, late = sorted(ids(window))[-2:]
    dialog = TwinsDialog(page, detail(window, late))
    dialog.open()
    spin(lambda: dialog.other is not None)
    click(dialog.apart)
    spin(lambda: dialog.other is None)
    assert not dialog.button.isEnabled()
    number = detail(window, early).number
    type_into(dialog.search, number)
    spin(lambda: dialog.other is not None)
    assert dialog.other.id == early
    dialog.reject()
    rest(window)


def test_a_part_is_cut_off(window, page) -> None:
    late = sorted(ids(window))[-1]
    before = ids(window)
    dialog = TwinsDialog(page, detail(window, late))
    dialog.open()
    rest(window)
    click(dialog.mode.parts[1])
    click(dialog.button)
    rest(window)
    assert dialog.isVisible()  # A part needs a title.
    assert dialog.refusal_row.isVisible()
    type_into(dialog.part_title.field, "주차장 (가상)")
    dialog.part_text.field.setPlainText("주차장에도 놓아 주십시오.")
    click(dialog.button)
    spin(lambda: len(ids(window)) == len(before) + 1, 10)
    rest(window)
    part = detail(window, max(ids(window)))
    assert (part.title, part.received_on) == ("주차장 (가상)", dt.date(2022, 3, 9))
