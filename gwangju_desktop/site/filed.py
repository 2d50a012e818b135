"""Files of the copy on the site: named by their SHA-256, so that an address never changes its file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from gwangju_desktop.papers.kinds import suffix
from gwangju_desktop.site.copy import Copy
from gwangju_desktop.site.page import FILES, Asset
from gwangju_desktop.snapshots import trouble
from gwangju_desktop.snapshots.filed import FOLDER, read


@dataclass(frozen=True, slots=True)
class Held:
    """A file of the copy: its member there, its digest and size."""

    member: str
    sha256: str
    bytes: int

    @property
    def address(self) -> str:
        """Return where it stands, from the site's root."""
        return f"{FILES}/{self.sha256}{suffix(self.member)}"

    @property
    def form(self) -> str:
        """Return its kind as its name ends: PDF, CSV."""
        return suffix(self.member).removeprefix(".").upper()

    def asset(self, copy: Copy) -> Asset:
        """Return it as a file of the site."""
        return Asset(self.address, lambda: content(copy, self.member))


def of(copy: Copy, file_id: object) -> Held | None:
    """Return the file behind a code of `stored_file`, None where it is not in the copy."""
    sha256 = copy.one("stored_file", file_id).get("sha256")
    if not sha256:
        return None
    begins = f"{FOLDER}{sha256}."
    for name, facts in copy.manifest.files.items():
        if name.startswith(begins) and facts.sha256 == sha256:
            return Held(name, facts.sha256, facts.bytes)
    return None


def content(copy: Copy, member: str) -> bytes:
    """Read a file of the copy; raises UserError where its bytes are not those of the signed list."""
    facts = copy.manifest.files[member]
    pieces: list[bytes] = []
    there = read(copy.path, member, pieces.append)
    content = b"".join(pieces)
    found = len(content), hashlib.sha256(content).hexdigest()
    if not there or found != (facts.bytes, facts.sha256):
        raise trouble.part_differs(copy.path.name, member)
    return content
