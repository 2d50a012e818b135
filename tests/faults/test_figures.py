"""Many made-up imports, settled now and then and taken back: the answers never differ."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from db.store import Store
from gwangju_desktop.energy import catalogue
from tests.gwangju_desktop.energy.test_rollup import BROUGHT, compared


@pytest.fixture
def one(tmp_path: Path) -> Store:
    with Store.create(tmp_path / "office.gwoffice") as store:
        store.run(catalogue.set_up)
        yield store


@pytest.mark.timeout(600)
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(BROUGHT)
def test_settled_or_not_every_answer_is_the_same(
    one: Store, brought: list[dict[tuple[str, str, int], float]]
) -> None:
    compared(one, brought)
