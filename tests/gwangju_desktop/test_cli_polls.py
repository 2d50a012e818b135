"""Polls on the command line: published files taken in and tabulated, every figure as known."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from gwangju_desktop import cli
from gwangju_desktop.polls import waves
from tests.gwangju_desktop.test_cli import outcome, told

POLLS = {
    "kori": ("shinkori56_wave3-4_raw_471.xlsx", "4"),
    "wars": ("surveymonkey_star_wars.csv", "1"),
    "comma": ("surveymonkey_comma_survey.csv", "1"),
    "safi": ("safi_interviews_semicolon_multiselect_20rows.csv", "1"),
}
FAVOURABLY = ("Very favorably", "Somewhat favorably", "Neither favorably nor unfavorably (neutral)",
              "Somewhat unfavorably", "Very unfavorably", "Unfamiliar (N/A)")  # fmt: skip
SEEN = "Which of the following Star Wars films have you seen? Please select all that apply."
OXFORD = "It's important for a person to be honest, kind"
LABELS = ("Yes", "No")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="module")
def published(
    tmp_path_factory: pytest.TempPathFactory, _empty_office: Path, shared_data: Path
) -> Path:
    """An office with the four published files, each a series of its own, in the order of POLLS."""
    path = tmp_path_factory.mktemp("polls") / "여론.gwoffice"
    shutil.copy(_empty_office, path)
    folder = shared_data / "polls"
    for file, wave in POLLS.values():
        more = ["--codebook", str(folder / "shinkori56_codebook.xlsx")] if "kori" in file else []
        asked = ["--office", str(path), "import", "poll", str(folder / file), "--wave", wave]
        assert cli.main([*asked, *more]) == 0
    return path


class Asking:
    """Questions put to the office; answers as {label or code: count} beside the whole document."""

    def __init__(self, office: Path, capture: Any) -> None:
        self.office, self.capture = office, capture
        listed = told(capture, "--office", office, "list", "polls")
        self.ids = {row["name"]: row["id"] for row in listed}

    def __call__(self, poll: str, question: str, *more: str, by: str = "code") -> Any:
        id = self.ids[Path(POLLS[poll][0]).stem]
        found = told(self.capture, "--office", self.office, "tabulate", id, question, *more)
        return {option[by]: option["count"] for option in found["options"]}, found

    def shown(self, poll: str) -> Any:
        id = self.ids[Path(POLLS[poll][0]).stem]
        return told(self.capture, "--office", self.office, "show", "poll", id)


@pytest.fixture
def asking(published: Path, capfdbinary: Any) -> Asking:
    return Asking(published, capfdbinary)


def listed(*counts: int) -> dict[str, int]:
    return {str(n): count for n, count in enumerate(counts, 1)}


def test_shin_kori_comes_out_as_published(asking: Asking) -> None:
    shown = asking.shown("kori")
    assert shown["waves"][0]["responses"] == 471
    counts, found = asking("kori", "D_Q1")
    assert counts == listed(191, 265, 13, 2)
    assert found["base"] == {
        "asked": 471, "answered": 469, "blank": 0, "missing": 2, "votes": 469,
    }  # fmt: skip
    assert [option.get("missing", False) for option in found["options"]] == [False] * 3 + [True]
    assert asking("kori", "C_Q1")[0] | {"4": 0} == listed(153, 209, 109, 0)
    counts, found = asking("kori", "D_Q1_1")
    assert counts | {"9": 0} == {**listed(50, 63, 10, 63, 5), "9": 0}
    assert (found["base"]["blank"], found["base"]["answered"]) == (280, 191)
    assert asking("kori", "D_Q9_M1")[0] == {**listed(207, 91, 133, 34), "9": 6}
    counts, found = asking("kori", "D_Q9_M2")
    assert counts | {"9": 0} == {**listed(103, 148, 150, 59), "9": 0}
    assert found["base"]["blank"] == 11
    both = {option["code"]: option for option in asking("kori", "D_Q9")[1]["options"]}
    assert (both["1"]["count"], both["1"]["first"]) == (310, 207)
    counts, found = asking("kori", "D_Q6_1")
    assert counts == {**listed(106, 83, 74, 67, 39, 47, 52), "9": 3}
    parts = [one for one in shown["questions"] if one.get("part_of") == "D_Q9"]
    assert [one["code"] for one in parts] == ["D_Q9_M1", "D_Q9_M2"]


def test_percentages_are_of_their_bases_and_never_rounded(asking: Asking) -> None:
    _counts, found = asking("kori", "D_Q1")
    first = found["options"][0]
    assert first["pct_respondents"] == pytest.approx(100 * 191 / 469, abs=1e-12)
    assert first["low"] is None and first["high"] is None
    assert any("표본오차" in note for note in found["notes"])
    _counts, ranked = asking("kori", "D_Q9")
    assert ranked["options"][0]["pct_votes"] == pytest.approx(100 * 310 / 925)
    assert ranked["options"][0]["pct_respondents"] == pytest.approx(100 * 310 / 465)


def test_weights_of_the_file_and_groups(asking: Asking) -> None:
    counts, found = asking("kori", "D_Q1", "--weight")
    assert isinstance(counts["1"], float) and found["n_eff"] < 471
    shown = asking.shown("kori")
    attribute = next(
        one["code"] for one in shown["questions"] if one.get("attribute") and one.get("options")
    )
    _counts, found = asking("kori", "D_Q1", "--by", attribute)
    assert found["groups"] and {"code", "label", "base", "options"} <= set(found["groups"][0])
    cells = [option["count"] for group in found["groups"] for option in group["options"]]
    assert all(cell == "*" or cell == 0 or cell >= 5 for cell in cells)


def test_star_wars_comes_out_as_published(asking: Asking) -> None:
    assert asking.shown("wars")["waves"][0]["responses"] == 1186
    counts, _ = asking(
        "wars", "Have you seen any of the 6 films in the Star Wars franchise?", by="label"
    )
    assert counts == {"Yes": 936, "No": 250}
    assert list(asking("wars", SEEN)[0].values()) == [673, 571, 550, 607, 758, 738]
    counts, found = asking("wars", "Han Solo", by="label")
    assert [counts[label] for label in FAVOURABLY] == [610, 151, 44, 8, 1, 15]
    assert found["base"]["blank"] == 357
    counts, found = asking("wars", "Which character shot first?", by="label")
    assert sorted(counts.values()) == [197, 306, 325] and counts["Han"] == 325
    assert found["base"]["blank"] == 358


def test_the_comma_survey_comes_out_as_published(asking: Asking) -> None:
    shown = asking.shown("comma")
    assert shown["waves"][0]["responses"] == 1129
    first = next(one for one in shown["questions"] if "gramatically correct" in one["wording"])
    counts, _ = asking("comma", first["code"], by="label")
    assert sorted(counts.values()) == [488, 641]
    assert counts["It's important for a person to be honest, kind, and loyal."] == 641
    heard = next(one for one in shown["questions"] if "had you heard" in one["wording"])
    counts, found = asking("comma", heard["code"], by="label")
    assert counts == {"Yes": 655, "No": 444} and found["base"]["blank"] == 30
    care = next(
        one
        for one in shown["questions"]
        if "do you care" in one["wording"] and "Oxford" in one["wording"]
    )
    counts, found = asking("comma", care["wording"], by="label")
    assert counts == {"Some": 414, "A lot": 291, "Not much": 268, "Not at all": 126}
    assert found["base"]["blank"] == 30


def test_the_interviews_come_out_as_published(asking: Asking) -> None:
    assert asking.shown("safi")["waves"][0]["responses"] == 20
    assert asking("safi", "village", by="label")[0] == {"God": 17, "Chirodzo": 3}
    counts, found = asking("safi", "items_owned", by="label")
    wanted = {"cow_plough": 14, "bicycle": 12, "radio": 12, "solar_panel": 10, "mobile_phone": 8}
    assert wanted.items() <= counts.items() and found["base"]["blank"] == 1
    counts, _ = asking("safi", "months_lack_food", by="label")
    assert {"Oct": 14, "Nov": 14, "Jan": 8, "Sept": 8, "Dec": 7}.items() <= counts.items()


OFFICE = "응답자,성별,인지,경로\n1,남,예,신문;이웃\n2,여,아니요,\n3,여,예,신문\n3,남,예,이웃\n"


@pytest.fixture
def office(tmp_path: Path, _empty_office: Path) -> Path:
    path = tmp_path / "설문.gwoffice"
    shutil.copy(_empty_office, path)
    (tmp_path / "시민 설문.csv").write_text(OFFICE, "utf-8")
    return path


@pytest.fixture(scope="module")
def _imported(tmp_path_factory: pytest.TempPathFactory, _empty_office: Path) -> Path:
    path = tmp_path_factory.mktemp("imported") / "설문.gwoffice"
    shutil.copy(_empty_office, path)
    file = path.with_name("시민 설문.csv")
    file.write_text(OFFICE, "utf-8")
    assert cli.main(["--office", str(path), "import", "poll", str(file), "--wave", "1"]) == 0
    return path


@pytest.fixture
def imported(_imported: Path, tmp_path: Path) -> Path:
    path = tmp_path / "설문.gwoffice"
    shutil.copy(_imported, path)
    return path


def test_a_series_is_made_listed_shown_and_joined(
    office: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    file = tmp_path / "시민 설문.csv"
    made = told(capfdbinary, "--office", office, "import", "poll", file, "--wave", "1")
    assert (made["id"], made["taken"], made["rows"], made["imported"]) == (1, 3, 4, True)
    (reject,) = made["rejects"]
    assert (reject["row"], reject["column"], reject["value"]) == (5, "A", "3")
    (row,) = told(capfdbinary, "--office", office, "list", "polls")
    assert (row["id"], row["name"], row["waves"], row["latest"]) == (1, "시민 설문", 1, "1")
    counts = told(capfdbinary, "--office", office, "tabulate", "시민 설문", "경로")
    assert counts["base"] == {"asked": 3, "answered": 2, "blank": 1, "missing": 0, "votes": 3}
    file.write_text(OFFICE.replace("남", "여"), "utf-8")
    asked = ("--office", office, "import", "poll", file, "--poll", "1", "--wave")
    dry = told(capfdbinary, *asked, "2", "--dry-run")
    assert dry["imported"] is False and dry["id"] is None
    made = told(capfdbinary, *asked, "2")
    assert (made["poll"], made["wave"]) == (1, 2)
    code, _out, err = outcome(capfdbinary, *asked, "2")
    assert code == 1 and "시민 설문.csv" in err
    code, out, _err = outcome(capfdbinary, *asked, "3")
    assert code == 0 and out.startswith("설문 1, 회차 “3”") and "거부: 1건" in out
    shown = told(capfdbinary, "--office", office, "show", "poll", "1")
    assert [wave["label"] for wave in shown["waves"]] == ["1", "2", "3"]
    assert {"code", "kind", "wording"} <= set(shown["questions"][0])
    latest = told(capfdbinary, "--office", office, "tabulate", "1", "성별")
    assert latest["wave"]["label"] == "3"
    first = told(capfdbinary, "--office", office, "tabulate", "1", "성별", "--wave", "1")
    assert [option["count"] for option in first["options"]] == [1, 2]
    code, out, _err = outcome(capfdbinary, "--office", office, "tabulate", "1", "경로")
    assert code == 0 and "66.7" in out and "표본오차" in out
    code, out, _err = outcome(capfdbinary, "--office", office, "show", "poll", "1")
    assert code == 0 and "경로" in out and "마감" in out
    code, out, _err = outcome(capfdbinary, "--office", office, "list", "polls")
    assert code == 0 and "시민 설문" in out


def test_how_columns_are_read_is_remembered_and_a_new_answer_is_an_edition(
    imported: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    """Where nobody chose two, the next file alone would not tell that one could."""
    file = tmp_path / "다음.csv"
    file.write_text("응답자,성별,인지,경로\n1,남,예,신문\n2,여,예,라디오\n3,여,예,이웃\n", "utf-8")
    ask = ("--office", imported, "import", "poll", file, "--poll", "1", "--wave", "2")
    assert told(capfdbinary, *ask)["rejects"] == []
    shown = told(capfdbinary, "--office", imported, "show", "poll", "1")
    (where,) = [one for one in shown["questions"] if one["code"] == "경로"]
    assert (where["kind"], where["edition"]) == ("multiple", 2)
    assert {one["label"] for one in where["options"]} == {"신문", "라디오", "이웃"}
    (sex,) = [one for one in shown["questions"] if one["code"] == "성별"]
    assert (sex["edition"], sex["waves"]) == (1, ["1", "2"])


CODES = "D_Q2,D_Q3\n1,1\n1,2\n2,1\n"
BOOK = "variable,question,code,label\nD_Q2,원자력 정책의 방향은?,1,{}\nD_Q2,,2,{}\nD_Q3,,1,예\nD_Q3,,2,아니요\n"


def test_a_codebook_the_other_way_round_makes_another_edition(
    office: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    """The same codes mean the opposite in the next wave: nothing remembered may hide that."""
    series: tuple[object, ...] = ()
    for wave, labels in (("1", ("확대", "축소")), ("2", ("축소", "확대")), ("3", None)):
        file, book = tmp_path / f"{wave}.csv", tmp_path / f"책{wave}.csv"
        file.write_text(CODES + "2,2\n" * int(wave), "utf-8")
        more: tuple[object, ...] = ()
        if labels:
            book.write_text(BOOK.format(*labels), "utf-8")
            more = ("--codebook", book)
        made = told(
            capfdbinary, "--office", office, "import", "poll", file, "--wave", wave, *series, *more
        )
        series = ("--poll", made["id"])
    found = {
        wave: told(capfdbinary, "--office", office, "tabulate", "1", "D_Q2", "--wave", wave)
        for wave in "123"
    }
    said = {
        wave: {option["label"]: option["count"] for option in one["options"]}
        for wave, one in found.items()
    }
    assert said["1"] == {"확대": 2, "축소": 2} and said["2"] == {"축소": 2, "확대": 3}
    # Codes alone do not say anything else than the latest edition.
    assert said["3"] == {"축소": 2, "확대": 4}
    shown = told(capfdbinary, "--office", office, "show", "poll", "1")
    assert {one["code"]: one["edition"] for one in shown["questions"]} == {"D_Q2": 2, "D_Q3": 1}
    assert shown["questions"][0]["wording"] == "원자력 정책의 방향은?"


def test_a_wave_in_the_field_is_refused_and_the_one_before_is_the_latest(
    imported: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    office, file = imported, tmp_path / "더.csv"
    with Store.open(office) as store:
        planned = store.run(waves.plan_wave, poll_id=1, label="2차").value
        store.run(waves.open_wave, id=planned)
    file.write_text(OFFICE.replace("남", "여"), "utf-8")
    asked = ("--office", office, "import", "poll", file, "--poll", "1", "--wave", "2")
    assert told(capfdbinary, *asked)["wave"] == planned
    shown = told(capfdbinary, "--office", office, "show", "poll", "1")
    assert shown["waves"][1]["state"] == "fielding" and shown["waves"][1]["responses"] == 3
    found = told(capfdbinary, "--office", office, "tabulate", "1", "성별")
    assert found["wave"]["label"] == "1"
    ask = ("--office", office, "tabulate", "1", "성별", "--wave", "2차")
    code, out, err = outcome(capfdbinary, *ask)
    assert code == 1 and not out and "응답 건수" in err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("tabulate", "9", "성별"), 1),
        (("tabulate", "없는 설문", "성별"), 1),
        (("tabulate", "1", "없는 문항"), 1),
        (("tabulate", "1", "성별", "--wave", "7"), 1),
        (("tabulate", "1", "성별", "--by", "경로"), 1),
        (("tabulate", "1", "인지", "--by", "인지"), 1),
        (("tabulate", "1", "성별", "--weight"), 1),
        (("show", "poll", "9"), 1),
        (("show", "poll", "1", "--on", "2022-03-11"), 2),
        (("list", "polls", "--overdue"), 2),
        (("import", "poll", "없다.csv", "--wave", "1"), 1),
        (("import", "poll", "없다.csv", "--wave", "1", "--layout", "odd"), 2),
        (("import", "poll", "없다.csv"), 2),
    ],
)
def test_what_cannot_be_is_one_sentence(
    _imported: Path, capfdbinary: Any, arguments: tuple[str, ...], code: int
) -> None:
    found, out, err = outcome(capfdbinary, "--office", _imported, *arguments)
    assert found == code and not out and "Traceback" not in err
    assert code == 2 or len(err.strip().splitlines()) == 1


def test_an_empty_file_is_refused(office: Path, tmp_path: Path, capfdbinary: Any) -> None:
    file = tmp_path / "빈.csv"
    for text in ("", "응답자,성별\n"):
        file.write_text(text, "utf-8")
        code, _out, err = outcome(
            capfdbinary, "--office", office, "import", "poll", file, "--wave", "1"
        )
        assert code == 1 and "빈.csv" in err
    assert told(capfdbinary, "--office", office, "list", "polls") == []
