"""Check a built site: every byte against its list, every link, and the rules of accessibility.

Rules that a program can decide, after WCAG 2.2 (AA) and KWCAG 2.2; the number of each stands beside it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from gwangju_desktop.errors import Cancelled
from gwangju_desktop.site import listing
from gwangju_desktop.site.listing import Listing
from gwangju_desktop.site.rules import Seen, seen
from gwangju_desktop.snapshots import signing, sshsig
from gwangju_desktop.text import N_, Msg, say

Progress = Callable[[int, int, Msg], None]
CHECKING = N_("Checking the pages")
HOME_BYTES, PAGE_BYTES = 200_000, 1_000_000
LEAVING = frozenset({"http", "https", "mailto", "tel"})
UNSIGNED = N_("The list of files is not signed.")
SIGNED = N_("The list of files is signed by the key {fingerprint}.")
NOT_BY_KEY = N_("The signature of the list of files is wrong.")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a file of the site, in a sentence."""

    address: str
    message: Msg
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self.message, **self.values)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of a site; `signature` says by whom its list is signed."""

    faults: tuple[Fault, ...]
    pages: int
    files: int
    bytes: int
    signature: Fault

    @property
    def ok(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.faults

    def as_json(self) -> dict[str, Any]:
        """Return what the command line prints."""
        return {
            "ok": self.ok,
            "pages": self.pages,
            "files": self.files,
            "bytes": self.bytes,
            "signed": self.signature.message == SIGNED,
            "signature": str(self.signature),
            "problems": [f"{fault.address}: {fault}" for fault in self.faults],
        }


def check(
    folder: Path,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Found:
    """Check the site in a folder; raises FileNotFoundError where none is, and Cancelled."""
    held = listing.read(folder)
    if held is None:
        raise FileNotFoundError(str(folder / listing.NAME))
    faults = list(_bytes(folder, held))
    signature = _signature(folder, held)
    if signature.message == NOT_BY_KEY:
        faults.append(signature)
    read: dict[str, Seen] = {}
    names = [name for name in held.files if name.endswith(".html")]
    for done, name in enumerate(names):
        if cancelled and cancelled():
            raise Cancelled
        if progress:
            progress(done, len(names), CHECKING)
        if (folder / name).is_file():
            read[name] = seen((folder / name).read_bytes())
    for name, page in read.items():
        faults += (Fault(name, *fault) for fault in page.faults)
        faults += _links(name, page, read, held)
        faults += _size(name, page, held)
    return Found(
        tuple(faults),
        len(read),
        len(held.files),
        sum(one.bytes for one in held.files.values()),
        signature,
    )


def _bytes(folder: Path, held: Listing) -> Iterator[Fault]:
    for name, facts in held.files.items():
        there = listing.facts_of(folder / name)
        if there is None:
            yield Fault(name, N_("The file is missing."))
        elif there != facts:
            yield Fault(name, N_("The file was changed after the site was built."))


def _signature(folder: Path, held: Listing) -> Fault:
    armour, signers = folder / listing.SIGNATURE, folder / listing.ALLOWED_SIGNERS
    if held.key is None and not armour.exists():
        return Fault(listing.NAME, UNSIGNED)
    wrong = Fault(listing.NAME, NOT_BY_KEY)
    if not armour.is_file() or not signers.is_file():
        return wrong
    public = sshsig.read_signers(signers.read_bytes())
    if public is None or signing.key_id(public) != held.key:
        return wrong
    if not sshsig.verifies(public, armour.read_bytes(), held.to_bytes()):
        return wrong
    return Fault(listing.NAME, SIGNED, {"fingerprint": signing.fingerprint(public)})


def _links(name: str, page: Seen, read: dict[str, Seen], held: Listing) -> Iterator[Fault]:
    here = posixpath.dirname(name)
    for link, leads in page.links:
        # The page of what is not found is shown under any address, so its links name the site's.
        inside = held.address and link.startswith(f"{held.address}/")
        within = link[len(held.address) :] if inside else link
        parts = urlsplit(within)
        if parts.scheme or parts.netloc:
            if not leads and parts.scheme != "data":
                yield Fault(name, N_("The page loads {link} from elsewhere."), {"link": link})
            elif leads and (parts.scheme not in LEAVING):
                yield Fault(name, N_("{link} is no link a page may have."), {"link": link})
            continue
        own = "" if inside else here
        target = (
            posixpath.normpath(
                posixpath.join(own, unquote(parts.path).lstrip("/" if inside else ""))
            )
            if parts.path
            else name
        )
        if target not in held.files and target not in listing.UNLISTED:
            yield Fault(name, N_("{link} leads nowhere."), {"link": link})
        elif parts.fragment and target in read and unquote(parts.fragment) not in read[target].ids:
            yield Fault(name, N_("{link} leads to no place on its page."), {"link": link})


def _size(name: str, page: Seen, held: Listing) -> Iterator[Fault]:
    """Add up what a reader loads to see a page, fonts and pictures left out."""
    here = posixpath.dirname(name)
    loaded = {posixpath.normpath(posixpath.join(here, unquote(one))) for one in page.loads}
    whole = sum(held.files[one].bytes for one in {name, *loaded} if one in held.files)
    home = posixpath.basename(name) == "index.html" and name.count("/") < 2
    most = HOME_BYTES if home else PAGE_BYTES
    if whole > most:
        yield Fault(
            name,
            N_("The page loads {n} KB, more than {most}."),
            {"n": whole // 1000, "most": most // 1000},
        )
