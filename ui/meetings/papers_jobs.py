"""Long work with papers: each is a job for `desk.work`."""

from __future__ import annotations

import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import paper_lines, papers
from gwangju_desktop.packs.papers import sentence
from gwangju_desktop.papers import converting, kinds
from gwangju_desktop.papers.watching import stem_of
from ui.receiving import receive
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

    With `awaited_id` the first one is the paper that was announced. A PDF named like a document of
    the item that waits for one is its PDF, also where both come together. One that is refused costs
    the others nothing; UserError when there is none besides.
    """
    last, locked, refused = 0, [], []
    for n, path in enumerate(_documents_first(paths)):
        work.progress(n, len(paths), path.name)
        try:
            waiting = None if awaited_id else _waiting(work, item_id, path.name)
            if waiting is not None:
                _take_pdf(work, waiting, path, path.name)
                last = waiting
                continue
            facts = receive(work, path)
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
    facts = receive(work, path)
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
        facts = receive(work, path, name=paper.name, password=password)
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


def _documents_first(paths: list[Path]) -> list[Path]:
    """Put PDFs made of documents among the files behind those; others keep their places."""
    stems = {stem_of(path.name) for path in paths if kinds.suffix(path.name) in kinds.DOCUMENTS}

    def made_of_one(path: Path) -> bool:
        return kinds.suffix(path.name) == ".pdf" and stem_of(path.name) in stems

    return sorted(paths, key=made_of_one)


def _waiting(work, item_id: int, name: str) -> int | None:
    """Return the paper of an item that waits for a PDF of this name."""
    if kinds.suffix(name) != ".pdf":
        return None
    with work.reading() as read:
        ids = list(paper_lines.line_ids(read, item_id=item_id))
        lines = paper_lines.lines(read, ids=ids)
    fitting = (line.id for line in lines if line.waits and stem_of(line.file_name) == stem_of(name))
    return next(fitting, None)


def _take_pdf(work, paper_id: int, path: Path, name: str) -> None:
    facts = receive(work, path, name=name)
    if facts.clean is None:
        raise UserError(sentence(facts.trouble, name))
    work.run(papers.take_pdf, id=paper_id, **asdict(facts))
