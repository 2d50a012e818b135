"""site.json: what a site was made from, its pages by title and every file with its SHA-256."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots.manifest import FileFacts
from gwangju_desktop.text import N_

FORMAT = "gwangju-desktop/site/1"
NAME = "site.json"
SIGNATURE = "site.json.sshsig"
ALLOWED_SIGNERS = "allowed_signers"
# What says how the list is signed cannot be listed in it.
UNLISTED = frozenset({NAME, SIGNATURE, ALLOWED_SIGNERS})
MAX_BYTES = 64 * 2**20
# A part of an address: no hidden file, no name of another folder, nothing Windows reads otherwise.
_PART = re.compile(r"[A-Za-z0-9가-힣_~-][A-Za-z0-9가-힣._~-]*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Origin:
    """The copy a site was made from: its number, moment and digests, and whether it is signed."""

    sequence: int
    made_at: str
    sha256: str
    manifest_sha256: str
    signed: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """The list of a site; `build` is the digest of the program's parts that shape it.

    `pages` are titles by address, `files` facts by address; `key` is the id of the key that signs
    the list, None for a list that is not signed.
    """

    office_id: str
    office_ko: str
    office_en: str
    origin: Origin
    build: str
    languages: tuple[str, ...]
    address: str
    key: str | None
    pages: Mapping[str, str]
    files: Mapping[str, FileFacts]

    def to_bytes(self) -> bytes:
        """Write canonical JSON: `format` first, then keys in order."""
        said = {
            "address": self.address,
            "build": self.build,
            "copy": {
                "made_at": self.origin.made_at,
                "manifest_sha256": self.origin.manifest_sha256,
                "sequence": self.origin.sequence,
                "sha256": self.origin.sha256,
                "signed": self.origin.signed,
            },
            "files": {
                name: {"bytes": one.bytes, "sha256": one.sha256}
                for name, one in sorted(self.files.items())
            },
            "key": self.key,
            "languages": list(self.languages),
            "office": {"en": self.office_en, "id": self.office_id, "ko": self.office_ko},
            "pages": dict(sorted(self.pages.items())),
        }
        text = json.dumps({"format": FORMAT, **said}, ensure_ascii=False, separators=(",", ":"))
        return text.encode() + b"\n"


def read(folder: Path) -> Listing | None:
    """Return the list of the site in a folder, None where there is none.

    Raises UserError for a list that cannot be understood: what it would name is not removed.
    """
    place = folder / NAME
    if not place.exists():
        return None
    try:
        with place.open("rb") as file:
            return parse(file.read(MAX_BYTES))
    except ValueError:
        raise UserError(
            N_("{file} in this folder is no list of a site that this program made."),
            hint=N_("Choose an empty folder, or the folder of an earlier site."),
            file=NAME,
        ) from None


def parse(data: bytes) -> Listing:
    """Read a list; raises ValueError for one this program does not write."""
    try:
        said = json.loads(data)
        if said["format"] != FORMAT:
            raise ValueError("another format")
        origin, office = said["copy"], said["office"]
        made = Listing(
            office_id=str(office["id"]),
            office_ko=str(office["ko"]),
            office_en=str(office["en"]),
            origin=Origin(
                int(origin["sequence"]),
                str(origin["made_at"]),
                str(origin["sha256"]),
                str(origin["manifest_sha256"]),
                bool(origin["signed"]),
            ),
            build=str(said["build"]),
            languages=tuple(map(str, said["languages"])),
            address=str(said["address"]),
            key=None if said["key"] is None else str(said["key"]),
            pages={address(name): str(title) for name, title in said["pages"].items()},
            files={address(name): _facts(one) for name, one in said["files"].items()},
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("of another shape") from error
    if made.to_bytes() != data:
        raise ValueError("not canonical")
    return made


def address(name: str) -> str:
    """Return an address of a file of a site; raises ValueError for one that leads elsewhere.

    A list in a folder may have been written by anybody, and what it names is removed.
    """
    if len(name) > 200 or not all(_PART.fullmatch(part) for part in name.split("/")):
        raise ValueError(f"no address: {name!r}")
    return name


def facts(content: bytes) -> FileFacts:
    """Return the size and SHA-256 of a file's bytes."""
    return FileFacts(len(content), hashlib.sha256(content).hexdigest())


def facts_of(path: Path) -> FileFacts | None:
    """Return the size and SHA-256 of a file, None where no plain file is."""
    if not path.is_file() or path.is_symlink():
        return None
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return FileFacts(file.tell(), digest.hexdigest())


def _facts(one: Mapping[str, Any]) -> FileFacts:
    size, sha256 = one["bytes"], one["sha256"]
    if type(size) is not int or size < 0 or not _SHA256.fullmatch(sha256):
        raise ValueError("a file's facts")
    return FileFacts(size, sha256)
