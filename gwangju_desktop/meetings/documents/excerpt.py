"""The decision sheet (의결서) of one item: what was decided, by which vote, signed by the chair."""

from __future__ import annotations

from db.vocab import Choice, Outcome, VoteMethod, VoteSubject
from gwangju_desktop.documents.blocks import (
    Answer,
    Answers,
    Block,
    Box,
    Column,
    Rule,
    Space,
    para,
    prose,
    table,
)
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.meetings.documents.model import Decided, when
from gwangju_desktop.meetings.documents.press import KINDS, composed
from gwangju_desktop.meetings.retelling import retold
from gwangju_desktop.meetings.rules import spoken_title
from gwangju_desktop.meetings.votes import VoteRow
from gwangju_desktop.meetings.words import (
    CHOICES,
    OUTCOMES,
    VERDICTS,
    VOTE_METHODS,
    VOTE_SUBJECTS,
)
from gwangju_desktop.text import C_, N_, Msg, Words, words


def excerpt(data: Decided, *, language: str = "ko") -> Composed:
    """Return the decision sheet of an item."""
    say = words(language)
    title = say(KINDS["excerpt"])
    item, meeting = data.item, data.meeting
    blocks: list[Block] = [
        para(title, "h1"),
        Rule(),
        Space(2 * MM),
        para(data.roll.name(say), "lead"),
        _facts(data, say),
    ]
    if item.resolution:
        blocks.append(para(say(C_("decision sheet", "Decision")), "h2", keep=True))
        blocks.append(Box(prose(item.resolution)))
    if item.remark:
        blocks.append(para(say(_REMARKS.get(item.outcome or "", REASON)), "h2", keep=True))
        blocks += prose(item.remark)
    if data.votes:
        blocks.append(para(say(C_("decision sheet", "Votes")), "h2", keep=True))
        for vote in data.votes:
            blocks += _vote(vote, data.named.get(vote.id, ()), say)
    if item.outcome:
        # Nobody signs for what is not decided yet.
        blocks += [
            Space(4 * MM),
            para(say(N_("It was decided as above.")) + "  " + say(C_("letter", "End.")), "body"),
            para(say.day(item.decided_at or meeting.starts_at, "full"), "body"),
            Space(3 * MM),
            *_signed(data, say),
        ]
    name = f"{title} {data.number(say)}"
    return composed(data.roll, name, [blocks], title, say, day=meeting.starts_at)


REASON = C_("decision sheet", "Reason")
_REMARKS: dict[str, Msg] = {Outcome.CONDITIONAL: C_("decision sheet", "Condition")}


def _facts(data: Decided, say: Words) -> Block:
    item, meeting = data.item, data.meeting
    outcome = say(OUTCOMES[item.outcome]) if item.outcome else say(N_("Not decided yet"))
    rows = [
        (C_("decision sheet", "Item number"), item.item_number),
        (C_("decision sheet", "Item"), item.title),
        (C_("decision sheet", "Meeting"), spoken_title(meeting.title, say)),
        (C_("decision sheet", "Date"), when(meeting, say)),
        (C_("decision sheet", "Place"), meeting.place),
        (C_("decision sheet", "Submitted by"), item.submitter or item.presenter),
        (C_("decision sheet", "Result"), outcome),
    ]
    if item.restricted:
        rows.append((C_("decision sheet", "Withheld"), item.restricted_ground))
    return table(
        [Column("", 0.2, style="strong"), Column("", 0.8)],
        [[say(label), value] for label, value in rows if value],
        head=False,
        row_head=True,
        grid=True,
        min_row=8 * MM,
    )


def _vote(vote: VoteRow, named: tuple[tuple[str, str], ...], say: Words) -> list[Block]:
    """Return a vote as a line, its numbers as a table, and names where it was by name.

    An uncounted majority prints no number at all.
    """
    about = [say(VOTE_SUBJECTS[vote.subject]), vote.label, say(VOTE_METHODS[vote.method])]
    if vote.result:
        about.append(say(VERDICTS[vote.result]))
    blocks: list[Block] = [para(" · ".join(part for part in about if part), "h3", keep=True)]
    if vote.yes is not None and not vote.uncounted:
        blocks.append(_numbers(vote, say))
    if vote.explanation:
        blocks.append(para(retold(vote.explanation, say), "note"))
    for choice in (Choice.YES, Choice.NO, Choice.ABSTAIN):
        names = [name for name, given in named if given == choice]
        if names:
            blocks.append(
                para(
                    say(
                        N_("{choice} ({n}): {names}"),
                        choice=CHOICES[choice],
                        n=len(names),
                        names=", ".join(names),
                    ),
                    "note",
                )
            )
    return blocks


def _numbers(vote: VoteRow, say: Words) -> Block:
    elected = vote.subject == VoteSubject.ELECTION
    cells = [
        (C_("vote", "Enrolled"), vote.enrolled),
        (
            C_("vote", "Replied") if vote.method == VoteMethod.WRITTEN else C_("vote", "Present"),
            vote.present,
        ),
        (C_("vote", "Entitled"), vote.entitled),
        (C_("vote", "Elected with") if elected else CHOICES[Choice.YES], vote.yes),
        (CHOICES[Choice.NO], vote.no),
        (CHOICES[Choice.ABSTAIN], vote.abstain),
        (CHOICES[Choice.INVALID], vote.invalid),
        (CHOICES[Choice.NOT_VOTING], vote.not_voting),
    ]
    rare = (CHOICES[Choice.INVALID], CHOICES[Choice.NOT_VOTING])
    shown = [(label, n) for label, n in cells if n or (n == 0 and label not in rare)]
    share = 1 / len(shown)
    return table(
        [Column(say(label), share, "centre", "middle") for label, _n in shown],
        [[str(n) for _label, n in shown]],
        grid=True,
        min_row=8 * MM,
    )


def _signed(data: Decided, say: Words) -> list[Block]:
    """Return the line the one who presided signs on."""
    name = data.meeting.presiding
    who = say(N_("In the chair {name}"), name=name) if name else say(C_("sign", "In the chair"))
    return [Answers((Answer(who, say(N_("(signature or seal)"))),), 0.75)]
