"""A site is written whole, again only where it differs, and never over what is not its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.site import build, copy, listing
from gwangju_desktop.site.build import Choice, Prepared


@pytest.fixture
def prepared(site_folder: Path) -> Prepared:
    """The sample's site as it is before it is published."""
    held = listing.read(site_folder)
    assert held is not None
    return Prepared(site_folder, held)


def stamps(folder: Path) -> dict[str, int]:
    """Return when each file was last written."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_same_copy_gives_the_same_bytes(
    public_copy: Path, prepared: Prepared, tmp_path: Path
) -> None:
    with copy.opened(public_copy) as opened:
        again = build.prepare(opened, tmp_path / "again")
    assert again.listing.to_bytes() == prepared.listing.to_bytes()


def test_a_second_publishing_touches_nothing(prepared: Prepared, tmp_path: Path) -> None:
    folder = tmp_path / "광주 누리집"
    first = build.publish(prepared, folder)
    assert set(first.written) == set(prepared.listing.files)
    assert set(first.appear) == set(prepared.listing.pages) and not first.change
    before = stamps(folder)
    second = build.publish(prepared, folder)
    assert second.nothing and stamps(folder) == before


def test_a_page_that_changed_is_told_and_written_alone(prepared: Prepared, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    build.publish(prepared, folder)
    (folder / "ko" / "index.html").write_text("다른 글", encoding="utf-8")
    (folder / "ko" / "about" / "index.html").unlink()
    before = stamps(folder)
    found = build.publish(prepared, folder)
    assert set(found.written) == set(found.change) == {"ko/index.html", "ko/about/index.html"}
    after = stamps(folder)
    assert {name for name in after if after[name] != before.get(name)} == set(found.written)


def test_what_an_earlier_site_had_is_removed_and_foreign_files_stay(
    prepared: Prepared, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    build.publish(prepared, folder)
    held = prepared.listing
    gone = "ko/old/page.html"
    (folder / "ko" / "old").mkdir()
    (folder / gone).write_bytes(b"old")
    (folder / "ko" / "cgi.txt").write_bytes(b"of somebody else")
    older = listing.parse(held.to_bytes())
    files = {**older.files, gone: listing.facts(b"old")}
    older = replaced(older, files=files, pages={**older.pages, gone: "옛 문서"})
    (folder / listing.NAME).write_bytes(older.to_bytes())
    found = build.publish(prepared, folder)
    assert found.disappear == {gone: "옛 문서"} and found.removed == (gone,)
    assert not (folder / "ko" / "old").exists()
    assert (folder / "ko" / "cgi.txt").read_bytes() == b"of somebody else"


def replaced(held: listing.Listing, **values: object) -> listing.Listing:
    """Return a list with some values of its own."""
    import dataclasses

    return dataclasses.replace(held, **values)  # type: ignore[arg-type]


def test_nothing_is_written_over_a_file_of_somebody_else(
    prepared: Prepared, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("my page", encoding="utf-8")
    with pytest.raises(UserError, match=r"index\.html"):
        build.publish(prepared, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


@pytest.mark.parametrize(
    "name",
    ["../index.html", "/etc/passwd", "ko/../../x", "C:/x", "ko\\x", ".ssh/id", "", "ko//x", "x\n"],
)
def test_a_list_that_leads_out_of_the_folder_is_refused(
    prepared: Prepared, tmp_path: Path, name: str
) -> None:
    said = json.loads(prepared.listing.to_bytes())
    said["files"] = {name: {"bytes": 1, "sha256": "0" * 64}}
    said["pages"] = {}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"
    (tmp_path / listing.NAME).write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"site\.json"):
        build.publish(prepared, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [listing.NAME]


def test_stopped_before_the_first_file_nothing_is_there(
    prepared: Prepared, public_copy: Path, tmp_path: Path
) -> None:
    with pytest.raises(Cancelled):
        build.publish(prepared, tmp_path / "site", cancelled=lambda: True)
    assert list((tmp_path / "site").iterdir()) == []
    with copy.opened(public_copy) as opened, pytest.raises(Cancelled):
        build.prepare(opened, tmp_path / "staging", cancelled=lambda: True)


def test_a_site_is_current_until_a_byte_of_it_differs(prepared: Prepared, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(prepared.folder, folder)
    sha256 = prepared.listing.origin.sha256
    assert build.is_current(folder, sha256, Choice())
    assert not build.is_current(folder, "0" * 64, Choice())
    assert not build.is_current(folder, sha256, Choice(("ko",)))
    assert not build.is_current(folder, sha256, Choice(address="https://example.kr"))
    (folder / "feed.ko.atom").write_bytes(b"<feed/>")
    assert not build.is_current(folder, sha256, Choice())
