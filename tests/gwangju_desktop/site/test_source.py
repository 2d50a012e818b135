"""A site made of the office itself: recorded when it is published, signed when a passphrase is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.schema.snapshots import PollRelease
from db.store import Store
from gwangju_desktop import clock, offices, paths, settings
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.site import check, listing, source
from gwangju_desktop.site.build import Choice
from gwangju_desktop.snapshots import queries
from gwangju_desktop.snapshots.queries import SnapshotRow
from tests.gwangju_desktop.site.conftest import PASSPHRASE


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME, str(tmp_path / "사람"))


@pytest.fixture
def office(sample_copy: Path) -> Iterator[Store]:
    """The sample office, which made no copy and has no key."""
    with offices.opened(sample_copy) as store:
        yield store
    clock.fix(None)


def copies(office: Store) -> list[SnapshotRow]:
    """Return every copy that left the office."""
    with office.reading() as read:
        return queries.snapshots(read)


def test_an_unsigned_site_is_recorded_and_says_what_it_is(office: Store, tmp_path: Path) -> None:
    folder = tmp_path / "누리집"
    done = source.build_site(folder, door=office)
    assert done.appear["ko/index.html"] and len(done.appear) > 6
    (made,) = copies(office)
    assert (made.profile, made.fingerprint, made.sequence) == ("public", "", 1)
    held = listing.read(folder)
    assert held and not held.origin.signed and held.key is None
    assert held.origin.sha256 == made.sha256
    with office.reading() as read:
        released = read.execute(select(PollRelease.wave_id, PollRelease.profile)).all()
    assert {row.profile for row in released} == {"public"} and len(released) == 2
    assert not list(folder.glob("snapshots/*"))
    page = (folder / "en" / "snapshots" / "index.html").read_text(encoding="utf-8")
    assert "is not signed" in page and "Fingerprint of the key" not in page
    found = check.check(folder)
    assert found.ok and found.signature.message == check.UNSIGNED
    # Nothing was done since: neither a new number nor a new byte.
    again = source.build_site(folder, door=office)
    assert again.nothing and len(copies(office)) == 1
    clock.fix(clock.today() + dt.timedelta(days=1))
    assert not source.build_site(folder, door=office).nothing and len(copies(office)) == 2


def test_a_passphrase_signs_copy_and_list(office: Store, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    source.build_site(folder, door=office, passphrase=PASSPHRASE)
    (made,) = copies(office)
    held = listing.read(folder)
    assert held and held.origin.signed and held.key
    given = folder / "snapshots" / "public-1.gwsnap"
    assert listing.facts_of(given) == held.files["snapshots/public-1.gwsnap"]
    assert made.sha256 == held.origin.sha256
    found = check.check(folder)
    assert found.ok and found.signature.values["fingerprint"] == made.fingerprint
    assert made.fingerprint in (folder / "ko" / "snapshots" / "index.html").read_text("utf-8")
    # The given copy gives the same site again, and another list is no longer the signed one.
    assert source.build_site(folder, door=office, file=given, passphrase=PASSPHRASE).nothing
    (folder / listing.SIGNATURE).write_bytes(
        (folder / listing.SIGNATURE).read_bytes().replace(b"A", b"B", 1)
    )
    assert [fault.message for fault in check.check(folder).faults] == [check.NOT_BY_KEY]


def test_what_is_only_looked_at_is_not_recorded(office: Store, tmp_path: Path) -> None:
    with source.of_office(office) as made, source.prepared(made, Choice()) as prepared:
        assert prepared.first.is_file() and copies(office) == []
        with pytest.raises(Cancelled):
            source.publish(made, prepared, tmp_path / "a", cancelled=lambda: True)
        (tmp_path / "b").mkdir()
        (tmp_path / "b" / "index.html").write_bytes(b"mine")
        with pytest.raises(UserError):
            source.publish(made, prepared, tmp_path / "b")
        assert copies(office) == []
        source.publish(made, prepared, tmp_path / "c")
        assert len(copies(office)) == 1
    with source.of_office(office) as first, source.of_office(office) as second:
        first.record()
        with pytest.raises(UserError, match="2"):
            second.record()


def test_the_address_of_the_office_stands_in_sitemap_and_feed(
    office: Store, public_copy: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    office.run(
        settings.change_setting, key=settings.SITE_ADDRESS, value="https://example.go.kr/탄소/"
    )
    with pytest.raises(UserError, match="example"):
        source.address_of(office)
    office.run(settings.change_setting, key=settings.SITE_ADDRESS, value="https://example.go.kr/a/")
    where = source.address_of(office)
    assert where == "https://example.go.kr/a"
    source.build_site(folder, file=public_copy, web=where)
    sitemap = (folder / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://example.go.kr/a/ko/index.html</loc>" in sitemap
    assert "Sitemap: https://example.go.kr/a/sitemap.xml" in (folder / "robots.txt").read_text()
    assert 'href="https://example.go.kr/a/assets/site.css"' in (folder / "404.html").read_text(
        "utf-8"
    )
    assert check.check(folder).ok


@pytest.mark.parametrize(
    "text", ["example.kr", "ftp://x", 'https://x/"', "https://x/?q=1", "https://x/#a", "https://"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        source.address(text)


def test_no_site_is_signed_for_another_office(
    office: Store, public_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="키"):
        source.build_site(tmp_path / "a", door=office, file=public_copy, passphrase=PASSPHRASE)
    source.build_site(tmp_path / "own", door=office, passphrase=PASSPHRASE)
    said: dict[str, Any] = {"key": settings.OFFICE_ID, "value": "another"}
    office.run(settings.change_setting, **said)
    with pytest.raises(UserError, match=r"public\.gwsnap"):
        source.build_site(tmp_path / "b", door=office, file=public_copy, passphrase=PASSPHRASE)
    assert not (tmp_path / "b").exists()


def test_a_copy_for_monitors_gives_no_site(office: Store, tmp_path: Path) -> None:
    from gwangju_desktop.snapshots.build import make_snapshot

    file = tmp_path / "monitor.gwsnap"
    make_snapshot(office, target=file, passphrase=PASSPHRASE)
    with pytest.raises(UserError, match=r"monitor\.gwsnap"):
        source.build_site(tmp_path / "site", file=file)
    assert not (tmp_path / "site").exists()
