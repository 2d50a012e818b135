"""README.txt of a snapshot: what it is and how to check it without this program."""

from __future__ import annotations

_TEXT = """\
점검용 사본 (스냅샷)
====================
생성 기관: {ko}
서명키 지문: {fingerprint}

이 파일은 위원회 점검에 쓰도록 만든 읽기 전용 사본입니다. 개인정보와 비공개 자료는 공개 기준에 따라
가렸으며, 가린 항목과 근거는 snapshot.sqlite의 withheld 표에 있습니다.

  manifest.json     사본의 번호, 생성 일시, 각 파일의 크기와 해시값, 표별 건수
  manifest.sig      manifest.json의 서명 (Ed25519, 64바이트)
  public-key.pem    서명을 확인하는 공개키
  snapshot.sqlite   내용 (SQLite). 각 표와 열의 설명은 codebook 표에 있습니다.

프로그램 없이 확인하는 방법
  1. openssl pkeyutl -verify -rawin -pubin -inkey public-key.pem \\
       -sigfile manifest.sig -in manifest.json
  2. sha256sum snapshot.sqlite README.txt public-key.pem
     결과를 manifest.json의 files와 비교합니다.
  3. 위 서명키 지문을 회의록에 적힌 지문과 비교합니다. 지문은 공개키 32바이트의 SHA-256입니다.

Snapshot for review
===================
Made by: {en}
Fingerprint of the signing key: {fingerprint}

A read-only copy for the monitoring body. Personal data and papers for members only are left out;
the table "withheld" in snapshot.sqlite lists what, why and how much. The table "codebook" explains
every table and column. Check it by hand with the three steps above: the signature over the exact
bytes of manifest.json, the SHA-256 of the other files, and the fingerprint against the minutes.
"""


def text(ko: str, en: str, fingerprint: str) -> str:
    """Return the text for an office and its key."""
    return _TEXT.format(ko=ko, en=en, fingerprint=fingerprint)
