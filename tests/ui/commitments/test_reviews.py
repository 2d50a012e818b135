"""A monitor answers on a copy, signs, and the office takes it in: both sides by clicks and keys."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.reviews import own_key
from gwangju_desktop.sample import office
from gwangju_desktop.snapshots.build import make_snapshot
from tests.ui.acting import click, type_into
from tests.ui.conftest import lasting, rest, spin
from ui.commitments import review_form, reviews
from ui.commitments.review_forms import (
    ActionDialog,
    CommentDialog,
    FindingDialog,
    KeyDialog,
    PublishedDialog,
    RoundDialog,
)
from ui.commitments.review_publications import PublicationDialog
from ui.snapshots.answering_forms import CommentDialog as OwnComment
from ui.snapshots.answering_forms import SignDialog
from ui.snapshots.opened import ANSWERS
from ui.widgets.forms import Dialog

PASSPHRASE = "예시 암호구절 하나"
OWN = "monitor words one"
PUBLISHED, SUBMISSION = 1, 2


@pytest.fixture(scope="module")
def handed(sample_office: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sample office, and a review copy it made."""
    folder = tmp_path_factory.mktemp("handed")
    place, copy = folder / "사무국.gwoffice", folder / "제1호.gwsnap"
    shutil.copy(sample_office, place)
    shutil.copytree(f"{sample_office}.files", f"{place}.files")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GWANGJU_DESKTOP_HOME", str(folder / "person"))
        with Store.open(place) as store:
            make_snapshot(store, target=copy, passphrase=PASSPHRASE)
    return place, copy


@pytest.fixture(scope="module")
def shared(handed: tuple[Path, Path], qapp: QApplication, tmp_path_factory):
    """One window for the module; each test keeps to a round of its own."""
    folder = tmp_path_factory.mktemp("person")
    with lasting(qapp, folder, "commitments") as on:
        yield on(handed[0], (1366, 768))


@pytest.fixture
def window(shared):
    """That window, on the day the sample lives on."""
    clock.fix(office.TODAY)
    yield shared
    clock.fix(None)


def pane_of(window, id: int = 0) -> reviews.ReviewsPage:
    """Go to the monitoring pane, to a round where one is named."""
    room = window.shell.rooms.go("commitments", id or None, "review")
    rest(window)
    pane = room.show_pane("reviews")
    spin(lambda: pane.settled and pane.whole is not None, 10)
    spin(lambda: not id or pane.whole.row.id == id, 10)
    rest(window)
    return pane


def dialog_of(window, kind: type[Dialog]):
    """Return the dialog of a kind that is open."""
    spin(lambda: any(one.isVisible() for one in window.findChildren(kind)))
    return next(one for one in window.findChildren(kind) if one.isVisible())


def block(pane, key: str, code: str = "") -> review_form.Block:
    """Return the block of a question."""
    return next(
        one
        for one in pane.form.blocks
        if one.question.key == key and (one.subject.code if one.subject else "") == code
    )


def words(widget) -> str:
    """Return all texts inside a widget."""
    from ui.widgets.parts import Label

    return "\n".join(label.text() for label in widget.findChildren(Label))


