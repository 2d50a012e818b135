"""One window a person: a second start hands its file to the first window, which comes forward.

The first window listens under a random name, which it writes into the person's own folder: nobody
else can take the name before. Where there is no such note, nothing of Qt's network is loaded.

A window listens only after its first rows. Until then a lock says that it is coming, and a start
that finds the lock taken waits for the note instead of opening a window of its own.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject

from gwangju_desktop.paths import person_folder

NOTE, NAME = "window.name", "gwangju-desktop-"
CLAIM = "window.lock"
CONNECT_MS, ANSWER_MS = 150, 1_500
COMING_MS, LOOK_MS = (
    5_000,
    25,
)  # how long a start waits for one that is coming, and how often it looks
LONGEST = 65_536  # bytes of a message
HERE, BUSY = b"here\n", b"busy\n"


def handed_over(file: str) -> bool:
    """Say whether a window that is open, or just opening, came forward with `file` ("" for none).

    A note left by a window that died is removed; a window that does not answer is left alone.
    """
    until = time.monotonic() + COMING_MS / 1000
    while not _answered(file):
        if (person_folder() / NOTE).exists() or _claimed() or time.monotonic() > until:
            return False
        time.sleep(LOOK_MS / 1000)
    return True


def _claimed() -> bool:
    """Say whether this start is the one whose window comes; it is from here on if nobody else's."""
    path = person_folder() / CLAIM
    if path not in _claims:
        path.parent.mkdir(parents=True, exist_ok=True)
        _claims[path] = QLockFile(str(path))
        # Only a dead owner loses it, however long it has been starting.
        _claims[path].setStaleLockTime(0)
    claim = _claims[path]
    # Where no lock can be laid at all, nobody waits for it.
    return claim.isLocked() or claim.tryLock(0) or claim.error() != _HELD


def release() -> None:
    """Give up being the window that others come to."""
    claim = _claims.pop(person_folder() / CLAIM, None)
    if claim is not None:
        claim.unlock()


_claims: dict[Path, QLockFile] = {}
_HELD = QLockFile.LockError.LockFailedError


def _answered(file: str) -> bool:
    note = person_folder() / NOTE
    try:
        name = note.read_bytes().decode("ascii", "replace").strip()
    except OSError:
        return False
    if not re.fullmatch(NAME + "[0-9a-f]{16}", name):
        _forget(note)
        return False
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(CONNECT_MS):
        if socket.error() != QLocalSocket.LocalSocketError.SocketTimeoutError:
            QLocalServer.removeServer(name)
            _forget(note)
        return False
    import json

    socket.write(json.dumps({"open": _whole(file)}).encode() + b"\n")
    while not socket.canReadLine() and socket.waitForReadyRead(ANSWER_MS):
        pass
    return bytes(socket.readLine().data()) == HERE


def _whole(file: str) -> str:
    """Return a path that means the same in another folder; a server's address is one already."""
    return str(Path(file).absolute()) if file and "://" not in file else file


def _forget(note: Path) -> None:
    with contextlib.suppress(OSError):
        note.unlink()


class Listener(QObject):
    """Wait for second starts; `come(file)` says whether the window came forward."""

    def __init__(self, parent: QObject, come: Callable[[str], bool]) -> None:
        super().__init__(parent)
        from PySide6.QtNetwork import QLocalServer

        self._come = come
        self._note = person_folder() / NOTE
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self.on_connected)
        # A note that is there belongs to another window, which could not come forward.
        if not self._note.exists():
            import secrets

            name = NAME + secrets.token_hex(8)
            if self._server.listen(name):
                with contextlib.suppress(OSError):
                    self._note.write_text(name, "ascii")

    def on_connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self.on_words)
            socket.disconnected.connect(socket.deleteLater)

    def on_words(self) -> None:
        socket = self.sender()
        if socket.canReadLine():
            socket.write(HERE if self._come(_asked(socket.readLine(LONGEST).data())) else BUSY)
            socket.flush()
            socket.disconnectFromServer()
        elif socket.bytesAvailable() > LONGEST:
            socket.abort()

    def close(self) -> None:
        """Listen no more."""
        if self._server.isListening():
            self._server.close()
            _forget(self._note)
        release()


def _asked(line: bytes) -> str:
    """Return the file a message names, "" for any other message."""
    import json

    try:
        told = json.loads(line)
    except ValueError:
        return ""
    file = told.get("open") if isinstance(told, dict) else None
    return file if isinstance(file, str) else ""
