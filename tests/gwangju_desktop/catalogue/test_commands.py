"""`document` and `list documents` as a program calls them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gwangju_desktop.catalogue.entries import ENTRIES
from tests.gwangju_desktop.test_cli import outcome, told


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "home"))


def test_the_list_needs_no_office(capfdbinary: Any) -> None:
    rows = told(capfdbinary, "list", "documents")
    assert [row["name"] for row in rows] == list(ENTRIES)
    assert all(row["label"] and row["about"] and "pdf" in row["formats"] for row in rows)
    code, out, _ = outcome(capfdbinary, "--lang", "en", "list", "documents")
    assert code == 0 and "Report of the meeting" in out and "pdf hwpx html" in out
    assert outcome(capfdbinary, "list", "documents", "--body", "1")[0] == 2


@pytest.mark.parametrize(
    ("name", "id", "suffix", "begins"),
    [
        ("notice", 3, ".pdf", b"%PDF"),
        ("report", 2, ".HWPX", b"PK"),
        ("half-year", "office", ".xlsx", b"PK"),
        ("register", 1, ".html", b"<!doctype html>"),
        ("energy-monthly", "2021-03", ".pdf", b"%PDF"),
        ("energy-statement", "office", ".hwpx", b"PK"),
    ],
)
def test_the_suffix_picks_the_writer(
    sample_office: Path,
    tmp_path: Path,
    capfdbinary: Any,
    name: str,
    id: object,
    suffix: str,
    begins: bytes,
) -> None:
    target = tmp_path / f"한글 이름{suffix}"
    made = told(capfdbinary, "--office", sample_office, "document", name, id, "-o", target)
    assert target.read_bytes().startswith(begins)
    assert made["bytes"] == target.stat().st_size and made["file"] == str(target) and made["title"]


def test_a_request_names_who_it_is_sent_to(
    sample_office: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    target = tmp_path / "요청.html"
    asked = ("document", "request", 1, "-o", target, "--recipient", "가상 <b>단체</b>")
    told(capfdbinary, "--office", sample_office, *asked)
    assert "가상 &lt;b&gt;단체&lt;/b&gt;" in target.read_text("utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("letter", 2, "x.xlsx"),
        ("notice", 3, "x.docx"),
        ("notice", 3, "이름만"),
        ("nosuch", 3, "x.pdf"),
        ("notice", 999, "x.pdf"),
        ("notice", "셋", "x.pdf"),
        ("notice", "office", "x.pdf"),
        ("report", 3, "x.pdf"),
        ("notice", 3, "없는 폴더/x.pdf"),
        ("notice", 3, "x.pdf", "--period", "2022"),
        ("half-year", "office", "x.pdf", "--period", "어제"),
        ("roster", 1, "x.pdf", "--recipient", "가상 단체"),
        ("energy-monthly", "2021-13", "x.pdf"),
        ("energy-monthly", "1957-01", "x.pdf"),
        ("energy-statement", "어제", "x.pdf"),
        ("energy-statement", "1957", "x.pdf"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_no_file(
    sample_office: Path, tmp_path: Path, capfdbinary: Any, arguments: tuple[Any, ...]
) -> None:
    name, id, file, *options = arguments
    where = ("--office", sample_office, "document", name, id, "-o", tmp_path / file)
    code, out, err = outcome(capfdbinary, *where, *options)
    assert code == 1 and not out and err.startswith("error: ") and err.count("\n") == 1
    assert not list(tmp_path.glob("*x.*")) and not list(tmp_path.glob("이름만"))


def test_wrong_usage_is_told_apart(capfdbinary: Any, tmp_path: Path) -> None:
    assert outcome(capfdbinary, "document", "notice", 3)[0] == 2
    assert outcome(capfdbinary, "document", "notice", 3, "-o", tmp_path / "x.pdf")[0] == 2
