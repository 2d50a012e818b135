"""The page of public copies: this site's own, every one before it, and how anybody checks them."""

from __future__ import annotations

from collections.abc import Iterator

from gwangju_desktop.site import listing
from gwangju_desktop.site.copy import Copy
from gwangju_desktop.site.page import SNAPSHOTS, Asset, Page, Section
from gwangju_desktop.snapshots import signing, sshsig
from gwangju_desktop.text import C_, Words

TITLE = C_("site", "Public copies")
# What the OpenSSH of Windows, macOS and Linux checks the site's own list with.
LIST_LINE = (
    f"ssh-keygen -Y verify -f {listing.ALLOWED_SIGNERS} -I {sshsig.PRINCIPAL}"
    f" -n {sshsig.NAMESPACE} -s {listing.SIGNATURE} < {listing.NAME}"
)
_ABOUT = C_(
    "site",
    "The signed copy this site is made from, fingerprints of every copy, and how to check them.",
)


def address(copy: Copy) -> str:
    """Return where the copy lies on the site, "" for one that is not signed: it is not given out."""
    return f"{SNAPSHOTS}/public-{copy.manifest.sequence}.gwsnap" if copy.signed else ""


def pages(copy: Copy, say: Words) -> Iterator[Page]:
    """Give the page of a language."""
    said = copy.manifest
    withheld = [
        (one.ko if say.language == "ko" else one.en, one.count) for one in said.withheld.values()
    ]
    facts = {
        "manifest": said,
        "manifest_sha256": copy.manifest_sha256,
        "file": address(copy),
        "bytes": copy.path.stat().st_size if copy.signed else 0,
        "fingerprint": signing.grouped(said.key) if copy.signed else "",
        "earlier": sorted(copy.of("snapshot"), key=lambda row: -int(row["sequence"])),
        "withheld": withheld,
        "tables": sum(1 for rows in said.rows.values() if rows),
        "rows": sum(said.rows.values()),
        "list_line": LIST_LINE,
    }
    yield Page(
        "snapshots/index.html",
        "snapshots/index.html",
        "snapshots",
        say(TITLE),
        facts,
        say(_ABOUT),
        kind=say(TITLE),
    )


def assets(copy: Copy, _languages: tuple[str, ...]) -> Iterator[Asset]:
    """Give the copy itself, when the office signed it."""
    if copy.signed:
        yield Asset(address(copy), copy.path.read_bytes)


SECTION = Section("snapshots", TITLE, pages, assets)
