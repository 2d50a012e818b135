"""Each way of laying answers out, found out by itself, with made-up answers (예시)."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.vocab import OptionRole, QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls.reading import taking
from gwangju_desktop.polls.reading.model import Form, Layout, Role
from tests.gwangju_desktop.polls.reading_kit import counts, sourced, taken, written

ONE_EACH = """응답자번호,성별,가장 시급한 과제,만족도
1,남,건물,만족
2,여,교통,불만족
3,여,건물,매우 만족
4,남,,보통
5,여,건물,무응답
"""


def test_one_column_per_question(tmp_path: Path) -> None:
    reading = taken(tmp_path, ONE_EACH)
    assert reading.layout is Layout.COLUMNS
    assert reading.attributes == ("성별",)
    assert counts(reading, "가장 시급한 과제") == {"건물": 3, "교통": 1}
    options = reading.answers_to("만족도").question.options
    assert [one.label for one in options] == ["매우 만족", "만족", "보통", "불만족", "무응답"]
    assert options[-1].role is OptionRole.NO_ANSWER


@pytest.mark.parametrize("mark", [";", "|", ", ", "/", "\n"])
def test_choices_joined_in_a_cell(tmp_path: Path, mark: str) -> None:
    cells = [("건물", "교통"), ("건물",), ("교통", "폐기물"), ("폐기물",), ("건물", "폐기물")]
    rows = "".join(f'{n},"{mark.join(one)}"\n' for n, one in enumerate(cells, 1))
    reading = taken(tmp_path, "id,과제(최대 2개)\n" + rows)
    question = reading.answers_to("과제(최대 2개)").question
    assert reading.layout is Layout.JOINED
    assert (question.kind, question.max_choices) == (QuestionKind.MULTIPLE, 2)
    assert counts(reading, question.code) == {"건물": 3, "교통": 2, "폐기물": 3}


@pytest.mark.parametrize(
    ("yes", "no"), [("1", "0"), ("Y", ""), ("X", ""), ("O", "X"), ("선택", ""), ("True", "False")]
)
def test_choices_spread_over_columns(tmp_path: Path, yes: str, no: str) -> None:
    rows = [f"1,{yes},{no}", f"2,{yes},{yes}", f"3,{no},{yes}", f"4,{yes},{no}"]
    reading = taken(tmp_path, "id,과제_건물,과제_교통\n" + "\n".join(rows))
    assert reading.layout is Layout.SPREAD
    assert counts(reading, "과제") == {"건물": 3, "교통": 2}


def test_spread_choices_may_stand_as_text_under_one_title(tmp_path: Path) -> None:
    text = "id,무엇을 쓰십니까?,,\n1,버스,,자전거\n2,,지하철,\n3,버스,지하철,\n"
    assert counts(taken(tmp_path, text), "무엇을 쓰십니까?") == {
        "버스": 2,
        "지하철": 2,
        "자전거": 1,
    }


def test_choices_that_stand_in_one_cell_and_spread_as_well_count_once(tmp_path: Path) -> None:
    text = "_id,items,items/bus,items/bike\n1,bus bike,1,1\n2,bike,0,1\n3,bus,1,0\n4,bus,1,0\n"
    reading = taken(tmp_path, text)
    assert counts(reading, "items") == {"bus": 3, "bike": 2}
    assert [(one.row, one.column) for one in reading.notices] == [(1, "B")]


def test_online_form_with_grid_times_and_a_limit_in_words(tmp_path: Path) -> None:
    rows = [
        ("남", "건물, 교통", "만족"),
        ("여", "교통", "보통"),
        ("여", "건물, 폐기물", "만족"),
    ] * 2
    text = "타임스탬프,성별,시급한 과제를 두 개까지 고르십시오,평가 [요금],평가 [시간]\n" + "".join(
        f'2026. 1. 2 오후 2:0{n},{one},"{joined}",{grade},만족\n'
        for n, (one, joined, grade) in enumerate(rows)
    )
    reading = taken(tmp_path, text)
    gender, tasks, grid = reading.questions
    assert (gender.code, reading.attributes) == ("성별", ("성별",))
    assert (tasks.kind, tasks.max_choices) == (QuestionKind.MULTIPLE, 2)
    assert counts(reading, tasks.code) == {"건물": 4, "교통": 4, "폐기물": 2}
    assert (grid.kind, [one.code for one in grid.parts]) == (QuestionKind.GRID, ["요금", "시간"])


def test_batteries_of_codes_stay_questions_of_their_own(tmp_path: Path) -> None:
    text = "id,Q5_1,Q5_2,Q6_1,Q6_2\n1,1,7,예,아니오\n2,2,3,예,예\n3,5,1,아니오,예\n"
    reading = taken(tmp_path, text)
    assert [one.code for one in reading.questions] == ["Q5_1", "Q5_2", "Q6_1", "Q6_2"]


def test_two_rows_of_titles(tmp_path: Path) -> None:
    text = (
        "Respondent ID,어느 것을 쓰십니까?,,,순서를 매기십시오,,다음을 평가하십시오,,하실 말씀\n"
        ",버스,자전거,기타(직접 입력),버스,자전거,요금,시간,Open-Ended Response\n"
        "1,버스,,,1,2,좋음,나쁨,가상의 긴 의견 하나\n"
        "2,버스,자전거,걷기,2,1,좋음,좋음,가상의 다른 의견 둘\n"
        "3,,,택시,1,2,나쁨,,가상의 또 다른 의견 셋\n"
    )
    reading = taken(tmp_path, text)
    assert reading.layout is Layout.TWO_ROWS
    used = reading.answers_to("어느 것을 쓰십니까?")
    assert used.question.kind is QuestionKind.MULTIPLE
    assert list(counts(reading, "어느 것을 쓰십니까?").values()) == [2, 1, 2]
    assert used.question.options[2].role is OptionRole.OTHER
    other = next(one for one in reading.answers if one.question.code.endswith("기타(직접 입력)"))
    assert (other.question.kind, list(other.chosen)) == (QuestionKind.OPEN, ["", "걷기", "택시"])
    ranked = reading.answers_to("순서를 매기십시오")
    assert ranked.question.kind is QuestionKind.RANKING
    assert ranked.chosen.tolist() == [[0, 1], [1, 0], [0, 1]]
    grid = reading.answers_to("다음을 평가하십시오")
    assert [one.code for one in grid.question.parts] == ["요금", "시간"]
    assert grid.chosen[2].tolist() == [grid.chosen[0, 1], -1]


def test_limesurvey_export(tmp_path: Path) -> None:
    text = (
        '"id","submitdate","lastpage","startlanguage","Q1","Q1[other]","Q2[SQ001]","Q2[SQ002]",'
        '"Q2[other]","G01Q03 [1]","G01Q03 [2]","Q4[SQ001]","Q4[SQ002]","Q5"\n'
        '"1","2026-01-02 10:00:00","3","ko","A1","","Y","","","A2","A1","좋음","나쁨","31"\n'
        '"2","2026-01-02 10:05:00","3","ko","-oth-","가상","","Y","걷기","A1","","좋음","N/A","45"\n'
        '"3","","1","ko","N/A","","Y","Y","","A1","A3","나쁨","나쁨","19"\n'
    )
    reading = taken(tmp_path, text)
    assert reading.layout is Layout.LIMESURVEY
    assert counts(reading, "Q2") == {"SQ001": 2, "SQ002": 2, "other": 1}
    assert counts(reading, "Q1") == {"A1": 1, "-oth-": 1}
    ranked = reading.answers_to("G01Q03")
    assert ranked.question.kind is QuestionKind.RANKING
    assert [one.code for one in ranked.question.options] == ["A1", "A2", "A3"]
    assert ranked.chosen.tolist() == [[1, 0], [0, -1], [0, 2]]
    grid = reading.answers_to("Q4")
    assert (grid.question.kind, len(grid.question.parts)) == (QuestionKind.GRID, 2)
    assert grid.chosen[1, 1] == -1
    assert reading.answers_to("Q5").chosen.tolist() == [31, 45, 19]
    assert {one.role for one in reading.columns if one.header in ("submitdate", "lastpage")} == {
        Role.SKIP
    }


def test_codebook_with_a_row_for_each_code(tmp_path: Path) -> None:
    book = written(
        tmp_path,
        "variable,question,code,label\nQ1,어떻게 보십니까?,1,매우 좋다\n,,2,보통이다\n,,3,매우 나쁘다\n"
        ",,9,잘 모르겠다\nQ2,나이는?,,\nQ3_M1,무엇이 먼저입니까? (1순위),1,가\n,,2,나\n"
        "Q3_M2,무엇이 먼저입니까? (2순위),1,가\n,,2,나\n",
        "book.csv",
    )
    text = "PID,Q1,Q2,Q3_M1,Q3_M2,Q9\n1,1,33,1,2,가\n2,3,41,2,1,나\n3,9,27,1,,가\n4,7,55,1,2,나\n"
    reading = taking.take(sourced(written(tmp_path, text), codebook=book))
    scale = reading.answers_to("Q1").question
    assert (reading.layout, scale.kind) == (Layout.CODED, QuestionKind.SCALE)
    assert [one.value for one in scale.options] == [1, 2, 3, None]
    assert reading.answers_to("Q2").question.kind is QuestionKind.NUMBER
    assert [(one.row, one.column, one.value) for one in reading.rejects] == [(5, "B", "7")]
    assert [(one.row, one.column) for one in reading.notices] == [(1, "F")]


def test_codebook_as_json_list_and_one_that_is_none(tmp_path: Path) -> None:
    told = [{"name": "Q1", "question": "?", "options": [{"code": 1, "label": "1) 네"}]}]
    book = written(tmp_path, json.dumps(told), "book.json")
    source = sourced(written(tmp_path, "PID,Q1\n1,1\n2,1\n"), codebook=book)
    assert source.codebook["q1"].options == (("1", "네"),)
    with pytest.raises(UserError, match=r"nothing\.csv"):
        sourced(
            written(tmp_path, "PID,Q1\n1,1\n"),
            codebook=written(tmp_path, "a,b\n1,2\n", "nothing.csv"),
        )


def test_a_workbook_away_from_the_corner(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["C2"] = "예시 조사"
    for at, row in enumerate([("id", "Q1", "wt"), (1, 2, 1.5), (2, True, 0.5), (3, 2, 0)], 4):
        for column, cell in enumerate(row, 3):
            sheet.cell(at, column, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    reading = taking.take(sourced(written(tmp_path, buffer.getvalue(), "표.xlsx")))
    assert counts(reading, "Q1") == {"2": 2, "TRUE": 1}
    assert reading.weights.tolist() == [1.5, 0.5, 1.0]
    assert [(one.row, one.column, one.value) for one in reading.rejects] == [(7, "E", "0")]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), rows=st.integers(4, 40), options=st.integers(2, 6))
def test_spread_joined_and_limesurvey_are_one(
    tmp_path_factory: pytest.TempPathFactory, seed: int, rows: int, options: int
) -> None:
    chosen = np.random.default_rng(seed).random((rows, options)) < 0.5
    # Every option occurs alone and in company, so that no way of writing it is in doubt.
    chosen[0], chosen[1] = True, False
    chosen[1, 0] = True
    names = [f"보기{n}" for n in range(options)]
    joined = "id,Q\n" + "".join(
        f"{at},{';'.join(n for n, one in zip(names, row, strict=True) if one)}\n"
        for at, row in enumerate(chosen)
    )
    spread = "id," + ",".join(f"Q_{n}" for n in names) + "\n"
    lime = "id,submitdate,lastpage,seed," + ",".join(f"Q[{n}]" for n in names) + "\n"
    for at, row in enumerate(chosen):
        spread += f"{at}," + ",".join("1" if one else "0" for one in row) + "\n"
        lime += f"{at},x,1,1," + ",".join("Y" if one else "" for one in row) + "\n"
    folder = tmp_path_factory.mktemp("ways")
    for text, asked in ((joined, "joined"), (spread, "auto"), (lime, "auto")):
        answers = taken(folder, text, layout=asked).answers_to("Q")
        assert answers.question.kind is QuestionKind.MULTIPLE
        assert [one.code for one in answers.question.options] == names
        assert np.array_equal(answers.chosen, chosen)


def test_a_column_is_put_right_and_remembered(tmp_path: Path) -> None:
    from gwangju_desktop.polls.reading.model import mapping, plain

    text = "id,교통수단\n1,버스+도보\n2,버스\n3,도보\n"
    source = sourced(written(tmp_path, text))
    preview = taking.detect(source)
    column = next(one for one in preview.columns if one.name == "교통수단")
    assert column.kind is QuestionKind.SINGLE
    right = taking.changed(preview, column, QuestionKind.MULTIPLE, separator="+")
    assert (right.form, [one.code for one in right.options]) == (Form.LIST, ["도보", "버스"])
    told = mapping(json.loads(json.dumps(plain((right,)))))
    assert told == {"교통수단": right}
    again = sourced(written(tmp_path, "id,지역,교통수단\n1,북구,버스+도보\n2,동구,택시\n"))
    reading = taking.take(again, mapping=told)
    assert counts(reading, "교통수단") == {"도보": 1, "버스": 1}
    assert [(one.row, one.column, one.value) for one in reading.rejects] == [(3, "C", "택시")]
    assert preview.sample[0] == ("1", "버스+도보")
    assert preview.rows == (2, 3, 4)
