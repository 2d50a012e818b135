"""The bridge: in order, on the window's thread, nothing lost, nothing said to the dead."""

from __future__ import annotations

import threading
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QWidget

from db.store import Store
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.members import queries, usecases
from gwangju_desktop.text import Msg
from tests.ui.conftest import rest, spin
from ui.window import Window


class Ear(QObject):
    """Hear what a desk says, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list = []
        self.threads: set = set()

    def on_said(self, value: object) -> None:
        self.heard.append(value)
        self.threads.add(threading.current_thread())


def names(read) -> list[str]:
    return [row.name for row in queries.members(read)]


def test_changes_come_once_in_order_on_the_window_thread(window: Window, sample_copy: Path) -> None:
    desk, ear, done = window.shell.desk, Ear(), Ear()
    first = desk.last
    desk.changed.connect(ear.on_said)
    for n in range(20):
        desk.do(usecases.add_organisation, then=done.on_said, name_ko=f"가상 기관 {n}")
    spin(lambda: len(done.heard) == 20)
    assert [changes.id for changes in ear.heard] == list(range(first + 1, first + 21))
    assert ear.threads == done.threads == {threading.main_thread()}
    assert done.heard == sorted(done.heard)


def test_undo_and_redo_have_names(window: Window) -> None:
    desk, ear = window.shell.desk, Ear()
    desk.do(usecases.add_organisation, name_ko="가상 연구원")
    spin(lambda: window.shell.stacks[0] == "Add organisation")
    assert any(title.startswith("실행 취소: ") for _a, title in window.shell.offered())
    desk.changed.connect(ear.on_said)
    desk.undo()
    spin(lambda: window.shell.stacks[1] == "Add organisation")
    desk.redo()
    spin(lambda: window.shell.stacks[0] == "Add organisation")
    assert [changes.kind for changes in ear.heard] == ["undo", "redo"]


def test_answers_to_the_dead_are_dropped_and_lambdas_refused(window: Window) -> None:
    desk = window.shell.desk

    class Form(QWidget):
        def on_done(self, _value: object) -> None:
            raise AssertionError("a closed form was called")

    form = Form()
    desk.read(names, then=form.on_done)
    gone = weakref.ref(form)
    del form
    assert gone() is None
    rest(window)
    with pytest.raises(TypeError):
        desk.read(names, then=lambda rows: rows)


def test_a_newer_read_replaces_the_older(window: Window) -> None:
    ear = Ear()

    def answer(_read, *, n: int) -> int:
        return n

    for n in range(30):
        window.shell.desk.read(answer, then=ear.on_said, n=n)
    rest(window)
    assert ear.heard == [29]


def test_a_refusal_goes_to_who_asked_else_to_the_banner(window: Window) -> None:
    desk, ear = window.shell.desk, Ear()
    desk.do(usecases.add_organisation, otherwise=ear.on_said, name_ko=" ")
    spin(lambda: ear.heard)
    assert isinstance(ear.heard[0], UserError)
    assert window.shell.banner.isHidden()
    desk.do(usecases.add_organisation, name_ko=" ")
    spin(lambda: window.shell.banner.isVisible())
    assert window.shell.banner.words.text() == str(ear.heard[0])


def test_closing_finishes_what_was_asked(window: Window, sample_copy: Path) -> None:
    for n in range(20):
        window.shell.desk.do(usecases.add_organisation, name_ko=f"가상 단체 {n}")
    window.shell.desk.close()
    with Store.open(sample_copy) as store, store.reading() as read:
        from sqlalchemy import func, select

        from db.schema.members import Organisation

        made = select(func.count()).where(Organisation.name_ko.like("가상 단체 %"))
        assert read.execute(made).scalar() == 20


def test_long_work_tells_its_progress_writes_and_stops(window: Window) -> None:
    desk, done, stopped = window.shell.desk, Ear(), Ear()
    steps: list[int] = []
    going = threading.Event()

    def job(work, *, rounds: int) -> int:
        for n in range(rounds):
            work.progress(n, rounds, f"{n}")
            steps.append(n)
            going.set()
            if rounds > 10:
                threading.Event().wait(0.01)
        with work.reading() as read:
            assert names(read)
        return work.run(usecases.add_organisation, name_ko="가상 작업").value

    desk.work(job, title=Msg("Work"), then=done.on_said, rounds=3)
    spin(lambda: done.heard)
    assert steps == [0, 1, 2] and isinstance(done.heard[0], int)
    asked = {"then": done.on_said, "otherwise": stopped.on_said, "rounds": 1_000}
    work = desk.work(job, title=Msg("Work"), **asked)
    spin(lambda: window.shell.strip.isVisible())
    window.shell.strip.stop.click()
    spin(lambda: stopped.heard)
    assert isinstance(stopped.heard[0], Cancelled) and work.done < 999
    spin(lambda: window.shell.strip.isHidden())


def test_a_second_window_on_the_same_file_only_reads(
    window: Window, window_on, sample_copy: Path
) -> None:
    second = window_on(sample_copy)
    assert second.shell.desk.read_only
    assert second.shell.ribbon.isVisible()
    assert "읽기 전용" in second.side.state.text()
    assert all(not action.writes for action, _title in second.shell.offered())
    second.shell.go("members")
    rest(second)
    buttons = second.shell.rooms.pages["members"].findChildren(QAbstractButton)
    visible = [button.text().strip() for button in buttons if button.isVisible()]
    assert "위원 추가" not in visible


def test_what_another_window_did_is_seen(window: Window, sample_copy: Path) -> None:
    ear = Ear()
    desk = window.shell.desk
    desk.changed.connect(ear.on_said)
    with Store.open(sample_copy, locked=False) as other:
        other.run(usecases.add_organisation, name_ko="다른 자리의 가상 기관")
    desk.look_for_changes()
    spin(lambda: ear.heard)
    assert ear.heard[0].label == "Add organisation"
