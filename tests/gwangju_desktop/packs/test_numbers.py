"""Page numbers hold for any pack, in every edition; nothing private is in the public one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.gwangju_desktop.packs.random_packs import holds, packs, shelf


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    return shelf(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("random")


# Two hundred are run among the slow tests (tests/faults).
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_numbers_hold_for_random_packs(papers, folder, data):
    holds(data.draw(packs(papers)), folder)
