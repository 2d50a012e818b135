"""Windows whose office is backed up by itself, which in other tests it is not."""

from __future__ import annotations

import pytest

from ui.backups import keeper


@pytest.fixture
def by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let offices be backed up by themselves."""
    monkeypatch.setattr(keeper, "by_itself", True)
