"""A child that waits for its question: the same answers, sooner, and nothing left behind."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from gwangju_desktop import child
from gwangju_desktop.documents.blocks import para
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.press import press
from gwangju_desktop.packs import preview
from tests.gwangju_desktop.documents.some_documents import About


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    made = press(Composed("글", "글", About(), "ko", ((para("글"),),)))
    path = tmp_path / "글.pdf"
    path.write_bytes(made.data)
    return path


def drawn(paper: Path, spare: child.Spare | None) -> bytes:
    folder = paper.parent / str(time.monotonic_ns())
    folder.mkdir()
    (one,) = preview.pictures(paper, [0], width=120, folder=folder, spare=spare).pictures
    return one.path.read_bytes()


def test_a_child_that_waited_answers_as_any_other(paper: Path) -> None:
    spare = preview.waiting()
    spare.ready()
    spare.ready()
    first = spare._waiting
    assert drawn(paper, spare) == drawn(paper, None)
    assert first.returncode == 0 and spare._waiting is None
    spare.ready()
    assert spare._waiting is not first
    assert drawn(paper, spare) == drawn(paper, None)
    spare.close()


def test_one_that_died_while_waiting_is_replaced(paper: Path) -> None:
    spare = preview.waiting()
    spare.ready()
    spare._waiting.kill()
    spare._waiting.wait()
    assert drawn(paper, spare) == drawn(paper, None)
    spare.close()


def test_a_closed_one_leaves_nothing_and_still_answers(paper: Path) -> None:
    spare = preview.waiting()
    spare.ready()
    process = spare._waiting
    spare.close()
    assert process.returncode is not None
    spare.ready()
    assert spare._waiting is None
    assert drawn(paper, spare) == drawn(paper, None)
    spare.close()


def test_a_broken_file_is_told_of_by_a_waiting_child_too(tmp_path: Path) -> None:
    wrong = tmp_path / "글.pdf"
    wrong.write_bytes(b"%PDF-1.7 nothing")
    spare = preview.waiting()
    spare.ready()
    with pytest.raises(child.ChildFailed) as failed:
        preview.pictures(wrong, [0], width=120, folder=tmp_path, spare=spare)
    assert failed.value.why == "broken"
    spare.close()
