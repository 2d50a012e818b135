"""A window on an office, closed and swept after; nothing may be left behind."""

from __future__ import annotations

import gc
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from db.errors import DatabaseFault
from gwangju_desktop import child, clock, text
from ui import app as start
from ui import companions, theme
from ui.backups import keeper
from ui.settings import kept
from ui.window import Window

KEPT = 500_000  # objects of closed windows that may pile up between two sweeps
STILL = 6  # rounds of events without anything to come after which a window rests


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Give pytest-qt's application the style the product gives its own."""
    return ["gwangju-desktop", *theme.STYLE]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep this person's settings and log inside the test, and collection on this thread."""
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "person"))
    collecting = gc.isenabled()
    gc.disable()
    kept.forget()
    yield
    kept.forget()
    gc.collect()
    if collecting:
        gc.enable()


@pytest.fixture(autouse=True)
def _no_spare(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start no child that waits for a question: of those in tests most end without one."""
    if request.node.get_closest_marker("spare") is None:
        monkeypatch.setattr(child.Spare, "ready", lambda _spare: None)


@pytest.fixture(scope="session", autouse=True)
def _no_backups() -> Iterator[None]:
    """Let nothing begin by itself that nobody waits for: no backup, no drill, no paper read.

    Windows here close by the hundred; on a slow machine some are open long enough for it.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeper, "by_itself", False)
        patch.setattr(companions, "QUIET_MS", 3_600_000)
        yield


@pytest.fixture(scope="session")
def _swept_at() -> list[int]:
    """How many objects were left out of every search when they were last looked through."""
    return [gc.get_freeze_count()]


