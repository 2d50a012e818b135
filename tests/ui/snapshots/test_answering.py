"""A monitor's draft on a copy: what is typed outlives a closed copy, a full disk and a language."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from db.store import Store
from gwangju_desktop import text
from gwangju_desktop.reviews import drafts
from gwangju_desktop.reviews.written import Comment, Finding
from gwangju_desktop.snapshots.opening import SnapshotView, open_snapshot
from tests.gwangju_desktop.reviews import monitored
from tests.ui.conftest import dress, spin
from ui import alerts
from ui.snapshots import answering, answering_parts
from ui.widgets.parts import Label

SUBJECT = ("closing", monitored.FIRST, monitored.PLAN)


class Stand(QWidget):
    """What stands around the face: a page that keeps what it was to tell."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def toast(self, message: str, **values: object) -> None:
        self.told.append(text.say(message, **values))


@pytest.fixture(scope="module")
def dressed_once(qapp: QApplication) -> QApplication:
    return dress(qapp)


@pytest.fixture(scope="module")
def copy(_empty_office: Path, tmp_path_factory: pytest.TempPathFactory) -> SnapshotView:
    """A review copy of an office with a plan of two commitments, opened."""
    folder = tmp_path_factory.mktemp("copy")
    office, made = folder / "점검.gwoffice", folder / "점검용 사본 1.gwsnap"
    shutil.copy(_empty_office, office)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GWANGJU_DESKTOP_HOME", str(folder / "person"))
        with Store.open(office) as store:
            monitored.furnish(store, made)
        return open_snapshot(made)


@pytest.fixture
def face(dressed_once: QApplication, copy: SnapshotView) -> Iterator[answering.Answering]:
    """The face on the copy, with the report on one commitment in front."""
    text.use("ko")
    page = Stand()
    found = answering.Answering(page)
    found.setParent(page)
    found.show_view(copy)
    choose(found)
    yield found
    found.save_later.stop()
    found.later.stop()
    page.deleteLater()


def choose(face: answering.Answering, subject=SUBJECT) -> None:
    face.what.choose(subject)
    face.on_what(face.what.currentIndex())


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label))


def test_nothing_typed_is_lost_when_another_copy_is_opened(face, copy) -> None:
    face.questions[0].words.setPlainText("가" * 2_000)
    assert face.save_later.isActive(), "not saved yet"
    face.show_view(copy)
    # The form with answers is the one that comes back.
    assert face.subject == SUBJECT
    assert face.questions[0].words.value() == "가" * 2_000
    # Taken back, an answer stays away.
    face.questions[0].words.setPlainText("")
    face.show_view(copy)
    choose(face)
    assert face.draft.answers == () and not face.questions[0].words.value()


def test_what_could_not_be_saved_stays_until_it_can(face, copy, monkeypatch) -> None:
    def full(_draft) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(drafts, "save", full)
        face.questions[0].value.choose("limited")
        face.save()
        assert "저장하지 못했습니다" in face.saved.text()
        face.show_view(copy)
        choose(face)
        assert face.questions[0].value.value() == "limited"
    face.save()
    assert "이 PC에 저장됨" in face.saved.text()
    assert drafts.begun(face.copy, *SUBJECT).answers[0].value == "limited"


def test_the_language_changes_under_what_is_typed(face, qapp) -> None:
    face.questions[0].words.setPlainText("쓰던 설명(예시)")
    face.put_remark("comments", None, Comment("의견(예시)", "", monitored.FIRST))
    spin(lambda: len(face.remarks) == 1)
    old = face.questions[0]
    text.use("en")
    try:
        from PySide6.QtCore import QEvent

        qapp.sendEvent(face, QEvent(QEvent.Type.LanguageChange))
        spin(lambda: face.questions[0] is not old)
        assert face.questions[0].words.value() == "쓰던 설명(예시)"
        assert "At the time" in words(face) or "overall level" in words(face)
    finally:
        text.use("ko")
    face.remarks[0].on_drop()
    spin(lambda: face.remarks == [])
    assert face.draft.comments == ()


