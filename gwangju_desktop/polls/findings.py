"""What polls say to policy (시사점): written down, and put on an agenda or among the proposals."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.answers import PollFinding
from db.schema.meetings import AgendaItem, Meeting
from db.store import usecase
from db.vocab import ItemKind, ItemState, ProposalChannel, ProposalConsent
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.meetings import agenda, rules
from gwangju_desktop.meetings.guards import changeable, item_of
from gwangju_desktop.packs import figures, outlining
from gwangju_desktop.polls import answers, questions
from gwangju_desktop.polls.finding_rows import (
    FindingRow,
    codes,
    finding,
    findings,
    of_item,
    sentence_of,
    suggested,
)
from gwangju_desktop.polls.method import method_box
from gwangju_desktop.polls.table import Share, Table
from gwangju_desktop.proposals import usecases as proposals
from gwangju_desktop.text import C_, N_, say
from gwangju_desktop.threads import links
from gwangju_desktop.threads.findings import KEY, NO_FINDING
from gwangju_desktop.threads.lines import short

__all__ = [
    "FindingRow",
    "add_finding",
    "edit_finding",
    "finding",
    "findings",
    "of_item",
    "remove_finding",
    "sentence_of",
    "suggested",
    "title_of",
    "to_item",
    "to_proposal",
]
NO_SENTENCE = N_("A finding needs a sentence.")
# What an item or a proposal made of a finding is called, and says of it.
TITLE = C_("finding", "What {poll} {wave} means for policy: {what}")
SUBMITTER = C_("finding", "Opinion poll: {poll} {wave}")
QUESTION = C_("finding", "Question: {question}")
FIGURES = C_("finding", "{option}: {count:,}, {figures}")
OF_VOTES = C_("finding", "{share:.1f}% of {votes:,} responses")
OF_RESPONDENTS = C_("finding", "{share:.1f}% of {answered:,} respondents")


@usecase("Add finding")
def add_finding(
    tx: Session,
    *,
    wave_question_id: int,
    option_id: int | None = None,
    part_id: int | None = None,
    sentence: str,
) -> int:
    """Write down what a question of a closed wave says; the figures it stands on are kept with it.

    Raises UserError before the wave is closed, and without a sentence.
    """
    said = _sentence(sentence)
    option, part = codes(tx, wave_question_id, option_id, part_id)
    table = answers.table(tx, wave_question_id, part=part)
    place = select(func.max(PollFinding.position))
    row = PollFinding(
        wave_question_id=wave_question_id,
        option_id=option_id,
        part_id=part_id,
        position=(tx.scalar(place) or 0) + 1024,
        found_on=clock.today(),
        sentence=said,
        **_figures(table, option),
    )
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit finding")
def edit_finding(tx: Session, *, id: int, sentence: str) -> int:
    """Say a finding in other words; its figures stay as they were found."""
    change(found(tx, PollFinding, id, NO_FINDING), {"sentence": _sentence(sentence)})
    return id


@usecase("Remove finding")
def remove_finding(tx: Session, *, id: int) -> None:
    """Take a finding away with its links; the records it led to stay."""
    row = found(tx, PollFinding, id, NO_FINDING)
    links.forget(tx, "poll_finding", id)
    tx.delete(row)


@usecase("Put finding on the agenda")
def to_item(
    tx: Session,
    *,
    finding_id: int,
    meeting_id: int | None = None,
    item_id: int | None = None,
    title: str = "",
    listing_reason: str = "",
) -> int:
    """Put a finding before a body: on an item that is there, or on a new one made of it.

    The new item says the finding, its figures on both bases and how the poll was made; the page of
    the finding goes into the pack behind it. Returns the item. Raises UserError for a meeting that
    is over and an item that is decided.
    """
    row = finding(tx, finding_id)
    if item_id is not None:
        item, _meeting = item_of(tx, item_id)
        if not _takes(item):
            raise UserError(
                N_("“{title}” cannot take a finding any more."),
                hint=N_("Choose another item, or let one be made."),
                title=item.title,
            )
    elif meeting_id is not None:
        item_id = _made(tx, changeable(tx, meeting_id), row, title, listing_reason)
    else:
        raise UserError(N_("Choose the meeting the finding is put to."))
    links.link(tx, before=(KEY, finding_id), after=("item", item_id))
    _put_into_pack(tx, item_id, finding_id)
    return item_id


@usecase("Make a proposal of finding")
def to_proposal(tx: Session, *, finding_id: int, title: str = "", department: str = "") -> int:
    """Take a finding in as a proposal of the respondents: nobody is named. Returns the proposal."""
    row = finding(tx, finding_id)
    made = proposals.register(
        tx,
        title=title.strip() or title_of(row),
        text=f"{row.sentence}\n\n{told(tx, row)}",
        channel=ProposalChannel.OTHER.value,
        department=department,
        anonymous=True,
        # The words are the office's own: there is nobody whose consent they would need.
        consent=ProposalConsent.FULL.value,
    )
    links.link(tx, before=(KEY, finding_id), after=("proposal", made))
    return int(made)


def title_of(row: FindingRow) -> str:
    """Return what an item or a proposal made of a finding is called where nobody says otherwise."""
    what = row.option or row.part or row.question
    return say(TITLE, poll=row.poll, wave=row.wave, what=short(what, 40))


def told(read: Session, row: FindingRow) -> str:
    """Return the question, the figures on both bases and how the poll was made, a line each."""
    asked = questions.asked_one(read, row.wave_question_id).question
    lines = [say(QUESTION, question=asked.wording or row.question)]
    if row.count is not None:
        figures = [
            say(OF_VOTES, share=row.of_votes, votes=round(row.votes or 0))
            if row.of_votes is not None
            else "",
            say(OF_RESPONDENTS, share=row.of_respondents, answered=round(row.answered or 0))
            if row.of_respondents is not None
            else "",
        ]
        said = ", ".join(filter(None, figures))
        option = " – ".join(filter(None, (row.part, row.option)))
        lines.append(say(FIGURES, option=option, count=round(row.count), figures=said))
    lines += [f"{say(label)}: {text}" for label, text in method_box(read, row.wave_id)]
    return "\n".join(lines)


def _made(tx: Session, meeting: Meeting, row: FindingRow, title: str, listing_reason: str) -> int:
    """Add the item that speaks for a finding, after the last item of business."""
    business = [one for one in agenda.of_meeting(tx, meeting.id) if rules.numbered(one.kind)]
    late: dict[str, Any] = {"listing_reason": listing_reason} if agenda.frozen(meeting) else {}
    return int(
        agenda.add_item(
            tx,
            meeting_id=meeting.id,
            title=title.strip() or title_of(row),
            kind=ItemKind.DISCUSSION.value,
            after_id=business[-1].id if business else None,
            submitter=say(SUBMITTER, poll=row.poll, wave=row.wave),
            submitted_on=row.found_on,
            reason=row.sentence,
            contents=told(tx, row),
            **late,
        )
    )


def _put_into_pack(tx: Session, item_id: int, finding_id: int) -> None:
    """Bind the page of a finding behind the front sheet of its item."""
    item, meeting = item_of(tx, item_id)
    outlining.add_figure(
        tx, meeting_id=meeting.id, figure=figures.of_finding(finding_id), item_id=item.id
    )


def _takes(item: AgendaItem) -> bool:
    still = item.state in (ItemState.PENDING, ItemState.TAKEN_UP) and item.outcome is None
    return still and rules.numbered(item.kind) and not item.standing


def _sentence(text: str) -> str:
    said = tidy({"sentence": text}, ("sentence",))["sentence"]
    return required(" ".join(said.split()), NO_SENTENCE)


def _figures(table: Table, option: str | None) -> dict[str, float | None]:
    share: Share | None = None if option is None else table.share(option)
    return {
        "count": None if share is None or share.count is None else float(share.count),
        "votes": float(table.base.votes),
        "answered": None if table.base.answered is None else float(table.base.answered),
    }
