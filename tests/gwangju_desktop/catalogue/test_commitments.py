"""Documents of action plans: what monitors rated beside the own status, proofs that are whole."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.schema.commitments import ActionPlan, Commitment, Milestone, PlanText
from db.schema.members import Person
from db.store import Store, usecase
from gwangju_desktop import clock, offices
from gwangju_desktop.catalogue import commitment_press, proving
from gwangju_desktop.catalogue.commitment_public import cut, pages
from gwangju_desktop.catalogue.entries import ENTRIES, compose
from gwangju_desktop.catalogue.of_commitments import OF_COMMITMENTS
from gwangju_desktop.commitments import plans, progress, promises
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.figures import LineFigure, TimelineFigure
from gwangju_desktop.documents.plain import plain
from gwangju_desktop.errors import UserError
from gwangju_desktop.evidence import integrity, queries
from gwangju_desktop.evidence.evidence import edit_evidence
from gwangju_desktop.reviews import monitors
from gwangju_desktop.reviews import queries as rounds
from gwangju_desktop.reviews.rounds import submit_review
from tests.gwangju_desktop.catalogue.promised import FIRST, KEPT_BACK, PLAN, promised
from tests.gwangju_desktop.catalogue.telling import text_of, told
from tests.gwangju_desktop.test_cli import outcome
from tests.gwangju_desktop.test_cli import told as answered

DAY = dt.date(2022, 3, 11)
PUBLIC = ("plan-summary", "press-release", "web-text")
PROVED = ("progress-report", "inception-form", "closing-form")
LONG = "아주 긴 문장을 되풀이하여 한 장을 넘치게 합니다. " * 60


@pytest.fixture(scope="module")
def made(sample_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample office that has the plan of these tests too."""
    path = tmp_path_factory.mktemp("promises") / "실행계획.gwoffice"
    shutil.copy(sample_office, path)
    files = sample_office.name + ".files"
    shutil.copytree(sample_office.with_name(files), path.with_name(path.name + ".files"))
    clock.fix(DAY)
    with offices.opened(str(path), write=True) as store:
        promised(store)
    return path


@pytest.fixture
def store(made: Path) -> Iterator[Store]:
    """The office, open for writing; each test takes back what it did."""
    clock.fix(DAY)
    with offices.opened(str(made), write=True) as opened:
        yield opened
        while opened.undoable:
            opened.undo()
    clock.fix(None)


def document(store: Store, name: str, language: str = "ko", code: str = "") -> Composed:
    entry = ENTRIES[name]
    with store.reading() as read:
        wanted = code or (PLAN if entry.about == "plan" else FIRST)
        id = proving.numbered(read, entry.about, wanted)
        return compose(read, name, id=id, language=language)


# --- what stands on them --------------------------------------------------------------------------


def test_the_report_has_the_own_status_beside_what_only_monitors_rate(store: Store) -> None:
    text = text_of(document(store, "progress-report"))
    assert "점검자의견다름:일부완료,상당수준완료" in text
    assert "이행도는점검기구만평가" in text
    assert "제안(참고)" in text and "계획조정" in text
    assert "운영위원회와협의(예시)" in text and "2022.5.31.→2022.5.20." in text
    assert "강사섭외가늦었음(예시)" in text


def test_an_override_of_the_status_shows_what_was_worked_out(store: Store) -> None:
    with store.reading() as read:
        id = proving.numbered(read, ENTRIES["closing-form"].about, FIRST)
    store.run(
        progress.set_own_status, commitment_id=id, status="postponed", reason="예산을 기다림(예시)"
    )
    text = text_of(document(store, "progress-report"))
    assert "(산정:지연)" in text and "예산을기다림(예시)" in text


def test_figures_are_of_each_commitment_and_the_burn_up_ends_today(store: Store) -> None:
    blocks = document(store, "progress-report").parts[0]
    (line,) = [block for block in blocks if isinstance(block, LineFigure)]
    planned, done = line.series
    assert line.x_names[0] == "21. 8." and line.x_names[-1] == "22. 5."
    assert [y for _x, y in planned.points] == [0, 0, 30, 30, 30, 30, 60, 60, 60, 100]
    # The last month that has begun is the one of today.
    assert [y for _x, y in done.points] == [0, 0, 0, 30, 30, 30, 30, 30]
    times = [block for block in blocks if isinstance(block, TimelineFigure)]
    assert [len(one.rows) for one in times] == [4, 1]
    assert times[0].rows[1].actual is not None and times[0].rows[3].actual is None


def test_a_form_has_what_both_monitors_said_and_the_files_picked(store: Store) -> None:
    said = told(document(store, "closing-form")).replace("\u00a0", " ")
    assert said.count("■ 일부 완료") == 1 and said.count("■ 상당 수준 완료") == 1
    assert "공동 의견" in said and "■ 미미한 변화" in said
    digest = hashlib.sha256("회차,인원\n1,24\n".encode()).hexdigest()
    assert digest in said and KEPT_BACK not in said
    english = told(document(store, "closing-form", "en")).replace("\u00a0", " ")
    assert "■ Limited" in english and "Explanation: One of three milestones" in english
    assert "joint answer" in english