def test_anothers_answers_are_read_beside_ones_own(face, tmp_path, monkeypatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(alerts, "tell", lambda error: told.append(str(error)))
    draft = drafts.with_answer(
        drafts.empty(face.copy, "closing", monitored.FIRST),
        drafts.Answer("1.1", "limited", "다른 위원의 설명(예시)", "", monitored.FIRST),
    )
    path = monitored.signed(draft, tmp_path / "둘.gwreview", monitored.KEYS[1])
    face.lay_beside(path)
    first = face.questions[0]
    assert "다른 위원의 설명(예시)" in words(first) and monitored.NAMES[0] in words(first)
    assert first.value.value() == "", "read beside, not taken over"
    other = drafts.empty(face.copy, "closing", monitored.SECOND)
    other = drafts.with_answer(other, drafts.Answer("1.1", "limited", commitment=monitored.SECOND))
    face.lay_beside(monitored.signed(other, tmp_path / "다른.gwreview", monitored.KEYS[1]))
    (tmp_path / "쓰레기.gwreview").write_bytes(b"?")
    face.lay_beside(tmp_path / "쓰레기.gwreview")
    assert len(told) == 2 and "다른.gwreview" in told[0]
    choose(face, ("closing", monitored.SECOND, monitored.PLAN))
    assert face.others == []


def test_answers_to_an_older_copy_are_carried_on(face, copy) -> None:
    older = dataclasses.replace(
        drafts.empty(face.copy, "closing", monitored.FIRST),
        snapshot="0" * 64,
        sequence=0,
        answers=(drafts.Answer("1.1", "limited", commitment=monitored.FIRST),),
    )
    drafts.save(older)
    face.show_view(copy)
    choose(face)
    assert not face.older.isHidden() and "0호" in face.older.text()
    face.on_older()
    assert face.questions[0].value.value() == "limited"
    assert face.draft.snapshot == face.copy.snapshot and face.older.isHidden()


def test_a_long_plan_is_answered_commitment_by_commitment(face) -> None:
    plan = face.copy.plan()
    fact = plan.commitments[0]
    piece = fact.evidence[0]
    many = tuple(dataclasses.replace(piece, sha256=f"{n:064x}") for n in range(30))
    facts = tuple(
        dataclasses.replace(fact, code=f"KRGNJ{n:04}", evidence=many) for n in range(1, 41)
    )
    face.copy = dataclasses.replace(
        face.copy, plans=(dataclasses.replace(plan, commitments=facts),)
    )
    face.show_subject(("inception", "", monitored.PLAN))
    asked = len(face.questions)
    assert {one.fact for one in face.questions} == {None} and asked < 10
    face.part.choose("KRGNJ0040")
    face.on_part(face.part.currentIndex())
    assert {one.fact.code for one in face.questions} == {"KRGNJ0040"}
    first = face.questions[0]
    assert all(check.isHidden() for check, _sha in first.cited) and "30" in first.fold.text()
    first.on_unfold()
    assert not any(check.isHidden() for check, _sha in first.cited)
    first.cited[20][0].click()
    assert face.draft.answers[-1].evidence == (f"{20:064x}",)
    assert answering_parts.FEW < 30


def test_the_own_key_is_shown_once_there_is_one(face, copy, tmp_path, monkeypatch) -> None:
    from gwangju_desktop.reviews import own_key

    assert face.key.isHidden()
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "위원"))
    made = own_key.make("예시 암호구절 하나")
    face.show_view(copy)
    assert not face.key.isHidden() and made.fingerprint in face.key.text()
    own_key.place().write_bytes(b"?")
    face.show_view(copy)
    assert face.key.isHidden(), "a spoilt key is told where one signs"


def test_forms_name_commitments_and_remarks_in_the_language_shown(face) -> None:
    from ui.snapshots.answering_forms import CommentDialog, in_two

    facts = [
        dataclasses.replace(one, title_en=f"Example {one.code}")
        for one in face.copy.plan().commitments
    ]
    remark = Finding("늦음(예시)", "Late (example)", "공표(예시)", "Publish it (example)")
    text.use("en")
    try:
        dialog = CommentDialog(face.window(), facts)
        options = [said for _code, said in dialog.about.field.options]
        assert f"{monitored.FIRST} Example {monitored.FIRST}" in options
        dialog.deleteLater()
        shown = answering_parts.Remark(face, remark, "findings")
        assert "Publish it (example)" in words(shown) and "공표" not in words(shown)
        shown.deleteLater()
    finally:
        text.use("ko")
    assert in_two("AAAA BBBB CCCC DDDD") == "\nAAAA BBBB\nCCCC DDDD"
