"""What is ordered of the printer: a pack as often as wanted, or a numbered copy for every seat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from db.vocab import Edition
from gwangju_desktop.packs.copies import copies, note_printing, number_copies
from gwangju_desktop.packs.issues import IssueRow
from gwangju_desktop.packs.pack import write_cover
from gwangju_desktop.packs.queries import pack_data
from ui.packs.history import PDF
from ui.packs.labels import RANGE
from ui.packs.pictures import Workshop
from ui.packs.printing import Order, Set, print_out

FILE = QPrinter.OutputFormat.PdfFormat
ONE_SIDE = (QPrinter.DuplexMode.DuplexNone,)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is printed: a meeting's pack for whom, and which issue it is, None for a draft.

    `noted` says that the office keeps what was printed: one that is only read cannot.
    """

    meeting_id: int
    edition: Edition
    labels: tuple[str, ...]
    issue: IssueRow | None
    noted: bool


def print_pack(
    work, *, workshop: Workshop, file: Path, printer: QPrinter, order: Order, subject: Subject
) -> Path | None:
    """Print a lent pack and note that; a job for `desk.work`.

    Returns the path of a printed file, None where paper was printed. Raises Cancelled, UserError.
    """
    numbered = order.spare is not None and subject.issue is not None
    rows = _numbered(work, order, subject) if numbered else []
    sets = _Covers(work, file, order, subject, rows) if numbered else None
    target = print_out(work, workshop=workshop, file=file, printer=printer, order=order, sets=sets)
    if subject.noted:
        pages = {subject.labels[order.first - 1]: 0, subject.labels[order.last - 1]: 0}
        work.run(
            note_printing,
            meeting_id=subject.meeting_id,
            pages=RANGE.join(pages),
            copies=len(rows) or order.copies,
            duplex=printer.duplex() not in ONE_SIDE,
            printer=PDF if printer.outputFormat() == FILE else printer.printerName(),
            issue_id=subject.issue.id if subject.issue else None,
            edition=subject.edition.value,
        )
    return target


def _numbered(work, order: Order, subject: Subject) -> list:
    """Give every seat its number and return the copies."""
    work.run(number_copies, issue_id=subject.issue.id, spare=order.spare)
    with work.reading() as read:
        return copies(read, issue_id=subject.issue.id)


class _Covers:
    """Write a cover for each copy; the pages behind it are all alike."""

    def __init__(self, work, file: Path, order: Order, subject: Subject, rows: list) -> None:
        self._work, self._file = work, file
        self._order, self._subject, self._rows = order, subject, rows

    def __call__(self, folder: Path) -> Sequence[Set]:
        issue, edition = self._subject.issue, self._subject.edition
        with self._work.reading() as read:
            data = pack_data(
                read,
                self._work.store.papers,
                meeting_id=issue.meeting_id,
                language=issue.language,
                edition=edition,
            )
        made: list[Set] = []
        for row in self._rows:
            cover = folder / f"cover-{row.number}.pdf"
            sides = write_cover(
                data,
                cover,
                frozen=issue.frozen,
                edition=edition,
                stamp=issue.stamp,
                copy=row.copy,
                language=issue.language,
            )
            made.append(self._set(cover, sides))
        return made

    def _set(self, cover: Path, sides: int) -> Set:
        """Return what makes up one copy of the pages that were ordered."""
        first, last = self._order.first - 1, self._order.last
        return [
            (cover, range(min(first, sides), min(last, sides))),
            (self._file, range(max(first, sides), max(last, sides))),
        ]