@pytest.fixture(scope="module", autouse=True)
def _swept(_swept_at: list[int]) -> Iterator[None]:
    """Sweep what windows kept from being swept, once there is much of it: one lives for ever."""
    yield
    gc.freeze()
    if gc.get_freeze_count() > _swept_at[0] + KEPT:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        _swept_at[0] = gc.get_freeze_count()


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application in Korean, light, at 100 %."""
    return dress(qapp)


def dress(app: QApplication) -> QApplication:
    """Make the application what it is in Korean, light, at 100 %."""
    theme.load_fonts("Bold")
    start.make(language="ko", scheme="light", scale=1.0)
    theme.settle(app)
    return app


def spin(until: Callable[[], object] = lambda: False, limit: float = 60.0) -> None:
    """Let events pass until something holds; fail when it never does.

    The limit is for what hangs: a machine at work may take ten times as long as an idle one.
    """
    end = time.monotonic() + limit
    while not until():
        assert time.monotonic() < end, f"waited in vain; there are {_on_screen()}"
        QApplication.processEvents()
        time.sleep(0.002)


def _on_screen() -> list[str]:
    """Name the windows that can be seen, the modal one first, with what their labels say."""
    modal = QApplication.activeModalWidget()
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    return [
        f"{type(one).__name__} “{one.windowTitle()}”: "
        + " / ".join(part.text() for part in one.findChildren(QLabel) if part.isVisible())[:400]
        for one in sorted(shown, key=lambda one: one is not modal)
    ]


def rest(window: Window, quiet: float = 0.06) -> None:
    """Let a window work until nothing is left to come, and lay out what came.

    A timer that goes off once, at most `quiet` seconds after it was started, is still to come; so
    is, within that time, the focus of a dialog that was just opened.
    """
    desk = window.shell.desk
    begun = time.monotonic()
    end = begun + 60
    still = 0
    while still < STILL:
        assert time.monotonic() < end, "the window does not come to rest"
        QApplication.processEvents()
        still += 1
        # Asked last: what the events of this round began must not be missed.
        busy = desk is not None and desk.store is not None and not desk.idle
        dialog = QApplication.activeModalWidget()
        opening = dialog is not None and not dialog.isActiveWindow()
        opening = opening and time.monotonic() < begun + quiet
        if busy or opening:
            still = 0
            time.sleep(0.001)
        elif still == STILL and (due := _due(window, quiet * 1_000)):
            still = 0
            # To look for it again and again would be work: a window has thousands of children.
            time.sleep(max(1, min(due)) / 1_000)


def _due(window: Window, soon: float) -> list[int]:
    """Return how many ms are left of each running timer that goes off once, of `soon` ms at most."""
    timers = [one for one in window.findChildren(QTimer) if one.isActive() and one.isSingleShot()]
    return [one.remainingTime() for one in timers if one.interval() <= soon]


@pytest.fixture
def first_room() -> str:
    """The room windows open in; tests of one name theirs, for the first page asks for much."""
    return "today"


@pytest.fixture
def window_on(dressed: QApplication, first_room: str) -> Iterator[Callable[..., Window]]:
    """Open windows on offices; at the end no thread and no widget may be left."""
    with windows(dressed, first_room) as on:
        yield on


# Where the office of a window lies: the file itself, or a server's copy of it.
_placed: list[Callable[[Path | str], Path | str]] = []


@pytest.fixture(scope="session")
def on_a_server(postgres: str, _clerk) -> Iterator[Callable[[Path | str], str]]:
    """Give office files a place on the server: a database of its own for each window."""
    from gwangju_desktop.copying import copy_office
    from tests.conftest import _database

    copies: dict[bytes, str] = {}
    made: list[str] = []

    def place(office: Path | str) -> str:
        if not str(office).endswith(".gwoffice") or not Path(office).is_file():
            return str(office)
        content = hashlib.sha256(Path(office).read_bytes()).digest()
        if content not in copies:
            to = f"copied_office_{len(copies)}"
            _clerk.execute(f"CREATE DATABASE {to}")
            try:
                copy_office(Path(office), _database(postgres, to))
            except DatabaseFault:
                _clerk.execute(f"DROP DATABASE {to}")
                return str(office)  # no office at all, and the window is to say so
            copies[content] = to
        name = f"window_{len(made)}"
        template = f"TEMPLATE {copies[content]} STRATEGY = FILE_COPY"
        _clerk.execute(f"CREATE DATABASE {name} {template}")
        made.append(name)
        return _database(postgres, name)

    yield place
    for name in (*made, *copies.values()):
        _clerk.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session", autouse=True)
def _offices_on(request: pytest.FixtureRequest) -> Iterator[None]:
    """With `--offices-on postgresql` every window opens its office on the server."""
    if request.config.getoption("--offices-on") == "postgresql":
        _placed.append(request.getfixturevalue("on_a_server"))
    yield
    _placed.clear()


@pytest.fixture
def served(on_a_server: Callable[[Path | str], str]) -> Iterator[None]:
    """Let the windows of one test open their offices on the server."""
    before = [*_placed]
    _placed[:] = [on_a_server]
    yield
    _placed[:] = before


@contextmanager
def windows(app: QApplication, room: str = "today") -> Iterator[Callable[..., Window]]:
    """Give what opens windows on offices; close them all, and nothing may be left of them."""
    before = set(threading.enumerate())
    opened: list[SimpleNamespace] = []

    def on(office: Path | str, size: tuple[int, int] = (1366, 688)) -> Window:
        if _placed:
            office = _placed[-1](office)
        window = Window()
        window.resize(*size)
        # An office that opens goes where the sidebar stands.
        window.side.mark(room)
        held = SimpleNamespace(window=window, start=start.Start(window, str(office)))
        opened.append(held)
        window.show()
        window.activateWindow()
        spin(lambda: window.shell is not None)
        shell = window.shell
        spin(lambda: shell.front is not None or (shell.rooms and shell.rooms.pages), 15)
        rest(window, 0.15)
        return window

    yield on
    for held in opened:
        held.window.close()
        held.start.close()
        held.window.deleteLater()
    opened.clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert set(threading.enumerate()) <= before
    left = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Window)]
    assert not left
    app.processEvents()


@contextmanager
def lasting(app: QApplication, folder: Path, room: str) -> Iterator[Callable[..., Window]]:
    """Give what opens windows for a whole module: to open one takes a third of a second.

    A person's folder is made in `folder`.
    """
    collecting = gc.isenabled()
    # What belongs to a window may be collected on its own thread only, between tests too.
    gc.disable()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GWANGJU_DESKTOP_HOME", str(folder / "person"))
        kept.forget()
        text.use("ko")
        with windows(dress(app), room) as on:
            yield on
        kept.forget()
        clock.fix(None)
    if collecting:
        gc.enable()


def taken_back(window: Window) -> None:
    """Close the dialogs of a window that lasts, and take back what was changed in its office."""
    for dialog in window.findChildren(QDialog):
        dialog.reject()
    rest(window)
    while window.shell.desk.store.undoable:
        window.shell.desk.undo()
        # What is shown has to hear of it too.
        rest(window)


@pytest.fixture
def window(window_on: Callable[..., Window], sample_copy: Path) -> Window:
    """A window on a sample office of its own."""
    return window_on(sample_copy)


@pytest.fixture
def shared_window(window_on: Callable[..., Window], sample_office: Path) -> Window:
    """A window on the sample office, for tests that change nothing."""
    return window_on(sample_office)
