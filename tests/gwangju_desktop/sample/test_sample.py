"""The sample office: the founding documents' facts, made-up people, real papers."""

from __future__ import annotations

import datetime as dt
import re

import pypdf
import pytest
from sqlalchemy import select

import resources
from db.schema.energy import EnergyFigure
from db.store import Store
from db.vocab import QuestionKind
from gwangju_desktop import clock, search_records, settings, today
from gwangju_desktop.energy import figures as energy
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import queries as meetings
from gwangju_desktop.members import queries as members
from gwangju_desktop.packs import figures, outline
from gwangju_desktop.polls import answers, comparing, findings, questions, series, waves
from gwangju_desktop.sample import office
from gwangju_desktop.text import words
from gwangju_desktop.threads.walk import thread

# Whoever the founding documents name must not turn up, in Hangul or in Latin letters.
REAL = re.compile(
    "김광훈|이민철|박민희|임혜정|임수연|신석기|박필순|이운기|서승호|이용섭|김영선|염철훈|"
    "Yongsup|Young-sun|Cheol-hun|Gwanghun|Min-cheol|Min-hee|Hye-jeong|Suyeon|Seok-gi|Phil-sun|"
    "Un-gi|Seung-ho"
)


@pytest.fixture(scope="module")
def sample(sample_office):
    with Store.open(sample_office, write=False) as store:
        yield store


@pytest.fixture
def read(sample):
    clock.fix(office.TODAY)
    with sample.reading() as session:
        yield session


def test_the_bodies_of_the_founding_documents_are_there(read):
    rows = {row.name_en: row for row in members.bodies(read)}
    committee = members.body(read, id=rows["Carbon-Neutral City Promotion Committee"].id)
    assert (committee.members, committee.ex_officio, committee.appointed) == (35, 12, 23)
    assert {name.name for name in committee.names} >= {
        "Carbon-Neutral Promotion Committee",
        "Net Zero Promotion Committee",
    }
    assert committee.balance.lacking == 1
    steering = rows["OGP Consultative Body (Steering Committee)"]
    assert steering.parent_id == rows["OGP Public-Private Consultative Body"].id
    assert rows["Climate Crisis Emergency Headquarters"].parent_id == committee.id
    assert rows["Independent Monitoring Body"].members == 2
    for row in rows.values():
        held = {rule.rule: rule for rule in members.body(read, id=row.id).rules}
        assert (held["quorum"].value, held["quorum"].own) == ("> 1/2 enrolled", True)
        assert all(rule.source for rule in held.values())


def test_35_people_all_made_up(read):
    people = members.members(read)
    assert len(people) == 35
    assert all(person.fictional for person in people)
    assert len({person.name for person in people}) == 35


def test_no_real_person_is_named():
    for path in resources.path("sample").glob("*.toml"):
        assert not REAL.search(path.read_text("utf-8")), path.name


def test_two_meetings_are_over_and_one_is_ahead(read, sample):
    rows = meetings.meetings(read)
    assert [row.state for row in rows] == ["published", "published", "noticed"]
    ahead = rows[-1]
    assert ahead.starts_at.isoformat() == "2022-03-17T14:00:00+09:00"
    assert (ahead.title, ahead.place) == ("제3회 정기회의", "시청 3층 중회의실")
    quorums = [meetings.meeting(read, id=row.id).quorum for row in rows]
    assert [(q.enrolled, q.present, q.required, q.met) for q in quorums] == [
        (35, 27, 18, True),
        (35, 25, 18, True),
        (35, 0, 18, False),
    ]
    detail = meetings.meeting(read, id=ahead.id)
    assert (detail.quorum.expected, detail.not_coming, detail.silent) == (19, 7, 9)
    assert (detail.items, detail.used, detail.spare) == (6, 115, 5)
    assert settings.value(read, settings.TODAY) == "2022-03-11"
    overview = today.overview(read, today=clock.today())
    assert overview.next_meeting is not None
    assert overview.next_meeting.days_left == 6
    assert overview.next_meeting.forecast


def test_the_papers_are_real_and_of_three_shapes(read, sample):
    ahead = meetings.meetings(read)[-1]
    items = meetings.agenda(read, meeting_id=ahead.id)
    papers = meetings.papers(read, item_ids=[item.id for item in items])
    assert all(paper.clean and not paper.trouble and paper.pages for paper in papers)
    shapes = set()
    for paper in papers:
        with sample.papers.path(paper.sha256).open("rb") as file:
            for page in pypdf.PdfReader(file).pages:
                size = tuple(round(float(edge)) for edge in page.mediabox[2:])
                shapes.add((size, page.get("/Rotate", 0)))
    assert shapes == {((595, 842), 0), ((842, 595), 0), ((842, 1191), 90)}
    said = " ".join(
        text
        for item in items
        for text in (
            meetings.item(read, id=item.id).contents,
            meetings.item(read, id=item.id).request,
        )
    )
    for fact in (
        "KRGNJ0001",
        "KRGNJ0002",
        "51명",
        "89",
        "37.1%",
        "시민 6, 교육기관 3, 사회단체 42",
    ):
        assert fact in said


