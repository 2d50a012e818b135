"""Findings: their figures and sentence, the one step onto an agenda or among the proposals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.schema.answers import PollFinding
from db.schema.meetings import AgendaItem
from db.schema.packs import PackPart
from db.schema.polls import PollWave
from db.schema.proposals import Proposal
from db.schema.threads import ThreadLink
from db.store import Store
from db.vocab import Edition, ItemKind, ProposalConsent, WaveState
from gwangju_desktop import clock, text
from gwangju_desktop.catalogue import poll_papers
from gwangju_desktop.documents.blocks import Para
from gwangju_desktop.errors import UserError
from gwangju_desktop.packs import figures
from gwangju_desktop.packs.queries import pack_data
from gwangju_desktop.polls import findings, intake, questions
from gwangju_desktop.threads import coverage, front, links
from tests.gwangju_desktop.polls import taken
from tests.gwangju_desktop.polls.asked import goals_answered
from tests.gwangju_desktop.threads.made import TODAY, Office

SAID = "응답자 51명 중 33명(64.7%)이 ‘시정 청렴성 향상’ 항목을 골랐습니다."


@pytest.fixture(scope="module")
def _found(tmp_path_factory: pytest.TempPathFactory, _empty_office: Path) -> Path:
    """An office with a body, a meeting ahead and 51 respondents who chose up to two goals."""
    path = tmp_path_factory.mktemp("findings") / "시사점.gwoffice"
    path.write_bytes(_empty_office.read_bytes())
    with Store.open(path) as store:
        office = Office.of(store)
        asked = taken.answers(taken.HEARD, ["1"] * 30 + ["2"] * 15 + ["9"] * 6)
        reading = taken.reading(goals_answered(), asked)
        store.run(
            intake.import_new,
            name="시민 설문",
            reading=reading,
            file_name="가상.csv",
            label="1차",
        )
        assert office.meeting == 1
    return path


@pytest.fixture
def office(_found: Path, tmp_path: Path) -> Iterator[Office]:
    path = tmp_path / "시사점.gwoffice"
    path.write_bytes(_found.read_bytes())
    clock.fix(TODAY)
    with Store.open(path) as store:
        yield Office(store, body=1, profile=1, meeting=1)


def place(office: Office, code: str) -> Any:
    with office.store.reading() as read:
        return next(one for one in questions.questionnaire(read, 1) if one.question.code == code)


def add(office: Office, code: str = "goals", option: str = "1", sentence: str = SAID) -> int:
    asked = place(office, code)
    id: int = office.store.run(
        findings.add_finding,
        wave_question_id=asked.wave_question_id,
        option_id=asked.option_ids[option],
        sentence=sentence,
    ).value
    return id


def row(office: Office, id: int) -> findings.FindingRow:
    with office.store.reading() as read:
        return findings.finding(read, id)


def test_the_figures_say_themselves_on_the_base_of_respondents(office: Office) -> None:
    goals, heard = place(office, "goals"), place(office, "heard")
    with office.store.reading() as read:
        first = findings.suggested(read, goals.wave_question_id, goals.option_ids["1"])
        yes = findings.suggested(read, heard.wave_question_id, heard.option_ids["1"])
        none = findings.suggested(read, heard.wave_question_id, heard.option_ids["9"])
        text.use("en")
        english = findings.suggested(read, goals.wave_question_id, goals.option_ids["1"])
    assert first == SAID
    assert yes == "‘인지’ 문항에서 응답자 45명 중 30명(66.7%)이 ‘예’ 항목을 골랐습니다."
    assert none == ""
    assert english == "33 of 51 respondents (64.7%) chose “시정 청렴성 향상”."


def _paper(office: Office, found: findings.FindingRow) -> list[str]:
    with office.store.reading() as read:
        blocks = poll_papers.finding_blocks(read, found)
    paras = (block for block in blocks if isinstance(block, Para))
    return [" ".join(word.text for word in block.words) for block in paras]


def test_a_finding_keeps_the_figures_it_was_found_with(office: Office) -> None:
    found = row(office, add(office))
    assert (found.count, found.votes, found.answered) == (33, 89, 51)
    assert found.of_votes == pytest.approx(100 * 33 / 89)
    assert found.of_respondents == pytest.approx(100 * 33 / 51)
    assert (found.poll, found.wave, found.option) == ("시민 설문", "1차", "시정 청렴성 향상")
    assert not any("당시" in said for said in _paper(office, found))
    office.set(PollFinding, found.id, count=30.0, answered=48.0)
    assert any("30건, 응답자 48명" in said for said in _paper(office, row(office, found.id)))
    office.store.run(findings.edit_finding, id=found.id, sentence=" 청렴성이\n먼저다 ")
    assert row(office, found.id).sentence == "청렴성이 먼저다"


def test_the_method_below_a_finding_says_the_error_once(office: Office) -> None:
    found = row(office, add(office))
    assert _paper(office, found)[-1].count("표본오차") == 1
    text.use("en")
    method = _paper(office, found)[-1]
    assert method.casefold().count("margin of error") == 1
    assert " · Mode " in method


def test_nothing_is_found_in_a_wave_in_the_field(office: Office) -> None:
    office.set(PollWave, 1, state=WaveState.FIELDING.value)
    with pytest.raises(UserError, match="조사 중"):
        add(office)


def test_a_sentence_and_an_option_of_the_question_are_needed(office: Office) -> None:
    with pytest.raises(UserError, match="문장"):
        add(office, sentence="  ")
    heard, goals = place(office, "heard"), place(office, "goals")
    with pytest.raises(UserError, match="heard"):
        office.store.run(
            findings.add_finding,
            wave_question_id=heard.wave_question_id,
            option_id=goals.option_ids["1"],
            sentence=SAID,
        )


def test_a_finding_becomes_an_item_in_one_step(office: Office) -> None:
    id = add(office)
    made = office.store.run(findings.to_item, finding_id=id, meeting_id=office.meeting)
    with office.store.reading() as read:
        item = read.get_one(AgendaItem, made.value)
        assert item.title == "시민 설문 1차 결과 정책 반영: 시정 청렴성 향상"
        assert (item.kind, item.reason) == (ItemKind.DISCUSSION, SAID)
        said = item.contents.split("\n")
        assert said[1] == (
            "시정 청렴성 향상: 33건, 응답 건수 기준 37.1%(89건), 응답자 기준 64.7%(51명)"
        )
        assert "표본오차 미상" in item.contents
        assert "시사점" in front.line(read, made.value, "ko")
        assert [one.id for one in findings.of_item(read, made.value)] == [id]
        (page,) = read.query(PackPart).filter(PackPart.figure.is_not(None)).all()
        assert (page.item_id, page.figure) == (made.value, {"kind": "poll-finding", "finding": id})
        drawn = figures.drawn(read, page.figure, text.words("ko"))
        assert drawn is not None
        assert drawn.finding == SAID
        (node,) = findings.finding(read, id).led
        assert (node.kind, node.id) == ("item", made.value)
    thread = office.thread("poll_finding", id)
    assert [node.kind for node in thread.nodes] == ["finding", "item"]
    office.store.undo()
    assert row(office, id).led == ()
    with office.store.reading() as read:
        assert read.get(AgendaItem, made.value) is None


def test_a_second_finding_joins_an_item_that_is_open(office: Office) -> None:
    item = office.item()
    office.store.run(findings.to_item, finding_id=add(office), item_id=item)
    second = add(office, option="2", sentence="두 번째")
    office.store.run(findings.to_item, finding_id=second, item_id=item)
    with office.store.reading() as read:
        assert [one.sentence for one in findings.of_item(read, item)] == [SAID, "두 번째"]
    office.decide(item)
    with pytest.raises(UserError, match="올릴 수 없습니다"):
        third = add(office, option="3", sentence="세 번째")
        office.store.run(findings.to_item, finding_id=third, item_id=item)


def test_a_meeting_that_is_over_takes_no_finding(office: Office) -> None:
    id = add(office)
    office.close()
    with pytest.raises(UserError):
        office.store.run(findings.to_item, finding_id=id, meeting_id=office.meeting)
    assert row(office, id).led == ()


def test_a_finding_becomes_a_proposal_and_walks_on_with_it(office: Office) -> None:
    id = add(office)
    made = office.store.run(findings.to_proposal, finding_id=id).value
    with office.store.reading() as read:
        proposal = read.get_one(Proposal, made)
        assert proposal.title == "시민 설문 1차 결과 정책 반영: 시정 청렴성 향상"
        assert proposal.text.startswith(SAID)
        assert proposal.anonymous
        assert proposal.consent == ProposalConsent.FULL
    office.store.run(links.link, before=("proposal", made), after=("item", office.item()))
    kinds = [node.kind for node in office.thread("poll_finding", id).nodes]
    assert kinds == ["finding", "proposal", "item"]


def test_coverage_counts_findings_through_items_and_proposals(office: Office) -> None:
    first, second, _third = (add(office, option=code) for code in "123")
    item = office.store.run(findings.to_item, finding_id=first, meeting_id=office.meeting).value
    office.store.run(findings.to_proposal, finding_id=second)
    office.decide(item)
    office.action(item)
    year = (dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    with office.store.reading() as read:
        told = coverage.of_findings(read, *year)
    assert told.base == 3
    assert [(one.key, one.n) for one in told.reached] == [
        ("put", 2),
        ("decision", 1),
        ("action", 1),
    ]


def test_removing_a_finding_leaves_what_it_led_to(office: Office) -> None:
    id = add(office)
    item = office.store.run(findings.to_item, finding_id=id, meeting_id=office.meeting).value
    office.store.run(findings.remove_finding, id=id)
    with office.store.reading() as read:
        assert read.get(AgendaItem, item) is not None
        assert read.query(ThreadLink).count() == 0
    office.store.undo()
    assert [node.id for node in row(office, id).led] == [item]


def test_the_public_sees_findings_of_published_waves_only(office: Office) -> None:
    id = add(office)
    with pytest.raises(UserError):
        office.thread("poll_finding", id, public=True)
    office.set(PollWave, 1, state=WaveState.PUBLISHED.value)
    assert office.thread("poll_finding", id, public=True).nodes[0].title == SAID


def test_the_public_pack_keeps_the_page_of_a_wave_that_is_not_published(office: Office) -> None:
    id = add(office)
    office.store.run(findings.to_item, finding_id=id, meeting_id=office.meeting)

    def page(edition: Edition) -> Any:
        with office.store.reading() as read:
            papers = office.store.papers
            data = pack_data(
                read, papers, meeting_id=office.meeting, language="ko", edition=edition
            )
        return next(part for part in data.parts if part.figure or part.closed)

    shut = page(Edition.PUBLIC)
    assert (shut.closed, shut.figure, SAID in shut.title) == ("공표 전 설문 결과", (), False)
    members = page(Edition.MEMBERS)
    assert members.closed == "공표 전 설문 결과"
    assert members.figure and members.title == SAID
    office.set(PollWave, 1, state=WaveState.PUBLISHED.value)
    assert (page(Edition.PUBLIC).closed, page(Edition.PUBLIC).title) == ("", SAID)