def answered(window, copy: Path, target: Path, monkeypatch) -> str:
    """Answer on a copy as a monitor and sign; return the key's fingerprint."""
    page = window.shell.rooms.go("snapshots")
    rest(window)
    page.open_path(copy)
    spin(lambda: page.faces.currentWidget() is page.opened, 15)
    rest(window)
    opened = page.opened
    click(opened.tabs.parts[ANSWERS])
    rest(window)
    face = opened.answering
    face.what.choose(("closing", "KRGNJ0002", "KRGNJ-2021"))
    face.on_what(face.what.currentIndex())
    rest(window)
    first = next(one for one in face.questions if one.question.rates == "completion")
    first.value.choose("limited")
    type_into(first.words, "행정동 60곳의 데이터가 정비되었습니다.(예시)")
    type_into(first.words_en, "Data of 60 dongs are ready.")
    check, sha = next(pair for pair in first.cited if "12종" in pair[0].text())
    check.click()
    face.on_comment()
    said = dialog_of(window, OwnComment)
    said.text.field.setPlainText("공개 일정이 필요합니다.(예시)")
    click(said.button)
    rest(window)
    assert len(face.remarks) == 1
    # What is typed outlives the window: it lies in the monitor's own folder.
    face.save()
    assert "이 PC에 저장됨" in face.saved.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    click(face.sign)
    dialog = dialog_of(window, SignDialog)
    type_into(dialog.name.field, "임해솔")
    type_into(dialog.passphrase.field, OWN)
    type_into(dialog.again.field, OWN + "x")
    click(dialog.button)
    assert "암호구절이" in dialog.refusal.text() or dialog.refusal.text()
    assert not target.exists()
    type_into(dialog.again.field, OWN)
    click(dialog.button)
    spin(target.exists, 15)
    rest(window)
    assert first.question.key in {answer.question for answer in face.draft.answers}
    assert sha in face.draft.answers[0].evidence
    key = own_key.own()
    assert key is not None
    page.on_close()
    rest(window)
    return key.fingerprint


def test_answers_written_on_a_copy_come_back_read_only(
    window, handed, tmp_path: Path, monkeypatch
) -> None:
    target = tmp_path / "임해솔.gwreview"
    fingerprint = answered(window, handed[1], target, monkeypatch)
    pane = pane_of(window)
    # A key nobody compared is refused with its fingerprint, and nothing comes in.
    pane.take([target])
    spin(lambda: window.shell.banner.isVisible() if hasattr(window.shell, "banner") else True, 10)
    rest(window)
    assert [one.kind for one in pane.rows] == ["submission", "inception"]
    pane.show_face(reviews.FILES)
    rest(window)
    click(pane.files.register)
    dialog = dialog_of(window, KeyDialog)
    dialog.key.field.setPlainText(own_key.public_file(own_key.place()).read_text())
    assert fingerprint in dialog.shown.text()
    click(dialog.button)
    rest(window)
    spin(lambda: "대조" in words(pane.files), 10)
    pane.take([target])
    spin(lambda: pane.rows[0].kind == "closing", 15)
    rest(window)
    spin(lambda: pane.settled and pane.whole.row.kind == "closing", 10)
    rest(window)
    shown = block(pane, "1.1", "KRGNJ0002")
    told = words(shown)
    assert "일부 완료" in told and "임해솔" in told
    assert "Data of 60 dongs are ready." in told
    assert shown.transcribe.isHidden(), "a signed answer stands; nothing else may take its place"
    assert not shown.findChildren(type(dialog.key.field)), "a rating is no field here"
    assert "임해솔" in words(pane.files)
    # The same rating stands beside the office's own status.
    room = window.shell.rooms.page("commitments")
    window.shell.go("commitments", 2, "commitment")
    rest(window)
    front = room.show_pane("commitment")
    spin(lambda: front.settled and front.whole is not None, 10)
    rest(window)
    assert "임해솔" in front.rating_card.who.text()


def test_a_department_comments_and_takes_it_back(window) -> None:
    pane = pane_of(window, PUBLISHED)
    spin(lambda: pane.whole.row.id == PUBLISHED, 10)
    rest(window)
    told = words(block(pane, "3.verifiable", "KRGNJ0001"))
    assert "게시된 보고서" not in told  # a chip, not a label
    assert "OGP, Inception Report" in told
    first = block(pane, "1.1")
    click(first.comment)
    dialog = dialog_of(window, CommentDialog)
    click(dialog.button)
    spin(lambda: dialog.refusal.text(), 10)
    assert dialog.refusal.text()
    dialog.department.field.setText("가상과")
    dialog.text.field.setPlainText("협의체는 2021년 5월에 구성하였습니다.(예시)")
    click(dialog.button)
    rest(window)
    spin(lambda: "가상과" in words(block(pane, "1.1")), 10)
    assert "2021년 5월" in words(block(pane, "1.1"))
    window.shell.act("undo")
    spin(lambda: "가상과" not in words(block(pane, "1.1")), 10)
    rest(window)