def test_terms_run_out_as_on_the_first_page(read):
    due = today.overview(read, today=dt.date(2022, 3, 11)).deadlines
    overdue = [(deadline.table, deadline.days) for deadline in due.overdue]
    terms = [days for table, days in overdue if table in ("membership", "person", "body")]
    assert terms == [-2]
    assert [days for table, days in overdue if table == "proposal"] == [-3]
    later = [one for one in due.later if one.table in ("membership", "person", "body")]
    assert [deadline.values.get("n") for deadline in later] == [3]


# --- polls


def _place(read, label, code):
    (poll,) = series.polls(read)
    wave = waves.find(read, poll.id, label)
    return next(one for one in questions.questionnaire(read, wave) if one.question.code == code)


def test_the_poll_of_the_founding_documents_has_both_percentages(read):
    for code, option, count, votes, people in (
        ("2", "1", 33, 37.1, 64.7),
        ("2", "2", 21, 23.6, 41.2),
        ("1", "1", 27, 30.3, 52.9),
        ("1", "2", 20, 22.5, 39.2),
    ):
        table = answers.table(read, _place(read, "기초조사", code).wave_question_id)
        share = table.share(option)
        assert (table.base.votes, table.base.answered) == (89, 51)
        assert table.choosers == ((1, 13), (2, 38))
        assert share.count == count
        assert (round(share.pct_votes, 1), round(share.pct_respondents, 1)) == (votes, people)
        assert share.low is None
    table = answers.table(read, _place(read, "기초조사", "S1").wave_question_id)
    assert [share.count for share in table.options] == [6, 3, 42]


def test_three_waves_of_which_one_is_in_the_field(read):
    (poll,) = series.polls(read)
    rows = waves.waves(read, poll.id)
    assert (poll.anchor_on, poll.every_months) == (dt.date(2021, 8, 31), 5)
    assert [(row.label, row.k, row.state, row.responses) for row in rows] == [
        ("기초조사", None, "published", 51),
        ("1차", 0, "published", 412),
        ("2차", 1, "fielding", 268),
    ]
    assert rows[2].planned_on == dt.date(2022, 1, 31)
    assert not any(row.planned_on == poll.next_on for row in rows)
    kinds = {one.question.kind for one in questions.questionnaire(read, rows[1].id)}
    assert kinds == set(QuestionKind)
    with pytest.raises(UserError):
        answers.table(read, _place(read, "2차", "2").wave_question_id)


def test_goals_may_be_compared_and_a_reworded_question_breaks(read):
    (poll,) = series.polls(read)
    goals = comparing.trend(read, poll.id, "2")
    assert [(point.label, point.n) for point in goals.points] == [("기초조사", 51), ("1차", 406)]
    assert not goals.breaks
    known = comparing.trend(read, poll.id, "3")
    assert len(known.points) == 2 and len(known.breaks) == 1
    sifted = answers.table(read, _place(read, "1차", "3-1").wave_question_id)
    assert (sifted.base.asked, sifted.base.answered, sifted.base.missing) == (216, 196, 12)


def test_small_groups_are_hidden(read):
    place = _place(read, "1차", "4").wave_question_id
    table = answers.table(read, place, by=_place(read, "1차", "S4").question_id)
    elsewhere = next(group for group in table.groups if group.code == "6")
    assert all(share.hidden for share in elsewhere.options)
    (poll,) = series.polls(read)
    shown = [share.count for group in table.groups for share in group.options if not share.hidden]
    assert len(shown) > 12 and min(shown) >= poll.small_cell


def test_a_whole_line_runs_from_a_finding_to_an_indicator(read):
    held = {row.sentence: row for row in findings.findings(read)}
    (row,) = (row for sentence, row in held.items() if "33명(64.7%)" in sentence)
    assert (row.count, row.votes, row.answered) == (33, 89, 51)
    line = thread(read, table="finding", id=row.id, today=clock.today())
    done = {node.key.kind for node in line.nodes if node.done}
    assert {"finding", "item", "decision", "action"} <= done
    assert {"evidence", "indicator"} <= {node.key.kind for node in line.nodes}
    (other,) = (row for row in held.values() if row.code == "5")
    assert {node.key.kind for node in other.led} == {"proposal", "commitment"}
    line = thread(read, table="finding", id=other.id, today=clock.today())
    assert {"proposal", "decision"} <= {node.key.kind for node in line.nodes}
    assert any(not row.led for row in held.values())


def test_the_search_finds_polls_by_their_words(read):
    for said, table in (
        ("열린정부 시민 설문", "poll"),
        ("중기 목표", "poll_question"),
        ("청렴성 향상", "poll_question"),
        ("64.7%", "poll_finding"),
    ):
        assert table in {one.table for one in search_records.find(read, words=said)}, said


def test_the_pack_ahead_shows_a_finding_on_both_bases(read):
    ahead = meetings.meetings(read)[-1]
    specs = [part.figure for part in outline.stored_rows(read, ahead.id) if part.figure]
    (spec,) = (spec for spec in specs if spec["kind"] == figures.FINDING)
    page = figures.drawn(read, spec, words("ko"))
    said = str(page.blocks)
    for fact in ("89건", "51명", "37.1%", "64.7%", "23.6%", "41.2%", "편의표본"):
        assert fact in said, fact


def test_the_energy_figures_are_settled(read):
    assert not energy.due(read)
    assert read.scalars(select(EnergyFigure.value).limit(1)).first()
