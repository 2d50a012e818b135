"""The signed file: one way to write it, and every other way refused in one sentence."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.errors import UserError
from gwangju_desktop.reviews import review_file
from gwangju_desktop.reviews.review_file import Answer, Comment, Finding, Written
from gwangju_desktop.snapshots import container, signing
from tests.gwangju_desktop.reviews.monitored import KEYS

PLAIN = Written(
    snapshot="ab" * 32,
    sequence=3,
    office="0123456789abcdef",
    plan="KRGNJ2021",
    form="closing",
    commitment="KRGNJ0001",
    monitor="가상점검하나",
    signed_at="2022-06-30T18:00:00+09:00",
    agreed=("가상점검하나", "가상점검둘"),
    answers=(Answer("1.1", "limited", "설명\n둘째 줄", "why", "KRGNJ0001", ("cd" * 32,)),),
    comments=(Comment("의견", "", "KRGNJ0001", "1.1", 2, ""),),
    findings=(Finding("결과", "", "권고", "", ""),),
)
words = st.text(st.characters(codec="utf-8"), max_size=40)


def _container(message: bytes, key: Any = KEYS[0], **parts: bytes) -> bytes:
    members: dict[str, bytes | Path] = {
        container.PUBLIC_KEY: signing.public_pem(key.public_key().public_bytes_raw()),
        review_file.REVIEW: message,
        review_file.SIGNATURE: signing.sign(key, message),
        **parts,
    }
    file = io.BytesIO()
    container.write(file, members)
    return file.getvalue()


def _refused(path: Path, content: bytes, match: str | None = None) -> str:
    path.write_bytes(content)
    with pytest.raises(UserError, match=match) as raised:
        review_file.read(path)
    said = str(raised.value)
    assert said.startswith(path.name) and "\n" not in said
    return said


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "답변.gwreview"
    path.write_bytes(review_file.build(PLAIN, KEYS[0]))
    found = review_file.read(path)
    assert found.written == PLAIN and found.public == KEYS[0].public_key().public_bytes_raw()
    assert found.content == path.read_bytes()
    assert PLAIN.to_bytes().startswith(b'{\n "format": "gwangju-desktop/review/1"')
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["public-key.pem", "review.json", "review.sig"]


@settings(max_examples=40, deadline=None)
@given(explanation=words, english=words, milestone=st.none() | st.integers(0, 2**31 - 1))
def test_any_words_are_signed_as_they_are_or_refused(
    explanation: str, english: str, milestone: int | None
) -> None:
    written = dataclasses.replace(
        PLAIN,
        answers=(Answer("1.1", "", explanation, english, "KRGNJ0001"),),
        comments=(Comment(explanation, milestone=milestone),),
    )
    assert review_file.parse(written.to_bytes()) == written


def test_no_altered_byte_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "f.gwreview"
    whole = review_file.build(PLAIN, KEYS[0])
    chance = random.Random(1)
    places = {*range(60), *chance.sample(range(len(whole)), 240), len(whole) - 1}
    for at in places:
        altered = bytearray(whole)
        altered[at] ^= 1 << chance.randrange(8)
        _refused(path, bytes(altered))
    for content in (whole[:-1], whole + b"\0", b"x" + whole, whole[: len(whole) // 2], b""):
        _refused(path, content)


def test_another_signature_or_key_does_not_fit(tmp_path: Path) -> None:
    path = tmp_path / "f.gwreview"
    message = PLAIN.to_bytes()
    other = signing.public_pem(KEYS[1].public_key().public_bytes_raw())
    _refused(path, _container(message, **{container.PUBLIC_KEY: other}), "서명")
    _refused(path, _container(message, **{review_file.SIGNATURE: b"\0" * 64}), "서명")
    _refused(path, _container(message, **{review_file.SIGNATURE: b""}), "서명")
    _refused(path, _container(message, **{container.PUBLIC_KEY: b"no key"}), "서명")
    _refused(path, _container(message, **{"more.txt": b"x"}), "점검 답변 파일이 아닙니다")
    # What was signed as the manifest of a copy is no review, whatever it says.
    snapshot = message.replace(b"gwangju-desktop/review/1", b"gwangju-desktop/snapshot/1")
    _refused(path, _container(snapshot), "구조")
    newer = message.replace(b"gwangju-desktop/review/1", b"gwangju-desktop/review/2")
    _refused(path, _container(newer), "새로운 버전")


def _changed(**values: Any) -> bytes:
    content = json.loads(PLAIN.to_bytes())
    content |= values
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


ANSWER = {
    "commitment": "KRGNJ0001",
    "question": "1.1",
    "value": "limited",
    "explanation": "",
    "explanation_en": "",
    "evidence": [],
}


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe",
        b"{" + b'"a":' * 50_000 + b"1" + b"}" * 50_000,
        b"[" * 100_000,
        b'{"format":' + b"9" * 5_000 + b"}",
        PLAIN.to_bytes() + b" ",
        PLAIN.to_bytes().replace(b'"sequence": 3', b'"sequence": 3.0'),
        PLAIN.to_bytes().replace(b'"sequence": 3', b'"sequence": NaN'),
        PLAIN.to_bytes().replace(b'"sequence": 3', b'"sequence": true'),
        PLAIN.to_bytes().replace("의견".encode(), b"\\ud800"),
        _changed(plan="x" * 201),
        _changed(plan="a\u202eb"),
        _changed(more="a field of nobody"),
        _changed(signed_at="2022-02-30T18:00:00+09:00"),
        _changed(signed_at="0001-01-01T00:00:00+23:59"),
        _changed(signed_at="2022-06-30T18:00:00"),
        _changed(agreed=["a"] * 21),
        _changed(answers=[ANSWER, ANSWER]),
        _changed(answers=[{**ANSWER, "explanation": "x" * 20_001}]),
        _changed(answers=[{**ANSWER, "evidence": ["../../etc/passwd"]}]),
        _changed(answers=[{}] * 20_001),
        _changed(comments=[None]),
        _changed(findings={"text": "x"}),
        _changed(snapshot=None),
    ],
    ids=lambda message: f"{len(message)}-{message[:12]!r}",
)
def test_hostile_contents_under_a_right_signature_are_refused(
    tmp_path: Path, message: bytes
) -> None:
    _refused(tmp_path / "f.gwreview", _container(message), "구조")


def test_other_files_are_no_review_files(tmp_path: Path, furnished: Any) -> None:
    path = tmp_path / "f.gwreview"
    _refused(path, furnished.copy.read_bytes(), "점검 답변 파일이 아닙니다")
    _refused(path, b"%PDF-1.7 whatever", "점검 답변 파일이 아닙니다")
    squeezed = io.BytesIO()
    with zipfile.ZipFile(squeezed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("review.json", b"\0" * 50_000_000)
    _refused(path, squeezed.getvalue(), "변경")
    with path.open("wb") as sparse:
        sparse.truncate(review_file.MAX_BYTES + 1)
    with pytest.raises(UserError, match="20MB"):
        review_file.read(path)
    with path.open("wb") as sparse:
        sparse.truncate(3 * 2**30)
    with pytest.raises(UserError, match="점검 답변 파일이 아닙니다"):
        review_file.read(path)


def test_folders_links_and_pipes_are_not_opened(tmp_path: Path) -> None:
    whole = tmp_path / "whole.gwreview"
    whole.write_bytes(review_file.build(PLAIN, KEYS[0]))
    makers: list[Callable[[Path], object]] = [Path.mkdir, lambda path: path.symlink_to(whole)]
    if hasattr(os, "mkfifo"):
        makers.append(os.mkfifo)
    for n, make in enumerate(makers):
        path = tmp_path / f"{n}.gwreview"
        make(path)
        with pytest.raises(UserError, match="점검 답변 파일이 아닙니다"):
            review_file.read(path)
    with pytest.raises(FileNotFoundError):
        review_file.read(tmp_path / "gone.gwreview")


def test_a_text_that_is_too_long_is_not_signed() -> None:
    long = dataclasses.replace(PLAIN, comments=(Comment("x" * (review_file.MOST_TEXT + 1)),))
    with pytest.raises(UserError, match="20,000"):
        review_file.build(long, KEYS[0])