def test_the_form_in_english_is_copied_field_by_field(window) -> None:
    pane = pane_of(window, PUBLISHED)
    spin(lambda: pane.whole.row.id == PUBLISHED, 10)
    rest(window)
    click(pane.form.sides.parts[review_form.ENGLISH])
    rest(window)
    field = next(one for one in pane.form.blocks if one.text)
    assert field.text == "Yes"
    click(field.copy)
    assert QGuiApplication.clipboard().text() == "Yes"
    assert "3자" in words(field)
    empty = next(one for one in pane.form.blocks if not one.text)
    assert not empty.copy.isEnabled()
    click(pane.form.sides.parts[review_form.ANSWERS])
    rest(window)


def test_a_finding_becomes_an_action_and_a_publication_is_noted(window) -> None:
    pane = pane_of(window, SUBMISSION)
    spin(lambda: pane.whole.row.id == SUBMISSION, 10)
    rest(window)
    assert pane.faces_bar.parts[reviews.FORM].isHidden(), "no official form in this round"
    before = len(pane.whole.findings)
    click(pane.findings.add)
    dialog = dialog_of(window, FindingDialog)
    dialog.fields["text"].field.setPlainText("증빙이 한 건 부족합니다.(예시)")
    dialog.fields["recommendation"].field.setPlainText("증빙을 보완하십시오.(예시)")
    click(dialog.button)
    spin(lambda: len(pane.whole.findings) == before + 1, 10)
    rest(window)
    pane.findings.list.choose(pane.whole.findings[-1].id)
    click(pane.findings.action)
    form = dialog_of(window, ActionDialog)
    form.department.field.setText("가상과")
    click(form.button)
    assert "기한" in form.refusal.text()
    type_into(form.due.field, "2022-03-25")
    click(form.button)
    spin(lambda: bool(pane.whole.findings[-1].actions), 10)
    rest(window)
    assert pane.whole.findings[-1].actions[0].department == "가상과"
    click(pane.faces_bar.parts[reviews.PUBLICATIONS])
    rest(window)
    click(pane.publications.add)
    note = dialog_of(window, PublicationDialog)
    note.fields["title"].field.setText("점검 결과 게시(예시)")
    click(note.button)
    spin(lambda: bool(note.refusal.text()), 10)
    note.fields["url"].field.setText("https://www.example.org/review")
    click(note.button)
    spin(lambda: len(pane.whole.publications) == 1, 10)
    rest(window)
    assert pane.whole.publications[0].title == "점검 결과 게시(예시)"


def test_a_round_is_planned_begun_and_closed(window) -> None:
    pane = pane_of(window)
    click(pane.add)
    dialog = dialog_of(window, RoundDialog)
    dialog.kind.field.choose("interview")
    dialog.fields["title"].field.setText("부서 면담(예시)")
    click(dialog.button)
    spin(lambda: pane.whole.row.title == "부서 면담(예시)", 10)
    rest(window)
    assert pane.next.text() == "점검 시작"
    click(pane.next)
    spin(lambda: pane.whole.row.state == "open", 10)
    rest(window)
    click(pane.next)
    spin(lambda: pane.whole.row.state == "closed", 10)
    rest(window)
    assert pane.next.isHidden()


def test_an_answer_of_a_published_report_is_transcribed(window) -> None:
    pane = pane_of(window, PUBLISHED)
    click(pane.faces_bar.parts[reviews.FORM])
    # What an earlier test wrote may still bring the round anew, and the questions with it.
    rest(window)
    spin(lambda: pane.settled, 10)
    first = block(pane, "1.2")
    click(first.transcribe)
    dialog = dialog_of(window, PublishedDialog)
    assert not dialog.source.isEnabled(), "the round quotes one report"
    dialog.answer.field.choose("yes")
    click(dialog.button)
    spin(lambda: "예" in words(block(pane, "1.2")).splitlines(), 10)
    rest(window)
