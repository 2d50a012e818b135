"""A language switched live shows what a window opened in it shows: no word is left behind."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

import resources
from db.schema.polls import PollQuestion, PollWave, WaveQuestion
from db.store import Store
from db.vocab import Access, ConsentField, QuestionKind, WaveState
from gwangju_desktop import offices, settings
from gwangju_desktop.members import access
from gwangju_desktop.polls import opened
from tests.ui.acting import type_into
from tests.ui.conftest import rest, spin
from tests.ui.seeing import spoken
from tests.ui.walking import faces
from ui import text
from ui.app import Start
from ui.window import Window

CLOCK = re.compile(r"\d\d:\d\d(:\d\d)?")
COUNTED = (WaveState.CLOSED, WaveState.PUBLISHED)
HANGUL = re.compile(r"[가-힣]+(?: [가-힣]+)*")
EMPTY = "빈 사무국.gwoffice"
Faces = dict[str, set[str]]


def prepare(window: Window) -> None:
    """Visit every pane and open what stands beside its first face."""
    for name, page in faces(window):
        if name in ("meetings", "meetings/list"):
            page.on_next()
            rest(window)


def read(window: Window) -> Faces:
    """Return what stands on each pane and round it, times of day left out."""
    return {name: {CLOCK.sub("", said) for said in spoken(window)} for name, _page in faces(window)}


def differences(found: Faces, wanted: Faces) -> str:
    """Return what stands on a pane of one window only, a line for each pane."""
    assert found.keys() == wanted.keys()
    return "\n".join(
        f"{name}: left {sorted(found[name] - wanted[name])}"
        f" missed {sorted(wanted[name] - found[name])}"
        for name in found
        if found[name] != wanted[name]
    )


def recorded(office: Path) -> str:
    """Return all words that people wrote into an office."""
    with closing(sqlite3.connect(f"file:{office}?mode=ro", uri=True)) as file:
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
        rows = [
            row for (name,) in file.execute(tables) for row in file.execute(f"SELECT * FROM {name}")
        ]
    return "\n".join(str(cell) for row in rows for cell in row)


def answered(office: Path) -> str:
    """Return all that people answered to polls in their own words; the office keeps it packed."""
    with Store.open(office) as store, store.reading() as read:
        asked = (
            select(WaveQuestion.id)
            .join(PollQuestion, PollQuestion.id == WaveQuestion.question_id)
            .join(PollWave, PollWave.id == WaveQuestion.wave_id)
            .where(PollQuestion.kind == QuestionKind.OPEN, PollWave.state.in_(COUNTED))
        )
        places = read.scalars(asked).all()
        return "\n".join(one.text for place in places for one in opened.answers(read, place))


@pytest.fixture
def looked_at(sample_copy: Path) -> Path:
    """An office in which somebody's number was looked at, so that no pane is empty."""
    with Store.open(sample_copy, who="예시 담당자") as store:
        asked = {"action": Access.REVEAL.value, "fields": [ConsentField.PHONE.value], "people": [1]}
        store.run(access.record_access, **asked)
    return sample_copy


@pytest.fixture(params=["sample", "empty"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The sample, and an office in which every pane says that there is nothing."""
    if request.param == "sample":
        return request.getfixturevalue("looked_at")
    empty = tmp_path / EMPTY
    offices.new_office(empty)
    return empty


@pytest.mark.timeout(600)  # Several walks through every pane; a machine at work takes its time.
def test_a_live_switch_leaves_no_word_behind(
    window_on: Callable[..., Window], office: Path
) -> None:
    window = window_on(office)
    prepare(window)
    korean = read(window)
    window.shell.speak("en")
    switched = read(window)
    full = office.name != EMPTY
    if full:
        window.shell.speak("ko")
        back = read(window)
    window.close()
    text.use("en")
    fresh = window_on(office)
    prepare(fresh)
    english = read(fresh)
    assert not differences(switched, english), "Korean to English"
    if full:
        fresh.shell.speak("ko")
        assert not differences(back, korean), "and back"
        assert not differences(read(fresh), korean), "English to Korean"
    assert len(korean) == len(english) >= 14
    # What is Korean in English is what somebody wrote, what is in a law, or a name in Korean.
    laws = resources.path("rules", "profiles.toml").read_text(encoding="utf-8")
    names = " ".join(str(one.default) for one in settings.DECLARED.values())
    written = recorded(office) + answered(office) + laws + names + office.name + "한국어"
    strange = {
        run: name
        for name, said in english.items()
        for words in said
        for run in HANGUL.findall(words)
        if run not in written
    }
    assert not strange


def test_what_is_wrong_with_a_day_is_said_in_the_language_of_the_window(
    window_on: Callable[..., Window], sample_office: Path
) -> None:
    window = window_on(sample_office)
    window.shell.go("members")
    room = window.shell.rooms.page("members")
    days = {"roll": "day", "bodies": "day", "seats": "day", "inclusion": "day", "access": "since"}
    for key, name in days.items():
        page = room.show_pane(key)
        rest(window)
        field = getattr(getattr(page, "tools", page), name)
        type_into(field, "2022-13-40")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert any("2022-13-40" in said and "없" in said for said in spoken(window)), key
    window.shell.speak("en")
    for key in days:
        room.show_pane(key)
        rest(window)
        told = {said for said in spoken(window) if "2022-13-40" in said and len(said) > 10}
        assert told and not any(HANGUL.search(said) for said in told), (key, told)


def test_the_first_screen_speaks_the_language_chosen_on_it(dressed, qtbot) -> None:
    window = Window()
    qtbot.addWidget(window)
    held = Start(window, "")
    window.show()
    spin(lambda: window.shell and window.shell.front)
    korean = spoken(window)
    window.shell.speak("en")
    assert {run for said in spoken(window) for run in HANGUL.findall(said)} == {"한국어"}
    window.shell.speak("ko")
    assert spoken(window) == korean
    window.close()
    held.close()


def test_the_dialogs_of_qt_speak_the_language_of_the_window(window_on, sample_office: Path) -> None:
    window = window_on(sample_office)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "취소"
    assert QCoreApplication.translate("QFileDialog", "File &name:").startswith("파일 이름")
    window.shell.speak("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    window.shell.speak("ko")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "취소"


def test_a_toast_takes_the_width_of_its_words_in_the_other_language(window) -> None:
    toast = window.toast
    toast.tell(text.N_("Dissolve body"))
    window.shell.speak("en")
    spin(lambda: toast.width() >= toast.sizeHint().width())
    assert toast.geometry().center().x() == pytest.approx(window.rect().center().x(), abs=2)
