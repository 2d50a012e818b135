"""Answers that differ or are joint, comments of a round, publications of a plan, a long plan."""

from __future__ import annotations

import dataclasses
import gc
import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from sqlalchemy.orm import Session

from db.schema.commitments import Commitment
from db.store import Store, usecase
from gwangju_desktop import clock, text
from gwangju_desktop.reviews import answering, copies, publications, rounds
from gwangju_desktop.reviews.written import Comment
from tests.gwangju_desktop.reviews import monitored
from tests.ui.acting import click
from tests.ui.conftest import dress, rest, spin, windows
from ui.commitments import review_form, reviews
from ui.commitments.review_forms import CommentDialog
from ui.settings import kept
from ui.widgets.parts import Label


@usecase("Add made-up commitments")
def lengthen(tx: Session, *, plan_id: int) -> None:
    """Give a plan twelve commitments."""
    for n in range(3, 13):
        tx.add(Commitment(plan_id=plan_id, code=f"KRGNJ{n:04}", position=n, title=f"과제 {n}"))


@pytest.fixture(scope="module")
def window(_empty_office: Path, qapp: QApplication, tmp_path_factory):
    """A window on an office that took two differing reports in, with a long plan."""
    folder = tmp_path_factory.mktemp("more")
    path, copy = folder / "점검.gwoffice", folder / "제1호.gwsnap"
    shutil.copy(_empty_office, path)
    collecting = gc.isenabled()
    gc.disable()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GWANGJU_DESKTOP_HOME", str(folder / "person"))
        with Store.open(path) as store:
            known = monitored.furnish(store, copy)
            facts = copies.open_copy(copy)
            mine = monitored.closing(facts, "limited")
            mine = dataclasses.replace(
                mine, comments=(Comment("산출물이 필요합니다.", "", monitored.FIRST, milestone=1),)
            )
            first = answering.import_review(
                store, monitored.signed(mine, folder / "1.gwreview", monitored.KEYS[0])
            )
            theirs = monitored.closing(facts, "substantial")
            answering.import_review(
                store,
                monitored.signed(theirs, folder / "2.gwreview", monitored.KEYS[1]),
                first.review_id,
            )
            store.run(
                publications.add_publication,
                plan_id=known.plan,
                channel="web",
                title="실행계획 게시(예시)",
                url="https://www.example.org/plan",
                published_on=clock.today(),
            )
            store.run(rounds.add_review, plan_id=known.plan, kind="interview", title="부서 면담")
            store.run(rounds.add_review, plan_id=known.plan, kind="inception", title="초기")
            store.run(lengthen, plan_id=known.plan)
        kept.forget()
        text.use("ko")
        with windows(dress(qapp)) as on:
            made = on(path, (1366, 768))
            made.joint = monitored.signed(
                theirs, folder / "3.gwreview", monitored.KEYS[1], agreed=monitored.NAMES, minutes=1
            )
            yield made
        kept.forget()
    if collecting:
        gc.enable()


def pane_of(window, kind: str) -> reviews.ReviewsPage:
    """Go to the round of a kind."""
    room = window.shell.rooms.go("commitments")
    rest(window)
    pane = room.show_pane("reviews")
    spin(lambda: pane.settled and pane.rows, 10)
    pane.list.choose(next(one.id for one in pane.rows if one.kind == kind))
    spin(lambda: pane.settled and pane.whole.row.kind == kind, 10)
    rest(window)
    return pane


def words(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label))


def test_differing_answers_both_stand_until_a_joint_one_comes(window) -> None:
    pane = pane_of(window, "closing")
    first = pane.form.blocks[0]
    told = words(first)
    assert "위원마다 답이 다릅니다" in told and "일부 완료" in told and "상당 수준 완료" in told
    names = [label for label in first.findChildren(Label) if monitored.NAMES[1] in label.text()]
    assert names and names[0].width() > 80, "who answered is read beside the answer"
    pane.form.sides.choose(review_form.ENGLISH)
    pane.form.lay()
    field = pane.form.blocks[0]
    assert [text.splitlines()[0] for _button, text in field.copies] == ["Limited", "Substantial"]
    click(field.copies[1][0])
    assert QGuiApplication.clipboard().text().startswith("Substantial")
    pane.form.sides.choose(review_form.ANSWERS)
    # Two files dropped at once come in one after the other.
    pane.take([window.joint])
    spin(lambda: pane.settled and any(one.joint for one in pane.whole.answers), 15)
    rest(window)
    told = words(pane.form.blocks[0])
    assert "위원마다 답이 다릅니다" not in told and "공동 답변" in told


def test_a_comment_on_no_question_has_a_place_and_keeps_the_focus(window) -> None:
    pane = pane_of(window, "closing")
    click(pane.faces_bar.parts[reviews.COMMENTS])
    rest(window)
    assert "산출물이 필요합니다." in words(pane.comments)
    # An interview has no form: its comments stand there too.
    pane = pane_of(window, "interview")
    assert pane.faces_bar.parts[reviews.FORM].isHidden()
    click(pane.comments.add)
    dialog = next(one for one in window.findChildren(CommentDialog) if one.isVisible())
    dialog.department.field.setText("가상과")
    dialog.text.field.setPlainText("면담에 참석합니다.(예시)")
    click(dialog.button)
    spin(lambda: "면담에 참석합니다." in words(pane.comments), 10)
    rest(window)
    # A comment on a question: the focus is back on the button it was made with.
    pane = pane_of(window, "inception")
    click(pane.faces_bar.parts[reviews.FORM])
    rest(window)
    window.activateWindow()
    button = pane.form.blocks[1].comment
    button.setFocus()
    click(button)
    spin(lambda: any(one.isVisible() for one in window.findChildren(CommentDialog)))
    dialog = next(one for one in window.findChildren(CommentDialog) if one.isVisible())
    dialog.department.field.setText("가상과")
    dialog.text.field.setPlainText("포럼이 있습니다.(예시)")
    click(dialog.button)
    spin(lambda: "포럼이 있습니다." in words(pane.form.blocks[1]), 10)
    rest(window)
    assert window.focusWidget() is pane.form.blocks[1].comment


def test_a_long_form_shows_one_commitment_at_a_time(window) -> None:
    pane = pane_of(window, "inception")
    click(pane.faces_bar.parts[reviews.FORM])
    rest(window)
    form = pane.form
    assert not form.about.isHidden()
    assert {one.subject for one in form.blocks} == {None}
    ids = [value for value, _words in form.about.options]
    assert len(ids) == 13
    form.about.choose(ids[12])
    form.on_side(0)
    assert {one.subject.id for one in form.blocks} == {ids[12]}


def test_publications_of_the_whole_plan_stand_beside_every_round(window) -> None:
    pane = pane_of(window, "interview")
    click(pane.faces_bar.parts[reviews.PUBLICATIONS])
    rest(window)
    rows = pane.publications.rows(pane.whole)
    assert [(one.title, one.round) for one in rows] == [("실행계획 게시(예시)", None)]
    assert pane.publications.current().id == rows[0].id


def test_a_broken_file_is_a_sentence(window, tmp_path) -> None:
    pane = pane_of(window, "closing")
    (tmp_path / "쓰레기.gwreview").write_bytes(b"?")
    pane.take([tmp_path / "쓰레기.gwreview"])
    spin(lambda: "쓰레기.gwreview" in words(window.shell.banner), 10)
    rest(window)
