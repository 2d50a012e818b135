"""Pixels: what it looks like."""

import builtins

# PySide6 wraps `import` to read the source of every module imported after it, looking for its
# `__feature__` switch. Nothing here uses that; without it the window comes 4 % sooner.
_plain_import = builtins.__import__
import PySide6.QtCore  # noqa: E402, F401

builtins.__import__ = _plain_import
