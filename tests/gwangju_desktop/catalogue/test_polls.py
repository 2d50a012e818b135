"""Documents of polls: both bases on paper, no share of a wave in the field, nobody's own words."""

from __future__ import annotations

import pytest

from db.schema.answers import PollFinding
from db.schema.polls import PollQuestion, PollWave, WaveQuestion
from db.store import usecase
from db.vocab import WaveState
from gwangju_desktop.catalogue.entries import compose
from gwangju_desktop.documents.figures import BarFigure
from gwangju_desktop.documents.press import press
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import findings, questions, series, waves
from gwangju_desktop.text import words
from tests.gwangju_desktop.catalogue.pollsters import OPINION
from tests.gwangju_desktop.catalogue.telling import pages, text_of


@usecase("Set in a test")
def stand(tx, *, id: int, state: str) -> None:
    tx.get_one(PollWave, id).state = state


@pytest.fixture
def fielding(office):
    """Put the wave back into the field while a test runs."""
    office.store.run(stand, id=office.wave, state=WaveState.FIELDING.value)
    yield office
    office.store.undo()


def bars(made) -> list[BarFigure]:
    return [block for part in made.parts for block in part if isinstance(block, BarFigure)]


def test_a_bar_stands_for_its_count_with_both_shares_and_their_bases(office) -> None:
    (figure,) = bars(office.compose("poll-summary"))
    assert figure.heads == ("응답 건수 기준(89건)", "응답자 기준(51명)")
    assert [(b.text, *b.columns, b.strong) for b in figure.bars] == [
        ("33건", "37.1%", "64.7%", True),
        ("21건", "23.6%", "41.2%", False),
        ("15건", "16.9%", "29.4%", False),
        ("12건", "13.5%", "23.5%", False),
        ("8건", "9.0%", "15.7%", False),
    ]


def test_the_summary_is_one_page_and_speaks_its_own_language(office) -> None:
    assert len(pages(press(office.compose("poll-summary")).data)) == 1
    english = office.compose("poll-summary", "en")
    assert bars(english)[0].heads == ("Of responses (89 choices)", "Of respondents (51 people)")
    assert "Nomarginoferror" in text_of(english)
    assert words().language == "ko"


def _page_of(office, id: int, language: str):
    """Return a summary as it is printed, with its one page as text without blanks."""
    with office.store.reading() as read:
        made = compose(read, "poll-summary", id=id, language=language)
    (page,) = pages(press(made).data)
    return made, "".join("".join(line.split()) for line in page)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_summary_of_every_finding_is_one_page(office, language) -> None:
    with office.store.reading() as read:
        found = findings.findings(read)
    assert len(found) > 4
    for one in found:
        made, text = _page_of(office, one.id, language)
        assert bars(made)
        assert "".join(one.sentence.split()) in text
        assert "1/1" in text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_long_finding_is_one_page_too_and_nothing_of_it_is_cut(office, language) -> None:
    wording = ("어느 정책을 가장 먼저 추진하여야 합니까? " * 20)[:200].strip()
    frame = ("누리집과 행사장에서 스스로 참여한 사람이며 뽑은 표본이 아니다. " * 12)[:300].strip()
    sentence = ("응답자 51명 중 33명(64.7%)이 청렴성 향상을 골랐다고 읽는다. " * 8)[:200].strip()

    @usecase("Set in a test")
    def lengthen(tx) -> None:
        row = tx.get_one(PollFinding, office.finding)
        row.sentence = sentence
        wave = tx.get_one(PollWave, office.wave)
        wave.frame, wave.population = frame, frame[:120]
        asked = tx.get_one(WaveQuestion, row.wave_question_id)
        tx.get_one(PollQuestion, asked.question_id).wording = wording

    office.store.run(lengthen)
    try:
        _, text = _page_of(office, office.finding, language)
    finally:
        office.store.undo()
    for said in (wording, frame, sentence):
        assert "".join(said.split()) in text


def test_what_fits_on_no_page_goes_on_upon_a_second(office) -> None:
    told = "아주 긴 설명입니다. " * 300

    @usecase("Set in a test")
    def lengthen(tx) -> None:
        tx.get_one(PollWave, office.wave).frame = f"{told}끝까지 적습니다."

    office.store.run(lengthen)
    try:
        made = office.compose("poll-summary")
        assert len(pages(press(made).data)) > 1
        assert "끝까지적습니다." in text_of(made)
    finally:
        office.store.undo()


def test_the_ranking_has_its_first_choices(office) -> None:
    made = bars(office.compose("poll-report"))
    ranked = next(figure for figure in made if len(figure.heads) == 3)
    assert ranked.heads[0] == "1순위"
    assert [bar.columns[0] for bar in ranked.bars] == ["34", "0", "17"]


def test_nobody_reads_what_one_person_wrote(office) -> None:
    text = text_of(office.compose("poll-report"))
    assert OPINION not in text
    assert "예산" in text


def test_of_a_wave_in_the_field_paper_says_the_number_alone(fielding) -> None:
    made = fielding.compose("poll-report")
    assert not bars(made)
    text = text_of(made)
    assert "현재응답51명" in text
    assert "%" not in text.replace("응답률", "")
    with pytest.raises(UserError):
        fielding.compose("poll-summary")


def test_a_wave_that_has_not_begun_has_no_report(office) -> None:
    office.store.run(stand, id=office.wave, state=WaveState.PLANNED.value)
    try:
        with office.store.reading() as read, pytest.raises(UserError, match="아직"):
            compose(read, "poll-report", id=office.wave)
    finally:
        office.store.undo()


def test_a_questionnaire_has_a_box_for_all_but_no_answer(office) -> None:
    text = text_of(office.compose("poll-questionnaire"))
    assert "1.광주광역시열린정부가가장먼저이루어야할목표는무엇입니까?최대2개선택" in text
    assert "1)예" in text
    assert "9)무응답" not in text
    assert "행마다1개선택" in text
    assert text.endswith("끝.") or "감사합니다.끝." in text


def test_who_was_not_asked_reads_it_above_the_question(office) -> None:
    with office.store.reading() as read:
        asked = {one.question.code: one for one in questions.questionnaire(read, office.wave)}

    @usecase("Set in a test")
    def sift(tx) -> None:
        row = tx.get_one(WaveQuestion, asked["agree"].wave_question_id)
        row.ask_if_id, row.ask_if = asked["heard"].question_id, ["1"]

    office.store.run(sift)
    try:
        text = text_of(office.compose("poll-questionnaire"))
        assert "2번문항에서‘예’항목을고른분만답하여주십시오·행마다1개선택" in text
    finally:
        office.store.undo()


def test_a_tally_sheet_says_what_must_agree(office) -> None:
    text = text_of(office.compose("poll-tally"))
    assert "응답자≤보기합계≤2×응답자" in text
    assert "9)무응답" in text


def test_a_wave_that_asks_nothing_has_no_questionnaire(office) -> None:
    @usecase("Planned in a test")
    def plan(tx) -> int:
        return waves.plan_wave(tx, poll_id=series.add_poll(tx, name="가상"), label="빈 회차")

    bare = office.store.run(plan).value
    try:
        for name in ("poll-questionnaire", "poll-tally"):
            with office.store.reading() as read, pytest.raises(UserError, match="빈 회차"):
                compose(read, name, id=bare)
    finally:
        office.store.undo()
