"""Bind a meeting's pack from the office to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from db.store import Store
from db.vocab import Edition
from gwangju_desktop.packs import changes, twins
from gwangju_desktop.packs.issues import FileRow, IssueRow
from gwangju_desktop.packs.model import Copy, Entry, Frozen, PackData, PackFacts
from gwangju_desktop.packs.pack import Progress, number_pack, write_pack
from gwangju_desktop.packs.queries import pack_data
from gwangju_desktop.packs.saving import refuse_missing, save_copy


def bind_pack(
    store: Store,
    *,
    meeting_id: int,
    target: Path,
    edition: Edition = Edition.MEMBERS,
    language: str = "ko",
    copy: Copy | None = None,
    draft: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PackFacts:
    """Write an edition of a meeting's pack; an old file is replaced whole. The office is only read.

    The pages are the issued ones when the pack was issued in that language and nothing has changed
    since, otherwise a draft; with `draft` always one. Raises UserError for an unknown meeting or a
    folder that is not there, Cancelled, Full, ReadOnly.
    """
    refuse_missing(target.parent)
    known = None if draft else _issued(store, meeting_id, edition, language)
    if known is None:
        data, frozen = _gathered(store, meeting_id, edition, language)
        stamp = None
    else:
        issue, data = known
        kept = issue.file(edition.value)
        if kept is not None and copy is None and _copied(store, kept, target):
            return _facts(issue, kept, data)
        frozen, stamp = issue.frozen, issue.stamp
    return write_pack(
        data,
        target,
        edition=edition,
        frozen=frozen,
        stamp=stamp,
        copy=copy,
        language=language,
        progress=progress,
        cancelled=cancelled,
    )


def _issued(
    store: Store, meeting_id: int, edition: Edition, language: str
) -> tuple[IssueRow, PackData] | None:
    """Return the issue that stands and what the edition says; None when there is none or changed."""
    with store.reading() as read:
        now = changes.held(read, store.papers, meeting_id=meeting_id)
        if now is None or now.issue.language != language or now.changes.any:
            return None
        if any(part.withdrawn for part in now.paper.values()):
            return None
        return now.issue, twins.edition_data(read, store, now, edition)


def _gathered(
    store: Store, meeting_id: int, edition: Edition, language: str
) -> tuple[PackData, Frozen | None]:
    """Return what a draft says; editions other than the members' get their page numbers too."""
    with store.reading() as read:
        data = pack_data(read, store.papers, meeting_id=meeting_id, language=language)
        if edition is Edition.MEMBERS:
            return data, None
        frozen = number_pack(data, language=language).frozen
        if edition is Edition.PUBLIC:
            # Gathered from public rows alone: nothing else comes within reach of the drawing.
            data = pack_data(
                read, store.papers, meeting_id=meeting_id, language=language, edition=edition
            )
        return data, frozen


def _copied(store: Store, kept: FileRow, target: Path) -> bool:
    """Copy the file that went out; False when it is gone, so that it is drawn again."""
    try:
        source = store.papers.path(kept.sha256)
    except FileNotFoundError:
        return False
    save_copy(source, target)
    return True


def _facts(issue: IssueRow, kept: FileRow, data: PackData) -> PackFacts:
    """Return what stands on the pages of a kept file."""
    titles = {part.key: part.title for part in data.parts}
    entries = tuple(
        Entry(part.key, titles[part.key], part.level, part.first, part.count, part.trouble)
        for part in issue.parts
        if part.key in titles
    )
    digests = {part.key: part.sha256 for part in issue.parts if part.key in titles}
    return PackFacts(kept.pages, entries, kept.sha256, (), kept.labels, issue.frozen, digests)
