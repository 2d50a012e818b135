"""One window a person: a second start hands its file to the first window, which comes forward.

The first window listens under a random name, which it writes into the person's own folder: nobody
else can take the name before. Where there is no such note, nothing of Qt's network is loaded.
"""

from __future__ import annotations

import contextlib
import json
import re
import secrets
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from gwangju_desktop.paths import person_folder

NOTE, NAME = "window.name", "gwangju-desktop-"
CONNECT_MS, ANSWER_MS = 150, 1_500
LONGEST = 65_536  # bytes of a message
HERE, BUSY = b"here\n", b"busy\n"


def handed_over(file: str) -> bool:
    """Say whether a window that is open came forward with `file` ("" for none).

    A note left by a window that died is removed; a window that does not answer is left alone.
    """
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


def _asked(line: bytes) -> str:
    """Return the file a message names, "" for any other message."""
    try:
        told = json.loads(line)
    except ValueError:
        return ""
    file = told.get("open") if isinstance(told, dict) else None
    return file if isinstance(file, str) else ""
