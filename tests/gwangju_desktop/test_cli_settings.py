"""`settings` as a person types it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gwangju_desktop import settings
from gwangju_desktop.errors import UserError
from tests.gwangju_desktop.test_cli import outcome, told


def test_settings_are_listed_read_and_changed(sample_copy: Path, capfdbinary: Any) -> None:
    at = ("--office", sample_copy, "settings")
    rows = {row["key"]: row for row in told(capfdbinary, *at, "list")}
    assert settings.ID_SECRET not in rows and rows[settings.CITY_CODE]["value"] == "29000"
    assert told(capfdbinary, *at, "get", settings.SMALL_CELL) == {
        "key": settings.SMALL_CELL,
        "value": 5,
    }
    told(capfdbinary, *at, "set", settings.SITE_ADDRESS, "https://www.example.kr/carbon")
    code, out, _ = outcome(capfdbinary, *at, "get", settings.SITE_ADDRESS)
    assert (code, out.strip()) == (0, "https://www.example.kr/carbon")
    told(capfdbinary, *at, "set", settings.SITE_ADDRESS, "")
    assert told(capfdbinary, *at, "get", settings.SITE_ADDRESS)["value"] is None
    for key, value in (
        (settings.ID_SECRET, "x"),
        (settings.OFFICE_ID, "x"),
        ("none", "x"),
        (settings.SITE_ADDRESS, "javascript:alert(1)"),
        (settings.SMALL_CELL, "five"),
        (settings.TODAY, "yesterday"),
    ):
        code, _, err = outcome(capfdbinary, *at, "set", key, value)
        assert code == 1 and err.count("\n") == 1, (key, err)
    assert outcome(capfdbinary, *at, "get", settings.ID_SECRET)[0] == 1
    assert outcome(capfdbinary, *at)[0] == 2


@pytest.mark.parametrize("address", ["http://a.kr", "https://a.kr/b/c", "https://사무국.한국/탄소"])
def test_a_web_address_is_taken_as_it_is(address: str) -> None:
    assert settings.typed(settings.SITE_ADDRESS, f" {address} ") == address


@pytest.mark.parametrize(
    "address", ["a.kr", "ftp://a.kr", "https://a.kr/?x", 'https://a.kr/"', "https:// a"]
)
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(UserError):
        settings.typed(settings.SITE_ADDRESS, address)


def test_settings_are_saved_and_taken_over(
    sample_copy: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    at = ("--office", sample_copy, "settings")
    file = tmp_path / "office.gwsettings"
    told(capfdbinary, *at, "set", settings.SMALL_CELL, 7)
    assert told(capfdbinary, *at, "export", file)["settings"] > 5
    told(capfdbinary, *at, "set", settings.SMALL_CELL, 5)
    rows = told(capfdbinary, *at, "import", file, "--dry-run")
    assert rows == [{"key": settings.SMALL_CELL, "before": 5, "after": 7}]
    assert told(capfdbinary, *at, "get", settings.SMALL_CELL)["value"] == 5
    assert told(capfdbinary, *at, "import", file) == rows
    assert told(capfdbinary, *at, "get", settings.SMALL_CELL)["value"] == 7
    assert told(capfdbinary, *at, "import", file) == []
    file.write_text("{}", "utf-8")
    code, _, err = outcome(capfdbinary, *at, "import", file)
    assert code == 1 and "office.gwsettings" in err
