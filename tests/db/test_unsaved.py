"""The file of drafts: private, purged at thirty days, without whoever was erased."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import stat
from pathlib import Path

import pytest

from db import unsaved
from db.unsaved import Drafts, Unsaved

NOW = dt.datetime(2022, 3, 17, 5, 3, tzinfo=dt.UTC)


def draft(record: str = "7", **values: object) -> Unsaved:
    fields = {"title": ("옛 제목", "새 제목"), "open": (False, True), "kind": (None, "'report")}
    whole = Unsaved(
        "예시", "item", record, NOW, NOW, "42", "안건 수정", ("meetings", 3, ""), fields
    )
    return dataclasses.replace(whole, **values)


def test_a_draft_comes_back_as_it_was_put(tmp_path: Path) -> None:
    path = tmp_path / "사람 폴더" / unsaved.NAME
    path.parent.mkdir()
    with Drafts(path) as drafts:
        drafts.put(draft())
        drafts.put(draft(fields={"title": ("옛 제목", "더 새 제목")}, aside=True))
        drafts.put(draft("8", saved_at=NOW + dt.timedelta(minutes=1)))
        drafts.put(draft(office="다른 사무국"))
    with Drafts(path) as drafts:
        newest, other = drafts.of("예시")
        assert newest == draft("8", saved_at=NOW + dt.timedelta(minutes=1))
        assert (other.fields, other.aside) == ({"title": ("옛 제목", "더 새 제목")}, True)
        drafts.drop(newest.key)
        drafts.drop(newest.key)
        assert drafts.of("예시") == [other]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists of its own")
def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    with Drafts(tmp_path / unsaved.NAME) as drafts:
        drafts.put(draft())
    assert stat.S_IMODE((tmp_path / unsaved.NAME).stat().st_mode) == 0o600


def test_what_is_older_than_thirty_days_goes(tmp_path: Path) -> None:
    with Drafts(tmp_path / unsaved.NAME) as drafts:
        drafts.put(draft("old", saved_at=NOW - dt.timedelta(days=unsaved.DAYS, seconds=1)))
        drafts.put(draft("young", saved_at=NOW - dt.timedelta(days=unsaved.DAYS)))
        assert drafts.purge(NOW) == 1
        assert [one.record for one in drafts.of("예시")] == ["young"]


def test_whoever_was_erased_is_in_no_draft_and_not_in_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / unsaved.NAME
    assert unsaved.forget(path, lambda text: True) == 0
    assert not path.exists()
    with Drafts(path) as drafts:
        drafts.put(draft("named", fields={"note": ("", "가상인물에게 전화")}))
        drafts.put(draft("other"))
    assert unsaved.forget(path, lambda text: "가상인물" in text) == 1
    with Drafts(path) as drafts:
        assert [one.record for one in drafts.of("예시")] == ["other"]
    assert "가상인물".encode() not in path.read_bytes()
