"""Passwords of office servers: secrets of this person, called by login and place."""

from __future__ import annotations

from gwangju_desktop import keyrings
from gwangju_desktop.server.address import Address


def _name(address: Address) -> str:
    return f"{address.login}@{address.host}:{address.port}/{address.database}"


def known(address: Address) -> str | None:
    """Return the password typed since the start, else the keyring's, None where there is none."""
    return keyrings.known(_name(address))


def remember(address: Address, password: str) -> None:
    """Keep a password while the program runs: enough to open again after the line was cut."""
    keyrings.remember(_name(address), password)


def keep(address: Address, password: str) -> bool:
    """Keep a password in the keyring; False where the system has none that takes it."""
    return keyrings.keep(_name(address), password)


def forget(address: Address) -> None:
    """Forget a password, in the keyring too."""
    keyrings.forget(_name(address))
