"""How often a fault is tried: `dev.py faults --trials N`."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture
def trials(request: pytest.FixtureRequest) -> Callable[[int], int]:
    """Return how often to try: as often as usual, or as often as the command line says."""
    asked = request.config.getoption("--trials")
    return lambda usual: asked or usual
