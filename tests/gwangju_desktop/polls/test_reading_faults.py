"""What is wrong in a file is refused in a sentence, or listed with row, column and value."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from db.vocab import OptionRole, QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls.model import Option, Part, Question
from gwangju_desktop.polls.reading import source, taking
from gwangju_desktop.polls.reading.faults import MOST
from gwangju_desktop.polls.reading.model import Role
from tests.gwangju_desktop.polls.reading_kit import counts, places, sourced, taken, written

TWO = (Option("1", "건물"), Option("2", "교통"), Option("3", "기타", OptionRole.OTHER))
MULTIPLE = Question("Q1", QuestionKind.MULTIPLE, options=TWO, max_choices=2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "빈 파일"),
        ("\n\n", "빈 파일"),
        ("id,Q1\n", "없습니다"),
        ("4,1,2\n4,5,6\n7,8,9\n", "열 제목"),
        ("1,가,남,x\n2,가,여,x\n3,나,남,y\n4,나,여,x\n", "열 제목"),
        ("남,찬성\n여,찬성\n남,반대\n여,찬성\n", "열 제목"),
    ],
)
def test_files_without_answers_are_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError, match=said) as refused:
        taken(tmp_path, text)
    assert "응답 파일.csv" in str(refused.value)


def test_too_many_choices_and_unknown_codes(tmp_path: Path) -> None:
    text = "id,Q1\n1,1;2\n2,1;2;3\n3,2;8\n4,건물;기타: 나무\n5,9\n"
    reading = taken(tmp_path, text, known=[MULTIPLE])
    assert places(reading.rejects) == [(3, "B", "1;2;3"), (4, "B", "8"), (6, "B", "9")]
    assert "2개까지" in str(reading.rejects[0].said)
    assert counts(reading, "Q1") == {"1": 2, "2": 2, "3": 1}
    assert reading.n_taken == 5


def test_respondents_who_come_twice(tmp_path: Path) -> None:
    text = "응답자번호,Q\n7,가\n8,나\n7,나\n,가\n,나\n"
    reading = taken(tmp_path, text)
    assert places(reading.rejects) == [(4, "A", "7")]
    assert "2행" in str(reading.rejects[0].said)
    assert (reading.n_rows, reading.n_taken) == (5, 4)
    assert counts(reading, "Q") == {"가": 2, "나": 2}
    kept = taken(tmp_path, text, keep_duplicates=True)
    assert (kept.n_taken, places(kept.rejects), places(kept.notices)) == (5, [], [(4, "A", "7")])


def test_columns_twice_without_a_title_and_about_a_person(tmp_path: Path) -> None:
    text = "id,이름,Q1,Q1,,연락처\n1,가상인,1,2,x y,010\n2,가상인,2,1,z,010\n3,가상인,1,1,x,010\n"
    reading = taken(tmp_path, text)
    assert [one.code for one in reading.questions] == ["Q1"]
    assert places(reading.rejects) == [(1, "D", "Q1"), (1, "E", "")]
    assert {one.column for one in reading.notices} == {"B", "F"}
    assert not any("가상인" in str(one) for one in (*reading.rejects, *reading.notices))


def test_ranks_given_twice_and_out_of_bounds(tmp_path: Path) -> None:
    rows = "".join(f"{n},1,2,3\n" for n in range(20, 40))
    text = "RespondentID,순위,,\n,가,나,다\n" + rows + "1,1,1,2\n2,4,1,2\n3,하나,2,1\n4,3,2,1\n"
    reading = taken(tmp_path, text, layout="two_rows")
    assert reading.answers_to("순위").question.kind is not QuestionKind.RANKING
    good = text.replace("2,4,1,2\n", "").replace("3,하나,2,1\n", "")
    ranked = taken(tmp_path, good, layout="two_rows")
    assert places(ranked.rejects) == [(23, "C", "1")]
    assert ranked.answers_to("순위").chosen[-1].tolist() == [2, 1, 0]
    assert ranked.answers_to("순위").chosen[-2].tolist() == [0, 2, -1]


def test_the_same_option_in_two_places_of_a_known_ranking(tmp_path: Path) -> None:
    known = Question(
        "R", QuestionKind.RANKING, options=TWO, parts=(Part("R_1", "1"), Part("R_2", "2"))
    )
    reading = taken(tmp_path, "id,R_1,R_2\n1,1,2\n2,2,2\n3,3,3\n", known=[known])
    assert reading.answers_to("R").chosen.tolist() == [[0, 1], [1, -1], [2, 2]]
    assert places(reading.rejects) == [(3, "C", "2")]


def test_numbers_out_of_bounds(tmp_path: Path) -> None:
    known = Question("나이", QuestionKind.NUMBER, low=14, high=120)
    text = 'id,나이\n1,35\n2,5\n3,"1,200"\n4,서른\n5,NULL\n'
    reading = taken(tmp_path, text, known=[known])
    assert places(reading.rejects) == [(3, "B", "5"), (4, "B", "1,200"), (5, "B", "서른")]
    assert np.isnan(reading.answers_to("나이").chosen[1:]).all()


def test_rows_with_cells_too_many_are_left_out(tmp_path: Path) -> None:
    reading = taken(tmp_path, "id,Q1\n1,가\n2,나,다\n3,가\n")
    assert places(reading.rejects) == [(3, "", "")]
    assert counts(reading, "Q1")["가"] == 2
    assert reading.n_taken == 2


def test_empty_rows_are_no_respondents(tmp_path: Path) -> None:
    reading = taken(tmp_path, "id,Q1\n1,가\n,\n\n4,나\n")
    assert (reading.n_rows, reading.n_taken, reading.rejects) == (2, 2, ())


def test_a_flood_of_faults_is_cut_and_counted(tmp_path: Path) -> None:
    text = "id,Q1\n" + "".join(f"{n},z\n" for n in range(MOST + 50))
    reading = taken(tmp_path, text, known=[MULTIPLE])
    assert len(reading.rejects) == MOST + 1
    assert f"{MOST + 50:,}" in str(reading.rejects[-1].said)


def test_encodings_are_told_apart_and_chosen(tmp_path: Path) -> None:
    text = "id,성별\n1,남\n2,여\n"
    korean = written(tmp_path, text.encode("cp949"))
    assert sourced(korean).encoding == "cp949"
    assert not sourced(korean).doubts
    assert not sourced(written(tmp_path, text), "utf-8").doubts
    western = written(tmp_path, "id,Café\n1,naïve\n2,naïve\n3,x\n".encode("cp1252"))
    told = sourced(western)
    assert (told.encoding, told.head[1]) == ("cp1252", "Café")
    assert (told.doubts[0].row, told.doubts[0].column) == (1, "B")
    with pytest.raises(UserError, match="UTF-8"):
        sourced(western, "utf-8")
    with pytest.raises(UserError, match="martian"):
        sourced(western, "martian")


def test_codes_need_a_codebook_and_nothing_left_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="코드북"):
        taken(tmp_path, "id,Q1\n1,1\n", layout="coded")
    with pytest.raises(UserError, match="문항"):
        taken(tmp_path, "id,token\n1,a\n2,b\n")


def test_hostile_files_end_in_a_sentence(tmp_path: Path) -> None:
    path = written(tmp_path, b"PK\x03\x04" + b"\x00" * 300, "깨진 표.xlsx")
    with pytest.raises(UserError, match=r"깨진 표\.xlsx"):
        source.read(path)
    with pytest.raises(UserError, match="스프레드시트"):
        sourced(written(tmp_path, "{}", "응답.json"))
    with pytest.raises(UserError, match="없습니다"):
        source.read(tmp_path / "없는 파일.csv")


def test_nobody_is_known_afterwards(tmp_path: Path) -> None:
    reading = taking.take(sourced(written(tmp_path, "id,토큰,Q\n901,가,1\n902,나,2\n")))
    assert reading.columns[0].role is Role.RESPONDENT
    assert "901" not in repr(reading.answers)


def test_a_codebook_that_turns_the_scale_of_the_wave_round_is_refused(tmp_path: Path) -> None:
    agree = Question("Q1", QuestionKind.SCALE, options=(Option("1", "찬성"), Option("2", "반대")))
    file = written(tmp_path, "id,Q1\n1,1\n2,2\n3,1\n")
    turned = written(tmp_path, "variable,code,label\nQ1,1,반대\nQ1,2,찬성\n", "코드북.csv")
    with pytest.raises(UserError, match="코드북에는 “반대”, 회차에는 “찬성”"):
        taking.take(sourced(file, codebook=turned), known=[agree])
    same = written(tmp_path, "variable,code,label\nQ1,1,1. 찬성\nQ1,2,② 반대\n", "코드북.csv")
    assert taking.take(sourced(file, codebook=same), known=[agree]).n_taken == 3


@pytest.mark.parametrize(
    ("bad", "weighs", "said"), [(0, True, ""), (2, True, "1로 셉니다"), (8, False, "문항으로")]
)
def test_weights_that_are_none_are_told(tmp_path: Path, bad: int, weighs: bool, said: str) -> None:
    cells = ["0.8"] * (10 - bad) + ["모름"] * bad
    text = "id,Q1,가중치\n" + "".join(f"{n},{n % 2},{w}\n" for n, w in enumerate(cells, 1))
    reading = taken(tmp_path, text)
    assert (reading.weights is not None) == weighs
    found = [str(one.said) for one in reading.notices if one.column == "C"]
    assert len(found) == bool(bad)
    assert all(said in one and str(bad) in one for one in found)
    if bad and weighs:
        assert [one.value for one in reading.rejects] == ["모름"] * bad
