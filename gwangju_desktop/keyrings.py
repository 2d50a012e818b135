"""Secrets of this person: in the keyring of the system, or only while the program runs.

Where a system has no keyring (a Linux without a desktop), a secret is asked for each time. It is
never written to a file of ours.
"""

from __future__ import annotations

import contextlib

SERVICE = "gwangju-desktop"

# What was typed since the program began.
_typed: dict[str, str] = {}


def known(name: str) -> str | None:
    """Return the secret typed since the start, else the keyring's, None where there is none."""
    if name in _typed:
        return _typed[name]
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, name)
    except (KeyringError, RuntimeError, OSError):
        return None


def remember(name: str, secret: str) -> None:
    """Keep a secret while the program runs."""
    _typed[name] = secret


def keep(name: str, secret: str) -> bool:
    """Keep a secret in the keyring; False where the system has none that takes it."""
    remember(name, secret)
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, name, secret)
    except (KeyringError, RuntimeError, OSError):
        return False
    return True


def forget(name: str) -> None:
    """Forget a secret, in the keyring too."""
    _typed.pop(name, None)
    import keyring
    from keyring.errors import KeyringError

    with contextlib.suppress(KeyringError, RuntimeError, OSError):
        keyring.delete_password(SERVICE, name)


def keeps() -> bool:
    """Say whether this system has a keyring that keeps secrets."""
    import keyring
    from keyring.backends import fail, null

    return not isinstance(keyring.get_keyring(), fail.Keyring | null.Keyring)
