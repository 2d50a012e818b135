"""Settings go from office to office as a file; the manual says what the screen says."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import settings, settings_manual, settings_profile
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import LANGUAGES
from tests.conftest import ROOT

PAGES = {"ko": ROOT / "docs" / "SETTINGS.ko.md", "en": ROOT / "docs" / "SETTINGS.md"}
DAY = dt.date(2026, 7, 1)


def changed(store: Store) -> None:
    store.run(
        settings.change_settings,
        values={settings.SMALL_CELL: 10, settings.SITE_ADDRESS: "https://www.example.kr"},
    )
    store.run(
        settings.change_from,
        values={settings.CITY_KO: "가상특별시"},
        valid_from=DAY,
        source="예시 법률",
    )


def test_a_saved_file_makes_another_office_alike(store: Store, tmp_path: Path) -> None:
    store.run(settings.set_up)
    changed(store)
    file = tmp_path / "설정.gwsettings"
    with store.reading() as read:
        settings_profile.save(read, file)
        secret = settings.value(read, settings.ID_SECRET)
    assert secret not in file.read_text("utf-8")
    other = Store.create(tmp_path / "other.gwoffice")
    profile = settings_profile.load(file)
    with other.reading() as read:
        found = {one.key: one.there for one in settings_profile.changes(read, profile)}
    assert found == {
        settings.SMALL_CELL: 10,
        settings.SITE_ADDRESS: "https://www.example.kr",
        settings.CITY_KO: "가상특별시 (2026-07-01 ~)",
    }
    before = other.head()
    assert other.run(settings_profile.take, profile=profile).value == 3
    assert other.head() == before + 1
    with other.reading() as read:
        assert settings_profile.changes(read, profile) == []
        assert settings.value_on(read, settings.CITY_KO, DAY) == "가상특별시"
        assert settings.value_on(read, settings.CITY_KO, DAY - dt.timedelta(days=1)) == "광주광역시"
    other.undo()
    with other.reading() as read:
        assert settings.value(read, settings.SMALL_CELL) == 5
    other.close()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"format": "other"}',
        json.dumps({"format": settings_profile.FORMAT, "settings": []}).encode(),
        json.dumps(
            {"format": settings_profile.FORMAT, "settings": {}, "dated": [{"key": "office.id"}]}
        ).encode(),
        json.dumps(
            {"format": settings_profile.FORMAT, "settings": {settings.SITE_ADDRESS: "file:///x"}}
        ).encode(),
    ],
)
def test_what_is_no_file_of_settings_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.gwsettings"
    path.write_bytes(content)
    with pytest.raises(UserError):
        settings_profile.load(path)


def test_ids_and_secrets_in_a_file_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.gwsettings"
    told = {settings.OFFICE_ID: "x", settings.ID_SECRET: "y", settings.TODAY: "2000-01-01"}
    path.write_text(json.dumps({"format": settings_profile.FORMAT, "settings": told}), "utf-8")
    assert settings_profile.load(path) == {"settings": {}, "dated": []}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_manual_is_that_of_the_declarations(language: str) -> None:
    assert PAGES[language].read_text("utf-8") == settings_manual.page(language)


def test_every_setting_that_may_be_typed_says_what_it_does() -> None:
    for key, one in settings.DECLARED.items():
        assert bool(one.about) == bool(one.kind), key
        assert not one.kind or one.kind in settings_manual.KINDS


if __name__ == "__main__":
    for spoken, place in PAGES.items():
        place.write_text(settings_manual.page(spoken), "utf-8")
