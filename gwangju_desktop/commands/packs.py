"""`pack`: a draft of a meeting's pack, its issue, an edition of that, or a supplement."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from db.vocab import Edition, IssueKind
from gwangju_desktop import text
from gwangju_desktop.commands import output
from gwangju_desktop.commands.output import UsageError
from gwangju_desktop.commands.records import record_id
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_, say

if TYPE_CHECKING:
    from db.store import Store
    from gwangju_desktop.packs.issues import FileRow, IssueRow
    from gwangju_desktop.packs.model import PackFacts

# What a supplement says of itself; the window lets one type a better reason.
_LATE = N_("These came after the pack was issued.")


def pack(asked: argparse.Namespace) -> int:
    """Write what the command line asks for and print its facts."""
    from gwangju_desktop.packs.saving import refuse_missing

    refuse_missing(asked.output.parent)
    if asked.supplement is not None:
        return _supplement(asked)
    if asked.issue:
        return _issue(asked)
    from gwangju_desktop.packs.usecases import bind_pack

    with output.office(asked) as store:
        facts = bind_pack(
            store,
            meeting_id=record_id(asked.meeting),
            target=asked.output,
            edition=Edition(asked.edition or Edition.MEMBERS),
            language=text.language(),
            draft=True,
            progress=output.progress_line,
        )
    _tell(asked, facts, None)
    return 0


def _issue(asked: argparse.Namespace) -> int:
    """Issue the pack unless it stands as it was issued; write the edition that was asked for."""
    from gwangju_desktop.packs.issuing import issue_pack
    from gwangju_desktop.packs.twins import edition_file

    meeting = record_id(asked.meeting)
    edition = Edition(asked.edition or Edition.MEMBERS)
    with output.office(asked, write=True) as store:
        issue = _standing(store, meeting)
        if issue is None:
            issued = issue_pack(
                store,
                meeting_id=meeting,
                language=text.language(),
                progress=output.progress_line,
            )
            issue = _row(store, issued.id)
        file = edition_file(
            store, issue_id=issue.id, edition=edition, progress=output.progress_line
        )
        return _written(asked, store, issue, file)


def _standing(store: Store, meeting: int) -> IssueRow | None:
    """Return the issue of a pack that is as it was; raise UserError when it has changed since."""
    from gwangju_desktop.packs.changes import changes_since
    from gwangju_desktop.packs.issues import current

    with store.reading() as read:
        issue = current(read, meeting_id=meeting)
        if issue is None:
            return None
        changes = changes_since(read, store.papers, meeting_id=meeting)
    if changes is not None and changes.any:
        raise UserError(
            N_("The pack was issued on {at:when} and has changed since."),
            hint=N_("What came since goes into a supplement, what changed into a revision."),
            at=issue.issued_at,
        )
    return issue


def _row(store: Store, id: int) -> IssueRow:
    from gwangju_desktop.packs.issues import issue

    with store.reading() as read:
        return issue(read, id=id)


def _supplement(asked: argparse.Namespace) -> int:
    """Write a supplement that went out, or issue it when it is the next one."""
    from gwangju_desktop.packs.issuing import supplement_pack

    if asked.edition not in (None, Edition.MEMBERS) or asked.issue or asked.draft:
        raise UsageError(say(N_("--supplement stands alone: it is for members and is issued.")))
    meeting = record_id(asked.meeting)
    with output.office(asked) as store:
        row = _wanted(store, meeting, asked.supplement)
        if row is not None:
            return _written(asked, store, row, row.files[0])
    with output.office(asked, write=True) as store:
        issued = supplement_pack(
            store, meeting_id=meeting, reason=say(_LATE), progress=output.progress_line
        )
        return _written(asked, store, _row(store, issued.id), issued.file)


def _wanted(store: Store, meeting: int, number: int) -> IssueRow | None:
    """Return a supplement that went out, None for the next; raise UserError for any other."""
    from gwangju_desktop.meetings.queries import meeting as known
    from gwangju_desktop.packs.issues import next_number, of_meeting

    with store.reading() as read:
        known(read, id=meeting)
        rows = of_meeting(read, meeting_id=meeting)
        free = next_number(read, meeting_id=meeting, kind=IssueKind.SUPPLEMENT)
    for row in rows:
        if row.kind == IssueKind.SUPPLEMENT and row.number == number:
            return row
    if number != free:
        raise UserError(
            N_("There is no supplement {n}; the next one is {next}."), n=number, next=free
        )
    return None


def _written(asked: argparse.Namespace, store: Store, row: IssueRow, file: FileRow) -> int:
    from gwangju_desktop.packs.saving import save_kept

    save_kept(store.papers, file, asked.output)
    _tell(asked, _facts(row, file), row)
    return 0


def _facts(row: IssueRow, file: FileRow) -> PackFacts:
    """Return what stands on the pages of what went out; titles that are not public are empty."""
    from gwangju_desktop.packs.model import Entry, PackFacts

    entries = tuple(
        Entry(part.key, part.title, part.level, part.first, part.count, part.trouble)
        for part in row.parts
    )
    digests = {part.key: part.sha256 for part in row.parts}
    return PackFacts(file.pages, entries, file.sha256, (), file.labels, row.frozen, digests)


def _tell(asked: argparse.Namespace, facts: PackFacts, issue: IssueRow | None) -> None:
    """Print what was written, as one document or for a person."""
    if asked.json:
        warnings = [str(warning) for warning in facts.warnings]
        told = {**output.plain(facts), "warnings": warnings, "issue": _issue_told(issue)}
        output.document(told)
        return
    output.line(say(N_("{file}: {n} pages."), file=asked.output, n=facts.pages))
    if issue is not None:
        said = N_("Issued on {at:when}, hash {hash}.")
        output.line("  " + say(said, at=issue.issued_at, hash=issue.short_hash))
    for warning in facts.warnings:
        output.line(f"  {warning}")


def _issue_told(issue: IssueRow | None) -> dict[str, Any] | None:
    if issue is None:
        return None
    names = (
        "id",
        "kind",
        "number",
        "issued_at",
        "first_page",
        "last_page",
        "total",
        "reason",
        "parts_hash",
        "short_hash",
    )
    return {name: getattr(issue, name) for name in names}
