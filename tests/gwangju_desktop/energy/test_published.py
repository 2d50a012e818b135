"""What is said beside a published file must not contradict it; skipped where they are not here."""

from __future__ import annotations

from pathlib import Path

import pytest

from gwangju_desktop.energy import imports
from gwangju_desktop.errors import UserError

KEPCO = "energy/kepco_sigungu_contract_monthly_2024.csv"
EPSIS = "energy/epsis_sales_by_sido_and_use_2021.csv"


def test_what_contradicts_the_file_is_refused(shared_data: Path) -> None:
    with pytest.raises(UserError, match=r"2024\.csv"):
        imports.prepare(shared_data / KEPCO, period="2023")
    with pytest.raises(UserError, match=r"2024\.csv"):
        imports.prepare(shared_data / KEPCO, unit="MWh")
    with pytest.raises(UserError, match=r"2021\.csv"):
        imports.prepare(shared_data / EPSIS, period="2021", unit="kWh")
