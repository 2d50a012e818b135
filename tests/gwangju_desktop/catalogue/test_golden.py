"""Every document of the sample office, compared byte by byte with what was looked at and kept.

`GWANGJU_GOLDEN=write` writes them anew; look at the difference before it is committed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from gwangju_desktop.catalogue.entries import ENTRIES
from tests.gwangju_desktop.catalogue.telling import told

GOLDEN = Path(__file__).parent / "golden"
# The mark of the change history is another one in every office, made alike or not.
MARK = re.compile(r"(변경 기록 표시: )\d+ · [0-9a-f]{8}")
WRITE = os.environ.get("GWANGJU_GOLDEN") == "write"


@pytest.mark.parametrize("name", ENTRIES)
def test_the_document_says_what_it_said(office, name: str) -> None:
    file = GOLDEN / f"{name}.txt"
    said = MARK.sub(r"\g<1>0 · 00000000", told(office.compose(name)))
    if WRITE:
        file.write_text(said, "utf-8")
    assert file.read_text("utf-8") == said


def test_no_golden_file_is_left_of_a_document_that_went() -> None:
    assert {file.stem for file in GOLDEN.glob("*.txt")} == set(ENTRIES)
