"""What a snapshot says of itself: canonical JSON, signed byte for byte."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FAMILY = "gwangju-desktop/snapshot/"
FORMAT = FAMILY + "2"
EARLIER = frozenset({FAMILY + "1"})
# A line for each of 4,096 members, and the tables'.
MAX_BYTES = 1024 * 1024
MAX_GROUND = 1000

_HASH = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00")


class NewerFormat(Exception):
    """The manifest names a format of a later program."""


class EarlierFormat(Exception):
    """The manifest names a format that programs no longer write or read."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A member's size and SHA-256."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """What one ground holds back: its wording, and how many values (None where nobody counted)."""

    ko: str
    en: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The signed facts; `previous` is SHA-256 of the manifest before, None for the first.

    `audit_id` and `audit_hash` are the journal's head when the copy was made: an anchor outside the
    office, from which a journal that was cut or rebuilt is found out. `withheld` is by the code of
    the ground in the disclosure policy.
    """

    office_id: str
    office_ko: str
    office_en: str
    sequence: int
    made_at: str
    profile: str
    policy: int
    key: str
    previous: str | None
    audit_id: int
    audit_hash: str
    program: str
    schema: str
    rows: Mapping[str, int]
    files: Mapping[str, FileFacts]
    withheld: Mapping[str, Withheld]

    def to_bytes(self) -> bytes:
        """Write canonical JSON: `format` first as the signature's domain, then keys in order."""
        content = {
            "audit": {"hash": self.audit_hash, "id": self.audit_id},
            "files": {n: {"bytes": f.bytes, "sha256": f.sha256} for n, f in self.files.items()},
            "key": self.key,
            "made_at": self.made_at,
            "office": {"en": self.office_en, "id": self.office_id, "ko": self.office_ko},
            "policy": {"profile": self.profile, "version": self.policy},
            "previous": self.previous,
            "program": self.program,
            "rows": dict(self.rows),
            "schema": self.schema,
            "sequence": self.sequence,
            "withheld": {
                code: {"count": one.count, "en": one.en, "ko": one.ko}
                for code, one in self.withheld.items()
            },
        }
        body = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return f'{{"format":"{FORMAT}",{body[1:]}'.encode()


def parse(data: bytes) -> Manifest:
    """Read a manifest; raises ValueError unless it is exactly what `to_bytes` writes.

    Raises NewerFormat for a later program's, EarlierFormat for one that is no longer read.
    """
    if len(data) > MAX_BYTES:
        raise ValueError("too large")
    try:
        content = json.loads(data.decode("utf-8"))
    except RecursionError:
        raise ValueError("too deep") from None
    if not isinstance(content, dict):
        raise ValueError("not an object")
    named = content.get("format")
    if isinstance(named, str) and named in EARLIER:
        raise EarlierFormat(named)
    if isinstance(named, str) and named.startswith(FAMILY) and named != FORMAT:
        raise NewerFormat(named)
    try:
        manifest = _read(content)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("a field is missing or of another type") from error
    if named != FORMAT or manifest.to_bytes() != data:
        raise ValueError("not canonical")
    return manifest


def _read(content: dict[str, Any]) -> Manifest:
    return Manifest(
        office_id=_text(content["office"]["id"]),
        office_ko=_text(content["office"]["ko"]),
        office_en=_text(content["office"]["en"]),
        sequence=_count(content["sequence"]),
        made_at=_moment(content["made_at"]),
        profile=_text(content["policy"]["profile"]),
        policy=_count(content["policy"]["version"]),
        key=_match(_HASH, content["key"]),
        previous=None if content["previous"] is None else _match(_HASH, content["previous"]),
        audit_id=_count(content["audit"]["id"]),
        audit_hash=_match(_HASH, content["audit"]["hash"]),
        program=_text(content["program"]),
        schema=_match(_HASH, content["schema"]),
        rows={_text(name): _count(n) for name, n in content["rows"].items()},
        files={
            _text(name): FileFacts(_count(f["bytes"]), _match(_HASH, f["sha256"]))
            for name, f in content["files"].items()
        },
        withheld={
            _text(code): Withheld(
                _text(one["ko"], MAX_GROUND),
                _text(one["en"], MAX_GROUND),
                None if one["count"] is None else _count(one["count"]),
            )
            for code, one in content["withheld"].items()
        },
    )


def _text(value: Any, most: int = 200) -> str:
    if not isinstance(value, str) or len(value) > most or not value.isprintable():
        raise ValueError("a text")
    return value


def _moment(value: Any) -> str:
    text = _match(_MOMENT, value)
    dt.datetime.fromisoformat(text)  # the 99th of a month is refused too
    return text


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise ValueError("a count")
    return value


def _match(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError("a hash or moment")
    return value
