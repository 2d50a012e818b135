"""Every document of the sample office, compared byte by byte with what was looked at and kept.

`GWANGJU_GOLDEN=write` writes them anew; look at the difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gwangju_desktop.catalogue.entries import ENTRIES
from tests.gwangju_desktop.catalogue.telling import told

GOLDEN = Path(__file__).parent / "golden"
WRITE = os.environ.get("GWANGJU_GOLDEN") == "write"


@pytest.mark.parametrize("name", ENTRIES)
def test_the_document_says_what_it_said(office, name: str) -> None:
    file = GOLDEN / f"{name}.txt"
    said = told(office.compose(name))
    if WRITE:
        file.write_text(said, "utf-8")
    assert file.read_text("utf-8") == said


def test_no_golden_file_is_left_of_a_document_that_went() -> None:
    assert {file.stem for file in GOLDEN.glob("*.txt")} == set(ENTRIES)
