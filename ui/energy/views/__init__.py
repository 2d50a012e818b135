"""The ways an indicator is shown: each module is one view, loaded when it is first chosen."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.energy.views.base import View

# In the order of the segment. A view's module has `VIEW`, a class on ui.energy.views.base.View.
KEYS = ("trend", "stack", "heat", "years", "small", "map", "table")


@cache
def views() -> tuple[type[View], ...]:
    """Return the views there are, in their order."""
    names = [f"{__name__}.{key}" for key in KEYS]
    return tuple(import_module(name).VIEW for name in names if find_spec(name) is not None)
