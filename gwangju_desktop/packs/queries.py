"""A meeting's pack gathered from the office."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import Damaged
from db.papers import Papers
from db.schema.meetings import AgendaItem
from db.vocab import Capacity, Disclosure, ItemKind, Standing
from gwangju_desktop import clock, settings
from gwangju_desktop.meetings import queries as meetings
from gwangju_desktop.meetings import quorums, rules, standing
from gwangju_desktop.meetings.rows import AgendaRow, AttendanceRow
from gwangju_desktop.members import bodies
from gwangju_desktop.packs.model import ItemData, MemberData, PackData, PaperData, QuorumData
from gwangju_desktop.text import C_, Msg, words

# Standing items that are papers of their own; the others are said in the room.
_READ = (Standing.PREVIOUS_ACTIONS, Standing.WRITTEN_REPORT)
_CAPACITIES: dict[str, Msg] = {
    Capacity.EX_OFFICIO: C_("pack", "ex officio"),
    Capacity.APPOINTED: C_("pack", "appointed"),
}


def pack_data(read: Session, papers: Papers, *, meeting_id: int, language: str) -> PackData:
    """Gather all that a meeting's pack says, names in the pack's language where there are any.

    Raises UserError when there is no such meeting.
    """
    meeting = meetings.meeting(read, id=meeting_id)
    korean = language == "ko"
    day = clock.local(meeting.starts_at).date()
    body_ko, body_en = bodies.names_on(read, meeting.body_id, day)
    rule = quorums.rule_on(read, meeting.body_id, day)
    return PackData(
        body=body_ko if korean else body_en or body_ko,
        title=_title(meeting.kind, meeting.number, meeting.title, language),
        number=meeting.number,
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        place=meeting.place,
        presiding=meeting.presiding,
        secretariat=meeting.secretariat,
        members=_members(read, meeting_id, language),
        items=_items(read, papers, meeting_id),
        quorum=QuorumData(meeting.quorum.enrolled, meeting.quorum.required, rule.decides),
        printed=clock.today(),
        submitted=meeting.noticed_on,
        # Only the sample office lives on a fixed day.
        sample=settings.value(read, settings.TODAY) is not None,
    )


def _title(kind: str, number: int | None, title: str, language: str) -> str:
    """Return a meeting's title; the usual Korean one is said in the pack's language."""
    usual = rules.TITLES.get(kind)
    if usual is not None and number is not None and words("ko")(usual, n=number) == title:
        return words(language)(usual, n=number)
    return title


def _members(read: Session, meeting_id: int, language: str) -> tuple[MemberData, ...]:
    say = words(language)

    def organisation(row: AttendanceRow) -> str:
        if language == "ko":
            return row.organisation_ko
        return row.organisation_en or row.organisation_ko

    return tuple(
        MemberData(
            row.name,
            organisation(row),
            row.post,
            say(_CAPACITIES.get(row.capacity, Msg(row.capacity))),
        )
        for row in meetings.attendance(read, meeting_id=meeting_id)
    )


def _items(read: Session, papers: Papers, meeting_id: int) -> tuple[ItemData, ...]:
    steps = meetings.agenda(read, meeting_id=meeting_id)
    texts = {
        row.id: row
        for row in read.execute(
            select(
                AgendaItem.id,
                AgendaItem.request,
                AgendaItem.reason,
                AgendaItem.contents,
                AgendaItem.reference,
            ).where(AgendaItem.meeting_id == meeting_id)
        )
    }
    attached: dict[int, list[PaperData]] = {}
    for row in meetings.papers(read, item_ids=[step.id for step in steps]):
        clean, trouble = _clean(papers, row.clean, row.trouble)
        paper = PaperData(row.title, clean, trouble, row.disclosure == Disclosure.MEMBERS)
        attached.setdefault(row.item_id, []).append(paper)
    return tuple(
        ItemData(
            number=step.number,
            kind=ItemKind(step.kind),
            title=step.title,
            presenter=step.presenter,
            minutes=step.minutes,
            starts=step.starts_at,
            request=texts[step.id].request,
            reason=texts[step.id].reason,
            contents=_contents(read, step, texts[step.id].contents),
            reference=texts[step.id].reference,
            papers=tuple(attached.get(step.id, ())),
        )
        for step in steps
    )


def _contents(read: Session, step: AgendaRow, written: str) -> str:
    """Return what is written under an item; of standing ones those with something to read."""
    if written or step.standing not in _READ:
        return written
    return "\n".join(f"- {line}" for line in standing.lines(read, item_id=step.id))


def _clean(
    papers: Papers, digest: str | None, trouble: str | None
) -> tuple[Path | None, str | None]:
    """Return the local file of a clean copy, or why there is none."""
    if trouble or digest is None:
        return None, trouble or "missing"
    try:
        return papers.path(digest), None
    except FileNotFoundError:
        return None, "missing"
    except Damaged:
        return None, "broken"
