"""Handover of the post: what is open, how safe the office is, where a passphrase is kept, who signs."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import clock, settings
from gwangju_desktop.backups import form
from gwangju_desktop.backups.making import make_backup
from gwangju_desktop.catalogue import entries
from gwangju_desktop.documents import writers
from gwangju_desktop.errors import UserError
from gwangju_desktop.handover import giving
from gwangju_desktop.snapshots import queries as snapshots
from gwangju_desktop.snapshots import signing, usecases

WORDS = "가상의 암호문 하나"
NAMES = {"by": "김예시", "to": "<b>홍예시</b>", "witness": "정예시"}
KEPT = "사무국 금고 2번 봉투(예시)"


def printed(store: Store, folder: Path, language: str, **options: str) -> str:
    with store.reading() as read:
        made = entries.compose(read, "post", id=None, language=language, **options)
    path = folder / f"{language}.pdf"
    path.write_bytes(writers.write(made, "pdf"))
    for suffix in ("hwpx", "html"):
        assert len(writers.write(made, suffix)) > 1_000
    told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return told.stdout.decode()


@pytest.fixture
def whole(sample_copy: Path) -> Iterator[Store]:
    """A sample office with a key, another setting and a backup."""
    with Store.open(sample_copy, who="김예시") as store:
        store.run(settings.change_setting, key=settings.SMALL_CELL, value=7)
        key = signing.new_key(WORDS)
        store.run(
            usecases.keep_key,
            fingerprint=signing.fingerprint(key.public),
            public_key=key.public.hex(),
            sealed=key.sealed,
            made_at=clock.now(),
        )
        make_backup(store, form.beside(sample_copy))
        yield store


def test_it_is_read_back_in_both_languages(whole: Store, tmp_path: Path) -> None:
    text = printed(whole, tmp_path, "ko", kept=KEPT, remarks="회신을 기다리는 중(예시)", **NAMES)
    flat = " ".join(text.split())
    for said in (
        *(
            "업무 인계·인수서",
            "김예시",
            "<b>홍예시</b>",
            "정예시",
            KEPT,
            "회신을 기다리는 중(예시)",
        ),
        *("제3회 정기회의", "에너지 데이터 공개 항목 협의", "2022-004", "KRGNJ0002"),
        *("인계자", "인수자", "입회자", "(서명 또는 인)", "업무파일을 넘긴 적이 없습니다"),
        *("복원 훈련을 한 적이 없습니다", "이상 없음 확인"),
    ):
        assert said in flat, said
    assert "이보다 적은 인원수" in flat and "해당 없음" in flat
    with whole.reading() as read:
        key = snapshots.key(read)
    assert key is not None and key.fingerprint.split(" ")[0] in flat
    # Never the secret itself, nor what the program keeps for itself.
    assert WORDS not in flat and "office.id" not in flat
    english = " ".join(printed(whole, tmp_path, "en", **NAMES).split())
    for said in ("Handover of the post", "Witness", "Open actions", "No restore was tried yet."):
        assert said in english, said


def test_it_says_who_has_the_office_file(whole: Store, tmp_path: Path) -> None:
    giving.give(whole, tmp_path, to="홍예시")
    assert "홍예시 님에게 업무파일을 넘겼습니다" in " ".join(printed(whole, tmp_path, "ko").split())


def test_an_empty_office_has_one_too(store: Store, tmp_path: Path) -> None:
    text = " ".join(printed(store, tmp_path, "ko").split())
    assert text.count("해당 없음") >= 6 and "서명 키가 없습니다" in text
    assert ("서버 관리자가 백업합니다" in text) == store.shared
    with store.reading() as read, pytest.raises(UserError, match="사무국 전체"):
        entries.compose(read, "post", id=1)
