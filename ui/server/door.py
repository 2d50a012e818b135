"""Through the door of an office: a file, or a server with its password, and who writes there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject

SERVER = "postgresql"  # how the address of an office server begins
NOBODY = "office"  # who writes where nobody gave a name


def hidden(where: str) -> str:
    """Return an address without the password somebody typed into it, which is known from now on."""
    if not where.startswith(SERVER):
        return where
    from gwangju_desktop.server import secret
    from gwangju_desktop.server.address import parted, without_password

    address, password = parted(where)
    if password:
        secret.remember(address, password)
    return without_password(where)


def called(where: str) -> str:
    """Return what an office is called in the title bar: its file's name, or database and server."""
    if not where.startswith(SERVER):
        return where if "://" in where else Path(where).stem
    from gwangju_desktop.server.address import parted

    return str(parted(where)[0])


def opened(where: str, make: str, names: Mapping[str, str] | None, who: str):
    """Open an office, on the writer's thread; `make` ("empty" or "sample") makes it before."""
    from gwangju_desktop import offices

    place: str | Path = where if "://" in where else Path(where)
    if where.startswith(SERVER):
        from gwangju_desktop.server import secret
        from gwangju_desktop.server.address import parted, with_password

        place = with_password(where, secret.known(parted(where)[0]))
    if make:
        offices.new_office(place, sample=make == "sample", names=names)
    return offices.open_office(place, who=who or NOBODY)


def signed(store) -> str:
    """Say who is signed in on a server, "" where it does not know people by roles."""
    if not store.role:
        return ""
    from ui.server import obeying

    return obeying.signed(store)


def desk_for(desk, room: str):
    """Return the desk a room is given, by the role of who is signed in."""
    if desk.store is None or not desk.store.role:
        return desk
    from ui.server import obeying

    return obeying.desk_for(desk, room)


class Watch(QObject):
    """Say what happens to the line to a server; a file has none, and loads nothing of it."""

    def __init__(self, shell) -> None:
        super().__init__(shell.desk)
        self.lost = None
        if shell.desk.store.shared:
            from ui.server.lost import Lost

            self.lost = Lost(shell)

    def close(self) -> None:
        """Take away what is said."""
        if self.lost is not None:
            self.lost.close()


def stays(shell) -> bool:
    """Say whether the window stays, because changes wait for a server; then it asks about them."""
    desk = shell.desk
    if desk is None or desk.line.fault is None or not desk.unwritten or shell.given_up:
        return False
    from ui.server.lost import LeaveDialog

    LeaveDialog(shell.window, desk.unwritten).open()
    return True
