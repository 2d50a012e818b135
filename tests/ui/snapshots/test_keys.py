"""The signing key on screen: its fingerprint, another passphrase, a successor, the sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.snapshots import key_words, keys, queries, recovery, signing, usecases
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped, nameless
from ui.snapshots.key_forms import KeyForm
from ui.snapshots.keys import KeyDialog

PASSPHRASE = "예시 암호구절 하나"
NEW = "another long one"


@pytest.fixture
def first_room() -> str:
    return "snapshots"


@pytest.fixture
def office(sample_copy: Path) -> Path:
    """An office of one's own with a signing key."""
    key = signing.new_key(PASSPHRASE)
    with Store.open(sample_copy) as store:
        store.run(
            usecases.keep_key,
            fingerprint=key.fingerprint,
            public_key=key.public.hex(),
            sealed=key.sealed,
            made_at=clock.now(),
        )
    return sample_copy


def key_of(window) -> queries.KeyRow:
    with window.shell.desk.store.reading() as read:
        return queries.key(read)


def card(window) -> KeyDialog:
    """Open the settings and there the key; return its dialog."""
    window.shell.show_settings("key")
    rest(window)
    click(window.shell.rooms.page("settings").built["key"].key)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, KeyDialog)
    rest(window)
    return dialog


def form(dialog: KeyDialog, button) -> KeyForm:
    """Click a button of the card; return the form that came."""
    click(button)
    rest(dialog.parent())
    assert clipped(dialog.asked) == [] and nameless(dialog.asked) == []
    return dialog.asked


def over(window, dialog: KeyDialog, asked: KeyForm) -> None:
    """Wait until a form has closed and what it did is shown."""
    spin(lambda: QApplication.activeModalWidget() is dialog, 20)
    rest(window)


def test_the_settings_show_the_fingerprint_whole(window_on, office: Path) -> None:
    window = window_on(office)
    window.shell.show_settings("key")
    rest(window)
    section = window.shell.rooms.page("settings").built["key"]
    fingerprint = key_of(window).fingerprint
    assert section.fingerprint.text().replace("\n", " ") == fingerprint
    assert clipped(window) == [] and nameless(window) == []
    dialog = card(window)
    assert dialog.digits.text().replace("\n", " ") == fingerprint
    assert dialog.words.text().split() == list(key_words.fingerprint_words(fingerprint, "ko"))
    assert "128" in dialog.words_note.text()
    assert clipped(dialog) == [] and nameless(dialog) == []
    click(dialog.copy)
    assert QApplication.clipboard().text() == fingerprint
    window.shell.speak("en")
    rest(window)
    assert dialog.words.text().split() == list(key_words.fingerprint_words(fingerprint, "en"))
    assert clipped(dialog) == []
    dialog.reject()
    rest(window)


def test_a_passphrase_is_changed_and_a_key_replaced(window_on, office: Path) -> None:
    window = window_on(office)
    dialog = card(window)
    before = key_of(window)

    asked = form(dialog, dialog.change)
    click(asked.button)
    assert asked.old.error.text() and not asked.working
    type_into(asked.old.field, PASSPHRASE)
    type_into(asked.new.first.field, "short")
    click(asked.button)
    assert "8" in asked.new.first.error.text()
    type_into(asked.new.first.field, NEW)
    type_into(asked.new.again.field, NEW + "!")
    click(asked.button)
    assert asked.new.again.error.text() and not asked.working
    type_into(asked.new.again.field, NEW)
    type_into(asked.old.field, "wrong one, sorry")
    click(asked.button)
    spin(lambda: asked.refusal.text(), 20)
    assert asked.isVisible() and key_of(window) == before
    type_into(asked.old.field, PASSPHRASE)
    click(asked.button)
    over(window, dialog, asked)
    changed = key_of(window)
    assert changed.public == before.public and changed.sealed != before.sealed
    assert window.toast.isVisible()

    asked = form(dialog, dialog.replace)
    click(asked.button)
    assert asked.reason.error.text()
    type_into(asked.reason.field, "예시: 담당자 교체")
    type_into(asked.old.field, NEW)
    type_into(asked.new.first.field, NEW)
    type_into(asked.new.again.field, NEW)
    click(asked.button)
    over(window, dialog, asked)
    assert key_of(window).public != before.public
    assert dialog.digits.text().replace("\n", " ") == key_of(window).fingerprint
    assert before.fingerprint[:19] in dialog.earlier.text()
    assert "담당자 교체" in dialog.earlier.text()
    assert "서명" in dialog.state.text()

    asked = form(dialog, dialog.replace)
    assert not asked.warning.isVisible()
    asked.lost.click()
    assert asked.warning.isVisible() and not asked.old.isVisible()
    type_into(asked.reason.field, "lost")
    type_into(asked.new.first.field, NEW)
    type_into(asked.new.again.field, NEW)
    click(asked.button)
    over(window, dialog, asked)
    with window.shell.desk.store.reading() as read:
        assert [one.signed for one in queries.keys(read)] == [False, True, False]
    assert "경고" in dialog.state.text()
    assert clipped(dialog) == []
    dialog.reject()
    rest(window)


def test_a_sheet_is_saved_and_typed_back_line_by_line(
    window_on, office: Path, tmp_path: Path, monkeypatch
) -> None:
    window = window_on(office)
    dialog = card(window)
    target = tmp_path / "복구 용지"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    asked = form(dialog, dialog.print_sheet)
    type_into(asked.passphrase.field, PASSPHRASE)
    click(asked.button)
    over(window, dialog, asked)
    assert target.with_name("복구 용지.pdf").read_bytes().startswith(b"%PDF")

    before = key_of(window)
    lines = recovery.lines_of(keys.seed(window.shell.desk.store, passphrase=PASSPHRASE))
    asked = form(dialog, dialog.restore)
    first, second, *others = asked.lines
    type_into(first.field, lines[0][:6])
    assert not first.wrong_row.isVisible() and not first.mark_right.isVisible()
    type_into(first.field, lines[1])
    assert first.wrong_row.isVisible() and "1번째" in first.error.text()
    type_into(first.field, lines[0])
    assert not first.wrong_row.isVisible() and first.mark_right.isVisible()
    click(asked.button)
    assert asked.refusal.text() and not asked.working
    for line, text in zip((second, *others), lines[1:], strict=True):
        type_into(line.field, text.lower().replace(" ", ""))
    assert before.fingerprint[:19] in asked.whose.text()
    type_into(asked.new.first.field, NEW)
    type_into(asked.new.again.field, NEW)
    click(asked.button)
    over(window, dialog, asked)
    restored = key_of(window)
    signing.unseal(signing.SealedKey(restored.public, restored.sealed), NEW)
    assert restored.public == before.public
    dialog.reject()
    rest(window)


def test_an_office_without_a_key_says_so(shared_window) -> None:
    dialog = card(shared_window)
    assert not dialog.box.isVisible() and not dialog.change.isVisible()
    assert dialog.restore.isVisible() and dialog.state.text()
    dialog.reject()
    rest(shared_window)