def test_a_form_nobody_answered_is_there_to_be_filled_in(store: Store) -> None:
    said = told(document(store, "inception-form", "en")).replace("\u00a0", " ")
    assert "■" not in said
    # Six questions of the plan, two of each commitment.
    assert said.count("□ Yes") == 10
    assert "Not read in the official form" in said


def test_the_list_names_every_file_with_its_hash_and_why_one_is_kept_back(store: Store) -> None:
    made = document(store, "evidence-list")
    text = text_of(made)
    with store.reading() as read:
        id = proving.numbered(read, ENTRIES["evidence-list"].about, PLAN)
        rows = queries.shelf(read, plan_id=id)
    assert len(rows) == 3 and all(row.sha256 in text for row in rows)
    assert "정보공개법제9조제1항제5호" in text and "사무국안에서만" in text


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", PUBLIC)
def test_what_everybody_may_read_has_public_evidence_and_no_monitor_s_name(
    store: Store, name: str, language: str
) -> None:
    text = text_of(document(store, name, language))
    assert KEPT_BACK not in text
    with store.reading() as read:
        id = proving.numbered(read, ENTRIES[name].about, PLAN)
        names = [one.person.name for one in monitors.monitors(read, id, DAY)]
    assert names and not any(one in text for one in names)


def test_a_rating_is_for_everybody_once_the_round_is_handed_in(store: Store) -> None:
    for name in PUBLIC:
        assert "일부완료" not in text_of(document(store, name))
    with store.reading() as read:
        id = proving.numbered(read, ENTRIES["progress-report"].about, PLAN)
        (round_,) = rounds.reviews(read, plan_id=id)
    store.run(submit_review, id=round_.id, on=DAY)
    for name in PUBLIC:
        assert "점검자의견다름:일부완료,상당수준완료" in text_of(document(store, name)), name


def test_titles_in_sentences_are_english_in_an_english_report(store: Store) -> None:
    text = text_of(document(store, "progress-report", "en"))
    assert "End-of-commitmentreport:Climatepolicywithcitizens(example)" in text


# --- one page ------------------------------------------------------------------------------------


@usecase("Written long in a test")
def lengthy(tx: Any, *, many: int) -> int:
    """Add a plan with long texts and so many commitments; return its id."""
    english = "long words " * 200
    plan = ActionPlan(code="LONG", title=LONG[:300], title_en=english[:300])
    tx.add(plan)
    tx.flush()
    tx.add(PlanText(plan_id=plan.id, section="vision", text=LONG, text_en=english))
    for n in range(many):
        row = Commitment(
            plan_id=plan.id,
            code=f"LONG{n}",
            position=n,
            title=LONG[:300],
            title_en=english[:300],
        )
        tx.add(row)
        tx.flush()
        tx.add(Milestone(commitment_id=row.id, position=1, number=1, title=LONG[:80], weight=1))
    return plan.id


@pytest.mark.parametrize("many", [3, 30])
def test_the_summary_is_one_page_however_long_the_plan_is(store: Store, many: int) -> None:
    id = store.run(lengthy, many=many).value
    for language in ("ko", "en"):
        with store.reading() as read:
            assert pages(compose(read, "plan-summary", id=id, language=language)) == 1


def test_a_text_is_cut_at_a_word() -> None:
    assert cut("하나 둘 셋", 20) == "하나 둘 셋"
    assert cut("하나 둘, 셋 넷", 8) == "하나 둘…"
    assert cut("무엇이든", 0) == ""


# --- evidence that is not what it was ------------------------------------------------------------


@pytest.fixture
def spoilt(made: Path, store: Store) -> Iterator[Path]:
    """Change a byte of an evidence file on the disk while a test runs."""
    data = "설문,51\n".encode()
    digest = hashlib.sha256(data).hexdigest()
    path = store.papers.path(digest)
    path.chmod(0o644)
    path.write_bytes(b"X" + data[1:])
    yield path
    path.chmod(0o644)
    path.write_bytes(data)
    with store.reading() as read:
        id = proving.numbered(read, ENTRIES["evidence-list"].about, PLAN)
    integrity.check(store, id)


@pytest.mark.parametrize("name", PROVED)
def test_what_stands_on_broken_evidence_is_refused_with_its_name(
    store: Store, spoilt: Path, name: str
) -> None:
    entry = ENTRIES[name]
    with store.reading() as read:
        id = proving.numbered(read, entry.about, PLAN if entry.about == "plan" else FIRST)
    # Nobody has read the files since; whoever makes the document does.
    with pytest.raises(UserError, match=r"참여 현황\.csv"):
        proving.demand(store, entry, id)
    # From then on it is known.
    with pytest.raises(UserError, match=r"참여 현황\.csv"):
        document(store, name)


