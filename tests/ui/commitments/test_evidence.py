"""The evidence shelf by clicks: files dropped, claims, a broken file, the best files, previews."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from gwangju_desktop.evidence import evidence, queries
from gwangju_desktop.evidence.preview import Shows
from tests.gwangju_desktop.evidence.offices import on_disk
from tests.ui.acting import type_into

CLAIM = "가상 교육을 6회 운영하였음(예시)."


@pytest.fixture
def shelf(at: SimpleNamespace) -> SimpleNamespace:
    """The evidence shelf of the room in front, empty, and what acts there."""
    page = at.pane("evidence")
    page.on_widen()

    def drop(*paths: Path | str) -> None:
        """Drop files or links on the shelf, as a hand does."""
        data = QMimeData()
        data.setUrls(
            [QUrl(path) if isinstance(path, str) else QUrl.fromLocalFile(path) for path in paths]
        )
        common = (Qt.DropAction.CopyAction, data)
        buttons = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        entered = QDragEnterEvent(QPointF(50, 50).toPoint(), *common, *buttons)
        page.dragEnterEvent(entered)
        assert entered.isAccepted() and page.hint._frame.isVisible()
        page.dropEvent(QDropEvent(QPointF(50, 50), *common, *buttons))
        assert not page.hint._frame.isVisible()

    def rows():
        with at.desk.store.reading() as read:
            return queries.shelf(read)

    page.place.show_commitment(at.ids.first)
    at.rest()
    return SimpleNamespace(**vars(at), page=page, store=at.desk.store, drop=drop, rows=rows)


def made(folder: Path, name: str, content: bytes = b"proof") -> Path:
    """Write a file and return it."""
    path = folder / name
    path.write_bytes(content)
    return path


def added(shelf, *paths: Path, claim: str = "") -> None:
    """Drop files and add them with a sentence about the first milestone."""
    shelf.drop(*paths)
    dialog = shelf.dialog()
    if claim:
        dialog.claim.field.setPlainText(claim)
    dialog.button.click()
    shelf.closed(dialog)
    shelf.rest()


def test_files_dropped_become_evidence_with_a_claim(shelf, tmp_path: Path) -> None:
    page = shelf.page
    assert page.empty.isVisible()
    paths = [made(tmp_path, "교육 결과.csv", b"a,b\n1,2\n"), made(tmp_path, "사진 묶음.zip", b"PK")]
    shelf.drop(*paths)
    dialog = shelf.dialog()
    assert "교육 결과.csv (8 B)" in dialog.files.text()
    dialog.claim.field.setPlainText(CLAIM)
    type_into(dialog.source.field, "가상과")
    dialog.button.click()
    shelf.closed(dialog)
    shelf.rest()
    rows = shelf.rows()
    assert [row.name for row in rows] == ["교육 결과.csv", "사진 묶음.zip"]
    assert all(row.commitment_id == shelf.ids.first for row in rows)
    assert [row.claims[0].milestone_id for row in rows] == [shelf.ids.first1] * 2
    assert rows[0].obtained_from == "가상과" and not rows[0].public
    # The last one that was added stands in front, with what can be seen of it.
    assert page.current().name == "사진 묶음.zip"
    page.list.choose(rows[0].id)
    shelf.rest()
    assert page.card.preview.shown == Shows.TEXT
    assert page.card.preview.prose.toPlainText().startswith("a,b")
    assert CLAIM[:10] in page.card.claim().claim
    # Undone like anything else.
    for _ in paths:
        shelf.window.shell.desk.undo()
    shelf.rest()
    assert shelf.rows() == [] and page.empty.isVisible()


def test_what_is_no_evidence_is_said(shelf, tmp_path: Path) -> None:
    shelf.drop("https://example.org/page")
    assert "링크만으로는" in shelf.window.toast.words.text()
    empty = made(tmp_path, "빈 파일.pdf", b"")
    shelf.drop(empty, made(tmp_path, "가.txt", b"words"))
    dialog = shelf.dialog()
    dialog.button.click()
    shelf.rest()
    assert "빈 파일.pdf" in dialog.kept.text() and not dialog.button.isVisible()
    assert [row.name for row in shelf.rows()] == ["가.txt"]
    dialog.cancel_button.click()
    shelf.rest()
    shelf.drop(empty)
    dialog = shelf.dialog()
    dialog.button.click()
    shelf.rest()
    # The only one: the form stays with the sentence.
    assert dialog.isVisible() and "빈 파일.pdf" in dialog.refusal.text()
    dialog.reject()


def test_claims_are_written_changed_moved_and_removed(shelf, tmp_path: Path) -> None:
    page, card = shelf.page, shelf.page.card
    added(shelf, made(tmp_path, "가.txt", b"words"))
    assert card.none.isVisible() and not card.claims.isVisible()
    card.add.click()
    dialog = shelf.dialog()
    dialog.button.click()
    shelf.rest()
    assert dialog.isVisible()  # A claim is a sentence.
    dialog.claim.field.setPlainText(CLAIM)
    type_into(dialog.english.field, "Six courses (sample).")
    dialog.linked.choose(shelf.ids.second)
    places = [value for value, _said in dialog.linked.place.field.options]
    assert ("milestone", shelf.ids.second1) in places and ("whole",) in places
    assert ("question", "closing", "1.1") in places
    assert ("milestone", shelf.ids.first1) not in places
    dialog.linked.place.field.choose(("question", "closing", "1.1"))
    dialog.button.click()
    shelf.closed(dialog)
    (claim,) = page.current().claims
    assert (claim.form, claim.question, claim.commitment_id) == (
        "closing",
        "1.1",
        shelf.ids.second,
    )
    card.add.click()
    dialog = shelf.dialog()
    dialog.claim.field.setPlainText("둘째 문장(예시).")
    dialog.button.click()
    shelf.closed(dialog)
    shelf.rest()
    card.claims.choose(page.current().claims[1].id)
    card.up.click()
    shelf.rest()
    assert [one.claim for one in page.current().claims] == ["둘째 문장(예시).", CLAIM]
    card.claims.choose(claim.id)
    card.change.click()
    dialog = shelf.dialog()
    assert dialog.linked.place.value() == ("question", "closing", "1.1")
    dialog.linked.choose(0)
    dialog.linked.place.field.choose(("question", "inception", "1.1"))
    dialog.button.click()
    shelf.closed(dialog)
    shelf.rest()
    card.claims.choose(claim.id)
    assert (card.claim().form, card.claim().commitment_id) == ("inception", None)
    card.drop.click()
    shelf.rest()
    assert [one.claim for one in page.current().claims] == ["둘째 문장(예시)."]


def test_a_changed_byte_stands_over_the_shelf_until_the_right_file_comes(
    shelf, tmp_path: Path
) -> None:
    page, card = shelf.page, shelf.page.card
    path = made(tmp_path, "가상 보고서.txt", b"as it was")
    added(shelf, path, claim=CLAIM)
    added(shelf, made(tmp_path, "나.txt", b"other"))
    row = shelf.rows()[0]
    page.check.click()
    shelf.rest()
    assert not page.alarm.isVisible() and "온전" in shelf.window.toast.words.text()
    on_disk(shelf.store, row.sha256).write_bytes(b"as it is!")
    page.check.click()
    shelf.rest()
    assert page.alarm.isVisible() and "가상 보고서.txt" in page.alarm.words.text()
    page.show_broken.click()
    shelf.rest()
    assert page.list.model().rowCount() == 1
    assert card.alarm.isVisible() and "가상 보고서.txt" in card.wrong.text()
    assert card.preview.shown == Shows.BROKEN
    page.replace(path)
    shelf.rest()
    assert not page.alarm.isVisible() and shelf.rows()[0].broken == ""
    # Another file takes the place with all that was claimed.
    on_disk(shelf.store, row.sha256).unlink()
    page.check.click()
    shelf.rest()
    page.on_show_broken()
    shelf.rest()
    page.replace(made(tmp_path, "새 보고서.txt", b"mended"))
    shelf.rest()
    assert not page.alarm.isVisible()
    new = shelf.rows()[0]
    assert (new.name, new.claims[0].claim) == ("새 보고서.txt", CLAIM)


def test_the_best_three_are_picked_and_saved(shelf, tmp_path: Path) -> None:
    page = shelf.page
    added(shelf, *(made(tmp_path, f"증빙 {n}.txt", b"%d" % n * (n + 1)) for n in range(4)))
    rows = shelf.rows()
    for row in rows:
        if row is not rows[3]:
            shelf.store.run(evidence.edit_evidence, id=row.id, disclosure="public")
        shelf.store.run(
            evidence.add_claim,
            evidence_id=row.id,
            claim=f"입증 {row.title}",
            commitment_id=shelf.ids.first,
            form="closing",
            question="1.1",
        )
    shelf.window.shell.desk.look_for_changes()
    shelf.rest()
    page.best.click()
    dialog = shelf.dialog()
    shelf.rest()
    assert dialog.question.field.value() == ("closing", "1.1")
    claims = [one.claim_id for one in dialog.best.rows]
    assert not dialog.button.isEnabled()
    for claim in (claims[1], claims[0]):
        dialog.list.ticked.emit(claim)
        shelf.rest()
    assert [one.claim_id for one in dialog.best.picked] == [claims[1], claims[0]]
    dialog.list.ticked.emit(claims[3])
    shelf.rest()
    assert "증빙 3" in dialog.refusal.text()  # It is not public.
    dialog.list.choose(claims[0])
    dialog.up.click()
    shelf.rest()
    assert [one.picked for one in dialog.best.rows[:2]] == [1, 2]
    folder = tmp_path / "제출"
    folder.mkdir()
    dialog.save_to(folder)
    shelf.closed(dialog)
    assert sorted(path.name for path in folder.iterdir()) == ["1_증빙 0.txt", "2_증빙 1.txt"]
    assert (folder / "1_증빙 0.txt").read_bytes() == b"0"


def test_pages_and_pictures_are_drawn_and_others_say_their_facts(shelf, tmp_path: Path) -> None:
    page, preview = shelf.page, shelf.page.card.preview
    picture = tmp_path / "사진.png"
    Image.new("RGB", (60, 40), "#446688").save(picture)
    pages = tmp_path / "두 쪽.pdf"
    sheet = Image.new("RGB", (120, 160), "white")
    sheet.save(pages, save_all=True, append_images=[sheet])
    others = [
        made(tmp_path, "깨진.pdf", b"%PDF-1.7 nothing"),
        made(tmp_path, "글.html", "<p>안녕<script>x()</script></p>".encode()),
        made(tmp_path, "보고서.hwpx", b"PK\x03\x04rest"),
    ]
    added(shelf, picture, pages, *others)
    ids = {row.name: row.id for row in shelf.rows()}

    def shows(name: str) -> Shows:
        page.list.choose(ids[name])
        shelf.rest()
        return preview.shown

    assert shows("두 쪽.pdf") == Shows.PAGES
    assert preview.view.count == 2 and preview.view.picture(0) is not None
    preview.next.click()
    assert preview.view.front == 2
    assert shows("사진.png") == Shows.PAGES and preview.view.count == 1
    assert shows("깨진.pdf") == Shows.UNREAD
    assert shows("글.html") == Shows.TEXT and preview.prose.toPlainText() == "안녕"
    assert shows("보고서.hwpx") == Shows.FACTS


def test_the_shelf_is_found_from_elsewhere_and_filtered(shelf, tmp_path: Path) -> None:
    page = shelf.page
    added(shelf, made(tmp_path, "가.txt", b"1"), claim=CLAIM)
    added(shelf, made(tmp_path, "나.txt", b"2"))
    first, second = shelf.rows()
    assert page.list.model().rowCount() == 2
    shelf.window.shell.go("commitments", shelf.ids.first1, "milestone.evidence")
    shelf.rest()
    assert page.list.model().rowCount() == 1 and page.narrow_to.isVisible()
    assert page.current().id == first.id
    page.narrow_to.click()
    assert page.list.model().rowCount() == 2
    shelf.window.shell.go("commitments", second.id, "evidence")
    shelf.rest()
    assert page.current().id == second.id
    type_into(page.search, "가.txt")
    shelf.rest()
    assert [page.current().name, page.list.model().rowCount()] == ["가.txt", 1]
    type_into(page.search, "zzz")
    shelf.rest()
    assert page.empty.isVisible() and page.empty.title.text() == "찾은 기록이 없습니다"
    page.on_widen()
    page.state.setCurrentIndex(2)
    assert page.current().id == second.id  # Nothing is claimed of it.
