"""Two desks on one office server: each hears of the other's changes, in order, at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from db.store import Store
from gwangju_desktop import settings
from tests.ui.conftest import spin
from ui.desk import Desk


class Listener(QObject):
    """Keeps what a desk says, and on which thread it heard it."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[int] = []
        self.threads: set[str] = set()

    @Slot(object)
    def hear(self, changes) -> None:
        self.ids.append(changes.id)
        self.threads.add(threading.current_thread().name)


def opened(open_store: Callable[[], Store], poll: float) -> tuple[Desk, Listener]:
    """Start a desk and wait until its office is open."""
    desk, listener = Desk(open_store, poll=poll), Listener()
    desk.changed.connect(listener.hear)
    desk.start()
    spin(lambda: desk.store is not None)
    return desk, listener


def test_another_pcs_change_arrives_without_polling(qapp, new_postgres) -> None:
    url = new_postgres()
    # Nobody polls within the test: what arrives was announced by the server.
    one, first = opened(lambda: Store.open(url), 3600)
    two, second = opened(lambda: Store.open(url), 3600)
    try:
        for number in range(20):
            desk = (one, two)[number % 2]
            desk.do(settings.change_setting, key=settings.CITY_EN, value=f"City {number}")
        spin(lambda: len(first.ids) == 20 and len(second.ids) == 20, 15)
        assert first.ids == second.ids == list(range(1, 21))
        assert first.threads == second.threads == {"MainThread"}
    finally:
        # The readers sleep an hour; what ends them is the word, not the poll.
        started = time.monotonic()
        one.close()
        two.close()
        assert time.monotonic() - started < 10


def test_another_process_is_seen_by_polling_a_file(qapp, tmp_path: Path) -> None:
    path = tmp_path / "office.gwoffice"
    Store.create(path).close()
    desk, listener = opened(lambda: Store.open(path), 0.05)
    try:
        with Store.open(path, locked=False) as other:
            for number in range(3):
                other.run(settings.change_setting, key=settings.CITY_EN, value=f"City {number}")
        spin(lambda: listener.ids == [1, 2, 3])
    finally:
        desk.close()