def test_the_list_of_evidence_shows_what_is_broken(store: Store, spoilt: Path) -> None:
    with store.reading() as read:
        id = proving.numbered(read, ENTRIES["evidence-list"].about, PLAN)
    assert not integrity.check(store, id).whole
    text = text_of(document(store, "evidence-list"))
    assert "파일이바뀜" in text and "보고서를만들수없습니다" in text
    for name in PUBLIC:
        document(store, name)


def test_the_command_takes_the_code_and_refuses_broken_evidence(
    made: Path, store: Store, spoilt: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    target = tmp_path / "보고서.hwpx"
    code, _out, error = outcome(
        capfdbinary, "--office", made, "document", "progress-report", PLAN, "-o", target
    )
    assert code != 0 and "참여 현황.csv" in error and not target.exists()


@pytest.mark.parametrize(
    ("name", "code", "suffix"),
    [
        ("progress-report", PLAN, ".hwpx"),
        ("closing-form", FIRST, ".pdf"),
        ("press-release", PLAN, ".txt"),
        ("web-text", PLAN, ".html"),
    ],
)
def test_the_command_writes_a_document_by_code(
    made: Path, tmp_path: Path, capfdbinary: Any, name: str, code: str, suffix: str
) -> None:
    target = tmp_path / f"문서{suffix}"
    said = answered(capfdbinary, "--office", made, "document", name, code, "-o", target)
    assert said["bytes"] == target.stat().st_size > 500


def test_an_unknown_code_is_a_sentence(made: Path, tmp_path: Path, capfdbinary: Any) -> None:
    target = tmp_path / "x.pdf"
    code, _out, error = outcome(
        capfdbinary, "--office", made, "document", "progress-report", "NOPE", "-o", target
    )
    assert code != 0 and "NOPE" in error and not target.exists()


def test_both_engines_say_the_same(sqlite_store: Store, new_postgres: Callable[[], str]) -> None:
    clock.fix(DAY)
    said = []
    with Store.open(new_postgres()) as server:
        for office in (sqlite_store, server):
            promised(office)
            said.append([told(document(office, entry.name)) for entry in OF_COMMITMENTS])
    clock.fix(None)
    assert said[0] == said[1]


# --- drafts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_fact_of_the_press_template_is_known(store: Store, language: str) -> None:
    text = plain(document(store, "press-release", language))
    assert "{" not in text and "}" not in text
    assert ("[인용문]" if language == "ko" else "[quotation]") in text
    assert len(commitment_press.templates()) == 2


def test_the_text_of_the_web_page_does_not_end_as_a_letter_does(store: Store) -> None:
    text = plain(document(store, "web-text"))
    assert not text.rstrip().endswith("끝.") and "2022. 3. 19.까지" in text


@pytest.mark.parametrize("entry", OF_COMMITMENTS, ids=lambda one: one.name)
def test_a_plan_with_nothing_in_it_still_makes_documents(store: Store, entry: Any) -> None:
    plan = store.run(plans.add_plan, code="EMPTY", title="빈 계획(가상)").value
    bare = store.run(
        promises.add_commitment, plan_id=plan, code="BARE", title="빈 과제(가상)"
    ).value
    with store.reading() as read:
        id = plan if entry.about == "plan" else bare
        assert "빈" in text_of(compose(read, entry.name, id=id))


def test_what_is_kept_in_korean_alone_says_so_in_an_english_document(store: Store) -> None:
    with store.reading() as read:
        commitment = proving.numbered(read, ENTRIES["closing-form"].about, FIRST)
        plan = proving.numbered(read, ENTRIES["progress-report"].about, PLAN)
        (piece, *_rest) = queries.shelf(read, plan_id=plan)
    for department in ("혁신소통기획관실", "가상미번역과"):
        store.run(
            progress.add_note,
            commitment_id=commitment,
            department=department,
            text="준비 중(예시)",
            text_en="In preparation (example)",
            noted_on=DAY,
        )
    store.run(edit_evidence, id=piece.id, disclosure="members", ground="가상법 제9조", title_en="")
    report = told(document(store, "progress-report", "en"))
    assert "Innovation Division: In preparation" in report
    assert "[in Korean] 가상미번역과: In preparation" in report
    shelf = told(document(store, "evidence-list", "en"))
    assert "[in Korean] 가상법 제9조" in shelf and f"[in Korean] {piece.title}" in shelf
    # Nothing is marked where Korean is the language.
    for name in ("progress-report", "evidence-list"):
        assert "국문]" not in told(document(store, name))


@pytest.mark.parametrize("name", [entry.name for entry in OF_COMMITMENTS])
def test_no_english_document_has_korean_that_is_not_said_to_be(store: Store, name: str) -> None:
    with store.reading() as read:
        proper = {row.name for row in queries.shelf(read)}
        proper |= set(read.scalars(select(Person.name)))
    # Names of files and of people are what they are in every language.
    known = re.compile("|".join(sorted(map(re.escape, proper), key=len, reverse=True)))
    for line in told(document(store, name, "en")).splitlines():
        if re.search("[가-힣]", known.sub("", line)):
            assert "in Korean]" in line, line
