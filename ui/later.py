"""Put off what a library imports for features this program does not use.

SQLAlchemy imports `asyncio` for engines that await, `importlib.metadata` for dialects installed
apart, and of `sysconfig` asks whether this Python is the one without its lock, for which all of the
interpreter's build settings are read; they stand between a person and the first rows. A stand-in
imports them when first used.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType

NO_LOCK, NEEDED = "Py_GIL_DISABLED", (3, 13)


def config_var(name: str) -> object:
    """Answer for `sysconfig.get_config_var`: what is newer than this Python is not set in it."""
    if name == NO_LOCK and sys.version_info < NEEDED:
        return None
    return real("sysconfig").get_config_var(name)


# Module -> what SQLAlchemy takes from it while it is imported itself.
PUT_OFF: dict[str, Mapping[str, object]] = {
    "asyncio": {"iscoroutine": inspect.iscoroutine},
    "importlib.metadata": {},
    "sysconfig": {"get_config_var": config_var},
}


class Later(ModuleType):
    """Stand for a module until something is asked of it."""

    def __getattr__(self, asked: str) -> object:
        return getattr(real(self.__name__), asked)


def real(name: str) -> ModuleType:
    """Import what a stand-in stands for, in its place."""
    if isinstance(sys.modules.get(name), Later):
        del sys.modules[name]
    # Another thread that asks meanwhile waits here, as any import does.
    return import_module(name)


def put_off() -> None:
    """Let stand-ins take the place of those modules that nobody has imported yet."""
    for name, known in PUT_OFF.items():
        if name not in sys.modules:
            sys.modules[name] = standing = Later(name)
            vars(standing).update(known)
            package, _dot, module = name.rpartition(".")
            if package:
                setattr(sys.modules[package], module, standing)
