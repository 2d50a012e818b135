"""Copies for other programs: their own name, read-only, safe on Windows, gone the next day."""

from __future__ import annotations

import os
import stat
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.errors import UserError
from gwangju_desktop.papers.lending import FOLDER, clear, lend, safe_name
from gwangju_desktop.paths import person_folder


@pytest.fixture
def papers(sqlite_store, tmp_path, monkeypatch):
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "person"))
    return sqlite_store.papers


def test_a_copy_has_its_name_and_cannot_be_saved_over(papers):
    digest = papers.put("가상 문서".encode())
    copy = lend(papers, sha256=digest, name="이행 점검: 결과?.hwp")
    assert copy.name == "이행 점검_ 결과_.hwp"
    assert copy.read_bytes() == "가상 문서".encode()
    assert not copy.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    assert lend(papers, sha256=digest, name="이행 점검: 결과?.hwp") == copy
    other = papers.put("다른 판".encode())
    assert lend(papers, sha256=other, name="이행 점검: 결과?.hwp") != copy


def test_programs_are_not_opened(papers):
    digest = papers.put(b"MZ")
    for name in ("자료.exe", "자료.pdf.lnk", "자료", "자료.hwp.bat"):
        with pytest.raises(UserError, match=name):
            lend(papers, sha256=digest, name=name)


def test_yesterdays_copies_are_gone(papers):
    old = lend(papers, sha256=papers.put("어제".encode()), name="어제.hwp")
    before = time.time() - 2 * 24 * 60 * 60
    os.utime(old.parent, (before, before))
    lend(papers, sha256=papers.put("오늘".encode()), name="오늘.hwp")
    left = [path.name for path in (person_folder() / FOLDER).rglob("*") if path.is_file()]
    assert left == ["오늘.hwp"]
    os.utime(person_folder() / FOLDER, (before, before))
    for folder in (person_folder() / FOLDER).iterdir():
        os.utime(folder, (before, before))
    clear()
    assert not list((person_folder() / FOLDER).iterdir())


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("CON.hwp", "_CON.hwp"),
        ("lpt1.안건.pdf", "_lpt1.안건.pdf"),
        ("../../etc/passwd.pdf", "_.._etc_passwd.pdf"),
        ("...pdf", "_.pdf"),
        ("줄\n바꿈\u202efdp.pdf", "줄바꿈fdp.pdf"),
        ("가" * 300 + ".hwp", "가" * 50 + ".hwp"),
    ],
)
def test_names_are_safe(name, safe):
    assert safe_name(name) == safe


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80))
def test_any_name_stays_in_its_folder(text):
    name = safe_name(text + ".pdf")
    assert not set(name) & set('\\/:*?"<>|\0\n')
    assert name not in ("", ".", "..") and not name.endswith((" ", "."))
    assert len(name.encode()) <= 160
