"""Documents are converted by the LibreOffice of the PC, in a child, or the person is told."""

from __future__ import annotations

import os
import stat
import sys
import time
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from gwangju_desktop import child
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.papers import converting
from gwangju_desktop.papers.converting import converted, converts, program

OFFICE = program()


def book(path: Path) -> Path:
    made = openpyxl.Workbook()
    made.active["A1"] = "가상 예산 내역"
    made.save(path)
    return path


def pretend(folder: Path, script: str) -> None:
    """Put a program called soffice on the path."""
    place = folder / "bin"
    place.mkdir()
    path = place / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    os.environ["PATH"] = f"{place}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture
def own_path(monkeypatch):
    monkeypatch.setenv("PATH", os.environ["PATH"])


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this PC")
def test_a_spreadsheet_becomes_a_pdf(tmp_path):
    made = converted(book(tmp_path / "예산 (가상).xlsx"), tmp_path, name="예산 (가상).xlsx")
    document = pypdfium2.PdfDocument(made)
    try:
        words = document[0].get_textpage().get_text_range().replace("\r\n", "")
    finally:
        document.close()
    assert "예산" in words


def test_hangul_is_never_converted():
    assert not converts("자료.hwp") and not converts("자료.hwpx")
    assert converts("자료.DOCX") and converts("자료.xlsx")


def test_without_libreoffice_the_person_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(converting, "_PLACES", ())
    with pytest.raises(UserError, match="LibreOffice"):
        converted(book(tmp_path / "a.xlsx"), tmp_path, name="a.xlsx")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script plays LibreOffice")
def test_one_that_makes_nothing_is_told(tmp_path, own_path):
    pretend(tmp_path, "exit 77")
    with pytest.raises(UserError, match=r"예산\.xlsx"):
        converted(book(tmp_path / "예산.xlsx"), tmp_path, name="예산.xlsx")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script plays LibreOffice")
def test_one_that_hangs_dies_with_its_children(tmp_path, own_path):
    pretend(tmp_path, f"sleep 60 & echo $! > '{tmp_path}/pid'; wait")
    started, pid = time.monotonic(), tmp_path / "pid"

    def stop() -> bool:
        # The shell makes the file first and writes the number then.
        written = pid.exists() and pid.read_text().endswith("\n")
        return written or time.monotonic() > started + 60

    with pytest.raises(Cancelled):
        converted(book(tmp_path / "a.xlsx"), tmp_path, name="a.xlsx", cancelled=stop)
    sleeper = int(pid.read_text())
    end = time.monotonic() + 60
    while alive(sleeper):
        assert time.monotonic() < end, "it still runs"
        time.sleep(0.02)


def alive(process: int) -> bool:
    """Say whether a process runs; a dead one nobody has asked about does not."""
    state = Path(f"/proc/{process}/stat")
    return state.exists() and state.read_text().split(")")[1].split()[0] != "Z"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script plays LibreOffice")
def test_it_has_a_profile_of_its_own_where_no_macro_runs(tmp_path, own_path):
    pretend(tmp_path, f"echo \"$@\" > '{tmp_path}/asked'; exit 1")
    asked = {
        "program": str(tmp_path / "bin" / "soffice"),
        "source": str(book(tmp_path / "예산.xlsx")),
        "suffix": ".xlsx",
        "folder": str(tmp_path),
    }
    assert child.run("paper.convert", asked, seconds=20) == {"why": "broken"}
    words = (tmp_path / "asked").read_text()
    assert f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}" in words
    assert "--headless" in words
    settings = (tmp_path / "profile" / "user" / "registrymodifications.xcu").read_text()
    assert 'oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value>' in settings
