"""The published files, through the child: every count their index states comes out."""

from __future__ import annotations

import pytest

from db.vocab import OptionRole, QuestionKind
from gwangju_desktop.polls.model import Answers
from gwangju_desktop.polls.reading import source, taking
from gwangju_desktop.polls.reading.model import Layout, Reading, Role
from gwangju_desktop.polls.table import Table
from gwangju_desktop.polls.tabulate import tabulate
from tests.gwangju_desktop.polls.reading_kit import DATA, places

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the folder of sample data is not there")


def shares(table: Table) -> dict[str, float | None]:
    return {one.code: one.count for one in table.options}


def of(reading: Reading, code: str) -> Table:
    return tabulate(reading.answers_to(code))


def starting(reading: Reading, text: str) -> Answers:
    return next(one for one in reading.answers if one.question.code.startswith(text))


@pytest.fixture(scope="module")
def kori() -> Reading:
    book = DATA / "shinkori56_codebook.xlsx"
    return taking.read(DATA / "shinkori56_wave3-4_raw_471.xlsx", codebook=book)


@pytest.fixture(scope="module")
def star_wars() -> Reading:
    return taking.read(DATA / "surveymonkey_star_wars.csv")


@pytest.fixture(scope="module")
def safi() -> Reading:
    return taking.read(DATA / "safi_interviews_semicolon_multiselect_20rows.csv")


def test_kori_counts_as_published(kori: Reading) -> None:
    assert (kori.layout, kori.n_taken) == (Layout.CODED, 471)
    assert shares(of(kori, "D_Q1")) == {"1": 191, "2": 265, "3": 13, "4": 2}
    assert [shares(of(kori, "C_Q1"))[code] for code in "123"] == [153, 209, 109]
    asked_of_some = of(kori, "D_Q1_1")
    assert [shares(asked_of_some)[code] for code in "12345"] == [50, 63, 10, 63, 5]
    assert (asked_of_some.base.blank, asked_of_some.base.answered) == (280, 191)
    likert = of(kori, "D_Q6_1")
    assert list(shares(likert).values()) == [106, 83, 74, 67, 39, 47, 52, 3]
    assert likert.question.options[-1].role is OptionRole.NO_ANSWER
    assert likert.question.kind is QuestionKind.SCALE
    assert likert.mean == pytest.approx(1603 / 468)


def test_kori_ranked_pairs_are_one_ranking(kori: Reading) -> None:
    table = of(kori, "D_Q9")
    assert table.question.kind is QuestionKind.RANKING
    assert [part.code for part in table.question.parts] == ["D_Q9_M1", "D_Q9_M2"]
    assert shares(table)["1"] == 310
    first, second = ([one.count for one in part.options] for part in table.parts)
    assert first == [207, 91, 133, 34, 6]
    assert second[:4] == [103, 148, 150, 59]
    assert table.parts[1].base.blank == 11
    assert table.question.options[-1].role is OptionRole.NO_ANSWER


def test_kori_reversed_scale_is_visible_and_weights_are_there(kori: Reading) -> None:
    book = source.read(
        DATA / "shinkori56_wave3-4_raw_471.xlsx", codebook=DATA / "shinkori56_codebook.json"
    ).codebook
    expand_first = dict(book["a_q3"].options)
    reduce_first = {one.code: one.label for one in kori.answers_to("D_Q2").question.options}
    assert expand_first["1"] == reduce_first["3"] == "원자력발전 확대"
    assert kori.weights is not None
    assert kori.weights[0] == 0.86
    assert kori.weights.sum() == pytest.approx(471, abs=1)
    assert {one.name for one in kori.columns if one.role is Role.RESPONDENT} == {"PID", "비표_ID"}
    assert "C_DQ1" in kori.attributes
    assert not kori.rejects
    assert kori.answers_to("D_Q23_1").question.kind is QuestionKind.OPEN


