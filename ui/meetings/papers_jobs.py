"""Long work with papers: each is a job for `desk.work`."""

from __future__ import annotations

import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import papers
from gwangju_desktop.packs.papers import PaperFacts, sentence, take_in
from gwangju_desktop.papers import converting, lending, security
from ui.text import N_


@dataclass(frozen=True, slots=True)
class Locked:
    """A paper whose file waits for its password."""

    paper_id: int
    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of files: the last paper, those locked, and why others were refused."""

    last: int
    locked: tuple[Locked, ...]
    refused: tuple[str, ...]


def attach(work, *, item_id: int, paths: list[Path], awaited_id: int | None = None) -> Attached:
    """Take files into the office and attach them, one after the other.

    With `awaited_id` the first one is the paper that was announced. One that is refused costs the
    others nothing; UserError when there is none besides.
    """
    last, locked, refused = 0, [], []
    for n, path in enumerate(paths):
        work.progress(n, len(paths), path.name)
        try:
            facts = _take_in(work, path)
            last = work.run(
                papers.attach_paper, item_id=item_id, awaited_id=awaited_id, **asdict(facts)
            ).value
        except UserError as error:
            if len(paths) == 1:
                raise
            refused.append(f"{path.name}: {error}")
            continue
        awaited_id = None
        if facts.trouble == "encrypted":
            locked.append(Locked(last, facts.sha256, facts.name))
    return Attached(last, tuple(locked), tuple(refused))


def replace(work, *, paper_id: int, path: Path) -> Attached:
    """Take a file into the office and put it in a paper's place."""
    work.progress(0, 1, path.name)
    facts = _take_in(work, path)
    work.run(papers.replace_paper, id=paper_id, **asdict(facts))
    locked = Locked(paper_id, facts.sha256, facts.name)
    return Attached(paper_id, (locked,) if facts.trouble == "encrypted" else (), ())


def unlock(work, *, locked: list[Locked], password: str) -> list[Locked]:
    """Open locked papers with a password, which is kept nowhere; return those still locked.

    Raises UserError when it opens none of them.
    """
    left = []
    for n, paper in enumerate(locked):
        work.progress(n, len(locked), paper.name)
        path = work.store.papers.path(paper.sha256)
        facts = take_in(
            work.store.papers,
            path,
            name=paper.name,
            password=password,
            cancelled=work.cancelled,
        )
        if facts.trouble == "encrypted":
            left.append(paper)
            continue
        if facts.clean is None:
            raise UserError(sentence(facts.trouble, paper.name))
        work.run(
            papers.unlock_paper,
            id=paper.paper_id,
            clean=facts.clean,
            pages=facts.pages,
            facts=facts.facts,
        )
    if len(left) == len(locked):
        raise UserError(N_("The password does not open {name}."), name=left[0].name)
    return left


def convert(work, *, paper_id: int, sha256: str, name: str) -> int:
    """Let LibreOffice make the PDF of a paper's document, and take that."""
    work.progress(0, 1, name)
    with tempfile.TemporaryDirectory(prefix="gwangju-paper-") as folder:
        made = converting.converted(
            work.store.papers.path(sha256), Path(folder), name=name, cancelled=work.cancelled
        )
        _take_pdf(work, paper_id, made, Path(name).with_suffix(".pdf").name)
    return paper_id


def take_pdfs(work, *, found: list[tuple[int, Path]]) -> None:
    """Take the PDFs that have come into the watched folder."""
    for n, (paper_id, path) in enumerate(found):
        work.progress(n, len(found), path.name)
        _take_pdf(work, paper_id, path, path.name)


def lend(work, *, sha256: str, name: str) -> Path:
    """Write a read-only copy of a stored file for its own program."""
    return lending.lend(work.store.papers, sha256=sha256, name=name)


def _take_in(work, path: Path) -> PaperFacts:
    with work.reading() as read:
        heads = security.heads(read)
    return take_in(work.store.papers, path, heads=heads, cancelled=work.cancelled)


def _take_pdf(work, paper_id: int, path: Path, name: str) -> None:
    with work.reading() as read:
        heads = security.heads(read)
    facts = take_in(work.store.papers, path, name=name, heads=heads, cancelled=work.cancelled)
    if facts.clean is None:
        raise UserError(sentence(facts.trouble, name))
    work.run(papers.take_pdf, id=paper_id, **asdict(facts))
