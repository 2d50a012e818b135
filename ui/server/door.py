"""Through the door of an office: a file, or a server with its password, and who writes there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

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
