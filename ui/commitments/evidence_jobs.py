"""Work on evidence files that may take seconds: each runs on a thread of its own and can be stopped."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from db.files import atomic_write
from gwangju_desktop.errors import UserError
from gwangju_desktop.evidence import evidence, intake, integrity, preview, queries
from ui.text import N_

PART = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding files: ids of evidence, names mended, sentences of refusals."""

    ids: tuple[int, ...]
    mended: tuple[str, ...]
    refused: tuple[str, ...]


def add(work, *, paths: list[Path], plan_id: int, claim: dict, **fields) -> Added:
    """Take files in as evidence; the only one that is refused raises UserError.

    A file that stands on the shelf already and was broken is mended by that.
    """
    ids, mended, refused = [], [], []
    broken = _broken(work, plan_id)
    for path in paths:
        try:
            facts = _take(work, path)
            if facts.sha256 in broken:
                integrity.check(work, files=[broken[facts.sha256]])
                mended.append(facts.name)
                continue
            made = work.run(
                evidence.add_evidence, plan_id=plan_id, **asdict(facts), **fields, **claim
            )
            ids.append(made.value)
        except UserError as error:
            if len(paths) == 1:
                raise
            refused.append(f"{path.name}: {error}")
    return Added(tuple(ids), tuple(mended), tuple(refused))


def replace(work, *, id: int, path: Path) -> int:
    """Let a file take the place of a piece of evidence; the very file it was mends it."""
    facts = _take(work, path)
    with work.reading() as read:
        before = queries.evidence(read, id=id)
    if facts.sha256 == before.sha256:
        integrity.check(work, files=[before.file_id])
        return id
    return work.run(evidence.replace_file, id=id, **asdict(facts)).value


def check(work, *, occasion: str, plan_id: int | None = None) -> integrity.Checked:
    """Read the evidence files again."""
    return integrity.check(
        work,
        plan_id,
        occasion,
        progress=_megabytes(work),
        cancelled=work.cancelled,
        write=work.store.why_read_only is None,
    )


def look(work, *, sha256: str, name: str, size: int, folder: Path) -> preview.Look:
    """Find out what is to be seen of a file."""
    return preview.look(
        work.papers, sha256=sha256, name=name, size=size, folder=folder, cancelled=work.cancelled
    )


def save(work, *, copies: list[tuple[str, Path]]) -> list[Path]:
    """Write copies of stored files, each (SHA-256, where to); a broken one raises Damaged."""
    for n, (sha256, target) in enumerate(copies):
        work.progress(n, len(copies), target.name)
        with work.papers.path(sha256).open("rb") as source, atomic_write(target) as file:
            shutil.copyfileobj(source, file, PART)
    return [target for _sha256, target in copies]


def _take(work, path: Path) -> intake.FileFacts:
    return intake.take_in(work.papers, path, progress=_megabytes(work), cancelled=work.cancelled)


def _megabytes(work):
    """Return what tells a work's bar in megabytes: a bar counts to two thousand million only."""

    def told(done: int, whole: int, name: str) -> None:
        work.progress(done // PART, max(1, whole // PART), name)

    return told


def _broken(work, plan_id: int) -> dict[str, int]:
    """Return the stored files of a plan's broken evidence by their SHA-256."""
    with work.reading() as read:
        rows = queries.shelf(read, plan_id=plan_id)
    return {row.sha256: row.file_id for row in rows if row.broken}


CHECKING = N_("Reading the evidence files again")
ADDING = N_("Adding evidence")
REPLACING = N_("Replacing the file")
SAVING = N_("Saving copies")
LOOKING = N_("Reading the file")