def test_star_wars_counts_as_published(star_wars: Reading) -> None:
    assert (star_wars.layout, star_wars.n_taken) == (Layout.TWO_ROWS, 1186)
    seen = tabulate(starting(star_wars, "Have you seen any"))
    assert shares(seen) == {"Yes": 936, "No": 250}
    films = tabulate(starting(star_wars, "Which of the following Star Wars films"))
    assert list(shares(films).values()) == [673, 571, 550, 607, 758, 738]
    assert "Star Wars: Episode II  Attack of the Clones" in shares(films)
    shot = tabulate(starting(star_wars, "Which character shot"))
    assert sorted(shares(shot).values()) == [197, 306, 325]
    assert shot.base.blank == 358
    characters = tabulate(starting(star_wars, "Please state whether"))
    han = next(part for part in characters.parts if part.part.code == "Han Solo")
    assert [one.count for one in han.options] == [610, 151, 44, 8, 1, 15]
    assert han.base.blank == 357
    ranked = starting(star_wars, "Please rank").question
    assert ranked.kind is QuestionKind.RANKING
    assert len(ranked.parts) == len(ranked.options) == 6


def test_star_wars_says_which_cells_may_be_decoded_wrongly(star_wars: Reading) -> None:
    assert star_wars.encoding == "mac_roman"
    notice = next(one for one in star_wars.notices if one.row)
    assert (notice.row, notice.column) == (1, "AF")
    assert "åÊ" in str(notice.said)
    assert "뚧" in str(notice.said)
    korean = source.read(DATA / "surveymonkey_star_wars.csv", encoding="cp949")
    assert korean.encoding == "cp949"
    assert {"mac_roman", "cp1252"} <= set(korean.encodings)
    assert "뚧" in korean.head[31]


def test_comma_survey_counts_as_published() -> None:
    reading = taking.read(DATA / "surveymonkey_comma_survey.csv")
    assert (reading.n_taken, reading.layout) == (1129, Layout.COLUMNS)
    sentence = shares(tabulate(starting(reading, "In your opinion, which sentence")))
    assert sentence["It's important for a person to be honest, kind, and loyal."] == 641
    assert sorted(sentence.values()) == [488, 641]
    heard = tabulate(starting(reading, "Prior to reading"))
    assert (shares(heard), heard.base.blank) == ({"Yes": 655, "No": 444}, 30)
    care = tabulate(starting(reading, "How much, if at all, do you care about the use"))
    assert shares(care) == {"A lot": 291, "Some": 414, "Not much": 268, "Not at all": 126}
    assert list(shares(care)) == ["A lot", "Some", "Not much", "Not at all"]
    assert care.base.blank == 30


def test_safi_counts_as_published(safi: Reading) -> None:
    assert (safi.n_taken, safi.layout) == (20, Layout.JOINED)
    assert shares(of(safi, "village")) == {"Chirodzo": 3, "God": 17}
    items = of(safi, "items_owned")
    owned = {name: shares(items)[name] for name in ("cow_plough", "bicycle", "radio")}
    assert owned == {"cow_plough": 14, "bicycle": 12, "radio": 12}
    assert (shares(items)["solar_panel"], shares(items)["mobile_phone"]) == (10, 8)
    assert items.base.blank == 1
    lacking = shares(of(safi, "months_lack_food"))
    assert [lacking[one] for one in ("Oct", "Nov", "Jan", "Sept", "Dec")] == [14, 14, 8, 8, 7]
    assert "muddaub" in shares(of(safi, "respondent_wall_type"))
    assert shares(of(safi, "respondent_wall_type"))["muddaub"] == 6


def test_safi_oddities_are_listed_with_row_and_column(safi: Reading) -> None:
    told = places(safi.notices)
    assert (3, "A", "1") in told
    sentinels = [(row, column) for row, column, value in told if value.startswith("na;")]
    assert sentinels == [(row, "Z") for row in (2, 3, 4, 5, 6, 16)]
    assert "na" not in shares(of(safi, "no_food_mitigation"))
    assert safi.answers_to("years_farm").question.kind is QuestionKind.NUMBER
