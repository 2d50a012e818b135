"""Keys that followed one another: the old one signs for the new, and every copy carries the proof.

What is signed is canonical JSON whose first key names its kind, so that no signature over it can
be taken for one over a manifest, nor the other way round.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gwangju_desktop import clock
from gwangju_desktop.snapshots import signing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

STATEMENT = "gwangju-desktop/key-succession/1"
CHAIN = "gwangju-desktop/key-chain/1"
MAX_BYTES = 256 * 1024

_PUBLIC = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00")
_OFFICE_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Link:
    """One succession: the raw public keys in hex, when, and the old key's signature in hex."""

    old: str
    new: str
    made_at: str
    signature: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The keys of an office that followed one another, the oldest first."""

    office: str
    links: tuple[Link, ...]

    def since(self, key_id: str) -> str | None:
        """Return when the key of that id was followed by another, None when it is not before one."""
        for link in self.links:
            if _id(link.old) == key_id:
                return link.made_at
        return None

    def to_bytes(self) -> bytes:
        """Write canonical JSON; b"" for no link."""
        if not self.links:
            return b""
        links = [
            {"made_at": one.made_at, "new": one.new, "old": one.old, "signature": one.signature}
            for one in self.links
        ]
        return _canonical(CHAIN, {"links": links, "office": self.office})


def statement(*, office: str, old: bytes, new: bytes, made_at: dt.datetime) -> bytes:
    """Return what the old key signs: whose keys, which follows which, since when (to the second)."""
    return _statement(office, old.hex(), new.hex(), moment(made_at))


def moment(at: dt.datetime) -> str:
    """Write a moment as the statement has it, on the office's clock."""
    return clock.local(at).replace(microsecond=0).isoformat()


def chain_bytes(read: Session) -> bytes:
    """Return `key-chain.json` for the office's key: its signed predecessors, b"" when it has none."""
    # A chain is checked without an office, hence without its libraries.
    from sqlalchemy import select

    from db.schema.snapshots import SigningKey
    from gwangju_desktop import settings

    held = {row.id: row for row in read.scalars(select(SigningKey).order_by(SigningKey.id))}
    if not held:
        return b""
    links: list[Link] = []
    key = held[max(held)]
    while key.succeeds_id is not None and key.succession:
        old = held[key.succeeds_id]
        links.append(Link(old.public_key, key.public_key, moment(key.made_at), key.succession))
        key = old
    office = str(settings.value(read, settings.OFFICE_ID) or "")
    return Chain(office, tuple(reversed(links))).to_bytes()


def check_chain(data: bytes, key_id: str, office_id: str) -> Chain:
    """Return a chain that leads to the key of this office; raises ValueError for any other bytes.

    Every link begins where the one before ended, no key comes twice, and each old key signed.
    """
    if len(data) > MAX_BYTES:
        raise ValueError("too large")
    try:
        content = json.loads(data.decode("utf-8"))
        chain = Chain(_text(content["office"]), tuple(_link(one) for one in content["links"]))
    except (RecursionError, KeyError, TypeError, AttributeError) as error:
        raise ValueError("no chain of keys") from error
    if not chain.links or chain.to_bytes() != data:
        raise ValueError("not canonical")
    if chain.office != office_id:
        raise ValueError("another office's chain")
    keys = [chain.links[0].old, *(one.new for one in chain.links)]
    follows = all(one.old == before for one, before in zip(chain.links, keys, strict=False))
    if not follows or len(set(keys)) != len(keys) or _id(keys[-1]) != key_id:
        raise ValueError("the links do not lead to this key")
    for one in chain.links:
        message = _statement(chain.office, one.old, one.new, one.made_at)
        if not signing.verifies(bytes.fromhex(one.old), bytes.fromhex(one.signature), message):
            raise ValueError("a signature is wrong")
    return chain


def _link(one: Any) -> Link:
    return Link(
        _match(_PUBLIC, one["old"]),
        _match(_PUBLIC, one["new"]),
        _match(_MOMENT, one["made_at"]),
        _match(_SIGNATURE, one["signature"]),
    )


def _statement(office: str, old: str, new: str, made_at: str) -> bytes:
    facts = {"made_at": made_at, "new": new, "office": office, "old": old}
    return _canonical(STATEMENT, facts)


def _canonical(kind: str, content: dict[str, Any]) -> bytes:
    body = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f'{{"format":"{kind}",{body[1:]}'.encode()


def _id(public: str) -> str:
    return signing.key_id(bytes.fromhex(public))


def _match(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError("a key, moment or signature")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.isprintable() or len(value) > _OFFICE_LONGEST:
        raise ValueError("a text")
    return value
