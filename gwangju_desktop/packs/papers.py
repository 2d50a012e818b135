"""Papers on their way in: examined in a child, then kept as they came and as a clean copy.

For whoever attaches papers:

    take_in(store.papers, path, name=None, password="", cancelled=None) -> PaperFacts

puts the original and the clean copy into the file store and returns what a `stored_file` row
holds, column by column: `sha256`, `name`, `bytes`, `clean`, `pages`, `trouble`, `facts`. It writes
no row and may take seconds, so call it outside a use case and hand the facts to one. A paper that
cannot be bound comes back with `trouble` set (say `sentence(facts.trouble, facts.name)`); it may be
attached all the same, the pack then says so on a sheet of its own. A document (.hwp, .docx …) has
the trouble `waits` until its PDF comes; a file under document security is refused.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gwangju_desktop import child
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.papers import wrapped
from gwangju_desktop.papers.kinds import HEAD_BYTES, Kind, kind_of
from gwangju_desktop.text import N_, Msg, say

if TYPE_CHECKING:
    from db.papers import Papers

LARGEST = 50 * 1024 * 1024
SECONDS = 20.0
_MEMORY_MB = 700
_OUTPUT_MB = 64

_AGAIN = N_("Save it as PDF again and attach that.")
_PRINT = N_("Print it to a new PDF and attach that.")
# Code of a trouble -> why, in words that may stand on paper, and what the secretariat can do.
TROUBLES: dict[str, tuple[Msg, Msg]] = {
    "empty": (N_("The file is empty."), _AGAIN),
    "not_pdf": (
        N_("The file is no PDF, document or picture."),
        N_("Save it as PDF and attach that."),
    ),
    "waits": (
        N_("The document has not come as PDF yet."),
        N_("Save it as PDF and drop that on its row."),
    ),
    "security": (
        N_("The file cannot be read."),
        N_("If document security is on it, lift that and attach it again."),
    ),
    "encrypted": (
        N_("The file is locked with a password."),
        N_("Enter the password, or attach a copy without it."),
    ),
    "broken": (N_("The file is damaged and cannot be read."), _AGAIN),
    "pages": (N_("The file has more than 500 pages."), N_("Split it and attach the parts.")),
    "size": (N_("A page of the file is larger than 5 metres or has no size."), _AGAIN),
    "large": (N_("The file is larger than 50 MB."), N_("Save it with smaller pictures.")),
    "time": (N_("Reading the file takes too long."), _PRINT),
    "memory": (N_("Reading the file takes too much memory."), _PRINT),
    "missing": (N_("The file is no longer in the office's file store."), N_("Attach it anew.")),
}
WARNINGS: dict[str, Msg] = {
    "active": N_("Scripts, fields or attached files were left out; only the pages are kept."),
    "layers": N_("Hidden layers were left out."),
    "fonts": N_("Some fonts are not embedded, so letters may look different elsewhere."),
    "notes": N_("Notes or stamps may look different from the original."),
}
# What is said of a file that no child looks into.
_UNREAD = {Kind.LOCKED: "security", Kind.DOCUMENT: "waits", Kind.OTHER: "not_pdf"}


@dataclass(frozen=True, slots=True)
class Facts:
    """An examined paper: its clean copy, its pages, and codes of WARNINGS.

    `changed` are the pages, from 1, whose notes or stamps do not look as they did.
    """

    clean: Path
    pages: int
    warnings: tuple[str, ...]
    changed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a paper cannot be bound: a code of TROUBLES."""

    code: str


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What the row of a stored file holds; `facts` is JSON with the codes of the warnings."""

    sha256: str
    name: str
    bytes: int
    clean: str | None
    pages: int
    trouble: str | None
    facts: dict[str, Any]


def reason(code: str | None) -> Msg:
    """Return why a paper cannot be bound, in words that may stand on paper."""
    return TROUBLES.get(code or "", TROUBLES["broken"])[0]


def sentence(code: str | None, name: str = "") -> str:
    """Say in the current language why a paper cannot be bound and what to do, naming the file."""
    what, todo = TROUBLES.get(code or "", TROUBLES["broken"])
    said = f"{say(what)} {say(todo)}"
    return f"{name}: {said}" if name else said


def examine(
    path: Path,
    folder: Path,
    *,
    name: str = "",
    password: str = "",
    heads: Sequence[str] = wrapped.HEADS,
    seconds: float = SECONDS,
    cancelled: Callable[[], bool] | None = None,
) -> Facts | Trouble:
    """Make the clean copy of a paper in `folder`, in a child; whatever the file is, this answers.

    `name` is what it was called where `path` is not; `heads` are the beginnings of files under document security (papers.security). Raises OSError when the file cannot be opened, Cancelled when `cancelled()` turns true.
    """
    size = path.stat().st_size
    if not size:
        return Trouble("empty")
    if size > LARGEST:
        return Trouble("large")
    with path.open("rb") as file:
        kind = kind_of(name or path.name, file.read(HEAD_BYTES), heads)
    if kind not in (Kind.PDF, Kind.PICTURE):
        return Trouble(_UNREAD[kind])
    asked = {
        "source": str(path),
        "folder": str(folder),
        "picture": kind == Kind.PICTURE,
        "password": password,
    }
    try:
        told = child.run(
            "paper.intake",
            asked,
            seconds=seconds,
            memory_mb=_MEMORY_MB,
            output_mb=_OUTPUT_MB,
            cancelled=cancelled,
        )
    except child.ChildFailed as failure:
        if failure.why == "cancelled":
            raise Cancelled from failure
        return Trouble(failure.why)
    if "why" in told:
        return Trouble(told["why"])
    return Facts(
        Path(told["clean"]), told["pages"], tuple(told["warnings"]), tuple(told["changed"])
    )


def take_in(
    papers: Papers,
    path: Path,
    *,
    name: str | None = None,
    password: str = "",
    heads: Sequence[str] = wrapped.HEADS,
    cancelled: Callable[[], bool] | None = None,
) -> PaperFacts:
    """Examine a paper and keep it, as it came and clean, in the office's file store.

    The password opens the file here and is kept nowhere. Raises UserError when the file cannot be
    opened or is under document security, Cancelled when `cancelled()` turns true.
    """
    called = name or path.name
    try:
        if path.exists() and not path.is_file():
            raise OSError(f"{path.name} is no regular file")
        with tempfile.TemporaryDirectory(prefix="gwangju-paper-") as folder:
            found = examine(
                path,
                Path(folder),
                name=called,
                password=password,
                heads=heads,
                cancelled=cancelled,
            )
            if isinstance(found, Trouble) and found.code == "security":
                what, todo = TROUBLES["security"]
                raise UserError(what, hint=todo)
            clean = papers.put(found.clean) if isinstance(found, Facts) else None
        digest = papers.put(path)
        facts = path.stat()
    except OSError as error:
        raise UserError(
            N_("{name} cannot be opened."),
            hint=N_("Close it in other programs and check that you may read it."),
            name=path.name,
        ) from error
    return PaperFacts(
        sha256=digest,
        name=called,
        bytes=facts.st_size,
        clean=clean,
        pages=found.pages if isinstance(found, Facts) else 0,
        trouble=None if isinstance(found, Facts) else found.code,
        facts=_kept(found, facts.st_mtime),
    )


def _kept(found: Facts | Trouble, modified: float) -> dict[str, Any]:
    """Return what is kept as JSON; of a document the second it was saved, older than its PDF."""
    if isinstance(found, Facts):
        kept: dict[str, Any] = {"warnings": list(found.warnings)}
        return kept | {"changed": list(found.changed)} if found.changed else kept
    return {"modified": int(modified)} if found.code == "waits" else {}
