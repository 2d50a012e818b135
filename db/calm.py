"""No search for garbage while thousands of rows are made: all of them are still needed."""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Iterator

_lock = threading.Lock()
_inside = 0
_was = True


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Leave cyclic garbage alone inside; several threads may be inside at once.

    The last to leave sets the collector going again if it was going before the first came.
    """
    global _inside, _was
    with _lock:
        if not _inside:
            _was = gc.isenabled()
            gc.disable()
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if not _inside and _was:
                gc.enable()
