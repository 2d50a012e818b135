"""Who may vote, frozen at the closing of a vote; ballots counted, counts judged by the rule."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.decisions import Ballot, Vote
from db.vocab import Choice, CountBase, Verdict, VoteSubject
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change
from gwangju_desktop.meetings import verdicts
from gwangju_desktop.meetings.presence import Standing
from gwangju_desktop.meetings.rules import Rule, Share
from gwangju_desktop.meetings.verdicts import Count
from gwangju_desktop.text import N_, words


def rule_for(subject: str, rule: Rule) -> Rule:
    """Return the rule a vote on this subject is judged by.

    To withhold the minutes takes more than half of the enrolled (각종위원회 조례 제10조).
    """
    if subject == VoteSubject.CLOSED_MINUTES:
        return replace(rule, decides=Share(base=CountBase.ENROLLED))
    return rule


def freeze(tx: Session, vote: Vote, standing: Standing) -> None:
    """Write down who was present and entitled: one ballot for each enrolled seat in the room."""
    known = {
        ballot.attendance_id: ballot
        for ballot in tx.scalars(select(Ballot).where(Ballot.vote_id == vote.id))
    }
    here, entitled = set(standing.present_ids), set(standing.entitled_ids)
    for seat in sorted({*here, *entitled, *standing.recused_ids, *known}):
        values = {
            "present": seat in here or seat in standing.recused_ids,
            "entitled": seat in entitled,
        }
        if seat in known:
            change(known[seat], values)
        else:
            tx.add(Ballot(vote_id=vote.id, attendance_id=seat, **values))
    change(
        vote,
        {
            "enrolled": standing.enrolled,
            "present": standing.present,
            "entitled": standing.entitled,
        },
    )


def judge(
    vote: Vote,
    standing: Standing,
    count: Count,
    chair_in_favour: bool | None,
    declared: str | None,
) -> None:
    """Write the counts, what the rule makes of them and what the chair declared."""
    outcome = verdicts.judge(
        standing.rule,
        enrolled=standing.enrolled,
        present=standing.present,
        entitled=standing.entitled,
        count=count,
        chair_in_favour=chair_in_favour,
    )
    if outcome.verdict == Verdict.TIE and declared is None:
        raise UserError(
            N_("{yes} for and {no} against: the chair has the casting vote."),
            hint=N_("Say how the chair votes."),
            yes=count.yes,
            no=count.no,
        )
    change(
        vote,
        {
            "yes": count.yes,
            "no": count.no,
            "abstain": count.abstain,
            "invalid": count.invalid,
            "not_voting": standing.entitled - count.cast,
            "required": outcome.required,
            "suggested": outcome.verdict.value,
            "result": Verdict(declared or outcome.verdict).value,
            "explanation": outcome.sentence(words("ko")),
        },
    )


def counted(tx: Session, vote: Vote, standing: Standing) -> Count:
    """Count the ballots of those entitled; one of somebody who is not is refused."""
    ballots = tx.execute(
        select(Ballot.attendance_id, Ballot.choice).where(
            Ballot.vote_id == vote.id, Ballot.choice.is_not(None)
        )
    ).all()
    outside = [seat for seat, _choice in ballots if seat not in standing.entitled_ids]
    if outside:
        raise UserError(
            N_("{n} of those who voted by name may not vote on this item now."),
            hint=N_("Mark who is in the room, or take their votes out."),
            n=len(outside),
        )
    tally = dict.fromkeys(Choice, 0)
    for _seat, choice in ballots:
        tally[Choice(choice or Choice.NOT_VOTING)] += 1
    return Count(tally[Choice.YES], tally[Choice.NO], tally[Choice.ABSTAIN], tally[Choice.INVALID])
