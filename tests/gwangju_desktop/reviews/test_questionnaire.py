"""The questions as a workbook: out, filled in, and back; without a signature no rating counts."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from gwangju_desktop import text
from gwangju_desktop.errors import UserError
from gwangju_desktop.reviews import (
    answering,
    drafts,
    forms,
    queries,
    questionnaire,
    ratings,
    rounds,
)
from gwangju_desktop.reviews.copies import CopyFacts
from gwangju_desktop.reviews.review_file import Answer, Comment, Finding, Written
from gwangju_desktop.sheets.writing import Page, write_pages
from gwangju_desktop.text import say
from tests.gwangju_desktop.reviews import monitored
from tests.gwangju_desktop.reviews.monitored import FIRST, PLAN, Known

COMMITMENTS = [(FIRST, "예시 과제 1"), ("KRGNJ0002", "=2+3 과제")]


def _said(draft: Written) -> Written:
    draft = drafts.with_answer(
        draft, Answer("1.1", "limited", "=설명\n둘째 줄", "Because", FIRST, ("ab" * 32,))
    )
    draft = drafts.with_answer(draft, Answer("2.1.1", "not_applicable", "", "", FIRST))
    return dataclasses.replace(
        draft,
        comments=(Comment("@의견", "A word", FIRST, "1.1", 3, "cd" * 32), Comment("전체 의견")),
        findings=(Finding("결과", "Result", "권고", "Advice", FIRST),),
    )


def _write(path: Path, draft: Written) -> Path:
    questionnaire.write(
        path,
        plan=draft.plan,
        kind=draft.form,
        commitments=COMMITMENTS,
        commitment=draft.commitment,
        snapshot=draft.snapshot,
        given=draft,
    )
    return path


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_draft_comes_back_from_the_workbook_as_it_was(
    facts: CopyFacts, tmp_path: Path, language: str
) -> None:
    draft = _said(drafts.begun(facts, "closing", FIRST))
    text.use(language)
    path = _write(tmp_path / "답변지.xlsx", draft)
    # Whoever fills it in may speak the other language.
    text.use("en" if language == "ko" else "ko")
    filled = questionnaire.read(path)
    assert drafts.filled_in(drafts.begun(facts, "closing", FIRST), filled) == draft
    other = drafts.begun(facts, "inception")
    with pytest.raises(UserError, match=r"답변지|another"):
        drafts.filled_in(other, filled)
    strange = dataclasses.replace(filled, snapshot="0" * 64)
    with pytest.raises(UserError, match=r"답변지|another"):
        drafts.filled_in(draft, strange)


def test_an_inception_sheet_asks_each_question_of_each_commitment(
    facts: CopyFacts, tmp_path: Path
) -> None:
    draft = drafts.begun(facts, "inception")
    draft = drafts.with_answer(draft, Answer("1.2", "yes"))
    draft = drafts.with_answer(draft, Answer("3.ambition", "modest", commitment="KRGNJ0002"))
    path = _write(tmp_path / "q.xlsx", draft)
    assert set(questionnaire.read(path).answers) == set(draft.answers)
    told = questionnaire.read_task({"path": str(path)})["sheets"][0]
    assert len(told) == 1 + 6 + 2 * 4
    assert " ".join(told[7][2].split()) == forms.form("inception").question("3.verifiable").text.ko


def _sheet(path: Path, rows: list[list[Any]], *, about: dict[str, str] | None = None) -> Path:
    facts = {"plan": PLAN, "form": "closing", "commitment": FIRST} if about is None else about
    head = [say(title) for title in questionnaire.ANSWERS_HEAD]
    pages = [
        Page("아무 이름", head, rows),
        Page("안내", ("", "", ""), [("", key, value) for key, value in facts.items()]),
    ]
    with path.open("wb") as file:
        write_pages(file, pages)
    return path


def _row(question: str, value: str = "", why: str = "", code: str = FIRST) -> list[Any]:
    return [code, question, "", "", value, why, "", ""]


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([_row("1.1", "거의 다")], "2행.*거의 다"),
        ([_row("9.9", "limited")], "9.9"),
        ([_row("1.1", "limited"), _row("1.1", "complete")], "3행.*두 번"),
        ([_row("1.1", "limited", code="KRGNJ0002")], "2행.*KRGNJ0002"),
        ([_row("1.1", "limited", code="")], "2행"),
        ([_row("1.1", "", "x" * 20_001)], "2행.*20,000"),
        ([["x"]] * 10_001, "10,000"),
    ],
    ids=["value", "question", "twice", "commitment", "nothing", "long", "rows"],
)
def test_a_faulty_sheet_is_refused_with_its_row(
    tmp_path: Path, rows: list[list[Any]], refusal: str
) -> None:
    path = _sheet(tmp_path / "답변지.xlsx", rows)
    with pytest.raises(UserError, match=refusal):
        questionnaire.read(path)


def test_answers_are_known_by_code_and_by_word_of_either_language(tmp_path: Path) -> None:
    typed = {"1.1": "  일부  완료 ", "2.1.1": "Not Applicable", "2.1.2": "MAJOR"}
    path = _sheet(tmp_path / "q.xlsx", [_row(key, value) for key, value in typed.items()])
    found = {answer.question: answer.value for answer in questionnaire.read(path).answers}
    assert found == {"1.1": "limited", "2.1.1": "not_applicable", "2.1.2": "major"}


def _bomb() -> bytes:
    squeezed = io.BytesIO()
    with zipfile.ZipFile(squeezed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    return squeezed.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 broken", b"%PDF-1.7", b"a,b,c\n1,2,3\n", _bomb()],
    ids=["empty", "zip", "pdf", "csv", "bomb"],
)
def test_other_files_are_no_answer_sheets(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "q.xlsx"
    path.write_bytes(content)
    with pytest.raises(UserError) as raised:
        questionnaire.read(path)
    assert "q.xlsx" in str(raised.value) and "\n" not in str(raised.value)


def test_a_sheet_brings_explanations_and_comments_but_no_rating(
    office: Store, known: Known, facts: CopyFacts, tmp_path: Path
) -> None:
    review = office.run(
        rounds.add_review, plan_id=known.plan, kind="closing", commitment_id=known.first
    ).value
    draft = _said(drafts.begun(facts, "closing", FIRST))
    path = _write(tmp_path / "q.xlsx", draft)
    done = answering.import_sheet(office, path, review, known.people[1])
    assert (done.answers, done.comments, done.ratings_left_out, done.kept) == (1, 2, 2, 0)
    filled = questionnaire.read(path)

    def take(into: int, person: int) -> dict[str, int]:
        taken = {"review_id": into, "person_id": person, "filled": filled}
        return dict(office.run(answering.take_sheet, **taken).value)

    again = take(review, known.people[1])
    assert (again["answers"], again["comments"]) == (1, 0)
    with office.reading() as read:
        whole = queries.review(read, review)
        assert ratings.of(read, [known.first])[known.first] == {}
    assert [(a.origin, a.value, a.explanation) for a in whole.answers] == [
        ("sheet", "", "=설명\n둘째 줄")
    ]
    assert len(whole.replaced) == 1 and not whole.comments[0].fixed

    # A signed answer takes its place, and no sheet takes it back.
    signed = monitored.signed(monitored.closing(facts), tmp_path / "a.gwreview", monitored.KEYS[1])
    answering.import_review(office, signed)
    last = take(review, known.people[1])
    assert (last["answers"], last["kept"]) == (0, 1)
    with office.reading() as read:
        assert [a.origin for a in queries.review(read, review).answers] == ["signed"]

    with pytest.raises(UserError, match="모니터링 기구"):
        take(review, known.stranger)
    other = office.run(
        rounds.add_review, plan_id=known.plan, kind="closing", commitment_id=known.second
    ).value
    with pytest.raises(UserError, match=r"q\.xlsx"):
        take(other, known.people[1])
