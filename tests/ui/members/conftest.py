"""Where the windows of these tests open."""

from __future__ import annotations

import pytest


@pytest.fixture
def first_room() -> str:
    return "members"
