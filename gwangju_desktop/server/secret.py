"""Passwords of office servers: in the keyring of this person's system, or only while it runs.

Where a system has no keyring (a Linux without a desktop), the password is asked for each time.
"""

from __future__ import annotations

from gwangju_desktop.server.address import Address

SERVICE = "gwangju-desktop"

# What was typed since the program began: enough to open again after the line was cut.
_typed: dict[str, str] = {}


def _name(address: Address) -> str:
    return f"{address.login}@{address.host}:{address.port}/{address.database}"


def known(address: Address) -> str | None:
    """Return the password typed since the start, else the keyring's, None where there is none."""
    typed = _typed.get(_name(address))
    if typed is not None:
        return typed
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, _name(address))
    except (KeyringError, RuntimeError, OSError):
        return None


def remember(address: Address, password: str) -> None:
    """Keep a password while the program runs."""
    _typed[_name(address)] = password


def keep(address: Address, password: str) -> bool:
    """Keep a password in the keyring; False where the system has none that takes it."""
    remember(address, password)
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, _name(address), password)
    except (KeyringError, RuntimeError, OSError):
        return False
    return True


def forget(address: Address) -> None:
    """Forget a password, in the keyring too."""
    _typed.pop(_name(address), None)
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(SERVICE, _name(address))
    except (KeyringError, RuntimeError, OSError):
        return


def keeps() -> bool:
    """Say whether this system has a keyring that keeps passwords."""
    import keyring
    from keyring.backends import fail, null

    return not isinstance(keyring.get_keyring(), fail.Keyring | null.Keyring)
