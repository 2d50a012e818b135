"""The PDF saved beside a document is found once, when it is whole and newer than the document."""

from __future__ import annotations

import os
import time
import unicodedata
from pathlib import Path

from gwangju_desktop.papers.watching import Waiting, Watch, stem_of, whole
from tests.gwangju_desktop.packs.made import make_paper

NOW = int(time.time())
PAPER = Waiting(7, "이행 점검 결과.hwp", NOW - 3600)


def looks(watch: Watch, waiting=(PAPER,), times: int = 2) -> list[tuple[int, Path]]:
    found: list[tuple[int, Path]] = []
    for _ in range(times):
        found += watch.look(waiting)
    return found


def test_the_pdf_of_the_same_stem_is_given_once(tmp_path):
    path = make_paper(tmp_path / "이행 점검 결과.pdf")
    make_paper(tmp_path / "다른 자료.pdf")
    watch = Watch(tmp_path)
    assert watch.look([PAPER]) == []
    assert watch.look([PAPER]) == [(7, path)]
    assert looks(watch) == []
    # Written anew it is another one.
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 5))
    assert looks(watch) == [(7, path)]


def test_stems_are_compared_without_case_and_spelling_of_hangul(tmp_path):
    spelled = unicodedata.normalize("NFD", "이행 점검 결과 V2.PDF")
    path = make_paper(tmp_path / spelled)
    assert looks(Watch(tmp_path), [Waiting(1, "이행 점검 결과 v2.hwpx", 0)]) == [(1, path)]
    assert stem_of("가.나.hwp") == "가.나"


def test_one_still_being_written_waits(tmp_path):
    path = make_paper(tmp_path / "이행 점검 결과.pdf")
    data = path.read_bytes()
    watch = Watch(tmp_path)
    for share in (0.3, 0.6, 0.9):
        path.write_bytes(data[: int(len(data) * share)])
        assert watch.look([PAPER]) == []
    # At rest but without an end: a writer that was stopped.
    assert looks(watch) == []
    path.write_bytes(data)
    assert watch.look([PAPER]) == []
    assert watch.look([PAPER]) == [(7, path)]
    assert not whole(tmp_path)


def test_one_older_than_the_document_is_of_another_year(tmp_path):
    path = make_paper(tmp_path / "이행 점검 결과.pdf")
    os.utime(path, (NOW - 7200, NOW - 7200))
    assert looks(Watch(tmp_path)) == []
    os.utime(path, (NOW - 3601, NOW - 3601))
    assert looks(Watch(tmp_path)) == [(7, path)]


def test_a_folder_that_is_gone_is_an_empty_one(tmp_path):
    watch = Watch(tmp_path / "뽑은 USB")
    assert looks(watch) == []
    watch.folder.mkdir()
    path = make_paper(watch.folder / "이행 점검 결과.pdf")
    (watch.folder / "이행 점검 결과.pdf.lnk").write_bytes(b"x")
    (watch.folder / "하위.pdf").mkdir()
    assert looks(watch) == [(7, path)]
