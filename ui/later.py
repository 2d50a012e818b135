"""Put off what a library imports for features this program does not use.

SQLAlchemy imports `asyncio` for engines that await and `importlib.metadata` for dialects installed
apart; both stand between a person and the first rows. A stand-in imports them when first used.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType

# Module -> what SQLAlchemy takes from it while it is imported itself.
PUT_OFF: dict[str, Mapping[str, object]] = {
    "asyncio": {"iscoroutine": inspect.iscoroutine},
    "importlib.metadata": {},
}


class Later(ModuleType):
    """Stand for a module until something is asked of it."""

    def __getattr__(self, asked: str) -> object:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        # Another thread that asks meanwhile waits here, as any import does.
        return getattr(import_module(self.__name__), asked)


def put_off() -> None:
    """Let stand-ins take the place of those modules that nobody has imported yet."""
    for name, known in PUT_OFF.items():
        if name not in sys.modules:
            sys.modules[name] = standing = Later(name)
            vars(standing).update(known)
            package, _dot, module = name.rpartition(".")
            if package:
                setattr(sys.modules[package], module, standing)
