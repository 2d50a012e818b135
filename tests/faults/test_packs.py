"""Two hundred random packs: page numbers, editions and supplements hold for every one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.gwangju_desktop.packs.random_packs import holds, packs, shelf


@pytest.mark.timeout(600)
def test_numbers_hold_for_two_hundred_random_packs(tmp_path_factory):
    papers = shelf(tmp_path_factory.mktemp("shelf"))
    folder = tmp_path_factory.mktemp("random")

    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def run(data):
        holds(data.draw(packs(papers)), folder)

    run()
