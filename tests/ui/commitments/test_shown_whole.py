"""What must be seen: publications without a round, broken evidence, titles of the language shown."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from db.schema.evidence import Evidence
from gwangju_desktop.evidence import integrity
from gwangju_desktop.reviews import publications
from tests.gwangju_desktop.commitments.made import prove
from tests.ui.acting import click
from tests.ui.conftest import spin


def test_publications_of_a_plan_without_a_round_are_shown_and_added(at) -> None:
    pane = at.pane("reviews")
    spin(lambda: pane.settled, 10)
    assert pane.nothing.isVisible() and not pane.of_plan.isVisible()
    at.desk.store.run(
        publications.add_publication,
        plan_id=at.ids.plan,
        channel="web",
        title="실행계획 게시(예시)",
        url="https://www.example.org/plan",
        published_on=dt.date(2022, 3, 2),
    )
    spin(lambda: pane.of_plan.isVisible(), 10)
    assert pane.nothing.isVisible()
    assert [one.title for one in pane.of_plan.rows(None)] == ["실행계획 게시(예시)"]
    assert pane.of_plan.current().title == "실행계획 게시(예시)"
    click(pane.of_plan.add)
    form = at.dialog()
    form.fields["title"].field.setText("보도자료(예시)")
    form.fields["url"].field.setText("https://www.example.org/press")
    form.button.click()
    at.closed(form)
    spin(lambda: len(pane.of_plan.rows(None)) == 2, 10)
    click(pane.of_plan.edit)
    assert at.dialog().fields["title"].value() == pane.of_plan.current().title


@pytest.fixture
def broken(at):
    """The first milestone has a file that is gone."""
    at.desk.store.run(
        prove,
        plan_id=at.ids.plan,
        milestone_id=at.ids.first1,
        commitment_id=at.ids.first,
        name="a",
    )
    assert len(integrity.check(at.desk.store).missing) == 1
    return at


def test_a_broken_file_is_said_where_evidence_is_counted(broken) -> None:
    at = broken
    page = at.pane("overview")
    row = page.place.commitments[0]
    spin(lambda: page.place.commitments[0].broken == 1, 10)
    at.rest()
    row = page.place.commitments[0]
    assert (row.evidence, row.suggestion) == (0, "no_evidence")
    from ui.commitments import overview_rows

    cell = overview_rows._evidence(row)
    assert (cell.text, cell.sub, cell.ink) == ("0", "1건 손상", "bad")
    page = at.pane("commitment")
    at.place.show_commitment(at.ids.first)
    at.rest()
    assert "증빙 파일 1건이 손상되어 집계에서 뺐습니다." in page.rating_card.suggested.text()
    page.milestones.choose(at.ids.first1)
    at.rest()
    assert page.milestones.evidence.toolTip() == "증빙 파일 1건 손상"
    with at.desk.store.reading() as read:
        assert read.scalars(select(Evidence.title)).all() == ["a"]


def test_the_title_of_the_language_shown_stands_first(at) -> None:
    page = at.pane("commitment")
    at.place.show_commitment(at.ids.first)
    at.rest()
    korean, english = page.whole.row.title, page.whole.row.title_en
    assert (page.title.text(), page.english.text()) == (korean, english)
    try:
        at.window.shell.speak("en")
        at.rest()
        assert (page.title.text(), page.english.text()) == (english, korean)
    finally:
        at.window.shell.speak("ko")
        at.rest()
