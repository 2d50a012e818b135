"""What files say among the records a search finds: a file by the record it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.actions import ActionEvidence
from db.schema.evidence import Evidence
from db.schema.packs import PackPart
from db.schema.papers import Paper, StoredFile, file_text
from db.schema.proposals import ProposalFile
from db.schema.reviews import Publication
from gwangju_desktop import search_promises, search_sittings
from gwangju_desktop.search_found import Finder, Found
from gwangju_desktop.text import N_, say


def _proposals(read: Session, refs: Sequence[int]) -> list[Found]:
    from gwangju_desktop.search_records import SHOWN as shown

    return shown["proposal_file"](read, refs)


# Whose file it may be, in the order they are asked: table, column with the file, what shows it.
_OWNERS: tuple[tuple[Any, Any, Finder], ...] = (
    (Paper, Paper.file_id, search_sittings.SHOWN["paper"]),
    (Paper, Paper.source_id, search_sittings.SHOWN["paper"]),
    (Evidence, Evidence.file_id, search_promises.SHOWN["evidence"]),
    (ActionEvidence, ActionEvidence.file_id, search_sittings.SHOWN["action_evidence"]),
    (ProposalFile, ProposalFile.file_id, _proposals),
    (Publication, Publication.file_id, search_promises.SHOWN["publication"]),
    (PackPart, PackPart.file_id, search_sittings.SHOWN["pack_part"]),
)


def _files(read: Session, refs: Sequence[int]) -> list[Found]:
    """Return one record a file, with its first page that says it."""
    query = (
        select(file_text.c.id, file_text.c.part, StoredFile)
        .join(StoredFile, StoredFile.sha256 == file_text.c.sha256)
        .where(file_text.c.id.in_(refs))
        .order_by(file_text.c.part)
    )
    pages: dict[int, list[tuple[int, int]]] = {}
    files: dict[int, StoredFile] = {}
    for ref, part, file in read.execute(query).all():
        pages.setdefault(file.id, []).append((ref, part))
        files[file.id] = file
    owners = _owners(read, list(files))
    # In the order of the index, which is that of their coming.
    asked = {ref: n for n, ref in enumerate(refs)}
    found = []
    for id in sorted(owners, key=lambda id: asked[pages[id][0][0]]):
        owner, file, (ref, part) = owners[id], files[id], pages[id][0]
        where = [say(N_("p. {n}"), n=part)] if file.pages else []
        detail = " · ".join(filter(None, (*where, file.name, owner.detail)))
        found.append(
            replace(owner, table="file_text", id=ref, detail=detail, hit=("file_text", ref))
        )
    return found


def _owners(read: Session, files: Sequence[int]) -> dict[int, Found]:
    owners: dict[int, Found] = {}
    for entity, column, finder in _OWNERS:
        left = [id for id in files if id not in owners]
        if not left:
            break
        rows = read.execute(select(entity.id, column).where(column.in_(left))).all()
        shown = {
            (one.hit or (one.table, one.id))[1]: one for one in finder(read, [r[0] for r in rows])
        }
        for id, file_id in rows:
            # Two files of one action are led to it once.
            one = shown.get(id) or next(iter(finder(read, [id])), None)
            if one is not None:
                owners.setdefault(file_id, one)
    return owners


SHOWN: dict[str, Finder] = {"file_text": _files}
