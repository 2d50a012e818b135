"""The results of a wave as a file: both bases, hidden cells hidden, open answers with their tags."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from db.store import Store
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import answers, export, opened
from gwangju_desktop.polls.cells import HIDDEN, heads, lines
from gwangju_desktop.polls.questions import questionnaire
from tests.ui.polls import answered


@pytest.fixture(scope="module")
def polled(_empty_office: Path, tmp_path_factory: pytest.TempPathFactory):
    """An office with polls, to read, and the ids in it."""
    path = tmp_path_factory.mktemp("polls") / "설문.gwoffice"
    path.write_bytes(_empty_office.read_bytes())
    ids = answered.filled(path)
    store = Store.open(path)
    yield store, ids
    store.close()


def sheets(path: Path) -> dict[str, list[list]]:
    """Return the rows of every sheet of a workbook."""
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_workbook_holds_both_bases_and_how_the_wave_was_made(polled, tmp_path: Path) -> None:
    store, ids = polled
    path = tmp_path / "기초조사.xlsx"
    with store.reading() as read:
        export.write_results(path, export.results(read, ids["base"]))
    found = sheets(path)
    assert list(found) == ["조사 개요", "집계", "집계표"]
    head, *rows = found["집계"]
    by_label = {row[head.index("보기")]: dict(zip(head, row, strict=True)) for row in rows}
    first = by_label[answered.GOALS["1"][0]]
    assert (first["건"], first["응답"], first["전체 응답 건수"]) == (33, 51, 89)
    assert first["응답 건수(%)"] == pytest.approx(100 * 33 / 89)
    assert first["응답자(%)"] == pytest.approx(100 * 33 / 51)
    assert first["95% 신뢰구간 하한"] == ""
    told = dict(found["조사 개요"][1:])
    assert told["조사기간"] == "2021. 5. 12.~2021. 5. 21."
    assert "표본오차 해당 없음" in told["표본오차"]
    assert told["출처"] == answered.SOURCE
    read_out = ["".join(map(str, row)) for row in found["집계표"]]
    assert any("89건" in line and "51명" in line for line in read_out)


def test_small_cells_are_stars_in_the_workbook_too(polled, tmp_path: Path) -> None:
    store, ids = polled
    path = tmp_path / "1차.xlsx"
    with store.reading() as read:
        asked = {one.question.code: one for one in questionnaire(read, ids["first"])}
        table = answers.table(read, asked["goals"].wave_question_id, by=ids["district"])
        export.write_results(path, export.results(read, ids["first"]))
    head, *rows = sheets(path)["교차분석"]
    of_goals = [dict(zip(head, row, strict=True)) for row in rows if row[0] == "goals"]
    hidden = {(g.label, s.code) for g in table.groups for s in g.options if s.hidden}
    assert hidden
    assert {(r["집단"], r["보기 코드"]) for r in of_goals if r["건"] == HIDDEN} == hidden
    for row in of_goals:
        if row["건"] == HIDDEN:
            assert row["응답 건수(%)"] == row["응답자(%)"] == HIDDEN
        else:
            assert row["건"] >= 5
    assert "*" in of_goals[0]["비고"]
    assert {row["소수 집단"] for row in of_goals if row["응답"] < 30} == {"예"}


def test_a_wave_in_the_field_is_not_exported(polled) -> None:
    store, ids = polled
    with store.reading() as read, pytest.raises(UserError, match="2차"):
        export.results(read, ids["field"])


def test_open_answers_leave_with_their_tags(polled, tmp_path: Path) -> None:
    store, ids = polled
    with store.reading() as read:
        asked = {one.question.code: one for one in questionnaire(read, ids["first"])}
    place = asked["open"].wave_question_id
    tag = store.run(opened.add_tag, wave_question_id=place, name="요금").value
    with store.reading() as read:
        given = opened.answers(read, place)
    store.run(opened.tag, id=tag, keys=[given[0].key])
    with store.reading() as read:
        head, rows = export.open_answers(read, place)
    assert [row[2] for row in rows] == ["요금", *[""] * (len(given) - 1)]
    export.write_open(tmp_path / "의견.csv", head, rows)
    written = (tmp_path / "의견.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    lines_of = list(csv.reader(io.StringIO(written.decode("utf-8-sig"))))
    assert lines_of[0] == ["#", "응답", "분류"]
    assert len(lines_of) == 1 + len(given)
    export.write_open(tmp_path / "식.csv", head, [[1, "-2+3+cmd|' /C calc'!A0", ""]])
    assert ",'-2+3" in (tmp_path / "식.csv").read_text("utf-8-sig")
    export.write_open(tmp_path / "의견.xlsx", head, rows)
    assert len(sheets(tmp_path / "의견.xlsx")["응답"]) == 1 + len(given)


def test_every_kind_of_question_has_lines_as_wide_as_their_titles(polled) -> None:
    store, ids = polled
    with store.reading() as read:
        for one in questionnaire(read, ids["first"]):
            table = answers.table(read, one.wave_question_id)
            wide = len(heads(table))
            assert {len(line) for line in lines(table)} == {wide}, one.question.code
            told = " ".join(str(cell) for line in lines(table) for cell in line)
            assert re.search(r"\b60\b", told), one.question.code
